"""Who belongs to what on which day, by a table of its own; other names; overlaps; formats; scenarios."""

import csv
from datetime import date
from pathlib import Path

import pytest

from landbridge.errors import InputError
from landbridge.facts import load
from landbridge.politics.grouping import find, names
from landbridge.politics.membership import BOUND, ORDER, OUTSIDE, alive, bound, history, overlaps, standings_of
from landbridge.world import World
from landbridge.world.events import Event
from landbridge.world.scenario import Scenario

FACTS = load()
with (Path(__file__).parent / "members.csv").open(encoding="utf-8", newline="") as stream:
    MEMBERS = [(row["bloc"], row["date"], row["members"].split()) for row in csv.DictReader(stream)]
"""Members put together from lists of accessions and exits, with their sources, not from the tables of the package.
CAREC of 2000: its own later pages say eight partners since 1997; five held its first conference of ministers."""
with (Path(__file__).parent / "member_counts.csv").open(encoding="utf-8", newline="") as stream:
    COUNTS = [
        (row["bloc"], row["date"], int(row["published"]), int(row["not_areas"])) for row in csv.DictReader(stream)
    ]
"""Published numbers of members, suspended ones among them, and how many of these are no areas here."""


def standing(bloc, day, *events):
    world = World.at(day)
    if events:
        world = world.apply(Scenario(name="x", events=tuple(Event.model_validate(one) for one in events)))
    return standings_of(world, find(FACTS, bloc))


@pytest.mark.parametrize(("bloc", "day", "members"), MEMBERS)
def test_members_of_the_blocs_on_ten_days(bloc, day, members):
    told = standing(bloc, day)
    assert sorted(one.area for one in told if one.status == "member" and one.pair_with is None) == members


@pytest.mark.parametrize(("bloc", "day", "published", "not_areas"), COUNTS)
def test_blocs_have_as_many_members_as_is_published(bloc, day, published, not_areas):
    told = {one.area for one in standing(bloc, day) if one.status in ("member", "suspended") and one.pair_with is None}
    assert len(told) == published - not_areas


def test_every_bloc_of_the_systems_has_its_members_on_ten_days():
    days = {bloc: {day for name, day, *_ in (*MEMBERS, *COUNTS) if name == bloc} for bloc in
            {name for name, *_ in (*MEMBERS, *COUNTS)}}  # fmt: skip
    for bloc in ("csto", "union-state", "nato", "pfp", "b9", "ots", "eu", "eaeu", "eurasec", "sco", "cis", "brics",
                 "eco", "3+3", "5+3", "caspian5", "adb", "coe", "oic", "osce", "wto", "carec", "aiib"):  # fmt: skip
        assert len(days[bloc]) == 10, bloc


def test_a_bloc_whose_list_is_not_whole_says_so_and_counts_in_no_overlap():
    from landbridge.politics.alignment import alignment
    from landbridge.politics.answering import alliance

    world = World.at("2026-06-01")
    gaps = {row["id"]: row["unlisted"] for row in FACTS.table("blocs").rows if row["unlisted"]}
    assert {"bri", "aiib", "eea", "ctc"} <= set(gaps)
    for bloc in ("bri", "aiib"):
        assert f"unlisted:{gaps[bloc]}" in alliance(world, bloc).remarks
    assert "not-areas:Cook Islands, Niue" in alliance(world, "ADB").remarks
    assert not any(one.startswith(("unlisted", "not-areas")) for one in alliance(world, "OSCE").remarks)
    everyone = tuple(row["id"] for row in FACTS.table("areas").rows)
    found = {one.bloc: len(one.areas) for one in overlaps(world, everyone)}
    assert not set(gaps) & set(found)
    assert (found["osce"], found["coe"], found["oic"]) == (57, 46, 57)
    shared = next(one for one in alignment(world, "SRB") if one.name == "memberships").values
    assert shared["russia"] >= 1


def test_what_is_told_of_a_bloc_is_of_its_day():
    from landbridge.politics.answering import alliance

    def told(bloc, day):
        return next((one for one in alliance(World.at(day), bloc).remarks if one.startswith("told:")), "")

    assert "2026-05-29" in told("eaeu", "2026-06-01")
    assert "Armenia for a referendum" in told("eaeu", "2026-06-01")
    assert "Armenia" not in told("eaeu", "2026-05-28")
    assert "frozen" in told("csto", "2024-06-01")
    assert "frozen" not in told("csto", "2022-05-16")


