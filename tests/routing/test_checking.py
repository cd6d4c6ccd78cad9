"""What a question names must be in the facts: each kind of wrong name is refused, with the nearest valid ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from landbridge.errors import InputError
from landbridge.routing import (
    MatrixQuestion,
    RouteQuestion,
    RoutesQuestion,
    answer_matrix,
    answer_route,
    answer_routes,
    matrix,
    read_rows,
    route,
)
from landbridge.routing.checking import AVOIDED, check_question
from landbridge.world import World, parse_scenario

ENDS = {"from": "Tehran", "to": "Moscow"}
WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"from": "Mumbbai"}, "from", 'nearest valid: "Mumbai, IND"'),
    ({"to": "Moscow, Rusia"}, "to", "no area 'Rusia' in 'Moscow, Rusia'; nearest valid: RUS"),
    ({"at": "Astara"}, "at", "means several places"),
    ({"from": "40,200"}, "from", "is not a point"),
    ({"to": "Tehran"}, "to", "are the same place"),
    ({"to": "Tehran, IRN"}, "to", "are the same place"),
    ({"at": "Moscow"}, "to", "are the same place"),
    ({"carrier": "QQQ"}, "carrier", "no area 'QQQ'; nearest valid: QAT; write the code of an area"),
    ({"carrier": "RUZ"}, "carrier", "nearest valid: RUS"),
    ({"carrier": "Russia"}, "carrier", "nearest valid: RUS"),
    ({"carrier": "NO"}, "carrier", "nearest valid: NOR"),
    ({"cargo": "contaner"}, "cargo", "nearest valid: container"),
    ({"cargo": "coal", "teu": 2}, "teu", "counted in tonnes"),
    ({"hs": "999"}, "hs", "write a chapter from 01 to 97"),
    ({"hs": "77"}, "hs", "77 is empty"),
    ({"hs": "7"}, "hs", "nearest valid: 07;"),
    ({"hs": "207"}, "hs", "nearest valid: 0207;"),
    ({"hs": "2709.00"}, "hs", "nearest valid: 270900;"),
    ({"hs": "oil"}, "hs", "no chapter of the Harmonized System 'oil'"),
    ({"via": ["AZE-IRN-astara"]}, "via", "nearest valid: AZE-IRN-astara-rail, AZE-IRN-astara-road"),
    ({"via": ["IRN-AZE-astara-road"]}, "via", "nearest valid: AZE-IRN-astara-road"),
    ({"via": ["aktau-alat"]}, "via", "nearest valid: alat-aktau"),
    ({"via": ["passage:hormus"]}, "via", "nearest valid: passage:hormuz"),
    ({"via": ["port:suez"]}, "via", "no port with the id 'suez'; nearest valid: passage:suez"),
    ({"avoid": ["nonsense"]}, "avoid", "write KIND:ID with one of area, crossing"),
    ({"avoid": ["area:QQQ"]}, "avoid", "nothing to avoid called 'area:QQQ'"),
    ({"avoid": ["area:irn"]}, "avoid", "nearest valid: area:IRN"),
    ({"avoid": ["Turkmenistan"]}, "avoid", "nearest valid: area:TKM"),
    ({"avoid": ["passage:hormus"]}, "avoid", "nearest valid: passage:hormuz"),
    ({"avoid": ["hormus"]}, "avoid", "nearest valid: passage:hormuz"),
    ({"avoid": ["pair:ARM-AZE"]}, "avoid", "nearest valid: crossing:ARM-AZE-"),
    ({"avoid": ["port:hormuz"]}, "avoid", "nearest valid: passage:hormuz"),
    ({"avoid": ["area:IRN"]}, "avoid", "the shipment starts in IRN, at Tehran, and cannot avoid it"),
    ({"avoid": ["RUS"]}, "avoid", "the shipment ends in RUS, at Moscow, and cannot avoid it"),
    ({"at": "Baku", "avoid": ["AZE"]}, "avoid", "the shipment stands in AZE, at Baku"),
    ({"via": ["suez"], "avoid": ["passage:suez"]}, "avoid", "is to be passed and to be avoided"),
]


@pytest.fixture(scope="module")
def world() -> World:
    return World.at("2025-06-01")


def question_of(change: Mapping[str, Any]) -> RouteQuestion:
    return RouteQuestion.from_dict({**ENDS, **change})


@pytest.mark.parametrize(("change", "field", "told"), WRONG, ids=[str(change) for change, *_ in WRONG])
def test_a_wrong_name_is_told_before_anything_is_computed(
    world: World, change: dict[str, Any], field: str, told: str
) -> None:
    for ask in (check_question, answer_route):
        with pytest.raises(InputError) as caught:
            ask(world, question_of(change))
        (complaint,) = caught.value.complaints
        assert complaint.field == field
        assert told in str(complaint)


@pytest.mark.parametrize(
    "change",
    [
        {"carrier": "X_ABK"},
        {"hs": "01"},
        {"hs": "97"},
        {"hs": "2709"},
        {"hs": "270900"},
        {"cargo": "coal", "tonnes": 60},
        {"value_usd": 0},
        {"via": ["AZE-IRN-astara-road", "Baku", "aktau", "suez", "passage:hormuz", "alat-aktau"]},
        {"avoid": ["TKM", "area:KAZ", "hormuz", "passage:suez", "crossing:GEO-RUS-upper-lars", "port:poti"]},
        {"avoid": ["ferry:aktau-amirabad", "aktau-amirabad", "project:khaf-herat", "line:akhaura-agartala"]},
        {"at": "Baku", "avoid": ["IRN"]},
    ],
    ids=str,
)
def test_right_names_pass(world: World, change: dict[str, Any]) -> None:
    check_question(world, question_of(change))


def test_every_row_that_can_be_avoided_is_known_with_and_without_its_kind(world: World) -> None:
    for kind, table in AVOIDED.items():
        key = next(key for key in world.facts.table(table).by_id if key not in ("IRN", "RUS"))
        check_question(world, question_of({"avoid": [key, f"{kind}:{key}"]}))


def test_a_link_of_a_scenario_can_be_avoided(world: World) -> None:
    text = ("name: x\nevents:\n  - {kind: build, link: {id: mine, mode: road, from: Baku, to: Tbilisi, "
            "crossings: AZE-GEO-boyuk-kesik}}\n")  # fmt: skip
    check_question(world.apply(parse_scenario(text)), question_of({"avoid": ["mine"]}))
    with pytest.raises(InputError, match="nothing to avoid called 'mine'"):
        check_question(world, question_of({"avoid": ["mine"]}))


def test_all_complaints_stand_in_one_message(world: World) -> None:
    data = {"carrier": "QQQ", "hs": "999", "avoid": ["x", "passage:hormus"], "from": "Mumbbai", "cargo": "contaner"}
    with pytest.raises(InputError) as caught:
        answer_route(world, question_of(data))
    fields = [one.field for one in caught.value.complaints]
    assert sorted(str(field) for field in fields) == ["avoid", "avoid", "cargo", "carrier", "from", "hs"]
    assert str(caught.value).startswith("6 problems\n  ")


def test_the_functions_of_python_check_too(world: World) -> None:
    with pytest.raises(InputError, match="nearest valid: passage:hormuz"):
        route(world, "Tehran", "Moscow", avoid=["passage:hormus"])
    with pytest.raises(InputError, match="letter by letter; give a list"):
        route(world, "Tehran", "Moscow", modes="rail")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="2 problems"):
        matrix(world, ["Tehran", "Mumbbai"], carrier="QQQ")
    with pytest.raises(InputError, match="field carrier"):
        answer_matrix(world, MatrixQuestion.from_dict({"places": ["Baku", "Poti"], "carrier": "QQQ"}))


def test_a_matrix_keeps_a_pair_that_cannot_be_and_knows_one_place_by_two_names(world: World) -> None:
    data = {"places": ["Baku", "Baku, AZE", "Tbilisi"], "avoid": ["GEO"], "modes": ["road"]}
    cells = {cell[:2]: cell[2] for cell in answer_matrix(world, MatrixQuestion.from_dict(data)).cells}
    assert cells["Baku", "Baku, AZE"] == 0.0
    assert cells["Baku", "Tbilisi"] is None


def test_rows_of_a_table_name_file_line_and_column(world: World, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(
        "id,origin,destination,on,avoid,hs,carrier,via\n"
        "a,Baku,Potti,2035-01-01,,7,,\n"
        '"b\nb",Tehran,Moscow,,passage:hormus;RUS,,,\n'
        "c,Baku,Poti,,,,QQQ,AZE-IRN-astara\n"
        "d,Baku,Poti,heute,,,,\n"
    )
    with pytest.raises(InputError) as caught:
        read_rows(path, world=world)
    where = [(one.line, one.field) for one in caught.value.complaints]
    assert {one.file for one in caught.value.complaints} == {str(path)}
    assert sorted(where, key=str) == sorted(
        [(2, "destination"), (2, "hs"), (2, "on"), (3, "avoid"), (3, "avoid"), (5, "via"), (5, "carrier"), (6, "on")],
        key=str,
    )


def test_rows_are_checked_when_they_are_answered(world: World) -> None:
    rows = [{"id": "a", "on": "2035-01-01", "question": ENDS}, {"id": "b", "question": {**ENDS, "carrier": "QQQ"}}]
    with pytest.raises(InputError) as caught:
        answer_routes(world, RoutesQuestion.from_dict({"rows": rows}))
    assert [one.field for one in caught.value.complaints] == ["rows.0.on", "rows.1.question.carrier"]


def test_a_port_by_its_coordinates_is_a_place_where_the_network_has_no_roads() -> None:
    then = World.at("2016-06-01")
    lone = [row for row in then.facts.table("ports").rows if row["area"] == "TZA"]
    assert lone
    for row in lone:
        answer = route(then, "Nhava Sheva", f"{row['lat']},{row['lon']}", modes=("sea",), n=1)
        assert answer.routes
