"""What brings liquefied gas and crude out: plants and straits, by the facts and by scenarios, day by day."""

from datetime import date, timedelta

import pytest

from landbridge.facts import load
from landbridge.world import (
    World,
    lng_import_states,
    lng_states,
    parse_scenario,
    passage_shares,
    passage_state,
    shipping_evidence,
)

BEFORE, SHUT = date(2026, 2, 1), date(2026, 3, 15)


def after(day, *events):
    return World.at(day).apply(parse_scenario("name: own\nevents:\n" + "".join(f"- {event}\n" for event in events)))


def test_hormuz_closed_stops_the_gas_of_the_gulf():
    world = World.at("2025-06-01").apply("hormuz-closed")
    shares = lng_states(world, [date(2025, 6, 1)])
    assert {zone for zone, one in shares.items() if one[0] == 0.0} >= {"QAT", "ARE"}
    assert shares["OMN"].tolist() == shares["USA"].tolist() == shares["RUS_A"].tolist() == [1.0]
    assert {zone: one.tolist() for zone, one in lng_import_states(world, [date(2025, 6, 1)]).items()}["KWT"] == [0.0]
    assert lng_states(world, [date(2025, 6, 1)], undisturbed=True)["QAT"].tolist() == [1.0]
    assert lng_import_states(world, [date(2025, 6, 1)], undisturbed=True)["KWT"].tolist() == [1.0]


def test_the_facts_of_2026():
    world = World.at("2026-02-01")
    assert lng_states(world, [BEFORE, SHUT])["QAT"].tolist() == [1.0, 0.0]
    assert lng_import_states(world, [BEFORE, SHUT])["KWT"].tolist() == [1.0, 0.0]
    later = passage_shares(world, [date(2026, 6, 25)], "crude", "export")["KWT"][0]
    assert passage_state(World.at("2026-06-25"), "hormuz").open == "restricted"
    assert later == pytest.approx(load().row("energy_passages", "KWT-crude-export-hormuz")["restricted_share"])


def test_dates_of_events_inside_a_span():
    world = after("2025-06-01", "{kind: close, subject: 'passage:hormuz', from: 2025-06-03, to: 2025-06-05}")
    days = [date(2025, 6, 1) + timedelta(days=step) for step in range(6)]
    assert lng_states(world, days)["QAT"].tolist() == [1, 1, 0, 0, 1, 1]
    assert lng_states(world.on("2020-01-01"), days)["QAT"].tolist() == [1, 1, 0, 0, 1, 1]


def test_an_open_strait_does_not_mend_a_plant():
    world = after("2026-03-15", "{kind: open, subject: 'passage:hormuz'}")
    shares = lng_states(world, [SHUT])
    assert shares["QAT"].tolist() == [0.0]
    assert lng_import_states(world, [SHUT])["KWT"].tolist() == [1.0]
    both = after(
        "2026-03-15", "{kind: open, subject: 'passage:hormuz'}", "{kind: open, subject: 'terminal:lngx-qatar'}"
    )
    assert lng_states(both, [SHUT])["QAT"].tolist() == [1.0]


@pytest.mark.parametrize(
    ("event", "share"),
    [
        ("{kind: capacity, subject: 'passage:hormuz', share: 0.4}", 0.4),
        ("{kind: delay, subject: 'passage:hormuz', closed_share: 0.25}", 0.75),
        ("{kind: cut, subject: 'area:QAT', goods: lng, share: 0.3}", 0.7),
        ("{kind: cut, subject: 'gas_point:lngx-qatar', share: 0.3}", 0.7),
        ("{kind: cut, subject: 'area:QAT', goods: pipe-gas, share: 0.3}", 1.0),
        ("{kind: capacity, subject: 'terminal:lngx-qatar', factor: 1.5}", 1.5),
    ],
)
def test_what_events_leave(event, share):
    assert lng_states(after("2025-06-01", event), [date(2025, 6, 1)])["QAT"].tolist() == pytest.approx([share])


def test_an_area_of_several_zones():
    """Of Russia's plants only those in the Baltic need the Danish straits."""
    shares = lng_states(after("2025-06-01", "{kind: close, subject: 'passage:danish-straits'}"), [date(2025, 6, 1)])
    assert shares["RUS_W"].tolist() == pytest.approx([0.1])
    assert shares["RUS_A"].tolist() == shares["RUS_S"].tolist() == [1.0]
    assert shares["RUS_W"][0] < shares["RUS"][0] < 1.0


def test_a_plant_that_was_shut_for_works():
    world = World.at("2021-06-01")
    assert lng_states(world, [date(2020, 9, 1), date(2021, 6, 1), date(2022, 7, 1)])["NOR"].tolist() == [1, 0, 1]


def test_straits_share_by_share():
    world = after("2025-06-01", "{kind: close, subject: ['passage:bosphorus', 'passage:danish-straits']}")
    shares = passage_shares(world, [date(2025, 6, 1)], "crude", "export")
    rows = load().table("energy_passages").by_id
    left = (1 - rows["RUS-crude-export-bosphorus"]["share"]) * (1 - rows["RUS-crude-export-danish-straits"]["share"])
    assert shares["RUS"].tolist() == pytest.approx([left])
    assert shares["SAU"].tolist() == [1.0]


def test_after_the_last_day_the_last_state_of_a_strait_holds():
    last = load().last_day
    days = [last, last + timedelta(days=100)]
    one, other = passage_shares(World.at(), days, "lng", "import")["KWT"]
    assert one == other


def test_the_rows_behind_it_are_named():
    rows = shipping_evidence(World.at("2025-06-01").apply("hormuz-closed"), [date(2025, 6, 1)], "lng", "export")
    assert ("scenario", "hormuz-closed#1") in rows["QAT"]
    assert ("energy_passages", "QAT-lng-export-hormuz") in rows["QAT"]
