"""The rules on the real questions: what a shipment may not use on a day, and which row says so."""

import pytest

from landbridge.errors import InputError
from landbridge.facts import load
from landbridge.world import Note, Rules, Trip, World, area_set, border_effects, resolve


def rules(day, origin, destination, *scenarios, **more):
    return resolve(World.at(day).apply(*scenarios), Trip(origin, destination, **more))


def refused(found, crossing, mode, direction):
    return found.crossing_refusals.get((crossing, mode, direction))


def test_kyiv_to_moscow_trade_is_banned():
    found = rules("2024-06-01", "UKR", "RUS")
    assert [refusal.id for refusal in found.trade_refusals] == ["ukr22-exp-r"]
    assert found.trade_refusals[0].imposer == "UKR"
    assert [refusal.id for refusal in rules("2024-06-01", "RUS", "UKR").trade_refusals] == ["ukr22-imp-r"]


def test_every_post_between_ukraine_and_russia_is_shut_to_this_trade():
    found = rules("2024-06-01", "UKR", "RUS")
    for row in load().table("crossings").where(area_a="RUS", area_b="UKR"):
        for mode in row["modes"]:
            assert refused(found, row["id"], mode, "UKR>RUS"), row["id"]


def test_before_the_bans_this_trade_was_lawful():
    assert rules("2015-06-01", "UKR", "RUS").trade_refusals == ()


def test_seoul_to_pyongyang_trade_is_banned():
    found = rules("2022-06-01", "KOR", "PRK")
    assert [refusal.id for refusal in found.trade_refusals] == ["kor10-may24-r-trade"]


def test_armenian_cargo_never_goes_through_azerbaijan():
    for origin, destination in (("ARM", "RUS"), ("RUS", "ARM"), ("ARM", "CHN"), ("IRN", "ARM")):
        found = rules("2023-06-01", origin, destination)
        for mode in ("road", "rail"):
            assert found.area_refusal("AZE", mode).id == "arm-aze89-r-transit"


def test_the_ban_of_armenian_cargo_ended_on_2025_10_21():
    assert rules("2025-10-20", "RUS", "ARM").area_refusal("AZE", "rail")
    assert rules("2025-10-21", "RUS", "ARM").area_refusal("AZE", "rail") is None


def test_georgian_cargo_may_go_through_azerbaijan():
    assert rules("2023-06-01", "GEO", "RUS").area_refusal("AZE", "rail") is None


def test_azerbaijani_cargo_for_nakhchivan_may_not_cross_armenia_until_tripp():
    assert rules("2021-10-01", "AZE", "AZE").area_refusal("ARM", "road").id == "arm-aze-nakh-r"
    assert rules("2021-10-01", "AZE", "AZE", "zangezur-tripp").area_refusal("ARM", "rail") is None
    assert rules("2021-10-01", "AZE", "AZE").area_refusal("IRN", "road") is None


def test_kars_to_gyumri_is_not_banned_but_not_direct():
    found = rules("2022-06-01", "TUR", "ARM")
    assert found.trade_refusals == ()
    assert "tur-arm93-r-trade" in {note.id for note in found.notes}
    assert refused(found, "ARM-TUR-akhurik-rail", "rail", "TUR>ARM")
    assert refused(found, "ARM-TUR-margara", "road", "TUR>ARM")
    assert not refused(found, "ARM-GEO-bavra", "road", "GEO>ARM")
    opened = rules("2022-06-01", "TUR", "ARM", "turkey-armenia-open")
    assert not refused(opened, "ARM-TUR-margara", "road", "TUR>ARM")


def test_tehran_to_yerevan_pays_at_the_posts_of_the_goris_kapan_road():
    found = rules("2021-09-15", "IRN", "ARM")
    assert not refused(found, "ARM-IRN-agarak", "road", "IRN>ARM")
    (fee,) = [fee for fee in found.fees if fee.subject_kind == "line"]
    assert fee.subject == "arm-goris-kapan-old"
    assert (fee.usd_low, fee.usd, fee.usd_high) == (130, 245, 360)
    assert fee.evidence == (("measure_rules", "aze-gorkap-fee-r"),)
    assert "arm-goris-kapan-old" not in found.line_refusals
    assert not [fee for fee in rules("2021-09-15", "RUS", "ARM").fees if fee.subject_kind == "line"]


def test_later_the_goris_kapan_road_is_out_of_use_and_the_dispute_is_shown():
    found = rules("2021-12-15", "IRN", "ARM")
    refusal = found.line_refusals["arm-goris-kapan-old"]
    assert refusal.certainty == "disputed"
    assert refusal.id == "goris-kapan-old-2021-11-11"
    assert "arm-tatev-aghvani" not in found.line_refusals
    note = {note.id: note for note in found.notes}["aze-gorkap-ctl-r"]
    assert note.why == "disputed"
    across = [("ARM", "road")]
    assert note in found.notes_on(across, [("line:arm-goris-kapan-old", "road")])
    # Shown to those who take the way round, not to all who cross Armenia.
    assert note in found.notes_on(across, [("line:arm-tatev-aghvani", "road")])
    assert note not in found.notes_on(across)


