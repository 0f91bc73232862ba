"""What the commands that only ask have in common: the register as it stands tonight, for one audience."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .opening import local_now, open_partnership

if TYPE_CHECKING:
    from engage.insight.facts import Facts
    from engage.night import Night
    from engage.pipeline import Partnership

agency_option = click.option(
    "--agency", default="", help="See what this agency may see, instead of what the hub's readers may see."
)


def look_at(config_path: Path) -> tuple[Partnership, Night]:
    """The partnership and its register, read and linked now; nothing is written to any sheet."""
    from engage.config import load_config  # noqa: PLC0415
    from engage.pipeline import look  # noqa: PLC0415

    config = load_config(config_path)
    now = local_now(config)
    partnership = open_partnership(config, now=now)
    click.echo("Reading the workbooks …", err=True)
    return partnership, look(partnership, now=now)


def facts_for(night: Night, agency: str) -> Facts:
    """The facts of the hub's readers, or of one agency's. Raises UsageError for an unknown agency."""
    from engage.config import HUB  # noqa: PLC0415
    from engage.errors import UsageError  # noqa: PLC0415

    wanted = agency.strip().casefold()
    found = next((name for name in night.facts if name.casefold() == wanted), None)
    if wanted and found is None:
        names = ", ".join(name for name in night.facts if name != HUB)
        raise UsageError(f"there is no agency called “{agency}”", fix=f"use one of: {names}")
    return night.facts[found or HUB]


def echo_json(document: object) -> None:
    """One JSON document on stdout."""
    import json  # noqa: PLC0415

    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))
