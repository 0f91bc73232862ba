"""An answer to a request for access, as a page to read and a table to work on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from engage.insight.weeks import british, moment_words
from engage.own_files import write_private
from engage.stores.store import Hit

from .access import Access
from .others import Others, Piece
from .unreachable import BEYOND

HEADINGS = (
    "Sure?",
    "Kept in",
    "Where",
    "What",
    "Says",
    "Says, others blacked out",
    "Since, or of",
    "Whose row",
)
WIDTHS = (14, 14, 40, 22, 60, 60, 14, 24)
SURE, IN_DOUBT = "Surely theirs", "May be theirs"


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as the page shows it."""

    place: str
    heading: str
    pieces: tuple[Piece, ...]
    day: str
    agency: str


def write_answer(access: Access, others: Others, partnership: str, folder: Path) -> tuple[Path, Path]:
    """The page and the table of an answer, for their owner's eyes alone; returns where they are."""
    stem = f"access-{access.asked_on:%Y%m%dT%H%M%S}"
    page, table = folder / f"{stem}.html", folder / f"{stem}.xlsx"
    write_private(page, _page(access, others, partnership, stem).encode("utf-8"))
    write_private(table, _table(access, others))
    return page, table


def _page(access: Access, others: Others, partnership: str, reference: str) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only where a page is made

    env = Environment(
        loader=PackageLoader("engage.templates", ""), autoescape=True, undefined=StrictUndefined
    )
    return env.get_template("access.html").render(
        reference=reference,
        partnership=partnership,
        label=access.subject.label,
        asked=access.subject.asked,
        day=moment_words(access.asked_on.isoformat(" ", "minutes")),
        total=len(access.hits),
        stores=sorted({hit.store for hit in access.hits}),
        parts=[
            (SURE, _by_store(access, others, sure=True)),
            (IN_DOUBT, _by_store(access, others, sure=False)),
        ],
        beyond=BEYOND,
    )


def _by_store(access: Access, others: Others, *, sure: bool) -> list[tuple[str, list[Shown]]]:
    hits = [hit for hit in access.hits if hit.sure is sure]
    return [
        (store, [_shown(hit, others) for hit in found])
        for store, found in groupby(hits, key=lambda hit: hit.store)
    ]


def _shown(hit: Hit, others: Others) -> Shown:
    return Shown(hit.place, hit.heading, others.pieces(hit.text), british(hit.day), hit.agency)


def _table(access: Access, others: Others) -> bytes:
    from engage.workbook.plain_table import as_xlsx  # noqa: PLC0415 - openpyxl only where a table is made

    return as_xlsx({"What is held": [HEADINGS, *_rows(access, others)]}, WIDTHS)


def _rows(access: Access, others: Others) -> Iterator[Sequence[str]]:
    for hit in sorted(access.hits, key=lambda hit: not hit.sure):
        yield (
            SURE if hit.sure else IN_DOUBT,
            hit.store,
            hit.place,
            hit.heading,
            hit.text,
            others.blacked_out(hit.text),
            british(hit.day),
            hit.agency,
        )
