"""A gas answer in a terminal: who is short, what came instead, which flows changed, whose gas it is, what is unsure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from landbridge.report import gas_remarks
from landbridge.report import gas_words as words
from landbridge.report.boxes import boxed
from landbridge.report.names import Names
from landbridge.report.phrases import listed

if TYPE_CHECKING:
    from rich.table import Table

Row = words.Row
MOST_AREAS: Final = 15
MOST_FLOWS: Final = 12
MOST_TRANSIT: Final = 8
MOST_BY_PERIOD: Final = 10
MOST_ORIGINS: Final = 8
MOST_UNTAKEN: Final = 4
MOST_NAMED: Final = 6
"""So many rows are told in a terminal; --json, --csv, --flows and --html have all."""
ALL: Final = "all with --json, --csv or --html"


def parts(answer: Row, names: Names | None = None) -> list[Any]:
    """The tables and lines of a gas answer.

    Examples
    --------
    >>> quiet = {"step": "month", "cut": False, "areas": [], "flows": [], "periods": [], "remarks": ["no-cut"]}
    >>> [str(one) for one in parts({**quiet, "grade": "B", "grade_shares": {"B": 1.0}})][0]
    'Nobody runs short of gas.'
    """
    known = names or Names()
    unit = words.unit_of(answer)
    out: list[Any] = [_line(headline(answer, known))]
    out += who(answer, known, unit)
    out += _instead(answer, known, unit)
    out += by_period(answer, known)
    out += _flows(answer, known, unit)
    out += _transit(answer, known, unit)
    out += _whose(answer, known)
    left = gas_remarks.untaken(answer)
    if left:
        more = f"; and {len(left) - MOST_UNTAKEN} more" if len(left) > MOST_UNTAKEN else ""
        out += _list("Not taken of what contracts oblige to", [f"{'; '.join(left[:MOST_UNTAKEN])}{more}."])
    out += _list("What the answer rests on", [*gas_remarks.remarks(answer, known, MOST_NAMED), _grade(answer)])
    return out


def headline(answer: Row, names: Names) -> str:
    """Who is most short, in one sentence."""
    known = [one for one in words.affected(answer) if not words.of_data(one)]
    short = [one for one in known if one["shortage_pct"] >= words.LEAST_PCT]
    if not short:
        spared = [one for one in known if one["shortage_pct_high"] >= words.LEAST_PCT]
        if not spared:
            chosen = (answer.get("question") or {}).get("areas")
            return "None of the areas asked for runs short of gas." if chosen else "Nobody runs short of gas."
        first = max(spared, key=lambda one: one["shortage_pct_high"])
        return (
            f"Nobody runs short when {words.SHARING_WORDS[answer['sharing']]}; by another way of sharing"
            f" {names.area(first['area'])} by up to {words.percent(first['shortage_pct_high'])} %."
        )
    told = [f"{names.area(one['area'])} {words.percent(one['shortage_pct'])} %" for one in short[:3]]
    rest = len(short) - len(told)
    tail = f", and {rest} more area{'s' if rest > 1 else ''}" if rest > 0 else ""
    return f"Short of what was asked for: {', '.join(told) if rest else listed(told)}{tail}."


def who(answer: Row, names: Names, unit: words.Unit) -> list[Any]:
    """Who is short, of what was asked for and of the deliveries cut off."""
    rows = words.affected(answer)
    if not rows:
        return []
    cut = bool(answer.get("cut"))
    table = boxed(f"Who is short, {words.UNIT_MEANS[unit.name]}")
    table.add_column("Area", overflow="fold", min_width=12)
    _numbers(table, f"Asked for\n{unit.name}", f"Short\n{unit.name}", "Short, %\nof asked for",
             "Short or other\nfuel, %")  # fmt: skip
    if cut:
        _numbers(table, f"Cut off\n{unit.name}", "Short, %\nof the cut")
    _numbers(table, "Store\nlasts, d")
    for one in rows[:MOST_AREAS]:
        low, high = one["shortage_pct_low"], one["shortage_pct_high"]
        middle = words.percent(one["shortage_pct"])
        ends = words.ranged(low, high)
        cells = [
            names.area(one["area"]) + (" *" if words.of_data(one) else ""),
            unit.text(words.asked_for(one)),
            unit.text(one["shortage_bcm"]),
            middle if ends == middle else f"{middle} ({ends})",
            words.percent(one["lacking_pct"]),
        ]
        if cut:
            cells += [unit.text(one["cut_bcm"]), words.percent(one["shortage_of_cut_pct"])]
        cells.append(_days(one))
        table.add_row(*cells)
    note = "In brackets: the range over the three ways of sharing. Store: days until it is empty."
    if any(words.of_data(one) for one in rows[:MOST_AREAS]):
        note += " * Short without any cut: its data do not balance."
    lines = [_line(note, "dim")]
    return [_line(""), table, *_more(len(rows) - MOST_AREAS, "areas"), *lines]


def _days(area: Row) -> str:
    if area["days_until_empty"] is not None:
        return f"{area['days_until_empty']:.0f}"
    return "none" if area["stored_start_bcm"] is None else "all"


def _instead(answer: Row, names: Names, unit: words.Unit) -> list[Any]:
    rows = words.moved(answer)
    if not rows:
        return []
    table = boxed(f"More than without the cut, {unit.name}")
    table.add_column("Area", overflow="fold", min_width=12)
    heads = {"by_pipe": "By pipe,\nnet", "lng": "LNG", "store": "Out of\nstore, net", "production": "Produced",
             "switched": "Other fuel\ninstead", "short": "Short"}  # fmt: skip
    _numbers(table, "Cut off", *[heads[name] for name in words.SHORT_ITEMS])
    for one in rows[:MOST_AREAS]:
        told = words.changes(one)
        shown = [unit.signed(told[name]) for name in words.SHORT_ITEMS]
        table.add_row(names.area(one["area"]), unit.text(one["cut_bcm"]), *["" if x == "0" else x for x in shown])
    return [_line(""), table, *_more(len(rows) - MOST_AREAS, "areas")]


def by_period(answer: Row, names: Names) -> list[Any]:
    """How short the worst areas are in each period, by weeks where there are many days."""
    known = [one for one in words.affected(answer) if not words.of_data(one)]
    rows = [one for one in known if one["shortage_pct"] >= words.LEAST_PCT]
    columns = words.blocks(answer["periods"])
    if not rows or len(columns) < 2:
        return []
    weekly = any(len(one.periods) > 1 for one in columns)
    table = boxed(f"Short, % of what was asked for, {'by weeks' if weekly else words.STEP_WORDS[answer['step']]}")
    table.add_column("Area", overflow="fold", min_width=11)
    for block in columns:
        table.add_column(block.name.replace(" to ", "\n"), justify="right", no_wrap=True)
    for one in rows[:MOST_BY_PERIOD]:
        told = [words.percent(words.shortage_in(answer, one["area"], block)) for block in columns]
        table.add_row(names.area(one["area"]), *told)
    return [_line(""), table, *_more(len(rows) - MOST_BY_PERIOD, "areas")]


def _flows(answer: Row, names: Names, unit: words.Unit) -> list[Any]:
    rows = words.changed_flows(answer)
    if not rows:
        return []
    table = boxed(f"Flows that changed most, {unit.name}")
    table.add_column("From > to", overflow="fold", min_width=18)
    table.add_column("Point", overflow="fold", min_width=12)
    _numbers(table, "Now", "Without\nthe cut", "Change", "Could\npass")
    table.add_column("")
    for one in rows[:MOST_FLOWS]:
        more = one["bcm"] - one["before_bcm"]
        table.add_row(words.ends(one, names), one["id"], unit.text(one["bcm"]), unit.text(one["before_bcm"]),
                      unit.signed(more), unit.text(one["capacity_bcm"]), words.flow_word(one))  # fmt: skip
    turned = [one for one in rows if one["turned"]]
    lines = []
    if turned:
        told = listed(f"{words.ends(one, names)} ({unit.text(one['bcm'])} {unit.name})" for one in turned[:MOST_FLOWS])
        lines.append(_line(f"Turned round: {told}."))
    more_rows = len(rows) - MOST_FLOWS
    return [_line(""), table, *_more(more_rows, "flows that changed", "all with --flows, --json or --html"), *lines]


def _transit(answer: Row, names: Names, unit: words.Unit) -> list[Any]:
    rows = words.transit(answer)
    if not rows:
        return []

    def told(some: Sequence[tuple[Row, float]]) -> str:
        shown = [f"{names.area(one['area'])} {unit.signed(more)} (of {unit.text(one['transit_before_bcm'])})"
                 for one, more in some[:MOST_TRANSIT]]  # fmt: skip
        rest = len(some) - MOST_TRANSIT
        return "; ".join(shown) + (f"; and {rest} more" if rest > 0 else "")

    lost, won = [row for row in rows if row[1] < 0], [row for row in rows if row[1] > 0]
    lines = [f"{word}: {told(some)}." for word, some in (("Lost", lost), ("Won", won)) if some]
    return _list(f"Transit, {unit.name}", lines)


def _whose(answer: Row, names: Names) -> list[Any]:
    chosen = (answer.get("question") or {}).get("areas") or ()
    rows = [one for one in words.affected(answer) if one["origins"]]
    lines = []
    for one in rows[: max(MOST_ORIGINS, len(chosen))]:
        told = ", ".join(f"{name} {part:.0f} %" for name, part in words.origins(one, names))
        lines.append(f"{names.area(one['area'])}: {told}.")
    return _list("Whose gas they take, by proportional mixing", lines)


def _grade(answer: Row) -> str:
    rows = len(answer.get("evidence") or ())
    tail = f", {rows:,} rows of the tables" if rows else ""
    return f"Grade {answer['grade']}: {gas_remarks.grades(answer['grade_shares'])} of the gas that hangs on rows{tail}."


def _more(left: int, what: str, where: str = ALL) -> list[Any]:
    one = what if left != 1 else what.replace("areas", "area").replace("flows", "flow")
    return [_line(f"And {left} more {one} ({where}).", "dim")] if left > 0 else []


def _list(title: str, lines: Sequence[str]) -> list[Any]:
    from rich.padding import Padding
    from rich.text import Text

    if not lines:
        return []
    told = [Padding(Text(text), (0, 0, 0, 2), expand=False) for text in lines]
    return [Text(""), Text(title, style="bold"), *told]


def _line(text: str, style: str = "") -> Any:
    from rich.text import Text

    return Text(text, style=style)


def _numbers(table: Table, *titles: str) -> None:
    for title in titles:
        table.add_column(title, justify="right", no_wrap=True)
