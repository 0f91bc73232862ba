"""What the built tabs of one workbook are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engage.built.decision_book import Book
from engage.built.questions import Question
from engage.insight.facts import Facts
from engage.model import CellValue, Finding, Tab
from engage.schema import Schema

CellsByHeading = Mapping[str, CellValue]


@dataclass(frozen=True, slots=True)
class Material:
    """One audience's facts, and what people and the sync have said so far.

    tabs: the workbook's built tabs as read, by title. book: Decisions with tonight's rows appended.
    questions: what stands in To review tonight. problems: findings that nobody has answered yet.
    words: label → text for Start here. log: rows to append to Sync log (When, Workbook, What happened).
    answered: built tab → (key, answer as read) of the rows that may leave it. country: whose way of writing
    phone numbers is used. coordinators: the rows of the Digest list.
    """

    facts: Facts
    schema: Schema
    tabs: Mapping[str, Tab] = field(default_factory=dict)
    book: Book = field(default_factory=Book)
    questions: Sequence[Question] = ()
    problems: Sequence[Finding] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    log: Sequence[tuple[str, str, str]] = ()
    answered: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    country: str = "GB"
    coordinators: Sequence[CellsByHeading] = ()
