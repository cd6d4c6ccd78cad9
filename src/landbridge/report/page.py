"""A route answer as one page that opens without internet: map, ways, legs, reasons, evidence, how to repeat it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from landbridge._version import __version__
from landbridge.errors import InputError
from landbridge.report import basemap, inside, map, parts, questions, refusals, words  # noqa: A004
from landbridge.report.charts import days_chart, money_chart
from landbridge.report.evidence import Ledger, anchors
from landbridge.report.geojson import CREDIT
from landbridge.report.names import Names
from landbridge.report.numbers import grouped, significant
from landbridge.report.svg import Markup, el, join

if TYPE_CHECKING:
    from landbridge.facts import Facts

Answer = Mapping[str, Any]
FEW_RULES = 6
"""More rules than this are folded away."""


def page(answer: Answer, shapes: Mapping[str, Any], facts: Facts | None = None) -> str:
    """The page of a route answer.

    Parameters
    ----------
    answer
        A route answer as plain data (`answer.to_dict()`).
    shapes
        Its geometry (`answer.to_geojson()`).
    facts
        Where the sources of rows that carry none are looked up.

    Examples
    --------
    >>> text = page({"question": {"from": "A", "to": "B"}, "world": {"date": "2025-06-01"}, "routes": [],
    ...              "no_route": {"reason": "trade banned"}}, {"features": []})
    >>> "No route: trade banned" in text
    True
    """
    asked, world = answer.get("question") or {}, answer.get("world") or {}
    ledger = Ledger(facts)
    title = f"{asked.get('from') or ''} to {asked.get('to') or ''}"
    content = body(answer, shapes, ledger)
    return parts.document(
        f"{title}, {world.get('date') or ''} – landbridge",
        header(title, answer, facts),
        el("main", content, evidence(ledger), reproduce(answer)),
        footer(answer),
        description=questions.question(asked, world.get("date")),
    )


def header(title: str, answer: Answer, facts: Facts | None = None) -> Markup:
    """Title, question, banners."""
    asked, world = answer.get("question") or {}, answer.get("world") or {}
    scenarios = world.get("scenarios") or ()
    changed = f" Changed by: {', '.join(scenarios)}." if scenarios else " No scenario: the world as the facts have it."
    return el(
        "header",
        el("h1", title),
        el("p", questions.question(asked, world.get("date")), ".", changed, class_="quiet", data_said=True,
           data_source="world"),
        *parts.banners(answer, facts),
    )  # fmt: skip


def body(answer: Answer, shapes: Mapping[str, Any], ledger: Ledger, prefix: str = "") -> Markup:
    """Map, charts, ways, legs and reasons; the facts used go into `ledger`."""
    routes: Sequence[Mapping[str, Any]] = answer.get("routes") or ()
    if not routes:
        return _no_way(answer, ledger)
    keys = {int(route["rank"]): ledger.add(route.get("evidence") or ()) for route in routes}
    every = " ".join(prefix + parts.rests(rank) for rank in keys)
    land = map.overland(answer, shapes)
    figures = el(
        "div",
        el("figure", days_chart(routes, f"{prefix}days"), data_unit="days", data_source=every),
        el("figure", money_chart(routes, f"{prefix}money"), data_unit="USD", data_source=every),
        class_="charts",
    )
    return join(
        el("section", el("h2", "Map"), _pick(routes, prefix),
           el("figure", map.draw(answer, shapes, f"{prefix}map"), data_unit="km", data_source=parts.BASEMAP_SOURCE),
           el("figure", el("figcaption", el("h3", "The overland part, closer")),
              map.draw(answer, shapes, f"{prefix}close", frame=land, keyed=False), data_unit="km",
              data_source=parts.BASEMAP_SOURCE) if land else None,
           parts.credit(), class_=f"{prefix}maps"),
        el("section", el("h2", "Ways"), parts.ways(answer, prefix, Names(ledger.facts, ledger.day)), _others(answer),
           figures),
        _not_used(answer, ledger),
        _remarks(answer, ledger),
        el("section", el("h2", "Legs, reasons and doubts"),
           *[_way(route, routes, ledger, keys[int(route["rank"])], prefix, answer.get("within") or ())
             for route in routes]),
    )  # fmt: skip


def _others(answer: Answer) -> Markup | None:
    """The ways that were found beyond those shown, by name."""
    others = answer.get("others") or ()
    if not others:
        return None
    return el("p", "Also found: ", "; ".join(words.other(row) for row in others), ".")


def _way(
    route: Mapping[str, Any],
    routes: Sequence[Mapping[str, Any]],
    ledger: Ledger,
    keys: list[Any],
    prefix: str,
    groups: Sequence[Mapping[str, Any]] = (),
) -> Markup:
    rank = int(route["rank"])
    source = prefix + parts.rests(rank)
    table = parts.legs(route, ledger, prefix)
    why = parts.why(route, routes, prefix, Names(ledger.facts, ledger.day))
    doubts = parts.said([text for text, _ in words.doubts([route], Names(ledger.facts, ledger.day))], source)
    shares = [
        join(parts.number(100.0 * share, "%", source), f" % {name}")
        for name, share in (route.get("grade_shares") or {}).items()
        if share >= 0.005
    ]
    return el(
        "details",
        el("summary", el("span", f"{rank}. ", data_count=True), words.label(route, Names(ledger.facts, ledger.day))),
        table,
        _inside(route, groups, ledger, source),
        join(el("h3", "Why"), why) if why else None,
        join(el("h3", "Doubts"), doubts) if doubts else None,
        el(
            "p",
            "Rests on facts ",
            ledger.links(keys),
            *(["; by grade: ", *[join(", " if n else "", share) for n, share in enumerate(shares)]] if shares else []),
            ".",
            id=source,
            data_rests=anchors(keys),
        ),
        id=f"{prefix}way-{rank}",
        open=rank == 1,
    )


def _inside(
    route: Mapping[str, Any], groups: Sequence[Mapping[str, Any]], ledger: Ledger, source: str
) -> Markup | None:
    """What part of a way lies in the areas of each group that was asked for, with who belongs to it."""
    if not groups:
        return None
    names = Names(ledger.facts)
    rows = []
    for group, part in zip(groups, route["within"], strict=True):
        listed = ", ".join(names.area(area) for area in group["areas"]) or "nobody"
        cells = [
            el("td", parts.number(None if part[name] is None else scale * part[name], unit, source, form), class_="n")
            for name, unit, scale, form in INSIDE
        ]
        told = el("span", f"{group['basis']}: {listed}", class_="range")
        rows.append(el("tr", el("td", group["name"], told, data_said=True, data_source=source), *cells))
    titles = el("tr", parts.head("Within", right=False), parts.head("Length", "km"), parts.head("of the way", "%"),
                parts.head("of what is not at sea", "%"), parts.head("Time", "h"), parts.head("of the way", "%"),
                parts.head("Cost", "USD"), parts.head("of the way", "%"))  # fmt: skip
    rank = route["rank"]
    table = el("table", el("caption", f"Parts of way {rank} by group of areas", data_count=True), el("thead", titles),
               el("tbody", *rows))  # fmt: skip
    shown = el("div", table, class_="scroll", tabindex=0, role="region", aria_label=f"Parts of way {rank}")
    return join(shown, el("p", inside.RULE))


INSIDE: Final[tuple[tuple[str, str, float, parts.Form], ...]] = (
    ("km", "km", 1.0, grouped),
    ("km_share", "%", 100.0, significant),
    ("km_share_of_areas", "%", 100.0, significant),
    ("hours", "h", 1.0, significant),
    ("hours_share", "%", 100.0, significant),
    ("usd", "USD", 1.0, grouped),
    ("usd_share", "%", 100.0, significant),
)


def _pick(routes: Sequence[Mapping[str, Any]], prefix: str) -> Markup:
    """Boxes that show and hide a way on the map, by style alone."""
    rules = "".join(
        f"body:has(#{prefix}show-{route['rank']}:not(:checked)) .{prefix}maps .route-{route['rank']}{{display:none}}"
        for route in routes
    )
    boxes = [
        el("label", el("input", type="checkbox", id=f"{prefix}show-{route['rank']}", checked=True), " way ",
           route["rank"], data_count=True)
        for route in routes
    ]  # fmt: skip
    return join(
        el("style", Markup(rules)),
        el("fieldset", el("legend", "Show"), *boxes, class_="pick"),
    )


def _no_way(answer: Answer, ledger: Ledger) -> Markup:
    none = answer.get("no_route") or {}
    reason = refusals.no_route({"no_route": {"reason": none.get("reason")}})[0]
    blocks = []
    names = Names(ledger.facts, ledger.day)
    for title, rows in ((refusals.BLOCKED, none.get("blocked_by")), (refusals.OPENS, none.get("opens_with"))):
        items = []
        for row in rows or ():
            keys = ledger.add([row]) if row.get("table") and row.get("id") else []
            items.append(el("li", refusals.refusal(row, names), " ", ledger.links(keys), data_said=True,
                            data_source=anchors(keys) or "world"))  # fmt: skip
        if items:
            blocks.append(join(el("h3", title), el("ul", *items)))
    return el("section", el("h2", "No route"), el("p", reason, class_="none"), *blocks)


def _not_used(answer: Answer, ledger: Ledger) -> Markup | None:
    """What better ways would use and is refused to the shipment on the day."""
    items = []
    for text, rows in refusals.avoided(answer.get("avoided") or (), Names(ledger.facts, ledger.day)):
        keys = ledger.add(rows)
        items.append(el("li", text, ". ", ledger.links(keys), data_said=True, data_source=anchors(keys)))
    return el("section", el("h2", refusals.NOT_USED), el("ul", *items)) if items else None


def _remarks(answer: Answer, ledger: Ledger) -> Markup | None:
    """Notes of the answer, and the measures and policies that shaped it."""
    notes = [el("li", note, data_said=True, data_source="world") for note in dict.fromkeys(answer.get("notes") or ())]
    rules = answer.get("refusals") or ()
    others = int(answer.get("refusals_elsewhere") or 0)
    if not notes and not rules and not others:
        return None
    return el(
        "section",
        el("h2", "What shaped the answer"),
        el("ul", *notes) if notes else None,
        _rules("Rules in force where these ways pass", rules, ledger, len(rules) <= FEW_RULES),
        el("p", f"{others} other rules in force were looked at and touch none of these ways.", data_count=True)
        if others
        else None,
    )


def _rules(title: str, rows: Sequence[Mapping[str, Any]], ledger: Ledger, unfolded: bool) -> Markup | None:
    names = Names(ledger.facts, ledger.day)
    items = []
    for row in rows:
        keys = ledger.add([row])
        told = refusals.refusal(row, names)
        items.append(el("li", told, " ", ledger.links(keys), data_said=True, data_source=anchors(keys)))
    return el("details", el("summary", title), el("ul", *items), open=unfolded) if items else None


def evidence(ledger: Ledger) -> Markup:
    """The list of facts."""
    ledger.complete()
    meanings = "; ".join(f"{name} {meaning}" for name, meaning in words.GRADE_WORDS.items())
    return el(
        "section",
        el("h2", "Evidence"),
        el("p", f"Each fact with its grade ({meanings}), its row in the tables of landbridge, and its source.",
           class_="quiet"),
        ledger.markup(),
        id="evidence",
    )  # fmt: skip


def reproduce(answer: Answer) -> Markup:
    """How to get the same numbers again."""
    from landbridge.world import list_scenarios

    asked, world = answer.get("question") or {}, answer.get("world") or {}
    ids = [("landbridge", answer.get("version") or __version__), ("day", world.get("date")), ("world", world.get("id")),
           ("facts", world.get("facts_id"))]  # fmt: skip
    shown = [join(el("li", f"{name}: ", el("code", value))) for name, value in ids if value]
    own = [name for name in world.get("scenarios") or () if name not in list_scenarios()]
    return el(
        "section",
        el("h2", "Ask again"),
        el("pre", el("code", questions.command(asked, world))),
        el("p", f"Your own scenarios ({', '.join(own)}) are given by their files.", class_="quiet") if own else None,
        el("ul", *shown),
        el("p", "The same version, facts and question give the same numbers. A world's id tells what holds on its day; "
                "the scenarios that led there are named above.", class_="quiet"),
        id="world",
        data_origin=f"world {world.get('id') or ''}, facts {world.get('facts_id') or ''}",
    )  # fmt: skip


def footer(answer: Answer) -> Markup:
    """Data, licences and how to read the map."""
    about = ", ".join(basemap.load().about.split("; ")[:2])
    return el(
        "footer",
        el("p", "Map: ", el("cite", about), ". Its borders show who holds what as the map's authors saw it, disputed "
           "lines dashed; they take no side and decide nothing: the routes follow the dated tables of crossings.",
           id=parts.BASEMAP_SOURCE, data_origin=about),
        el("p", f"Ways: railways and roads {CREDIT}, repaired and reduced; sea lanes by searoute, extended."),
        el("p", "Facts keep the terms of their sources, listed by ", el("code", "landbridge facts sources"),
           " and in DATA_LICENSES.md. A measure is named after the party that imposed it or is said to have. "
           "Estimates for planning, without warranty."),
        el("p", f"Made by landbridge {answer.get('version') or __version__}.", data_said=True, data_source="world"),
    )  # fmt: skip


def save_page(answer: Any, path: str | Path, facts: Facts | None = None) -> Path:
    """Write the page of a route, gas, country or comparison answer.

    Parameters
    ----------
    answer
        A `RouteAnswer`, `GasAnswer`, `CountryAnswer`, `RecordAnswer` or `CompareAnswer`.
    path
        The file to write.
    facts
        Where the sources of rows that carry none are looked up; None is the facts of the package.
    """
    from landbridge.facts import load
    from landbridge.writing import write_beside

    known = load() if facts is None else facts
    if answer.schema == "compare/1":
        from landbridge.report.versus import page_of

        return write_beside(path, page_of(answer, known))
    if answer.schema == "gas/1":
        from landbridge.report import gas_page

        return write_beside(path, gas_page.page_of(answer.to_dict(), answer.to_geojson(), known))
    if answer.schema == "country/1":
        from landbridge.report import country_page

        return write_beside(path, country_page.page_of(answer, known))
    if answer.schema == "record/1":
        from landbridge.report import record_page

        return write_beside(path, record_page.page_of(answer, known))
    if answer.schema == "country_changes/1":
        from landbridge.report import country_between_page

        return write_beside(path, country_between_page.page_of(answer, known))
    if answer.schema != "route/1":
        raise InputError(
            "a page can be made of a route, of gas, of a country, of a record or of a comparison only", field="answer"
        )
    return write_beside(path, page(answer.to_dict(), answer.to_geojson(), known))
