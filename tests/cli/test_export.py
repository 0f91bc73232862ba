"""engage export contacts writes a list of those who may be contacted, and says why the others may not."""

from __future__ import annotations

import json

import openpyxl
import pytest
from click.testing import CliRunner

from cli import export, main
from engage.config import HUB
from engage.pipeline import look
from tests.partnership import COUNCIL, NOW, row_of
from tests.privacy.planted import Planted


@pytest.fixture
def town(tmp_path, monkeypatch):
    usual = {"Employer": "Ember Digital Ltd", "Agency": COUNCIL}
    rows = [
        row_of("Contacts", First_name="Ada", Last_name="Marsh", Email="ada@ember.example", **usual),
        row_of("Contacts", First_name="Ben", Last_name="Stone", Email="ben@ember.example",
               Do_not_contact="Marketing", **usual),
    ]  # fmt: skip
    town = Planted(tmp_path, Contacts=rows, Engagements=[])
    night = look(town.partnership, now=NOW)
    monkeypatch.setattr(export, "look_at", lambda *_: (town.partnership, night, night.facts[HUB]))
    return town


def test_whoever_objects_stands_in_the_list_of_those_left_out_and_in_no_other(town, tmp_path):
    out = tmp_path / "list.xlsx"
    told = CliRunner().invoke(main, ["export", "contacts", "--out", str(out), "--json"])
    assert json.loads(told.stdout)["left_out"]["objects to marketing"] == 1
    book = openpyxl.load_workbook(out)
    texts = {sheet.title: str(list(sheet.values)) for sheet in book}
    assert "ada@ember.example" in texts["Contacts"]
    assert "ben@ember.example" not in "".join(texts.values())


def test_the_list_lies_in_the_state_folder_unless_another_file_is_named(town):
    told = CliRunner().invoke(main, ["export", "contacts", "--purpose", "service"])
    assert "objects to marketing" not in told.stdout
    (path,) = (town.config.state / "exports").glob("*.xlsx")
    assert path.name in told.stdout
