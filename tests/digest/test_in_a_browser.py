"""The digest in a real browser: at the widths of a mail window and a phone, by day and by night."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from engage.digest.render import render

from .test_attacks import digests
from .test_digest import crowd, digest_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--virtual-time-budget=2000",
]  # fmt: skip
DARK = "--blink-settings=preferredColorScheme=0"
MEASURE = """
<script>
window.onload = () => {
  const view = document.querySelector("iframe").contentWindow, page = view.document;
  const texts = [...page.querySelectorAll("h1, h2, h3, p, td, th, a, span")].filter((e) => e.innerText);
  const colour = (e) => view.getComputedStyle(e).color.match(/\\d+/g).map(Number);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = view.getComputedStyle(e).backgroundColor.match(/[\\d.]+/g).map(Number);
      if (c.length < 4 || c[3] > 0) return c.slice(0, 3);
    }
    return view.matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255];
  };
  const light = (c) => {
    const linear = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = c.map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (e) => {
    const [a, b] = [light(colour(e)), light(ground(e))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  const own = texts.filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
  const faint = own.map((e) => [contrast(e), e.innerText.slice(0, 40)]).sort((x, y) => x[0] - y[0])[0];
  document.title = JSON.stringify({
    wide: page.documentElement.scrollWidth, inside: view.innerWidth, texts: own.length,
    contrast: faint[0], faintest: faint[1], ground: light(ground(page.body)),
  });
};
</script>
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium; the CI script installs it"),
]


def measured(page: str, width: int, folder: Path, *flags: str) -> dict[str, float]:
    """What a browser makes of a page in a window of this width."""
    frame = f'<iframe width="{width}" height="4000" style="border:0" srcdoc="{html.escape(page)}"></iframe>'
    path = folder / "frame.html"
    path.write_text(f"<!doctype html><title>-</title>{frame}{MEASURE}", encoding="utf-8")
    command = [
        str(CHROMIUM),
        *FLAGS,
        *flags,
        f"--user-data-dir={folder / 'profile'}",
        "--dump-dom",
        path.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    title = re.search(r"<title>(.*?)</title>", done.stdout, re.DOTALL)
    assert title, done.stderr[-500:]
    return json.loads(html.unescape(title.group(1)))


@pytest.mark.parametrize("flags", [(), (DARK,)], ids=["light", "dark"])
@pytest.mark.parametrize("width", [600, 360])
def test_the_fullest_digest_fits_its_window_and_can_be_read(tmp_path, width, flags):
    assert_fits(render(digest_of(crowd(40))).html, width, tmp_path, flags)


def test_words_that_are_longer_than_a_phone_is_wide_are_broken(tmp_path):
    assert_fits(render(next(digests("christopher.cheung.of." * 12))).html, 360, tmp_path, ())


def assert_fits(page: str, width: int, folder: Path, flags: tuple[str, ...]) -> None:
    told = measured(page, width, folder, *flags)
    assert told["texts"] > 50
    assert told["wide"] <= told["inside"] == width
    assert told["contrast"] >= 4.5, told["faintest"]  # WCAG 2.2, 1.4.3 AA
    assert (told["ground"] < 0.2) == bool(flags)
