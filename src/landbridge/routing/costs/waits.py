"""Hours and fees at a border: the post's own figures, else those of its country, else the rule of the pair."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from landbridge.routing.costs.values import NOW, OTHER_MONTHS, OTHER_REGIME_YEARS, Value

if TYPE_CHECKING:
    from landbridge.routing.costs.values import Book
    from landbridge.world import World

HALF: Final = 0.5
"""The rule of a pair speaks of both sides; one side alone is half of it."""
UNKNOWN_RANK: Final = 8


@dataclass(frozen=True, slots=True)
class Border:
    """One way through a border post.

    `checked` is False where a bloc has done away with the control; `new` where a scenario has changed whether there is
    one, so that nothing measured there speaks of it.
    """

    crossing: str
    mode: str
    start: str
    goal: str
    checked: bool = True
    new: bool = False

    @property
    def direction(self) -> str:
        """As tables write it."""
        return f"{self.start}>{self.goal}"

    @property
    def kind(self) -> str:
        """The parameter by which `year_regimes` tells years apart in the waits of a mode alone."""
        return f"wait_{self.mode}"


@dataclass(frozen=True, slots=True)
class Wait:
    """Hours and fees (for a lorry or wagon) of one side or of the whole border; either may be missing."""

    hours: Value | None
    usd: Value | None


def border_waits(world: World, book: Book, border: Border) -> tuple[Wait, ...]:
    """What is waited and paid at a border, as one wait for the whole of it or one for each side."""
    from landbridge.world import memo_of_blocs

    memo = memo_of_blocs(world)
    key = ("waits", border.crossing, border.mode, border.direction, str(border.checked), str(border.new))
    found: tuple[Wait, ...] | None = memo.get(key)
    if found is None:
        found = memo[key] = _border_waits(world, book, border)
    return found


def _border_waits(world: World, book: Book, border: Border) -> tuple[Wait, ...]:
    if border.new:
        return (_by_rule(world, book, border, "pair" if border.checked else "open"),)
    side_rows, whole_rows = _own_rows(book, border)
    whole_rows = [row for row in whole_rows if not _of_other_days(book, row, border)]
    if not border.checked:
        measured = [row for row in (*side_rows, *whole_rows) if _gap(book, row, border) < OTHER_REGIME_YEARS]
        if measured:
            row = _typical(book, measured, border)
            return (Wait(_usual(book, row), _wait(book, row).usd),)
        return (_by_rule(world, book, border, "open"),)
    pair = _by_rule(world, book, border, "pair")
    best_side = min(
        (book.year_gap(row["year"], None, row["area"], border.kind) for row in side_rows),
        default=2 * OTHER_REGIME_YEARS,
    )
    best_whole = min((_gap(book, row, border) for row in whole_rows), default=2 * OTHER_REGIME_YEARS)
    regime = OTHER_REGIME_YEARS
    judged = _judged(book, border)
    timely = [row for row in whole_rows if book.season(row) == NOW]
    # What is told of the very month goes before what was measured of one side over a year.
    of_month = judged is not None and book.season(judged) == NOW
    if timely and not of_month:
        return (Wait(_usual(book, _typical(book, timely, border)), pair.usd),)
    if judged is not None and (of_month or best_side >= regime):
        return (Wait(book.value_of("crossing_wait_rules", judged, "hours"), pair.usd),)
    if whole_rows and (not side_rows or best_whole < regime <= best_side):
        return (Wait(_usual(book, _typical(book, whole_rows, border)), pair.usd),)
    sides = tuple(
        _side(world, book, border, [row for row in side_rows if row["area"] == area], area)
        for area in (border.start, border.goal)
    )
    if all(side is None for side in sides):
        return (pair,)
    half = Wait(_scaled(pair.hours), _scaled(pair.usd))
    return tuple(Wait(side.hours or half.hours, side.usd or half.usd) if side is not None else half for side in sides)


def of_all_shipments(book: Book, hours: Value) -> bool:
    """Whether a wait was measured as the mean over all shipments, single wagons among them."""
    facts = book.facts
    if hours.table == "crossing_wait_rules":
        return bool(facts.row("crossing_wait_rules", hours.id)["kind"] == "side")
    metric = facts.row("crossing_waits", hours.id)["metric"]
    return any(row["all_shipments"] for row in facts.table("wait_metrics").where(metric=metric))


def holds_locomotive(book: Book, hours: Value) -> bool:
    """Whether a wait is the whole stay of a train at the border, in which its locomotive was changed."""
    facts = book.facts
    if hours.table == "crossing_wait_rules":
        return bool(facts.row("crossing_wait_rules", hours.id)["holds_loco"])
    metric = facts.row("crossing_waits", hours.id)["metric"]
    return any(row["holds_loco"] for row in facts.table("wait_metrics").where(metric=metric))


def _judged(book: Book, border: Border) -> Any | None:
    """The judged usual wait of a post in this direction, of the nearest years; a jam of other months says nothing."""
    rows = book.facts.table("crossing_wait_rules").where(kind="post", mode=border.mode, crossing=border.crossing)
    ways = {(border.start, "outbound"), (border.goal, "inbound")}

    def rank(row: Any) -> tuple[int, int, bool, str]:
        both = row["direction"] == "both"
        return book.year_gap(row["year"], row["year_to"], border.start, border.kind), book.season(row), both, row["id"]

    fitting = [row for row in rows if row["direction"] == "both" or (row["area_a"], row["direction"]) in ways]
    return min((row for row in fitting if book.season(row) != OTHER_MONTHS), key=rank, default=None)


def _usual(book: Book, row: Any) -> Value:
    """The usual wait behind a figure of the whole border; the press writes of peaks.

    What is told of the very month of the day holds in it as told; that it may have been its peak lowers the range.
    """
    value = book.value_of("crossing_waits", row, "hours")
    share = _usual_share(book, row)
    if share >= 1.0:
        return value
    if book.season(row) == NOW:
        return replace(value, low=min(value.low, share))
    return Value(
        value.value * share, value.low * share, value.high / share, value.table, value.id, "D", value.gap_years
    )


def _usual_share(book: Book, row: Any) -> float:
    """What part of the figure of a row is the usual wait, by what was measured."""
    metric = _metric(book, row)
    return 1.0 if metric is None else float(metric["share"])


def _metric(book: Book, row: Any) -> Any | None:
    """What is known of the measure of a row."""
    return next(iter(book.facts.table("wait_metrics").where(metric=row["metric"])), None)


def _scaled(value: Value | None) -> Value | None:
    return None if value is None else value.times(HALF)


def _own_rows(book: Book, border: Border) -> tuple[list[Any], list[Any]]:
    """Rows of the post itself that speak of this mode and direction: of one side, and of the whole border."""
    metrics = {row["metric"]: row for row in book.facts.table("wait_metrics").rows}
    sides: list[Any] = []
    wholes: list[Any] = []
    for row in book.facts.table("crossing_waits").where(crossing=border.crossing):
        if row["mode"] not in (border.mode, "all") or row["direction"] not in ("both", border.direction):
            continue
        hours = _middle(row)
        if hours is None:
            continue
        metric = metrics.get(row["metric"])
        scope = "whole" if metric is None else metric["scope"]
        if scope == "side":
            sides.append({**row, "hours": hours})
        elif scope == "whole":
            wholes.append({**row, "hours": hours})
    return sides, wholes


def _of_other_days(book: Book, row: Any, border: Border) -> bool:
    """Whether a figure of the whole border is a peak, or of a single day, of other months or of years too far away.

    One that was measured over all days, or derived from trips, holds on: beside it stands nothing but a rule. A peak
    whose year nobody tells speaks of no day.
    """
    if _usual_share(book, row) >= 1.0:
        return False
    if row["year"] is None:
        return True
    return book.season(row) == OTHER_MONTHS or _gap(book, row, border) > book.get("own_wait_years").value


def _middle(row: Any) -> float | None:
    """The hours of a row; told as from so many to so many, what is as many times the one as the other is it."""
    low, hours, high = row["hours_low"], row["hours"], row["hours_high"]
    return math.sqrt(low * high) if hours is None and low and high else hours


def _gap(book: Book, row: Any, border: Border) -> int:
    return max(book.year_gap(row["year"], None, area, border.kind) for area in (border.start, border.goal))


def _rank(book: Book, row: Any) -> int:
    metric = _metric(book, row)
    return UNKNOWN_RANK if metric is None else int(metric["rank"])


def _typical(book: Book, rows: Sequence[Any], border: Border) -> Any:
    """Of the best kind of figure and the nearest years, the middle one; a figure of this direction goes first.

    Figures of the months that hold the day come before all others, those without months before the peaks of a year.
    """
    gaps = {row["id"]: _gap(book, row, border) for row in rows}
    like = [row for row in rows if gaps[row["id"]] < OTHER_REGIME_YEARS] or list(rows)
    like = [row for row in like if book.season(row) == NOW] or like
    best = min(_rank(book, row) for row in like)
    kept = [row for row in like if _rank(book, row) == best]
    nearest = min(gaps[row["id"]] for row in kept)
    kept = [row for row in kept if gaps[row["id"]] == nearest]
    season = min(book.season(row) for row in kept)
    kept = [row for row in kept if book.season(row) == season]
    directed = [row for row in kept if row["direction"] != "both"] or kept
    ordered = sorted(directed, key=lambda row: (row["hours"], row["id"]))
    return ordered[(len(ordered) - 1) // 2]


def _wait(book: Book, row: Any) -> Wait:
    table = "crossing_waits" if "metric" in row else "crossing_wait_rules"
    hours = None if row["hours"] is None else book.value_of(table, row, "hours")
    usd = None
    if row["usd"] is not None:
        names = ("usd_low", "usd_high") if "usd_low" in row else ("hours_low", "hours_high")
        usd = (
            book.value_of(table, row, "usd", low=names[0], high=names[1], money=True)
            if "usd_low" in row
            else _plain(book, table, row)
        )
    return Wait(hours, usd)


def _plain(book: Book, table: str, row: Any) -> Value:
    """Fees without a range of their own: that of the grade."""
    below, above = book.ratios(row["usd"], None, None, row["grade"])
    ratio = book.price_ratio(row["year"], None)
    return Value(row["usd"] * ratio, below, above, table, row["id"], row["grade"], inflated=ratio != 1.0)


def _side(world: World, book: Book, border: Border, own: list[Any], area: str) -> Wait | None:
    """One side: its own figures, or the mean of its country where that is of enough nearer years.

    Waits of a post change by half and more from one year to the next, so that an old figure of its own tells less of it
    than what the other posts of the country took in the year itself; a figure of other months, as of one slow train,
    tells nothing of the day where there is a mean.
    """
    mean = _country_mean(book, border, area)
    if not own:
        return None if mean is None else mean[1]
    row = _typical(book, own, border)
    wait = _wait(book, row)
    if mean is None:
        return wait
    season = book.season(row)
    if season == OTHER_MONTHS and mean[0] < OTHER_REGIME_YEARS:
        return mean[1]
    if season != NOW and _years_off(book, row, border) > mean[0] + book.get("own_wait_years").value:
        return mean[1]
    return Wait(wait.hours, wait.usd or mean[1].usd)


def _years_off(book: Book, row: Any, border: Border) -> float:
    """How far the year of a post's own figure is; one of both directions counts as farther."""
    return _gap(book, row, border) + _farther(book, row)