def note(**named):
    known = {"table": "measure_rules", "id": "x", "why": "limited", "certainty": "certain", "imposers": ("IND",)}
    return Note(**{**known, **named})


def test_a_rule_bears_where_its_areas_are_crossed_by_its_modes():
    found = Rules(Trip("IND", "RUS"), notes=(note(areas=frozenset(("IND",)), modes=("sea",)),))
    assert found.notes_on([("IND", "sea")])
    assert not found.notes_on([("IND", "rail"), ("IRN", "sea")])


def test_a_rule_about_a_gate_bears_on_who_passes_it_by_its_mode():
    found = Rules(Trip("BLR", "POL"), notes=(note(gates=("pair:BLR-POL",), modes=("road",), why="other carriers"),))
    assert found.notes_on((), [("pair:BLR-POL", "road")])
    assert not found.notes_on([("BLR", "road")], [("pair:BLR-POL", "rail")])


def test_a_rule_for_other_carriers_or_about_no_place_bears_on_no_way():
    others = note(areas=frozenset(("IND",)), why="other carriers")
    nowhere = note(id="y", modes=("sea",))
    assert not Rules(Trip("IND", "RUS"), notes=(others, nowhere)).notes_on([("IND", "sea")])


def test_gates_come_first_then_what_is_disputed_then_few_areas():
    wide = note(id="a", areas=frozenset(("IND", "IRN")))
    narrow = note(id="b", areas=frozenset(("IND",)))
    disputed = note(id="c", areas=frozenset(("IND", "IRN", "RUS")), certainty="disputed")
    gate = note(id="d", gates=("passage:suez",))
    found = Rules(Trip("IND", "RUS"), notes=(wide, narrow, disputed, gate))
    assert [one.id for one in found.notes_on([("IND", "sea")], [("passage:suez", "sea")])] == ["d", "c", "b", "a"]


def test_what_every_state_imposes_bears_on_its_target_and_not_on_every_trip():
    known = {one.id: one for one in rules("2026-01-15", "PAK", "AFG").notes}
    assert known["afg-us-r"].areas == {"AFG"}
    assert not [one.id for one in rules("2023-06-01", "CHN", "DEU").notes_on([("CHN", "rail")]) if "prk" in one.id]


def test_no_rule_bears_on_most_of_the_world():
    for day, origin, destination in (("2025-06-01", "IND", "RUS"), ("2023-06-01", "CHN", "DEU")):
        assert not [one.id for one in rules(day, origin, destination).notes if len(one.areas) > 60]


def test_disputed_measures_close_only_when_asked():
    world = World.at("2023-07-01")
    trip = Trip("ARM", "ARM")
    key = ("ARM-AZE-lachin", "road", "ARM>AZE")
    assert "lachin22-r-aid" in {note.id for note in resolve(world, trip).notes}
    assert resolve(world, trip).crossing_refusals[key].kind == "status"
    assert "lachin22-r-aid" not in {note.id for note in resolve(world, trip, disputed="close").notes}


def test_karachi_to_kabul_no_post_is_open():
    found = rules("2026-01-15", "PAK", "AFG")
    for row in load().table("crossings").where(area_a="AFG", area_b="PAK"):
        for mode in row["modes"]:
            assert refused(found, row["id"], mode, "PAK>AFG"), row["id"]
    assert not refused(found, "AFG-IRN-islam-qala", "road", "IRN>AFG")
    assert not refused(found, "IRN-PAK-mirjaveh-road", "road", "PAK>IRN")


def test_helsinki_to_st_petersburg_by_road():
    found = rules("2024-06-01", "FIN", "RUS")
    for row in load().table("crossings").where(area_a="FIN", area_b="RUS"):
        if "road" in row["modes"]:
            assert refused(found, row["id"], "road", "FIN>RUS"), row["id"]
    assert refused(found, "EST-RUS-narva-road", "road", "EST>RUS")
    for post in ("EST-RUS-luhamaa", "EST-RUS-koidula-road"):
        assert not refused(found, post, "road", "EST>RUS")
    assert found.swaps["EST>RUS"].id == "ru22-road-r-reload"


def test_swaps_are_for_lorries_of_the_targets():
    assert "POL>BLR" in rules("2024-06-01", "POL", "RUS").swaps
    assert "POL>BLR" not in rules("2024-06-01", "POL", "RUS", carriers="KAZ").swaps
    assert "GEO>RUS" not in rules("2024-06-01", "GEO", "RUS").swaps
    assert set(rules("2021-06-01", "POL", "RUS").swaps) == {"CHN>PAK", "PAK>CHN", "BGD>IND", "IND>BGD"}


