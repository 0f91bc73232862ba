"""Links from a Google Sheet into the partnership's workbooks, as HYPERLINK formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engage.model import Link

from ..xlsx.reading import column_letters

TabId = Callable[[str], int | None]


def link_formula(link: Link, own: TabId, others: Mapping[str, tuple[str, TabId]], name: str) -> str:
    """The formula for a link. own: this spreadsheet's tab ids by title; name: its key.

    others: key → (address in a browser, tab ids). A workbook that is no Google Sheet has no address that a
    browser could open: its link is the text alone.
    """
    if link.workbook == name:
        return _hyperlink(_place(own, link), link.text)
    if link.workbook not in others:
        return f"={_quoted(link.text)}"
    address, tab_id = others[link.workbook]
    return _hyperlink(address + _place(tab_id, link), link.text)


def _place(tab_id: TabId, link: Link) -> str:
    number = tab_id(link.tab)
    return "" if number is None else f"#gid={number}&range={column_letters(link.column)}{link.row}"


def _hyperlink(address: str, text: str) -> str:
    return f"=HYPERLINK({_quoted(address)},{_quoted(text)})"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
