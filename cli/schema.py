"""engage schema: the tabs and columns, to read, to feed to a program, or as the reference page."""

from __future__ import annotations

from pathlib import Path

import click

from .options import config_option, json_option


@click.command(name="schema")
@click.argument("tab", required=False)
@config_option
@json_option
@click.option("--markdown", is_flag=True, help="As a page; docs/reference/schema.md is made so.")
@click.option("--data-map", is_flag=True, help="What is held on people; docs/privacy/data-map.md is made so.")
def command(tab: str | None, config_path: Path, as_json: bool, markdown: bool, data_map: bool) -> None:
    """Show the tabs and columns of the register, or of one TAB.

    The whole schema in short; with a TAB, every column with its meaning, allowed values and the other
    headings that are understood. A partnership's own columns are in it where there is an engage.toml.
    """
    from engage import schema_page  # noqa: PLC0415
    from engage.config import load_config  # noqa: PLC0415
    from engage.schema import load_schema  # noqa: PLC0415

    schema = load_schema(load_config(config_path).schema if config_path.exists() else None)
    chosen = schema_page.find_tab(schema, tab) if tab else None
    if as_json:
        click.echo(schema_page.as_json(schema, chosen))
    elif data_map:
        from engage.privacy.data_map import data_map as as_map  # noqa: PLC0415

        click.echo(as_map(schema), nl=False)
    elif markdown:
        click.echo(schema_page.as_markdown(schema), nl=False)
    else:
        click.echo(schema_page.as_text(schema, chosen))
