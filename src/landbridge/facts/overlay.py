"""A user's own rows laid over the shipped ones: files named like tables, every complaint in one error."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from landbridge.errors import FactError, nearest
from landbridge.facts.schema import Column, Schema, canonical, out_of_bounds, reader
from landbridge.facts.schema import expected as words_for
from landbridge.facts.store import REMOVE, Facts, LaidRow
from landbridge.facts.tables import Problem

USER_SOURCE = "user"
USER_GRADE = "D"


class FolderError(FactError):
    """Rows laid over that cannot be used: `problems` has each with its file, line, field and remedy."""

    def __init__(self, where: str, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        if len(self.problems) == 1:
            super().__init__(
                first.problem,
                file=first.file,
                line=first.line,
                field=first.field,
                nearest=first.nearest,
                remedy=first.remedy or None,
            )
        else:
            listed = "".join(f"\n  {problem}" for problem in self.problems)
            super().__init__(f"{len(self.problems)} problems{listed}", file=where)


def read_folder(folder: Path, schema: Schema) -> tuple[tuple[tuple[str, LaidRow], ...], list[Problem]]:
    """Read the rows of a user's folder without judging their references."""
    laid: list[tuple[str, LaidRow]] = []
    problems: list[Problem] = []
    if not folder.is_dir():
        raise FactError(f"there is no folder {str(folder)!r}", remedy="give a folder with files named like tables")
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise FactError(f"the folder {str(folder)!r} holds no .csv file", remedy="name files like tables: ports.csv")
    for path in files:
        name = path.stem
        if name not in schema:
            close = tuple(f"{word}.csv" for word in nearest(name, schema))
            problems.append(Problem(path.name, None, None, f"there is no table {name!r}", close, "rename the file"))
            continue
        rows, wrong = _read_file(path, schema[name])
        laid.extend((name, row) for row in rows)
        problems.extend(wrong)
    return tuple(laid), problems


