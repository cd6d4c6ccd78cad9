"""Parts of a page: a number with its unit and source, tables of ways and legs, banners, the frame round all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from landbridge.report import phrases, words
from landbridge.report.banners import concerning
from landbridge.report.evidence import Key, Ledger, anchors
from landbridge.report.geojson import CREDIT
from landbridge.report.key import colour
from landbridge.report.names import Names
from landbridge.report.numbers import DASH, UNKNOWN, arrival_p80, days, grouped, significant
from landbridge.report.svg import Markup, el, join

if TYPE_CHECKING:
    from landbridge.facts import Facts

Form = Callable[[float], str]
CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
BASEMAP_SOURCE = "basemap"


def number(value: float | None, unit: str, source: str, form: Form = grouped) -> Markup:
    """A number that tells its unit and which entries of the page it rests on.

    Examples
    --------
    >>> print(number(1200.0, "USD", "rests-1"))
    <data value="1200.0" data-unit="USD" data-source="rests-1">1,200</data>
    """
    if value is None:
        return el("span", UNKNOWN, class_="quiet")
    return el("data", form(value), value=repr(float(value)), data_unit=unit, data_source=source)


def ranged(value: float | None, low: float | None, high: float | None, unit: str, source: str,
           form: Form = grouped) -> Markup:  # fmt: skip
    """A number with its range under it."""
    if low is None or high is None:
        return number(value, unit, source, form)
    ends = join(number(low, unit, source, form), DASH, number(high, unit, source, form))
    return join(number(value, unit, source, form), el("span", ends, class_="range"))


def head(text: str, unit: str = "", right: bool = True) -> Markup:
    """A column's head with its unit."""
    return el("th", text, el("span", unit, class_="unit") if unit else None, scope="col", class_="n" if right else None)


def grade(value: Any) -> Markup:
    """A grade with its meaning."""
    return el("span", value or "?", class_="grade", title=words.GRADE_WORDS.get(str(value), "grade unknown"))


def rests(rank: int) -> str:
    """The id of the list of facts that a way rests on."""
    return f"rests-{rank}"


def ways(answer: Mapping[str, Any], prefix: str = "", names: Names | None = None) -> Markup:
    """The table of all ways."""
    world = answer.get("world") or {}
    rows = []
    for route in answer["routes"]:
        rank = int(route["rank"])
        source = prefix + rests(rank)
        arrival = arrival_p80(route, world.get("date"))
        rows.append(el(
            "tr",
            el("th", el("span", class_="swatch"), rank, scope="row", class_=f"lb-map {colour(rank)}", data_count=True),
            el("td", el("a", words.label(route, names), href=f"#{prefix}way-{rank}")),
            el("td", ", ".join(route.get("modes") or ())),
            el("td", ranged(route.get("hours"), route.get("hours_p10"), route.get("hours_p90"), "h", source, days),
               class_="n"),
            el("td", el("time", arrival, datetime=arrival) if arrival != UNKNOWN else UNKNOWN, class_="n"),
            el("td", ranged(route.get("usd"), route.get("usd_low"), route.get("usd_high"), "USD", source), class_="n"),
            el("td", number(route.get("kg_co2e"), "kg", source), class_="n"),
            el("td", number(route.get("km"), "km", source), class_="n"),
            el("td", number(len(route.get("crossings") or ()), "borders", source), class_="n"),
            el("td", grade(route.get("grade"))),
        ))  # fmt: skip
    titles = el(
        "tr", el("th", "Way", scope="col"), head("Along", right=False), head("Modes", right=False),
        head("Time", "days: median, 10–90 % of trips"), head("There by", "80 % of trips"),
        head("Cost", "USD, range of facts"), head("Emissions", "kg CO2e"), head("Length", "km"),
        head("Land borders", "count"), head("Grade", right=False),
    )  # fmt: skip
    caption = "Each way for the whole shipment; departure on the morning of the day of the question."
    table = el("table", el("caption", caption), el("thead", titles, data_count=True), el("tbody", *rows))
    return el("div", table, class_="scroll", tabindex=0, role="region", aria_label="Ways")


