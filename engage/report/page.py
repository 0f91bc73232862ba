"""A Report → one page of HTML that holds everything it shows, and prints on A4."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import TemplateError
from markupsafe import Markup

from engage.digest.filling import environment
from engage.errors import ReportError
from engage.report.cells import is_number, shown
from engage.report.model import Drawing, Report
from engage.report.svg import bar_of, svg_of

MOST_ROWS = 80  # of one table; the .xlsx has them all
TEMPLATE = "report.html"


def render_page(report: Report, *, templates: Path | None = None) -> str:
    """The report as one HTML page, charts as inline SVG, nothing loaded from anywhere.

    templates: the partnership's own folder, in which a report.html takes the place of ours or extends it.
    Raises ReportError if the template cannot be filled.
    """
    try:
        html = (
            environment(templates, True)
            .get_template(TEMPLATE)
            .render(
                report=report,
                shown=shown,
                is_number=is_number,
                svg=_svg,
                bar=_bar,
                css_string=css_string,
                most_rows=MOST_ROWS,
            )
        )
    except (TemplateError, TypeError, AttributeError) as error:
        raise ReportError(
            f"the template cannot be filled: {error}",
            where=f"{templates or 'templates'}/{TEMPLATE}",
            fix="correct the template, or take your copy away to use the one we ship",
        ) from error
    return re.sub(r"\n[ \t]*(?:\n[ \t]*)+", "\n", html)


def _svg(drawing: Drawing) -> Markup:
    return Markup(svg_of(drawing))  # every text in it is escaped there


def _bar(share: float) -> Markup:
    return Markup(bar_of(share))  # a number in it, and no text


def css_string(text: str) -> Markup:
    """A text as a CSS string for the foot of a printed page: everything but letters and figures escaped."""
    safe = "".join(char if char.isascii() and char.isalnum() else f"\\{ord(char):x} " for char in text)
    return Markup(f'"{safe}"')  # nothing but letters, figures, backslashes and spaces
