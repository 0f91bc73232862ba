"""engage why: agency, row and since when of every value in a merged record, and why its rows are one.

Why two records are one, or are not: why_two.py."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .asking import agency_option, echo_json, look_at
from .layout import bullet, day_words, field
from .options import config_option, json_option
from .why_two import HERE, show_two

if TYPE_CHECKING:
    from engage.built.why import Said, Why
    from engage.insight.facts import Facts
    from engage.night import Night
    from engage.pipeline import Partnership


A_ROW = re.compile(r"^(EMP|SIT|PER|R)-\w+(#\d+)?$", re.IGNORECASE)


@click.command("why")
@click.argument("golden_id", metavar="EMP-…|PER-…|R-…")
@click.argument("other", metavar="[FIELD|EMP-…|PER-…|R-…]", required=False, default="")
@click.option(
    "--chart",
    "chart",
    type=click.Path(path_type=Path),
    is_flag=False,
    flag_value=HERE,
    default=None,
    metavar="[FILE.html]",
    help="Of two records: draw the weights into a page that opens without a network.",
)
@agency_option
@config_option
@json_option
def command(
    golden_id: str, other: str, chart: Path | None, agency: str, config_path: Path, as_json: bool
) -> None:
    """Say where the values of a merged record come from, or why two records are one or are not.

    Of one record: for each value, or those of one FIELD, which agency, which row, since when, and by which
    rule it stands or gave way; then the rows that were merged, and why. Of two records, merged (EMP-…, PER-…)
    or rows (R-…): what was decided, and what speaks for and against them, strongest first.
    """
    from engage.errors import UsageError  # noqa: PLC0415

    pair = _as_pair(golden_id, other)
    if chart and not pair:
        raise UsageError("--chart draws the weights of two records", fix="name two: engage why A B --chart")
    partnership, night, facts = look_at(config_path, agency)
    if pair:
        show_two(partnership, night, facts, pair, chart=chart, as_json=as_json)
    else:
        _one(partnership, night, facts, golden_id, other, as_json)


def _as_pair(first: str, second: str) -> tuple[str, str] | None:
    """The two records that are asked about, the Pair cell of Decisions too; None if it is one record."""
    one, tilde, two = first.partition("~")
    if tilde:
        return one.strip(), two.strip()
    return (first, second) if A_ROW.match(second.strip()) else None


def _one(
    partnership: Partnership, night: Night, facts: Facts, golden_id: str, heading: str, as_json: bool
) -> None:
    from engage.built.why import why  # noqa: PLC0415
    from engage.errors import UsageError  # noqa: PLC0415

    country = partnership.config.country
    found = why(facts, partnership.schema, night.book, golden_id, heading, country=country)
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
