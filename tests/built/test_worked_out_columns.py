"""What the lists work out beside what people typed: Counted, History of progress, Next due, asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.built.registry import agency_tabs
from engage.built.tab_action_list import CUT, LONGEST, TITLE, with_progress
from engage.cache import Cache
from engage.digest.due import next_due
from engage.editions import post
from engage.insight.attendance_list import ALREADY, YES
from engage.insight.lists import attendance_list, event_list
from engage.ledger import LEDGER_FILE
from tests.digest.test_editions import MONDAY, desk_of, make_town
from tests.insight.sample import make_facts
from tests.partnership import NOW, SCHEMA, Town, by_heading, row_of

from .sample import BAKERY, COLLEGE, COUNCIL, LINKED, facts_of, material, record, rows_by_heading, tab_named

WORKED_OUT = {
    "Engagement list": "Employer ID; Person ID; Week; Quarter; Clash",
    "Event list": "Employers invited; Employers booked; Employers came; % of target",
    "Attendance list": "Counted",
    "Pledge list": "First touch agency; Last touch before signing; Duplicate sign-up of",
    "Action list": "Agencies matched; Due (read as); Ongoing; Days left; Last changed; History of progress",
    "Digest list": "Last sent; Last status; Next due",
    "Target list": "Now; %; On course",
    "Your employers": "Who else knows them; Last contact; Rest until; Asks in 90 days; Clash",
    "Your contacts": "Who else knows them; Last contact; Rest until; Asks in 90 days; Clash",
}


@pytest.mark.parametrize("tab", WORKED_OUT)
def test_every_worked_out_column_has_its_place_in_a_built_tab(tab):
    headings = SCHEMA.tabs[f"{tab} (built nightly)"].headings
    assert set(WORKED_OUT[tab].split("; ")) <= set(headings)


# --- Attendance: Counted -------------------------------------------------------------------------------

STATUSES = ["Invited", "Booked", "Came", "Did not come", "Apologies", ""]
ROW = st.tuples(
    st.sampled_from(["Fair", "Breakfast", "Unheard of"]),
    st.sampled_from(["Oak Ltd", "Elm", ""]),
    st.sampled_from(STATUSES),
    st.sampled_from(["Delegate", "Partner staff"]),
)


def fair(rows, events=("Fair", "Breakfast")):
    cells = [{"Event": e, "Employer": f, "Status": s, "Role": r} for e, f, s, r in rows]
    held = [{"Event": event, "Date": "2026-11-19", "Target employers": "10"} for event in events]
    return make_facts({"Events": held, "Attendance": cells})


def counted(rows, **more):
    found = attendance_list(fair(rows, **more)).sort_values("Record")
    return found["Counted"].tolist()


def test_two_people_of_one_employer_count_once_by_the_one_who_came():
    rows = [("Fair", "Oak Ltd", "Booked", ""), ("Fair", "oak  ltd", "Came", ""), ("Fair", "Elm", "Came", "")]
    assert counted(rows) == [ALREADY, YES, YES]


def test_partners_own_staff_and_rows_without_an_employer_are_not_counted():
    assert counted([("Fair", "The college", "Came", "Partner staff"), ("Fair", "", "Came", "")]) == ["", ""]


def test_no_row_counts_where_two_events_share_its_name():
    assert counted([("Fair", "Oak Ltd", "Came", "")], events=("Fair", "Fair")) == [""]


@given(st.lists(ROW, max_size=8))
def test_the_rows_that_count_are_the_employers_of_the_event_list(rows):
    facts = fair(rows)
    attended, events = attendance_list(facts), event_list(facts)
    for event in events.to_dict("records"):
        here = attended[(attended["Event"] == event["Event"]) & (attended["Counted"] == YES)]
        assert len(here) == event["Employers invited"]
        assert (here["Status"] == "Came").sum() == event["Employers came"]


# --- Actions: what Progress said on which day ----------------------------------------------------------


@pytest.fixture
def plan(tmp_path):
    return Town(tmp_path, Actions=[row_of("Actions", Ref="1", Action="Ring them", Progress="Letter written")])


def history(town):
    return by_heading(town.hub.rows(TITLE))[0]["History of progress"]


def progress(town, text, day):
    header = town.hub.rows("Actions")[0]
    town.hub.type("Actions", 2, header.index("Progress") + 1, text)
    return town.sync(NOW + timedelta(days=day))


def test_progress_that_is_overwritten_stays_in_the_action_list_with_its_day(plan):
    plan.sync()
    assert history(plan) == "16/11/2026: Letter written"
    progress(plan, "They rang back", 2)
    assert progress(plan, "They rang back", 2).cells_written == 0
    assert history(plan) == "16/11/2026: Letter written\n18/11/2026: They rang back"
    progress(plan, "", 3)
    progress(plan, "Letter written", 4)
    assert history(plan).splitlines()[2:] == ["20/11/2026: Letter written"]


def test_the_history_of_progress_outlives_the_cache(plan, tmp_path):
    plan.sync()
    progress(plan, "They rang back", 1)
    before = history(plan)
    plan.partnership = replace(plan.partnership, cache=Cache(tmp_path / "another.sqlite"))
    assert plan.sync(NOW + timedelta(days=1)).cells_written == 0
    assert history(plan) == before


@given(st.lists(st.text(alphabet="ab 1/:\n", max_size=12), max_size=6))
def test_a_history_is_only_ever_added_to_and_says_a_thing_once(wordings):
    past = ""
    for day, text in enumerate(wordings, 1):
        now = with_progress(past, text, f"2026-11-{day:02d}")
        assert now.startswith(past)
        assert with_progress(now, text, "2026-12-01") == now
        past = now


def test_a_history_too_long_for_a_cell_loses_its_oldest_wording_and_says_so():
    whole = with_progress("x" * LONGEST, "the newest", "2026-11-22")
    assert len(whole) == LONGEST
    assert whole.startswith(CUT)
    assert whole.endswith("22/11/2026: the newest")
    assert with_progress(whole, "the newest", "2026-11-23") == whole


# --- Coordinators: Last sent, Last status, Next due ----------------------------------------------------


def digest_list(town):
    return {row["Name"]: row for row in by_heading(town.hub.rows("Digest list (built nightly)"))}


def test_the_digest_list_says_what_was_sent_and_when_the_next_is_due(tmp_path):
    town = make_town(tmp_path)
    town.sync(MONDAY)
    before = next(iter(digest_list(town).values()))
    assert (before["Last sent"], before["Last status"]) == ("", "")
    assert before["Next due"] == MONDAY.date().isoformat()
    post(desk_of(town))
    town.sync(MONDAY + timedelta(hours=1))
    after = digest_list(town)[before["Name"]]
    assert after["Last sent"].startswith(MONDAY.date().isoformat())
    assert after["Last status"] == "sent"
    assert after["Next due"] == (MONDAY.date() + timedelta(days=7)).isoformat()
    assert town.sync(MONDAY + timedelta(hours=2)).cells_written == 0


def test_without_the_ledger_the_digest_list_keeps_what_it_says(tmp_path):
    town = make_town(tmp_path)
    town.sync(MONDAY)
    post(desk_of(town))
    town.sync(MONDAY + timedelta(hours=1))
    said = {name: row["Last sent"] for name, row in digest_list(town).items()}
    (town.config.state / LEDGER_FILE).unlink()
    town.sync(MONDAY + timedelta(days=1))
    assert {name: row["Last sent"] for name, row in digest_list(town).items()} == said


def test_a_damaged_ledger_does_not_stop_the_sync(tmp_path):
    town = make_town(tmp_path)
    town.sync(MONDAY)
    (town.config.state / LEDGER_FILE).write_bytes(b"not a database" * 100)
    assert town.sync(MONDAY + timedelta(days=1)).exit_code in (0, 3)


def test_who_gets_none_is_told_why_none_is_due(tmp_path):
    town = make_town(tmp_path)
    town.sync(MONDAY)
    header, first = town.hub.rows("Coordinators")[:2]
    town.hub.type("Coordinators", 2, header.index("Gets") + 1, "None")
    town.sync(MONDAY + timedelta(hours=1))
    name = first[header.index("Name")]
    assert digest_list(town)[name]["Next due"] == "none: Gets says None"


@pytest.mark.parametrize(
    ("day", "today", "sent", "due"),
    [
        ("", date(2026, 11, 25), False, date(2026, 11, 23)),  # late since Monday
        ("Thursday", date(2026, 11, 23), False, date(2026, 11, 26)),
        ("Thursday", date(2026, 11, 26), True, date(2026, 12, 3)),
        ("", date(2026, 11, 29), True, date(2026, 11, 30)),
    ],
)
def test_the_next_digest_is_due_on_the_chosen_day_of_the_week_after(day, today, sent, due):
    assert next_due(day, today, sent=sent) == due


# --- Your contacts: rest until, asks, clashes ----------------------------------------------------------


def test_your_contacts_say_when_to_leave_them_alone_how_often_they_were_asked_and_who_else_did():
    talk = record("R-TALK001", "Engagements", COUNCIL, Date="2026-11-18", Type="Visit", Status="Done")
    records = {**BAKERY, talk.record_id: talk}
    person = LINKED.person_of["R-DDDDDDD4#1"]
    employer = LINKED.employer_of["R-DDDDDDD4#0"]
    linked = replace(
        LINKED,
        person_of={**LINKED.person_of, "R-TALK001#1": person},
        employer_of={**LINKED.employer_of, "R-TALK001#0": employer},
    )
    facts = facts_of(records, linked, audience=COLLEGE)
    rows = rows_by_heading(tab_named(agency_tabs(material(facts=facts)), "Your contacts (built nightly)"))
    (row,) = [row for row in rows if row["Person ID"] == person]
    assert row["Rest until"] == date(2026, 12, 1)
    assert row["Asks in 90 days"] >= 1
    assert str(row["Clash"]).startswith(f"{COUNCIL}, Visit, 18 Nov 2026")
