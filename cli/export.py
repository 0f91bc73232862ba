"""engage export: lists to work with, in which only those stand who may."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .asking import agency_option, echo_json, look_at
from .options import config_option, json_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engage.config import Config
    from engage.night import Night
    from engage.privacy.contacts import ContactList

folder_option = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="The folder to write to. Otherwise `exports` in the state folder, where they expire.",
)


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
    from engage.stores.in_files import exports  # noqa: PLC0415
    from engage.workbook.plain_table import as_xlsx  # noqa: PLC0415

    partnership, night, facts = look_at(config_path, agency)
    country = partnership.config.country
    found = contact_list(night, facts.audience, purpose=purpose, way=way, country=country)
    path = out or exports(partnership.config) / f"contacts-{purpose}-{way}-{night.run}.xlsx"
    write_private(path, as_xlsx(tables(found), [16, 8, 14, 18, 24, 30, 32, 16, 16, 14, 30, 20, 60]))
    if as_json:
        _show_json(found, path)
    else:
        _show(found, path)


@command.command("to-be-told")
@folder_option
@agency_option
@config_option
@json_option
def to_be_told(out: Path | None, agency: str, config_path: Path, as_json: bool) -> None:
    """Everybody of whom no row says when they were told that we keep their details, and a notice to send.

    The most urgent first: whoever's details came from somebody else is to be told within a month.
    """
    from engage.insight.retention import TELL_HEADINGS, to_be_told  # noqa: PLC0415
    from engage.own_files import write_private  # noqa: PLC0415
    from engage.privacy.notice import notice  # noqa: PLC0415

    partnership, night, facts = look_at(config_path, agency)
    rows = list(to_be_told(facts))
    path = _write_list("to-be-told", (TELL_HEADINGS, *rows), out, partnership.config, night)
    text = path.with_suffix(".txt")
    write_private(text, notice(night, partnership.config).encode("utf-8"))
    _told("to be told", len(rows), (path, text), as_json=as_json)


@command.command("to-review")
@folder_option
@agency_option
@config_option
@json_option
def to_review(out: Path | None, agency: str, config_path: Path, as_json: bool) -> None:
    """Everybody whose Review by has come: is this person still needed here?

    Nobody is deleted by the system: an agency takes its own row out.
    """
    from engage.insight.retention import REVIEW_HEADINGS, to_be_reviewed  # noqa: PLC0415

    partnership, night, facts = look_at(config_path, agency)
    rows = list(to_be_reviewed(facts))
    path = _write_list("to-review", (REVIEW_HEADINGS, *rows), out, partnership.config, night)
    _told("to be reviewed", len(rows), (path,), as_json=as_json)


def _write_list(
    name: str, rows: Sequence[Sequence[str]], out: Path | None, config: Config, night: Night
) -> Path:
    from engage.own_files import write_private  # noqa: PLC0415
    from engage.stores.in_files import exports  # noqa: PLC0415
    from engage.workbook.plain_table import as_xlsx  # noqa: PLC0415

    path = (out or exports(config)) / f"{name}-{night.run}.xlsx"
    write_private(path, as_xlsx({"People": rows}, [16, 14, 18, 24, 30, 30, 26, 13, 13, 30, 16]))
    return path


def _told(what: str, count: int, paths: Sequence[Path], *, as_json: bool) -> None:
    from engage.wording import counted  # noqa: PLC0415

    if as_json:
        echo_json({"people": count, "files": [str(path) for path in paths]})
        return
    click.echo(f"{counted(count, 'person', 'people')} {what}")
    for path in paths:
        click.echo(f"  {path}")


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
