"""Which merged person a name in a free text means: by mailbox, or by full name at the same employer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from engage.model import Decision, Pair

from .bands import REVIEW, make_pair
from .decisions import Standing, rows_told
from .explain import person_reasons
from .features import person_row
from .mentions import Person
from .model_file import fixed_model
from .normalise.text import same_text
from .people import Workplaces
from .pieces import Edge, edge
from .resolved import Resolved, told_by_people
from .score import score_pairs
from .shared import compatible


@dataclass(frozen=True, slots=True)
class Named:
    """One person as one agency's texts name them at one employer; key stands for all members in questions."""

    key: str
    members: tuple[str, ...]
    person: Person
    employer: str


def group_named(
    people: Iterable[Person], workplaces: Workplaces, decisions: Sequence[Decision] = ()
) -> list[Named]:
    """The free-text people by agency, merged employer (or none), typing and mailbox.

    An initial and a surname at one employer are one person for all agencies, who is asked about once, unless
    two people there have them, or people said of them that they are two. people: all of them, those of rows
    too.
    """
    every = list(people)
    firsts = _first_names(every, workplaces)
    found: dict[tuple[str, ...], list[Person]] = defaultdict(list)
    for person in every:
        if not person.listed:
            found[_who(person, workplaces.employer(person), firsts)].append(person)
    groups = []
    told = rows_told(decisions, "person")
    for (_, employer, _, _), together in found.items():
        for same in _as_told(together, told):
            first = min(same, key=lambda person: person.key)
            groups.append(Named(first.key, tuple(sorted(person.key for person in same)), first, employer))
    return sorted(groups, key=lambda group: group.key)


def _as_told(together: Sequence[Person], told: Mapping[str, Collection[str]]) -> list[list[Person]]:
    """These mentions as one; each agency's for themselves where answers say that they are several people."""
    if len({row for person in together for row in told.get(person.key, ())}) < 2:
        return [list(together)]
    agencies: dict[str, list[Person]] = defaultdict(list)
    for person in together:
        agencies[person.agency].append(person)
    return list(agencies.values())


def _who(person: Person, employer: str, firsts: Mapping[tuple[str, str, str], set[str]]) -> tuple[str, ...]:
    """What is one person: agency ("" for all), employer, name, mailbox."""
    name, mail = person.name, "; ".join(person.mailboxes)
    if employer and name.surname and len(name.given) == 1 and name.initial_only and not mail:
        known = sorted(firsts.get((employer, name.surname, name.first), ()))
        if all(compatible(a, b) for a, b in combinations(known, 2)):
            return ("", employer, f"{name.first} {name.surname}", "")
    return (person.agency, employer, same_text(name.typed), mail)


def _first_names(people: Iterable[Person], workplaces: Workplaces) -> dict[tuple[str, str, str], set[str]]:
    """(employer, surname, initial) → the first names written out that begin so there."""
    firsts: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for person in people:
        employer, name = workplaces.employer(person), person.name
        if employer and name.surname and len(name.first) > 1:
            firsts[employer, name.surname, name.first[0]].add(name.first)
    return firsts


def resolve_named(
    groups: Sequence[Named],
    listed: Mapping[str, Person],
    cluster_of: Mapping[str, int],
    workplaces: Workplaces,
    standing: Standing,
) -> Resolved:
    """Resolve every name against the clusters of listed people.

    A mailbox settles it if the names agree; so does a full name (or a form of it) that only one person at the
    same merged employer has. Anything less is asked; a full name nobody there has is somebody new.
    """
    staff, owners = _where(listed, workplaces)
    told, ruled_out = told_by_people(groups, cluster_of, standing)
    home: dict[str, str] = {}
    founders: list[str] = []
    doubtful: dict[Edge, Named] = {}
    for group in groups:
        near = staff.get(group.employer, set()) | {
            key for mail in group.person.mailboxes for key in owners[mail]
        }
        fitting = [
            k
            for k in sorted(near)
            if _fits(group.person, listed[k]) and cluster_of[k] not in ruled_out[group.key]
        ]
        plain = [key for key in fitting if _plain(group.person, listed[key])]
        if group.key in told:
            home[group.key] = told[group.key]
        elif plain and len({cluster_of[key] for key in plain}) == 1:
            home[group.key] = plain[0]
        elif fitting:
            doubtful |= {edge(group.key, key): group for key in _one_each(plain or fitting, cluster_of)[:2]}
        elif group.employer and group.person.name.surname and not group.person.name.initial_only:
            founders.append(group.key)
    pairs = _questions(doubtful, listed, workplaces)
    return Resolved(home, tuple(founders), tuple(pairs))


def _where(
    listed: Mapping[str, Person], workplaces: Workplaces
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Employer → the listed people there; mailbox → the listed people who have it."""
    staff: dict[str, set[str]] = defaultdict(set)
    owners: dict[str, set[str]] = defaultdict(set)
    for key, person in listed.items():
        if workplaces.employer(person):
            staff[workplaces.employer(person)].add(key)
        for mail in person.mailboxes:
            owners[mail].add(key)
    return staff, owners


def _fits(text: Person, row: Person) -> bool:
    """True when the text may name the person of this row; one word is a first name, or else a surname."""
    said, known = text.name, row.name
    if not said.given or not said.surname:
        word = said.first or said.surname
        return word == known.surname or compatible(word, known.first)
    return compatible(said.first, known.first) and bool(said.parts & known.parts)


def _plain(text: Person, row: Person) -> bool:
    """True when the text names this person in full, and no mailbox speaks against it."""
    said, known = text.name, row.name
    same_mail = bool(set(text.mailboxes) & set(row.mailboxes))
    if text.mailboxes and row.mailboxes and not same_mail:
        return False
    full = not said.initial_only and not known.initial_only and bool(said.given)
    return said.surname == known.surname and bool(said.given) and (full or same_mail)


def _one_each(keys: Iterable[str], cluster_of: Mapping[str, int]) -> list[str]:
    """One row for each cluster."""
    seen: dict[int, str] = {}
    for key in keys:
        seen.setdefault(cluster_of[key], key)
    return list(seen.values())


def _questions(
    doubtful: Mapping[Edge, Named], listed: Mapping[str, Person], workplaces: Workplaces
) -> list[Pair]:
    model = fixed_model("person")
    people = {**listed, **{group.key: group.person for group in doubtful.values()}}
    keys = {key for pair in doubtful for key in pair}
    rows = {
        key: person_row(people[key], frozenset(), workplaces.employer(people[key]), (), model) for key in keys
    }
    pairs = []
    for (a, b), score in sorted(score_pairs(rows, sorted(doubtful), model).items()):
        reasons = person_reasons(people[a], people[b], score, "named in free text")
        pairs.append(make_pair(people[a], people[b], score, REVIEW, reasons))
    return pairs
