"""The command `engage`. A command is one module here and one line in COMMANDS."""

from __future__ import annotations

import gc
import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from engage.errors import EngageError

# name → (module in this folder, what `engage --help` says). The module is imported when the command is used,
# so that help starts at once; the command in it is called `command`.
COMMANDS = {
    "init": ("init", "Set up a partnership: engage.toml and its workbooks."),
    "adopt": ("adopt", "Read an agency's own workbook and say how it would be understood."),
    "doctor": ("doctor", "Look at everything that a sync needs, and say what to do."),
    "sync": ("sync", "Read every workbook and rebuild the lists: the nightly run."),
    "tick": ("tick", "Do what is due now: the nightly sync, or Sync now. For cron and the like."),
    "run": ("run", "Keep watch: sync every night, and when somebody ticks Sync now."),
    "status": ("status", "Say what ran last, what comes next, what was missed or waits for you."),
    "verify": ("verify", "Prove that the last run touched only what it may."),
    "undo": ("undo", "Take the last run back, but for what people changed since."),
    "digest": ("digest", "Look at the weekly digest, send it, see what went to whom."),
    "report": ("report", "Report on a quarter, a year or a month: a page, a spreadsheet, a frozen pack."),
    "mail": ("mail", "Stop mail to an address; the mail server and its password."),
    "who": ("who", "Show which agencies know an employer, and who spoke to them last."),
    "why": ("why", "Say where each value of a merged record comes from."),
    "review": ("review", "Answer the questions of To review in the terminal."),
    "undo-merge": ("undo_merge", "Take a merge back, last night's or last year's."),
    "corrections": ("corrections", "See what was told of merges that were taken back since."),
    "export": ("export", "A mailing or call list: who may be contacted, and on what ground."),
    "access": ("access", "Gather everything that is held on a person, for a request to see it."),
    "erase": ("erase", "Erase a person who has asked for it, from everything, for good."),
    "agency": ("agency", "An agency joins, is paused, leaves, or moves its workbook."),
    "staff": ("staff", "A colleague has left: what hangs on their name, for others to take over."),
    "backup": ("backup", "Put what another machine needs to go on into one file."),
    "restore": ("restore", "Go on from a backup on this machine."),
    "upgrade": ("upgrade", "Bring files and sheets to this version, after a backup."),
    "handover": ("handover", "One page for whoever stands in: this installation, step by step."),
    "model": ("model", "Measure the model on your own decisions; check what it merged."),
    "dedupe": ("dedupe", "Find who is in a list twice: any .csv or .xlsx, no set-up."),
    "demo": ("demo", "Build an invented partnership, and run two nights and a digest on it."),
    "schema": ("schema", "Show the tabs and columns of the register."),
}


class LazyGroup(click.Group):
    """A group that knows its commands' names and short help without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a partnership meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None if there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f".{COMMANDS[cmd_name][0]}", __package__)
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from COMMANDS alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what a person can act on is said in words, with the exit code of its kind."""
        from engage.errors import EngageError  # noqa: PLC0415

        wants_json = "--json" in ctx.args
        try:
            return super().invoke(ctx)
        except EngageError as error:
            click.echo(error.message, err=True)
            if wants_json:
                click.echo(_as_document(error))
            ctx.exit(error.exit_code)


def _as_document(error: EngageError) -> str:
    """What went wrong, for a program that asked for one JSON document."""
    import json  # noqa: PLC0415

    told = {"error": error.what, "where": error.where, "fix": error.fix, "exit_code": error.exit_code}
    return json.dumps(told, ensure_ascii=False, indent=2)


def collect_seldom() -> None:
    """Look for unreachable cycles after 50,000 new objects, not after 700.

    A night makes millions of rows and values that live as long as it does, and no cycles to speak of; to walk
    them again and again took 15 % of gathering 50,000 engagements and 9 % of their figures.
    """
    gc.set_threshold(50_000, 20, 50)


VERSION_HELP = "Say which version this is."


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import version  # noqa: PLC0415

    click.echo(f"engage {version('engage-register')}")
    ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help=VERSION_HELP,
)
@click.pass_context
def main(ctx: click.Context) -> None:
    """Engage: one register of employers from the spreadsheets that agencies already keep."""
    collect_seldom()
    if os.environ.get("NO_COLOR"):  # https://no-color.org: present and not empty; click does not read it
        ctx.color = False
