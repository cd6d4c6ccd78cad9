"""`landbridge facts`: read, check and export what is known."""

from __future__ import annotations

from pathlib import Path
from textwrap import shorten
from typing import Annotated, Any

import typer

from landbridge.cli import _common as common

SECONDS = 3600.0
Seconds = Annotated[
    float,
    typer.Option("--seconds", metavar="S", min=0.0, help="Begin no further question after so long; told when so."),
]
"""How long the standard questions may be asked."""
Questions = Annotated[
    Path | None,
    typer.Option("--questions", metavar="Q.yaml", help="A list of questions. Default: the standard ones."),
]

app = typer.Typer(help="Facts: tables with sources, dates and grades.", no_args_is_help=True)


@app.command("list")
def list_(facts: common.FactsFolder = None, as_json: common.AsJson = False) -> None:
    """List the tables."""
    known = common.load_facts(facts)
    rows = [{"table": name, "rows": len(known.table(name).rows), "columns": len(known.table(name).columns)}
            for name in known.names]  # fmt: skip
    if as_json:
        common.show_json({"facts_id": known.facts_id, "last_day": str(known.last_day), "tables": rows})
        return
    common.show_rows(rows, ["table", "rows", "columns"], f"Facts {known.facts_id}, to {known.last_day}")


@app.command()
def show(
    table: Annotated[str, typer.Argument(help="Name of a table.")],
    row: Annotated[str | None, typer.Argument(help="Id of a row. Default: all rows.")] = None,
    columns: Annotated[bool, typer.Option("--columns", help="Show the columns instead, with type and unit.")] = False,
    facts: common.FactsFolder = None,
    as_json: common.AsJson = False,
) -> None:
    """Show a table, one of its rows with its sources, or its columns."""
    from landbridge.report.frames import plain_cells

    known = common.load_facts(facts)
    whole = known.table(table)
    if columns:
        rows: list[dict[str, Any]] = [
            {"column": column.name, "type": column.type, "unit": column.unit, "required": column.required,
             "description": column.description} for column in whole.columns
        ]  # fmt: skip
        names = ["column", "type", "unit", "required", "description"]
    elif row is not None:
        found = known.row(table, row)
        cited = [dict(known.row("sources", key)) for key in found.get("source_id") or ()]
        if as_json:
            common.show_json({"table": table, "row": plain_cells([found])[0], "sources": plain_cells(cited)})
            return
        units = {column.name: column.unit for column in whole.columns}
        rows = [{"column": name, "value": value, "unit": units.get(name)} for name, value in found.items()]
        rows += [{"column": "source", "value": one.get("source")} for one in cited]
        rows += [{"column": "url", "value": one.get("url")} for one in cited if one.get("url")]
        names = ["column", "value", "unit"]
    else:
        rows, names = [dict(one) for one in whole.rows], [column.name for column in whole.columns]
    if as_json:
        common.show_json({"table": table, "rows": plain_cells(rows)})
    else:
        common.show_rows(rows, names, table)


@app.command()
def check(
    every: Annotated[bool, typer.Option("--all", help="Show each doubt, not groups of them.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Doubts are shown and count as errors.")] = False,
    facts: common.FactsFolder = None,
    as_json: common.AsJson = False,
) -> None:
    """Check all tables and say what to do about each complaint; exit 1 when there are errors."""
    from landbridge.facts import check as complain
    from landbridge.facts import grouped

    found = complain(common.load_facts(facts))
    errors = [one for one in found if strict or one.severity == "error"]
    if as_json:
        groups = [group.to_dict() for group in grouped(found)]
        common.show_json(
            {"errors": len(errors), "groups": groups, "complaints": [one.to_dict() for one in found]}
        )  # fmt: skip
        common.leave(not errors)
    # a user who lays rows over wants to read each doubt about them
    shown = [one for one in found if one in errors or every or one.line is not None]
    for one in shown:
        common.show_text(str(one))
    common.show_text(f"{len(errors)} error{'s' if len(errors) > 1 else ''}." if errors else "No error.")
    rest = [one for one in found if one not in shown]
    if rest:
        rows = [
            {
                "check": group.check,
                "table": group.table,
                "rows": group.rows,
                "most often": "; ".join(_kind(what, count) for what, count in group.kinds[:2]),
                "what to do": group.remedy,
            }
            for group in grouped(rest)
        ]
        common.show_rows(rows, list(rows[0]), f"{len(rest)} doubts by check and table (each with --all or --json)")
    common.leave(not errors)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Where to write; made when missing.")],
    table: Annotated[list[str] | None, typer.Option("--table", help="Only this table; repeat it.")] = None,
    form: Annotated[str, typer.Option("--format", help="csv, json or parquet.")] = "csv",
    facts: common.FactsFolder = None,
    as_json: common.AsJson = False,
) -> None:
    """Write tables with a data package descriptor."""
    from landbridge.facts import export as write

    written = write(common.load_facts(facts), folder, form, table or ())
    if as_json:
        common.show_json([str(path) for path in written])
    else:
        common.show_text("\n".join(str(path) for path in written))


