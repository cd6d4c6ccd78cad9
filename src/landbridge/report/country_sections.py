"""Sections of a country page: borders, trade, transit, gas, memberships, obligations, measures, votes, crises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from landbridge.report import country_charts, country_gas, country_map, parts
from landbridge.report import country_words as words
from landbridge.report.alliance import KINDS, conflict_lines, of_text
from landbridge.report.appeals import responses_read
from landbridge.report.evidence import Ledger, anchors
from landbridge.report.names import Names
from landbridge.report.svg import Markup, el, join

Row = Mapping[str, Any]
FEW: Final = 4
"""More facts than this are folded away."""
MOST_PASSED: Final = 10


@dataclass(slots=True)
class Writer:
    """What the parts of one page share: the list of facts, the names, a number for each row's list of facts."""

    ledger: Ledger
    names: Names
    made: list[str] = field(default_factory=list)

    def rests(self, rows: Iterable[Row]) -> tuple[str, Markup]:
        """The id of a cell with the facts of a row, and the cell."""
        keys = self.ledger.add(rows)
        name = f"rests-{len(self.made) + 1}"
        self.made.append(name)
        if not keys:
            return "world", el("td", "the world above", class_="quiet")
        links = self.ledger.links(keys)
        shown = links if len(keys) <= FEW else el("details", el("summary", f"{len(keys)} facts"), links)
        return name, el("td", shown, id=name, data_rests=anchors(keys))

    def table(self, label: str, caption: str, heads: Sequence[tuple[str, str]], rows: Sequence[Markup]) -> Markup:
        """A table whose last column lists the facts of each row."""
        titles = [parts.head(text, unit, right=bool(unit)) for text, unit in heads]
        titles.append(parts.head("Facts", right=False))
        whole = el("table", el("caption", caption, data_count=True),
                   el("thead", el("tr", *titles), data_count=True), el("tbody", *rows))  # fmt: skip
        return el("div", whole, class_="scroll", tabindex=0, role="region", aria_label=label)


def percent(share: float | None, source: str) -> Markup:
    """A share as a number of percent."""
    if share is None:
        return el("span", "unknown", class_="quiet")
    return parts.number(100 * share, "%", source, lambda value: words.percent(value / 100).removesuffix(" %"))


def borders(told: Row, write: Writer) -> Markup | None:
    """Each post by mode with what passes it, on a map and in a table; named lines inside."""
    rows = []
    for border in (*told["borders"], *told["posts_on_ground"]):
        held = f" (de jure {', '.join(border['de_jure'])}, held by {', '.join(border['de_facto'])})"
        title = write.names.area(border["area"]) + (held if border["status"] == "disputed" else "")
        for n, post in enumerate(sorted(border["posts"], key=lambda row: country_map.ORDER.index(row["state"]))):
            name, cell = write.rests(post["evidence"])
            limits = [post["cargo"], f"carriers {post['carriers']}" if post["carriers"] else "", words.one_way(post)]
            said = "; ".join(filter(None, [*limits, post["why"]]))
            unsure = "" if post["sure"] else " (unsure)"
            rows.append(el(
                "tr",
                el("th", title if n == 0 else "", scope="row"),
                el("td", post["name"]), el("td", post["mode"]),
                el("td", country_map.STATES[post["state"]] + unsure, class_=CLASSES.get(post["state"])),
                el("td", said, data_said=True, data_source=name), cell,
            ))  # fmt: skip
        if not border["posts"]:
            name, cell = write.rests(border["evidence"])
            rows.append(el("tr", el("th", title, scope="row"), el("td", "no post known", colspan=4), cell))
    if not rows:
        return None
    drawn = country_map.draw(
        (*told["borders"], *told["posts_on_ground"]), f"Posts on the land borders of {told['name']}"
    )
    heads = (("Border with", ""), ("Post", ""), ("Mode", ""), ("Freight", ""), ("What the rows say", ""))
    lines = [el("li", words.line(row), " ", write.ledger.links(write.ledger.add(row["evidence"])), data_said=True,
                data_source=anchors(write.ledger.add(row["evidence"]))) for row in told["lines"]]  # fmt: skip
    return el(
        "section",
        el("h2", "Land borders"),
        el("figure", drawn, data_unit="km", data_source=parts.BASEMAP_SOURCE) if drawn else None,
        write.table("Land borders", "Each post by mode, what passes on the day.", heads, rows),
        join(el("h3", "Lines inside"), el("ul", *lines)) if lines else None,
    )


