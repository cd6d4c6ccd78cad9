"""Opening the fact tables: the shipped ones, with a user's folder laid over."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from landbridge.errors import FactError
from landbridge.facts.overlay import lay, read_folder
from landbridge.facts.schema import TABLES_FOLDER, read_schema
from landbridge.facts.store import Facts


def load(folder: Path | str | None = None) -> Facts:
    """Open the shipped tables, with the rows of a folder laid over them.

    Parameters
    ----------
    folder
        A folder with files named like tables (`crossing_status.csv`). A row with a known id replaces that row (columns
        that the file does not have keep their value), other ids are added, `remove` = true removes.

    Returns
    -------
    Facts
        The same object for the same files as long as they do not change.

    Raises
    ------
    FactError
        With every problem of the folder: file, line, field, the nearest valid value and the remedy.

    Examples
    --------
    >>> facts = load()
    >>> len(facts.table("crossings")) > 600
    True
    """
    shipped = _stamps(TABLES_FOLDER)
    if folder is None:
        return _load(None, shipped, ())
    path = Path(folder).expanduser().resolve()
    return _load(path, shipped, _stamps(path))


def read_whole(folder: Path | str) -> Facts:
    """Open a whole folder of tables instead of the shipped ones, such as the tables of another version.

    Raises
    ------
    FactError
        If the folder does not hold the tables that every question needs, or their columns are not those of today.

    Examples
    --------
    >>> read_whole(TABLES_FOLDER).facts_id == load().facts_id
    True
    """
    path = Path(folder).expanduser().resolve()
    if not (path / "coverage.csv").is_file():
        remedy = "give a folder that facts export wrote, or src/landbridge/facts/tables of another version"
        raise FactError(f"the folder {str(folder)!r} does not hold all tables", remedy=remedy)
    facts = Facts(read_schema(), path)
    for name in facts.names:
        facts.cells(name)
    return facts


def _stamps(folder: Path) -> tuple[str, ...]:
    """The tables of a folder, with their lengths and when they and their records were changed last."""
    found = [(file, file.stat()) for file in sorted(folder.glob("*.csv"))]
    return tuple(f"{file} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}" for file, stat in found)


@lru_cache(maxsize=4)
def _load(folder: Path | None, stamps: tuple[str, ...], _own: tuple[str, ...]) -> Facts:
    shipped = Facts(read_schema(), TABLES_FOLDER, stamps=stamps)
    if folder is None:
        return shipped
    laid, problems = read_folder(folder, shipped.schema)
    return lay(shipped, laid, str(folder), problems, judged=True)
