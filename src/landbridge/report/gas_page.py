"""A gas answer as one page that opens without internet: map, who is short, balances, flows, origins, evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from landbridge._version import __version__
from landbridge.report import basemap, gas, gas_charts, gas_map, gas_remarks, gas_rests, gas_words, page, parts
from landbridge.report.evidence import Ledger
from landbridge.report.gas_rests import rests
from landbridge.report.names import Names
from landbridge.report.numbers import grouped
from landbridge.report.svg import Markup, el, join

if TYPE_CHECKING:
    from landbridge.facts import Facts

Row = Mapping[str, Any]
MOST_DIAGRAMS: Final = 16
MOST_FLOWS: Final = 40
MOST_ORIGINS: Final = 24
"""So many rows are on the page; what is left is counted, and JSON and CSV have all."""


def page_of(answer: Row, shapes: Row, facts: Facts | None = None) -> str:
    """The page of a gas answer.

    Parameters
    ----------
    answer
        A gas answer as plain data (`answer.to_dict()`).
    shapes
        Its flows as GeoJSON (`answer.to_geojson()`).
    facts
        Where names and the areas of rows are looked up.

    Examples
    --------
    >>> quiet = {"schema": "gas/1", "question": {"kind": "gas"}, "world": {"date": "2021-01-01"}, "step": "month",
    ...          "cut": False, "sharing": "national", "from": "2021-01-01", "to": "2021-12-31", "areas": [],
    ...          "flows": [], "periods": [], "remarks": ["no-cut"], "grade": "B", "grade_shares": {"B": 1.0}}
    >>> "Nobody runs short of gas." in page_of(quiet, {"features": []})
    True
    """
    names, ledger = Names(facts).on(answer["world"]["date"]), Ledger(facts)
    rested = gas_rests.gather(answer, ledger)
    unit = gas_words.unit_of(answer)
    title = f"Gas, {answer['from']} to {answer['to']}"
    return parts.document(
        f"{title} – landbridge",
        page.header(title, answer, facts),
        el(
            "main",
            el("p", gas.headline(answer, names), class_="none", data_said=True, data_source=rests(None)),
            _maps(answer, shapes, names),
            _who(answer, names, unit),
            _diagrams(answer, names, unit),
            _by_period(answer, names),
            _flows(answer, names, unit),
            _transit(answer, names, unit),
            _origins(answer, names),
            _contracts(answer),
            _balances(answer, names, unit),
            _doubts(answer, names),
            rested.markup(ledger, names),
            page.evidence(ledger),
            page.reproduce(answer),
        ),
        footer(answer),
        description=gas_words.title(answer),
    )


def _maps(answer: Row, shapes: Row, names: Names) -> Markup:
    near = gas_map.closer(answer, shapes)
    source = f"{parts.BASEMAP_SOURCE} {rests(None)}"
    close = gas_map.draw(answer, shapes, names, "close", frame=near, keyed=False) if near else None
    return el(
        "section",
        el("h2", "Map"),
        el("figure", gas_map.draw(answer, shapes, names), data_unit=gas_words.unit_of(answer).name, data_source=source),
        el("figure", el("figcaption", el("h3", "Where gas is short, closer")), close,
           data_unit=gas_words.unit_of(answer).name, data_source=source) if close else None,
        el("p", "Lines join zones and show who is supplied from where, not where a pipe lies. Land and borders: Natural"
                " Earth.", class_="quiet"),
    )  # fmt: skip


def _who(answer: Row, names: Names, unit: gas_words.Unit) -> Markup | None:
    chosen = gas_words.affected(answer)
    if not chosen:
        return None
    rows = []
    for one in chosen:
        at = rests(one["area"])
        share = parts.number(one["shortage_pct"], "%", at, gas_words.percent)
        told = one["shortage_pct_by_sharing"]
        cells = [_volume(gas_words.asked_for(one), unit, at), _volume(one["shortage_bcm"], unit, at), share]
        cells += [parts.number(told[name], "%", at, gas_words.percent) for name in gas_words.SHARING_WORDS]
        cells += [parts.number(one["lacking_pct"], "%", at, gas_words.percent), _volume(one["cut_bcm"], unit, at),
                  _percent(one["shortage_of_cut_pct"], at), _days(one, at)]  # fmt: skip
        cells += [_volume(one["stored_start_bcm"], unit, at), _volume(one["stored_end_bcm"], unit, at),
                  _volume(one["unbalanced_bcm"] or None, unit, at)]  # fmt: skip
        rows.append(_row(names.area(one["area"]), cells))
    heads = (("Asked for", unit.name), ("Short", unit.name), ("Short", "% of asked for"), ("national", "%"),
             ("equal", "%"), ("least cost", "%"), ("Short or another fuel", "%"), ("Cut off", unit.name),
             ("Short", "% of the cut"), ("Store empty after", "days"), ("In store at first", unit.name),
             ("In store at last", unit.name), ("Short without a cut", unit.name))  # fmt: skip
    caption = (f"{gas_words.UNIT_MEANS[unit.name]}. Shortage against what was asked for and against the "
               "deliveries cut off; the three ways of sharing bound it.")  # fmt: skip
    return el("section", el("h2", "Who is short"), _table("Who is short", caption, "Area", heads, rows))


def _diagrams(answer: Row, names: Names, unit: gas_words.Unit) -> Markup | None:
    chosen = [*gas_words.affected(answer)]
    known = {one["area"] for one in chosen}
    chosen += [one for one in gas_words.moved(answer) if one["area"] not in known]
    if not chosen:
        return None
    figures = [
        el("figure", el("figcaption", el("h3", names.area(one["area"]))),
           gas_charts.balance(one, names, unit, f"balance-{one['area']}", bool(answer["cut"])),
           data_unit=unit.name, data_source=rests(one["area"]))
        for one in chosen[:MOST_DIAGRAMS]
    ]  # fmt: skip
    return el(
        "section",
        el("h2", "Balances"),
        el("p", "Above what supplies an area, in the thin bar below what becomes of it; both add up to the same.",
           class_="quiet"),
        gas_charts.legend(),
        el("div", *figures, class_="charts"),
        _rest(len(chosen) - MOST_DIAGRAMS, "areas whose supply changed; their numbers are in the table of all areas"),
    )  # fmt: skip


def _by_period(answer: Row, names: Names) -> Markup | None:
    rows = [one for one in gas_words.affected(answer) if one["shortage_pct"] >= gas_words.LEAST_PCT]
    columns = gas_words.blocks(answer["periods"], 31)
    if not rows or len(columns) < 2:
        return None
    told = []
    for one in rows:
        at = rests(one["area"])
        shares = [gas_words.shortage_in(answer, one["area"], block) for block in columns]
        cells = [el("td", parts.number(share, "%", at, gas_words.percent), class_=f"n lb-map {_tone(share)}")
                 for share in shares]  # fmt: skip
        told.append(el("tr", el("th", names.area(one["area"]), scope="row"), *cells))
    heads = [el("th", el("time", block.name), scope="col", class_="n") for block in columns]
    head = el("tr", el("th", "Area", scope="col"), *heads)
    table = el("table", el("caption", "Short, % of what was asked for in each period."), el("thead", head),
               el("tbody", *told), class_="shades")  # fmt: skip
    return el("section", el("h2", "By period"),
              el("div", table, class_="scroll", tabindex=0, role="region", aria_label="By period"))  # fmt: skip


def _flows(answer: Row, names: Names, unit: gas_words.Unit) -> Markup | None:
    changed = gas_words.changed_flows(answer)
    chosen = changed[:MOST_FLOWS] or list(answer["flows"])[:MOST_FLOWS]
    if not chosen:
        return None
    rows = []
    for one in chosen:
        at = " ".join(rests(area) for area in (one["from_area"], one["to_area"]) if area) or rests(None)
        more = one["bcm"] - one["before_bcm"]
        rows.append(el(
            "tr",
            el("th", gas_words.ends(one, names), scope="row"),
            el("td", el("code", one["id"])),
            *[el("td", _volume(one[name], unit, at), class_="n") for name in ("bcm", "before_bcm")],
            el("td", parts.number(unit.of(more), unit.name, at, lambda value: _signed(value, unit)), class_="n"),
            el("td", _volume(one["capacity_bcm"], unit, at), class_="n"),
            el("td", gas_words.flow_word(one), class_="loss" if gas_words.flow_word(one).startswith("cut") else None),
        ))  # fmt: skip
    titles = el("tr", el("th", "From > to", scope="col"), parts.head("Point", right=False),
                parts.head("Now", unit.name), parts.head("Without the cut", unit.name), parts.head("Change", unit.name),
                parts.head("Could pass", unit.name), parts.head("What became of it", right=False))  # fmt: skip
    caption = "Flows that changed most." if changed else "The largest flows; none changed."
    table = el("table", el("caption", caption), el("thead", titles), el("tbody", *rows))
    left = (len(changed) or len(answer["flows"])) - len(chosen)
    return el("section", el("h2", "Flows"),
              el("div", table, class_="scroll", tabindex=0, role="region", aria_label="Flows"),
              _rest(left, "flows; all are in JSON and --flows"))  # fmt: skip


def _transit(answer: Row, names: Names, unit: gas_words.Unit) -> Markup | None:
    rows = []
    for one, more in gas_words.transit(answer):
        at = rests(one["area"])
        cells = [_volume(one["transit_bcm"], unit, at), _volume(one["transit_before_bcm"], unit, at),
                 parts.number(unit.of(more), unit.name, at, lambda value: _signed(value, unit))]  # fmt: skip
        rows.append(_row(names.area(one["area"]), cells))
    if not rows:
        return None
    heads = (("Now", unit.name), ("Without the cut", unit.name), ("Won or lost", unit.name))
    caption = "What only passes through: the smaller of what comes in and what goes out by pipe."
    return el("section", el("h2", "Transit"), _table("Transit", caption, "Area", heads, rows))


def _origins(answer: Row, names: Names) -> Markup | None:
    chosen = [one for one in [*gas_words.affected(answer), *gas_words.moved(answer)] if one["origins"]]
    unique = list({one["area"]: one for one in chosen}.values())
    items = []
    for one in unique[:MOST_ORIGINS]:
        at = rests(one["area"])
        told = [join(", " if n else "", name, " ", parts.number(part, "%", at, grouped), " %")
                for n, (name, part) in enumerate(gas_words.origins(one, names, 8))]  # fmt: skip
        items.append(el("li", el("strong", names.area(one["area"])), ": ", *told, "."))
    if not items:
        return None
    return el("section", el("h2", "Whose gas they take"),
              el("p", "By proportional mixing: what leaves a zone is mixed as what entered it.", class_="quiet"),
              el("ul", *items), _rest(len(unique) - MOST_ORIGINS, "areas; all are in JSON"))  # fmt: skip


def _contracts(answer: Row) -> Markup | None:
    told = parts.said((f"{text}." for text in gas_remarks.untaken(answer)), rests(None))
    return el("section", el("h2", "Not taken of what contracts oblige to"), told) if told else None


def _balances(answer: Row, names: Names, unit: gas_words.Unit) -> Markup | None:
    rows = []
    for one in sorted(answer["areas"], key=lambda one: names.area(one["area"])):
        at = rests(one["area"])
        cells = [_volume(one[f"{name}_bcm"], unit, at) for name, _ in BALANCE]
        cells += [_volume(one["export_bcm"], unit, at), _volume(one["transit_bcm"], unit, at),
                  parts.number(one["price_usd_kcm"], "USD per 1000 m3", at, grouped)
                  if one["price_usd_kcm"] is not None else el("span", "–", class_="quiet")]  # fmt: skip
        rows.append(_row(names.area(one["area"]), cells))
    if not rows:
        return None
    heads = [(title, unit.name) for _, title in BALANCE]
    heads += [("Exports", unit.name), ("of these transit", unit.name), ("Worth of one more", "USD per 1000 m3")]
    caption = "Produced + net import + out of store + short = demand + into store + losses; LNG is part of net import."
    return el("details", el("summary", "All areas"), _table("All areas", caption, "Area", heads, rows))


BALANCE: Final = (("demand", "Demand"), ("losses", "Losses"), ("switched", "Another fuel"), ("production", "Produced"),
                  ("net_import", "Net import"), ("lng_import", "LNG"), ("withdrawal", "Out of store"),
                  ("injection", "Into store"), ("shortage", "Short"))  # fmt: skip
"""The numbers of a balance with their heads."""


def _doubts(answer: Row, names: Names) -> Markup:
    told = parts.said(gas_remarks.remarks(answer, names), f"{rests(None)} world")
    shares = gas_remarks.grades(answer["grade_shares"])
    grade = join("Grade ", parts.grade(answer["grade"]), f": {shares} of the gas that hangs on rows of the tables.")
    return el("section", el("h2", "What is unsure"), told, el("p", grade, data_said=True, data_source=rests(None)))


def footer(answer: Row) -> Markup:
    """Data, licences and how to read the map."""
    about = ", ".join(basemap.load().about.split("; ")[:2])
    return el(
        "footer",
        el("p", "Map: ", el("cite", about), ". Its borders show who holds what as the map's authors saw it, disputed "
           "lines dashed; they take no side and decide nothing.", id=parts.BASEMAP_SOURCE, data_origin=about),
        el("p", "Facts keep the terms of their sources, listed by ", el("code", "landbridge facts sources"),
           " and in DATA_LICENSES.md. Estimates for planning, without warranty."),
        el("p", f"Made by landbridge {answer.get('version') or __version__}.", data_said=True, data_source="world"),
    )  # fmt: skip


def _row(title: str, cells: Iterable[Any]) -> Markup:
    return el("tr", el("th", title, scope="row"), *[el("td", cell, class_="n") for cell in cells])


def _table(label: str, caption: str, first: str, heads: Sequence[tuple[str, str]], rows: Sequence[Markup]) -> Markup:
    titles = el("tr", el("th", first, scope="col"), *[parts.head(*one) for one in heads])
    table = el("table", el("caption", caption, data_count=True), el("thead", titles, data_count=True),
               el("tbody", *rows))  # fmt: skip
    return el("div", table, class_="scroll", tabindex=0, role="region", aria_label=label)


def _volume(bcm: float | None, unit: gas_words.Unit, source: str) -> Markup:
    if bcm is None:
        return el("span", "–", class_="quiet")
    return parts.number(unit.of(bcm), unit.name, source, unit.form)


def _percent(value: float | None, source: str) -> Markup:
    return el("span", "–", class_="quiet") if value is None else parts.number(value, "%", source, gas_words.percent)


def _days(area: Row, source: str) -> Markup:
    if area["days_until_empty"] is not None:
        return parts.number(area["days_until_empty"], "days", source, grouped)
    return el("span", "no store" if area["stored_start_bcm"] is None else "lasts", class_="quiet")


def _tone(share: float | None) -> str:
    """The class of a cell, as of an area on the map."""
    return gas_map.tone(share or 0.0).replace("s", "k")


def _signed(value: float, unit: gas_words.Unit) -> str:
    return f"{'+' if value > 0 else ''}{unit.form(value)}"


def _rest(left: int, what: str) -> Markup | None:
    return el("p", f"And {left} more {what}.", class_="quiet", data_count=True) if left > 0 else None
