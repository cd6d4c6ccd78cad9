"""What `scenario check` says of a link is what a route says of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HEAD = "name: t\nnote: t\nsources: [t]\nevents:\n  - {kind: build, link: "
LINKS = {
    "by its post": ("{mode: rail, from: Kars, to: Gyumri, gauge_mm: 1435, crossings: [ARM-TUR-akhurik-rail]}", ""),
    "turned round": (
        "{mode: rail, from: Gyumri, to: Kars, gauge_mm: 1520, crossings: [ARM-TUR-akhurik-rail]}",
        "",
    ),
    "road without a post": ("{mode: road, from: Kars, to: Gyumri}", "without a declared crossing"),
    "rail by a post elsewhere": (
        "{mode: rail, from: Kars, to: Gyumri, gauge_mm: 1435, crossings: [GEO-TUR-kartsakhi-rail]}",
        "without a declared crossing",
    ),
}


@pytest.mark.parametrize("name", LINKS)
def test_a_link_is_checked_as_it_is_laid(run: Callable[..., Any], tmp_path: Path, name: str) -> None:
    link, fault = LINKS[name]
    path = tmp_path / "own.yaml"
    path.write_text(f"{HEAD}{link}}}\n", encoding="utf-8")
    checked = run("scenario", "check", str(path))
    routed = run("route", "Kars", "Gyumri", "--on", "2023-06-01", "--scenario", str(path), "-n", "1")
    assert (checked.code == 0) == (routed.code == 0) == (not fault)
    assert fault in checked.err
    assert fault in routed.err
