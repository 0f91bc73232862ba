"""The samples beside the tests, and one tab read by the small schema."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from engage.model import Finding, Snapshot, Tab
from engage.register.read import Source, TabReading, read_workbook

from .small_schema import SCHEMA

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 9, 14)
AGENCIES = {"college": "Tame College", "tame college": "Tame College", "the council": "Tame Council"}
LISTS = {"Sectors": ("Care", "Engineering", "Hospitality")}


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(
    *rows: tuple[str, ...],
    title: str = "Employers",
    agency: str = "Tame College",
    tabs: Mapping[str, str] | None = None,
    headings: Mapping[str, Mapping[str, str]] | None = None,
) -> TabReading:
    source = Source("college", agency, tabs or {}, headings or {})
    snapshot = Snapshot("college", (Tab(title, rows),))
    return read_workbook(snapshot, SCHEMA, source, today=TODAY, agencies=AGENCIES, lists=LISTS)[0]


def kinds(reading: TabReading) -> list[str]:
    return [finding.kind for finding in reading.findings]


def finding(reading: TabReading, kind: str) -> Finding:
    return next(finding for finding in reading.findings if finding.kind == kind)
