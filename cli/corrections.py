"""engage corrections: what was told of merges taken back since, and what is still to be put right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .asking import echo_json, look_at
from .layout import day_words
from .options import config_option, json_option
from .told_otherwise import again, reached_document, reached_lines

if TYPE_CHECKING:
    from engage.corrections.affected import Affected
    from engage.corrections.standing import Standing


@click.command("corrections")
@config_option
@json_option
def command(config_path: Path, as_json: bool) -> None:
    """What was told of merges that were taken back since.

    For each merge taken back in the last three months: the digests and packs that told of the two as one,
    who has still to be told in their next digest, and which packs have still to be issued again. Nothing is
    written; digests put themselves right.
    """
    from engage.corrections.standing import standing  # noqa: PLC0415
    from engage.desk import desk_at  # noqa: PLC0415
    from engage.ledger import LEDGER_FILE, Ledger  # noqa: PLC0415
    from engage.report.packs import all_packs  # noqa: PLC0415
    from engage.stores.in_packs import packs  # noqa: PLC0415

    partnership, night, _ = look_at(config_path)
    path = partnership.config.state / LEDGER_FILE
    ledger = Ledger(path) if path.exists() else None
    found = standing(desk_at(partnership, night), ledger, all_packs(packs(partnership.config)))
    if as_json:
        echo_json({"corrections": [_document(one) for one in found]})
    else:
        click.echo("\n".join(line for one in found for line in _lines(one)) or NOTHING)


NOTHING = "No merge that was taken back in the last three months has anything to put right."


def _document(one: Standing) -> dict[str, object]:
    return {
        "pair": one.reached.split.key,
        "sides": one.sides,
        **reached_document(one.reached),
        "still_to_tell": [reader.email for reader in one.untold],
        "still_to_issue": [again(pack) for pack in one.reached.packs],
    }


def _lines(one: Standing) -> Iterator[str]:
    split = one.reached.split
    yield f"{one.sides}: told as one from {_day(split.since)} to {_day(split.until)} [{split.key}]"
    yield from reached_lines(one.reached)
    yield from _still_open(one.reached, one)
    yield ""


def _still_open(reached: Affected, one: Standing) -> Iterator[str]:
    from engage.wording import counted, in_a_row  # noqa: PLC0415

    names = in_a_row([reader.name or reader.email for reader in one.untold[:8]])
    more = f" and {len(one.untold) - 8} more" if len(one.untold) > 8 else ""
    if one.untold:
        yield f"  Still to tell, in their next digest: {names}{more}"
    elif reached.readers:
        yield f"  All {counted(len(reached.readers), 'reader')} have been told."
    yield from (f"  Still to issue: {again(pack)}" for pack in reached.packs)


def _day(minute: str) -> str:
    return day_words(minute[:10])
