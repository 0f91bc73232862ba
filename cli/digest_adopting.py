"""engage digest adopt: a person says that this machine sends from now on."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .opening import local_now, open_partnership
from .options import config_option

if TYPE_CHECKING:
    from engage.desk import Desk
    from engage.ledger import Send


@click.command("adopt")
@click.option("--yes", is_flag=True, help="Do not ask.")
@config_option
def adopt_command(yes: bool, config_path: Path) -> None:
    """Send from this machine though the ledger of what was sent is lost or old, or another machine sends.

    Shows this week's digests, which will count as sent: nobody gets one of them again. The next week's go
    out as usual, from here; the other machine then neither syncs nor sends.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.desk import open_desk  # noqa: PLC0415
    from engage.editions import sends_of  # noqa: PLC0415
    from engage.lock import one_at_a_time  # noqa: PLC0415
    from engage.our_ledger import adopt, said_of  # noqa: PLC0415

    config = load_config(config_path)
    now = local_now(config)
    with one_at_a_time(config.state):
        partnership = open_partnership(config, now=now)
        click.echo("Reading the workbooks …", err=True)
        desk = open_desk(partnership, now=now)
        sends = sends_of(desk)
        for line in adoption_words(desk, sends, said_of(desk)):
            click.echo(line)
        if not yes:
            confirm()
        adopt(desk, sends, partnership.machine)
    click.echo("This machine sends from now on, beginning with the next week's.")


def adoption_words(desk: Desk, sends: Sequence[Send], said: Mapping[str, str]) -> Iterator[str]:
    """What would count as sent, and what the hub says of each; said: address → that."""
    if desk.held_by:
        yield f"Mind: {desk.held_by.what}. After this it is this machine that syncs and sends."
    periods = ", ".join(sorted({send.period for send in sends})) or "the last whole week and month"
    yield f"These digests count as sent, and nobody gets one of {periods} any more:"
    for send in sends:
        last = said.get(send.address, "")
        heard = f"last sent by the Digest list: {last}" if last else "NOTHING SENT YET by the Digest list"
        yield f"  {send.address}: {send.edition} {send.period} ({heard})"


def confirm(question: str = "Go on?") -> None:
    """Ask; without a terminal refuse rather than wait."""
    from engage.errors import UsageError  # noqa: PLC0415

    if not sys.stdin.isatty():
        raise UsageError("this asks before it writes, and there is no terminal", fix="add --yes")
    click.confirm(question, abort=True)
