"""The introduction and the key messages that the partnership wants in digests and reports."""

from __future__ import annotations

from engage.digest.plain import plain
from engage.insight.facts import Facts
from engage.insight.reading import PlainRow, fold, rows_of
from engage.insight.weeks import read_day
from engage.register.bodies import body_keys, find_bodies

MOST_MESSAGES = 5
LONGEST = 600  # two or three sentences; a longer one ends with an ellipsis
LONGEST_INTRODUCTION = 1_500
INTRODUCTION = "Introduction"


def messages(facts: Facts, agency: str) -> tuple[str, ...]:
    """Today's key messages for everybody or for this agency, in the order of their tab.

    A From or To that cannot be read as a day keeps its message back: in doubt it is not said.
    """
    found = [row for row in _today(facts, agency) if row.get("Kind", "") != INTRODUCTION]
    return tuple(plain(row["Text"], LONGEST) for row in found[:MOST_MESSAGES])


def introduction(facts: Facts, agency: str) -> str:
    """Today's introduction, the last one begun; one for this agency goes before one for all. "" if none.

    So next month's may stand below this month's, and begins to be told on its From.
    """
    found = [row for row in _today(facts, agency) if row.get("Kind", "") == INTRODUCTION]
    best = max(
        enumerate(found),
        key=lambda one: (bool(one[1].get("Audience", "")), one[1].get("From", ""), one[0]),
        default=None,
    )
    return plain(best[1]["Text"], LONGEST_INTRODUCTION) if best else ""


def _today(facts: Facts, agency: str) -> list[PlainRow]:
    rows = (row for row in rows_of(facts, "Key messages") if row.get("Text", ""))
    return [row for row in rows if _is_on(row, facts) and _is_for(row, agency, facts)]


def _is_on(row: PlainRow, facts: Facts) -> bool:
    first, last = (read_day(row.get(heading, "")) for heading in ("From", "To"))
    unread = (row.get("From", "") and first is None) or (row.get("To", "") and last is None)
    begun, over = first is None or first <= facts.today, last is not None and last < facts.today
    return not unread and begun and not over


def _is_for(row: PlainRow, agency: str, facts: Facts) -> bool:
    audience = row.get("Audience", "")
    named = {fold(body.name) for body in find_bodies(audience, body_keys(facts.agencies))}
    return not audience or fold(agency) in named
