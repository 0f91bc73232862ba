"""A workbook file without certain texts: in its cells, and in every part where one can lie unseen.

For copies that we keep ourselves. Of a file that people work in, only texts that no cell shows any more are
taken out: a text that was written over stays in the file until Excel saves it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape
from xml.etree import ElementTree

from engage.model import Grid, Link

from ..cells import CellEdit, cell_at
from .archive import Archive
from .book import Book
from .encoding import hyperlink
from .writing import rewrite

_ITEM = re.compile(rb"<((?:\w+:)?)si(?:\s[^>]*)?(?:/>|>.*?</\1si>)", re.DOTALL)
_BETWEEN = re.compile(r">([^<]+)<")
_VALUE = re.compile(r"""(?<==")([^"<>]*)(?=")|(?<==')([^'<>]*)(?=')""")
_SHEET_DATA = re.compile(r"(<(?:\w+:)?sheetData[\s>].*</(?:\w+:)?sheetData>)", re.DOTALL)
_NO_TEXT = re.compile(r"(^|/)(sharedStrings|styles|theme\d*|\[Content_Types\]|calcChain)\.xml$")
Cleanse = Callable[[str, Grid], Grid]


def redacted(data: bytes, where: str, cleanse: Cleanse, say: Callable[[str], str]) -> bytes:
    """The file as `cleanse` makes its tabs (title, rows → rows), nothing else of it in any other part.

    say: a text that stands elsewhere (a comment, a link, a property of the file) → what it is to say.
    Raises WorkbookUnreadable for what is no workbook.
    """
    book = Book(data, where)
    edits = [edit for sheet in book.sheets for edit in _edits(sheet.title, book.seen(sheet).rows, cleanse)]
    kept = rewrite(book, edits, _as_text) if edits else data
    swept = _swept(Archive(kept, where), say)
    kept = Archive(kept, where).rewritten(swept) if swept else kept
    return without_orphans(kept, where)


def without_orphans(data: bytes, where: str) -> bytes:
    """The file without the shared texts that no cell shows; their numbers stay, so that the others' do."""
    book = Book(data, where)
    part = next(iter(book.related(book.part, "sharedStrings").values()), "")
    if part not in book.archive:
        return data
    used, xml = _used(book.archive), book.archive.read(part)
    numbers = iter(range(xml.count(b"si>") + xml.count(b"si/>")))

    def one(found: re.Match[bytes]) -> bytes:
        p = found[1]
        return found[0] if next(numbers) in used else b"<%bsi><%bt/></%bsi>" % (p, p, p)

    emptied = _ITEM.sub(one, xml)
    return book.archive.rewritten({part: emptied}) if emptied != xml else data


def texts_elsewhere(data: bytes, where: str) -> Iterator[tuple[str, str]]:
    """(part, text) of what a file says other than in cells: comments, links, its own properties."""
    archive = Archive(data, where)
    for name, pieces in _parts(archive):
        for xml in (piece for piece in pieces if not _SHEET_DATA.fullmatch(piece)):
            found = (*_BETWEEN.finditer(xml), *_VALUE.finditer(xml))
            yield from (
                (name, unescape(match[match.lastindex or 0])) for match in found if match[0].strip("> <")
            )


def _edits(title: str, rows: Grid, cleanse: Cleanse) -> list[CellEdit]:
    now = cleanse(title, rows)
    return [
        CellEdit(title, number, column, text, cell_at(now, number, column), row, 0)
        for number, row in enumerate(rows, 1)
        for column, text in enumerate(row, 1)
        if text != cell_at(now, number, column)
    ]


def _as_text(link: Link) -> str:
    """No link is written here; one that names somebody becomes a text."""
    return hyperlink("", link.text)


def _used(archive: Archive) -> set[int]:
    """The numbers of the shared texts that any cell of any sheet shows."""
    used: set[int] = set()
    for name in archive.names:
        if name.endswith(".xml") and re.search(rb"""\bt=["']s["']""", archive.read(name)):
            for _, node in ElementTree.iterparse(io.BytesIO(archive.read(name))):
                if node.tag.rpartition("}")[2] == "c" and node.get("t") == "s":
                    used |= {
                        int(v.text) for v in node.iterfind("{*}v") if v.text and v.text.strip().isdigit()
                    }
                    node.clear()
    return used


def _swept(archive: Archive, say: Callable[[str], str]) -> Mapping[str, bytes]:
    """The parts that say something else than they did: comments, links, tables, properties of the file."""
    changed = {}
    for name, pieces in _parts(archive):
        now = [piece if _SHEET_DATA.fullmatch(piece) else _sweep(piece, say) for piece in pieces]
        if now != pieces:
            changed[name] = "".join(now).encode("utf-8", errors="surrogateescape")
    return changed


def _parts(archive: Archive) -> Iterator[tuple[str, list[str]]]:
    """The parts that may hold a text, each cut where the cells of a sheet begin and end; shared texts not."""
    for name in archive.names:
        if name.endswith((".xml", ".rels", ".vml")) and not _NO_TEXT.search(name):
            text = archive.read(name).decode("utf-8", errors="surrogateescape")
            yield name, _SHEET_DATA.split(text) if "/worksheets/" in name else [text]


def _sweep(xml: str, say: Callable[[str], str]) -> str:
    def between(found: re.Match[str]) -> str:
        said, now = unescape(found[1]), say(unescape(found[1]))
        return found[0] if said == now else f">{escape(now, quote=False)}<"

    def value(found: re.Match[str]) -> str:
        said, now = unescape(found[0]), say(unescape(found[0]))
        return found[0] if said == now else escape(now.strip("[]").replace("[removed]", "removed"))

    return _VALUE.sub(value, _BETWEEN.sub(between, xml))
