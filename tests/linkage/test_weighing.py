"""The scales show what the night weighed, and the picture of it opens without a network."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from engage.linkage.chart import waterfall_page
from engage.linkage.weighing import weigh
from engage.model import Decision

from .sample import SETTINGS, contact, employer, linked, record, two_tabs

pytestmark = pytest.mark.slow

ROWS = two_tabs()
TEXTS = [
    employer("R-1", "Zarvek Tooling", Phone="+441614960101", Town="Hyde"),
    record("R-2", "Engagements", "College", Employer="Zarvek Toolng"),
    contact("R-3", "Jo Whittle", "Zarvek Tooling", Email="jo@zarvek.example"),
    record("R-4", "Engagements", "College", Employer="Zarvek Tooling", Contact="J Whittle"),
]


@pytest.fixture(scope="module")
def night():
    return linked(*ROWS)


@pytest.fixture(scope="module")
def page(night):
    pair = max((p for p in night.pairs if p.band == "review"), key=lambda p: p.weight)
    weighed = weigh(pair.a, pair.b, ROWS, night, SETTINGS)
    return waterfall_page(weighed, "R-1 and R-2", {"Tonight:": "they are <asked> about"})


def adds_up(pair, weighed):
    parts = weighed.start + weighed.extra + sum(bits for _, bits in weighed.parts)
    return weighed.pair == pair and parts == pytest.approx(pair.weight, abs=1e-5)


def test_every_pair_of_the_night_is_weighed_as_the_night_weighed_it(night):
    pairs = night.pairs[:: max(1, len(night.pairs) // 12)]
    spaced = [pair for pair in night.pairs if pair.a == "R-E034#0"]  # "Green Line", one name with Greenline
    assert [p for p in {*pairs, *spaced} if not adds_up(p, weigh(p.b, p.a, ROWS, night, SETTINGS))] == []


def test_a_free_text_is_weighed_with_what_it_brings():
    night = linked(*TEXTS)
    assert {pair.kind for pair in night.pairs} == {"employer", "person"}
    assert all(adds_up(pair, weigh(pair.a, pair.b, TEXTS, night, SETTINGS)) for pair in night.pairs)


def test_a_name_that_answers_have_told_apart_is_weighed_by_itself():
    rows = [
        employer("R-1", "Zarvek Tooling"),
        contact("R-2", "Chris Hall", "Zarvek Tooling", Email="c.hall@zarvek.example"),
        contact("R-3", "Christopher Hall", "Zarvek Tooling", Email="christopher@zarvek.example"),
        record("R-4", "Engagements", "Council", Employer="Zarvek Tooling", Contact="C Hall"),
        record("R-5", "Engagements", "College", Employer="Zarvek Tooling", Contact="C Hall"),
    ]
    said = (
        Decision("R-2#1", "R-4#1", "person", "Same", "2026-05-01T10:00", by="Council"),
        Decision("R-3#1", "R-5#1", "person", "Same", "2026-05-02T10:00", by="College"),
    )
    weighed = weigh("R-3#1", "R-5#1", rows, linked(*rows, decisions=said), SETTINGS, said)
    assert (weighed.pair.a, weighed.pair.b) == ("R-3#1", "R-5#1")


def test_two_rows_that_share_nothing_are_weighed_too():
    rows = [employer("R-1", "Zarvek Tooling", Town="Hyde"), employer("R-2", "Brimlow Bakery", Town="Hull")]
    weighed = weigh("R-1#0", "R-2#0", rows, linked(*rows), SETTINGS)
    assert weighed.pair.band == "apart"
    assert [words for words, _ in weighed.parts] == ["but the names are unlike", "but in different places"]


def test_the_reasons_stand_strongest_first_and_what_speaks_against_them_last(night):
    pair = night.pairs[0]
    bits = [bits for _, bits in weigh(pair.a, pair.b, ROWS, night, SETTINGS).parts]
    speaks_for, against = [b for b in bits if b > 0], [b for b in bits if b <= 0]
    assert bits == sorted(speaks_for, reverse=True) + sorted(against)


def test_an_employer_and_a_person_are_no_pair(night):
    assert weigh(ROWS[0].record_id + "#0", "R-C001#1", ROWS, night, SETTINGS) is None
    assert weigh("R-NOBODY1#0", ROWS[0].record_id + "#0", ROWS, night, SETTINGS) is None


def test_the_picture_fetches_nothing_and_sends_nothing(page):
    assert not re.search(r"""\b(?:src|href)\s*=\s*["']?\s*(?:https?:)?//""", page)
    assert "cdn." not in page
    assert '"editor": false' in page
    assert "&lt;asked&gt;" in page


def test_the_picture_holds_no_cell_of_any_row(night):
    for pair in night.pairs[::10]:
        page = waterfall_page(weigh(pair.a, pair.b, ROWS, night, SETTINGS), f"{pair.a} and {pair.b}", {})
        spec = page[page.rindex("vegaEmbed(document") :]
        cells = {text for row in ROWS for text in row.typed.values() if len(text) > 5}
        assert not [text for text in cells if text in spec]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("chromium"), reason="draws it in Chromium")
def test_the_picture_draws_itself_in_a_browser_without_a_network(page, tmp_path: Path):
    file = tmp_path / "chart.html"
    file.write_text(page, "utf-8")
    alone = ["--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]
    own = [f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=8000", "--dump-dom"]
    ran = subprocess.run(
        ["chromium", *alone, *own, file.as_uri()], capture_output=True, text=True, timeout=90, check=True
    )
    assert re.search(r'<div id="splink-chart-[^"]*"[^>]*><(?:canvas|div|details)', ran.stdout)
    assert "<canvas" in ran.stdout
