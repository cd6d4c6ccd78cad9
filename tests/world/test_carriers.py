"""A carrier's state: what its law and its firms let it do, and what holds for the class of its lines."""

import pytest

from landbridge.facts import load
from landbridge.routing.costs.arcs import rules_of
from landbridge.routing.costs.carriers import carrier_class
from landbridge.routing.shipment import Shipment
from landbridge.world import World
from landbridge.world.membership import areas_of

DAYS = ("2021-06-01", "2023-06-01", "2025-06-01")
LEFT = "maersk-rus-2022-03-01"
PORTS = {
    "st-petersburg-bronka": "RUS",
    "vladivostok": "RUS",
    "novorossiysk": "RUS",
    "bandar-abbas-shahid-rajaee": "IRN",
    "kerch": "X_CRI",
}


def refusal(carrier, port, day):
    world = World.at(day)
    found = rules_of(world, Shipment(carrier=carrier, origin_area="IND", destination_area=PORTS[port]))
    one = found.port_refusals.get(port)
    return one.id if one else None


CALLS = {
    ("DNK", "st-petersburg-bronka"): (None, LEFT, LEFT),
    ("DNK", "vladivostok"): (None, LEFT, LEFT),
    ("DNK", "novorossiysk"): (None, LEFT, "eu25-16-r"),
    ("CHN", "st-petersburg-bronka"): (None, None, None),
    ("RUS", "novorossiysk"): (None, None, None),
    ("TUR", "novorossiysk"): (None, None, None),
    ("IRN", "novorossiysk"): (None, None, None),
    ("DNK", "bandar-abbas-shahid-rajaee"): ("maersk-irn-2018-05-17",) * 3,
    ("CHN", "bandar-abbas-shahid-rajaee"): ("all-non-iranian-mainli-irn-2018-11-05",) * 3,
    ("USA", "bandar-abbas-shahid-rajaee"): ("usa95-irn-r-own",) * 3,
    ("RUS", "bandar-abbas-shahid-rajaee"): (None, None, None),
    ("IRN", "bandar-abbas-shahid-rajaee"): (None, None, None),
    ("TUR", "bandar-abbas-shahid-rajaee"): (None, None, None),
    ("DNK", "kerch"): ("eu14-crimea-ports-r-own",) * 3,
    ("USA", "kerch"): ("usa14-crimea-r-own",) * 3,
    ("TUR", "kerch"): ("tur17-crimea-r-own",) * 3,
    ("RUS", "kerch"): (None, None, None),
}


@pytest.mark.parametrize(("carrier", "port"), sorted(CALLS))
def test_a_carrier_calls_where_its_own_law_and_its_own_lines_let_it(carrier, port):
    assert tuple(refusal(carrier, port, day) for day in DAYS) == CALLS[carrier, port]


def test_a_state_whose_lines_no_row_names_follows_the_class():
    assert refusal("USA", "st-petersburg-bronka", "2021-06-01") is None
    assert refusal("USA", "st-petersburg-bronka", "2023-06-01") is not None


@pytest.mark.parametrize(
    ("day", "ends", "sides"),
    [
        ("2023-06-01", ("IND", "IRN"), set()),  # lines of the region sail there and back
        ("2023-06-01", ("SAU", "IRN"), {"import"}),  # none to Saudi Arabia is known
        ("2023-06-01", ("CHN", "KAZ"), {"export"}),
        ("2023-06-01", ("DEU", "IRN"), {"import"}),
        ("2023-06-01", ("JPN", "KAZ"), {"import", "export"}),
        ("2017-06-01", ("CHN", "DEU"), set()),  # the large lines call
    ],
)
def test_boxes_of_large_lines_that_keep_off_a_port_change_ships_unless_its_callers_reach_the_end(day, ends, sides):
    shipment = Shipment(origin_area=ends[0], destination_area=ends[1])
    fetched = rules_of(World.at(day), shipment).fetched
    assert {side for port, side in fetched if port == "bandar-abbas-shahid-rajaee"} == sides
    assert not [port for port, _ in fetched if port == "bandar-anzali"]  # a sea with a fleet of its own
    own = rules_of(World.at(day), shipment.with_(carrier="IRN")).fetched
    assert not {port for port, _ in own if load().row("ports", port)["area"] == "IRN"}


