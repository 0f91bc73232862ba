"""engage init: a new partnership in a folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from engage.setting_up import SetUp, Wishes


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--name", help="What the partnership is called.")
@click.option("--agency", "agencies", multiple=True, help="An agency of the partnership; once for each.")
@click.option(
    "--layout", type=click.Choice(["each", "one"]), help="A workbook for each agency, or one for all of them."
)
@click.option(
    "--domain", "domains", multiple=True, help="A mail domain that digests may go to; once for each."
)
@click.option("--yes", is_flag=True, help="Ask nothing: what is not said is left for engage.toml.")
def command(
    folder: Path,
    name: str | None,
    agencies: tuple[str, ...],
    layout: str | None,
    domains: tuple[str, ...],
    yes: bool,
) -> None:
    """Set up a partnership in FOLDER: engage.toml and the workbooks it names.

    Nothing that exists is changed. Run it again after you have added an agency to engage.toml, and only
    that agency's workbook is made.
    """
    from engage.setting_up import CONFIG_NAME, Wishes, set_up  # noqa: PLC0415

    if (folder / CONFIG_NAME).exists():
        wishes = None
        _warn_unused(name, agencies, layout, domains)
    else:
        said = Wishes(name or "", agencies, layout or "", domains)
        wishes = _without_asking(said, folder) if yes else _asked(said, folder)
    _show(set_up(folder, wishes), folder)


def _without_asking(said: Wishes, folder: Path) -> Wishes:
    from engage.setting_up import EACH, Wishes  # noqa: PLC0415

    name = said.name or folder.resolve().name.replace("-", " ").replace("_", " ") or "Our partnership"
    return Wishes(name, said.agencies, said.layout or EACH, said.domains)


def _asked(said: Wishes, folder: Path) -> Wishes:
    """What was not said as an option, asked for at the terminal."""
    from engage.errors import UsageError  # noqa: PLC0415
    from engage.setting_up import ONE, Wishes  # noqa: PLC0415

    if not is_terminal():
        raise UsageError(
            "there is nobody here to ask", fix="run it in a terminal, or with --yes and the options you need"
        )
    name = said.name or click.prompt("What is the partnership called?")
    agencies = said.agencies or _names(
        click.prompt("Which agencies are in it? Separate them by semicolons", default="", show_default=False)
    )
    own = said.layout or not agencies or click.confirm("Shall each have a workbook of its own?", default=True)
    return _without_asking(Wishes(name, agencies, said.layout or ("" if own else ONE), said.domains), folder)


def is_terminal() -> bool:
    """Whether there is a person to ask."""
    return sys.stdin.isatty()


def _names(line: str) -> tuple[str, ...]:
    from engage.register.text import split_several  # noqa: PLC0415

    return tuple(dict.fromkeys(split_several(line)))


def _warn_unused(*options: object) -> None:
    if any(options):
        click.echo("There is an engage.toml already: change it there, your options were not used.", err=True)


def _show(done: SetUp, folder: Path) -> None:
    base = folder.resolve()
    for word, paths in (("made", done.made), ("kept as it is", done.kept)):
        for path in paths:
            place = path.resolve()
            shown = folder / place.relative_to(base) if place.is_relative_to(base) else place
            click.echo(f"  {word:<14} {shown}")
    config = folder / "engage.toml"
    if done.made:
        click.echo(f"\nNext: type or paste rows into the workbooks, then run: engage sync --config {config}")
        click.echo("Agencies share nothing until the Agencies tab has their lawful basis and agreement.")
    else:
        click.echo("\nEverything is there already; nothing was changed.")
