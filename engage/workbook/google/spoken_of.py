"""Grey tabs that people's own formulas look into: a row deleted there would leave #REF! for good. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from .reading import Book


def spoken_of(book: Book, built: Iterable[int]) -> frozenset[int]:
    """The ids of tabs whose title stands in a formula of a tab that is not built. book: as Google has it."""
    ours = frozenset(built)
    theirs = (sheet.seen.formulas.values() for sheet in book.sheets if sheet.sheet_id not in ours)
    said = "\n".join(formula for formulas in theirs for formula in formulas).casefold()
    titles = ((sheet.sheet_id, sheet.title.replace("'", "''").casefold()) for sheet in book.sheets)
    return frozenset(number for number, title in titles if said and title in said)
