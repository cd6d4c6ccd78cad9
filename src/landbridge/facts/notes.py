"""What notes are made of: sentences, some of which doubt."""

from __future__ import annotations

import re
from typing import Final

CORRECTED: Final = "corrected: "
"""How the build begins what it says of a cell that was mended; it stands behind all that the row itself says."""
_DATED: Final = re.compile(r"\d{4}[-:]")


def sentences(text: str) -> list[str]:
    """The sentences of a note, split at full stops and semicolons that stand outside brackets.

    A list of dated states (`2021:open;2023:shut`) is split as well.

    Examples
    --------
    >>> sentences("Opened 2010 (3.5 t; later state not found). Busy; position approximate")
    ['Opened 2010 (3.5 t; later state not found)', 'Busy', 'position approximate']
    """
    found, begin, depth = [], 0, 0
    for at, sign in enumerate(text):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        following = text[at + 1 : at + 6]
        ends = sign == ";" and (following[:1].isspace() or _DATED.match(following) is not None)
        if depth <= 0 and (ends or (sign == "." and following[:1].isspace())):
            found.append(text[begin : at + 1])
            begin = at + 1
    return [part for part in (one.strip(" ;.") for one in (*found, text[begin:])) if part]


def of_the_row(note: str) -> str:
    """A note without what is said of cells that were mended: that speaks of the table, not of what it tells.

    Examples
    --------
    >>> of_the_row("transit goes on; corrected: announced on the 7th; in force on the 9th")
    'transit goes on'
    >>> of_the_row("corrected: the codes of another chapter stood there")
    ''
    """
    told = note.removeprefix(CORRECTED)
    return "" if told != note else note.partition(f"; {CORRECTED}")[0]
