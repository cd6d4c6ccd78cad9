"""An answer on the supply of gas by year as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from landbridge.report.boxes import boxed
from landbridge.report.numbers import DASH, significant

if TYPE_CHECKING:
    from rich.table import Table

    from landbridge.report.names import Names

Row = Mapping[str, Any]
MOST: Final = 12
"""So many origins are told; JSON has all."""
YEARS: Final = 8
"""So many years stand side by side."""
OTHERS: Final = "OTHER"
LNG: Final = "LNG"
LEAST_BCM: Final = 0.05
WORDS: Final = {
    "production": "own production",
    "stores": "stores (what they gave; below 0 they took)",
    "rest": "rest: no source tells it",
    "demand": "less asked for",
    "exports": "less sold abroad",
    "lng": "LNG, all origins",
}
REMARKS: Final = {
    "untold": "By whose gas it was is not told in whole, so no rest is told: {}.",
    "nothing-told": "Nothing is told of these years.",
    "bases": "Years rest on different bases: {}; a step between them may be one of counting.",
    "unnamed": "{}: {} bcm came from origins without a name that may be gas of these areas sold on; left to the rest.",
    "lacks": "{}: production or consumption is not told of {}.",
    "months": "{}: flows over some borders are told for {} months alone.",
    "members-of-the-day": "Members of the day count for all years.",
    "stores-unknown": "What stores gave or took is not told, and is in the rest: {}.",
}


def title(answer: Row) -> str:
    """The question in one line.

    Examples
    --------
    >>> title({"question": {"areas": ["TUR"]}, "years": [{"year": 2018}, {"year": 2020}]})
    'Gas of TUR by year, 2018 to 2020 (10^9 m3)'
    """
    years = [row["year"] for row in answer["years"]]
    span = f", {years[0]} to {years[-1]}" if years else ""
    return f"Gas of {' '.join(answer['question']['areas'])} by year{span} (10^9 m3)"


def parts(answer: Row, names: Names | None = None) -> list[Any]:
    """Everything below the title, in order."""
    from rich.text import Text

    out: list[Any] = []
    if answer["years"]:
        out += sold(answer["years"], names)
        out += [Text(line) for line in (bases(answer["years"]),) if line]
        out += flows(answer["years"], names)
        if answer["changes"]:
            out.append(changes(answer["changes"], names))
            out += [Text(line) for line in change_lines(answer["changes"], names)]
    out += [Text(line) for line in remarks(answer)]
    out.append(Text(f"Grade {answer['grade']}."))
    return out


def sold(years: Sequence[Row], names: Names | None = None) -> list[Table]:
    """By whose gas it was: production, imports by origin, stores, the rest; a line each, a column a year."""
    pipes = _largest(years, "pipeline")
    shown, left = pipes[:MOST], pipes[MOST:]
    heads = ["used", "own production", *(f"{_name(one, names)} by pipe" for one in shown)]
    heads += ["others by pipe"] if left else []
    heads += ["LNG", "sold abroad", "from stores", "rest"]
    told = {}
    for row in years:
        by = {one["partner"]: one["bcm"] for one in row["imports"] if one["route"] == "pipeline"}
        lng = sum(one["bcm"] for one in row["imports"] if one["route"] == "lng")
        cells = [_cell(row["consumption_bcm"]), _cell(row["production_bcm"])]
        cells += [_cell(by.get(one)) for one in shown]
        cells += [_cell(sum(by.get(one, 0.0) for one in left))] if left else []
        out = sum(one["bcm"] for one in row["exports"])
        cells += [_cell(lng or None), _cell(out or None), _cell(row["stock_draw_bcm"]), _cell(row["rest_bcm"])]
        told[str(row["year"])] = cells
    return _turned("Whose gas it was", heads, told)


def bases(years: Sequence[Row]) -> str | None:
    """By what whose gas it was is told, with the years.

    Examples
    --------
    >>> bases([{"year": 2019, "imports": [{"basis": "origin"}]}, {"year": 2020, "imports": [{"basis": "origin"}]}])
    'Told by origin 2019, 2020.'
    """
    found: dict[str, list[str]] = {}
    for row in years:
        for basis in dict.fromkeys(one["basis"] for one in row["imports"]):
            found.setdefault(basis, []).append(str(row["year"]))
    told = "; ".join(f"{basis} {', '.join(some)}" for basis, some in found.items())
    return f"Told by {told}." if told else None


def flows(years: Sequence[Row], names: Names | None = None) -> list[Table]:
    """What crossed the borders, transit with it; a line a neighbour, a column a year."""
    sizes: dict[tuple[str, bool], float] = {}
    for row in years:
        for one in row["flows"]:
            key = _flow(one)
            sizes[key] = max(sizes.get(key, 0.0), one["bcm"])
    keys = [key for key in sorted(sizes, key=lambda key: (key[1], -sizes[key], key[0])) if sizes[key] >= LEAST_BCM]
    heads = [f"{'to' if out else 'from'} {who if who == LNG else _name(who, names)}" for who, out in keys[:MOST]]
    told = {}
    for row in years:
        if row["flows"]:
            by: dict[tuple[str, bool], float] = {}
            for one in row["flows"]:
                by[_flow(one)] = by.get(_flow(one), 0.0) + one["bcm"]
            months = next((one["months"] for one in row["flows"] if one["months"] is not None), None)
            year = str(row["year"]) if months is None else f"{row['year']} ({months} months)"
            told[year] = [_cell(by.get(key)) for key in keys[:MOST]]
    return _turned("What crossed the borders, transit with it", heads, told)


def _turned(title: str, heads: Sequence[str], told: Mapping[str, Sequence[str]]) -> list[Table]:
    """Tables with a line for each head and a column for each year, of so many years as can be read side by side."""
    out = []
    years = list(told)
    for start in range(0, len(years), YEARS):
        some = years[start : start + YEARS]
        table = boxed(title if not start else None)
        table.add_column("")
        for year in some:
            table.add_column(year, justify="right", overflow="fold")
        for n, head in enumerate(heads):
            cells = [told[year][n] for year in some]
            if any(cell != DASH for cell in cells):
                table.add_row(head, *cells)
        out.append(table)
    return out


def changes(rows: Sequence[Row], names: Names | None = None) -> Table:
    """What each source gave more or less, worst first."""
    table = boxed(f"Change from {rows[0]['first']} to {rows[0]['last']}; all lines together are 0")
    for head in ("Source", str(rows[0]["first"]), str(rows[0]["last"]), "change", "of all that was lost"):
        table.add_column(head, justify="left" if head == "Source" else "right", overflow="fold")
    for row in rows:
        share = DASH if row["share"] is None else f"{100 * row['share']:+.0f} %"
        turned = row["item"] in ("demand", "exports")
        ends = [significant(abs(row[f"{word}_bcm"]) if turned else row[f"{word}_bcm"]) for word in ("before", "after")]
        table.add_row(item(row["item"], names), *ends, f"{row['delta_bcm']:+.1f}", share)
    return table


def item(code: str, names: Names | None = None) -> str:
    """A source in words.

    Examples
    --------
    >>> item("pipeline:RUS"), item("demand")
    ('RUS by pipe', 'less asked for')
    """
    kind, _, partner = code.partition(":")
    return f"{_name(partner, names)} by pipe" if kind == "pipeline" else WORDS[kind]


def change_lines(rows: Sequence[Row], names: Names | None = None) -> Iterator[str]:
    """What was lost and what made up for it, in one sentence each.

    Examples
    --------
    >>> rows = [{"item": "pipeline:RUS", "delta_bcm": -70.0, "share": -1.0, "first": 2021, "last": 2022},
    ...         {"item": "lng", "delta_bcm": 50.0, "share": 0.71, "first": 2021, "last": 2022},
    ...         {"item": "demand", "delta_bcm": 20.0, "share": 0.29, "first": 2021, "last": 2022}]
    >>> for line in change_lines(rows):
    ...     print(line)
    Lost: RUS by pipe 70.0.
    Made up by: LNG, all origins 50.0 (71 %), less asked for 20.0 (29 %).
    """
    fell = [row for row in rows if row["delta_bcm"] <= -LEAST_BCM]
    rose = sorted((row for row in rows if row["delta_bcm"] >= LEAST_BCM), key=lambda row: -row["delta_bcm"])
    if fell:
        yield "Lost: " + ", ".join(f"{item(row['item'], names)} {-row['delta_bcm']:.1f}" for row in fell) + "."
    if rose and fell:
        told = (f"{item(row['item'], names)} {row['delta_bcm']:.1f} ({100 * row['share']:.0f} %)" for row in rose)
        yield f"Made up by: {', '.join(told)}."


def remarks(answer: Row) -> list[str]:
    """What has to be said, in sentences.

    Examples
    --------
    >>> remarks({"remarks": ["unnamed:2022:91.4", "members-of-the-day"]})[1]
    'Members of the day count for all years.'
    """
    told = []
    for code in answer.get("remarks") or ():
        word, *numbers = code.split(":")
        told.append(REMARKS[word].format(*numbers))
    return told


def _flow(one: Row) -> tuple[str, bool]:
    """What a flow over a border is told as: the neighbour, or ships."""
    return (LNG if one["route"] == "lng" else one["partner"], one["out"])


def _largest(years: Sequence[Row], route: str) -> list[str]:
    sizes: dict[str, float] = {}
    for row in years:
        for one in row["imports"]:
            if one["route"] == route:
                sizes[one["partner"]] = max(sizes.get(one["partner"], 0.0), one["bcm"])
    return [name for name in sorted(sizes, key=lambda name: (-sizes[name], name)) if sizes[name] >= LEAST_BCM]


def _name(code: str, names: Names | None) -> str:
    if code == OTHERS:
        return "other origins"
    return names.area(code) if names is not None else code


def _cell(value: float | None) -> str:
    return DASH if value is None else f"{value:.1f}"
