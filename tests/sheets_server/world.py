"""Everything the server knows: every spreadsheet, one lock, a clock, and where a test may step in."""

from __future__ import annotations

import datetime as dt
import random
import string
import threading
from collections.abc import Callable
from typing import Any

from .errors import Refused, no_permission, not_found
from .spreadsheet import Spreadsheet

ALL_POWERFUL = "service-account@example.iam.gserviceaccount.com"
"""Who calls as `Bearer <ACCESS_TOKEN>`: the recordings' own caller, who may do anything."""

BeforeRequest = Callable[["World", str, str], None]
BeforeBatch = Callable[["World", str, list[dict[str, Any]]], None]


class World:
    """Spreadsheets by id. Hold `lock` while you look or change; every method here takes it itself."""

    def __init__(self, *, seed: int = 0, now: Callable[[], dt.datetime] | None = None) -> None:
        self.lock = threading.RLock()
        self.books: dict[str, Spreadsheet] = {}
        self.now = now or (lambda: dt.datetime.now(dt.UTC))
        self.chance = random.Random(seed)
        self.before_request: list[BeforeRequest] = []
        """Called with (world, method, path) before a request is answered: a test may edit here."""
        self.before_batch: list[BeforeBatch] = []
        """Called with (world, spreadsheet id, requests) inside batchUpdate, before any of it is applied."""
        self.default_locale = "en_US"

    def spreadsheet(self, spreadsheet_id: str) -> Spreadsheet:
        """The spreadsheet itself, for tests; KeyError where there is none."""
        with self.lock:
            return self.books[spreadsheet_id]

    def create(self, title: str, *, owner: str = ALL_POWERFUL, locale: str | None = None) -> Spreadsheet:
        """A new spreadsheet with one empty tab, Sheet1."""
        with self.lock:
            book = Spreadsheet(
                self.new_id(), title, owner=owner, now=self.now, locale=locale or self.default_locale
            )
            self.books[book.id] = book
            return book

    def delete(self, spreadsheet_id: str) -> None:
        """Gone for good, past the bin."""
        with self.lock:
            del self.books[spreadsheet_id]

    def new_id(self) -> str:
        """44 characters, as Google's file ids."""
        letters = string.ascii_letters + string.digits + "-_"
        return "1" + "".join(self.chance.choice(letters) for _ in range(43))

    def new_number(self) -> int:
        """A sheet id, protected range id …: positive, below 2^31."""
        return self.chance.randrange(1, 2**31)

    def allowed(self, spreadsheet_id: str, caller: str, need: str) -> Spreadsheet:
        """The spreadsheet, if the caller may "read" or "write" it; else 404 or 403 in Google's words."""
        book = self.books.get(spreadsheet_id)
        if book is None:
            raise not_found()
        if not may(book, caller, need):
            raise no_permission()
        return book


def role(book: Spreadsheet, caller: str) -> str | None:
    """owner, writer, commenter, reader, or None."""
    if caller in {ALL_POWERFUL, book.owner}:
        return "owner"
    order = ("writer", "commenter", "reader")
    held = {book.people.get(caller.casefold()), book.people.get("anyone")}
    return next((name for name in order if name in held), None)


def may(book: Spreadsheet, caller: str, need: str) -> bool:
    """The caller may "read" or "write"."""
    held = role(book, caller)
    return held in {"owner", "writer"} if need == "write" else held is not None


def may_edit_protected(book: Spreadsheet, protected: dict[str, Any], caller: str) -> bool:
    """The caller may change what the protected range covers."""
    if protected.get("warningOnly") or caller in {book.owner, ALL_POWERFUL}:
        return True
    editors = protected.get("editors", {}).get("users", [])
    return caller.casefold() in {address.casefold() for address in editors}


def protected_refusal() -> Refused:
    """Google's words for a write into a protected range."""
    return Refused(
        "You are trying to edit a protected cell or object. "
        "Please contact the spreadsheet owner to remove protection if you need to edit."
    )