def test_haulier_bans_close_only_for_the_carriers_they_name():
    free = rules("2023-06-01", "POL", "RUS")
    assert "POL" not in free.area_transit
    assert "eu22-5-road-r-ban" in {note.id for note in free.notes}
    assert not refused(free, "BLR-POL-kozlovichi", "road", "POL>BLR")
    russian = rules("2023-06-01", "POL", "RUS", carriers="RUS")
    assert russian.area_refusal("POL", "road").id == "eu22-5-road-r-ban"
    assert russian.area_refusal("POL", "rail") is None
    assert refused(russian, "BLR-POL-kozlovichi", "road", "POL>BLR").kind == "carrier"
    kazakh = rules("2023-06-01", "POL", "RUS", carriers="KAZ")
    assert kazakh.area_refusal("POL", "road") is None


def test_the_wind_down_of_the_haulier_ban():
    assert rules("2022-04-12", "POL", "RUS", carriers="RUS").area_refusal("POL", "road") is None
    assert rules("2022-04-16", "POL", "RUS", carriers="RUS").area_refusal("POL", "road")


def test_russian_plates_at_the_polish_border():
    russian = {
        refusal.id for row in rules("2024-06-01", "POL", "BLR", carriers="RUS").area_transit.values() for refusal in row
    }
    assert "eu22-5-road-r-ban" in russian
    assert "eu22-5-road-r-trl" in russian


def test_kartsakhi_in_2023():
    found = rules("2023-06-01", "CHN", "DEU")
    assert refused(found, "GEO-TUR-kartsakhi-rail", "rail", "GEO>TUR").id == "bs-geo-tur-kartsakhi-rail-rail-20230516"
    assert not refused(rules("2021-06-01", "CHN", "DEU"), "GEO-TUR-kartsakhi-rail", "rail", "GEO>TUR")


@pytest.mark.parametrize(
    ("day", "carrier_class", "closed"),
    [
        ("2023-06-01", "mainline container", False),
        ("2023-12-20", "mainline container", True),
        ("2024-02-01", "mainline container", True),
        ("2025-06-01", "mainline container", True),
        ("2026-05-01", "mainline container", True),
        ("2024-02-01", "regional container", False),
        ("2024-02-01", "tanker", True),
        ("2024-02-01", "bulk", False),
        ("2023-06-01", "gas carrier", False),
        ("2024-02-01", "gas carrier", True),
        ("2025-01-15", "gas carrier", True),
    ],
)
def test_who_avoids_the_red_sea(day, carrier_class, closed):
    found = rules(day, "CHN", "NLD", carrier_class=carrier_class)
    refusal = found.passage_refusals.get("bab-el-mandeb")
    assert (refusal is not None) is closed
    if refusal is not None:
        assert refusal.kind == "policy"
        assert refusal.table == "carrier_policies"


def test_russian_ports_stay_open_to_feeders_when_the_large_lines_leave():
    found = rules("2025-06-01", "IND", "RUS")
    assert "novorossiysk" not in found.port_refusals
    assert "st-petersburg-bronka" not in found.port_refusals


def test_hormuz_closed_by_iran_is_closed_to_all():
    assert rules("2026-03-15", "SAU", "NLD").passage_refusals["hormuz"]
    assert rules("2026-03-15", "SAU", "NLD", carrier_class="tanker").passage_refusals["hormuz"]
    assert "hormuz" not in rules("2025-03-15", "SAU", "NLD").passage_refusals
    assert rules("2025-03-15", "SAU", "NLD", "hormuz-closed").passage_refusals["hormuz"].kind == "event"


def test_the_blockade_of_iranian_ports():
    found = rules("2026-05-01", "IND", "RUS")
    assert "bandar-abbas-shahid-rajaee" in found.port_refusals
    assert "bandar-anzali" not in found.port_refusals


def test_eu_sanctions_on_goods_depend_on_the_goods():
    plain = rules("2024-06-01", "DEU", "RUS")
    assert plain.trade_refusals == ()
    assert {note.id: note.why for note in plain.notes}["eu22-export-r"] == "goods"
    assert "eu22-export-r" in {one.id for one in rules("2024-06-01", "DEU", "RUS", cargo="machinery").trade_refusals}
    assert "eu22-export-r" in {one.id for one in rules("2024-06-01", "DEU", "RUS", hs="8471").trade_refusals}
    assert rules("2024-06-01", "DEU", "RUS", hs="3004").trade_refusals == ()


