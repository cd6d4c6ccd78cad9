"""Bad input: one message with file, line, field and the nearest valid value, exit code 2, and nothing lost."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
DAY = ("--on", "2025-06-01")


def refused(run: Run, *words: str) -> str:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("landbridge: ")
    assert "Traceback" not in ran.err
    return str(ran.err)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--carrier", "QQQ"), "field --carrier: no area 'QQQ'"),
        (("--carrier", "russia"), "nearest valid: RUS"),
        (("--avoid", "area:QQQ"), "field --avoid: nothing to avoid called 'area:QQQ'"),
        (("--avoid", "passage:hormus"), "nearest valid: passage:hormuz"),
        (("--avoid", "IRN"), "the shipment starts in IRN"),
        (("--hs", "999"), "field --hs: no chapter of the Harmonized System '999'"),
        (("--cargo", "contaner"), "field --cargo: no class of cargo 'contaner'; nearest valid: container"),
        (("--cargo", "oil"), "no class of cargo 'oil'; nearest valid: crude_oil, oil_products"),
        (("--cargo", "reefer"), "no class of cargo 'reefer'; nearest valid: fruit_veg, meat_dairy, seafood"),
        (("--cargo", "Dangerous goods"), "nearest valid: chemicals;"),
        (("--cargo", "livestock"), "nearest valid: bulk, container;"),
        (("--cargo", "zzz"), "`landbridge facts show cargo_classes` lists them"),
        (("--via", "AZE-IRN-astara"), "nearest valid: AZE-IRN-astara-rail, AZE-IRN-astara-road"),
        (("--mode", "trian"), "field --mode: unknown mode 'trian'"),
        (("--service", "x"), "nearest valid: auto, block train, regular slot"),
        (("--objective", "day"), "field --objective: unknown objective 'day'"),
        (("Riyadh",), "put a name of several words in quotes, as 'Kuwait City'"),
        (("--teu", "2", "--tonnes", "5000"), "5,000 t in 2 TEU are 2,500 t in a TEU"),
        (("--teu", "0"), "field --teu: teu is 0.0"),
        (("--at", "Astara"), "field --at: 'Astara' means several places"),
        (("--on", "1985-01-01"), "field --on: the facts cover 1991-01-01"),
        (("--on", "2025-13-01"), "field --on: '2025-13-01' is not a date"),
        (("--scenario", "suez-close"), "field --scenario: no scenario 'suez-close'; nearest valid: suez-closed"),
        (("--facts", "/no/such/folder"), "there is no folder '/no/such/folder'"),
        (("--geojson", "/no/such/folder/x"), "/no/such/folder/x: cannot write: the folder does not exist"),
        (("--gmns", "/dev/null/x"), "/dev/null/x: cannot make this folder: /dev/null is a file"),
    ],
)
def test_each_option_of_route(run: Run, words: tuple[str, ...], told: str) -> None:
    assert told in refused(run, "route", "Tehran", "Moscow", *(() if "--on" in words else DAY), *words)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--teu", "-1"), "field --teu: the value should be greater than or equal to 0"),
        (("--tonnes", "x"), "field --tonnes: the value should be a valid number"),
        (("--tonnes", "nan"), "field --tonnes: the value should be greater than or equal to 0"),
        (("--value-usd", "-5"), "field --value-usd: the value should be greater than or equal to 0"),
        (("--stood-days", "-1"), "field --stood-days: the value should be greater than or equal to 0"),
        (("-n", "0"), "field -n: the value should be greater than or equal to 1"),
        (("-n", "99"), "field -n: the value should be less than or equal to 50"),
        (("-n", "1.5"), "field -n: the value should be a valid integer"),
        (("--carg", "cars"), "no such option '--carg'; nearest valid: --cargo"),
        (("--cargo",), "option '--cargo' requires an argument"),
    ],
)
def test_each_value_that_the_command_line_refuses_is_told_in_one_line(
    run: Run, words: tuple[str, ...], told: str
) -> None:
    err = refused(run, "route", "Tehran", "Moscow", *words)
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("route", "Tehran"), "missing argument 'TO'"),
        (("rout",), "no such command 'rout'; did you mean 'route', 'routes'"),
        (("facts", "shw"), "no such command 'shw'; did you mean 'show'"),
        (("facts", "show"), "missing argument 'table'"),
        (("facts", "weight", "--rows", "x"), "field --rows: the value should be a valid integer"),
        (("routes", "x.csv", "-n", "0"), "field -n: the value should be greater than or equal to 1"),
    ],
)
def test_each_command_tells_its_usage_in_one_line(run: Run, words: tuple[str, ...], told: str) -> None:
    err = refused(run, *words)
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(("at", "to"), [("FROM", ("45,-40", "Moscow")), ("TO", ("Moscow", "-30,-20"))])
def test_a_point_at_sea_is_of_no_area(run: Run, at: str, to: tuple[str, str]) -> None:
    err = refused(run, "route", *to, *DAY)
    assert f"field {at}: " in err
    assert "at sea or far from every road, railway and port: no area holds it" in err


@pytest.mark.parametrize(
    ("via", "mode", "near"),
    [
        ("LTU-POL-kalvarija", "road", "LTU-POL-budzisko"),
        ("POL-LTU-kalvarija", "road", "LTU-POL-budzisko"),
        ("LTU-POL-mockava", "rail", "LTU-POL-mockava-rail"),
        ("LTU-POL-mockava", "road", "LTU-POL-ogrodniki"),
        ("AZE-IRN-astara", "road", "AZE-IRN-astara-road"),
    ],
)
def test_the_mode_of_the_question_guides_which_post_is_meant(run: Run, via: str, mode: str, near: str) -> None:
    err = refused(run, "route", "Vilnius", "Baku", *DAY, "--mode", mode, "--via", via)
    assert err.partition("nearest valid: ")[2].startswith(near)
    assert f"{near}-rail" not in err


@pytest.mark.parametrize("words", [("POL", "Kyiv"), ("Kyiv", "USA"), ("Berlin", "Kyiv", "--via", "POL")])
def test_the_code_of_an_area_is_no_place(run: Run, words: tuple[str, ...]) -> None:
    err = refused(run, "route", *words, *DAY)
    assert "is an area, no place; nearest valid: " in err
    assert "the place of that name is written " in err


def test_all_options_in_one_message(run: Run) -> None:
    err = refused(run, "route", "Mumbbai", "Moscow", *DAY, "--mode", "trian", "--carrier", "QQQ", "--avoid", "x",
                  "--hs", "999", "--objective", "day")  # fmt: skip
    assert err.splitlines()[0] == "landbridge: 6 problems"
    assert len(err.splitlines()) == 7


def test_a_comparison_tells_scenario_and_places_together(run: Run, tmp_path: Path) -> None:
    err = refused(run, "compare", "Bakku", "Potti", "--scenario", "suez-close")
    assert all(told in err for told in ("field --scenario", "field FROM", "field TO"))
    question = tmp_path / "q.yaml"
    question.write_text("kind: route\nfrom: Baku\nto: Potti\n")
    err = refused(run, "compare", "--question", str(question), "--scenario", "suez-close")
    assert "q.yaml, line 3, field to" in err
    assert "field --scenario" in err
    assert "not both" in refused(run, "compare", "A", "B", "--question", str(question), "--scenario", "suez-closed")


def test_a_matrix_tells_its_file_and_its_options_together(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("place,role\nBaku,from\n\n,to\nPotti,to\nPoti,too\n")
    err = refused(run, "matrix", str(path), *DAY, "--carrier", "QQQ")
    for told in ("line 4, field place: this cell", "line 5, field place: no place 'Potti'", "line 6, field role: 'too'",
                 "field --carrier"):  # fmt: skip
        assert told in err


def test_rows_of_a_table(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("id,origin,destination,on,avoid\na,Baku,Potti,,\nb,Baku,Poti,2035-01-01,passage:hormus\n")
    err = refused(run, "routes", str(path), *DAY, "-o", str(tmp_path / "out.csv"))
    for told in ("line 2, field destination", "line 3, field on: the facts cover", "line 3, field avoid"):
        assert told in err
    assert not (tmp_path / "out.csv").exists()
    path.write_text("id;origin;destination\n")
    assert "in.csv, line 1: the columns are separated by semicolons" in refused(run, "routes", str(path))
    assert "there is no such file; nearest valid" in refused(run, "routes", str(tmp_path / "im.csv"))


@pytest.mark.parametrize("command", ["routes", "matrix"])
def test_a_table_that_could_not_be_written_is_refused_first(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def no_pyarrow(name: str) -> Any:
        return None if name == "pyarrow" else find_spec(name)

    monkeypatch.setattr("importlib.util.find_spec", no_pyarrow)
    for name, told in (
        ("m.xls", "'.xls' is no format for a table; end the name with .csv or .parquet"),
        ("m.parquet", "pip install 'landbridge[parquet]'"),
        ("none/m.csv", "the folder does not exist"),
    ):
        assert told in refused(run, command, "never-read.csv", "-o", str(tmp_path / name))


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs a device that is always full")
def test_what_was_computed_is_shown_when_its_file_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "full.csv").symlink_to("/dev/full")
    (tmp_path / "full.html").symlink_to("/dev/full")
    places = tmp_path / "p.csv"
    places.write_text("place\nBaku\nPoti\n")
    ran = run("matrix", str(places), *DAY, "-o", str(tmp_path / "full.csv"))
    assert ran.code == 2
    assert len(list(csv.DictReader(ran.out.splitlines()))) == 4
    assert "No space left on device; the table was written to standard output instead" in ran.err
    ran = run("route", "Baku", "Poti", *DAY, "-n", "1", "--json", "--html", str(tmp_path / "full.html"))
    assert ran.code == 2
    assert json.loads(ran.out)["routes"]
    assert "No space left on device" in ran.err


def test_a_page_of_a_matrix_is_refused_first(run: Run, tmp_path: Path) -> None:
    question = tmp_path / "q.yaml"
    question.write_text("kind: matrix\nplaces: [Baku, Poti]\n")
    err = refused(run, "ask", str(question), "--html", str(tmp_path / "x.html"))
    assert "field --html: no page can be made of a question of the kind matrix; nearest valid: route, gas" in err


SCENARIO = """\
name: x
events:
  - {kind: close, subject: passage:hormus}
  - {kind: close, subject: passage:suez, from: 2040-01}
  - {kind: close, subject: passage:suez, to: 1900-01-01}
  - {kind: build, link: {mode: road, from: Nowhereville, to: Baku}}
  - {kind: join, bloc: eaue, areas: [NO]}