def test_blocs_without_a_member_in_the_tables_are_marked():
    bare = {row["id"] for row in FACTS.table("blocs").rows} - {row["bloc"] for row in FACTS.table("memberships").rows}
    assert all(FACTS.row("blocs", bloc)["unlisted"] for bloc in bare)


def test_who_was_shut_out_or_let_in_again_by_day():
    def status(bloc, area, day):
        return {one.area: one.status for one in standing(bloc, day)}.get(area)

    assert [status("coe", "RUS", day) for day in ("1996-02-27", "1996-02-28", "2022-03-15", "2022-03-16")] == [
        None, "member", "member", None]  # fmt: skip
    assert [status("oic", "SYR", day) for day in ("2012-08-14", "2012-08-15", "2025-03-06", "2025-03-07")] == [
        "member", "suspended", "suspended", "member"]  # fmt: skip
    assert status("aiib", "ARM", "2025-06-01") == "candidate"


def test_armenia_in_the_treaty_is_frozen_and_still_bound():
    before, after = standing("csto", "2024-02-21"), standing("csto", "2024-02-22")
    assert {one.area: one.status for one in before}["ARM"] == "member"
    frozen = next(one for one in after if one.area == "ARM")
    assert (frozen.status, frozen.since) == ("frozen", date(2024, 2, 22))
    assert "full member" in frozen.note
    assert sorted(bound(after)) == sorted(bound(before)) == ["ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK"]


def test_statuses_are_told_apart():
    by = {one.area: one.status for one in standing("sco", "2024-01-01")}
    assert (by["IRN"], by["BLR"], by["TUR"]) == ("member", "observer", "partner")
    assert {one.area: one.status for one in standing("csto", "2012-09-01")}["UZB"] == "suspended"
    assert {one.area: one.status for one in standing("brics", "2025-06-01")}["SAU"] == "invited"


def test_two_members_may_suspend_each_other_alone():
    told = standing("cisfta", "2020-01-01")
    pairs = {(one.area, one.pair_with) for one in told if one.pair_with}
    assert pairs == {("RUS", "UKR"), ("UKR", "RUS")}
    assert {"RUS", "UKR"} <= set(bound(told))


def test_overlaps_are_sets():
    world = World.at("2022-05-16")
    csto = bound(standings_of(world, find(FACTS, "csto")))
    found = {one.bloc: set(one.areas) for one in overlaps(world, csto, "csto")}
    assert found["pfp"] == {"ARM", "KAZ", "KGZ", "TJK"}
    assert found["ots"] & found["eaeu"] == {"KAZ", "KGZ"}
    assert "csto" not in found
    assert all(areas <= set(csto) for areas in found.values())


def test_a_scenario_lets_areas_in_and_out():
    joined = {one.area: one for one in standing("csto", "2022-05-16", {"kind": "join", "bloc": "csto", "areas": "SRB"})}
    assert joined["SRB"].status == "member"
    assert joined["SRB"].by_scenario
    assert joined["SRB"].since is None
    gone = standing("csto", "2024-06-01", {"kind": "leave", "bloc": "csto", "areas": "ARM"})
    assert "ARM" not in {one.area for one in gone}
    frozen = standing("csto", "2022-05-16", {"kind": "freeze", "bloc": "csto", "areas": "KGZ"})
    assert {one.area: one.status for one in frozen}["KGZ"] == "frozen"
    back = standing("csto", "2024-06-01", {"kind": "join", "bloc": "csto", "areas": "ARM"})
    assert {one.area: one.status for one in back}["ARM"] == "member"


