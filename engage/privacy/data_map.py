"""The data map: what is held on people, where, and how long; made from the schema and the list of stores."""

from __future__ import annotations

from collections.abc import Iterator

from engage.schema import Schema, TabSpec
from engage.stores.registry import STORES

WHERE = {"hub": "hub", "agency": "agency's workbook", "both": "hub and agencies' workbooks"}


def data_map(schema: Schema) -> str:
    """The page docs/privacy/data-map.md."""
    return "\n".join(_lines(schema)) + "\n"


def _lines(schema: Schema) -> Iterator[str]:
    yield "# Data map"
    yield ""
    yield "Made by `engage schema --data-map` from `sheets_schema/*.toml` and the list of stores: change it"
    yield "there. Run beside your engage.toml, it has columns of your own (`partnership.schema`) in it."
    yield ""
    yield "## In the sheets"
    yield ""
    yield "| Tab | Where | Who fills it | Personal columns | Free text that may name anybody |"
    yield "|---|---|---|---|---|"
    yield from (_row(tab) for tab in schema.tabs.values() if _personal(tab) or _free(tab))
    yield ""
    yield "## Where else it lies"
    yield ""
    yield "| Store | What of people it holds | How long |"
    yield "|---|---|---|"
    yield from (f"| {store.name} | {store.holds} | {store.keeps} |" for store in STORES)
    yield ""
    yield "How each is searched and cleared: `engage access`, `engage erase`. Special categories (health,"
    yield "ethnicity, belief, trade union) have no column and are not asked for; free text may hold them."


def _row(tab: TabSpec) -> str:
    who = "people" if tab.kind == "staff" else "the system, nightly"
    cells = (tab.title, WHERE[tab.where], who, ", ".join(_personal(tab)), ", ".join(_free(tab)))
    return f"| {' | '.join(cell or '—' for cell in cells)} |"


def _personal(tab: TabSpec) -> list[str]:
    return [column.heading for column in tab.columns if column.personal]


def _free(tab: TabSpec) -> list[str]:
    free = (column for column in tab.columns if column.type == "long-text" and not column.personal)
    return [column.heading for column in free]
