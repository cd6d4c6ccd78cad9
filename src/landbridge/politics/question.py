"""The question about an alliance, from plain data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from landbridge.errors import InputError, gathered
from landbridge.files import Where
from landbridge.politics.grouping import find

if TYPE_CHECKING:
    from landbridge.facts import Facts

KEYS: Final = ("kind", "bloc", "camps")


@dataclass(frozen=True, slots=True)
class AllianceQuestion:
    """Ask who belongs to an alliance, what each owes, what came when it was asked for, and what to expect.

    Parameters
    ----------
    bloc
        A bloc, a format of states or an agreement, by any of its names.
    camps
        Tell too who votes like whom and who is tied to whom: camps of all states, and where the members fall.
    """

    kind: ClassVar[str] = "alliance"

    bloc: str
    camps: bool = False

    def to_dict(self) -> dict[str, Any]:
        """As plain data for YAML or JSON."""
        return {"kind": self.kind, "bloc": self.bloc} | ({"camps": True} if self.camps else {})

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], where: Where = Where()) -> AllianceQuestion:  # noqa: B008
        """From plain data, refusing unknown keys.

        Examples
        --------
        >>> AllianceQuestion.from_dict({"kind": "alliance", "bloc": "CSTO"}).bloc
        'CSTO'
        >>> AllianceQuestion.from_dict({"kind": "alliance", "blok": "CSTO"})
        Traceback (most recent call last):
        landbridge.errors.GatheredError: 2 problems
          field blok: unknown key of an alliance question; nearest valid: bloc
          field bloc: an alliance question needs its bloc
        """
        wrong = list(_complaints(data, where))
        if wrong:
            raise gathered(wrong)
        return cls(bloc=data["bloc"], camps=bool(data.get("camps", False)))


def _complaints(data: Mapping[str, Any], where: Where) -> Iterator[InputError]:
    yield from where.unknown_keys(data, KEYS, "an alliance question")
    bloc = data.get("bloc")
    if bloc is None:
        yield where.complaint(data, "bloc", "an alliance question needs its bloc")
    elif not isinstance(bloc, str) or not bloc.strip():
        yield where.complaint(data, "bloc", f"{bloc!r} is not the name of a bloc")
    if not isinstance(data.get("camps", False), bool):
        yield where.complaint(data, "camps", f"{data['camps']!r} is neither true nor false")


def unknown_names(
    data: Mapping[str, Any], facts: Facts, where: Where, links: Collection[str] = ()
) -> Iterator[InputError]:
    """What a question about an alliance, as plain data, names that the facts do not have."""
    del links
    bloc = data.get("bloc")
    if isinstance(bloc, str) and bloc.strip():
        try:
            find(facts, bloc)
        except InputError as error:
            yield where.at(error, data, "bloc")