@pytest.mark.parametrize("port", ["bandar-abbas-shahid-rajaee", "bandar-imam-khomeini"])
@pytest.mark.parametrize(
    ("day", "ends", "sold"),
    [
        ("2024-09-01", ("IND", "DEU"), False),  # no through bill over Iran between others and the west
        ("2025-03-01", ("CHN", "TUR"), False),
        ("2024-09-01", ("TUR", "IND"), False),
        ("2024-09-01", ("IND", "RUS"), True),  # its hinterland in the north
        ("2024-09-01", ("CHN", "ARM"), True),
        ("2024-09-01", ("DEU", "IRN"), True),  # its own trade, by a hub
        ("2018-06-01", ("IND", "DEU"), True),  # before the measures came back
        ("2021-07-01", ("IND", "FIN"), True),  # a train from Helsinki in 2021
        ("2023-07-01", ("IND", "FIN"), False),
    ],
)
def test_boxes_are_landed_in_iran_for_itself_and_its_hinterland(port, day, ends, sold):
    found = rules_of(World.at(day), Shipment(origin_area=ends[0], destination_area=ends[1]))
    assert (port not in found.port_refusals) is sold


def test_without_a_carrier_feeders_of_any_state_keep_the_port_open():
    assert [refusal(None, port, "2023-06-01") for port in sorted(PORTS)] == [None] * len(PORTS)


def test_a_lawful_carrier_of_another_state_is_not_bound_by_a_law_on_own_carriers():
    found = rules_of(World.at("2023-06-01"), Shipment(origin_area="IND", destination_area="IRN"))
    assert not any(one.id.endswith("-own") for one in found.port_refusals.values())


def test_a_state_has_lines_of_another_class_in_one_trade():
    world = World.at("2023-06-01")
    assert carrier_class(world, Shipment(cargo="lng", origin_area="QAT", destination_area="BEL")) == "gas carrier"
    assert carrier_class(world, Shipment(cargo="coal", origin_area="RUS", destination_area="IND")) == "bulk"
    assert carrier_class(world, Shipment(carrier="CHN", origin_area="CHN", destination_area="DEU")) == (
        "mainline container"
    )
    assert carrier_class(world, Shipment(carrier="CHN", origin_area="CHN", destination_area="RUS")) == (
        "regional container"
    )
    assert carrier_class(
        World.at("2021-06-01"), Shipment(carrier="CHN", origin_area="CHN", destination_area="RUS")
    ) == ("mainline container")


@pytest.mark.parametrize(
    ("carrier", "day", "area", "mode"),
    [
        ("ISR", "2023-06-01", "LBN", "road"),
        ("UKR", "2023-06-01", "RUS", "road"),
        ("RUS", "2023-06-01", "UKR", "air"),
        ("USA", "2023-06-01", "IRN", "air"),
    ],
)
def test_a_law_on_own_carriers_holds_by_its_other_modes_too(carrier, day, area, mode):
    found = rules_of(World.at(day), Shipment(carrier=carrier, origin_area="GEO", destination_area="KAZ"))
    assert found.area_refusal(area, mode) is not None


def test_every_state_that_a_policy_names_is_an_area_or_a_bloc_of_areas():
    areas, world = set(load().table("areas").by_id), World.at("2024-06-01")
    for row in load().table("carrier_policies").rows:
        for word in row["states"] or ():
            assert set() < areas_of(world, [word]) <= areas, row["id"]


FLAGS = [
    ("RUS", "2023-06-01", "hamburg", True),
    ("RUS", "2022-04-15", "hamburg", False),
    ("RUS", "2023-06-01", "mersin", False),
    ("CYP", "2023-06-01", "mersin", True),
    ("CYP", "2023-06-01", "piraeus", False),
    ("TUR", "2023-06-01", "limassol", False),
    ("ISR", "2025-09-15", "mersin", True),
    ("TUR", "2025-09-15", "haifa", True),
    ("TUR", "2025-08-15", "mersin", False),
    ("PAK", "2025-06-01", "nhava-sheva-jnpa", True),
    ("IND", "2025-06-01", "karachi", True),
    ("IND", "2025-04-01", "karachi", False),
    ("QAT", "2018-06-01", "jebel-ali", True),
    ("QAT", "2021-06-01", "jebel-ali", False),
    ("UKR", "2023-06-01", "novorossiysk", True),
    ("ISR", "2023-06-01", "beirut", True),
    ("IRN", "2023-06-01", "haifa", True),
]


@pytest.mark.parametrize(("carrier", "day", "port", "shut"), FLAGS)
def test_ships_of_a_state_do_not_call_where_the_port_or_their_own_law_bars_them(carrier, day, port, shut):
    load().row("ports", port)
    found = rules_of(World.at(day), Shipment(carrier=carrier, origin_area="GEO", destination_area="KAZ"))
    assert (
        port in found.port_refusals or found.area_refusal(load().row("ports", port)["area"], "sea") is not None
    ) == shut


