"""Answers as tables for a terminal. Gives renderables of `rich`; only the command line prints them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from landbridge.report import (
    banners,
    country_changes,
    fuel_changes,
    inside,
    papers,
    phrases,
    questions,
    refusals,
    words,
    worth,
)
from landbridge.report.boxes import boxed
from landbridge.report.names import Names
from landbridge.report.numbers import DASH, arrival_p80, days, grouped, readable, signed, significant, span

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, Group, RenderResult
    from rich.table import Table
    from rich.text import Text


Answer = Mapping[str, Any]
COMPARED = ("hours", "usd", "generalised_usd", "kg_co2e")
GAP = 3
"""What stands between two columns [letters]."""
LEAST_COLUMN = 12
"""A column narrower than this, and than what stands in it, breaks words so that no one reads them [letters]."""
FULL = 400
"""Width at which every table has its full form [letters]."""
MOST_SUBJECTS = 20
"""So many areas of a comparison of gas or oil are told in a terminal."""
MOST_RULES = 6
"""So many rules are told in a terminal; a page and JSON have all."""
OUTCOME_WORDS = {
    "gains": "gains",
    "loses": "loses",
    "same": "same",
    "changes": "changes",
    "opens": "a way opens",
    "shuts": "no way left",
    "never": "no way in both",
}
OUTCOME_STYLES = {"gains": "green", "opens": "green", "loses": "red", "shuts": "red"}
NAMES = {"hours": "time", "usd": "cost", "kg_co2e": "emissions", "km": "length", "generalised_usd": "cost with time",
         **fuel_changes.WORDS}  # fmt: skip


def route(answer: Answer, names: Names | None = None) -> Group:
    """A route answer: the ways, the legs of the first, why, what is doubtful.

    Examples
    --------
    >>> from rich.console import Console
    >>> none = {"question": {"from": "Kyiv", "to": "Moscow"}, "world": {}, "no_route": {"reason": "trade banned"}}
    >>> Console(width=60).print(route(none))
    Kyiv to Moscow
    No route: trade banned.
    """
    from rich.console import Group
    from rich.text import Text

    world = answer.get("world") or {}
    out: list[Any] = [Text(questions.question(answer.get("question") or {}, world.get("date")), style="bold")]
    out += _world_lines(answer, names)
    routes = answer.get("routes") or ()
    if not routes:
        out += [Text(line) for line in refusals.no_route(answer, names)]
        return Group(*out)
    out.append(Fitted(ways(routes, world.get("date"), names), ways(routes, world.get("date"), names, narrow=True)))
    out.append(legs(routes[0], names))
    out += inside.parts(answer, names)
    out += [_indented(text) for text in remarks(answer, names)]
    return Group(*out)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A table, and the narrow form of it that is shown where the first does not fit."""

    wide: Table
    narrow: Table

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Give the one that fits."""
        # The least width that rich tells for a table counts words of cells that may not be broken, so what they need
        # is told by the greatest, which the two columns that fold are kept from driving up.
        fits = self.wide.__rich_measure__(console, options.update(max_width=FULL)).maximum <= options.max_width
        yield self.wide if fits else self.narrow


def _indented(text: str) -> Any:
    """A line whose further rows stand under its first."""
    from rich.padding import Padding
    from rich.text import Text

    return Padding(Text(text.strip()), (0, 0, 0, 2), expand=False) if text.startswith("  ") else Text(text)


def ways(
    routes: Sequence[Mapping[str, Any]], departure: str | None, names: Names | None = None, *, narrow: bool = False
) -> Table:
    """One row for each way; `narrow` puts the modes, areas and length under its name."""
    table = boxed()
    table.add_column("#", justify="right")
    table.add_column("Along", min_width=14 if narrow else 20, max_width=None if narrow else 32, overflow="fold")
    if not narrow:
        table.add_column("Modes", no_wrap=True)
    for title in ("Days\n10–90 % of trips", "There by\n80 % of trips", "USD\nlow–high", "kg CO2e"):
        table.add_column(title.replace(" of trips", "") if narrow else title, justify="right", no_wrap=True)
    if not narrow:
        table.add_column("km", justify="right", no_wrap=True)
        table.add_column("Areas", overflow="fold", min_width=13, max_width=30)
    table.add_column("Grade", justify="center", no_wrap=True)
    for row in routes:
        modes, along, km = ", ".join(row.get("modes") or ()), words.label(row, names), grouped(row.get("km"))
        cells = [
            str(row["rank"]),
            f"{along}\n{modes}, {km} km\n{_arrow(row)}" if narrow else along,
            modes,
            _ranged(days(row.get("hours")), span(row.get("hours_p10"), row.get("hours_p90"), days)),
            arrival_p80(row, departure),
            _ranged(grouped(row.get("usd")), span(row.get("usd_low"), row.get("usd_high"))),
            grouped(row.get("kg_co2e")),
            km,
            f" {_arrow(row)}",
            str(row.get("grade") or "?"),
        ]
        table.add_row(*[cell for n, cell in enumerate(cells) if not narrow or n not in (2, 7, 8)])
    return table


def legs(row: Mapping[str, Any], names: Names | None = None) -> Table:
    """One row for each leg of a way, and the sums."""
    table = boxed(title=f"Legs of way {row['rank']}: {words.label(row, names)}", footer=True)
    table.add_column("", justify="right")
    table.add_column("Leg", footer="sum", overflow="fold", min_width=24)
    table.add_column("km", justify="right", footer=grouped(row.get("km")))
    table.add_column("h", justify="right", footer=significant(row.get("hours")))
    table.add_column("USD", justify="right", footer=grouped(row.get("usd")))
    table.add_column("kg CO2e", justify="right", footer=grouped(row.get("kg_co2e")))
    for n, leg in enumerate(row["legs"], 1):
        table.add_row(
            str(n),
            _with_note(leg),
            grouped(leg.get("km")),
            significant(leg.get("hours")),
            grouped(leg.get("usd")),
            grouped(leg.get("kg_co2e")),
        )
    return table


def _with_note(leg: Mapping[str, Any]) -> Text:
    """A leg, and under it what is to be known of it."""
    from rich.text import Text

    shown = words.leg(leg)
    note = words.leg_note(leg)
    return Text(shown) if not note else Text.assemble(shown, "\n", (note, "dim"))


def remarks(answer: Answer, names: Names | None = None) -> list[str]:
    """Why the ways differ, what shaped the answer and what is doubtful, each a line."""
    routes = answer.get("routes") or ()
    out: list[str] = []
    others = answer.get("others") or ()
    if others:
        out += ["", f"Also found, with -n {len(routes) + len(others)}"]
        out += [f"  {words.other(row)}: {days(row['hours'])} days, {grouped(row['usd'])} USD" for row in others]
    why = [f"  {route['rank']}  {text}" for route in routes for text in words.why(route, routes, names)]
    if why:
        out += ["", "Why", *why]
    missed = refusals.avoided(answer.get("avoided") or (), names)
    if missed:
        out += ["", refusals.NOT_USED, *[f"  {text}" for text, _ in missed]]
    rules = list(dict.fromkeys(refusals.refusal(row, names) for row in answer.get("refusals") or ()))
    shaped = [*dict.fromkeys(answer.get("notes") or ()), *rules[:MOST_RULES]]
    if len(rules) > MOST_RULES:
        more = len(rules) - MOST_RULES
        shaped.append(
            f"and {more} more rule{'s' if more > 1 else ''} that bear on these ways (all with --json or --html)"
        )
    if shaped:
        out += ["", "What shaped the answer", *[f"  {text}" for text in shaped]]
    doubts = words.doubts(routes, names)
    if doubts:
        out += ["", "Doubts", *[f"  {', '.join(map(str, ranks))}  {text}" for text, ranks in doubts]]
    return out


def routes(answer: Answer, names: Names | None = None) -> Group:
    """The first way of each of many questions."""
    from rich.console import Group

    table = boxed()
    for title, right in (("Id", False), ("Question", False), ("Along", False), ("Days", True), ("USD", True),
                         ("kg CO2e", True), ("Areas", False), ("Grade", False)):  # fmt: skip
        table.add_column(title, justify="right" if right else "left", overflow="fold")
    for row, one in zip(answer["question"]["rows"], answer["answers"], strict=True):
        asked = f"{one['question'].get('from')} {DASH} {one['question'].get('to')}"
        if not one["routes"]:
            table.add_row(str(row["id"]), asked, refusals.no_route(one, names)[0], "", "", "", "", "")
            continue
        first = one["routes"][0]
        table.add_row(str(row["id"]), asked, words.label(first, names), days(first["hours"]), grouped(first["usd"]),
                      grouped(first["kg_co2e"]), _arrow(first), str(first["grade"]))  # fmt: skip
    return Group(*_world_lines(answer, names), table)


def matrix(answer: Answer, names: Names | None = None) -> Group:
    """The cells of a matrix."""
    from rich.console import Group

    table = boxed()
    for title, right in (("From", False), ("To", False), ("km", True), ("Days", True), ("USD", True),
                         ("kg CO2e", True)):  # fmt: skip
        table.add_column(title, justify="right" if right else "left")
    for cell in answer["cells"]:
        if cell["km"] is None:
            table.add_row(cell["from"], cell["to"], "no route", "", "", "")
        else:
            table.add_row(cell["from"], cell["to"], grouped(cell["km"]), days(cell["hours"]), grouped(cell["usd"]),
                          grouped(cell["kg_co2e"]))  # fmt: skip
    return Group(*_world_lines(answer, names), table)


def gas(answer: Answer, names: Names | None = None) -> Group:
    """Who is short of gas, what came instead, which flows changed."""
    from rich.console import Group
    from rich.text import Text

    from landbridge.report import gas as told
    from landbridge.report import gas_words

    return Group(Text(gas_words.title(answer), style="bold"), *_world_lines(answer, names), *told.parts(answer, names))


def oil(answer: Answer, names: Names | None = None) -> Group:
    """Balances of oil, straits, ways round them."""
    from rich.console import Group
    from rich.text import Text

    from landbridge.report import oil as told

    return Group(Text(told.title(answer), style="bold"), *_world_lines(answer, names), *told.parts(answer, names))


def supply(answer: Answer, names: Names | None = None) -> Group:
    """Where gas came from by year, and what made up for a change."""
    from rich.console import Group
    from rich.text import Text

    from landbridge.report import supply as told

    return Group(Text(told.title(answer), style="bold"), *_world_lines(answer, names), *told.parts(answer, names))


def alliance(answer: Answer, names: Names | None = None) -> Group:
    """Members, obligations, record, forecast, cohesion of an alliance."""
    from rich.console import Group
    from rich.text import Text

    from landbridge.report import alliance as told

    return Group(Text(told.title(answer), style="bold"), *_world_lines(answer, names), *told.parts(answer, names))


def country(answer: Answer, names: Names | None = None) -> Group:
    """A country: memberships, obligations, borders, access, dependence, measures, votes, crises; or what changed."""
    from rich.console import Group
    from rich.text import Text

    from landbridge.report import country as told
    from landbridge.report import country_between

    if country_between.speaks_of(answer):
        return Group(Text(country_between.title(answer), style="bold"), *country_between.parts(answer, names))

    return Group(
        Text(told.title(answer, names), style="bold"), *_world_lines(answer, names), *told.parts(answer, names)
    )


def record(answer: Answer, names: Names | None = None) -> Group:
    """Status, clauses, meetings, events, figures, borders and ties of one record."""
    from rich.console import Group
    from rich.text import Text

    from landbridge.report import record as told

    return Group(Text(told.title(answer), style="bold"), *_world_lines(answer, names), *told.parts(answer, names))


def claims(answer: Answer, names: Names | None = None) -> Group:
    """What is claimed of ways, what comes out, and a verdict."""
    from rich.console import Group
    from rich.text import Text

    from landbridge.report import claims as told

    return Group(Text(told.title(answer), style="bold"), *_world_lines(answer, names), *told.parts(answer))


def compare(answer: Answer, names: Names | None = None) -> Group:
    """Who gains and who loses by how much, one row for each subject and indicator."""
    from rich.console import Group
    from rich.text import Text

    world, changed = answer["world"], answer["changed"]
    title = Text(f"{world['date']}: base world against {' + '.join(changed.get('scenarios') or ())}", style="bold")
    table = boxed()
    for name, right in (("Subject", False), ("What", False), ("Base", True), ("Changed", True), ("Difference", True),
                        ("%", True), ("", False), ("Grade", False)):  # fmt: skip
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    before = None
    rows, left = shown_changes(answer), 0
    if fuel_changes.speaks_of(answer):
        rows, left = fuel_changes.first_subjects(rows, MOST_SUBJECTS)
    for row in rows:
        outcome = str(row["outcome"])
        table.add_row(
            subject(answer, row, names) if row["subject"] != before else "",
            NAMES.get(row["name"], phrases.plain_words(row["name"])),
            _amount(row["base"], row["unit"]),
            _amount(row["other"], row["unit"]),
            signed(*readable(row["delta"], row["unit"])) if row["delta"] is not None else "",
            "" if row["percent"] is None else f"{row['percent']:+.1f}",
            Text(OUTCOME_WORDS.get(outcome, outcome), style=OUTCOME_STYLES.get(outcome, "")),
            str(row["grade"]),
        )
        before = row["subject"]
    lines = [f"And {left} more areas that change (all with --json or --html)."] if left else []
    lines += worth.lines(answer)
    lines += [*words.told_by_scenario(answer), *papers.lines(answer, names or Names())]
    return Group(title, *_world_lines(answer, names), table, *[Text(line) for line in [*lines, *summary(answer)]])


def subject(answer: Answer, row: Mapping[str, Any], names: Names | None = None) -> str:
    """What a change is about: an area by its name where a comparison is one of gas or oil."""
    code = str(row["subject"])
    return names.area(code) if names is not None and fuel_changes.speaks_of(answer) else code


def shown_changes(answer: Answer) -> list[Mapping[str, Any]]:
    """The changes that a reader is shown: time, cost, both, emissions; all others when there are none of these.

    A subject that has no way in a world, or that does not change at all, is shown once. Of gas and oil only what
    differs is shown.
    """
    if fuel_changes.speaks_of(answer):
        return fuel_changes.shown(answer)
    if country_changes.speaks_of(answer):
        return country_changes.shown(answer)
    rows = [row for row in answer["changes"] if row["name"] in COMPARED] or list(answer["changes"])
    by_subject: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_subject.setdefault(row["subject"], []).append(row)
    out: list[Mapping[str, Any]] = []
    for some in by_subject.values():
        alike = len({row["outcome"] for row in some}) == 1 and some[0]["outcome"] in ("opens", "shuts", "never", "same")
        out += some[:1] if alike else some
    return out


def summary(answer: Answer) -> list[str]:
    """How many subjects gain and lose, by the first indicator of each."""
    if fuel_changes.speaks_of(answer):
        return fuel_changes.summary(answer)
    if country_changes.speaks_of(answer):
        return country_changes.summary(answer)
    first: dict[str, str] = {}
    for row in answer["changes"]:
        if row["name"] == "generalised_usd":
            first[row["subject"]] = row["outcome"]
        else:
            first.setdefault(row["subject"], row["outcome"])
    counts: dict[str, int] = {}
    for outcome in first.values():
        counts[outcome] = counts.get(outcome, 0) + 1
    told = [f"{counts[name]} {OUTCOME_WORDS[name]}" for name in OUTCOME_WORDS if name in counts]
    return [f"By cost and time together: {'; '.join(told)}."] if told else []


def table_of(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], title: str | None = None) -> Table:
    """Rows of any table."""
    table = boxed(title=title)
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*[cell(row.get(name)) for name in columns])
    return table


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of any table, with as many of its columns as a terminal can show so that they are read.

    Examples
    --------
    >>> from rich.console import Console
    >>> wide = Rows(({"id": "a", "name": "one", "note": "long words to fold"},), ("id", "name", "note"))
    >>> Console(width=21).print(wide)  # doctest: +NORMALIZE_WHITESPACE
    <BLANKLINE>
     id   name
     ─────────
     a    one
    <BLANKLINE>
    No room for note: see
    one row by its id, or
    --json.
    """

    rows: tuple[Mapping[str, Any], ...]
    columns: tuple[str, ...]
    title: str | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table at the width at hand, and the names of the columns that it has no room for."""
        from rich.text import Text

        cells = [[cell(row.get(name)) for row in self.rows] for name in self.columns]
        least = [
            GAP + min(LEAST_COLUMN, max(map(len, (name, *column))))
            for name, column in zip(self.columns, cells, strict=True)
        ]
        room = max(sum(taken <= options.max_width for taken in accumulate(least)), 1)
        yield table_of(self.rows, self.columns[:room], self.title)
        if room < len(self.columns):
            yield Text(f"No room for {', '.join(self.columns[room:])}: see one row by its id, or --json.", style="dim")


def cell(value: Any) -> str:
    """A value of a fact table as text; empty when unknown.

    Examples
    --------
    >>> cell(None), cell(("rail", "road")), cell(1520.0), cell(True)
    ('', 'rail; road', '1520', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
    first, precision = getattr(value, "first", None), getattr(value, "precision", None)
    if first is not None and precision is not None:
        return str(first)[: {"year": 4, "month": 7}.get(str(precision), 10)]
    if isinstance(value, tuple | list | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return "; ".join(cell(item) for item in items)
    return str(value)


def _world_lines(answer: Answer, names: Names | None) -> list[Any]:
    from rich.text import Text

    world = answer.get("world") or {}
    out: list[Any] = []
    if world.get("scenarios"):
        out.append(Text(f"Changed by: {', '.join(world['scenarios'])}", style="dim"))
    facts = names.facts if names else None
    out += [Text(f"! {banner}", style="yellow") for banner in banners.concerning(answer, facts)]
    return out


def _ranged(middle: str, ends: str) -> str:
    return f"{middle}\n{ends}" if ends else middle


def _arrow(row: Mapping[str, Any]) -> str:
    return " > ".join(row.get("areas") or ())


def _amount(value: float | None, unit: str) -> str:
    shown, name = readable(value, unit)
    return country_changes.missing(unit) if shown is None else f"{significant(shown)} {name}"