"""


def test_a_scenario_tells_all_names_and_days(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(SCENARIO)
    err = refused(run, "scenario", "check", str(path))
    for line, field in ((3, "events.0.subject"), (4, "events.1.from"), (5, "events.2.to"), (6, "events.3.link.from"),
                        (7, "events.4.bloc"), (7, "events.4.areas")):  # fmt: skip
        assert f"s.yaml, line {line}, field {field}: " in err
    assert "no bloc with the id 'eaue'; nearest valid: eacu, eaeu" in err


def test_a_scenario_tells_all_faults_of_form(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("name: x\nevnts: []\nevents:\n  - {kind: delay, subject: passage:suez, hours: 22:30}\n  - 5\n"
                    "  - {kind: clsoe}\n")  # fmt: skip
    err = refused(run, "scenario", "check", str(path))
    for told in (
        "line 2, field evnts: unknown key",
        "line 4, field events.0.hours: '22:30' is not a number",
        "line 5, field events.1: 5 is not a mapping",
        "line 6, field events.2.kind: 'clsoe' is not allowed",
    ):
        assert told in err
    (tmp_path / "s.txt").write_text(SCENARIO)
    assert "a scenario file ends with .yaml" in refused(run, "scenario", "show", str(tmp_path / "s.txt"))
    near = refused(run, "scenario", "check", str(tmp_path / "r.yaml"))
    assert "there is no such file" in near
    assert "s.yaml" in near


def test_the_other_day_is_named_by_its_own_option(run: Run) -> None:
    assert "field --with: 'heute' is not a date" in refused(run, "world", "diff", "--with", "heute")


def test_rows_laid_over_keep_the_bounds_of_their_columns(run: Run, tmp_path: Path) -> None:
    (tmp_path / "passages.csv").write_text("id,lat\nsuez,999\n")
    err = refused(run, "route", "Baku", "Poti", "--facts", str(tmp_path))
    assert "passages.csv, line 2, field lat: 999 is outside -90..90 deg" in err


def test_a_folder_that_is_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    for words in (("world", "network"), ("facts", "export")):
        err = refused(run, *words, str(tmp_path / "a"))
        assert "cannot make this folder" in err


def test_facts_are_found_by_name_and_their_sources_by_table(run: Run) -> None:
    from landbridge.errors import InputError
    from landbridge.facts import load, sources

    assert "nearest valid: suez" in refused(run, "facts", "show", "passages", "Suez Canall")
    with pytest.raises(InputError, match="nearest valid: passages"):
        sources(load(), "passagse")
    ran = run("facts", "check")
    assert ran.code == 0
    assert ran.out.startswith("No error.\n")