@pytest.mark.parametrize("day", ["2019-06-01", "2024-02-01", "2025-06-01"])
@pytest.mark.parametrize(
    ("origin", "destination", "sails"),
    [("CHN", "DEU", False), ("KOR", "NLD", False), ("EGY", "JPN", False), ("CHN", "USA", True), ("BRA", "LKA", True)],
)
def test_liners_pass_panama_in_the_trade_of_america_alone(day, origin, destination, sails):
    found = rules_of(World.at(day), Shipment(origin_area=origin, destination_area=destination))
    assert ("panama" not in found.passage_refusals) == sails


NO_TRANSIT = (
    ("IND", "CHN", "NPL", "2024-06-01"),
    ("CHN", "IND", "NPL", "2019-12-01"),
    ("BGD", "UZB", "NPL", "2024-06-01"),
    ("IND", "UZB", "PAK", "2024-06-01"),
    ("TJK", "IND", "PAK", "2021-06-01"),
    ("IND", "AFG", "PAK", "2025-06-01"),
    ("EGY", "IRQ", "ISR", "2024-06-01"),
    ("EGY", "JOR", "ISR", "2019-06-01"),
    ("KWT", "DEU", "ISR", "2022-06-01"),
    ("SAU", "GRC", "ISR", "2024-06-01"),
    ("TUR", "ARE", "ISR", "2024-06-01"),
    ("PAK", "DEU", "ISR", "2024-06-01"),
)
TRANSIT = (
    ("IND", "NPL", "NPL", "2024-06-01"),
    ("NPL", "DEU", "NPL", "2024-06-01"),
    ("IND", "AFG", "PAK", "2024-06-01"),
    ("AFG", "IND", "PAK", "2021-06-01"),
    ("CHN", "AFG", "PAK", "2024-06-01"),
    ("ARE", "ISR", "ISR", "2024-06-01"),
    ("TUR", "ARE", "ISR", "2023-06-01"),
    ("JOR", "DEU", "ISR", "2024-06-01"),
)


@pytest.mark.parametrize(("origin", "destination", "across", "day"), [*NO_TRANSIT, *TRANSIT])
def test_goods_cross_no_state_whose_regimes_of_transit_leave_them_out(origin, destination, across, day):
    found = rules_of(World.at(day), Shipment(origin_area=origin, destination_area=destination))
    refused = {"npl-transit-r", "pak-ind-transit-r", "tur-isr24-r-transit", "pak-ind25-r-trade"}
    own = [
        row
        for row in found.area_transit.get(across, ())
        if row.id in refused or row.id.endswith(("-r-own", "-isr-own-r"))
    ]
    assert bool(own) == ((origin, destination, across, day) in NO_TRANSIT)


BALTIC = ("st-petersburg-bronka", "kaliningrad")


@pytest.mark.parametrize(
    ("day", "ends", "open_"),
    [
        ("2021-06-01", ("CHN", "DEU"), True),  # the rail and sea services of the large lines
        ("2024-06-01", ("CHN", "DEU"), False),  # transit between third states went with their ships
        ("2024-06-01", ("QAT", "NLD"), False),
        ("2024-06-01", ("NLD", "RUS"), True),  # small lines still sail to Rotterdam
        ("2024-06-01", ("KAZ", "NLD"), True),
    ],
)
def test_at_a_port_whose_transit_has_ended_ships_carry_goods_of_its_own_trade_alone(day, ends, open_):
    found = rules_of(World.at(day), Shipment(origin_area=ends[0] or None, destination_area=ends[1]))
    assert {port not in found.port_refusals for port in BALTIC} == {open_}
    assert "novorossiysk" not in found.port_refusals  # the lines of another sea have no such row


@pytest.mark.parametrize(
    ("day", "origin", "port", "by_small_ship"),
    [
        ("2023-06-01", "CHN", "bandar-imam-khomeini", True),  # no ocean line is known there since 2018
        ("2023-06-01", "CHN", "bushehr", True),
        ("2023-06-01", "ARE", "bandar-imam-khomeini", False),
        ("2023-06-01", "CHN", "bandar-abbas-shahid-rajaee", False),  # the lines of Iran and China call
        ("2017-06-01", "CHN", "bandar-imam-khomeini", False),
    ],
)
def test_what_is_known_of_one_port_counts_before_what_is_known_of_its_area(day, origin, port, by_small_ship):
    found = rules_of(World.at(day), Shipment(origin_area=origin, destination_area="IRN")).fetched
    assert ((port, "import") in found) is by_small_ship


