"""A page made fit for mail programs: its styles written into its tags, and no link in it that is not safe."""

from __future__ import annotations

import re
from html import unescape

import css_inline

from engage.digest.links import is_safe_href
from engage.errors import DigestError

# What a page would open or load, in the tags of Outlook's comments too.
_TAG = re.compile(r'<[a-zA-Z][^<>"]*(?:"[^"]*"[^<>"]*)*>')
_OPENS = re.compile(
    r"""\s(?:xlink:href|href|src|action|formaction|background|srcset|data|poster)=("[^"]*"|'[^']*')""",
    re.IGNORECASE,
)
_INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, minify_css=True)
_STYLES = re.compile(r"<!--.*?-->|<style[^>]*>(.*?)</style>", re.DOTALL)
_TBODY = re.compile(r"</?tbody>")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def inlined(html: str) -> str:
    """A whole page with its styles in its tags; those that data-css-inline="keep" marks stay as they are.

    Raises DigestError for an unsafe link, and if the rules for dark mode got lost.
    """
    page = _as_short(str(_INLINER.inline(without_blank_lines(html))), html)
    _check_links(page)
    if "prefers-color-scheme" in html and "prefers-color-scheme" not in page:
        raise DigestError(
            "the dark-mode rules got lost",
            where="digest.html",
            fix='mark their style tag data-css-inline="keep"',
        )
    return page


def inlined_part(html: str, styles: str) -> str:
    """A part of a page with these styles in its tags. Raises DigestError for an unsafe link."""
    part = _as_short(str(_INLINER.inline_fragment(without_blank_lines(html), styles)), html)
    _check_links(part)
    return part


def _as_short(inlined_html: str, html: str) -> str:
    """Without the tbody that the inliner puts into every table, and any reader would put there again."""
    return inlined_html if "<tbody" in html else _TBODY.sub("", inlined_html)


def styles_of(html: str) -> str:
    """The styles of a page, without those that stand in comments for Outlook."""
    return "\n".join(_STYLES.findall(html))


def without_blank_lines(html: str) -> str:
    """The same without the empty lines that a template leaves."""
    return _BLANK_LINES.sub("\n", html)


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
