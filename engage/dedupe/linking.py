"""A list linked: its rows taken in by several processes, compared in the database, judged some at a time.

Nothing is held but columns of numbers: mentions are in a file, pairs in the database until they are likely.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from engage.linkage import employers
from engage.linkage.crew import Crew, crew_for
from engage.linkage.employers import EmployerJudging, OwnEmployers, compare_employers
from engage.linkage.engine.opening import Engine, open_engine
from engage.linkage.engine.tables import Batch
from engage.linkage.grouping import merged_numbers
from engage.linkage.hints import lines_of
from engage.linkage.mentions import Employer, Person
from engage.linkage.model_file import fixed_model
from engage.linkage.namesakes import Named, Names
from engage.linkage.pairing import Compared
from engage.linkage.settings import LinkSettings
from engage.linkage.shared import Users, find_shared, touched
from engage.linkage.shelf import Filed, Filing, Shelf
from engage.linkage.signs import Carried
from engage.linkage.unswept import unswept
from engage.model import Row

from .row_ids import RowIds
from .taking_in import Reading, take_in

T = TypeVar("T")
AT_ONCE = 4_000  # rows
MOST_PEOPLE = 1_000_000  # in a row: more than a cell of names ever holds, or its people are the next row's
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Linked:
    """Mentions of one kind, linked. numbers: those that are somebody's.

    home: number → the first number of its cluster, its own where it is alone.
    """

    numbers: Numbers
    home: Numbers
    compared: Compared


@dataclass(frozen=True, slots=True)
class TakenRows:
    """A whole list taken in. employers: as their rows have them; own: without what they share.

    numbers: rows that name an employer; people: in the order of their rows; where: for each of them its row's
    number × MOST_PEOPLE + its ordinal there.
    """

    employers: Filed[Employer]
    own: Shelf[Employer]
    numbers: Numbers
    users: list[Users]
    lines: list[Carried]
    named: list[Named]
    people: Filed[Person]
    where: Numbers


@contextmanager
def workshop(rows: int) -> Iterator[tuple[Crew, Path]]:
    """Who works on so many rows, and a folder for as long as they do."""
    with (
        TemporaryDirectory(prefix="engage-", ignore_cleanup_errors=True) as folder,
        crew_for(rows) as crew,
        unswept(),
    ):
        try:
            yield crew, Path(folder)
        finally:
            Filed.close_all()


# Where rows say no more than a name, comparing two weighs little: the list as a whole says the rest.
_REVIEW_OF_NAMES = 0.02


def link_rows(
    rows: Iterable[Row], ids: RowIds, reading: Reading, settings: LinkSettings, crew: Crew, folder: Path
) -> tuple[TakenRows, Linked]:
    """The employers that these rows name. rows: below the headings, as ids has numbered them."""
    if reading.columns.names_only:
        settings = replace(settings, review=_REVIEW_OF_NAMES)
    with open_engine(fixed_model("employer"), len(ids), settings.spark) as engine:
        taken = _take_in(rows, ids, reading, engine, crew, folder)
        names = Names.said_by(taken.named, taken.own, references=reading.columns.names_only)
        judging = EmployerJudging(taken.own, crew.lend(names), settings)
        compared = compare_employers(engine, len(ids), judging, settings, crew, taken.lines)
    return taken, linked(compared, taken.numbers, len(ids))


def linked(compared: Compared, numbers: Numbers, count: int) -> Linked:
    """The clusters of what was compared."""
    home = np.arange(count)
    for cluster in merged_numbers(compared, set()):
        home[cluster] = min(cluster)
    return Linked(numbers, home, compared)


def _take_in(
    rows: Iterable[Row], ids: RowIds, reading: Reading, engine: Engine, crew: Crew, folder: Path
) -> TakenRows:
    firms, people = Filing[Employer](folder / "employers"), Filing[Person](folder / "people")
    users: list[Users] = []
    said: list[Named] = []
    work = partial(take_in, reading=crew.lend(reading))
    for taken in crew.map(work, in_lots(ids.numbered(rows), AT_ONCE)):
        engine.add(taken.batch)
        users.append(taken.users)
        said.append(taken.named)
        for number, packed in taken.employers:
            firms.put(number, packed)
        for number, ordinal, packed in taken.people:
            people.put(number * MOST_PEOPLE + ordinal, packed)
    filed, numbers = firms.by_number(len(ids))
    shared = find_shared(filed, users, crew)
    own = OwnEmployers(filed, crew.lend(shared))
    again = touched(shared, users)
    engine.withdraw(np.array(again, np.int32))
    lines: list[Carried] = []
    for batch, theirs in crew.map(partial(_again, own=own), in_lots(again, AT_ONCE)):
        engine.add(batch)
        lines.append(theirs)
    return TakenRows(filed, own, numbers, users, lines, said, *people.in_order())


def _again(numbers: list[int], own: Shelf[Employer]) -> tuple[Batch, Carried]:
    """Mentions that have something which they share, as they are without it; and who shares it with one."""
    mentions = own.take(numbers)
    return employers.columns(mentions), lines_of(mentions)


def in_lots(things: Iterable[T], at_once: int) -> Iterator[list[T]]:
    """The same in lists of so many."""
    left = iter(things)
    while lot := list(islice(left, at_once)):
        yield lot
