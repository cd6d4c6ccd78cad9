"""`landbridge facts check`: groups of doubts, each with --all, and what is wrong with a user's own rows."""

import json
from functools import lru_cache

import pytest

from landbridge import facts

HEAD = "id,subject,subject_kind,mode,direction,from,to,freight,persons,carriers,precision,certainty"
SLIDE = "lars-slide,GEO-RUS-upper-lars,crossing,road,both,2026-07-01,,none,none,all,day,sure"
ENDED = SLIDE.replace("lars-slide", "bs-geo-rus-upper-lars-road-20160706").replace(
    "2026-07-01,,none,none", "2016-07-06,2026-07-01,all,all"
)


@pytest.fixture
def check(run, monkeypatch):
    """The command in this process; the same facts are checked once, however they are told."""
    monkeypatch.setattr(facts, "check", lru_cache(maxsize=1)(facts.check))

    def call(*options):
        ran = run("facts", "check", *options)
        return ran.code, ran.out, ran.err

    return call


def folder(tmp_path, **files):
    for name, lines in files.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n")
    return "--facts", str(tmp_path)


def test_doubts_are_told_in_groups_and_each_on_demand(check):
    code, out, _ = check()
    assert code == 0
    assert len(out.splitlines()) < 400
    assert "No error" in out
    grouped = json.loads(check("--json")[1])
    assert sum(group["rows"] for group in grouped["groups"]) == len(grouped["complaints"])
    code, out, _ = check("--all")
    assert code == 0
    assert len(out.splitlines()) == len(grouped["complaints"]) + 1


def test_the_doubts_about_own_rows_are_all_told(check, tmp_path):
    code, out, _ = check(*folder(tmp_path, crossing_status=[HEAD, ENDED, SLIDE]))
    assert code == 0
    assert (
        "doubt: crossing_status.csv, line 3, lars-slide, to: closed to freight since 2026-07-01 without an end" in out
    )


@pytest.mark.parametrize(
    ("files", "code", "told"),
    [
        ({"crossing_status": [HEAD, SLIDE.replace("2026-07-01", "2025-07-01")]}, 2,
         "crossing_status.csv, line 2, field from: contradicts bs-geo-rus-upper-lars-road-20160706"),
        ({"crossing_status": [HEAD, SLIDE.replace("2026-07-01,", "2026-07-01,2026-01-01")]}, 2,
         "line 2, field to: it ends (2026-01-01) before it begins (2026-07-01)"),
        ({"crossings": ["id,lat,lon", "GEO-RUS-upper-lars,44.62,42.74"]}, 1,
         "crossings.csv, line 2, GEO-RUS-upper-lars, lat: it lies 157 km from the border of GEO and RUS; mend"),
        ({"crossings": ["id,lat,lon", "GEO-RUS-upper-lars,142.7,44.6"]}, 2,
         "crossings.csv, line 2, field lat: 142.7 is outside -90..90 deg"),
        ({"passages": ["id,areas", "suez,EGYP"]}, 2, "line 2, field areas"),
        ({"crossing_status": [HEAD + ",source_id,grade", SLIDE + ",nosuch,B"]}, 2,
         "line 2, field source_id: the table sources has no row 'nosuch'"),
        ({"passages": ["id,nme", "suez,x"]}, 2, "line 1, field nme: there is no column 'nme'; nearest valid: name"),
        ({"ports": ["id,name", ",x"]}, 2, "line 2, field id: the id is empty"),
    ],
)  # fmt: skip
def test_each_fault_of_an_own_row_names_file_line_and_remedy(check, tmp_path, files, code, told):
    ran, out, err = check(*folder(tmp_path, **files))
    assert ran == code
    assert told in (out if code == 1 else err)
