"""An answer about an alliance as tables for a terminal: members, obligations, record, cohesion, forecast, doubts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from landbridge.politics.membership import OUTSIDE, counted
from landbridge.report import appeals, camps, expected, freight, poles
from landbridge.report.boxes import boxed
from landbridge.report.country_words import day_of

if TYPE_CHECKING:
    from rich.table import Table

    from landbridge.report.names import Names

Row = Mapping[str, Any]
LIMITED: Final = ("observer", "partner", "suspended", "frozen")
LIMITS: Final = re.compile(r"\b(only|alone|not binding|without (a )?vote|assembly|suspended)\b", re.IGNORECASE)
"""Words by which a remark limits a standing."""
OF_SOURCES: Final = re.compile(r"corrected|looked for|the source|day|start|membership from", re.IGNORECASE)
"""Beginnings of remarks on where a row comes from."""
MOST_OTHERS: Final = 5
"""So many other blocs are named above and below in cohesion."""
MOST_CONFLICTS: Final = 6
MOST_TIES: Final = 8
MOST_ALIGNED: Final = 12
"""So many members are told with where they stand; JSON has all."""
KINDS: Final = {
    "attack-on-all": "an attack on one is an attack on all",
    "aid": "aid in an attack",
    "aid-without-delay": "aid without delay",
    "may-aid": "may consider aid",
    "consult": "consult",
    "no-help-to-aggressor": "no help to the aggressor",
    "no-hostile-alliance": "no alliance against the other",
    "no-foreign-bases": "no foreign forces without consent",
    "no-territory-against": "territory not used against the other",
    "non-aggression": "no force against each other",
    "respect-borders": "respect borders",
    "no-third-party-sanctions": "do not join measures of others",
    "delegated-border-guard": "guard borders together",
    "open-links": "open links",
    "transit-passage": "let pass",
    "bar-belligerents": "bar warships of belligerents",
    "consent-of-sector": "pipelines by consent of the sector",
    "customs-union": "customs union",
}
CONFLICTS: Final = {
    "aid-to-both": "help owed to both {0} and {1}, who were at odds",
    "aid-against-restraint": "help owed to {0}, and restraint to {1}, who were at odds",
}
LOOSE: Final = {
    "signed, not in force": "not in force",
    "signed, entry into force not found": "entry into force not found",
    "initialled, not signed": "not in force",
    "not signed": "not in force",
    "ended": "no longer in force",
    "in force, first day not known": "first day of force not found",
}
"""What is said of a duty by the state of its text; nothing of one that is in force."""
MOST_POLES: Final = 3
"""So many poles are told in a cell."""


def of_text(row: Row) -> str:
    """The article of a duty, and that its text is not in force on the day where it is not.

    Examples
    --------
    >>> of_text({"agreement": "caspian-2018", "article": "art. 14", "state": "signed, not in force"})
    'caspian-2018, art. 14 (not in force)'
    >>> of_text({"agreement": None, "bloc": "eu", "article": "art. 28", "state": "in force"})
    'eu, art. 28'
    >>> of_text({"agreement": None, "bloc": None, "article": "treaty of 2005", "state": "in force"})
    'treaty of 2005'
    """
    loose = LOOSE.get(row.get("state", ""), "")
    named = ", ".join(filter(None, (row["agreement"] or row["bloc"], row["article"])))
    return f"{named} ({loose})" if loose else named


def title(answer: Row) -> str:
    """The question in one line.

    Examples
    --------
    >>> title({"name": "NATO", "bloc": "nato", "form": "mutual defence", "date": "2022-05-16"})
    'NATO (nato), mutual defence, on 2022-05-16'
    """
    return f"{answer['name']} ({answer['bloc']}), {answer['form']}, on {answer['date']}"


def parts(answer: Row, names: Names | None = None) -> list[Any]:
    """Everything below the title, in order.

    Examples
    --------
    >>> empty = dict.fromkeys(("members", "obligations", "conflicts", "record", "forecast", "overlaps", "ties"), [])
    >>> no = {**empty, "nobody": "it ended on 2015-01-01", "cohesion": None, "alignment": {}, "grade": "D"}
    >>> [str(part) for part in parts(no)]
    ['Nobody is bound: it ended on 2015-01-01.', 'Grade D.']
    """
    from rich.text import Text

    out: list[Any] = [Text(line) for line in (*member_lines(answer, names), *asked_lines(answer, names))]
    if answer["obligations"]:
        out.append(obligations(answer["obligations"]))
        out += [Text(line, style="dim") for line in readings(answer["obligations"])]
    out += [Text(line) for line in conflict_lines(answer["conflicts"])]
    if answer.get("freight"):
        out.append(freight.table(answer["freight"]))
        out += [Text(line, style="dim") for line in freight.lines(answer)]
    if answer["record"]:
        out.append(appeals.record(answer["record"]))
        out += [Text(line) for line in appeals.lines(answer)]
        out += [Text(line, style="dim") for line in appeals.responses_read(answer["record"])]
    if answer["forecast"]:
        out.append(expected.forecast(answer["forecast"]))
        out += [Text(line) for line in expected.score_lines(answer.get("forecast_score"))]
        out += [Text(line) for line in expected.field_lines(answer.get("forecast_field"), names)]
    out += [Text(line) for line in cohesion_lines(answer)]
    out += [Text(line) for line in camps.lines(answer.get("camps"))]
    if answer["alignment"]:
        out.append(aligned(answer["alignment"]))
        left = len(answer["alignment"]) - MOST_ALIGNED
        out += [Text(f"and {left} members more: all with --json")] if left > 0 else []
        out.append(Text("Each of them by year, with transit: landbridge country AREA.", style="dim"))
    out += [Text(line, style="dim") for line in tie_lines(answer["ties"])]
    out += [Text(line) for line in overlap_lines(answer["overlaps"])]
    out += [Text(line) for line in (*remarks(answer), f"Grade {answer['grade']}.")]
    return out


def member_lines(answer: Row, names: Names | None = None) -> Iterator[str]:
    """Areas by status with the first day, the odd ones by name.

    Examples
    --------
    >>> list(member_lines({"nobody": None, "members": [
    ...     {"area": "ARM", "status": "frozen", "since": "2024-02-22", "pair_with": None, "by_scenario": False}]}))
    ['1 frozen: ARM (2024-02-22)']
    """
    if answer.get("nobody"):
        yield f"Nobody is bound: {answer['nobody']}."
    for code in answer.get("remarks") or ():
        if code.startswith("text:"):
            yield f"Its text on the day: {code.removeprefix('text:')}."
    groups: dict[str, list[str]] = {}
    for row in answer["members"]:
        since = "by scenario" if row["by_scenario"] else day_of(row)
        name = row["area"] if names is None else names.area(row["area"])
        pair = (
            f" towards {row['pair_with'] if names is None else names.area(row['pair_with'])}"
            if row["pair_with"]
            else ""
        )
        groups.setdefault(row["status"], []).append(f"{name}{pair}" + (f" ({since})" if since else ""))
    for status, listed in groups.items():
        yield f"{counted(status, len(listed))}: {', '.join(listed)}"


def asked_lines(answer: Row, names: Names | None = None) -> Iterator[str]:
    """Who asked, was asked, declined or was named, by whom and when; those of whom the same is said together.

    Examples
    --------
    >>> row = {"area": "GEO", "status": "declined", "note": "invited in 2020"}
    >>> list(asked_lines({"members": [row]}))
    ['Declined, GEO: invited in 2020.']
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for row in answer["members"]:
        if row["status"] in OUTSIDE and row.get("note"):
            name = row["area"] if names is None else names.area(row["area"])
            groups.setdefault((row["status"], row["note"]), []).append(name)
    for (status, note), listed in groups.items():
        yield f"{status.capitalize()}, {', '.join(listed)}: {note}."
    yield from limited_lines(answer, names)