def test_the_oil_embargo_is_of_every_mode_but_the_pipeline():
    for cargo, rule in (("crude_oil", "eu22-6-oil-r-crude"), ("oil_products", "eu22-6-oil-r-prod")):
        found = rules("2024-06-01", "RUS", "NLD", cargo=cargo, carrier_class="tanker")
        assert rule in {one.id for one in found.trade_refusals}
    assert rules("2024-06-01", "RUS", "BGR", cargo="crude_oil").trade_refusals == ()
    assert rules("2024-06-01", "KAZ", "NLD", cargo="crude_oil").trade_refusals == ()


def test_what_may_not_come_by_sea_is_not_landed_in_another_state_of_the_market():
    found = rules("2026-06-01", "RUS", "NLD", cargo="lng", carrier_class="tanker")
    assert {"rotterdam", "hamburg"} <= set(found.port_refusals)
    assert "istanbul-ambarli" not in found.port_refusals
    # of a trade with others the ports stay open
    assert not rules("2026-06-01", "QAT", "NLD", cargo="lng", carrier_class="tanker").port_refusals.get("hamburg")


@pytest.mark.parametrize(
    ("day", "origin", "destination", "cargo", "hs", "banned"),
    [
        # a wider class on a list means no goods of other chapters: wine and grain are food
        ("2014-09-01", "POL", "RUS", "meat_dairy", None, True),
        ("2014-09-01", "POL", "RUS", "food", None, True),
        ("2024-05-15", "LVA", "RUS", "wine", None, False),
        ("2014-09-01", "POL", "RUS", "food", "2204", False),
        # headings within a class are all of it that a list means
        ("2023-06-01", "UKR", "POL", "grain", None, True),
        ("2023-06-01", "UKR", "POL", "grain", "1001", True),
        ("2023-06-01", "UKR", "POL", "grain", "1003", False),
        ("2023-10-10", "UKR", "HUN", "wheat", None, True),
        ("2023-10-10", "UKR", "AUT", "wheat", None, False),
        # petrol alone was kept in Russia, on and off; its other oil products left
        ("2023-10-25", "RUS", "TUR", "petrol", None, True),
        ("2023-10-25", "RUS", "TUR", "oil_products", None, False),
        ("2024-06-25", "RUS", "TUR", "petrol", None, False),
        ("2025-10-25", "RUS", "TUR", "petrol", None, True),
        ("2025-10-25", "RUS", "KGZ", "petrol", None, False),
        ("2023-06-01", "RUS", "ITA", "petrol", None, True),
        # payments for goods from Spain stopped; those of France went on
        ("2022-09-10", "ESP", "DZA", "container", None, True),
        ("2022-09-10", "FRA", "DZA", "container", None, False),
        ("2025-03-10", "ESP", "DZA", "container", None, False),
        # fruit and wine of Moldova: barred, then let in from firms on a list
        ("2014-09-01", "MDA", "RUS", "fruit_veg", None, True),
        ("2018-09-01", "MDA", "RUS", "fruit_veg", None, False),
        ("2015-09-01", "MDA", "RUS", "wine", None, True),
        ("2018-09-01", "MDA", "RUS", "wine", None, False),
        # embargoes on arms: of both directions, of one, and for some years
        ("2018-09-01", "RUS", "PRK", "arms", None, True),
        ("2018-09-01", "PRK", "SYR", "arms", None, True),
        ("2009-09-01", "IRN", "SYR", "arms", None, True),
        ("2009-09-01", "RUS", "IRN", "arms", None, False),
        ("2015-09-01", "RUS", "IRN", "arms", None, True),
        ("2021-09-01", "RUS", "IRN", "arms", None, False),
        ("2015-09-01", "DEU", "MMR", "arms", None, True),
        ("2015-09-01", "POL", "BLR", "arms", None, True),
        ("2015-09-01", "RUS", "BLR", "arms", None, False),
        ("2024-03-01", "DEU", "RUS", "chemicals", "3004", False),
        ("2024-03-01", "DEU", "RUS", "chemicals", "3815", True),
        # potash by quota, other fertiliser free
        ("2024-03-01", "RUS", "BEL", "fertiliser", None, False),
        ("2024-03-01", "RUS", "BEL", "potash", None, False),
        ("2024-03-01", "RUS", "BEL", "cement", None, True),
        # bans of grain by those who sell it
        ("2010-08-01", "RUS", "EGY", "grain", None, False),
        ("2010-09-01", "RUS", "EGY", "grain", None, True),
        ("2011-07-01", "RUS", "EGY", "grain", None, False),
        ("2022-05-01", "IND", "IDN", "wheat", None, False),
        ("2022-06-01", "IND", "IDN", "wheat", None, True),
        ("2022-06-01", "IND", "IDN", "grain", "1001", True),
        ("2022-06-01", "IND", "IDN", "grain", None, False),
        ("2022-06-01", "IND", "IDN", "rice", None, False),
        ("2026-03-01", "IND", "IDN", "wheat", None, False),
        # goods of the United States for Syria, but food
        ("2025-03-01", "USA", "SYR", "container", None, True),
        ("2025-03-01", "USA", "SYR", "steel", None, True),
        ("2025-03-01", "USA", "SYR", "food", None, False),
        ("2025-10-01", "USA", "SYR", "container", None, False),
        # gold
        ("2022-07-01", "RUS", "NLD", "gold", None, False),
        ("2022-08-01", "RUS", "NLD", "gold", None, True),
        # those who follow the lists of the EU, each from its own day
        ("2023-06-01", "USA", "RUS", "machinery", None, True),
        ("2023-05-01", "USA", "RUS", "machinery", None, False),
        ("2022-04-01", "GBR", "RUS", "luxury", None, False),
        ("2022-05-01", "GBR", "RUS", "luxury", None, True),
        ("2025-06-01", "GBR", "RUS", "wine", None, False),
        ("2025-06-01", "RUS", "GBR", "steel", None, True),
        ("2022-03-10", "NOR", "RUS", "machinery", None, False),
        ("2023-06-01", "NOR", "RUS", "machinery", None, True),
        ("2025-06-01", "NOR", "RUS", "seafood", None, True),  # Russia's own ban
        # aluminium by quota to the end of 2026
        ("2026-03-01", "RUS", "NLD", "aluminium", None, False),
        # Japan and North Korea: imports first, exports three years later, whatever brings them
        ("2008-06-01", "PRK", "JPN", "container", None, True),
        ("2008-06-01", "JPN", "PRK", "container", None, False),
        ("2025-06-01", "JPN", "PRK", "container", None, True),
        # halted, eased, halted again
        ("2025-06-01", "JPN", "CHN", "seafood", None, True),
        ("2025-08-01", "JPN", "CHN", "seafood", None, False),
        ("2025-12-01", "JPN", "CHN", "seafood", None, True),
        # an embargo on oil is of whatever brings it, force majeure of what is made
        ("2012-09-01", "IRN", "NLD", "crude_oil", None, True),
        ("2026-04-01", "QAT", "JPN", "lng", None, True),
    ],
)
def test_bans_of_trade_are_of_the_goods_that_they_name(day, origin, destination, cargo, hs, banned):
    assert bool(rules(day, origin, destination, cargo=cargo, hs=hs).trade_refusals) is banned


