"""Many rows answered by several processes: the same rows as by one."""

from __future__ import annotations

import pytest

from landbridge.errors import InputError
from landbridge.routing import RouteQuestion, RouteRow, RoutesQuestion, Shipment, answer_routes, crew
from landbridge.routing.answering import answer_route, prepare
from landbridge.routing.batch import out_rows
from landbridge.routing.plan import ASKED_KEPT
from landbridge.world import World

ROADS = Shipment(modes=("road",))
MANY_WAYS = (RouteQuestion("Xi'an", "Duisburg"), RouteQuestion("Mumbai", "Moscow", Shipment(cargo="grain")))
ROWS = (
    RouteRow("far", RouteQuestion("Tashkent", "Almaty", ROADS)),
    RouteRow("shut", RouteQuestion("Kyiv", "Moscow", ROADS)),
    RouteRow("again", RouteQuestion("Tashkent", "Almaty", ROADS)),
    RouteRow("back", RouteQuestion("Almaty", "Tashkent", ROADS), on="2024-02-01"),
)


@pytest.mark.parametrize(("cores", "count"), [(1, 4), (2, 3)])
def test_a_table_made_by_some_processes_is_that_of_the_answers(
    monkeypatch: pytest.MonkeyPatch, cores: int, count: int
) -> None:
    monkeypatch.setattr(crew, "FEW", 0)
    world, question = World.at("2024-06-01"), RoutesQuestion(ROWS[:count])
    told: list[tuple[int, int]] = []
    table = crew.routes_table(world, question, cores=cores, progress=lambda done, all_: told.append((done, all_)))
    answer = answer_routes(world, question)
    assert list(table.rows) == list(answer.rows())
    assert table.answered is answer.answered is True
    assert [row["id"] for row in table.rows if row["rank"] in (0, 1)] == ["far", "shut", "again", "back"][:count]
    assert told[-1] == (count, count)
    assert table.to_frame().equals(answer.to_frame())


@pytest.mark.parametrize("sizes", [(500, 500, 500), (3, 900, 2), (1, 1, 1, 1), (40,), ()])
def test_questions_that_share_weightings_are_answered_by_one_process(sizes: tuple[int, ...]) -> None:
    every = iter(range(10_000))
    families = [[(None, RouteQuestion("Baku", str(next(every)))) for _ in range(size)] for size in sizes]
    runs = crew.runs_of(families, 2)
    assert [one for run in runs for one in run] == [one for family in families for one in family]
    most = -(-sum(sizes) // (2 * crew.RUNS))
    assert all(0 < len(run) <= most for run in runs)
    for family in families:
        assert len(family) > most or any(all(one in run for one in family) for run in runs)


@pytest.mark.parametrize("question", MANY_WAYS)
def test_an_answer_in_brief_has_the_rows_of_the_whole(question: RouteQuestion) -> None:
    world = World.at("2024-06-01")
    rows = [list(out_rows("a", answer_route(world, question, in_brief=brief))) for brief in (True, False)]
    assert rows[0] == rows[1]
    assert len(rows[0]) == question.n


def test_a_question_asked_for_fewer_and_then_more_ways_is_answered_as_if_asked_once() -> None:
    world = World.at("2024-06-01")
    asked = [RouteQuestion("Tashkent", "Tbilisi", n=n) for n in (2, 7, 2)]
    some = [answer_route(world, one).to_dict() for one in asked]
    the_plan = prepare(world, asked[0]).plan
    assert 0 < len(the_plan.asked) <= ASKED_KEPT
    the_plan.asked.clear()
    assert answer_route(world, asked[1]).to_dict() == some[1]
    assert some[0] == some[2]
    assert len(some[0]["routes"]) == 2 < len(some[1]["routes"])


def test_a_row_that_cannot_be_asked_is_told_by_any_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "FEW", 0)
    rows = (ROWS[0], RouteRow("none", RouteQuestion("Almaty", "Almaty", ROADS)))
    for cores in (1, 2):
        with pytest.raises(InputError, match="the same place"):
            crew.routes_table(World.at("2024-06-01"), RoutesQuestion(rows), cores=cores)