CLASSES: Final = {"open": "gain", "shut": "loss"}


def trade(told: Row, write: Writer) -> Markup | None:
    """Partners and groups of goods by share."""
    trade = told["dependence"]["trade"]
    if trade is None:
        return None
    shut = words.without_way(told)
    rows, sources = [], []
    for row in trade["partners"]:
        name, cell = write.rests(row["evidence"])
        sources.append(name)
        cells = [percent(row[key], name) for key in ("share", "exports_share", "imports_share", "box_share")]
        cells += [parts.number(row[key], "10^6 USD", name) for key in ("exports_musd", "imports_musd")]
        closed = f" (no way on the day: {shut[row['area']]})" if row["area"] in shut else ""
        rows.append(el("tr", el("th", write.names.area(row["area"]), closed, scope="row", data_said=True,
                                data_source=name),
                       *[el("td", one, class_="n") for one in cells], el("td", row["main_group"]), cell))  # fmt: skip
    heads = (("Partner", ""), ("Share", words.of_trade(trade["year"])), ("Of exports", "%"), ("Of imports", "%"),
             ("In boxes", "% of trade in boxes"), ("Sold", "million USD"), ("Bought", "million USD"),
             ("Most of it", ""))  # fmt: skip
    goods = []
    for row in trade["groups"]:
        name, cell = write.rests(row["evidence"])
        best = write.names.area(row["main_partner"]) if row["main_partner"] else "unknown"
        goods.append(el("tr", el("th", row["group"], scope="row"), el("td", row["description"]),
                        el("td", percent(row["share"], name), class_="n"), el("td", best),
                        el("td", percent(row["main_partner_share"], name), class_="n"), cell))  # fmt: skip
    chart = country_charts.shares([(write.names.area(row["area"]), row["share"]) for row in trade["partners"]],
                                  f"Share of trade in {trade['year']}", "trade")  # fmt: skip
    by_group = country_charts.shares([(row["group"], row["share"]) for row in trade["groups"]],
                                     f"By group of goods in {trade['year']}", "goods", 2)  # fmt: skip
    figures = [el("figure", one, data_unit="share", data_source=" ".join(sources)) for one in (chart, by_group) if one]
    return el(
        "section",
        el("h2", f"Trade in {trade['year']}", data_count=True),
        el("div", *figures, class_="charts"),
        write.table("Partners", "Main partners. In boxes: each group of goods counts by the share of its tonnes that "
                    "goes in containers.", heads, rows),
        write.table("Goods", "Groups of goods, with the largest of the partners named.",
                    (("Group", ""), ("What", ""), ("Share", words.of_trade(trade["year"])), ("Main partner", ""),
                     ("Its share", "%")),
                    goods),
    )  # fmt: skip


def transit(told: Row, write: Writer) -> Markup | None:
    """Areas, passages and crossings that the routes to partners pass."""
    transit = told["dependence"]["transit"]
    if not transit["routes"]:
        return None
    rows, sources = [], []
    kinds = (("area", transit["areas"]), ("passage", transit["passages"]), ("crossing", transit["crossings"]))
    for kind, some in kinds:
        for row, title in list(words.passed(some, kind, write.names))[:MOST_PASSED]:
            name, cell = write.rests(row["evidence"])
            sources.append(name)
            to = ", ".join(write.names.area(one) for one in row["partners"])
            rows.append(el("tr", el("th", title, scope="row"), el("td", kind),
                           el("td", percent(row["box_share"], name), class_="n"),
                           el("td", parts.number(float(row["routes"]), "routes", name), class_="n"),
                           el("td", to), cell))  # fmt: skip
    if not rows:
        return None
    charts = [
        country_charts.shares([(title, row["box_share"]) for row, title in words.passed(some, kind, write.names)],
                              f"Trade in boxes through {kind}s", f"through-{kind}", 3)
        for kind, some in kinds[:2]
    ]  # fmt: skip
    figures = [el("figure", one, data_unit="share", data_source=" ".join(sources)) for one in charts if one]
    heads = (("Through", ""), ("Kind", ""), ("Share", "% of trade in boxes"), ("Routes", "number"), ("To", ""))
    return el(
        "section",
        el("h2", "What the routes to partners pass"),
        el("div", *figures, class_="charts") if figures else None,
        write.table("Transit", "By the best way on the day alone: who ships otherwise passes elsewhere.", heads, rows),
    )