def test_a_ban_of_a_part_of_a_class_is_told_to_the_whole_class():
    for day, origin, destination, cargo, row in [
        ("2022-06-01", "IND", "IDN", "grain", "ind22-wheat-r"),
        ("2023-09-01", "IND", "LKA", "rice", "ind23-rice-r"),
        ("2022-05-15", "KAZ", "AFG", "wheat", "kaz22-wheat-r"),
        ("2023-10-25", "RUS", "TUR", "oil_products", "ru-fuel-r-petrol"),
        ("2022-04-01", "RUS", "ARM", "grain", "rus22-grain-r"),
        ("2024-03-01", "RUS", "BEL", "fertiliser", "eu22-5-coal-r-npk"),
    ]:
        assert row in {note.id for note in rules(day, origin, destination, cargo=cargo).notes}, row


def test_wheat_into_kazakhstan_was_barred_by_road_then_by_every_mode():
    wheat = {"cargo": "wheat"}
    assert rules("2023-06-01", "RUS", "KAZ", **wheat).area_refusal("KAZ", "road")
    assert rules("2023-06-01", "RUS", "KAZ", **wheat).area_refusal("KAZ", "rail") is None
    assert rules("2024-10-01", "RUS", "KAZ", **wheat).area_refusal("KAZ", "rail")
    assert rules("2024-10-01", "RUS", "UZB", **wheat).area_refusal("KAZ", "rail") is None


def test_no_goods_are_carried_through_a_state_that_lets_none_through():
    for day, origin, destination, area, mode, barred in [
        ("1999-03-01", "AUT", "MKD", "SRB", "road", False),
        ("1999-05-01", "AUT", "MKD", "SRB", "road", True),
        ("1999-05-01", "AUT", "SRB", "SRB", "road", False),
        ("1999-07-01", "AUT", "MKD", "SRB", "road", False),
        ("1999-07-01", "AUT", "ROU", "SRB", "river", True),
        ("2003-01-01", "AUT", "ROU", "SRB", "river", False),
        ("2025-06-01", "IND", "IND", "BGD", "road", True),
        ("2025-06-01", "IND", "BGD", "BGD", "road", False),
        ("2025-06-01", "BTN", "BGD", "IND", "road", False),
    ]:
        assert (rules(day, origin, destination).area_refusal(area, mode) is not None) is barred, (day, origin, area)


def test_machinery_of_the_union_crosses_russia_but_for_what_is_listed():
    found = rules("2025-06-01", "DEU", "UZB", cargo="machinery")
    assert found.area_refusal("RUS", "road") is None
    assert "eu23-11-r-tr-list" in {note.id for note in found.notes}
    assert rules("2025-06-01", "DEU", "UZB", cargo="dual_use").area_refusal("RUS", "road")