def _farther(book: Book, row: Any) -> float:
    """So many years farther off a figure of both directions counts than one of this direction."""
    return book.get("both_ways_years").value if row["direction"] == "both" else 0.0


def _country_mean(book: Book, border: Border, area: str) -> tuple[float, Wait] | None:
    """Mean of the country's posts in this direction, with how far its year is, as `_years_off` counts it.

    A mean of some months holds in them alone; that of fewer borders, this among them, goes before that of more.
    """
    other = border.goal if area == border.start else border.start
    direction = "outbound" if area == border.start else "inbound"
    rows = [
        row
        for row in book.facts.table("crossing_wait_rules").where(kind="side", mode=border.mode, area_a=area)
        if row["direction"] in ("both", direction)
        and (row["area_b"] is None or other in row["area_b"].split())
        and book.season(row) != OTHER_MONTHS
    ]
    if not rows:
        return None

    def rank(row: Any) -> tuple[bool, int, float]:
        gap = book.year_gap(row["year"], row["year_to"], area, border.kind)
        return (gap >= OTHER_REGIME_YEARS, book.season(row), gap + _farther(book, row))

    def borders(row: Any) -> float:
        return len(row["area_b"].split()) if row["area_b"] else math.inf

    # One post with a long queue draws up the mean of a country, also for its borders where none stands.
    best = min(rows, key=lambda row: (*rank(row), borders(row), row["id"]))
    return rank(best)[2], _wait(book, best)