def gas(told: Row, write: Writer) -> Markup | None:
    """Whose gas it takes."""
    gas = told["dependence"]["gas"]
    if gas is None:
        return None
    rests = [*gas["evidence"], *(row for key in ("bought", "contracts") for one in gas[key] for row in one["evidence"])]
    keys = write.ledger.add(rests)
    source = anchors(keys) or "world"
    lines = parts.said(country_gas.gas_lines(gas, write.names), source)
    bars = [(country_gas.origin(one, write.names), part) for one, part in (gas["traced"] or {}).items()]
    chart = country_charts.shares(bars, "Molecules by mixing in the pipes, not whose gas is bought", "gas", 4)
    return el(
        "section",
        el("h2", "Gas"),
        lines,
        el("figure", chart, data_unit="share", data_source=source, class_="half") if chart else None,
        el("p", "Facts: ", write.ledger.links(keys), data_rests=source) if keys else None,
    )


def memberships(told: Row, write: Writer) -> Markup | None:
    """Standings in blocs, formats and agreements."""
    rows = []
    for row in told["memberships"]:
        name, cell = write.rests(row["evidence"])
        status = words.standing_word(row) + (
            f" towards {write.names.area(row['pair_with'])}" if row["pair_with"] else ""
        )
        asked = {"data_said": True, "data_source": name} if row["status"] in words.NOTED and row["note"] else {}
        status += f": {row['note']}" if asked else ""
        with_areas = ", ".join(write.names.area(one) for one in row["with_areas"])
        since = words.day_of(row) or ("by scenario" if row["by_scenario"] else "")
        rows.append(el("tr", el("th", row["name"], scope="row", data_said=True, data_source=name),
                       el("td", el("code", row["id"])), el("td", row["kind"]), el("td", status, **asked),
                       el("td", el("time", since), f" {words.doubtful(row)}".rstrip()),
                       el("td", with_areas), cell))  # fmt: skip
    if not rows:
        return None
    heads = (
        ("Name", ""),
        ("Id", ""),
        ("Kind", ""),
        ("Standing", ""),
        ("Since", ""),
        ("Neighbours and partners in it", ""),
    )
    return el("section", el("h2", "Blocs, formats, agreements"),
              write.table("Memberships", "Standings on the day.", heads, rows))  # fmt: skip


def obligations(told: Row, write: Writer) -> Markup | None:
    """Duties given and taken, with readings of disputed texts."""
    rows = []
    duties = told["obligations"]
    taken, given = ({row["id"] for row in duties[key]} for key in ("taken", "given"))
    for row in [*duties["given"], *(row for row in duties["taken"] if row["id"] not in given)]:
        name, cell = write.rests(row["evidence"])
        way = "both ways" if row["id"] in taken & given else "owed by it" if row["id"] in given else "owed to it"
        readings = "".join(f"; read by {' '.join(one['read_by'])}: {one['terms']}" for one in row["readings"])
        rows.append(el("tr", el("th", of_text(row), scope="row",
                                data_said=True, data_source=name),
                       el("td", words.duty(row, KINDS[row["kind"]])), el("td", way),
                       el("td", " ".join(row["with_areas"])), el("td", row["terms"], readings, data_said=True,
                                                                 data_source=name),
                       el("td", el("time", words.day_of(row))), cell))  # fmt: skip
    if not rows:
        return None
    heads = (("Article", ""), ("What", ""), ("Direction", ""), ("With", ""), ("Terms and readings", ""), ("Since", ""))
    pulled = [el("li", line, data_count=True) for line in conflict_lines(duties["conflicts"])]
    about = "Those of the day; what is not in force is marked."
    return el("section", el("h2", "Obligations"), write.table("Obligations", about, heads, rows),
              join(el("h3", "Duties that pull two ways"), el("ul", *pulled)) if pulled else None)  # fmt: skip


UN_TITLE: Final = "UN measures (binding force disputed where said)"