def test_dual_use_goods_of_the_union_left_the_roads_of_russia_with_the_tenth_package():
    asked = (("2023-02-01", "DEU", False), ("2023-03-01", "DEU", True), ("2023-03-01", "CHN", False))
    for day, origin, barred in asked:
        found = rules(day, origin, "KGZ", cargo="dual_use")
        assert (found.area_refusal("RUS", "road") is not None) is barred


def test_indian_goods_may_not_cross_pakistan():
    found = rules("2025-06-01", "IND", "AFG")
    assert found.area_refusal("PAK", "road")
    assert "karachi" in found.port_refusals
    assert rules("2025-06-01", "IND", "PAK").trade_refusals
    assert rules("2018-06-01", "IND", "AFG").area_refusal("PAK", "road") is None


def test_afghan_exports_passed_wagah_until_2025():
    assert not refused(rules("2024-06-01", "AFG", "IND"), "IND-PAK-attari-road", "road", "PAK>IND")
    assert refused(rules("2024-06-01", "IRN", "IND"), "IND-PAK-attari-road", "road", "PAK>IND")
    assert refused(rules("2025-06-01", "AFG", "IND"), "IND-PAK-attari-road", "road", "PAK>IND")


def test_abkhazia_is_not_a_way_round():
    found = rules("2023-06-01", "ARM", "RUS", "upper-lars-closed")
    assert refused(found, "GEO-RUS-psou-road", "road", "GEO>RUS")
    assert refused(found, "GEO-RUS-roki", "road", "GEO>RUS")
    assert refused(found, "GEO-RUS-upper-lars", "road", "GEO>RUS").kind == "event"


def test_ukrainian_sky_is_shut():
    assert rules("2023-06-01", "CHN", "DEU").airspace["UKR"].id == "air22-ukr-r"
    assert "RUS" not in rules("2023-06-01", "CHN", "DEU").airspace
    assert rules("2023-06-01", "CHN", "DEU", carriers="DEU").airspace["RUS"].id == "air22-rus-r"
    assert "RUS" not in rules("2023-06-01", "CHN", "DEU", carriers="CHN").airspace


@pytest.mark.parametrize(
    ("one", "other", "before", "since"),
    [
        ("DEU", "RUS", "2021-06-01", "2022-06-01"),
        ("GBR", "RUS", "2021-06-01", "2024-06-01"),
        ("DEU", "BLR", "2021-05-01", "2021-07-01"),
        ("UKR", "BLR", "2021-05-01", "2021-07-01"),
        ("QAT", "SAU", "2017-05-01", "2019-06-01"),
        ("IND", "PAK", "2024-06-01", "2025-06-01"),
        ("RUS", "UKR", "2015-06-01", "2016-06-01"),
        # the lines of both stopped of themselves
        ("JPN", "RUS", "2021-06-01", "2024-06-01"),
        ("KOR", "RUS", "2021-06-01", "2024-06-01"),
    ],
)
def test_where_each_side_keeps_out_the_aircraft_of_the_other_nobody_flies_straight(one, other, before, since):
    # of a trade that neither of the two has a part in, and of any carrier
    for carrier in (None, "TUR"):
        asked, pairs = {"carriers": carrier} if carrier else {}, {(one, other), (other, one)}
        assert not pairs & set(rules(before, "CHN", one, **asked).flights)
        assert pairs <= set(rules(since, "CHN", one, **asked).flights)


def test_one_side_alone_that_keeps_out_aircraft_leaves_the_flights_to_the_other():
    # https://www.ru-main.ru of 2022-02-28 names whom Russia keeps out: Serbia, Turkiye and China are not among them
    flights = rules("2024-06-01", "CHN", "DEU").flights
    assert not {pair for pair in flights if {"SRB", "TUR", "CHN"} & set(pair)}
    assert all((other, one) in flights for one, other in flights)
    assert ("TUR", "ISR") not in rules("2025-12-01", "CHN", "DEU").flights


def test_hand_over_at_turkmen_posts_in_the_epidemic():
    crossed = rules("2021-06-01", "UZB", "TUR").crossed[("TKM-UZB-farap-road", "road", "UZB>TKM")]
    assert crossed.swap
    assert crossed.extra_hours > 0


def test_war_risk_in_the_red_sea():
    risk = rules("2024-02-01", "CHN", "NLD").war_risk[("passage", "bab-el-mandeb")]
    assert risk.low <= risk.pct <= risk.high
    assert ("passage", "bab-el-mandeb") not in rules("2023-06-01", "CHN", "NLD").war_risk


