"""Small bar charts of shares: partners, areas passed, origins of gas, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from landbridge.report.country_words import percent
from landbridge.report.svg import Markup, el

WIDTH: Final = 500.0
LEFT: Final = 165.0
ROW: Final = 25.0
LETTERS: Final = 20
"""Names are cut after so many letters."""


def shares(rows: Sequence[tuple[str, float | None]], title: str, name: str, tone: int = 1) -> Markup | None:
    """One bar for each name with its share; None where no share is known.

    Examples
    --------
    >>> "Russia: 35 %" in shares([("Russia", 0.35)], "Trade by partner", "trade")
    True
    >>> shares([("Russia", None)], "Trade by partner", "trade") is None
    True
    """
    known = [(text, share) for text, share in rows if share is not None]
    if not known:
        return None
    most = max(share for _, share in known) or 1.0
    room = WIDTH - LEFT - 70
    out = []
    for n, (text, share) in enumerate(known):
        y = 28 + n * ROW
        short = text if len(text) <= LETTERS else f"{text[: LETTERS - 1]}…"
        out.append(el("text", el("title", text), short, x=LEFT - 8, y=y + 14, font_size=12.5, text_anchor="end",
                      class_="t-plain"))  # fmt: skip
        wide = max(1.0, share / most * room)
        out.append(el("rect", x=LEFT, y=y + 3, width=wide, height=15, rx=2, class_=f"bar r{tone}"))
        out.append(el("text", percent(share), x=LEFT + wide + 7, y=y + 15, font_size=12, class_="t-plain"))
    return el(
        "svg",
        el("title", title, id=f"{name}-title"),
        el("desc", "; ".join(f"{text}: {percent(share)}" for text, share in known), id=f"{name}-desc"),
        el("text", title, x=0, y=15, font_size=14, class_="t-plain t-end"),
        *out,
        viewBox=f"0 0 {WIDTH:.0f} {34 + ROW * len(known):.0f}",
        class_="lb-map chart",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        xmlns="http://www.w3.org/2000/svg",
    )