@app.command()
def sources(
    table: Annotated[list[str] | None, typer.Argument(help="Tables. Default: all.")] = None,
    facts: common.FactsFolder = None,
    as_json: common.AsJson = False,
) -> None:
    """List the sources with grade, licence and whether their data may ship."""
    from landbridge.facts import sources as cited
    from landbridge.report.frames import plain_cells

    known = common.load_facts(facts)
    for name in table or ():
        known.table(name)
    rows = [dict(row) for row in cited(known, *(table or ()))]
    if as_json:
        common.show_json(plain_cells(rows))
    else:
        common.show_rows(rows, list(rows[0]) if rows else ["id"])


@app.command()
def weight(
    every: Annotated[bool, typer.Option("--all", help="Rows of every grade, not only of grade D.")] = False,
    rows: Annotated[int, typer.Option("--rows", min=0, help="How many rows to print; 0 prints all.")] = 40,
    questions: Questions = None,
    output: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write all rows as CSV.")] = None,
    seconds: Seconds = SECONDS,
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
    quiet: common.Quiet = False,
) -> None:
    """Rank the rows by what rests on them in the answers to standard questions: where a better source is worth most.

    Standard are the routes of the tests, each branch of a corridor on three days, the scenarios of
    gas and oil, all alliances and records, and 40 areas: about 570 questions.
    The first time they take some twelve minutes of one processor.
    Each answer is kept on disk: another run with the same facts takes seconds.
    """
    from landbridge.report.frames import check_table, write_frame
    from landbridge.studies.standard import STANDARD, standard_questions
    from landbridge.studies.weight import weigh

    if output is not None:
        check_table(output)
    known = common.load_facts(facts)
    asked = standard_questions(known, questions or STANDARD)
    with common.progress("Questions", quiet) as told:
        found = weigh(known, asked, told, seconds)
    chosen = found if every else found.graded("D")
    if as_json:
        common.show_json(chosen.to_dict())
    else:
        from landbridge.report.weights import weights

        common.show(weights(chosen.to_dict(), rows or None))
    if output is not None:
        write_frame(chosen.to_frame(), output)
    common.leave(bool(found.answered))


@app.command("try")
def try_(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Rows to lay over ours, in files named like tables.")],
    every: Annotated[
        bool, typer.Option("--all", help="Ask all questions, also those that the rows cannot touch.")
    ] = False,
    rows: Annotated[int, typer.Option("--rows", min=0, help="How many rows of a table to print; 0 prints all.")] = 20,
    questions: Questions = None,
    seconds: Seconds = SECONDS,
    as_json: common.AsJson = False,
    quiet: common.Quiet = False,
) -> None:
    """Check rows and print what they change: in the facts, field by field, and in the answers to standard questions.

    Rows with errors are refused, all complaints in one list (exit 2).
    Else the questions that the rows may touch are asked in our facts and in the changed ones.
    What comes out otherwise is a table, with a line for the changelog below.
    A question takes about two seconds; what was asked of our facts before is kept on disk.
    After `facts weight`, which asks all, tries are quick.
    """
    from landbridge.facts import check as complain
    from landbridge.studies.trial import try_facts

    ours, changed = common.load_facts(None), common.load_facts(folder)
    doubts = [one for one in complain(changed) if one.line is not None]
    with common.progress("Answers", quiet) as told:
        found = try_facts(
            ours, changed, doubts=doubts, every=every, questions=questions, progress=told, seconds=seconds
        )
    _show_trial(found.to_dict(), rows, as_json)


@app.command("diff")
def diff_(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A folder of tables: an export, or those of a version.")],
    new: Annotated[
        Path | None, typer.Argument(metavar="NEW", help="Another. Default: the tables of the package.")
    ] = None,
    answers: Annotated[
        bool, typer.Option("--answers", help="Ask the standard questions that the rows may touch.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="With --answers: ask all standard questions.")] = False,
    rows: Annotated[int, typer.Option("--rows", min=0, help="How many rows of a table to print; 0 prints all.")] = 20,
    questions: Questions = None,
    seconds: Seconds = SECONDS,
    as_json: common.AsJson = False,
    quiet: common.Quiet = False,
) -> None:
    """Compare two folders of tables, row by row and field by field; with --answers also what that changes in answers.

    Tables that only one folder has are left out: an export of some compares with all of ours.
    """
    from landbridge.facts import changed_files
    from landbridge.studies.trial import differing_rows, try_folder

    if not answers:
        shipped = common.load_facts(None)
        found = differing_rows(changed_files(old, new or shipped.folder, shipped.schema), shipped)
    else:
        with common.progress("Answers", quiet) as told:
            found = try_folder(old, new, every=every, questions=questions, progress=told, seconds=seconds)
    _show_trial(found.to_dict(), rows, as_json)


def _show_trial(found: dict[str, Any], rows: int, as_json: bool) -> None:
    if as_json:
        common.show_json(found)
    else:
        from landbridge.report.trial import trial

        common.show(trial(found, rows or None))
        if found["rows"]:
            # to be copied: in one line, however long
            common.show_text(f"For the changelog, under Data (mend the words):\n{found['line']}")


def _kind(what: str, count: int) -> str:
    """A kind of doubt in few words, with how many rows have it; `--all` tells each in full."""
    short = shorten(what, 40, placeholder=" ...")
    return f"{short} ({count})" if count > 1 else short
