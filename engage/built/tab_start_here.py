"""Start here: how the workbook works, in words, and how things stood at the last change."""

from __future__ import annotations

from collections.abc import Iterator

from engage.built.as_read import read_rows
from engage.built.material import CellsByHeading, Material
from engage.built.tab_problems import KEY, TYPED_KEY, problem_rows
from engage.start_here import LAST_SYNC, SYNC_NOW, SYNC_SAID, TITLE, guide

LABEL, TEXT = "Start here", "How this workbook works"
BOXES = {"TRUE": True, "FALSE": False}  # as text, a box would be no box any more
KEPT = (LAST_SYNC, SYNC_NOW, SYNC_SAID)  # written by SetCell, or by people: left here as they are


def start_rows(material: Material) -> Iterator[CellsByHeading]:
    """The cells that are not ours as they stand, then the words, then tonight's counts in words."""
    standing = {row.get(LABEL, ""): row.get(TEXT, "") for row in read_rows(material.tabs.get(TITLE))}
    for label in KEPT:
        text = standing.get(label, "")
        yield {LABEL: label, TEXT: BOXES.get(text, text)}
    for label, text in (*guide(), *count_words(material), *material.words.items()):
        yield {LABEL: label, TEXT: text}


def count_words(material: Material) -> Iterator[tuple[str, str]]:
    """(label, sentence) of what the register holds tonight; the same register, the same sentences."""
    facts = material.facts
    yield "Employers", f"{len(facts.employers):,} employers and {len(facts.people):,} people, each once"
    asked, wrong = len(material.questions), len(facts.findings)  # the Dashboard's figure and the digest's
    typed = sum(1 for row in problem_rows(material) if str(row.get(KEY, "")).startswith(TYPED_KEY))
    also = f"; {_count(typed, 'text')} typed into a grey tab, kept in Problems to fix" if typed else ""
    yield (
        "Waiting for you",
        f"{_count(asked, 'question')} in To review, {_count(wrong, 'problem')} to fix in this workbook{also}",
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


BUILDS = {TITLE: start_rows}
