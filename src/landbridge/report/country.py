"""A country profile as tables for a terminal: what binds it, its borders, its routes, its dependence, its record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from landbridge.report import country_gas, poles
from landbridge.report import country_words as words
from landbridge.report.alliance import KINDS, conflict_lines, of_text, readings
from landbridge.report.appeals import responses_read
from landbridge.report.boxes import boxed
from landbridge.report.names import Names
from landbridge.report.numbers import DASH, days, grouped, signed, span

if TYPE_CHECKING:
    from rich.table import Table

Row = Mapping[str, Any]
MOST_DUTIES: Final = 24
MOST_CRISES: Final = 12
MOST_PASSED: Final = 8
MOST_MEASURES: Final = 10
FEW_REASONS: Final = 2
MOST_LINES: Final = 6
"""So many rows are told; JSON has all."""
CLOSURES: Final = (
    "If a neighbour shuts its land border (ways are chosen by money with time: a dearer one may be quicker)"
)
title = words.title


def parts(answer: Row, names: Names | None = None) -> list[Any]:
    """Everything below the title, in order."""
    from rich.text import Text

    known = names or Names()
    out: list[Any] = [Text(line) for line in bound_lines(answer, known)]
    out += [_duties(answer["obligations"], known)] if _has_duties(answer) else []
    out += [Text(line, style="dim") for line in read_lines(answer["obligations"])]
    out += [Text(line) for line in conflict_lines(answer["obligations"]["conflicts"])]
    out += [_borders(answer["borders"], known)] if answer["borders"] else []
    if answer["posts_on_ground"]:
        held = f"Posts on its ground that stand under {' '.join(answer['de_jure'])}, by who passes them"
        out.append(_borders(answer["posts_on_ground"], known, f"{held}; held by {' '.join(answer['de_facto'])}"))
    out += [Text(one) for one in line_lines(answer["lines"])]
    year = (answer["dependence"]["trade"] or {}).get("year")
    out += [_routes(answer["access"], known, year)] if answer["access"]["partners"] or answer["access"]["ports"] else []
    if answer["access"]["closures"]:
        out.append(_losses(CLOSURES, "Border with", answer["access"]["closures"], known))
    out += [Text(line) for line in trade_lines(answer["dependence"]["trade"], known, words.without_way(answer))]
    out += [_passed(answer["dependence"]["transit"], known)] if answer["dependence"]["transit"]["routes"] else []
    out += [Text(line) for line in country_gas.gas_lines(answer["dependence"]["gas"], known)]
    out += [Text(line) for line in measure_lines(answer["measures"])]
    out += [Text(line) for line in vote_lines(answer["votes"], known)]
    out += [Text(line) for line in poles.lines(answer["alignment"])]
    out += [poles.years_table(answer["alignment_years"]), Text(poles.ABOUT_YEARS, style="dim")]
    out += [Text(line, style="dim") for line in poles.untold_years(answer["alignment_years"])]
    out += [_crises(answer["crises"])] if any(answer["crises"].values()) else []
    every = {row["id"]: row for rows in answer["crises"].values() for row in rows}
    out += [Text(line, style="dim") for line in responses_read(list(every.values()))]
    out += _scenarios(answer["scenarios"], known)
    out += [Text(f"Cannot tell: {line}", style="dim") for line in words.unknown(answer)]
    out.append(Text(f"Grade {answer['grade']}."))
    return out


def bound_lines(answer: Row, names: Names) -> Iterator[str]:
    """Blocs, formats and agreements by standing; with whom most are shared."""
    for text, rows in words.standings(answer):
        if rows[0]["kind"] == "agreement":
            yield f"{text}: {words.joined(rows, lambda row: words.standing(row, names), MOST_MEASURES)}"
        else:
            yield f"{text}: {words.joined(rows, lambda row: words.standing(row, names), words.MOST_BOUND)}"
        yield from (f"{row['id']}: {row['note']}." for row in rows if row["status"] in words.NOTED and row["note"])
    shared = [row for row in answer["overlaps"] if row["blocs"]]
    if shared:
        told = words.joined(shared, lambda row: f"{names.area(row['area'])} {len(row['blocs'])}", 8)
        yield f"Blocs shared with neighbours and partners: {told}"


def _has_duties(answer: Row) -> bool:
    return bool(answer["obligations"]["given"] or answer["obligations"]["taken"])


def _duties(told: Row, names: Names) -> Table:
    """One row for each duty, given, taken or both."""
    del names
    table = boxed("Obligations")
    for word in ("Article", "What", "Direction", "With", "Since"):
        table.add_column(word, overflow="fold")
    taken = {row["id"]: row for row in told["taken"]}
    both = {row["id"] for row in told["given"]} & set(taken)
    rows = [*told["given"], *(row for row in told["taken"] if row["id"] not in both)]
    ordered = sorted(rows, key=lambda row: (row["id"] not in both, row["id"] in taken, row["id"]))
    for row in ordered[:MOST_DUTIES]:
        way = "both ways" if row["id"] in both else "owed to it" if row["id"] in taken else "owed by it"
        table.add_row(of_text(row), words.duty(row, KINDS[row["kind"]]), way,
                      words.joined(row["with_areas"], str, 6), words.day_of(row))  # fmt: skip
    if len(rows) > MOST_DUTIES:
        table.add_row(f"and {len(rows) - MOST_DUTIES} more (--json)")
    return table


def read_lines(told: Row) -> Iterator[str]:
    """Each reading of the disputed duties, once.

    Examples
    --------
    >>> read = {"read_by": ["ARM"], "about": "border", "terms": "aid is owed", "since": "2021-05-12"}
    >>> duty = {"id": "cst-4", "article": "art. 4", "agreement": "cst-1992", "bloc": "csto", "readings": [read]}
    >>> list(read_lines({"given": [duty], "taken": [duty]}))
    ['Disputed, cst-1992, art. 4: ARM (border, 2021-05-12): aid is owed']
    """
    rows = {row["id"]: row for row in (*told["given"], *told["taken"]) if row["readings"]}
    yield from readings(list(rows.values()))


def _borders(rows: Sequence[Row], names: Names, text: str = "Land borders on the day (posts)") -> Table:
    table = boxed(text)
    for word, wide in (("With", 10), ("Road", 12), ("Rail", 10), ("Freight passes at", 24), ("Shut because", 24)):
        table.add_column(word, overflow="fold", min_width=wide)
    for row in rows:
        held = ""
        if row["status"] == "disputed":
            held = f" (de jure {' '.join(row['de_jure'])}, held by {' '.join(row['de_facto'])})"
        table.add_row(f"{names.area(row['area'])}{held}", words.posts(row, "road"), words.posts(row, "rail"),
                      words.passing(row) or DASH, words.shut_by(row, FEW_REASONS, names))  # fmt: skip
    return table


def line_lines(rows: Sequence[Row]) -> Iterator[str]:
    """Named lines inside that are not simply open, those that are shut first."""
    some = sorted(
        (row for row in rows if row["state"] != "open"), key=lambda row: (row["state"] != "closed", row["id"])
    )
    for row in some[:MOST_LINES]:
        yield f"Line {words.line(row)}"
    if len(some) > MOST_LINES:
        yield f"and {len(some) - MOST_LINES} lines more (--json)"


def _routes(access: Row, names: Names, year: int | None) -> Table:
    table = boxed(f"From {access['start']}, {access['teu']:g} TEU: the best way on the day")
    for word, right in (("To", False), (words.of_trade(year), True), ("Days\nlow–high", True), ("USD\nlow–high", True),
                        ("Along", False), ("Grade", False)):  # fmt: skip
        table.add_column(word, justify="right" if right else "left", overflow="fold")
    ports = sorted(access["ports"], key=lambda row: (row["generalised_usd"] is None, row["generalised_usd"] or 0.0))
    for row in (*access["partners"], *ports):
        told_days, usd, along = words.route_row(row)
        if row["hours"] is not None:
            told_days += f"\n{span(row['hours_low'], row['hours_high'], days)}"
            usd += f"\n{span(row['usd_low'], row['usd_high'])}"
        share = "" if row["kind"] == "port" else words.percent(row["share"])
        where = f"port {row['to']}" if row["kind"] == "port" else row["to"]
        table.add_row(f"{where}, {names.area(row['to_area'])}", share, told_days, usd, along,
                      row["grade"] if row["hours"] is not None else "")  # fmt: skip
    return table


def _losses(text: str, first: str, rows: Sequence[Row], names: Names) -> Table:
    """What is lost: of trade in boxes, of time and money, of the way to the sea."""
    table = boxed(text)
    for word, right in ((first, False), ("Trade cut", True), ("Mean delay", True), ("Mean USD", True),
                        ("With time", True), ("Best port", True), ("Routes", False)):  # fmt: skip
        table.add_column(word, justify="right" if right else "left", overflow="fold")
    for row in rows:
        name = names.area(row["name"])
        if not row["changed"]:
            table.add_row(name, "", "", "", "", "", row["note"] or "nothing lost: no standard route passes here")
            continue
        sea = "no port" if row["sea_shut"] else words.more_days(row["sea_delta_hours"])
        table.add_row(name, words.percent(row["shut_box_share"]), words.more_days(row["mean_delta_hours"]),
                      signed(row["mean_delta_usd"], ""), signed(row["mean_delta_generalised_usd"], ""), sea,
                      words.losses(row, names))  # fmt: skip
    return table


def trade_lines(told: Row | None, names: Names, shut: Mapping[str, str] = MappingProxyType({})) -> Iterator[str]:
    """Partners and groups of goods by their share; with which of them there is no way on the day, and why."""
    if told is None:
        return
    listed = ", ".join(f"{names.area(row['area'])} {words.percent(row['share'])}" for row in told["partners"])
    yield (
        f"Trade in {told['year']}: sold {grouped(told['exports_musd'])}, bought {grouped(told['imports_musd'])} "
        f"million USD; {listed}."
    )
    if shut:
        told_shut = "; ".join(f"{names.area(area)} ({why})" for area, why in shut.items())
        yield f"No way on the day, whatever was traded in {told['year']}: {told_shut}."
    groups = words.joined(
        told["groups"],
        lambda row: f"{row['group']} {words.percent(row['share'])}"
        + (f" ({names.area(row['main_partner'])} {words.percent(row['main_partner_share'])})" if row["main_partner"]
           else ""),
        6,
    )  # fmt: skip
    yield f"By goods (largest partner of those named): {groups}."


def _passed(told: Row, names: Names) -> Table:
    share = "" if told["trade_share"] is None else f", which stand for {words.percent(told['trade_share'])} of trade"
    table = boxed(f"What the {told['routes']} standard routes to partners pass{share}")
    for word, right in (("", False), ("Name", False), ("% of trade in boxes", True), ("Routes", True),
                        ("To", False)):  # fmt: skip
        table.add_column(word, justify="right" if right else "left", overflow="fold")
    for kind, rows in (("area", told["areas"]), ("passage", told["passages"]), ("crossing", told["crossings"])):
        for row, name in list(words.passed(rows, kind, names))[:MOST_PASSED]:
            table.add_row(kind, name, words.percent(row["box_share"]), str(row["routes"]),
                          " ".join(row["partners"]))  # fmt: skip
    return table


def measure_lines(told: Row) -> Iterator[str]:
    """Measures imposed and borne, the newest first."""
    for word, rows in (("Imposes", told["imposed"]), ("UN", told["un"]), ("Bears", told["borne"])):
        if word == "UN" and rows:
            yield f"UN measures (binding force disputed where said), {len(rows)} in force:"
        elif word != "UN":
            yield f"{word} {len(rows)} {'measure' if len(rows) == 1 else 'measures'} in force{':' if rows else '.'}"
        for row in list(reversed(rows))[:MOST_MEASURES]:
            yield f"  {words.measure(row)}"
        if len(rows) > MOST_MEASURES:
            yield f"  and {len(rows) - MOST_MEASURES} more (--json)"


def vote_lines(told: Row | None, names: Names) -> Iterator[str]:
    """Agreement with poles, own blocs and neighbours, ideal point."""
    if told is None:
        return

    def alike(row: Row) -> str:
        name = names.area(row["with_"]) if row["kind"] == "area" else row["with_"]
        return f"{name} {row['agreement']:.2f} ({row['low']:.2f}{DASH}{row['high']:.2f})"

    if told["year"] is not None:
        for kind, text in (
            ("pole", "poles"),
            ("bloc", "other members of its blocs"),
            ("area", "neighbours and partners"),
        ):
            some = sorted((row for row in told["alike"] if row["kind"] == kind), key=lambda row: -row["agreement"])
            if some:
                yield f"Votes in the UN in {told['year']}, alike with {text}: {words.joined(some, alike, 8)}."
        if told["nearest"]:
            yield (
                f"Most alike: {words.joined(told['nearest'], alike, 5)}; least: "
                f"{words.joined(told['farthest'], alike, 5)}."
            )
    for row in told["ideal_points"][-1:]:
        yield f"Ideal point in {row['year']}: {row['value']:.2f} ({row['low']:.2f} to {row['high']:.2f})."


def _crises(told: Row) -> Table:
    table = boxed("Crises")
    for word in ("Day", "Role", "Appeal by", "To", "Threat", "Response", "Days"):
        table.add_column(word, overflow="fold")
    roles = (("made", "asked"), ("received", "was asked"), ("named_as_threat", "named as threat"),
             ("without_appeal", "no appeal"))  # fmt: skip
    rows = [(row, word) for key, word in roles for row in told[key]]
    rows.sort(key=lambda item: str(item[0]["date"]), reverse=True)
    for row, word in rows[:MOST_CRISES]:
        took = "" if row["delay_days"] is None else str(row["delay_days"])
        day = ", ".join(filter(None, [words.asked_on(row), words.doubtful(row)]))
        table.add_row(day, word, " ".join(row["appeal_by"]) or DASH, row["addressee"], words.threat(row),
                      words.response(row), took)  # fmt: skip
    if len(rows) > MOST_CRISES:
        table.add_row(f"and {len(rows) - MOST_CRISES} more")
    return table


def _scenarios(told: Row | None, names: Names) -> list[Any]:
    from rich.text import Text

    if told is None:
        return []
    out: list[Any] = []
    if told["changing"]:
        out.append(_losses("What scenarios of the library do to these routes", "Scenario", told["changing"], names))
    out.append(Text(f"{told['no_change']} scenarios change none of the routes."))
    out += [Text(f"Scenario {row['name']}: {row['why']}") for row in told["not_applied"]]
    return out
