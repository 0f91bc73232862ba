"""Action plans as partnerships write them, pasted in whole: no action lost, dates and owners understood."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.insight.action_list import action_list, actions
from engage.insight.action_plan import CAPABILITY, COLUMNS
from engage.insight.late_actions import is_stale
from engage.insight.quarters import quarter_of
from engage.model import History, Place, Record, Snapshot, Tab
from engage.register.read import Source, read_workbook
from engage.register.refs import ABOVE, meant_ref, tidy_ref
from engage.schema import load_schema
from tests.register.sample import rows_of as sample_rows
from tests.register.test_bodies import ALIASES

from .sample import COLLEGE, COUNCIL, TODAY, make_facts

SCHEMA = load_schema()
THEN = date(2008, 6, 2)

# Shaped like the plans of Tameside and Halton: their headings, references, owners and wordings of dates.
TAMESIDE = (
    ("Employment and Skills Action Plan", "", "", "", ""),
    ("Priority", "Action", "Responsible Partnership(s) and Organisation (s)", "Due Date", "Progress"),
    ("3.1 One offer", "3.1.a Write it down", "Employment Sub Group, Skills Sub Group,",
     "May 2008 ongoing", ""),
    ("", "3.1.b Make it to large recruiters", "TMBC; LSC, GM Chamber of Commerce.", "As 3.1.a", "Begun"),
    ("3.3 Employers", "3.3.b Seats for the largest", "City Strategy, Steering Group",
     "By meeting of 14 May 2008.", ""),
    ("", "3.3 c Seats for the sectors", "As 3.3.b", "October 2007 – March 2008", ""),
    ("", "3.8.a. . Report each year", "Tameside College and LSC", "Done", "Accepted"),
)  # fmt: skip
HALTON = (
    ("Theme", "Action", "Outcome", "Start date", "Finish date", "Person/s Responsible", "Progress"),
    ("1 Know the sector", "Audit the sector", "A report", "April 09", "September 2009",
     "Halton Borough Council in partnership with LSC/Sector Skills Councils", ""),
    ("", "Hold breakfasts", "60 firms", "April 2009", "Ongoing", "Halton Borough Council/LSC", "One held"),
)  # fmt: skip


def read_plan(rows, title: str = "Action Plan", today: date = THEN):
    source, snapshot = Source("hub"), Snapshot("hub", (Tab(title, tuple(rows)),))
    (found,) = read_workbook(snapshot, SCHEMA, source, today=today, agencies=ALIASES)
    return found


def facts_of(records, today: date = THEN, **more: object):
    """Facts of the records as read, numbered in the order of the plan."""
    tables = [
        {**record.clean, "record_id": f"R-ACTIONS{n}", "row": str(n + 1)}
        for n, record in enumerate(records, 1)
    ]
    as_typed = {
        f"R-ACTIONS{n}": Record(f"R-ACTIONS{n}", "Actions", "", record.place, record.typed, record.clean)
        for n, record in enumerate(records, 1)
    }
    return make_facts({"Actions": tables}, records=as_typed, agencies=ALIASES, today=today, **more)


def plan_of(rows, today: date = THEN) -> list[dict[str, object]]:
    return list(action_list(facts_of(read_plan(rows, today=today).records, today)).to_dict("records"))


def test_a_plan_like_tamesides_is_read_whole_with_its_numbers_owners_and_dates():
    reading = read_plan(TAMESIDE)
    assert len(reading.records) == 5
    assert [record["Priority"] for record in reading.records][:2] == ["3.1 One offer"] * 2
    rows = plan_of(TAMESIDE)
    assert [row["Due (read as)"] for row in rows] == [
        "2008-05-31",
        "2008-05-31",
        "2008-05-14",
        "2008-03-31",
        "",
    ]
    assert rows[2]["Agencies matched"] == "City Strategy Steering Group"
    assert rows[1]["Agencies matched"] == "TMBC; LSC; GM Chamber of Commerce"
    assert [row["RAG"] for row in rows][3:] == ["Red: overdue", "Blue: complete"]


def test_a_number_typed_before_its_action_is_its_number():
    assert [row["Ref"] for row in plan_of(TAMESIDE)] == ["3.1.a", "3.1.b", "3.3.b", "3.3.c", "3.8.a"]


def test_as_3_3_b_means_what_that_action_says_and_names_it():
    rows = plan_of(TAMESIDE)
    assert (rows[1]["Same as"], rows[1]["Due date"], rows[1]["Ongoing"]) == ("3.1.a", "As 3.1.a", "Yes")
    assert (rows[3]["Same as"], rows[3]["Agencies matched"]) == ("3.3.b", "City Strategy Steering Group")


def test_a_plan_like_haltons_is_read_whole():
    reading = read_plan(HALTON)
    assert [(r["Start date"], r["Due date"]) for r in reading.records] == [
        ("2009-04-01", "2009-09-30"), ("2009-04-01", ""),
    ]  # fmt: skip
    assert [r["Theme"] for r in reading.records] == ["1 Know the sector"] * 2
    assert reading.records[0]["Responsible"] == "Halton Borough Council; LSC; Sector Skills Councils"


def test_every_wording_of_a_date_keeps_its_action_and_is_read_as_the_sample_says_or_asked_about():
    wordings = sample_rows("due_dates.csv")
    head = ("Ref", "Action", "Responsible", "Due date")
    reading = read_plan(
        [head, *((f"1.{n}", f"Action {n}", "LSC", one["as_typed"]) for n, one in enumerate(wordings))]
    )
    assert [record["Due date"] for record in reading.records] == [one["read_due"] for one in wordings]
    asked = {
        finding.record_id or finding.place.row
        for finding in reading.findings
        if finding.kind == "doubtful-date"
    }
    assert len(asked) == sum(one["ask_a_person"] == "yes" for one in wordings)


def test_every_owner_keeps_its_action_and_is_read_as_the_sample_says():
    owners = sample_rows("responsible.csv")
    head = ("Ref", "Action", "Responsible", "Due date")
    reading = read_plan(
        [head, *((f"1.{n}", f"Action {n}", one["as_typed"], "May 2009") for n, one in enumerate(owners))]
    )
    assert [record["Responsible"] for record in reading.records] == [
        one["bodies (; separated)"] for one in owners
    ]


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("3.3 b", "3.3.b"), ("3.8.a. .", "3.8.a"), ("1.3.b.Ensure…", "1.3.b"), ("3. 3. B", "3.3.b"),
        ("1.1.i", "1.1.i"), ("1.1.iii", "1.1.iii"), ("4", "4"), ("A1", "A1"), ("", ""), ("2.2 Ensure", "2.2"),
    ],
)  # fmt: skip
def test_a_number_is_tidied(typed, ref):
    assert tidy_ref(typed) == ref


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("As 3.3.b", "3.3.b"), ("as 3.3 b.", "3.3.b"), ("See 3.8.a. .", "3.8.a"),
        ("Same as action 1.2", "1.2"),
        ("As above", ABOVE), ("Ditto", ABOVE), ('"', ABOVE), ("As agreed", ""), ("As 2008", ""),
        ("3.3.b", ""),
        ("As 3.3.b and 3.3.c", ""), ("see 31.3.2008", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_cell_points_at_another_action_only_where_it_says_nothing_else(typed, ref):
    assert meant_ref(typed) == ref


def row(ref: str, due: str, **more: str) -> dict[str, str]:
    return {"Plan": "Plan", "Ref": ref, "Action": f"Do {ref}", "Due date": due, "Responsible": "HC", **more}


def told(*rows: dict[str, str], **more: object):
    facts = make_facts({"Actions": rows}, agencies={"HC": COLLEGE, "Dale BC": COUNCIL}, **more)
    return facts, CAPABILITY.tell(facts, quarter_of(TODAY))


def test_pointing_in_a_circle_or_at_nothing_stops_nobody_and_the_latter_is_a_row_to_mend():
    facts, insight = told(row("1.a", "As 1.b"), row("1.b", "As 1.a"), row("1.c", "As 9.z"))
    assert [one.due for one in actions(facts)] == [None] * 3
    assert [(one.kind, one.found) for one in insight.problems] == [("no-such-action", "As 9.z")]


def test_as_above_is_the_row_before_in_the_plan():
    facts, _ = told(row("1.a", "30 November 2026"), row("1.b", "As above"))
    assert [one.due for one in actions(facts)] == [date(2026, 11, 30)] * 2


# Headings and marks of other boroughs' plans, with actions of our own.
OTHERS = (
    (
        ("Priority", "Key Action", "Lead Partner", "Timescales", "Milestones", "RAG"),
        ("Employers", "Sign the charter", "TMBC", "March 2010", "Signed by ten", "A"),
        ("", "Hold a jobs fair", "LSC", "May 2010", "400 came", "g"),
    ),
    (
        ("What will we do?", "Who will do it?", "By when?", "How will we know?", "RAG rating"),
        ("Visit each school", "TMBC", "March 2010", "Ten visits", "Amber"),
        ("Write a guide", "LSC", "May 2010", "Printed", "Green"),
    ),
)


@pytest.mark.parametrize(("plan", "at"), [(OTHERS[0], 1), (OTHERS[1], 0)])
def test_the_headings_and_marks_of_other_boroughs_plans_are_known(plan, at):
    reading = read_plan(plan)
    assert [record["Action"] for record in reading.records] == [row[at] for row in plan[1:]]
    assert [record["Responsible"] for record in reading.records] == ["TMBC", "LSC"]
    assert [record["Due date"] for record in reading.records] == ["2010-03-31", "2010-05-31"]
    assert [record["RAG"] for record in reading.records] == ["Amber", "Green"]
    assert all(record["Outcome"] for record in reading.records)
    assert not reading.findings


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("In progress", "Under way"),
        ("ACHIEVED", "Done"),
        ("On hold", "Stuck"),
        ("Not yet started", "Not started"),
    ],
)
def test_how_far_an_action_has_come_is_known_by_other_words(typed, status):
    reading = read_plan([("Ref", "Action", "Status"), ("1.a", "Meet", typed)])
    assert [record["Status"] for record in reading.records] == [status]


def test_the_words_leave_no_action_out():
    rows = row("1.a", "Ongoing"), row("1.b", "", Status="Done"), row("1.c", "", Status="Dropped")
    assert "3 actions: 1 on track, 1 complete and 1 dropped or without a date." in told(*rows)[1].says


def test_an_open_action_that_nobody_has_touched_for_two_months_is_stale():
    days = ["2026-09-24", "2026-09-25", "2026-01-01"]
    known = {f"R-ACTIONS{n}": History(seen) for n, seen in enumerate(days, 1)}
    facts, _ = told(row("1.a", ""), row("1.b", ""), row("1.c", "", Status="Done"), histories=known)
    assert [is_stale(one, TODAY) for one in actions(facts)] == [True, False, False]


ROWS = st.lists(
    st.tuples(
        st.sampled_from(
            ["20 November 2026", "30 November 2026", "1 June 2027", "Ongoing", "Done", "soon", ""]
        ),
        st.sampled_from(["Not started", "Under way", "Done", "Dropped", "Stuck", ""]),
        st.sampled_from(["HC", "Dale BC", "HC / Dale BC", "External consultants"]),
    ),
    max_size=10,
)


@settings(max_examples=30, deadline=None)
@given(ROWS)
def test_each_part_of_the_figures_is_that_of_a_plain_count_of_the_action_list(found):
    facts, insight = told(
        *(row(f"1.{n}", due, Status=how, Responsible=who) for n, (due, how, who) in enumerate(found))
    )
    listed = action_list(facts).to_dict("records")
    shown = {(line["Counted by"], line["Which"]): line for table in insight.tables for line in table.rows}
    for agency in (COLLEGE, COUNCIL):
        theirs = [one for one in listed if agency in str(one["Agencies matched"]).split("; ")]
        colours = Counter(str(one["RAG"]).partition(":")[0] for one in theirs)
        line = shown.get(("Agency", agency), {})
        assert [line.get(heading, 0) for heading in COLUMNS.values()] == [colours[rag] for rag in COLUMNS]
    assert sum(line["Actions"] for (kind, _), line in shown.items() if kind == "Plan") == len(found)


def test_the_place_of_the_action_that_is_meant_is_where_it_was_typed():
    records = read_plan(TAMESIDE).records
    assert records[2].place == Place("hub", "Action Plan", 5)
