"""engage agency: an agency joins, is not read for a while, leaves, or keeps its rows in another file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .agency_move import move
from .options import config_option

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engage.agencies.leaving import Departure
    from engage.agencies.standing import Standing
    from engage.config import Config

yes_option = click.option("--yes", is_flag=True, help="Do it without asking.")
dry_option = click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")


@click.group("agency")
def command() -> None:
    """An agency joins, is paused, leaves, or moves its workbook; each shows first what it would do."""


@command.command("join")
@click.argument("name")
@click.argument("workbook")
@click.option("--view-only", is_flag=True, help="Its workbook may be read, never written to.")
@yes_option
@dry_option
@config_option
@click.pass_context
def join(
    ctx: click.Context,
    name: str,
    workbook: str,
    view_only: bool,
    yes: bool,
    dry_run: bool,
    config_path: Path,
) -> None:
    """Take in NAME with its own WORKBOOK, an .xlsx file or the link of a Google Sheet.

    Shows how the workbook would be read, as engage adopt does. An agency that left comes back so.
    """
    from engage.agencies.returning import counted_in, known_as  # noqa: PLC0415
    from engage.config import load_config  # noqa: PLC0415

    from . import adopt  # noqa: PLC0415

    config = load_config(config_path)
    name = known_as(config, name).name
    common = {"workbook": workbook, "agency": name, "view_only": view_only,
              "config_path": config_path, "as_json": False, "joining": True}  # fmt: skip
    ctx.invoke(adopt.command, accepted=False, **common)
    if dry_run or not agreed(yes, f"Take in {name}?"):
        return
    with counted_in(config, name):
        ctx.invoke(adopt.command, accepted=True, **common)
    _take_back(load_config(config_path), name)


def _take_back(config: Config, name: str) -> None:
    """Have the hub forget that this agency left, if there is a hub yet and it remembers."""
    from engage.agencies.returning import take_back  # noqa: PLC0415
    from engage.lock import one_at_a_time  # noqa: PLC0415

    from .opening import local_now, open_partnership  # noqa: PLC0415

    if isinstance(config.hub, Path) and not config.hub.exists():
        return
    now = local_now(config)
    with one_at_a_time(config.state):
        partnership = open_partnership(config, now=now)
        if take_back(partnership, name, now=now):
            click.echo(f"The hub remembered that {name} had left, and does not any more.", err=True)


@command.command("pause")
@click.argument("name")
@click.option("--withdraw", is_flag=True, help="Its rows leave every list meanwhile.")
@click.option("--resume", is_flag=True, help="Instead: read it again, and show its rows.")
@yes_option
@dry_option
@config_option
def pause(name: str, withdraw: bool, resume: bool, yes: bool, dry_run: bool, config_path: Path) -> None:
    """Stop reading the workbook of NAME for now: its access was revoked, or somebody rebuilds it.

    Its rows are shown as they last were, with their age; --withdraw takes them out of the lists.
    """
    from engage.agencies.pausing import pause as pause_now  # noqa: PLC0415
    from engage.agencies.pausing import resume as read_again  # noqa: PLC0415
    from engage.agencies.standing import agency_named  # noqa: PLC0415
    from engage.config import load_config  # noqa: PLC0415

    from .opening import local_now  # noqa: PLC0415

    config = load_config(config_path)
    agency = agency_named(config, name)
    words = "read again and shown" if resume else "in no list" if withdraw else "shown as they last were"
    click.echo(f"{agency.name}: from the next sync on its rows are {words}.")
    if dry_run or not agreed(yes, "Do it?"):
        return
    if resume:
        read_again(config, agency)
    else:
        pause_now(config, agency, local_now(config).date(), withdrawn=withdraw)
    click.echo("Done, in engage.toml. Now: engage sync")


@command.command("leave")
@click.argument("name")
@yes_option
@dry_option
@config_option
def leave(name: str, yes: bool, dry_run: bool, config_path: Path) -> None:
    """Let NAME leave: what it kept with us is withdrawn everywhere that we reach.

    Its own workbook stays as it is, but for the lists in it that show what partners know. The lists of all
    others are rebuilt without it, and copies are cleared; past runs cannot be undone after that. Said again,
    it finishes a departure that was cut off.
    """
    from engage.agencies.leaving import leave as leave_now  # noqa: PLC0415
    from engage.agencies.standing import agency_named, standing_of  # noqa: PLC0415
    from engage.config import load_config  # noqa: PLC0415
    from engage.lock import one_at_a_time  # noqa: PLC0415
    from engage.pipeline import look  # noqa: PLC0415

    from .opening import local_now, open_partnership  # noqa: PLC0415

    config = load_config(config_path)
    if _finished(config, name, yes=yes, dry_run=dry_run):
        return
    agency, now = agency_named(config, name), local_now(config)
    with one_at_a_time(config.state):
        partnership = open_partnership(config, now=now)
        click.echo("Reading the workbooks …", err=True)
        night = look(partnership, now=now)
        _preview(standing_of(night, config, partnership.schema, agency))
        if dry_run or not agreed(yes, f"Let {agency.name} leave? It cannot be taken back as a whole."):
            return
        done = leave_now(
            partnership, night, agency, now=now, reopen=lambda changed: open_partnership(changed, now=now)
        )
    _show(done)


def _finished(config: Config, name: str, *, yes: bool, dry_run: bool) -> bool:
    """Finish the departure of one that has left already, if it was cut off; whether there was one."""
    from engage.agencies.leaving import finish  # noqa: PLC0415
    from engage.agencies.returning import known_as  # noqa: PLC0415
    from engage.lock import one_at_a_time  # noqa: PLC0415
    from engage.stores.departed import is_left_over  # noqa: PLC0415

    from .opening import local_now, open_partnership  # noqa: PLC0415

    agency, now = known_as(config, name), local_now(config)
    if agency not in config.departed:
        return False
    with one_at_a_time(config.state):
        partnership = open_partnership(config, now=now)
        if not is_left_over(config, partnership.cache, agency):
            return False
        click.echo(
            f"{agency.name} has left, but its departure was cut off: copies of its rows are still here."
        )
        if dry_run or not agreed(yes, "Rebuild the lists without it, and clear them?"):
            return True
        forgotten = finish(partnership, agency, now=now)
    click.echo("What was left over of its departure is done now:")
    for what, count in forgotten.items():
        click.echo(f"  {count:,} {what} cleared")
    return True


command.add_command(move)


def agreed(yes: bool, question: str) -> bool:
    """Whether a person agrees; without a terminal it refuses rather than wait."""
    from engage.errors import UsageError  # noqa: PLC0415

    from .asking import is_terminal  # noqa: PLC0415

    if yes:
        return True
    if not is_terminal():
        raise UsageError("this asks before it changes anything, and there is no terminal",
                         fix="add --yes, or --dry-run")  # fmt: skip
    return click.confirm(question)


def _preview(standing: Standing) -> None:
    from engage.insight.freshness import read_words  # noqa: PLC0415
    from engage.stores.departed import STAYS  # noqa: PLC0415

    rows = ", ".join(f"{count:,} in {tab}" for tab, count in standing.rows.items()) or "none"
    click.echo(f"{standing.agency.name}: rows: {rows}")
    if standing.read is not None:
        click.echo(f"Its workbook: {read_words(standing.read)}")
    click.echo(f"Employers that leave the lists: {standing.alone:,}; recomputed: {standing.shared:,}")
    click.echo(f"People that leave the lists: {standing.people_alone:,}; "
               f"recomputed: {standing.people_shared:,}")  # fmt: skip
    click.echo(f"Questions in To review that go: {standing.questions:,}")
    click.echo(f"Readers of digests that get none any more: {standing.readers:,}")
    if standing.in_the_hub:
        click.echo("Its rows are typed into the hub: no list shows them any more; people take them out.")
    _list("Stays, and why:", STAYS)


def _show(done: Departure) -> None:
    click.echo(f"\n{done.agency.name} has left. {done.report.cells_written:,} cells of lists were rebuilt.")
    for what, count in done.forgotten.items():
        click.echo(f"  {count:,} {what} cleared")
    if done.emptied:
        click.echo("  the lists in its own workbook that showed what partners know are empty now")
    _list("Only people can do this:", (*done.ask, *_BEYOND))


_BEYOND = (
    "Take its access to the hub away, and yours to its workbook.",
    "Rows of Agencies, Coordinators and Targets that name it.",
    "Version histories of the hub, and copies that partners made themselves.",
)


def _list(title: str, lines: Iterable[str]) -> None:
    click.echo(f"\n{title}")
    for line in lines:
        click.echo(f"  - {line}")