@pytest.mark.parametrize(
    "name",
    [
        "csto", "cst-1992", "csto-observers", "union-state", "rus-arm-ally", "rus-aze-partnership", "nato", "pfp", "b9",
        "intermarium", "ots", "aze-tur", "aze-isr", "irn-tur-partnership", "rus-chn-irn", "irn-chn-25", "irn-rus-20",
        "pak-irn-training", "tur-aze-pak", "ind-irn-axis", "resistance-axis", "us-tur-bargain", "eu", "eaeu", "eurasec",
        "irn-eaeu-pta", "irn-eaeu-fta", "irn-eaeu-entry", "sco", "irn-sco-entry", "cis", "brics", "eco", "carec", "adb",
        "aiib", "bri", "greater-eurasia", "tur-caucasus-bloc", "aliyev-platform", "three-plus-three", "five-plus-three",
        "irn-aze-rus", "irn-aze-tur", "caspian-five", "ec-forums", "jcpoa", "tur-arm-talks", "zurich-2009", "nk-1990s",
        "tri-2020", "tri-2021", "minsk-donbas", "dostluk", "arms-control", "geneva-2021", "rus-security-proposals",
        "democracy-formats", "indo-pacific", "nato-nordic",
    ],
)  # fmt: skip
def test_every_alliance_bloc_agreement_and_format_is_found(name):
    assert find(FACTS, name).name


def test_names_are_found_however_they_are_written():
    wanted = find(FACTS, "eaeu")
    for text in ("EAEU", " Eurasian  Economic Union ", "eurasian-economic-union", "EEU"):
        assert find(FACTS, text) == wanted
    with pytest.raises(InputError, match=r"nearest valid: .*brics"):
        find(FACTS, "bricks")
    assert all(find(FACTS, text) is not None for text in names(FACTS))


def test_formats_and_ideas_are_sets_of_areas():
    assert {one.area for one in standing("aliyev-platform", "2021-06-01")} == {"ARM", "AZE", "GEO", "IRN", "RUS", "TUR"}
    assert standing("aliyev-platform", "2022-06-01") == ()
    assert {one.status for one in standing("intermarium", "2022-06-01")} == {"named"}
    assert not bound(standing("five-plus-three", "2022-06-01"))
    georgia = {one.area: one.status for one in standing("3+3", "2022-06-01")}["GEO"]
    assert georgia == "declined"
    assert {one.status for one in standing("5+3", "2022-06-01")} == {"proposed"}
    assert standing("5+3", "2021-06-01") == ()
    assert not alive(World.at("2016-01-01"), find(FACTS, "eurasec"))


def test_who_asked_was_asked_or_named_is_no_candidate_and_it_is_said_by_whom():
    rows = [row for row in FACTS.table("memberships").rows if row["status"] in OUTSIDE]
    assert {row["status"] for row in rows} == set(OUTSIDE)
    for row in rows:
        assert row["note"], row["id"]
        assert row["from"], row["id"]
        assert row["grade"] in "ABC", row["id"]
    # accepted by the body or signed, never a mere wish or a proposal, and looked up
    words = ("hypothetical", "intends", "invited with", "declines", "no such body")
    for row in FACTS.table("memberships").where(status="candidate"):
        assert row["grade"] in "ABC", row["id"]
        assert not any(word in f"{row['note']} {row['doubt']}".lower() for word in words), row["id"]


@pytest.mark.parametrize(
    ("bloc", "day", "area", "status"),
    [
        ("brics", "2023-10-01", "ARG", "invited"),
        ("brics", "2024-01-02", "ARG", "declined"),
        ("brics", "2023-10-01", "IRN", "invited"),
        ("brics", "2024-01-02", "IRN", "member"),
        ("ashgabat", "2025-06-01", "ARM", "applied"),
        ("instc", "2023-01-01", "TKM", "applied"),
        ("eu", "2023-01-01", "XKX", "applied"),
        ("oecd", "2022-06-01", "BRA", "candidate"),
    ],
)
def test_standings_of_those_who_are_not_in(bloc, day, area, status):
    assert {one.area: one.status for one in standing(bloc, day)}[area] == status


def test_the_timeline_ends_on_the_day():
    told = history(World.at("2005-01-01"), find(FACTS, "csto"))
    assert {(one["area"], one["to"]) for one in told} >= {("AZE", "1999-04-20"), ("ARM", None)}
    assert all(one["from"] is None or one["from"] <= "2005-01-01" for one in told)


@pytest.mark.parametrize("day", ["1993-01-01", "2008-01-01", "2026-06-01"])
def test_all_that_is_told_are_areas_with_known_statuses(day):
    world = World.at(day)
    areas = {row["id"] for row in FACTS.table("areas").rows}
    for table in ("blocs", "formats", "agreements"):
        for row in FACTS.table(table).rows:
            told = standings_of(world, find(FACTS, row["id"]))
            assert {one.area for one in told} <= areas
            assert {one.status for one in told} <= set(ORDER)
            assert all(one.since is None or one.since <= world.day for one in told if one.status in BOUND)


