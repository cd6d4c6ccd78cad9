"""Whether a field of the cases belongs to the model of responses: cases foretold from others with it and without it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from landbridge.politics.mixture import (
    BASED,
    LEAST_SCORED,
    SPLITS,
    THREATS,
    Floats,
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


@dataclass(frozen=True, slots=True)
class Chance:
    """The probability of a response to an appeal against a kind of threat, without a field and with either value."""

    threat: str
    response: str
    p: float
    p_with: float
    p_without: float

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Field:
    """Whether a field of the cases belongs to the model of responses, by foretelling each case from the others.

    Attributes
    ----------
    seen_with, seen_without
        Counted cases by response, where the field holds and where it does not.
    apart
        Probability that cases differ by the field at all; one half before the cases.
    brier, brier_with
        Left-out score of the model without the field and of that with it (lower is better).
    gain, gain_error
        Mean by which the field makes it better, and its standard error over the cases.
    helps
        yes; no; cannot tell, for the reasons in `why`.
    why
        few-cases: fewer than `least-own-cases` on either side; no-gain: the gain is not above zero by more than
        `least-gain-errors` standard errors; not-apart: `apart` is below `told-apart`.
    hosts
        Areas of the body for which it holds on the day.
    chances
        The forecast for the body without the field and with either value of it.
    """

    name: str
    seen_with: Mapping[str, int]
    seen_without: Mapping[str, int]
    apart: float
    brier: float | None
    brier_with: float | None
    gain: float | None
    gain_error: float | None
    helps: str
    why: tuple[str, ...]
    hosts: tuple[str, ...]
    chances: tuple[Chance, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__} | {
            "seen_with": dict(self.seen_with),
            "seen_without": dict(self.seen_without),
            "why": list(self.why),
            "hosts": list(self.hosts),
            "chances": [one.to_dict() for one in self.chances],
        }


def field(
    facts: Facts, cases: Sequence[Case], group: str | None, holds: Collection[str], hosts: Sequence[str] = ()
) -> Field:
    """Whether it helps the forecast to know if the one that is asked has a base on the soil of the one that asks.

    Each way of taking cases as alike is tried with the field and without it, all of them as likely before the cases.

    Parameters
    ----------
    holds
        Ids of the cases in which it had one on the day of the appeal.
    hosts
        Areas of the body for which it holds on the day.
    """
    used, outcome, prior = used_of(facts, cases)
    plain = [split_of(name, used, outcome, prior, pooling(facts)) for name in SPLITS]
    both = [*plain, *(split_of(name, used, outcome, prior, pooling(facts), holds) for name in BASED)]
    has = np.array([one.id in holds for one in used], dtype=bool)
    known = posterior(both, None, THREATS[0])
    apart = float(known.splits[len(plain) :].sum())
    without = losses(plain, used, outcome, holds) if len(used) >= LEAST_SCORED else None
    with_it = losses(both, used, outcome, holds) if without is not None else None
    gain, error = (None, None) if without is None or with_it is None else gain_of(without - with_it)
    why = [
        *(("few-cases",) if min(has.sum(), (~has).sum()) < value(facts, "least-own-cases") else ()),
        *(() if beats(gain, error, value(facts, "least-gain-errors")) else ("no-gain",)),
        *(("not-apart",) if apart < value(facts, "told-apart") else ()),
    ]
    chances = []
    for threat in THREATS:
        told = [posterior(plain, group, threat).mean(), *(posterior(both, group, threat, base=base).mean()
                                                           for base in (True, False))]  # fmt: skip
        chances += [Chance(threat, response, *(float(one[r]) for one in told)) for r, response in enumerate(RESPONSES)]
    return Field(
        "base", _seen(outcome[has]), _seen(outcome[~has]), apart, None if without is None else float(without.mean()),
        None if with_it is None else float(with_it.mean()), gain, error,
        "cannot tell" if "few-cases" in why else "no" if why else "yes", tuple(why), tuple(hosts), tuple(chances),
    )  # fmt: skip


def _seen(outcome: Floats) -> dict[str, int]:
    return {response: int(outcome[:, r].sum()) for r, response in enumerate(RESPONSES)}