def test_an_unknown_cargo_names_the_nearest():
    with pytest.raises(InputError, match="machinery"):
        rules("2024-06-01", "DEU", "RUS", cargo="machinry")


def test_each_refusal_cites_a_row_that_exists():
    facts = load()
    for day in ("1999-06-01", "2016-06-01", "2022-06-01", "2026-05-01"):
        for origin, destination in (("IND", "RUS"), ("CHN", "DEU"), ("ARM", "RUS"), ("DEU", "IRN"), ("UKR", "RUS")):
            found = rules(day, origin, destination)
            cited = [
                *found.trade_refusals,
                *(one for rows in found.area_transit.values() for one in rows),
                *found.crossing_refusals.values(),
                *found.passage_refusals.values(),
                *found.port_refusals.values(),
                *found.ferry_refusals.values(),
                *found.line_refusals.values(),
                *found.airspace.values(),
                *found.flights.values(),
                *found.swaps.values(),
                *found.notes,
            ]
            for one in cited:
                assert one.id in facts.table(one.table).by_id, (one.table, one.id)
                assert isinstance(one.imposer, str)
                assert one.to_dict()["id"] == one.id


def test_documents_at_borders():
    world = World.at("2023-06-01")
    assert border_effects(world, "CHN", "KAZ", "rail").document == "SMGS"
    assert border_effects(world, "DEU", "POL", "rail").document == "CIM"
    assert border_effects(world, "IRN", "TUR", "rail").document == "CIM"
    assert "CIM/SMGS" in border_effects(world, "HUN", "UKR", "rail").documents
    assert border_effects(world, "TUR", "BGR", "road").transit_documents == ("NCTS", "TIR")
    assert border_effects(world, "IRN", "TUR", "road").transit_documents == ("TIR",)
    assert border_effects(world, "KAZ", "RUS", "road").no_border_check
    assert border_effects(World.at("2009-06-01"), "KAZ", "RUS", "road").no_border_check is False
    assert border_effects(world, "FRA", "DEU", "road").no_person_check


def test_common_transit_reaches_ukraine_on_its_day():
    assert border_effects(World.at("2022-09-30"), "POL", "UKR", "road").transit_documents == ("TIR",)
    assert border_effects(World.at("2022-10-01"), "POL", "UKR", "road").transit_documents == ("NCTS", "TIR")


def test_a_suspended_pair_has_no_benefit():
    """Ukraine and Russia are both in the free-trade area of the CIS, but not towards one another since 2016."""
    assert border_effects(World.at("2015-06-01"), "UKR", "RUS", "road").no_duty
    assert not border_effects(World.at("2017-06-01"), "UKR", "RUS", "road").no_duty
    assert border_effects(World.at("2017-06-01"), "UKR", "KAZ", "rail").no_duty


def test_groups_are_those_of_the_day():
    assert "GBR" in area_set(World.at("2019-06-01"), "EU")
    assert "GBR" not in area_set(World.at("2021-06-01"), "EU")
    assert area_set(World.at("2021-06-01"), "ARM") == {"ARM"}


def test_a_measure_is_attributed_to_who_acts_not_to_the_state_on_whose_ground():
    found = rules("2025-06-01", "IND", "RUS")
    note = next(one for one in found.notes if one.id == "hou23-r-isr")
    assert note.imposer == "Houthi authorities"
    assert resolve(World.at("2024-06-01"), Trip("UKR", "RUS")).trade_refusals[0].imposer == "UKR"


def barred(day, origin, destination, **options):
    return bool(resolve(World.at(day), Trip(origin, destination, **options)).trade_refusals)


@pytest.mark.parametrize(
    ("day", "origin", "destination", "cargo", "shut"),
    [
        ("1992-05-29", "SRB", "HUN", "container", False),
        ("1992-05-30", "SRB", "HUN", "container", True),
        ("1995-11-21", "HUN", "SRB", "container", True),
        ("1995-11-22", "HUN", "SRB", "container", False),
        ("1993-06-01", "HUN", "SRB", "food", False),
        ("1993-06-01", "SRB", "MNE", "container", False),
        ("1995-06-01", "IRN", "IRQ", "container", True),
        ("1995-06-01", "IRN", "IRQ", "food", False),
        ("1995-06-01", "JOR", "IRQ", "container", False),
        ("2001-06-01", "KWT", "IRQ", "container", True),
        ("2001-06-01", "TUR", "IRQ", "container", False),
        ("2003-06-01", "KWT", "IRQ", "container", False),
    ],
)
def test_un_embargoes_of_the_nineties(day, origin, destination, cargo, shut):
    assert barred(day, origin, destination, cargo=cargo) is shut


def test_transit_by_serbia_needed_leave_from_1993():
    for day, shut in (("1993-04-25", False), ("1993-06-01", True), ("1995-12-01", False)):
        found = resolve(World.at(day), Trip("GRC", "HUN")).area_refusal("SRB", "road")
        assert (found is not None) is shut, day
    assert resolve(World.at("1993-06-01"), Trip("SRB", "MNE")).area_refusal("XKX", "road") is None


