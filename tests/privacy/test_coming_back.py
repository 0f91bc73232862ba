"""Whoever was erased stays erased: through restored files, lost memories, answers, and other machines."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from engage.cache import Cache
from engage.desk import open_desk
from engage.editions import post
from engage.erased.key_file import FILE, read_key_file
from engage.errors import UnsafePlan
from engage.ledger import Stop
from engage.pipeline import look
from engage.privacy.access import gather
from engage.privacy.erasing import standings, would_ask
from engage.stops import add_stops
from engage.undoing import undo_run
from tests.partnership import COUNCIL, NOW, SCHEMA, by_heading, row_of

from .planted import MAIL, Planted, her_row, traces
from .test_erasing import accept_all, erased

pytestmark = pytest.mark.slow

NEXT = NOW + timedelta(days=1)


@pytest.fixture
def town(tmp_path):
    found = Planted(tmp_path)
    found.sync()
    return found


def asked(book) -> list[dict[str, str]]:
    rows = by_heading(book.rows("Problems to fix"))
    return [row for row in rows if "asked to be erased" in row["What is wrong"]]


def answer(book, key: str, word: str) -> None:
    rows = book.rows("Problems to fix")
    number = next(n for n, row in enumerate(rows, 1) if row[:1] == (key,))
    book.type("Problems to fix", number, rows[0].index("Decision") + 1, word)


def test_ten_nights_on_there_is_still_nothing(town, tmp_path):
    erased(town)
    accept_all(town)
    for day in range(1, 11):
        town.sync(NOW + timedelta(days=day))
    assert traces(town, tmp_path) == {}


def test_a_hub_put_back_from_before_the_erasure_does_not_make_the_system_forget(town, tmp_path):
    before = {tab.title: [list(row) for row in tab.rows] for tab in town.hub.read().tabs}
    erased(town)
    accept_all(town)
    town.sync(NEXT)
    for title, rows in before.items():
        town.hub._sheet(title).rows = [list(row) for row in rows]
    town.sync(NEXT + timedelta(days=1), allow_deletions=True)
    assert set(traces(town, tmp_path)) == {"hub: Contacts", "hub: Engagements"}
    assert len(asked(town.hub)) == 5


def test_without_the_cache_nobody_comes_back(town, tmp_path):
    erased(town)
    (tmp_path / "state" / "cache.sqlite").unlink()
    town.partnership = replace(town.partnership, cache=Cache(tmp_path / "state" / "cache.sqlite"))
    town.sync(NEXT)
    left = {place.partition(": ")[2] for place in traces(town, tmp_path)}
    assert left == {"Contacts", "Engagements"}


def test_without_the_key_the_sync_refuses_rather_than_show_somebody_again(town, tmp_path):
    erased(town)
    (tmp_path / "state" / FILE).unlink()
    before = town.grids()
    with pytest.raises(UnsafePlan, match="cannot recognise"):
        town.sync(NEXT)
    assert town.grids() == before


def test_another_machine_with_the_key_knows_who_was_erased(town, tmp_path):
    erased(town)
    there = tmp_path / "there"
    there.mkdir()
    shutil.copy(tmp_path / "state" / FILE, there / FILE)
    config = replace(town.partnership.config, state=there)
    town.partnership = replace(town.partnership, config=config, cache=Cache(there / "cache.sqlite"))
    town.sync(NEXT)
    assert not [place for place in traces(town, there) if "built nightly" in place or "cache" in place]


def test_the_key_is_for_its_owner_alone_and_names_nobody(town, tmp_path):
    erased(town)
    path = tmp_path / "state" / FILE
    assert path.stat().st_mode & 0o077 in (0, 0o066)  # Windows has no such bits
    assert "quillfeather" not in path.read_text("utf-8").casefold()
    assert read_key_file(tmp_path / "state").key not in "".join(
        c for row in town.hub.rows("_engage") for c in row
    )


def test_an_agency_may_keep_its_own_row_which_then_is_shown_nowhere_else(town, tmp_path):
    erased(town)
    (row,) = [row for row in asked(town.college) if row["Suggestion"] == "(empty the row)"]
    answer(town.college, row["Problem"], "Leave as it is")
    for day in (1, 2):
        town.sync(NOW + timedelta(days=day))
    assert row["Problem"] not in {one["Problem"] for one in asked(town.college)}
    assert {place.partition(": ")[2] for place in traces(town, tmp_path)} == {"Contacts", "Engagements"}


def test_a_newcomer_of_the_same_name_is_held_back_until_the_agency_says_it_is_somebody_else(town):
    erased(town)
    accept_all(town)
    town.sync(NEXT)
    newcomer = row_of("Contacts", First_name="Zyxandra", Last_name="Quillfeather", Employer="Holt Roofing",
                      Email="z@holt.example", Job_title="Roofer")  # fmt: skip
    town.college.insert_row("Contacts", 3, newcomer)
    town.sync(NOW + timedelta(days=2))
    assert "Roofer" not in town.texts("hub", "Contact list (built nightly)")
    (question,) = asked(town.college)
    assert "may name somebody" in question["What is wrong"]
    answer(town.college, question["Problem"], "Leave as it is")
    for day in (3, 4):
        town.sync(NOW + timedelta(days=day))
    assert {"Roofer", "Zyxandra"} <= town.texts("hub", "Contact list (built nightly)")
    assert asked(town.college) == []


def test_somebody_of_that_name_who_is_known_to_be_another_is_left_alone(tmp_path):
    other = row_of("Contacts", First_name="Zyxandra", Last_name="Quillfeather", Employer="Holt Roofing",
                   Agency=COUNCIL, Email="zq@holt.example", Job_title="Roofer")  # fmt: skip
    town = Planted(tmp_path, Contacts=[her_row(COUNCIL), other])
    town.sync()
    erased(town, MAIL)
    assert "Roofer" in town.texts("hub", "Contact list (built nightly)")
    rows = town.hub.rows("Contacts")
    assert [one for one in asked(town.hub) if one["Row"] == "3" and one["Where"].startswith("Contacts")] == []
    assert "Zyxandra" in rows[2]


def test_of_two_people_in_one_cell_one_is_taken_out(tmp_path):
    town = Planted(tmp_path, Contacts=[], Engagements=[])
    two = [
        "Bob Marsh and Zyxandra Quillfeather",
        "Ember Digital Ltd",
        f"bob@ember.example; {MAIL}",
        "both came",
    ]
    two = [["Contact name", "Employer", "Email", "Notes"], two]
    town.college.add_tab("Key contacts", two)
    town.sync()
    erased(town)
    accept_all(town)
    town.sync(NEXT)
    row = town.college.rows("Key contacts")[1]
    assert row[:4] == ("Bob Marsh", "Ember Digital Ltd", "bob@ember.example", "both came")
    assert "Bob" in town.texts("hub", "Contact list (built nightly)")


def test_what_somebody_typed_over_a_value_of_theirs_goes_too(town, tmp_path):
    rows = town.hub.rows("Contact list (built nightly)")
    number = next(n for n, row in enumerate(rows, 1) if "Zyxandra" in row)
    town.hub.type("Contact list (built nightly)", number, rows[0].index("Job title") + 1, "Zyxqwv boss")
    town.sync(NEXT)
    assert "Zyxqwv boss" in town.texts("hub", "Problems to fix")
    erased(town)
    accept_all(town)
    town.sync(NEXT + timedelta(days=1))
    assert traces(town, tmp_path) == {}


def test_a_figure_that_they_stood_in_stays(town):
    def figures() -> dict[str, tuple[str, ...]]:
        return {
            row[1]: row[2:] for row in town.hub.rows("Dashboard") if len(row) > 2 and row[0] == "The week"
        }

    before, talks = figures(), len(town.hub.rows("Engagement list (built nightly)"))
    erased(town)
    assert figures()["Engagements"] == before["Engagements"]
    assert len(town.hub.rows("Engagement list (built nightly)")) == talks


def test_an_empty_row_with_an_id_is_no_problem_to_fix(town):
    erased(town)
    accept_all(town)
    town.sync(NEXT)
    town.sync(NEXT + timedelta(days=1))
    problems = by_heading(town.college.rows("Problems to fix"))
    assert [row["Where"] for row in problems if "Contacts" in row["Where"]] == []


def test_a_row_that_was_emptied_and_filled_with_somebody_else_is_theirs(town):
    erased(town)
    accept_all(town)
    town.sync(NEXT)
    header = town.college.rows("Contacts")[0]
    for heading, text in (("First name", "Ada"), ("Last name", "Marsh"), ("Employer", "Holt Roofing")):
        town.college.type("Contacts", 2, header.index(heading) + 1, text)
    for day in (2, 3):
        town.sync(NOW + timedelta(days=day))
    assert "Ada" in town.texts("hub", "Contact list (built nightly)")
    assert asked(town.college) == []
    snapshot, _ = town.partnership.cache.last("college")
    assert "Ada" in snapshot.tab("Contacts").rows[1]


def test_no_command_that_asks_shows_them(town):
    erased(town)
    night = look(town.partnership, now=NEXT)
    said = repr([facts.records for facts in night.facts.values()]).casefold()
    assert "quillfeather" not in said
    assert "zyx" not in said


def test_a_journal_from_an_old_backup_brings_nobody_back(town, tmp_path):
    town.sync(NEXT)
    path, old = tmp_path / "state" / "cache.sqlite", tmp_path / "old.sqlite"
    shutil.copy(path, old)
    erased(town)
    accept_all(town)
    town.sync(NEXT + timedelta(days=1))
    cache = Cache(old)
    book = look(town.partnership, now=NEXT).intake.erased
    for run in cache.runs():
        undo_run(run, town.books, SCHEMA, cache, erased=book)
    assert [place for place in traces(town, tmp_path) if place != "old.sqlite"] == []


def test_a_word_left_in_an_answer_keeps_nobody_in_to_review(town, tmp_path):
    rows = town.hub.rows("Problems to fix")
    town.hub.insert_row(
        "To review", 2, ["R-AAAAAAA1#1 ~ R-BBBBBBB2#1", "Person", "", "", "Zyxandra Quillfeather"]
    )
    town.hub.type("To review", 2, town.hub.rows("To review")[0].index("Decision") + 1, "maybe?")
    erased(town)
    town.sync(NEXT)
    assert "Quillfeather" not in str(town.hub.rows("To review"))
    assert rows


def test_a_coordinator_who_was_erased_gets_nothing_and_stands_in_no_book(town, tmp_path):
    mail = "odessa.featherstonehaugh@marlbeck.example"
    coordinator = row_of(
        "Coordinators", Name="Odessa Featherstonehaugh", Email=mail, Agency=COUNCIL, Gets="Weekly"
    )
    town.hub.insert_row("Coordinators", 2, ["", *coordinator])
    town.partnership = replace(town.partnership, config=with_mail(town.config))
    town.sync(NEXT)
    assert [one.delivery.status for one in post(open_desk(town.partnership, now=NEXT))] == ["sent"]
    stop(town, mail, NEXT)
    erased(town, mail)
    assert places_of("featherstonehaugh", town, tmp_path) == {"hub: Coordinators"}
    accept_all(town)
    later = NEXT + timedelta(days=7)
    town.sync(later)
    assert places_of("featherstonehaugh", town, tmp_path) == set()
    assert post(open_desk(town.partnership, now=later)) == ()
    assert list((tmp_path / "outbox").iterdir()) == []


def with_mail(config):
    mail = replace(config.mail, allowed_domains=("marlbeck.example",), from_address="us@marlbeck.example")
    return replace(config, mail=mail)


def places_of(mark: str, town: Planted, folder) -> set[str]:
    return set(traces(town, folder, (mark,)))


def stop(town, address, now) -> None:
    hub, cache = town.partnership.workbooks["hub"], town.partnership.cache
    add_stops(hub, [Stop(address, now.isoformat(timespec="seconds"), "asked us", "Ruth")], cache, run="stop")


def raffle(town) -> None:
    """A tab of the college's own that no night reads, with her address in it, pasted in from an old file."""
    town.college.add_tab("Raffle 2025", [["Ticket", "Write to"], ["1", "the office"], ["2", MAIL.upper()]])


