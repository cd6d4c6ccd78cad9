"""Checks of alliances: readings beside their text, names of one thing, answers after appeals, counts of votes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from landbridge.facts.checks.complaint import Complaint
from landbridge.facts.checks.own import Own, rows_of
from landbridge.facts.store import Facts
from landbridge.facts.tables import Row

NAMED: Final = ("bloc_id", "format_id", "agreement_id")
TOLD: Final = ("record_id", "measure_id")


def readings(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """A reading says who holds it, and is one of a text, not of another reading."""
    rows = facts.table("obligations").by_id
    for row in rows_of(facts, "obligations", own):
        if row["reading_of"] is None:
            if row["read_by"]:
                problem, remedy = "somebody's reading, but of no text", "name the text in reading_of"
                yield Complaint("error", "readings", "obligations", row["id"], "reading_of", problem, remedy)
            continue
        if not row["read_by"]:
            problem, remedy = "a reading that nobody holds", "name who holds it in read_by"
            yield Complaint("error", "readings", "obligations", row["id"], "read_by", problem, remedy)
        text = rows.get(row["reading_of"])
        if text is not None and text["reading_of"] is not None:
            problem, remedy = f"{text['id']} is itself a reading", f"name {text['reading_of']}"
            yield Complaint("error", "readings", "obligations", row["id"], "reading_of", problem, remedy)


def aliases(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """Another name means one thing."""
    for row in rows_of(facts, "alliance_names", own):
        meant = [name for name in NAMED if row[name] is not None]
        if len(meant) + (row["measure_id"] is not None) > 1 or not any(row[name] for name in (*NAMED, *TOLD)):
            problem = f"it means {len(meant)} things"
            remedy = f"fill one of {', '.join(NAMED)}, or a record or measure"
            yield Complaint("error", "aliases", "alliance_names", row["id"], "bloc_id", problem, remedy)


def responses(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """A response does not come before its appeal, and what counts was asked for by somebody."""
    for row in rows_of(facts, "crises", own):
        asked, came = row["appeal_date"], row["response_date"]
        if asked and came and asked.precision == came.precision == "day" and came.first < asked.first:
            problem = f"it answers on {came}, before the appeal of {asked}"
            yield Complaint("error", "responses", "crises", row["id"], "response_date", problem, "compare the days")
        if row["counted"] and row["response"] in {"no appeal", "not_an_appeal"}:
            problem, remedy = f"counted, but the response is {row['response']!r}", "do not count it"
            yield Complaint("error", "responses", "crises", row["id"], "counted", problem, remedy)


def response_readings(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """Readings of a response stand beside each other: of two sides or more, each once, and not all as it is coded."""
    read: dict[str, list[Row]] = {}
    for row in facts.table("crisis_readings").rows:
        read.setdefault(row["crisis_id"], []).append(row)
    crises = facts.table("crises").by_id
    for row in rows_of(facts, "crisis_readings", own):
        some, crisis = read[row["crisis_id"]], crises.get(row["crisis_id"])
        sides = [side for one in some for side in one["read_by"]]
        if len(some) == 1 or len(sides) > len(set(sides)):
            problem, remedy = "one side alone, or one side twice", "tell each side's reading once"
            yield Complaint("error", "response_readings", "crisis_readings", row["id"], "read_by", problem, remedy)
        if crisis is not None and all(one["response"] == crisis["response"] for one in some):
            problem, remedy = f"all read it as {crisis['response']}, as it is coded", "leave the readings out"
            yield Complaint("error", "response_readings", "crisis_readings", row["id"], "response", problem, remedy)


def votes(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """The lists of a pair are of one length, and no more votes are alike than there were."""
    for row in rows_of(facts, "vote_pairs", own):
        lists = [row["common"], row["alike"], row["halves"]]
        try:
            common, alike, halves = ([int(item) for item in one] for one in lists)
        except ValueError:
            problem, remedy = "its lists hold something else than whole numbers", "write counts joined by ;"
            yield Complaint("error", "votes", "vote_pairs", row["id"], "common", problem, remedy)
            continue
        if not len(common) == len(alike) == len(halves):
            problem, remedy = "its lists differ in length", "give each year a place in each, 0 where there was no vote"
            yield Complaint("error", "votes", "vote_pairs", row["id"], "common", problem, remedy)
        elif any(not 0 <= a <= h / 2 <= c for c, a, h in zip(common, alike, halves, strict=True)):
            problem, remedy = "more votes alike than there were, or more alike than points", "compare the three lists"
            yield Complaint("error", "votes", "vote_pairs", row["id"], "alike", problem, remedy)
