"""A country profile in words that terminal and page share: names, states of borders, losses, what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from landbridge.politics.membership import OUTSIDE
from landbridge.report.names import Names
from landbridge.report.numbers import days, grouped, signed
from landbridge.units import H_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Callable

Row = Mapping[str, Any]
MOST_BOUND: Final = 40
MOST_NAMED: Final = 4
"""So many posts, routes or areas are named in one cell; JSON has all."""
DISPUTED: Final = "Disputed"
"""What a measure says first of its effect where the parties speak of it differently: both are told."""
STATUS_WORDS: Final = {
    "member": "Member of",
    "frozen": "Froze its part in",
    "suspended": "Suspended in",
    "party": "Party to",
    "candidate": "Candidate of",
    "applied": "Applied to",
    "invited": "Invited to",
    "declined": "Declined",
    "proposed": "Named in the proposal of",
    "partner": "Partner of",
    "observer": "Observer at",
}
NOTED: Final = (*OUTSIDE, "candidate", "partner", "frozen", "suspended")
"""Standings that say little without the note of their row."""
NOT_YET: Final = frozenset(("signed", "initialled"))
"""First words of the states of texts that do not bind yet."""
SHOWN_STATES: Final = (("open", "open"), ("limited", "limited"), ("shut", "shut"), ("not there", "not built"))
UNKNOWN_WORDS: Final = {
    "no-trade": "Trade by partner is not in the tables: no shares, and routes lead to neighbours instead.",
    "trade-of": "Trade is that of {0}, the last year in the table before the day; what shifted since is not known.",
    "trade-later": "Trade is that of {0}, the first year in the table, although it is not over on the day.",
    "trade-listed": "The partners named make {0} of all trade; the rest is not told by partner.",
    "no-gas": "Whose gas it burns is not known: it is in no zone of the gas tables.",
    "gas-not-traced": "The flows of its gas are not modelled on this day.",
    "gas-at-odds": "By mixing it cannot be told whose gas it takes: {0}. Gas sold across a transit land mixes in the "
                   "pipes, not in the trade.",
    "no-boxes": "What of {0} goods rides in boxes is not known: they weigh on no route.",
    "gas-not-bought": "What it bought is not told by origin. Traced is what mixes in the pipes on the way: gas in "
                      "transit counts as that of the area which it passes.",
    "no-duties": "No duty that it owes or is owed stands in the tables, which hold those of {0} blocs and "
                 "agreements and nobody's treaties as a whole: that is no proof that there is none.",
    "no-votes": "Its votes in the UN are not in the data.",
    "no-land-border": "It has no land border in the tables.",
    "no-posts": "The tables have no posts of its own.",
    "borders-under": "Posts on its ground stand in the tables under {0}, to which it belongs de jure.",
    "no-routes": "No standard route: neither partners nor open neighbours are known.",
    "no-port": "No seaport that takes boxes is reached.",
}  # fmt: skip


def title(answer: Row, names: Names | None = None) -> str:
    """The question in one line.

    Examples
    --------
    >>> title({"name": "Armenia", "area": "ARM", "status": "UN member", "landlocked": True, "de_jure": ["ARM"],
    ...        "de_facto": ["ARM"], "date": "2022-05-16"})
    'Armenia (ARM), UN member, landlocked, on 2022-05-16'
    """
    known = names or Names()
    parts = [f"{answer['name']} ({answer['area']})", str(answer["status"])]
    if answer["status"] == "disputed":
        parts.append(f"de jure {_all(known, answer['de_jure'])}, held by {_all(known, answer['de_facto'])}")
    if answer.get("landlocked"):
        parts.append("landlocked")
    return ", ".join([*parts, f"on {answer['date']}"])


def _all(names: Names, areas: Iterable[str]) -> str:
    return " and ".join(names.area(one) for one in areas) or "nobody known"


def standings(answer: Row) -> Iterator[tuple[str, list[Row]]]:
    """Blocs, formats and agreements by standing and state of the text, each with its rows: "Member of 19 blocs".

    Examples
    --------
    >>> rows = [{"kind": "bloc", "status": "member", "id": "eaeu"}, {"kind": "bloc", "status": "partner", "id": "sco"}]
    >>> [text for text, _ in standings({"memberships": rows})]
    ['Member of 1 bloc', 'Partner of 1 bloc']
    """
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in answer["memberships"]:
        groups.setdefault((row["kind"], row["status"], row.get("state", "")), []).append(row)
    for (kind, status, state), rows in groups.items():
        many = kind if len(rows) == 1 else f"{kind}s"
        head, _, rest = state.partition(", ")
        word = head.capitalize() if head in NOT_YET else STATUS_WORDS.get(status, status.capitalize())
        told = f" {rest if head in NOT_YET else state}" if state else ""
        yield f"{word} {len(rows)} {many}{told}", rows


def day_of(row: Row, name: str = "since") -> str:
    """A day as precisely as it is known.

    Examples
    --------
    >>> day_of({"since": "1994-01-01", "since_precision": "year"}), day_of({"since": None})
    ('1994', '')
    """
    length = {"year": 4, "month": 7}.get(row.get(f"{name}_precision", ""), 10)
    return str(row[name] or "")[:length]


def asked_on(row: Row) -> str:
    """The day of an appeal, and that of what it was about where it is another; that alone where nobody appealed.

    Examples
    --------
    >>> asked_on({"date": "2022-09-14", "date_precision": "day", "appeal_date": "2022-10-07"})
    '2022-10-07 (event of 2022-09-14)'
    >>> asked_on({"date": "2013-01-01", "date_precision": "year", "appeal_date": None})
    '2013'
    """
    event, asked = day_of(row, "date"), row["appeal_date"]
    if not asked:
        return event
    return asked if event == asked else f"{asked} (event of {event})"


def doubtful(row: Row) -> str:
    """What a row says of its own worth: grade D, approximate.

    Examples
    --------
    >>> doubtful({"grade": "D", "approximate": True}), doubtful({"grade": "B"}), doubtful({"evidence": []})
    ('grade D, approximate', '', '')
    """
    grades = {row["grade"]} if "grade" in row else {one["grade"] for one in row["evidence"]}
    return ", ".join((["grade D"] if grades == {"D"} else []) + (["approximate"] if row.get("approximate") else []))


def standing(row: Row, names: Names) -> str:
    """A bloc with its first day: "csto (1994-04-20)".

    Examples
    --------
    >>> standing({"id": "csto", "since": "1994-04-20", "pair_with": None, "by_scenario": False}, Names())
    'csto (1994-04-20)'
    """
    told = ["by scenario" if row["by_scenario"] else day_of(row), doubtful(row) if "grade" in row else ""]
    since = ", ".join(filter(None, told))
    pair = f" towards {names.area(row['pair_with'])}" if row["pair_with"] else ""
    return f"{row['id']}{pair}" + (f" ({since})" if since else "")


def posts(border: Row, mode: str) -> str:
    """How many posts of a mode are open and shut: "3 open, 1 limited".

    Examples
    --------
    >>> posts({"counts": {"road": {"open": 3, "limited": 1, "shut": 0, "not there": 0}}}, "road")
    '3 open, 1 limited'
    """
    counts = border["counts"].get(mode)
    if counts is None:
        return "none"
    return ", ".join(f"{counts[key]} {word}" for key, word in SHOWN_STATES if counts[key])


def passing(border: Row) -> str:
    """The posts that pass freight, by name, with what is limited at them."""
    some = [row for row in border["posts"] if row["state"] in ("open", "limited")]
    told = []
    for row in some[:MOST_NAMED]:
        limits = [row["cargo"], "" if not row["carriers"] else f"carriers {row['carriers']}", one_way(row)]
        limit = "; ".join(filter(None, limits)) if row["state"] == "limited" else ""
        told.append(f"{row['name']} ({row['mode']}{'; ' + limit if limit else ''})")
    left = len(some) - len(told)
    return "; ".join([*told, *([f"and {left} more"] if left > 0 else [])])


def one_way(row: Row) -> str:
    """Which way freight passes, where it passes one way only.

    Examples
    --------
    >>> one_way({"out": "all", "into": "none"}), one_way({"out": "all", "into": "listed"})
    ('out only', '')
    """
    if (row["out"] == "none") == (row["into"] == "none"):
        return ""
    return "in only" if row["out"] == "none" else "out only"


def shut_by(border: Row, most: int = MOST_NAMED, names: Names | None = None) -> str:
    """Why the others are shut: the rules that name the border, then reasons of the posts, each once."""
    some = [row for row in border["posts"] if row["state"] == "shut"]
    told = list(dict.fromkeys(f"{row['why'] or 'shut'}{'' if row['sure'] else ' (unsure)'}" for row in some))
    bound = border["measures"] if any(row["state"] != "open" for row in border["posts"]) else ()
    rules = ", ".join(dict.fromkeys(rule(key, names or Names()) for key in bound))
    left = len(told) - most
    more = f"and {left} {'reason' if left == 1 else 'reasons'} more" if left > 0 else ""
    return "; ".join(filter(None, [rules, *told[:most], more]))


def rule(key: str, names: Names) -> str:
    """The measure that a rule belongs to: what it is and whose; the id of the rule where no facts are at hand.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> rule("tur-arm93-r-border", Names(load())), rule("tur-arm93-r-border", Names())
    ('embargo by TUR', 'measure tur-arm93-r-border')
    """
    found = None if names.facts is None else names.facts.table("measure_rules").by_id.get(key)
    of = None if found is None or names.facts is None else names.facts.table("measures").by_id.get(found["measure_id"])
    return f"measure {key}" if of is None else f"{of['kind']} by {of['imposers']}"


def line(row: Row) -> str:
    """A named line with its state.

    Examples
    --------
    >>> line({"name": "Goris-Kapan", "mode": "road", "state": "closed", "sure": False, "why": "out of use"})
    'Goris-Kapan (road): closed (unsure), out of use'
    """
    return f"{row['name']} ({row['mode']}): {row['state']}{'' if row['sure'] else ' (unsure)'}" + (
        f", {row['why']}" if row["why"] else ""
    )


def route_row(row: Row) -> tuple[str, str, str]:
    """Days, dollars and the way of a standard route; the reason where there is none.

    Examples
    --------
    >>> route_row({"hours": None, "no_route": "trade is forbidden"})
    ('no route', '', 'trade is forbidden')
    """
    if row["hours"] is None:
        return "no route", "", str(row["no_route"])
    along = [row["label"]]
    transit = row["areas"][1:-1]
    if transit:
        along.append(f"through {' '.join(transit)}")
    if row.get("unserved"):
        along.append(f"not in the tables whether box ships call at {' or '.join(row['unserved'])}")
    return days(row["hours"]), grouped(row["usd"]), ", ".join(along)


def percent(share: float | None) -> str:
    """A share as percent; unknown when missing.

    Examples
    --------
    >>> percent(0.354), percent(0.0004), percent(0.0), percent(None)
    ('35 %', '< 0.1 %', '0 %', 'unknown')
    """
    if share is None:
        return "unknown"
    if 0 < share < 0.001:
        return "< 0.1 %"
    return f"{100 * share:.0f} %" if share >= 0.1 or share == 0 else f"{100 * share:.1f} %"


def more_days(hours: float | None) -> str:
    """A difference in days.

    Examples
    --------
    >>> more_days(36.0), more_days(0.0), more_days(None)
    ('+1.5 d', '0 d', 'unknown')
    """
    return signed(None if hours is None else hours / H_PER_DAY, "d")


def losses(row: Row, names: Names, skip: str = "same") -> str:
    """The routes that change, with their differences."""
    told = []
    for one in row["changed"]:
        where = one["to"] if one["kind"] == "port" else f"{one['to']} ({names.area(one['to_area'])})"
        if one["outcome"] == "shuts":
            told.append(f"{where}: no way")
        elif one["outcome"] == "opens":
            told.append(f"{where}: opens")
        elif one["outcome"] != skip:
            told.append(f"{where} {more_days(one['delta_hours'])}, {signed(one['delta_usd'], 'USD')}")
    left = len(told) - 2 * MOST_NAMED
    return "; ".join([*told[: 2 * MOST_NAMED], *([f"and {left} more"] if left > 0 else [])])


def unknown(answer: Row) -> Iterator[str]:
    """What cannot be told.

    Examples
    --------
    >>> list(unknown({"unknown": ["trade-listed:0.757"]}))
    ['The partners named make 76 % of all trade; the rest is not told by partner.']
    """
    for code in answer["unknown"]:
        name, _, value = str(code).partition(":")
        yield UNKNOWN_WORDS[name].format(percent(float(value)) if name == "trade-listed" else value)


def measure(row: Row) -> str:
    """A measure in one line.

    Examples
    --------
    >>> measure({"imposers": "TUR", "targets": "ARM", "kind": "embargo", "what": "land border", "since": "1993-04-03",
    ...          "as_part_of": [], "id": "tur-arm93"})
    'TUR on ARM, embargo: land border (since 1993-04-03)'
    """
    since = f" (since {day_of(row)})" if row["since"] else " (by scenario)"
    through = f", as part of {' '.join(row['as_part_of'])}" if row["as_part_of"] else ""
    disputed = f". {row['effect']}" if row.get("effect", "").startswith(DISPUTED) else ""
    return f"{row['imposers']} on {row['targets']}, {row['kind']}: {row['what']}{through}{since}{disputed}"


def passed(rows: Sequence[Row], kind: str, names: Names) -> Iterator[tuple[Row, str]]:
    """What standard routes pass, with its name."""
    for row in rows:
        yield row, names.area(row["id"]) if kind == "area" else names.gate(kind, row["id"])


def joined(items: Iterable[Any], form: Callable[[Any], str], most: int) -> str:
    """The first items in words, and how many are left.

    Examples
    --------
    >>> joined([1, 2, 3], str, 2)
    '1, 2 and 1 more'
    """
    every = list(items)
    told = ", ".join(form(one) for one in every[:most])
    return told if len(every) <= most else f"{told} and {len(every) - most} more"


def duty(row: Row, kind: str) -> str:
    """What is owed, and whether a side froze its part or the text is read in different ways.

    Examples
    --------
    >>> duty({"frozen": ["ARM"], "readings": [{}]}, "consult"), duty({"frozen": [], "readings": []}, "consult")
    ('consult (frozen by ARM, disputed)', 'consult')
    """
    frozen = f"frozen by {' '.join(row['frozen'])}" if row.get("frozen") else ""
    marks = ", ".join(filter(None, (frozen, "disputed" if row["readings"] else "")))
    return f"{kind} ({marks})" if marks else kind


def threat(row: Row) -> str:
    """The kind of threat and who or what it came from, where that says more.

    Examples
    --------
    >>> threat({"threat": "state", "threat_from": "AZE"}), threat({"threat": "none", "threat_from": "none"})
    ('state (AZE)', 'none')
    >>> threat({"threat": "internal unrest", "threat_from": "internal ethnic violence"})
    'internal unrest (internal ethnic violence)'
    """
    kind, source = str(row["threat"]), str(row["threat_from"] or "")
    return f"{kind} ({source})" if source and source != kind else kind


def response(row: Row) -> str:
    """What came of an appeal, marked where a side reads it otherwise.

    Examples
    --------
    >>> response({"response": "not_an_appeal", "disputed": False}), response({"response": "declined", "disputed": True})
    ('not an appeal', 'declined (disputed)')
    """
    return f"{row['response'].replace('_', ' ')}{' (disputed)' if row['disputed'] else ''}"


def of_trade(year: int | None) -> str:
    """The heading of shares of trade, with the year that they are of.

    Examples
    --------
    >>> of_trade(2020), of_trade(None)
    ('% of trade of 2020', '% of trade')
    """
    return "% of trade" if year is None else f"% of trade of {year}"


def without_way(answer: Row) -> dict[str, str]:
    """Partners to which there is no way on the day, with the reason.

    Examples
    --------
    >>> rows = [{"to_area": "RUS", "hours": None, "no_route": "trade is forbidden", "share": 0.1}]
    >>> without_way({"access": {"partners": rows}})
    {'RUS': 'trade is forbidden'}
    """
    some = answer["access"]["partners"]
    return {row["to_area"]: str(row["no_route"]) for row in some if row["hours"] is None and row["share"] is not None}


def standing_word(row: Row) -> str:
    """How an area stands to a grouping, with the state of the text of an agreement.

    Examples
    --------
    >>> [standing_word({"status": "party", "state": state}) for state in ("signed, not in force", "in force")]
    ['signed, not in force', 'party, in force']
    >>> standing_word({"status": "member", "state": ""})
    'member'
    """
    state = row["state"]
    if state.partition(", ")[0] in NOT_YET:
        return str(state)
    return f"{row['status']}, {state}" if state else str(row["status"])
