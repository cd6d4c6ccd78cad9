"""Signs of strain between two areas: each part beside the index, nothing before its day, samples said as such."""

import pytest

from landbridge.politics.recording import record
from landbridge.politics.subject import find_subject
from landbridge.politics.tension import EASING, STRAIN, tension
from landbridge.report import record_compared
from landbridge.report.record import parts, remarks
from landbridge.world import World


def told(day, pair=("AZE", "IRN"), name="aze-isr"):
    return record(World.at(day), name, areas=pair)


def test_the_index_is_the_number_of_kinds_seen():
    found = told("2024-06-01").tension
    for one in found.years:
        assert one.index == sum(n > 0 for n in one.strain.values())
        assert set(one.strain) == set(STRAIN)
        assert set(one.easing) == set(EASING)
        assert one.posts is None or 0 <= one.posts_shut <= one.posts
    assert {one.since[:4]: one.index for one in found.years}["2023"] == 3


def test_years_before_do_not_change_with_the_day():
    early, late = ({one.since: one for one in told(day).tension.years} for day in ("2022-12-31", "2026-06-01"))
    for since, one in early.items():
        assert late[since].strain == one.strain
    assert max(early) == "2022-01-01"


def test_the_year_after_an_event_is_told_when_it_is_over():
    early = {one.event: one for one in told("2023-06-01").tension.around}
    late = {one.event: one for one in told("2024-06-01").tension.around}
    embassy = "aze-isr-2023-03-29-opening"
    assert early[embassy].after is None
    assert late[embassy].after is not None
    assert early[embassy].before == late[embassy].before
    assert all("IRN" not in one.event for one in late.values())


@pytest.mark.parametrize("pair", [("ARM", "AZE"), ("IND", "PAK"), ("IRN", "PAK"), ("RUS", "GEO"), ("IRN", "TUR")])
def test_any_two_areas_may_be_asked_for_in_any_order(pair):
    first, second = (told("2026-06-01", some).tension for some in (pair, pair[::-1]))
    assert first == second
    assert any(one.index for one in first.years)


def test_two_records_of_one_event_count_once():
    """The attack on the embassy in Tehran stands in two records."""
    year = next(one for one in told("2024-06-01").tension.years if one.since.startswith("2023"))
    assert year.strain["incidents"] == 1


def test_three_areas_or_nothing_seen_have_no_index():
    world = World.at("2026-06-01")
    assert tension(world, find_subject(world.facts, "aze-isr"), ["AZE", "IRN", "ISR"], None) is None
    assert tension(world, find_subject(world.facts, "aze-isr"), ["MNG", "MLT"], None) is None


def test_each_part_is_shown_and_the_sample_is_said():
    from rich.console import Console

    answer = told("2024-06-01").to_dict()
    console = Console(width=200, record=True)
    with console.capture() as caught:
        for part in parts(answer):
            console.print(part)
    text = caught.get()
    assert all(word in text for word in record_compared.NAMES.values())
    assert "Index 1 in the year before 2022-11-18" in text
    assert any("samples" in line for line in remarks(answer))
    assert set(record_compared.NAMES) == set(STRAIN)


def test_every_sign_is_cited():
    answer = told("2024-06-01")
    assert set(answer.tension.evidence) <= {(one.table, one.id) for one in answer.evidence}
