"""The report's charts in a real browser: every word is seen whole, every bar as long as its number says."""

from __future__ import annotations

import html
import json
import re
import subprocess
from pathlib import Path

import pytest

from engage.report.model import Drawing
from engage.report.page import render_page
from engage.report.svg import svg_of
from tests.digest.test_in_a_browser import CHROMIUM, FLAGS

from .test_build import report_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium; the CI script installs it"),
]
MEASURE = """
<script>
window.onload = () => {
  const view = document.querySelector("iframe").contentWindow, page = view.document;
  const box = (e) => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const one = (svg) => ({
    title: svg.querySelector("title").textContent, frame: box(svg),
    names: [...svg.querySelectorAll("text.name")].map((e) => [box(e), e.firstChild.data]),
    values: [...svg.querySelectorAll("text.value")].map((e) => [box(e), e.textContent]),
    bars: [...svg.querySelectorAll("rect")].map(box),
    key: [...svg.querySelectorAll("rect[height='11']")].map((e) => e.getAttribute("fill")),
  });
  document.title = JSON.stringify({
    wide: page.documentElement.scrollWidth, inside: view.innerWidth,
    charts: [...page.querySelectorAll("svg.chart")].map(one),
  });
};
</script>
"""
WIDEST = Drawing(
    "Names as wide as they come",
    ("W" * 60, "Quayside Hotel and Conference Centre (Harwick)", "A"),
    (
        ("Overdue or red", (1234567, 40, 0)),
        ("At risk", (1000000, 39.5, 1)),
        ("On track", (9, 8, 7)),
        ("Complete", (6, 5, 4)),
    ),
)


def seen(page: str, width: int, folder: Path) -> dict[str, object]:
    """What a browser makes of the charts of a page in a window of this width."""
    frame = f'<iframe width="{width}" height="9000" style="border:0" srcdoc="{html.escape(page)}"></iframe>'
    path = folder / "frame.html"
    path.write_text(f"<!doctype html><title>-</title>{frame}{MEASURE}", encoding="utf-8")
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={folder / 'profile'}", "--dump-dom", path.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    title = re.search(r"<title>(.*?)</title>", done.stdout, re.DOTALL)
    assert title, done.stderr[-500:]
    return json.loads(html.unescape(title.group(1)))


def inside(one: list[float], other: list[float]) -> bool:
    return (
        one[0] >= other[0] - 1
        and one[1] >= other[1] - 1
        and one[2] <= other[2] + 1
        and one[3] <= other[3] + 1
    )


def touch(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] - 2 and other[1] < one[3] - 2


def page_with(*drawings: Drawing) -> str:
    """The report's page, its style and all, with these drawings in front of its own."""
    page = render_page(report_of())
    return page.replace("<main", f"{''.join(map(svg_of, drawings))}<main", 1)


@pytest.mark.parametrize("width", [1200, 800, 375])
def test_no_word_of_a_chart_is_cut_off_or_lies_on_a_bar_or_on_another_word(width, tmp_path):
    found = seen(page_with(WIDEST), width, tmp_path)
    assert len(found["charts"]) > 3
    assert found["wide"] <= found["inside"]
    for chart in found["charts"]:
        assert len(set(chart["key"])) == len(chart["key"]), "each series has a colour of its own"
        words = [*chart["names"], *chart["values"]]
        assert [word for at, word in words if not inside(at, chart["frame"])] == [], chart["title"]
        assert [word for at, word in words if any(touch(at, bar) for bar in chart["bars"])] == []
        boxes = [at for at, _ in words]
        assert not any(touch(one, other) for n, one in enumerate(boxes) for other in boxes[n + 1 :])


def test_bars_begin_at_one_edge_and_are_as_long_as_their_numbers(tmp_path):
    drawing = Drawing("Lengths", ("A", "B", "C"), (("Count", (100, 50, 25)),))
    chart = next(
        one for one in seen(page_with(drawing), 1000, tmp_path)["charts"] if one["title"] == "Lengths"
    )
    lengths = [right - left for left, _, right, _ in chart["bars"]]
    assert len({left for left, *_ in chart["bars"]}) == 1
    assert lengths[0] / lengths[1] == pytest.approx(2, rel=0.02)
    assert lengths[0] / lengths[2] == pytest.approx(4, rel=0.02)
