"""engage doctor: everything that a sync and a digest need, looked at in order."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import config_option, json_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engage.config import Config
    from engage.doctor.examining import Tools
    from engage.doctor.lines import Line

MARKS = {"ok": ("ok", "green"), "look": ("look", "yellow"), "wrong": ("wrong", "red")}


@click.command("doctor")
@config_option
@json_option
@click.option(
    "--security", is_flag=True, help="Instead: who else could read what is kept here, and what leaves."
)
@click.pass_context
def command(ctx: click.Context, config_path: Path, as_json: bool, security: bool) -> None:
    """Look at everything that a sync and a digest need, and say what to do where something is amiss.

    No workbook is changed. A line says ok, look (it works, but somebody should look) or wrong. Ends with 0
    if nothing is wrong, 1 if something is, 2 if engage.toml itself cannot be read.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.doctor.lines import exit_code  # noqa: PLC0415

    config = load_config(config_path)
    lines: list[Line] = []
    for line in _lines(config, security=security):
        lines.append(line)
        if not as_json:
            _show(line, first=len(lines) < 2 or lines[-2].part != line.part)
    if as_json:
        _show_json(lines)
    else:
        _show_sum(lines)
    ctx.exit(exit_code(lines))


def _lines(config: Config, *, security: bool) -> Iterator[Line]:
    from engage.doctor.examining import examine  # noqa: PLC0415
    from engage.doctor.security import examine_security  # noqa: PLC0415

    return examine_security(config) if security else examine(config, _tools(config))


def _tools(config: Config) -> Tools:
    from engage.doctor.examining import Tools  # noqa: PLC0415
    from engage.mail.choosing import service_for  # noqa: PLC0415

    from .opening import google_client, local_now, open_alone  # noqa: PLC0415

    return Tools(
        client=lambda: google_client(config),
        open_file=lambda source: open_alone(source.workbook, config.google),
        try_mail=lambda: service_for(config.mail).check(),
        machine=platform.node() or "this machine",
        now=local_now(config),
        now_there=datetime.now(UTC),
    )


def _show(line: Line, *, first: bool) -> None:
    if first:
        click.secho(f"\n{line.part}", bold=True)
    word, colour = MARKS[line.verdict]
    where = f" ({line.where})" if line.where and line.verdict != "ok" else ""
    click.echo(f"  {click.style(f'{word:<6}', fg=colour)} {line.what}{where}")
    if line.fix:
        click.echo(f"         What to do: {line.fix}.")


def _show_sum(lines: list[Line]) -> None:
    wrong = sum(line.verdict == "wrong" for line in lines)
    look = sum(line.verdict == "look" for line in lines)
    if not wrong and not look:
        click.echo("\nAll is well.")
    else:
        click.echo(f"\n{wrong} wrong, {look} to look at.")


def _show_json(lines: list[Line]) -> None:
    import json  # noqa: PLC0415
    from dataclasses import asdict  # noqa: PLC0415

    from engage.doctor.lines import exit_code  # noqa: PLC0415

    document = {"exit_code": exit_code(lines), "lines": [asdict(line) for line in lines]}
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
