"""Files and cells made to do harm: each is refused in plain words, or read without doing any."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.errors import EngageError, WorkbookUnreadable
from engage.model import Snapshot, Tab
from engage.register.read import Source, read_workbook
from engage.workbook.xlsx import XlsxWorkbook
from tests.partnership import SCHEMA

from .hostile import ATTACKS, SHEET, STRINGS, packed, usual

SOAK = bool(os.environ.get("ENGAGE_SOAK"))
# What an office program would open as well is read; nothing else of the file is followed.
READ = {
    "a cell in the last corner", "a merge of the whole sheet", "no sheets",
    "nested a hundred thousand deep", "a name that climbs out", "a number that is none",
}  # fmt: skip


PARTS = usual()  # made once: its time stamps are of the moment
PLAIN = packed(PARTS)


def opened(folder: Path, data: bytes) -> Snapshot:
    path = folder / "hostile.xlsx"
    path.write_bytes(data)
    return XlsxWorkbook("hostile", path).read()


@pytest.mark.parametrize("how", [name for name in ATTACKS if name not in READ])
def test_a_file_made_to_do_harm_is_refused_in_plain_words(tmp_path, how):
    with pytest.raises(WorkbookUnreadable) as told:
        opened(tmp_path, packed(ATTACKS[how](usual())))
    assert told.value.fix


@pytest.mark.parametrize("how", sorted(READ))
def test_an_odd_file_that_a_program_would_open_is_read_and_nothing_outside_it(tmp_path, how):
    found = str(opened(tmp_path, packed(ATTACKS[how](usual()))))
    assert "root:" not in found
    assert [path.name for path in tmp_path.parent.rglob("outside*")] == []


@settings(max_examples=4_000 if SOAK else 60)
@given(st.data())
def test_a_file_with_bytes_changed_anywhere_is_read_or_refused_and_never_crashes(tmp_path_factory, data):
    raw = bytearray(PLAIN)
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with suppress(EngageError):
        opened(tmp_path_factory.mktemp("fuzz"), bytes(raw))


@settings(max_examples=4_000 if SOAK else 60)
@given(st.sampled_from([SHEET, STRINGS, "xl/workbook.xml", "xl/styles.xml"]), st.data())
def test_a_part_with_words_changed_is_read_or_refused_and_never_crashes(tmp_path_factory, part, data):
    parts = dict(PARTS)
    text = parts[part]
    at = data.draw(st.integers(0, len(text)))
    odd = data.draw(
        st.sampled_from([b'"', b"<", b"-1", b"99999999999999", b"XFD", b"&#0;", b"&a;", b"\x00", b"</c>"])
    )
    parts[part] = text[:at] + odd + text[at + data.draw(st.integers(0, 6)) :]
    with suppress(EngageError):
        opened(tmp_path_factory.mktemp("fuzz"), packed(parts))


WORDS = ["=HYPERLINK(\"http://x.example\")", "@SUM(A1)", "+1-1", "-2+3", "\t=1", "1e999999", "9" * 400,
         "31/02/2026", "\u202egnp.exe", "\x00", "🧵" * 30, "a;" * 500, "#REF!", "NaN", "-0"]  # fmt: skip
ODD = st.one_of(st.text(max_size=40), st.sampled_from(WORDS))


@settings(max_examples=2_000 if SOAK else 40)
@given(st.sampled_from([spec.title for spec in SCHEMA.staff_tabs()]), st.data())
def test_any_text_in_any_cell_of_any_tab_is_understood_or_asked_about(title, data):
    headings = SCHEMA.tabs[title].headings
    row = tuple(data.draw(st.lists(ODD, min_size=len(headings), max_size=len(headings))))
    snapshot = Snapshot("hub", (Tab(title, (tuple(headings), row)),))
    for reading in read_workbook(snapshot, SCHEMA, Source("hub"), today=date(2026, 11, 16)):
        for record in reading.records:
            assert all(isinstance(value, str) for value in record.clean.values())
