"""Options that several commands take, worded once."""

from __future__ import annotations

from pathlib import Path

import click

config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("engage.toml"),
    show_default=True,
    help="Where the partnership's engage.toml is.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document instead of text.")
