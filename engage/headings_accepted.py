"""Headings in doubt whose suggestion a person accepted: read so from then on; the sheet stays as it is.

The answer stands in Problems to fix on the night it is given and in Decisions after; there it can be undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .built.as_read import read_rows
from .built.decision_book import TITLE as DECISIONS
from .built.decision_book import read_book
from .built.problem_answers import ACCEPT
from .built.tab_problems import TITLE as PROBLEMS
from .config import HUB
from .model import Finding
from .pulled import Pulled
from .register.read import TabReading

ABOUT_HEADINGS = frozenset({"doubtful-heading", "unknown-heading"})


@dataclass(frozen=True, slots=True)
class AcceptedHeadings:
    """Keys of findings about headings: accepted, tonight or earlier; undone: accepted once and taken back."""

    accepted: frozenset[str] = frozenset()
    undone: frozenset[str] = frozenset()

    def meant(
        self, readings: Sequence[TabReading], renamed: Mapping[str, Mapping[str, str]]
    ) -> dict[str, dict[str, str]]:
        """Sheet title → heading as typed → the schema heading it is to be read as, beyond what its words say.

        renamed: headings known by their cells. One that was read so only because somebody accepted it is
        not known by its cells once that is taken back.
        """
        said, unsaid = _said(readings, self.accepted), _said(readings, self.undone)
        titles = {*renamed, *said}
        kept = {
            t: {h: m for h, m in renamed.get(t, {}).items() if h not in unsaid.get(t, {})} for t in titles
        }
        return {t: both for t in titles if (both := kept[t] | said.get(t, {}))}


def accepted_headings(pulled: Mapping[str, Pulled]) -> AcceptedHeadings:
    """What people answered about headings, in every Problems to fix tonight and in the hub's Decisions."""
    hub = pulled[HUB].snapshot
    book = read_book(hub.tab(DECISIONS) if hub else None)
    tonight = frozenset(key for each in pulled.values() for key in _accepted_tonight(each))
    return AcceptedHeadings(book.accepted() | tonight, book.accepted(undone=True) - tonight)


def _accepted_tonight(pulled: Pulled) -> Iterable[str]:
    tab = pulled.snapshot.tab(PROBLEMS) if pulled.snapshot else None
    for row in read_rows(tab, ("Problem", "Decision", "Suggestion")):
        if row.get("Decision", "").casefold() == ACCEPT.casefold():
            yield row.get("Problem", "")


def _said(readings: Iterable[TabReading], keys: frozenset[str]) -> dict[str, dict[str, str]]:
    """Sheet title → heading as typed → the schema heading suggested, of the findings with these keys."""
    said = {reading.tab.title: dict(map(_meant, _asked(reading, keys))) for reading in readings}
    return {title: headings for title, headings in said.items() if headings}


def _asked(reading: TabReading, keys: frozenset[str]) -> list[Finding]:
    asked = (f for f in reading.findings if f.kind in ABOUT_HEADINGS and f.suggestion)
    return [finding for finding in asked if finding.key in keys]


def _meant(finding: Finding) -> tuple[str, str]:
    return finding.found, finding.suggestion
