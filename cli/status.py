"""engage status: what ran last, what comes next, what was missed, what waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .opening import local_now, open_partnership
from .options import config_option, json_option

if TYPE_CHECKING:
    from engage.health import Digests, Health

STAMP = "%d/%m/%Y %H:%M"


@click.command("status")
@config_option
@json_option
@click.pass_context
def command(ctx: click.Context, config_path: Path, as_json: bool) -> None:
    """Say how the clock stands: the last sync and digests, the next ones, what was missed or waits for you.

    Two small looks at the hub; nothing is written. Ends with 0 if all is well, 3 if something waits for a
    person or was missed, 1 if the sync has stopped or the hub cannot be looked at.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.health import health  # noqa: PLC0415

    config = load_config(config_path)
    now = local_now(config)
    found = health(open_partnership(config, now=now), now=now)
    if as_json:
        import json  # noqa: PLC0415

        click.echo(json.dumps(as_document(found), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(in_words(found)))
    ctx.exit(exit_code(found))


def exit_code(found: Health) -> int:
    """1 if the sync has stopped, 3 if a person has something to do, else 0."""
    if found.troubles:
        return 1
    return 3 if found.waits or found.missed else 0


def in_words(found: Health) -> Iterator[str]:
    """A few lines for a person; what needs one comes last, where it is read."""
    who = "this machine" if found.syncs == found.machine else f'"{found.syncs}"' if found.syncs else "nobody"
    yield f"Last sync      {_moment(found.last_sync, 'none yet')}, by {who}"
    yield f"Next sync      {_moment(found.next_sync, '')}"
    for each in found.digests:
        yield f"Last {each.edition:<9} {_digests(each)}"
    yield f"Next digests   {_next(found)}"
    yield f"Clock          {_moment(found.looked, 'has never looked')}"
    for title, lines in (("Missed", found.missed), ("Trouble", found.troubles), ("For you", found.waits)):
        for line in lines:
            yield f"{title}: {line.rstrip('.')}."
    if not (found.missed or found.troubles or found.waits):
        yield "All is well."


def _digests(each: Digests) -> str:
    counts = ", ".join(f"{count:,} {status}" for status, count in sorted(each.counts.items()))
    return f"{each.period}: {counts} ({_moment(datetime.fromisoformat(each.when), '')})"


def _next(found: Health) -> str:
    if not found.sends_by_itself:
        return "by hand, with engage digest send: [mail] send_at in engage.toml is not set"
    if found.next_digest is None:
        return "nobody is to get any, as of the last sync"
    slot = found.next_digest
    return f"{slot.due:%A} {_moment(slot.due, '')}, {slot.job}"


def _moment(when: datetime | None, nothing: str) -> str:
    return f"{when:{STAMP}}" if when else nothing


def as_document(found: Health) -> dict[str, Any]:
    """The same for a program; moments in ISO, local time."""
    slot = found.next_digest
    return {
        "machine": found.machine,
        "syncs": found.syncs,
        "last_sync": found.last_sync.isoformat() if found.last_sync else None,
        "next_sync": found.next_sync.isoformat(),
        "looked": found.looked.isoformat() if found.looked else None,
        "digests": [
            {"edition": each.edition, "period": each.period, "counts": dict(each.counts), "when": each.when}
            for each in found.digests
        ],
        "next_digest": {"edition": slot.job, "due": slot.due.isoformat()} if slot else None,
        "sends_by_itself": found.sends_by_itself,
        "missed": list(found.missed),
        "trouble": list(found.troubles),
        "waits_for_a_person": list(found.waits),
        "exit_code": exit_code(found),
    }
