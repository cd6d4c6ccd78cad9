"""Put real answers into the README: a table of ways and one of gas as the terminal prints them, and maps beside them.

Run: ``python tools/build_readme.py [route] [gas]``, both if none is named; writes docs/mumbai-moscow.svg,
docs/gas-2009.svg and the parts of README.md between their markers.
"""

from __future__ import annotations

import re
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console

from landbridge import World, gas, route
from landbridge.facts import load
from landbridge.report import banners, gas_map, gas_words, refusals, terminal, words
from landbridge.report import gas as gas_tables
from landbridge.report import map as picture
from landbridge.report.names import Names

ROOT = Path(__file__).resolve().parents[1]
README, PICTURE = ROOT / "README.md", ROOT / "docs/mumbai-moscow.svg"
BEGIN, END = "<!-- answer -->", "<!-- /answer -->"
DAY, WIDTH = "2025-06-01", 150
GAS_PICTURE = ROOT / "docs/gas-2009.svg"
GAS_BEGIN, GAS_END = "<!-- gas -->", "<!-- /gas -->"
GAS_FROM, GAS_TO, GAS_WIDTH = "2009-01-07", "2009-01-19", 100


def main() -> None:
    """Write the parts that are asked for."""
    chosen = sys.argv[1:] or ["route", "gas"]
    for name, write in (("route", write_route), ("gas", write_gas)):
        if name in chosen:
            write()


def write_gas() -> None:
    """Ask who was short of gas in January 2009, draw, write."""
    answer = gas(World.at(GAS_FROM), start=GAS_FROM, end=GAS_TO)
    data, shapes, names = answer.to_dict(), answer.to_geojson(), Names(load()).on(GAS_FROM)
    frame = gas_map.closer(data, shapes)
    picture_of = gas_map.draw(data, shapes, names, frame=frame)
    GAS_PICTURE.write_text(f"{picture_of}\n", encoding="utf-8")
    out = StringIO()
    console = Console(file=out, width=GAS_WIDTH, highlight=False)
    print(f"$ landbridge gas --from {GAS_FROM} --to {GAS_TO}\n", file=out)
    console.print(gas_words.title(data), markup=False)
    console.print(gas_tables.headline(data, names), markup=False)
    for part in (*gas_tables.who(data, names, gas_words.unit_of(data)), *gas_tables.by_period(data, names)):
        console.print(part)
    lines = "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())
    block = f"{GAS_BEGIN}\n\n```\n{lines}```\n\n![Shortage and flows of gas on a map](docs/gas-2009.svg)\n\n{GAS_END}"
    text = README.read_text(encoding="utf-8")
    README.write_text(re.sub(f"{GAS_BEGIN}.*{GAS_END}", lambda _: block, text, flags=re.DOTALL), encoding="utf-8")


def write_route() -> None:
    """Ask for the ways from Mumbai to Moscow, draw, write."""
    answer = route(World.at(DAY), "Mumbai", "Moscow", teu=2)
    data = answer.to_dict()
    PICTURE.write_text(f"{picture.draw(data, answer.to_geojson())}\n", encoding="utf-8")
    text = README.read_text(encoding="utf-8")
    block = f"{BEGIN}\n\n```\n{_table(data)}```\n\n![The five ways on a map](docs/mumbai-moscow.svg)\n\n{END}"
    README.write_text(re.sub(f"{BEGIN}.*{END}", lambda _: block, text, flags=re.DOTALL), encoding="utf-8")


def _table(data: dict[str, object]) -> str:
    out = StringIO()
    console = Console(file=out, width=WIDTH, highlight=False)
    routes = data["routes"]
    assert isinstance(routes, list)
    facts = load()
    names = Names(facts)
    print(f"$ landbridge route Mumbai Moscow --teu 2 --on {DAY}\n", file=out)
    for banner in banners.concerning(data, facts):
        console.print(f"! {banner}", highlight=False, markup=False)
    console.print(terminal.ways(routes, DAY, names))
    print("Why", file=out)
    for one in routes:
        for text in words.why(one, routes, names):
            print(f"  {one['rank']}  {text}", file=out)
    for text, _ in refusals.avoided(data.get("avoided") or (), names):
        console.print(f"{refusals.NOT_USED}: {text}", highlight=False, markup=False)
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
