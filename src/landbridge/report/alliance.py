"""An answer about an alliance as tables for a terminal: members, obligations, record, cohesion, forecast, doubts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from landbridge.report import freight
from landbridge.report.numbers import DASH

if TYPE_CHECKING:
    from rich.table import Table

    from landbridge.report.names import Names

Row = Mapping[str, Any]
MOST_CASES: Final = 14
"""So many crises are told, the latest first of those that count; JSON has all."""
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
CANNOT: Final = {
    "few-cases": "too few cases",
    "wide": "interval too wide",
    "no-better": "no better than the base rate",
    "no-better-here": "no better than it here",
}
"""Why the data cannot tell."""
PARTS: Final = ("votes", "memberships", "obligations", "gas", "ties", "measures")


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

    out: list[Any] = [Text(line) for line in member_lines(answer, names)]
    if answer["obligations"]:
        out.append(obligations(answer["obligations"]))
        out += [Text(line, style="dim") for line in readings(answer["obligations"])]
    out += [Text(line) for line in conflict_lines(answer["conflicts"])]
    if answer.get("freight"):
        out.append(freight.table(answer["freight"]))
        out += [Text(line, style="dim") for line in freight.lines(answer)]
    if answer["record"]:
        out.append(record(answer["record"]))
        out += [Text(line) for line in record_lines(answer)]
    if answer["forecast"]:
        out.append(forecast(answer["forecast"]))
        out += [Text(line) for line in score_lines(answer.get("forecast_score"))]
    out += [Text(line) for line in cohesion_lines(answer)]
    if answer["alignment"]:
        out.append(aligned(answer["alignment"]))
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
    groups: dict[str, list[str]] = {}
    for row in answer["members"]:
        since = "by scenario" if row["by_scenario"] else row["since"]
        name = row["area"] if names is None else names.area(row["area"])
        pair = (
            f" towards {row['pair_with'] if names is None else names.area(row['pair_with'])}"
            if row["pair_with"]
            else ""
        )
        groups.setdefault(row["status"], []).append(f"{name}{pair}" + (f" ({since})" if since else ""))
    for status, listed in groups.items():
        word = status if len(listed) == 1 or status in ("frozen", "suspended", "named") else _plural(status)
        yield f"{len(listed)} {word}: {', '.join(listed)}"


def _plural(status: str) -> str:
    return "parties" if status == "party" else f"{status}s"


def obligations(rows: Sequence[Row]) -> Table:
    """One row for each duty."""
    table = _table("Obligations")
    for word in ("Article", "What", "Owed by", "To", "When", "Terms", "Since", "Grade"):
        table.add_column(word, overflow="fold")
    for row in rows:
        by, to = _short(row["owed_by"]), _short(row["owed_to"])
        same = row["mutual"] and row["owed_by"] == row["owed_to"]
        text = f"{row['agreement'] or row['bloc']}, {row['article']}"
        table.add_row(text, KINDS[row["kind"]], by, "each other" if same else to,
                      *(row[name] for name in ("trigger", "terms", "since", "grade")))  # fmt: skip
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
            yield (
                f"Disputed, {row['agreement'] or row['bloc']}, {row['article']}: "
                f"{who} ({one['about']}, {one['since']}): {one['terms']}"
            )


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
        yield f"and {len(groups) - MOST_CONFLICTS} such pairs of duties more (--json)"


def record(rows: Sequence[Row]) -> Table:
    """Crises: the counted ones first, latest first."""
    table = _table("Record")
    for word, right in (("Day", False), ("Appeal by", False), ("Where", False), ("Threat", False), ("Article", False),
                        ("Response", False), ("Days", True), ("Counts", False), ("Grade", False)):  # fmt: skip
        table.add_column(word, justify="right" if right else "left", overflow="fold")
    ordered = sorted(rows, key=lambda row: (not row["counted"], _backwards(row["date"])))
    for row in ordered[:MOST_CASES]:
        counts = "yes" if row["counted"] else f"no: {row['reason']}"
        threat = f"{row['threat']} ({row['threat_from']})" if row["threat_from"] else row["threat"]
        table.add_row(row["appeal_date"] or row["date"], row["appeal_by"] or DASH, row["place"], threat,
                      row["article"], row["response"], _days(row), counts, row["grade"])  # fmt: skip
    return table


def _backwards(day: str) -> tuple[int, ...]:
    return tuple(-int(part) for part in day.split("-"))


def _days(row: Row) -> str:
    if row["delay_days"] is not None:
        return str(row["delay_days"])
    if row["delay_low"] is None:
        return ""
    return f"{row['delay_low']}{DASH}{row['delay_high']}"


def record_lines(answer: Row) -> Iterator[str]:
    """What the record comes to."""
    rows = answer["record"]
    counted = [row for row in rows if row["counted"]]
    told = [f"{sum(row['response'] == word for row in counted)} {word}" for word in
            ("deployed", "consultations", "declined")]  # fmt: skip
    yield f"{len(counted)} appeals count: {', '.join(told)}."
    for one in answer.get("delays") or ():
        ends = f"{one['least_days']} to {one['most_days']}"
        yield f"Days to {one['response']}: {one['median_days']:g} (median of {one['n']}, {ends})."
    left = len(rows) - MOST_CASES
    if left > 0:
        yield f"and {left} crises more (--json)"


def forecast(rows: Sequence[Row]) -> Table:
    """One row for each kind of threat: a column for each response, the body's own cases, whether they tell anything."""
    table = _table("If asked: probability of a response (80 % interval)")
    threats = list(dict.fromkeys(row["threat"] for row in rows))
    responses = list(dict.fromkeys(row["response"] for row in rows))
    table.add_column("Threat", overflow="fold")
    for word in responses:
        table.add_column(word, justify="right", overflow="fold")
    table.add_column("Own cases", overflow="fold")
    table.add_column("Can the data tell", overflow="fold")
    for threat in threats:
        some = {row["response"]: row for row in rows if row["threat"] == threat}
        table.add_row(threat, *(_chance(some[word]) for word in responses), own_cases(list(some.values())),
                      tells(list(some.values())))  # fmt: skip
    return table


