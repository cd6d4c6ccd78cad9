"""Whether a list of goods means the goods of a shipment: yes, no, or perhaps (the shipment says too little)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from landbridge.errors import InputError, nearest
from landbridge.facts import Facts

Match = Literal["yes", "maybe", "no"]
_WORDS: Final = re.compile(r"[\w-]+")
LAST_CHAPTER: Final = 97
EMPTY_CHAPTER: Final = 77
"""The chapters of the Harmonized System are 01 to 97; 77 is kept for later use."""
HS_DIGITS: Final = (2, 4, 6)
"""Digits of a chapter, a heading and a subheading; longer codes are national."""
DIGITS: Final = HS_DIGITS[-1]


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
        by_name = {row["name"]: key for key, row in known.items()}
        alike = [by_name.get(word, word) for word in nearest(cargo, [*known, *by_name])]
        widest = [key for key, row in known.items() if not (row["hs"] or row["parents"])]
        near = _holding(facts, cargo) or alike or widest
        remedy = "`landbridge facts show cargo_classes` lists them"
        raise InputError(f"no class of cargo {cargo!r}", field="cargo", nearest=dict.fromkeys(near), remedy=remedy)


def _holding(facts: Facts, cargo: str) -> list[str]:
    """The classes that a word may mean by what they hold, those that it is most of first.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> _holding(load(), "Dangerous goods"), _holding(load(), "barley")
    (['chemicals'], ['grain'])
    """
    asked = [cargo.casefold(), *_WORDS.findall(cargo.casefold())]
    found = {}
    for row in facts.table("cargo_classes").rows:
        hits = [asked.index(word) for word in (row["id"], row["name"], *(row["also"] or ())) if word in asked]
        if hits:
            found[row["id"]] = min(hits)
    return sorted(found, key=lambda key: found[key])


def check_hs(hs: str) -> None:
    """Refuse what is no chapter, heading or subheading of the Harmonized System.

    Examples
    --------
    >>> check_hs("27"), check_hs("2709")
    (None, None)
    >>> check_hs("7")
    Traceback (most recent call last):
    landbridge.errors.InputError: field hs: no chapter of the Harmonized System '7'; nearest valid: 07; ...
    """
    digits = "".join(sign for sign in hs if sign not in ". ")
    plain = digits.isascii() and digits.isdigit()
    if plain and digits == hs and len(hs) in HS_DIGITS and _is_chapter(hs[:2]):
        return
    near: list[str] = []
    if plain:
        whole = len(digits) == 1 or _is_chapter(digits[:2])
        tries = (f"0{digits}" if len(digits) % 2 and whole else digits, digits[:6], digits[:4], digits[:2])
        near = [one for one in dict.fromkeys(tries) if len(one) in HS_DIGITS and _is_chapter(one[:2]) and one != hs]
    raise InputError(
        f"no chapter of the Harmonized System {hs!r}", field="hs", nearest=near[:1],
        remedy=f"write a chapter from 01 to {LAST_CHAPTER} ({EMPTY_CHAPTER} is empty), "
        "or a heading of 4 or 6 digits in one of them",
    )  # fmt: skip


def _is_chapter(digits: str) -> bool:
    return 1 <= int(digits) <= LAST_CHAPTER and int(digits) != EMPTY_CHAPTER


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
    >>> [goods_match(facts, "grain", hs, ("grain",), ("1001", "1005")) for hs in ("1001", "10", "1003", None)]
    ['yes', 'maybe', 'no', 'yes']
    >>> [goods_match(facts, cargo, None, ("food",), ("02-04", "07-08")) for cargo in ("meat_dairy", "wine")]
    ['yes', 'no']
    """
    if not words or "all" in words:
        return "yes"
    own = ancestors(facts, cargo)
    chapters = _chapters(facts, cargo)
    if cargo in words or (own & set(words) and _meets(chapters, headings)):
        # Headings within a class are all of it that the list means: of other goods of the class it does not speak.
        narrowed = hs is not None and _lie_within(headings, chapters)
        return _by_heading(hs, headings) if hs is not None and narrowed else "yes"
    if hs is not None and headings:
        return _by_heading(hs, headings)
    if any(cargo in ancestors(facts, word) for word in words):
        return "maybe"
    return "no"


def _by_heading(hs: str, headings: Sequence[str]) -> Match:
    """Whether a chapter or heading is one of some."""
    if any(in_heading(hs, heading) for heading in headings):
        return "yes"
    return "maybe" if any(heading.startswith(hs) for heading in headings) else "no"


def _chapters(facts: Facts, cargo: str) -> tuple[str, ...]:
    """The chapters and headings that a class of cargo is made of, none where it is of any."""
    row = facts.table("cargo_classes").by_id.get(cargo)
    return tuple(row["hs"] or ()) if row is not None else ()


def _span(heading: str) -> tuple[str, str]:
    """The first and the last subheading of a chapter, a heading or a range of them.

    Examples
    --------
    >>> _span("2204"), _span("28-38")
    (('220400', '220499'), ('280000', '389999'))
    """
    first, _, last = heading.partition("-")
    return first.ljust(DIGITS, "0"), (last or first).ljust(DIGITS, "9")


def _meets(chapters: Sequence[str], headings: Sequence[str]) -> bool:
    """Whether some of a class may lie in some headings: a wider class on a list means no goods of other chapters.

    Examples
    --------
    >>> _meets(("22",), ("02", "0401")), _meets(("0207",), ("02", "0401")), _meets((), ("02",))
    (False, True, True)
    """
    ours, theirs = [_span(one) for one in chapters], [_span(one) for one in headings]
    if not ours or not theirs:
        return True
    return any(first <= other[1] and other[0] <= last for first, last in ours for other in theirs)


def _lie_within(headings: Sequence[str], chapters: Sequence[str]) -> bool:
    """Whether a list names parts of a class: headings in its chapters, none of which holds one of them whole.

    Examples
    --------
    >>> _lie_within(("1001", "1205"), ("10",)), _lie_within(("10", "1001"), ("10",)), _lie_within(("88",), ("84",))
    (True, False, False)
    """
    ours, theirs = [_span(one) for one in chapters], [_span(one) for one in headings]
    whole = any(other[0] <= first and last <= other[1] for first, last in ours for other in theirs)
    return bool(theirs) and _meets(chapters, headings) and bool(ours) and not whole
