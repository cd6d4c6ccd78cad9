"""An answer about a record as tables for a terminal: agreements, clauses, meetings, events, figures, borders, ties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from landbridge.report import record_compared
from landbridge.report.boxes import boxed
from landbridge.report.country_words import asked_on, response
from landbridge.report.numbers import DASH, significant

if TYPE_CHECKING:
    from rich.table import Table

    from landbridge.report.names import Names

Row = Mapping[str, Any]
MOST: Final = 40
"""So many rows of a table are told; JSON has all."""
MOST_TIES: Final = 12
MOST_CRISES: Final = 8
UNITS: Final = {
    "pct": "%",
    "usd": "USD",
    "musd": "million USD",
    "busd": "billion USD",
    "tusd": "trillion USD",
    "usdkcm": "USD for 1,000 m3",
    "tcf": "trillion cubic feet",
    "bbarrels": "billion barrels",
    "kbd": "thousand barrels a day",
    "mtco2e": "million t CO2e",
    "teu": "TEU",
    "count": "",
}
REMARKS: Final = {
    "clauses-unknown": "Clauses of which it is not known what was done: {}.",
    "clauses-disputed": "Clauses that the sides tell differently: {}; none of the readings is taken.",
    "not-in-force": "Duties of texts that are not in force on the day, or of which it was not found: {}.",
    "no-duty-of-help": "No duty of help in an attack was found among its texts.",
    "no-duties-listed": "No duty of it stands in the tables; that is no proof that there is none.",
    "paths-straight": "A path is a straight line from the last value known to the target; no forecast.",
    "delays-by-length": "Causes are ranked by how long each was told as one; how much of the delay each made, no source"
    " parts.",
    "bargains-two-sided": "The range runs from what the seller gets elsewhere to what the buyer pays elsewhere, without"
    " the carriage to either.",
    "territories-both-views": "Law and control stand side by side, neither says who is right; an area is held by who"
    " holds its capital, and is counted with whom the tables have at their last day.",
    "series-too-short": "Series of fewer than six years: {}; whether they break cannot be told.",
    "posts-unsure": "Changes at border posts that are not sure: {}.",
    "tension-of-samples": "Signs are those in the tables, which are samples: none told is no proof that none was.",
    "counts-are-not-causes": "A change of what is counted does not tell what it came of; wars are left out.",
    "tie-began-with-the-table": "A tie is dated by the tables; it may be older than the first year told.",
    "scenarios-touch-posts-and-memberships": "Scenarios change posts, memberships, agreements: no clause, no event.",
}


def title(answer: Row) -> str:
    """The question in one line.

    Examples
    --------
    >>> title({"name": "Zurich protocols", "record": "zurich", "kind": "agreement", "date": "2012-01-01"})
    'Zurich protocols (zurich), agreement, on 2012-01-01'
    """
    return f"{answer['name']} ({answer['record']}), {answer['kind']}, on {answer['date']}"


def parts(answer: Row, names: Names | None = None) -> list[Any]:
    """Everything below the title, in order."""
    from rich.text import Text

    out: list[Any] = [Text(line) for line in head_lines(answer, names)]
    for rows, shown in (
        ("agreements", agreements),
        ("clauses", clauses),
        ("meetings", meetings),
        ("events", events),
        ("measures", measures),
        ("crises", crises),
    ):
        if answer[rows]:
            out.append(shown(answer[rows]))
    out += [Text(line) for line in post_lines(answer["posts"])]
    if answer["figures"]:
        out.append(figures(answer["figures"]))
    for rows, table in (("territories", territories), ("delays", delays), ("paths", paths), ("bargains", bargains),
                        ("posts_by_year", posts_by_year)):  # fmt: skip
        if answer.get(rows):
            out.append(table(answer[rows]))
    if answer.get("tension"):
        out.append(record_compared.tension(answer["tension"]))
        out += [Text(line) for line in record_compared.around_lines(answer["tension"])]
    out += [Text(line) for line in record_compared.lines(answer.get("comparisons") or ())]
    for told in (series_lines(answer["series"]), duty_lines(answer["obligations"]), effect_lines(answer["effects"]),
                 work_lines(answer["works"]), tie_lines(answer["ties"]), vote_lines(answer),
                 pressure_lines(answer["pressure"]), remarks(answer)):  # fmt: skip
        out += [Text(line) for line in told]
    out.append(Text(f"Grade {answer['grade']}."))
    return out


def head_lines(answer: Row, names: Names | None = None) -> Iterator[str]:
    """What it is, its state on the day, whom it concerns.

    Examples
    --------
    >>> list(head_lines({"nothing": None, "status": "in force", "since": "1992-05-15", "until": None,
    ...                  "what": "treaty", "areas": ["ARM", "RUS"]}))
    ['Status: in force (since 1992-05-15).', 'treaty.', 'Concerns: ARM, RUS.']
    """
    if answer["nothing"]:
        yield f"Nothing yet: {answer['nothing']}."
    else:
        word = "its first text since" if _first_text(answer) else "since"
        days = ", ".join(f"{word} {answer[key]}" for word, key in ((word, "since"), ("over since", "until"))
                         if answer[key])  # fmt: skip
        yield f"Status: {answer['status']}{f' ({days})' if days else ''}."
    if answer["what"]:
        yield f"{answer['what'].rstrip('.')}."
    areas = answer["areas"]
    if areas:
        listed = [names.area(area) for area in areas] if names is not None else areas
        yield f"Concerns: {', '.join(listed[:MOST_TIES])}" + (
            f" and {len(areas) - MOST_TIES} more." if len(areas) > MOST_TIES else "."
        )


def _first_text(answer: Row) -> bool:
    """Whether the first day of a record of several texts is that of one of them."""
    texts = answer.get("agreements") or ()
    return len(texts) > 1 and answer["since"] in {day for row in texts for day in (row["signed"], row["in_force"])}


def agreements(rows: Sequence[Row]) -> Table:
    """Texts: parties, days, state."""
    cells = [
        (row["title"], _areas(row["parties"]), row["signed"] or DASH, row["in_force"] or DASH, row["ended"] or DASH,
         row["state"], row["grade"])
        for row in rows
    ]  # fmt: skip
    return _filled("Texts", ("Text", "Parties", "Signed", "In force", "Ended", "State", "Grade"), cells)


def clauses(rows: Sequence[Row]) -> Table:
    """Clauses: what was to be done by when, what was done when."""
    cells = []
    for row in rows:
        came = "; ".join(filter(None, (row["came"], row["views"])))
        late = "" if row["delay_months"] in (None, 0.0) else f"{row['delay_months']:g}"
        until = f" to {row['ended_on']}" if row["ended_on"] and row["done_on"] else ""
        cells.append((row["number"], row["topic"], row["asks"], row["due"] or DASH, row["state"],
                      f"{row['done_on'] or row['ended_on'] or DASH}{until}", late, came, row["grade"]))  # fmt: skip
    heads = ("No", "Topic", "Asks", "Due", "State", "Done or ended", "Months late", "What came", "Grade")
    return _filled("Clauses", heads, cells)


def meetings(rows: Sequence[Row]) -> Table:
    """Meetings: who took part, who stayed away, what came of it."""
    cells = [
        (row["date"], row["place"], row["level"], _with(_areas(row["attended"]), row["others"]),
         _areas(row["absent"]), row["result"], row["grade"])
        for row in rows
    ]  # fmt: skip
    return _filled("Meetings", ("Day", "Place", "Level", "Took part", "Stayed away", "Result", "Grade"), cells)


def events(rows: Sequence[Row]) -> Table:
    """What happened, in order; what each side made a condition stands among it."""
    cells = [
        (row["since"] + (f" to {row['until']}" if row["until"] else ""), row["kind"], " ".join(row["by"]), row["what"],
         row["grade"])
        for row in rows
    ]  # fmt: skip
    return _filled("Events", ("Day", "Kind", "By", "What", "Grade"), cells)


def measures(rows: Sequence[Row]) -> Table:
    """Measures by who imposed them."""
    cells = [
        (row["since"], row["until"] or DASH, row["state"], _who(row),
         _with(row["kind"], row["goods"]), row["effect"], row["grade"])
        for row in rows
    ]  # fmt: skip
    return _filled("Measures", ("From", "To", "State", "Who", "What", "Effect", "Grade"), cells)


def _who(row: Row) -> str:
    """Who imposed a measure on whom; sides that did it to each other are named once.

    Examples
    --------
    >>> _who({"imposers": "AZE; ARM", "targets": "ARM; AZE"}), _who({"imposers": "EU", "targets": "RUS"})
    ('AZE and ARM on each other', 'EU on RUS')
    """
    by, on = (row[name].split("; ") for name in ("imposers", "targets"))
    return f"{' and '.join(by)} on each other" if sorted(by) == sorted(on) else f"{row['imposers']} on {row['targets']}"


def crises(rows: Sequence[Row]) -> Table:
    """Appeals and what came, latest first."""
    cells = [
        (asked_on(row), row["appeal_by"] or DASH, row["place"], row["threat"], row["article"],
         response(row), _days(row), row["decision"], row["grade"])
        for row in list(reversed(rows))[:MOST_CRISES]
    ]  # fmt: skip
    heads = ("Day", "Appeal by", "Where", "Threat", "Article", "Response", "Days to decision", "Decision", "Grade")
    return _filled("Appeals", heads, cells)


def figures(rows: Sequence[Row]) -> Table:
    """Numbers with their unit and whose they are."""
    cells = []
    for row in rows:
        ends = f" ({significant(row['low'])}{DASH}{significant(row['high'])})" if row["low"] is not None else ""
        measure = row["measure"].removesuffix(f"_{row['unit']}").replace("_", " ")
        unit = UNITS.get(row["unit"], row["unit"])
        cells.append((row["subject"], measure, row["date"], f"{_number(row['value'])}{ends} {unit}".strip(), row["by"],
                      row["definition"], row["grade"]))  # fmt: skip
    return _filled("Figures", ("Of", "What", "When", "Value", "By", "Counted", "Grade"), cells)


def territories(rows: Sequence[Row]) -> Table:
    """Ground of which law and control differ."""
    cells = [
        (row["name"], row["kind"], " or ".join(row["de_jure"]), row["de_facto"], " ".join(row["counted_with"]),
         row["since"] or DASH, f"{row['lat']:.2f}", f"{row['lon']:.2f}", row["grade"])
        for row in rows
    ]  # fmt: skip
    return _filled(
        "Control", ("Ground", "Kind", "De jure", "De facto", "Counted with", "Since", "Lat", "Lon", "Grade"), cells
    )


def delays(rows: Sequence[Row]) -> Table:
    """Causes of delay, the longest first."""
    cells = [
        (str(row["rank"]), row["what"], row["since"], row["until"] or DASH, f"{row['months']:.0f}", row["grade"])
        for row in rows
    ]
    return _filled("Causes of delay", ("Rank", "Cause", "From", "To", "Months", "Grade"), cells)


def paths(rows: Sequence[Row]) -> Table:
    """Straight paths from the last value known to each target."""
    cells = []
    for row in rows:
        low, high = significant(row["target_low"]), significant(row["target_high"])
        ends = "" if low == high else f" ({low}{DASH}{high})"
        of_base = f"{row['percent']:g} % of {row['base_year']}"
        last = f"{significant(row['last'])} in {row['last_year']}"
        cells.append(
            (row["subject"], str(row["target_year"]), of_base, f"{significant(row['target'])}{ends}", last,
             significant(row["line"]), f"{row['per_year']:+.1f}", row["definition"], row["grade"])
        )  # fmt: skip
    unit = UNITS.get(rows[0]["unit"], rows[0]["unit"])
    heads = ("Of", "By", "Target", f"Value, {unit}", "Last known", "Line then", "A year from there", "Counted", "Grade")
    return _filled("Paths to targets", heads, cells)


def bargains(rows: Sequence[Row]) -> Table:
    """Ranges of prices by what each side has elsewhere."""
    cells = []
    for row in rows:
        share = "by some readings there is no range"
        if row["share"] is not None:
            share = f"{100 * row['share']:.0f} % of the range to the seller"
            share += f" ({100 * row['share_low']:.0f}{DASH}{100 * row['share_high']:.0f})"
        elif row["price"] > row["buyer"]:
            share += "; more was paid than the buyer would have elsewhere"
        cells.append((row["subject"], str(row["year"]), _number(row["price"]), _spread(row, "seller"),
                      _spread(row, "buyer"), share, row["grade"]))  # fmt: skip
    unit = UNITS.get(rows[0]["unit"], rows[0]["unit"])
    heads = ("Of", "Year", f"Paid, {unit}", "Seller elsewhere", "Buyer elsewhere", "Where it lies", "Grade")
    return _filled("Range of the price", heads, cells)


def _spread(row: Row, side: str) -> str:
    low, high = row[f"{side}_low"], row[f"{side}_high"]
    return _number(row[side]) + ("" if low == high else f" ({_number(low)}{DASH}{_number(high)})")


def posts_by_year(rows: Sequence[Row]) -> Table:
    """Border posts by year: how many let freight pass, of how many."""
    keys = list(dict.fromkeys((row["pair"], row["mode"]) for row in rows))
    cells = []
    for year in dict.fromkeys(row["year"] for row in rows):
        by = {(row["pair"], row["mode"]): row for row in rows if row["year"] == year}
        cells.append((str(year), *(_open(by.get(key)) for key in keys)))
    heads = ("Year", *(f"{pair} {mode}" for pair, mode in keys))
    return _filled("Border posts that let freight pass, on the first of July", heads, cells)


def _open(row: Row | None) -> str:
    if row is None:
        return ""
    return f"{row['open']} of {row['posts']}" + (f", {row['unsure']} not sure" if row["unsure"] else "")


def post_lines(rows: Sequence[Row]) -> Iterator[str]:
    """Border posts that changed, pair by pair.

    Examples
    --------
    >>> list(post_lines([{"id": "a", "pair": "ARM-AZE", "mode": "road", "before": "none", "now": "none", "sure": True,
    ...                   "why": ""}]))
    ['Border posts ARM-AZE: 1 counted by mode, 0 open to freight before, 0 now.']
    """
    words = {"all": "open", "listed": "open to listed goods", "none": "shut"}
    for pair in dict.fromkeys(row["pair"] for row in rows):
        some = [row for row in rows if row["pair"] == pair]
        counts = [sum(row[when] != "none" for row in some) for when in ("before", "now")]
        yield f"Border posts {pair}: {len(some)} counted by mode, {counts[0]} open to freight before, {counts[1]} now."
        for row in some:
            if row["before"] != row["now"]:
                why = f"; {row['why']}" if row["why"] else ""
                doubt = "" if row["sure"] else ", not sure"
                told = f"{words[row['before']]} before, {words[row['now']]} now"
                yield f"  {row['id']}, {row['mode']}: {told}{doubt}{why}"


def series_lines(rows: Sequence[Row]) -> Iterator[str]:
    """Series: first, last, break."""
    for row in rows:
        unit = UNITS.get(row["unit"], row["unit"])
        measure = row["measure"].removesuffix(f"_{row['unit']}").replace("_", " ")
        text = (f"Series {row['subject']}, {measure}: {_number(row['values'][0])} in {row['years'][0]}, "
                f"{_number(row['values'][-1])} in {row['years'][-1]} {unit}".rstrip())  # fmt: skip
        told = row["trend"]
        if told is None:
            text += f" ({len(row['years'])} years)"
        elif told["break_year"] is None:
            text += f"; {told['per_year']:+.3g} a year ({told['low']:+.3g} to {told['high']:+.3g}), no clear break"
        else:
            text += f"; break in {told['break_year']}: {told['before']:.3g} before, {told['after']:.3g} since"
        yield f"{text}."


def duty_lines(rows: Sequence[Row]) -> Iterator[str]:
    """Duties of its texts on the day."""
    from landbridge.report.alliance import KINDS, of_text, readings

    for row in rows:
        who = "each other" if row["mutual"] else f"{_areas(row['owed_by'])} to {_areas(row['owed_to'])}"
        yield f"Duty, {of_text(row)}: {KINDS[row['kind']]} ({who}): {row['terms']}"
    yield from readings(rows)


def effect_lines(rows: Sequence[Row]) -> Iterator[str]:
    """What it does to freight on the day."""
    for row in rows[:MOST_TIES]:
        size = "" if row["value"] is None else f" {row['value']:g} {row['unit'] or ''}".rstrip()
        paper = f" {row['document']}" if row["document"] else ""
        way = "and back" if row["both_ways"] else "one way"
        kind = row["kind"].replace("_", " ")
        yield (f"Effect: {kind}{size}{paper}, {_areas(row['from'])} to {_areas(row['to'])} {way}, "
               f"{' '.join(row['modes'])}, {row['cargo']}, since {row['since']}")  # fmt: skip
    if len(rows) > MOST_TIES:
        yield f"and {len(rows) - MOST_TIES} effects more (--json)"


def work_lines(rows: Sequence[Row]) -> Iterator[str]:
    """Works and their state."""
    for row in rows:
        yield f"Work {row['id']}: {row['name']}: {row['state']}{'' if row['sure'] else ', not sure'}"


def tie_lines(rows: Sequence[Row]) -> Iterator[str]:
    """Bases, arms, exercises, money sent home and the like."""
    for row in rows[:MOST_TIES]:
        sides = " with ".join(filter(None, (" ".join(row["by"]), " ".join(row["with"]))))
        size = "" if row["value"] is None else f"{row['value']:g} {_money(row['unit'] or '')}"
        until = f" to {row['until']}" if row["until"] else ""
        off = "" if row["held"] else " (called off or forbidden)"
        yield ": ".join(filter(None, (f"Tie: {row['kind']}{off}, {sides}, {row['since']}{until}", row["what"], size)))
    if len(rows) > MOST_TIES:
        yield f"and {len(rows) - MOST_TIES} ties more (--json)"


def _money(unit: str) -> str:
    """A unit of the tables as it is read.

    Examples
    --------
    >>> _money("10^9 usd"), _money("% of shares")
    ('billion USD', '% of shares')
    """
    return unit.replace("10^9 ", "billion ").replace("10^6 ", "million ").replace("usd", "USD")


def vote_lines(answer: Row) -> Iterator[str]:
    """Agreement in UN votes before it began and in the last year that is known."""
    rows = answer["votes"]
    if not rows:
        return
    begun = None if answer["since"] is None else int(answer["since"][:4])
    before = [row for row in rows if begun is not None and row["year"] < begun]
    told = [before[-1]] if before and before[-1] is not rows[-1] else []
    text = "; ".join(
        f"{100 * row['agreement']:.0f} % alike in {row['year']} ({100 * row['low']:.0f} to {100 * row['high']:.0f})"
        for row in (*told, rows[-1])
    )
    yield f"Votes in the UN, {rows[-1]['voters']} of {rows[-1]['of']} areas: {text}."


def pressure_lines(rows: Mapping[str, int]) -> Iterator[str]:
    """Measures between the areas by year, years alike taken together.

    Examples
    --------
    >>> list(pressure_lines({"2019": 1, "2020": 1, "2021": 3}))
    ['Measures between them by year: 1 in 2019 to 2020, 3 in 2021.']
    """
    spans: list[list[str]] = []
    for year, n in rows.items():
        if spans and spans[-1][0] == str(n):
            spans[-1][2] = year
        else:
            spans.append([str(n), year, year])
    if spans:
        told = ", ".join(f"{n} in {a}" if a == b else f"{n} in {a} to {b}" for n, a, b in spans)
        yield f"Measures between them by year: {told}."


def remarks(answer: Row) -> list[str]:
    """What has to be said, in sentences.

    Examples
    --------
    >>> remarks({"remarks": ["clauses-unknown:2"]})
    ['Clauses of which it is not known what was done: 2.']
    """
    told = []
    for code in answer.get("remarks") or ():
        word, _, number = code.partition(":")
        if word in REMARKS:
            told.append(REMARKS[word].format(number))
    return told


def _areas(codes: Sequence[str]) -> str:
    return " ".join(codes) if len(codes) <= MOST_TIES else f"{len(codes)} areas"


def _with(first: str, second: str) -> str:
    return "; ".join(filter(None, (first, second)))


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 and value == round(value) else f"{value:g}"


def _days(row: Row) -> str:
    if row["delay_days"] is not None:
        return str(row["delay_days"])
    return "" if row["delay_low"] is None else f"{row['delay_low']}{DASH}{row['delay_high']}"


def _filled(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A table without the columns that are empty throughout."""
    left = len(rows) - MOST
    shown = rows[:MOST] if left <= 0 else rows[-MOST:]
    used = [at for at in range(len(heads)) if any(row[at] not in ("", DASH, None) for row in shown)]
    table = boxed(title if left <= 0 else f"{title} (the last {MOST} of {len(rows)})")
    for at in used:
        table.add_column(heads[at], overflow="fold")
    for row in shown:
        table.add_row(*(str(row[at] or "") for at in used))
    return table
