"""engage export: lists to work with, in which only those stand who may."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .asking import agency_option, echo_json, look_at
from .options import config_option, json_option

if TYPE_CHECKING:
    from engage.privacy.contacts import ContactList


@click.group("export")
def command() -> None:
    """Lists to work with, in which only those stand who may."""


@command.command("contacts")
@click.option(
    "--purpose",
    type=click.Choice(["marketing", "service"]),
    default="marketing",
    show_default=True,
    help="News and invitations that nobody asked for, or something that they take part in.",
)
@click.option(
    "--by", "way", type=click.Choice(["email", "phone"]), default="email", show_default=True, help="How."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="The .xlsx to write. Otherwise one in `exports` in the state folder, where they expire.",
)
@agency_option
@config_option
@json_option
def contacts(purpose: str, way: str, out: Path | None, agency: str, config_path: Path, as_json: bool) -> None:
    """A mailing or call list: who may be contacted and on what ground.

    Whoever objected, to any agency, is left out; so is whoever counts as a private person and has not said
    yes. A second tab says why each of the others is left out, by number and without an address.
    """
    from engage.own_files import write_private  # noqa: PLC0415
    from engage.privacy.contacts import contact_list, tables  # noqa: PLC0415
    from engage.workbook.plain_table import as_xlsx  # noqa: PLC0415

    partnership, night, facts = look_at(config_path, agency)
    country = partnership.config.country
    found = contact_list(night, facts.audience, purpose=purpose, way=way, country=country)
    path = out or partnership.config.state / "exports" / f"contacts-{purpose}-{way}-{night.run}.xlsx"
    write_private(path, as_xlsx(tables(found), [16, 8, 14, 18, 24, 30, 32, 16, 16, 14, 30, 20, 60]))
    if as_json:
        _show_json(found, path)
    else:
        _show(found, path)


def _show(found: ContactList, path: Path) -> None:
    from engage.privacy.contacts import counts  # noqa: PLC0415
    from engage.wording import counted  # noqa: PLC0415

    click.echo(
        f"{counted(len(found.rows), 'person', 'people')} may be contacted for {found.purpose} by {found.way}"
    )
    click.echo(f"{counted(len(found.left_out), 'person', 'people')} left out:")
    for why, count in counts(found):
        click.echo(f"  {count:>6,}  {why}")
    click.echo(
        f"\n  {path}\n\nUse it today: an objection that comes tomorrow is not in it. Delete it after use."
    )


def _show_json(found: ContactList, path: Path) -> None:
    from engage.privacy.contacts import counts  # noqa: PLC0415

    echo_json({"purpose": found.purpose, "by": found.way, "contacts": len(found.rows),
               "left_out": dict(counts(found)), "file": str(path)})  # fmt: skip
