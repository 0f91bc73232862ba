"""engage verify: prove from the backups that the last run touched only what it may."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import config_option, json_option

if TYPE_CHECKING:
    from engage.config import Config


@click.command("verify")
@config_option
@json_option
@click.pass_context
def command(ctx: click.Context, config_path: Path, as_json: bool) -> None:
    """Prove that the last run wrote only Record IDs, built tabs and accepted suggestions.

    Every cell of every workbook before the run is held against the same cell after it, from the dated
    copies beside engage.toml. Ends with 4 if anything else was touched.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.errors import EXIT_DONE, EXIT_UNSAFE  # noqa: PLC0415

    checked = check(load_config(config_path))
    if as_json:
        import json  # noqa: PLC0415

        click.echo(json.dumps({"workbooks": checked}, ensure_ascii=False, indent=2))
    else:
        for line in lines(checked):
            click.echo(line)
    bad = any(book["unexplained"] or book["parts"] for book in checked)
    ctx.exit(EXIT_UNSAFE if bad else EXIT_DONE)


def check(config: Config) -> list[dict[str, Any]]:
    """One entry a write of the last run that has copies."""
    from engage.cache import Cache  # noqa: PLC0415
    from engage.config import GoogleSheet  # noqa: PLC0415
    from engage.proof import in_words, judge_changes  # noqa: PLC0415
    from engage.schema import load_schema  # noqa: PLC0415
    from engage.workbook.xlsx import differences, last_run  # noqa: PLC0415

    schema, cache = load_schema(config.schema), Cache(config.state / "cache.sqlite")
    entries = [entry for run in cache.runs()[-1:] for entry in cache.entries(run)]
    newest = newest_stamp(config)
    found: list[dict[str, Any]] = []
    for home in config.sources:
        if isinstance(home.workbook, GoogleSheet):
            continue
        for pair in last_run(config.state / "backups" / home.key):
            if pair.after is None or pair.stamp.partition("+")[0] != newest:
                continue
            told = differences(pair.before, pair.after)
            mine = [entry for entry in entries if entry.workbook == home.key]
            verdict = judge_changes(told.cells, schema, mine)
            found.append(
                {
                    "workbook": home.workbook.name,
                    "copies": [str(pair.before), str(pair.after)],
                    "ids": verdict.ids,
                    "built_cells": verdict.built,
                    "accepted_suggestions": verdict.suggestions,
                    "unexplained": list(in_words(verdict.unexplained)),
                    "parts": list(told.unexplained),
                    "saved_since": _differ(home.workbook, pair.after),
                }
            )  # fmt: skip
    return found


def _differ(path: Path, after: Path) -> bool:
    return not path.exists() or path.read_bytes() != after.read_bytes()


def newest_stamp(config: Config) -> str:
    """The stamp of the newest run that wrote to any workbook; "" if none has copies."""
    from engage.workbook.xlsx import last_run  # noqa: PLC0415

    runs = [last_run(config.state / "backups" / home.key) for home in config.sources]
    return max((pairs[-1].stamp.partition("+")[0] for pairs in runs if pairs), default="")


def lines(checked: list[dict[str, Any]]) -> list[str]:
    """The proof in words, a paragraph a workbook."""
    if not checked:
        return ["No run has written anything yet, or its copies have been deleted."]
    from engage.wording import counted  # noqa: PLC0415

    told = []
    for book in checked:
        told.append(
            f"{book['workbook']}: {counted(book['ids'], 'Record ID')}, "
            f"{counted(book['built_cells'], 'cell')} of grey tabs, "
            f"{counted(book['accepted_suggestions'], 'accepted suggestion')}"
        )
        told += [f"  NOT ACCOUNTED FOR: {where}" for where in book["unexplained"]]
        told += [f"  A part of the file differs: {part}" for part in book["parts"]]
        told.append(
            "  nothing else was touched" if not book["unexplained"] and not book["parts"] else "  see above"
        )
    return told
