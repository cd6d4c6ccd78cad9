"""The real questions of the field: what a planner who knows the day must see in the answer.

Each test is one row of the list of questions; it looks only at the JSON of the answer, as a user's program would.
"""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from landbridge.routing import route
from landbridge.world import World

Answer = dict[str, Any]
Route = dict[str, Any]

CASPIAN_IRAN = ("Anzali", "Amirabad", "Nowshahr", "Neka")
CASPIAN_RUSSIA = ("Astrakhan", "Olya", "Makhachkala")
BLACK_SEA_OR_BALTIC = (
    "Novorossiysk", "Taman", "Tuapse", "Kavkaz", "Rostov", "Azov", "Taganrog", "Temryuk",
    "St Petersburg", "Ust-Luga", "Kaliningrad", "Riga", "Klaipeda", "Tallinn",
)  # fmt: skip
WHOLE_SET = 12
"""Enough alternatives to see the whole set that the questions speak of, not only the five shown by default."""
OLD_ROAD = "arm-goris-kapan-old"
GEORGIAN_PORTS = ("Poti", "Batumi")
RED_SEA = ("Jeddah", "Yanbu", "King Abdullah")


class Desk:
    """Asks questions, keeping worlds and answers for the tests that share them."""

    def __init__(self) -> None:
        self.worlds: dict[tuple[str, ...], World] = {}
        self.answers: dict[str, Answer] = {}

    def world(self, day: str, *scenarios: str) -> World:
        key = (day, *scenarios)
        if key not in self.worlds:
            world = World.at(day)
            self.worlds[key] = world.apply(*scenarios) if scenarios else world
        return self.worlds[key]

    def __call__(self, day: str, origin: str, destination: str, *scenarios: str, **options: Any) -> Answer:
        key = repr((day, origin, destination, scenarios, sorted(options.items())))
        if key not in self.answers:
            options.setdefault("n", WHOLE_SET)
            self.answers[key] = route(self.world(day, *scenarios), origin, destination, **options).to_dict()
        return self.answers[key]


@pytest.fixture(scope="module")
def ask() -> Desk:
    return Desk()


def crossings(found: Route) -> set[str]:
    return {row["id"] for row in found["crossings"]}


def lines(found: Route) -> set[str]:
    return {leg["ref"]["id"] for leg in found["legs"] if leg["ref"] and leg["ref"]["table"] == "lines"}


def passages(found: Route) -> set[str]:
    return {row["id"] for row in found["passages"]}


def touches(found: Route, *names: str) -> bool:
    ends = [str(leg[side]) for leg in found["legs"] for side in ("from", "to")]
    return any(name in end for name in names for end in ends)


def pairs(found: Route) -> set[frozenset[str]]:
    return {frozenset((row["from"], row["to"])) for row in found["crossings"]}


def gauge_changes(found: Route) -> int:
    """How often the gauge under the cargo changes from one move by rail to the next."""
    gauges = [leg["gauge_mm"] for leg in found["legs"] if leg["kind"] == "move" and leg["mode"] == "rail"]
    return sum(1 for one, other in itertools.pairwise(gauges) if one != other)


def best(answer: Answer, key: str = "hours") -> float:
    return min(row[key] for row in answer["routes"])


def refused(answer: Answer) -> bool:
    """A reasoned no: nothing found, a reason, and the rows that block it."""
    no = answer["no_route"]
    return not answer["routes"] and bool(no["reason"]) and bool(no["blocked_by"])


# Mumbai to Moscow


def test_mumbai_to_moscow_shows_the_western_branch_with_its_road_gap(ask: Desk) -> None:
    west = [
        row
        for row in ask("2025-06-01", "Mumbai", "Moscow")["routes"]
        if {frozenset(("IRN", "AZE")), frozenset(("AZE", "RUS"))} <= pairs(row)
    ]
    assert west
    assert all("road" in row["modes"] for row in west), "no rail between Rasht and Astara on that day"


@pytest.mark.parametrize(("teu", "mode"), [(1, "rail"), (2, "road")])
def test_mumbai_to_moscow_has_three_branches_and_the_sea_among_five_ways(ask: Desk, teu: int, mode: str) -> None:
    answer = ask("2025-06-01", "Mumbai", "Moscow", n=5, teu=teu)
    routes = answer["routes"]
    west = {frozenset(("IRN", "AZE")), frozenset(("AZE", "RUS"))}
    # A box of 40 feet fills one lorry: the western branch is best by road then, and the one over the Caspian is named.
    assert any(west <= pairs(row) and mode in row["modes"] for row in routes)
    across = [row for row in routes if touches(row, *CASPIAN_IRAN) and touches(row, *CASPIAN_RUSSIA)]
    assert across or (teu == 2 and "INSTC, trans-Caspian branch" in {row["label"] for row in answer["others"]})
    assert any({"IRN-TKM-incheh-borun-rail", "KAZ-TKM-bolashak"} <= crossings(row) for row in routes)
    assert any(passages(row) & {"suez", "cape"} and touches(row, *BLACK_SEA_OR_BALTIC) for row in routes)


