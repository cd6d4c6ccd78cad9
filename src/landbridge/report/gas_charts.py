"""Balance diagrams: where the gas of an area comes from and goes to, now and without the cut, as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from landbridge.report import gas_map, gas_words
from landbridge.report.charts import ticks
from landbridge.report.names import Names
from landbridge.report.svg import Markup, el

Row = Mapping[str, Any]
WIDTH: Final = 500.0
LEFT: Final = 106.0
RIGHT: Final = 14.0
BAR: Final = 20.0
USE: Final = 7.0
"""Heights of the bar of supply and of the bar of use under it."""
ROOM: Final = 5.8
"""Width of a digit inside a bar."""
SUPPLY: Final = {"production": "produced", "by_pipe": "by pipe, net", "lng": "LNG", "store": "out of store",
                 "switched": "another fuel", "short": "short"}  # fmt: skip
USES: Final = {"asked": "asked for", "injection": "into store", "export": "passed on, net"}


def sides(numbers: Row) -> tuple[dict[str, float], dict[str, float]]:
    """Supply and use of a balance [bcm]; both add up to the same.

    Examples
    --------
    >>> one = {"demand_bcm": 3.0, "production_bcm": 1.0, "net_import_bcm": 1.5, "lng_import_bcm": 0.5,
    ...        "withdrawal_bcm": 0.5, "injection_bcm": 0.25, "losses_bcm": 0.25, "switched_bcm": 0.0,
    ...        "shortage_bcm": 0.5}
    >>> supply, use = sides(one)
    >>> sum(supply.values()), sum(use.values())
    (3.5, 3.5)
    """
    by_pipe = float(numbers["net_import_bcm"] - numbers["lng_import_bcm"])
    supply = {
        "production": float(numbers["production_bcm"]),
        "by_pipe": max(by_pipe, 0.0),
        "lng": float(numbers["lng_import_bcm"]),
        "store": float(numbers["withdrawal_bcm"]),
        "switched": float(numbers["switched_bcm"]),
        "short": float(numbers["shortage_bcm"]),
    }
    use = {
        "asked": gas_words.asked_for(numbers),
        "injection": float(numbers["injection_bcm"]),
        "export": max(-by_pipe, 0.0),
    }
    return supply, use


def balance(area: Row, names: Names, unit: gas_words.Unit, name: str, cut: bool = True) -> Markup:
    """The diagram of one area: a bar of supply and a thin one of use, without the cut and now.

    Its colours are those of `legend`, which stands on the same page.
    """
    rows = [("without the cut", area["before"]), ("now", area)] if cut else [("", area)]
    told = [(title, *sides(numbers)) for title, numbers in rows]
    most = max((max(sum(supply.values()), sum(use.values())) for _, supply, use in told), default=0.0) or 1.0
    room = WIDTH - LEFT - RIGHT
    height = 12 + len(told) * (BAR + USE + 12) + 18
    out: list[Markup] = []
    for tick in ticks(unit.of(most)):
        x = LEFT + tick / unit.of(most) * room
        out.append(el("path", d=f"M{x:.1f} 6v{height - 26:.0f}", class_="tick"))
        out.append(el("text", f"{tick:g}", x=x, y=height - 4, font_size=11, text_anchor="middle", class_="t-quiet"))
    out.append(el("text", unit.name, x=0, y=height - 4, font_size=11, class_="t-quiet"))
    said = []
    for n, (title, supply, use) in enumerate(told):
        y = 10 + n * (BAR + USE + 12)
        out.append(el("text", title, x=LEFT - 6, y=y + 15, font_size=12, text_anchor="end", class_="t-plain"))
        for parts, words, top, tall in ((supply, SUPPLY, y, BAR), (use, USES, y + BAR + 1, USE)):
            x = LEFT
            for item, bcm in parts.items():
                wide = bcm / most * room
                if wide < 0.15:
                    continue
                shown = unit.text(bcm)
                out.append(el("rect", el("title", f"{words[item]}: {shown} {unit.name}"), x=round(x, 1), y=top,
                              width=round(wide, 1), height=tall, class_=f"b-{item}"))  # fmt: skip
                if tall == BAR and wide > 8 + ROOM * len(shown):
                    out.append(el("text", shown, x=x + wide / 2, y=top + 14, font_size=11, text_anchor="middle",
                                  class_="inside"))  # fmt: skip
                x += wide
        items = [f"{SUPPLY[item]} {unit.text(bcm)}" for item, bcm in supply.items() if bcm > 0]
        said.append(f"{title or 'balance'}: {', '.join(items)}; asked for {unit.text(use['asked'])} {unit.name}")
    return el(
        "svg",
        el("title", f"Balance of {names.area(area['area'])}", id=f"{name}-title"),
        el("desc", "; ".join(said), id=f"{name}-desc"),
        *out,
        viewBox=f"0 0 {WIDTH:.0f} {height:.0f}",
        class_="lb-map chart",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        xmlns="http://www.w3.org/2000/svg",
    )


def legend() -> Markup:
    """What the colours of the diagrams mean."""
    items = [*SUPPLY.items(), *USES.items()]
    shown = [
        el("g", el("rect", x=0, y=-10, width=14, height=12, class_=f"b-{item}"),
           el("text", text, x=19, y=0, font_size=12.5, class_="t-plain"), transform=f"translate({x:.0f} {y})")
        for (item, text), (x, y) in zip(items, _spots([text for _, text in items]), strict=True)
    ]  # fmt: skip
    return el("svg", el("title", "Colours: supply above, use in the thin bar below", id="balances-title"),
              el("style", Markup(gas_map.style())), *shown, viewBox="0 0 1000 46", class_="lb-map", role="img",
              aria_labelledby="balances-title", xmlns="http://www.w3.org/2000/svg")  # fmt: skip


def _spots(texts: list[str]) -> list[tuple[float, int]]:
    out: list[tuple[float, int]] = []
    x, y = 0.0, 14
    for n, text in enumerate(texts):
        if n == len(SUPPLY):
            x, y = 0.0, 38
        out.append((x, y))
        x += 44 + 6.8 * len(text)
    return out
