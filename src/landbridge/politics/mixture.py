"""The model of responses: cases that are alike share the shares of their responses, and which are alike is not known.

Cases in cells of alike ones are drawn from a Dirichlet distribution around a mean that all cases share, as tight as so
many cases. Mean and tightness are summed over a grid, each point by its likelihood (Dirichlet-multinomial: Good 1965;
hierarchies: Gelman and others 2013, chapter 5). Ways to take cases as alike are averaged by their evidence (Hoeting and
others 1999), so the posterior is a mixture of Dirichlet distributions.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from landbridge.politics.parameters import pooling, value
from landbridge.politics.record import RESPONSES, Case

if TYPE_CHECKING:
    from landbridge.facts import Facts

Floats = npt.NDArray[np.float64]
Key = tuple[str | bool | None, ...]
THREATS: Final = ("state", "member state", "internal unrest", "armed group")
SPLITS: Final = ("none", "threat", "body", "body and threat")
"""Which cases are taken as alike."""
BASED: Final = tuple("base" if name == "none" else f"{name} and base" for name in SPLITS)
"""The same, told apart too by whether the one that is asked has a base on the soil of the one that asks."""
STEPS: Final = 24
"""Steps of the grid of mean shares along each side; twice as many move no probability by more than 0.002."""
LEAST_SCORED: Final = 3
"""Fewer cases are not left out one by one."""


@dataclass(frozen=True, slots=True)
class Split:
    """Cases in cells of alike ones: `points` are parameters of Dirichlet priors, `logs` how likely each is.

    `keys` holds the cell of each case, `cells` the responses in each cell, `likely` how likely these are.
    """

    name: str
    points: Floats
    keys: Sequence[Key]
    cells: Mapping[Key, Floats]
    likely: Mapping[Key, Floats]
    logs: Floats


@dataclass(frozen=True, slots=True)
class Posterior:
    """A mixture of Dirichlet distributions: parameters of each and how much it counts."""

    points: Floats
    weights: Floats
    splits: Floats

    def mean(self) -> Floats:
        """The probability of each response."""
        found: Floats = self.weights @ (self.points / self.points.sum(axis=1, keepdims=True))
        return found


def used_of(facts: Facts, cases: Sequence[Case]) -> tuple[list[Case], Floats, float]:
    """The cases that count, their responses as rows of noughts and ones, and the prior of each response."""
    used = [one for one in cases if one.counted and not one.comparison and one.threat in THREATS]
    outcome = np.array([[one.response == response for response in RESPONSES] for one in used], dtype=float)
    return used, outcome.reshape(len(used), len(RESPONSES)), value(facts, "prior-cases") / len(RESPONSES)


def _keys(name: str, cells: Sequence[tuple[str | None, str, bool]]) -> list[Key]:
    """The cell that a case of a body against a threat, with a base or without, falls in."""
    words = name.split(" and ")
    parts = [at for at, word in enumerate(("body", "threat", "base")) if word in words]
    return [tuple(cell[part] for part in parts) for cell in cells]


def split_of(
    name: str, used: Sequence[Case], outcome: Floats, prior: float, tightness: Sequence[float],
    holds: Collection[str] = (),
) -> Split:  # fmt: skip
    """Cases in the cells of one way to take them as alike; `holds` are the ids of those for which a field holds."""
    keys = _keys(name, [(one.group, one.threat, one.id in holds) for one in used])
    return _cells(name, keys, outcome, prior, tightness)


def _cells(name: str, keys: Sequence[Key], outcome: Floats, prior: float, tightness: Sequence[float]) -> Split:
    """Cases in cells by their keys; of one cell for all there is no mean to draw around."""
    points, logs = _grid(prior, tightness)
    if name == "none":
        points, logs = np.full((1, len(RESPONSES)), prior), np.zeros(1)
    cells: dict[Key, Floats] = {}
    for key, seen in zip(keys, outcome, strict=True):
        cells[key] = cells.get(key, np.zeros(len(RESPONSES))) + seen
    likely = {key: _log_likely(points, counts) for key, counts in cells.items()}
    return Split(name, points, keys, cells, likely, logs + sum(likely.values()))


def _grid(prior: float, tightness: Sequence[float]) -> tuple[Floats, Floats]:
    """Parameters k m of the Dirichlet priors of cells, and their log prior: m Dirichlet, k alike in all its steps."""
    steps = np.arange(STEPS)
    first, second = (one.ravel() for one in np.meshgrid(steps, steps, indexing="ij"))
    inside = first + second < STEPS
    first, second = first[inside], second[inside]
    means = (np.stack([first, second, STEPS - 1 - first - second], axis=1) + 1 / 3) / STEPS
    logs = (prior - 1) * np.log(means).sum(axis=1)
    logs -= _log_sum(logs) + math.log(len(tightness))
    points = np.concatenate([k * means for k in tightness])
    return points, np.tile(logs, len(tightness))


def _log_likely(points: Floats, counts: Floats) -> Floats:
    """Log probability of the responses of a cell by the Dirichlet-multinomial, for each point."""
    from scipy.special import gammaln

    whole = points.sum(axis=1)
    seen = counts > 0
    more = gammaln(points[:, seen] + counts[seen]) - gammaln(points[:, seen])
    told: Floats = gammaln(whole) - gammaln(whole + counts.sum()) + more.sum(axis=1)
    return told


def _log_sum(logs: Floats) -> float:
    most = float(logs.max())
    return most + math.log(float(np.exp(logs - most).sum()))


def posterior(
    splits: Sequence[Split], body: str | None, threat: str, left: int | None = None, seen: Floats | None = None,
    base: bool = False,
) -> Posterior:  # fmt: skip
    """What is known of the responses to an appeal to a body against a threat, from all cases but the one left out."""
    points, logs, evidence = [], [], []
    for one in splits:
        likely, cells = one.logs, one.cells
        if left is not None and seen is not None:
            key = one.keys[left]
            less = cells[key] - seen
            likely = likely - one.likely[key] + _log_likely(one.points, less)
            cells = {**cells, key: less}
        asked = _keys(one.name, [(body, threat, base)])[0]
        # no body is no body in common with any case
        alone = body is None and one.name.startswith("body")
        points.append(one.points if alone else one.points + cells.get(asked, 0.0))
        logs.append(likely)
        evidence.append(_log_sum(likely))
    whole = _log_sum(np.array(evidence))
    weights: Floats = np.exp(np.concatenate(logs) - whole)
    return Posterior(np.concatenate(points), weights / weights.sum(), np.exp(np.array(evidence) - whole))


def losses(splits: Sequence[Split], used: Sequence[Case], outcome: Floats, holds: Collection[str] = ()) -> Floats:
    """The squared misses of each case, foretold from the others."""
    found = np.zeros(len(used))
    for i, one in enumerate(used):
        told = posterior(splits, one.group, one.threat, i, outcome[i], one.id in holds).mean()
        found[i] = ((told - outcome[i]) ** 2).sum()
    return found


def gain_of(better: Floats) -> tuple[float | None, float | None]:
    """Mean and its standard error; None where there are too few."""
    n = len(better)
    return (
        float(better.mean()) if n else None,
        float(better.std(ddof=1)) / math.sqrt(n) if n > 1 else None,
    )


def beats(gain: float | None, error: float | None, errors: float) -> bool:
    """Whether a mean gain is above zero by more than so many of its standard errors.

    Examples
    --------
    >>> beats(0.02, 0.01, 1.0), beats(0.02, 0.03, 1.0), beats(0.02, None, 1.0)
    (True, False, False)
    """
    return gain is not None and error is not None and gain > 0 and gain > errors * error


def differ(facts: Facts, told: Sequence[tuple[str, str]]) -> float | None:
    """Probability that groups of cases differ in their responses at all, one half before them; None without cases.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> apart = [("a", "deployed")] * 8 + [("b", "declined")] * 8
    >>> mixed = [(one, word) for one in "ab" for word in ("deployed", "declined") for _ in range(4)]
    >>> differ(load(), apart) > 0.9, differ(load(), mixed) < 0.5
    (True, True)
    """
    if not told:
        return None
    outcome = np.array([[one == response for response in RESPONSES] for _, one in told], dtype=float)
    prior = value(facts, "prior-cases") / len(RESPONSES)
    keys: list[list[Key]] = [[()] * len(told), [(key,) for key, _ in told]]
    alike, apart = (
        _log_sum(_cells(name, key, outcome, prior, pooling(facts)).logs)
        for name, key in zip(("none", ""), keys, strict=True)
    )
    return 1 / (1 + math.exp(alike - apart))
