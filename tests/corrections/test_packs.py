"""A pack that counted a wrong merge is issued again: the first stays, the second says what changed, why."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest

from engage.corrections.packs import span_of_pack
from engage.corrections.standing import standing
from engage.insight.quarters import quarter_named
from engage.packing import issue_pack, packs_folder
from engage.report.packs import all_packs
from engage.report.revision import OTHER_ROWS
from engage.sharing import HUB
from tests.digest.test_editions import talk
from tests.partnership import SCHEMA, Town

from .wrong_merge import EMBER, KESTREL, TOM, desk_of, ledger_of, make_town, merge, send, split, week

pytestmark = pytest.mark.slow
LAST = quarter_named("2026/27-Q2")
TALKS = [talk("01/09/2026", EMBER), talk("02/09/2026", KESTREL, Type="Email"), talk("12/11/2026", EMBER)]


@pytest.fixture
def town(tmp_path):
    town = make_town(tmp_path, talks=TALKS)
    merge(town, week(0))
    return town


def issued(town: Town, number: int, **options: str):
    return issue_pack(desk_of(town, week(number)), SCHEMA, LAST, HUB, **options)


def document(pack) -> dict:
    return json.loads(pack.page.with_suffix(".json").read_text("utf-8"))


def in_short(pack) -> str:
    rows = openpyxl.load_workbook(pack.page.with_suffix(".xlsx"))["In short"].iter_rows(values_only=True)
    return "\n".join(" | ".join(str(cell) for cell in row if cell is not None) for row in rows)


def test_the_second_version_says_what_has_changed_and_why_and_the_first_is_as_it_was(town):
    first = issued(town, 0)
    before = {path: path.read_bytes() for path in first.folder.iterdir()}
    split(town, week(1))
    second = issued(town, 1, why="The council rang both firms.")
    assert (second.version, {path: path.read_bytes() for path in first.folder.iterdir()}) == (2, before)
    told = document(second)["revision"]
    changed = {one["label"]: (one["before"], one["now"]) for one in told["changes"]}
    assert changed["Employers spoken to"] == (1, 2)
    assert told["whys"][0] == "The council rang both firms."
    assert "are two employers: version 1 counted them as one, until 23 November 2026." in told["whys"][1]
    assert OTHER_ROWS not in told["whys"]
    for text in (second.page.read_text("utf-8"), in_short(second)):
        assert "takes the place of version 1" in text
        assert "The council rang both firms." in text
    assert "Now | Version 1\nEmployers spoken to | 2 | 1 | In figures" in in_short(second)
    assert document(first)["revision"] is None


def test_other_rows_that_count_too_are_not_put_down_to_the_merge(town):
    issued(town, 0)
    town.hub.insert_row("Engagements", 2, ["", *talk("03/09/2026", "Holt Roofing")])
    split(town, week(1))
    whys = document(issued(town, 1))["revision"]["whys"]
    assert len(whys) == 2
    assert whys[-1] == OTHER_ROWS


def test_a_version_without_any_difference_says_so(town):
    issued(town, 0)
    second = issued(town, 0)
    assert document(second)["revision"]["changes"] == []
    assert "Every figure and table is as it was." in second.page.read_text("utf-8")


def test_what_a_split_reached_stands_until_everybody_knows(town):
    send(town, week(0))
    issued(town, 0)
    split(town, week(1))
    (one,) = stand(town, 1)
    assert ([reader.email for reader in one.untold], len(one.reached.packs)) == (
        ["ruth@marlbeck.example", TOM],
        1,
    )
    assert "Employers without a sector: 5, not 4" in [moved.words for moved in one.reached.digests[0].moved]
    send(town, week(1))
    issued(town, 1)
    (one,) = stand(town, 1, minutes=1)
    assert (one.untold, one.reached.packs) == ((), ())


def stand(town: Town, number: int, minutes: int = 0):
    desk = desk_of(town, week(number) + timedelta(minutes=minutes))
    return standing(desk, ledger_of(town), all_packs(packs_folder(town.config)))


def test_a_pack_whose_period_is_counted_in_another_way_now_is_left_alone(town):

    pack = issued(town, 0)
    assert span_of_pack(pack, town.config) == LAST
    assert span_of_pack(pack, replace(town.config, year="calendar")) is None
