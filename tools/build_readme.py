"""Put one real answer into the README: the table of ways as the terminal prints it, and the map beside it.

Run: ``python tools/build_readme.py``; writes docs/mumbai-moscow.svg and the part of README.md between its markers.
"""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

from rich.console import Console

from landbridge import World, route
from landbridge.facts import load
from landbridge.report import banners, refusals, terminal, words
from landbridge.report import map as picture
from landbridge.report.names import Names

ROOT = Path(__file__).resolve().parents[1]
README, PICTURE = ROOT / "README.md", ROOT / "docs/mumbai-moscow.svg"
BEGIN, END = "<!-- answer -->", "<!-- /answer -->"
DAY, WIDTH = "2025-06-01", 150


def main() -> None:
    """Ask, draw, write."""
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
