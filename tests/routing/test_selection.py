"""Which candidates become alternatives."""

from __future__ import annotations

from landbridge.routing.answer import Itinerary, Leg
from landbridge.routing.selection import select


def itinerary(label: str, hours: float, usd: float, kg: float, border: str = "", mode: str = "rail") -> Itinerary:
    leg = Leg("move", mode, "A", "B", ("AAA",), km=100.0, hours=hours, usd=usd, kg_co2e=kg)
    return Itinerary(
        rank=0, label=label, legs=(leg,), km=100.0, hours=hours, usd=usd, kg_co2e=kg,
        generalised_usd=usd + 2.0 * hours, hours_p10=hours, hours_p80=hours, hours_p90=hours, hours_low=hours,
        hours_high=hours, usd_low=usd, usd_high=usd, grade="C", grade_shares=(("C", 1.0),), modes=(mode,),
        areas=("AAA",), crossings=((border, "AAA", "BBB", 1),) if border else (), passages=(),
    )  # fmt: skip


def apart(one: int, other: int) -> float:
    return 0.0


def test_ranked_by_the_objective_and_optima_named() -> None:
    fast, cheap = itinerary("fast", 100, 5000, 900, "x"), itinerary("cheap", 900, 1000, 300, "y")
    chosen = select([fast, cheap], {}, "generalised", 5, 2.0, apart)
    assert [route.label for route in chosen] == ["cheap", "fast"]
    assert [route.rank for route in chosen] == [1, 2]
    assert chosen[1].best_for == ("hours",)
    assert select([fast, cheap], {}, "hours", 5, 2.0, apart)[0].label == "fast"


def together(one: int, other: int) -> float:
    return 1.0


def test_copies_and_beaten_ones_are_dropped() -> None:
    good = itinerary("good", 100, 1000, 100, "x")
    copy = itinerary("good", 100, 1000, 100, "x")
    bad = itinerary("bad", 180, 1400, 200, "y")
    assert [route.label for route in select([good, copy, bad], {}, "usd", 5, 2.0, together)] == ["good"]


def test_a_beaten_route_that_runs_elsewhere_stays_in_view() -> None:
    good = itinerary("good", 100, 1000, 100, "x")
    other = itinerary("other", 180, 1400, 200, "y")
    assert len(select([good, other], {}, "usd", 5, 2.0, apart)) == 2


def test_what_costs_too_much_is_not_offered_but_a_named_corridor_may_cost_more() -> None:
    good = itinerary("good", 100, 1000, 100, "x")
    dear = itinerary("dear", 200, 2400, 200, "y")
    assert len(select([good, dear], {}, "usd", 5, 2.0, apart)) == 1
    assert len(select([good, dear], {1: 0.6}, "usd", 5, 2.0, apart)) == 2


def test_different_ways_come_before_similar_ones() -> None:
    best = itinerary("best", 100, 1000, 100, "x")
    similar = itinerary("similar", 100, 1010, 99, "y")
    different = itinerary("different", 110, 1200, 120, "z")

    def shared(one: int, other: int) -> float:
        return 0.9 if {one, other} == {0, 1} else 0.1

    chosen = select([best, similar, different], {}, "generalised", 2, 2.0, shared)
    assert [route.label for route in chosen] == ["best", "different"]


def test_reasons_are_the_largest_differences() -> None:
    rail = itinerary("rail", 100, 5000, 900, "x")
    sea = itinerary("sea", 900, 1000, 300, "y", mode="sea")
    first = select([rail, sea], {}, "generalised", 5, 2.0, apart)[0]
    assert [(reason.factor, reason.unit, reason.delta) for reason in first.why] == [
        ("rail", "usd", -5000.0),
        ("sea", "h", 900.0),
        ("sea", "usd", 1000.0),
    ]


def test_no_more_than_asked_and_the_optima_first() -> None:
    many = [itinerary(f"r{i}", 100 + 10 * i, 3000 - 100 * i, 100, f"x{i}") for i in range(9)]
    chosen = select(many, {}, "usd", 3, 2.0, apart)
    assert len(chosen) == 3
    assert {"r0", "r8"} <= {route.label for route in chosen}
