"""The question where the gas of areas came from by year, from plain data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from landbridge.errors import InputError, gathered
from landbridge.files import Where
from landbridge.world.within import complaint

if TYPE_CHECKING:
    from landbridge.facts import Facts

KEYS: Final = ("kind", "areas", "first", "last")
YEARS: Final = range(1950, 2101)


@dataclass(frozen=True, slots=True)
class SupplyQuestion:
    """Ask where the gas of areas came from, year by year.

    Parameters
    ----------
    areas
        Codes of areas, or names of blocs and formats; taken together as one.
    first, last
        First and last year; None is the first and last of which anything is known.
    """

    kind: ClassVar[str] = "supply"

    areas: tuple[str, ...]
    first: int | None = None
    last: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """As plain data for YAML or JSON."""
        return {"kind": self.kind, "areas": list(self.areas), "first": self.first, "last": self.last}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], where: Where = Where()) -> SupplyQuestion:  # noqa: B008
        """From plain data, refusing unknown keys and values, all of them in one message.

        Examples
        --------
        >>> SupplyQuestion.from_dict({"kind": "supply", "areas": ["TUR"], "first": 2018}).first
        2018
        >>> SupplyQuestion.from_dict({"kind": "supply", "areas": ["TUR"], "first": 2020, "last": 2018})
        Traceback (most recent call last):
        landbridge.errors.InputError: field last: 2018 is before 2020
        """
        wrong = list(_complaints(data, where))
        if wrong:
            raise gathered(wrong)
        areas = data["areas"]
        listed = (areas,) if isinstance(areas, str) else tuple(dict.fromkeys(areas))
        return cls(listed, data.get("first"), data.get("last"))


def _complaints(data: Mapping[str, Any], where: Where) -> Iterator[InputError]:
    yield from where.unknown_keys(data, KEYS, "a supply question")
    areas = data.get("areas")
    listed = [areas] if isinstance(areas, str) else areas
    if not isinstance(listed, list | tuple) or not listed or not all(isinstance(one, str) and one for one in listed):
        yield where.complaint(data, "areas", "a supply question needs an area, a bloc or a list of them")
    years = {}
    for key in ("first", "last"):
        year = data.get(key)
        if year is None:
            continue
        if isinstance(year, bool) or not isinstance(year, int) or year not in YEARS:
            yield where.complaint(data, key, f"{year!r} is not a year from {YEARS[0]} to {YEARS[-1]}")
        else:
            years[key] = year
    if len(years) == 2 and years["last"] < years["first"]:
        yield where.complaint(data, "last", f"{years['last']} is before {years['first']}")


def unknown_names(
    data: Mapping[str, Any], facts: Facts, where: Where, links: Collection[str] = ()
) -> Iterator[InputError]:
    """What a supply question, as plain data, names that the facts do not have."""
    del links
    areas = data.get("areas")
    for number, text in enumerate([areas] if isinstance(areas, str) else areas or ()):
        wrong = complaint(facts, text) if isinstance(text, str) and text else None
        if wrong is not None:
            yield where.at(wrong, data, "areas", None if isinstance(areas, str) else number)
