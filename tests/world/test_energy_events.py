"""Events on gas and oil: each kind on each subject, dates inside a span of days, order, ids, undoing."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.errors import ScenarioError
from landbridge.facts import load
from landbridge.facts.schema import TABLES_FOLDER, read_schema
from landbridge.facts.store import Facts
from landbridge.world import (
    Event,
    Scenario,
    World,
    demand_factors,
    diff,
    list_scenarios,
    parse_scenario,
    pipe_states,
    production_factors,
    read_scenario,
    storage_factors,
    swaps_on,
)
from landbridge.world.fuels import ENERGY, speaks_of_energy

DAY = World.at("2023-06-01")
DAYS = [date(2023, 6, 1)]
BLUE = 43.8
"""What Blue Stream carries at most [mcm/d]: 16 bcm a year."""
OF_GAS = (
    "ukraine-transit-stop",
    "russian-gas-stop",
    "nord-stream-cut",
    "turkstream-stop",
    "trans-caspian-built",
    "swap-tkm-irn-aze",
    "swap-tkm-irn-aze-halted",
    "sgc-doubled",
    "power-of-siberia-2-built",
    "iran-turkey-gas-stop",
    "armenia-georgia-gas-cut",
    "armenia-cut-no-iran",
    "transnistria-gas-stop",
    "norway-outage",
    "algeria-gas-stop",
)


def read(*events, name="own"):
    return parse_scenario(f"name: {name}\nevents:\n" + "".join(f"- {event}\n" for event in events))


def after(*events, world=DAY):
    return world.apply(*(read(event) for event in events))


def of(world, point, days=DAYS, commodity="gas"):
    states = pipe_states(world, days, commodity=commodity)
    return states.capacity[states.points.index(point)].tolist()


def refused(event):
    with pytest.raises(ScenarioError) as caught:
        read(event)
    return caught.value


CASES = [
    ("{kind: close, subject: 'gas_point:blue-stream'}", 0.0),
    ("{kind: close, subject: 'pipeline:blue-stream'}", 0.0),
    ("{kind: capacity, subject: 'gas_point:blue-stream', share: 0.25}", 0.25 * BLUE),
    ("{kind: capacity, subject: 'pipeline:blue-stream', factor: 2}", 2 * BLUE),
    ("{kind: capacity, subject: 'gas_point:blue-stream', bcm_y: 10}", 27.397),
    ("{kind: capacity, subject: 'pipeline:blue-stream', bcm_y: 0}", 0.0),
    ("{kind: cut, subject: 'gas_point:blue-stream', share: 0.25}", 0.75 * BLUE),
    ("{kind: cut, subject: 'pipeline:blue-stream', share: 1}", 0.0),
    ("{kind: cut, subject: 'area:RUS', goods: gas, share: 0.5}", 0.5 * BLUE),
    ("{kind: cut, subject: 'area:RUS', goods: [pipe-gas, oil], share: 0.5}", 0.5 * BLUE),
    ("{kind: cut, subject: 'area:RUS', share: 0.5}", 0.5 * BLUE),
    ("{kind: cut, subject: 'area:RUS', goods: lng, share: 0.5}", BLUE),
    ("{kind: cut, subject: 'area:TUR', share: 0.5}", BLUE),
]


@pytest.mark.parametrize(("event", "capacity"), CASES)
def test_what_an_event_does_to_a_point(event, capacity):
    world = after(event)
    assert of(world, "blue-stream") == pytest.approx([capacity])
    states = pipe_states(world, DAYS)
    cited = ("scenario", "own#1") in states.evidence[states.points.index("blue-stream")]
    assert cited == (capacity != BLUE)
    assert of(DAY, "blue-stream") == [BLUE]
    usual = pipe_states(world, DAYS, undisturbed=True)
    assert usual.capacity[usual.points.index("blue-stream"), 0] == BLUE


def test_opening_gives_the_largest_capacity_that_any_row_had():
    assert of(after("{kind: open, subject: 'gas_point:nord-stream-1'}"), "nord-stream-1") == [167]
    assert of(after("{kind: open, subject: 'gas_point:sudzha-rus-ukr'}"), "sudzha-rus-ukr") == [244.0]


def test_a_terminal_is_a_point():
    world = after("{kind: close, subject: 'terminal:lng-gate'}")
    assert of(world, "lng-gate") == [0.0]
    assert world == after("{kind: close, subject: 'gas_point:lng-gate'}")


def test_a_cut_of_liquefied_gas_is_of_the_terminals_alone():
    world = after("{kind: cut, subject: 'area:DZA', goods: lng, share: 1}")
    assert of(world, "lngx-algeria") == [0.0]
    assert of(world, "medgaz-dza-esp") == [28.8]


def test_what_stays_inside_an_area_is_not_cut():
    world = after("{kind: cut, subject: 'area:IRN', goods: gas, share: 1}")
    assert of(world, "iran-inner-to-north-east") == [70.0]
    assert of(world, "dogubayazit-irn-tur") == [0.0]


@pytest.mark.parametrize("both", [False, True])
def test_a_pipe_that_no_table_has(both):
    pipe = f"{{id: tcp, from: TKM, to: AZE_M, bcm_y: 16, both_ways: {str(both).lower()}}}"
    states = pipe_states(
        after(f"{{kind: build, from: 2023-06-02, pipe: {pipe}}}"), [date(2023, 6, 1), date(2023, 6, 2)]
    )
    row = states.points.index("tcp")
    assert states.capacity[row].tolist() == pytest.approx([0.0, 43.8352])
    assert (states.from_zones[row], states.to_zones[row], states.kinds[row]) == ("TKM", "AZE_M", "physical")
    assert states.points == tuple(sorted(states.points))
    assert ("tcp-back" in states.points) == both


def test_a_terminal_that_no_table_has():
    states = pipe_states(after("{kind: build, pipe: {id: lng-new, from: LNG, to: BGR, bcm_y: 5}}"), DAYS)
    assert states.kinds[states.points.index("lng-new")] == "lng-import"


@pytest.mark.parametrize("ends", ["from: LNG, to: SRB", "from: KAZ_W, to: LNG"])
def test_no_terminal_without_a_coast(ends):
    with pytest.raises(ScenarioError, match="no coast"):
        after(f"{{kind: build, pipe: {{id: lng-new, {ends}, bcm_y: 5}}}}")


def test_oil_points():
    world = after("{kind: capacity, subject: 'oil_point:cpc-terminal', kbd: 500}")
    assert of(world, "cpc-terminal", commodity="oil") == [500.0]
    shut = after("{kind: close, subject: 'pipeline:cpc'}")
    assert {of(shut, point, commodity="oil")[0] for point in ("cpc-kaz-rus", "cpc-rus-in", "cpc-terminal")} == {0.0}
    built = after("{kind: build, pipe: {id: over, from: KAZ_W, to: AZE, kbd: 300, commodity: oil}}")
    assert of(built, "over", commodity="oil") == [300.0]
    assert "over" not in pipe_states(built, DAYS).points


def test_factors_of_production_stores_and_demand():
    world = after(
        "{kind: capacity, subject: 'production:AZE', factor: 2, goods: gas}",
        "{kind: cut, subject: 'production:RUS_W', share: 0.25, goods: gas}",
        "{kind: capacity, subject: 'storage:AUT', share: 0.5}",
        "{kind: demand, areas: [DEU, RUS], factor: 1.1, from: 2023-06-01, to: 2023-06-02}",
    )
    days = [date(2023, 6, 1), date(2023, 6, 2)]
    made = {zone: one.tolist() for zone, one in production_factors(world, days).items()}
    assert made == {"AZE_M": [2.0, 2.0], "AZE_N": [2.0, 2.0], "RUS_W": [0.75, 0.75]}
    assert production_factors(world, days, "oil") == {}
    assert {area: one.tolist() for area, one in storage_factors(world, days).items()} == {"AUT": [0.5, 0.5]}
    used = demand_factors(world, days)
    assert used["DEU"].tolist() == used["RUS_K"].tolist() == [1.1, 1.0]
    assert "EMD_H" not in used
    assert demand_factors(world, days, "oil")["DEU"].tolist() == [1.1, 1.0]


def test_demand_of_a_group_and_of_other_goods():
    cold = after("{kind: demand, areas: EU, factor: 1.2, goods: gas}")
    assert demand_factors(cold, DAYS)["BGR"].tolist() == [1.2]
    assert "NOR" not in demand_factors(cold, DAYS)
    assert {key[0] for key in cold.effects} == {"use"}
    cars = after("{kind: demand, areas: DEU, factor: 1.2, goods: cars}")
    assert demand_factors(cars, DAYS) == {}
    assert {key[0] for key in cars.effects} == {"demand"}


def test_dates_inside_a_span():
    world = after(
        "{kind: cut, subject: 'gas_point:blue-stream', share: 0.5, from: 2023-06-03, to: 2023-06-06}",
        "{kind: close, subject: 'gas_point:blue-stream', from: 2023-06-05, to: 2023-06-07}",
    )
    days = [date(2023, 6, 1) + timedelta(days=step) for step in range(8)]
    assert of(world, "blue-stream", days) == [BLUE, BLUE, BLUE / 2, BLUE / 2, 0, 0, BLUE, BLUE]
    assert of(world.on("2010-01-01"), "blue-stream", days) == of(world, "blue-stream", days)


def test_an_event_and_the_facts_beside_it():
    """A factor works on what the facts leave, an amount takes its place."""
    days = [date(2009, 1, 5), date(2009, 1, 6), date(2009, 1, 8)]
    half = after("{kind: capacity, subject: 'gas_point:uzhhorod-ukr-svk', factor: 0.5}")
    assert of(half, "uzhhorod-ukr-svk", days) == pytest.approx([125.0, 41.25, 0.0])
    fixed = after("{kind: capacity, subject: 'gas_point:uzhhorod-ukr-svk', bcm_y: 36.5}")
    assert of(fixed, "uzhhorod-ukr-svk", days) == pytest.approx([100.0, 100.0, 100.0], rel=1e-4)
    states = pipe_states(fixed, days)
    assert (states.flow_share == 1.0)[states.points.index("uzhhorod-ukr-svk")].all()


def test_the_later_event_wins():
    close, cut = "{kind: close, subject: 'gas_point:blue-stream'}", "{kind: cut, subject: 'area:RUS', share: 0.5}"
    more = "{kind: open, subject: 'gas_point:blue-stream'}"
    assert of(after(close, more), "blue-stream") == [BLUE]
    assert of(after(more, close), "blue-stream") == [0.0]
    assert of(after(cut, more), "blue-stream") == [BLUE / 2]
    assert of(after(close, "{kind: capacity, subject: 'gas_point:blue-stream', factor: 2}"), "blue-stream") == [0.0]
    whole = "{kind: cut, subject: 'gas_point:blue-stream', share: 1}"
    assert of(after(whole, more), "blue-stream") == [BLUE]
    assert of(after(whole, cut), "blue-stream") == [BLUE / 2]


UNDOING = [
    ("{kind: close, subject: 'gas_point:blue-stream'}", "{kind: open, subject: 'gas_point:blue-stream'}"),
    ("{kind: cut, subject: 'area:RUS', share: 0.5}", "{kind: cut, subject: 'area:RUS', share: 0}"),
    ("{kind: cut, subject: 'gas_point:turkstream-2', share: 1}", "{kind: cut, subject: 'area:RUS', share: 0}"),
    (
        "{kind: capacity, subject: 'pipeline:scp', factor: 2}",
        "{kind: capacity, subject: 'pipeline:scp', factor: 1}",
    ),
    (
        "{kind: capacity, subject: 'production:NOR', factor: 0}",
        "{kind: capacity, subject: 'production:NOR', share: 1}",
    ),
    ("{kind: cut, subject: 'storage:AUT', share: 1}", "{kind: cut, subject: 'storage:AUT', share: 0}"),
    ("{kind: demand, areas: EU, factor: 1.2, goods: gas}", "{kind: demand, areas: EU, factor: 1, goods: gas}"),
]


@pytest.mark.parametrize(("event", "undone"), UNDOING)
def test_events_that_undo_each_other_give_the_first_id(event, undone):
    assert after(event).id != DAY.id
    assert after(event, undone).id == DAY.id


def test_the_same_capacities_give_the_same_id():
    names = ", ".join(f"gas_point:{one}" for one in ("scp-aze-geo", "turkgozu-scp-geo-tur"))
    assert after("{kind: close, subject: 'pipeline:scp'}") == after(f"{{kind: cut, subject: [{names}], share: 1}}")
    assert after("{kind: capacity, subject: 'pipeline:scp', factor: 0}") == after(
        "{kind: close, subject: 'pipeline:scp'}"
    )
    shut = "{kind: close, subject: 'gas_point:nord-stream-1', from: 2022-08-31}"
    assert after(shut).id == DAY.id, "it was shut already"


def test_dated_events_count_in_the_id_on_any_day():
    """A question about pipes looks at a span of days, so what begins later makes another world already."""
    later = read("{kind: close, subject: 'gas_point:blue-stream', from: 2024-01-01}")
    assert DAY.apply(later).id != DAY.id
    assert DAY.apply(later).id != DAY.apply(read("{kind: close, subject: 'gas_point:blue-stream'}")).id


POINTS = ("blue-stream", "turkstream-2", "scp-aze-geo", "nord-stream-1", "lngx-qatar", "uzhhorod-ukr-svk")
DATES = st.sampled_from([None, "2009-01-10", "2022-06-15", "2023-06-01"])
EVENTS = st.lists(
    st.builds(
        lambda what, point, start: Event.model_validate({**what, "subject": f"gas_point:{point}", "from": start}),
        st.sampled_from(
            [
                {"kind": "close"},
                {"kind": "open"},
                {"kind": "capacity", "factor": 0.5},
                {"kind": "capacity", "bcm_y": 9},
                {"kind": "cut", "share": 0.4},
                {"kind": "cut", "share": 0},
            ]
        ),
        st.sampled_from(POINTS),
        DATES,
    ),
    max_size=5,
).map(tuple)


@settings(max_examples=40, deadline=None)
@given(EVENTS, EVENTS)
def test_one_after_the_other_is_the_sum_and_equal_ids_are_equal_states(first, second):
    a, b = Scenario(name="a", events=first), Scenario(name="b", events=second)
    one, other = DAY.apply(a).apply(b), DAY.apply(a + b)
    days = [date(2009, 1, 8), date(2021, 6, 1), date(2022, 7, 1), date(2023, 6, 1), date(2026, 6, 1)]
    assert one.id == other.id
    assert (pipe_states(one, days).capacity == pipe_states(other, days).capacity).all()
    assert DAY.apply(a, a) == DAY.apply(a)
    same = (pipe_states(DAY.apply(a), days).capacity == pipe_states(DAY, days).capacity).all()
    assert same or DAY.apply(a) != DAY


@settings(max_examples=40, deadline=None)
@given(EVENTS, st.sampled_from(POINTS))
def test_closing_never_gives_more_and_opening_never_less(events, point):
    world = DAY.apply(Scenario(name="a", events=events))
    days = [date(2009, 1, 8), date(2022, 7, 1), date(2023, 6, 1)]
    now = pipe_states(world, days).capacity
    for kind, more in (("close", {}), ("cut", {"share": 1}), ("open", {})):
        event = Event.model_validate({"kind": kind, "subject": f"gas_point:{point}", **more})
        then = pipe_states(world.apply(Scenario(name="b", events=(event,))), days).capacity
        assert (then >= now).all() if kind == "open" else (then <= now).all()


REFUSED = [
    ("{kind: close, subject: 'pipeline:turkstream'}", "subject", "turkstream-1"),
    ("{kind: close, subject: 'pipeline:tcp'}", "subject", "use build with a pipe"),
    ("{kind: close, subject: 'gas_point:sudza'}", "subject", "gas_point:sudzha-rus-ukr"),
    ("{kind: close, subject: 'terminal:blue-stream'}", "subject", "gas_point:blue-stream"),
    ("{kind: close, subject: 'gas_points:blue-stream'}", "subject", "gas_point:blue-stream"),
    ("{kind: close, subject: 'production:NOR'}", "subject", "use capacity with a factor"),
    ("{kind: close, subject: 'storage:NOR'}", "subject", "use capacity with a factor"),
    ("{kind: cut, subject: 'production:RUS_X', share: 1}", "subject", "production:RUS_W"),
    ("{kind: cut, subject: 'storage:AUTT', share: 1}", "subject", "storage:AUT"),
    ("{kind: delay, subject: 'gas_point:blue-stream', hours: 1}", "subject", "changes nothing"),
    ("{kind: fee, subject: 'pipeline:scp', usd: 1}", "subject", "changes nothing"),
    ("{kind: restrict, subject: 'pipeline:scp', freight: listed}", "subject", "changes nothing"),
    ("{kind: open, subject: 'gas_point:nord-stream-2'}", "subject", "no capacity on any day"),
    ("{kind: close, subject: 'gas_point:blue-stream', to: 2006-01-01}", "to", "2007-01-01"),
    ("{kind: capacity, subject: 'gas_point:blue-stream'}", None, "needs one of share, factor, bcm_y, kbd"),
    ("{kind: capacity, subject: 'gas_point:blue-stream', share: 1, factor: 2}", None, "takes one of"),
    ("{kind: capacity, subject: 'gas_point:blue-stream', kbd: 5}", "kbd", "speaks of pipeline, oil_point"),
    ("{kind: capacity, subject: 'pipeline:btc', bcm_y: 5}", "bcm_y", "oil_point:btc"),
    ("{kind: capacity, subject: 'pipeline:trans-balkan', bcm_y: 5}", "bcm_y", "points, bcm_y is of one"),
    ("{kind: capacity, subject: 'passage:suez', factor: 2}", "factor", "says nothing about passage:suez"),
    ("{kind: capacity, subject: 'gas_point:blue-stream', factor: 2, goods: gas}", "goods", "says nothing about"),
    ("{kind: capacity, subject: 'production:RUS_K', factor: 2, goods: oil}", "goods", "no oil zone is RUS_K"),
    ("{kind: cut, subject: 'area:TUR', goods: cars, share: 1}", "goods", "gas, pipe-gas, lng, oil"),
    ("{kind: cut, subject: 'area:MNG', goods: gas, share: 1}", "subject", "no gas leaves MNG"),
    ("{kind: swap, giver: TKM, via: AFG, receiver: AZE, bcm_y: 1}", "via", "no gas zone or area 'AFG'"),
    ("{kind: swap, giver: TKM, via: IRN, receiver: GEO, bcm_y: 1}", "receiver", "no pipe leads from IRN to GEO"),
    ("{kind: swap, giver: TKM, via: IRN, receiver: AZE, bcm_y: 1, goods: oil}", "goods", "nearest valid: gas"),
    ("{kind: swap, giver: TKM, via: IRN, receiver: AZE, bcm_y: 1, out_per_in: 2}", "out_per_in", "2"),
    ("{kind: demand, areas: MNG, factor: 0.5, goods: gas}", "areas", "no gas zone lies in MNG"),
    ("{kind: demand, areas: DEU, factor: 0.5, goods: gass}", "goods", "nearest valid: gas"),
    ("{kind: build, pipe: {id: x, from: TKM, to: AZE, bcm_y: 1}}", "pipe.to", "AZE_M, AZE_N"),
    ("{kind: build, pipe: {id: x, from: TKN, to: AZE_M, bcm_y: 1}}", "pipe.from", "TKM"),
    ("{kind: build, pipe: {id: x, from: TKM, to: TKM, bcm_y: 1}}", "pipe.to", "are one zone"),
    ("{kind: build, pipe: {id: x, from: TKM, to: AZE_M, kbd: 1}}", "pipe", "needs bcm_y"),
    ("{kind: build, pipe: {id: x, from: TKM, to: AZE_M, bcm_y: 0}}", "pipe.bcm_y", "greater than 0"),
    ("{kind: build, pipe: {id: blue-stream, from: TKM, to: AZE_M, bcm_y: 1}}", "pipe.id", "is a point of the tables"),
    ("{kind: build, pipe: {id: x, from: LNG, to: BGR, bcm_y: 1, both_ways: true}}", "pipe.both_ways", "one way"),
    ("{kind: build, pipe: {id: x, from: TKM, to: AZE_M, bcm: 1}}", "pipe.bcm", "bcm_y"),
]


@pytest.mark.parametrize(("event", "field", "words"), REFUSED)
def test_what_is_refused_when_it_is_read(event, field, words):
    error = refused(event)
    first = error.complaints[0]
    assert first.line == 3
    assert first.field == ("events.0" if field is None else f"events.0.{field}")
    assert words in str(error)


def test_a_swap_by_a_pipe_of_the_same_scenario():
    lay = "{kind: build, pipe: {id: long, from: IRN_R, to: GEO, bcm_y: 3}}"
    world = DAY.apply(read(lay, "{kind: swap, giver: TKM, via: IRN, receiver: GEO, bcm_y: 1}"))
    (rule,) = [one for one in swaps_on(world, DAYS) if one.swap == "tkm-irn-geo"]
    assert rule.out_points == ("long",)


def test_swaps_by_day():
    days = [date(2022, 6, 1), date(2023, 6, 1), date(2025, 6, 1)]
    facts = [one for one in swaps_on(DAY, days) if one.swap == "tkm-irn-aze"]
    assert [(one.kind, one.out_per_in, one.cap_mcmd, one.on.tolist()) for one in facts] == [
        ("flow", 0.8, 4.5, [True, False, False]),
        ("flow", 0.8, 10.0, [False, True, False]),
        ("halted", 0.0, 0.0, [False, False, True]),
    ]
    assert all(one.on.all() for one in swaps_on(DAY, days) if one.swap == "virtual-igb-bgr-grc")


def test_a_swap_of_a_scenario_takes_the_place_of_the_facts():
    days = [date(2023, 6, 1), date(2025, 6, 1)]
    event = "{kind: swap, giver: TKM, via: IRN, receiver: AZE, bcm_y: 2, out_per_in: 0.8, from: 2025-01-01}"
    rules = [one for one in swaps_on(after(event), days) if one.swap == "tkm-irn-aze"]
    assert [(one.kind, round(one.cap_mcmd, 3), one.on.tolist()) for one in rules] == [
        ("flow", 10.0, [True, False]),
        ("flow", 5.479, [False, True]),
    ]
    assert rules[1].in_points == ("korpeje-tkm-irn", "sarakhs-tkm-irn")
    assert rules[1].out_points == ("astara-irn-aze", "khoy-irn-nakhchivan")
    assert rules[1].evidence == (("scenario", "own#1"),)
    assert [one.kind for one in swaps_on(after(event), days, undisturbed=True) if one.swap == "tkm-irn-aze"] == [
        "flow",
        "halted",
    ]


def test_halting_a_swap():
    halt = "{kind: swap, giver: TKM, via: IRN, receiver: AZE, bcm_y: 0}"
    rules = [one for one in swaps_on(after(halt), DAYS) if one.swap == "tkm-irn-aze"]
    assert [(one.kind, one.out_per_in, one.cap_mcmd) for one in rules] == [("halted", 0.0, 0.0)]
    nothing = "{kind: swap, giver: AZE_M, via: GEO, receiver: ARM, bcm_y: 0}"
    assert after(nothing).id == DAY.id


@pytest.mark.parametrize("name", OF_GAS)
def test_the_scenarios_of_gas_ship(name):
    one = read_scenario(name)
    assert one.note
    assert one.sources
    assert all(speaks_of_energy(event) for event in one.events)
    assert World.at("2022-01-15").apply(name) != World.at("2022-01-15")


def test_at_least_fourteen_scenarios_of_gas_ship():
    assert len([name for name in list_scenarios() if any(map(speaks_of_energy, read_scenario(name).events))]) >= 14


def test_the_stop_of_january_2009_without_end():
    """The scenario shuts what the facts of that January shut, on any day."""
    stop = World.at("2014-09-01").apply("ukraine-transit-stop")
    states = pipe_states(stop, [date(2014, 9, 1)])
    shut = {
        row["point"]
        for row in load().table("gas_events").rows
        if row["episode"] == "2009-01" and row["action"] == "stop" and row["date"].first.day == 7
    }
    assert {point for point in shut if of(stop, point, [date(2014, 9, 1)]) != [0.0]} == set()
    assert of(stop, "nord-stream-1", [date(2014, 9, 1)]) == [167]
    assert of(stop, "isaccea-transit-ukr-rou", [date(2014, 9, 1)]) == [0.0]
    assert len(states.points) == len(pipe_states(World.at("2014-09-01"), [date(2014, 9, 1)]).points)


def test_a_russian_stop_leaves_no_way_west():
    world = World.at("2014-09-01").apply("russian-gas-stop")
    states = pipe_states(world, [date(2014, 9, 1), date(2021, 6, 1), date(2026, 6, 1)])
    area = {row["id"]: row["area"] for row in load().table("gas_zones").rows}
    spared = {"BLR", "GEO", "AZE", "KAZ", "CHN", "LNG", "RUS"}
    for point, tail, head, row in zip(states.points, states.from_zones, states.to_zones, states.capacity, strict=True):
        if area[tail] in ("RUS", "BLR") and (area[head] or head) not in spared:
            assert not row.any(), point


def test_diff_tells_what_changes():
    rows = {(one.subject_kind, one.subject): (one.before, one.after) for one in diff(DAY, DAY.apply("sgc-doubled"))}
    assert rows["gas_point", "scp-aze-geo"] == ("65.8 mcm/d", "131.6 mcm/d")
    assert rows["production", "AZE_M"] == ("times 1", "times 2")
    built = diff(DAY, DAY.apply("trans-caspian-built"))
    assert [(one.subject, one.direction, one.before) for one in built] == [("tcp", "TKM>AZE_M", "not built")]
    shut = {(one.subject_kind, one.subject, one.direction) for one in diff(DAY, DAY.apply("hormuz-closed"))}
    assert {("lng", "QAT", "export"), ("lng", "ARE", "export"), ("lng", "KWT", "import")} <= shut


def fresh():
    return Facts(read_schema(), TABLES_FOLDER)


def test_scenarios_of_freight_read_no_table_of_gas():
    facts = fresh()
    World.at("2023-06-01", facts).apply("suez-closed", "cku-built", "turkey-armenia-open", "hormuz-closed")
    assert not [name for name in facts._cache if name.startswith(("gas_", "oil_", "energy_", "pipelines"))]


def test_without_the_tables_of_gas_and_oil():
    """A folder of facts that has no table of pipes still reads everything else."""
    schema = {
        name: columns for name, columns in read_schema().items() if not name.startswith(("gas_", "oil_", "pipelines"))
    }
    facts = Facts(schema, TABLES_FOLDER)
    world = World.at("2023-06-01", facts)
    assert pipe_states(world, DAYS).points == ()
    assert swaps_on(world, DAYS) == ()
    assert world.apply("suez-closed").effects
    for kind in ("gas_point:blue-stream", "pipeline:scp", "oil_point:cpc", "terminal:lng-gate"):
        with pytest.raises(ScenarioError, match="no "):
            parse_scenario(f"name: x\nevents:\n- {{kind: close, subject: '{kind}'}}\n", facts=facts)


def test_every_kind_of_subject_has_a_case():
    text = " ".join(event for event, _ in (*CASES, *UNDOING)) + " terminal: oil_point: "
    assert all(f"{kind}:" in text for kind in ENERGY)