def limited_lines(answer: Row, names: Names | None = None) -> Iterator[str]:
    """What limits the standing of those who look on or whose part is suspended, as far as a remark says it.

    Examples
    --------
    >>> row = {"area": "SRB", "status": "observer", "note": "at the assembly only; corrected: the day is recalled"}
    >>> list(limited_lines({"members": [row]}))
    ['Observer, SRB: at the assembly only.']
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for row in answer["members"]:
        said = [part.strip() for part in (row.get("note") or "").rstrip(".").split(";")]
        note = "; ".join(part for part in said if LIMITS.search(part) and not OF_SOURCES.match(part))
        if row["status"] in LIMITED and note:
            name = row["area"] if names is None else names.area(row["area"])
            groups.setdefault((row["status"], note), []).append(name)
    for (status, note), listed in groups.items():
        yield f"{status.capitalize()}, {', '.join(listed)}: {note}."


def obligations(rows: Sequence[Row]) -> Table:
    """One row for each duty."""
    table = boxed("Obligations")
    for word in ("Article", "What", "Owed by", "To", "When", "Terms", "Since", "Grade"):
        table.add_column(word, overflow="fold")
    for row in rows:
        by, to = _short(row["owed_by"]), _short(row["owed_to"])
        same = row["mutual"] and row["owed_by"] == row["owed_to"]
        table.add_row(of_text(row), KINDS[row["kind"]], by, "each other" if same else to,
                      row["trigger"], row["terms"], day_of(row), row["grade"])  # fmt: skip
    return table


def _short(areas: Sequence[str]) -> str:
    return " ".join(areas) if len(areas) <= 8 else f"{len(areas)} areas"


def readings(rows: Sequence[Row]) -> Iterator[str]:
    """Disputed texts with each reading.

    Examples
    --------
    >>> list(readings([{"article": "art. 4", "agreement": "cst-1992", "bloc": "csto", "readings": [
    ...     {"read_by": ["ARM"], "about": "border", "terms": "aid is owed", "since": "2021-05-12"}]}]))
    ['Disputed, cst-1992, art. 4: ARM (border, 2021-05-12): aid is owed']
    """
    for row in rows:
        for one in row["readings"]:
            who = " ".join(one["read_by"])
            yield (f"Disputed, {of_text({**row, 'state': ''})}: {who} ({one['about']}, {day_of(one)}): {one['terms']}")


def conflict_lines(rows: Sequence[Row]) -> Iterator[str]:
    """Duties that pull two ways, those of one kind towards the same two areas together."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["kind"], *row["towards"], *row["duties"]), []).append(row)
    for (kind, first, second, one, other), some in list(groups.items())[:MOST_CONFLICTS]:
        who = " ".join(row["area"] for row in some)
        duties = one if one == other else f"{one}, {other}"
        yield f"Two ways, {who}: {CONFLICTS[kind].format(first, second)} ({duties}; {', '.join(some[0]['why'][-2:])})"
    if len(groups) > MOST_CONFLICTS:
        yield f"and {len(groups) - MOST_CONFLICTS} such pairs of duties more: all with --json"