@pytest.mark.parametrize(
    ("bloc", "day", "area", "since", "precision"),
    [
        ("rus-arm-1997", "2022-05-16", "ARM", "1998-01-01", "year"),
        ("csto", "2022-05-16", "ARM", "1994-04-20", "day"),
        ("pfp", "2022-01-01", "BLR", "2021-11-19", "day"),
        ("5+3", "2022-05-16", "KGZ", "2021-07-01", "month"),
        # A party as a member of a group: the day of the text is not its own.
        ("gatt-v", "2022-05-16", "ARM", None, ""),
    ],
)
def test_first_days_are_as_precise_as_their_rows_and_of_the_party_itself(bloc, day, area, since, precision) -> None:
    world = World.at(day)
    one = next(one for one in standings_of(world, find(FACTS, bloc)) if one.area == area)
    assert (one.to_dict()["since"], one.since_precision) == (since, precision)


def test_a_body_that_signed_makes_its_members_no_parties() -> None:
    world = World.at("2020-09-01")
    assert bound(standings_of(world, find(FACTS, "minsk2"))) == ("RUS", "UKR")


def statuses(bloc, day):
    return {one.area: one.status for one in standing(bloc, day)}


def test_who_acceded_to_the_trade_organisation_was_an_observer_before():
    """Every member that joined by negotiation, and one standing for all that still negotiate."""
    late = [row for row in FACTS.table("memberships").rows
            if row["bloc"] == "wto" and row["status"] == "member" and row["from"].first > date(1997, 4, 1)]  # fmt: skip
    assert len(late) > 30
    for row in late:
        eve = date.fromordinal(row["from"].first.toordinal() - 1)
        assert statuses("wto", str(eve))[row["area"]] == "observer", row["id"]
    for day, areas in (("2010-01-01", "RUS KAZ TJK AFG UZB AZE BLR SRB BIH IRN IRQ MNE LAO YEM"),
                       ("2026-06-01", "UZB AZE BLR SRB BIH IRN IRQ TKM SYR LBN")):  # fmt: skip
        assert {statuses("wto", day)[area] for area in areas.split()} == {"observer"}
    assert (statuses("wto", "2004-01-01")["IRN"], statuses("wto", "2009-01-01")["SYR"]) == ("applied", "applied")
    assert statuses("wto", "2013-01-01")["RUS"] == "member"


@pytest.mark.parametrize(("area", "day", "before"), [
    ("IRN", "2017-01-16", None), ("IRQ", "2022-08-04", None), ("AZE", "2016-06-24", None), ("BLR", "2019-01-17", None),
    ("RUS", "2015-12-28", None), ("GEO", "2015-12-25", None), ("ARM", "2025-09-04", "candidate"),
])  # fmt: skip
def test_a_member_of_the_infrastructure_bank_by_its_instrument(area, day, before):
    eve = date.fromordinal(date.fromisoformat(day).toordinal() - 1)
    assert (statuses("aiib", str(eve)).get(area), statuses("aiib", day)[area]) == (before, "member")


def test_who_applied_the_energy_charter_provisionally_was_no_member():
    told = statuses("ect", "2005-06-01")
    assert (told["RUS"], told["BLR"], told["KAZ"]) == ("partner", "partner", "member")
    assert "RUS" not in statuses("ect", "2009-10-19")


@pytest.mark.parametrize(("bloc", "since", "least"), [("nato", date(1999, 1, 1), 16), ("eu", date(2004, 1, 1), 13)])
def test_every_late_member_was_a_candidate_on_the_eve_and_none_has_two_standings(bloc, since, least):
    rows = FACTS.table("memberships").where(bloc=bloc)
    late = [row for row in rows if row["status"] == "member" and row["from"].first >= since]
    assert len(late) >= least
    for row in late:
        eve = date.fromordinal(row["from"].first.toordinal() - 1)
        assert statuses(bloc, str(eve))[row["area"]] == "candidate", row["id"]
    # one standing of an area at a time
    for row in rows:
        if row["from"] and row["status"] in ("candidate", "applied"):
            day = max(row["from"].first, date(1991, 1, 1))
            told = [one.status for one in standing(bloc, str(day)) if one.area == row["area"]]
            assert told == [row["status"]], row["id"]