def legs(route: Mapping[str, Any], ledger: Ledger, prefix: str = "") -> Markup:
    """The table of the legs of one way, with its totals."""
    rank = int(route["rank"])
    whole = prefix + rests(rank)
    rows = []
    for n, leg in enumerate(route["legs"], 1):
        keys: list[Key] = ledger.add(leg.get("evidence") or ())
        source = anchors(keys) or whole
        note, shown = words.leg_note(leg), words.leg(leg)
        rows.append(el(
            "tr",
            el("td", n, data_count=True),
            el("td", shown, el("span", note, class_="range") if note else None,
               data_said=True, data_source=source),
            *[el("td", number(leg.get(name), unit, source, form), class_="n") for name, unit, form in LEG_NUMBERS],
            el("td", ledger.links(keys) if keys else el("a", "all", href=f"#{whole}")),
        ))  # fmt: skip
    titles = el(
        "tr", el("th", "No", scope="col"), head("Leg", right=False), head("Length", "km"), head("Time", "h"),
        head("Cost", "USD"), head("Emissions", "kg CO2e"), head("Facts", right=False),
    )  # fmt: skip
    sums = el(
        "tr", el("td"), el("th", "Sum of the legs", scope="row"),
        *[el("td", number(route.get(name), unit, whole, form), class_="n") for name, unit, form in LEG_NUMBERS],
        el("td"),
    )  # fmt: skip
    table = el("table", el("caption", f"Legs of way {rank}", data_count=True), el("thead", titles, data_count=True),
               el("tbody", *rows), el("tfoot", sums))  # fmt: skip
    return el("div", table, class_="scroll", tabindex=0, role="region", aria_label=f"Legs of way {rank}")


LEG_NUMBERS: tuple[tuple[str, str, Form], ...] = (
    ("km", "km", grouped),
    ("hours", "h", significant),
    ("usd", "USD", grouped),
    ("kg_co2e", "kg", grouped),
)


def why(
    route: Mapping[str, Any], routes: Sequence[Mapping[str, Any]], prefix: str = "", names: Names | None = None
) -> Markup | None:
    """Why a way differs from another."""
    source = prefix + rests(int(route["rank"]))
    items = []
    for other, rows in words.reasons(route, routes, names):
        shown: list[Any] = []
        for n, (delta, raw_unit, factor) in enumerate(rows):
            unit = phrases.unit_words(raw_unit)
            shown += ["; " if n else "", number(abs(delta), unit, source, significant), f" {unit} ",
                      "less" if delta < 0 else "more", f" for {phrases.plain_words(factor)}"]  # fmt: skip
        items.append(el("li", el("span", f"Against {other}: ", data_count=True), *shown, "."))
    return el("ul", *items) if items else None


def banners(answer: Mapping[str, Any], facts: Facts | None = None) -> list[Markup]:
    """What makes the day exceptional for this answer."""
    texts = concerning(answer, facts)
    return [el("p", text, class_="banner", role="note", data_said=True, data_source="world") for text in texts]


def said(texts: Iterable[str], source: str) -> Markup | None:
    """A list of remarks with the entries they rest on."""
    items = [el("li", text, data_said=True, data_source=source) for text in texts]
    return el("ul", *items) if items else None


def credit() -> Markup:
    """The line under a map that its sources ask for."""
    return el("p", f"Railways and roads {CREDIT}. Land and borders: Natural Earth.", class_="quiet")


def document(title: str, *body: Any, description: str = "") -> str:
    """A whole page: no script, no request, light and dark."""
    style = files("landbridge.report").joinpath("data", "page.css").read_text(encoding="utf-8")
    top = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", http_equiv="Content-Security-Policy", content=CONTENT_POLICY),
        el("meta", name="description", content=description or title),
        el("title", title),
        el("style", Markup(style)),
    )
    return "<!doctype html>\n" + el("html", top, el("body", *body), lang="en") + "\n"
