"""The rows of the Employers tabs, and the people in rows, linked among themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np

from engage.model import Pair

from . import employers, people
from .crew import Alone, Crew
from .decisions import Standing
from .employers import EmployerJudging, compare_employers
from .engine.opening import open_engine
from .engine.tables import Batch
from .grouping import cluster_listed
from .hints import lines_of
from .mentions import Employer, Person
from .namesakes import Names
from .pairing import Compared
from .people import PersonJudging, Workplaces, compare_people, namesakes_of
from .pieces import Edge
from .settings import LinkSettings
from .shared import direct_lines
from .shelf import Held
from .signs import Index, spans

M = TypeVar("M")
AT_ONCE = 5_000  # mentions


@dataclass(frozen=True, slots=True)
class Listed:
    """One kind, linked. keys: of the mentions by number; refused: answers Same that others rule out."""

    keys: Sequence[str]
    clusters: list[list[str]]
    refused: list[Edge]
    compared: Compared

    def pairs(self, crew: Crew) -> dict[Edge, Pair]:
        """Every pair worth a look, with its reasons, by the keys of its ends."""
        found = self.compared.describe(np.flatnonzero(self.compared.shown), crew)
        return {(pair.a, pair.b): pair for pair in found}


def link_employers(listed: Mapping[str, Employer], told: Standing, settings: LinkSettings) -> Listed:
    """Rows of the Employers tabs, without what they share (shared.py), linked. told: people's answers."""
    keys, crew = sorted(listed), Alone()
    held = Held([listed[key] for key in keys])
    judging = EmployerJudging(held, crew.lend(Names.of(held.mentions)), settings)
    with open_engine(judging.model, len(keys)) as engine:
        for some in _batches(held, employers.columns):
            engine.add(some)
        lines = (lines_of(held.take(span)) for span in spans(len(keys), AT_ONCE))
        compared = compare_employers(engine, len(keys), judging, settings, crew, lines)
    return Listed(keys, *cluster_listed(keys, range(len(keys)), compared, told), compared)


def link_people(
    listed: Mapping[str, Person],
    firms: Iterable[Employer],
    places: Workplaces,
    told: Standing,
    settings: LinkSettings,
) -> Listed:
    """People in rows, linked. firms: all mentions of employers, as their rows have them."""
    keys, crew = sorted(listed), Alone()
    held = Held([places.placed(listed[key]) for key in keys])
    lines = direct_lines(listed.values(), firms)
    namesakes = Index([namesakes_of(held.take(range(len(keys))))])
    judging = PersonJudging(held, crew.lend(namesakes), settings)
    with open_engine(judging.model, len(keys)) as engine:
        for some in _batches(held, partial(people.columns, lines=lines)):
            engine.add(some)
        compared = compare_people(engine, len(keys), judging, settings, crew)
    return Listed(keys, *cluster_listed(keys, range(len(keys)), compared, told), compared)


def _batches(held: Held[M], columns: Callable[[Mapping[int, M]], Batch]) -> Iterator[Batch]:
    return (columns(held.take(span)) for span in spans(len(held.mentions), AT_ONCE))
