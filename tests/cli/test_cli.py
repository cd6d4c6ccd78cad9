"""The command: exit codes, one message for bad input, JSON, files, nothing heavy before it is needed."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import landbridge
from landbridge.errors import LandbridgeError

HEAVY = ("numpy", "scipy", "pandas", "pydantic", "ruamel.yaml", "pyroutingkit", "rich.table", "landbridge.world",
         "landbridge.facts", "landbridge.routing", "landbridge.network", "landbridge.studies")  # fmt: skip
COMMANDS = ("route", "routes", "matrix", "ask", "compare", "gas", "oil", "world", "scenario", "facts", "cache")


def imported(code: str) -> set[str]:
    text = f"import sys\n{code}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_nothing_heavy_is_imported_early() -> None:
    assert not imported("import landbridge") & {*HEAVY, "typer", "rich"}
    assert not imported("import landbridge.cli.app") & set(HEAVY)


def test_a_command_that_is_read_plainly_loads_no_schemas() -> None:
    code = """
import sys, typer.main
from landbridge.cli.app import app
group = typer.main.get_command(app)
words = "Mumbai Moscow --teu 2 --on 2025-06-01 -n 3 --via Aktau --json".split()
group.make_context("landbridge", ["route", *words])
assert group.commands["route"].make_context("route", words).params["teu"] == 2.0
"""
    assert "pydantic" not in imported(code)


def test_public_names() -> None:
    assert len(landbridge.__all__) <= 43
    assert list(landbridge.__all__) == sorted(landbridge.__all__)
    assert set(landbridge._LATE) < set(landbridge.__all__)
    assert dir(landbridge) == sorted(landbridge.__all__)
    for name in landbridge.__all__:
        assert getattr(landbridge, name) is not None, name
    with pytest.raises(AttributeError, match="nonsense"):
        _ = landbridge.nonsense


def test_errors_are_one_tree() -> None:
    errors = [getattr(landbridge, name) for name in landbridge.__all__ if name.endswith("Error")]
    assert len(errors) == 8
    assert all(issubclass(error, LandbridgeError) for error in errors)


def test_help_and_version(run: Callable[..., Any]) -> None:
    ran = run("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"landbridge {landbridge.__version__}\n", "")
    ran = run("--help")
    assert ran.code == 0
    assert all(name in ran.out for name in COMMANDS)


@pytest.mark.parametrize("words", [(name, "--help") for name in COMMANDS])
def test_every_command_has_help(run: Callable[..., Any], words: tuple[str, ...]) -> None:
    assert run(*words).code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("route", "Kyiv"), "TO"),
        (("route", "Kyiv", "Moscow", "-n", "0"), "-n"),
        (("nonsense",), "nonsense"),
        (("route", "A", "B", "--mode", "trian"), "unknown mode 'trian'; nearest valid: rail"),
        (("route", "A", "B", "--objective", "day"), "unknown objective 'day'"),
        (("route", "A", "B", "--html", "/no/such/folder/a.html"), "/no/such/folder/a.html: cannot write"),
        (("world", "show", "--on", "1985-01-01"), "the facts cover 1991-01-01"),
        (("world", "show", "--on", "yesterday"), "yesterday"),
        (("world", "show", "crosings"), "nearest valid: crossings"),
        (("world", "show", "passages", "suezz"), "nearest valid: suez"),
        (("world", "show", "--scenario", "suez-close"), "nearest valid: suez-closed"),
        (("world", "show", "--facts", "/no/such/folder"), "/no/such/folder"),
        (("world", "diff"), "two worlds are needed"),
        (("facts", "show", "pasages"), "nearest valid: passages"),
        (("facts", "show", "passages", "suezz"), "nearest valid: suez"),
        (("facts", "sources", "pasages"), "nearest valid: passages"),
        (("scenario", "show", "nothing"), "no scenario 'nothing'"),
        (("ask", "none.yaml"), "none.yaml: cannot be read"),
        (("routes", "none.csv"), "none.csv: cannot be read"),
        (("matrix", "none.csv"), "none.csv: cannot be read"),
        (("compare", "A", "--scenario", "suez-closed"), "the second place is missing"),
    ],
)
def test_bad_input_gives_one_message_and_2(run: Callable[..., Any], words: tuple[str, ...], told: str) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert told in " ".join(ran.err.replace("│", " ").split())


def test_world_show(run: Callable[..., Any]) -> None:
    ran = run("world", "show", "passages", "suez", "--on", "2023-06-01", "--json")
    data = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert [row["state"] for row in data["rows"]] == ["open"]
    assert data["world"]["date"] == "2023-06-01"
    shut = json.loads(run("world", "show", "passages", "suez", "--on", "2023-06-01", "--scenario", "suez-closed",
                          "--json").out)  # fmt: skip
    assert [row["state"] for row in shut["rows"]] == ["closed"]
    assert shut["world"]["id"] != data["world"]["id"]
    assert "suez" in run("world", "show", "passages", "EGY", "--on", "2023-06-01").out


SHOWN = ("crossings", "passages", "ferries", "ports", "projects", "corridors", "measures", "policies", "memberships")


@pytest.mark.parametrize("what", SHOWN)
def test_world_shows_each_subject_with_its_rows(run: Callable[..., Any], what: str) -> None:
    rows = json.loads(run("world", "show", what, "--on", "2024-06-01", "--json").out)["rows"]
    assert rows
    assert all(row["id"] for row in rows)
    told = [row for row in rows if row["rests_on"]]
    assert len(told) > 0.5 * len(rows)
    assert run("world", "show", what, "--on", "2024-06-01").code == 0


def test_scenarios(run: Callable[..., Any], tmp_path: Path) -> None:
    names = [row["name"] for row in json.loads(run("scenario", "list", "--json").out)]
    assert len(names) >= 16
    assert run("scenario", "check", "suez-closed").out == "suez-closed: valid, 1 events\n"
    assert json.loads(run("scenario", "show", "suez-closed", "--json").out)["events"]
    assert "passage:suez" in run("scenario", "show", "suez-closed").out
    assert json.loads(run("scenario", "schema").out)["properties"]
    bad = tmp_path / "bad.yaml"
    bad.write_text("name: bad\nevents:\n  - kind: clsoe\n    subject: passage:suez\n")
    ran = run("scenario", "check", str(bad))
    assert ran.code == 2
    assert "line 3" in ran.err


def test_facts(run: Callable[..., Any], tmp_path: Path) -> None:
    listed = json.loads(run("facts", "list", "--json").out)
    assert {"crossings", "passages"} <= {row["table"] for row in listed["tables"]}
    row = json.loads(run("facts", "show", "passages", "suez", "--json").out)
    assert row["row"]["name"] == "Suez Canal"
    assert row["sources"]
    assert "USD" in run("facts", "show", "parameters", "--columns").out or run("facts", "show", "ports").code == 0
    ran = run("facts", "export", str(tmp_path / "out"), "--table", "passages", "--format", "json")
    assert (tmp_path / "out" / "passages.json").exists()
    assert "passages.json" in ran.out
    assert json.loads(run("facts", "sources", "passages", "--json").out)


def test_rows_of_a_user_lie_over_ours(run: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "passages.csv").write_text("id,name\nsuez,Canal of mine\n")
    ran = run("facts", "show", "passages", "suez", "--facts", str(tmp_path), "--json")
    assert json.loads(ran.out)["row"]["name"] == "Canal of mine"
    (tmp_path / "passages.csv").write_text("id,nmae\nsuez,x\n")
    ran = run("facts", "show", "passages", "--facts", str(tmp_path))
    assert ran.code == 2
    assert "passages.csv, line 1, field nmae" in ran.err


def test_bad_rows_are_all_named(run: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("id,origin,destination,modes,teu\na,Baku,Poti,trian,1\nb,Baku,,rail,x\nc,Baku,Poti,rail,many\n")
    ran = run("routes", str(path), "-o", str(tmp_path / "out.csv"))
    assert ran.code == 2
    for line, field in ((2, "modes"), (3, "destination"), (4, "teu")):
        assert f"in.csv, line {line}, field {field}" in ran.err
    assert not (tmp_path / "out.csv").exists()


def test_a_closed_pipe_is_no_error() -> None:
    code = "import sys; from landbridge.cli.app import main; sys.argv[1:] = ['facts', 'show', 'crossings']; main()"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_table_reader_is_not_fooled_by_spaces(tmp_path: Path) -> None:
    from landbridge.report.frames import read_places

    path = tmp_path / "p.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["place"], [" Baku "], ["Aktau, KAZ"]])
    assert read_places(path)[0] == ("Baku", "Aktau, KAZ")


def test_a_table_without_rows_is_told(run: Callable[..., Any], tmp_path: Path) -> None:
    empty = tmp_path / "none.csv"
    empty.write_text("id,origin,destination\n")
    ran = run("routes", str(empty))
    assert (ran.code, ran.out) == (2, "")
    assert "none.csv: no rows to route" in ran.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_once() -> None:
    code = "import sys; from landbridge.cli.app import main; sys.argv[1:] = ['facts', 'list', '--json']; main()"
    with open("/dev/full", "w") as full:
        done = subprocess.run([sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "landbridge: output: No space left on device\n"


@pytest.mark.skipif(os.name != "posix", reason="closes a file descriptor by a shell")
def test_a_closed_standard_output_is_told_once() -> None:
    code = "import sys; from landbridge.cli.app import main; sys.argv[1:] = ['facts', 'list', '--json']; main()"
    shut = ["sh", "-c", 'exec "$0" -c "$1" >&-', sys.executable, code]
    done = subprocess.run(shut, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "landbridge: standard output is closed, so no answer can be given\n"


def test_an_unwritable_place_is_named(run: Callable[..., Any]) -> None:
    ran = run("facts", "export", "/dev/null/here", "--table", "passages")
    assert ran.code == 2
    assert "/dev/null/here" in ran.err
    assert "Traceback" not in ran.err


def test_the_page_of_commands_is_up_to_date() -> None:
    import runpy

    root = Path(__file__).parents[2]
    made = runpy.run_path(str(root / "tools" / "build_command_page.py"))["text"]()
    assert (root / "docs" / "commands.md").read_text(encoding="utf-8") == made, "python tools/build_command_page.py"
