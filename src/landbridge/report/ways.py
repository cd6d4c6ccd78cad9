"""The ways of a route and the legs of one as tables for a terminal, and what has to be said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from landbridge.report import refusals, words
from landbridge.report.boxes import boxed
from landbridge.report.names import Names
from landbridge.report.numbers import arrival_p80, days, grouped, significant, span

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.table import Table
    from rich.text import Text

Answer = Mapping[str, Any]
FULL: Final = 400
"""Width at which every table has its full form [letters]."""
MOST_RULES: Final = 6
"""So many rules are told in a terminal; a page and JSON have all."""


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


def indented(text: str) -> Any:
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
            f"{along}\n{modes}, {km} km\n{arrow(row)}" if narrow else along,
            modes,
            _ranged(days(row.get("hours")), span(row.get("hours_p10"), row.get("hours_p90"), days)),
            arrival_p80(row, departure),
            _ranged(grouped(row.get("usd")), span(row.get("usd_low"), row.get("usd_high"))),
            grouped(row.get("kg_co2e")),
            km,
            f" {arrow(row)}",
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


def _ranged(middle: str, ends: str) -> str:
    return f"{middle}\n{ends}" if ends else middle


def arrow(row: Mapping[str, Any]) -> str:
    """The areas of a way in the order in which it crosses them."""
    return " > ".join(row.get("areas") or ())
