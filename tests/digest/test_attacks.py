"""Cells that attack: whatever is typed anywhere, a digest shows it as text, in its place and not too long."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import html5lib
import pytest

from engage.digest.build import build_digest
from engage.digest.links import Links, is_safe_href
from engage.digest.model import Digest
from engage.digest.readers import MY_AGENCY, MY_EMPLOYERS, MY_SECTORS, Reader
from engage.digest.render import MOST_BYTES, Rendered, render
from engage.ledger import Send
from engage.mail.message import Letter, Sender, build_message
from tests.insight.sample import COLLEGE, rich_facts

from .test_digest import Page

pytestmark = pytest.mark.slow

WHEN = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
RUTH = "ruth.hale@harwick.example"
ATTACKS = {
    "a header": "Hi\r\nBcc: everybody@evil.example\r\n\r\nbody",
    "an encoded word": "=?utf-8?q?Hi=0ABcc:_everybody@evil.example?=",
    "a script": "<script>alert(1)</script><img src=x onerror=alert(1)>\"' onmouseover=alert(1) x='",
    "an end of the page": "</td></tr></table></body></html><h1>New page</h1><!--",
    "a style": "</style><style>body{display:none}</style><!--[if mso]>gone<![endif]-->",
    "a link": 'javascript:alert(1) <a href="javascript:alert(1)">x</a> [x](javascript:x) data:text/html,x',
    "a template": "{{ 7*7 }}{% raw %}{{ digest.__class__ }}{% endraw %}{# #}${7*7}#{7*7}<%= 7*7 %>",
    "a formula": '=HYPERLINK("https://evil.example","Click")&cmd|\'/c calc\'!A1',
    "right to left": "\u202egnp.exe\u202c \u2066\u2067x\u2069 \u200f\u200e\u061c",
    "invisible": "a\u200b\u200c\u200d\ufeff\u00adb\x00\x07\x1b[31m\u2028\u2029c",
    "very long": "word " * 10_000,
    "very long without a space": "x" * 50_000,
    "very long in the margins": "\ud7ff\U0001f600" * 25_000,
}
KEPT = {
    "record_id", "agency", "workbook", "row", "employer_id", "person_id", "Status", "Stage", "First seen",
    "Last contact",
}  # fmt: skip
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def attacked(text: str, *, agencies: bool = False):
    """The rich sample with this text in every cell that does not decide what the row is."""
    facts = rich_facts()

    def spoilt(frame):
        made = frame.copy()
        for heading in made.columns:
            if heading not in KEPT or (agencies and heading == "agency"):
                made[heading] = [cell if DAY.match(str(cell)) else text for cell in made[heading]]
        return made

    who = {"agency": text} if agencies else {}
    reads = tuple(replace(read, problem=text, **who) for read in facts.reads)
    return replace(
        facts,
        tables={tab: spoilt(frame) for tab, frame in facts.tables.items()},
        employers=spoilt(facts.employers),
        reads=reads,
        partnership=text,
        run_id=text,
    )


READERS = {
    about: lambda text, about=about: Reader(
        text, RUTH, COLLEGE, about=about, sectors=(text,), sections=(text,), stands_in_for=text, contacts=True
    )
    for about in ("Everything", MY_AGENCY, MY_SECTORS, MY_EMPLOYERS)
}


def digests(text: str):
    for make in READERS.values():
        yield build_digest(attacked(text), make(text), Links("https://sheets.example/d/1"))
    other = replace(READERS["Everything"](text), agency=text)
    yield build_digest(attacked(text, agencies=True), other, Links("https://sheets.example/d/1"))


@pytest.mark.parametrize("text", ATTACKS.values(), ids=ATTACKS)
def test_whatever_stands_in_a_cell_the_digest_is_harmless(text):
    for digest in digests(text):
        out = render(digest)
        check_page(out, digest)
        check_text(out)
        check_message(digest, out)


def test_template_syntax_in_a_cell_is_shown_as_it_was_typed():
    out = render(build_digest(attacked("{{ 7*7 }}{% raw %}"), READERS["Everything"]("x"), Links("")))
    for words in (Page(out.html).text, out.text):
        assert "{{ 7*7 }}{% raw %}" in words
        assert "49" not in words


def test_a_formula_is_words_in_a_mail_and_no_link():
    formula = ATTACKS["a formula"]
    out = render(build_digest(attacked(formula), READERS["Everything"]("x"), Links("")))
    assert formula[:40] in Page(out.html).text
    assert Page(out.html).links == []


def check_page(out: Rendered, digest: Digest) -> None:
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(out.html)
    elements = list(document.iter())
    assert {"script", "img", "iframe", "object", "form", "input"}.isdisjoint(str(one.tag) for one in elements)
    assert len(out.html.encode()) <= MOST_BYTES
    for one in elements:
        assert not any(name.startswith("on") for name in one.attrib)
        assert "href" not in one.attrib or is_safe_href(one.attrib["href"])
    assert [one.tag for one in elements].count("h1") == 1
    assert all(link.startswith(("https://sheets.example/", "mailto:")) for link in Page(out.html).links)


def check_text(out: Rendered) -> None:
    assert max(len(line) for line in out.text.splitlines()) < 400
    assert unseen(out.text) | unseen(out.html) <= {"\n"}


def unseen(text: str) -> set[str]:
    return {char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}


def check_message(digest: Digest, out: Rendered) -> None:
    send = Send(RUTH, digest.edition, digest.period)
    letter = Letter(send, digest.reader, digest.subject, out.html, out.text, WHEN)
    raw = build_message(letter, Sender(digest.partnership, "digest@harwick.example")).as_bytes()
    got = message_from_bytes(raw, policy=policy.default)
    assert got["Bcc"] is None
    assert [one.addr_spec for one in got["To"].addresses] == [RUTH]
    assert len(got["Subject"]) <= 180
    assert len(got["From"]) < 300
    assert max(len(line) for line in raw.split(b"\r\n")) < 998
    assert unseen(got["Subject"]) == set()
