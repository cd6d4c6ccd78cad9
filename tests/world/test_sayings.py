"""What a row says in words names no later day, however the day is written, and keeps what was said before."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.facts import load
from landbridge.world.sayings import names_later, said_on

DAY = date(2022, 5, 16)
EARLIER = ["2022-05-16", "2022-05", "2022", "1999", "12 January 2022", "January 2022", "spring 2022", "2012 to 2020"]
LATER = ["2022-05-17", "2022-06", "2023", "17 May 2022", "June 2022", "autumn 2022", "late 2022", "end of 2022",
         "2016 to 2032", "2021-2023", "2022-11-31"]  # fmt: skip


@pytest.mark.parametrize("told", EARLIER)
def test_days_up_to_the_day_are_said(told):
    assert said_on(f"treaty of {told}; in force", DAY) == f"treaty of {told}; in force"


@pytest.mark.parametrize("told", LATER)
def test_later_days_are_not_said_in_any_writing(told):
    assert names_later(told, DAY)
    for text in (f"shut; opened {told}", f"shut, opened {told}", f"shut. Opened {told}.", f"shut (opened {told})"):
        assert said_on(text, DAY) == "shut", text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("barred until 2025-10-21; since then let through; the border stays shut", ""),
        ("capped; suspended 2023-02-21; expired; the limits are kept", "capped"),
        ("Rail blockade from 1989, full closure 1991. Barred until 2025-10-21; since then let through.",
         "Rail blockade from 1989, full closure 1991"),
        ("USA left 2020-11-22 (34 parties before), Russia left 2023-12, others stayed",
         "USA left 2020-11-22 (34 parties before)"),
        ("opened 2024-01; treaty of 1995", "treaty of 1995"),
        ("Treaty of 1992. Art. 2 talks, no. 4 aid; ended 2024", "Treaty of 1992; Art. 2 talks, no. 4 aid"),
        ("1,550 warheads, 2,026 km, 2023.5 USD", "1,550 warheads, 2,026 km, 2023.5 USD"),
        ("base (law of 2024); lease of 2012", "base; lease of 2012"),
        ("renewed to end 2026; free: seeds, transit under seals", "free: seeds, transit under seals"),
        ("renewed in 2025; then hardened; free: permits since 2024", ""),
        ("", ""),
        (None, ""),
    ],
)  # fmt: skip
def test_what_stands_behind_a_later_day_speaks_of_later_still(text, said):
    assert said_on(text, DAY) == said


def test_a_planned_end_is_said_when_its_plan_was_known():
    text = "treaty of 1995, prolonged in 2010 to 2044"
    assert said_on(text, DAY, ["2044"]) == text
    assert said_on(text, date(2005, 1, 1), ["2044"]) == "treaty of 1995"
    assert said_on(text, DAY, ["2043"]) == "treaty of 1995"


PIECES = st.lists(
    st.tuples(st.sampled_from(["shut", "opened", "lease", "talks"]), st.sampled_from(["", *EARLIER, *LATER])),
    max_size=6,
)


@settings(max_examples=200, deadline=None)
@given(PIECES, st.sampled_from(["; ", ", ", ". "]), st.dates(date(1991, 1, 1), date(2027, 1, 1)))
def test_nothing_later_is_said_and_nothing_is_made_up(pieces, between, day):
    text = between.join(f"{word} {told}".strip() for word, told in pieces)
    said = said_on(text, day)
    assert not names_later(said, day)
    assert all(piece in text for piece in said.replace("; ", ", ").split(", ") if piece)
    assert said_on(said, day) == said
    assert said_on(text, date.max) == text


def test_no_text_of_the_tables_names_a_later_day():
    """Whatever the tables write; on the last day, on the first, and between."""
    facts = load()
    for table in ("agreements", "bloc_effects", "clauses", "crises", "measures", "meetings", "memberships",
                  "obligations", "record_events", "ties", "crossing_status", "passage_status"):  # fmt: skip
        for row in facts.table(table).rows:
            for text in row.values():
                if isinstance(text, str):
                    for day in (date(1991, 1, 1), date(2010, 6, 1), DAY, facts.last_day):
                        assert not names_later(said_on(text, day), day)
