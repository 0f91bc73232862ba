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
