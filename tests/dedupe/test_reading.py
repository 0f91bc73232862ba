"""Text files as people have them: any encoding, any separator, and never an error."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.dedupe.reading import TextRows, guess_separator
from engage.model import Grid


def read_rows(text: str | bytes) -> Grid:
    data = text.encode("utf-8") if isinstance(text, str) else text
    return tuple(TextRows(io.BytesIO(data)))


CAFE = "Name;Town\nThe Bridge Café;Hyde\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_is_found(encoding):
    rows = read_rows(CAFE.encode(encoding))
    assert [cell.lstrip("\ufeff") for cell in rows[0]] == ["Name", "Town"]
    assert rows[1] == ("The Bridge Café", "Hyde")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    text = f"Name{separator}Town\nBridge, Cafe{separator}Hyde\n".replace("Bridge, Cafe", '"Bridge, Cafe"')
    assert guess_separator(text) == separator
    assert read_rows(text) == (("Name", "Town"), ("Bridge, Cafe", "Hyde"))


def test_a_separator_that_the_file_names_is_obeyed():
    assert read_rows("sep=;\nName;Town, county\na;b, c\n") == (("Name", "Town, county"), ("a", "b, c"))


def test_one_column_is_one_column():
    assert read_rows("Company\nBridge Cafe\n\nHill Farm\n") == (
        ("Company",),
        ("Bridge Cafe",),
        ("Hill Farm",),
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_system_ends_them(end):
    assert read_rows(end.join(("Name,Town", "a,b", ""))) == (("Name", "Town"), ("a", "b"))


def test_a_cell_may_have_two_lines():
    assert read_rows('Name,Address\na,"1 Hill Rd\nHyde"\n')[1] == ("a", "1 Hill Rd\nHyde")


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows():
    text = 'Name,Town\n"Bridge,Hyde\n' + "".join(f"Firm {i},Hyde\n" for i in range(200))
    assert len(read_rows(text)) == 202


@pytest.mark.parametrize("below", [[], ['"Best, Boilers",Hyde'], ['Al,"1 Hill Rd\nHyde"']])
def test_nor_does_one_in_a_short_list_or_above_a_cell_in_quotes(below):
    rows = read_rows("\n".join(["Name,Town", '"Bridge,Hyde', "Oak Farm,Leeds", *below, "Hill Farm,Hyde"]))
    assert rows[1:3] == (('"Bridge', "Hyde"), ("Oak Farm", "Leeds"))
    assert rows[-1] == ("Hill Farm", "Hyde")
    assert len(rows) == 4 + len(below)
    assert all(len(row) == 2 for row in rows)


@given(st.lists(st.lists(st.text('ab\n" ,', max_size=6), min_size=2, max_size=2), min_size=1))
def test_what_was_written_as_csv_should_be_is_read_as_it_was(rows):
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows([["Name", "Town"]] * 100 + rows)
    assert [list(row) for row in read_rows(file.getvalue())[100:]] == rows


@given(st.binary(max_size=300))
def test_any_bytes_are_read_as_rows_of_text(data):
    assert all(isinstance(cell, str) for row in read_rows(data) for cell in row)


def test_rows_can_be_read_again():
    rows = TextRows(io.BytesIO(CAFE.encode()))
    assert next(iter(rows)) == ("Name", "Town")
    assert list(rows) == list(rows) == [("Name", "Town"), ("The Bridge Café", "Hyde")]


def test_a_letter_cut_in_two_between_two_blocks_is_one_letter(monkeypatch):
    monkeypatch.setattr("engage.dedupe.reading._BLOCK", 1)
    assert read_rows(CAFE)[1] == ("The Bridge Café", "Hyde")
