"""What to expect of an appeal: probabilities of the responses by kind of threat, in closed form, from the cases known.

A Dirichlet prior is updated by the cases, each with a weight: a case of the same body and the same kind of threat
counts whole; one of the same body against another threat, one of another body against the same threat, and one of
neither count with the weights w_body, w_threat >= w_neither. That is the conditional form of a hierarchical model
(power priors: Ibrahim and Chen 2000, Chen and Ibrahim 2006). The three weights are not known: the answer is the mean
over a grid of them, each with its leave-one-out score (pseudo-Bayes factors: Geisser and Eddy 1979), so that the
posterior is a mixture of beta distributions. The leave-one-out Brier score beside that of the base rate is told too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from landbridge.politics.parameters import value, weights
from landbridge.politics.record import RESPONSES, Case

if TYPE_CHECKING:
    from landbridge.facts import Facts

Floats = npt.NDArray[np.float64]
THREATS: Final = ("state", "member state", "internal unrest", "armed group")
SAME, BODY, THREAT, NEITHER = range(4)
"""How a case stands to the one that is asked about."""
HALVINGS: Final = 40


@dataclass(frozen=True, slots=True)
class Expected:
    """The probability of one response to an appeal against one kind of threat.

    Attributes
    ----------
    n
        Counted appeals to the body against this kind of threat.
    n_body
        Counted appeals to the body against any threat.
    n_effective
        Cases that the estimate rests on, each with its weight.
    tells
        False where the data cannot tell: no appeal to the body against this kind of threat, too few appeals to it at
        all, or an interval that is too wide.
    """

    threat: str
    response: str
    p: float
    low: float
    high: float
    n: int
    n_body: int
    n_effective: float
    tells: bool

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Score:
    """How well the model foretells each known case from the others (lower is better).

    Attributes
    ----------
    brier, brier_base
        Mean over the cases of the squared misses summed over the responses, 0 to 2: of the model, and of the shares of
        responses among the other cases. For each case weights and
        shares are found anew without it.
    skill
        1 - brier / brier_base; nothing is gained over the base rate when it is not above 0.
    weights
        Mean weights: same body, same threat, neither.
    threat_gain
        By how much telling the kinds of threat apart betters the leave-one-out log score; near 0 the data do not tell
        them apart.
    """

    n: int
    brier: float | None
    brier_base: float | None
    skill: float | None
    weights: tuple[float, float, float]
    threat_gain: float
    body_n: int = 0
    body_brier: float | None = None
    body_brier_base: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        body, threat, other = self.weights
        data = {name: getattr(self, name) for name in self.__slots__}
        return data | {"weights": {"same_body": body, "same_threat": threat, "neither": other}}


@dataclass(frozen=True, slots=True)
class _Fit:
    """The cases as arrays, and how much each row of the grid of weights counts.

    `counts` holds, by kind of likeness, case and response, what a case learns from the others.
    """

    used: Sequence[Case]
    outcome: Floats
    kinds: npt.NDArray[np.int64]
    counts: Floats
    grid: Floats
    prior: float
    totals: Floats
    share: Floats


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
    grid = _grid(facts)
    keys = [(one.group, one.threat) for one in used]
    kinds = _kinds(keys, keys)
    counts = _counts(kinds, outcome, skip_self=True)
    totals = _log_scores(counts, outcome, grid, prior).sum(axis=1)
    fit = _Fit(used, outcome, kinds, counts, grid, prior, totals, _shares(totals))
    return _expected(facts, fit, group), _score(fit, group)


def _grid(facts: Facts) -> Floats:
    """All weights (same, body, threat, neither) of the grid in which no stranger counts more than a relative."""
    steps = weights(facts)
    rows = [
        (1.0, body, threat, other) for body, threat, other in product(steps, repeat=3) if other <= min(body, threat)
    ]
    return np.array(rows)


def _kinds(asked: Sequence[tuple[str | None, str]], known: Sequence[tuple[str | None, str]]) -> npt.NDArray[np.int64]:
    """How each known case stands to each asked one."""
    found = np.full((len(asked), len(known)), NEITHER)
    for i, (group, threat) in enumerate(asked):
        for j, (other, against) in enumerate(known):
            same_body = group is not None and group == other
            found[i, j] = (
                (SAME if threat == against else BODY) if same_body else THREAT if threat == against else NEITHER
            )
    return found


def _counts(kinds: npt.NDArray[np.int64], outcome: Floats, skip_self: bool = False) -> Floats:
    """Cases by kind of likeness, asked case and response."""
    found = np.stack([(kinds == kind).astype(float) for kind in range(4)])
    if skip_self:
        found[:, np.arange(len(kinds)), np.arange(len(kinds))] = 0.0
    return found @ outcome


def _predicted(counts: Floats, grid: Floats, prior: float) -> Floats:
    """Probabilities by weights, case and response."""
    points = np.tensordot(grid, counts, axes=(1, 0)) + prior
    predicted: Floats = points / points.sum(axis=-1, keepdims=True)
    return predicted


def _log_scores(counts: Floats, outcome: Floats, grid: Floats, prior: float) -> Floats:
    scores: Floats = np.log((_predicted(counts, grid, prior) * outcome).sum(axis=-1))
    return scores


def _shares(totals: Floats) -> Floats:
    """How much each row of the grid counts, by its leave-one-out score."""
    likely = np.exp(totals - totals.max())
    shares: Floats = likely / likely.sum()
    return shares


def _score(fit: _Fit, group: str | None) -> Score:
    """Leave each case out, weigh the grid anew by the rest, foretell it; the base rate likewise."""
    used, outcome, grid, prior = fit.used, fit.outcome, fit.grid, fit.prior
    mean = fit.share @ grid
    # rows of the grid in which the kind of threat plays no part
    blind = (grid[:, BODY] == grid[:, SAME]) & (grid[:, THREAT] == grid[:, NEITHER])
    gain = float(fit.totals.max() - fit.totals[blind].max()) if blind.any() else 0.0
    weighed = (float(mean[BODY]), float(mean[THREAT]), float(mean[NEITHER]))
    n = len(used)
    if n < 3:
        return Score(n, None, None, None, weighed, gain)
    model, base = np.zeros(n), np.zeros(n)
    for i in range(n):
        rest = np.arange(n) != i
        # what the others learn from each other, without the case left out
        likeness = np.stack([(fit.kinds[:, i] == kind).astype(float) for kind in range(4)])
        without = fit.counts - likeness[:, :, None] * outcome[i][None, None, :]
        share_i = _shares(_log_scores(without[:, rest], outcome[rest], grid, prior).sum(axis=1))
        told = share_i @ _predicted(fit.counts[:, [i]], grid, prior)[:, 0]
        model[i] = ((told - outcome[i]) ** 2).sum()
        rate = (outcome[rest].sum(axis=0) + prior) / (n - 1 + prior * outcome.shape[1])
        base[i] = ((rate - outcome[i]) ** 2).sum()
    own = np.array([one.group == group for one in used])
    brier, against = float(model.mean()), float(base.mean())
    return Score(
        n,
        brier,
        against,
        1.0 - brier / against,
        weighed,
        gain,
        int(own.sum()),
        float(model[own].mean()) if own.any() else None,
        float(base[own].mean()) if own.any() else None,
    )


def _expected(facts: Facts, fit: _Fit, group: str | None) -> tuple[Expected, ...]:
    used, prior, share = fit.used, fit.prior, fit.share
    kinds = _kinds([(group, threat) for threat in THREATS], [(one.group, one.threat) for one in used])
    points = np.tensordot(fit.grid, _counts(kinds, fit.outcome), axes=(1, 0)) + prior
    whole = points.sum(axis=-1)
    widest, least = value(facts, "widest-told"), value(facts, "least-own-cases")
    ends = (value(facts, "quantile-low"), value(facts, "quantile-high"))
    n_body = sum(one.group == group for one in used)
    found = []
    for t, threat in enumerate(THREATS):
        n = sum(one.group == group and one.threat == threat for one in used)
        for r, response in enumerate(RESPONSES):
            a, b = points[:, t, r], whole[:, t] - points[:, t, r]
            p = float(share @ (a / whole[:, t]))
            # the mean of a very skew distribution may lie outside its central 80 %: the interval then reaches to it
            low, high = min(_quantile(a, b, share, ends[0]), p), max(_quantile(a, b, share, ends[1]), p)
            effective = float(share @ whole[:, t]) - prior * len(RESPONSES)
            tells = n > 0 and n_body >= least and high - low <= widest
            found.append(Expected(threat, response, p, low, high, n, n_body, effective, tells))
    return tuple(found)


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
