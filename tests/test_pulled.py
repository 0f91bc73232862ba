"""A workbook as a night finds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engage.cache import Cache
from engage.config import GoogleSheet, Source
from engage.errors import WorkbookError
from engage.model import Snapshot
from engage.pulled import pull_workbook
from engage.workbook.memory import MemoryWorkbook

SOURCE = Source("marlbeck", GoogleSheet("1abcdefghijklmnopqrstuvwxyz"))


class Unopened(MemoryWorkbook):
    """As a Google Sheet: what people call it is known from its own answer, a refusal too."""

    in_bin = False

    def read(self) -> Snapshot:
        """Everything in it; its title is known from now on."""
        self.title = "Marlbeck's own"
        if self.in_bin:
            raise WorkbookError("this spreadsheet is in the bin", where=self.title, fix="restore it")
        return super().read()


@pytest.mark.parametrize("in_bin", [False, True])
def test_a_workbook_is_called_what_people_call_it_also_when_it_could_not_be_used(
    tmp_path: Path, in_bin: bool
):
    workbook = Unopened("marlbeck")
    workbook.in_bin = in_bin
    pulled = pull_workbook(SOURCE, workbook, Cache(tmp_path / "cache.sqlite"))
    assert (pulled.title, pulled.problem is None) == ("Marlbeck's own", not in_bin)
