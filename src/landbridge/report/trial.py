"""What rows change, as tables: in the facts, field by field, and in the answers to the standard questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from landbridge.report.numbers import significant
from landbridge.report.weights import percent

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table

Plain = Mapping[str, Any]
MOST: Final = 12
"""So many indicators of one answer are shown, those that move most first."""
NONE: Final = "–"
LINES: Final = 5
LEAST: Final = 1e-5
VERDICTS: Final = {True: "answered", False: "no", None: "not asked"}


def trial(found: Plain, most: int | None = None) -> Group:
    """The rows and what they do.

    Parameters
    ----------
    found
        As of the schema `trial/1`.
    most
        How many rows of each table at most; all when None.

    Examples
    --------
    >>> from rich.console import Console
    >>> row = {"change": "removed", "table": "ports", "id": "poti", "fields": []}
    >>> data = {"rows": [row], "doubts": [], "asked": 2, "rerun": ["a"], "not_rerun": 1, "left": 0, "effects": []}
    >>> Console(width=90).print(trial(data))
    <BLANKLINE>
     change    table   id     field   before   after
     ───────────────────────────────────────────────
     removed   ports   poti
    <BLANKLINE>
    1 row removed.
    1 of 2 standard questions asked again; the rows cannot touch 1 other.
    No standard answer changes.
    """
    from rich.console import Group
    from rich.text import Text

    parts: list[Any] = [rows(found["rows"], most)] if found["rows"] else []
    lines = [rows_line(found["rows"], most)]
    lines += list(_doubts(found["doubts"]))
    lost = [f"{one['table']} {one['id']}" for one in found.get("unsourced", ())]
    if lost:
        shown = ", ".join(lost[:LINES]) + (f" and {len(lost) - LINES} more" if len(lost) > LINES else "")
        lines.append(f"{len(lost)} row{'s lose their' if len(lost) > 1 else ' loses its'} source: {shown}; "
                     "a row of ours never does: name the source in source_id")  # fmt: skip
    parts += [Text(line) for line in lines]
    if found["effects"]:
        parts.append(effects(found["effects"]))
    parts += [Text(line) for line in _ending(found)]
    return Group(*parts)


def rows(changes: Sequence[Plain], most: int | None = None) -> Table:
    """Rows added, replaced and removed, a line for each field."""
    from landbridge.report.cells import table_of

    shown = []
    ordered = sorted(changes, key=lambda one: (one["table"] == "sources", one["table"], one["id"]))
    for _, group in groupby(ordered, key=lambda one: one["table"]):
        for change in list(group)[:most]:
            head = {"change": change["change"], "table": change["table"], "id": change["id"]}
            # of a removed row the fields are gone all alike
            fields = change["fields"] if change["change"] != "removed" else []
            for one in fields or [{}]:
                cells = {"field": one.get("column"), "before": one.get("before"), "after": one.get("after")}
                shown.append({**head, **cells})
                head = {}
    return table_of(shown, ["change", "table", "id", "field", "before", "after"])


def rows_line(changes: Sequence[Plain], most: int | None = None) -> str:
    """How many rows are changed in which way.

    Examples
    --------
    >>> rows_line([{"change": "same", "table": "ports"}]), rows_line([])
    ('1 row as it was.', 'No row differs.')
    """
    words = {"added": "added", "replaced": "replaced", "removed": "removed", "same": "as it was"}
    counts = {word: sum(one["change"] == kind for one in changes) for kind, word in words.items()}
    told = [f"{n} row{'s' if n > 1 else ''} {word}" for word, n in counts.items() if n]
    sizes = Counter(one["table"] for one in changes).values()
    hidden = sum(max(size - most, 0) for size in sizes) if most is not None else 0
    text = ", ".join(told) + "." if told else "No row differs."
    return f"{text} {hidden} of them are not shown: --rows 0 or --json has them." if hidden else text


def effects(found: Sequence[Plain]) -> Table:
    """What comes out otherwise, a line for each thing of an answer."""
    from landbridge.report.cells import table_of

    shown = []
    for one in found:
        name = one["question"]
        for cells in _lines(one):
            shown.append({"question": name, **cells})
            name = ""
    table = table_of(shown, ["question", "what", "before", "after", "change"])
    for column in table.columns[2:]:
        column.justify = "right"
    return table


def _lines(effect: Plain) -> Iterator[dict[str, str]]:
    before, after = (VERDICTS[one] for one in effect["answered"])
    if before != after:
        yield {"what": "verdict", "before": before, "after": after, "change": ""}
    if effect["before"] != effect["after"]:
        yield {"what": "best way", "before": effect["before"], "after": effect["after"], "change": ""}
    moved = sorted(effect["changes"], key=_size, reverse=True)
    subjects = {one["subject"] for one in moved}
    for one in moved[:MOST]:
        of = f" of {one['subject']}" if len(subjects) > 1 else ""
        what = f"{one['name'].replace('_', ' ')}{of}" + ("" if one["name"] == one["unit"] else f", {one['unit']}")
        yield {"what": what, "before": _value(one, "base"), "after": _value(one, "other"), "change": _change(one)}
    if len(moved) > MOST:
        yield {"what": f"and {len(moved) - MOST} more (--json)", "before": "", "after": "", "change": ""}
    for name, (old, new) in effect["grade_d"].items():
        cells = {"before": f"{percent(old, 1)} %", "after": f"{percent(new, 1)} %"}
        yield {"what": f"{name} on grade D", **cells, "change": f"{100 * (new - old):+.1f}"}


def _doubts(found: Sequence[Plain]) -> Iterator[str]:
    """What the checks doubt, each once with the lines that it is said of."""
    key = ("file", "field", "problem", "remedy")
    ordered = sorted(found, key=lambda one: ([str(one[name]) for name in key], one["line"]))
    for (file, field, problem, remedy), group in groupby(ordered, key=lambda one: tuple(one[name] for name in key)):
        lines = [str(one["line"]) for one in group]
        shown = ", ".join(lines[:LINES]) + (f" and {len(lines) - LINES} more" if len(lines) > LINES else "")
        yield f"{file}, line {shown}, field {field}: {problem}; {remedy}"


def _value(change: Plain, side: str) -> str:
    if change[side] is None:
        return NONE
    low, high = change[f"{side}_low"], change[f"{side}_high"]
    text = significant(change[side])
    return text if low is None or high is None else f"{text} ({significant(low)}–{significant(high)})"


def _change(change: Plain) -> str:
    if change["percent"] is None:
        return "" if change["delta"] is None else f"{change['delta']:+.3g}"
    return f"{change['percent']:+.1f} %" if abs(change["percent"]) >= 0.05 else "range" if _still(change) else "< 0.1 %"


def _still(change: Plain) -> bool:
    return change["delta"] is None or abs(change["delta"]) <= LEAST * max(abs(change["base"] or 0.0), 1.0)


def _size(change: Plain) -> float:
    """How far an indicator moves, of its size; what opens or shuts first."""
    if change["delta"] is None:
        return float("inf")
    return float(abs(change["delta"]) / max(abs(change["base"]), abs(change["other"]), 1.0))


def _ending(found: Plain) -> Iterator[str]:
    if not found["asked"]:
        return
    count = len(found["rerun"])
    rest = found["not_rerun"]
    if found["left"] and not count:
        yield (
            "The answers are not checked yet: the time went into our own ones, which are kept. "
            "The same command again goes on from there."
        )
        return
    other = f"; the rows cannot touch {rest} other{'s' if rest > 1 else ''}" if rest and count else ""
    yield f"{count} of {found['asked']} standard questions asked again{other}."
    if found["left"]:
        yield f"{found['left']} were left when the time was over: the same command again goes on."
    if not found["effects"]:
        unchecked = "No answer asked so far changes; the rest is not checked."
        yield unchecked if found["left"] else "No standard answer changes."
