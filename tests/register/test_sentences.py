"""Every doubt says what is wrong and what to do, in two plain sentences."""

import re
from datetime import date

import pytest

from engage.register.reading import Doubt
from engage.register.values import Context, reader_for, wordings_of
from engage.schema import load_schema

from .sample import read

SENTENCE = re.compile(r"[A-Z“\"0-9].*[.?]$", re.DOTALL)
SCHEMA = load_schema()
BAD = (
    *("zzz qqq", "99", "0", "31/02/2026", "March", "2026", "Autumn", "2025/26", "45000", "Q3 2026", "1110"),
    *("SK14 5QO", "SK14", "jo,firm", "jo@gmial.com", "jo@ten,com", "1614960101", "12345", "yes, in June"),
    *("GB123456789", "1990017", "123", "2026-10-01", "AB123456C", "do not contact", "fine by me", "4 oclock"),
    *("=1/0", "#REF!"),
)


def every_doubt() -> set[Doubt]:
    lists = {"Sectors": ("Care",), "Engagement type": ("Visit",)}
    context = Context(
        date(2026, 11, 16), SCHEMA.blanks, "GB", {"council": "Council"}, lists, wordings_of(SCHEMA)
    )
    columns = [column for tab in SCHEMA.staff_tabs() for column in tab.columns]
    return {doubt for column in columns for text in BAD for doubt in reader_for(column, context)(text).doubts}


def test_every_doubt_says_what_is_wrong_and_what_to_do():
    doubts = every_doubt()
    assert len({doubt.kind for doubt in doubts}) > 20
    faults = [
        s for d in doubts for s in (d.what, d.remedy) if not SENTENCE.fullmatch(s) or d.what == d.remedy
    ]
    assert faults == []


def test_there_is_no_doubt_without_a_remedy():
    with pytest.raises(TypeError):
        Doubt("kind", "Something is wrong.")  # type: ignore[call-arg]


def test_a_sentence_names_a_column_as_its_sheet_heads_it():
    head = ("Full name", "Organisation", "Email", "Remarks")
    reading = read(head, ("Jo Oak", "", "", "please do not ring"), title="Contacts")
    told = {finding.kind: finding.wrong for finding in reading.findings}
    assert told["missing"].startswith("Organisation is empty")
    assert told["objection"].startswith("Remarks reads like an objection")
