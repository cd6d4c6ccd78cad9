"""What notes are made of: sentences, some of which doubt."""

from __future__ import annotations

import re
from typing import Final

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
