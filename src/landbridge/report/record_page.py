"""A record as one page that opens without internet: map of control, tables, and the facts behind each row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from landbridge.report import control_map, page, parts, record
from landbridge.report.country_sections import Writer
from landbridge.report.evidence import Ledger
from landbridge.report.names import Names
from landbridge.report.numbers import DASH
from landbridge.report.svg import Markup, el

if TYPE_CHECKING:
    from landbridge.facts import Facts

Row = Mapping[str, Any]
TABLES: Final = {"clauses": "clauses", "events": "record_events", "measures": "measures", "figures": "figures"}
"""Parts that are tables of their own, and the tables of the facts that their rows stand in."""
WORDS: Final = "Appeals, meetings, ties, votes and border posts of the record stand in the answer of the command below."


def page_of(answer: Any, facts: Facts | None = None) -> str:
    """The page of a `RecordAnswer`."""
    told: Row = answer.to_dict()
    write = Writer(Ledger(facts, day=date.fromisoformat(told["date"])), Names(facts))
    title = record.title(told)
    source, cell = write.rests([{"table": told["table"], "id": told["record"]}])
    head = [el("li", line, data_said=True, data_source=source) for line in record.head_lines(told, write.names)]
    shown = [
        el(
            "section",
            el("h2", "What it is"),
            el("ul", *head),
            el("table", el("tbody", el("tr", el("th", "Facts"), cell))),
        ),
        _control(told, write),
        *(_part(told, name, write) for name in TABLES),
        el("p", WORDS, class_="quiet"),
    ]
    return parts.document(
        f"{title} – landbridge",
        page.header(title, told, facts),
        el("main", *[one for one in shown if one is not None], page.evidence(write.ledger), page.reproduce(told)),
        page.footer(told),
        description=title,
    )


def _control(told: Row, write: Writer) -> Markup | None:
    """The map of ground of which law and control differ, and its table."""
    rows = told["territories"]
    drawn = control_map.draw(rows, "By law and by control", write.names)
    if drawn is None:
        return None
    lines = []
    for row in rows:
        source, cell = write.rests([{"table": table, "id": key} for table, key in row["rows"]])
        law = " or ".join(write.names.area(one) for one in row["de_jure"])
        counted = ", ".join(write.names.area(one) for one in row["counted_with"])
        texts = (
            row["name"],
            row["kind"],
            law,
            write.names.area(row["de_facto"]),
            counted or DASH,
            row["since"] or DASH,
        )
        lines.append(_line(texts, source, cell))
    heads = ("Ground", "Kind", "By law of", "Held by", "Counted with", "Since")
    return el(
        "section",
        el("h2", "By law and by control"),
        el("figure", drawn, data_unit="degrees", data_source=parts.BASEMAP_SOURCE),
        parts.credit(),
        el("p", record.REMARKS["territories-both-views"]),
        write.table("Control", "Ground of which law and control differ", [(head, "") for head in heads], lines),
    )


def _part(told: Row, name: str, write: Writer) -> Markup | None:
    """Clauses, events, measures or figures as a table."""
    rows = told[name]
    if not rows:
        return None
    heads, cells = COLUMNS[name]
    lines = []
    for row in rows:
        source, cell = write.rests([{"table": TABLES[name], "id": row["id"], "grade": row["grade"]}])
        lines.append(_line(cells(row), source, cell))
    title = name.capitalize()
    return el("section", el("h2", title), write.table(title, title, [(head, "") for head in heads], lines))


def _line(texts: Iterable[str], source: str, cell: Markup) -> Markup:
    return el("tr", *[el("td", text, data_said=True, data_source=source) for text in texts], cell)


def _clause(row: Row) -> Sequence[str]:
    return (row["number"], row["topic"], row["asks"], row["due"] or DASH, row["state"], row["came"] or DASH)


def _event(row: Row) -> Sequence[str]:
    return (row["since"] + (f" to {row['until']}" if row["until"] else ""), row["kind"], " ".join(row["by"]) or DASH,
            row["what"])  # fmt: skip


def _measure(row: Row) -> Sequence[str]:
    who = f"{row['imposers']} on {row['targets']}"
    return (row["since"], row["until"] or DASH, row["state"], who, row["goods"] or DASH, row["effect"] or DASH)


def _figure(row: Row) -> Sequence[str]:
    unit = record.UNITS.get(row["unit"], row["unit"])
    measure = row["measure"].removesuffix(f"_{row['unit']}").replace("_", " ")
    return (row["subject"], measure, row["date"], f"{row['value']:g} {unit}".strip(), row["by"] or DASH,
            row["definition"] or DASH)  # fmt: skip


COLUMNS: Final = {
    "clauses": (("No", "Topic", "Asks", "Due", "State", "What came"), _clause),
    "events": (("Day", "Kind", "By", "What"), _event),
    "measures": (("From", "To", "State", "Who", "What", "Effect"), _measure),
    "figures": (("Of", "What", "When", "Value", "By", "Counted"), _figure),
}
