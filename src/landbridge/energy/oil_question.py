"""The question of an oil balance, from plain data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from landbridge.energy.oil_program import SHARINGS, Sharing
from landbridge.errors import InputError, gathered, nearest
from landbridge.files import Where

if TYPE_CHECKING:
    from landbridge.facts import Facts

KEYS: Final = ("kind", "sharing", "areas")


@dataclass(frozen=True, slots=True)
class OilQuestion:
    """Ask who runs short of oil when the day's state lasts a year, what is stranded, and which ways carry it.

    Parameters
    ----------
    sharing
        How shortage is shared: national, equal or least-cost. The range over all three is always told.
    areas
        Areas to tell of; all when empty.
    """

    kind: ClassVar[str] = "oil"

    sharing: Sharing = "national"
    areas: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain data for YAML or JSON."""
        return {"kind": self.kind, "sharing": self.sharing, "areas": list(self.areas)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], where: Where = Where()) -> OilQuestion:  # noqa: B008
        """From plain data, refusing unknown keys and values, all of them in one message.

        Examples
        --------
        >>> OilQuestion.from_dict({"kind": "oil", "areas": ["HUN"]}).areas
        ('HUN',)
        >>> OilQuestion.from_dict({"kind": "oil", "sharing": "equl"})
        Traceback (most recent call last):
        landbridge.errors.InputError: field sharing: unknown sharing 'equl'; nearest valid: equal
        """
        wrong = list(_complaints(data, where))
        if wrong:
            raise gathered(wrong)
        return cls(sharing=data.get("sharing") or "national", areas=_names(data.get("areas")))


def _names(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(str(one) for one in value)


def _complaints(data: Mapping[str, Any], where: Where) -> Iterator[InputError]:
    for key in data:
        if key not in KEYS:
            yield where.complaint(data, key, "unknown key of an oil question", near=nearest(str(key), KEYS))
    sharing = data.get("sharing")
    if sharing is not None and sharing not in SHARINGS:
        near = nearest(str(sharing), SHARINGS) or SHARINGS
        yield where.complaint(data, "sharing", f"unknown sharing {str(sharing)!r}", near=near)
    areas = data.get("areas")
    if areas is not None and not isinstance(areas, str | list | tuple):
        yield where.complaint(data, "areas", f"{areas!r} is not a list of areas")


def unknown_names(
    data: Mapping[str, Any], facts: Facts, where: Where, links: Collection[str] = ()
) -> Iterator[InputError]:
    """What an oil question, as plain data, names that the facts do not have."""
    del links
    known = sorted({row["area"] for row in facts.table("oil_zones").rows if row["area"]})
    areas = data.get("areas")
    for name in _names(areas) if areas is None or isinstance(areas, str | list | tuple) else ():
        if name not in known:
            yield where.complaint(data, "areas", f"no oil is told of area {name!r}", near=nearest(name, known))
