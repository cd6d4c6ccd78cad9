"""Questions of gas from plain data, the horizon they mean, what they name that is not known."""

from __future__ import annotations

import pytest

from landbridge.energy.question import GasQuestion, horizon_of, unknown_names
from landbridge.errors import InputError
from landbridge.facts import load
from landbridge.files import Where
from landbridge.world import World


def test_there_and_back() -> None:
    data = {"kind": "gas", "from": "2009-01-06", "to": "2009-01-20", "sharing": "equal", "areas": ["BGR"]}
    question = GasQuestion.from_dict(data)
    assert GasQuestion.from_dict(question.to_dict()) == question
    assert GasQuestion.from_dict({"kind": "gas", "areas": "BGR"}).areas == ("BGR",)
    spell = GasQuestion.from_dict({"kind": "gas", "cold": "14-days", "cold_from": "2015-02-15"})
    assert GasQuestion.from_dict(spell.to_dict()) == spell


@pytest.mark.parametrize(
    ("cold", "first", "told"),
    [
        ("season", "2015-02-15", "one of 14-days, peak-day"),
        (None, "2015-02-15", "one of 14-days, peak-day"),
        ("14-days", "2015-07-15", "between October and March"),
        ("14-days", "2015-02-30", "not a date"),
    ],
)
def test_a_spell_that_cannot_begin_there(cold: str | None, first: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        GasQuestion.from_dict({"kind": "gas", "cold": cold, "cold_from": first})


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(InputError) as raised:
        GasQuestion.from_dict({"kind": "gas", "sharing": "equl", "from": "2009-13-01", "colour": 1, "areas": 3})
    text = str(raised.value)
    for word in ("equl", "equal", "2009-13-01", "colour", "areas"):
        assert word in text


def test_areas_that_are_not_told_of() -> None:
    assert not list(unknown_names({"areas": ["BGR", "TUR"]}, load(), Where()))
    (wrong,) = unknown_names({"areas": ["BGX"]}, load(), Where())
    assert "BGX" in str(wrong)
    assert "BGR" in str(wrong)


def test_horizons() -> None:
    world = World.at("2021-10-05")
    assert horizon_of(world, GasQuestion()).periods[0].label == "2021-10"
    cold = horizon_of(world, GasQuestion(cold="peak-day", cold_from="2022-01-20"))
    assert [one.label for one in cold.periods if one.label.startswith("2022-01")] == [
        "2022-01-01/2022-01-19", "2022-01-20", "2022-01-21/2022-01-31",
    ]  # fmt: skip
    assert len(horizon_of(world, GasQuestion()).periods) == 12
    assert horizon_of(world, GasQuestion(step="day")).step == "day"
    assert horizon_of(world, GasQuestion("2022-01-01", "2022-01-05")).days == 5
    assert horizon_of(world, GasQuestion(end="2021-10-09")).start.isoformat() == "2021-10-05"
