"""Blocs and agreements as the world resolves them for freight."""

import pytest

from landbridge.errors import ScenarioError
from landbridge.facts import load
from landbridge.world import Trip, World, border_effects, diff, parse_scenario, resolve
from landbridge.world.agreements import agreement_in_force, agreement_rows, effects_in_force
from landbridge.world.formalities import formalities
from landbridge.world.freight import FELT_BY, effects_of, felt_by

FACTS = load()
DAY = World.at("2026-06-01")


def world(*events, day=DAY):
    return day.apply(parse_scenario("name: x\nevents:\n" + "".join(f"- {event}\n" for event in events)))


def found(one, trip, *border):
    return [(item.what, item.before, item.after) for item in formalities(one, trip).get(border, ())]


def test_closing_an_agreement_ends_its_rows_and_no_others():
    closed = world("{kind: close, subject: 'agreement:irn-eaeu-2023'}")
    assert border_effects(DAY, "IRN", "RUS", "road").no_duty
    assert not border_effects(closed, "IRN", "RUS", "road").no_duty
    gone = {row["id"] for row in effects_in_force(DAY)} - {row["id"] for row in effects_in_force(closed)}
    assert gone == {row["id"] for row in agreement_rows(FACTS)["irn-eaeu-2023"]}
    assert [(one.subject_kind, one.subject, one.after) for one in diff(DAY, closed)] == [
        ("agreement", "irn-eaeu-2023", "not in force")
    ]


def test_what_is_owed_by_an_agreement_ends_with_it():
    from landbridge.politics import alliance

    closed = world("{kind: close, subject: 'agreement:eaeu-2014'}")
    assert alliance(DAY, "EAEU").obligations
    assert not alliance(closed, "EAEU").obligations
    assert not alliance(closed, "EAEU").freight


def test_an_agreement_opened_before_its_days_has_its_first_rows_and_after_them_its_last():
    early = World.at("2024-01-01")
    opened = world("{kind: open, subject: 'agreement:irn-eaeu-2023'}", day=early)
    assert not border_effects(early, "IRN", "RUS", "road").no_duty
    assert border_effects(opened, "IRN", "RUS", "road").no_duty
    again = world("{kind: open, subject: 'agreement:irn-eaeu-2018'}")
    assert not agreement_in_force(DAY, "irn-eaeu-2018")
    assert {row["kind"] for row in effects_of(again, None, ["irn-eaeu-2018"])} == {"duty_cut_pct"}


def test_an_agreement_that_no_other_table_has_goes_by_its_short_name():
    closed = world("{kind: close, subject: 'agreement:eu-ukr-road'}")
    assert border_effects(DAY, "UKR", "POL", "road").permit_free
    assert not border_effects(closed, "UKR", "POL", "road").permit_free
    assert border_effects(closed, "MDA", "ROU", "road").permit_free


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("{kind: close, subject: 'agreement:irn-eaeu-2033'}", "agreement:irn-eaeu-2023"),
        ("{kind: close, subject: 'agreement:bishkek-1994'}", "no row of bloc_effects stands on it"),
        ("{kind: delay, subject: 'agreement:irn-eaeu-2023', hours: 3}", "use open to put an agreement in force"),
        ("{kind: close, subject: 'agreement:irn-eaeu-2023', modes: road}", "modes says nothing about"),
    ],
)
def test_what_cannot_be_said_of_an_agreement_is_refused(event, words):
    with pytest.raises(ScenarioError, match=words):
        world(event)


def test_an_area_that_a_row_names_leaves_it_with_the_bloc():
    left = world("{kind: leave, bloc: cis, areas: MDA}")
    assert border_effects(DAY, "MDA", "KGZ", "road").visa_free
    assert not border_effects(left, "MDA", "KGZ", "road").visa_free
    # visas by treaties of two, papers by treaties of their own
    for other, mode in (("RUS", "road"), ("KAZ", "road"), ("UKR", "rail"), ("ROU", "rail"), ("UKR", "road")):
        assert border_effects(left, "MDA", other, mode) == border_effects(DAY, "MDA", other, mode)


def test_common_transit_goes_by_members_on_their_days():
    for area, neighbour, first in (("UKR", "POL", "2022-10-01"), ("GEO", "TUR", "2025-02-01"),
                                   ("MDA", "ROU", "2025-11-01"), ("SRB", "BGR", "2016-02-01")):  # fmt: skip
        before = World.at(World.at(first).day.fromordinal(World.at(first).day.toordinal() - 1))
        papers = [border_effects(one, area, neighbour, "road").transit_documents for one in (before, World.at(first))]
        assert papers == [("TIR",), ("NCTS", "TIR")], area
    early = World.at("2021-06-01").apply("ukraine-georgia-in-common-transit")
    assert border_effects(early, "UKR", "POL", "road").transit_documents == ("NCTS", "TIR")
    assert border_effects(early, "UKR", "POL", "rail").transit_documents == ("NCTS",)
    late = DAY.apply("ukraine-georgia-out-of-common-transit")
    assert border_effects(late, "UKR", "POL", "road").transit_documents == ("TIR",)
    assert border_effects(late, "UKR", "POL", "rail").transit_documents == ()
    assert border_effects(late, "MDA", "ROU", "road") == border_effects(DAY, "MDA", "ROU", "road")


