"""Which phones and domains tell firms apart, and which are a switchboard's, an agent's or a landlord's.

What the list as a whole says of each row is put here: what tells nobody apart is taken from it, and the town
of its district is added.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

import numpy as np
import numpy.typing as npt

from .crew import Alone, Crew
from .districts import Located, located, towns_of, with_town
from .mentions import Employer, Person
from .normalise.contact import domain_label, is_mobile
from .normalise.organisations import OrganisationName
from .normalise.people import PersonName, given_forms
from .normalise.words import organisation_words
from .pieces import Pieces
from .shelf import Held, Shelf
from .signs import Carried, Index, Signs, by_number, carried, in_chunks, sign

Field = Literal["phones", "domains"]
AT_ONCE = 5_000  # mentions
# Of a phone or a domain that more have, so many say whether unlike ones do: free mail has half a register.
MOST_USERS = 500


@dataclass(frozen=True, slots=True)
class Shared:
    """What tells no employer apart. phones, domains: those of unlike ones; agents: those of an agent.

    between_two: the phones and domains that just two kinds of names have: two firms', or one's under both.
    towns: district → its town.
    """

    phones: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    between_two: frozenset[str] = frozenset()
    towns: Mapping[str, str] = field(default_factory=dict)

    def own(self, mention: Employer) -> Employer:
        """The mention without these, in the town of its district."""
        mention = with_town(mention, self.towns)
        phones = () if mention.by_agent else self._left(mention.phones, self.phones)
        domains = self._left(mention.domains, self.domains)
        mailboxes = tuple(m for m in mention.mailboxes if m.rpartition("@")[2] not in self.agents)
        gone = (*_gone(mention.phones, phones), *_gone(mention.domains, domains))
        desks = (*gone, mention.agent) if mention.agent else gone
        if not desks and mailboxes == mention.mailboxes:
            return mention
        between = tuple(value for value in gone if value in self.between_two and value not in self.agents)
        return replace(
            mention, phones=phones, domains=domains, mailboxes=mailboxes, desks=desks, between_two=between
        )

    def _left(self, values: tuple[str, ...], shared: Collection[str]) -> tuple[str, ...]:
        return tuple(value for value in values if value not in shared and value not in self.agents)


def _gone(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in before if value not in after)


@dataclass(frozen=True, slots=True)
class Users:
    """Who uses which phones and domains, of some mentions. agents: those of rows that say c/o.

    located: which towns their districts lie in.
    beginnings: how each one's name begins, sign() of nothing where it is short: what begins alike is alike.
    """

    phones: Carried
    domains: Carried
    agents: frozenset[str]
    located: Located
    beginnings: Carried


def users_of(mentions: Mapping[int, Employer]) -> Users:
    """The phones and domains of these mentions."""
    phones = ((sign(value), number) for number, one in mentions.items() for value in one.phones)
    domains = ((sign(value), number) for number, one in mentions.items() for value in one.domains)
    begun = ((sign(*_beginning(one.name)), number) for number, one in mentions.items())
    agents = frozenset(_agents(mentions.values()))
    return Users(carried(phones), carried(domains), agents, located(mentions), carried(begun))


def touched(shared: Shared, users: Sequence[Users]) -> list[int]:
    """The numbers of the mentions that have something of what is shared, or whose town others say."""
    values = _signs(shared.phones | shared.domains | shared.agents)
    towns = _signs(shared.towns)
    found = [
        part.numbers[_are_among(part.signs, wanted)]
        for each in users
        for part, wanted in ((each.phones, values), (each.domains, values), (each.located.townless, towns))
    ]
    return np.unique(np.concatenate([np.empty(0, np.int32), *found])).tolist()  # type: ignore[no-any-return]


def _signs(values: Collection[str]) -> Signs:
    return np.sort(np.fromiter((sign(value) for value in values), np.uint64, len(values)))


def _are_among(signs: Signs, wanted: Signs) -> npt.NDArray[np.bool_]:
    """Which of these are wanted. wanted: sorted once, where np.isin would sort a million for each part."""
    if not len(wanted):
        return np.zeros(len(signs), np.bool_)
    found = wanted[np.searchsorted(wanted, signs) % len(wanted)] == signs
    return np.asarray(found, np.bool_)


def without_shared(employers: Mapping[str, Employer]) -> dict[str, Employer]:
    """The mentions without the phones and domains that unlike employers use, and without an agent's, each in
    the town of its district.
    """
    mentions = list(employers.values())
    shared = find_shared(Held(mentions), [users_of(dict(enumerate(mentions)))], Alone())
    return {key: shared.own(mention) for key, mention in employers.items()}


def find_shared(employers: Shelf[Employer], users: Sequence[Users], crew: Crew) -> Shared:
    """What tells none of these employers apart. users: of all of them, in parts."""
    found: dict[Field, frozenset[str]] = {}
    between: set[str] = set()
    fields: tuple[Field, Field] = ("phones", "domains")
    kinds = by_number(part.beginnings for part in users)
    for name in fields:
        index = Index(getattr(part, name) for part in users)
        unlike = crew.map(
            partial(_used_by_unlike, employers, name), in_chunks(_enough(index, kinds), AT_ONCE)
        )
        kinds_of = {value: kinds for part in unlike for value, kinds in part}
        found[name] = frozenset(kinds_of)
        between |= {value for value, kinds in kinds_of.items() if kinds == 2}
    agents = frozenset(value for part in users for value in part.agents)
    towns = towns_of(part.located for part in users)
    return Shared(found["phones"], found["domains"], agents, frozenset(between), towns)


def _enough(index: Index, kinds: Signs) -> Iterator[tuple[int, list[int]]]:
    """Who may be unlike, by what they use; of very many those whose names begin in the most ways."""
    for one, numbers in index.of_unlike(kinds):
        yield one, numbers if len(numbers) <= MOST_USERS else _one_of_each(numbers, kinds)[:MOST_USERS]


def _one_of_each(numbers: list[int], kinds: Signs) -> list[int]:
    """The first of these mentions of each kind, in the order of the kinds."""
    _, first = np.unique(kinds[numbers], return_index=True)
    return [numbers[at] for at in first.tolist()]


def _used_by_unlike(
    employers: Shelf[Employer], field: Field, groups: Iterable[tuple[int, list[int]]]
) -> list[tuple[str, int]]:
    """The values of these groups that tell nobody apart, and how many kinds of names have each. groups: a
    value's sign, its users' numbers.
    """
    groups = list(groups)
    mentions = employers.take(number for _, numbers in groups for number in numbers)
    signs = {number: name_signs(mention.name) for number, mention in mentions.items()}
    found = []
    for one, numbers in groups:
        value = next(text for text in getattr(mentions[numbers[0]], field) if sign(text) == one)
        kinds = _kinds(signs[number] for number in numbers)
        two = field == "domains" and len(kinds) == 2 and any(_fits(value, kind) for kind in kinds)
        if len(kinds) > 1 and not two:
            found.append((value, len(kinds)))
    return found


def name_signs(name: OrganisationName) -> frozenset[str]:
    """What two typings of one employer have in common: telling words, other names, acronym, first letters."""
    lists = organisation_words()
    telling = {word for word in name.core if lists.rarity(word) > 1} or set(name.core)
    return frozenset(
        {*telling, name.key, *name.aliases, *name.former, *name.acronyms, *_beginning(name), *_end(name)}
    )


def _beginning(name: OrganisationName) -> tuple[str, ...]:
    return (f"{name.key[:6]}…",) if len(name.key) >= 6 else ()


def _end(name: OrganisationName) -> tuple[str, ...]:
    """Where a letter was lost or strayed at the beginning, the rest is the same."""
    return (f"…{name.key[-12:]}",) if len(name.key) >= 15 else ()


def _agents(employers: Iterable[Employer]) -> set[str]:
    """Domains and phones of rows that say "c/o", unless the domain fits the employer's own name."""
    marked: set[str] = set()
    for mention in employers:
        if mention.by_agent:
            marked |= {
                domain for domain in mention.domains if not _fits(domain, frozenset(name_signs(mention.name)))
            }
            marked |= set(mention.phones)
    return marked


