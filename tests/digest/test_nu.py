"""The pages by the validator of the HTML standard's own people: the Nu HTML Checker."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from engage.digest.build import build_digest
from engage.digest.links import Links
from engage.digest.look import Look, logo_of
from engage.digest.render import render
from tests.insight.sample import make_facts

from .test_attacks import ATTACKS, READERS, attacked
from .test_digest import READER, crowd, digest_of
from .test_look import png

JAVA = shutil.which("java")
JAR = Path(os.environ.get("VNU_JAR", ".venv/vnu/node_modules/vnu-jar/build/dist/vnu.jar"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(JAVA is None, reason="the Nu HTML Checker needs Java"),
    pytest.mark.skipif(not JAR.is_file(), reason="needs vnu-jar, which the CI script gets from npm"),
]


def pages():
    linked = Links("https://sheets.example/d/1", pause="mailto:pat@harwick.example?subject=pause")
    yield "rich", digest_of()
    yield "quiet", digest_of(make_facts())
    yield "full", digest_of(crowd(40), replace(READER, agency="Agency number 0 of the partnership"))
    yield "monthly", digest_of(reader=replace(READER, edition="monthly"))
    for about, make in READERS.items():
        yield about, build_digest(attacked(ATTACKS["a script"]), make("Food and drink"), linked)


def test_no_page_has_an_error_whatever_stands_in_the_cells(tmp_path):
    look = Look("#a3195b", logo_of(png(60, 30), "logo.png"))
    for name, digest in pages():
        (tmp_path / f"{name}.html").write_text(render(digest, look=look).html, "utf-8")
    command = [str(JAVA), "-jar", str(JAR), "--errors-only", "--format", "gnu", *map(str, tmp_path.iterdir())]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110, check=False)
    assert (done.returncode, done.stderr) == (0, "")
