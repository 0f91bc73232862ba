"""engage schema: the tabs and columns, to read, to feed to a program, or as the reference page."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="schema")
@click.argument("tab", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of text.")
@click.option("--markdown", is_flag=True, help="The reference page, docs/reference/schema.md.")
@click.option("--own", type=click.Path(path_type=Path), help="A partnership's own folder of columns.")
def command(tab: str | None, as_json: bool, markdown: bool, own: Path | None) -> None:
    """Show the tabs and columns of the register, or of one TAB.

    The whole schema in short; with a TAB, every column with its meaning, allowed values and the other
    headings that are understood.
    """
    from engage import schema_page  # noqa: PLC0415
    from engage.schema import load_schema  # noqa: PLC0415

    schema = load_schema(own)
    chosen = schema_page.find_tab(schema, tab) if tab else None
    if as_json:
        click.echo(schema_page.as_json(schema, chosen))
    elif markdown:
        click.echo(schema_page.as_markdown(schema), nl=False)
    else:
        click.echo(schema_page.as_text(schema, chosen))
