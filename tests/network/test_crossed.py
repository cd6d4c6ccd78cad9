"""Posts that stand in the table are passed by roads and railways of both sides."""

from __future__ import annotations

from functools import cache

import pytest

from landbridge.network import load, nearest
from landbridge.routing import route
from landbridge.world import World


@cache
def world(day: str) -> World:
    return World.at(day)


@pytest.mark.parametrize(
    ("crossing", "mode", "day", "start", "goal", "max_km"),
    [
        ("IRN-TKM-bajgiran", "road", "2019-06-01", "37.10,58.50", "37.95,58.38", 150),  # Quchan - Ashgabat
        ("IRN-TKM-lotfabad", "road", "2019-06-01", "37.44,59.11", "37.35,59.61", 100),  # Dargaz - Kaka
        ("IRN-IRQ-parviz-khan", "road", "2019-06-01", "34.51,45.58", "34.63,45.32", 120),  # Qasr-e Shirin - Kalar
        ("OMN-SAU-rub-al-khali", "road", "2022-06-01", "23.22,56.51", "24.14,49.07", 1050),  # Ibri - Haradh
        ("CHN-RUS-dongning", "road", "2019-06-01", "44.06,131.12", "43.80,131.95", 110),  # Dongning - Ussuriysk
        ("CHN-RUS-starotsurukhaitui", "road", "2024-06-01", "50.24,120.18", "50.37,116.52", 420),  # Ergun - Borzya
        ("MYS-THA-padang-besar-road", "road", "2019-06-01", "6.44,100.19", "6.64,100.42", 75),  # Kangar - Sadao
        ("ALB-XKX-morine", "road", "2019-06-01", "42.08,20.42", "42.21,20.74", 60),  # Kukes - Prizren
        ("BGR-MKD-gyueshevo", "road", "2019-06-01", "42.28,22.69", "42.13,21.71", 130),  # Kyustendil - Kumanovo
        ("BGR-SRB-bregovo", "road", "2019-06-01", "43.99,22.87", "43.90,22.28", 75),  # Vidin - Zajecar
        ("HUN-SVN-pince", "road", "2019-06-01", "46.45,16.99", "46.55,15.65", 140),  # Nagykanizsa - Maribor
        ("POL-SVK-skalite", "road", "2019-06-01", "49.82,19.05", "49.44,18.79", 95),  # Bielsko-Biala - Cadca
        ("KHM-THA-cham-yeam", "road", "2019-06-01", "12.24,102.51", "10.63,103.52", 400),  # Trat - Sihanoukville
        ("AFG-PAK-ghulam-khan", "road", "2019-06-01", "33.34,69.92", "33.00,70.07", 75),  # Khost - Miranshah
        ("BLR-UKR-slovechno-rail", "rail", "2019-06-01", "52.12,29.33", "51.32,28.81", 130),  # Kalinkavichy - Ovruch
        ("CHN-RUS-tongjiang-rail", "rail", "2023-06-01", "46.80,130.32", "48.79,132.92", 500),  # Jiamusi - Birobidzhan
        ("CZE-SVK-cadca-rail", "rail", "2019-06-01", "49.75,18.62", "49.44,18.79", 60),  # Cesky Tesin - Cadca
        ("NOR-SWE-kornsjo-rail", "rail", "2019-06-01", "59.12,11.39", "58.28,12.29", 160),  # Halden - Trollhattan
        ("BEL-NLD-zelzate-rail", "rail", "2019-06-01", "51.05,3.72", "51.32,3.83", 50),  # Gent - Terneuzen
        ("RUS-UKR-kvashyne-rail", "road", "2023-06-01", "47.59,38.86", "48.05,38.09", 100),  # to Khartsyzk
        ("RUS-UKR-novoazovsk", "road", "2021-06-01", "47.21,38.77", "47.75,38.02", 170),  # Taganrog - Starobesheve
        ("KAZ-UZB-kazygurt", "road", "2024-06-01", "42.29,69.57", "41.53,69.41", 110),  # Shymkent - Tashkent
        ("KAZ-UZB-atameken", "road", "2025-06-01", "40.78,68.33", "40.63,68.72", 70),  # Zhetisay - Gulistan
        ("MDA-UKR-tudora", "road", "2024-06-01", "46.39,29.98", "46.31,30.06", 30),  # Tudora - Starokozache
        ("KAZ-KGZ-karkyra", "road", "2024-06-15", "43.42,78.75", "42.74,78.35", 200),  # Kokpek - Tyup
        ("CHN-MNG-bichigt", "road", "2024-06-01", "45.52,116.97", "46.68,113.28", 360),  # Uliastai - Baruun-Urt
        ("CHN-MNG-mandula", "road", "2024-06-01", "41.73,110.02", "44.88,110.12", 420),  # Bayan Obo - Sainshand
        ("KHM-THA-stung-bot", "road", "2025-01-15", "13.58,102.91", "13.72,102.45", 80),  # Sisophon - Sa Kaeo
        ("CYP-X_NCY-metehan", "road", "2015-06-01", "35.21,33.32", "35.12,33.34", 30),  # both parts of Nicosia
        ("CYP-X_NCY-beyarmudu", "road", "2015-06-01", "35.15,33.85", "34.98,33.78", 45),
        ("ISR-PSE-kerem-shalom", "road", "2015-06-01", "31.21,34.28", "31.30,34.31", 25),
        ("ISR-PSE-karni", "road", "2000-06-01", "31.47,34.53", "31.455,34.414", 30),
        ("TKM-UZB-boldir-rail", "rail", "2024-06-01", "37.81,65.18", "37.25,67.28", 260),  # Kerki - Termez
        ("BEL-NLD-vise-rail", "rail", "2025-06-01", "50.85,5.71", "50.63,5.57", 45),  # Maastricht - Liege
        ("KAZ-RUS-shyngyrlau-rail", "rail", "2025-06-01", "51.17,53.00", "51.17,54.98", 175),  # Aksai - Iletsk
        ("KAZ-RUS-buskul-rail", "rail", "2025-06-01", "54.10,61.57", "53.05,60.65", 180),  # Troitsk - Kartaly
        ("MYS-SGP-woodlands-rail", "rail", "2005-06-01", "1.53,103.73", "1.28,103.84", 50),  # Kempas - Tanjong Pagar
    ],
)
def test_a_post_is_passed_between_the_towns_by_it(
    crossing: str, mode: str, day: str, start: str, goal: str, max_km: float
) -> None:
    answer = route(world(day), start, goal, modes=(mode,), via=(crossing,), n=1)
    assert answer.routes, answer.no_route
    assert crossing in {one[0] for one in answer.routes[0].crossings}
    assert answer.routes[0].km <= max_km