def cohesion_lines(answer: Row) -> Iterator[str]:
    """Agreement in UN votes against chance and other blocs, its trend, ideal points."""
    told = answer["cohesion"]
    if told is None:
        return
    yield (
        f"Votes in the UN in {told['year']}: {_pct(told['agreement'])} alike "
        f"({_pct(told['low'])} to {_pct(told['high'])}), {told['voters']} of {told['of']} members, "
        f"{told['roll_calls']:.0f} roll calls; random groups of that size "
        f"{_pct(told['random']['mean'])} ({_pct(told['random']['low'])} to {_pct(told['random']['high'])})."
    )
    if told["with_frozen"] is not None:
        yield f"With frozen members: {_pct(told['with_frozen']['agreement'])}."
    if told["others"]:
        above = [row for row in told["others"] if row["agreement"] > told["agreement"]]
        below = [row for row in told["others"] if row["agreement"] <= told["agreement"]]
        nearest = (_listed(above[-MOST_OTHERS:]), _listed(below[:MOST_OTHERS]))
        yield f"More alike: {len(above)} blocs{nearest[0]}; less: {len(below)}{nearest[1]}."
    trend = told["trend"]
    if trend is not None:
        first, last = told["series"][0]["year"], told["series"][-1]["year"]
        text = (
            f"Trend {first} to {last}: {100 * trend['per_year']:+.2f} points a year "
            f"({100 * trend['low']:+.2f} to {100 * trend['high']:+.2f})"
        )
        if trend["break_year"] is not None:
            text += f"; break in {trend['break_year']}, {_pct(trend['before'])} before and {_pct(trend['after'])} since"
        yield f"{text}."
    if told["ideal_points"]:
        last = told["ideal_points"][-1]
        yield (
            f"Ideal points in {last['year']}: mean distance {last['spread']:.2f} "
            f"({last['low']:.2f} to {last['high']:.2f}), {last['voters']} members."
        )


