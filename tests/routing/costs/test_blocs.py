"""What a changed bloc adds to a border and takes from it, piece by piece."""

import pytest

from landbridge.routing.costs import book, complete, load_of
from landbridge.routing.costs.arcs import rules_of
from landbridge.routing.costs.blocs import CHANGES, CUSTOMS, DONE_AWAY, GOODS, PAPERS, PUT_UP
from landbridge.routing.costs.borders import crossing_group, over_water
from landbridge.routing.costs.moves import trip_of
from landbridge.routing.costs.waits import Border
from landbridge.routing.shipment import Shipment
from landbridge.world import World, parse_scenario

DAY = World.at("2026-06-01")
LARS = ("GEO-RUS-upper-lars", "road", "GEO", "RUS")


def world(*events, day=DAY):
    return day.apply(parse_scenario("name: x\nevents:\n" + "".join(f"- {event}\n" for event in events)))


def trip(one, ends, **more):
    done = complete(Shipment(origin_area=ends[0], destination_area=ends[1], **more), one.facts)
    return rules_of(one, done), trip_of(book(one.facts, one.day), done, load_of(done, one.facts), one)


def border(one, way, ends, **more):
    rules, made = trip(one, ends, **more)
    return crossing_group(one, rules, made, Border(*way))


def pieces(group):
    """Hours and dollars of what a changed bloc adds, by factor."""
    found = {}
    for part in group.parts:
        if part.factor in CHANGES:
            hours, usd = found.get(part.factor, (0.0, 0.0))
            found[part.factor] = (hours + part.hours, usd + part.usd)
    return found


def test_armenian_goods_outside_the_union_wait_longer_pay_more_papers_and_need_permits():
    out = DAY.apply("armenia-out-of-eaeu")
    usual, group = border(DAY, LARS, ("ARM", "RUS")), border(out, LARS, ("ARM", "RUS"))
    values = book(DAY.facts, DAY.day)
    customs = values.get("customs_share", mode="road").value
    spared = values.get("union_goods_share", mode="road").value
    wait = sum(part.hours for part in usual.parts if part.factor == "border wait")
    # a TIR carnet spares half of the customs time too
    assert pieces(group)[GOODS][0] == pytest.approx(wait * ((1 - 0.5 * customs) / (1 - spared * customs) - 1))
    assert set(pieces(group)) == {GOODS, PAPERS, "permit"}
    papers = sum(part.usd for part in usual.parts if part.factor == "transit papers")
    shares = [values.get("papers_share", product=product).value for product in ("union goods", "TIR")]
    assert pieces(group)[PAPERS][1] == pytest.approx(papers * (shares[1] / shares[0] - 1))
    assert pieces(group)["permit"][1] == pytest.approx(values.get("permit_usd", mode="road").value / 2)
    cited = {part.row for part in group.parts}
    assert {
        ("bloc_effects", "eaeu-no-border-check-2015-01-01"),
        ("bloc_effects", "eaeu-permit-free-2015-01-01"),
    } <= cited
    assert ("parameters", "union-goods-share-2019") in cited
    assert all(
        part.grade == "D" for part in group.parts if part.factor in (GOODS, PAPERS, "permit") and part.hours + part.usd
    )


def test_goods_of_third_states_pass_there_as_before():
    out = DAY.apply("armenia-out-of-eaeu")
    for ends in (("TUR", "RUS"), ("GEO", "RUS"), ("TUR", "KAZ"), ("GEO", "ARM")):
        assert border(out, LARS, ends).parts == border(DAY, LARS, ends).parts


def test_only_the_lorrys_state_pays_for_permits_and_wagons_never():
    out = DAY.apply("armenia-out-of-eaeu")
    permit = book(DAY.facts, DAY.day).get("permit_usd", mode="road").value
    shares = {None: 0.5, "ARM": 1.0, "RUS": 0.0, "TUR": 0.0}
    for carrier, share in shares.items():
        found = pieces(border(out, LARS, ("ARM", "RUS"), carrier=carrier)).get("permit", (0.0, 0.0))
        assert found[1] == pytest.approx(share * permit)
    rail = border(out, ("ARM-GEO-ayrum-rail", "rail", "ARM", "GEO"), ("ARM", "RUS"))
    assert not pieces(rail)


def test_a_control_that_comes_or_goes_names_its_row():
    way = ("KAZ-RUS-sagarchin", "road", "KAZ", "RUS")
    left = border(world("{kind: leave, bloc: eaeu, areas: KAZ}"), way, ("KAZ", "RUS"))
    assert PUT_UP in pieces(left)
    assert ("bloc_effects", "eaeu-no-border-check-2015-01-01") in {part.row for part in left.parts}
    joined = border(world("{kind: join, bloc: eaeu, areas: UZB}"), ("KAZ-UZB-yallama", "road", "KAZ", "UZB"),
                    ("KAZ", "UZB"))  # fmt: skip
    assert DONE_AWAY in pieces(joined)


