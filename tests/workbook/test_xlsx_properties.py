"""Laws of reading and writing, for any text that people may have."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engage.model import CellValue, Link
from engage.ports import GiveId, PublishTab
from engage.workbook.cells import Seen, storable, text_of, trim_grid
from engage.workbook.xlsx import XlsxWorkbook
from engage.workbook.xlsx.encoding import Encoder, hyperlink
from engage.workbook.xlsx.patching import CellPatch, patch_sheet
from engage.workbook.xlsx.reading import column_letters, column_number, read_sheet
from engage.workbook.xlsx.styles import Styles

from . import samples

QUICK = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TRICKY = st.sampled_from(
    [
        "=1+1",
        "+44",
        "-",
        "@x",
        "'",
        '"',
        "<c>",
        "&amp;",
        "]]>",
        "\n",
        " a ",
        "_x000D_",
        "__x0041_",
        "\t",
        "00123",
        "é" * 700,
    ]
)
TEXTS = st.one_of(TRICKY, st.text(max_size=12))
DATES = st.dates(date(1901, 1, 1), date(2199, 12, 31))
NUMBERS = st.one_of(st.integers(-(10**18), 10**18), st.floats(allow_nan=False, allow_infinity=False))
VALUES = st.one_of(
    TEXTS, DATES, NUMBERS, st.booleans(), TEXTS.map(lambda text: Link(text, "hub", "Employers", 2))
)
STYLES = Styles(str(samples.parts()["xl/styles.xml"]).encode())


def spell(link: Link) -> str:
    return hyperlink(f"#'{link.tab}'!A{link.row}", link.text)


ENCODER = Encoder(STYLES, spell)
ADDRESSES = st.tuples(st.integers(1, 7), st.integers(1, 8))


@QUICK
@given(st.dictionaries(ADDRESSES, VALUES, max_size=12), st.sampled_from([samples.EMPLOYERS, samples.REVIEW]))
def test_a_patched_sheet_reads_as_ordered_where_ordered_and_as_before_elsewhere(
    values: dict[tuple[int, int], CellValue], sheet: str
) -> None:
    xml, strings = sheet.encode(), [str(number) for number in range(13)]
    values = {at: storable(value) for at, value in values.items()}
    before = read_sheet(xml, strings, STYLES)
    patches = [CellPatch(*at, value) for at, value in values.items()]
    patched = patch_sheet(xml, patches, ENCODER).xml
    assert read_sheet(patched, strings, STYLES).rows == overlaid(before, values)
    old, new = samples.cells(xml), samples.cells(patched)
    assert {at: cell for at, cell in old.items() if at not in values} == {
        at: cell for at, cell in new.items() if at not in values
    }


def overlaid(seen: Seen, values: dict[tuple[int, int], CellValue]) -> tuple[tuple[str, ...], ...]:
    grid = [[*row, *[""] * (9 - len(row))] for row in [*seen.rows, *[()] * (8 - len(seen.rows))]]
    for (row, column), value in values.items():
        grid[row - 1][column - 1] = text_of(value)
    return trim_grid([tuple(row) for row in grid])


@QUICK
@given(st.lists(st.lists(VALUES, min_size=3, max_size=3), max_size=6))
def test_any_built_tab_reads_back_opens_elsewhere_and_is_the_same_the_second_time(
    rows: list[list[CellValue]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = samples.excel_like(Path(folder) / "a.xlsx")
        book = XlsxWorkbook("hub", path)
        body = tuple(tuple(row) for row in rows)
        wanted = trim_grid([("K", "V", "W"), *(tuple(text_of(storable(v)) for v in row) for row in body)])
        assert [o.status for o in book.apply([PublishTab("New", ("K", "V", "W"), body)])] == ["done"]
        tab = book.read().tab("New")
        assert tab is not None
        assert tab.rows == wanted
        again = book.apply([PublishTab("New", ("K", "V", "W"), body, expects=tab.rows)])
        assert [o.status for o in again] == ["same"]
        types = {cell.data_type for row in samples.opened(path)["New"].rows for cell in row}
        assert "f" not in types or any(isinstance(value, Link) for row in rows for value in row)


PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


@QUICK
@given(st.lists(st.lists(PLAIN, max_size=4), min_size=1, max_size=6))
def test_any_grid_written_by_another_library_is_read_as_typed(rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("T")
        for row in rows:
            cells = [openpyxl.cell.WriteOnlyCell(sheet, text) for text in row]
            for cell in cells:
                cell.data_type = "s"
            sheet.append(cells)
        book.save(Path(folder) / "a.xlsx")
        (tab,) = XlsxWorkbook("a", Path(folder) / "a.xlsx").read().tabs
        # A text such as _x0041_ is an escape in the format, which that library leaves as it finds it.
        if not any("_x" in text for row in rows for text in row):
            assert tab.rows == trim_grid([tuple(row) for row in rows])


@QUICK
@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=6), st.data())
def test_ids_land_only_in_rows_that_read_as_expected(names: list[str], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        book = openpyxl.Workbook()
        for row in [("Name", "Record ID"), *((name,) for name in names)]:
            book.active.append(row)  # type: ignore[union-attr]
        book.save(path)
        moved = data.draw(st.permutations(range(len(names))))
        intents = [GiveId("Sheet", 1, moved[at] + 2, (name,), f"R-{at}") for at, name in enumerate(names)]
        outcomes = XlsxWorkbook("a", path).apply(intents)
        rows = XlsxWorkbook("a", path).read().tabs[0].rows[1:]
        assert [row[0] for row in rows] == names
        given_ids = {row[1]: row[0] for row in rows if len(row) > 1}
        done = {f"R-{at}" for at, outcome in enumerate(outcomes) if outcome.status == "done"}
        assert set(given_ids) == done
        assert all(names[int(record_id[2:])] == name for record_id, name in given_ids.items())


@given(st.integers(1, 16_384))
def test_column_letters_count_as_spreadsheets_do(number: int) -> None:
    assert column_number(column_letters(number)) == number
