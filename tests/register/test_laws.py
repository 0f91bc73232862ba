"""Laws of reading: nothing raises, nothing typed is lost, what is understood stays so when read again."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.model import Snapshot, Tab
from engage.register.bodies import read_bodies
from engage.register.dates import read_date
from engage.register.due import read_due
from engage.register.names import read_people
from engage.register.read import Source, read_workbook
from engage.register.text import squash, squash_lines, word_key
from engage.register.values import Context, reader_for
from engage.schema import Column

from .sample import AGENCIES, LISTS, rows_of
from .small_schema import BLANKS, SCHEMA

TODAY = date(2026, 9, 14)
CONTEXT = Context(TODAY, BLANKS, agencies=AGENCIES, lists=LISTS)
SHAPED = st.sampled_from(
    sorted(
        {text for row in rows_of("messy_rows.csv") for text in row.values()}
        | {row["as_typed"] for name in ("due_dates.csv", "responsible.csv") for row in rows_of(name)}
        | {
            "3/9",
            "31/02/2026",
            "45000",
            "£1,200",
            "<10",
            "50+",
            "9.30am",
            "www.a.example",
            "Yes",
            "x",
            "Total",
            "₂",
            "²",
        }
    )
)
TEXT = st.one_of(
    SHAPED, st.text(max_size=25), st.builds("{}{}{}".format, SHAPED, st.sampled_from(" /;,&\n-"), SHAPED)
)
HEADING = st.sampled_from(
    [
        "Employer",
        "Company",
        "Town",
        "Phone",
        "Tel No",
        "Notes",
        "Name",
        "Location",
        "Source",
        "Own",
        "",
        "Record ID",
    ]
)
TYPES = """text long-text name date due-date number money size percent postcode phone email url company-number
    charity-number sic people bodies yes-no time"""
COLUMNS = [Column("Cell", type=kind) for kind in TYPES.split()] + [
    Column("Start date", type="due-date"),
    Column("Agency", list_name="Agencies"),
    Column("Stage", values=("1 Aware", "2 Met", "Yes - asked")),
    Column("Sector", type="sectors", list_name="Sectors", several=True),
    Column("Do not contact", values=("Marketing", "All")),
]


@given(
    rows=st.lists(st.lists(TEXT, max_size=9).map(tuple), max_size=9),
    title=st.sampled_from(["Employers", "Actions", "X"]),
)
def test_reading_never_raises_on_any_grid_of_text(rows, title):
    (reading,) = read_workbook(
        Snapshot("w", (Tab(title, tuple(rows)),)),
        SCHEMA,
        Source("w"),
        today=TODAY,
        agencies=AGENCIES,
        lists=LISTS,
    )
    assert reading.tab.rows == tuple(rows)


@given(
    header=st.lists(HEADING, min_size=1, max_size=8),
    rows=st.lists(st.lists(TEXT, max_size=9).map(tuple), max_size=6),
)
def test_every_typed_cell_is_in_a_record_or_in_a_finding(header, rows):
    known = ("Employer", "Postcode", "Email", *header)
    tab = Tab("Employers", (known, *rows))
    (reading,) = read_workbook(Snapshot("w", (tab,)), SCHEMA, Source("w"), today=TODAY)
    records = {record.place.row: record for record in reading.records}
    passed_over = {
        finding.place.row: finding.found for finding in reading.findings if finding.kind == "row-passed-over"
    }
    for number, row in enumerate(rows, start=2):
        record = records.get(number)
        kept = {*record.typed.values(), record.record_id} if record else set()
        for text in filter(str.strip, row):
            again = record is None and number not in passed_over
            assert text in kept or text.strip() in kept or text in passed_over.get(number, "") or again
            if again:
                assert all(
                    squash(cell).casefold() in {squash(h).casefold() for h in known}
                    for cell in row
                    if cell.strip()
                )


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: f"{column.heading} {column.type}")
def test_what_is_understood_is_understood_again_as_the_same(column):
    read = reader_for(column, CONTEXT)

    @settings(max_examples=150, derandomize=True)
    @given(TEXT)
    def law(text):
        clean = read(text).clean
        assert read(clean).clean == clean

    law()


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: f"{column.heading} {column.type}")
def test_a_cell_that_is_not_understood_always_has_a_doubt(column):
    read = reader_for(column, CONTEXT)
    for text in ("!!", "qwerty uiop", "12345678901234567890"):
        reading = read(text)
        assert reading.clean or reading.doubts or column.type == "people"


@given(TEXT)
def test_the_parsers_of_several_never_raise_and_give_no_empty_part(text):
    assert all(person.first or person.last for person in read_people(text))
    assert all(body.name for body in read_bodies(text, AGENCIES))
    due = read_due(text, today=TODAY)
    assert all(not iso or read_date(iso).clean in {iso, ""} for iso in (due.start, due.due))


@given(TEXT)
def test_tidy_text_stays_as_it_is(text):
    assert squash(squash(text)) == squash(text)
    assert squash_lines(squash_lines(text)) == squash_lines(text)
    assert word_key(word_key(text)) == word_key(text)
