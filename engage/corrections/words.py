"""A split in words, for those who may see both sides."""

from __future__ import annotations

from collections.abc import Sequence

from engage.digest.model import Correction
from engage.digest.plain import plain
from engage.insight.facts import Facts
from engage.insight.reading import plain_rows
from engage.insight.weeks import Period
from engage.wording import counted, in_a_row

from .digests import Otherwise
from .splits import Split, clusters_of

MOST_FIGURES = 6
ONE_OF = {"employer": "one employer", "person": "one person"}


def correction(split: Split, otherwise: Sequence[Otherwise], facts: Facts) -> Correction:
    """The line of a digest. otherwise: the reader's digests that told of the two as one, one at least."""
    found = sorted(otherwise, key=lambda one: one.span.last)
    told = f"{_digests([one.span for one in found])} told of them as {ONE_OF[split.kind]}"
    return Correction(split.key, f"{sides(split, facts)}. {told}.", _figures(found))


def sides(split: Split, facts: Facts) -> str:
    """ "Ember Digital Ltd and Ember Foods (Stevenport College) are two employers"; nobody's own name."""
    if split.kind == "person":
        return _people(split, facts)
    first, second = (_employer(split, end, facts) for end in (split.a, split.b))
    names = [name for name, _ in (first, second)]
    if names[0] == names[1]:
        names = [f"{name} ({agencies})" if agencies else name for name, agencies in (first, second)]
    return f"{in_a_row(names)} are two employers"


def _employer(split: Split, end: str, facts: Facts) -> tuple[str, str]:
    wanted = clusters_of(split.kind, facts.linked).get(end, "")
    for row in plain_rows(facts.employers[facts.employers["employer_id"] == wanted]):
        return plain(row["Employer"], 100) or "an employer", plain(row["Agencies"], 120)
    return "an employer", ""


def _people(split: Split, facts: Facts) -> str:
    wanted = {clusters_of("person", facts.linked).get(end, "") for end in (split.a, split.b)}
    rows = plain_rows(facts.people[facts.people["person_id"].isin(wanted)])
    firms = {plain(row.get("Employer", ""), 100) for row in rows} - {""}
    where = f" at {in_a_row(sorted(firms))}" if firms else ""
    return f"Two people{where} are two, and not one"


def _digests(spans: Sequence[Period]) -> str:
    """ "The digest of 9 to 15 November 2026"; "5 digests, from that of … to that of …,"."""
    if len(spans) == 1:
        return f"The digest of {spans[0].words}"
    first, last = spans[0].words, spans[-1].words
    return f"{counted(len(spans), 'digest')}, from that of {first} to that of {last},"


def _figures(otherwise: Sequence[Otherwise]) -> str:
    """The figures of the newest digest that had any wrong."""
    wrong = [one for one in otherwise if one.moved]
    if not wrong:
        return ""
    said = [moved.words for moved in wrong[-1].moved]
    more = f"; {len(said) - MOST_FIGURES} more" if len(said) > MOST_FIGURES else ""
    return plain(f"{wrong[-1].span.words}: {'; '.join(said[:MOST_FIGURES])}{more}.", 600)
