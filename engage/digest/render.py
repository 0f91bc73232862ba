"""A Digest → HTML and plain text, by templates that a partnership may restyle without endangering anybody.

templates/digest.html and digest.txt are ours; a file of the same name in the partnership's own folder takes
its place, and may extend ours: {% extends "shipped/digest.html" %}. Templates run in a sandbox, an unknown
name is an error, everything is escaped, and only https, mailto and relative links come out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateError

from engage.digest import sheets
from engage.digest.filling import environment
from engage.digest.inlining import inlined
from engage.digest.look import Look
from engage.digest.model import Digest
from engage.errors import DigestError

OURS = Look()
MOST_BYTES = 90_000  # Gmail cuts a message off at 102 KB
FEWER_ROWS = (20, 6, 4, 2)


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
        html = _page(fitting, templates, look)
        if len(html.encode("utf-8")) <= MOST_BYTES:
            return Rendered(html, render_text(fitting, templates=templates))
    raise _too_big(html)


def render_html(digest: Digest, *, templates: Path | None = None, look: Look = OURS) -> str:
    """The digest as one HTML page, styles inlined, dark-mode and phone rules kept. Raises DigestError."""
    html = _page(digest, templates, look)
    if len(html.encode("utf-8")) > MOST_BYTES:
        raise _too_big(html)
    return html


def _too_big(html: str) -> DigestError:
    return DigestError(
        f"the digest is {len(html.encode('utf-8')) // 1000} KB and mail readers cut it off at 102",
        where="digest.html",
        fix="show fewer rows a section in your own template, or use the one we ship",
    )


def _page(digest: Digest, templates: Path | None, look: Look) -> str:
    html = _fill("digest.html", digest, templates, look)
    return inlined(html) if templates else html


def render_text(digest: Digest, *, templates: Path | None = None) -> str:
    """The digest as plain text with the same figures. Raises DigestError."""
    return re.sub(r"\n{3,}", "\n\n", _fill("digest.txt", digest, templates, OURS)).strip() + "\n"


def _fill(name: str, digest: Digest, templates: Path | None, look: Look) -> str:
    """Ours block by block, what readers share being drawn once; a partnership's own template whole."""
    try:
        if templates is None:
            return sheets.filled(name, digest, look)
        template = environment(templates, name.endswith(".html")).get_template(name)
        return template.render(digest=digest, look=look)
    except (TemplateError, TypeError, AttributeError) as error:
        raise DigestError(
            f"the template cannot be filled: {error}",
            where=f"{templates or 'templates'}/{name}",
            fix="correct the template, or take your copy away to use the one we ship",
        ) from error
