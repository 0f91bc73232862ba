"""A colleague leaves: what hangs on their name is asked about until somebody else's stands there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engage.agencies.staff import note_back, note_left, only_agency
from engage.config import StaffLeft
from engage.desk import open_desk
from engage.errors import UsageError
from engage.insight.leavers import digests_of, held_by
from engage.ledger import LEDGER_FILE, Ledger, Stop
from engage.pipeline import look
from engage.recipients import who_reads
from engage.sharing import HUB
from engage.stops import tell_stops
from engage.wording import ENGAGE
from tests.partnership import COLLEGE, COUNCIL, NOW, by_heading, row_of

from .on_paper import Changing

TODAY = NOW.date()
HELEN = StaffLeft("Helen Price", COUNCIL, "Tom Dean", "2026-11-16")


@pytest.fixture
def town(tmp_path):
    town = Changing(tmp_path)
    usual = {"Agency": COUNCIL, "Employer": "Ember Digital Ltd"}
    add(town, "Employers", Relationship_manager="Price, Helen", **usual)
    add(town, "Engagements", Follow_up="", Status="Done", Next_step="send the form",
        Follow_up_owner="H. Price", **usual)  # fmt: skip
    add(town, "Engagements", Status="Planned", Staff_member="Tom Dean; Helen Price", **usual)
    add(town, "Engagements", Status="Done", Staff_member="Helen Price", **usual)
    add(
        town,
        "Actions",
        Action="Map the skills",
        Responsible="Helen Price",
        Status="Under way",
        Agency=COUNCIL,
    )
    add(town, "Actions", Action="Old one", Responsible="Helen Price", Status="Done", Agency=COUNCIL)
    add(
        town,
        "Coordinators",
        Name="Helen Price",
        Email="helen@marlbeck.example",
        Agency=COUNCIL,
        Gets="Weekly",
    )
    return town


def add(town, tab: str, **cells: str) -> None:
    cells = {key.replace("Follow_up", "Follow-up"): text for key, text in cells.items()}
    town.hub.insert_row(tab, 2, ["", *row_of(tab, **cells)])


def held(town, leaver=HELEN) -> set[tuple[str, str, bool]]:
    records = look(town.partnership, now=NOW).intake.records
    return {(one.record.tab, one.heading, one.sure) for one in held_by(records, [leaver], TODAY)}


def asked(town) -> dict[str, dict[str, str]]:
    rows = by_heading(town.hub.rows("Problems to fix"))
    return {row["What is wrong"]: row for row in rows if "has left" in row["What is wrong"]}


def test_everything_open_that_names_them_is_listed_and_nothing_that_is_done(town):
    assert held(town) == {
        ("Employers", "Relationship manager", True),
        ("Engagements", "Follow-up owner", False),  # an initial and a surname
        ("Engagements", "Staff member", True),
        ("Actions", "Responsible", True),
    }


def test_the_digests_that_they_get_are_listed_too_until_none_comes(town):
    add(town, "Coordinators", Name="Price, Helen", Email="hp@marlbeck.example", Agency=COUNCIL, Gets="None")
    records = look(town.partnership, now=NOW).intake.records
    assert [(one.what, one.now) for one in digests_of(records, [HELEN])] == [
        ("gets a digest: Weekly", "None")
    ]
    assert list(digests_of(records, [StaffLeft("Helen Price", COLLEGE)])) == []


def test_a_namesake_of_another_agency_keeps_theirs(town):
    assert held(town, StaffLeft("Helen Price", COLLEGE)) == {
        ("Actions", "Responsible", True)
    }  # a shared plan


def test_each_agency_is_asked_with_whoever_takes_over_as_the_suggestion(town):
    note_left(town.config, HELEN)
    town.reload()
    town.sync(NOW)
    suggested = sorted(row["Suggestion"] for row in asked(town).values())
    assert suggested == ["", "None", "Tom Dean", "Tom Dean", "Tom Dean; Tom Dean"]


def test_an_accepted_suggestion_hands_the_row_over_and_the_question_goes(town):
    note_left(town.config, HELEN)
    town.reload()
    town.sync(NOW)
    rows = town.hub.rows("Problems to fix")
    (number,) = [n for n, row in enumerate(rows, 1) if "looks after this employer" in " ".join(row)]
    town.hub.type("Problems to fix", number, rows[0].index("Decision") + 1, "Accept suggestion")
    town.sync(NOW + timedelta(days=1))
    assert "Tom Dean" in town.texts("hub", "Employers")
    town.sync(NOW + timedelta(days=2))
    assert not any("looks after this employer" in text for text in asked(town))


def test_they_get_no_digest_any_more_and_the_list_says_why(town):
    town.sync(NOW)
    assert "helen@marlbeck.example" in [one.email for one in readers(town)]
    note_left(town.config, HELEN)
    town.reload()
    town.sync(NOW)
    assert "helen@marlbeck.example" not in [one.email for one in readers(town)]
    rows = by_heading(town.hub.rows("Digest list (built nightly)"))
    (row,) = [row for row in rows if row["Name"] == "Helen Price"]
    assert row["Next due"] == "none: has left"


def readers(town):
    return who_reads(open_desk(town.partnership, now=NOW))[0]


def test_left_typed_into_the_sheet_does_the_same_without_a_command(town):
    header = town.hub.rows("Coordinators")[0]
    town.hub.type("Coordinators", 2, header.index("Paused until") + 1, "Left")
    town.sync(NOW)
    assert len(asked(town)) == 5
    assert "helen@marlbeck.example" not in [one.email for one in readers(town)]
    problems = by_heading(town.hub.rows("Problems to fix"))
    assert not any(row["What is there"] == "Left" for row in problems if "What is there" in row)


def test_whoever_is_back_is_asked_about_no_more(town):
    text = town.config.path.read_text("utf-8")
    note_left(town.config, HELEN)
    note_left(town.config, HELEN)  # said twice is said once
    assert town.config.path.read_text("utf-8").count("Helen Price") == 1
    note_back(town.config, "helen price")
    assert town.config.path.read_text("utf-8").strip() == text.strip()
    with pytest.raises(UsageError, match="does not say"):
        note_back(town.config, "Helen Price")


def test_two_agencies_may_each_lose_a_colleague_of_one_name(town):
    note_left(town.config, HELEN)
    note_left(town.config, StaffLeft("Helen Price", COLLEGE, "", "2026-11-17"))
    assert whose_left(town) == [COUNCIL, COLLEGE]
    with pytest.raises(UsageError, match="--agency"):
        note_back(town.config, "Helen Price")
    note_back(town.config, "Helen Price", COLLEGE)
    assert whose_left(town) == [COUNCIL]


def test_an_older_note_that_names_no_agency_is_taken_back_for_any(town):
    note_left(town.config, StaffLeft("Helen Price", "", "", "2026-11-16"))
    assert note_back(town.config, "Helen Price", COLLEGE)
    assert whose_left(town) == []


def test_whoever_is_back_is_held_by_no_older_note_either(town):
    for agency in ("", COUNCIL, COLLEGE):
        note_left(town.config, StaffLeft("Helen Price", agency, "", "2026-11-16"))
    with pytest.raises(UsageError, match="one of no agency"):
        note_back(town.config, "Helen Price")
    assert note_back(town.config, "Helen Price", COLLEGE)
    assert whose_left(town) == [COUNCIL]
    assert not note_back(town.config, "Helen Price", COUNCIL)


def whose_left(town) -> list[str]:
    town.reload()
    return [one.agency for one in town.config.staff_left]


def test_one_name_alone_is_not_enough_and_two_agencies_have_to_be_told_apart(town):
    add(town, "Employers", Employer="Holt Roofing", Relationship_manager="Helen Price", Agency=COLLEGE)
    records = look(town.partnership, now=NOW).intake.records
    with pytest.raises(UsageError, match="first and a last name"):
        only_agency(records, "Helen", "", "", TODAY)
    with pytest.raises(UsageError, match="--agency"):
        only_agency(records, "Helen Price", "", "", TODAY)
    assert only_agency(records, "Helen Price", COLLEGE, "", TODAY).agency == COLLEGE


def hangs(town) -> set[tuple[str, str]]:
    """Tab and column of every row of Problems to fix that is about her."""
    kinds = ("colleague-left", "colleague-not-reached", "mail-refused")
    found = town.sync(NOW + timedelta(hours=1)).night.facts[HUB].findings
    return {(one.place.tab, one.place.column) for one in found if one.kind in kinds}


FOUR = {
    ("Employers", "Relationship manager"),
    ("Engagements", "Follow-up owner"),
    ("Engagements", "Staff member"),
    ("Actions", "Responsible"),
}


def left_by_command(town) -> None:
    note_left(town.config, HELEN)
    town.reload()


def left_in_the_sheet(town) -> None:
    header = town.hub.rows("Coordinators")[0]
    town.hub.type("Coordinators", 2, header.index("Paused until") + 1, "Left")


def came_back(town, who: str = ENGAGE) -> None:
    town.hub.insert_row("Mail stops", 2, ["16/11/2026", "helen@marlbeck.example", "no such mailbox", who])


@pytest.mark.parametrize(
    ("happened", "own"),
    [(left_by_command, "Gets"), (left_in_the_sheet, "Gets"), (came_back, "Email")],
)
def test_however_it_is_known_the_same_four_things_are_asked_in_one_place(town, happened, own):
    assert hangs(town) == set()
    happened(town)
    assert hangs(town) == {*FOUR, ("Coordinators", own)}


def test_whoever_only_wants_no_mail_has_not_left(town):
    came_back(town, "Helen Price")
    assert hangs(town) == set()


def test_whose_mail_came_back_is_asked_about_without_a_suggestion_until_their_address_is_right(town):
    came_back(town)
    town.sync(NOW)
    mine = [
        row for row in by_heading(town.hub.rows("Problems to fix")) if "comes back" in row["What is wrong"]
    ]
    assert ({row["Suggestion"] for row in mine}, len(mine)) == ({""}, 4)
    assert sum("If this is the same person" in row["What is wrong"] for row in mine) == 1
    header = town.hub.rows("Coordinators")[0]
    town.hub.type("Coordinators", 2, header.index("Email") + 1, "h.price@marlbeck.example")
    assert hangs(town) == set()


def test_once_they_are_known_to_have_left_it_is_asked_once(town):
    came_back(town)
    left_by_command(town)
    kinds = [f.kind for f in town.sync(NOW).night.facts[HUB].findings if f.place.tab == "Actions"]
    assert kinds == ["colleague-left"]


def test_a_refusal_while_sending_is_written_so_that_it_counts(town):
    town.sync(NOW)
    ledger = Ledger(town.config.state / LEDGER_FILE)
    ledger.stop(Stop("helen@marlbeck.example", "2026-11-16T05:00:00", "550 5.1.1 nobody"))
    tell_stops(town.hub, ledger, town.partnership.cache, run="r")
    assert hangs(town) == {*FOUR, ("Coordinators", "Email")}


def test_a_next_step_for_which_nobody_is_named_is_handed_over_and_who_was_there_stays(town):
    add(town, "Engagements", Agency=COUNCIL, Employer="Birch Bros", Status="Done", Staff_member="Helen Price",
        Next_step="send the brochure")  # fmt: skip
    note_left(town.config, HELEN)
    town.reload()
    town.sync(NOW)
    (wrong,) = (words for words in asked(town) if "nobody else is named" in words)
    number = next(n for n, row in enumerate(town.hub.rows("Problems to fix"), 1) if wrong in row)
    column = town.hub.rows("Problems to fix")[0].index("Decision") + 1
    town.hub.type("Problems to fix", number, column, "Accept suggestion")
    town.sync(NOW + timedelta(days=1))
    (row,) = (row for row in by_heading(town.hub.rows("Engagements")) if row["Employer"] == "Birch Bros")
    assert (row["Staff member"], row["Follow-up owner"]) == ("Helen Price", "Tom Dean")
    assert not any("nobody else is named" in words for words in asked(town))
