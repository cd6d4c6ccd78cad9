"""Every kind of event on every kind of subject: it changes what a shipment meets, or it is refused with words."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from landbridge.errors import ScenarioError
from landbridge.routing.costs import arc_costs
from landbridge.routing.idle import idle_notes
from landbridge.routing.shipment import Shipment
from landbridge.world import World, parse_scenario
from landbridge.world.acting import ACTS_ON
from landbridge.world.fuels import ENERGY

DAY = World.at("2025-06-01")
SUBJECTS = {
    "crossing": "crossing:GEO-RUS-upper-lars",
    "pair": "pair:GEO-RUS",
    "area": "area:GEO",
    "passage": "passage:suez",
    "ferry": "ferry:alat-kuryk",
    "port": "port:poti",
    "line": "line:salang",
    "project": "project:qazvin-rasht",
    "measure": "measure:uzb-tjk-rail-r-rail",
    "bloc": "bloc:eaeu",
    "pipeline": "pipeline:turkstream-2",
    "terminal": "terminal:lng-revithoussa",
    "gas_point": "gas_point:uzhhorod-ukr-svk",
    "production": "production:AZE",
    "storage": "storage:AUT",
}
EVENTS = {
    "close": ("close", ""),
    "open": ("open", ""),
    "restrict": ("restrict", "only: 'only: food'"),
    "restrict classes": ("restrict", "carrier_classes: [mainline container, regional container]"),
    "delay": ("delay", "hours: 10"),
    "delay spread": ("delay", "hours_sd: 10"),
    "delay some days": ("delay", "closed_share: 0.6"),
    "delay all days": ("delay", "closed_share: 1"),
    "fee": ("fee", "usd: 100"),
    "capacity": ("capacity", "share: 0.5"),
    "no capacity": ("capacity", "share: 0"),
    "cut": ("cut", "share: 0.5"),
}
SHUTS = ("close", "restrict", "restrict classes", "delay all days", "no capacity")


@pytest.fixture(scope="module")
def network(new_sketch):
    """One arc for each subject."""
    sketch = new_sketch()
    geo, rus = sketch.node("road", "GEO"), sketch.node("road", "RUS")
    sketch.arc(geo, rus, 0.5, "crossing", ref=("crossings", "GEO-RUS-upper-lars"))
    quay = sketch.node("sea", "GEO", lat=42.0, lon=41.0)
    sketch.arc(geo, quay, 0.0, "transfer", ref=("ports", "poti"))
    north, south = sketch.node("sea", "", lat=31.0, lon=32.0), sketch.node("sea", "", lat=30.0, lon=32.5)
    sketch.arc(north, south, 160.0, "passage", mode="sea", ref=("passages", "suez"))
    for mode, gauge in (("road", 0), ("rail", 1520)):
        alat, kuryk = sketch.node(mode, "AZE", gauge), sketch.node(mode, "KAZ", gauge)
        sketch.arc(alat, kuryk, 460.0, "ferry", ref=("ferries", "alat-kuryk"))
    pass_a, pass_b = sketch.node("road", "AFG"), sketch.node("road", "AFG")
    sketch.arc(pass_a, pass_b, 20.0, ref=("lines", "salang"), gate=("lines", "salang"))
    for gate in ("qazvin-rasht", "rasht-astara"):
        a, b = sketch.node("rail", "IRN", 1435), sketch.node("rail", "IRN", 1435)
        sketch.arc(a, b, 160.0, gate=("projects", gate))
    uzb, tjk = sketch.node("rail", "UZB", 1520), sketch.node("rail", "TJK", 1520)
    sketch.arc(uzb, tjk, 0.5, "crossing", ref=("crossings", "TJK-UZB-amuzang-rail"))
    return sketch.network("one of each")


def read(kind, subject, more=""):
    text = f"name: own\nevents:\n- kind: {kind}\n  subject: {subject}\n" + (f"  {more}\n" if more else "")
    return parse_scenario(text, file="own.yaml")


def of_world(world, network):
    """All that a shipment to Tajikistan meets."""
    costs = arc_costs(world, network, Shipment(origin_area="RUS", destination_area="TJK"))
    return costs.hours, costs.var_h2[:], costs.usd, ~costs.allowed


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("event", EVENTS)
def test_an_event_has_its_effect_or_is_refused_with_words(event, subject, network):
    kind, more = EVENTS[event]
    text = SUBJECTS[subject]
    try:
        own = read(kind, text, more)
    except ScenarioError as error:
        first = error.complaints[0]
        assert first.file == "own.yaml"
        assert first.line
        assert first.field.startswith("events.0.")
        assert first.nearest or first.remedy or "acts on" in first.problem
        fits_elsewhere = event.startswith("restrict") and subject in ACTS_ON["restrict"]
        assert subject not in ACTS_ON[kind] or fits_elsewhere
        return
    assert subject in ACTS_ON[kind]
    base = DAY.apply(read("close", text)) if kind == "open" else DAY
    changed = base.apply(own)
    if kind == "cut" or subject in ENERGY:
        assert changed.id != base.id
        assert any("energy" in note for note in idle_notes(changed, network))
        return
    if event == "restrict" and subject in ("crossing", "pair", "area"):
        text = "only food passes and a container does not"
    before, after = of_world(base, network), of_world(changed, network)
    differs = [not np.array_equal(one, other) for one, other in zip(before, after, strict=True)]
    assert any(differs), text
    assert not idle_notes(changed, network)
    if kind != "open" and subject != "measure":
        assert all(((other >= one) | after[3]).all() for one, other in zip(before, after, strict=True))
    if event in SHUTS:
        assert differs[3], "it is shut"
    else:
        assert differs[3] == (kind == "open")


@pytest.mark.parametrize("subject", [one for one in SUBJECTS if one in ACTS_ON["delay"]])
def test_opening_ends_what_had_shut_a_thing_without_end(subject, network):
    text = SUBJECTS[subject]
    for kind, more in (("capacity", "share: 0"), ("delay", "closed_share: 1")):
        shut = DAY.apply(read(kind, text, more))
        assert shut.id != DAY.id
        opened = of_world(shut.apply(read("open", text)), network)
        assert np.array_equal(opened[3], of_world(DAY.apply(read("open", text)), network)[3])
    assert DAY.apply(read("capacity", text, "share: 0"), read("capacity", text, "share: 1")).id == DAY.id


@pytest.mark.parametrize("subject", [one for one in SUBJECTS if one in ACTS_ON["delay"]])
def test_less_capacity_and_more_days_shut_are_never_better(subject, network):
    text = SUBJECTS[subject]
    for kind, name, steps in (
        ("capacity", "share", (1.0, 0.9, 0.5, 0.1, 0.0)),
        ("delay", "closed_share", (0.0, 0.2, 0.6, 0.95, 1.0)),
    ):
        found = [of_world(DAY.apply(read(kind, text, f"{name}: {step}")), network) for step in steps]
        for (hours, _, _, shut), (later, _, _, later_shut) in pairwise(found):
            assert ((later >= hours - 1e-9) | later_shut).all()
            assert (later_shut | ~shut).all()


def test_planned_works_are_there_once_opened_or_built(network):
    planned = of_world(DAY, network)[3]
    for own in (
        read("open", "project:rasht-astara"),
        parse_scenario("name: b\nevents: [{kind: build, project: rasht-astara}]"),
    ):
        assert (planned & ~of_world(DAY.apply(own), network)[3]).sum() == 2


@pytest.mark.parametrize(
    ("unit", "road", "rail"),
    [("lorry", 1.0, 0.0), ("wagon", 0.0, 1.0), ("teu", 2.0, 2.0), ("tonne", 20.0, 20.0), ("consignment", 1.0, 1.0)],
)
def test_a_fee_is_paid_by_its_unit(unit, road, rail, network):
    own = read("fee", SUBJECTS["ferry"], f"usd: 100\n  unit: {unit}")
    goods = Shipment(teu=2.0, tonnes=20.0)
    before, after = (arc_costs(world, network, goods) for world in (DAY, DAY.apply(own)))
    paid = {}
    for arc in np.flatnonzero(after.usd != before.usd):
        parts = sum(part.usd for part in after.parts(int(arc))) - sum(part.usd for part in before.parts(int(arc)))
        paid[network.node_gauge[network.tail[arc]] > 0] = parts
    assert paid.get(False, 0.0) == pytest.approx(100.0 * road)
    assert paid.get(True, 0.0) == pytest.approx(100.0 * rail)


@pytest.mark.parametrize(
    ("event", "field", "words"),
    [
        ("{kind: close, subject: 'crossing:GEO-RUS-upper-lars', modes: rail}", "modes", "nearest valid: road"),
        ("{kind: close, subject: 'passage:suez', modes: sea}", "modes", "speaks of crossing, pair, area"),
        ("{kind: delay, subject: 'port:poti', hours: 5, direction: 'GEO>RUS'}", "direction", "says nothing about"),
        ("{kind: close, subject: 'pair:GEO-RUS', direction: 'IRN>AZE'}", "direction", "nearest valid: GEO>RUS"),
        ("{kind: close, subject: 'area:UZB', modes: sea}", "modes", "no sea at area:UZB"),
        ("{kind: delay, subject: 'area:GEO', hours: 5, modes: air}", "modes", "no air at area:GEO"),
        ("{kind: restrict, subject: 'passage:suez', only: 'only: food'}", "only", "says nothing about"),
        ("{kind: restrict, subject: 'port:poti', freight: listed}", "freight", "says nothing about"),
        ("{kind: fee, subject: 'passage:suez', usd: 5, unit: lorry}", "unit", "nearest valid: teu"),
        ("{kind: fee, subject: 'crossing:GEO-RUS-upper-lars', usd: 5, unit: wagon}", "unit", "no wagon pays"),
        ("{kind: delay, subject: 'port:poti'}", "events.0", "needs one of hours, hours_sd, closed_share"),
        ("{kind: restrict, subject: 'pair:GEO-RUS'}", "events.0", "needs one of freight, only"),
        ("{kind: capacity, subject: 'port:poti', share: 1.5}", "share", "less than or equal to 1"),
        ("{kind: delay, subject: 'port:poti', closed_share: 1.5}", "closed_share", "less than or equal to 1"),
        ("{kind: ban, ban: {imposers: TUR, what: passage}}", "ban.what", "needs passages"),
        ("{kind: ban, ban: {imposers: TUR, what: crossing}}", "ban.what", "needs crossings"),
        ("{kind: ban, ban: {imposers: TUR, what: import, ports: mersin}}", "ban.ports", "they go with port_call"),
        ("{kind: ban, ban: {imposers: TUR, what: import, effect: allowed}}", "ban.effect", "use open"),
    ],
)
def test_what_could_change_nothing_is_refused_by_field(event, field, words):
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(f"name: own\nevents:\n- {event}\n", file="own.yaml")
    assert caught.value.file == "own.yaml"
    assert caught.value.field.endswith(field)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "ban",
    [
        "what: transit, imposers: UZB",
        "what: import, imposers: TJK",
        "what: export",
        "what: crossing, crossings: GEO-RUS-upper-lars",
        "what: passage, passages: suez",
        "what: port_call, ports: poti",
        "what: vessel, ports: poti",
        "what: carrier, territory: GEO",
    ],
)
def test_a_ban_of_each_sort_forbids_something(ban, network):
    imposers = "" if "imposers" in ban else "imposers: RUS, "
    own = parse_scenario(f"name: own\nevents:\n- {{kind: ban, ban: {{{imposers}{ban}}}}}\n")
    goods = Shipment(origin_area="RUS", destination_area="TJK")
    before, after = (arc_costs(world, network, goods) for world in (DAY, DAY.apply(own)))
    assert (before.allowed & ~after.allowed).any() or after.rules.trade_refusals


@pytest.mark.parametrize(
    ("kind", "bloc", "area", "post"),
    [
        ("join", "eaeu", "GEO", "GEO-RUS-upper-lars"),
        ("leave", "eaeu", "RUS", "KAZ-RUS-sagarchin"),
        ("join", "eu", "SRB", "HUN-SRB-roszke"),
        ("leave", "eu", "POL", "DEU-POL-swiecko"),
    ],
)
def test_joining_and_leaving_change_the_border(kind, bloc, area, post, sketch):
    row = DAY.facts.table("crossings").by_id[post]
    one, other = sketch.node("road", row["area_a"]), sketch.node("road", row["area_b"])
    sketch.arc(one, other, 0.5, "crossing", ref=("crossings", post))
    own = parse_scenario(f"name: own\nevents:\n- {{kind: {kind}, bloc: {bloc}, areas: {area}}}\n")
    undone = parse_scenario(
        f"name: back\nevents:\n- {{kind: {'leave' if kind == 'join' else 'join'}, bloc: {bloc}, areas: {area}}}\n"
    )
    worlds = (DAY, DAY.apply(own), DAY.apply(own, undone))
    before, after, again = (arc_costs(world, sketch.network(), Shipment()).hours for world in worlds)
    assert (after < before).all() if kind == "join" else (after > before).all()
    assert np.array_equal(before, again)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("{kind: tariff, imposer: EU, target: CHN, pct: 20}", "a duty is not part of the freight bill"),
        ("{kind: cut, subject: 'pipeline:turkstream-2', share: 1}", "energy"),
        ("{kind: swap, giver: TKM, via: IRN, receiver: AZE, bcm_y: 2}", "energy"),
        ("{kind: demand, areas: DEU, factor: 0.9}", "trade and energy"),
        ("{kind: close, subject: 'passage:suez', from: 2025-07-01}", "after the day of the question"),
        ("{kind: close, subject: 'passage:suez', to: 2025-05-01}", "before the day of the question"),
        ("{kind: close, subject: 'passage:gibraltar'}", "no way of the network uses passage gibraltar"),
        ("{kind: delay, subject: 'line:etihad-rail', hours: 5}", "no way of the network uses line etihad-rail"),
    ],
)
def test_an_event_that_a_shipment_does_not_feel_is_told(event, words, network):
    world = DAY.apply(parse_scenario(f"name: own\nevents:\n- {event}\n"))
    (note,) = idle_notes(world, network)
    assert note.startswith("own, event 1")
    assert words in note


def test_a_share_of_days_shut_is_a_wait_that_grows_without_bound() -> None:
    from landbridge.routing.costs.today import shut_days_h

    # Simulated: each day shut by chance, arrivals at any hour.
    rng = np.random.default_rng(1)
    for share in (0.2, 0.5, 0.8):
        shut = rng.random(200_000) < share
        waits, after = [], 0.0
        for day in shut[::-1]:
            after = after + 24.0 if day else 0.0
            waits.append(after)
        mean = float(np.mean([max(wait - 12.0, 0.0) for wait in waits]))
        assert share * shut_days_h(share) == pytest.approx(mean, rel=0.03)


def test_what_a_share_of_days_shut_was_taken_to_mean_stands_in_the_leg() -> None:
    from landbridge.routing import route

    shut = parse_scenario(
        "name: t\nnote: t\nsources: [t]\nevents: "
        "[{kind: delay, subject: 'crossing:CHN-KAZ-khorgos-rail', closed_share: 0.5}]\n"
    )
    asked = {"via": ("CHN-KAZ-khorgos-rail",), "modes": ("rail",), "n": 1}
    world = World.at("2023-06-01")
    (before,), (after,) = (route(one, "Urumqi", "Almaty", **asked).routes for one in (world, world.apply(shut)))
    assert after.hours - before.hours == pytest.approx(18.0, abs=0.5)
    (leg,) = (leg for leg in after.legs if leg.kind == "crossing")
    assert "shut on some days by the scenario: 18 h" in leg.note