@pytest.mark.parametrize(("bloc", "day", "status", "areas"), [
    ("nato", "1998-06-01", "candidate", "CZE HUN POL"),
    ("nato", "2003-06-01", "candidate", "ALB BGR EST HRV LTU LVA MKD ROU SVK SVN"),
    ("nato", "2014-03-10", "candidate", "BIH GEO MKD MNE UKR"),
    ("nato", "2022-06-01", "applied", "FIN SWE"),
    ("nato", "2022-12-01", "candidate", "BIH FIN GEO SWE UKR"),
    ("nato", "2023-09-01", "candidate", "BIH GEO SWE UKR"),
    ("eu", "1997-06-01", "applied", "BGR CYP CZE EST HUN LTU LVA MLT POL ROU SVK SVN TUR"),
    ("eu", "2003-06-01", "candidate", "BGR CYP CZE EST HUN LTU LVA MLT POL ROU SVK SVN TUR"),
    ("eu", "2003-06-01", "applied", "HRV"),
    ("eu", "2006-06-01", "candidate", "BGR HRV MKD ROU TUR"),
    ("eu", "2012-06-01", "candidate", "HRV ISL MKD MNE SRB TUR"),
    ("eu", "2016-06-01", "candidate", "ALB MKD MNE SRB TUR"),
    ("eu", "2022-05-16", "applied", "BIH GEO MDA UKR"),
])  # fmt: skip
def test_who_was_about_to_join_on_a_day(bloc, day, status, areas):
    assert sorted(area for area, told in statuses(bloc, day).items() if told == status) == areas.split()


@pytest.mark.parametrize(
    ("text", "area", "day"),
    [("rus-un-mou-2022", "UZB", "2023-01-01"), ("bsgi-2022", "SRB", "2023-01-01"), ("prague-2022", "DEU", "2023-01-01"),
     ("jcpoa", "POL", "2017-01-01"), ("csto-bases-2011", "UZB", "2020-01-01")],
)  # fmt: skip
def test_who_did_not_sign_or_left_is_no_party(text, area, day):
    assert area not in bound(standings_of(World.at(day), find(FACTS, text)))


def test_contracting_parties_of_the_energy_community_before_they_joined_the_union():
    at = {day: set(bound(standing("energy-community", day))) for day in ("2006-12-01", "2012-06-01", "2014-01-01")}
    assert {"BGR", "HRV", "ROU"} <= at["2006-12-01"]
    assert at["2012-06-01"] & {"BGR", "HRV", "ROU"} == {"HRV"}
    assert not at["2014-01-01"] & {"BGR", "HRV", "ROU"}


@pytest.mark.parametrize(
    ("text", "area", "before", "since"),
    [
        ("cisfta-2011", "TJK", "2015-12-31", "2016-01-01"),
        ("cisfta-2011", "UZB", "2013-06-01", "2014-01-01"),
        ("cisfta-2011", "RUS", None, "2012-09-20"),
        ("eaeu-2014", "KGZ", "2015-08-11", "2015-08-12"),
        ("eaeu-2014", "ARM", "2014-12-31", "2015-01-02"),
        ("ashgabat-2011", "IND", "2018-02-02", "2018-02-03"),
    ],
)
def test_a_party_that_joined_later_is_one_from_its_own_day(text, area, before, since):
    told = {one.area: str(one.since) for one in standings_of(World.at("2020-09-01"), find(FACTS, text))}
    assert told[area] == since
    if before is not None:
        assert area not in bound(standings_of(World.at(before), find(FACTS, text)))


def test_who_leaves_a_union_is_no_party_of_its_treaty():
    left = [{"kind": "leave", "bloc": "eaeu", "areas": "ARM"}]
    base = World.at("2026-06-01")
    out = base.apply(Scenario(name="x", events=tuple(Event.model_validate(one) for one in left)))
    text = find(FACTS, "eaeu-2014")
    assert "ARM" in bound(standings_of(base, text))
    assert "ARM" not in bound(standings_of(out, text))


def test_tajikistan_is_told_of_the_central_asian_treaty_from_its_own_signature():
    assert "TJK" not in bound(standings_of(World.at("2024-11-01"), find(FACTS, "ca-treaty-2022")))
    assert "TJK" in bound(standings_of(World.at("2025-09-01"), find(FACTS, "ca-treaty-tjk-2025")))
