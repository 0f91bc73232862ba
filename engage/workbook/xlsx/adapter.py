"""The Workbook port on an .xlsx file: guard, patch, prove, swap in, look again."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote
from xml.parsers import expat

from engage.config import GoogleSheet, Home
from engage.errors import WorkbookError, WorkbookUnreadable
from engage.model import Grid, Link, Snapshot, Tab
from engage.ports import Intent, Outcome, Then
from engage.schema import TabSpec

from ..cells import CellEdit, Located, TabEdit, cell_at, outcome_of, text_of, trim_grid
from ..locate import locate
from ..view_only import view_only
from .backups import Backups, Pair
from .book import Book
from .encoding import hyperlink
from .locks import check_unlocked
from .reading import column_letters
from .swap import read_file, swap_in
from .writing import rewrite

log = logging.getLogger(__name__)


def _no_step(name: str) -> None:
    """What is called at every step of a write unless somebody wants to know."""


class XlsxWorkbook:
    """An .xlsx file that people open in Excel or LibreOffice.

    links: workbook key → where it is, for cells that open a place in another workbook. tabs: how a tab that
    the sync creates is laid out, by title (one that is not in it: by its headings alone). backups: a folder
    for dated copies (None: none are kept); keep: how many runs of them; stamp: names this run and sorts by
    time. on_step: called at every step of a write. now: seconds since the epoch, for the age of a lock.
    """

    def __init__(  # noqa: PLR0913 - what a file needs besides its name is said by keyword
        self,
        name: str,
        path: Path,
        *,
        title: str = "",
        links: Mapping[str, Home] | None = None,
        tabs: Mapping[str, TabSpec] | None = None,
        backups: Path | None = None,
        keep: int = 14,
        stamp: str = "backup",
        view_only: bool = False,
        on_step: Callable[[str], None] = _no_step,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.name, self.path, self.title = name, Path(path), title or Path(path).name
        self.view_only = view_only
        self._links, self._tabs = dict(links or {}), dict(tabs or {})
        self._backups = Backups(backups / name, self.path.suffix, stamp, keep) if backups else None
        self._step, self._now = on_step, now
        self._last: tuple[str, Book] | None = None

    def read(self) -> Snapshot:
        """Everything in it, at one moment. Raises WorkbookError."""
        book, _ = self._open()
        tabs = tuple(Tab(sheet.title, book.seen(sheet).rows, "", sheet.hidden) for sheet in book.sheets)
        return Snapshot(self.name, tabs, writable=not self.view_only)

    def peek(self, tab: str) -> Grid:
        """The rows of one tab; no other is parsed. Raises WorkbookError."""
        book, _ = self._open()
        sheet = book.sheet(tab)
        return book.seen(sheet).rows if sheet else ()

    def read_back(self) -> Snapshot:
        """Everything in it, now."""
        return self.read()

    def apply(self, intents: Sequence[Intent], *then: Then) -> tuple[Outcome, ...]:
        """Guard, patch, prove, swap in, look again. Raises WorkbookError with nothing written."""
        if self.view_only:
            raise view_only(self.title)
        book, guarded = self._open()
        tabs = {sheet.title: book.seen(sheet) for sheet in book.sheets}
        plan = locate(intents, tabs, *then, spell=self._spell)
        edits = [located.edit for located in plan if located.edit]
        if not edits:
            return tuple(outcome_of(located) for located in plan)
        self._check_free()
        written = self._rewrite(book, edits)
        self._step("made the new file in memory")
        self._replace(book.data, written, guarded)
        return self._read_back(plan, written)

    def _replace(self, before: bytes, written: bytes, guarded: str) -> None:
        """Keep both states in the backups, and put the new one in place."""
        pair = self._keep(before, written)
        try:
            self._check_free()
            swap_in(self.path, written, guarded, self.title, self._step)
        except WorkbookError:
            if self._backups and pair:
                self._backups.withdraw(pair, before)
            raise

    def _keep(self, before: bytes, written: bytes) -> Pair | None:
        if self._backups is None:
            return None
        try:
            return self._backups.save(before, written, self._step)
        except OSError as error:
            raise WorkbookError(
                f"no backup could be kept ({error.strerror}), so nothing was written",
                where=f"{self.title} ({self._backups.folder})",
                fix="make room on the disk, or let this account write to that folder",
            ) from error

    def _open(self) -> tuple[Book, str]:
        """The file as it is now, parsed again only if it has changed."""
        data, digest = read_file(self.path, self.title)
        if self._last is None or self._last[0] != digest:
            self._last = (digest, Book(data, f"{self.title} ({self.path})"))
        return self._last[1], digest

    def _check_free(self) -> None:
        check_unlocked(self.path, self.title, self._now())
        check_unlocked(self.path.resolve(), self.title, self._now())

    def _rewrite(self, book: Book, edits: Sequence[CellEdit | TabEdit]) -> bytes:
        try:
            return rewrite(book, edits, self._spell, self._tabs)
        except (expat.ExpatError, ValueError) as error:
            raise WorkbookUnreadable(
                "a tab is laid out in a way that we cannot change safely; nothing was written",
                where=self.title,
                fix="open the workbook in Excel or LibreOffice, save it, and run the sync again",
            ) from error

    def _spell(self, link: Link) -> str:
        """A link as a formula: a relative path, so that a folder of workbooks can be moved."""
        place = "#'" + link.tab.replace("'", "''") + "'!" + _address(link)
        target = self._links.get(link.workbook)
        if isinstance(target, GoogleSheet):
            return hyperlink(target.link, link.text)
        if link.workbook == self.name or target is None:
            return hyperlink(place, link.text)
        return hyperlink(_relative(target, self.path.parent) + place, link.text)

    def _read_back(self, plan: Sequence[Located], written: bytes) -> tuple[Outcome, ...]:
        """Look at the file again: it is what we wrote, unless somebody saved in that very moment."""
        data, _ = read_file(self.path, self.title)
        if data == written:
            return tuple(outcome_of(located) for located in plan)
        book, _ = self._open()
        stands = {sheet.title: book.seen(sheet).rows for sheet in book.sheets}
        return tuple(
            outcome_of(located) if _is_there(located, stands) else _gone(located) for located in plan
        )


def _is_there(located: Located, stands: Mapping[str, Grid]) -> bool:
    """Whether what an intent wrote still reads so."""
    edit = located.edit
    if edit is None:
        return True
    rows = stands.get(edit.tab, ())
    if isinstance(edit, TabEdit):
        return rows == trim_grid([tuple(text_of(value) for value in row) for row in edit.rows])
    return cell_at(rows, edit.row, edit.column) == text_of(edit.value)


def _gone(located: Located) -> Outcome:
    return Outcome(located.intent, "moved", note="somebody saved the workbook just after it was written")


def _address(link: Link) -> str:
    return f"{column_letters(link.column)}{link.row}"


def _relative(target: Path, folder: Path) -> str:
    """The way from one file's folder to another file, as a link has it."""
    try:
        path = Path(os.path.relpath(target.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive on Windows
        path = target.resolve().as_posix()
    return quote(path, safe="/ .-_()&',:+=@!~") if "#" in path or "%" in path else path