def rule_row(world: World, book: Book, border: Border, kind: str) -> Any:
    """The rule of a kind that fits the pair best."""
    from landbridge.world import memo_of_blocs

    memo = memo_of_blocs(world)
    key = ("wait rule", kind, border.mode, border.start, border.goal)
    if key not in memo:
        memo[key] = _rule_row(world, book, border, kind)
    return memo[key]


def _rule_row(world: World, book: Book, border: Border, kind: str) -> Any:
    regions = book.regions
    best: tuple[int, str] = (-1, "")
    chosen: Any = None
    for row in book.facts.table("crossing_wait_rules").where(kind=kind, mode=border.mode):
        here, there = row["area_a"], row["area_b"]
        fits = any(
            _in(world, regions, a, here) and _in(world, regions, b, there)
            for a, b in ((border.start, border.goal), (border.goal, border.start))
        )
        if fits and (row["priority"], row["id"]) > best:
            best, chosen = (row["priority"], row["id"]), row
    return chosen


def _in(world: World, regions: Any, area: str, words: str | None) -> bool:
    """Whether an area is among blank-separated codes, regions and `bloc:` tokens; nothing named means any."""
    if words is None:
        return True
    for word in words.split():
        if word == area or word in regions.get(area, ()):
            return True
        if word.startswith("bloc:"):
            from landbridge.world import members

            if area in members(world, word.removeprefix("bloc:")):
                return True
    return False


def _by_rule(world: World, book: Book, border: Border, kind: str) -> Wait:
    row = rule_row(world, book, border, kind)
    return Wait(None, None) if row is None else _wait(book, row)
