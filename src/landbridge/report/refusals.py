"""Sentences on what is refused: rules and closed gates, why there is no way, what is not used. Neutral, short."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from landbridge.report.names import Names
from landbridge.report.phrases import FEW, listed, plain_words

SURE = ("", "certain", "sure")
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
