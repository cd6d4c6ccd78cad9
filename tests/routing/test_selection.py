"""Which candidates become alternatives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace

import numpy as np

from landbridge.facts import load
from landbridge.routing.answer import Itinerary, Leg
from landbridge.routing.labels import plain_label, told_apart
from landbridge.routing.marks import alike
from landbridge.routing.selection import Chosen, worth_driving
from landbridge.routing.selection import select as select_by
from landbridge.routing.thresholds import Thresholds, thresholds
from landbridge.routing.weights import Objective

LIMITS = thresholds(load())
MORE = round(LIMITS.more_ways)


def itinerary(label: str, hours: float, usd: float, kg: float, border: str = "", mode: str = "rail") -> Itinerary:
    leg = Leg("move", mode, "A", "B", ("AAA",), km=100.0, hours=hours, usd=usd, kg_co2e=kg)
    return Itinerary(
        rank=0, label=label, legs=(leg,), km=100.0, hours=hours, usd=usd, kg_co2e=kg,
        generalised_usd=usd + 2.0 * hours, hours_p10=hours, hours_p80=hours, hours_p90=hours, hours_low=hours,
        hours_high=hours, usd_low=usd, usd_high=usd, grade="C", grade_shares=(("C", 1.0),), modes=(mode,),
        areas=("AAA",), crossings=((border, "AAA", "BBB", 1),) if border else (), passages=(),
    )  # fmt: skip


def parts(chosen: Chosen) -> tuple[tuple[Itinerary, ...], tuple[Itinerary, ...]]:
    return chosen.shown, chosen.others


def select(
    routes: Sequence[Itinerary],
    corridors: Mapping[int, float],
    objective: Objective,
    n: int,
    usd_per_h: float,
    shared: Callable[[int, int], float],
    limits: Thresholds,
) -> Chosen:
    every = range(len(routes))
    alike_by = np.array([[shared(i, j) for j in every] for i in every])
    return select_by(routes, corridors, objective, n, usd_per_h, alike_by, limits)


def apart(one: int, other: int) -> float:
    return 0.0


def test_ranked_by_the_objective_and_optima_named() -> None:
    fast, cheap = itinerary("fast", 100, 5000, 900, "x"), itinerary("cheap", 900, 1000, 300, "y")
    chosen = select([fast, cheap], {}, "generalised", 5, 2.0, apart, LIMITS).shown
    assert [route.label for route in chosen] == ["cheap", "fast"]
    assert [route.rank for route in chosen] == [1, 2]
    assert chosen[1].best_for == ("hours",)
    assert select([fast, cheap], {}, "hours", 5, 2.0, apart, LIMITS).shown[0].label == "fast"


def together(one: int, other: int) -> float:
    return 1.0


def test_copies_and_beaten_ones_are_dropped() -> None:
    good = itinerary("good", 100, 1000, 100, "x")
    copy = itinerary("good", 100, 1000, 100, "x")
    bad = itinerary("bad", 180, 1400, 200, "y")
    assert [route.label for route in select([good, copy, bad], {}, "usd", 5, 2.0, together, LIMITS).shown] == ["good"]


def test_a_beaten_route_that_runs_elsewhere_stays_in_view() -> None:
    good = itinerary("good", 100, 1000, 100, "x")
    other = itinerary("other", 180, 1400, 200, "y")
    assert len(select([good, other], {}, "usd", 5, 2.0, apart, LIMITS).shown) == 2


def test_what_costs_too_much_is_not_offered_but_a_named_corridor_may_cost_more() -> None:
    good = itinerary("good", 100, 1000, 100, "x")
    dear = itinerary("dear", 200, 2400, 200, "y")
    assert len(select([good, dear], {}, "usd", 5, 2.0, apart, LIMITS).shown) == 1
    assert len(select([good, dear], {1: 0.6}, "usd", 5, 2.0, apart, LIMITS).shown) == 2


def test_different_ways_come_before_similar_ones() -> None:
    best = itinerary("best", 100, 1000, 100, "x")
    similar = itinerary("similar", 100, 1010, 99, "y")
    different = itinerary("different", 110, 1200, 120, "z")

    def shared(one: int, other: int) -> float:
        return 0.9 if {one, other} == {0, 1} else 0.1

    chosen = select([best, similar, different], {}, "generalised", 2, 2.0, shared, LIMITS).shown
    assert [route.label for route in chosen] == ["best", "different"]


def test_reasons_are_the_largest_differences() -> None:
    rail = itinerary("rail", 100, 5000, 900, "x")
    sea = itinerary("sea", 900, 1000, 300, "y", mode="sea")
    first = select([rail, sea], {}, "generalised", 5, 2.0, apart, LIMITS).shown[0]
    assert [(reason.factor, reason.unit, reason.delta) for reason in first.why] == [
        ("rail", "usd", -5000.0),
        ("sea", "h", 900.0),
        ("sea", "usd", 1000.0),
    ]


def test_no_more_than_asked_and_the_optima_first() -> None:
    many = [itinerary(f"r{i}", 100 + 10 * i, 3000 - 100 * i, 100, f"x{i}") for i in range(9)]
    chosen = select(many, {}, "usd", 3, 2.0, apart, LIMITS).shown
    assert len(chosen) == 3
    assert {"r0", "r8"} <= {route.label for route in chosen}


def test_the_next_ways_are_named() -> None:
    many = [itinerary(f"r{i}", 100, 1000 + 10 * i, 100, f"x{i}") for i in range(12)]
    chosen, others = parts(select(many, {}, "usd", 3, 2.0, apart, LIMITS))
    assert (len(chosen), len(others)) == (3, MORE)
    assert not {route.label for route in chosen} & {route.label for route in others}


def test_a_near_copy_is_dropped_and_leaves_its_merit() -> None:
    best = itinerary("best", 100, 1000, 100, "x")
    plain = itinerary("plain", 100, 1500, 100, "y")
    named = itinerary("named", 100, 1510, 100, "z")
    elsewhere = itinerary("elsewhere", 100, 1400, 100, "v")

    def shared(one: int, other: int) -> float:
        return 0.95 if {one, other} == {1, 2} else 0.0

    chosen, others = parts(select([best, plain, named, elsewhere], {2: 0.35}, "usd", 2, 2.0, shared, LIMITS))
    assert [route.label for route in chosen] == ["best", "named"]
    assert [route.label for route in others] == ["elsewhere"]


def test_ways_of_one_name_are_told_apart_by_what_only_one_passes() -> None:
    def over(post: str) -> Itinerary:
        some = itinerary("Road via Georgia", 100, 1000, 100, post)
        leg = Leg("crossing", "road", post.title(), "B", ("ARM", "GEO"), 0.0, 0.0, 0.0, 0.0, ref=("crossings", post))
        return replace(some, legs=(*some.legs, leg))

    found = told_apart([over("gogavan"), over("bavra"), itinerary("Rail", 1, 1, 1)])
    assert [route.label for route in found] == ["Road via Georgia, by Gogavan", "Road via Georgia, by Bavra", "Rail"]


def test_ways_of_one_name_are_told_apart_by_two_posts_where_none_is_its_own() -> None:
    def by(*posts: str) -> Itinerary:
        some = itinerary("Road", 100, 1000, 100)
        legs = [
            Leg("crossing", "road", post.title(), "B", ("ARM", "GEO"), 0.0, 0.0, 0.0, 0.0, ref=("crossings", post))
            for post in posts
        ]
        return replace(some, legs=tuple(legs))

    labels = [
        one.label for one in told_apart([by("narva", "terehova"), by("luhamaa", "terehova"), by("narva", "luhamaa")])
    ]
    assert labels == ["Road, by Narva and Terehova", "Road, by Luhamaa and Terehova", "Road, by Narva and Luhamaa"]
    labels = [one.label for one in told_apart([by("narva"), by("luhamaa"), by("luhamaa")])]
    assert labels[:2] == ["Road, by Narva", "Road, by Luhamaa"]
    assert len(set(labels)) == len(labels)


def test_areas_of_a_name_stand_in_the_order_of_the_way() -> None:
    def move(area: str, km: float) -> Leg:
        return Leg("move", "road", "A", "B", (area,), km, 0.0, 0.0, 0.0)

    legs = (move("UKR", 300), move("BGR", 200), move("TUR", 100), move("AZE", 400), move("KAZ", 50))
    assert plain_label(legs, load()) == "Road via Bulgaria and Azerbaijan"
    assert plain_label(legs[::-1], load()) == "Road via Azerbaijan and Bulgaria"


def test_ways_of_one_name_that_pass_the_same_are_told_apart_by_mode_or_length() -> None:
    lorry = replace(itinerary("Sea via Malacca", 100, 1000, 100), modes=("road", "sea"), km=2831.0)
    train = replace(itinerary("Sea via Malacca", 110, 1100, 90), modes=("road", "rail", "sea"), km=2833.0)
    longer = replace(lorry, km=2900.0)
    labels = [route.label for route in told_apart([lorry, train, longer])]
    assert labels == ["Sea via Malacca", "Sea via Malacca, with rail", "Sea via Malacca, 2,900 km"]


def test_ways_only_named_are_told_apart_from_those_shown() -> None:
    shown = [replace(itinerary("Sea via Malacca", 100, 1000, 100), km=2831.0)]
    named = told_apart([replace(shown[0], km=2900.0)], shown)
    assert [route.label for route in (*told_apart(shown), *named)] == ["Sea via Malacca", "Sea via Malacca, 2,900 km"]


def test_the_way_of_a_named_corridor_stands_for_its_copy_that_hardly_costs_less() -> None:
    best = itinerary("best", 100, 1000, 100, "x")
    plain = itinerary("plain", 100, 1500, 100, "y")
    for usd, stays in ((1560.0, "named"), (1900.0, "plain")):
        named = itinerary("named", 100, usd, 100, "y")
        chosen, _ = parts(select([best, plain, named], {2: 0.35}, "usd", 3, 2.0, apart, LIMITS))
        assert [route.label for route in chosen] == ["best", stays]


def test_an_optimum_that_gains_little_over_its_copy_leaves_it_its_place() -> None:
    best = itinerary("best", 100, 1000, 100, "x")
    lorry = itinerary("by lorry", 100, 1100, 55, "y")
    train = itinerary("with a short haul by rail", 150, 1200, 51, "y")
    chosen, others = parts(select([best, lorry, train], {}, "usd", 3, 2.0, apart, LIMITS))
    assert [route.label for route in chosen] == ["best", "by lorry"]
    assert [(route.label, route.best_for) for route in others] == [("with a short haul by rail", ("kg_co2e",))]


def test_a_short_haul_by_another_mode_makes_no_other_way() -> None:
    best = replace(itinerary("Sea via Malacca", 429, 1668, 373), modes=("road", "sea"))
    rail = replace(itinerary("Sea via Malacca", 477, 1792, 361), modes=("road", "rail", "sea"))
    chosen, _ = parts(select([best, rail], {}, "usd", 3, 2.0, apart, LIMITS))
    assert [route.modes for route in chosen] == [("road", "sea")]


def test_a_ferry_in_place_of_a_liner_makes_another_way_where_it_gains_something() -> None:
    """Over the same border to the sea: a liner sails cheaply and seldom, a ferry takes the lorry at once."""

    def sailing(hours: float, usd: float, ref: tuple[str, str]) -> Itinerary:
        one = itinerary("by sea", hours, usd, 3352, "x")
        return replace(one, legs=(*one.legs, replace(one.legs[0], mode="sea", ref=ref)))

    liner = sailing(385, 2978, ("ports", "there"))
    ferry, other, quicker = (
        sailing(hours, 3336, ("ferries", name)) for name, hours in (("a", 176.0), ("b", 180.0), ("c", 170.0))
    )

    def shown(*some: Itinerary) -> list[float]:
        return sorted(route.hours for route in select(some, {}, "generalised", 5, 2.0, apart, LIMITS).shown)

    assert shown(liner, ferry) == [176, 385]
    assert shown(ferry, other) == [176]
    assert shown(quicker, other, liner) == [170, 385]
    assert shown(ferry, replace(liner, hours=180, usd=3340)) == [176]


def test_a_way_that_gains_a_hair_and_loses_much_is_no_good_one_of_its_kind() -> None:
    """By rail: 1.6 % cheaper and nine days slower than the train that leads, beside a dearer one that is a corridor."""
    first = itinerary("first", 429, 5504, 3500, "x")
    slow = itinerary("slow", 637, 5417, 3565, "y")
    corridor = itinerary("corridor", 560, 5700, 2785, "z")
    shown = select([first, slow, corridor], {2: 0.5}, "generalised", 2, 2.0, apart, LIMITS).shown
    assert [route.label for route in shown] == ["first", "corridor"]
    gaining = replace(slow, usd=5000.0, generalised_usd=6274.0)
    shown = select([first, gaining, corridor], {}, "generalised", 2, 2.0, apart, LIMITS).shown
    assert {route.label for route in shown} == {"first", "slow"}


def test_wagons_on_a_ferry_are_a_way_by_rail() -> None:
    """Of the best of each main mode that by rail is the one whose wagons cross the sea, not a dearer one round it."""
    lorry = itinerary("road", 174, 2658, 4041, "x", "road")
    train = itinerary("by rail and ferry", 391, 2750, 2184, "y")
    wait, sailing = (
        replace(train.legs[0], kind=kind, mode=mode, km=km, ref=("ferries", "one"))
        for kind, mode, km in (("wait", "rail", 0.0), ("move", "sea", 300.0))
    )
    train = replace(train, legs=(*train.legs, wait, sailing))
    ship = itinerary("sea", 558, 2705, 788, "w", "sea")
    dear = itinerary("round by rail", 438, 3300, 1926, "z")
    shown = select([lorry, train, ship, dear], {}, "generalised", 3, 2.0, apart, LIMITS).shown
    assert [route.label for route in shown] == ["road", "by rail and ferry", "sea"]


def test_the_way_of_a_named_corridor_stands_beside_a_nameless_one_that_hardly_costs_less() -> None:
    nameless, named = itinerary("by a small post", 450, 5600, 2900, "x"), itinerary("corridor", 520, 5650, 2920, "y")
    slow, dear = itinerary("slow", 900, 5400, 2500, "z", "sea"), itinerary("dear", 440, 9000, 4000, "w", "road")

    def nearly(one: int, other: int) -> float:
        return 0.85 if {one, other} == {0, 1} else 0.0

    some = [nameless, named, slow, dear]
    shown = select(some, {1: 0.35}, "generalised", 3, 2.0, nearly, LIMITS).shown
    assert [route.label for route in shown][:2] == ["by a small post", "corridor"]
    assert "corridor" not in {route.label for route in select(some, {}, "generalised", 3, 2.0, nearly, LIMITS).shown}
    far = replace(named, usd=6500.0, generalised_usd=7540.0)
    shown = select([nameless, far, slow, dear], {1: 0.35}, "generalised", 3, 2.0, nearly, LIMITS).shown
    assert "corridor" not in {route.label for route in shown}


def test_a_way_of_many_modes_is_no_first_one_of_its_kind() -> None:
    """The best by rail, sea or road comes before a second one; what is a third road, sea and rail is none of them."""
    rail, other = itinerary("rail", 400, 3000, 2000, "x"), itinerary("other rail", 500, 3500, 2100, "y")
    mixed = itinerary("mixed", 600, 4500, 4000, "z")
    some = tuple(
        replace(mixed.legs[0], mode=mode, km=km) for mode, km in (("road", 40.0), ("sea", 30.0), ("rail", 30.0))
    )
    mixed = replace(mixed, legs=some)
    lorry = replace(mixed, label="lorry", legs=(replace(some[0], km=70.0), replace(some[1], km=30.0)), crossings=())
    shown = select([rail, other, mixed], {}, "generalised", 2, 2.0, apart, LIMITS).shown
    assert [route.label for route in shown] == ["rail", "other rail"]
    shown = select([rail, other, lorry], {}, "generalised", 2, 2.0, apart, LIMITS).shown
    assert [route.label for route in shown] == ["rail", "lorry"]


def test_likeness_weighs_what_can_shut_a_way() -> None:
    west = {("area", "IRN"): 1.0, ("area", "AZE"): 1.0, ("crossing", "astara"): 0.25}
    east = {("area", "IRN"): 1.0, ("area", "TKM"): 1.0, ("area", "KAZ"): 1.0}
    assert alike([west, east]).tolist() == [[1.0, 1.0 / 4.25], [1.0 / 4.25, 1.0]]
    assert alike([{}, {}]).tolist() == [[1.0, 1.0], [1.0, 1.0]]


AREA, STRAIT, OTHER = ("area", "AAA"), ("passage", "x"), ("area", "BBB")


def test_a_detour_that_avoids_nothing_goes_and_one_that_avoids_something_stays() -> None:
    best, detour = itinerary("best", 100, 1000, 100, "x"), itinerary("detour", 120, 1200, 110, "y")
    assert worth_driving([best, detour], [{AREA: 1.0}, {AREA: 1.0, OTHER: 1.0}], LIMITS) == (0,)
    assert worth_driving([best, detour], [{AREA: 1.0}, {OTHER: 1.0}], LIMITS) == (0, 1)
    quick = itinerary("quick", 80, 1500, 110, "y")
    assert worth_driving([best, quick], [{AREA: 1.0}, {AREA: 1.0, OTHER: 1.0}], LIMITS) == (0, 1), "it gains time"


def test_a_way_far_worse_stays_only_as_the_way_out() -> None:
    some = [
        itinerary("a", 100, 1000, 100, "x"),
        itinerary("b", 110, 1100, 110, "y"),
        itinerary("c", 200, 2000, 200, "z"),
    ]
    assert worth_driving(some, [{AREA: 1.0}, {OTHER: 1.0}, {STRAIT: 1.0}], LIMITS) == (0, 1), "neither is in both"
    both = [{AREA: 1.0, STRAIT: 1.0}, {OTHER: 1.0, STRAIT: 1.0}, {("area", "CCC"): 1.0}]
    assert worth_driving(some, both, LIMITS) == (0, 1, 2), "it alone avoids the strait"


def test_the_optimum_of_each_measure_is_shown_or_named() -> None:
    best, twin = itinerary("best", 100, 1000, 100, "x"), itinerary("best", 99, 1005, 100, "x")
    chosen = select([best, twin], {}, "generalised", 5, 0.0, together, LIMITS)
    assert [route.best_for for route in chosen.shown] == [("generalised", "usd", "kg_co2e")]
    assert [route.best_for for route in chosen.others] == [("hours",)]


def test_every_threshold_is_a_row_and_every_row_a_threshold() -> None:
    assert {one.name for one in fields(Thresholds)} == set(load().table("selection_rules").by_id)


def test_a_way_worse_in_money_and_time_does_not_take_the_place_of_one_that_differs_as_much() -> None:
    best = itinerary("best", 100, 1000, 100, "x")
    known = itinerary("known corridor", 200, 1700, 100, "y")
    plain = itinerary("plain", 150, 1400, 150, "z")
    for merits in ({}, {1: LIMITS.established_merit}):
        chosen = select([best, known, plain], merits, "generalised", 2, 2.0, apart, LIMITS).shown
        assert [route.label for route in chosen] == ["best", "plain"]


def test_the_cleanest_way_has_no_place_by_right_where_it_costs_far_more() -> None:
    best = itinerary("best", 100, 1000, 100, "x")
    other = itinerary("other", 120, 1150, 110, "y")
    for usd, shown in ((1300, "clean"), (1900, "other")):
        clean = itinerary("clean", 130, usd, 50, "z")
        chosen, others = parts(select([best, other, clean], {}, "generalised", 2, 2.0, apart, LIMITS))
        assert [route.label for route in chosen] == ["best", shown]
        assert "kg_co2e" in next(route for route in (*chosen, *others) if route.label == "clean").best_for


def test_an_optimum_that_gains_little_over_a_cheaper_way_is_only_named() -> None:
    best = itinerary("best", 300, 1000, 100, "x")
    quick = itinerary("quick", 105, 1500, 100, "y")
    quickest = itinerary("quickest", 100, 1800, 100, "z")
    chosen, others = parts(select([best, quick, quickest], {}, "generalised", 2, 2.0, apart, LIMITS))
    assert [route.label for route in chosen] == ["best", "quick"]
    assert others[0].best_for == ("hours",)


def test_the_way_round_a_post_that_all_near_ways_pass_is_worth_driving() -> None:
    near, twin, far = (itinerary(name, *costs) for name, *costs in (
        ("near", 100, 1000, 100), ("twin", 101, 1010, 101), ("far", 170, 1700, 170)))  # fmt: skip
    seen = (
        {("area", "GEO"): 1.0, ("crossing", "lars"): 0.25},
        {("area", "GEO"): 1.0, ("crossing", "lars"): 0.25, ("crossing", "bavra"): 0.25},
        {("area", "GEO"): 1.0, ("area", "TUR"): 1.0, ("crossing", "sarpi"): 0.25},
    )
    assert 2 in worth_driving([near, twin, far], seen, LIMITS)


def test_a_way_a_quarter_worse_in_all_goes_but_for_that_of_a_named_corridor() -> None:
    best, worse = itinerary("best", 100, 1000, 100, "x"), itinerary("worse", 130, 1300, 130, "y")
    far = itinerary("far", 160, 1600, 160, "y")
    seen = [{AREA: 1.0}, {AREA: 1.0, STRAIT: 1.0}, {AREA: 1.0, STRAIT: 1.0, OTHER: 1.0}]
    # Nothing is avoided by either that the best passes, and neither passes all that can shut the other.
    seen[0][("area", "CCC")] = 1.0
    assert worth_driving([best, worse, far], seen, LIMITS) == (0, 1), "the nearer one is the way out of CCC"
    out = [{AREA: 1.0}, {AREA: 1.0, STRAIT: 1.0}, {AREA: 1.0, OTHER: 1.0}]
    assert worth_driving([best, worse, far], out, LIMITS) == (0,)
    other = [{STRAIT: 1.0}, {AREA: 1.0}, {OTHER: 1.0}]
    plain = itinerary("plain", 101, 1001, 101, "z")
    marks = [*other, {("area", "DDD"): 1.0}]
    assert worth_driving([best, worse, far, plain], marks, LIMITS) == (0, 3)
    assert worth_driving([best, worse, far, plain], marks, LIMITS, [False, True, True, False]) == (0, 1, 3)


def by(route: Itinerary, *modes: str) -> Itinerary:
    return replace(route, legs=tuple(replace(route.legs[0], mode=mode, km=route.km / len(modes)) for mode in modes))


def test_less_co2e_alone_keeps_no_way_far_round_that_costs_far_more() -> None:
    best, cleaner, cleanest = (
        itinerary("best", 100, 1000, 100, "x"),
        replace(itinerary("cleaner", 400, 1600, 60, "y", "river"), areas=("AAA", "BBB")),
        replace(itinerary("cleanest", 400, 1700, 50, "z", "river"), areas=("AAA", "CCC")),
    )
    # Another way beside the best, so that neither of them is the way out of what the best passes.
    other = itinerary("other", 105, 1050, 105, "w")
    some = [best, other, cleaner, cleanest]
    marks = [{("area", name): 1.0} for name in ("AAA", "DDD", "BBB", "CCC")]
    assert worth_driving(some, marks, LIMITS) == (0, 1, 3)
    assert worth_driving(some, marks, LIMITS, [False, False, True, False]) == (0, 1, 2, 3)
    for name, kept in (
        ("it gains time", replace(cleaner, hours=90.0)),
        ("it goes round nothing", replace(cleaner, areas=best.areas)),
        ("it is the best by road", by(cleaner, "road")),
        ("it is the best by sea", by(cleaner, "road", "sea", "sea", "sea", "sea", "road")),
    ):
        assert worth_driving([best, other, kept, cleanest], marks, LIMITS) == (0, 1, 2, 3), name
    twice = by(cleaner, "sea", "sea", "sea", "sea", "road", "sea")
    assert worth_driving([best, other, twice, cleanest], marks, LIMITS) == (0, 1, 3), "it goes ashore between"
    chosen, others = parts(select([best, other, cleanest], {}, "generalised", 5, 2.0, apart, LIMITS))
    assert [route.label for route in chosen] == ["best", "other"]
    assert [(route.label, route.best_for) for route in others] == [("cleanest", ("kg_co2e",))]


def test_of_each_mode_its_best_way_is_shown_first_however_like_the_best_of_all() -> None:
    best = itinerary("best", 100, 1000, 100, "x", "road")
    near = itinerary("near", 150, 1100, 95, "y", "rail")
    unlike = itinerary("unlike", 200, 1300, 95, "z", "rail")

    def shared(i: int, j: int) -> float:
        return 0.85 if {i, j} == {0, 1} else 0.0

    chosen, _ = parts(select([best, near, unlike], {}, "generalised", 2, 2.0, shared, LIMITS))
    assert [route.label for route in chosen] == ["best", "near"]
    chosen, _ = parts(select([best, near, unlike], {}, "generalised", 3, 2.0, shared, LIMITS))
    assert [route.label for route in chosen] == ["best", "near", "unlike"]
