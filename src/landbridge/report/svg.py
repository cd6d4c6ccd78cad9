"""A small writer of SVG and HTML elements, everything escaped; nothing but strings."""

from __future__ import annotations

from html import escape
from typing import Any


class Markup(str):
    """Text that is markup already and is not escaped again."""

    __slots__ = ()


def el(name: str, /, *children: Any, **attributes: Any) -> Markup:
    """An element; `class_`, `for_` lose their underscore, other underscores become hyphens.

    A None or False attribute is left out, True stands alone, None children are skipped.

    Examples
    --------
    >>> el("a", "x < y", href="#top", class_="plain", aria_label="up")
    '<a href="#top" class="plain" aria-label="up">x &lt; y</a>'
    >>> el("path", d="M0 0")
    '<path d="M0 0"></path>'
    """
    words = [name]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        shown = key.rstrip("_").replace("_", "-") if key not in ("viewBox",) else key
        words.append(shown if value is True else f'{shown}="{escape(_number(value))}"')
    opening = f"<{' '.join(words)}>"
    if name in ("br", "hr", "img", "input", "meta", "link", "wbr"):
        return Markup(opening)
    return Markup(f"{opening}{join(*children)}</{name}>")


def join(*children: Any) -> Markup:
    """Children one after the other; what is not markup is escaped.

    Examples
    --------
    >>> join("a & b", [Markup("<b>c</b>"), None])
    'a &amp; b<b>c</b>'
    """
    out = []
    for child in children:
        if child is None:
            continue
        if isinstance(child, Markup):
            out.append(str(child))
        elif isinstance(child, list | tuple):
            out.append(join(*child))
        else:
            out.append(escape(str(child), quote=False))
    return Markup("".join(out))


def path(points: list[tuple[float, float]], close: bool = False, step: float = 1.1) -> str:
    """Path data to a tenth, relative to save room; points nearer than `step` to the one before are left out.

    Examples
    --------
    >>> path([(0, 0), (0.2, 0.2), (10, 5), (10, 4.5)])
    'M0 0l10 5 0-.5'
    """
    out: list[str] = []
    x = y = 0
    for n, (px, py) in enumerate(points):
        nx, ny = round(px * 10), round(py * 10)
        if n == 0:
            out.append(f"M{_tenths(nx)} {_tenths(ny)}")
        elif (nx, ny) == (x, y) or (n < len(points) - 1 and abs(nx - x) + abs(ny - y) < 10 * step):
            continue
        else:
            dx, dy = _tenths(nx - x), _tenths(ny - y)
            out.append(f"{'l' if len(out) == 1 else '' if dx[0] == '-' else ' '}{dx}{'' if dy[0] == '-' else ' '}{dy}")
        x, y = nx, ny
    return "".join(out) + ("Z" if close and out else "")


def _tenths(value: int) -> str:
    """A whole number of tenths, written short."""
    sign, size = "-" if value < 0 else "", abs(value)
    whole, rest = divmod(size, 10)
    return f"{sign}{whole if whole or not rest else ''}{f'.{rest}' if rest else ''}"


def _number(value: Any) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
