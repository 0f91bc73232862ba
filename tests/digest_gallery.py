"""The pictures of docs/reference/digest-gallery.md: `python -m tests.digest_gallery DEMO`.

DEMO is the folder of `engage demo DEMO --today 2026-11-23`. Chromium draws each digest whole, cut into
columns; where Pillow is installed, the pictures are made a third as large.
"""

from __future__ import annotations

import contextlib
import html
import json
import re
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from cli.opening import open_partnership
from engage.config import load_config
from engage.desk import open_desk
from engage.digest.render import Rendered
from engage.insight.weeks import week_of
from engage.issues import Issues
from engage.recipients import who_reads

from .digest.test_in_a_browser import CHROMIUM, DARK, FLAGS

IMAGES = Path(__file__).parent.parent / "docs" / "images"
TALL = 1900  # pixels of a column
GAP = 20
# name → (whose digest, About, edition; how wide, by night?); as text where there is no width
PICTURES = {
    "digest-light-600": ("Everything", "weekly", 640, ()),
    "digest-dark-600": ("Everything", "weekly", 640, (DARK,)),
    "digest-light-360": ("Everything", "weekly", 360, ()),
    "digest-dark-360": ("My agency", "weekly", 360, (DARK,)),
    "digest-monthly-600": ("My sectors", "monthly", 640, ()),
    "digest-text": ("My agency", "weekly", 0, ()),
}
PLAIN = (
    "<body style='margin: 0; background: #fff'><pre style='font: 13px/18px monospace; margin: 16px'>{}</pre>"
)
SHEET = """<!doctype html><meta charset="utf-8"><title>-</title>
<body style="margin:0;background:#cfcbc2"><script>
const page = {page}, width = {width}, tall = {tall}, gap = {gap};
function column(at, from, to, height) {{
  const box = document.createElement("div"), frame = document.createElement("iframe");
  box.style.cssText = "position:absolute;top:0;overflow:hidden;" +
    `left:${{at * (width + gap)}}px;width:${{width}}px;height:${{to - from}}px`;
  frame.style.cssText = "border:0;position:absolute;left:0;" +
    `top:${{-from}}px;width:${{width}}px;height:${{height}}px`;
  frame.srcdoc = page; box.append(frame); document.body.append(box); return frame;
}}
const heads = one => /^H[1-3]$/.test(one.tagName) || /^about/.test(one.className);
function breaks(body, height) {{  // between lines, and never just below a heading
  const boxes = [...body.querySelectorAll("p, h1, h2, h3, th, td")]
    .filter(one => one.className == "key" || !one.querySelector("table"))
    .map(one => [one, one.getBoundingClientRect()]);
  const whole = y => boxes.every(([one, box]) => box.bottom <= y + 0.5 || box.top >= y - 0.5)
    && !boxes.some(([one, box]) => heads(one) && box.bottom <= y + 1 && box.bottom > y - 40);
  const tops = boxes.map(([one, box]) => Math.floor(box.top) - (one.tagName == "H2" ? 20 : 0)).filter(whole);
  const found = [0];
  while (height - found.at(-1) > tall) {{
    const last = found.at(-1), fitting = tops.filter(y => y > last + tall / 2 && y <= last + tall);
    const lines = (last ? 0 : 16) + Math.floor((tall - 16) / 18) * 18;  // of plain text
    found.push(fitting.length ? Math.max(...fitting) : last + lines);
  }}
  return [...found, height];
}}
const first = column(0, 0, tall, 12000);
first.onload = () => {{
  const inside = first.contentDocument;
  const height = inside.querySelector("table, pre").getBoundingClientRect().bottom + 24;
  const at = breaks(inside.body, height);
  first.style.height = height + "px";
  first.parentNode.style.height = at[1] + "px";
  for (let one = 1; one < at.length - 1; one++) column(one, at[one], at[one + 1], height);
  document.title = at.length - 1;
}};
</script></body>"""


def main(demo: Path) -> None:
    """Draw all of them, and the head of the first for the README."""
    pages = written(demo)
    for name, (about, edition, width, flags) in PICTURES.items():
        page = pages[about, edition]
        told = page.html if width else PLAIN.format(html.escape(page.text))
        draw(IMAGES / f"{name}.png", told, width or 640, *flags)
    head(IMAGES / "digest.png", pages["Everything", "weekly"].html)


def written(demo: Path) -> dict[tuple[str, str], Rendered]:
    """The demo's digests by what they are about and their edition, with links as from a Google Sheet."""
    config = load_config(demo / "engage.toml")
    night = max((demo / "outbox").glob("*.eml")).stem[:8]
    now = datetime.fromisocalendar(int(night[:4]), int(night[6:]) + 1, 1).replace(hour=8)
    assert week_of(now.date()).back(1).label == night
    desk = open_desk(open_partnership(config, now=now), now=now)
    issues = Issues(desk, config.mail.outbox)
    found = [issues.written(reader) for reader in who_reads(desk)[0]]
    return {(reader.about, reader.edition): page for reader, _, page in reversed(found)}


def draw(path: Path, page: str, width: int, *flags: str) -> None:
    """One page cut into columns."""
    sheet = SHEET.format(page=json.dumps(page).replace("</", "<\\/"), width=width, tall=TALL, gap=GAP)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sheet.html"
        file.write_text(sheet, "utf-8")
        told = run(folder, *flags, "--dump-dom", "--window-size=4000,2000", file.as_uri())
        columns = re.search(r"<title>(\d+)</title>", told)
        assert columns, told[-300:]
        size = f"{int(columns[1]) * (width + GAP) - GAP},{TALL}"
        shot(folder, path, size, file, *flags)


def head(path: Path, page: str) -> None:
    """The head of a page as a reader sees it first."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page, "utf-8")
        shot(folder, path, "602,986", file)


def shot(folder: str, path: Path, size: str, file: Path, *flags: str) -> None:
    run(folder, *flags, "--hide-scrollbars", f"--window-size={size}", f"--screenshot={path}", file.as_uri())
    with contextlib.suppress(ImportError):
        from PIL import Image  # noqa: PLC0415

        Image.open(path).convert("RGB").quantize(200, dither=Image.Dither.NONE).save(path, optimize=True)


def run(folder: str, *words: str) -> str:
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={folder}/profile", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


if __name__ == "__main__":
    main(Path(sys.argv[1]))
