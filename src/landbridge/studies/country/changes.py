"""What changed between days: profiles of one area on two or more days, what differs between them, by which facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Final

from landbridge._version import __version__
from landbridge.errors import InputError
from landbridge.studies.country.answer import CountryAnswer
from landbridge.studies.country.answering import answer_country
from landbridge.studies.country.entries import Entry, entries
from landbridge.studies.country.question import CountryQuestion
from landbridge.studies.country.rows import Evidences, Told
from landbridge.studies.country.ways import StandardRoute, main_place, spot_of, standard_route

if TYPE_CHECKING:
    import pandas as pd

    from landbridge.world import World

FEWEST: Final = 2
EQUAL: Final = 0.01
"""Numbers that differ by less, of the larger, are alike: a share or an hour more or less tells nothing."""


@dataclass(frozen=True, slots=True)
class Difference(Told):
    """One thing that is not the same on all days.

    Attributes
    ----------
    section, kind, id
        Where it stands in the profile, and which it is.
    about
        What names it: the name and mode of a post, the parties of a measure.
    values
        What holds on each of the days; None where it does not exist, is not in force or is not told.
    evidence
        The rows of all days.
    """

    section: str
    kind: str
    id: str
    about: dict[str, Any]
    values: tuple[dict[str, Any] | None, ...]
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class CountryChanges:
    """Profiles of one area on several days, and what is not the same on all of them.

    Attributes
    ----------
    profiles
        One for each day, in order.
    changes
        What differs, in the order of the sections.
    alike
        By section: how many things are the same on all days.
    """

    schema: ClassVar[str] = "country_changes/1"

    profiles: tuple[CountryAnswer, ...]
    changes: tuple[Difference, ...]
    alike: Mapping[str, int] = field(default_factory=dict)

    @property
    def answered(self) -> bool:
        """True: a profile is told of every area."""
        return True

    @property
    def dates(self) -> tuple[str, ...]:
        """The days, in order."""
        return tuple(one.world.date for one in self.profiles)

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON, schema `country_changes/1`."""
        first = self.profiles[0]
        return {
            "schema": self.schema,
            "version": __version__,
            "area": first.area,
            "name": first.name,
            "dates": list(self.dates),
            "changes": [one.to_dict(first.facts) for one in self.changes],
            "alike": dict(self.alike),
            "profiles": [one.to_dict() for one in self.profiles],
        }

    def to_frame(self) -> pd.DataFrame:
        """As a table: the numbers of every profile, with their day."""
        import pandas as pd

        frames = [one.to_frame().assign(date=day) for one, day in zip(self.profiles, self.dates, strict=True)]
        whole = pd.concat(frames, ignore_index=True)
        return whole[["date", *(name for name in whole.columns if name != "date")]]

    def to_geojson(self) -> dict[str, Any]:
        """The routes and posts of every day as a GeoJSON FeatureCollection, each feature with its day."""
        features = [
            {**one, "properties": {**one["properties"], "date": day}}
            for profile, day in zip(self.profiles, self.dates, strict=True)
            for one in profile.to_geojson()["features"]
        ]
        return {"type": "FeatureCollection", "features": features}

    def __repr__(self) -> str:
        """The area, its days, how much differs."""
        return f"<CountryChanges {self.profiles[0].area} on {', '.join(self.dates)}: {len(self.changes)} differences>"


def country_changes(
    worlds: Sequence[World], question: CountryQuestion, *, progress: Callable[[int, int], None] | None = None
) -> CountryChanges:
    """The profile of one area in several worlds, and what is not the same in all of them.

    A route that one day tells is looked for on the other days too, so that no way is missing for being second there.

    Parameters
    ----------
    worlds
        Two or more worlds of the same facts, in the order in which they are told.
    question
        What is asked of each.
    progress
        Called with (parts done, parts in all).

    Examples
    --------
    >>> from landbridge.world import World
    >>> worlds = [World.at(day) for day in ("2020-09-01", "2026-06-01")]
    >>> told = country_changes(worlds, CountryQuestion("ARM", partners=1, quick=True))
    >>> [[day["status"] for day in one.values] for one in told.changes if one.id == "csto"]
    [['member', 'frozen']]
    """
    if len(worlds) < FEWEST:
        raise InputError("what changed needs two days", field="on", remedy="name another day")
    profiles = tuple(
        answer_country(world, question, progress=_in_part(progress, n, len(worlds))) for n, world in enumerate(worlds)
    )
    routes = _to_all_goals(worlds, profiles, question.teu)
    found = [{one.key: one for one in entries(profile, some)} for profile, some in zip(profiles, routes, strict=True)]
    changes: list[Difference] = []
    alike: dict[str, int] = {}
    for key in _in_order(found):
        days = [some.get(key) for some in found]
        if _same(days):
            alike[key[0]] = alike.get(key[0], 0) + 1
        else:
            changes.append(_difference(days))
    return CountryChanges(profiles, tuple(changes), alike)


def _in_part(progress: Callable[[int, int], None] | None, n: int, whole: int) -> Callable[[int, int], None] | None:
    """Progress of one of several profiles as progress of all."""
    if progress is None:
        return None
    tell = progress
    return lambda done, parts: tell(n * parts + done, whole * parts)


def _to_all_goals(worlds: Sequence[World], profiles: Sequence[CountryAnswer], teu: float) -> list[list[StandardRoute]]:
    """The standard routes of each day, with those to the goals that only other days tell."""
    goals = {one.ask[1]: one for profile in profiles for one in profile.routes}
    out = []
    for world, profile in zip(worlds, profiles, strict=True):
        own = {one.ask[1]: one for one in profile.routes}
        start = main_place(world.facts, profile.area)
        out.append(
            [
                own.get(asked) or standard_route(world, start, spot_of(world.facts, one), teu)
                for asked, one in goals.items()
            ]
        )
    return out


def _in_order(found: Sequence[Mapping[tuple[str, str, str], Entry]]) -> list[tuple[str, str, str]]:
    """Every key once: sections in the order of a profile, in each first what the first day has."""
    keys = list(dict.fromkeys(key for some in found for key in some))
    sections = list(dict.fromkeys(key[:2] for key in keys))
    return sorted(keys, key=lambda key: sections.index(key[:2]))


def _same(days: Sequence[Entry | None]) -> bool:
    """Whether something holds alike on all days."""
    first = days[0]
    if first is None or any(one is None for one in days):
        return False
    return all(
        alike(first.value[name], one.value[name]) for one in days[1:] if one is not None for name in first.compared
    )


def alike(one: Any, other: Any) -> bool:
    """Whether two values tell a reader the same.

    Examples
    --------
    >>> alike(0.351, 0.352), alike(0.0, 0.02), alike({"russia": 2.0}, {"russia": 3.0}), alike("open", "open")
    (True, False, False, True)
    """
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[name], other[name]) for name in one)
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= EQUAL * max(abs(one), abs(other))
    return bool(one == other)


def _difference(days: Sequence[Entry | None]) -> Difference:
    known = [one for one in days if one is not None]
    last = known[-1]
    rows = tuple(dict.fromkeys(row for one in known for row in one.evidence))
    values = tuple(None if one is None else one.value for one in days)
    return Difference(last.section, last.kind, last.id, last.about, values, rows)
