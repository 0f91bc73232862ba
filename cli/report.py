"""engage report: a quarter, year or month as a page and a spreadsheet, frozen as a pack when it is over."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .asking import agency_option, audience_named, echo_json
from .digest import show
from .opening import local_now, open_partnership
from .options import config_option, json_option

if TYPE_CHECKING:
    from engage.config import Config
    from engage.desk import Desk
    from engage.insight.weeks import Period
    from engage.report.packs import Pack
    from engage.schema import Schema


@click.command("report")
@click.option(
    "--quarter", default="", metavar="2026/27-Q2", help="A quarter, as the partnership counts them."
)
@click.option("--year", default="", metavar="2026/27", help="A year, as the partnership counts them.")
@click.option("--month", default="", metavar="2026-11", help="A month.")
@click.option("--html", "as_page", is_flag=True, help="As a page and a spreadsheet to look at; not kept.")
@click.option("--again", is_flag=True, help="Issue the next version; the earlier ones are kept.")
@click.option(
    "--why", default="", help="With --again: why, in a sentence that stands at the head of the pack."
)
@click.option("--list", "lists", is_flag=True, help="What was issued so far.")
@click.option(
    "--open/--no-open",
    "opens",
    default=None,
    help="Open the page in the browser; without either, only at a terminal.",
)
@agency_option
@config_option
@json_option
def command(  # noqa: PLR0913 - one option an argument, as click has it
    *,
    quarter: str,
    year: str,
    month: str,
    as_page: bool,
    again: bool,
    why: str,
    lists: bool,
    opens: bool | None,
    agency: str,
    config_path: Path,
    as_json: bool,
) -> None:
    """Report on a quarter, a year or a month.

    Of a period that is over it issues a pack: a page to print and a spreadsheet with charts, frozen in the
    folder packs. Asked for again, it shows what was issued. Without a period, how the running quarter stands.
    """
    from engage.config import HUB, load_config  # noqa: PLC0415
    from engage.packing import write_now  # noqa: PLC0415

    config = load_config(config_path)
    audience = audience_named(config, agency) if agency.strip() else HUB
    if lists:
        say_packs(config, as_json=as_json)
        return
    now = local_now(config)
    span = span_of(quarter, year, month, config.year, now.date())
    asked = bool(quarter or year or month)
    check_options(asked=asked, as_page=as_page, again=again, why=why)
    if asked and not as_page:
        pack, new = pack_of(config, audience, span, again=again, why=why)
        say_pack(pack, new=new, as_json=as_json)
        open_page(pack.page, opens)
        return
    desk, schema = desk_for_report(config)
    if desk.stale:
        click.echo(f"Mind: {desk.stale}. Run engage sync for the same figures in the workbook.", err=True)
    if as_page:
        page = write_now(desk, schema, span, audience)
        say_page(page, as_json=as_json)
        open_page(page, opens)
    else:
        say_now(desk, schema, span, audience, as_json=as_json)


def check_options(*, asked: bool, as_page: bool, again: bool, why: str = "") -> None:
    """Raises UsageError for options that contradict one another."""
    from engage.errors import UsageError  # noqa: PLC0415

    if again and (as_page or not asked):
        raise UsageError(
            "--again issues a pack again, so it needs its --quarter, --year or --month, and no --html",
            fix="name the period",
        )
    if why and not again:
        raise UsageError("--why is said of a pack that is issued again", fix="add --again")


def span_of(quarter: str, year: str, month: str, kind: str, today: date) -> Period:
    """The period that the options name; the quarter that runs if they name none. Raises UsageError."""
    from engage.errors import UsageError  # noqa: PLC0415
    from engage.insight.quarters import quarter_named, quarter_of, year_named  # noqa: PLC0415

    named = [(name, text) for name, text in (("quarter", quarter), ("year", year), ("month", month)) if text]
    if len(named) > 1:
        raise UsageError("one period at a time", fix="give --quarter, --year or --month")
    if not named:
        return quarter_of(today, kind)
    (name, text), whole = named[0], "2026" if kind == "calendar" else "2026/27"
    read = {"quarter": quarter_named, "year": year_named, "month": month_named}
    try:
        return read[name](text, kind)
    except ValueError as error:
        like = {"quarter": f"{whole}-Q2", "year": whole, "month": "2026-11"}
        which = "" if name == "month" else f" of a year as [partnership] year counts them ({kind})"
        raise UsageError(
            f"“{text}” is no {name}{which}", where=f"--{name}", fix=f"write it like {like[name]}"
        ) from error


def month_named(label: str, _: str = "") -> Period:
    """The month of "2026-11", whatever the year is counted from. Raises ValueError."""
    from engage.insight.weeks import month_of  # noqa: PLC0415

    found = re.fullmatch(r"(\d{4})-(\d{1,2})", label.strip())
    if found is None:
        raise ValueError(label)
    return month_of(date(int(found[1]), int(found[2]), 1))


def desk_for_report(config: Config) -> tuple[Desk, Schema]:
    """The register, read and linked now; nothing is written."""
    from engage.desk import open_desk  # noqa: PLC0415

    now = local_now(config)
    partnership = open_partnership(config, now=now)
    click.echo("Reading the workbooks …", err=True)
    return open_desk(partnership, now=now), partnership.schema


def pack_of(config: Config, audience: str, span: Period, *, again: bool, why: str = "") -> tuple[Pack, bool]:
    """The pack that was issued last, or one issued now; and whether it is new."""
    from engage.lock import one_at_a_time  # noqa: PLC0415
    from engage.packing import folder_of, issue_pack  # noqa: PLC0415
    from engage.report.packs import versions  # noqa: PLC0415

    with one_at_a_time(config.state):
        known = versions(folder_of(config, audience, span))
        if known and not again:
            return known[-1], False
        desk, schema = desk_for_report(config)
        return issue_pack(desk, schema, span, audience, why=why), True


def say_now(desk: Desk, schema: Schema, span: Period, audience: str, *, as_json: bool) -> None:
    """A report that is not kept, in words or as one document."""
    from engage.packing import report_for  # noqa: PLC0415
    from engage.report.words import as_document, in_words  # noqa: PLC0415

    report = report_for(desk, schema, span, audience)
    if as_json:
        echo_json(as_document(report))
    else:
        click.echo("\n".join(in_words(report)))


def say_page(page: Path, *, as_json: bool) -> None:
    """Where the page of a report that is not kept was written."""
    if as_json:
        echo_json({"page": str(page)})
    else:
        click.echo(page)


def say_pack(pack: Pack, *, new: bool, as_json: bool) -> None:
    """Where a pack is, since when, and whether somebody changed it after it was issued."""
    touched = pack.touched()
    if as_json:
        echo_json({**_document(pack), "new": new})
        return
    said = f"{pack.title}, version {pack.version}: "
    click.echo(
        said + ("issued now" if new else f"as issued on {_day(pack.issued)}, as of {_day(pack.as_of)}")
    )
    click.echo(pack.page)
    if touched:
        click.echo(f"Mind: changed or gone since it was issued: {', '.join(touched)}.", err=True)
    if not new:
        click.echo("With --again the next version is issued; this one is kept.", err=True)


def say_packs(config: Config, *, as_json: bool) -> None:
    """Every pack that was issued, the newest first."""
    from engage.packing import packs_folder  # noqa: PLC0415
    from engage.report.packs import all_packs  # noqa: PLC0415

    found = all_packs(packs_folder(config))
    if as_json:
        echo_json({"packs": [_document(pack) for pack in found]})
    else:
        click.echo("\n".join(_lines(found)))


def _lines(found: Sequence[Pack]) -> Iterator[str]:
    if not found:
        yield "Nothing was issued yet. For instance: engage report --quarter 2026/27-Q2"
    for pack in found:
        whom = f", for {pack.audience}" if pack.audience else ""
        yield f"{pack.title}{whom}, version {pack.version}, issued {_day(pack.issued)}"
        yield f"  {pack.page}"


def _document(pack: Pack) -> dict[str, object]:
    return {
        "title": pack.title,
        "audience": pack.audience,
        "version": pack.version,
        "issued": pack.issued,
        "read": pack.read,
        "as_of": pack.as_of,
        "page": str(pack.page),
        "files": sorted(pack.files),
        "changed_since": list(pack.touched()),
    }


def _day(text: str) -> str:
    from engage.insight.weeks import long_day, read_day  # noqa: PLC0415

    day = read_day(text)
    return long_day(day) if day else text


def open_page(page: Path, opens: bool | None) -> None:
    """Show it in the browser, if that was asked for or somebody sits at a terminal."""
    if sys.stdout.isatty() if opens is None else opens:
        show([page])
