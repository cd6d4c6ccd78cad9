"""Oil: what a world answers, and the laws that hold in every one of them."""

import json
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from landbridge.energy.oil import answer_oil, oil
from landbridge.energy.oil_answer import BALANCE, OilAnswer
from landbridge.energy.oil_program import SHARINGS, least_shortage, make_program, run
from landbridge.energy.oil_question import OilQuestion
from landbridge.energy.oil_system import OilSystem, make_system
from landbridge.energy.oil_tracing import origins, passed
from landbridge.errors import InputError
from landbridge.studies import ask
from landbridge.world import World, parse_scenario

WORLDS = (
    ("2019-06-01", ()),
    ("2023-06-01", ()),
    ("2026-07-01", ()),
    ("2024-06-01", ("hormuz-closed",)),
    ("2024-06-01", ("bosporus-closed", "druzhba-stop")),
    ("2022-06-01", ("suez-closed", "cpc-stop", "btc-stop")),
)
EPS = 1e-3
"""Flows agree to a thousandth of a thousand barrels a day: the solver's tolerance, many times over."""


def world(day: str, *scenarios: str) -> World:
    return World.at(day).apply(*scenarios) if scenarios else World.at(day)


@cache
def told(day: str, *scenarios: str) -> OilAnswer:
    """The answer of a world, worked out once for all tests that read it."""
    return oil(world(day, *scenarios))


@pytest.fixture(scope="module", params=WORLDS, ids=lambda one: "+".join((one[0], *one[1])))
def solved(request):
    system = make_system(world(request.param[0], *request.param[1]))
    program = make_program(system)
    least = least_shortage(program)
    return system, program, least, {sharing: run(program, sharing, least) for sharing in SHARINGS}


def test_every_zone_and_basin_balances_for_every_class(solved):
    system, _, _, runs = solved
    for one in runs.values():
        for column in range(len(system.classes)):
            left = np.zeros(len(system.nodes))
            for number, way in enumerate(system.ways):
                left[way.head] += one.flow[number, column]
                left[way.tail] -= one.flow[number, column]
            mine = [system.class_of_area.get(area, -1) == column for area in system.zone_area]
            left += np.where(mine, one.made, 0.0) - one.used[:, column]
            assert np.abs(left).max() < EPS
        assert np.abs(one.used.sum(axis=1) + one.short - system.demand).max() < EPS
        assert (one.made <= system.production + EPS).all()


def test_no_way_carries_more_than_it_can_or_oil_that_it_may_not(solved):
    system, _, _, runs = solved
    for one in runs.values():
        assert (one.flow >= 0).all()
        carried = np.zeros(len(system.capacity))
        for number, way in enumerate(system.ways):
            carried[way.group] += one.flow[number].sum()
        assert (carried <= system.capacity + EPS).all()
        assert not one.flow[~system.allowed_way].any()
        assert not one.used[~system.allowed_supply].any()


def test_the_three_sharings_bear_one_shortage(solved):
    system, _, least, runs = solved
    for one in runs.values():
        assert one.short.sum() == pytest.approx(least.objective, abs=0.05)
        unused = (system.production - one.made).sum()
        # by construction the tables balance: what is short somewhere is stranded elsewhere
        assert unused == pytest.approx(one.short.sum(), abs=0.1)


def circles(system: OilSystem, flow: np.ndarray) -> Iterator[str]:
    """Ways that close a circle."""
    onward: dict[int, list[int]] = {}
    for number, way in enumerate(system.ways):
        if flow[number] > EPS:
            onward.setdefault(way.tail, []).append(number)
    state: dict[int, str] = {}

    def visit(node: int) -> Iterator[str]:
        state[node] = "open"
        for number in onward.get(node, ()):
            head = system.ways[number].head
            if state.get(head) == "open":
                yield system.ways[number].id
            elif head not in state:
                yield from visit(head)
        state[node] = "done"

    for node in list(onward):
        if node not in state:
            yield from visit(node)


def test_no_oil_goes_in_a_circle(solved):
    system, _, _, runs = solved
    for one in runs.values():
        for column in range(len(system.classes)):
            assert not list(circles(system, one.flow[:, column]))


def test_origins_add_up_to_what_is_used(solved):
    system, _, _, runs = solved
    one = runs["national"]
    found = origins(system, one)
    for area in system.areas:
        used = sum(one.used[n].sum() for n, name in enumerate(system.zone_area) if name == area)
        assert sum(kbd for (user, _), kbd in found.items() if user == area) == pytest.approx(used, abs=0.05)
        made = sum(one.made[n] for n, name in enumerate(system.zone_area) if name == area)
        assert sum(kbd for (_, origin), kbd in found.items() if origin == area) == pytest.approx(made, abs=0.05)