def test_a_row_in_a_tab_that_no_night_reads_is_asked_about_and_counts_as_not_done(town, tmp_path):
    erased(town)
    accept_all(town)
    raffle(town)
    night = town.sync(NEXT).night
    (row,) = asked(town.college)
    assert (row["Row"], row["Suggestion"], "Raffle 2025" in row["Where"]) == ("3", "", True)
    assert "please take them out of the row yourself" in row["What is wrong"]
    ((where, count),) = next(iter(standings(night).values())).open.items()
    assert (where[2], count) == (False, 1)
    assert town.college.cell("Raffle 2025", 3, 2) == MAIL.upper()
    assert {place.partition(":")[0] for place in traces(town, tmp_path)} <= {"college"}


def test_once_that_row_stays_on_a_lawful_ground_nothing_waits_for_it(town):
    erased(town)
    accept_all(town)
    raffle(town)
    town.sync(NEXT)
    (row,) = asked(town.college)
    answer(town.college, row["Problem"], "Leave as it is")
    town.sync(NEXT + timedelta(days=1))
    assert asked(town.college) == []
    later = NEXT + timedelta(days=1, hours=1)
    night = look(town.partnership, now=later)
    assert next(iter(standings(night).values())).open == {}
    assert town.sync(later).cells_written == 0


def test_who_is_to_be_erased_is_looked_for_in_tabs_that_no_night_reads_beforehand(town):
    raffle(town)
    town.sync(NEXT)
    found = would_ask(gather(town.partnership, MAIL, now=NEXT), SCHEMA)
    assert [f.place.row for f in found if f.place.tab == "Raffle 2025"] == [3]