def _kinds(names: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Unlike names, each as all its signs; names are alike if they share a sign."""
    every = list(names)
    pieces = Pieces(range(len(every)))
    first: dict[str, int] = {}
    for at, signs in enumerate(every):
        for one in signs:
            pieces.join(first.setdefault(one, at), at)
    return [frozenset[str]().union(*(every[at] for at in piece)) for piece in pieces.groups()]


def _fits(domain: str, signs: frozenset[str]) -> bool:
    """True if a domain's label reads like one of these names."""
    label = domain_label(domain)
    return (
        any(len(sign) >= 4 and (sign.rstrip("…") in label or label in sign) for sign in signs)
        or label in signs
    )


@dataclass(frozen=True, slots=True)
class Lines:
    """Phones that one person answers. others: those among people's phones that are not."""

    others: frozenset[str] = frozenset()

    def __contains__(self, phone: object) -> bool:
        return phone not in self.others


def direct_lines(people: Iterable[Person], employers: Iterable[Employer]) -> Lines:
    """Phones that one person answers: no two people with different first names have them.

    A landline counts only if someone's row has it and no row without a person does (a switchboard).
    """
    known, firms = list(people), [one for one in employers if one.listed]
    phones = Index([phones_of(dict(enumerate(known)))])
    firms_on = Index([phones_of(dict(enumerate(firms)))])
    groups = [(one, numbers, [firms[at].key for at in firms_on.of(one)]) for one, numbers in phones.groups()]
    return Lines(frozenset(answered_by_others(Held(known), groups)))


def phones_of(mentions: Mapping[int, Employer] | Mapping[int, Person]) -> Carried:
    """Who has which phones."""
    return carried((sign(value), number) for number, one in mentions.items() for value in one.phones)


def answered_by_others(
    people: Shelf[Person], groups: Iterable[tuple[int, list[int], list[str]]]
) -> list[str]:
    """The phones of these groups that are no direct lines.

    groups: a phone's sign, the numbers of the people who have it, the keys of the employers whose rows do.
    """
    groups = list(groups)
    mentions = people.take(number for _, numbers, _ in groups for number in numbers)
    found = []
    for one, numbers, firms in groups:
        users = [mentions[number] for number in numbers]
        phone = next(text for text in users[0].phones if sign(text) == one)
        theirs = {person.employer for person in users}
        nobody = not is_mobile(phone) and any(key not in theirs for key in firms)
        if nobody or not _one_person([person.name for person in users]):
            found.append(phone)
    return found


def _one_person(names: list[PersonName]) -> bool:
    firsts = sorted({name.first for name in names})
    if len(firsts) > 6:
        return False
    return all(compatible(a, b) for i, a in enumerate(firsts) for b in firsts[i + 1 :])


def compatible(one: str, other: str) -> bool:
    """True if two given names may be one person's: the same, a pet form, or an initial that fits."""
    if not one or not other or one == other:
        return True
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return bool(given_forms(one) & given_forms(other))
