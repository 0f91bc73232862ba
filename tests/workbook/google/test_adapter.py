"""What is Google's own: tabs by their ids, copies, the locale, large writes, and a sync cut short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engage.errors import UnsafePlan, WorkbookError, WorkbookMissing
from engage.model import Grid, Snapshot
from engage.ports import AcceptSuggestion, AddIdColumn, GiveId, Outcome, PublishTab, SetCell
from engage.workbook.google import writing
from engage.workbook.google.adapter import GoogleWorkbook
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.workbook.hands import Hands
from tests.workbook.rehearsal import Rehearsal, rehearsal

HEADER, ACORN, BIRCH = ("Employer", "Phone", "Record ID"), ("Acorn", "1"), ("Birch", "2")
STAFF = {"Employers": [HEADER, ACORN, BIRCH]}


@pytest.fixture
def google() -> Iterator[Rehearsal]:
    yield rehearsal()
    rehearsal().served.front.faults.clear()
    rehearsal().world.before_batch.clear()
    rehearsal().world.books.clear()


def open_(google: Rehearsal, book: Spreadsheet, key: str = "peer", **options: object) -> GoogleWorkbook:
    return google.workbook(key, book.id, **options)  # type: ignore[arg-type]


def publish(workbook: GoogleWorkbook, text: str) -> tuple[Outcome, ...]:
    tab = workbook.read().tab("Clashes")
    return workbook.apply([publishing(text, tab.rows if tab else None)])


def publishing(text: str, expects: Grid | None) -> PublishTab:
    return PublishTab("Clashes", ("What",), ((text,),), expects=expects)


def kinds(snapshot: Snapshot) -> list[str]:
    return [finding.kind for finding in snapshot.findings]


# --- tabs by their ids -------------------------------------------------------------------------------------


def test_a_renamed_built_tab_goes_on_working_and_is_reported(google: Rehearsal) -> None:
    book = google.sheet(STAFF)
    workbook = open_(google, book)
    publish(workbook, "one")
    Hands(google.world, book).rename_tab("Clashes", "Our clashes")
    assert publish(workbook, "two")[0].status == "done"
    assert Hands(google.world, book).rows("Our clashes") == (("What",), ("two",))
    assert kinds(workbook.read()) == ["tab-renamed"]


def test_two_built_tabs_that_swapped_their_titles_keep_what_was_answered_in_each(google: Rehearsal) -> None:
    book = google.sheet(STAFF)
    workbook = open_(google, book)
    publish(workbook, "one")
    seen = workbook.read().tab("Figures")
    workbook.apply([PublishTab("Figures", ("How many",), (("7",),), expects=seen.rows if seen else None)])
    hands = Hands(google.world, book)
    for old, new in (("Clashes", "x"), ("Figures", "Clashes"), ("x", "Figures")):
        hands.rename_tab(old, new)
    shown = {tab.title: tab.rows for tab in workbook.read().tabs}
    assert shown["Clashes"] == (("What",), ("one",))
    assert shown["Figures"] == (("How many",), ("7",))
    assert kinds(workbook.read()) == ["tab-renamed"] * 2
    assert publish(workbook, "two")[0].status == "done"
    assert hands.rows("Figures") == (("What",), ("two",))
    assert hands.rows("Clashes") == (("How many",), ("7",))


def test_a_copy_of_a_spreadsheet_is_never_read_beside_its_original(google: Rehearsal) -> None:
    book = google.sheet(STAFF)
    publish(open_(google, book), "one")
    copy = google.sheet({})
    copy.tabs = [tab.copied() for tab in book.tabs]
    both: dict[str, GoogleWorkbook] = {}
    both |= {"college": open_(google, book, neighbours=both), "chamber": open_(google, copy, neighbours=both)}
    with pytest.raises(UnsafePlan, match="copy of another"):
        both["chamber"].read()
    both["college"].read()


def test_a_copy_whose_original_is_no_longer_read_takes_its_place(google: Rehearsal) -> None:
    book = google.sheet(STAFF)
    publish(open_(google, book), "one")
    copy = google.sheet({})
    copy.tabs = [tab.copied() for tab in book.tabs]
    workbook = open_(google, copy)
    assert publish(workbook, "two")[0].status == "done"
    assert kinds(workbook.read()) == []


def test_a_foreign_locale_is_told_with_where_to_change_it(google: Rehearsal) -> None:
    book = google.sheet(STAFF)
    book.locale = "en_US"
    (finding,) = open_(google, book).read().findings
    assert finding.kind == "foreign-locale"
    assert "File, Settings, Locale" in finding.wrong


# --- the bin -----------------------------------------------------------------------------------------------


def test_a_spreadsheet_in_the_bin_is_not_read_though_sheets_would_go_on(google: Rehearsal) -> None:
    book = google.sheet(STAFF)
    workbook = open_(google, book)
    workbook.read()
    book.trashed = True
    with pytest.raises(WorkbookMissing, match="in the bin of Google Drive"):
        workbook.read()


@pytest.mark.parametrize("fault", ["403", "404", "503", "502-html", "reset-before"])
def test_a_drive_that_does_not_say_stops_nothing_and_is_not_waited_for(google: Rehearsal, fault: str) -> None:
    workbook, before = open_(google, google.sheet(STAFF)), google.client.requests.drive
    google.served.front.faults.plan(fault, on=r"^GET /drive/", times=100)
    assert workbook.read().tab("Employers").rows == tuple(STAFF["Employers"])  # type: ignore[union-attr]
    assert google.client.requests.drive - before <= 2


# --- the stamp, by the look of the same run ----------------------------------------------------------------

START = {"Start here": [("Start here", "How"), ("Last sync", "yesterday"), ("Sync now", "")]}
STAMP = SetCell("Start here", "Last sync", "today", look_first=False)


def test_a_stamp_needs_no_second_look(google: Rehearsal) -> None:
    book = google.sheet(START)
    workbook = open_(google, book)
    workbook.read()
    before = google.client.requests.total
    assert workbook.apply([STAMP])[0].status == "done"
    assert google.client.requests.total == before + 1
    assert Hands(google.world, book).rows("Start here")[1] == ("Last sync", "today")


@pytest.mark.parametrize("words", ["", "our own words"])
def test_a_stamp_covers_nothing_when_people_have_moved_its_row_since_the_look(
    google: Rehearsal, words: str
) -> None:
    book = google.sheet(START)
    workbook, hands = open_(google, book), Hands(google.world, book)
    workbook.read()
    hands.insert_row("Start here", 2, ("Ours", words))
    status = workbook.apply([STAMP])[0].status
    rows = hands.rows("Start here")
    assert rows[1] == (("Ours", words) if words else ("Ours",))
    assert (status, rows[2][1]) == (("displaced", "yesterday") if words else ("done", "today"))


def test_what_was_typed_over_a_stamp_since_the_look_stays_for_the_next_sync_to_see(google: Rehearsal) -> None:
    book = google.sheet(START)
    workbook, hands = open_(google, book), Hands(google.world, book)
    workbook.read()
    hands.type("Start here", 2, 2, "ring Jo")
    assert workbook.apply([STAMP])[0].status == "displaced"
    assert hands.rows("Start here")[1] == ("Last sync", "ring Jo")


# --- a text is a text --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+44 161", "00123", "1e5", "TRUE", "'quoted", "01/02/2026"])
def test_what_is_written_stays_the_text_that_it_is(google: Rehearsal, text: str) -> None:
    book = google.sheet({"Employers": [HEADER, (*BIRCH, "R-1")]})
    workbook = open_(google, book)
    (outcome,) = workbook.apply([AcceptSuggestion("Employers", 1, "R-1", "Phone", "2", text)])
    assert outcome.status == "done"
    assert book.tabs[0].cell(1, 1).entered == text  # type: ignore[union-attr]
    assert workbook.read().tab("Employers").rows[1][1] == text  # type: ignore[union-attr]


# --- large writes ------------------------------------------------------------------------------------------


def test_a_large_write_goes_in_several_batches_and_each_is_safe(
    google: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing.pack, "__defaults__", (60_000,))
    rows = [HEADER, *[(f"Firm {n}", str(n)) for n in range(1200)]]
    book = google.sheet({"Employers": rows})
    sizes: list[int] = []
    hands = Hands(google.world, book)

    def meanwhile(_: object, __: str, requests: list[dict[str, object]]) -> None:
        sizes.append(len(requests))
        if len(sizes) == 2:
            hands.insert_row("Employers", 2, ["Cedar", "0"])

    google.world.before_batch.append(meanwhile)
    intents = [GiveId("Employers", 1, n + 2, rows[n + 1], f"R-{n:06}A") for n in range(1200)]
    workbook = open_(google, book)
    workbook.apply(intents)
    workbook.apply(intents)
    found = {row[0]: row[2] for row in hands.rows("Employers")[1:] if len(row) > 2}
    assert len(sizes) > 2
    assert found == {f"Firm {n}": f"R-{n:06}A" for n in range(1200)}


def test_a_built_tab_too_large_for_one_batch_is_whole_after_all_of_them(
    google: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing.pack, "__defaults__", (60_000,))
    book = google.sheet(STAFF)
    rows = tuple((f"row {n}", "x" * 40) for n in range(1500))
    workbook = open_(google, book)
    for body in (rows, tuple((text.upper(), more) for text, more in rows)):
        tab = workbook.read().tab("List")
        workbook.apply([PublishTab("List", ("A", "B"), body, expects=tab.rows if tab else None)])
        assert Hands(google.world, book).rows("List")[1:] == body


# --- cut short ---------------------------------------------------------------------------------------------


def killed_after_its_write(google: Rehearsal, workbook: GoogleWorkbook, *intents: object) -> None:
    """The batch is applied, and we never see its answer nor anything else."""
    google.served.front.faults.plan("reset-after", on=r"^POST .*:batchUpdate")
    google.served.front.faults.plan("403", on=r"^GET ", nth=2, times=100)
    with pytest.raises(WorkbookError):
        workbook.apply(intents)  # type: ignore[arg-type]
    google.served.front.faults.clear()
    google.world.before_batch.clear()


def test_an_id_that_hit_a_moved_row_is_put_right_by_the_next_sync_after_a_kill(google: Rehearsal) -> None:
    book = google.sheet({"Employers": [HEADER, (*ACORN, "R-7"), BIRCH]})
    hands = Hands(google.world, book)
    google.world.before_batch.append(lambda *_: hands.insert_row("Employers", 2, ["Cedar", "3", "R-5"]))
    killed_after_its_write(google, open_(google, book), GiveId("Employers", 1, 3, BIRCH, "R-2"))
    assert hands.rows("Employers")[2] == (*ACORN, "R-2")
    fresh = open_(google, book)
    fresh.read()
    fresh.apply([GiveId("Employers", 1, 3, BIRCH, "R-2")])
    assert hands.rows("Employers")[1:] == (("Cedar", "3", "R-5"), (*ACORN, "R-7"), (*BIRCH, "R-2"))


def test_words_covered_by_a_write_that_was_cut_short_are_handed_back_by_the_next_read(
    google: Rehearsal,
) -> None:
    book = google.sheet(STAFF)
    publish(open_(google, book), "one")
    hands = Hands(google.world, book)
    workbook = open_(google, book)
    rows = workbook.read().tab("Clashes").rows  # type: ignore[union-attr]
    google.world.before_batch.append(lambda *_: hands.type("Clashes", 2, 1, "my own words"))
    killed_after_its_write(google, workbook, publishing("two", rows))
    fresh = open_(google, book)
    assert [f.found for f in fresh.read().findings] == ["my own words"]
    publish(fresh, "three")
    assert kinds(fresh.read()) == ["typed-while-writing"]
    publish(fresh, "my own words")
    assert kinds(fresh.read()) == []


@pytest.mark.parametrize("column", [3, 24, 26, 27, 31], ids="column {}".format)
def test_what_is_typed_far_to_the_right_of_a_row_that_goes_at_that_very_moment_is_told(
    google: Rehearsal, column: int
) -> None:
    book = google.sheet(STAFF)
    workbook, hands = open_(google, book), Hands(google.world, book)
    listed = [(f"EMP-{n}", f"Firm {n}") for n in range(6)]

    def publish_firms(firms: list[tuple[str, str]]) -> Outcome:
        tab = workbook.read().tab("Firms")
        intent = PublishTab("Firms", ("Employer ID", "Firm"), tuple(firms), key="Employer ID")
        (outcome,) = workbook.apply([replace(intent, expects=tab.rows if tab else None)])
        return outcome

    publish_firms(listed)
    hands.type("Firms", 1, 26, "a grid of as many columns as a new tab has")
    publish_firms(listed)
    google.world.before_batch.append(lambda *_: hands.type("Firms", 3, column, "ring Jo"))
    outcome = publish_firms([row for row in listed if row[0] != "EMP-1"])
    assert "ring Jo" in [change.before for change in outcome.changes]


def test_an_id_given_rightly_after_a_crossing_is_not_taken_back_while_a_text_is_still_owed(
    google: Rehearsal,
) -> None:
    book = google.sheet(STAFF)
    publish(open_(google, book), "one")
    hands, workbook = Hands(google.world, book), open_(google, book)
    rows = workbook.read().tab("Clashes").rows  # type: ignore[union-attr]

    def crossing(*_: object) -> None:
        google.world.before_batch.clear()
        hands.insert_row("Employers", 2, ["Cedar", "3", "a note"])
        hands.type("Clashes", 2, 1, "my own words")

    google.world.before_batch.append(crossing)
    give = GiveId("Employers", 1, 3, BIRCH, "R-2AAAAAAA")
    workbook.apply([give, publishing("two", rows)])
    workbook.apply([give])
    as_given = hands.rows("Employers")
    assert as_given[3] == (*BIRCH, "R-2AAAAAAA")
    fresh = open_(google, book)
    assert fresh.read().tab("Employers").rows == as_given  # type: ignore[union-attr]
    fresh.apply([GiveId("Employers", 1, 3, ACORN, "R-3AAAAAAA")])
    assert hands.rows("Employers")[3] == (*BIRCH, "R-2AAAAAAA")


def test_a_cell_is_put_back_though_somebody_types_beside_it_at_that_very_moment(google: Rehearsal) -> None:
    book = google.sheet(STAFF)
    hands, workbook = Hands(google.world, book), open_(google, book)
    column = hands.rows("Employers")[0].index("Record ID") + 1

    def types_beside_it(*_: object) -> None:
        google.world.before_batch.clear()
        hands.type("Employers", 3, 2, "typed beside it")

    def inserts_a_column(*_: object) -> None:
        google.world.before_batch[:] = [types_beside_it]
        hands.insert_column("Employers", 2)
        hands.type("Employers", 3, column, "my own code")

    google.world.before_batch.append(inserts_a_column)
    workbook.read()
    workbook.apply([GiveId("Employers", 1, 3, BIRCH, "R-2AAAAAAA")])
    assert hands.rows("Employers")[2][1] == "typed beside it"
    assert hands.rows("Employers")[2][column - 1] == "my own code"
    fresh = open_(google, book)
    fresh.read()
    fresh.apply([GiveId("Employers", 1, 2, ACORN, "R-3AAAAAAA")])
    assert hands.rows("Employers")[2][column - 1] == "my own code"


def test_the_heading_of_the_ids_stays_though_somebody_renamed_another_at_that_very_moment(
    google: Rehearsal,
) -> None:
    header, row = ("Employer", "Phone", "Town", "Notes"), ("Acorn", "1", "Hyde", "")
    book = google.sheet({"Employers": [header, row]})
    publish(open_(google, book), "one")
    hands, workbook = Hands(google.world, book), open_(google, book)
    rows = workbook.read().tab("Clashes").rows  # type: ignore[union-attr]

    def renames_a_heading(*_: object) -> None:
        google.world.before_batch.clear()
        hands.rename_heading("Employers", "Employer", "Firm")
        hands.type("Clashes", 2, 1, "owed, so that what was kept stays")

    google.world.before_batch.append(renames_a_heading)
    give = GiveId("Employers", 1, 2, row[:3], "R-1AAAAAAA")
    workbook.apply([AddIdColumn("Employers", 1, header), give, publishing("two", rows)])
    as_left = (("Firm", *header[1:], "Record ID"), (*row, "R-1AAAAAAA"))
    assert hands.rows("Employers") == as_left
    open_(google, book).apply([publishing("three", ())])
    assert hands.rows("Employers") == as_left


CODED = [("Employer", "Code", "Record ID"), ("Acorn", "C-1"), ("Birch", "C-2"), ("Cedar", "C-3")]
GIVEN = [GiveId("Employers", 1, n, row, f"R-{n}AAAAAAA") for n, row in enumerate(CODED[1:], 2)]


def a_write_and_its_repair_are_both_crossed(google: Rehearsal, hands: Hands) -> None:
    """A column comes in under the ids, which hit the codes; and a row goes under what puts that right."""

    def a_row_goes(*_: object) -> None:
        google.world.before_batch.clear()
        hands.delete_row("Employers", 2)

    def a_column_comes(*_: object) -> None:
        google.world.before_batch[:] = [a_row_goes]
        hands.insert_column("Employers", 2)

    google.world.before_batch.append(a_column_comes)


def test_an_id_that_a_missed_repair_covered_and_returned_is_put_right_too(google: Rehearsal) -> None:
    book = google.sheet({"Employers": CODED})
    hands, workbook = Hands(google.world, book), open_(google, book)
    a_write_and_its_repair_are_both_crossed(google, hands)
    workbook.read()
    workbook.apply(GIVEN)
    assert [row[2] for row in hands.rows("Employers")[1:]] == ["C-2", "C-3"]


@pytest.mark.parametrize("batches", [2, 3])
def test_an_id_that_a_missed_repair_covered_is_put_right_by_the_next_sync_after_a_kill(
    google: Rehearsal, batches: int
) -> None:
    book = google.sheet({"Employers": CODED})
    hands, workbook = Hands(google.world, book), open_(google, book)
    a_write_and_its_repair_are_both_crossed(google, hands)
    workbook.read()
    google.served.front.faults.plan("403", on=r"^POST .*:batchUpdate", nth=batches + 1, times=100)
    with pytest.raises(WorkbookError):
        workbook.apply(GIVEN)
    google.served.front.faults.clear()
    fresh = open_(google, book)
    fresh.read()
    fresh.apply([GIVEN[2]])
    assert [row[2] for row in hands.rows("Employers")[1:]] == ["C-2", "C-3"]


def a_column_comes_among_blank_cells(google: Rehearsal, hands: Hands) -> None:
    """Left of the ids, where the row that gets one has no cell: it reads as before."""

    def comes(*_: object) -> None:
        google.world.before_batch.clear()
        hands.insert_column("Employers", 2, "Our notes")

    google.world.before_batch.append(comes)


SHORT = [("Employer", "Code", "Town", "Record ID"), ("Acorn",), ("Birch", "", "Hyde", "R-2AAAAAAA")]


def test_an_id_below_a_column_that_comes_among_blank_cells_stands_in_no_column_of_peoples(
    google: Rehearsal,
) -> None:
    book = google.sheet({"Employers": SHORT})
    hands, workbook = Hands(google.world, book), open_(google, book)
    a_column_comes_among_blank_cells(google, hands)
    workbook.read()
    outcome, *_ = workbook.apply([GiveId("Employers", 1, 2, SHORT[1], "R-1AAAAAAA")])
    assert (outcome.status, hands.rows("Employers")[1]) == ("moved", ("Acorn",))
    workbook.apply([GiveId("Employers", 1, 2, SHORT[1], "R-1AAAAAAA")])
    assert hands.rows("Employers")[1] == ("Acorn", "", "", "", "R-1AAAAAAA")


def test_such_an_id_is_taken_back_by_the_next_sync_after_a_kill(google: Rehearsal) -> None:
    book = google.sheet({"Employers": SHORT})
    hands, workbook = Hands(google.world, book), open_(google, book)
    workbook.read()
    a_column_comes_among_blank_cells(google, hands)
    killed_after_its_write(google, workbook, GiveId("Employers", 1, 2, SHORT[1], "R-1AAAAAAA"))
    assert hands.rows("Employers")[1] == ("Acorn", "", "", "R-1AAAAAAA")
    fresh = open_(google, book)
    assert fresh.read().tab("Employers").rows[1] == ("Acorn",)  # type: ignore[union-attr]
    fresh.apply([GiveId("Employers", 1, 2, SHORT[1], "R-1AAAAAAA")])
    assert hands.rows("Employers")[1] == ("Acorn", "", "", "", "R-1AAAAAAA")
