"""engage staff: a colleague has left, and what hangs on their name is handed over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import config_option, json_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engage.insight.leavers import Held


@click.group("staff")
def command() -> None:
    """A colleague has left: what hangs on their name, for others to take over."""


@command.command("leave")
@click.argument("name")
@click.option(
    "--agency", default="", help="Whose colleague; needed where two agencies have one of that name."
)
@click.option("--to", default="", help="Who takes over: offered as the suggestion in every row.")
@click.option("--back", is_flag=True, help="Instead: NAME has not left after all.")
@click.option("--dry-run", is_flag=True, help="List what hangs on the name, and note nothing.")
@config_option
@json_option
def leave(
    name: str, agency: str, to: str, back: bool, dry_run: bool, config_path: Path, as_json: bool
) -> None:
    """List every open action, next step, employer and digest of NAME, and note that they have left.

    From then on they get no digest, and each row that names them is asked about in its agency's Problems to
    fix until it names somebody else. Nothing in their rows is changed before somebody accepts it.
    """
    from engage.agencies.staff import note_back, note_left, only_agency  # noqa: PLC0415
    from engage.config import load_config  # noqa: PLC0415
    from engage.insight.leavers import digests_of, held_by  # noqa: PLC0415
    from engage.pipeline import pull  # noqa: PLC0415

    from .asking import audience_named  # noqa: PLC0415
    from .opening import local_now, open_partnership  # noqa: PLC0415

    config = load_config(config_path)
    whose = audience_named(config, agency) if agency else ""
    if back:
        of_any = note_back(config, name, whose)
        click.echo(f"{name} is no longer among those who have left.")
        if of_any and whose:
            click.echo("The note named no agency: if one of that name left another agency, note that again.")
        return
    now = local_now(config)
    click.echo("Reading the workbooks …", err=True)
    intake = pull(open_partnership(config, now=now), now, allow_deletions=True)
    leaver = only_agency(intake.records, name, whose, to, now.date())
    held = [*held_by(intake.records, [leaver], now.date()), *digests_of(intake.records, [leaver])]
    _show(held, name, as_json=as_json)
    if not dry_run:
        note_left(config, leaver)
        click.echo("Noted in engage.toml. The next sync asks each agency in its Problems to fix.", err=True)


def _show(held: Sequence[Held], name: str, *, as_json: bool) -> None:
    if as_json:
        from .asking import echo_json  # noqa: PLC0415

        echo_json([{"agency": one.record.agency, "workbook": one.record.place.workbook,
                    "tab": one.record.place.tab, "row": one.record.place.row, "column": one.heading,
                    "sure": one.sure, "what": one.what} for one in held])  # fmt: skip
        return
    from engage.wording import counted  # noqa: PLC0415

    click.echo(f"{counted(len(held), 'row')} hang on {name}:" if held else f"Nothing hangs on {name}.")
    for one in held:
        place, who = one.record.place, one.record["Employer"] or one.record["Action"] or one.record["Agency"]
        doubt = "" if one.sure else " (if it is the same person)"
        click.echo(
            f"  {one.record.agency or 'no agency'}, {place.tab} row {place.row}: {one.what}: {who}{doubt}"
        )