@pytest.mark.parametrize(
    ("crossing", "mode", "day", "start", "goal"),
    [
        ("OMN-SAU-rub-al-khali", "road", "2021-12-06", "23.22,56.51", "24.14,49.07"),
        ("CHN-RUS-tongjiang-rail", "rail", "2022-11-15", "46.80,130.32", "48.79,132.92"),
        ("BLR-UKR-slovechno-rail", "rail", "2022-02-25", "52.12,29.33", "51.32,28.81"),
    ],
)
def test_it_is_not_passed_before_it_opens_or_after_it_shuts(
    crossing: str, mode: str, day: str, start: str, goal: str
) -> None:
    assert not route(world(day), start, goal, modes=(mode,), via=(crossing,), n=1).routes


def test_the_road_from_vidin_to_sofia_stays_in_bulgaria() -> None:
    (way,) = route(world("2019-06-01"), "43.99,22.87", "42.70,23.32", modes=("road",), n=1).routes
    assert way.areas == ("BGR",)
    assert way.km == pytest.approx(233, rel=0.1)  # by Montana, Vratsa and Botevgrad: 91, 38, 44 and 60 km


def test_no_goods_train_runs_on_the_line_of_the_pilgrims() -> None:
    net = load()
    for spot in ((21.42, 39.80), (21.51, 39.22), (24.47, 39.65)):  # Makkah, Jeddah, Madinah
        near, _ = nearest(net, *spot, modes=("rail",), area="SAU", k=1, max_km=30.0)
        assert not near.size, spot


def test_a_ferry_passes_the_canal_that_it_sails_through() -> None:
    (way,) = route(world("2019-06-01"), "Bandar Anzali", "Astrakhan", modes=("sea",), n=1).routes
    sailing = [at for at, leg in enumerate(way.legs, 1) if leg.kind == "move" and (leg.ref or ("", ""))[0] == "ferries"]
    assert len(sailing) == 1
    assert way.passages == (("astrakhan-vkmk", sailing[0]),)
