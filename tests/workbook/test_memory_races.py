"""People edit at every moment of a write; nothing that they typed is lost, and no id lands on another row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from engage.ports import AcceptSuggestion, GiveId, Intent, Outcome, PublishTab
from engage.workbook.memory import MemoryWorkbook

HEADER = ("Employer", "Phone", "Notes", "Record ID")
ROWS = [(f"Firm {n}", f"0161 496 000{n}", "same for all") for n in range(5)]
WITH_IDS = [(*row, f"R-{n}") for n, row in enumerate(ROWS)]
MOMENTS = ("before-guard", "after-guard", "before-read-back")


@dataclass(frozen=True)
class PersonsEdit:
    """Something a person does at a moment; the row is taken within what there is."""

    moment: str
    verb: str
    row: int
    column: int
    text: str

    def within(self, rows: int) -> PersonsEdit | None:
        """The edit on a row that a tab of so many rows has; None if it has none to delete or copy."""
        if rows < 3 and self.verb in ("delete", "copy"):
            return None
        return replace(self, row=2 + self.row % max(1, rows - 1))

    def play(self, book: MemoryWorkbook, tab: str) -> None:
        match self.verb:
            case "type":
                book.type(tab, self.row, self.column, self.text)
            case "insert":
                book.insert_row(tab, self.row, [self.text])
            case "delete" if self.row <= len(book.rows(tab)):
                book.delete_row(tab, self.row)
            case "sort":
                book.sort(tab, 1, reverse=True)
            case "copy" if self.row <= len(book.rows(tab)):
                book.copy_row(tab, self.row, 2)


VERBS = st.sampled_from(["type", "insert", "delete", "sort", "copy"])


def edits(columns: int, verbs: st.SearchStrategy[str] = VERBS) -> st.SearchStrategy[list[PersonsEdit]]:
    one = st.builds(
        PersonsEdit,
        st.sampled_from(MOMENTS),
        verbs,
        st.integers(0, 6),
        st.integers(1, columns),
        st.uuids().map(lambda unique: f"typed {unique.hex[:8]}"),
    )
    return st.lists(one, max_size=5)


def race(
    rows: Sequence[Sequence[str]], intents: list[Intent], people: list[PersonsEdit], tab: str = "Employers"
) -> tuple[MemoryWorkbook, MemoryWorkbook, tuple[Outcome, ...]]:
    """The workbook after a write that people raced, and a twin in which only the people were at work."""

    book, twin = (MemoryWorkbook("peer", {tab: rows}) for _ in range(2))
    played: list[PersonsEdit] = []
    for edit in sorted(people, key=lambda edit: MOMENTS.index(edit.moment)):
        concrete = edit.within(len(twin.rows(tab)))
        if concrete:
            concrete.play(twin, tab)
            played.append(concrete)

    def between(moment: str, book: MemoryWorkbook) -> None:
        for edit in played:
            if edit.moment == moment:
                edit.play(book, tab)

    book.between = between
    return book, twin, book.apply(intents)


@settings(max_examples=200, deadline=None)
@given(edits(columns=3, verbs=st.sampled_from(["type", "insert", "delete", "copy"])))
def test_giving_ids_changes_no_cell_of_any_other_column_whatever_people_do(people: list[PersonsEdit]) -> None:
    intents: list[Intent] = [GiveId("Employers", 1, n + 2, row, f"R-{n}") for n, row in enumerate(ROWS)]
    book, twin, _ = race([HEADER, *ROWS], intents, people)
    staff = [tuple((*row, "", "", "")[:3]) for row in book.rows("Employers")]
    assert staff == [tuple((*row, "", "", "")[:3]) for row in twin.rows("Employers")]


@settings(max_examples=200, deadline=None)
@given(edits(columns=3))
def test_an_id_never_stays_on_the_row_of_another_employer(people: list[PersonsEdit]) -> None:
    intents: list[Intent] = [GiveId("Employers", 1, n + 2, row, f"R-{n}") for n, row in enumerate(ROWS)]
    book, _, outcomes = race([HEADER, *ROWS], intents, people)
    for row in book.rows("Employers")[1:]:
        if len(row) == 4 and row[0].startswith("Firm"):
            assert row[3] == f"R-{row[0][-1]}"
    statuses = {
        outcome.intent.record_id: outcome.status for outcome in outcomes if isinstance(outcome.intent, GiveId)
    }
    there = Counter(row[3] for row in book.rows("Employers")[1:] if len(row) == 4)
    assert all(statuses[record_id] in ("done", "displaced") for record_id in there)


@settings(max_examples=200, deadline=None)
@given(edits(columns=3))
def test_a_text_typed_during_an_accepted_suggestion_stays_or_is_handed_back(
    people: list[PersonsEdit],
) -> None:
    intents: list[Intent] = [
        AcceptSuggestion("Employers", 1, f"R-{n}", "Notes", "same for all", f"better {n}") for n in range(5)
    ]
    book, twin, outcomes = race([HEADER, *WITH_IDS], intents, people)
    found = Counter(cell for row in book.rows("Employers") for cell in row)
    handed_back = {c.before for outcome in outcomes if outcome.status == "displaced" for c in outcome.changes}
    typed = Counter(cell for row in twin.rows("Employers") for cell in row if cell != "same for all")
    assert all(cell in handed_back for cell, times in typed.items() if found[cell] < times)


@settings(max_examples=200, deadline=None)
@given(edits(columns=3, verbs=st.sampled_from(["type", "insert"])))
def test_a_text_typed_while_a_built_tab_is_written_stays_or_is_handed_back(people: list[PersonsEdit]) -> None:
    headings = ("Pair", "Reason", "Decision")
    rows = [headings, *((f"p{n}", "why", "") for n in range(4))]
    intent = PublishTab(
        "To review",
        headings,
        tuple((f"p{n}", "new", "") for n in (1, 3, 5)),
        "Pair",
        frozenset({"Decision"}),
        expects=tuple((f"p{n}", "why") if n >= 0 else headings for n in range(-1, 4)),
    )
    # What they type after the write they type over what then stands there, knowing it.
    people = [edit for edit in people if edit.moment != "before-read-back"]
    book, twin, (outcome,) = race(rows, [intent], people, "To review")
    found = {cell for row in book.rows("To review") for cell in row}
    handed_back = {change.before for change in outcome.changes}
    typed = {cell for row in twin.rows("To review") for cell in row if cell.startswith("typed")}
    assert typed <= found | handed_back


def test_reading_lets_people_edit_first() -> None:
    book = MemoryWorkbook("peer", {"T": [("a",)]}, between=lambda moment, b: b.type("T", 1, 1, moment))
    assert book.read().tabs[0].rows == (("before-read",),)


def test_what_people_do_is_what_it_says() -> None:
    book = MemoryWorkbook("peer", {"T": [("B", "A"), ("2", "x"), ("1", "y")]})
    book.sort("T", 1)
    book.copy_row("T", 2, 4)
    book.insert_column("T", 2, "New")
    book.rename_heading("T", "A", "Z")
    assert book.rows("T") == (("B", "New", "Z"), ("1", "", "y"), ("2", "", "x"), ("1", "", "y"))
    book.delete_tab("T")
    assert book.read().tabs == ()
