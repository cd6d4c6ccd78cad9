"""Lines, crossings and waterways that are there on some days alone, as the network has them."""

from __future__ import annotations

import pytest

from landbridge.network import MODES, load, station_node
from landbridge.routing import route
from landbridge.world import World

YANGTZE = ("yibin", "luzhou", "chongqing", "wanzhou", "yichang", "yueyang", "wuhan", "jiujiang", "wuhu", "nanjing")


@pytest.mark.parametrize(
    ("day", "by"),
    [
        ("2023-07-01", ("ferries", "yakutsk-bestyakh")),
        ("2023-11-05", ("ferries", "yakutsk-bestyakh")),
        ("2023-02-15", ("lines", "lena-ice-road")),
        ("2023-04-25", None),
        ("2023-12-15", None),
    ],
)
def test_boxes_of_yakutsk_cross_the_lena_by_ferry_or_over_the_ice(day: str, by: tuple[str, str] | None) -> None:
    answer = route(World.at(day), "Yakutsk", "Moscow", teu=1, modes=("road", "rail"), n=1)
    if by is None:
        assert answer.no_route is not None
        return
    over = {leg.ref for leg in answer.routes[0].legs if leg.ref is not None}
    assert {one for one in over if one[1] in {"yakutsk-bestyakh", "lena-ice-road", "lena-bridge"}} == {by}


@pytest.mark.parametrize(
    ("day", "ends", "cargo", "joined"),
    [
        ("2014-06-01", ("Baghdad", "Mosul"), {"teu": 40}, True),
        ("2014-07-01", ("Baghdad", "Mosul"), {"teu": 40}, False),
        ("2021-06-01", ("Baghdad", "Mosul"), {"teu": 40}, False),
        ("2023-06-01", ("Baghdad", "Mosul"), {"teu": 40}, True),
        ("2019-07-30", ("Baghdad", "Bayji"), {"teu": 40}, False),
        ("2019-08-01", ("Baghdad", "Bayji"), {"teu": 40}, True),
        ("2026-02-01", ("Dammam", "Qurayyat, SAU"), {"teu": 40}, False),
        ("2026-04-01", ("Dammam", "Qurayyat, SAU"), {"teu": 40}, True),
        ("2022-09-08", ("Tavan Tolgoi", "42.45,107.55"), {"cargo": "coal", "tonnes": 3000}, False),
        ("2022-09-09", ("Tavan Tolgoi", "42.45,107.55"), {"cargo": "coal", "tonnes": 3000}, True),
    ],
)
def test_trains_run_on_the_days_on_which_their_line_is_open(
    day: str, ends: tuple[str, str], cargo: dict[str, object], joined: bool
) -> None:
    answer = route(World.at(day), *ends, modes=("rail",), n=1, **cargo)  # type: ignore[arg-type]
    assert bool(answer.routes) is joined


def test_ports_of_the_yangtze_are_reached_by_barge_and_by_land() -> None:
    net = load()
    for port in YANGTZE:
        assert station_node(net, port, "river") is not None
        assert station_node(net, port, "road") is not None
        assert all(MODES[int(net.node_mode[node])] != "sea" for node in net.terminal_nodes(port))


def test_boxes_go_down_the_yangtze_by_barge_and_wait_once_at_the_locks() -> None:
    way = route(World.at("2024-06-01"), "Chongqing", "Shanghai", teu=40, modes=("river", "road"), n=2)
    barge = next(one for one in way.routes if "river" in one.modes)
    assert [one["id"] for one in barge.to_dict()["passages"]] == ["three-gorges"]
    sailed = [leg for leg in barge.legs if leg.mode == "river" and leg.kind in {"move", "passage"}]
    assert 2300.0 < sum(leg.km for leg in sailed) < 2450.0
    days = sum(leg.hours for leg in sailed) / 24.0
    assert 9.0 < days < 13.0
    assert sum(leg.usd for leg in sailed) / 40.0 < 260.0
