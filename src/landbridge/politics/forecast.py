"""What to expect of an appeal: probabilities of the responses by kind of threat, in closed form, from the cases known.

A hierarchical model: cases that are alike share the shares of their responses; these are drawn from a Dirichlet
distribution around a mean that all cases share, as tight as so many cases. Neither mean nor tightness is known: both
are summed over a grid, each point by its likelihood (Dirichlet-multinomial: Good 1965; hierarchies: Gelman and others
2013, chapter 5). Which cases are alike is not known either: all of them, those against the same kind of threat, of the
same body, or both; the four are averaged by their evidence (Hoeting and others 1999). So the posterior is a mixture of
beta distributions. The leave-one-out Brier score beside that of the base rate decides whether anything may be told.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from landbridge.politics.parameters import pooling, value
from landbridge.politics.record import RESPONSES, Case

if TYPE_CHECKING:
    from landbridge.facts import Facts

Floats = npt.NDArray[np.float64]
Key = tuple[str | None, ...]
THREATS: Final = ("state", "member state", "internal unrest", "armed group")
SPLITS: Final = ("none", "threat", "body", "body and threat")
"""Which cases are taken as alike."""
STEPS: Final = 24
"""Steps of the grid of mean shares along each side; twice as many move no probability by more than 0.002."""
HALVINGS: Final = 40
LEAST_SCORED: Final = 3
"""Fewer cases are not left out one by one."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The probability of one response to an appeal against one kind of threat.

    Attributes
    ----------
    n
        Counted appeals to the body against this kind of threat.
    n_response
        Those of them that had this response.
    n_body
        Counted appeals to the body against any threat.
    n_effective
        So many cases of one kind would leave as much doubt.
    tells
        False where the data cannot tell, for the reasons in `why`.
    why
        few-cases: `n` is below `least-own-cases`; wide: the interval is wider than `widest-told`; no-better: over all
        cases the model did not beat the base rate by more than `least-gain-errors` standard errors; no-better-here:
        over those of the body it did not.
    """

    threat: str
    response: str
    p: float
    low: float
    high: float
    n: int
    n_response: int
    n_body: int
    n_effective: float
    tells: bool
    why: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__} | {"why": list(self.why)}


@dataclass(frozen=True, slots=True)
class Score:
    """How well the model foretells each known case from the others (lower is better).

    Attributes
    ----------
    brier, brier_base
        Mean over the cases of the squared misses summed over the responses, 0 to 2: of the model, and of the shares of
        responses among the other cases. For each case all is found anew without it.
    gain, gain_error
        Mean by which the model is better, and the standard error of this mean over the cases.
    skill
        1 - brier / brier_base.
    splits
        Probability that cases are alike: all, by threat, by body, by both.
    threats_apart, bodies_apart
        Probability that kinds of threat, that bodies differ at all.
    """

    n: int
    brier: float | None
    brier_base: float | None
    gain: float | None
    gain_error: float | None
    skill: float | None
    splits: Mapping[str, float]
    threats_apart: float
    bodies_apart: float
    body_n: int = 0
    body_brier: float | None = None
    body_brier_base: float | None = None
    body_gain: float | None = None
    body_gain_error: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__} | {"splits": dict(self.splits)}


@dataclass(frozen=True, slots=True)
class _Split:
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
class _Posterior:
    """A mixture of Dirichlet distributions: parameters of each and how much it counts."""

    points: Floats
    weights: Floats
    splits: Floats

    def mean(self) -> Floats:
        found: Floats = self.weights @ (self.points / self.points.sum(axis=1, keepdims=True))
        return found


def forecast(facts: Facts, cases: Sequence[Case], group: str | None) -> tuple[tuple[Expected, ...], Score]:
    """Probabilities of each response by kind of threat for a body, and how well such forecasts did.

    Parameters
    ----------
    cases
        What is known on the day; only counted ones of bodies that are not there for comparison alone are used.
    group
        The body; None where there is none, then every case counts as of another body.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> from landbridge.politics.record import cases
    >>> from landbridge.world import World
    >>> told, score = forecast(load(), cases(World.at("2024-06-01")), "csto")
    >>> by = {(one.threat, one.response): one for one in told}
    >>> by["state", "deployed"].p < by["internal unrest", "deployed"].p, by["state", "deployed"].n
    (True, 3)
    """
    used = [one for one in cases if one.counted and not one.comparison and one.threat in THREATS]
    outcome = np.array([[one.response == response for response in RESPONSES] for one in used], dtype=float)
    outcome = outcome.reshape(len(used), len(RESPONSES))
    prior = value(facts, "prior-cases") / len(RESPONSES)
    splits = [_split(name, used, outcome, prior, pooling(facts)) for name in SPLITS]
    score = _score(splits, used, outcome, group, prior)
    return tuple(_expected(facts, splits, used, group, score, prior)), score


def _keys(name: str, pairs: Sequence[tuple[str | None, str]]) -> list[Key]:
    """The cell that a case of a body against a threat falls in."""
    parts = {"none": (), "threat": (1,), "body": (0,), "body and threat": (0, 1)}[name]
    return [tuple(pair[part] for part in parts) for pair in pairs]


def _split(name: str, used: Sequence[Case], outcome: Floats, prior: float, tightness: Sequence[float]) -> _Split:
    points, logs = _grid(prior, tightness)
    if name == "none":
        points, logs = np.full((1, len(RESPONSES)), prior), np.zeros(1)
    keys = _keys(name, [(one.group, one.threat) for one in used])
    cells: dict[Key, Floats] = {}
    for key, seen in zip(keys, outcome, strict=True):
        cells[key] = cells.get(key, np.zeros(len(RESPONSES))) + seen
    likely = {key: _log_likely(points, counts) for key, counts in cells.items()}
    return _Split(name, points, keys, cells, likely, logs + sum(likely.values()))


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


def _posterior(
    splits: Sequence[_Split], body: str | None, threat: str, left: int | None = None, seen: Floats | None = None
) -> _Posterior:
    """What is known of the responses to an appeal to a body against a threat, from all cases but the one left out."""
    points, logs, evidence = [], [], []
    for one in splits:
        likely, cells = one.logs, one.cells
        if left is not None and seen is not None:
            key = one.keys[left]
            less = cells[key] - seen
            likely = likely - one.likely[key] + _log_likely(one.points, less)
            cells = {**cells, key: less}
        asked = _keys(one.name, [(body, threat)])[0]
        # no body is no body in common with any case
        alone = body is None and one.name.startswith("body")
        points.append(one.points if alone else one.points + cells.get(asked, 0.0))
        logs.append(likely)
        evidence.append(_log_sum(likely))
    whole = _log_sum(np.array(evidence))
    weights: Floats = np.exp(np.concatenate(logs) - whole)
    return _Posterior(np.concatenate(points), weights / weights.sum(), np.exp(np.array(evidence) - whole))


def _score(splits: Sequence[_Split], used: Sequence[Case], outcome: Floats, group: str | None, prior: float) -> Score:
    """Leave each case out, find all anew from the rest, foretell it; the base rate likewise."""
    n = len(used)
    share = _posterior(splits, None, THREATS[0]).splits
    alike = dict(zip(SPLITS, (float(one) for one in share), strict=True))
    threats, bodies = alike["threat"] + alike["body and threat"], alike["body"] + alike["body and threat"]
    if n < LEAST_SCORED:
        return Score(n, None, None, None, None, None, alike, threats, bodies)
    model, base = np.zeros(n), np.zeros(n)
    for i, one in enumerate(used):
        told = _posterior(splits, one.group, one.threat, i, outcome[i]).mean()
        rate = (outcome.sum(axis=0) - outcome[i] + prior) / (n - 1 + prior * len(RESPONSES))
        model[i], base[i] = (((shares - outcome[i]) ** 2).sum() for shares in (told, rate))
    own = np.array([one.group == group for one in used])
    brier, against = float(model.mean()), float(base.mean())
    here = own.any()
    return Score(
        n,
        brier,
        against,
        *_gain(base - model),
        1.0 - brier / against,
        alike,
        threats,
        bodies,
        int(own.sum()),
        float(model[own].mean()) if here else None,
        float(base[own].mean()) if here else None,
        *_gain((base - model)[own]),
    )


def _gain(better: Floats) -> tuple[float | None, float | None]:
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


def _expected(
    facts: Facts, splits: Sequence[_Split], used: Sequence[Case], group: str | None, score: Score, prior: float
) -> list[Expected]:
    widest, least = value(facts, "widest-told"), value(facts, "least-own-cases")
    errors = value(facts, "least-gain-errors")
    ends = (value(facts, "quantile-low"), value(facts, "quantile-high"))
    of_all = () if beats(score.gain, score.gain_error, errors) else ("no-better",)
    of_body = () if beats(score.body_gain, score.body_gain_error, errors) else ("no-better-here",)
    n_body = sum(one.group == group for one in used)
    found = []
    for threat in THREATS:
        own = [one.response for one in used if one.group == group and one.threat == threat]
        known = _posterior(splits, group, threat)
        mean = known.mean()
        for r, response in enumerate(RESPONSES):
            p = float(mean[r])
            low, high, effective = _interval(known, r, p, ends)
            why = (
                *(("few-cases",) if len(own) < least else ()),
                *(("wide",) if high - low > widest else ()),
                *of_all,
                *of_body,
            )
            found.append(
                Expected(threat, response, p, low, high, len(own), own.count(response), n_body,
                         max(0.0, effective - prior * len(RESPONSES)), not why, why)
            )  # fmt: skip
    return found


def _interval(known: _Posterior, r: int, p: float, ends: tuple[float, float]) -> tuple[float, float, float]:
    """Ends of the interval of a share, and how many cases (those of the prior among them) its doubt is worth."""
    pairs = np.round(np.stack([known.points[:, r], known.points.sum(axis=1)], axis=1), 9)
    kinds, at = np.unique(pairs, axis=0, return_inverse=True)
    share: Floats = np.bincount(at.ravel(), weights=known.weights).astype(np.float64)
    a, whole = kinds[:, 0], kinds[:, 1]
    square = float(share @ (a * (a + 1) / (whole * (whole + 1))))
    effective = p * (1 - p) / (square - p * p) - 1
    # the mean of a very skew distribution may lie outside its central 80 %: the interval then reaches to it
    low, high = (_quantile(a, whole - a, share, end) for end in ends)
    return min(low, p), max(high, p), effective


def _quantile(a: Floats, b: Floats, share: Floats, q: float) -> float:
    """A quantile of a mixture of beta distributions, by halving."""
    from scipy.special import betainc

    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if float(share @ betainc(a, b, middle)) < q:
            low = middle
        else:
            high = middle
    return (low + high) / 2
