"""A Digest → HTML and plain text, by templates that a partnership may restyle without endangering anybody.

templates/digest.html and digest.txt are ours; a file of the same name in the partnership's own folder takes
its place, and may extend ours: {% extends "shipped/digest.html" %}. Templates run in a sandbox, an unknown
name is an error, everything is escaped, and only https, mailto and relative links come out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
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
from engage.digest.model import Digest
from engage.errors import DigestError

MOST_BYTES = 90_000  # Gmail cuts a message off at 102 KB
FEWER_ROWS = (20, 6, 4, 2)
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True, slots=True)
class Rendered:
    """One digest, ready to be put into a message."""

    html: str
    text: str


def render(digest: Digest, *, templates: Path | None = None) -> Rendered:
    """The digest as HTML and text. templates: the partnership's own folder, or None.

    A week too full for one message is told with fewer rows a list, in both parts alike. Raises DigestError
    if a template is broken, makes an unsafe link, or even so more than 90 KB.
    """
    sizes = (digest.at_most(rows) for rows in FEWER_ROWS)
    fitting = next((one for one in sizes if _size(one, templates) <= MOST_BYTES), digest)
    return Rendered(render_html(fitting, templates=templates), render_text(fitting, templates=templates))


def _size(digest: Digest, templates: Path | None) -> int:
    return len(_inlined(digest, templates).encode("utf-8"))


def render_html(digest: Digest, *, templates: Path | None = None) -> str:
    """The digest as one HTML page, styles inlined, dark-mode and phone rules kept. Raises DigestError."""
    html = _inlined(digest, templates)
    size = len(html.encode("utf-8"))
    if size > MOST_BYTES:
        raise DigestError(
            f"the digest is {size // 1000} KB and mail readers cut it off at 102",
            where="digest.html",
            fix="show fewer rows a section in your own template, or use the one we ship",
        )
    return html


def _inlined(digest: Digest, templates: Path | None) -> str:
    html = _BLANK_LINES.sub("\n", _fill("digest.html", digest, templates))
    inlined = str(css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False).inline(html))
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
    return re.sub(r"\n{3,}", "\n\n", _fill("digest.txt", digest, templates)).strip() + "\n"


def _fill(name: str, digest: Digest, templates: Path | None) -> str:
    try:
        return environment(templates, name.endswith(".html")).get_template(name).render(digest=digest)
    except (TemplateError, TypeError, AttributeError) as error:
        raise DigestError(
            f"the template cannot be filled: {error}",
            where=f"{templates or 'templates'}/{name}",
            fix="correct the template, or take your copy away to use the one we ship",
        ) from error


@lru_cache(maxsize=8)
def environment(templates: Path | None, escape: bool) -> Environment:
    """Our templates under the partnership's own, in a sandbox; an unknown name is an error."""
    shipped = PackageLoader("engage.templates", "")
    own = [FileSystemLoader(templates)] if templates else []
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*own, shipped, PrefixLoader({"shipped": shipped})]),
        autoescape=escape,  # never select_autoescape(): it is off for names it does not know
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _check_links(html: str) -> None:
    links = _Links()
    links.feed(html)
    unsafe = sorted(href for href in links.found if not is_safe_href(href))
    if unsafe:
        raise DigestError(
            f"a link is not safe to send: {unsafe[0][:60]}",
            where="digest.html",
            fix="link https, mailto or the workbook only",
        )


class _Links(HTMLParser):
    """Collects what a page would open or load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {"href", "src", "action", "formaction", "background", "srcset", "data"}
        self.found.update(value or "" for name, value in attrs if name in names)
