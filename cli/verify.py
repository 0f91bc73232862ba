"""engage verify: prove from the backups that the last run touched only what it may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import config_option, json_option

if TYPE_CHECKING:
    from engage.cache import Entry
    from engage.config import Config, Source
    from engage.proof import Verdict
    from engage.schema import Schema


@click.command("verify")
@config_option
@json_option
@click.pass_context
def command(ctx: click.Context, config_path: Path, as_json: bool) -> None:
    """Prove that the last run wrote only Record IDs, built tabs and accepted suggestions.

    Every cell of every workbook before the run is held against the same cell after it, from the dated
    copies beside engage.toml; of a Google Sheet, every request that was sent to change it. Ends with 4 if
    anything else was touched.
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
    """One entry a write of the last run: of a file by its copies, of a Google Sheet by what was sent."""
    from engage.cache import CACHE_FILE, Cache  # noqa: PLC0415
    from engage.schema import load_schema  # noqa: PLC0415

    schema, cache = load_schema(config.schema), Cache(config.state / CACHE_FILE)
    entries = [entry for run in cache.runs()[-1:] for entry in cache.entries(run)]
    newest = newest_stamp(config)
    found: list[dict[str, Any]] = []
    for source in config.sources:
        mine = [entry for entry in entries if entry.workbook == source.key]
        if isinstance(source.workbook, Path):
            folder = config.state / "backups" / source.key
            found += _check_file(source.workbook, folder, newest, schema, mine)
        else:
            found += _check_sheet(source, config.state / "requests" / source.key, newest, schema, mine)
    return found


def _check_file(
    file: Path, copies: Path, newest: str, schema: Schema, entries: list[Entry]
) -> Iterator[dict[str, Any]]:
    from engage.proof import judge_changes  # noqa: PLC0415
    from engage.workbook.xlsx import differences, last_run  # noqa: PLC0415

    for pair in last_run(copies):
        if pair.after is None or pair.stamp.partition("+")[0] != newest:
            continue
        told = differences(pair.before, pair.after)
        yield _entry(file.name, judge_changes(told.cells, schema, entries), told.unexplained) | {
            "copies": [str(pair.before), str(pair.after)],
            "saved_since": _differ(file, pair.after),
        }


def _check_sheet(
    source: Source, log: Path, newest: str, schema: Schema, entries: list[Entry]
) -> Iterator[dict[str, Any]]:
    from engage.proof import judge_changes  # noqa: PLC0415
    from engage.workbook.google.request_log import as_logged, last_sent  # noqa: PLC0415

    batches = [sent for sent in last_sent(log) if sent.stamp == newest]
    if batches:
        cells = [cell for sent in batches if not sent.put_back for cell in sent.cells]
        shapes = {shape for sent in batches for shape in sent.shapes}
        kinds = {title: tab.kind for title, tab in schema.tabs.items()}
        rest = sorted(f"{kind} in {tab}" for kind, tab in shapes if not _may(kind, kinds.get(tab)))
        assert not isinstance(source.workbook, Path)
        yield _entry(source.workbook.name, judge_changes(cells, schema, entries, as_logged), rest) | {
            "put_back": sum(len(sent.cells) for sent in batches if sent.put_back)
        }


def _may(kind: str, tab: str | None) -> bool:
    """Built tabs are ours to lay out; in people's a filter or table takes the ids in, and rows get looks."""
    from engage.workbook.google.request_log import LOOKS  # noqa: PLC0415

    return tab == "built" or kind in ("setBasicFilter", "updateTable", LOOKS)


def _entry(name: str, verdict: Verdict, parts: Iterable[str]) -> dict[str, Any]:
    from engage.proof import in_words  # noqa: PLC0415

    return {
        "workbook": name,
        "ids": verdict.ids,
        "built_cells": verdict.built,
        "accepted_suggestions": verdict.suggestions,
        "unexplained": list(in_words(verdict.unexplained)),
        "parts": list(parts),
    }


def _differ(path: Path, after: Path) -> bool:
    return not path.exists() or path.read_bytes() != after.read_bytes()


def newest_stamp(config: Config) -> str:
    """The stamp of the newest run that wrote to any workbook; "" if none has copies."""
    from engage.workbook.xlsx import last_run  # noqa: PLC0415

    runs = [last_run(config.state / "backups" / home.key) for home in config.sources]
    stamps = [pairs[-1].stamp.partition("+")[0] for pairs in runs if pairs]
    stamps += [file.stem for file in (config.state / "requests").glob("*/*.jsonl")]
    return max(stamps, default="")


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
        if book.get("put_back"):
            told.append(f"  {counted(book['put_back'], 'cell')} put back that somebody edited at that moment")
        told += [f"  NOT ACCOUNTED FOR: {where}" for where in book["unexplained"]]
        told += [f"  A part of the file differs: {part}" for part in book["parts"]]
        told.append(
            "  nothing else was touched" if not book["unexplained"] and not book["parts"] else "  see above"
        )
    return told