def _pct(share: float) -> str:
    return f"{100 * share:.0f} %"


def _listed(rows: Sequence[Row]) -> str:
    return f" ({', '.join(row['bloc'] for row in rows)})" if rows else ""


def aligned(rows: Mapping[str, Sequence[Row]]) -> Table:
    """One row for each member: each part by pole, largest first, with its balance."""
    table = boxed("Where members stand (by pole, largest first; balance: 1 is even among poles)")
    used = [name for name in poles.PART_WORDS if any(one["part"] == name for some in rows.values() for one in some)]
    for word in ("Area", *(poles.PART_WORDS[name].capitalize() for name in used)):
        table.add_column(word, overflow="fold")
    for area, some in list(rows.items())[:MOST_ALIGNED]:
        by = {one["part"]: one for one in some}
        table.add_row(area, *(poles.told(by[name], MOST_POLES) for name in used))
    return table


def tie_lines(rows: Sequence[Row]) -> Iterator[str]:
    """Other ties between members on the day."""
    for row in rows[:MOST_TIES]:
        sides = f"{' '.join(row['by'])} with {' '.join(row['with'])}"
        since = f", {row['since']} to {row['until']}" if row["until"] else f" since {row['since']}"
        yield ": ".join(filter(None, (f"Tie: {row['kind']}, {sides}{since}", row["what"])))
    if len(rows) > MOST_TIES:
        yield f"and {len(rows) - MOST_TIES} ties more: all with --json"


def overlap_lines(rows: Sequence[Row]) -> Iterator[str]:
    """Other blocs in which members sit.

    Examples
    --------
    >>> list(overlap_lines([{"bloc": "pfp", "areas": ["ARM", "KAZ"]}, {"bloc": "ots", "areas": ["KAZ"]}]))
    ['Also together in: pfp (2). One of them each in: ots.']
    """
    several = [f"{row['bloc']} ({len(row['areas'])})" for row in rows if len(row["areas"]) > 1]
    single = [row["bloc"] for row in rows if len(row["areas"]) == 1]
    told = []
    if several:
        told.append(f"Also together in: {', '.join(several)}.")
    if single:
        told.append(f"One of them each in: {', '.join(single)}.")
    if told:
        yield " ".join(told)


def remarks(answer: Row) -> list[str]:
    """What has to be said, in sentences.

    Examples
    --------
    >>> remarks({"remarks": ["few-appeals:1"]})
    ['Only one appeal counts: the forecast rests on other bodies and tells little.']
    """
    return [text for text in (_remark(one) for one in answer.get("remarks") or ()) if text]


def _few(number: str) -> str:
    return {"0": "No appeal counts", "1": "Only one appeal counts"}.get(number, f"Only {number} appeals count")


def _remark(code: str) -> str:
    word, _, number = code.partition(":")
    told = {
        "told": f"On record of it: {number}.",
        "unlisted": f"The list of members is not whole; it leaves out {number}.",
        "not-areas": f"Belongs to it and is no area here: {number}.",
        "frozen": f"{number} froze its part: the texts bind, it takes no part; others hold that no such status exists.",
        "not-in-force": f"Duties of texts that are not in force on the day, or of which it was not found: {number}.",
        "no-duty-of-help": "No duty of help in an attack was found among its texts.",
        "disputed": f"Read in different ways: {number} of its duties; the readings stand side by side.",
        "conflicts-by-crises": "At odds are two areas by appeals of the last years; it says nothing of who was right.",
        "no-votes": "No votes in the data for enough of its members.",
        "votes-of": f"Roll calls are known to {number}; the interval is the widest that they allow.",
        "votes-known": f"Votes are known of {number} members.",
        "few-appeals": f"{_few(number)}: the forecast rests on other bodies and tells little.",
        "threats-not-told-apart": f"The cases do not tell kinds of threat apart (probability that they do: {number}).",
        "no-better-than-base": "Over all cases the forecast does no better than the base rate by more than its error.",
        "no-better-than-base-here": "Over the cases here it does no better than the base rate by more than its error.",
        "forecast-cannot-tell": "So the data cannot tell what to expect of an appeal.",
        "appeals-that-became-known": "Appeals are those that became known; quiet refusals are missing.",
        "pending": "A response came only after the day and is not told.",
    }
    return told.get(word, "")
