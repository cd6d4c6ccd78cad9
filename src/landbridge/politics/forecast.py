"""What to expect of an appeal: probabilities of the responses by kind of threat, in closed form, from the cases known.

A hierarchical model: cases that are alike share the shares of their responses; these are drawn from a Dirichlet
distribution around a mean that all cases share, as tight as so many cases. Neither mean nor tightness is known: both
are summed over a grid, each point by its likelihood (Dirichlet-multinomial: Good 1965; hierarchies: Gelman and others
2013, chapter 5). Which cases are alike is not known either: all of them, those against the same kind of threat, of the
same body, or both; the four are averaged by their evidence (Hoeting and others 1999). So the posterior is a mixture of
beta distributions. The leave-one-out Brier score beside that of the base rate decides whether anything may be told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from landbridge.politics.mixture import (
    LEAST_SCORED,
    SPLITS,
    THREATS,
    Floats,
    Posterior,
    Split,
    beats,
    gain_of,
    losses,
    posterior,
    split_of,
    used_of,
)
from landbridge.politics.parameters import pooling, value
from landbridge.politics.record import RESPONSES, Case

if TYPE_CHECKING:
    from landbridge.facts import Facts

WITHIN: Final = 1e-12
"""How far from a quantile what is found may lie."""


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
    used, outcome, prior = used_of(facts, cases)
    splits = [split_of(name, used, outcome, prior, pooling(facts)) for name in SPLITS]
    score = _score(splits, used, outcome, group, prior)
    return tuple(_expected(facts, splits, used, group, score, prior)), score


def _score(splits: Sequence[Split], used: Sequence[Case], outcome: Floats, group: str | None, prior: float) -> Score:
    """Leave each case out, find all anew from the rest, foretell it; the base rate likewise."""
    n = len(used)
    share = posterior(splits, None, THREATS[0]).splits
    alike = dict(zip(SPLITS, (float(one) for one in share), strict=True))
    threats, bodies = alike["threat"] + alike["body and threat"], alike["body"] + alike["body and threat"]
    if n < LEAST_SCORED:
        return Score(n, None, None, None, None, None, alike, threats, bodies)
    model = losses(splits, used, outcome)
    rates = (outcome.sum(axis=0) - outcome + prior) / (n - 1 + prior * len(RESPONSES))
    base = ((rates - outcome) ** 2).sum(axis=1)
    own = np.array([one.group == group for one in used])
    brier, against = float(model.mean()), float(base.mean())
    here = own.any()
    return Score(
        n,
        brier,
        against,
        *gain_of(base - model),
        1.0 - brier / against,
        alike,
        threats,
        bodies,
        int(own.sum()),
        float(model[own].mean()) if here else None,
        float(base[own].mean()) if here else None,
        *gain_of((base - model)[own]),
    )


def _expected(
    facts: Facts, splits: Sequence[Split], used: Sequence[Case], group: str | None, score: Score, prior: float
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
        known = posterior(splits, group, threat)
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


def _interval(known: Posterior, r: int, p: float, ends: tuple[float, float]) -> tuple[float, float, float]:
    """Ends of the interval of a share, and how many cases (those of the prior among them) its doubt is worth."""
    a, whole = np.round(known.points[:, r], 9), np.round(known.points.sum(axis=1), 9)
    # each pair of the two once, in order: a third of the time of `np.unique` by rows
    order = np.lexsort((whole, a))
    a, whole = a[order], whole[order]
    new = np.concatenate(([True], (a[1:] != a[:-1]) | (whole[1:] != whole[:-1])))
    at = np.empty(len(order), dtype=np.int64)
    at[order] = np.cumsum(new) - 1
    share: Floats = np.bincount(at, weights=known.weights).astype(np.float64)
    a, whole = a[new], whole[new]
    square = float(share @ (a * (a + 1) / (whole * (whole + 1))))
    effective = p * (1 - p) / (square - p * p) - 1
    # the mean of a very skew distribution may lie outside its central 80 %: the interval then reaches to it
    low, high = (_quantile(a, whole - a, share, end) for end in ends)
    return min(low, p), max(high, p), effective


def _quantile(a: Floats, b: Floats, share: Floats, q: float) -> float:
    """A quantile of a mixture of beta distributions, by Brent's method (Brent 1973)."""
    from scipy.optimize import brentq
    from scipy.special import betainc

    return float(brentq(lambda x: float(share @ betainc(a, b, x)) - q, 0.0, 1.0, xtol=WITHIN))
