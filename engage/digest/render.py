"""A Digest → HTML and plain text, by templates that a partnership may restyle without endangering anybody.

templates/digest.html and digest.txt are ours; a file of the same name in the partnership's own folder takes
its place, and may extend ours: {% extends "shipped/digest.html" %}. Templates run in a sandbox, an unknown
name is an error, everything is escaped, and only https, mailto and relative links come out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path

import css_inline
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from engage.digest.links import is_safe_href
from engage.digest.look import Look
from engage.digest.model import Digest
from engage.errors import DigestError

OURS = Look()
MOST_BYTES = 90_000  # Gmail cuts a message off at 102 KB
FEWER_ROWS = (20, 6, 4, 2)
# What a page would open or load, in the tags of Outlook's comments too.
_TAG = re.compile(r'<[a-zA-Z][^<>"]*(?:"[^"]*"[^<>"]*)*>')
_OPENS = re.compile(
    r"""\s(?:xlink:href|href|src|action|formaction|background|srcset|data|poster)=("[^"]*"|'[^']*')""",
    re.IGNORECASE,
)
_INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, minify_css=True)
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True, slots=True)
class Rendered:
    """One digest, ready to be put into a message."""

    html: str
    text: str


def render(digest: Digest, *, templates: Path | None = None, look: Look = OURS) -> Rendered:
    """The digest as HTML and text. templates: the partnership's own folder, or None. look: its own.

    A week too full for one message is told with fewer rows a list, in both parts alike. Raises DigestError
    if a template is broken, makes an unsafe link, or even so more than 90 KB.
    """
    html = ""
    for rows in FEWER_ROWS:
        fitting = digest.at_most(rows)
        html = _inlined(fitting, templates, look)
        if len(html.encode("utf-8")) <= MOST_BYTES:
            return Rendered(html, render_text(fitting, templates=templates))
    raise _too_big(html)


def render_html(digest: Digest, *, templates: Path | None = None, look: Look = OURS) -> str:
    """The digest as one HTML page, styles inlined, dark-mode and phone rules kept. Raises DigestError."""
    html = _inlined(digest, templates, look)
    if len(html.encode("utf-8")) > MOST_BYTES:
        raise _too_big(html)
    return html


def _too_big(html: str) -> DigestError:
    return DigestError(
        f"the digest is {len(html.encode('utf-8')) // 1000} KB and mail readers cut it off at 102",
        where="digest.html",
        fix="show fewer rows a section in your own template, or use the one we ship",
    )


def _inlined(digest: Digest, templates: Path | None, look: Look) -> str:
    html = _BLANK_LINES.sub("\n", _fill("digest.html", digest, templates, look))
    inlined = str(_INLINER.inline(html))
    _check_links(inlined)
    if "prefers-color-scheme" in html and "prefers-color-scheme" not in inlined:
        raise DigestError(
            "the dark-mode rules got lost",
            where="digest.html",
            fix='mark their style tag data-css-inline="keep"',
        )
    return inlined


def render_text(digest: Digest, *, templates: Path | None = None) -> str:
    """The digest as plain text with the same figures. Raises DigestError."""
    return re.sub(r"\n{3,}", "\n\n", _fill("digest.txt", digest, templates, OURS)).strip() + "\n"


def _fill(name: str, digest: Digest, templates: Path | None, look: Look) -> str:
    try:
        template = environment(templates, name.endswith(".html")).get_template(name)
        return template.render(digest=digest, look=look)
    except (TemplateError, TypeError, AttributeError) as error:
        raise DigestError(
            f"the template cannot be filled: {error}",
            where=f"{templates or 'templates'}/{name}",
            fix="correct the template, or take your copy away to use the one we ship",
        ) from error


@lru_cache(maxsize=8)
def environment(templates: Path | None, escape: bool) -> Environment:
    """Our templates under the partnership's own; an unknown name is an error. A partnership's own run in a
    sandbox; ours alone are our own code, and need none."""
    shipped = PackageLoader("engage.templates", "")
    own = [FileSystemLoader(templates)] if templates else []
    kind = ImmutableSandboxedEnvironment if templates else Environment
    made = kind(
        loader=ChoiceLoader([*own, shipped, PrefixLoader({"shipped": shipped})]),
        autoescape=escape,  # never select_autoescape(): it is off for names it does not know
        undefined=StrictUndefined,
        auto_reload=bool(templates),  # ours do not change under us
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["wordwrap"] = wrapped
    return made


def wrapped(text: str, width: int = 79, break_long_words: bool = True) -> str:
    """In place of Jinja's wordwrap, which takes a millisecond of a digest's ten: lines broken at spaces.

    break_long_words: a word that is longer than a line is cut.
    """
    return text if len(text) <= width else "\n".join(_lines(text, width, break_long_words))


def _lines(text: str, width: int, cut: bool) -> Iterator[str]:
    line = ""
    for word in text.split():
        rest = word
        if line and len(line) + 1 + len(rest) > width:
            yield line
            line = ""
        while cut and len(rest) > width:
            yield rest[:width]
            rest = rest[width:]
        line = f"{line} {rest}" if line else rest
    yield line


def _check_links(html: str) -> None:
    """html: as css-inline writes it, every attribute in double quotes, "<" and "&" in texts escaped."""
    tags = _TAG.findall(html)
    links = {unescape(found[1:-1]) for found in _OPENS.findall("".join(tags))}
    unsafe = sorted(href for href in links if not is_safe_href(href))
    if unsafe:
        raise DigestError(
            f"a link is not safe to send: {unsafe[0][:60]}",
            where="digest.html",
            fix="link https, mailto or the workbook only",
        )