def test_a_text_of_whose_use_nothing_is_known_does_nothing():
    unused = {row["id"]: row for row in FACTS.table("bloc_effects").rows if row["use"] is not None}
    assert {"ots-transit-document-2022-11-11", "eco-transit-document-2006-05-19"} <= set(unused)
    areas = [row["id"] for row in FACTS.table("areas").rows if row["landlocked"] is not None]
    told = {key for a in areas for b in ("KAZ", "UZB", "TUR", "RUS", "ARE", "IRN") if a != b
            for mode in ("road", "rail") for _, key in border_effects(DAY, a, b, mode).rows}  # fmt: skip
    assert not set(unused) & told
    assert border_effects(DAY, "KAZ", "UZB", "road").transit_documents == ("TIR",)
    assert border_effects(DAY, "KAZ", "UZB", "rail").transit_documents == ()
    words = ("not verified", "unverified", "little used", "little applied")
    for row in FACTS.table("bloc_effects").rows:
        if row["use"] is None:
            assert not any(word in f"{row['note']} {row['doubt']}" for word in words), row["id"]


def test_an_alliance_says_which_text_is_not_known_to_be_used():
    from landbridge.politics import alliance

    told = {one.id: one for one in alliance(DAY, "OTS").freight}
    corridor = told["ots-transit-document-2022-11-11"]
    assert (corridor.use, corridor.felt) == ("unverified", "nothing")


def test_permits_by_quota_are_permits():
    assert border_effects(DAY, "KAZ", "RUS", "road").permit_free
    assert not border_effects(DAY, "CHN", "RUS", "road").permit_free
    assert not border_effects(DAY, "CHN", "KGZ", "road").permit_free


def test_goods_lorries_and_drivers_of_a_state_that_left():
    out = DAY.apply("armenia-out-of-eaeu")
    assert found(out, Trip("ARM", "RUS"), "GEO", "RUS") == [("union goods", 1.0, 0.0), ("permit", 0.5, 1.0)]
    assert found(out, Trip("ARM", "RUS"), "ARM", "GEO") == [("permit", 0.5, 1.0)]
    assert found(out, Trip("RUS", "ARM"), "GEO", "ARM") == [("union goods", 1.0, 0.0), ("permit", 0.5, 1.0)]
    # the lorry's state alone counts where it is asked for
    assert found(out, Trip("ARM", "RUS", carriers="ARM"), "GEO", "RUS")[1:] == [("permit", 0.0, 1.0)]
    assert found(out, Trip("ARM", "RUS", carriers="RUS"), "GEO", "RUS")[1:] == []
    assert found(out, Trip("ARM", "RUS", carriers="TUR"), "GEO", "RUS")[1:] == []
    # between third states nothing changes, and with no changed bloc nothing is looked for
    assert not formalities(out, Trip("CHN", "DEU"))
    assert not formalities(DAY, Trip("ARM", "RUS"))
    assert not resolve(DAY.apply("suez-closed"), Trip("ARM", "RUS")).formalities


def test_goods_of_a_union_that_a_state_joins_come_back_into_it():
    joined = world("{kind: join, bloc: eaeu, areas: TJK}")
    assert ("union goods", 0.0, 1.0) in found(joined, Trip("TJK", "RUS"), "UZB", "KAZ")
    assert ("union goods", 0.0, 1.0) not in found(joined, Trip("UZB", "RUS"), "UZB", "KAZ")


def test_who_joins_the_european_union_bars_the_carriers_that_it_bars():
    joined = world("{kind: join, bloc: eu, areas: GEO}")
    trip = Trip("GEO", "RUS", carriers="RUS")
    before, after = resolve(DAY, trip), resolve(joined, trip)
    assert before.area_refusal("GEO", "road") is None
    assert after.area_refusal("GEO", "road") is not None
    lawful = resolve(joined, Trip("GEO", "RUS", carriers="GEO"))
    assert lawful.area_refusal("GEO", "road") is None


def test_the_railways_note_goes_with_its_convention():
    assert border_effects(DAY, "POL", "UKR", "rail").document is not None
    left = world("{kind: leave, bloc: smgs, areas: CHN}")
    assert border_effects(DAY, "CHN", "KAZ", "rail").document == "SMGS"
    assert border_effects(left, "CHN", "KAZ", "rail").document is None
    joined = world("{kind: join, bloc: smgs, areas: TUR}")
    assert "SMGS" in border_effects(joined, "TUR", "GEO", "rail").documents


def test_who_feels_a_bloc_or_an_agreement():
    assert felt_by(FACTS, "csto") == frozenset()
    assert felt_by(FACTS, "eucu") <= {"trade", "nothing"}
    assert felt_by(FACTS, None, "eu-ukr-road") >= {"carriage"}
    assert felt_by(FACTS, "smgs") >= {"carriage"}
    kinds = {row["kind"] for row in FACTS.table("bloc_effects").rows}
    assert set(FELT_BY) <= kinds


def test_who_joins_a_customs_union_takes_its_common_tariff():
    for bloc, goods in (("eucu", "industrial goods"), ("eaeu", "all")):
        sides = ("ALL",), (f"bloc:{bloc}",)
        duties = [row for row in effects_of(DAY, bloc) if row["kind"] == "duty_pct"]
        common = [row for row in duties if (row["from_area_set"], row["to_area_set"]) == sides]
        assert [row["cargo"] for row in common] == [goods]
        assert 0 < common[0]["value"] < 20
