"""engage why: agency, row and since when of every value in a merged record, and why its rows are one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .asking import agency_option, echo_json, look_at
from .layout import bullet, day_words, field
from .options import config_option, json_option

if TYPE_CHECKING:
    from engage.built.why import Said, Why


@click.command("why")
@click.argument("golden_id", metavar="EMP-…|PER-…")
@click.argument("heading", metavar="[FIELD]", required=False, default="")
@agency_option
@config_option
@json_option
def command(golden_id: str, heading: str, agency: str, config_path: Path, as_json: bool) -> None:
    """Say where the values of a merged record come from, or those of one FIELD.

    For each value: which agency, which row, since when, and by which rule it stands or gave way. Then the
    rows that were merged, and why.
    """
    from engage.built.why import why  # noqa: PLC0415
    from engage.errors import UsageError  # noqa: PLC0415

    partnership, night, facts = look_at(config_path, agency)
    found = why(
        facts,
        partnership.schema,
        night.book,
        golden_id,
        heading,
        country=partnership.config.country,
    )
    if found is None:
        raise UsageError(f"there is no {golden_id} in the lists", fix="find its number with: engage who NAME")
    if heading and not found.said:
        raise UsageError(
            f"no row of {found.golden_id} says anything under “{heading}”", fix="leave the field out"
        )
    if as_json:
        echo_json(found.document())
    else:
        click.echo("\n".join(explain(found)))


def explain(found: Why) -> Iterator[str]:
    """The answer in lines of at most 79 characters."""
    yield f"{found.name}  ({found.golden_id})"
    yield from _values([said for said in found.said if said.stands])
    others = [said for said in found.said if not said.stands]
    if others:
        yield "\nOther values, which gave way"
        yield from _values(others)
    yield f"\nMade of {len(found.rows)} rows" if len(found.rows) != 1 else "\nMade of one row"
    for row in found.rows:
        yield from bullet(f"{row.label}: {row.tab}, row {row.row} ({row.workbook}), {row.record_id}")
    if found.bonds:
        yield "\nWhy they are one"
    for bond in found.bonds:
        yield from bullet(f"{bond.pair}: {bond.reasons or 'no reason given'} ({bond.decided})")


def _values(said: Sequence[Said]) -> Iterator[str]:
    """Each value once, why it stands, and below it the rows that say so."""
    rows: dict[tuple[str, str, str], list[Said]] = {}
    for one in said:
        rows.setdefault((one.field, one.value, one.rule), []).append(one)
    for (heading, value, rule), sources in rows.items():
        yield from field(heading, f"{value} ({rule})" if rule else value)
        for one in sources:
            since = f", since {day_words(one.since)}" if one.since else ""
            where = f"{one.tab}, row {one.row}" if one.row else f"{one.tab}, {one.record_id}"
            yield from field("", f"- {one.agency}: {where}{since}" if one.agency else f"- {where}{since}")
