"""A comparison of two worlds as one page: who gains, who loses, both maps, the evidence of both."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from landbridge.report import country_changes, fuel_changes, gas_map, gas_words, map, papers, parts, phrases, refusals  # noqa: A004
from landbridge.report.changes import NAMES, OUTCOME_WORDS, shown_changes, subject, summary
from landbridge.report.evidence import Ledger, anchors
from landbridge.report.names import Names
from landbridge.report.numbers import readable, significant
from landbridge.report.page import evidence, footer
from landbridge.report.svg import Markup, el, join
from landbridge.report.words import told_by_scenario

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.studies import CompareAnswer

Answer = Mapping[str, Any]
BOTH = "rests-both"
HALF = 600.0
MOST_ROWS = 100
"""So many rows of an answer on gas or oil are named, those with most of it first."""
MAPPED = 3
"""So many ways of each world are on its map."""
GOOD, BAD = ("gains", "opens"), ("loses", "shuts")


def page_of(answer: CompareAnswer, facts: Facts | None = None) -> str:
    """The page of a comparison, with maps where its answers have geometry."""
    shapes = [one.to_geojson() if hasattr(one, "to_geojson") else None for one in (answer.base, answer.other)]
    return page(answer.to_dict(), shapes[0], shapes[1], facts)


def page(
    answer: Answer, base: Mapping[str, Any] | None = None, other: Mapping[str, Any] | None = None,
    facts: Facts | None = None,
) -> str:  # fmt: skip
    """The page of a comparison as plain data.

    Parameters
    ----------
    base, other
        The geometry of the two answers, when they are routes.
    """
    ledger = Ledger(facts)
    world, changed = answer["world"], answer["changed"]
    scenarios = " + ".join(changed.get("scenarios") or ())
    names = Names(facts).on(world["date"])
    keys = [key for one in (answer["base"], answer["other"]) for rows in _evidence(one)
            for key in ledger.add(rows)]  # fmt: skip
    rests = el("p", "Both answers rest on facts ", ledger.links(list(dict.fromkeys(keys))), ".", id=BOTH,
               data_rests=anchors(dict.fromkeys(keys)))  # fmt: skip
    title = f"{scenarios}: who gains, who loses"
    return parts.document(
        f"{title}, {world['date']} – landbridge",
        el(
            "header",
            el("h1", title),
            el("p", f"The world of {world['date']} against the same world changed by {scenarios}.", class_="quiet",
               data_said=True, data_source="world"),
            *parts.banners(answer, facts),
        ),
        el(
            "main",
            el("section", el("h2", "Changes"), table(answer, names),
               *[_said(text) for text in (*told_by_scenario(answer), *papers.lines(answer, names),
                                          *summary(answer))]),
            _gas_maps(answer, base, other, names) or _maps(answer, base, other),
            el("section", el("h2", "What it rests on"), rests) if keys else None,
            evidence(ledger),
            again(answer),
        ),
        footer(answer),
        description=title,
    )  # fmt: skip


def table(answer: Answer, names: Names | None = None) -> Markup:
    """Each indicator before and after."""
    rows = []
    before = None
    for row in shown_changes(answer):
        outcome = str(row["outcome"])
        tone = "gain" if outcome in GOOD else "loss" if outcome in BAD else None
        unit = str(row["unit"])
        about = subject(answer, row, names)
        rows.append(el(
            "tr",
            el("th", about if about != before else "", scope="row", data_count=True),
            el("td", NAMES.get(row["name"], phrases.plain_words(row["name"]))),
            el("td", _value(row["base"], unit), class_="n"),
            el("td", _value(row["other"], unit), class_="n"),
            el("td", _difference(row["delta"], unit), class_="n"),
            el("td", _difference(row["percent"], "%"), class_="n"),
            el("td", OUTCOME_WORDS.get(outcome, outcome), class_=tone),
            el("td", parts.grade(row["grade"])),
        ))  # fmt: skip
        before = about
    titles = el(
        "tr", el("th", "Subject", scope="col"), parts.head("What", right=False), parts.head("Base"),
        parts.head("Changed"), parts.head("Difference"), parts.head("Share", "% of base"),
        parts.head("Outcome", right=False), parts.head("Grade", right=False),
    )  # fmt: skip
    caption = "The best way of each question in both worlds; less time, cost and emissions count as gains."
    if fuel_changes.speaks_of(answer):
        caption = "What differs, by area, the largest change of shortage first; less shortage, more transit are gains."
    if country_changes.speaks_of(answer):
        caption = "What differs between the two profiles."
    whole = el("table", el("caption", caption), el("thead", titles), el("tbody", *rows))
    return el("div", whole, class_="scroll", tabindex=0, role="region", aria_label="Changes")


def again(answer: Answer) -> Markup:
    """How to get the same numbers again."""
    world, changed = answer["world"], answer["changed"]
    inner = answer["question"]["question"]
    plain = _plain_ends(inner)
    asked = [] if inner == _relations() else ["--question question.json"] if plain is None else [plain]
    chosen = [f"--scenario {shlex.quote(one)}" for one in answer["question"]["scenarios"]]
    command = " ".join(["landbridge compare", *asked, f"--on {world['date']}", *chosen])
    file = json.dumps(inner, ensure_ascii=False) if asked and plain is None else None
    ids = [("landbridge", answer.get("version")), ("base world", world["id"]), ("changed world", changed["id"]),
           ("facts", world["facts_id"])]  # fmt: skip
    return el(
        "section",
        el("h2", "Ask again"),
        el("pre", el("code", command)),
        join(el("p", "with this in question.json:"), el("pre", el("code", file))) if file else None,
        el("ul", *[el("li", f"{name}: ", el("code", value)) for name, value in ids]),
        id="world",
        data_origin=f"worlds {world['id']} and {changed['id']}, facts {world['facts_id']}",
    )


def _plain_ends(inner: Mapping[str, Any]) -> str | None:
    """Both places as words of the command, when the question says nothing else; it knows no more of a shipment."""
    from landbridge.routing import RouteQuestion

    if inner.get("kind") != "route" or inner != RouteQuestion(inner["from"], inner["to"]).to_dict():
        return None
    return f"{shlex.quote(inner['from'])} {shlex.quote(inner['to'])}"


def _relations() -> dict[str, Any]:
    """The question that is compared when none is given."""
    from landbridge.studies import default_question

    return default_question().to_dict()


def _maps(answer: Answer, base: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> Markup | None:
    if base is None or other is None:
        return None
    figures = []
    best = [{"features": [one for one in shapes["features"] if one["properties"].get("rank", 0) <= MAPPED]}
            for shapes in (base, other)]  # fmt: skip
    frame = [*map.points_of(best[0]), *map.points_of(best[1])]
    for name, title, shapes in (("base", "Base", base), ("other", "Changed", other)):
        one = answer[name]
        lines = refusals.no_route(one)
        shown: Any
        if one.get("routes"):
            shown = map.draw({**one, "routes": one["routes"][:MAPPED]}, shapes, f"{name}-map", frame=frame, width=HALF)
        else:
            shown = el("p", lines[0] if lines else "No route.", class_="none")
        figures.append(el("figure", el("figcaption", el("h3", title)), shown, data_unit="km",
                          data_source=parts.BASEMAP_SOURCE))  # fmt: skip
    return el("section", el("h2", "Maps"), el("div", *figures, class_="pair"), parts.credit())


def _gas_maps(
    answer: Answer, base: Mapping[str, Any] | None, other: Mapping[str, Any] | None, names: Names
) -> Markup | None:  # fmt: skip
    """The maps of two gas answers, in one frame."""
    if base is None or other is None or answer["base"].get("schema") != "gas/1":
        return None
    frame = gas_map.closer(answer["other"], other) or gas_map.closer(answer["base"], base)
    figures = [
        el("figure", el("figcaption", el("h3", title)),
           gas_map.draw(answer[name], shapes, names, f"{name}-map", frame=frame, keyed=name == "other"),
           data_unit=gas_words.unit_of(answer[name]).name, data_source=parts.BASEMAP_SOURCE)
        for name, title, shapes in (("base", "Base", base), ("other", "Changed", other))
    ]  # fmt: skip
    note = (
        "Lines join zones; each map tells its flows against the time without any cut. Land and borders: Natural Earth."
    )
    return el("section", el("h2", "Maps"), *figures, el("p", note, class_="quiet"))


def _evidence(answer: Answer) -> list[list[Mapping[str, Any]]]:
    """The rows that an answer rests on: of each route, or the first ones of an answer that has its own."""
    of_routes = [list(one.get("evidence") or ()) for one in _routes(answer)]
    return of_routes or [list(answer.get("evidence") or ())[:MOST_ROWS]]


def _routes(answer: Answer) -> list[Mapping[str, Any]]:
    """The routes in an answer of any kind: its own, or those of the answers in it."""
    own = list(answer.get("routes") or ())
    return own + [route for one in answer.get("answers") or () for route in _routes(one)]


def _value(raw: float | None, raw_unit: str) -> Markup:
    value, unit = readable(raw, raw_unit)
    if value is None:
        return el("span", country_changes.missing(raw_unit), class_="quiet")
    return join(parts.number(value, unit, BOTH, significant), f" {unit}")


def _difference(raw: float | None, raw_unit: str) -> Markup | str:
    value, unit = readable(raw, raw_unit)
    if value is None:
        return ""
    return join("+" if value > 0 else "", parts.number(value, unit, BOTH, significant), f" {unit}")


def _said(text: str) -> Markup:
    return el("p", text, data_said=True, data_source="world")
