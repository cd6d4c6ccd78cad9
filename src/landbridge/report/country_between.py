"""What changed in a country between days: one row for each thing that differs, one column for each day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from landbridge.report import banners, poles
from landbridge.report import country_words as words
from landbridge.report.alliance import KINDS, LOOSE
from landbridge.report.boxes import boxed
from landbridge.report.names import Names
from landbridge.report.numbers import DASH, days, grouped

if TYPE_CHECKING:
    from rich.table import Table

Row = Mapping[str, Any]
TITLES: Final[Mapping[tuple[str, str], str]] = {
    ("memberships", "bloc"): "Blocs",
    ("memberships", "format"): "Formats",
    ("memberships", "agreement"): "Agreements",
    ("obligations", "duty"): "Obligations",
    ("borders", "post"): "Posts on land borders",
    ("borders", "line"): "Lines inside",
    ("access", "partner"): "Best ways to partners",
    ("access", "port"): "Best ways to seaports",
    ("access", "closure"): "If a neighbour shuts its land border",
    ("dependence", "trade"): "Share of trade",
    ("dependence", "through areas"): "Trade in boxes through areas",
    ("dependence", "through passages"): "Trade in boxes through passages",
    ("dependence", "gas bought"): "Gas bought",
    ("dependence", "gas contract"): "Gas by contracts in force",
    ("measures", "imposed"): "Measures imposed",
    ("measures", "un"): "Measures of the UN",
    ("measures", "borne"): "Measures borne",
    ("votes", "pole"): "Votes in the UN alike with poles",
    ("votes", "ideal point"): "Ideal point",
    ("alignment", "part"): "By pole",
    ("crises", "made"): "Appeals made",
    ("crises", "received"): "Appeals received",
    ("crises", "named_as_threat"): "Crises in which it was named as the threat",
    ("crises", "without_appeal"): "Events without an appeal",
}
"""What each kind of difference is called, in the order of a profile."""
KEY: Final = f"{DASH} is not there, not in force or not told on the day; bold differs from the day before."


def speaks_of(answer: Row) -> bool:
    """Whether an answer is of several days.

    Examples
    --------
    >>> speaks_of({"schema": "country_changes/1"}), speaks_of({"schema": "country/1"})
    (True, False)
    """
    return answer.get("schema") == "country_changes/1"


def title(answer: Row) -> str:
    """The question in one line.

    Examples
    --------
    >>> title({"name": "Armenia", "area": "ARM", "dates": ["2020-09-01", "2022-05-16", "2026-06-01"]})
    'Armenia (ARM): what changed between 2020-09-01, 2022-05-16 and 2026-06-01'
    """
    days = answer["dates"]
    return f"{answer['name']} ({answer['area']}): what changed between {', '.join(days[:-1])} and {days[-1]}"


def groups(answer: Row) -> Iterator[tuple[str, list[Row]]]:
    """The differences by kind, in the order of a profile."""
    for key, text in TITLES.items():
        rows = [row for row in answer["changes"] if (row["section"], row["kind"]) == key]
        if rows:
            yield text, rows


def named(row: Row, names: Names) -> str:
    """What differs, in words.

    Examples
    --------
    >>> named({"section": "borders", "kind": "post", "id": "a road", "about": {"name": "A – B", "mode": "road",
    ...        "neighbour": "GEO"}}, Names())
    'GEO: A – B (road)'
    """
    form = NAMED.get(row["kind"]) or NAMED.get(row["section"])
    if form is not None:
        return form(row["about"], names)
    about = row["about"]
    code = about.get("area") or about.get("id") or about.get("origin") or about.get("with")
    return names.area(str(code)) if code else str(row["id"])


def _named_bloc(about: Row, names: Names) -> str:
    pair = f" towards {names.area(about['pair_with'])}" if about["pair_with"] else ""
    return f"{about['name']} ({about['id']}){pair}"


def _named_gate(about: Row, names: Names) -> str:
    where = f"{names.area(about['neighbour'])}: " if "neighbour" in about else ""
    return f"{where}{about['name']} ({about['mode']})"


def _named_crisis(about: Row, names: Names) -> str:
    del names
    return f"{words.asked_on(about)} {' '.join(about['appeal_by'])} to {about['addressee']} ({threat(about)})"


NAMED: Final[Mapping[str, Callable[[Row, Names], str]]] = {
    "memberships": _named_bloc,
    "duty": lambda about, _: f"{', '.join(filter(None, (about['text'], about['article'])))}: {KINDS[about['duty']]}",
    "borders": _named_gate,
    "measures": lambda about, _: f"{about['imposers']} on {about['targets']}, {about['kind']}: {about['what']}",
    "crises": _named_crisis,
    "partner": lambda about, names: f"{about['to']}, {names.area(about['to_area'])}",
    "port": lambda about, names: f"{about['to']}, {names.area(about['to_area'])}",
    "gas contract": lambda about, names: f"{about['seller']} ({names.area(about['origin'])})",
    "through passages": lambda about, names: names.gate("passage", str(about["id"])),
    "part": lambda about, _: poles.PART_WORDS[about["part"]],
}
"""What names a difference, by its kind or its section."""


def threat(about: Row) -> str:
    """What was feared, from whom.

    Examples
    --------
    >>> threat({"threat": "state", "threat_from": "AZE"}), threat({"threat": "none", "threat_from": "none"})
    ('threat: state, AZE', 'no threat')
    """
    if about["threat"] == "none":
        return "no threat"
    return f"threat: {', '.join(dict.fromkeys(filter(None, (about['threat'], about['threat_from']))))}"


def cells(row: Row) -> list[str]:
    """What holds on each day, in words."""
    form = FORMS.get(row["kind"]) or FORMS[row["section"]]
    return [DASH if value is None else form(value) for value in row["values"]]


def _membership(value: Row) -> str:
    return words.standing_word(value)


def _duty(value: Row) -> str:
    frozen = f"; frozen by {' '.join(value['frozen'])}" if value["frozen"] else ""
    loose = f"; {LOOSE[value['state']]}" if value["state"] in LOOSE else ""
    return f"{value['direction']} with {' '.join(value['with_areas'])}{frozen}{loose}"


def _state(value: Row) -> str:
    limits = [value.get("cargo", ""), f"carriers {value['carriers']}" if value.get("carriers") else ""]
    limits += [words.one_way(value) if "out" in value else ""]
    told = ", ".join(filter(None, [*limits, value["why"]]))
    unsure = "" if value["sure"] else " (unsure)"
    return f"{value['state']}{unsure}" + (f": {told}" if told else "")


def _route(value: Row) -> str:
    if value["hours"] is None:
        return f"no route: {value['no_route']}"
    _, _, along = words.route_row(value)
    return f"{days(value['hours'])} d, {grouped(value['usd'])} USD: {along}"


def _closure(value: Row) -> str:
    if not value["touched"]:
        return value["note"] or "nothing lost"
    cut = f"{words.percent(value['shut_box_share'])} of trade in boxes cut, " if value["shut_box_share"] else ""
    sea = ", no port" if value["sea_shut"] else ""
    usd = DASH if value["mean_delta_usd"] is None else f"{value['mean_delta_usd']:+,.0f}"
    return f"{cut}{words.more_days(value['mean_delta_hours'])}, {usd} USD{sea}"


def _share(value: Row) -> str:
    return f"{words.percent(value['share'])} ({value['year']})"


def _passed(value: Row) -> str:
    return f"{words.percent(value['box_share'])}, to {' '.join(value['partners'])}"


def _measure(value: Row) -> str:
    through = f", as part of {' '.join(value['as_part_of'])}" if value["as_part_of"] else ""
    return f"in force since {words.day_of(value) or 'an unknown day'}{through}"


def _votes(value: Row) -> str:
    shown = value.get("agreement", value.get("value"))
    return f"{shown:.2f} ({value['low']:.2f} to {value['high']:.2f}) in {value['year']}"


def _crisis(value: Row) -> str:
    took = value["delay_days"]
    after = "" if took is None else " the same day" if took == 0 else f" after {took} day{'s' if took > 1 else ''}"
    otherwise = "".join(f"; read as {one} by {who}" for who, one in value["otherwise"].items())
    return f"{value['response'].replace('_', ' ')}{after}{otherwise}"


FORMS: Final[Mapping[str, Callable[[Row], str]]] = {
    "memberships": _membership,
    "obligations": _duty,
    "borders": _state,
    "partner": _route,
    "port": _route,
    "closure": _closure,
    "trade": _share,
    "through areas": _passed,
    "through passages": _passed,
    "gas bought": lambda value: f"{value['bcm']:.3g} bcm in {value['year']} ({words.percent(value['share'])})",
    "gas contract": lambda value: f"{value['bcm_y']:.3g} bcm a year",
    "measures": _measure,
    "votes": _votes,
    "alignment": poles.told,
    "crises": _crisis,
}


def times(answer: Row, names: Names) -> Iterator[str]:
    """What makes days exceptional for the country, each with the days that it concerns."""
    found: dict[str, list[str]] = {}
    for day, profile in zip(answer["dates"], answer["profiles"], strict=True):
        for text in banners.concerning(profile, names.facts):
            found.setdefault(text, []).append(day)
    for text, some in found.items():
        yield f"{', '.join(some)}: {text}"


def told_alike(answer: Row) -> str:
    """How many things are the same on all days.

    Examples
    --------
    >>> told_alike({"changes": [{}], "alike": {"memberships": 30, "borders": 16}})
    '1 things differ. The same on all days: 30 of memberships, 16 of borders.'
    """
    same = ", ".join(f"{n} of {name}" for name, n in answer["alike"].items()) or "nothing"
    return f"{len(answer['changes'])} things differ. The same on all days: {same}."


def parts(answer: Row, names: Names | None = None) -> list[Any]:
    """One table for each kind of difference."""
    from rich.text import Text

    known = names or Names()
    return [*[Text(f"! {text}", style="yellow") for text in times(answer, known)],
            Text(told_alike(answer)), Text(KEY, style="dim"),
            *[_table(text, rows, answer["dates"], known) for text, rows in groups(answer)]]  # fmt: skip


def _table(text: str, rows: Sequence[Row], dates: Sequence[str], names: Names) -> Table:
    from rich.text import Text

    table = boxed(text)
    table.add_column("", overflow="fold", ratio=3)
    for day in dates:
        table.add_column(day, overflow="fold", ratio=3)
    table.expand = True
    for row in rows:
        told = cells(row)
        new = [n > 0 and told[n] != told[n - 1] for n in range(len(told))]
        shown = [Text(one, style="bold" if differs else "") for one, differs in zip(told, new, strict=True)]
        table.add_row(named(row, names), *shown)
    return table
