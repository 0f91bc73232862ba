"""The page: valid, whole in itself, harmless whatever the cells say, and right on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.errors import ReportError
from engage.report.cells import shown
from engage.report.model import Drawing, Report
from engage.report.page import MOST_ROWS, css_string, render_page
from engage.report.svg import WIDTH, bar_of, svg_of
from engage.schema import Column
from tests.digest.test_digest import Page
from tests.digest.test_in_a_browser import CHROMIUM, FLAGS
from tests.insight.sample import COLLEGE, facts_of_all, make_facts

from .test_build import report_of

ATTACK = "<script>alert(1)</script>{{ 7 * 7 }}\"'><img src=x onerror=alert(1)>"


def strictly(html: str) -> None:
    html5lib.HTMLParser(strict=True).parse(html)


def test_it_is_valid_loads_nothing_and_its_links_stay_inside():
    html = render_page(report_of())
    strictly(html)
    page = Page(html)
    assert page.links
    assert all(link.startswith("#") for link in page.links)
    assert not re.search(r"\b(src|srcset|background|action)=|@import|url\(", html)
    for link in page.links:
        assert f'id="{link[1:]}"' in html


def test_its_headings_go_down_step_by_step_and_every_table_has_scopes():
    html = render_page(report_of())
    assert Page(html).headings[:2] == ["h1", "h2"]
    assert html.count("<h1") == 1
    assert '<html lang="en-GB">' in html
    assert not re.search(r"<th(?! scope=)[ >]", html)


def test_every_sentence_figure_and_cell_stands_on_it():
    report = report_of()
    seen = Page(render_page(report)).text
    for section in report.sections:
        assert section.says in seen
        assert all(f"{figure.text} {figure.label}" in seen for figure in section.figures)
        for grid in section.grids:
            cells = [
                shown(cell, column)
                for row in grid.rows
                for cell, column in zip(row, grid.columns, strict=True)
                if cell != ""
            ]
            assert all(cell in seen for cell in cells)


def test_cells_that_attack_are_words_and_nothing_else():
    row = {"Target": ATTACK, "Measure": "Engagements", "At least": "3", "By": "2027-01-01"}
    talk = {"Date": "2026-11-17", "Status": "Done", "Employer": "Acorn", "Type": ATTACK, "agency": ATTACK}
    facts = make_facts({"Targets": [row], "Engagements": [talk], "Key messages": [{"Text": ATTACK}]})
    html = render_page(report_of(replace(facts, partnership=ATTACK)))
    strictly(html)
    assert "<script" not in html
    assert "<img" not in html
    assert not re.search(r"(?<![-0-9])49", Page(html).text)  # "2049" and "10-49" are no sum of ours
    assert html.count("&lt;script&gt;") > 3


def test_a_long_table_is_cut_and_says_that_the_spreadsheet_has_the_rest():
    talks = [
        {"Date": "2026-11-17", "Status": "Done", "Employer": "Acorn", "Type": f"Type {number}", "agency": "A"}
        for number in range(MOST_ROWS + 12)
    ]
    assert "and 12 more rows" in Page(render_page(report_of(make_facts({"Engagements": talks})))).text


def test_a_partnership_may_restyle_it_and_a_broken_template_is_said(tmp_path):
    own = tmp_path / "report.html"
    own.write_text(
        '{% extends "shipped/report.html" %}{% block short %}<p>Our words</p>{% endblock %}', "utf-8"
    )
    seen = Page(render_page(report_of(), templates=tmp_path)).text
    assert "Our words" in seen
    assert "In short" not in seen
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "report.html").write_text("{{ report.nothing }}", "utf-8")
    with pytest.raises(ReportError, match="cannot be filled"):
        render_page(report_of(), templates=broken)


def test_an_agencys_report_says_whose_eyes_it_is_for():
    assert f"for {COLLEGE}" in Page(render_page(report_of(facts_of_all(audience=COLLEGE)))).text


@given(st.text(max_size=60))
def test_a_css_string_holds_any_text_and_never_ends_early(text):
    made = str(css_string(text))
    assert re.fullmatch(r'"(?:[A-Za-z0-9]|\\[0-9a-f]+ )*"', made)
    back = re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), made[1:-1])
    assert back == text


NAMES = st.lists(st.text(min_size=1, max_size=50), min_size=1, max_size=8, unique=True)


@given(NAMES, st.data())
def test_a_drawing_stays_in_its_frame_and_its_bars_are_as_long_as_their_numbers(names, data):
    numbers = data.draw(st.lists(st.integers(0, 10**6), min_size=len(names), max_size=len(names)))
    svg = svg_of(Drawing("A title", tuple(names), (("Count", tuple(numbers)),)))
    lengths = [float(found) for found in re.findall(r'<rect x="\d+" y="[\d.]+" width="([\d.]+)"', svg)]
    assert len(lengths) == sum(number > 0 for number in numbers)
    assert all(length <= WIDTH for length in lengths)
    positive = [number for number in numbers if number > 0]
    order = sorted(range(len(positive)), key=lambda at: positive[at])
    assert [lengths[at] for at in order] == sorted(lengths)
    assert (svg == "") == (not positive)


def test_a_drawing_of_two_series_names_them_and_says_its_numbers_to_who_cannot_see_it():
    svg = svg_of(Drawing("Signed & delivered", ("Visit", "<b>"), (("Signed", (3, 1)), ("Delivered", (1, 0)))))
    assert 'aria-label="Signed &amp; delivered. Visit: 3 signed, 1 delivered; &lt;b&gt;: 1 signed' in svg
    assert ">Delivered</text>" in svg
    assert "<b>" not in svg


def test_a_bar_of_a_row_is_seen_when_there_is_anything_and_never_longer_than_the_cell():
    widths = [re.search(r'width="([\d.]+)"', bar_of(share)) for share in (0, 0.01, 50, 180)]
    assert [float(found[1]) for found in widths if found] == [0, 0.8, 50, 100]


@pytest.mark.parametrize(
    ("cell", "kind", "said"),
    [
        (1204, "number", "1,204"),
        (45, "percent", "45%"),
        (50000, "money", "£50,000"),
        (2.5, "number", "2.5"),
        ("2026-11-22", "date", "22/11/2026"),
        ("", "number", ""),
        ("At risk", "text", "At risk"),
    ],
)
def test_a_cell_reads_as_its_columns_type_is_written(cell, kind, said):
    assert shown(cell, Column("Any", type=kind)) == said


# --- In a browser ---------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium; the CI script installs it")
def test_it_prints_on_a4_with_its_title_and_page_numbers_at_the_foot(tmp_path):
    many = [
        {"Date": "2026-11-17", "Status": "Done", "Employer": "Acorn", "Type": f"Type {n}", "agency": "Ash"}
        for n in range(70)
    ]
    report = report_of(make_facts({"Engagements": many}))
    pdf = printed(report, tmp_path)
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True, timeout=20).stdout
    assert "A4" in info
    pages = int(re.search(r"Pages:\s+(\d+)", info)[1])  # type: ignore[index]
    words = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True, timeout=20
    )
    sheets = words.stdout.split("\f")[:pages]
    assert pages > 2
    assert all(re.search(rf"{number} ?/ ?{pages}\n", sheet) for number, sheet in enumerate(sheets, 1))
    assert all(report.title in sheet for sheet in sheets)
    rows = [sheet for sheet in sheets if re.search(r"Type \d+ ", sheet)]
    assert all(re.search(r"^\s*(Type|Measure)\s", sheet, re.MULTILINE) for sheet in rows), (
        "headings are repeated"
    )


def printed(report: Report, folder: Path) -> Path:
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext, of poppler-utils")
    page, pdf = folder / "page.html", folder / "page.pdf"
    page.write_text(render_page(report), "utf-8")
    flags = [*FLAGS, f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer"]
    subprocess.run(
        [str(CHROMIUM), *flags, f"--print-to-pdf={pdf}", page.as_uri()],
        capture_output=True,
        check=True,
        timeout=60,
    )
    return pdf
