"""The facts as plain rows: what every list reads them through."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from pandas.api.types import infer_dtype

from engage.insight.facts import ROWS, Facts
from engage.insight.weeks import read_day
from engage.register.text import split_several

PlainRow = dict[str, str]
EMPLOYERS_BY_ID, PEOPLE_BY_ID = "employers by id", "people by id"
several = split_several  # as the lists and the digest know it


def rows_of(facts: Facts, tab: str) -> list[PlainRow]:
    """The rows of a staff tab as texts by heading; a missing tab has none, a missing cell reads "".

    They are read once and shared: nobody changes a row."""
    table, known = facts.tables.get(tab), facts.memo.setdefault(ROWS, {})
    if table is None:
        return []
    if tab not in known:
        known[tab] = plain_rows(table)
    return list(known[tab])


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
        known[key] = sorted(((day, row) for day, row in days if day), key=_day)
    found: list[tuple[date, PlainRow]] = known[key]
    begin, end = bisect_left(found, first, key=_day), bisect_right(found, last, key=_day)
    return [row for _, row in found[begin:end]]


def _day(dated: tuple[date, PlainRow]) -> date:
    return dated[0]


def employers_by_id(facts: Facts) -> dict[str, PlainRow]:
    """The golden employers by EMP- id; read once and shared like the rows of a tab."""
    known: dict[str, dict[str, PlainRow]] = facts.memo.setdefault(ROWS, {})
    if EMPLOYERS_BY_ID not in known:
        rows = plain_rows(facts.employers) if len(facts.employers) else []
        known[EMPLOYERS_BY_ID] = {row["employer_id"]: row for row in rows}
    return known[EMPLOYERS_BY_ID]


def known_employers(facts: Facts) -> list[str]:
    """The EMP- ids of the merged employers that the register had seen by facts.today."""
    today = facts.today.isoformat()
    return [key for key, row in employers_by_id(facts).items() if row.get("First seen", "")[:10] <= today]


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


def employer_name(row: Mapping[str, str], employers: Mapping[str, PlainRow]) -> str:
    """The merged employer's name; the name as typed where nobody knows yet who it is."""
    golden = employers.get(row.get("employer_id", ""), {})
    return golden.get("Employer", "") or row.get("Employer", "")


def employer_key(row: Mapping[str, str]) -> str:
    """What counts as one employer: its merged id, or while that is open, its spelling."""
    return row.get("employer_id", "") or fold(row.get("Employer", ""))


def fold(text: str) -> str:
    """A name as far as capitals and spaces do not matter."""
    return " ".join(text.casefold().split())


def number_in(text: str) -> int | None:
    """The first whole number in a cell ("100+" is 100, "1,200" is 1200); None if there is none."""
    found = re.search(r"\d[\d,]*", text)
    return int(found[0].replace(",", "")) if found else None


def as_frame(rows: Iterable[Sequence[Any]], headings: Sequence[str]) -> pd.DataFrame:
    """Rows under headings, each cell left as it is (numbers stay numbers, blanks "")."""
    return pd.DataFrame(list(rows), columns=list(headings), dtype=object)
