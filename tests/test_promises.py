"""The first promise, as a law: whatever people do, whenever they do it, no cell that they typed is lost."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from engage.register.identity import is_record_id
from engage.workbook.memory import MemoryWorkbook

from .partnership import NOW, Town, agency_rows, by_heading, hub_tabs, row_of, without_ids

SOAK = bool(os.environ.get("ENGAGE_SOAK"))
pytestmark = pytest.mark.timeout(900)  # many nights in one test, on machines of any pace
STAFF = {"hub": ("Employers", 1), "college": ("Firms", 2)}
BUILT = [
    ("hub", "Employer list (built nightly)"),
    ("hub", "Clashes"),
    ("hub", "Dashboard"),
    ("hub", "To review"),
    ("college", "Your employers (built nightly)"),
    ("college", "Problems to fix"),
]
MOMENTS = ["before-read", "before-guard", "after-guard", "before-read-back"]
WORDS = [
    "Ember Digital",
    "Ember Digital Ltd",
    "Acorn Trust",
    "M34 3QQ",
    "SK15 1QO",
    "n/a",
    "=1+1",
    "0161 496 0200",
    "Zoë, née O'Neill",
    " ",
]

books = st.sampled_from(sorted(STAFF))
words = st.one_of(
    st.sampled_from(WORDS), st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8)
)
places = st.integers(0, 11)


class People(RuleBasedStateMachine):
    """People edit two workbooks; a shadow that no sync ever touches gets the same edits."""

    make: Any = MemoryWorkbook

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        employers = [
            row_of(
                "Employers",
                Employer=name,
                Postcode="M34 3QQ",
                Agency="Marlbeck Council",
                Notes=f"note {name}",
            )
            for name in ("Ember Digital Limited", "Bridge Cafe", "Acorn Trust")
        ]
        self.town = Town(self.folder, make=type(self).make, Employers=employers)
        self.shadow = {
            "hub": MemoryWorkbook("hub", hub_tabs(Agencies=agency_rows(), Employers=employers)),
            "college": MemoryWorkbook("college", {"Firms": self.town.college.rows("Firms")}),
        }
        self.now, self.number = NOW, 0
        self.typed_where_we_write: dict[str, str] = {}
        self.left_by_people: set[str] = set()  # what a finding said that somebody left as it is
        self.answers: dict[str, str] = {}
        self.rows_by_code: dict[str, str] = {}
        self.synced = False

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- what people do in their own tabs -------------------------------------------------------------

    def both(self, workbook: str, edit: str, *arguments: object, **options: object) -> None:
        for book in (self.town.books[workbook], self.shadow[workbook]):
            getattr(book, edit)(STAFF[workbook][0], *arguments, **options)

    def row(self, workbook: str, place: int) -> int:
        """A row below the headings that both workbooks have, or the first below them."""
        tab, header = STAFF[workbook]
        rows = min(len(self.town.books[workbook].rows(tab)), len(self.shadow[workbook].rows(tab)))
        return header + 1 + place % max(1, rows - header)

    def width(self, workbook: str) -> tuple[int, int]:
        """First and last column that are people's: Record ID is the hub's first, the college's seventh."""
        return (2, 8) if workbook == "hub" else (1, 6)

    @rule(workbook=books, place=places, column=places, text=words)
    def type(self, workbook: str, place: int, column: int, text: str) -> None:
        first, last = self.width(workbook)
        self.both(workbook, "type", self.row(workbook, place), first + column % (last - first + 1), text)

    @rule(workbook=books, place=places, name=words)
    def insert(self, workbook: str, place: int, name: str) -> None:
        self.number += 1
        cells = ["", name] if workbook == "hub" else [name]
        self.both(workbook, "insert_row", self.row(workbook, place), [*cells, "Hyde", f"row {self.number}"])

    @rule(workbook=books, place=places)
    def delete(self, workbook: str, place: int) -> None:
        row, at = self.row(workbook, place), self.id_column(workbook)
        if at:
            self.take_away(workbook, STAFF[workbook][0], row, at)
        self.both(workbook, "delete_row", row)

    @rule(workbook=books, place=places, above=places)
    def copy(self, workbook: str, place: int, above: int) -> None:
        tab, source = STAFF[workbook][0], self.row(workbook, place)
        if source <= min(len(book.rows(tab)) for book in (self.town.books[workbook], self.shadow[workbook])):
            self.both(workbook, "copy_row", source, self.row(workbook, above))

    @rule(workbook=books, column=places, reverse=st.booleans())
    def sort(self, workbook: str, column: int, reverse: bool) -> None:
        first, last = self.width(workbook)
        header = STAFF[workbook][1]
        self.pad(workbook)
        self.both(workbook, "sort", first + column % (last - first + 1), header_row=header, reverse=reverse)

    def pad(self, workbook: str) -> None:
        """Rows that hold nothing but an id are rows to us and not to the shadow: sorting would part them."""
        tab, header = STAFF[workbook]
        for book in (self.town.books[workbook], self.shadow[workbook]):
            for number in range(header + 1, len(book.rows(tab)) + 1):
                column = self.width(workbook)[1]
                if not book.cell(tab, number, column):
                    book.type(tab, number, column, "")

    @rule(workbook=books, place=places)
    @precondition(lambda self: self.synced)
    def wipe_an_id(self, workbook: str, place: int) -> None:
        at = self.id_column(workbook)
        if at:
            self.type_over(workbook, STAFF[workbook][0], self.row(workbook, place), at, "")

    @rule(workbook=books, place=places)
    @precondition(lambda self: self.synced)
    def type_into_an_id(self, workbook: str, place: int) -> None:
        at, row = self.id_column(workbook), self.row(workbook, place)
        tab = STAFF[workbook][0]
        text = (
            "".join(self.shadow[workbook].rows(tab)[row - 1])
            if row <= len(self.shadow[workbook].rows(tab))
            else ""
        )
        if at and text.strip():
            self.type_over(workbook, tab, row, at, self.word(workbook))

    def id_column(self, workbook: str) -> int:
        tab, header = STAFF[workbook]
        heading = self.town.books[workbook].rows(tab)[header - 1]
        return heading.index("Record ID") + 1 if "Record ID" in heading else 0

    @rule(name=st.sampled_from(["Company name", "Firm", "Employer", "Company"]))
    def rename_a_heading(self, name: str) -> None:
        self.both("college", "type", 2, 1, name)

    @rule(workbook=books, column=st.integers(2, 5), heading=st.sampled_from(["", "Our notes"]))
    def insert_a_column(self, workbook: str, column: int, heading: str) -> None:
        self.both(workbook, "insert_column", column, heading, header_row=STAFF[workbook][1])

    # --- what people do where the system writes -------------------------------------------------------

    def word(self, workbook: str) -> str:
        self.number += 1
        text = f"typed {self.number}"
        self.typed_where_we_write[text] = workbook
        return text

    def type_over(self, workbook: str, tab: str, row: int, column: int, text: str) -> None:
        """Type where the system writes, over whatever stands there."""
        self.take_away(workbook, tab, row, column)
        self.town.books[workbook].type(tab, row, column, text)

    def take_away(self, workbook: str, tab: str, row: int, column: int) -> None:
        """What a person's own hand takes away is theirs to take: before any sync has seen it, or after it
        was handed back, where it was handed back."""
        text = self.town.books[workbook].cell(tab, row, column)
        if text not in self.texts(workbook) or tab == "Problems to fix":
            self.typed_where_we_write.pop(text, None)

    @rule(where=st.sampled_from(BUILT), row=places, column=st.integers(0, 4))
    @precondition(lambda self: self.synced)
    def type_into_a_built_tab(self, where: tuple[str, str], row: int, column: int) -> None:
        workbook, tab = where
        header = self.town.books[workbook].rows(tab)[0]
        if header[column : column + 1] != ("Decision",):
            self.type_over(workbook, tab, 2 + row, 1 + column, self.word(workbook))

    @rule(place=places)
    @precondition(lambda self: self.synced)
    def type_over_a_name_in_the_employer_list(self, place: int) -> None:
        tab = "Employer list (built nightly)"
        rows = self.town.hub.rows(tab)
        if len(rows) > 1 and "Employer" in rows[0]:
            column = rows[0].index("Employer") + 1
            self.type_over("hub", tab, 2 + place % (len(rows) - 1), column, self.word("hub"))

    @rule(where=st.sampled_from(BUILT), row=places, above=st.booleans())
    @precondition(lambda self: self.synced)
    def type_around_a_built_tab(self, where: tuple[str, str], row: int, above: bool) -> None:
        workbook, tab = where
        book = self.town.books[workbook]
        if above:
            book.insert_row(tab, 1, [self.word(workbook)])
        else:
            book.type(tab, 1 + row, 2 + max(map(len, book.rows(tab))), self.word(workbook))

    @rule(workbook=books, place=places)
    @precondition(lambda self: self.synced)
    def leave_a_problem_as_it_is(self, workbook: str, place: int) -> None:
        book = self.town.books[workbook]
        rows = book.rows("Problems to fix")
        found = [number for number, row in enumerate(rows, 1) if row and row[0].startswith("F-")]
        if found and "Decision" in rows[0]:
            number = found[place % len(found)]
            book.type("Problems to fix", number, rows[0].index("Decision") + 1, "Leave as it is")
            self.left_by_people.add(dict(zip(rows[0], rows[number - 1], strict=False))["What it says"])

    @rule(workbook=books, place=places)
    @precondition(lambda self: self.synced)
    def use_what_was_typed(self, workbook: str, place: int) -> None:
        """Most of all where it is offered; what is not offered stays."""
        book = self.town.books[workbook]
        rows = book.rows("Problems to fix")
        found = [number for number, row in enumerate(rows, 1) if row and row[0].startswith("T-")]
        found = [number for number in found if "EMP-" in str(rows[number - 1])] or found
        if found and "Decision" in rows[0]:
            number = found[place % len(found)]
            book.type("Problems to fix", number, rows[0].index("Decision") + 1, "Use this")

    @rule(place=places, answer=st.sampled_from(["Same", "Different", "Not sure", "dunno"]))
    @precondition(lambda self: self.synced)
    def decide(self, place: int, answer: str) -> None:
        rows = self.town.hub.rows("To review")
        if len(rows) > 1 and "Decision" in rows[0]:
            number = 2 + place % (len(rows) - 1)
            self.town.hub.type("To review", number, rows[0].index("Decision") + 1, answer)

    @rule(place=places)
    @precondition(lambda self: self.synced)
    def undo(self, place: int) -> None:
        rows = self.town.hub.rows("Decisions")
        if len(rows) > 1 and "Undo" in rows[0]:
            self.town.hub.type("Decisions", 2 + place % (len(rows) - 1), rows[0].index("Undo") + 1, "Undo")

    # --- the sync -------------------------------------------------------------------------------------

    @rule(hours=st.sampled_from([1, 24]))
    def sync(self, hours: int) -> None:
        self.night(hours)

    @rule(
        workbook=books, moment=st.sampled_from(MOMENTS), times=st.integers(1, 4),
        edit=st.sampled_from(["type", "insert", "delete", "copy", "built"]), place=places, text=words,
    )  # fmt: skip
    def sync_while_people_edit(self, workbook, moment, times, edit, place, text) -> None:
        left = [times]

        def meanwhile(now: str, book: MemoryWorkbook) -> None:
            if now != moment or not left[0]:
                return
            left[0] -= 1
            if edit == "built" and self.synced:
                self.type_into_a_built_tab(BUILT[place % len(BUILT)], place, place % 3)
            elif edit == "type":
                self.type(workbook, place, place, text)
            elif edit == "insert":
                self.insert(workbook, place, text)
            elif edit == "delete":
                self.delete(workbook, place)
            elif edit == "copy":
                self.copy(workbook, place, place + 1)

        self.town.books[workbook].between = meanwhile
        try:
            self.night(1)
        finally:
            self.town.books[workbook].between = None

    def night(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        before = by_heading(self.town.hub.rows("Decisions"))
        self.report = self.town.sync(self.now, allow_deletions=True)
        self.synced = True
        after = by_heading(self.town.hub.rows("Decisions"))
        keep = ("Pair", "Decision", "When", "A", "B")
        assert [[r.get(k) for k in keep] for r in before] == [[r.get(k) for k in keep] for r in after][
            : len(before)
        ]

    @invariant()
    def people_find_their_cells_as_they_typed_them(self) -> None:
        for workbook, (tab, _) in STAFF.items():
            mine = without_ids(self.town.books[workbook].rows(tab))
            theirs = without_ids(self.shadow[workbook].rows(tab))
            assert mine == theirs, (workbook, mine, theirs)

    @rule()
    def quiet_night(self) -> None:
        """After a sync that nobody disturbs, everything is where it belongs; after another, nothing moves."""
        self.undisturbed_night()
        self.nothing_moves()

    def undisturbed_night(self) -> None:
        self.night(1)
        self.check_ids()
        self.check_texts()
        self.check_lists()

    def nothing_moves(self) -> None:
        again = self.town.sync(self.now, allow_deletions=True)
        assert again.cells_written == 0, [c for p in again.pushed for o in p.outcomes for c in o.changes]

    def check_ids(self) -> None:
        ids = []
        for workbook, (tab, _) in STAFF.items():
            at = self.id_column(workbook)
            names = self.id_column(workbook) and self.report.night.intake.records
            expected = {
                r.place.row: r.record_id
                for r in names or ()
                if (r.place.workbook, r.place.tab) == (workbook, self.title_of(workbook, tab))
            }
            rows = self.town.books[workbook].rows(tab)
            stand = {n: rows[n - 1][at - 1] for n in expected}
            assert stand == expected
            ids += stand.values()
        assert len(set(ids)) == len(ids)
        assert all(map(is_record_id, ids))

    def title_of(self, workbook: str, tab: str) -> str:
        """What people call this tab by now."""
        return tab

    def check_texts(self) -> None:
        tabs = {key: book.read().tabs for key, book in self.town.books.items()}
        for text, workbook in self.typed_where_we_write.items():
            everywhere = {c for t in tabs[workbook] for row in t.rows for c in row}
            assert any(text in cell for cell in everywhere), (text, workbook)
            built = [t for t in tabs[workbook] if t.title not in ("Problems to fix", "_engage", "Sync log")]
            staff = STAFF[workbook][0]
            left = {c for t in built for i, row in enumerate(t.rows) for c in row if t.title != staff or i}
            told = self.texts(workbook) | self.left_by_people
            assert text not in left or text in told, (text, "left in place and not reported")

    def texts(self, workbook: str) -> set[str]:
        """What has been handed back, or was used and stands in Decisions."""
        book = self.town.books[workbook]
        decided = by_heading(book.rows("Decisions")) if workbook == "hub" else []
        used = {row.get("B", "").partition(": ")[2] for row in decided if row.get("About", "") == "Value"}
        return used | {row.get("What it says", "") for row in by_heading(book.rows("Problems to fix"))}

    def check_lists(self) -> None:
        listed = {
            row["Employer ID"] for row in by_heading(self.town.hub.rows("Employer list (built nightly)"))
        }
        night = self.report.night
        named = [r for r in night.intake.records if r.tab == "Employers" and r["Employer"] and r.agency]
        assert {night.worlds["hub"].linked.employer_of[f"{r.record_id}#0"] for r in named} <= listed


TestPromises = People.TestCase
TestPromises.settings = settings(
    max_examples=400 if SOAK else 12,
    stateful_step_count=40 if SOAK else 14,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate] + ([Phase.shrink] if SOAK else []),
)
