"""What changed in a country between days, as one page: maps of each day, what differs, the facts behind it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from landbridge.report import country_map, map, page, parts  # noqa: A004
from landbridge.report.country_between import KEY, cells, groups, named, times, title, told_alike
from landbridge.report.country_sections import Writer
from landbridge.report.evidence import Ledger
from landbridge.report.names import Names
from landbridge.report.questions import command
from landbridge.report.svg import Markup, el

if TYPE_CHECKING:
    from landbridge.facts import Facts

Row = Mapping[str, Any]
STYLE: Final = (
    "td.new{font-weight:600}.days{display:grid;grid-template-columns:repeat(auto-fit,minmax(24rem,1fr));gap:1rem}"
)


def page_of(answer: Any, facts: Facts | None = None) -> str:
    """The page of a `CountryChanges`: maps of each day, what differs, the facts behind it."""
    told: Row = answer.to_dict()
    write = Writer(Ledger(facts, day=date.fromisoformat(max(told["dates"]))), Names(facts).on(max(told["dates"])))
    head = title(told)
    heads = [("", ""), *((day, "") for day in told["dates"])]
    sections = []
    for text, rows in groups(told):
        table = write.table(text, "What differs, day by day.", heads, [_row(row, write) for row in rows])
        sections.append(el("section", el("h2", text), table))
    return parts.document(
        f"{head} – landbridge",
        el("header", el("h1", head, data_count=True), el("p", told_alike(told), class_="quiet", data_count=True),
           *[el("p", text, class_="banner", role="note", data_said=True, data_source="world")
             for text in times(told, write.names)]),
        el("main", el("style", Markup(STYLE)), _maps(answer, told), el("p", KEY, class_="quiet"), *sections,
           page.evidence(write.ledger), again(told)),
        page.footer(told),
        description=head,
    )  # fmt: skip


def _row(row: Row, write: Writer) -> Markup:
    name, cell = write.rests(row["evidence"])
    told = cells(row)
    shown = [el("td", one, class_="new" if n and one != told[n - 1] else None, data_said=True, data_source=name)
             for n, one in enumerate(told)]  # fmt: skip
    return el("tr", el("th", named(row, write.names), scope="row", data_said=True, data_source=name), *shown, cell)


def _maps(answer: Any, told: Row) -> Markup:
    """The standard routes of each day, then the posts."""
    routes, posts = [], []
    for n, (profile, day) in enumerate(zip(answer.profiles, told["dates"], strict=True), 1):
        ways = profile.ways()
        if ways.routes:
            routes.append(_figure(f"Routes on {day}", map.draw(ways.to_dict(), ways.to_geojson(), f"map{n}")))
        some = told["profiles"][n - 1]["borders"]
        drawn = country_map.draw(some, f"Posts of {profile.name} on {day}", f"posts{n}")
        posts += [_figure(f"Posts on {day}", drawn)] if drawn is not None else []
    return el("section", el("h2", "Maps"), el("div", *routes, *posts, class_="days"), parts.credit())


def _figure(text: str, drawn: Markup) -> Markup:
    caption = el("figcaption", el("h3", text, data_count=True))
    return el("figure", caption, drawn, data_unit="km", data_source=parts.BASEMAP_SOURCE)


def again(told: Row) -> Markup:
    """How to get the same numbers again."""
    first = told["profiles"][0]
    others = " ".join(f"--and {shlex.quote(day)}" for day in told["dates"][1:])
    ids = [
        el("li", f"world of {one['date']}: ", el("code", one["world"]["id"]), data_count=True)
        for one in told["profiles"]
    ]
    return el(
        "section",
        el("h2", "Ask again"),
        el("pre", el("code", f"{command(first['question'], first['world'])} {others}")),
        el("ul", *ids, el("li", "landbridge: ", el("code", told["version"])),
           el("li", "facts: ", el("code", first["world"]["facts_id"]))),
        id="world",
        data_origin=f"worlds {' '.join(one['world']['id'] for one in told['profiles'])}",
    )  # fmt: skip
