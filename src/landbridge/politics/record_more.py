"""Further parts of a record: who holds ground, posts by year, causes of delay, paths to targets, ranges of prices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from landbridge.politics.record_parts import Event, Figure, _Plain
from landbridge.politics.record_rows import MONTH_DAYS, begins, both_ways
from landbridge.politics.subject import Subject
from landbridge.politics.telling import last_known, told_from
from landbridge.world.intervals import FIRST_DAY, ends, holds
from landbridge.world.membership import areas_of
from landbridge.world.places import holder, resolve
from landbridge.world.world import World

if TYPE_CHECKING:
    from landbridge.facts import Row

MOST_PAIRS: Final = 2
"""Posts are told by year between so few pairs of areas or fewer."""
DELAY: Final = "delay"
SELLER: Final = "seller_alternative_"
BUYER: Final = "buyer_alternative_"


@dataclass(frozen=True, slots=True)
class Territory(_Plain):
    """Ground of which law and control differ, on the day.

    Attributes
    ----------
    kind
        area, or place.
    de_jure
        The states that it belongs to by the majority of states; more than one where the tables keep both views.
    de_facto
        Who holds it on the day: a state, or the administration of a disputed area, by its code.
    counted_with
        States that the table of areas counts that administration with at the last day of the tables.
    since
        First day of the control; empty where it began before the tables.
    """

    kind: str
    id: str
    name: str
    lat: float
    lon: float
    de_jure: tuple[str, ...]
    de_facto: str
    counted_with: tuple[str, ...]
    since: str
    grade: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PostYear(_Plain):
    """Border posts of a pair by mode on the first of July: how many there are, how many let freight pass."""

    year: int
    pair: str
    mode: str
    posts: int
    open: int
    unsure: int


@dataclass(frozen=True, slots=True)
class Delay(_Plain):
    """A cause of delay: how long it was told as one, up to the day; spans of several causes overlap."""

    id: str
    what: str
    since: str
    until: str | None
    months: float
    rank: int
    grade: str


@dataclass(frozen=True, slots=True)
class Path(_Plain):
    """The straight line from the last value known to a target.

    Attributes
    ----------
    target, target_low, target_high
        Value of the target year, from its percent of the base year.
    line
        What the straight line from the base year to the target year has in the last known year.
    per_year
        Change a year that leads from the last known value to the target; above 0 where it lies below the target.
    """

    id: str
    subject: str
    measure: str
    unit: str
    base_year: int
    base: float
    target_year: int
    percent: float
    target: float
    target_low: float
    target_high: float
    last_year: int
    last: float
    line: float
    per_year: float
    definition: str
    grade: str


@dataclass(frozen=True, slots=True)
class Bargain(_Plain):
    """The range of prices that leaves both sides better off than without the deal, and where the price paid lies.

    Attributes
    ----------
    seller, buyer
        What the seller gets elsewhere, and what the buyer pays elsewhere.
    share
        Part of the range that the seller has: 0 at his own alternative, 1 at that of the buyer; None where by some
        reading of the two there is no range.
    """

    subject: str
    measure: str
    unit: str
    year: int
    price: float
    seller: float
    seller_low: float
    seller_high: float
    buyer: float
    buyer_low: float
    buyer_high: float
    share: float | None
    share_low: float | None
    share_high: float | None
    grade: str


def territories(world: World, subject: Subject) -> tuple[Territory, ...]:
    """Areas and places of a record whose control and law differ on the day.

    Examples
    --------
    >>> from landbridge.politics.subject import find_subject
    >>> world = World.at("2014-06-01")
    >>> told = {one.id: one for one in territories(world, find_subject(world.facts, "ukr-2014"))}
    >>> told["X_CRI"].de_jure, told["X_CRI"].counted_with, told["X_CRI"].since
    (('UKR',), ('RUS',), '2014-03-18')
    """
    inside = areas_of(world, subject.areas)
    control: dict[str, list[Row]] = {}
    for row in world.facts.table("control").rows:
        control.setdefault(row["subject"], []).append(row)
    found = [
        *_areas(world, inside, control),
        *_places(world, inside, control),
    ]
    return tuple(sorted(found, key=lambda one: (one.kind, one.id)))


def _areas(world: World, inside: frozenset[str], control: Mapping[str, Sequence[Row]]) -> Iterator[Territory]:
    """Disputed areas that by law belong to one of these and are held by another: who holds the capital holds them."""
    for row in world.facts.table("areas").rows:
        law = row["de_jure"] or ()
        if row["status"] != "disputed" or not inside & set(law) or row["lat"] is None:
            continue
        holds_it = holder(world, resolve(f"{row['lat']},{row['lon']}", world.facts))
        if holds_it in law:
            continue
        with_whom = tuple(one for one in row["de_facto"] or () if one != row["id"] and one not in law)
        over = [one["to"] for one in control.get(row["id"], ()) if one["to"] is not None]
        since = max((day for day in over if day.first <= world.day), key=lambda day: day.first, default=None)
        rows = (("areas", str(row["id"])), *(("control", str(one["id"])) for one in control.get(row["id"], ())))
        yield Territory("area", row["id"], row["name"], row["lat"], row["lon"], tuple(law), row["id"], with_whom,
                        "" if since is None else str(since), row["grade"], rows)  # fmt: skip


def _places(world: World, inside: frozenset[str], control: Mapping[str, Sequence[Row]]) -> Iterator[Territory]:
    """Places that somebody else than their state holds on the day."""
    areas, places = world.facts.table("areas").by_id, world.facts.table("places").by_id
    for key, rows in control.items():
        held = next((row for row in rows if holds(row, world.day, world.known_on)), None)
        if held is None or held["subject_kind"] != "place" or key not in places:
            continue
        place = places[key]
        law = tuple(areas[place["area"]]["de_jure"] or (place["area"],))
        if inside & set(law) and held["area"] not in law:
            with_whom = tuple(one for one in areas[held["area"]]["de_facto"] or () if one not in (held["area"], *law))
            yield Territory("place", key, place["name"], place["lat"], place["lon"], law, held["area"], with_whom,
                            "" if held["from"] is None else str(held["from"]), held["grade"],
                            (("places", key), ("control", str(held["id"]))))  # fmt: skip


def posts_by_year(world: World, subject: Subject) -> tuple[PostYear, ...]:
    """Border posts of the pairs of a record on the first of July of each year from its first to the day."""
    if not subject.pairs or len(subject.pairs) > MOST_PAIRS:
        return ()
    begun = begins(world, subject)
    first = max(FIRST_DAY.year, (begun or world.day).year)
    found = []
    for year in range(first, world.day.year + 1):
        day = date(year, 7, 1)
        if day > last_known(world):
            continue
        then = World.at(day, world.facts, known_on=world.known_on)
        counts: dict[tuple[str, str], list[int]] = {}
        for row in world.facts.table("crossings").rows:
            pair = "-".join(sorted((row["area_a"], row["area_b"])))
            for mode in (row["modes"] or ()) if pair in subject.pairs else ():
                states = both_ways(then, row, mode)
                passes = [one for one in states if one.freight != "none"]
                held = counts.setdefault((pair, mode), [0, 0, 0])
                held[0] += 1
                held[1] += bool(passes)
                held[2] += all(one.certainty != "sure" for one in (passes or states))
        found += [PostYear(year, pair, mode, *held) for (pair, mode), held in sorted(counts.items())]
    return tuple(found)


def delays(world: World, happened: Sequence[Event]) -> tuple[Delay, ...]:
    """Causes of delay up to the day, the longest first.

    What is ranked is how long each was told as a cause, not how much of the delay it made: no source parts that.
    """
    rows = world.facts.table("record_events").by_id
    found = []
    for one in happened:
        if one.kind == DELAY:
            row = rows[one.id]
            end = min(ends(row, world.known_on), world.day)
            months = round((end - row["from"].first).days / MONTH_DAYS, 1)
            found.append((months, one))
    ordered = sorted(found, key=lambda item: (-item[0], item[1].since, item[1].id))
    return tuple(
        Delay(one.id, one.what, one.since, one.until, months, rank, one.grade)
        for rank, (months, one) in enumerate(ordered, 1)
    )


def paths(world: World, subject: Subject, told: Sequence[Figure]) -> tuple[Path, ...]:
    """Paths to the targets of a record that were set by the day, from the figures that are known on it."""
    from landbridge.politics.record_rows import unit_of

    found = []
    for row in world.facts.table("targets").where(record_id=subject.id):
        if told_from(row["from"]) > last_known(world):
            continue
        values = {
            int(one.date[:4]): one
            for one in told
            if (one.subject, one.measure) == (row["subject"], row["measure"]) and not one.by
        }
        base = values.get(row["base_year"])
        last = max((year for year in values if row["base_year"] < year < row["target_year"]), default=None)
        if base is None or last is None:
            continue
        lows = [row[name] if row[name] is not None else row["percent"] for name in ("percent_low", "percent_high")]
        aim, low, high = (base.value * share / 100 for share in (row["percent"], *lows))
        span, done = row["target_year"] - row["base_year"], last - row["base_year"]
        grade = max(row["grade"], base.grade, values[last].grade)
        found.append(Path(row["id"], row["subject"], row["measure"], unit_of(row["measure"]), row["base_year"],
                          base.value, row["target_year"], row["percent"], aim, low, high, last, values[last].value,
                          base.value + (aim - base.value) * done / span,
                          (aim - values[last].value) / (row["target_year"] - last), row["definition"] or "",
                          grade))  # fmt: skip
    return tuple(found)


def bargains(told: Sequence[Figure]) -> tuple[Bargain, ...]:
    """Ranges of prices from what each side has without the deal, for years in which price and both are told.

    Examples
    --------
    >>> def figure(measure, value):
    ...     return Figure("x", "BLR", measure, "usdkcm", "2019", value, None, None, "", "", "C", "")
    >>> (one,) = bargains([figure("gas_price_usdkcm", 127.0), figure("seller_alternative_gas_price_usdkcm", 64.0),
    ...                    figure("buyer_alternative_gas_price_usdkcm", 203.0)])
    >>> round(one.share, 2)
    0.45
    """
    return tuple(_bargains(told))


def _bargains(told: Sequence[Figure]) -> Iterator[Bargain]:
    known: Mapping[tuple[str, str, str], Figure] = {
        (one.subject, one.measure, one.date[:4]): one for one in told if not one.by
    }
    for (subject, measure, year), seller in known.items():
        if not measure.startswith(SELLER):
            continue
        name = measure.removeprefix(SELLER)
        price, buyer = known.get((subject, name, year)), known.get((subject, BUYER + name, year))
        if price is None or buyer is None:
            continue
        lows, highs = ([_end(one, which) for one in (seller, buyer)] for which in ("low", "high"))
        shares = [_share(price.value, one, other) for one in (lows[0], highs[0]) for other in (lows[1], highs[1])]
        whole = [one for one in shares if one is not None]
        sure = len(whole) == len(shares)
        yield Bargain(
            subject=subject,
            measure=name,
            unit=price.unit,
            year=int(year),
            price=price.value,
            seller=seller.value,
            seller_low=lows[0],
            seller_high=highs[0],
            buyer=buyer.value,
            buyer_low=lows[1],
            buyer_high=highs[1],
            share=_share(price.value, seller.value, buyer.value) if sure else None,
            share_low=min(whole) if sure else None,
            share_high=max(whole) if sure else None,
            grade=max(price.grade, seller.grade, buyer.grade),
        )


def _end(one: Figure, which: str) -> float:
    end: float | None = getattr(one, which)
    return one.value if end is None else end


def _share(price: float, seller: float, buyer: float) -> float | None:
    return (price - seller) / (buyer - seller) if buyer > seller else None
