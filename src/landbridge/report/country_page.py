"""A country profile as one page that opens without internet: maps, charts, tables, and the facts behind each number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from landbridge.report import country_sections as sections
from landbridge.report import country_words as words
from landbridge.report import map, page, parts, poles_section  # noqa: A004
from landbridge.report.charts import days_chart, money_chart
from landbridge.report.country_sections import Writer, percent
from landbridge.report.evidence import Ledger
from landbridge.report.names import Names
from landbridge.report.numbers import grouped
from landbridge.report.svg import Markup, el, join
from landbridge.units import H_PER_DAY

if TYPE_CHECKING:
    from landbridge.facts import Facts

Row = Mapping[str, Any]
STYLE: Final = (
    "td details{border:0;margin:0;background:none}td summary{padding:0;font-weight:400;white-space:nowrap}"
    "time{white-space:nowrap}.half{max-width:32rem}"
)


def page_of(answer: Any, facts: Facts | None = None) -> str:
    """The page of a `CountryAnswer`."""
    told: Row = answer.to_dict()
    write = Writer(Ledger(facts, day=date.fromisoformat(told["world"]["date"])), Names(facts).on(told["world"]["date"]))
    shown = [
        _map(answer, told),
        _routes(answer, told, write),
        _closures(told, write),
        _scenarios(told, write),
        sections.borders(told, write),
        sections.trade(told, write),
        sections.transit(told, write),
        sections.gas(told, write),
        sections.memberships(told, write),
        sections.obligations(told, write),
        sections.measures(told, write),
        sections.votes(told, write),
        poles_section.section(told),
        sections.crises(told, write),
        sections.doubts(told),
    ]
    title = words.title(told, write.names)
    return parts.document(
        f"{title} – landbridge",
        page.header(title, told, facts),
        el(
            "main",
            el("style", Markup(STYLE)),
            *[one for one in shown if one is not None],
            page.evidence(write.ledger),
            page.reproduce(told),
        ),
        page.footer(told),
        description=title,
    )


def _map(answer: Any, told: Row) -> Markup | None:
    ways = answer.ways()
    if not ways.routes:
        return None
    shown, shapes = ways.to_dict(), ways.to_geojson()
    land = map.overland(shown, shapes)
    close = el("figure", el("figcaption", el("h3", "The overland part, closer")),
               map.draw(shown, shapes, "close", frame=land, keyed=False), data_unit="km",
               data_source=parts.BASEMAP_SOURCE) if land else None  # fmt: skip
    return el(
        "section",
        el("h2", "Standard routes"),
        el("p", f"The best ways of {told['access']['teu']:g} TEU from {told['access']['start']} on the day to the main "
                "partners and to the seaport that costs least in money and time together.", data_count=True),
        el("figure", map.draw(shown, shapes, "map"), data_unit="km", data_source=parts.BASEMAP_SOURCE),
        close,
        parts.credit(),
    )  # fmt: skip


def _routes(answer: Any, told: Row, write: Writer) -> Markup | None:
    access = told["access"]
    ports = sorted(access["ports"], key=lambda row: (row["generalised_usd"] is None, row["generalised_usd"] or 0.0))
    rows, sources = [], []
    for row in (*access["partners"], *ports):
        name, cell = write.rests(row["evidence"])
        sources.append(name)
        port = row["kind"] == "port"
        where = join("port ", row["to"]) if port else row["to"]
        share = el("span", "–", class_="quiet") if port else percent(row["share"], name)
        _, _, along = words.route_row(row)
        mid, low, high = (None if row[key] is None else row[key] / H_PER_DAY
                          for key in ("hours", "hours_low", "hours_high"))  # fmt: skip
        rows.append(el(
            "tr",
            el("th", where, ", ", write.names.area(row["to_area"]), scope="row"),
            el("td", share, class_="n"),
            el("td", _there(row, parts.ranged(mid, low, high, "days", name, _one)), class_="n"),
            el("td", _there(row, parts.ranged(row["usd"], row["usd_low"], row["usd_high"], "USD", name)), class_="n"),
            el("td", _there(row, parts.number(row["kg_co2e"], "kg", name)), class_="n"),
            el("td", along, data_said=True, data_source=name),
            el("td", parts.grade(row["grade"]) if row["hours"] is not None else None),
            cell,
        ))  # fmt: skip
    if not rows:
        return None
    year = (told["dependence"]["trade"] or {}).get("year")
    heads = (("To", ""), ("Share", words.of_trade(year)), ("Time", "days, low–high"), ("Cost", "USD, low–high"),
             ("CO2e", "kg"), ("Along", ""), ("Grade", ""))  # fmt: skip
    ranked = answer.ways().to_dict()["routes"]
    every = " ".join(sources)
    figures = el(
        "div",
        el("figure", days_chart(ranked), data_unit="days", data_source=every),
        el("figure", money_chart(ranked), data_unit="USD", data_source=every),
        class_="charts",
    )
    return el("section", el("h2", "To the sea and to partners"), figures if ranked else None,
              write.table("Routes", "Door to door; a port to its gate.", heads, rows))  # fmt: skip


def _there(row: Row, shown: Markup) -> Markup:
    return shown if row["hours"] is not None else el("span", "no route", class_="loss")


def _one(value: float) -> str:
    return grouped(value, 1)


def _losses(rows: Sequence[Row], write: Writer, form: Callable[[str], str]) -> list[Markup]:
    out = []
    for row in rows:
        name, cell = write.rests(row["evidence"])
        cells = [percent(row["shut_box_share"], name), _more(row["mean_delta_hours"], "days", name),
                 _more(row["mean_delta_usd"], "USD", name), _more(row["mean_delta_generalised_usd"], "USD", name),
                 _sea(row, name)]  # fmt: skip
        text = words.losses(row, write.names) or row["note"] or "nothing: no standard route passes here"
        if not row["changed"]:
            cells = [el("span", "–", class_="quiet")] * len(cells)
        out.append(el("tr", el("th", form(row["name"]), scope="row"), *[el("td", one, class_="n") for one in cells],
                      el("td", text, data_said=True, data_source=name), cell))  # fmt: skip
    return out


LOSS_HEADS: Final = (("Trade cut", "% in boxes"), ("Mean delay", "days"), ("Mean cost", "USD"),
                     ("With time", "USD"), ("Best port", "days"), ("Routes", ""))  # fmt: skip


def _sea(row: Row, source: str) -> Markup:
    if row["sea_shut"]:
        return el("span", "no port", class_="loss")
    return _more(row["sea_delta_hours"], "days", source)


def _more(value: float | None, unit: str, source: str) -> Markup:
    """A difference with its sign; hours are told as days."""
    if value is None:
        return el("span", "unknown", class_="quiet")
    shown = value / H_PER_DAY if unit == "days" else value

    def form(one: float) -> str:
        text = grouped(one, 1 if unit == "days" else 0)
        return f"+{text}" if one > 0 and text.strip("0.") else text

    return parts.number(shown, unit, source, form)


def _closures(told: Row, write: Writer) -> Markup | None:
    rows = told["access"]["closures"]
    if not rows:
        return None
    table = write.table(
        "Closures",
        "Each land border shut for itself, everything else as on the day. Means over partners by their share of trade "
        "in boxes. Ways are chosen by money with the value of time: what is left may be quicker and dearer.",
        (("Border with", ""), *LOSS_HEADS),
        _losses(rows, write, write.names.area),
    )
    return el("section", el("h2", "If a neighbour shuts its land border"), table)


def _scenarios(told: Row, write: Writer) -> Markup | None:
    some = told["scenarios"]
    if some is None:
        return None
    table = None
    if some["changing"]:
        caption = "Scenarios of the library that change a route; a minus is a gain."
        rows = _losses(some["changing"], write, str)
        table = write.table("Scenarios", caption, (("Scenario", ""), *LOSS_HEADS), rows)
    return el("section", el("h2", "What scenarios do to these routes"), table,
              el("p", f"{some['no_change']} other scenarios of the library change none of them.", data_count=True),
              el("ul", *[el("li", f"{row['name']}: {row['why']}", data_count=True) for row in some["not_applied"]])
              if some["not_applied"] else None)  # fmt: skip
