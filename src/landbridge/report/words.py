"""Sentences: why one way differs from another, why there is none, who refused what. Neutral, short."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from landbridge.report.names import Names
from landbridge.report.numbers import significant

UNIT_WORDS = {"usd": "USD", "kg_co2e": "kg CO2e", "kg": "kg CO2e", "hours": "h"}
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
COMMAND_OPTIONS = (
    ("cargo", "--cargo"),
    ("teu", "--teu"),
    ("tonnes", "--tonnes"),
    ("value_usd", "--value-usd"),
    ("carrier", "--carrier"),
    ("service", "--service"),
    ("modes", "--mode"),
    ("via", "--via"),
    ("avoid", "--avoid"),
    ("team", "--team"),
    ("hs", "--hs"),
    ("objective", "--objective"),
    ("at", "--at"),
    ("stood_days", "--stood-days"),
    ("n", "-n"),
)
DEFAULTS = {"cargo": "container", "service": "auto", "objective": "generalised", "n": 5}
_POSITION = re.compile(r"(-?\d+(?:\.\d+)?), ?(-?\d+(?:\.\d+)?)")
_AREA = re.compile(r"\b[A-Z]{3}\b")
_TRANSFER = re.compile(r"(\w+ to \w+|change of .*)$")
SURE = ("", "certain", "sure")
FEW = 6
BLOCKED = "Blocked by"
OPENS = "A way would open without"
REFUSED_WORDS = {
    "measure": "barred",
    "status": "closed",
    "season": "closed at this time of the year",
    "policy": "avoided by carriers",
    "event": "closed by the scenario",
    "carrier": "only for some carriers",
}
NOTE_WORDS = {
    "announced_only": "announced only",
    "limited": "in part",
    "quota": "within a quota",
    "goods": "some goods",
    "policy": "a carrier's own choice",
    "secondary": "secondary sanctions",
    "practice": "in practice",
    "finance": "payments",
}


def plain_words(code: str) -> str:
    """A code of a table as words.

    Examples
    --------
    >>> plain_words("border_wait")
    'border wait'
    """
    return code.replace("_", " ").strip()


def unit_words(unit: str) -> str:
    """A unit as it is written for readers.

    Examples
    --------
    >>> unit_words("usd"), unit_words("h")
    ('USD', 'h')
    """
    return UNIT_WORDS.get(unit, unit)


def listed(items: Iterable[str], last: str = "and") -> str:
    """Items of a list as people write them.

    Examples
    --------
    >>> listed(["rail", "road", "sea"]), listed(["rail"]), listed([])
    ('rail, road and sea', 'rail', '')
    """
    parts = [item for item in items if item]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


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


def refusal(row: Mapping[str, Any] | str, names: Names | None = None) -> str:
    """A rule or a closed gate that stands in the way, attributed to who imposed it.

    Examples
    --------
    >>> refusal({"table": "measure_rules", "id": "m1", "kind": "measure", "subject_kind": "trade",
    ...          "subject": "UKR>RUS", "imposer": "UKR"})
    'trade from UKR to RUS: barred, imposed by UKR (measure_rules/m1)'
    >>> refusal({"table": "crossing_status", "id": "s1", "kind": "status", "subject_kind": "crossing",
    ...          "subject": "AFG-PAK-torkham", "reason": "shut after clashes", "modes": ["road"]})
    'AFG-PAK-torkham: shut after clashes, by road (crossing_status/s1)'
    """
    if isinstance(row, str):
        return row
    names = names or Names()
    kind = str(row.get("subject_kind") or "")
    subject = names.subject(kind, str(row.get("subject") or "")) if row.get("subject") else _bearing(row, names)
    reason = plain_words(str(row.get("reason") or "")) or REFUSED_WORDS.get(str(row.get("kind")), "")
    reason = reason or names.rule(str(row.get("table") or ""), str(row.get("id") or ""))
    parts = [reason] if reason else []
    if row.get("why"):
        parts.insert(0, NOTE_WORDS.get(str(row["why"]), plain_words(str(row["why"]))))
    if row.get("modes"):
        parts.append("by " + listed(str(mode) for mode in row["modes"]))
    if row.get("imposer"):
        how = "of" if row.get("why") == "policy" or row.get("kind") == "policy" else "imposed by"
        parts.append(f"{how} {names.areas(str(row['imposer']))}")
    if row.get("since"):
        parts.append(f"since {row['since']}")
    said = f"{subject}: {', '.join(parts)}" if subject and parts else subject or ", ".join(parts) or str(row.get("id"))
    certainty = str(row.get("certainty") or "")
    if certainty not in SURE and certainty != row.get("why"):
        said += f"; {plain_words(certainty)}"
    if row.get("table") and row.get("id"):
        said += f" ({row['table']}/{row['id']})"
    return said


def _bearing(row: Mapping[str, Any], names: Names) -> str:
    """What a remark bears on: its gates, else its areas; many areas are called by the group that imposed the rule."""
    gates = [str(gate).partition(":") for gate in row.get("gates") or ()]
    if gates:
        shown = [names.gate(kind, key) for kind, _, key in gates[:FEW]]
        return listed([*shown, f"{len(gates) - FEW} more"] if len(gates) > FEW else shown)
    areas = [names.area(str(code)) for code in row.get("areas") or ()]
    imposer = str(row.get("imposer") or "")
    if len(areas) > FEW and (group := names.areas(imposer)) != imposer and group.count(", ") < FEW:
        return group
    return listed([*areas[:FEW], f"{len(areas) - FEW} more areas"] if len(areas) > FEW else areas)


def no_route(answer: Mapping[str, Any], names: Names | None = None) -> list[str]:
    """No way in words: the reason, what blocks, what would open one. Empty when there is a way.

    Examples
    --------
    >>> no_route({"no_route": {"reason": "trade banned", "blocked_by": [], "opens_with": []}})
    ['No route: trade banned.']
    """
    none = answer.get("no_route")
    if not none:
        return []
    out = [f"No route: {plain_words(str(none.get('reason') or 'no lawful way')).rstrip('.')}."]
    for title, rows in ((BLOCKED, none.get("blocked_by")), (OPENS, none.get("opens_with"))):
        if rows:
            out += [f"{title}:", *[f"- {refusal(row, names)}" for row in rows]]
    return out


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
    """Whether a name is but a position.

    Examples
    --------
    >>> is_position("26.44, 56.34"), is_position("Baku")
    (True, False)
    """
    return _POSITION.fullmatch(name) is not None


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


def question(asked: Mapping[str, Any], day: str | None = None) -> str:
    """The question in one line.

    Examples
    --------
    >>> question({"from": "Mumbai", "to": "Moscow", "cargo": "container", "teu": 2}, "2025-06-01")
    'Mumbai to Moscow, container, 2 TEU, 2025-06-01'
    """
    parts = [f"{asked.get('from') or ''} to {asked.get('to') or ''}"]
    if asked.get("at"):
        days = asked.get("stood_days")
        since = f" for {significant_plain(days)} days" if days else ""
        parts.append(f"standing at {asked['at']}{since}")
    parts.append(str(asked.get("cargo") or ""))
    if asked.get("teu"):
        parts.append(f"{significant_plain(asked['teu'])} TEU")
    if asked.get("tonnes"):
        parts.append(f"{significant_plain(asked['tonnes'])} t")
    if asked.get("modes"):
        parts.append("by " + listed(asked["modes"]))
    if asked.get("via"):
        parts.append("via " + listed(asked["via"]))
    if asked.get("avoid"):
        parts.append("avoiding " + listed(asked["avoid"]))
    if asked.get("carrier"):
        parts.append(f"carriers of {asked['carrier']} only")
    if asked.get("service") not in (None, "auto"):
        parts.append(str(asked["service"]))
    if asked.get("team"):
        parts.append("two drivers")
    if day:
        parts.append(day)
    return ", ".join(part for part in parts if part)


def significant_plain(value: Any) -> str:
    """A given amount as it was given, without a needless fraction.

    Examples
    --------
    >>> significant_plain(2.0), significant_plain(14.5)
    ('2', '14.5')
    """
    return f"{value:g}" if isinstance(value, int | float) else str(value)


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


def command(asked: Mapping[str, Any], world: Mapping[str, Any]) -> str:
    """The command that asks the same again.

    Examples
    --------
    >>> command({"kind": "route", "from": "Mumbai", "to": "Moscow", "teu": 2.0}, {"date": "2025-06-01"})
    'landbridge route Mumbai Moscow --on 2025-06-01 --teu 2'
    """
    parts = ["landbridge", str(asked.get("kind") or "route")]
    parts += [shlex.quote(str(asked[name])) for name in ("from", "to") if asked.get(name)]
    if world.get("date"):
        parts += ["--on", str(world["date"])]
    for name in world.get("scenarios") or ():
        parts += ["--scenario", shlex.quote(str(name))]
    for name, option in COMMAND_OPTIONS:
        value = asked.get(name)
        for item in value if isinstance(value, list | tuple) else [value]:
            if item is True:
                parts.append(option)
            elif item not in (None, False, "", DEFAULTS.get(name)):
                parts += [option, shlex.quote(significant_plain(item))]
    return " ".join(parts)
