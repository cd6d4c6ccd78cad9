"""Sentences on what is refused: rules and closed gates, why there is no way, what is not used. Neutral, short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from landbridge.report.names import Names
from landbridge.report.numbers import days, grouped
from landbridge.report.phrases import FEW, listed, plain_words

SURE = ("", "certain", "sure")
BLOCKED = "Blocked by"
NOT_USED = "Not used"
POSTS = 4
"""So many posts of a border are named; the rest is counted."""
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


def refusal(row: Mapping[str, Any] | str, names: Names | None = None) -> str:
    """A rule or a closed gate that stands in the way, attributed to who imposed it.

    Examples
    --------
    >>> refusal({"table": "measure_rules", "id": "m1", "kind": "measure", "subject_kind": "trade",
    ...          "subject": "UKR>RUS", "imposer": "UKR"})
    'trade from UKR to RUS: barred, imposed by UKR (measure_rules/m1)'
    >>> refusal({"kind": "measure", "subject_kind": "trade", "subject": "PAK>IND", "reason": "Afghan goods went on"})
    'trade from PAK to IND: barred, Afghan goods went on'
    >>> refusal({"table": "crossing_status", "id": "s1", "kind": "status", "subject_kind": "crossing",
    ...          "subject": "AFG-PAK-torkham", "reason": "shut after clashes", "modes": ["road"]})
    'AFG-PAK-torkham: shut after clashes, by road (crossing_status/s1)'
    """
    if isinstance(row, str):
        return row
    names = names or Names()
    kind = str(row.get("subject_kind") or "")
    subject = names.subject(kind, str(row.get("subject") or "")) if row.get("subject") else _bearing(row, names)
    reason = _carriers(str(row.get("reason") or ""), names) or REFUSED_WORDS.get(str(row.get("kind")), "")
    reason = reason or names.rule(str(row.get("table") or ""), str(row.get("id") or ""))
    parts = [reason] if reason else []
    if row.get("kind") == "measure" and reason and not row.get("why"):
        # A remark on a ban does not say by itself that it is one.
        parts = list(dict.fromkeys((REFUSED_WORDS["measure"], reason)))
    own = row.get("kind") == "policy" and bool(row.get("imposer"))
    if own:
        # Carriers decide for themselves: what they do is the reason.
        parts = [f"avoided by {names.areas(str(row['imposer']))}", *(part for part in parts if not _says_so(part))]
    if row.get("why"):
        parts.insert(0, NOTE_WORDS.get(str(row["why"]), plain_words(str(row["why"]))))
    if row.get("modes"):
        parts.append("by " + listed(str(mode) for mode in row["modes"]))
    if row.get("imposer") and not own:
        how = "of" if row.get("why") == "policy" else "imposed by"
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


def _carriers(reason: str, names: Names) -> str:
    """A reason in plain words; one that is no more than a list of carriers says whom it lets pass.

    Examples
    --------
    >>> _carriers("not:BLR;RUS", Names())
    'closed to carriers of BLR and RUS'
    """
    how, colon, some = reason.partition(":")
    codes = some.split(";")
    if not colon or how not in {"not", "only"} or not all(code.isalpha() and code.isupper() for code in codes):
        return plain_words(reason)
    of = f"carriers of {listed(names.areas(code) for code in codes)}"
    return f"closed to {of}" if how == "not" else f"open to {of} alone"


def _says_so(reason: str) -> bool:
    """Whether a reason says no more than that carriers keep away."""
    return reason in ("share avoiding", REFUSED_WORDS["policy"])


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
    >>> no_route({"no_route": {"reason": "shut", "blocked_by": ["the post"], "opens_with": ["the post"]}})
    ['No route: shut.', 'Blocked by:', '- the post', 'A way would open without it.']
    """
    none = answer.get("no_route")
    if not none:
        return []
    out = [f"No route: {plain_words(str(none.get('reason') or 'no lawful way')).rstrip('.')}."]
    blocked, opens = (
        [f"- {refusal(row, names)}" for row in none.get(key) or ()] for key in ("blocked_by", "opens_with")
    )
    if blocked:
        out += [f"{BLOCKED}:", *blocked]
    if opens and opens == blocked:
        out.append(f"{OPENS} {'it' if len(opens) == 1 else 'all of these'}.")
    elif opens:
        out += [f"{OPENS}:", *opens]
    return out


def avoided(rows: Sequence[Mapping[str, Any]], names: Names | None = None) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """What better ways would use and is refused, sentences for each such way with the rows that it rests on.

    Examples
    --------
    >>> way = {"hours": 720.0, "usd": 2800.0, "passages": ["bab-el-mandeb", "suez"], "areas": ["NLD"]}
    >>> row = {"table": "carrier_policies", "id": "p1", "kind": "policy", "subject_kind": "passage", "subject":
    ...        "bab-el-mandeb", "imposer": "all mainline lines", "since": "2024-01-15", "way": way}
    >>> (text, rows), *_ = avoided([row])
    >>> text.partition(". ")[0]
    'bab-el-mandeb: avoided by all mainline lines, since 2024-01-15 (carrier_policies/p1)'
    >>> text.partition(". ")[2]
    'The way by bab-el-mandeb and suez would take 30.0 days and 2,800 USD'
    """
    names = names or Names()
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault(repr(row.get("way")), []).append(row)
    # What shuts two ways alike is told once, with the better of them.
    once: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for some in groups.values():
        once.setdefault(tuple(refusal(row, names) for row in some), some)
    return [(_not_used(some, names), some) for some in once.values()]


def _not_used(some: Sequence[Mapping[str, Any]], names: Names) -> str:
    """One way that is closed: what closes it, and what it would take."""
    said = []
    for row in some:
        text = refusal(row, names)
        beside = row.get("beside") or ()
        if beside:
            posts = "the other post" if len(beside) == 1 else f"{len(beside)} other posts"
            some_of = dict.fromkeys(names.post(str(other["subject"])) for other in beside)
            shown = [*list(some_of)[:POSTS], *(["…"] if len(some_of) > POSTS else [])]
            text += f", with {posts} of that border ({', '.join(shown)})"
        said.append(text)
    way = some[0].get("way") or {}
    through = [names.gate("passage", str(key)) for key in way.get("passages") or ()]
    by = listed(through) or " > ".join(names.area(str(code)) for code in way.get("areas") or ())
    told = f"{days(way.get('hours'))} days and {grouped(way.get('usd'))} USD"
    return f"{'; '.join(said)}. The way by {by} would take {told}" if by else f"{'; '.join(said)}"
