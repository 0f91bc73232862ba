"""The facts as plain rows: what every list reads them through."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any, cast

import pandas as pd
from pandas.api.types import infer_dtype

from engage.insight.facts import ROWS, Facts
from engage.insight.weeks import read_day
from engage.register.text import split_several

PlainRow = dict[str, str]
_NUMBER = re.compile(r"\d[\d,]*")
EMPLOYERS_BY_ID, PEOPLE_BY_ID = "employers by id", "people by id"
several = split_several  # as the lists and the digest know it


def rows_of(facts: Facts, tab: str) -> Sequence[PlainRow]:
    """The rows of a staff tab as texts by heading; a missing tab has none, a missing cell reads "".

    They are read once and shared: nobody changes one. Of a long tab `cells_of` reads some columns faster."""
    table, known = facts.tables.get(tab), facts.memo.setdefault(ROWS, {})
    if table is None:
        return []
    if tab not in known:
        known[tab] = plain_rows(table)
    found: list[PlainRow] = known[tab]
    return found


def cells_of(facts: Facts, tab: str, *headings: str) -> Iterator[tuple[str, ...]]:
    """Row by row the cells under these headings alone: a row of dozens is a thousand bytes, and there are
    tens of thousands. A missing tab has no rows, a missing column reads ""."""
    if tab not in facts.tables:
        return iter(())
    return zip(*(_column(facts, tab, heading) for heading in headings), strict=True)


def _column(facts: Facts, tab: str, heading: str) -> list[str]:
    known, key = facts.memo.setdefault(ROWS, {}), ("column", tab, heading)
    if key not in known:
        table = facts.tables[tab]
        blank = [""] * len(table)
        known[key] = _texts(table[heading].tolist()) if heading in table.columns else blank
    found: list[str] = known[key]
    return found


def plain_rows(table: pd.DataFrame) -> list[PlainRow]:
    """A frame as texts by heading, missing values as ""."""
    names = [str(name) for name in table.columns]
    columns = [_texts(table.iloc[:, at].tolist()) for at in range(len(names))]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _texts(cells: list[Any]) -> list[str]:
    if infer_dtype(cells, skipna=False) == "string":
        return cells
    return [cell if isinstance(cell, str) else _text(cell) for cell in cells]


def _text(cell: object) -> str:
    return "" if cell is None or cell != cell else str(cell)  # noqa: PLR0124  (NaN)


def dated_rows(facts: Facts, tab: str, heading: str, first: date, last: date) -> list[PlainRow]:
    """The rows of a tab whose day under this heading is one of these, both ends in it, oldest first."""
    known, key = facts.memo.setdefault(ROWS, {}), ("dated", tab, heading)
    if key not in known:
        days = ((read_day(row.get(heading, "")), row) for row in rows_of(facts, tab))
        found = sorted(((day, row) for day, row in days if day), key=itemgetter(0))
        known[key] = [day for day, _ in found], [row for _, row in found]
    dates, rows = cast(tuple[list[date], list[PlainRow]], known[key])
    return rows[bisect_left(dates, first) : bisect_right(dates, last)]


def employers_by_id(facts: Facts) -> dict[str, PlainRow]:
    """The golden employers by EMP- id; read once and shared like the rows of a tab."""
    known: dict[str, dict[str, PlainRow]] = facts.memo.setdefault(ROWS, {})
    if EMPLOYERS_BY_ID not in known:
        rows = plain_rows(facts.employers) if len(facts.employers) else []
        known[EMPLOYERS_BY_ID] = {row["employer_id"]: row for row in rows}
    return known[EMPLOYERS_BY_ID]


def row_by_id(facts: Facts, tab: str) -> dict[str, PlainRow]:
    """The rows of a staff tab by record id; read once and shared."""
    known: dict[str, dict[str, PlainRow]] = facts.memo.setdefault(ROWS, {})
    key = f"{tab} by id"
    if key not in known:
        known[key] = {row["record_id"]: row for row in rows_of(facts, tab)}
    return known[key]


def person_by_id(facts: Facts) -> dict[str, PlainRow]:
    """The golden people by PER- id; read once and shared."""
    known: dict[str, dict[str, PlainRow]] = facts.memo.setdefault(ROWS, {})
    if PEOPLE_BY_ID not in known:
        rows = plain_rows(facts.people) if len(facts.people) else []
        known[PEOPLE_BY_ID] = {row["person_id"]: row for row in rows}
    return known[PEOPLE_BY_ID]


def agency_of(row: Mapping[str, str]) -> str:
    """Whose row it is: the agency that its workbook or its Agency cell says."""
    return row.get("agency", "") or row.get("Agency", "")


def agencies_of(facts: Facts, tab: str) -> list[str]:
    """The same of every row of a tab, in their order."""
    return [workbook or typed for workbook, typed in cells_of(facts, tab, "agency", "Agency")]


def employer_name(row: Mapping[str, str], employers: Mapping[str, PlainRow]) -> str:
    """The merged employer's name; the name as typed where nobody knows yet who it is."""
    golden = employers.get(row.get("employer_id", ""), {})
    return golden.get("Employer", "") or row.get("Employer", "")


def employer_key(row: Mapping[str, str]) -> str:
    """What counts as one employer: its merged id, or while that is open, its spelling."""
    return row.get("employer_id", "") or fold(row.get("Employer", ""))


@lru_cache(maxsize=65536)  # the same few words stand in tens of thousands of rows
def fold(text: str) -> str:
    """A name as far as capitals and spaces do not matter."""
    return " ".join(text.casefold().split())


def number_in(text: str) -> int | None:
    """The first whole number in a cell ("100+" is 100, "1,200" is 1200); None if there is none."""
    found = _NUMBER.search(text) if text else None
    return int(found[0].replace(",", "")) if found else None


def as_frame(rows: Iterable[Sequence[Any]], headings: Sequence[str]) -> pd.DataFrame:
    """Rows under headings, each cell left as it is (numbers stay numbers, blanks "")."""
    return pd.DataFrame(list(rows), columns=list(headings), dtype=object)
