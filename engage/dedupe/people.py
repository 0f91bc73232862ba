"""The people whom a list's rows name, linked with the help of the employers that were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from engage.linkage.crew import Crew, Lent
from engage.linkage.engine.opening import open_engine
from engage.linkage.engine.tables import Batch
from engage.linkage.mentions import Employer, Person
from engage.linkage.people import PersonJudging, Placed, columns, compare_people, namesakes_of
from engage.linkage.settings import LinkSettings
from engage.linkage.shared import Lines, answered_by_others, phones_of
from engage.linkage.shelf import Filed, Shelf
from engage.linkage.signs import Carried, Index, spans

from .linking import AT_ONCE, MOST_PEOPLE, Linked, Numbers, TakenRows, in_lots, linked


@dataclass(frozen=True, slots=True)
class Places:
    """Where people work. where: for each person the row, as in TakenRows; home: row → the merged employer."""

    where: Numbers
    home: Numbers


@dataclass(frozen=True, slots=True)
class AtWork:
    """People where they work: what their rows say, with the employers that came of them."""

    people: Filed[Person]
    employers: Shelf[Employer]
    places: Lent[Places]

    def take(self, numbers: Iterable[int]) -> dict[int, Placed]:
        """These people by their numbers."""
        places, found = self.places.value, self.people.take(numbers)
        rows = {number: int(places.where[number]) // MOST_PEOPLE for number in found}
        firms = self.employers.take(rows[number] for number, person in found.items() if person.employer)
        return {
            number: Placed(person, f"E{places.home[rows[number]]}", firms[rows[number]].domains)
            if person.employer and rows[number] in firms
            else Placed(person)
            for number, person in found.items()
        }


def link_people(
    taken: TakenRows, firms: Linked, keys: Sequence[str], settings: LinkSettings, crew: Crew
) -> Linked:
    """The people that the rows name. keys: of the employers' mentions, by the rows' numbers."""
    count = len(taken.where)
    shelf = AtWork(taken.people, taken.own, crew.lend(Places(taken.where, firms.home)))
    found = list(crew.map(partial(_carried, shelf=shelf), spans(count, AT_ONCE)))
    lines = crew.lend(_lines([phones for phones, _ in found], taken, keys, crew))
    judging = PersonJudging(shelf, crew.lend(Index(names for _, names in found)), settings)
    with open_engine(judging.model, count, settings.spark) as engine:
        for batch in crew.map(partial(_columns, shelf=shelf, lines=lines), spans(count, AT_ONCE)):
            engine.add(batch)
        compared = compare_people(engine, count, judging, settings, crew)
    return linked(compared, np.arange(count), count)


def _carried(numbers: range, shelf: AtWork) -> tuple[Carried, Carried]:
    """Who has which phones, and who is called what where."""
    placed = shelf.take(numbers)
    return phones_of({number: one.person for number, one in placed.items()}), namesakes_of(placed)


def _columns(numbers: range, shelf: AtWork, lines: Lent[Lines]) -> Batch:
    return columns(shelf.take(numbers), lines.value)


def _lines(phones: Iterable[Carried], taken: TakenRows, keys: Sequence[str], crew: Crew) -> Lines:
    """The phones that one person answers, told by those that they do not."""
    groups = _doubtful(Index(phones), Index(part.phones for part in taken.users), taken, keys)
    lots = in_lots(groups, AT_ONCE)
    found = crew.map(partial(answered_by_others, taken.people), lots)
    return Lines(frozenset(phone for part in found for phone in part))


def _doubtful(
    people: Index, firms: Index, taken: TakenRows, keys: Sequence[str]
) -> Iterator[tuple[int, list[int], list[str]]]:
    """(sign, people, keys of employers) of every phone that somebody else's row may have too."""
    for sign, numbers in people.groups():
        rows = firms.of(sign)
        own = {int(taken.where[number]) // MOST_PEOPLE for number in numbers}
        if len(numbers) > 1 or not own.issuperset(rows):
            yield sign, numbers, [keys[row] for row in rows]
