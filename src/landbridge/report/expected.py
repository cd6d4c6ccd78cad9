"""What to expect of an appeal as a table: probabilities, the body's own cases, whether the data can tell, the score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from landbridge.report.boxes import boxed
from landbridge.report.numbers import DASH

if TYPE_CHECKING:
    from rich.table import Table

    from landbridge.report.names import Names

Row = Mapping[str, Any]
CANNOT: Final = {
    "few-cases": "too few cases",
    "wide": "interval too wide",
    "no-better": "no better than the base rate",
    "no-better-here": "no better than it here",
}
"""Why the data cannot tell."""


def forecast(rows: Sequence[Row]) -> Table:
    """One row for each kind of threat: a column for each response, the body's own cases, whether they tell anything."""
    table = boxed("If asked: probability of a response (80 % interval)")
    threats = list(dict.fromkeys(row["threat"] for row in rows))
    responses = list(dict.fromkeys(row["response"] for row in rows))
    table.add_column("Threat", overflow="fold")
    for word in responses:
        table.add_column(word, justify="right", overflow="fold")
    table.add_column("Own cases", overflow="fold")
    table.add_column("Can the data tell", overflow="fold")
    for threat in threats:
        some = {row["response"]: row for row in rows if row["threat"] == threat}
        table.add_row(threat, *(_chance(some[word]) for word in responses), own_cases(list(some.values())),
                      tells(list(some.values())))  # fmt: skip
    return table


def own_cases(rows: Sequence[Row]) -> str:
    """Counted appeals to the body against a kind of threat, by response.

    Examples
    --------
    >>> own_cases([{"response": word, "n": 3, "n_response": n} for word, n in (("deployed", 1), ("declined", 2))])
    '3: 1 deployed, 2 declined'
    """
    told = ", ".join(f"{row['n_response']} {row['response']}" for row in rows if row["n_response"])
    return f"{rows[0]['n']}: {told}" if told else "none"


def tells(rows: Sequence[Row]) -> str:
    """Whether the data tell of a kind of threat, and if not why; wide alone may be one response of three.

    Examples
    --------
    >>> tells([{"response": "declined", "why": ["few-cases", "no-better"]}])
    'cannot tell: too few cases; no better than the base rate'
    >>> tells([{"response": "deployed", "why": ["wide"]}, {"response": "declined", "why": []}])
    'cannot tell: interval too wide (deployed)'
    """
    told = []
    for code, words in CANNOT.items():
        some = [row["response"] for row in rows if code in row["why"]]
        if some:
            told.append(words if len(some) == len(rows) else f"{words} ({', '.join(some)})")
    return f"cannot tell: {'; '.join(told)}" if told else "yes"


def _chance(row: Row) -> str:
    return f"{row['p']:.2f} ({row['low']:.2f}{DASH}{row['high']:.2f})"


def score_lines(score: Row | None) -> Iterator[str]:
    """How well such forecasts did.

    Examples
    --------
    >>> list(score_lines({"n": 35, "brier": 0.594, "brier_base": 0.592, "gain": -0.002, "gain_error": 0.016,
    ...                   "body_n": 0, "splits": {"none": 0.27, "body": 0.73}}))  # doctest: +NORMALIZE_WHITESPACE
    ['Left out one by one, 35 cases of all bodies: Brier score 0.594, by the base rate 0.592 (lower is better); gain
    -0.002, standard error 0.016.', 'Probability that cases are alike: none 0.27, body 0.73.']
    """
    if score is None or score["brier"] is None:
        return
    yield f"Left out one by one, {score['n']} cases of all bodies: {_scored(score, '')}."
    if score["body_n"]:
        n = score["body_n"]
        some = "the one case" if n == 1 else f"the {n} cases"
        yield f"Left out one by one, {some} here: {_scored(score, 'body_')}."
    alike = ", ".join(f"{name} {share:.2f}" for name, share in score["splits"].items())
    yield f"Probability that cases are alike: {alike}."


FIELD_WHY: Final = {
    "few-cases": "too few cases on a side",
    "no-gain": "the gain is within its error",
    "not-apart": "the cases do not tell hosts of a base from others",
}


def field_lines(told: Row | None, names: Names | None = None) -> Iterator[str]:
    """Whether a base of the one asked on the soil of the one that asks belongs to the model, and what it would change.

    Examples
    --------
    >>> list(field_lines(None))
    []
    """
    if told is None or told["brier"] is None:
        return
    seen = [", ".join(f"{n} {word}" for word, n in told[side].items() if n) or "no case"
            for side in ("seen_with", "seen_without")]  # fmt: skip
    yield f"A base of the one asked on the soil of the one that asks: {seen[0]}; without: {seen[1]} (all bodies)."
    why = "; ".join(FIELD_WHY[one] for one in told["why"])
    error = "" if told["gain_error"] is None else f", standard error {told['gain_error']:.3f}"
    yield (
        f"With it as a field, left out one by one: Brier score {told['brier_with']:.3f}, without it "
        f"{told['brier']:.3f}; gain {told['gain']:+.3f}{error}; probability that it matters "
        f"{told['apart']:.2f}, 0.50 before. Does it help: {told['helps']}{f' ({why})' if why else ''}; "
        "the table above is without it."
    )
    sent = [row for row in told["chances"] if row["response"] == "deployed"]
    if sent:
        each = "; ".join(f"{row['threat']} {row['p']:.2f}, host {row['p_with']:.2f}, no host {row['p_without']:.2f}"
                         for row in sent)  # fmt: skip
        yield f"Forces or a mission, by the model without it and with it: {each}."
    listed = [area if names is None else names.area(area) for area in told["hosts"]]
    yield f"Hosts of a base of another member on the day: {', '.join(listed) or 'none in the tables'}."


def _scored(score: Row, of: str) -> str:
    error = score[f"{of}gain_error"]
    return (
        f"Brier score {score[f'{of}brier']:.3f}, by the base rate {score[f'{of}brier_base']:.3f} (lower is better); "
        f"gain {score[f'{of}gain']:.3f}" + ("" if error is None else f", standard error {error:.3f}")
    )