def _read_file(path: Path, columns: tuple[Column, ...]) -> tuple[list[LaidRow], list[Problem]]:
    known = {column.name: column for column in columns}
    rows: list[LaidRow] = []
    problems: list[Problem] = []
    try:
        text = path.read_text(encoding="utf-8-sig")
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        numbered = [(lines.line_num, cells) for cells in lines]
    except UnicodeDecodeError as error:
        return rows, [Problem(path.name, None, None, f"it is not UTF-8 text ({error.reason})", (), "save it as UTF-8")]
    except csv.Error as error:
        return rows, [Problem(path.name, lines.line_num, None, f"the quotes do not match ({error})", (), "mend them")]
    header = [name.strip() for name in numbered[0][1]] if numbered else []
    for name in header:
        if name not in known and name != REMOVE:
            remedy = f"columns of this table: {', '.join(known)}"
            close = nearest(name, known, always=True)
            problems.append(Problem(path.name, 1, name, f"there is no column {name!r}", close, remedy))
    if "id" not in header:
        semicolons = len(header) == 1 and ";" in header[0]
        remedy = "separate columns by commas" if semicolons else "add it as the first column"
        return rows, [*problems, Problem(path.name, 1, "id", "the column id is missing", (), remedy)]
    seen: dict[str, int] = {}
    for line, cells in numbered[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        wrong = _row_problem(path.name, line, row, len(cells) > len(header), seen)
        if wrong is not None:
            problems.append(wrong)
            continue
        seen[row["id"]] = line
        kept = tuple((name, cell) for name, cell in row.items() if name in known)
        rows.append(LaidRow(row["id"], kept, row.get(REMOVE) == "true", path.name, line))
    return rows, problems


def _row_problem(file: str, line: int, row: dict[str, str], too_long: bool, seen: dict[str, int]) -> Problem | None:
    """What makes a row unreadable as a whole."""
    if too_long:
        return Problem(file, line, None, "more cells than columns", (), "put text with commas between double quotes")
    removes = row.get(REMOVE, "")
    if removes not in {"", "true", "false"}:
        return Problem(file, line, REMOVE, f"{removes!r} is not true or false")
    if not row["id"]:
        return Problem(file, line, "id", "the id is empty", (), "give every row an id")
    if row["id"] in seen:
        problem = f"the id {row['id']!r} stands in line {seen[row['id']]} already"
        return Problem(file, line, "id", problem, (), "keep one of them")
    return None


def lay(
    facts: Facts,
    laid: tuple[tuple[str, LaidRow], ...],
    where: str,
    problems: Iterable[Problem] = (),
    *,
    judged: bool = False,
) -> Facts:
    """Other facts with the rows laid over; raises one error that holds every problem.

    With `judged` the rows are checked as the shipped ones are: what their words point to, their days, and that the
    states of one thing do not contradict each other.
    """
    filled = tuple((table, _complete(row, facts.schema[table])) for table, row in laid)
    found = Facts(facts.schema, facts.folder, facts.laid + filled, facts.drawn)
    cells = list(_bad_cells(facts, filled))
    wrong = [*problems, *cells, *_bad_references(facts, found, filled)]
    if judged:
        wrong.extend(_complaints(facts, found, filled, wrong))
    if wrong:
        raise FolderError(where, wrong)
    return found


def _complaints(
    before: Facts, after: Facts, laid: tuple[tuple[str, LaidRow], ...], known: Iterable[Problem]
) -> Iterable[Problem]:
    """What the checks of the facts find wrong in the rows laid over, beyond what is known already."""
    from landbridge.facts.checks import OWN_CELL_CHECKS, OWN_CHECKS

    told = {(problem.file, problem.line, problem.field) for problem in known}
    unread = {(problem.file, problem.line) for problem in known}
    readable = tuple((table, row) for table, row in laid if (row.file, row.line) not in unread)
    clean = after if len(readable) == len(laid) else Facts(before.schema, before.folder, before.laid + readable)
    lines = {(table, row.id): row for table, row in laid if not row.remove}
    for facts, rows, checks in ((after, laid, OWN_CELL_CHECKS), (clean, readable, OWN_CHECKS)):
        own: dict[str, set[str]] = {}
        for table, row in rows:
            own.setdefault(table, set())
            if not row.remove:
                own[table].add(row.id)
        mine = {table: frozenset(ids) for table, ids in own.items()}
        for complaint in (found for one in checks for found in one(facts, mine)):
            row = lines[complaint.table, complaint.id]
            at = (row.file, row.line, complaint.field)
            if complaint.severity == "error" and at not in told:
                told.add(at)
                yield Problem(row.file, row.line, complaint.field, complaint.problem, (), complaint.remedy)


def _complete(row: LaidRow, columns: tuple[Column, ...]) -> LaidRow:
    """A row that names no source or grade stands as the user's word; its cells take the form that is hashed."""
    given = dict(row.cells)
    names = {column.name for column in columns}
    if "source_id" in names and not given.get("source_id"):
        given["source_id"] = USER_SOURCE
        if "grade" in names and not given.get("grade"):
            given["grade"] = USER_GRADE
    forms = {column.name: column for column in columns}
    return row._replace(cells=tuple((name, canonical(forms[name], text)) for name, text in given.items()))


class _Ids:
    """The ids of each table, looked up once."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.found: dict[str, frozenset[str]] = {}

    def __getitem__(self, table: str) -> frozenset[str]:
        if table not in self.found:
            rows = self.facts.cells(table).rows if table in self.facts.schema else ()
            self.found[table] = frozenset(cells[0] for cells in rows)
        return self.found[table]


def _bad_cells(facts: Facts, laid: Iterable[tuple[str, LaidRow]]) -> Iterable[Problem]:
    ids = _Ids(facts)
    for table, row in laid:
        if row.remove:
            if row.id not in ids[table]:
                close = nearest(row.id, ids[table])
                yield Problem(row.file, row.line, "id", f"no row {row.id!r} to remove from {table}", close)
            continue
        cells = dict(row.cells)
        for column in facts.schema[table]:
            text = cells.get(column.name, "")
            if not text:
                if column.required and (row.id not in ids[table] or column.name in cells):
                    yield Problem(row.file, row.line, column.name, f"{column.name} is empty", (), words_for(column))
                continue
            try:
                value = reader(column)(text)
            except ValueError:
                close = nearest(text, column.values) if column.values else ()
                problem = f"{text!r} is not {words_for(column)}"
                yield Problem(row.file, row.line, column.name, problem, close)
            else:
                outside = out_of_bounds(column, value) if column.kind in {"float", "int"} else None
                if outside is not None:
                    yield Problem(row.file, row.line, column.name, outside, (), "check value and unit")


def _bad_references(before: Facts, after: Facts, laid: Iterable[tuple[str, LaidRow]]) -> Iterable[Problem]:
    known = _Ids(after)
    removed: dict[str, dict[str, LaidRow]] = {}
    for table, row in laid:
        if row.remove and row.id not in known[table]:
            removed.setdefault(table, {})[row.id] = row
            continue
        given = dict(row.cells)
        for column in before.schema[table]:
            for item in given.get(column.name, "").split(";") if column.target in before.schema else ():
                if item.strip() and item.strip() not in known[column.target]:
                    close = nearest(item.strip(), known[column.target])
                    problem = f"the table {column.target} has no row {item.strip()!r}"
                    remedy = f"add it in {column.target}.csv, or use a known id"
                    yield Problem(row.file, row.line, column.name, problem, close, remedy)
    for table, columns in before.schema.items():
        for at, column in enumerate(columns):
            gone = removed.get(column.target, {}) if column.target else {}
            if not gone:
                continue
            for cells in after.cells(table).rows:
                for item in cells[at].split(";"):
                    if item in gone:
                        row = gone[item]
                        problem = f"{item} is removed, but {table} row {cells[0]} refers to it in {column.name}"
                        remedy = f"remove {cells[0]} in {table}.csv too"
                        yield Problem(row.file, row.line, "id", problem, (), remedy)
