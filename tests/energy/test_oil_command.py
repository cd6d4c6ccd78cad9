"""`landbridge oil`: exit codes, JSON, tables, filters, words."""

import json
import sys

import pytest

from landbridge.report import oil as told


@pytest.fixture
def run(capsys, monkeypatch):
    from landbridge.cli.app import main

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["landbridge", *words])
        monkeypatch.setenv("COLUMNS", "160")
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capsys.readouterr()
        return int(left.value.code or 0), out, err

    return call


def test_json_of_an_area(run):
    code, out, err = run("oil", "--on", "2024-06-01", "--scenario", "hormuz-closed", "--area", "KWT", "--json")
    assert (code, err) == (0, "")
    data = json.loads(out)
    assert data["schema"] == "oil/1"
    assert data["world"]["scenarios"] == ["hormuz-closed"]
    assert [row["area"] for row in data["areas"]] == ["KWT"]
    assert {row["id"] for row in data["bypasses"]} <= {row["id"] for row in data["flows"]}


def test_words_of_the_day(run):
    code, out, _ = run("oil", "--on", "2024-06-01", "--scenario", "hormuz-closed")
    assert code == 0
    for word in ("Oil on 2024-06-01", "Kuwait", "Strait of Hormuz", "habshan-fujairah", "shut: strait shut"):
        assert word in out, word


def test_a_table_of_areas(run, tmp_path):
    file = tmp_path / "oil.csv"
    code, out, _ = run("oil", "--on", "2024-06-01", "--csv", str(file))
    assert (code, out) == (0, "")
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("area,demand_kbd,production_kbd,net_import_kbd,shortage_kbd,stranded_kbd")
    assert len(lines) > 90


def test_no_balance_is_a_no(run):
    code, out, _ = run("oil", "--on", "2005-06-01")
    assert code == 1
    assert "No answer: the nearest balance of the world lies 14 years away" in out


@pytest.mark.parametrize(
    ("words", "told_of"),
    [(("--area", "KW"), "KWT"), (("--sharing", "equl"), "equal"), (("--scenario", "hormuz-close"), "hormuz-closed")],
)
def test_bad_input_names_the_option_and_the_nearest(run, words, told_of):
    code, _, err = run("oil", "--on", "2024-06-01", *words)
    assert code == 2
    assert words[0] in err
    assert told_of in err


def test_every_remark_has_words():
    codes = ["difference:-1", "difference:2", "balances-of:2019-2023", "surplus:5", "crude-and-products-as-one"]
    assert len(told.remarks({"remarks": codes})) == len(codes)
