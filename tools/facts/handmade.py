"""Whole tables written by hand: every file of patches/tables becomes a table."""

from __future__ import annotations

from tools.facts.common import PATCHES, Context


def build(context: Context) -> dict[str, list[dict[str, str]]]:
    return {
        path.stem: [context.finish(row) for row in context.patch(f"tables/{path.stem}")]
        for path in sorted((PATCHES / "tables").glob("*.csv"))
    }
