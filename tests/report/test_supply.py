"""The supply of gas by year in the terminal: years side by side, nothing of the day."""

from io import StringIO

import pytest
from rich.console import Console

from landbridge.energy.supplied import supply
from landbridge.report import terminal
from landbridge.report.names import Names
from landbridge.report.supply import YEARS
from landbridge.world import World


@pytest.fixture(scope="module")
def told():
    world = World.at("2026-06-01")
    return supply(world, ("TUR",), first=2008, last=2022).to_dict(), Names(world.facts)


@pytest.mark.parametrize("width", [80, 100, 120])
def test_years_stand_side_by_side(told, width):
    answer, names = told
    console = Console(file=StringIO(), width=width)
    console.print(terminal.supply(answer, names))
    text = console.file.getvalue()
    lines = [line for line in text.splitlines() if line.startswith(" used ")]
    assert len(lines) == -(-len(answer["years"]) // YEARS)
    assert all(len(line.split()) - 1 <= YEARS for line in lines)
    assert "Told by sales 2008" in text.replace("\n", " ")
    assert "| " not in text


def test_banners_of_the_day_do_not_concern_years_that_are_over(told):
    answer, names = told
    assert answer["world"]["banners"]
    console = Console(file=StringIO(), width=100)
    console.print(terminal.supply(answer, names))
    assert "! " not in console.file.getvalue()
