"""The parts of docs/reference/commands/ that are made from the commands themselves.

`python -m tests.command_pages` brings the pages up to date, as `make docs` does; tests/test_docs.py holds
them equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from cli import COMMANDS, main

PAGES = Path(__file__).parent.parent / "docs" / "reference" / "commands"
MADE = re.compile(r"<!-- made: (engage [a-z -]+) -->\n(.*?)<!-- end -->\n", re.DOTALL)


def commands() -> dict[str, tuple[str, click.Command]]:
    """ "engage digest send" → (its page's name, the command), those of a group one by one."""
    found: dict[str, tuple[str, click.Command]] = {}
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        parts = command.commands if isinstance(command, click.Group) else {"": command}
        found |= {f"engage {name} {part}".rstrip(): (name, one) for part, one in parts.items()}
    return found


def made(name: str, command: click.Command) -> str:
    """The usage line and the table of options, as they stand between the marks of a page."""
    usage = " ".join([name, *command.collect_usage_pieces(click.Context(command, info_name=name))])
    lines = ["```text", usage, "```", "", "| Option | Meaning |", "|---|---|", *_rows(command)]
    return "\n".join(lines) + "\n"


def _rows(command: click.Command) -> Iterator[str]:
    for option in command.params:
        if isinstance(option, click.Option):
            names = ", ".join(f"`{text}`" for text in option.opts)
            yield f"| {names}{_value(option)} | {option.help}{_default(option)} |"


def _value(option: click.Option) -> str:
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        return " " + " or ".join(f"`{choice}`" for choice in option.type.choices)
    if isinstance(option.type, click.DateTime):
        return " YEAR-MONTH-DAY"
    return " " + option.make_metavar(click.Context(click.Command("")))


def _default(option: click.Option) -> str:
    return f" Otherwise `{option.default}`." if option.show_default and not option.is_flag else ""


def renew(text: str) -> str:
    """A page with its made parts as the commands are now."""
    known = commands()

    def one(found: re.Match[str]) -> str:
        name = found[1]
        return f"<!-- made: {name} -->\n{made(name, known[name][1])}<!-- end -->\n"

    return MADE.sub(one, text)


if __name__ == "__main__":
    for page in sorted(PAGES.glob("*.md")):
        page.write_text(renew(page.read_text("utf-8")), "utf-8", newline="\n")
