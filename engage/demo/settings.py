"""engage.toml of the demo: as if every workbook had been adopted and its doubtful headings answered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from engage.demo.agencies import AGENCY_LIST, Agency
from engage.demo.book import Column
from engage.demo.columns import LAYOUTS
from engage.demo.words import PARTNERSHIP
from engage.register.headings import index_headings
from engage.schema import Schema


def settings(schema: Schema) -> str:
    """The text of engage.toml. A heading is settled in it where Engage could not be sure by itself."""
    return "\n".join([*_partnership(), *(line for agency in AGENCY_LIST for line in _agency(agency, schema))])


def _partnership() -> Iterator[str]:
    domains = [agency.domain for agency in AGENCY_LIST]
    yield "# An invented partnership, made by engage demo. Safe to change, safe to delete."
    yield f"[partnership]\nname = {_quoted(PARTNERSHIP)}\n"
    yield '[hub]\npath = "hub.xlsx"\n'
    yield f'[mail]\nfrom_name = {_quoted(PARTNERSHIP)}\nfrom_address = "engage@{domains[0]}"'
    yield f"allowed_domains = {_quoted(domains)}\n"


def _agency(agency: Agency, schema: Schema) -> Iterator[str]:
    yield f"[[agency]]\nname = {_quoted(agency.name)}\nshort = {_quoted(agency.short)}"
    yield f"key = {_quoted(agency.key)}\nworkbook = {_quoted(agency.file)}"
    yield f"domains = {_quoted([agency.domain])}"
    if agency.view_only:
        yield "view_only = true"
    layout = LAYOUTS.get(agency.key, {})
    tabs = {title: tab for title, (tab, _) in layout.items()}
    if tabs:
        yield f"tabs = {_inline(tabs)}"
    for title, (tab, columns) in layout.items():
        settled = _settled(columns, tab, schema)
        if settled:
            yield f"[agency.headings.{_quoted(title)}]"
            yield from (f"{_quoted(heading)} = {_quoted(meaning)}" for heading, meaning in settled.items())
    yield ""


def _settled(columns: Sequence[Column], tab: str, schema: Schema) -> dict[str, str]:
    """What the agency had to say of its headings: those that could be read another way, or not at all."""
    index = index_headings(schema.tabs[tab])
    return {c.heading: c.of for c in columns if index.choices(c.heading) != ((c.of,) if c.of else ())}


def _quoted(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _inline(table: dict[str, str]) -> str:
    return "{ " + ", ".join(f"{_quoted(key)} = {_quoted(value)}" for key, value in table.items()) + " }"