@pytest.mark.parametrize("day", ["2021-06-01", "2023-06-01"])
def test_xian_to_duisburg_has_brest_and_the_sea_among_five_ways_and_names_the_caspian(ask: Desk, day: str) -> None:
    answer = ask(day, "Xi'an", "Duisburg", n=5)
    routes = answer["routes"]
    assert any("BLR-POL-brest-rail" in crossings(row) or touches(row, "Malaszewicze") for row in routes)
    assert any("suez" in passages(row) for row in routes)
    # In 2021 the Caspian is the next way, which is named.
    assert any(row["label"].startswith("Middle Corridor") for row in (*routes, *answer["others"]))


def test_mumbai_to_moscow_shows_the_trans_caspian_branch(ask: Desk) -> None:
    routes = ask("2025-06-01", "Mumbai", "Moscow")["routes"]
    assert any(touches(row, *CASPIAN_IRAN) and touches(row, *CASPIAN_RUSSIA) for row in routes)


def test_mumbai_to_moscow_shows_the_eastern_branch(ask: Desk) -> None:
    routes = ask("2025-06-01", "Mumbai", "Moscow")["routes"]
    assert any({"IRN-TKM-incheh-borun-rail", "KAZ-TKM-bolashak"} <= crossings(row) for row in routes)


def test_mumbai_to_moscow_shows_the_sea_way(ask: Desk) -> None:
    routes = ask("2025-06-01", "Mumbai", "Moscow")["routes"]
    assert any(passages(row) & {"suez", "cape"} and touches(row, *BLACK_SEA_OR_BALTIC) for row in routes)


def test_mumbai_to_moscow_by_suez_for_carriers_that_still_used_the_red_sea(ask: Desk) -> None:
    routes = ask("2025-06-01", "Mumbai", "Moscow", carrier="RUS", modes=("sea", "rail"))["routes"]
    assert any({"bab-el-mandeb", "suez"} <= passages(row) for row in routes)


def test_no_cargo_lands_in_yemen_to_get_round_the_strait(ask: Desk) -> None:
    for carrier in (None, "RUS", "DNK"):
        routes = ask("2025-06-01", "Mumbai", "Moscow", carrier=carrier)["routes"]
        assert all("YEM" not in row["areas"] for row in routes)


def test_mumbai_round_the_cape_for_mainline_carriers(ask: Desk) -> None:
    routes = ask("2025-06-01", "Mumbai", "Rotterdam", carrier="DNK", modes=("sea",))["routes"]
    assert "cape" in passages(routes[0])
    assert all("suez" not in passages(row) for row in routes)


def test_rasht_astara_built_makes_the_rail_variant_of_the_west_faster(ask: Desk) -> None:
    west = {"via": ("Bandar Abbas", "Baku")}
    before = ask("2025-06-01", "Mumbai", "Moscow", **west)
    after = ask("2025-06-01", "Mumbai", "Moscow", "rasht-astara-built", modes=("sea", "rail"), **west)
    with_rail_today = [row for row in before["routes"] if "rail" in row["modes"]]
    assert with_rail_today
    assert after["routes"], "rail all the way from the Gulf to Moscow"
    assert best(after) < min(row["hours"] for row in with_rail_today)


# Xi'an to Duisburg


@pytest.mark.parametrize("day", ["2021-06-01", "2023-06-01"])
def test_xian_to_duisburg_shows_the_northern_corridor(ask: Desk, day: str) -> None:
    routes = ask(day, "Xi'an", "Duisburg")["routes"]
    assert any("BLR-POL-brest-rail" in crossings(row) or touches(row, "Malaszewicze") for row in routes)


@pytest.mark.parametrize("day", ["2021-06-01", "2023-06-01"])
def test_xian_to_duisburg_shows_the_sea_way(ask: Desk, day: str) -> None:
    routes = ask(day, "Xi'an", "Duisburg")["routes"]
    assert any("suez" in passages(row) and "malacca" in passages(row) for row in routes)


def middle(answer: Answer) -> list[Route]:
    return [row for row in answer["routes"] if {"KAZ", "AZE", "GEO"} <= set(row["areas"]) and "RUS" not in row["areas"]]


@pytest.mark.parametrize("day", ["2021-06-01", "2023-06-01"])
def test_xian_to_duisburg_shows_the_middle_corridor_with_its_gauge_changes(ask: Desk, day: str) -> None:
    found = middle(ask(day, "Xi'an", "Duisburg"))
    assert any(touches(row, "Aktau", "Kuryk") for row in found)
    for row in found:
        assert touches(row, "Aktau", "Kuryk", "Turkmenbashi"), "each over the Caspian, by one of its branches"
        rail_in_china = frozenset(("CHN", "KAZ")) in pairs(row) and any("rail" in name for name in crossings(row))
        assert not rail_in_china or gauge_changes(row) >= 1


