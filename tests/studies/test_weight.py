"""What rests on each row: amounts add up to the answers, shares to one, any kind of answer can take part."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from landbridge.answers import Reliance
from landbridge.errors import InputError
from landbridge.facts import load
from landbridge.politics import alliance
from landbridge.routing import RouteAnswer, RouteQuestion, answer_route
from landbridge.studies.ask import Asked, to_question
from landbridge.studies.standard import STANDARD, name_of, standard_questions
from landbridge.studies.weight import weigh, weigh_answers
from landbridge.world import World


@pytest.fixture(scope="module")
def answer() -> RouteAnswer:
    return answer_route(World.at("2023-06-01"), RouteQuestion("Almaty", "Istanbul"))


def test_what_rests_on_the_rows_is_the_whole_answer(answer: RouteAnswer) -> None:
    best = answer.routes[0]
    for name, total in (("hours", best.hours), ("usd", best.usd)):
        found = sum(one.amount for one in answer.reliances() if one.name == name)
        assert found == pytest.approx(total, rel=1e-3)


def test_rows_add_up_and_are_in_order(answer: RouteAnswer) -> None:
    found = weigh_answers(load(), [answer, answer])
    assert (found.asked, found.answered) == (2, 2)
    assert sum(row.share for row in found.rows) == pytest.approx(1.0)
    assert [row.share for row in found.rows] == sorted((row.share for row in found.rows), reverse=True)
    assert {row.answers for row in found.rows} == {2}
    for name in ("hours", "usd"):
        assert sum(found.shares[name].values()) == pytest.approx(1.0)
        of_d = sum(row.amounts[name] for row in found.rows if row.grade == "D")
        assert found.shares[name]["D"] == pytest.approx(of_d / sum(row.amounts[name] for row in found.rows))
    graded = found.graded("D")
    assert {row.grade for row in graded.rows} == {"D"}
    assert graded.shares == found.shares
    assert list(found.to_frame()) == ["table", "id", "grade", "hours", "usd", "verdicts", "answers", "share"]


@dataclass(frozen=True)
class GasLike:
    """An answer of another domain, with a unit of its own."""

    schema = "gas/1"
    answered = True

    def reliances(self) -> tuple[Reliance, ...]:
        return (Reliance("ports", "poti", "shortage", "bcm", 3.0), Reliance("nowhere", "x", "shortage", "bcm", -1.0))


def test_other_kinds_of_answers_bring_their_units() -> None:
    some: Any = GasLike()
    found = weigh_answers(load(), [some, some])
    assert found.units == {"shortage": "bcm"}
    first, second = found.rows
    assert (first.id, first.amounts["shortage"], first.answers, first.share) == ("poti", 6.0, 2, 0.75)
    assert (second.grade, second.amounts["shortage"]) == ("D", 2.0), "what no table has is nobody's fact"


def test_a_reasoned_no_rests_on_the_rows_that_refuse() -> None:
    refused = answer_route(World.at("2024-06-01"), RouteQuestion("Kyiv", "Moscow"))
    found = weigh_answers(load(), [refused])
    assert refused.no_route is not None
    cited = {(one["table"], one["id"]) for one in refused.no_route.blocked_by}
    assert (found.asked, found.answered, set(found.units)) == (1, 1, {"verdicts"})
    assert {(row.table, row.id) for row in found.rows} == cited


def test_states_and_members_carry_verdicts(answer: RouteAnswer) -> None:
    said = {(one.table, one.id) for one in answer.reliances() if one.name == "verdicts"}
    weighed = {(one.table, one.id) for one in answer.reliances() if one.name != "verdicts"}
    assert "crossing_status" in {table for table, _ in said}
    assert not said & weighed
    csto = alliance(World.at("2022-05-16"), "CSTO")
    rows = {(one.table, one.id) for one in csto.reliances()}
    assert "memberships" in {table for table, _ in rows}
    assert rows == {(one.table, one.id) for one in csto.evidence}


def test_time_that_is_over_leaves_questions() -> None:
    one = Asked(to_question({"kind": "alliance", "bloc": "CSTO"}), "2022-05-16")
    found = weigh(load(), [one, one], seconds=-1.0)
    assert (found.asked, found.left, found.rows) == (0, 2, ())


def test_the_standard_questions_hold_the_corridors_on_each_day() -> None:
    facts = load()
    asked = standard_questions(facts)
    branches = len(facts.table("corridors").rows)
    routes = [one for one in asked if one.question.kind == "route"]
    assert len([one for one in routes if one.question.to_dict()["from"] == "Mumbai"]) >= 5
    chains = [one for one in routes if one.name]
    assert len(chains) == 3 * branches
    assert {one.on for one in chains} == {"2019-06-01", "2023-06-01", "2025-06-01"}
    assert all(one.on for one in asked), "no answer depends on the day of the facts"
    ends = {one.question.to_dict()[side] for one in routes for side in ("from", "to")}
    assert not ends & set(facts.table("ferries").by_id)
    assert len({name_of(one) for one in asked}) == len(asked), "each question has a name of its own"


def test_the_standard_questions_hold_each_scenario_of_gas_all_alliances_and_records() -> None:
    from landbridge.world.fuels import speaks_of_energy
    from landbridge.world.library import list_scenarios, read_scenario

    facts = load()
    asked = standard_questions(facts)
    energy = {name for one in asked if one.question.kind in ("gas", "oil") for name in one.scenarios}
    shipped = [read_scenario(name, facts) for name in list_scenarios()]
    assert {one.name for one in shipped if all(speaks_of_energy(event) for event in one.events)} <= energy
    blocs = {one.question.to_dict()["bloc"] for one in asked if one.question.kind == "alliance"}
    assert {row["id"] for name in ("blocs", "formats") for row in facts.table(name).rows} == blocs
    records = {one.question.to_dict()["record"] for one in asked if one.question.kind == "record"}
    assert set(facts.table("records").by_id) == records


def test_the_standard_questions_hold_profiles_of_forty_areas() -> None:
    asked = standard_questions(load())
    areas = [one.question.to_dict()["area"] for one in asked if one.question.kind == "country"]
    assert len(set(areas)) == len(areas) == 40
    assert set(areas) <= set(load().table("areas").by_id)


def test_questions_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text(
        "questions:\n  - {kind: route, from: Baku, to: Tbilisi, modes: [road], on: 2023-06-01}\n"
        "  - {kind: route, from: Dammam, to: Rotterdam, modes: [sea], on: 2023-06-01, scenario: hormuz-closed}\n"
    )
    told: list[tuple[int, int]] = []
    found = weigh(load(), standard_questions(load(), path), lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]
    assert (found.asked, found.answered) == (2, 2)
    path.write_text("questions:\n  - {kind: route, from: Baku, too: Tbilisi}\n")
    with pytest.raises(InputError, match=r"questions\.0"):
        standard_questions(load(), path)
    path.write_text("- a\n")
    with pytest.raises(InputError, match="a mapping"):
        standard_questions(load(), path)
    assert STANDARD.exists()
