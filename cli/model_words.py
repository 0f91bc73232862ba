"""What `engage model` says, in lines of at most 79 characters."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from engage.wording import counted

from .layout import bullet, field, side_by_side

if TYPE_CHECKING:
    from engage.built.evaluation import Advice, Automatic, Evaluation, Share
    from engage.built.sampling import Check
    from engage.modelling.counting import Counted

KINDS = {"employer": "employers", "person": "people"}


def in_words(found: Evaluation, versions: Mapping[str, str]) -> Iterator[str]:
    """An evaluation: the automatic merges, the questions, and whether a limit should move."""
    yield f"The model of employers {versions['employer']}, of people {versions['person']}"
    for one in found.automatic:
        yield f"\nAutomatic merges of {KINDS[one.kind]}"
        yield from _automatic(one)
    left = found.drawn - sum(one.right.of for one in found.automatic)
    if left > 0:
        yield from field(
            "",
            f"{counted(left, 'merge')} drawn and not answered: if these are the hard ones, fewer are right",
        )
    yield "\nAnswers to questions, by how likely the pair is tonight"
    yield from _answers(found)
    if found.doubts:
        yield "\nWhat kept likely pairs from being merged, and what people said of them"
        for doubt in found.doubts:
            yield from field(f"{doubt.same} of {doubt.of} the same", doubt.doubt)
    yield "\nShould a limit move?"
    for advice in found.advice:
        yield from _advice(advice)


def _automatic(one: Automatic) -> Iterator[str]:
    if not one.merged:
        yield from field("Merged", "none")
        return
    yield from field(
        "Merged", f"{one.merged:,}, of which {one.undone:,} were undone by people who came upon them"
    )
    if not one.precision:
        yield from field("Right", "nobody has checked any: nobody knows")
        return
    yield from field("Checked", f"{one.right.of:,} drawn at random: {one.right.hits:,} right")
    yield from field(
        "Right", f"between {one.precision.low:.1%} and {one.precision.high:.1%} of all (95 times of 100)"
    )


def _answers(found: Evaluation) -> Iterator[str]:
    if not found.review:
        yield from field("", "none yet")
    for band in found.review:
        high = "" if band.high == 1 else f" to {band.high:.1%}"
        label = f"{band.kind.capitalize()}, {band.low:.1%}{high or ' and more'}"
        yield from bullet(f"{label}: {_same(band.same)}")
    rest = [
        f"{counted(found.unsure, 'answer')} not sure" if found.unsure else "",
        f"{counted(found.changed, 'answer')} on rows that have changed since, not counted"
        if found.changed
        else "",
    ]
    for text in filter(None, rest):
        yield from bullet(text)
    if found.review:
        yield from bullet(
            "Questions are asked in the order of what hangs on them: these are no random sample."
        )


def _same(same: Share) -> str:
    return f"{same.hits} of {same.of} the same ({same.low:.0%} to {same.high:.0%})"


def _advice(advice: Advice) -> Iterator[str]:
    yield from bullet(f"{advice.limit}: {advice.words}")
    if advice.setting is not None:
        yield from bullet(
            f"If you agree, write into engage.toml, under [linkage]: {advice.limit} = {advice.setting}. "
            "Nothing moves it by itself."
        )


def in_words_check(check: Check, title: str) -> Iterator[str]:
    """An automatic merge to be looked at: both rows side by side."""
    assert check.entry.decision is not None
    yield f"\n{title}: two rows of {KINDS[check.entry.decision.kind]} that were merged. Are they one?"
    yield from field("Why", check.entry.cells.get("Reason", ""))
    yield from side_by_side(check.a, check.b)


def in_words_built(counted: Counted) -> Iterator[str]:
    """Each level as the models have it, beside what was counted on the invented registers."""
    from engage.modelling.build import NOTHING, shares  # noqa: PLC0415
    from engage.modelling.judgements import SUBJECTS, read_judged  # noqa: PLC0415

    for judged in map(read_judged, SUBJECTS):
        yield f"\n{judged.subject} {judged.version}"
        yield from textwrap.wrap(f"Two rows at random are one with {judged.prior}: {judged.why}.", 79)
        yield f"{'':<11} {'level':<15} {'m':>7} {'counted':>8} {'u':>10} {'counted':>9}"
        for comparison in judged.comparisons:
            for level, share in shares(judged, comparison, counted).items():
                hits = counted.get((judged.subject, comparison.name, level), NOTHING)
                same, apart = _part(hits.same, hits.same_of), _part(hits.apart, hits.apart_of)
                line = (
                    f"{comparison.name:<11} {level:<15} {share.m:7.4f} {same:>8} {share.u:10.6f} {apart:>9}"
                )
                yield f"{line}  weakened: {share.weakened}" if share.weakened else line
            if not comparison.simulated:
                yield f"{'':<11} (the registers cannot tell: the judgement stands)"


def _part(hits: int, of: int) -> str:
    return f"{hits / of:.5f}" if of else "-"