def measures(told: Row, write: Writer) -> Markup:
    """Measures imposed, of the UN, and borne."""
    out = []
    for title, key in (("Imposed", "imposed"), (UN_TITLE, "un"), ("Borne", "borne")):
        rows = []
        for row in reversed(told["measures"][key]):
            name, cell = write.rests(row["evidence"])
            said = words.measure(row)
            rows.append(el("tr", el("th", said, scope="row", data_said=True, data_source=name),
                           el("td", "" if row["effect"] in said else row["effect"], data_said=True, data_source=name),
                           cell))  # fmt: skip
        if rows:
            out.append(write.table(title, f"{title}: measures in force on the day, the newest first.",
                                   (("Measure", ""), ("What it does", "")), rows))  # fmt: skip
        elif key != "un":
            out.append(el("p", f"{title}: none in the tables."))
    return el("section", el("h2", "Measures"), *out)


def votes(told: Row, write: Writer) -> Markup | None:
    """Agreement in UN votes, ideal points."""
    votes = told["votes"]
    if votes is None:
        return None
    rows = []
    order = {"pole": 0, "bloc": 1, "area": 2}
    for row in sorted(votes["alike"], key=lambda row: (order[row["kind"]], -row["agreement"])):
        name, cell = write.rests(row["evidence"])
        title = write.names.area(row["with_"]) if row["kind"] == "area" else row["with_"]
        alike = parts.ranged(row["agreement"], row["low"], row["high"], "share", name, _two)
        rows.append(el("tr", el("th", title, scope="row", data_said=True, data_source=name), el("td", row["kind"]),
                       el("td", alike, class_="n"),
                       el("td", parts.number(row["roll_calls"], "roll calls", name), class_="n"), cell))  # fmt: skip
    items = []
    for row in votes["ideal_points"]:
        keys = write.ledger.add(row["evidence"])
        point = parts.ranged(row["value"], row["low"], row["high"], "standard deviations", anchors(keys), _two)
        items.append(el("li", el("time", str(row["year"])), ": ", point, " ", write.ledger.links(keys),
                        data_rests=anchors(keys)))  # fmt: skip
    heads = (("With", ""), ("Kind", ""), ("Agreement", "share, central 80 %"), ("Votes", "roll calls"))
    return el(
        "section",
        el("h2", "Votes in the UN"),
        write.table("Votes", f"Mean agreement in {votes['year']}: a like vote counts whole, one abstention half.",
                    heads, rows) if rows else None,
        join(el("h3", "Ideal points"), el("ul", *items)) if items else None,
    )  # fmt: skip


def _two(value: float) -> str:
    return f"{value:.2f}"


def crises(told: Row, write: Writer) -> Markup | None:
    """Appeals made and received with what came."""
    rows = []
    roles = (("made", "asked"), ("received", "was asked"), ("named_as_threat", "named as the threat"),
             ("without_appeal", "asked for nothing"))  # fmt: skip
    every = [(row, word) for key, word in roles for row in told["crises"][key]]
    for row, word in sorted(every, key=lambda item: str(item[0]["date"]), reverse=True):
        name, cell = write.rests([*row["evidence"], *(one for read in row["readings"] for one in read["evidence"])])
        read = [one for line in responses_read([row]) for one in (el("br"), f"{line}.")]
        took = "" if row["delay_days"] is None else parts.number(float(row["delay_days"]), "days", name)
        day = el("th", el("time", words.asked_on(row)), f" {words.doubtful(row)}".rstrip(), scope="row")
        rows.append(el("tr", day, el("td", word),
                       el("td", " ".join(row["appeal_by"])),
                       el("td", row["addressee"], data_said=True, data_source=name),
                       el("td", words.threat(row), data_said=True, data_source=name),
                       el("td", words.response(row)), el("td", took, class_="n"),
                       el("td", row["decision"], *read, data_said=True, data_source=name), cell))  # fmt: skip
    if not rows:
        return None
    heads = (("Day", ""), ("Role", ""), ("Appeal by", ""), ("To", ""), ("Threat", ""), ("Response", ""),
             ("After", "days"), ("What was decided", ""))  # fmt: skip
    return el("section", el("h2", "Crises"), write.table("Crises", "Up to the day, the latest first.", heads, rows))


def doubts(told: Row) -> Markup:
    """What cannot be told, and the grade of each section."""
    items = [el("li", line, data_count=True) for line in words.unknown(told)]
    shares = "; ".join(
        f"{name}: {', '.join(f'{grade} {words.percent(part)}' for grade, part in some.items() if part)}"
        for name, some in told["grades"].items()
    )
    grade = el("p", "Grade ", parts.grade(told["grade"]), f", mean of the sections ({shares}).", data_count=True)
    return el("section", el("h2", "What cannot be told"), el("ul", *items) if items else None, grade)
