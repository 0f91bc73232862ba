"""A Google Sheet as it stands → what is to be said of it. Pure, but for examine, which asks Google."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from engage.errors import WorkbookMissing
from engage.model import Snapshot, Tab
from engage.schema import Schema
from engage.start_here import TITLE
from engage.workbook.google.bin import check_not_in_bin
from engage.workbook.google.layout import has_answers_open
from engage.workbook.google.layout_standing import Standing, TabStanding
from engage.workbook.google.messages import Place, closed_by_engage, protected
from engage.workbook.google.protecting import is_closed_by_engage, ours, shuts_us_out
from engage.workbook.google.remarks import Remark, locale_remarks, owner_remarks, sharing_remarks
from engage.workbook.google.stale_warning import AT, is_warning

from .lines import Line, of_error

MOST_CELLS = 10_000_000  # Google's limit a spreadsheet, empty cells counted
FULL, ALMOST = 0.95, 0.5
AGAIN = "run engage init --google again: it adds what is missing and changes no cell"


class Client(Protocol):
    """What is asked of the client here."""

    def get_file(self, file_id: str, *, fields: str = ..., where: str = "") -> dict[str, Any]:
        """Drive files.get."""
        ...

    def get_permissions(self, file_id: str, *, where: str = "") -> list[dict[str, Any]]:
        """Drive permissions.list."""
        ...


def as_snapshot(standing: Standing, key: str) -> Snapshot:
    """The top rows of each tab, as the register reads them."""
    tabs = tuple(Tab(tab.title, tab.rows, str(tab.sheet_id), tab.hidden) for tab in standing.tabs)
    return Snapshot(key, tabs)


def check_file(
    file: Mapping[str, Any], part: str, *, owner_before: str, view_only: bool, address: str
) -> Iterator[Line]:
    """The bin, the owner, and whether we may edit. file: Drive's, with capabilities(canEdit)."""
    try:
        check_not_in_bin(file, Place())
    except WorkbookMissing as missing:
        yield of_error(part, missing)
    yield from of_remarks(part, owner_remarks(file, owner_before, ""))
    may_edit = bool(file.get("capabilities", {}).get("canEdit", True))
    who = address or "the account that Engage signs in as"
    if not may_edit and not view_only:
        yield Line(
            part,
            "wrong",
            f"{who} may view it and not change it",
            fix=f"ask its owner to make {who} an Editor under Share, or mark it view_only in engage.toml",
        )
    else:
        yield Line(
            part, "ok", "shared with us as editor" if may_edit else "may be viewed, as engage.toml says"
        )


def check_sharing(permissions: Sequence[Mapping[str, Any]], part: str) -> Iterator[Line]:
    """Whether it is open to more people than were named."""
    yield from of_remarks(part, sharing_remarks(permissions, ""))


def check_settings(standing: Standing, part: str, *, sheet: str, time_zone: str) -> Iterator[Line]:
    """Locale, clock and size, and whether it is a copy of another."""
    settings = {"locale": standing.locale, "timeZone": standing.time_zone}
    remarks = locale_remarks(settings, "", time_zone)
    yield from of_remarks(part, remarks)
    if not remarks:
        yield Line(part, "ok", "its locale is United Kingdom, its clock the partnership's")
    yield _size(standing.cells, part)
    if standing.self_id and standing.self_id != sheet:
        yield Line(
            part,
            "look",
            "it is a copy of another spreadsheet, with that one's memory",
            fix="see that engage.toml has the spreadsheet that people type into, and only one of the two",
        )


def _size(cells: int, part: str) -> Line:
    share = cells / MOST_CELLS
    said = (
        f"{share:.0%} of the 10 million cells that Google allows are in use"
        if share >= 0.01
        else "room enough"
    )
    fix = "delete tabs, empty rows and empty columns that nobody needs (empty cells count too)"
    if share >= ALMOST:
        return Line(part, "wrong" if share >= FULL else "look", said, fix=fix)
    return Line(part, "ok", said)


def check_protections(
    standing: Standing, schema: Schema, part: str, *, laid_out: bool, address: str = ""
) -> Iterator[Line]:
    """Built tabs are shut but for answers, and not to us; headings of tabs that we laid out warn."""
    mine = [tab.title for tab in standing.tabs if is_closed_by_engage(tab.protected)]
    theirs = [tab.title for tab in standing.tabs if tab.title not in mine and shuts_us_out(tab.protected)]
    if mine:
        yield of_error(part, closed_by_engage(Place(caller=address), mine))
    if theirs:
        yield of_error(part, protected(Place(caller=address), theirs))
    shut = mine or theirs
    open_tabs = [tab.title for tab in _ours(standing, schema, laid_out) if ours(tab.protected) is None]
    if open_tabs:
        yield Line(part, "look", f"not protected any more: {', '.join(open_tabs)}", fix=AGAIN)
    closed = [
        tab.title
        for tab in _ours(standing, schema, laid_out)
        if not has_answers_open(schema.tabs[tab.title], tab)
    ]
    if closed:
        yield Line(part, "look", f"people cannot answer in: {', '.join(closed)}", fix=AGAIN)
    if not (shut or open_tabs or closed):
        yield Line(part, "ok", "the system's tabs are protected, and people can answer")


def check_tabs(standing: Standing, missing: Sequence[str], part: str) -> Iterator[Line]:
    """Whether every tab that we lay out is there, and the warning of Start here."""
    if missing:
        yield Line(part, "look", f"tabs are missing: {', '.join(missing)}", fix=AGAIN)
    start = standing.tab(TITLE)
    if start is not None and not is_warning(start.formulas.get(AT, "")):
        what = "Start here has lost the formula that warns when no sync has run for two days"
        yield Line(part, "look", what, fix=AGAIN)


def of_remarks(part: str, remarks: Iterable[Remark]) -> Iterator[Line]:
    """What is worth saying and stops nothing."""
    return (Line(part, "look", remark.what, remark.where, remark.fix) for remark in remarks)


def _ours(standing: Standing, schema: Schema, laid_out: bool) -> Iterator[TabStanding]:
    for tab in standing.tabs:
        spec = schema.tabs.get(tab.title)
        if spec is not None and tab.rows and (laid_out or spec.kind == "built"):
            yield tab
