"""Runs of lorries: where they begin and end, what falls into which section, and that all sums agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.network import Network
from landbridge.routing.costs import (
    ArcCosts,
    Haul,
    Rested,
    Site,
    arc_costs,
    door_costs,
    path_amounts,
    ranges_of,
    rests_of_runs,
    stretch_of,
)
from landbridge.routing.costs.runs import BEGIN, END
from landbridge.routing.shipment import Shipment
from landbridge.world import World

WORLD = World.at("2023-06-01")
POST = ("crossings", "KAZ-RUS-sagarchin")


def costs_of(network: Network, *, team: bool | None = None, world: World = WORLD, **ends: str) -> ArcCosts:
    return arc_costs(world, network, Shipment(team=team, **ends))  # type: ignore[arg-type]


def way(new_sketch: type[Any], *steps: tuple[str, str, float]) -> tuple[Network, list[np.ndarray]]:
    """A line of arcs, each of (kind, area or row, km), as a network and one section for each arc."""
    sketch = new_sketch()
    area = next(where for kind, where, _ in steps if kind == "move")
    node, mode = sketch.node("road", area, lon=0.0), "road"
    pairs = []
    for position, (kind, where, km) in enumerate(steps, 1):
        area = where if kind == "move" else "RUS" if kind == "crossing" else area
        mode = where if kind == "transfer" else mode
        gauge = 1520 if mode == "rail" else 0
        new = sketch.node(mode, area, gauge, lon=float(position))
        sketch.arc(node, new, km, kind, ref=POST if kind == "crossing" else None)
        pairs.append((node, new))
        node = new
    network = sketch.network(repr(steps))
    return network, [np.array([network.arc_between(*pair)]) for pair in pairs]


def wheel_h(costs: ArcCosts, arcs: np.ndarray) -> float:
    return float(sum(part.hours_km for part in costs.groups[int(costs.group[arcs[0]])].parts if part.factor == "speed")
                 * costs.km[arcs].sum())  # fmt: skip


def rests(
    costs: ArcCosts, sections: Sequence[np.ndarray], before: Haul | None = None, after: Haul | None = None
) -> dict[int, Rested]:
    """What the rests of the runs change in each section."""
    return rests_of_runs(costs, [stretch_of(costs, arcs) for arcs in sections], before, after)


def hours(costs: ArcCosts, sections: Sequence[np.ndarray]) -> list[float]:
    """Hours of each section with the rests of the runs."""
    found = rests(costs, sections)
    return [
        float(costs.hours[arcs].sum()) + (found[place].hours if place in found else 0.0)
        for place, arcs in enumerate(sections)
    ]


def km_of(new_sketch: type[Any], area: str, driven_h: float) -> float:
    """The kilometres of so many hours at the wheel in an area."""
    network, (arcs,) = way(new_sketch, ("move", area, 1.0))
    return driven_h / wheel_h(costs_of(network), arcs)


@pytest.mark.parametrize(
    ("driven_h", "total_h"), [(4.0, 4.0), (9.0, 9.75), (10.0, 11.5), (40.0, 88.5), (55.9, 116.9), (57.0, 169.0)]
)
def test_a_drive_takes_what_the_law_asks(new_sketch, driven_h: float, total_h: float):
    network, sections = way(new_sketch, ("move", "KAZ", km_of(new_sketch, "KAZ", driven_h)))
    assert hours(costs_of(network), sections) == pytest.approx([total_h], abs=1e-3)


@pytest.mark.parametrize(("driven_h", "total_h"), [(9.0, 9.0), (18.0, 18.0), (40.0, 62.4)])
def test_a_drive_of_two_takes_what_the_law_asks_of_two(new_sketch, driven_h: float, total_h: float):
    network, sections = way(new_sketch, ("move", "KAZ", km_of(new_sketch, "KAZ", driven_h)))
    assert hours(costs_of(network, team=True), sections) == pytest.approx([total_h], abs=1e-3)


def test_a_rest_falls_into_the_section_in_which_it_is_due(new_sketch):
    eight, four = (km_of(new_sketch, "KAZ", driven_h) for driven_h in (8.0, 4.0))
    network, sections = way(new_sketch, ("move", "KAZ", eight), ("move", "KAZ", four))
    # The tenth hour and the daily rest lie on the second section, with the break after nine hours.
    assert hours(costs_of(network), sections) == pytest.approx([8.75, 4.0 + 0.75 + 11.0], abs=1e-3)


def test_a_change_of_mode_brings_a_driver_who_is_rested(new_sketch):
    eight = km_of(new_sketch, "KAZ", 8.0)
    steps = [("move", "KAZ", eight), ("transfer", "rail", 0.0), ("transfer", "road", 0.0), ("move", "KAZ", eight)]
    network, sections = way(new_sketch, *steps)
    found = hours(costs_of(network), sections)
    assert (found[0], found[3]) == pytest.approx((8.75, 8.75), abs=1e-3)


def test_another_tractor_brings_a_driver_who_is_rested(new_sketch):
    eight = km_of(new_sketch, "KAZ", 8.0)
    network, sections = way(new_sketch, ("move", "KAZ", eight), ("swap", "", 0.0), ("move", "KAZ", eight))
    found = hours(costs_of(network), sections)
    assert (found[0], found[2]) == pytest.approx((8.75, 8.75), abs=1e-3)


def waited(costs: ArcCosts, arcs: np.ndarray) -> tuple[float, float]:
    """Hours at a post, and those of them that were counted as rest."""
    parts = costs.parts(int(arcs[0]))
    saved = -sum(part.hours for part in parts if part.factor == "rest in the wait")
    return sum(part.hours for part in parts) + saved, saved


@pytest.fixture(scope="module")
def delayed(scenario) -> World:
    """With a jam at the post, long enough for a rest in it."""
    return WORLD.apply(scenario(f"{{kind: delay, subject: 'crossing:{POST[1]}', hours: 30}}"))


def test_no_rest_is_saved_in_a_wait_where_none_is_owed(new_sketch, delayed):
    """A trip of two hours at the wheel with a long wait at the border."""
    near = km_of(new_sketch, "KAZ", 1.0)
    network, sections = way(new_sketch, ("move", "KAZ", near), ("crossing", "", 0.5), ("move", "RUS", near))
    costs = costs_of(network, world=delayed)
    wait_h, saved_h = waited(costs, sections[1])
    assert saved_h > 4.0
    found = hours(costs, sections)
    assert found[1] == pytest.approx(wait_h)
    assert sum(found) == pytest.approx(wait_h + 1.0 + wheel_h(costs, sections[2]), abs=1e-3)


def test_a_rest_in_a_wait_is_one_of_those_that_are_owed(new_sketch, delayed):
    far = km_of(new_sketch, "KAZ", 9.0)
    network, sections = way(new_sketch, ("move", "KAZ", far), ("crossing", "", 0.5), ("move", "RUS", far))
    costs = costs_of(network, world=delayed)
    wait_h, saved_h = waited(costs, sections[1])
    driven_h = 9.0 + wheel_h(costs, sections[2])
    assert 10.0 < driven_h <= 20.0
    found = hours(costs, sections)
    assert found[1] == pytest.approx(wait_h - saved_h)
    breaks_h = (np.ceil(min(driven_h, 10.0) / 4.5 - 1e-9) - 1 + np.ceil((driven_h - 10.0) / 4.5 - 1e-9) - 1) * 0.75
    assert sum(found) == pytest.approx(driven_h + breaks_h + 11.0 + wait_h - saved_h, abs=1e-3)


def spread(costs: ArcCosts, sections: Sequence[np.ndarray]) -> float:
    return float(sum(costs.hours[arcs].sum() for arcs in sections))


def test_two_take_turns_on_long_ways_where_that_is_usual_and_one_drives_the_short_ones(new_sketch):
    """China: lorries on long ways have two drivers, those on short ones have one; who asks for one or two gets them."""
    for km, as_usual in ((300.0, False), (1400.0, False), (1600.0, True), (4000.0, True)):
        network, sections = way(new_sketch, ("move", "CHN", km))
        usual, one, two = (hours(costs_of(network, team=team), sections) for team in (None, False, True))
        assert usual == pytest.approx(two if as_usual else one, abs=1e-6)
        assert one > two or km == 300.0
    # Both pieces of one run count, however they are cut.
    network, sections = way(new_sketch, ("move", "CHN", 1000.0), ("move", "CHN", 1000.0))
    assert sum(hours(costs_of(network), sections)) == pytest.approx(
        sum(hours(costs_of(network, team=True), sections)), abs=1e-6
    )


def test_what_is_usual_is_never_slower_than_the_search_thinks_and_costs_no_second_driver(new_sketch):
    for km in (50.0, 700.0, 1499.0, 1500.0, 5000.0):
        network, sections = way(new_sketch, ("move", "CHN", km))
        costs = costs_of(network)
        assert sum(hours(costs, sections)) <= spread(costs, sections) + 1e-6
        assert not [part for part in costs.parts(int(sections[0][0])) if part.factor == "second driver"]


def test_where_two_are_followed_by_one_others_drive_on(new_sketch):
    """From China to Kazakhstan: Chinese drivers to the border, beyond it a driver who sets out rested."""
    eight = km_of(new_sketch, "KAZ", 8.0)
    # An arc over the line belongs to the area that it leaves.
    network, sections = way(new_sketch, ("move", "CHN", 4000.0), ("move", "KAZ", 1.0), ("move", "KAZ", eight))
    costs = costs_of(network, origin_area="CHN", destination_area="KAZ")
    assert hours(costs, sections)[2] == pytest.approx(8.75, abs=1e-3)
    alone = costs_of(network, team=False, origin_area="CHN", destination_area="KAZ")
    assert sum(hours(alone, sections)) > sum(hours(costs, sections))


@pytest.mark.parametrize(("day", "two"), [("2019-02-14", False), ("2025-06-01", True)])
def test_services_between_china_and_europe_have_two_drivers_since_they_are_told(new_sketch, day: str, two: bool):
    """The first lorries under TIR had one driver (IRU, 2019); those of the services since 2020 have two (Alblas)."""
    world = World.at(day)
    network, sections = way(new_sketch, ("move", "RUS", 3000.0))
    ends = {"origin_area": "CHN", "destination_area": "POL"}
    lane = costs_of(network, world=world, **ends)
    assert hours(lane, sections) == pytest.approx(hours(costs_of(network, world=world, team=two, **ends), sections))
    paid = [part.usd_km for part in lane.parts(int(sections[0][0])) if part.factor == "second driver"]
    assert bool(paid) is two
    home = costs_of(network, world=world, origin_area="KAZ", destination_area="POL")
    assert hours(home, sections) == pytest.approx(hours(costs_of(network, world=world, team=False, **ends), sections))


def test_that_there_may_be_one_driver_is_told_in_the_range(new_sketch):
    network, sections = way(new_sketch, ("move", "CHN", 4000.0))
    costs = costs_of(network)
    found = rests(costs, sections)
    ranges = ranges_of(path_amounts(costs, np.concatenate(sections), rested=found.values()))
    assert ranges.hours_high >= sum(hours(costs_of(network, team=False), sections)) - 1e-6
    assert any(
        table == "parameters" and row.startswith("usual-drivers") for one in found.values() for table, row in one.rows
    )


def test_where_the_speed_holds_the_stops_nothing_is_changed(new_sketch):
    network, sections = way(new_sketch, ("move", "PAK", 1500.0))
    assert rests(costs_of(network), sections) == {}


def test_a_way_by_rail_has_no_run(fork_network, arc):
    network, rail = fork_network.network, fork_network.rail
    arcs = np.array([arc(network, rail[0], rail[1]), arc(network, rail[1], rail[2]), arc(network, rail[2], rail[3])])
    assert rests(costs_of(network), [arcs]) == {}


@given(st.floats(20.0, 4000.0), st.floats(20.0, 4000.0), st.integers(0, 3), st.booleans())
def test_sections_add_up_to_the_way(
    new_sketch: Callable[[], Any], one_km: float, other_km: float, cut: int, team: bool
):
    network, sections = way(new_sketch, ("move", "KAZ", one_km), ("crossing", "", 0.5), ("move", "RUS", other_km))  # type: ignore[arg-type]
    costs = costs_of(network, team=team)
    every = np.concatenate(sections)
    whole = rests(costs, [every])
    parts = rests(costs, [some for some in (every[:cut], every[cut:]) if some.size])
    for name in ("hours", "usd", "var_h2"):
        assert sum(getattr(one, name) for one in parts.values()) == pytest.approx(
            sum(getattr(one, name) for one in whole.values()), abs=1e-6
        )
    # A trip is never longer than with its rests spread evenly over it, and never shorter than wheel and wait.
    more_h = sum(one.hours for one in whole.values())
    wait_h, saved_h = waited(costs, sections[1])
    least = wheel_h(costs, sections[0]) + wheel_h(costs, sections[2]) + wait_h
    assert more_h <= saved_h + 1e-6
    assert float(costs.hours[every].sum()) + more_h >= least - saved_h - 1e-2


@pytest.mark.parametrize("km", [150.0, 700.0, 3000.0])
def test_amounts_by_row_add_up_with_the_rests(new_sketch, km: float):
    network, sections = way(new_sketch, ("move", "KAZ", km), ("crossing", "", 0.5), ("move", "RUS", km))
    costs = costs_of(network)
    arcs = np.concatenate(sections)
    rested = rests(costs, [arcs])
    found = ranges_of(path_amounts(costs, arcs, rested=rested.values()))
    spread = ranges_of(path_amounts(costs, arcs))
    assert found.hours == pytest.approx(spread.hours + sum(one.hours for one in rested.values()))
    assert found.usd == pytest.approx(spread.usd + sum(one.usd for one in rested.values()))
    assert found.hours_low < found.hours < found.hours_high
    assert found.hours_high - found.hours_low <= spread.hours_high - spread.hours_low + 3.0
    assert sum(sum(one.by_grade.values()) for one in rested.values()) == pytest.approx(
        sum(one.hours for one in rested.values())
    )


def test_boxes_are_hired_for_the_hours_of_the_run(new_sketch):
    network, sections = way(new_sketch, ("move", "KAZ", 700.0))
    boxes, loose = costs_of(network), arc_costs(WORLD, network, Shipment(cargo="grain", tonnes=20.0))
    hire = next(part for part in boxes.parts(int(sections[0][0])) if part.factor == "container hire")
    (found,) = rests(boxes, sections).values()
    spread_h = float(boxes.hours[sections[0]].sum())
    assert found.usd == pytest.approx(hire.usd_km * 700.0 / spread_h * found.hours)
    assert found.usd < 0.0
    (other,) = rests(loose, sections).values()
    assert (other.usd, other.hours) == (0.0, pytest.approx(found.hours))


def haul(km: float, mode: str = "road") -> Haul:
    return Haul("KAZ", door_costs(WORLD, Shipment(), "KAZ", Site(mode, "KAZ", km)))


def test_the_haul_to_a_road_belongs_to_the_run(new_sketch):
    nine = km_of(new_sketch, "KAZ", 9.0)
    network, sections = way(new_sketch, ("move", "KAZ", nine))
    costs = costs_of(network)
    before = haul(60.0)
    (part,) = [part for one in before.parts if one.kind == "move" for part in one.parts if part.factor == "speed"]
    assert 1.0 < part.hours < 4.5
    found = rests(costs, sections, before, haul(0.0))
    assert found[BEGIN].hours == pytest.approx(0.0)
    # The daily rest falls due on the road.
    assert costs.hours[sections[0]].sum() + found[0].hours == pytest.approx(9.0 + 2 * 0.75 + 11.0, abs=1e-3)
    by_rail = rests(costs, sections, haul(60.0, "rail"), None)
    assert costs.hours[sections[0]].sum() + by_rail[0].hours == pytest.approx(9.75, abs=1e-3)


def test_the_haul_after_a_long_road_holds_the_rest_that_is_due_there(new_sketch):
    network, sections = way(new_sketch, ("move", "KAZ", km_of(new_sketch, "KAZ", 10.0)))
    found = rests(costs_of(network), sections, None, haul(60.0))
    assert found[END].hours == pytest.approx(11.0, abs=1e-3)


@pytest.mark.parametrize(("km", "rest_h"), [(60.0, 0.0), (200.0, 0.75), (500.0, 1.5 + 11.0 + 0.75)])
def test_the_haul_to_a_station_is_a_run_of_its_own(km: float, rest_h: float):
    parts = [part for one in haul(km, "rail").parts if one.kind == "move" for part in one.parts]
    driven_h = sum(part.hours for part in parts if part.factor == "speed")
    assert sum(part.hours for part in parts if part.factor == "rest of drivers") == pytest.approx(rest_h), driven_h
