import pytest

from .sample import finding, kinds, read

HEAD = ("Ref no", "Employer", "Town", "Postcode", "Employees here")


def test_blank_rows_and_repeated_headings_are_left_out():
    reading = read(
        HEAD, ("1", "Ember"), (), ("", " "), HEAD, ("", "Employer", "Town", "Postcode"), ("2", "Holt")
    )
    assert [record["Employer"] for record in reading.records] == ["Ember", "Holt"]
    assert [record.place.row for record in reading.records] == [2, 7]
    assert kinds(reading) == ["unknown-heading"]


@pytest.mark.parametrize(
    "row", [("", "Total", "", "", "412"), ("Grand total:", "", "", "", "412"), ("Total",)]
)
def test_a_total_is_passed_over_with_a_finding(row):
    reading = read(HEAD, ("1", "Ember"), row)
    assert len(reading.records) == 1
    assert finding(reading, "row-passed-over").place.row == 3


def test_an_employer_called_total_is_an_employer():
    reading = read(HEAD, ("", "Total Fitness Ltd", "Hyde"), ("", "Total", "Hyde", "SK14 1QQ"))
    assert [record["Employer"] for record in reading.records] == ["Total Fitness Ltd", "Total"]


def test_a_section_title_is_passed_over_with_what_it_said():
    reading = read(HEAD, ("Hyde and Denton",), ("1", "Ember"))
    assert [record["Employer"] for record in reading.records] == ["Ember"]
    assert finding(reading, "row-passed-over").found == "Hyde and Denton"


@pytest.mark.parametrize(
    "title",
    ["NOVEMBER 2025", "Nov 25", "nov-25", "November", "Autumn term 2025", "Q3 2025/26", "2025/26",
     "Oct - Dec 2025", "W/C 3 Nov 2025", "Spring 1 2026", "Visits to schools"],
)  # fmt: skip
@pytest.mark.parametrize("before", [(), ("",)])
def test_a_row_with_a_period_or_a_section_title_alone_is_no_engagement(title, before):
    head = ("Date", "Employer", "Type")
    if before and title == "Visits to schools":
        return  # in the Employer column it may be one
    reading = read(head, ("3/11/2025", "Ember", "Visit"), (*before, title), title="Engagements")
    assert [record["Employer"] for record in reading.records] == ["Ember"]
    assert kinds(reading) == ["row-passed-over"]
    assert finding(reading, "row-passed-over").found == title


@pytest.mark.parametrize("name", ["May", "Autumn Leaves Care Ltd", "March Engineering", "Summer"])
def test_an_employer_whose_name_sounds_like_a_time_is_a_record(name):
    assert [r["Employer"] for r in read(HEAD[1:], (name,)).records] == [name]


@pytest.mark.parametrize("date", ["3/11/2025", "3 Nov", "tbc"])
def test_a_date_by_itself_is_a_record_that_is_being_typed(date):
    reading = read(("Date", "Employer", "Type"), (date,), title="Engagements")
    assert len(reading.records) == 1


def test_a_name_by_itself_is_a_record():
    assert [record["Employer"] for record in read(HEAD, ("", "Dobson Joinery")).records] == ["Dobson Joinery"]


def test_a_row_with_an_id_is_always_a_record():
    reading = read((*HEAD, "Record ID"), ("Totals", "", "", "", "", "R-4QX7M2A"))
    assert [record.record_id for record in reading.records] == ["R-4QX7M2A"]


def test_a_value_typed_once_for_many_rows_is_carried_down_past_a_row_of_its_own():
    head = ("Priority", "Ref", "Action")
    rows = (("1 Skills", "1.1", "Audit"), ("", "1.2", "Events"), ("2 Jobs",), ("", "2.1", "Fair"))
    reading = read(head, *rows, title="Actions")
    assert [record["Priority"] for record in reading.records] == ["1 Skills", "1 Skills", "2 Jobs"]
    assert kinds(reading) == []
