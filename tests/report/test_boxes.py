"""Tables of the terminal: words stay whole at every width, and nothing runs over the edge."""

from io import StringIO

import pytest
from rich.console import Console

from landbridge.report.boxes import LONGEST, boxed, shared

HEADS = ("Threat", "deployed", "consultations", "Own cases", "Can the data tell")
ROWS = [
    (
        "internal unrest",
        "0.50 (0.28–0.69)",
        "0.36 (0.16–0.57)",
        "2: 1 deployed, 1 declined",
        "cannot tell: too few cases",
    ),
    ("state", "0.47 (0.20–0.66)", "0.44 (0.26–0.69)", "–", "cannot tell: no better than the base rate"),
]


def shown(width, *, footer=False):
    table = boxed("Forecast", footer=footer)
    for n, head in enumerate(HEADS):
        table.add_column(head, justify="right" if n in (1, 2) else "left", overflow="fold", footer=f"sum {n}")
    for row in ROWS:
        table.add_row(*row)
    console = Console(file=StringIO(), width=width)
    console.print(table)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100, 120, 200])
def test_no_word_is_cut_and_no_line_is_too_long(width):
    text = shown(width)
    words = set(text.replace(";", " ").replace(":", " ").split())
    for cell in (*HEADS[1:], *(cell for row in ROWS for cell in row)):
        for word in cell.replace(":", " ").split():
            assert len(word) > LONGEST or word in words or word == "–", (width, word)
    assert max(map(len, text.splitlines())) <= width


def test_a_table_without_room_is_told_row_by_row_with_the_heads():
    text = shown(40, footer=True)
    flat = " ".join(text.split())
    assert "- internal unrest | deployed: 0.50 (0.28–0.69); consultations: 0.36 (0.16–0.57)" in flat
    assert "Own cases: –" not in flat
    assert "- sum 0 | deployed: sum 1" in flat
    assert "sum 0" not in shown(40)
    assert "───" in shown(120)


def test_heads_take_more_lines_before_the_table_is_given_up():
    table = boxed()
    heads = ["Area", *["Short or other fuel, %"] * 4]
    for head in heads:
        table.add_column(head, no_wrap=head != "Area")
    table.add_row("Bosnia and Herzegovina", "48 (6–48)", "61", "9.51", "113")
    console = Console(file=StringIO(), width=70)
    console.print(table)
    text = console.file.getvalue()
    assert "───" in text
    assert "Herzegovina" in text
    assert "48 (6–48)" in text
    assert max(map(len, text.splitlines())) <= 70
    assert [column.header for column in table.columns] == heads


@pytest.mark.parametrize("room", range(20, 60))
def test_widths_lie_between_what_is_needed_and_what_is_of_use(room):
    least, most = [4, 10, 6], [4, 30, 18]
    told = shared(least, most, room)
    assert told is not None
    assert sum(told) == min(room, sum(most))
    assert all(low <= one <= high for low, one, high in zip(least, told, most, strict=True))


def test_a_column_of_numbers_is_never_folded():
    table = boxed()
    table.add_column("Part", overflow="fold")
    for year in range(2010, 2024):
        table.add_column(str(year), no_wrap=True)
    table.add_row("votes alike with the pole named here", *["0.8777"] * 14)
    console = Console(file=StringIO(), width=80)
    console.print(table)
    assert "2023: 0.8777" in " ".join(console.file.getvalue().split())
