"""engage erase: take a person out of everything, for good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import config_option, json_option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from engage.model import Finding
    from engage.pipeline import Partnership
    from engage.privacy.access import Access
    from engage.privacy.erasing import Erasure

MOST_SHOWN = 40


@click.command("erase")
@click.argument("person", required=False)
@config_option
@json_option
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--status", is_flag=True, help="Instead: what earlier erasures still wait for.")
def command(
    person: str | None, config_path: Path, as_json: bool, dry_run: bool, yes: bool, status: bool
) -> None:
    """Erase PERSON, a PER- number or a mail address, who has asked for it.

    Takes the person out of lists, memory, cache, journal, backups, outbox and packs; figures stay. The
    agencies are asked, in Problems to fix, to clear their own cells: nothing that staff typed is changed
    before they agree. It cannot be undone.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.errors import UsageError  # noqa: PLC0415
    from engage.lock import one_at_a_time  # noqa: PLC0415

    from .opening import local_now, open_partnership  # noqa: PLC0415

    config = load_config(config_path)
    now = local_now(config)
    partnership = open_partnership(config, now=now)
    click.echo("Reading the workbooks …", err=True)
    if status:
        _show_standings(partnership, now, as_json=as_json)
        return
    if not person:
        raise UsageError("nobody is named", fix="name a PER- number or a mail address, or use --status")
    from engage.privacy.access import gather  # noqa: PLC0415
    from engage.privacy.erasing import check_erasable, erase, new_reference, would_ask  # noqa: PLC0415

    access = gather(partnership, person, now=now)
    check_erasable(access)
    asked = would_ask(access, partnership.schema)
    if not as_json:
        _preview(access, asked)
    if dry_run:
        if as_json:
            _json_preview(access, asked)
        return
    if not yes:
        _confirm()
    import secrets  # noqa: PLC0415

    from engage.privacy.record import write_record  # noqa: PLC0415

    with one_at_a_time(config.state):
        done = erase(partnership, access, reference=new_reference(secrets.choice), now=now)
        record = write_record(done, config.state / "erasures")
    _show(done, record, as_json=as_json)


def _preview(access: Access, asked: Sequence[Finding]) -> None:
    from engage.erased.unread import BY_HAND  # noqa: PLC0415
    from engage.privacy.erasing import ONLY_PEOPLE, by_hand  # noqa: PLC0415
    from engage.privacy.unreachable import BEYOND  # noqa: PLC0415
    from engage.wording import counted  # noqa: PLC0415

    from .layout import bullet, field  # noqa: PLC0415

    click.echo(f"{', '.join(access.subject.ids) or 'In no list'}, {access.subject.label}\n")
    click.echo("Would be taken out, for good:")
    reached = (one for one in access.counts.items() if one[0] not in ONLY_PEOPLE)
    for store, (sure, doubtful) in reached:
        more = f", {doubtful:,} of them only if it is the same person" if doubtful else ""
        click.echo(f"  {store:<12} {counted(sure + doubtful, 'value')}{more}")
    click.echo("\nAgencies would be asked to clear what their staff typed:")
    for finding in asked[:MOST_SHOWN]:
        place = f"{finding.place}: {finding.suggestion or BY_HAND}"
        click.echo("\n".join(field(finding.agency or "no agency named", place)))
    if len(asked) > MOST_SHOWN:
        click.echo(f"  and {len(asked) - MOST_SHOWN:,} more; --json shows all")
    click.echo("\nWhat only people can reach:")
    for line in (*by_hand(access), *BEYOND):
        click.echo("\n".join(bullet(line)))


def _json_preview(access: Access, asked: Sequence[Finding]) -> None:
    from .asking import echo_json  # noqa: PLC0415

    cells = [{"agency": f.agency, "where": str(f.place), "would_read": f.suggestion} for f in asked]
    echo_json({"ids": list(access.subject.ids), "values": access.counts, "asked": cells})


def _confirm() -> None:
    """Ask; without a terminal refuse rather than wait."""
    import sys  # noqa: PLC0415

    from engage.errors import UsageError  # noqa: PLC0415

    if not sys.stdin.isatty():
        raise UsageError(
            "this asks before it erases, and there is no terminal", fix="add --yes, or --dry-run"
        )
    click.confirm("\nThis cannot be undone. Erase this person?", abort=True)


def _show(done: Erasure, record: Path, *, as_json: bool) -> None:
    from engage.privacy.record import record_lines, standing_lines  # noqa: PLC0415

    from .asking import echo_json  # noqa: PLC0415

    if as_json:
        waits = list(standing_lines(done.standing))
        echo_json(
            {
                "reference": done.reference,
                "cleared": dict(done.cleared.pieces),
                "waits_for": waits,
                "record": str(record),
            }
        )
        return
    click.echo("\n" + "\n".join(record_lines(done)))
    click.echo(f"\nThis record: {record}")


def _show_standings(partnership: Partnership, now: datetime, *, as_json: bool) -> None:
    from engage.privacy.erasing import look_at_standings  # noqa: PLC0415
    from engage.privacy.record import standing_lines  # noqa: PLC0415

    from .asking import echo_json  # noqa: PLC0415

    found = look_at_standings(partnership, now)
    if as_json:
        echo_json({reference: list(standing_lines(one)) for reference, one in found.items()})
        return
    if not found:
        click.echo("Nobody has been erased.")
    for reference, one in sorted(found.items()):
        click.echo(f"{reference}\n" + "\n".join(standing_lines(one)))
