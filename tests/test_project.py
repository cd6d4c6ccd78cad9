"""The project itself: what the wheel holds, what an import costs, what stands in no file."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from landbridge.network import load

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "landbridge"
HEAVY = ("numpy", "pandas", "scipy", "pydantic", "ruamel.yaml", "pyroutingkit", "typer", "rich")
LARGEST_WHEEL_MB = 25
MEASURING = ("tools/network/coverage.py", "tools/network/validate.py")
"""Tools that measure the finished network and write pages; they build nothing."""


def tracked() -> list[Path]:
    """The files of the repository; without git, those of its folders."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    folders = ("src", "tests", "tools", "bench", "docs")
    return [file for folder in folders for file in (ROOT / folder).rglob("*") if file.is_file()]


def texts(files: list[Path]) -> dict[Path, str]:
    found = {}
    for file in files:
        try:
            found[file] = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_wheel_is_small_enough_to_install_anywhere(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")
    assert wheel.stat().st_size <= LARGEST_WHEEL_MB * 1e6


def test_wheel_holds_the_data_it_needs_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0] for name in names} == {
        "landbridge",
        f"landbridge-{version('landbridge')}.dist-info",
    }
    for needed in ("py.typed", "facts/tables/columns.csv", "facts/tables/crossings.csv", "facts/tables/sources.csv"):
        assert f"landbridge/{needed}" in names
    assert any(name.startswith("landbridge/network/data/network.") for name in names)
    assert any(name.startswith("landbridge/world/scenarios/") for name in names)


def test_wheel_holds_the_order_of_its_network(wheel: Path) -> None:
    orders = [name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("landbridge/routing/data/order-")]
    assert orders == [f"landbridge/routing/data/order-{load().id[:12]}.zip"], "run  make network"


def test_wheel_holds_no_published_value_to_measure_against(wheel: Path) -> None:
    measured = {file.name for file in (ROOT / "bench" / "data").glob("*.csv")}
    assert measured
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if name.rpartition("/")[2] in measured or "bench" in name]


@pytest.mark.parametrize("folder", ["src", "tools"])
def test_published_values_are_read_by_no_model_and_no_builder(folder: str) -> None:
    words = ("bench/data", "corridor_benchmarks", "shared/benchmarks", '"bench"', "'bench'")
    measuring = {ROOT / name for name in MEASURING}
    files = [
        file
        for file in tracked()
        if file.is_relative_to(ROOT / folder) and file.suffix == ".py" and file not in measuring
    ]
    guilty = [(file, word) for file, text in texts(files).items() for word in words if word in text]
    assert files
    assert not guilty


def test_published_values_say_their_source() -> None:
    for name in ("distances", "times", "co2e_examples"):
        with (ROOT / "bench" / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows
        assert all(row["source"] for row in rows), name


def test_import_takes_no_heavy_module() -> None:
    code = "import sys, landbridge; print('\\n'.join(sys.modules))"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & set(HEAVY)


def test_rooms_import_only_to_the_right() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--config", "pyproject.toml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_constraints_hold_an_exact_version_that_each_requirement_allows() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    pinned = {name.lower().replace("_", "-"): number for name, number in pinned.items()}
    described = project()
    extras = described["optional-dependencies"]
    assert isinstance(extras, dict)
    assert isinstance(described["dependencies"], list)
    for text in [*described["dependencies"], *(one for extra in extras.values() for one in extra)]:
        wanted = Requirement(text)
        name = wanted.name.lower().replace("_", "-")
        if name == "landbridge":
            continue
        assert name in pinned, f"{name} has no exact version"
        assert wanted.specifier.contains(pinned[name]), f"{name} {pinned[name]} is not {wanted.specifier}"


def test_no_file_names_a_registry_host_or_a_private_path() -> None:
    hosts = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "--" + "index-url", "--" + "find-links")
    paths = re.compile(r"(?<![\w./~-])/(?:tmp|home|root|work|Users)/")
    plain = [file for file in tracked() if file.suffix not in {".csv", ".html", ".lock"}]
    for file, text in texts(plain).items():
        assert not [host for host in hosts if host in text], file
        assert not paths.findall(text), file


def test_no_module_leaves_work_undone_or_grows_too_long() -> None:
    undone = re.compile(r"\b(?:TODO|FIXME|XXX|HACK|NotImplementedError)\b")
    for file in SOURCE.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert not undone.search(text), file
        assert text.count("\n") <= 500, f"{file} has more than one idea"


def test_the_licence_of_the_data_is_told() -> None:
    assert len((ROOT / "DATA_LICENSES.md").read_text(encoding="utf-8")) > 500
    assert project()["license-files"] == ["LICENSE", "DATA_LICENSES.md"]


@pytest.mark.parametrize(
    ("stand_in", "word"),
    [("exit 1", "needs Python 3.11, 3.12 or 3.13"), ('case "$2" in *venv*) exit 1;; esac', "without the module venv")],
)
def test_make_says_what_a_machine_lacks(tmp_path: Path, stand_in: str, word: str) -> None:
    python = tmp_path / "python3.11"
    python.write_text(f"#!/bin/sh\n{stand_in}\n", encoding="utf-8")
    python.chmod(0o755)
    done = subprocess.run(
        [str(ROOT / "tools" / "python.sh")],
        env={"PATH": "/usr/bin:/bin", "PYTHON": str(python)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert word in done.stderr
    assert not done.stdout
