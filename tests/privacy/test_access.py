"""Everything held on a person is gathered, with source and date, other people marked."""

from __future__ import annotations

import openpyxl
import pytest

from engage.errors import UsageError
from engage.privacy.access import gather
from engage.privacy.access_files import write_answer
from engage.privacy.others import Others
from engage.workbook.plain_table import as_xlsx
from tests.partnership import COLLEGE, COUNCIL, JOBCENTRE, NOW, SCHEMA, agency_rows

from .planted import MAIL, MARKS, Planted, her_row


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    town = Planted(tmp_path_factory.mktemp("town"))
    town.sync()
    return gather(town.partnership, "Zyxandra Quillfeather", now=NOW), town


def said(access, **wanted):
    return [hit for hit in access.hits if all(getattr(hit, name) == value for name, value in wanted.items())]


@pytest.mark.slow
def test_every_cell_that_holds_a_mark_is_in_the_answer(found):
    access, town = found
    texts = "\n".join(hit.text for hit in access.hits)
    for book in town.books.values():
        for tab in book.read().tabs:
            for row in tab.rows:
                marked = [cell for cell in row if any(mark in cell.casefold() for mark in MARKS)]
                assert all(cell in texts for cell in marked), tab.title


@pytest.mark.slow
def test_each_value_has_its_agency_its_place_and_its_day(found):
    access, _ = found
    (job,) = said(access, heading="Job title", agency=COLLEGE)
    assert (job.text, job.place, job.day) == (
        "Zyxqwv head of skills",
        "Contacts, row 2 (college)",
        "2026-11-16",
    )
    assert {hit.agency for hit in said(access, store="Workbooks")} >= {COUNCIL, COLLEGE, JOBCENTRE}


@pytest.mark.slow
def test_other_people_in_free_text_are_marked(found, tmp_path):
    access, _ = found
    others = Others(access.night.intake.records, access.subject)
    pieces = others.pieces(
        "Bob Marsh asked us to ring Ms Quillfeather on 0161 496 0991, or him on 0161 496 0777"
    )
    assert [one.text for one in pieces if one.others] == ["Bob Marsh", "0161 496 0777"]
    page, table = write_answer(access, others, "Marlbeck Works", tmp_path)
    assert "<mark>Bob Marsh</mark> asked us to ring Ms Quillfeather" in page.read_text("utf-8")
    rows = list(openpyxl.load_workbook(table).active.iter_rows(values_only=True))
    assert len(rows) == 1 + len(access.hits)
    assert any(row[5] and row[5].startswith("█████████ asked us") for row in rows)


@pytest.mark.slow
def test_a_number_that_nobody_has_is_said_and_a_stranger_has_nothing(found):
    access, town = found
    with pytest.raises(UsageError, match="nobody with the number"):
        gather(town.partnership, "PER-0000000", now=NOW)
    stranger = gather(town.partnership, "Vortigern Abernathwaite", now=NOW)
    assert stranger.hits == ()
    assert gather(town.partnership, MAIL.upper(), now=NOW).subject.ids == access.subject.ids


def test_what_somebody_typed_as_a_formula_stays_a_text(tmp_path):
    path = tmp_path / "table.xlsx"
    path.write_bytes(as_xlsx({"What": [["Says"], ['=HYPERLINK("http://evil.example")']]}, [20]))
    cell = openpyxl.load_workbook(path).active["A2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://evil.example")')


def keeping_to_itself(folder, *rows):
    """The town, but the college shares nothing, so that nobody links its rows with others'."""
    share = SCHEMA.tabs["Agencies"].headings.index("Share contact details with partners")
    agencies = [[*row[:share], "No", *row[share + 1 :]] if COLLEGE in row else row for row in agency_rows()]
    return Planted(folder, Agencies=agencies, Contacts=list(rows) or [her_row(COUNCIL)])


@pytest.mark.slow
def test_an_address_is_one_person_also_in_rows_that_an_agency_keeps_to_itself(tmp_path):
    town = keeping_to_itself(tmp_path)
    town.sync()
    access = gather(town.partnership, MAIL, now=NOW)
    assert len(access.subject.ids) == 2
    assert all(one.sure for one in said(access, heading="Job title"))
    assert {one.agency for one in said(access, heading="Job title")} >= {COUNCIL, COLLEGE}


@pytest.mark.slow
def test_two_people_who_share_an_address_are_asked_about(tmp_path):
    town = keeping_to_itself(tmp_path, her_row(COUNCIL, First_name="Orlando"))
    town.sync()
    with pytest.raises(UsageError, match="2 people fit"):
        gather(town.partnership, MAIL, now=NOW)
