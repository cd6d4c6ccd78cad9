"""Tables are read when they are asked for: a freight answer leaves gas and oil alone."""

import landbridge as lb
from landbridge.facts.store import Facts

FUELS = ("gas_", "oil_", "lng_", "energy_", "pipelines")


def test_a_freight_answer_reads_no_table_of_gas_or_oil(monkeypatch):
    read = []
    table = Facts.table

    def told(self, name):
        read.append(name)
        return table(self, name)

    monkeypatch.setattr(Facts, "table", told)
    world = lb.World.at("2024-03-01")
    assert lb.route(world, "Tbilisi", "Yerevan", n=1).routes
    assert "crossings" in read
    assert not [name for name in read if name.startswith(FUELS)]
