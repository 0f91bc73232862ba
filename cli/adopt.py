"""engage adopt: an agency's own workbook, looked at before it is taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import config_option, json_option

if TYPE_CHECKING:
    from engage.adopting import Adoption
    from engage.config import Config, Home
    from engage.model import Snapshot


@click.command("adopt")
@click.argument("workbook")
@click.option("--agency", help="Whose workbook it is; its own name if you do not say.")
@click.option("--accept", "accepted", is_flag=True, help="Take it in: write it into engage.toml.")
@click.option("--view-only", is_flag=True, help="With --accept: it may be read, never written to.")
@config_option
@json_option
def command(
    workbook: str,
    agency: str | None,
    accepted: bool,
    view_only: bool,
    config_path: Path,
    as_json: bool,
    joining: bool = False,
) -> None:
    """Read an agency's own WORKBOOK and say how it would be understood.

    WORKBOOK is an .xlsx file, or the link of a Google Sheet. It is not changed, now or by --accept: the next
    sync adds Record IDs to it.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.errors import UsageError  # noqa: PLC0415

    if accepted and not agency:
        raise UsageError("--accept needs to know whose it is", fix='add --agency "The agency\'s name"')
    config = load_config(config_path) if config_path.exists() or accepted else None
    home = home_named(workbook)
    adoption = _look(home, agency or _owner(config, home), config)
    if accepted and config is not None:
        from engage.accepting import accept  # noqa: PLC0415

        accept(config, adoption, home, view_only=view_only)
    if not (joining and accepted):  # engage agency join has shown it, and asked
        _show(adoption, as_json=as_json, accepted=accepted, joining=joining)
    if accepted:
        click.echo(f"\nTaken in: {config_path} has the workbook of {adoption.agency} now.", err=True)
        click.echo(
            f"What {adoption.agency} shares is for the hub's Agencies tab to say: until it has a\n"
            "lawful basis and a signed agreement there, its rows are shown to nobody else.",
            err=True,
        )


def home_named(written: str) -> Home:
    """A path, or the link of a Google Sheet. Raises UsageError for any other link."""
    from engage.config import GoogleSheet  # noqa: PLC0415
    from engage.config_keys import SHEET_LINK  # noqa: PLC0415

    from .init_google import checked_link  # noqa: PLC0415

    is_link = "://" in written or SHEET_LINK.match(written)
    found = SHEET_LINK.match(checked_link(written)) if is_link else None
    return GoogleSheet(found.group(1)) if found else Path(written)


def _owner(config: Config | None, home: Home) -> str:
    """The agency that engage.toml has it for; "" if none."""
    agencies = config.agencies if config else ()
    wanted = home.resolve() if isinstance(home, Path) else home
    return next((agency.name for agency in agencies if agency.workbook == wanted), "")


def _look(home: Home, name: str, config: Config | None) -> Adoption:
    from dataclasses import replace  # noqa: PLC0415
    from datetime import datetime  # noqa: PLC0415
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from engage.adopting import by_name, copy_of, examine  # noqa: PLC0415
    from engage.config import Google  # noqa: PLC0415
    from engage.schema import load_schema  # noqa: PLC0415

    from .opening import open_alone  # noqa: PLC0415

    google = config.google if config else Google(credentials=_key_here())
    workbook = open_alone(home, google)
    snapshot = workbook.read()
    agency = by_name(config, name or (home.stem if isinstance(home, Path) else workbook.title))
    adoption = examine(
        snapshot,
        load_schema(config.schema if config else None),
        agency,
        today=datetime.now(ZoneInfo(config.time_zone if config else "Europe/London")).date(),
        file=workbook.title,
        config=config,
        hub=_hub(config),
    )
    here = home.resolve() if isinstance(home, Path) else home
    return replace(adoption, copy_of=copy_of(snapshot, agency, config, here))


def _hub(config: Config | None) -> Snapshot | None:
    """The hub as it stands, whose lists and names of agencies count; None if there is none yet."""
    from .opening import open_alone  # noqa: PLC0415

    if config is None or (isinstance(config.hub, Path) and not config.hub.exists()):
        return None
    return open_alone(config.hub, config.google).read()


def _key_here() -> Path | None:
    """Where a key stands before there is an engage.toml to name it."""
    here = Path("credentials.json")
    return here if here.exists() else None


def _show(adoption: Adoption, *, as_json: bool, accepted: bool, joining: bool) -> None:
    if as_json:
        import json  # noqa: PLC0415

        from engage.adopting import as_document  # noqa: PLC0415

        click.echo(json.dumps(as_document(adoption), ensure_ascii=False, indent=2))
    else:
        from engage.adoption_words import in_words  # noqa: PLC0415

        click.echo(in_words(adoption, accepted=accepted, joining=joining))
