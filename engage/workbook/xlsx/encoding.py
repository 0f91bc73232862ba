"""A value → the XML of its cell. Text goes in as inline text, so that it can never become a formula."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from datetime import date
from html import escape

from engage.model import Link

from ..cells import Formula, Value, text_of
from .numbers import number_text, serial_of
from .styles import Styles

SpellLink = Callable[[Link], str]

_SMALL_NUMBER = re.compile("0|[1-9][0-9]{0,8}")  # telephones and identifiers are longer, and stay text
_ISO_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# Excel refuses a longer text inside a formula, and a longer formula.
_LONGEST_LITERAL, _LONGEST_FORMULA = 255, 8_192
_PIECE = r'"((?:[^"]|"")*)"'
_LITERAL = r'"(?:[^"]|"")*"(?:&"(?:[^"]|"")*")*'
_HYPERLINK = re.compile(rf"HYPERLINK\({_LITERAL},({_LITERAL})\)", re.IGNORECASE)


class Encoder:
    """Writes cells for one workbook. spell: a link as the formula that opens it."""

    def __init__(self, styles: Styles, spell: SpellLink, *, date1904: bool = False) -> None:
        self.styles, self._spell, self._date1904 = styles, spell, date1904

    def cell(
        self, reference: str, style: int | None, value: Value, prefix: bytes = b"", *, typed: bool = False
    ) -> bytes:
        """The <c> element. A number or date is written as one only if its style lets it read as such.

        typed: the value is to be what it would be if a person had typed it, so that "50" can be summed.
        """
        p = prefix.decode()
        if typed and isinstance(value, str):
            value = self._as_typed(value, style or 0)
        head = f'<{p}c r="{reference}"' + (f' s="{style}"' if style else "")
        kind, body = self._body(value, style or 0, p)
        if not body:
            return f"{head}/>".encode()
        return f"{head}{kind}>{body}</{p}c>".encode()

    def _body(self, value: Value, style: int, p: str) -> tuple[str, str]:
        """The type attribute and what stands between the tags."""
        if isinstance(value, Link | Formula):
            formula = value.formula if isinstance(value, Formula) else self._spell(value)
            if len(formula) <= _LONGEST_FORMULA:
                cached = _escaped(value.text)
                return ' t="str"', f"<{p}f>{escape(formula, quote=False)}</{p}f><{p}v>{cached}</{p}v>"
        elif isinstance(value, bool):
            return ' t="b"', f"<{p}v>{int(value)}</{p}v>"
        elif not isinstance(value, str):
            raw = self._number(value, style)
            if raw:
                return "", f"<{p}v>{raw}</{p}v>"
        text = text_of(value)
        if not text:
            return "", ""
        inline = f'<{p}is><{p}t xml:space="preserve">{_escaped(text)}</{p}t></{p}is>'
        return ' t="inlineStr"', inline

    def _as_typed(self, text: str, style: int) -> str | int | date:
        """A figure, or a date in a cell for dates, as such; anything else stays text."""
        kind = self.styles.format(style).kind
        if kind == "plain" and _SMALL_NUMBER.fullmatch(text):
            return int(text)
        if kind in ("date", "datetime") and _ISO_DAY.fullmatch(text):
            with contextlib.suppress(ValueError):  # 2026-02-30 is a text, whatever it looks like
                return date.fromisoformat(text)
        return text

    def _number(self, value: int | float | date, style: int) -> str:
        """The number in the file, or "" if under this style it would read as something else."""
        serial = serial_of(value, date1904=self._date1904) if isinstance(value, date) else value
        raw = repr(serial)
        read_back = number_text(raw, self.styles.format(style), date1904=self._date1904)
        return raw if read_back == text_of(value) else ""


def _escaped(text: str) -> str:
    return escape(_LIKE_AN_ESCAPE.sub("_x005F_", text), quote=False)


def hyperlink(target: str, text: str) -> str:
    """The formula that shows text and opens target ("hub.xlsx#'To review'!A2")."""
    return f"HYPERLINK({_literal(target)},{_literal(text)})"


def shown_by(formula: str) -> str:
    """What a link's formula shows, by its own words; "" of any other, which only Excel can work out."""
    found = _HYPERLINK.fullmatch(formula)
    return "".join(re.findall(_PIECE, found[1])).replace('""', '"') if found else ""


def _literal(text: str) -> str:
    """A text in a formula, in pieces short enough for Excel."""
    pieces = [text[at : at + _LONGEST_LITERAL] for at in range(0, len(text), _LONGEST_LITERAL)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)
