"""The question of an oil balance, from plain data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from landbridge.energy.forms import area_names, complaints, unknown_areas
from landbridge.energy.oil_program import SHARINGS, Sharing
from landbridge.errors import InputError, gathered
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
        wrong = list(complaints(data, where, "an oil question", KEYS, {"sharing": SHARINGS}))
        if wrong:
            raise gathered(wrong)
        return cls(sharing=data.get("sharing") or "national", areas=area_names(data))


def unknown_names(
    data: Mapping[str, Any], facts: Facts, where: Where, links: Collection[str] = ()
) -> Iterator[InputError]:
    """What an oil question, as plain data, names that the facts do not have."""
    del links
    return unknown_areas(data, facts, where, "oil", "oil_zones")
