"""A departure from .xlsx files: nothing of the agency in any byte that we keep, and nobody's cell lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from engage.agencies import leaving
from engage.agencies.leaving import Departure, finish
from engage.agencies.toml import change_section
from engage.pipeline import Report
from engage.stores.departed import is_left_over
from tests.partnership import COLLEGE, COUNCIL, NOW, row_of
from tests.privacy.on_disk import DiskBook
from tests.privacy.planted import traces

from .on_paper import Changing

pytestmark = pytest.mark.slow

A_DAY = timedelta(days=1)
KESTREL = "kestrel"  # only the college knows this firm


class OnDisk(Changing):
    """The same town in .xlsx files, a copy of each from before and after every run."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, make=partial(_book, folder))

    def sync(self, now: datetime = NOW, **options: bool) -> Report:
        self._begin(now)
        return super().sync(now, **options)

    def leave(self, name: str, now: datetime = NOW) -> Departure:
        self._begin(now)
        return super().leave(name, now)

    def _begin(self, now: datetime) -> None:
        for book in self.books.values():
            book.at(book.path, book.name, now.strftime("%Y-%m-%dT%H%M%S"))


def _book(folder: Path, name: str, tabs: object, **options: object) -> DiskBook:
    return DiskBook(folder, name, tabs, **options)


@pytest.fixture
def town(tmp_path):
    town = OnDisk(tmp_path)
    ours = row_of("Employers", Employer="Zyxqwv Works", Agency=COUNCIL, Notes="ring Ms Bright")
    town.hub.insert_row("Employers", 2, ["", *ours])
    town.hub.insert_row("Mail stops", 2, ["01/11/2026", "gone@marlbeck.example", "asked us", "Tom"])
    for number in (0, 1):
        town.sync(NOW + number * A_DAY)
    return town


def texts(path: Path, tab: str) -> str:
    return str(list(openpyxl.load_workbook(path)[tab].iter_rows(values_only=True)))


def only_its_own_has_it(town: OnDisk, folder: Path) -> bool:
    """Whether what the college alone knows stands in its own workbook and nowhere else."""
    places = {place.partition(":")[0] for place in traces(town, folder, (KESTREL,))}
    return places <= {"college", "college.xlsx"}


def test_no_byte_of_what_we_keep_holds_what_it_kept(town, tmp_path):
    assert len(traces(town, tmp_path, (KESTREL,))) > 4
    before = town.college.rows("Firms")
    town.leave(COLLEGE, NOW + 2 * A_DAY)
    assert only_its_own_has_it(town, tmp_path)
    assert town.college.rows("Firms") == before


def test_what_staff_typed_stays_in_every_copy_of_the_hub(town, tmp_path):
    town.leave(COLLEGE, NOW + 2 * A_DAY)
    copies = sorted((tmp_path / "state" / "backups" / "hub").glob("*.xlsx"))
    assert copies
    for path in (*copies, tmp_path / "hub.xlsx"):
        assert "ring Ms Bright" in texts(path, "Employers")
        assert "gone@marlbeck.example" in texts(path, "Mail stops")


def remembered(path: Path) -> set[tuple[object, object]]:
    """Kind and key of every row of _engage."""
    book = openpyxl.load_workbook(path)
    return {row[:2] for row in book["_engage"].iter_rows(values_only=True)} if "_engage" in book else set()


def test_no_copy_of_the_hub_remembers_its_rows_but_that_somebody_objects(town, tmp_path):
    firms, people = town.hub.rows("Employers"), {"Last_name": "Marsh", "Employer": "Ember Digital Ltd"}
    for name, said in (("Ada", "All"), ("Ben", "")):
        row = row_of("Contacts", First_name=name, Agency=COUNCIL, Do_not_contact=said, **people)
        town.hub.insert_row("Contacts", 2, ["", *row])
    town.sync(NOW + 2 * A_DAY)
    (key,) = {row[0] for row in firms if "Zyxqwv Works" in row}
    (objector,) = {row[0] for row in town.hub.rows("Contacts") if "Ada" in row}
    town.leave(COUNCIL, NOW + 3 * A_DAY)
    copies = sorted((tmp_path / "state" / "backups" / "hub").glob("*.xlsx"))
    assert not any(("record", key) in remembered(path) for path in copies)
    assert ("objected", objector) in remembered(copies[-1])


def test_one_that_came_back_can_leave_again_and_nothing_of_it_is_kept(town, tmp_path):
    town.leave(COLLEGE, NOW + 2 * A_DAY)
    town.come_back(COLLEGE, NOW + 3 * A_DAY)
    town.sync(NOW + 3 * A_DAY)
    town.sync(NOW + 4 * A_DAY)
    town.leave(COLLEGE, NOW + 5 * A_DAY)
    assert only_its_own_has_it(town, tmp_path)


@pytest.mark.parametrize("cut", ["sync", "forget_agency"])
def test_a_departure_that_was_cut_off_is_finished_by_leaving_again(town, tmp_path, monkeypatch, cut):
    with monkeypatch.context() as patch:
        patch.setattr(leaving, cut, _cut_off)
        with pytest.raises(KeyboardInterrupt):
            town.leave(COLLEGE, NOW + 2 * A_DAY)
    town.reload()
    assert not only_its_own_has_it(town, tmp_path)
    (gone,) = town.config.departed
    assert is_left_over(town.config, town.partnership.cache, gone)
    assert finish(town.partnership, gone, now=NOW + 2 * A_DAY)
    assert only_its_own_has_it(town, tmp_path)
    assert not is_left_over(town.config, town.partnership.cache, gone)


SHARES = """
[[agency]]
name = "Night School"
key = "night"
workbook = "college.xlsx"
"""


def test_leaving_again_touches_no_copy_of_a_workbook_that_others_keep_too(town):
    change_section(town.config, COLLEGE, {"left": "2026-11-19"})
    alone = town.config.path.read_text("utf-8")
    assert _is_left_over(town, alone)
    assert not _is_left_over(town, alone + SHARES)


def _is_left_over(town: OnDisk, toml: str) -> bool:
    """Whether the college that left is seen as one whose departure was cut off, by these settings."""
    town.config.path.write_text(toml, "utf-8")
    town.reload()
    (gone,) = town.config.departed
    return is_left_over(town.config, town.partnership.cache, gone)


def _cut_off(*_: object, **__: object) -> None:
    raise KeyboardInterrupt
