"""The question about one agreement, format, institution, crisis or measure, from plain data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from landbridge.errors import InputError, gathered, nearest
from landbridge.files import Where
from landbridge.politics.subject import find_subject

if TYPE_CHECKING:
    from landbridge.facts import Facts

KEYS: Final = ("kind", "record", "areas")


@dataclass(frozen=True, slots=True)
class RecordQuestion:
    """Ask what became of an agreement, a format, an institution, a crisis or a measure.

    Parameters
    ----------
    record
        It, by any of its names.
    areas
        Ties, votes and measures among these areas, instead of among those of the record.
    """

    kind: ClassVar[str] = "record"

    record: str
    areas: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain data for YAML or JSON."""
        areas = {"areas": list(self.areas)} if self.areas else {}
        return {"kind": self.kind, "record": self.record, **areas}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], where: Where = Where()) -> RecordQuestion:  # noqa: B008
        """From plain data, refusing unknown keys.

        Examples
        --------
        >>> RecordQuestion.from_dict({"kind": "record", "record": "jcpoa"}).record
        'jcpoa'
        >>> RecordQuestion.from_dict({"kind": "record", "records": "jcpoa"})
        Traceback (most recent call last):
        landbridge.errors.GatheredError: 2 problems
          field records: unknown key of a record question; nearest valid: record
          field record: a record question needs its record
        """
        wrong = list(_complaints(data, where))
        if wrong:
            raise gathered(wrong)
        return cls(record=data["record"], areas=tuple(dict.fromkeys(data.get("areas") or ())))


def _complaints(data: Mapping[str, Any], where: Where) -> Iterator[InputError]:
    yield from where.unknown_keys(data, KEYS, "a record question")
    record = data.get("record")
    if record is None:
        yield where.complaint(data, "record", "a record question needs its record")
    elif not isinstance(record, str) or not record.strip():
        yield where.complaint(data, "record", f"{record!r} is not the name of a record")
    areas = data.get("areas")
    if areas is not None and not (isinstance(areas, list | tuple) and all(isinstance(one, str) for one in areas)):
        yield where.complaint(data, "areas", f"{areas!r} is not a list of area codes")
    elif areas and len(set(areas)) < 2:
        yield where.complaint(data, "areas", "ties, votes and measures are among two areas or more")


def unknown_names(
    data: Mapping[str, Any], facts: Facts, where: Where, links: Collection[str] = ()
) -> Iterator[InputError]:
    """What a question about a record, as plain data, names that the facts do not have."""
    del links
    record = data.get("record")
    if isinstance(record, str) and record.strip():
        try:
            find_subject(facts, record)
        except InputError as error:
            yield where.at(error, data, "record")
    areas = data.get("areas")
    known = facts.table("areas").by_id
    for area in areas if isinstance(areas, list | tuple) else ():
        if isinstance(area, str) and area not in known:
            yield where.complaint(data, "areas", f"unknown area {area!r}", near=nearest(area, known))
