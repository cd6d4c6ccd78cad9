"""How well responses to appeals are foretold: cases left out one by one, bodies left out whole, cases drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from landbridge.facts import Facts
from landbridge.politics.bases import with_base
from landbridge.politics.field import field
from landbridge.politics.forecast import THREATS, forecast
from landbridge.politics.parameters import pooling
from landbridge.politics.record import RESPONSES, Case, cases
from landbridge.world import World

DAYS = ("2010-07-01", "2016-01-01", "2022-05-16", "2024-06-01", "2025-06-01", "2026-06-01")
LEAST = 2
"""Fewer cases of a body against a threat can hardly lie outside an interval."""
DRAWN = 60


def counted(world: World) -> list[Case]:
    """The cases that forecasts use."""
    return [one for one in cases(world) if one.counted and not one.comparison and one.threat in THREATS]


def scores() -> str:
    """Leave-one-out scores by day, over all cases and over those of the bodies with most."""
    told = ["| day | cases | Brier score | base rate | gain | standard error | may tell |", "| --- " * 7 + "|"]
    for day in DAYS:
        known = counted(World.at(day))
        _, score = forecast(World.at(day).facts, known, None)
        told.append(_row(f"{day}, all", score.n, score.brier, score.brier_base, score.gain, score.gain_error))
        for body, n in Counter(one.group for one in known).most_common(3):
            expected, own = forecast(World.at(day).facts, known, body)
            cells = {one.threat for one in expected if one.tells}
            told.append(_row(f"{day}, {body}", n, own.body_brier, own.body_brier_base, own.body_gain,
                             own.body_gain_error, f"{len(cells)} of {len(THREATS)} kinds of threat"))  # fmt: skip
    return "\n".join(told)


def _row(name: str, n: int, *parts: float | str | None) -> str:
    cells = [f"{part:.3f}" if isinstance(part, float) else part or "" for part in parts]
    return f"| {name} | {n} | {' | '.join(cells)} |{' |' if len(cells) == 4 else ''}"


def whole_bodies(world: World) -> tuple[int, int]:
    """Counts of responses of bodies left out whole that lie inside the 80 % range foretold for a body never asked."""
    from scipy.stats import betabinom

    known = counted(world)
    inside = of = 0
    for body in dict.fromkeys(one.group for one in known):
        told, _ = forecast(world.facts, [one for one in known if one.group != body], None)
        for one in told:
            own = [case.response for case in known if case.group == body and case.threat == one.threat]
            if len(own) >= LEAST:
                # a beta distribution with the same mean and doubt stands for the mixture
                size = one.n_effective + 1.5
                spread = betabinom(len(own), one.p * size, (1 - one.p) * size)
                inside += bool(spread.ppf(0.1) <= own.count(one.response) <= spread.ppf(0.9))
                of += 1
    return inside, of


def drawn(world: World) -> tuple[int, int]:
    """True shares inside their 80 % interval where the model itself draws the cases, bodies and threats as known."""
    known = counted(world)
    random = np.random.default_rng(1)
    inside = of = 0
    for _ in range(DRAWN):
        mean = random.dirichlet(np.full(len(RESPONSES), 0.5)) + 1e-9
        tight = random.choice(pooling(world.facts))
        by = random.choice(4)
        shares: dict[tuple[str, ...], np.ndarray] = {}
        made = [replace(one, response=RESPONSES[random.choice(3, p=_shares(random, shares, by, one, mean, tight))])
                for one in known]  # fmt: skip
        told, _ = forecast(world.facts, made, "csto")
        for one in told:
            cell = replace(known[0], group="csto", threat=one.threat)
            true = _shares(random, shares, by, cell, mean, tight)[RESPONSES.index(one.response)]
            inside += bool(one.low <= true <= one.high)
            of += 1
    return inside, of


def _shares(
    random: np.random.Generator, shares: dict[tuple[str, ...], np.ndarray], by: int, one: Case, mean: np.ndarray,
    tight: float,
) -> np.ndarray:  # fmt: skip
    """The shares of a cell: the mean where all are alike, else drawn around it once."""
    key = {0: (), 1: (one.threat,), 2: (one.group,), 3: (one.group, one.threat)}[by]
    if key not in shares:
        found = mean if by == 0 else random.dirichlet(np.maximum(tight * mean, 1e-6))
        shares[key] = found / found.sum()
    return shares[key]


def reliability(world: World) -> str:
    """Responses foretold and seen, each case from the others."""
    known = counted(world)
    sums = Counter[str]()
    for at, one in enumerate(known):
        rest = known[:at] + known[at + 1 :]
        told, _ = forecast(world.facts, rest, one.group)
        sums.update({cell.response: cell.p for cell in told if cell.threat == one.threat})
    seen = Counter(one.response for one in known)
    return "; ".join(f"{word} {sums[word]:.1f} foretold, {seen[word]} seen" for word in RESPONSES)


def based() -> str:
    """Whether a base of the one asked on the soil of the one that asks helps, by day."""
    words = ("day", "with a base", "without", "Brier score with the field", "without it", "gain", "standard error",
             "it matters", "helps")  # fmt: skip
    told = [f"| {' | '.join(words)} |", "| --- " * len(words) + "|"]
    for day in DAYS:
        world = World.at(day)
        known = cases(world)
        one = field(world.facts, known, None, with_base(world, known))
        sides = (sum(some.values()) for some in (one.seen_with, one.seen_without))
        parts = (one.brier_with, one.brier, one.gain, one.gain_error, one.apart)
        numbers = ("" if part is None else f"{part:.3f}" for part in parts)
        told.append(f"| {day} | {' | '.join(map(str, sides))} | {' | '.join(numbers)} | {one.helps} |")
    return "\n".join(told)


def page(facts: Facts | None = None) -> tuple[str, Sequence[str]]:
    """The table of scores, and what was measured of intervals."""
    world = World.at(DAYS[-1], facts)
    _, score = forecast(world.facts, counted(world), None)
    inside, of = whole_bodies(world)
    true, drawn_of = drawn(world)
    alike = ", ".join(f"{name} {share:.2f}" for name, share in score.splits.items())
    lines = [
        f"Probability on {DAYS[-1]} that cases are alike by: {alike} (before the cases 0.25 each).",
        f"Each case foretold from the others: {reliability(world)}.",
        f"Bodies left out whole: {inside} of {of} counts of a response ({LEAST} cases or more of a body and a threat) "
        "lie inside the 80 % range; ranges of counts so small hold more than 80 % by themselves.",
        f"Cases drawn from the model itself: {true} of {drawn_of} true shares ({100 * true / drawn_of:.0f} %) inside "
        "their 80 % interval; this checks the sums, not the model.",
        "A base of the one asked on the soil of the one that asks, as a field of the model:",
        based(),
    ]  # fmt: skip
    return scores(), lines