def test_xian_to_duisburg_in_2023_not_by_kartsakhi_but_by_poti_or_batumi(ask: Desk) -> None:
    answer = ask("2023-06-01", "Xi'an", "Duisburg")
    assert not any("GEO-TUR-kartsakhi-rail" in crossings(row) for row in answer["routes"])
    assert any(touches(row, *GEORGIAN_PORTS) for row in middle(answer))


# South Caucasus


def test_yerevan_to_moscow_by_road(ask: Desk) -> None:
    first = ask("2023-06-01", "Yerevan", "Moscow", modes=("road",))["routes"][0]
    assert {"ARM-GEO-bagratashen", "GEO-RUS-upper-lars"} <= crossings(first)


@pytest.mark.parametrize("modes", [("road",), ()])
def test_yerevan_to_moscow_with_upper_lars_closed_never_through_azerbaijan(ask: Desk, modes: tuple[str, ...]) -> None:
    answer = ask("2023-06-01", "Yerevan", "Moscow", "upper-lars-closed", modes=modes)
    assert all("GEO-RUS-upper-lars" not in crossings(row) and "AZE" not in row["areas"] for row in answer["routes"])
    assert answer["routes"] or refused(answer)


def test_baku_to_nakhchivan_through_iran(ask: Desk) -> None:
    answer = ask("2021-10-01", "Baku", "Nakhchivan", modes=("road", "rail"))
    assert answer["routes"]
    assert all("IRN" in row["areas"] and "ARM" not in row["areas"] for row in answer["routes"])


def test_baku_to_nakhchivan_through_southern_armenia_once_built(ask: Desk) -> None:
    before = ask("2021-10-01", "Baku", "Nakhchivan", modes=("road", "rail"))
    after = ask("2021-10-01", "Baku", "Nakhchivan", "zangezur-tripp", modes=("road", "rail"))
    through = [row for row in after["routes"] if "ARM" in row["areas"] and "IRN" not in row["areas"]]
    assert through
    assert all(any(name.startswith("ARM-AZE-meghri") for name in crossings(row)) for row in through)
    assert best({"routes": through}, "km") < best(before, "km")


def test_tehran_to_yerevan_pays_on_the_goris_kapan_road(ask: Desk) -> None:
    first = ask("2021-09-15", "Tehran", "Yerevan", modes=("road",))["routes"][0]
    assert "ARM-IRN-agarak" in crossings(first)
    assert OLD_ROAD in lines(first), "the road under Azerbaijani posts is still in use"
    assert any(fact["id"].startswith("aze-gorkap-fee") for fact in first["evidence"])


def test_tehran_to_yerevan_goes_round_the_disputed_control(ask: Desk) -> None:
    before = ask("2021-09-15", "Tehran", "Yerevan", modes=("road",))
    after = ask("2021-12-15", "Tehran", "Yerevan", modes=("road",))
    assert "ARM-IRN-agarak" in crossings(after["routes"][0])
    assert all(OLD_ROAD not in lines(row) for row in after["routes"])
    assert best(after, "km") > best(before, "km")
    assert "aze-gorkap-ctl" in repr(after), "the dispute is shown"
    assert "disputed" in repr(after)


def test_kars_to_gyumri_goes_round_through_georgia(ask: Desk) -> None:
    answer = ask("2022-06-01", "Kars", "Gyumri")
    assert answer["routes"]
    assert all(frozenset(("ARM", "TUR")) not in pairs(row) and "GEO" in row["areas"] for row in answer["routes"])


# Iran and its neighbours


def test_islamabad_to_istanbul_by_mirjaveh_and_kapikoy_or_bazargan(ask: Desk) -> None:
    routes = ask("2022-06-01", "Islamabad", "Istanbul")["routes"]
    west = ("IRN-TUR-razi", "IRN-TUR-bazargan")
    assert any(
        any(name.startswith("IRN-PAK-mirjaveh") for name in crossings(row))
        and any(name.startswith(west) for name in crossings(row))
        for row in routes
    )


def test_tehran_to_constanta_by_astara_baku_and_the_black_sea(ask: Desk) -> None:
    routes = ask("2022-01-15", "Tehran", "Constanta")["routes"]
    assert any(
        any(name.startswith("AZE-IRN-astara") for name in crossings(row))
        and touches(row, *GEORGIAN_PORTS)
        and "sea" in row["modes"]
        for row in routes
    )


