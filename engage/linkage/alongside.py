"""One agency's own rows beside the hub's linking: known by name within the agency, merged with nobody.

What an agency keeps to itself is compared with no other agency's rows, so none of it is ever merged and no
merge escapes the Decisions that everybody may undo. The hub's clusters and identifiers stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from engage.model import Linked, Membership, Record

from .identifiers import carry_over
from .mentions import Employer, Person, all_mentions

Name = tuple[str, ...]


def add_alone(hub: Linked, records: Sequence[Record], before: Membership, country: str = "GB") -> Linked:
    """The hub's linking with the mentions of these records that it has not.

    records: all that the agency may see. before: its own identifiers at the last sync. A listed row is an
    employer (a person) of its own. A free text is the employer that rows of the same agency call exactly so,
    if that is one; a text that no row has is an employer of its own; one that fits several has no identifier.
    """
    employers, people = all_mentions(records, country)
    own = {key: named for key, named in employers.items() if key not in hub.employer_of}
    employer_of = _named(own, employers, hub.employer_of, before.employers)
    persons = {key: person for key, person in people.items() if key not in hub.person_of}
    person_of = _people(persons, people, employer_of, hub.person_of, before.people)
    return replace(hub, employer_of=employer_of, person_of=person_of, changes=())


def _named(
    own: Mapping[str, Employer],
    employers: Mapping[str, Employer],
    known: Mapping[str, str],
    before: Mapping[str, frozenset[str]],
) -> dict[str, str]:
    listed = [key for key, named in own.items() if named.listed]
    ids = {**known, **_alone([[key] for key in listed], before, known, "EMP")}
    called = _by_name(((named.agency, named.text), ids.get(key)) for key, named in employers.items())
    texts: dict[Name, list[str]] = defaultdict(list)
    for key, named in own.items():
        if not named.listed:
            texts[named.agency, named.text].append(key)
    new = _alone([keys for name, keys in sorted(texts.items()) if name not in called], before, ids, "EMP")
    meant = {
        key: min(called[name])
        for name, keys in texts.items()
        if len(called.get(name, ())) == 1
        for key in keys
    }
    return {**ids, **new, **meant}


def _people(
    own: Mapping[str, Person],
    people: Mapping[str, Person],
    employer_of: Mapping[str, str],
    known: Mapping[str, str],
    before: Mapping[str, frozenset[str]],
) -> dict[str, str]:
    """People of Contacts are each themselves; a name in free text is the one person of that name and firm."""
    ids = {**known, **_alone([[key] for key, person in own.items() if person.listed], before, known, "PER")}
    called = _by_name((_who(person, employer_of), ids.get(key)) for key, person in people.items())
    fitting = {
        key: called.get(_who(person, employer_of), set()) for key, person in own.items() if not person.listed
    }
    return {**ids, **{key: min(found) for key, found in fitting.items() if len(found) == 1}}


def _who(person: Person, employer_of: Mapping[str, str]) -> Name:
    return (person.agency, *person.name.given, person.name.surname, employer_of.get(person.employer, ""))


def _by_name(named: Iterable[tuple[Name, str | None]]) -> dict[Name, set[str]]:
    called: dict[Name, set[str]] = defaultdict(set)
    for name, identifier in named:
        if identifier:
            called[name].add(identifier)
    return dict(called)


def _alone(
    clusters: Sequence[Sequence[str]],
    before: Mapping[str, frozenset[str]],
    known: Mapping[str, str],
    prefix: str,
) -> dict[str, str]:
    """Identifiers that are not the hub's, carried over from the agency's own of the last sync."""
    taken = frozenset(known.values())
    mine = {identifier: members for identifier, members in before.items() if identifier not in taken}
    barred = dict.fromkeys(taken, frozenset[str]())
    return carry_over(clusters, {**mine, **barred}, prefix)
