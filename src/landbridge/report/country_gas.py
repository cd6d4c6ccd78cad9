"""Whose gas an area takes, in words: what was bought, what is contracted, what mixes in the pipes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from landbridge.report import country_words as words
from landbridge.report.names import Names

Row = Mapping[str, Any]
MOST_CONTRACTS: Final = 5
"""So many contracts are named; JSON has all."""
NOTED: Final = 0.02
"""A difference below this share of the need is one of rounding and of heating values."""


def gas_lines(told: Row | None, names: Names) -> Iterator[str]:
    """Whose gas it takes, by contract and by mixing."""
    if told is None:
        return
    if told["bought"]:
        listed = ", ".join(f"{origin(one['origin'], names)} {words.percent(one['share'])} ({one['bcm']:.2g} bcm)"
                           for one in told["bought"])  # fmt: skip
        yield f"Gas bought in {told['bought_year']}: {listed}{_against_need(told)}."
    if told["contracts"]:
        sold = words.joined(told["contracts"], contract, MOST_CONTRACTS)
        yield f"Gas by contracts in force, which need not flow: {sold}."
    if told["traced_reason"]:
        yield f"Gas by mixing: cannot tell by mixing ({told['traced_reason']})."
    elif told["traced"] is not None:
        shares = ", ".join(f"{origin(one, names)} {words.percent(part)}" for one, part in told["traced"].items())
        yield (
            f"Molecules by mixing in the pipes, not whose gas is bought, {told['traced_from']} to "
            f"{told['traced_to']}: {shares}."
        )


def _against_need(told: Row) -> str:
    """What was bought beside what was needed from abroad; nothing is scaled, so the difference is told."""
    need = told["need_bcm"]
    if need is None:
        return "; how much it needed from abroad is not in the tables"
    beyond, untold = told["beyond_bcm"], told["untold_bcm"]
    if beyond > NOTED * need:
        return (
            f"; {beyond:.2g} bcm more than the {need:.3g} bcm that it needed from abroad: sold on, stored or counted "
            "otherwise"
        )
    said = f", of {need:.3g} bcm that it needed from abroad"
    if untold > NOTED * need:
        said += f"; whose the other {untold:.2g} bcm were is not in the tables, shares are of those told"
    return said


def contract(row: Row) -> str:
    """A contract of sale with its yearly amount.

    Examples
    --------
    >>> contract({"seller": "NIGC (IRN)", "bcm_y": 1.1, "buyers": ["ARM"], "since": "2009-05-01"})
    'NIGC (IRN), 1.1 bcm a year since 2009-05-01'
    """
    shared = f" for {' '.join(row['buyers'])} together" if len(row["buyers"]) > 1 else ""
    since = f" since {row['since']}" if row["since"] else ""
    share = f" ({words.percent(row['share'])} of what is contracted)" if row.get("share") is not None else ""
    return f"{row['seller']}, {row['bcm_y']:g} bcm a year{share}{shared}{since}"


def origin(code: str, names: Names) -> str:
    """The name of an origin of gas.

    Examples
    --------
    >>> origin("STORE", Names()), origin("RUS", Names()), origin("OTHER_EUROPE", Names())
    ('from store', 'RUS', 'others in Europe')
    """
    named = {"STORE": "from store", "OTHER": "others"}.get(code)
    if named is None and code.startswith("OTHER_"):
        named = f"others in {code.removeprefix('OTHER_').replace('_', ' ').title()}"
    return named or names.area(code)
