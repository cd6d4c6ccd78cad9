"""`landbridge cache`: what was worked out before and is kept on disk."""

from __future__ import annotations

import typer

from landbridge.cli import _common as common

app = typer.Typer(
    help="What was worked out before and is kept on disk. LANDBRIDGE_CACHE names the folder; off keeps nothing.",
    no_args_is_help=True,
)


@app.command()
def show(as_json: common.AsJson = False) -> None:
    """Show where it is and how much: at most 200 MB, what is unused for the longest goes first."""
    from landbridge import shelf

    where, (files, size) = shelf.folder(), shelf.size()
    if as_json:
        folder = None if where is None else str(where)
        common.show_json({"schema": "cache/1", "folder": folder, "files": files, "bytes": size})
    else:
        common.show_text("nothing is kept" if where is None else f"{where}: {files} files, {size / 1e6:.1f} MB")


@app.command()
def clear() -> None:
    """Remove it all; an answer is the same without."""
    from landbridge import shelf

    common.show_text(f"{shelf.clear()} files removed")
