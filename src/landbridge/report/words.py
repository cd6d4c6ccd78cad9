"""Sentences on ways and their legs: what they are called, why one differs from another, what is doubtful of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from landbridge.report.names import Names
from landbridge.report.numbers import significant
from landbridge.report.phrases import FEW, listed, plain_words, unit_words
from landbridge.report.refusals import refusal

KIND_WORDS = {
    "move": "",
    "crossing": "border",
    "transfer": "change of mode",
    "gauge": "change of gauge",
    "swap": "change of tractor or carrier",
    "wait": "wait",
    "handling": "handling",
    "passage": "passage",
    "ferry": "ferry",
}
GRADE_WORDS = {
    "A": "official or measured",
    "B": "published",
    "C": "derived",
    "D": "judgement or unverified",
}
NEAR = "near "
BY_SCENARIO = "changed by the scenario:"
"""Begins what a changed bloc or agreement does to a border, at the end of the note of a leg."""
PLAIN_NOTES = ("first or last haul by lorry", "loading and papers", "unloading")
"""Notes that say what every trip has."""
_POSITION = re.compile(r"(-?\d+(?:\.\d+)?), ?(-?\d+(?:\.\d+)?)")
_AREA = re.compile(r"\b[A-Z]{3}\b")
_TRANSFER = re.compile(r"(\w+ to \w+|change of .*)$")


def told_by_scenario(answer: Mapping[str, Any]) -> list[str]:
    """Of a comparison of routes: what the scenario does at the borders of the first way, and what it does not do.

    Examples
    --------
    >>> leg = {"from": "Dariali", "to": "Verkhny Lars", "note": f"{BY_SCENARIO} permit +13 USD"}
    >>> base, other = {"schema": "route/1"}, {"notes": ["x, event 1 (close): ..."], "routes": [{"legs": [leg]}]}
    >>> told_by_scenario({"base": base, "other": other})
    ['Dariali – Verkhny Lars: permit +13 USD', 'x, event 1 (close): ...']
    """
    base, other = answer["base"], answer["other"]
    if base.get("schema") != "route/1":
        return []
    legs = [leg for way in (other.get("routes") or ())[:1] for leg in way["legs"]]
    borders = [
        f"{leg['from']} – {leg['to']}: {leg['note'].partition(BY_SCENARIO)[2].strip()}"
        for leg in legs
        if BY_SCENARIO in (leg.get("note") or "")
    ]
    old = base.get("notes") or ()
    return [*borders, *(note for note in other.get("notes") or () if note not in old and ", event " in note)]


def difference(delta: float, unit: str, factor: str) -> str:
    """One reason: how much less or more of what.

    Examples
    --------
    >>> difference(-31.0, "h", "border_wait")
    '31.0 h less for border wait'
    """
    word = "less" if delta < 0 else "more"
    return f"{significant(abs(delta))} {unit_words(unit)} {word} for {plain_words(factor)}"


def reasons(
    route: Mapping[str, Any], routes: Sequence[Mapping[str, Any]], names: Names | None = None
) -> list[tuple[str, list[tuple[float, str, str]]]]:
    """The reasons of a route by the alternative it was compared with: (alternative, [(delta, unit, factor)])."""
    named = {other.get("rank"): label(other, names) for other in routes}
    against: dict[Any, list[tuple[float, str, str]]] = {}
    for reason in route.get("why") or ():
        row = (float(reason["delta"]), str(reason["unit"]), str(reason["factor"]))
        against.setdefault(reason.get("against"), []).append(row)
    return [(f"{rank} ({named[rank]})" if named.get(rank) else str(rank), rows) for rank, rows in against.items()]


def why(route: Mapping[str, Any], routes: Sequence[Mapping[str, Any]], names: Names | None = None) -> list[str]:
    """Why a route stands where it does: one sentence for each alternative it was compared with.

    Examples
    --------
    >>> two = {"rank": 2, "label": "By sea"}
    >>> reason = {"factor": "rail borders", "against": 2, "delta": 30.0, "unit": "h"}
    >>> why({"rank": 1, "why": [reason]}, [two])
    ['Against 2 (By sea): 30.0 h more for rail borders.']
    """
    return [
        f"Against {other}: {'; '.join(difference(*row) for row in rows)}."
        for other, rows in reasons(route, routes, names)
    ]


def leg(row: Mapping[str, Any]) -> str:
    """One leg in words.

    Examples
    --------
    >>> leg({"kind": "move", "mode": "rail", "from": "Baku", "to": "Samur"})
    'rail, Baku – Samur'
    >>> leg({"kind": "transfer", "mode": "rail", "from": "Baku", "to": "Baku", "note": "sea to rail"})
    'sea to rail, Baku'
    >>> leg({"kind": "handling", "mode": "rail", "from": "Baku", "to": "Baku", "note": "new papers"})
    'new papers, Baku'
    """
    kind, mode = str(row.get("kind") or ""), str(row.get("mode") or "")
    word = KIND_WORDS.get(kind, plain_words(kind))
    note = str(row.get("note") or "")
    if kind == "transfer":
        done = note.partition("; ")[0]
        what = done if _TRANSFER.match(done) else f"{word} to {mode}"
    elif kind == "move":
        what = mode
    elif kind == "crossing":
        what = f"{mode} {word}".strip()
    elif kind == "handling":
        what = note.partition("; ")[0] or word
    else:
        what = f"{word} {note}".strip() if kind == "wait" else word
    return ", ".join(part for part in (what, between(row)) if part)


def leg_note(row: Mapping[str, Any]) -> str:
    """What a leg's own words leave out: which line it follows, its stops and fees, what alone passes.

    Examples
    --------
    >>> leg_note({"kind": "move", "mode": "road", "from": "A", "to": "B", "note": "2.0 h of stops"})
    '2.0 h of stops'
    >>> leg_note({"kind": "transfer", "mode": "rail", "from": "A", "to": "A", "note": "sea to rail; by wagon"})
    'by wagon'
    """
    note = str(row.get("note") or "")
    said = leg(row)
    parts = [part for part in note.split("; ") if part and part not in said and part not in PLAIN_NOTES]
    return "; ".join(parts)


def other(row: Mapping[str, Any]) -> str:
    """A way that is named and not shown: what it is called and the areas it passes.

    Examples
    --------
    >>> other({"label": "INSTC, western branch", "areas": ["IND", "IRN", "AZE", "RUS"]})
    'INSTC, western branch (IND > IRN > AZE > RUS)'
    """
    return f"{row['label']} ({' > '.join(row['areas'])})"


def label(route: Mapping[str, Any], names: Names | None = None) -> str:
    """The label of a way, with names for the codes of areas in it.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> label({"label": "Road via IRN"}, Names(load())), label({"label": "Road via IRN"})
    ('Road via Iran', 'Road via IRN')
    """
    text = str(route.get("label") or "")
    return text if names is None else _AREA.sub(lambda found: names.area(found[0]), text)


def point_name(name: str) -> str:
    """A name; a position without a name is written as one.

    Examples
    --------
    >>> point_name("Baku"), point_name("26.44, -56.34")
    ('Baku', '26.4°N 56.3°W')
    """
    found = _POSITION.fullmatch(name)
    if not found:
        return name
    lat, lon = float(found[1]), float(found[2])
    return f"{abs(lat):.1f}°{'N' if lat >= 0 else 'S'} {abs(lon):.1f}°{'E' if lon >= 0 else 'W'}"


def is_position(name: str) -> bool:
    """Whether a name is but a position, or tells what it lies near.

    Examples
    --------
    >>> is_position("26.44, 56.34"), is_position("near Goris, ARM"), is_position("Baku")
    (True, True, False)
    """
    return name.startswith(NEAR) or _POSITION.fullmatch(name) is not None


def between(row: Mapping[str, Any]) -> str:
    """Where a leg begins and ends; one name when both are the same.

    Examples
    --------
    >>> between({"from": "Baku", "to": "Baku"}), between({"from": "Baku", "to": "Aktau"})
    ('Baku', 'Baku – Aktau')
    """
    start, end = point_name(str(row.get("from") or "")), point_name(str(row.get("to") or ""))
    return start if start == end or not end else f"{start} – {end}" if start else end


def crossing(row: Mapping[str, Any], route: Mapping[str, Any]) -> str:
    """The name of a crossing or passage of a route, from its leg.

    Examples
    --------
    >>> leg = {"from": "Bagratashen", "to": "Sadakhlo"}
    >>> crossing({"id": "ARM-GEO-bagratashen", "leg": 1}, {"legs": [leg]})
    'Bagratashen – Sadakhlo'
    """
    number = row.get("leg")
    legs = route.get("legs") or ()
    if isinstance(number, int) and 1 <= number <= len(legs) and legs[number - 1].get("kind") != "move":
        return between(legs[number - 1]) or str(row.get("id") or "")
    return str(row.get("name") or plain_words(str(row.get("id") or "")).replace("-", " ").title())


def doubts(routes: Iterable[Mapping[str, Any]], names: Names | None = None) -> list[tuple[str, tuple[int, ...]]]:
    """What is not sure about ways, each doubt once with what it is about, and the ranks of the ways it concerns.

    Examples
    --------
    >>> legs = [{"from": "X", "to": "Y", "doubts": ["unverified"]}, {"from": "Z", "to": "Z", "doubts": ["unverified"]}]
    >>> doubts([{"rank": 1, "legs": legs}, {"rank": 2, "notes": ["far"], "legs": legs[:1]}])
    [('X – Y and Z: unverified', (1, 2)), ('far', (2,))]
    """
    about: dict[str, dict[str, None]] = {}
    ranks: dict[str, dict[int, None]] = {}
    for route in routes:
        told = set()
        for row in route.get("legs") or ():
            for text in row.get("doubts") or ():
                about.setdefault(text, {})[between(row)] = None
                ranks.setdefault(text, {})[int(route.get("rank") or 0)] = None
                told.add(text)
        if route.get("fragile"):
            percent = 100.0 * float(route.get("order_flips") or 0.0)
            text = f"its place before the next way is unsure: it turns in {percent:.0f} % of draws of facts"
            about.setdefault(text, {})
            ranks.setdefault(text, {})[int(route.get("rank") or 0)] = None
        for note in route.get("notes") or ():
            if note not in told:
                text = refusal(note, names)
                about.setdefault(text, {})
                ranks.setdefault(text, {})[int(route.get("rank") or 0)] = None
    out = []
    for text, places in about.items():
        shown = [place for place in places if place]
        named = listed([*shown[:FEW], f"{len(shown) - FEW} more"] if len(shown) > FEW else shown)
        out.append((f"{named}: {text}" if named else text, tuple(ranks[text])))
    return out
