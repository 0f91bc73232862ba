"""People who were erased, in tabs that no night reads: their agency is asked to take them out by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engage.model import Finding, Place, Tab, fingerprint

from .book import ErasedBook

ERASED_UNREAD = "erased-unread"
BY_HAND = "by hand: Engage does not read this tab"
WRONG = (
    "Somebody in this row has asked to be erased ({who}). Engage does not read this tab and writes nothing "
    "in it: please take them out of the row yourself. Choose Leave as it is only if your agency has a "
    "lawful ground to keep it."
)


def ask_about_unread(tabs: Iterable[tuple[str, str, Tab]], book: ErasedBook) -> Iterator[Finding]:
    """A question for every row that names one of them. tabs: (workbook's key, its agency, the tab)."""
    for workbook, agency, tab in tabs:
        for number, row in enumerate(tab.rows, 1):
            mark = fingerprint("\x1f".join(row))
            for who in sorted(book.named_in(row)):
                yield Finding(
                    kind=ERASED_UNREAD,
                    place=Place(workbook, tab.title, number),
                    wrong=WRONG.format(who=who),
                    found=f"(not repeated here, {mark[:6]})",
                    agency=agency,
                    row_key=f"{who} {mark}",
                )
