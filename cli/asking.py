"""What the commands that only ask have in common: the register as it stands tonight, for one audience."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .opening import local_now, open_partnership

if TYPE_CHECKING:
    from engage.config import Config
    from engage.insight.facts import Facts
    from engage.night import Night
    from engage.pipeline import Partnership

SKIP, QUIT = "s", "q"
agency_option = click.option(
    "--agency", default="", help="See what this agency may see, instead of what the hub's readers may see."
)


def look_at(config_path: Path, agency: str = "") -> tuple[Partnership, Night, Facts]:
    """The partnership, its register read and linked now, and the facts of its hub's readers or an agency's.

    Nothing is written to any sheet. Raises UsageError for an agency that engage.toml does not have.
    """
    from engage.config import HUB, load_config  # noqa: PLC0415
    from engage.errors import UsageError  # noqa: PLC0415
    from engage.pipeline import look  # noqa: PLC0415

    config = load_config(config_path)
    audience = audience_named(config, agency) if agency.strip() else HUB
    now = local_now(config)
    partnership = open_partnership(config, now=now)
    click.echo("Reading the workbooks …", err=True)
    night = look(partnership, now=now)
    if audience not in night.facts:
        raise UsageError(f"{audience} has left, as the hub remembers", fix="see what engage sync says of it")
    return partnership, night, night.facts[audience]


def audience_named(config: Config, agency: str) -> str:
    """The agency's full name. Raises UsageError if there is none that is called so."""
    from engage.errors import UsageError  # noqa: PLC0415

    found = config.agency(agency)
    if found is None:
        names = ", ".join(one.short or one.name for one in config.agencies)
        raise UsageError(f"there is no agency called “{agency}”", fix=f"use one of: {names}")
    return found.name


def is_terminal() -> bool:
    """Whether there is a person to ask."""
    return sys.stdin.isatty()


def pick(words: Sequence[str]) -> str:
    """The answer that a person picks of these, SKIP, or QUIT (Ctrl-C too)."""
    keys = [str(at) for at in range(1, len(words) + 1)]
    click.echo("\n" + "   ".join(f"{key} {word}" for key, word in zip(keys, words, strict=True)))
    try:
        chosen = click.prompt("Your answer (s to skip, q to stop)", type=click.Choice([*keys, SKIP, QUIT]))
    except click.Abort:
        click.echo()
        return QUIT
    return chosen if chosen in (SKIP, QUIT) else words[int(chosen) - 1]


def echo_json(document: object) -> None:
    """One JSON document on stdout."""
    import json  # noqa: PLC0415

    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))
