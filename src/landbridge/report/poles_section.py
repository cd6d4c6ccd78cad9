"""The section of a country page on where it stands between poles: part by part on the day, and by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from landbridge.report import parts, poles, poles_charts
from landbridge.report.numbers import DASH
from landbridge.report.svg import Markup, el, join

Row = Mapping[str, Any]
ABOUT: Final = (
    "Counts and sums of the rows of politics, trade and gas on the day, and the ways above; each part for itself, "
    "there is no score over them. Balance is one where all poles have the same. What is frozen is in no count."
)
UNITS: Final = {
    "votes": "share alike",
    "memberships": "blocs",
    "obligations": "duties",
    "trade": "share",
    "transit": "share",
    "gas": "bcm",
    "ties": "ties",
    "measures": "measures",
}


def section(told: Row) -> Markup | None:
    """Where it stands between poles, part by part, now and by year."""
    lines = parts.said(poles.lines(told["alignment"]), "world")
    if lines is None:
        return None
    figures = [
        el("figure", one, data_unit="as its title says", data_source="world")
        for one in poles_charts.charts(told["alignment_years"])
    ]
    return el(
        "section",
        el("h2", "Between poles"),
        el("p", ABOUT, class_="quiet"),
        lines,
        join(
            el("h3", "By year"),
            el("div", *figures, class_="charts"),
            el("p", poles.ABOUT_YEARS, class_="quiet"),
            parts.said(poles.untold_years(told["alignment_years"]), "world"),
            _table(poles.shown_years(told["alignment_years"])),
        ),
    )


def _table(years: Sequence[Row]) -> Markup:
    rows, before = [], ""
    for name, pole, values in poles.series(years):
        form = partial(poles.number, name)
        cells = [
            el("span", DASH, class_="quiet") if one is None else parts.number(one, UNITS[name], "world", form)
            for one in values
        ]
        rows.append(el("tr", el("th", "" if name == before else poles.PART_WORDS[name], scope="row"),
                       el("td", pole), *[el("td", one, class_="n") for one in cells]))  # fmt: skip
        before = name
    titles = [parts.head("Part", right=False), parts.head("Pole", right=False)]
    titles += [el("th", el("time", str(row["year"])), scope="col", class_="n") for row in years]
    table = el("table", el("thead", el("tr", *titles)), el("tbody", *rows))
    return el("div", table, class_="scroll", tabindex=0, role="region", aria_label="Between poles by year")
