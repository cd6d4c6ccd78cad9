"""What changed in a country, in words, as tables and as a page: every kind of difference has a name and a form."""

import io

import pytest

import landbridge as lb
from landbridge.report import country_between, country_between_page, terminal
from landbridge.report.checks import loads, unsourced
from landbridge.report.names import Names
from landbridge.studies.country import CountryQuestion, country_changes
from landbridge.world import World

FACTS = lb.load_facts()


@pytest.fixture(scope="module")
def told():
    worlds = [World.at(day) for day in ("2020-09-01", "2026-06-01")]
    return country_changes(worlds, CountryQuestion("ARM", partners=1, quick=True))


def test_every_difference_is_in_one_table_with_a_name_and_a_cell_for_each_day(told):
    data = told.to_dict()
    groups = list(country_between.groups(data))
    assert sum(len(rows) for _, rows in groups) == len(data["changes"])
    for _, rows in groups:
        for row in rows:
            assert country_between.named(row, Names(FACTS)).strip()
            shown = country_between.cells(row)
            assert len(shown) == len(data["dates"])
            assert all(shown)
            assert "None" not in " ".join(shown)


def test_the_terminal_tells_what_changed(told):
    from rich.console import Console

    out = io.StringIO()
    Console(file=out, width=150, highlight=False).print(terminal.country(told.to_dict(), Names(FACTS)))
    text = out.getvalue()
    for words in ("what changed between 2020-09-01 and 2026-06-01", "(csto)", "frozen", "Best ways to partners",
                  "Measures borne", "things differ"):  # fmt: skip
        assert words in text, words


def test_every_number_of_the_page_and_of_the_json_has_a_source(told):
    page = country_between_page.page_of(told, FACTS)
    assert unsourced(page) == ()
    assert loads(page) == ()
    assert unsourced(told.to_dict()) == ()
    assert "--on 2020-09-01 --partners 1 --quick --and 2026-06-01" in page
    assert page.count("<svg") == 4