def own_cases(rows: Sequence[Row]) -> str:
    """Counted appeals to the body against a kind of threat, by response.

    Examples
    --------
    >>> own_cases([{"response": "deployed", "n": 3, "n_response": 1}, {"response": "declined", "n": 3, "n_response": 2}])
    '3: 1 deployed, 2 declined'
    """
    told = ", ".join(f"{row['n_response']} {row['response']}" for row in rows if row["n_response"])
    return f"{rows[0]['n']}: {told}" if told else "none"


def tells(rows: Sequence[Row]) -> str:
    """Whether the data tell of a kind of threat, and if not why; wide alone may be one response of three.

    Examples
    --------
    >>> tells([{"response": "declined", "why": ["few-cases", "no-better"]}])
    'cannot tell: too few cases; no better than the base rate'
    >>> tells([{"response": "deployed", "why": ["wide"]}, {"response": "declined", "why": []}])
    'cannot tell: interval too wide (deployed)'
    """
    told = []
    for code, words in CANNOT.items():
        some = [row["response"] for row in rows if code in row["why"]]
        if some:
            told.append(words if len(some) == len(rows) else f"{words} ({', '.join(some)})")
    return f"cannot tell: {'; '.join(told)}" if told else "yes"


def _chance(row: Row) -> str:
    return f"{row['p']:.2f} ({row['low']:.2f}{DASH}{row['high']:.2f})"


def score_lines(score: Row | None) -> Iterator[str]:
    """How well such forecasts did.

    Examples
    --------
    >>> list(score_lines({"n": 35, "brier": 0.594, "brier_base": 0.592, "gain": -0.002, "gain_error": 0.016,
    ...                   "body_n": 0, "splits": {"none": 0.27, "body": 0.73}}))  # doctest: +NORMALIZE_WHITESPACE
    ['Left out one by one, 35 cases of all bodies: Brier score 0.594, by the base rate 0.592 (lower is better); gain
    -0.002, standard error 0.016.', 'Probability that cases are alike: none 0.27, body 0.73.']
    """
    if score is None or score["brier"] is None:
        return
    yield f"Left out one by one, {score['n']} cases of all bodies: {_scored(score, '')}."
    if score["body_n"]:
        yield f"Left out one by one, the {score['body_n']} cases here: {_scored(score, 'body_')}."
    alike = ", ".join(f"{name} {share:.2f}" for name, share in score["splits"].items())
    yield f"Probability that cases are alike: {alike}."


