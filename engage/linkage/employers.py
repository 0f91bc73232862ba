"""Employers, first pass: the rows of the Employers tabs, compared with each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engage.model import Pair

from .bands import band_of, make_pair
from .crew import Crew, Lent
from .doubts import NUMBER_SLIP, Judgement
from .engine.bound import Besides
from .engine.scored import Scored
from .engine.tables import Batch, batch
from .explain import employer_reasons
from .features import employer_grounds, employer_keys, employer_row
from .hints import BITS, on_one_line
from .mentions import Employer
from .model_file import FixedModel, Score, fixed_model
from .namesakes import Names
from .pairing import SAID_BITS, Compared, Judged, judge_pairs
from .pieces import edge
from .settings import LinkSettings
from .shared import Shared
from .shelf import Shelf
from .signs import Carried
from .vetoes import judge_employers

if TYPE_CHECKING:
    from .engine.opening import Engine

# Two rivals whose weights lie this close (bits) are a choice that only a person can make.
RIVAL_MARGIN = 8.0
_ON_ONE_LINE = Besides(BITS - SAID_BITS, (("phone", "same"), ("domain", "same")))


def compare_employers(
    engine: Engine,
    numbers: int,
    judging: EmployerJudging,
    settings: LinkSettings,
    crew: Crew,
    lines: Iterable[Carried],
) -> Compared:
    """Score and judge the pairs worth a look. engine: all of them are in it; numbers: how many there are.

    lines: who has which line that only two names have (hints.py).
    """
    found = judge_pairs(engine, numbers, judging, settings, crew, on_one_line(lines))
    judged = without_rivals(found, settings)
    asked = judged.hinted()
    shown = (asked.scored.probability >= settings.review) & asked.where(lambda found: found.ask)
    return Compared(judged, asked, shown, judging, settings)


def columns(mentions: Mapping[int, Employer]) -> Batch:
    """What the model compares of these mentions, their blocking keys and their grounds."""
    model, every = fixed_model("employer"), mentions.values()
    rows = [employer_row(mention, model) for mention in every]
    keys, grounds = map(employer_keys, every), map(employer_grounds, every)
    return batch([*mentions], rows, [*keys], model, grounds=[*grounds])


@dataclass(frozen=True, slots=True)
class OwnEmployers:
    """Employers without what tells nobody apart."""

    shelf: Shelf[Employer]
    shared: Lent[Shared]

    def take(self, numbers: Iterable[int]) -> dict[int, Employer]:
        """These mentions by their numbers."""
        shared = self.shared.value
        return {number: shared.own(mention) for number, mention in self.shelf.take(numbers).items()}


@dataclass(frozen=True, slots=True)
class EmployerJudging:
    """What may be decided about two employers, and why. shelf: employers without what they share."""

    shelf: Shelf[Employer]
    names: Lent[Names]
    settings: LinkSettings
    besides: Besides = _ON_ONE_LINE
    grounded: bool = True

    @property
    def model(self) -> FixedModel:
        """The fixed model of employers."""
        return fixed_model("employer")

    def judge(self, scored: Scored) -> list[Judgement]:
        """Of each pair, in order."""
        mentions, names = self.shelf.take(scored.numbers()), self.names.value
        return [
            judge_employers(mentions[a], mentions[b], score, names)
            for (a, b), score in zip(scored.pairs(), scored.scores(self.model), strict=True)
        ]

    def describe(self, judged: Judged) -> list[Pair]:
        """The pairs with their reasons, in order."""
        mentions, scored = self.shelf.take(judged.scored.numbers()), judged.scored
        found = zip(scored.pairs(), scored.scores(self.model), judged.judgements(), strict=True)
        return [
            employer_pair(mentions[a], mentions[b], score, said, self.settings)
            for (a, b), score, said in found
        ]


def employer_pair(
    a: Employer, b: Employer, score: Score, judgement: Judgement, settings: LinkSettings
) -> Pair:
    """A scored pair with its band and its reasons."""
    reasons = employer_reasons(a, b, score, judgement.told, judgement.doubt)
    return make_pair(a, b, score, band_of(score, judgement, settings), reasons, judgement.veto)


def without_rivals(judged: Judged, settings: LinkSettings) -> Judged:
    """The same, doubting whoever fits two employers equally well that are surely not one."""
    told_apart = list(judged.scored.at(judged.where(_are_two)).pairs())
    fits = _fits({number for pair in told_apart for number in pair}, judged, settings)
    doubted: set[tuple[int, int]] = set()
    for a, b in told_apart:
        for between in fits[a].keys() & fits[b].keys():
            if abs(fits[a][between] - fits[b][between]) < RIVAL_MARGIN:
                doubted |= {edge(a, between), edge(b, between)}
    return judged.doubting(doubted, "it fits two employers that are not the same")


def _are_two(found: Judgement) -> bool:
    """Surely two: not if a slip in a number is all that says so."""
    return bool(found.veto) and found.veto != NUMBER_SLIP


def _fits(wanted: set[int], judged: Judged, settings: LinkSettings) -> dict[int, dict[int, float]]:
    """Mention → those that the machine may merge it with → bits, for the wanted ones."""
    fits: dict[int, dict[int, float]] = {number: {} for number in wanted}
    strong = judged.scored.at(judged.automatic(settings))
    for (a, b), weight in zip(strong.pairs(), strong.weight.tolist(), strict=True):
        if a in fits:
            fits[a][b] = weight
        if b in fits:
            fits[b][a] = weight
    return fits
