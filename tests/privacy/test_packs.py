"""Reports that were issued: names go, figures stay, and the list of digests still holds."""

from __future__ import annotations

import json

from engage.erased.book import ErasedBook
from engage.erased.marks import marks_of
from engage.erased.matching import Matcher
from engage.erased.person import marks_in
from engage.model import Erased
from engage.report.packs import Pack, issue, versions
from engage.stores.in_packs import clear_packs
from engage.stores.store import Clear
from engage.workbook.plain_table import as_xlsx
from engage.workbook.xlsx.book import Book
from tests.partnership import Town

from .test_whose import HER

PAGE = "<td>Zyxandra Quillfeather</td><td>12 visits</td>\n<p>Zyxandra Quillfeather</p>\n"
FIGURES = {"title": "Quarter", "rows": [["Zyxandra Quillfeather", 12], ["Bob Marsh", 3]]}


def test_names_leave_a_pack_and_its_figures_and_digests_stay(tmp_path):
    town = Town(tmp_path)
    folder = tmp_path / "packs" / "2026-27-Q2" / "v1"
    pack = Pack(
        folder, "Quarter", "Marlbeck", "", 1, "2026-10-01T09:00", "2026-10-01T09:00", "2026-09-30", {}
    )
    rows = [["Person", "Visits"], ["Zyxandra Quillfeather", "12"], ["Bob Marsh", "3"]]
    files = {
        "q.html": PAGE.encode(),
        "q.json": json.dumps(FIGURES).encode(),
        "q.xlsx": as_xlsx({"T": rows}, [20, 20]),
    }
    issue(pack, files)
    book = ErasedBook({"": Erased("", "")}, Matcher(marks_of(marks_in(HER, lambda _: False))))
    clear = Clear(town.config, town.partnership.schema, town.partnership.cache, book)
    assert clear_packs(clear) == 3
    (found,) = versions(folder.parent)
    assert found.touched() == ()
    assert (folder / "q.html").read_text("utf-8") == PAGE.replace("Zyxandra Quillfeather", "[removed]")
    assert json.loads((folder / "q.json").read_text("utf-8"))["rows"] == [["[removed]", 12], ["Bob Marsh", 3]]
    table = Book((folder / "q.xlsx").read_bytes(), "q.xlsx")
    assert table.seen(table.sheets[0]).rows == (("Person", "Visits"), ("", "12"), ("Bob Marsh", "3"))
    (folder / "q.html").write_text("changed by somebody", "utf-8")
    assert versions(folder.parent)[0].touched() == ("q.html",)
    assert clear_packs(clear) == 0