def test_common_transit_is_cheaper_than_a_carnet_and_no_quicker():
    way = ("POL-UKR-dorohusk-road", "road", "UKR", "POL")
    out = DAY.apply("ukraine-georgia-out-of-common-transit")
    usual, group = border(DAY, way, ("UKR", "POL")), border(out, way, ("UKR", "POL"))
    assert set(pieces(group)) == {PAPERS}
    assert group.total("hours") == usual.total("hours")
    assert group.total("usd") > usual.total("usd")
    early = World.at("2021-06-01")
    inside = early.apply("ukraine-georgia-in-common-transit")
    assert border(inside, way, ("UKR", "POL")).total("usd") < border(early, way, ("UKR", "POL")).total("usd")


def test_carnets_save_customs_time_where_nothing_else_does():
    way = ("IRN-TUR-bazargan", "road", "IRN", "TUR")
    left = world("{kind: leave, bloc: tir, areas: IRN}")
    usual, group = border(DAY, way, ("IRN", "TUR")), border(left, way, ("IRN", "TUR"))
    assert pieces(group)[CUSTOMS][0] > 0.0
    assert ("bloc_effects", "tir-shorter-border-h-1978-03-20") in {part.row for part in group.parts}
    assert group.total("hours") > usual.total("hours")


def test_a_railway_outside_the_note_of_its_neighbours_writes_it_anew():
    way = ("CHN-KAZ-khorgos-rail", "rail", "CHN", "KAZ")
    left = world("{kind: leave, bloc: smgs, areas: CHN}")
    factors = [{part.factor for part in border(one, way, ("CHN", "KAZ")).parts} for one in (DAY, left)]
    assert "new consignment note" not in factors[0]
    assert "new consignment note" in factors[1]


def test_what_is_saved_is_never_more_than_the_border_costs():
    joined = world("{kind: join, bloc: eu, areas: [GEO, ARM, TUR, AZE]}")
    for row in DAY.facts.table("crossings").rows:
        if {row["area_a"], row["area_b"]} <= {"GEO", "ARM", "TUR", "AZE", "BGR", "GRC"} and "road" in row["modes"]:
            group = border(joined, (row["id"], "road", row["area_a"], row["area_b"]), ("GEO", "DEU"))
            assert group.total("hours") >= 0.0
            assert group.total("usd") >= 0.0


def test_lorries_on_a_ferry_need_permits_too():
    out = DAY.apply("armenia-out-of-eaeu")
    rules, made = trip(out, ("ARM", "RUS"))
    usual_rules, usual = trip(DAY, ("ARM", "RUS"))
    for areas in (("GEO", "RUS"), ("RUS", "GEO")):
        parts = over_water(out, rules, made, "road", areas)
        assert {"permit", GOODS} <= {part.factor for part in parts}
        hours = [
            sum(part.hours for part in some) for some in (over_water(DAY, usual_rules, usual, "road", areas), parts)
        ]
        assert hours[1] > hours[0]


def test_a_control_that_goes_meets_goods_that_come_back_there():
    """Both at one border: the goods of a union that the area enters, at a post between it and a member."""
    early = World.at("2016-06-01")
    joined = world("{kind: join, bloc: eu, areas: UKR}", day=early)
    for post in ("MDA-UKR-otaci", "POL-UKR-dorohusk-road", "HUN-UKR-zahony-road"):
        sides = post.split("-")[:2]
        for start, goal in (sides, sides[::-1]):
            way = (post, "road", start, goal)
            usual, group = border(early, way, ("GRC", "LVA")), border(joined, way, ("GRC", "LVA"))
            assert group.total("hours") <= usual.total("hours")


def test_of_several_papers_the_cheapest_is_taken():
    from landbridge.routing.costs.blocs import _cheapest

    class OfDay:
        book = book(DAY.facts, DAY.day)

    shares = {word: OfDay.book.get("papers_share", mode="road", product=word).value for word in ("", "TIR", "NCTS")}
    assert _cheapest(OfDay, "road", ("NCTS", "TIR")).value == shares["NCTS"] == min(shares.values())
    assert _cheapest(OfDay, "road", ("TIR",)).value == shares["TIR"]
    # papers without a price of their own spare nothing
    assert _cheapest(OfDay, "rail", ("simplified corridor",)).value == _cheapest(OfDay, "rail", ()).value == shares[""]
