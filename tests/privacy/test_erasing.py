"""A person is erased: from everything that we can reach, for good, and nothing else is touched."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from engage.linkage.compared import compared_by
from engage.model import Decision, Linked, Membership, Record, mention
from engage.moving.archive import read_archive
from engage.moving.backing_up import back_up, folder_of
from engage.privacy.access import gather
from engage.privacy.erasing import Erasure, erase, new_reference
from engage.privacy.record import record_lines
from engage.state import decode
from engage.undoing import last_run, undo_run
from engage.worlds import Judge
from tests.partnership import COUNCIL, NOW, SCHEMA, Town, by_heading

from .planted import MAIL, MARKS, Planted, by_name_and_mailbox, her_row, talk, traces

NEXT = NOW + timedelta(days=1)


@pytest.fixture
def town(tmp_path):
    found = Planted(tmp_path)
    found.sync()
    return found


def erased(town: Town, asked: str = MAIL) -> Erasure:
    access = gather(town.partnership, asked, now=NOW)
    return erase(
        town.partnership,
        access,
        reference=new_reference(random.Random(4).choice),
        now=NOW + timedelta(hours=1),
    )


def accept_all(town: Town) -> int:
    """Every question about an erasure answered by its agency; what may only be read is changed by hand."""
    accepted = 0
    for book in (town.hub, town.college):
        rows = book.rows("Problems to fix")
        for number, cells in enumerate(by_heading(rows), 2):
            if "asked to be erased" in cells["What is wrong"] and cells["Suggestion"]:
                book.type("Problems to fix", number, rows[0].index("Decision") + 1, "Accept suggestion")
                accepted += 1
    for tab in town.jobcentre.read().tabs:
        for number, row in enumerate(tab.rows, 1):
            for column, cell in enumerate(row, 1):
                if any(mark in cell.casefold() for mark in MARKS):
                    town.jobcentre.type(tab.title, number, column, "")
    return accepted


@pytest.mark.slow
def test_whoever_is_erased_is_found_nowhere_once_the_agencies_have_agreed(town, tmp_path):
    erased(town)
    staff = {"hub: Contacts", "hub: Engagements", "college: Contacts", "college: Engagements"}
    assert set(traces(town, tmp_path)) == {*staff, "jobcentre: Engagements"}
    assert accept_all(town) == 8
    town.sync(NEXT)
    assert traces(town, tmp_path) == {}


def test_a_line_of_the_settings_that_names_them_is_on_the_officers_list_and_its_name_is_not(tmp_path):
    town = Planted(tmp_path)
    town.sync()
    town.config.path.write_text('[[staff_left]]\nname = "Zyxandra Quillfeather"\n', "utf-8")
    said = list(record_lines(erased(town)))
    assert "- [ ] engage.toml, line 2: take the person out by hand" in said
    assert not any(mark in line.casefold() for mark in MARKS for line in said)


def test_a_page_of_the_partnerships_own_that_names_them_is_on_the_list_in_backups_too(tmp_path):
    town = Planted(tmp_path)
    town.sync()
    ours = town.config.path.parent / "ours"
    ours.mkdir()
    (ours / "digest.html").write_text("<p>Yours,</p>\n<p>Zyxandra Quillfeather</p>", "utf-8")
    town.config.path.write_text('templates = "ours"\n', "utf-8")
    town.partnership = replace(town.partnership, config=replace(town.config, templates=ours))
    made = back_up(town.partnership.config, folder_of(town.config), machine="this", now=NOW).path
    listed = [one.partition(" (")[0] for one in erased(town).by_hand if "digest.html" in one]
    assert listed == [f"{made.name}: digest.html, line 2", "digest.html, line 2"]


@pytest.mark.slow
def test_a_machine_backup_loses_her_note_and_her_page_and_lists_its_other_lines(town):
    settings = """# ask Zyxandra Quillfeather
