"""Which value stands in a golden record, and why."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engage.linkage.golden import PROVENANCE, Golden, golden_employers, golden_people
from engage.linkage.survivorship import Chosen, Steering
from engage.model import Record
from tests.built.sample import (
    BAKERY,
    CHAMBER,
    COLLEGE,
    COUNCIL,
    LINKED,
    SCHEMA,
    TODAY,
    by_id,
    history,
    link,
    record,
)

NO_STEERING = Steering()
FIRM, FIRM_HEADINGS = "EMP-0000001", SCHEMA.tabs["Employers"].headings
PERSON, PERSON_HEADINGS = "PER-0000001", SCHEMA.tabs["Contacts"].headings


def merged(*rows: Record, steering: Steering = NO_STEERING, **changed: str) -> Golden:
    records = by_id(rows)
    linked = link(employers={FIRM: list(records)})
    return golden_employers(
        records,
        linked,
        history(records, **changed),
        headings=FIRM_HEADINGS,
        today=TODAY,
        steering=steering,
    )


def firm(*rows: Record, steering: Steering = NO_STEERING, **changed: str) -> dict[str, str]:
    return dict(merged(*rows, steering=steering, **changed).frame.iloc[0])


def person(*rows: Record, employers: dict[str, list[str]] | None = None, **changed: str) -> dict[str, str]:
    records = by_id(rows)
    linked = link(employers=employers, people={PERSON: [f"{key}#1" for key in records]})
    seen = history(records, **changed)
    firms = golden_employers(records, linked, seen, headings=FIRM_HEADINGS, today=TODAY)
    people = golden_people(records, linked, seen, firms, headings=PERSON_HEADINGS, today=TODAY)
    return dict(people.frame.iloc[0])


def contact(record_id: str, agency: str = COLLEGE, **cells: str) -> Record:
    return record(record_id, "Contacts", agency, **{"First_name": "Ann", "Last_name": "Lee", **cells})


def test_a_legal_name_stands_and_the_others_are_also_known_as() -> None:
    found = firm(
        record("R-A", Employer="Brightwell Bakery"),
        record("R-B", agency=COUNCIL, Employer="Brightwell Bakery Ltd"),
        record("R-C", agency=CHAMBER, Employer="Brightwells", Trading_as="The Brightwell"),
        R_A="2026-11-20",
    )
    assert found["Employer"] == "Brightwell Bakery Ltd"
    assert found["Also known as"] == "Brightwell Bakery; Brightwells; The Brightwell"


def test_the_most_recently_changed_of_equals_stands() -> None:
    rows = (record("R-A", Website="old.example"), record("R-B", agency=COUNCIL, Website="new.example"))
    assert firm(*rows, R_A="2026-02-01", R_B="2026-10-01")["Website"] == "new.example"


def test_a_blank_never_beats_a_value_however_new_it_is() -> None:
    rows = (record("R-A", Phone="+441614960101"), record("R-B", agency=COUNCIL, Phone=""))
    assert firm(*rows, R_B="2026-11-22")["Phone"] == "+441614960101"


def test_the_source_of_truth_beats_the_specific_and_the_new() -> None:
    steering = Steering(source_of_truth={"Employer": CHAMBER})
    rows = (record("R-A", Employer="Brightwell Bakery Ltd"), record("R-B", agency=CHAMBER, Employer="Bakery"))
    assert firm(*rows, steering=steering, R_A="2026-11-22")["Employer"] == "Bakery"


def test_a_row_that_names_no_agency_is_said_to_where_its_values_are_told() -> None:
    found = firm(replace(record("R-A", Employer="Bakery"), agency=""))
    assert found["Where each value came from"] == "no agency named: Employer"


def test_a_persons_choice_beats_the_source_of_truth() -> None:
    steering = Steering({"Website": CHAMBER}, {(FIRM, "Website"): Chosen("c.example", "2026-11-22")})
    rows = (record("R-A", Website="a.example"), record("R-B", agency=CHAMBER, Website="b.example"))
    found = firm(*rows, steering=steering)
    assert found["Website"] == "c.example"
    assert "decided by a person on 22/11/2026: Website" in found["Where each value came from"]


@given(st.sampled_from(["Employer", "Postcode", "Phone", "Sector", "Stage", "Relationship manager"]))
def test_a_persons_choice_stands_in_any_field_and_touches_no_other(heading: str) -> None:
    steering = Steering(
        chosen={(FIRM, heading): Chosen("as decided"), ("EMP-9999999", "Town"): Chosen("Ash")}
    )
    rows = [one for one in BAKERY.values() if one.tab == "Employers"]
    before, after = firm(*rows), firm(*rows, steering=steering)
    differs = {name for name in before if before[name] != after[name]}
    assert after[heading] == "as decided"
    assert differs <= {heading, "Also known as", "Where each value came from"}


def test_a_choice_gives_a_value_where_no_row_has_one() -> None:
    steering = Steering(chosen={(FIRM, "Website"): Chosen("c.example", "2026-11-22", "", "EMP-1 Website")})
    said = merged(record("R-A"), steering=steering).provenance
    assert said[said["won"]][["field", "rule", "tab"]].values.tolist() == [
        ["Website", "decided by a person on 22/11/2026", "Decisions"]
    ]


def test_a_value_that_cannot_be_right_loses_to_one_that_can() -> None:
    rows = (
        record("R-A", Postcode="SK14 5QO", Company_number="99"),
        record("R-B", agency=COUNCIL, Postcode="SK14 5QQ", Company_number="99000019"),
    )
    found = firm(*rows, R_A="2026-11-22")
    assert (found["Postcode"], found["Company number"]) == ("SK14 5QQ", "99000019")


def test_an_address_is_never_mixed_from_two_sites() -> None:
    records = by_id(
        [
            record("R-A", Town="Harwick", Postcode="SK16 4AA"),
            record("R-B", agency=COUNCIL, Postcode="SK16 4AA"),
            record("R-C", agency=CHAMBER, Address="9 Mill Lane", Town="Dale", Postcode="OL6 7ZZ"),
        ]
    )
    linked = link(employers={FIRM: records}, sites={"SIT-1": ["R-A", "R-B"], "SIT-2": ["R-C"]})
    golden = golden_employers(records, linked, {}, headings=FIRM_HEADINGS, today=TODAY).frame.iloc[0]
    assert (golden["Address"], golden["Town"], golden["Postcode"]) == ("", "Harwick", "SK16 4AA")
    assert golden["Sites"] == "Dale OL6 7ZZ; Harwick SK16 4AA"


def test_rest_until_is_the_latest_day_and_stage_the_furthest() -> None:
    found = firm(
        record("R-A", Rest_until="2027-01-31", Stage="1 Aware"),
        record("R-B", agency=COUNCIL, Rest_until="2026-12-01", Stage="4 Taking part"),
        R_A="2026-01-06",
        R_B="2026-11-01",
    )
    assert (found["Rest until"], found["Stage"]) == ("2027-01-31", "4 Taking part")


def test_the_rows_of_one_site_do_not_count_its_people_twice() -> None:
    found = firm(record("R-A", Employees_here="40"), record("R-B", agency=COUNCIL, Employees_here="35"))
    assert found["Employees here"] == "40"


def test_notes_are_joined_with_their_agency() -> None:
    found = firm(
        record("R-A", Notes="likes mornings"), record("R-B", agency=COUNCIL, Notes="closed in August")
    )
    assert found["Notes"] == f"{COUNCIL}: closed in August\n{COLLEGE}: likes mornings"


def test_ties_go_to_the_smaller_record_id_in_any_order_of_the_rows() -> None:
    rows = [record("R-B", Website="b.example"), record("R-A", agency=COUNCIL, Website="a.example")]
    assert firm(*rows)["Website"] == firm(*reversed(rows))["Website"] == "a.example"


def test_the_last_contact_is_the_newest_that_took_place() -> None:
    talks = [
        record("R-X", "Engagements", COUNCIL, Date="2026-11-18", Status="Done", Staff_member="A. Shah"),
        record("R-Y", "Engagements", COLLEGE, Date="2026-11-20", Status="Cancelled"),
        record("R-Z", "Engagements", COLLEGE, Date="2026-12-24", Status="Planned"),
    ]
    found = firm(record("R-A", Employer="Brightwell"), *talks)
    assert (found["Last contact"], found["Last contact by"]) == ("2026-11-18", f"{COUNCIL}, A. Shah")


def test_provenance_names_agency_row_and_since_when_for_every_value() -> None:
    rows = (
        record("R-A", row=14, Website="old.example"),
        record("R-B", agency=COUNCIL, row=7, Website="new.example"),
    )
    log = merged(*rows, R_B="2026-10-01").provenance
    assert tuple(log.columns) == PROVENANCE
    told = log[log["field"] == "Website"][["value", "won", "rule", "agency", "row", "since"]].values.tolist()
    assert told == [
        ["old.example", False, "", COLLEGE, 14, "2026-01-05"],
        ["new.example", True, "most recent", COUNCIL, 7, "2026-10-01"],
    ]


def test_a_full_name_stands_over_an_initial_and_a_pet_form() -> None:
    found = person(
        contact("R-A", First_name="J", Last_name="Whittle"),
        contact("R-B", COUNCIL, First_name="Jo", Last_name="Whittle"),
        contact("R-C", CHAMBER, First_name="Joanne", Last_name="Whittle"),
        R_A="2026-11-20",
    )
    assert (found["First name"], found["Also known as"]) == ("Joanne", "J Whittle; Jo Whittle")


def test_a_line_of_ones_own_stands_over_the_switchboard() -> None:
    records = by_id(
        [
            contact("R-A", Phone="+441614960100", Employer="Peak"),
            contact("R-B", COUNCIL, Phone="+441614960101", Employer="Peak"),
            record("R-C", agency=CHAMBER, Employer="Peak", Phone="+441614960100"),
        ]
    )
    linked = link(employers={FIRM: records}, people={PERSON: ["R-A#1", "R-B#1"]})
    seen = history(records, R_A="2026-11-20")
    firms = golden_employers(records, linked, seen, headings=FIRM_HEADINGS, today=TODAY)
    people = golden_people(records, linked, seen, firms, headings=PERSON_HEADINGS, today=TODAY).frame
    assert people.iloc[0]["Phone"] == "+441614960101"
    assert people.iloc[0]["Employer"] == "Peak"


def test_a_mailbox_of_ones_own_stands_over_a_shared_one() -> None:
    rows = contact("R-A", Email="info@peak.example"), contact("R-B", COUNCIL, Email="ann.lee@peak.example")
    assert person(*rows, R_A="2026-11-20")["Email"] == "ann.lee@peak.example"


def test_job_and_email_come_from_the_employer_where_they_work_now() -> None:
    rows = (
        contact(
            "R-A", Employer="Old", Job_title="Trainer", Email="ann@old.example", **{"Still_in_post__": "No"}
        ),
        contact("R-B", COUNCIL, Employer="New", Job_title="Head", Email="ann@new.example"),
    )
    found = person(*rows, employers={"EMP-1": ["R-A"], "EMP-2": ["R-B"]}, R_A="2026-11-20")
    assert (found["employer_id"], found["Job title"], found["Email"]) == ("EMP-2", "Head", "ann@new.example")


def test_two_people_in_one_cell_keep_their_own_addresses() -> None:
    both = record(
        "R-A",
        "Contacts",
        Contact_name="Priya Nair; Colin Webb",
        Email="p.nair@green.example; c.webb@green.example",
        Job_title="Training; Ops",
    )
    linked = link(people={"PER-1": ["R-A#1"], "PER-2": ["R-A#2"]})
    firms = golden_employers({}, linked, {}, headings=FIRM_HEADINGS, today=TODAY)
    found = golden_people(by_id([both]), linked, {}, firms, headings=PERSON_HEADINGS, today=TODAY).frame
    told = found[["First name", "Last name", "Email", "Job title"]].values.tolist()
    assert told == [
        ["Priya", "Nair", "p.nair@green.example", "Training"],
        ["Colin", "Webb", "c.webb@green.example", "Ops"],
    ]


def test_an_objection_in_notes_counts_as_an_objection() -> None:
    rows = contact("R-A"), contact("R-B", COUNCIL, Notes="PLEASE DO NOT CONTACT - asked to be removed 3/9")
    assert person(*rows)["Do not contact"] == "All"


@given(
    news=st.lists(
        st.sampled_from(["Yes - asked", "Yes - existing contact", "Not asked", "No", ""]),
        min_size=1,
        max_size=5,
    ),
    stops=st.lists(st.sampled_from(["", "Marketing", "All"]), min_size=1, max_size=5),
)
def test_the_most_restrictive_permission_wins_whoever_typed_it_and_whenever(
    news: list[str], stops: list[str]
) -> None:
    size = max(len(news), len(stops))
    said = [(news[n % len(news)], stops[n % len(stops)]) for n in range(size)]
    rows = [
        record(f"R-{n}", "Contacts", Last_name="Lee", **{"May_we_email_news__": yes, "Do_not_contact": stop})
        for n, (yes, stop) in enumerate(said)
    ]
    found = person(*rows, R_0="2026-11-22")
    strict = ["No", "Not asked", "Yes - existing contact", "Yes - asked", ""]
    assert found["May we email news?"] == min((yes for yes, _ in said), key=strict.index)
    assert found["Do not contact"] == max((stop for _, stop in said), key=["", "Marketing", "All"].index)


@given(st.permutations(sorted(BAKERY)))
def test_the_order_of_the_records_never_matters(order: list[str]) -> None:
    records = {key: BAKERY[key] for key in order}
    seen = history(BAKERY)
    one = golden_employers(records, LINKED, seen, headings=FIRM_HEADINGS, today=TODAY)
    other = golden_employers(BAKERY, LINKED, seen, headings=FIRM_HEADINGS, today=TODAY)
    assert one.frame.equals(other.frame)
    assert one.provenance.equals(other.provenance)


def test_a_record_that_is_not_handed_in_leaves_no_trace() -> None:
    marked = record(
        "R-BBBBBBB2", agency=COUNCIL, **dict.fromkeys((h.replace(" ", "_") for h in FIRM_HEADINGS), "xyzzy")
    )
    shown = {key: one for key, one in (BAKERY | {"R-BBBBBBB2": marked}).items() if key != "R-BBBBBBB2"}
    found = golden_employers(shown, LINKED, history(BAKERY), headings=FIRM_HEADINGS, today=TODAY)
    assert "xyzzy" not in found.frame.to_csv() + found.provenance.to_csv()
    assert "R-BBBBBBB2" not in found.frame.to_csv() + found.provenance.to_csv()