def _scored(score: Row, of: str) -> str:
    error = score[f"{of}gain_error"]
    return (
        f"Brier score {score[f'{of}brier']:.3f}, by the base rate {score[f'{of}brier_base']:.3f} (lower is better); "
        f"gain {score[f'{of}gain']:.3f}" + ("" if error is None else f", standard error {error:.3f}")
    )


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
    table = _table("Where members stand (by pole, largest first; balance: 1 is even among poles)")
    used = [name for name in PARTS if any(one["part"] == name for some in rows.values() for one in some)]
    for word in ("Area", *(word.capitalize() for word in used)):
        table.add_column(word, overflow="fold")
    for area, some in list(rows.items())[:MOST_ALIGNED]:
        by = {one["part"]: one for one in some}
        table.add_row(area, *(_of_part(by.get(name)) for name in used))
    return table


def _of_part(part: Row | None) -> str:
    if part is None:
        return ""
    first = sorted(
        ((name, one) for name, one in part["values"].items() if one > 0), key=lambda item: (-item[1], item[0])
    )
    told = ", ".join(f"{name} {one:.2f}" if part["part"] == "votes" else f"{name} {one:g}" for name, one in first[:3])
    if part["outside"]:
        told = ", ".join(filter(None, (told, f"others {part['outside']:.3g}")))
    return told if part["balance"] is None else f"{told}; balance {part['balance']:.2f}"


def tie_lines(rows: Sequence[Row]) -> Iterator[str]:
    """Other ties between members on the day."""
    for row in rows[:MOST_TIES]:
        sides = f"{' '.join(row['by'])} with {' '.join(row['with'])}"
        yield f"Tie: {row['kind']}, {sides} since {row['since']}: {row['what']}"
    if len(rows) > MOST_TIES:
        yield f"and {len(rows) - MOST_TIES} ties more (--json)"


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
    ['Only 1 counted appeals: the forecast rests on other bodies and tells little.']
    """
    return [text for text in (_remark(one) for one in answer.get("remarks") or ()) if text]


def _remark(code: str) -> str:
    word, _, number = code.partition(":")
    told = {
        "unlisted": f"The list of members is not whole; it leaves out {number}.",
        "not-areas": f"Belongs to it and is no area here: {number}.",
        "frozen": f"{number} froze its part: the texts bind, it takes no part; others hold that no such status exists.",
        "no-duty-of-help": "No duty of help in an attack was found among its texts.",
        "disputed": f"{number} of its texts are read in different ways: the readings stand side by side.",
        "conflicts-by-crises": "At odds are two areas by appeals of the last years; it says nothing of who was right.",
        "no-votes": "No votes in the data for enough of its members.",
        "votes-of": f"Roll calls are known to {number}; the interval is the widest that they allow.",
        "votes-known": f"Votes are known of {number} members.",
        "few-appeals": f"Only {number} counted appeals: the forecast rests on other bodies and tells little.",
        "threats-not-told-apart": f"The cases do not tell kinds of threat apart (probability {number} that they differ).",
        "no-better-than-base": "Over all cases the forecast does no better than the base rate by more than its error.",
        "no-better-than-base-here": "Over the cases here it does no better than the base rate by more than its error.",
        "forecast-cannot-tell": "So the data cannot tell what to expect of an appeal: read the intervals, not the means.",
        "appeals-that-became-known": "Appeals are those that became known; quiet refusals are missing.",
        "pending": "A response came only after the day and is not told.",
    }
    return told.get(word, "")


def _table(title: str) -> Table:
    from rich import box
    from rich.table import Table

    return Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False,
                 padding=(0, 1))  # fmt: skip