def test_tehran_to_constanta_also_through_turkey_by_road(ask: Desk) -> None:
    routes = ask("2022-01-15", "Tehran", "Constanta")["routes"]
    assert any(frozenset(("IRN", "TUR")) in pairs(row) and "road" in row["modes"] for row in routes)


def test_karachi_to_kabul_over_no_afghan_pakistani_post(ask: Desk) -> None:
    answer = ask("2026-01-15", "Karachi", "Kabul")
    assert all(frozenset(("AFG", "PAK")) not in pairs(row) for row in answer["routes"])
    assert any("IRN" in row["areas"] for row in answer["routes"]) or refused(answer)


# The Baltic, Ukraine, Korea


def test_helsinki_to_st_petersburg_by_road(ask: Desk) -> None:
    routes = ask("2024-06-01", "Helsinki", "St Petersburg", modes=("road",))["routes"]
    assert routes
    allowed = ("EST-RUS-luhamaa", "EST-RUS-koidula", "LVA-RUS-")
    for row in routes:
        assert frozenset(("FIN", "RUS")) not in pairs(row)
        assert not any(name.startswith("EST-RUS-narva") for name in crossings(row))
        assert any(name.startswith(allowed) for name in crossings(row))


@pytest.mark.parametrize(
    ("day", "origin", "destination"), [("2024-06-01", "Kyiv", "Moscow"), ("2022-06-01", "Seoul", "Pyongyang")]
)
def test_banned_trade_has_no_route_and_cites_the_rows(ask: Desk, day: str, origin: str, destination: str) -> None:
    answer = ask(day, origin, destination)
    assert refused(answer)
    assert "measure" in repr(answer["no_route"]["blocked_by"])


# By sea


def test_shanghai_to_rotterdam_by_suez(ask: Desk) -> None:
    assert "suez" in passages(ask("2023-06-01", "Shanghai", "Rotterdam", modes=("sea",))["routes"][0])


@pytest.mark.parametrize("carrier", [None, "DNK"])
def test_shanghai_to_rotterdam_round_the_cape_for_mainline_carriers(ask: Desk, carrier: str | None) -> None:
    routes = ask("2024-02-01", "Shanghai", "Rotterdam", modes=("sea",), carrier=carrier)["routes"]
    assert "cape" in passages(routes[0])
    if carrier is not None:
        assert all("suez" not in passages(row) for row in routes)


def test_shanghai_to_rotterdam_with_suez_closed_is_never_better(ask: Desk) -> None:
    before = ask("2023-06-01", "Shanghai", "Rotterdam", modes=("sea",))
    after = ask("2023-06-01", "Shanghai", "Rotterdam", "suez-closed", modes=("sea",))
    assert after["routes"]
    assert all("suez" not in passages(row) for row in after["routes"])
    assert best(after, "generalised_usd") >= best(before, "generalised_usd")
    assert best(after, "hours") >= best(before, "hours")


def test_dammam_to_rotterdam_with_hormuz_closed_has_no_way_all_by_sea(ask: Desk) -> None:
    assert refused(ask("2023-06-01", "Dammam", "Rotterdam", "hormuz-closed", modes=("sea",)))


def test_dammam_to_rotterdam_with_hormuz_closed_goes_by_land_to_the_red_sea(ask: Desk) -> None:
    routes = ask("2023-06-01", "Dammam", "Rotterdam", "hormuz-closed")["routes"]
    assert all("hormuz" not in passages(row) for row in routes)
    assert any(touches(row, *RED_SEA) and {"road", "rail"} & set(row["modes"]) for row in routes)


# Central Asia


def test_kashgar_to_tashkent_by_road(ask: Desk) -> None:
    routes = ask("2025-06-01", "Kashgar", "Tashkent")["routes"]
    assert any(crossings(row) & {"CHN-KGZ-irkeshtam", "CHN-KGZ-torugart"} and "road" in row["modes"] for row in routes)


def test_kashgar_to_tashkent_by_the_new_railway_with_one_gauge_change(ask: Desk) -> None:
    routes = ask("2025-06-01", "Kashgar", "Tashkent", "cku-built")["routes"]
    new = [row for row in routes if "CHN-KGZ-torugart-rail" in crossings(row)]
    assert new
    for row in new:
        assert gauge_changes(row) == 1
        assert sum(leg["km"] for leg in row["legs"] if leg["mode"] == "road") < 60, "only the first and the last haul"


def test_almaty_to_moscow_by_lorry_in_days_that_a_haulier_would_sign(ask: Desk) -> None:
    alone = best(ask("2025-06-01", "Almaty", "Moscow", modes=("road",))) / 24
    team = best(ask("2025-06-01", "Almaty", "Moscow", modes=("road",), team=True)) / 24
    assert 6 <= alone <= 11, "about 4,000 km at 400 to 650 km a day"
    assert 3.5 <= team <= 7
    assert team < 0.8 * alone
