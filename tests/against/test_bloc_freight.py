"""What an analyst must see when a state joins or leaves, or an agreement starts or ends, and what must stay."""

from functools import cache
from typing import Any

import pytest
from typer.testing import CliRunner

from landbridge.cli.app import app
from landbridge.politics import alliance
from landbridge.report.checks import unsourced
from landbridge.routing import route
from landbridge.world import World

DAY = "2026-06-01"


@cache
def asked(scenario: str, start: str, goal: str, mode: str, day: str = DAY) -> dict[str, Any]:
    world = World.at(day)
    return route(world.apply(scenario) if scenario else world, start, goal, modes=(mode,), n=1).to_dict()


def both(scenario: str, *question: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The first way without and with a scenario."""
    base, other = asked("", *question), asked(scenario, *question)
    return base["routes"][0], other["routes"][0]


def notes(way: dict[str, Any]) -> dict[str, str]:
    """What legs say of the scenario, by where they begin."""
    return {leg["from"]: leg["note"] for leg in way["legs"] if "changed by the scenario" in (leg.get("note") or "")}


def cited(way: dict[str, Any]) -> set[str]:
    return {row["id"] for row in way["evidence"] if row["table"] == "bloc_effects"}


def test_yerevan_to_moscow_with_armenia_outside_the_union() -> None:
    base, out = both("armenia-out-of-eaeu", "Yerevan", "Moscow", "road")
    assert [row["id"] for row in out["crossings"]] == [row["id"] for row in base["crossings"]]
    assert "GEO-RUS-upper-lars" in {row["id"] for row in out["crossings"]}
    assert out["hours"] > base["hours"] + 1.0
    assert out["usd"] > base["usd"]
    told = next(note for start, note in notes(out).items() if "Dariali" in start)
    assert all(word in told for word in ("status of the goods +", "other transit papers +", "permit +"))
    assert {"eaeu-no-border-check-2015-01-01", "eaeu-permit-free-2015-01-01"} <= cited(out)
    assert not notes(base)
    # hours are added at the post alone
    for one, other in zip(base["legs"], out["legs"], strict=True):
        assert one["kind"] == "crossing" or one["hours"] == other["hours"]


@pytest.mark.parametrize(
    ("scenario", "start", "goal", "mode"),
    [
        ("armenia-out-of-eaeu", "Almaty", "Moscow", "road"),
        ("armenia-out-of-eaeu", "Tbilisi", "Yerevan", "road"),
        ("iran-eaeu-trade-suspended", "Tabriz", "Yerevan", "road"),
        ("georgia-in-eu-customs-union", "Tbilisi", "Sofia", "road"),
        ("moldova-outside-cis", "Chisinau", "Bucharest", "road"),
        ("moldova-outside-cis", "Chisinau", "Kyiv", "rail"),
        ("ukraine-georgia-out-of-common-transit", "Chisinau", "Bucharest", "road"),
        ("ukraine-georgia-out-of-common-transit", "Istanbul", "Sofia", "road"),
        ("ukraine-georgia-out-of-common-transit", "Tbilisi", "Yerevan", "road"),
    ],
)
def test_what_has_no_part_in_it_stays(scenario: str, start: str, goal: str, mode: str) -> None:
    base, out = both(scenario, start, goal, mode)
    for name in ("km", "hours", "hours_p10", "hours_p90", "usd", "generalised_usd", "kg_co2e", "legs", "crossings"):
        assert out[name] == base[name], name


@pytest.mark.parametrize("scenario", ["iran-eaeu-trade-suspended", "georgia-in-eu-customs-union"])
def test_what_changes_duties_alone_is_said_to(scenario: str) -> None:
    goal = ("Tabriz", "Yerevan") if "iran" in scenario else ("Tbilisi", "Sofia")
    (note,) = (note for note in asked(scenario, *goal, "road")["notes"] if note.startswith(scenario))
    assert "it changes duties" in note


def test_moldova_keeps_its_visas_by_treaties_of_two() -> None:
    base, out = both("moldova-outside-cis", "Chisinau", "Bishkek", "road")
    assert {note.partition("visa")[1] for note in notes(out).values()} == {"visa"}
    assert out["hours"] == base["hours"]
    assert out["usd"] > base["usd"]
    assert "cis-visa-free-driver-1992-10-09" in cited(out)


def test_ukraine_in_and_out_of_common_transit() -> None:
    base, out = both("ukraine-georgia-out-of-common-transit", "Kyiv", "Warsaw", "road")
    assert out["usd"] > base["usd"]
    assert out["hours"] == base["hours"]
    assert "ctc-transit-document-1988-01-01" in cited(out)
    early, inside = both("ukraine-georgia-in-common-transit", "Kyiv", "Warsaw", "road", "2021-06-01")
    assert inside["usd"] < early["usd"]
    rail, without = both("ukraine-georgia-out-of-common-transit", "Kyiv", "Warsaw", "rail")
    assert without["usd"] > rail["usd"]


@pytest.mark.parametrize(
    "question",
    [
        ("Tbilisi", "Sofia", "road"),
        ("Kyiv", "Warsaw", "road"),
        ("Kyiv", "Warsaw", "rail"),
        ("Kyiv", "Istanbul", "road"),
        ("Yerevan", "Istanbul", "road"),
    ],
)
def test_common_transit_is_felt_at_the_border_of_a_ferry_as_at_one_by_land(question: tuple[str, str, str]) -> None:
    base, out = both("ukraine-georgia-out-of-common-transit", *question)
    assert out["hours"] == base["hours"]
    assert 10 < out["usd"] - base["usd"] < 60
    (note,) = notes(out).values()
    assert "other transit papers +" in note
    assert "ctc-transit-document-1988-01-01" in cited(out)


def test_common_transit_through_turkey_is_felt_at_sarp_alone() -> None:
    def asked_by_sarp(world: World) -> dict[str, Any]:
        way: dict[str, Any] = route(world, "Tbilisi", "Sofia", modes=("road",), via=("GEO-TUR-sarpi",), n=1).to_dict()
        return dict(way["routes"][0])

    world = World.at(DAY)
    base, out = asked_by_sarp(world), asked_by_sarp(world.apply("ukraine-georgia-out-of-common-transit"))
    assert {"GEO-TUR-sarpi", "BGR-TUR-kapikule-road"} <= {row["id"] for row in out["crossings"]}
    changed = [leg for leg, before in zip(out["legs"], base["legs"], strict=True) if leg["usd"] != before["usd"]]
    assert [leg["kind"] for leg in changed] == ["crossing"]
    assert "Sarp" in changed[0]["from"]


def test_iran_in_the_union_is_felt_at_its_border_with_armenia_and_where_union_goods_come_back() -> None:
    base, inside = both("iran-in-eaeu", "Tehran", "Yerevan", "road")
    assert inside["hours"] < base["hours"]
    assert "customs control done away with" in next(iter(notes(inside).values()))
    far, same = both("iran-in-eaeu", "Tabriz", "Istanbul", "road")
    assert (far["hours"], far["usd"]) == (same["hours"], same["usd"])


def test_measures_of_one_state_end_for_its_own_trade_and_not_for_what_others_choose() -> None:
    scenario = "us-sanctions-on-iran-lifted"
    banned = asked("", "Houston", "Bandar Abbas", "sea", "2025-06-01")
    assert banned["no_route"]
    assert asked(scenario, "Houston", "Bandar Abbas", "sea", "2025-06-01")["routes"]
    base, lifted = both(scenario, "Hamburg", "Bandar Abbas", "sea", "2025-06-01")
    assert (base["hours"], base["usd"]) == (lifted["hours"], lifted["usd"])


def test_the_command_tells_what_the_scenario_does_at_the_border(tmp_path: Any) -> None:
    question = tmp_path / "q.yaml"
    question.write_text("{kind: route, from: Yerevan, to: Moscow, modes: [road], n: 1}", encoding="utf-8")
    page = tmp_path / "c.html"
    asked_for = ["--scenario", "armenia-out-of-eaeu", "--question", str(question), "--html", str(page)]
    done = CliRunner().invoke(app, ["compare", "--on", DAY, *asked_for])
    assert done.exit_code == 0
    assert "status of the goods +" in done.stdout
    assert "loses" in done.stdout
    assert "status of the goods +" in page.read_text(encoding="utf-8")
    assert not unsourced(page.read_text(encoding="utf-8"))


def test_an_alliance_lists_what_it_does_to_freight() -> None:
    answer = alliance(World.at(DAY), "EAEU")
    kinds = {one.kind: one.felt for one in answer.freight}
    assert kinds["no_border_check"] == kinds["permit_free"] == kinds["transit_document"] == "carriage"
    assert kinds["no_duty"] == "trade"
    told = answer.to_dict()["freight"]
    assert all(row["grade"] in "ABCD" and row["since"] for row in told)
    assert {row["id"] for row in told} <= {row["id"] for row in answer.to_dict()["evidence"]}
    assert not alliance(World.at(DAY), "CSTO").freight


@pytest.mark.parametrize(
    ("scenario", "ends", "said"),
    [
        ("georgia-in-eu-customs-union", ("Tbilisi", "Sofia"),
         ("Begins: no duty, Georgia with members of European Union (all modes; industrial goods)",
          "was so before by geo-dcfta", "Begins: duty (4.1 pct mean MFN), Georgia with all others",
          "None of these effects changes hours")),
        ("moldova-outside-cis", ("Chisinau", "Bishkek"),
         ("Ends: drivers without visa, Moldova with Kyrgyzstan, Tajikistan (road); felt by hours and money",
          "felt by trade: no part of the freight bill")),
        ("iran-eaeu-trade-suspended", ("Tabriz", "Yerevan"),
         ("Ends: no duty (0 pct on 87 to 90 percent of goods), Iran with Armenia",
          "Ends: duty (4.5 pct mean), Iran with Russia",
          "Interfax 2025-03-17", "None of these effects changes hours")),
    ],
)  # fmt: skip
def test_a_comparison_says_what_a_scenario_changes_on_paper_and_why_a_way_stays(scenario, ends, said, tmp_path) -> None:
    page = tmp_path / "c.html"
    done = CliRunner().invoke(app, ["compare", *ends, "--on", DAY, "--scenario", scenario, "--html", str(page)])
    assert done.exit_code == 0
    text = " ".join(done.stdout.split())
    assert all(" ".join(one.split()) in text for one in said), text
    assert ("None of these effects changes" in text) is (scenario != "moldova-outside-cis")
    assert not unsourced(page.read_text(encoding="utf-8"))
    assert "Ends:" in page.read_text(encoding="utf-8") or "Begins:" in page.read_text(encoding="utf-8")
