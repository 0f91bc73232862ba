"""Tabs that are protected from us as a whole: said before a write that Google would refuse."""

from __future__ import annotations

from collections.abc import Iterable

from .messages import Place, closed_by_engage, protected
from .protecting import is_closed, is_closed_by_engage
from .reading import Book
from .view import ENGAGE


def check_open(book: Book, tabs: Iterable[str], place: Place) -> None:
    """Raise WorkbookError, with their titles and the remedy, where one of these, or _engage, is shut to us.

    Tabs that we protected ourselves are shut once we sign in with another account.
    """
    needed = {*tabs, ENGAGE}
    shut = [sheet for sheet in book.sheets if sheet.title in needed and is_closed(sheet.protected)]
    ours = [sheet.title for sheet in shut if is_closed_by_engage(sheet.protected)]
    if ours:
        raise closed_by_engage(place, ours)
    if shut:
        raise protected(place, [sheet.title for sheet in shut])