def test_known_trade_is_kept_where_nothing_forbids_it():
    world = World.at("2023-06-01")
    answer = {one.area: one for one in told("2023-06-01").areas}
    for area in ("JPN", "KOR", "TUR", "FRA"):
        rows = [row for row in world.facts.table("oil_trade").rows if row["area"] == area]
        nearest = min((row["year"] for row in rows), key=lambda year: (abs(year - 2023), year))
        one = answer[area]
        for row in rows:
            if row["year"] == nearest and row["origin"] not in ("ARE", "RUS"):
                part = row["share"] * one.kbd["net_import"] / one.kbd["demand"]
                assert one.origins.get(row["origin"], 0.0) == pytest.approx(part, abs=0.011), row
        assert one.origins_known >= 0.5


def test_an_area_that_makes_what_it_needs_uses_its_own():
    answer = told("2023-06-01")
    for one in answer.areas:
        if one.kbd["net_import"] < 0 and one.area != "ROW":
            # the middle of the United States is nearer to Canada by pipe than to its own coast
            assert one.origins[one.area] > (0.75 if one.area == "USA" else 0.9), one.area
            assert one.origins_known == 1.0


def test_trade_told_for_years_long_past_says_nothing():
    system = make_system(World.at("2026-07-01"))
    known = {row["area"] for row in World.at("2026-07-01").facts.table("oil_trade").rows if row["year"] >= 2023}
    assert {one.area for one in system.trade if one.area != one.origin} <= known


def test_what_came_through_a_strait_is_no_more_than_passed_it(solved):
    system, _, _, runs = solved
    one = runs["national"]
    for name in ("hormuz", "malacca", "suez", "bosphorus"):
        through = sum(
            one.flow[n].sum() for n, way in enumerate(system.ways) if way.link is not None and name in way.link.passages
        )
        assert sum(passed(system, one, name).values()) <= through + 0.05


def test_the_same_world_gives_the_same_answer():
    first = told("2024-06-01", "hormuz-closed").to_dict()
    second = answer_oil(world("2024-06-01", "hormuz-closed"), OilQuestion()).to_dict()
    assert json.dumps(first) == json.dumps(second)


@pytest.mark.parametrize("name", ["hormuz-closed", "bosporus-closed", "suez-closed", "druzhba-stop", "cpc-stop",
                                  "btc-stop"])  # fmt: skip
def test_shutting_a_way_never_lessens_the_shortage_of_the_world(name):
    base = least_shortage(make_program(make_system(world("2023-06-01")))).objective
    shut = least_shortage(make_program(make_system(world("2023-06-01", name)))).objective
    assert shut >= base - EPS


def test_with_hormuz_shut_what_leaves_the_gulf_is_what_goes_round():
    answer = told("2024-06-01", "hormuz-closed")
    of = {one.area: one for one in answer.areas}
    around = {one.id: one for one in answer.bypasses}
    assert next(one for one in answer.passages if one.id == "hormuz").kbd == 0
    for pipe in ("east-west", "habshan-fujairah", "goreh-jask"):
        assert around[pipe].spare_kbd == 0
    assert -of["ARE"].kbd["net_import"] == pytest.approx(1800 - 0.15 * of["ARE"].kbd["demand"], abs=1)
    assert -of["IRN"].kbd["net_import"] == pytest.approx(300, abs=60)  # and lorries over land
    for area in ("KWT", "QAT"):
        assert of[area].kbd["net_import"] == pytest.approx(0, abs=EPS)
        assert of[area].kbd["stranded"] > 0
    assert of["OMN"].kbd["stranded"] == 0
    assert around["east-west"].worth == pytest.approx(1.0)


def test_half_of_the_east_west_line_gone_costs_as_much_when_hormuz_is_shut_and_nothing_when_it_is_open():
    both, one = (told("2024-06-01", *names).totals["shortage"]
                 for names in (("hormuz-closed", "east-west-attacked"), ("hormuz-closed",)))  # fmt: skip
    assert both - one == pytest.approx(2500, abs=1)
    assert told("2024-06-01", "east-west-attacked").totals["shortage"] == pytest.approx(0, abs=EPS)


