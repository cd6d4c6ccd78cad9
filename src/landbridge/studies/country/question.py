"""The question of a country profile, from plain data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from landbridge.errors import InputError, gathered, nearest
from landbridge.files import Where

if TYPE_CHECKING:
    from landbridge.facts import Facts

KEYS: Final = ("kind", "area", "teu", "partners", "quick")
MOST_PARTNERS: Final = 8
"""So many partners of each area are in the table of trade."""


@dataclass(frozen=True, slots=True)
class CountryQuestion:
    """Ask what binds an area, what passes its borders, how it reaches the sea and its partners, on whom it depends.

    Parameters
    ----------
    area
        A country or de facto entity, by code or name.
    teu
        Size of the shipment on the standard routes [TEU]: 2 is one box of 40 foot.
    partners
        To how many of its main partners standard routes are looked for, 1 to 8.
    quick
        Leave out what is lost if a neighbour shuts, and what the scenarios of the library do.
    """

    kind: ClassVar[str] = "country"

    area: str
    teu: float = 2.0
    partners: int = MOST_PARTNERS
    quick: bool = False

    def __post_init__(self) -> None:
        """Refuse what no later stage could make sense of."""
        wrong = list(_complaints(self.to_dict(), Where()))
        if wrong:
            raise gathered(wrong)

    def to_dict(self) -> dict[str, Any]:
        """As plain data for YAML or JSON."""
        return {"kind": self.kind, "area": self.area, "teu": self.teu, "partners": self.partners, "quick": self.quick}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], where: Where = Where()) -> CountryQuestion:  # noqa: B008
        """From plain data, refusing unknown keys and values of a wrong kind, all of them in one message.

        Examples
        --------
        >>> CountryQuestion.from_dict({"kind": "country", "area": "ARM"}).partners
        8
        >>> CountryQuestion.from_dict({"kind": "country", "aera": "ARM", "teu": 0})
        Traceback (most recent call last):
        landbridge.errors.GatheredError: 3 problems
          field aera: unknown key of a country question; nearest valid: area
          field area: a country question needs its area
          field teu: 0 is not a number above 0
        """
        wrong = list(_complaints(data, where))
        if wrong:
            raise gathered(wrong)
        given = {key: data[key] for key in ("partners", "quick") if data.get(key) is not None}
        if data.get("teu") is not None:
            given["teu"] = float(data["teu"])
        return cls(area=data["area"], **given)


def _complaints(data: Mapping[str, Any], where: Where) -> Iterator[InputError]:
    yield from where.unknown_keys(data, KEYS, "a country question")
    area, teu, partners, quick = (data.get(key) for key in KEYS[1:])
    if area is None:
        yield where.complaint(data, "area", "a country question needs its area")
    elif not isinstance(area, str) or not area.strip():
        yield where.complaint(data, "area", f"{area!r} is not the code or name of an area")
    if teu is not None and (isinstance(teu, bool) or not isinstance(teu, int | float) or not 0 < teu < float("inf")):
        yield where.complaint(data, "teu", f"{teu!r} is not a number above 0")
    whole = isinstance(partners, int) and not isinstance(partners, bool)
    if partners is not None and not (whole and 1 <= partners <= MOST_PARTNERS):
        yield where.complaint(data, "partners", f"{partners!r} is not a whole number from 1 to {MOST_PARTNERS}")
    if quick is not None and not isinstance(quick, bool):
        yield where.complaint(data, "quick", f"{quick!r} is not true or false")


def unknown_names(
    data: Mapping[str, Any], facts: Facts, where: Where, links: Collection[str] = ()
) -> Iterator[InputError]:
    """What a question about a country, as plain data, names that the facts do not have."""
    del links
    area = data.get("area")
    if isinstance(area, str) and area.strip():
        try:
            area_of(facts, area)
        except InputError as error:
            yield where.at(error, data, "area")


def area_of(facts: Facts, text: str) -> str:
    """The code of the area that a text means.

    Raises
    ------
    InputError
        If there is none; it names the nearest.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> area_of(load(), "Armenia"), area_of(load(), "x_abk")
    ('ARM', 'X_ABK')
    >>> area_of(load(), "Amrenia")
    Traceback (most recent call last):
    landbridge.errors.InputError: field area: no area 'Amrenia'; nearest valid: ARM; write the code of an area, ...
    """
    from landbridge.world import read_area
    from landbridge.world.alike import near_areas

    code = read_area(facts, text)
    if code is None:
        ids = [row["id"] for row in facts.table("areas").rows]
        near = near_areas(facts, text) or nearest(text.upper(), ids, always=True)
        remedy = "write the code of an area, as ARM, or its name"
        raise InputError(f"no area {text!r}", field="area", nearest=near, remedy=remedy)
    return code