[[staff_left]]
name = "Zyxandra Quillfeather"
[[staff_left]]
name = "Ann Lee"
to = "Zyxandra Quillfeather"
"""
    town.config.path.write_text(settings, "utf-8")
    page = town.config.path.parent / "packs" / "now" / "Zyxandra Quillfeather.html"
    page.parent.mkdir(parents=True)
    page.write_text("<p>hers</p>", "utf-8")
    made = back_up(town.config, folder_of(town.config), machine="this", now=NOW).path
    found = [hit.place for hit in gather(town.partnership, MAIL, now=NOW).hits if made.name in hit.place]
    assert f"{made.name}: engage.toml" in found
    by_hand = [one for one in erased(town).by_hand if made.name in one]
    assert [one.partition(" (")[0] for one in by_hand] == [f"{made.name}: engage.toml, line 1"]
    held = read_archive(made).files
    assert held["settings/engage.toml"].decode().splitlines()[1:] == ["[[staff_left]]", 'name = "Ann Lee"']
    assert not [name for name in held if "Quillfeather" in name]


@pytest.mark.slow
def test_a_row_pasted_back_is_flagged_and_shown_nowhere(town, tmp_path):
    erased(town)
    accept_all(town)
    town.sync(NEXT)
    pasted = her_row(Job_title="Manager", Where_we_got_the_details="", Notes="", Phone="", Mobile="")
    town.college.insert_row("Contacts", 3, pasted)
    for day in range(2, 4):
        town.sync(NOW + timedelta(days=day))
    assert set(traces(town, tmp_path)) == {"college: Contacts"}
    asked = by_heading(town.college.rows("Problems to fix"))
    assert [row["Suggestion"] for row in asked if "asked to be erased" in row["What is wrong"]] == [
        "(empty the row)"
    ]
    assert town.college.rows("Contacts")[2][:3] == ("Ms", "Zyxandra", "Quillfeather")


@pytest.mark.slow
def test_undo_brings_nobody_back(town, tmp_path):
    erased(town)
    accept_all(town)
    town.sync(NEXT)
    cache = town.partnership.cache
    for _ in range(2):
        undo_run(last_run(cache), town.books, SCHEMA, cache)
    assert traces(town, tmp_path) == {}


@pytest.mark.slow
def test_nobody_elses_row_is_touched(town):
    erased(town)
    accept_all(town)
    town.sync(NEXT)
    (his,) = [row for row in town.hub.rows("Contacts") if "Marsh" in row]
    assert [cell for cell in his[1:] if cell] == [
        "Bob",
        "Marsh",
        "Ember Digital Ltd",
        "bob.marsh@emberdigital.example",
        "Marlbeck Council",
        "by [removed]'s desk",
    ]
    assert town.hub.rows("Engagements")[2][3] == "Bob Marsh"


def held_apart(records: Sequence[Record], decisions: Sequence[Decision], before: Membership) -> Linked:
    """A linkage in which an answer of long ago holds what names a round table in somebody else's cluster."""
    linked = by_name_and_mailbox(records, decisions, before)
    held = [mention(r.record_id, 1) for r in records if "Round table" in r.typed.values()]
    return replace(linked, person_of={**linked.person_of, **dict.fromkeys(held, "PER-0THER01")})


@pytest.mark.slow
def test_a_row_of_her_name_at_her_employer_that_nothing_sets_apart_is_hers(tmp_path):
    rows = [talk("Round table", Contact="Zyxandra Quillfeather")]
    town = Planted(tmp_path, judge=Judge(held_apart, compared_by), Engagements=rows)
    town.sync()
    erased(town)
    accept_all(town)
    town.sync(NEXT)
    assert traces(town, tmp_path) == {}


@pytest.mark.slow
def test_whoever_has_her_name_at_her_employer_and_an_address_of_their_own_is_a_namesake(tmp_path):
    daughter = her_row(COUNCIL, Email="zq@emberdigital.example", Phone="", Mobile="", Notes="Round table")
    rows = [her_row(COUNCIL), daughter]
    town = Planted(tmp_path, judge=Judge(held_apart, compared_by), Contacts=rows)
    town.sync()
    theirs = town.hub.rows("Contacts")[2]
    assert len(gather(town.partnership, MAIL, now=NOW).subject.besides) == 1
    erased(town)
    accept_all(town)
    town.sync(NEXT)
    assert theirs in town.hub.rows("Contacts")


@pytest.mark.slow
def test_what_a_namesake_may_have_said_is_counted_in_the_record_and_left(tmp_path):
    namesake = her_row(COUNCIL, Employer="Holt Roofing", Email="", Phone="", Mobile="", Notes="")
    town, alone = (
        Planted(tmp_path / name, Contacts=[her_row(COUNCIL), *rows])
        for name, rows in (("two", [namesake]), ("one", []))
    )
    for each in (town, alone):
        each.sync()
    theirs = town.hub.rows("Contacts")[2]
    done, perhaps = erased(town), erased(alone).perhaps["Workbooks"]
    assert done.perhaps["Workbooks"] > perhaps  # without the namesake: a "Z. Quillfeather"
    said = "\n".join(record_lines(done))
    assert f"Workbooks: {done.perhaps['Workbooks']} values, left where nothing else tells whose it is" in said
    assert not any(mark in said.casefold() for mark in MARKS)
    accept_all(town)
    town.sync(NEXT)
    assert theirs in town.hub.rows("Contacts")


@pytest.mark.slow
def test_a_no_to_news_of_whoever_was_erased_is_remembered_nowhere(tmp_path):
    town = Planted(tmp_path)
    at = town.college.rows("Contacts")[0].index("May we email news?") + 1
    town.college.type("Contacts", 2, at, "No")
    town.sync()
    memory = {name: town.books[name] for name in ("hub", "college")}
    assert [len(decode(book.rows("_engage"), name).objections) for name, book in memory.items()] == [0, 1]
    erased(town)
    accept_all(town)
    for day in (1, 2):
        town.sync(NOW + timedelta(days=day))
    assert [decode(book.rows("_engage"), name).objections for name, book in memory.items()] == [{}, {}]
    assert traces(town, tmp_path) == {}