def test_the_druzhba_stop_turns_the_adria_round_and_nobody_runs_short():
    before, after = told("2024-06-01"), told("2024-06-01", "druzhba-stop")
    flow = [{one.id: one.kbd for one in answer.flows} for answer in (before, after)]
    assert flow[0]["druzhba-blr-ukr"] > 200
    assert flow[1]["druzhba-blr-ukr"] == 0
    assert flow[1]["adria-hrv-hun"] > flow[0]["adria-hrv-hun"] + 100
    assert {one.area: one.kbd["shortage"] for one in after.areas}["SVK"] == 0


def test_the_cpc_stop_strands_kazakh_oil():
    answer = oil(world("2024-06-01", "cpc-stop"), areas=("KAZ",))
    assert [one.area for one in answer.areas] == ["KAZ"]
    assert answer.areas[0].kbd["stranded"] > 300


def test_kirkuk_ceyhan_open_gives_iraq_a_way_round_hormuz():
    shut, opened = (
        {one.area: one for one in told("2024-06-01", *names).areas}["IRQ"].kbd["production"]
        for names in (("hormuz-closed",), ("hormuz-closed", "kirkuk-ceyhan-open"))
    )
    assert opened - shut == pytest.approx(450, abs=1)


def test_an_embargo_is_kept():
    answer = told("2024-06-01")
    whose = {one.area: one.origins for one in answer.areas}
    for area in ("DEU", "FRA", "POL", "GBR", "USA", "JPN"):
        assert "RUS" not in whose[area]
    assert whose["SVK"]["RUS"] > 0.1
    assert {area for area, shares in whose.items() if "IRN" in shares} <= {"IRN", "CHN", "SYR"}


def test_production_and_demand_events_act():
    more = parse_scenario("{name: m, events: [{kind: cut, subject: 'production:NOR', share: 1, goods: oil}]}")
    less = parse_scenario("{name: l, events: [{kind: demand, areas: CHN, factor: 0.9, goods: oil}]}")
    base = told("2024-06-01")
    cut = oil(world("2024-06-01").apply(more))
    norway = next(one.kbd["production"] for one in base.areas if one.area == "NOR")
    assert cut.totals["shortage"] == pytest.approx(norway, abs=1)
    mild = oil(world("2024-06-01").apply(less))
    assert mild.totals["shortage"] == 0
    assert any(one.startswith("surplus:") for one in mild.remarks)


def test_a_built_pipe_carries():
    built = parse_scenario(
        "{name: b, events: [{kind: build, pipe: {id: basra-aqaba, from: IRQ_S, to: JOR, commodity: oil, kbd: 1000}}]}"
    )
    shut = world("2024-06-01", "hormuz-closed")
    with_pipe = oil(shut.apply(built))
    assert next(one.kbd for one in with_pipe.flows if one.id == "basra-aqaba") > 50
    assert with_pipe.totals["shortage"] < told("2024-06-01", "hormuz-closed").totals["shortage"] - 50


def test_the_answer_as_data():
    answer = ask(world("2024-06-01", "hormuz-closed"), {"kind": "oil", "areas": ["CHN", "SAU"]})
    data = answer.to_dict()
    assert data["schema"] == "oil/1"
    json.dumps(data, allow_nan=False)
    assert [row["area"] for row in data["areas"]] == ["CHN", "SAU"]
    for row in data["areas"]:
        kbd = {name: row[f"{name}_kbd"] for name in BALANCE}
        assert kbd["production"] + kbd["net_import"] + kbd["shortage"] == pytest.approx(kbd["demand"], abs=1e-9)
        assert row["demand_mt_y"] == pytest.approx(row["demand_kbd"] * 365 / 7.33 / 1000)
        assert row["shortage_pct_low"] <= row["shortage_pct"] <= row["shortage_pct_high"]
    china = data["areas"][0]
    assert china["days_until_stock_empty"] == pytest.approx(1400e3 / china["shortage_kbd"])
    frame = answer.to_frame()
    assert list(frame["area"]) == ["CHN", "SAU"]
    assert {one.name for one in answer.indicators()} >= {"oil_shortage", "oil_stranded", "oil_passage"}
    assert answer.reliances()
    assert all(item["source"] for item in data["evidence"] if item["table"] != "scenario")


def test_far_from_every_balance_there_is_no_answer():
    answer = oil(World.at("2005-06-01"))
    assert not answer.answered
    assert "14 years" in answer.no_balance
    json.dumps(answer.to_dict(), allow_nan=False)


def test_bad_questions_name_the_field():
    with pytest.raises(InputError, match="unknown key of an oil question"):
        OilQuestion.from_dict({"kind": "oil", "shares": "equal"})
    with pytest.raises(InputError, match=r"no oil is told of area 'CHE1'.*CHE"):
        ask(world("2024-06-01"), {"kind": "oil", "areas": ["CHE1"]})