@pytest.mark.parametrize(
    ("day", "ends", "passes"),
    [
        ("2025-03-31", ("CHN", "TUR"), False),
        ("2024-09-01", ("ARE", "DEU"), False),
        ("2025-04-01", ("CHN", "TUR"), True),  # TIR at work
        ("2024-09-01", ("CHN", "IRQ"), True),
        ("2024-09-01", ("IRN", "SYR"), True),  # neighbours
    ],
)
def test_goods_of_third_states_cross_iraq_by_land_since_tir(day, ends, passes):
    found = resolve(World.at(day), Trip(*ends))
    assert (found.area_refusal("IRQ", "road") is None) is passes
    assert ("umm-qasr" not in found.port_refusals) is passes


@pytest.mark.parametrize(("day", "swapped"), [("2019-06-01", True), ("2023-06-24", True), ("2023-06-25", False)])
def test_goods_changed_lorries_at_sost_until_pakistani_ones_ran_to_kashgar(day, swapped):
    found = resolve(World.at(day), Trip("CHN", "PAK"))
    assert ("CHN>PAK" in found.swaps and "PAK>CHN" in found.swaps) is swapped


@pytest.mark.parametrize("area", ["IRQ", "IRN", "KWT", "LBN", "SYR", "PAK", "LBY", "YEM", "BGD"])
def test_goods_of_israel_are_barred_and_do_not_cross(area):
    assert barred("2023-06-01", "ISR", area)
    assert barred("2023-06-01", area, "ISR")
    rules = resolve(World.at("2023-06-01"), Trip("ISR", "IND"))
    assert rules.area_refusal(area, "road") is not None
    assert resolve(World.at("2023-06-01"), Trip("JOR", "IND")).area_refusal("KWT", "road") is None


@pytest.mark.parametrize(
    ("area", "last", "first"),
    [("ARE", "2020-08-28", "2020-08-29"), ("JOR", "1995-07-31", "1995-08-01"), ("SDN", "2021-04-18", "2021-04-19")],
)
def test_a_boycott_ends_on_its_day(area, last, first):
    assert barred(last, "ISR", area)
    assert not barred(first, "ISR", area)


def test_saudi_arabia_bars_goods_of_israel_and_lets_those_in_transit_pass_from_december_2023():
    assert barred("2024-06-01", "ISR", "SAU")
    for day, shut in (("2023-06-01", True), ("2024-06-01", False)):
        rules = resolve(World.at(day), Trip("ARE", "ISR"))
        assert (rules.area_refusal("SAU", "road") is not None) is shut
    for day, shut in (("2017-06-01", True), ("2022-07-15", False)):
        assert (resolve(World.at(day), Trip("ISR", "IND")).area_refusal("SAU", "air") is not None) is shut


def test_goods_of_qatar_were_barred_by_the_four_whatever_the_way():
    for area in ("ARE", "SAU", "BHR", "EGY"):
        assert barred("2018-06-01", "QAT", area)
        assert not barred("2021-06-01", "QAT", area)
    assert not barred("2018-06-01", "QAT", "EGY", cargo="lng")
    assert not barred("2018-06-01", "QAT", "OMN")


def test_a_rule_is_worded_by_the_lines_that_it_names_and_holds_both_views():
    found = {note.id: note for note in rules("2021-12-15", "IRN", "ARM").notes}["aze-gorkap-ctl-r"]
    assert found.subject == "arm-goris-kapan-old"
    assert found.detours == ("line:arm-tatev-aghvani",)
    assert "Azerbaijan calls it" in found.reason
    assert "Armenia calls" in found.reason


def test_what_is_said_of_mended_cells_is_no_reason() -> None:
    rules = resolve(World.at("2019-09-01"), Trip("PAK", "IND"))
    reason = next(one.reason for one in rules.trade_refusals if one.id == "ind-pak19-r-trade")
    assert reason == "Afghan goods to India by Wagah went on; free: medicine"
    steel = resolve(World.at("2022-06-20"), Trip("BLR", "RUS", cargo="steel"))
    assert "corrected" not in " ".join(one.reason for some in steel.area_transit.values() for one in some)


def test_a_choice_of_those_who_send_from_end_to_end_is_told_where_a_way_goes_so() -> None:
    rules = resolve(World.at("2024-06-01"), Trip("CHN", "DEU"))
    told = "european-forwarders-northern-2023-12-15"
    for areas, found in ((("CHN", "KAZ", "RUS", "BLR", "POL", "DEU"), True), (("TJK", "UZB", "KAZ", "KGZ"), False)):
        assert (told in [note.id for note in rules.notes_on((area, "rail") for area in areas)]) is found
