"""What a wrong name may have meant: crossings, ports, passages, areas ... whose id or name looks like it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from landbridge.facts import Facts
from landbridge.world.gazetteer import fold
from landbridge.world.pipe_facts import SEA_KINDS

LIKE: Final = 0.6
"""Likeness from which a word counts as meant, as for every other word of the package."""
WORSE: Final = 0.1
"""Words less like than the likest by this much are not told."""
SHORTEST: Final = 3
"""Letters that a text must have to be like anything but itself."""
FIRST: Final = 0.1
"""What the same first letter adds to the likeness: few mistype it."""
NAMES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "area": ("areas", ("iso2", "name")),
    "crossing": ("crossings", ("name_a", "name_b")),
    "passage": ("passages", ("name",)),
    "port": ("ports", ("name", "unlocode")),
    "ferry": ("ferries", ("port_a", "port_b")),
    "project": ("projects", ("name",)),
    "line": ("lines", ("name",)),
    "bloc": ("blocs", ("name",)),
    "measure": ("measures", ()),
    "pipeline": ("pipelines", ("name", "from_place", "to_place")),
    "gas_point": ("gas_points", ("pipeline",)),
    "oil_point": ("oil_points", ("pipeline",)),
    "terminal": ("gas_points", ()),
    "production": ("gas_zones", ("name", "area")),
    "storage": ("areas", ("iso2", "name")),
}
"""The table of each kind, and the columns with the names of its rows."""
_BRACKETS: Final = re.compile(r"\s*\((.*?)\)\s*")


def spellings(name: str) -> Iterator[str]:
    """A name with and without its brackets, and what stands in them.

    Examples
    --------
    >>> list(spellings("Bosporus (Istanbul Strait)"))
    ['Bosporus (Istanbul Strait)', 'Bosporus', 'Istanbul Strait']
    """
    yield name
    plain = _BRACKETS.sub(" ", name).strip()
    if plain != name:
        yield plain
    for inner in _BRACKETS.findall(name):
        yield from (part.strip() for part in inner.split("/"))


@lru_cache(maxsize=32)
def _words(facts: Facts, kind: str) -> dict[str, tuple[str, ...]]:
    """Ids of a kind by their folded ids and names."""
    table, columns = NAMES[kind]
    if table not in facts.names:
        return {}
    found: dict[str, dict[str, None]] = {}
    for row in facts.table(table).rows:
        # a point has a row for each interval of its capacity
        key = row.get("point") or row["id"]
        if kind == "terminal" and row["kind"] not in SEA_KINDS:
            continue
        texts = [key, _in_order(key), *(row[column] for column in columns if row.get(column))]
        if key != row["id"]:
            # the name of a point without the codes of its ends
            texts.append(key.rsplit("-", 2)[0])
        if kind == "crossing":
            # each post may be written by its name on either side
            pair = f"{row['area_a']}-{row['area_b']}"
            texts += [f"{pair}-{name}" for side in "ab" for name in spellings(row[f"name_{side}"] or "") if name]
        for text in texts:
            for word in spellings(text):
                if fold(word):
                    found.setdefault(fold(word), {})[key] = None
    if kind == "area":
        for row in facts.table("area_aliases").rows:
            found.setdefault(fold(row["id"]), {})[row["area"]] = None
    return {word: tuple(ids) for word, ids in found.items()}


def alike(facts: Facts, text: str, kinds: Iterable[str], most: int = 5) -> tuple[str, ...]:
    """Subjects, written KIND:ID, whose id or name is, holds or resembles a text; the likest first.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> alike(load(), "hormus", ["passage"]), alike(load(), "Iran", ["area"])
    (('passage:hormuz',), ('area:IRN',))
    """
    keys = {fold(text), fold(_in_order(text))}
    scored: dict[str, float] = {}
    for kind in kinds:
        for word, ids in _words(facts, kind).items():
            score = max(_likeness(key, word) for key in keys)
            for one in ids if score else ():
                scored[f"{kind}:{one}"] = max(score, scored.get(f"{kind}:{one}", 0.0))
    ranked = sorted(scored, key=lambda one: (-scored[one], one))
    return tuple(one for one in ranked[:most] if scored[one] > scored[ranked[0]] - WORSE)


def _in_order(text: str) -> str:
    """The parts of an id in a fixed order, so that AZE-IRN and IRN-AZE are alike."""
    return "-".join(sorted(text.split("-")))


def _likeness(key: str, word: str) -> float:
    """3 for the same word, 2 for a word that holds the other, about 1 by the likeness of letters, 0 when unlike."""
    if key == word:
        return 3.0
    if len(key) < SHORTEST:
        return 0.0
    if word.startswith(key) or (len(key) > SHORTEST and key in word):
        return 2.0
    matcher = difflib.SequenceMatcher(None, key, word)
    if matcher.real_quick_ratio() < LIKE or matcher.quick_ratio() < LIKE:
        return 0.0
    ratio = matcher.ratio()
    return round(ratio + (FIRST if key[:1] == word[:1] else 0.0), 3) if ratio >= LIKE else 0.0


def near_areas(facts: Facts, text: str) -> tuple[str, ...]:
    """Codes of areas that a text may mean, by code or name.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> near_areas(load(), "Russia"), near_areas(load(), "RU")
    (('RUS',), ('RUS',))
    """
    return tuple(one.partition(":")[2] for one in alike(facts, text, ("area",)))
