"""What a reader asked to be told about: everything, or what concerns their agency, sectors or employers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta

from engage.digest.plain import plain
from engage.digest.readers import EVERYTHING, MY_AGENCY, MY_EMPLOYERS, MY_SECTORS, Reader
from engage.insight.facts import Facts, once_a_day
from engage.insight.reading import PlainRow, agency_of, employer_key, fold, rows_of
from engage.insight.sectors import in_sectors
from engage.insight.weeks import read_day
from engage.register.names import PersonName, read_people

MINE_DAYS = 365  # an engagement older than this no longer makes its employer "mine"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which of all that a reader may see is theirs.

    employers: keys (merged ids; spellings where unresolved); None where employers do not decide.
    sectors: as the reader's row names them. words: for a sentence, "your employers"; "" for everything.
    """

    agency: str
    about: str = EVERYTHING
    employers: frozenset[str] | None = None
    sectors: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What it is about in a sentence: "your employers"; "" for everything."""
        sectors = "the sector " if len(self.sectors) == 1 else "the sectors "
        said = {MY_AGENCY: self.agency, MY_EMPLOYERS: "your employers"}
        words = sectors + ", ".join(self.sectors) if self.about == MY_SECTORS else said.get(self.about, "")
        return plain(words)

    def holds(self, employers: Collection[str], agencies: Collection[str]) -> bool:
        """Whether something about these employers, by these agencies, is theirs."""
        if self.employers is not None:
            return not self.employers.isdisjoint(employers)
        return self.about != MY_AGENCY or fold(self.agency) in {fold(name) for name in agencies}


def scope_of(facts: Facts, reader: Reader) -> Scope:
    """The scope that a reader's row asks for. My sectors without a sector is everything: nothing is hidden
    from somebody who has only forgotten to say which."""
    if reader.about == MY_SECTORS and reader.sectors:
        return Scope(reader.agency, MY_SECTORS, in_sectors(facts, reader.sectors), reader.sectors)
    if reader.about == MY_EMPLOYERS:
        return Scope(reader.agency, MY_EMPLOYERS, frozenset(_employers_of(facts, reader)))
    return Scope(reader.agency, MY_AGENCY if reader.about == MY_AGENCY else EVERYTHING)


def _employers_of(facts: Facts, reader: Reader) -> Iterator[str]:
    """Employers whose Relationship manager a reader is in a row of their agency, or with whom they did,
    planned or follow up an engagement of their agency in the last year."""
    for person in read_people(reader.owner)[:1]:
        for cell, keys in colleagues(facts).get((reader.agency, _surname(person)), {}).items():
            if names(cell, reader.owner):
                yield from keys


@once_a_day
def colleagues(facts: Facts) -> dict[tuple[str, str], dict[str, set[str]]]:
    """(agency, surname) → cell that names such a colleague → keys of the employers that it is about."""
    found: dict[tuple[str, str], dict[str, set[str]]] = {}
    for row, cell in _cells_of_colleagues(facts):
        for person in read_people(cell):
            cells = found.setdefault((agency_of(row), _surname(person)), {})
            cells.setdefault(cell, set()).add(employer_key(row))
    return found


def _surname(person: PersonName) -> str:
    """What two names must share to be one person's."""
    return fold(person.last or person.full)


def _cells_of_colleagues(facts: Facts) -> Iterator[tuple[PlainRow, str]]:
    since = facts.today - timedelta(days=MINE_DAYS)
    for row in rows_of(facts, "Employers"):
        yield row, row.get("Relationship manager", "")
    for row in rows_of(facts, "Engagements"):
        day = read_day(row.get("Date", ""))
        if row.get("Status", "") != "Cancelled" and day and day >= since:
            yield row, row.get("Staff member", "")
            yield row, row.get("Follow-up owner", "")


def names(cell: str, colleague: str) -> bool:
    """Whether a cell names a colleague: the whole name, or initial and surname ("R. Hale", "Hale, Ruth")."""
    wanted = read_people(colleague)
    return bool(wanted) and any(_same(person, wanted[0]) for person in read_people(cell))


def _same(one: PersonName, other: PersonName) -> bool:
    if not one.last or fold(one.last) != fold(other.last):
        return fold(one.full) == fold(other.full)
    first, second = (fold(person.first.replace(".", " ")).split()[:1] for person in (one, other))
    if not first or not second:
        return False
    short, long = sorted((first[0], second[0]), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))
