"""Letters and lines stand out from what is behind them, in light and in dark."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest


def variables(name: str) -> tuple[dict[str, str], dict[str, str]]:
    text = files("landbridge.report").joinpath("data", name).read_text(encoding="utf-8")
    parts = text.split("@media (prefers-color-scheme:dark)")[:2]
    light, dark = (dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", part)) for part in parts)
    return light, {**light, **dark}


def brightness(colour: str) -> float:
    digits = colour[1:]
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((brightness(one), brightness(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_map(scheme: int) -> None:
    found = variables("map.css")[scheme]
    for ground in ("sea", "land"):
        assert contrast(found["ink"], found[ground]) > 7
        assert contrast(found["quiet"], found[ground]) > 3
        for n in range(1, 8):
            assert contrast(found[f"r{n}"], found[ground]) > 3.4, (n, ground)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_page(scheme: int) -> None:
    found = variables("page.css")[scheme]
    for ground in ("bg", "soft"):
        assert contrast(found["ink"], found[ground]) > 7
        for name in ("quiet", "link"):
            assert contrast(found[name], found[ground]) > 4.5
    assert contrast(found["warn"], found["warn-bg"]) > 4.5
