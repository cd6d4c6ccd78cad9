"""Whether a list of goods means the goods of a shipment: yes, no, or perhaps (the shipment says too little)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from landbridge.errors import InputError, nearest
from landbridge.facts import Facts

Match = Literal["yes", "maybe", "no"]


def ancestors(facts: Facts, cargo: str) -> frozenset[str]:
    """A class of cargo and the classes that contain it.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> sorted(ancestors(load(), "wine"))
    ['container', 'food', 'wine']
    """
    row = facts.table("cargo_classes").by_id.get(cargo)
    if row is None:
        return frozenset((cargo,))
    return frozenset((cargo, *(row["parents"] or ())))


def check_cargo(facts: Facts, cargo: str) -> None:
    """Refuse a class of cargo that no table knows."""
    known = facts.table("cargo_classes").by_id
    if cargo not in known:
        raise InputError(f"no class of cargo {cargo!r}", field="cargo", nearest=nearest(cargo, known))


def in_heading(hs: str, heading: str) -> bool:
    """Whether a chapter or heading lies in another, which may be a range of chapters.

    Examples
    --------
    >>> in_heading("270900", "2709"), in_heading("27", "2709"), in_heading("0805", "07-08")
    (True, False, True)
    """
    first, dash, last = heading.partition("-")
    if not dash:
        return hs.startswith(heading)
    return first <= hs[: len(first)] <= last


def goods_match(facts: Facts, cargo: str, hs: str | None, words: Sequence[str], headings: Sequence[str]) -> Match:
    """Whether goods are on a list of classes (`words`) and headings.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> facts = load()
    >>> [goods_match(facts, cargo, None, ("food",), ("01-24",)) for cargo in ("wine", "container", "steel")]
    ['yes', 'maybe', 'no']
    >>> goods_match(facts, "container", "2204", ("food",), ("01-24",))
    'yes'
    """
    if not words or "all" in words:
        return "yes"
    own = ancestors(facts, cargo)
    if own & set(words):
        return "yes"
    if hs is not None and headings:
        if any(in_heading(hs, heading) for heading in headings):
            return "yes"
        return "maybe" if any(heading.startswith(hs) for heading in headings) else "no"
    if any(cargo in ancestors(facts, word) for word in words):
        return "maybe"
    return "no"
