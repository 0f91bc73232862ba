"""The schema as people read it: text at 80 columns, the reference page, a JSON document."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict

from .errors import UsageError
from .schema import Column, Schema, TabSpec

WIDTH = 80
FILLED_BY = {"staff": "typed", "list": "from a list", "system": "built", "answer": "your answer"}
WHERE = {"hub": "the hub", "agency": "an agency's workbook", "both": "the hub and agencies' workbooks"}


def find_tab(schema: Schema, title: str) -> TabSpec:
    """The tab with this title, whatever its capitals, or the one whose title begins so. Raises UsageError."""
    wanted = title.strip().casefold()
    found = [tab for tab in schema.tabs.values() if tab.title.casefold() == wanted]
    found = found or [tab for tab in schema.tabs.values() if tab.title.casefold().startswith(wanted)]
    if len(found) != 1:
        titles = ", ".join(tab.title for tab in found or schema.tabs.values())
        raise UsageError(f"{title!r} is not one tab", fix=f"choose one of: {titles}")
    return found[0]


def as_json(schema: Schema, tab: TabSpec | None = None) -> str:
    """One tab, or the whole schema, with the fields of TabSpec and Column."""
    if tab is not None:
        return json.dumps(asdict(tab), indent=2, ensure_ascii=False)
    whole = {
        "tabs": [asdict(each) for each in schema.tabs.values()],
        "blanks": sorted(schema.blanks),
        "ambiguous": sorted(schema.ambiguous),
    }
    return json.dumps(whole, indent=2, ensure_ascii=False)


def as_text(schema: Schema, tab: TabSpec | None = None) -> str:
    """Every tab with its headings, or one tab with everything about it; no line over 80 characters."""
    lines = _tab_lines(tab) if tab else _overview(schema)
    return "\n".join(lines)


def _overview(schema: Schema) -> Iterator[str]:
    for kind, heading in (("staff", "Tabs that people fill"), ("built", "Tabs that the system builds")):
        yield from (heading, "-" * len(heading))
        for tab in schema.tabs.values():
            if tab.kind == kind:
                yield f"{tab.title}  ({WHERE[tab.where]})"
                yield from _wrapped(", ".join(tab.headings), "    ")
        yield ""
    yield "engage schema TAB says more about one of them."


def _tab_lines(tab: TabSpec) -> Iterator[str]:
    yield f"{tab.title}  ({'filled by people' if tab.kind == 'staff' else 'built'}; in {WHERE[tab.where]})"
    yield from _wrapped(tab.help, "")
    if tab.aliases:
        yield from _wrapped("Also recognised as: " + ", ".join(tab.aliases), "")
    for column in tab.columns:
        yield ""
        yield from _column_lines(column)


def _column_lines(column: Column) -> Iterator[str]:
    yield from _wrapped(f"{column.heading}  [{', '.join(traits(column))}]", "", "    ")
    yield from _wrapped(column.help, "    ")
    if allowed := allowed_words(column):
        yield from _wrapped(allowed, "    ")
    if column.wordings:
        yield from _wrapped(also_said(column), "    ")
    if column.aliases:
        yield from _wrapped("Also headed: " + ", ".join(column.aliases), "    ")


def traits(column: Column) -> list[str]:
    """Type, who fills it and what else is true of a column, in a few words each."""
    words = [column.type, FILLED_BY[column.filled_by]]
    flags = {
        "required": column.required,
        "core": column.core,
        "personal": column.personal,
        "several, with ;": column.several,
        "holds for the rows below": column.fills_down,
        "not laid out": not column.laid_out,
    }
    return words + [word for word, true in flags.items() if true]


def allowed_words(column: Column) -> str:
    """Which values a cell may hold, or where they come from; "" when anything may stand there."""
    if column.list_name:
        return f"One of: the {column.list_name} list"
    return f"One of: {'; '.join(column.values)}" if column.values else ""


def also_said(column: Column) -> str:
    """Which other ways of saying its values are understood; "" if none."""
    ways: dict[str, list[str]] = {}
    for wording, value in column.wordings:
        ways.setdefault(value, []).append(wording)
    said = "; ".join(f"{value} ({', '.join(words)})" for value, words in ways.items())
    return f"Also understood: {said}." if said else ""


def _wrapped(text: str, first: str, rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=first if rest is None else rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def as_markdown(schema: Schema) -> str:
    """docs/reference/schema.md, whole."""
    return "\n".join(_page(schema)) + "\n"


_INTRODUCTION = """# The tabs and columns

Made by `engage schema --markdown` from `sheets_schema/*.toml`; change it there.

**Filled by**: *typed* by staff, chosen *from a list*, *built* by the system, or *your answer*: a cell of a
built tab that only people write. A tab that people fill also has a `Record ID`, the one thing that the
system writes there. **Marks**: *required*; *core*, part of the minimum data set; *personal*, may hold details
of a living person; *several*, with semicolons between; *not laid out*, understood when we meet it.

A cell that reads {blanks} is taken as empty. The headings {ambiguous} mean different things in different
tabs: they are understood by the tab and the columns beside them, and asked about if in doubt."""


def _page(schema: Schema) -> Iterator[str]:
    yield _INTRODUCTION.format(
        blanks=", ".join(f"`{word}`" for word in sorted(schema.blanks)),
        ambiguous=", ".join(f"`{word}`" for word in sorted(schema.ambiguous)),
    )
    for kind, heading in (("staff", "Tabs that people fill"), ("built", "Tabs that the system builds")):
        yield from ("", f"## {heading}")
        for tab in schema.tabs.values():
            if tab.kind == kind:
                yield from _tab_section(tab)


def _tab_section(tab: TabSpec) -> Iterator[str]:
    yield from ("", f"### {tab.title}", "", f"{tab.help} In {WHERE[tab.where]}.")
    if tab.aliases:
        yield from ("", f"Also recognised as: {', '.join(tab.aliases)}.")
    yield from ("", "| Column | What it is | Filled by | Meaning | Also headed |", "|---|---|---|---|---|")
    yield from (_table_row(column) for column in tab.columns)


def _table_row(column: Column) -> str:
    kind, filled_by, *marks = traits(column)
    meaning = " ".join(
        filter(None, [column.help, allowed_words(column) and allowed_words(column) + ".", also_said(column)])
    )
    what = ", ".join([kind, *marks])
    cells = [f"**{column.heading}**", what, filled_by, meaning, ", ".join(column.aliases)]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