@pytest.mark.parametrize(
    ("ends", "carrier", "sides"),
    [
        (("KOR", "RUS"), None, {"import"}),  # no ship of the ocean comes up the Sea of Azov
        (("RUS", "IND"), "RUS", {"export"}),
        (("TUR", "RUS"), None, set()),
        (("RUS", "EGY"), None, set()),
    ],
)
def test_boxes_from_beyond_near_seas_change_ships_for_a_shallow_sea(ends, carrier, sides):
    shipment = Shipment(origin_area=ends[0], destination_area=ends[1], carrier=carrier)
    fetched = rules_of(World.at("2024-06-01"), shipment).fetched
    assert {side for port, side in fetched if port == "rostov-on-don"} == sides
    assert not [port for port, _ in fetched if port == "novorossiysk"]


@pytest.mark.parametrize(
    ("day", "ends", "cargo", "barred"),
    [
        ("2021-06-01", ("IND", "RUS"), "container", False),  # of goods for Russia nothing is known
        ("2021-06-01", ("RUS", "IND"), "container", True),
        ("2021-06-01", ("RUS", "IND"), "coal", True),
        ("2021-06-01", ("RUS", "CHN"), "iron_ore", False),
        ("2016-06-01", ("RUS", "IND"), "coal", False),
        ("2021-06-01", ("IND", "UKR"), "container", False),
        ("2021-06-01", ("CHN", "POL"), "container", False),
    ],
)
def test_cargo_of_russia_had_left_the_ports_of_ukraine_but_for_ore(day, ends, cargo, barred):
    found = rules_of(World.at(day), Shipment(origin_area=ends[0], destination_area=ends[1], cargo=cargo))
    told = {row.id for rows in (found.area_transit.get("UKR", ()), found.port_refusals.values()) for row in rows}
    assert ("rus-ports-ukr-r" in told) is barred


@pytest.mark.parametrize(
    ("carrier", "origin", "destination", "day", "open_to", "shut_to"),
    [
        ("RUS", "RUS", "CHN", "2018-06-01", {"RUS", "CHN"}, {"UKR"}),
        ("UKR", "UKR", "TUR", "2018-06-01", {"UKR", "TUR"}, {"RUS"}),
        ("RUS", "RUS", "DEU", "2023-06-01", {"RUS"}, {"DEU", "UKR"}),
        ("QAT", "QAT", "IND", "2018-06-01", {"QAT", "IND"}, {"SAU", "ARE"}),
        ("IND", "IND", "UZB", "2025-06-15", {"IND", "UZB"}, {"PAK"}),
        ("PAK", "PAK", "THA", "2025-06-15", {"PAK", "THA"}, {"IND"}),
        ("AZE", "AZE", "KAZ", "2020-06-01", {"AZE", "KAZ"}, set()),
    ],
)
def test_where_two_sides_keep_out_each_others_aircraft_those_of_either_fly_at_home(
    carrier, origin, destination, day, open_to, shut_to
):
    shipment = Shipment(carrier=carrier, modes=("air",), origin_area=origin, destination_area=destination)
    shut = set(rules_of(World.at(day), shipment).airspace)
    assert not shut & open_to
    assert shut >= shut_to


@pytest.mark.parametrize(
    ("carrier", "area", "other", "ferry", "day", "barred"),
    [
        # Russia: lorries of the EU hand over at its border since 2022-10-10
        ("LVA", "RUS", "LVA", "karasu-tuapse", "2023-06-01", True),
        ("DEU", "RUS", "GEO", "samsun-novorossiysk", "2023-06-01", True),
        ("POL", "RUS", "KAZ", "karasu-tuapse", "2023-06-01", True),
        ("TUR", "RUS", "GEO", "samsun-novorossiysk", "2023-06-01", False),
        ("LVA", "RUS", "LVA", "karasu-tuapse", "2022-09-01", False),
        # China: lorries of Pakistan handed over at Khunjerab
        ("PAK", "CHN", "KGZ", "", "2019-06-01", True),
        ("CHN", "CHN", "KGZ", "", "2019-06-01", False),
    ],
)
def test_a_carrier_that_must_hand_over_enters_by_no_border_and_no_ferry(carrier, area, other, ferry, day, barred):
    shipment = Shipment(carrier=carrier, origin_area="DEU", destination_area="KAZ")
    found = rules_of(World.at(day), shipment)
    assert (f"{other}>{area}" in found.swaps) is barred
    if ferry:
        assert (ferry in found.ferry_refusals) is barred


def test_without_a_carrier_lorries_hand_over_where_the_two_meet():
    found = rules_of(World.at("2023-06-01"), Shipment(origin_area="DEU", destination_area="KAZ"))
    assert "LVA>RUS" in found.swaps
    assert "GEO>RUS" not in found.swaps
    assert "karasu-tuapse" not in found.ferry_refusals
