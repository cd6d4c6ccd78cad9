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
    chosen = select([fast, cheap], frozenset(), "generalised", 5, 2.0, apart)
    assert [route.label for route in chosen] == ["cheap", "fast"]
    assert [route.rank for route in chosen] == [1, 2]
    assert chosen[1].best_for == ("hours",)
    assert select([fast, cheap], frozenset(), "hours", 5, 2.0, apart)[0].label == "fast"


def test_copies_and_clearly_beaten_ones_are_dropped() -> None:
    good = itinerary("good", 100, 1000, 100, "x")
    copy = itinerary("good", 100, 1000, 100, "x")
    bad = itinerary("bad", 200, 2000, 200, "y")
    assert [route.label for route in select([good, copy, bad], frozenset(), "usd", 5, 2.0, apart)] == ["good"]


def test_a_named_corridor_stays_until_it_is_much_worse() -> None:
    good = itinerary("good", 100, 1000, 100, "x")
    corridor = itinerary("corridor", 120, 1200, 120, "y")
    assert len(select([good, corridor], frozenset({1}), "usd", 5, 2.0, apart)) == 2
    assert len(select([good, corridor], frozenset(), "usd", 5, 2.0, apart)) == 1


def test_reasons_are_the_largest_differences() -> None:
    rail = itinerary("rail", 100, 5000, 900, "x")
    sea = itinerary("sea", 900, 1000, 300, "y", mode="sea")
    first = select([rail, sea], frozenset(), "generalised", 5, 2.0, apart)[0]
    assert [(reason.factor, reason.unit, reason.delta) for reason in first.why] == [
        ("rail", "usd", -5000.0),
        ("sea", "h", 900.0),
        ("sea", "usd", 1000.0),
    ]


def test_no_more_than_asked_and_the_optima_first() -> None:
    many = [itinerary(f"r{i}", 100 + 10 * i, 3000 - 100 * i, 100, f"x{i}") for i in range(9)]
    chosen = select(many, frozenset(), "usd", 3, 2.0, apart)
    assert len(chosen) == 3
    assert {"r0", "r8"} <= {route.label for route in chosen}
