"""Totals of the classes of arcs from the disk are those worked out, and the pieces are made when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from landbridge import shelf
from landbridge.facts import draw, load
from landbridge.network import load as load_network
from landbridge.routing.answering import network_of
from landbridge.routing.costs import arc_costs
from landbridge.routing.costs.classes import arc_classes
from landbridge.routing.costs.parts import AMOUNTS, Group
from landbridge.routing.costs.totals import GRADES, Groups, totals
from landbridge.routing.plan import _first_costs, _plan, plan
from landbridge.routing.shipment import Shipment
from landbridge.world import World, parse_scenario
from tests.routing.costs.same import check_same

DAY = "2024-03-01"
FACTS = load()
LINK = """name: own
events:
  - {kind: build, link: {mode: road, from: Tbilisi, to: Vladikavkaz, km: 150, crossings: [GEO-RUS-upper-lars]}}
"""
BOXES = Shipment(teu=2.0, origin_area="IND", destination_area="RUS")


def forget() -> None:
    """Nothing of it is at hand in this process any more."""
    for cached in (arc_classes, _plan, _first_costs):
        cached.cache_clear()


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(shelf.VARIABLE, str(tmp_path))
    forget()
    yield tmp_path
    forget()


def kinds(base: Path) -> list[str]:
    return sorted(file.name.partition("-")[0] for file in base.iterdir() if file.name.startswith(("classes", "costs")))


def test_costs_from_the_disk_are_the_same(base: Path) -> None:
    network, world = load_network(), World.at(DAY, FACTS)
    plain = arc_costs(world, network, BOXES)
    first = plan(world, network, BOXES).costs
    assert kinds(base) == ["classes", "costs"]
    forget()
    later = plan(World.at(DAY, FACTS), network, BOXES).costs
    for one in (first, later):
        check_same(one, plain)
    for file in base.iterdir():
        file.write_bytes(file.read_bytes()[:-3])
    forget()
    check_same(plan(World.at(DAY, FACTS), network, BOXES).costs, plain)


@pytest.mark.parametrize(
    ("day", "scenarios", "shipment"),
    [
        ("2024-03-02", (), BOXES),
        (DAY, ("suez-closed",), BOXES),
        (DAY, (), BOXES.with_(teu=3.0)),
        (DAY, (), BOXES.with_(cargo="food")),
        (DAY, (), BOXES.with_(avoid=("IRN",))),
        (DAY, (), BOXES.with_(destination_area="DEU")),
    ],
)
def test_another_world_or_shipment_is_another_file(
    base: Path, day: str, scenarios: tuple[str, ...], shipment: Shipment
) -> None:
    network = load_network()
    plan(World.at(DAY, FACTS), network, BOXES)
    plan(World.at(day, FACTS).apply(*scenarios), network, shipment)
    assert kinds(base) == ["classes", "costs", "costs"]


def test_what_comes_once_is_not_kept(base: Path) -> None:
    """A draw, and links that a scenario invents."""
    plan(World.at(DAY, draw(FACTS, 1, 0)), load_network(), BOXES)
    assert kinds(base) == []
    built = World.at(DAY, FACTS).apply(parse_scenario(LINK))
    plan(built, network_of(built), BOXES)
    assert kinds(base) == ["classes"]


def test_groups_are_made_once_and_when_asked_for() -> None:
    asked: list[int] = []

    def make(number: int) -> Group:
        asked.append(number)
        return Group((f"group {number}",), ())

    made = [Group((f"group {number}",), ()) for number in range(4)]
    groups = Groups(4, make)
    assert (len(groups), asked) == (4, [])
    assert (groups[2], groups[-2], groups[1:3]) == (made[2], made[2], made[1:3])
    assert asked == [2, 1]
    assert list(groups) == made
    assert sorted(asked) == [0, 1, 2, 3]
    with pytest.raises(IndexError):
        groups[4]


def test_totals_from_columns_are_those_of_each_class() -> None:
    """Sums are added part by part; of parts that carry as much the first leads; what carries nothing leads nothing."""
    costs = arc_costs(World.at(DAY, FACTS), load_network(), BOXES.with_(teu=5.0))
    added, groups = costs.added, list(costs.groups)
    assert added.sums.shape == (len(AMOUNTS) + 1, len(groups))
    assert added.count.tolist() == [len(group.parts) for group in groups]
    assert [added.evidence[row] for row in added.rows] == [part.row for group in groups for part in group.parts]
    for number, group in enumerate(groups):
        assert added.sums[:-1, number].tolist() == [group.total(name) for name in AMOUNTS]
        assert added.sums[-1, number] == sum(part.hours for part in group.parts if part.waiting)
        for name in ("hours", "usd"):
            carried = [abs(getattr(part, name)) + 100.0 * abs(getattr(part, f"{name}_km")) for part in group.parts]
            row, grade = added.leading[f"ev_{name}"][number], added.leading[f"grade_{name}"][number]
            if max(carried, default=0.0) == 0.0:
                assert (row, grade) == (-1, GRADES.index("D"))
            else:
                most = group.parts[carried.index(max(carried))]
                assert (added.evidence[row], GRADES[grade]) == (most.row, most.grade)


def test_totals_of_nothing() -> None:
    empty = [Group(("nothing",), ())]
    found = totals(Groups(1, lambda number: empty[number]), ())
    assert found.sums.tolist() == [[0.0]] * (len(AMOUNTS) + 1)
    assert (found.evidence, found.rows.size, found.leading["ev_usd"].tolist()) == ((), 0, [-1])
