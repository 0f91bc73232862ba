"""What a Schema whose files are each well formed can still get wrong, between lines, columns and tabs."""

from __future__ import annotations

from collections.abc import Iterator

from .ports import RECORD_ID
from .schema import Column, Schema, TabSpec

LISTS = "Lists"
_LONGEST_TITLE = 31  # Excel's limit, and so ours on every kind of workbook
_NOT_IN_TITLES = set("[]:*?/\\")


def faults_in(schema: Schema) -> list[str]:
    """Every fault as "tab, column: what is wrong; what to do"; empty when all is well."""
    return [fault for tab in schema.tabs.values() for fault in _tab_faults(tab, schema)]


def _tab_faults(tab: TabSpec, schema: Schema) -> Iterator[str]:
    where = f"tab {tab.title!r}"
    if len(tab.title) > _LONGEST_TITLE or _NOT_IN_TITLES & set(tab.title):
        yield f"{where}, title: Excel allows {_LONGEST_TITLE} characters and none of []:*?/\\; choose another"
    if tab.key and not tab.column(tab.key):
        yield f"{where}, key: {tab.key!r} is no column of the tab; name one of its headings"
    if tab.answers and not tab.key:
        yield f"{where}, key: is missing; rows with an answer need the heading that names them"
    yield from _spelling_faults(tab, where)
    for column in tab.columns:
        yield from (f"{where}, {column.heading!r}, {fault}" for fault in _column_faults(column, tab, schema))


def _spelling_faults(tab: TabSpec, where: str) -> Iterator[str]:
    """No spelling may lead to two columns of one tab."""
    owner: dict[str, str] = {}
    for column in tab.columns:
        for spelling in {column.heading.lower(), *(alias.lower() for alias in column.aliases)}:
            other = owner.setdefault(spelling, column.heading)
            if other != column.heading:
                yield f"{where}, aliases: {spelling!r} means both {other!r} and {column.heading!r}; keep one"


def _column_faults(column: Column, tab: TabSpec, schema: Schema) -> Iterator[str]:
    if column.heading == RECORD_ID:
        yield "heading: the Record ID is the system's own; leave the line out"
    if column.filled_by == "answer" and tab.kind == "staff":
        yield 'filled_by: "answer" is for built tabs; write "staff" or "list"'
    if column.filled_by == "system" and tab.kind == "staff":
        yield "filled_by: nothing but the Record ID is written into a staff tab; put it in a built tab"
    if column.list_name and not _list_exists(column.list_name, schema):
        yield f"list_name: {column.list_name!r} is neither a column of Lists nor a tab; add it to lists.toml"
    if column.list_name and column.values:
        yield "values: the list_name says where they come from; keep one of the two"
    said: dict[str, str] = {}
    for wording, value in column.wordings:
        if said.setdefault(wording.casefold(), value) != value:
            yield f"wordings: {wording!r} means both {said[wording.casefold()]!r} and {value!r}; keep one"
        if column.values and value not in column.values:
            yield f"wordings: {value!r} is none of the values; name one of them"
    if len({value.lower() for value in column.values}) != len(column.values):
        yield "values: one stands there twice; keep it once"


def _list_exists(name: str, schema: Schema) -> bool:
    lists = schema.tabs.get(LISTS)
    return name in schema.tabs or bool(lists and lists.column(name))
