"""Which phones and domains tell firms apart, and which are a switchboard's, an agent's or a landlord's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from .mentions import Employer, Person
from .normalise.contact import domain_label, is_mobile
from .normalise.organisations import OrganisationName
from .normalise.people import PersonName, given_forms
from .normalise.words import organisation_words


def without_shared(employers: Mapping[str, Employer]) -> dict[str, Employer]:
    """The mentions without the phones and domains that unlike employers use, and without an agent's."""
    phones = _kinds(employers.values(), "phones")
    domains = _kinds(employers.values(), "domains")
    agents = _agents(employers.values())

    def own_domain(domain: str) -> bool:
        names = domains[domain]
        return domain not in agents and (
            len(names) == 1 or (len(names) == 2 and any(_fits(domain, n) for n in names))
        )

    def own_phone(phone: str) -> bool:
        return len(phones[phone]) == 1 and phone not in agents

    return {
        key: replace(
            mention,
            phones=() if mention.by_agent else tuple(filter(own_phone, mention.phones)),
            domains=tuple(filter(own_domain, mention.domains)),
            mailboxes=tuple(m for m in mention.mailboxes if m.rpartition("@")[2] not in agents),
            desks=(
                *(phone for phone in mention.phones if mention.by_agent or not own_phone(phone)),
                *(domain for domain in mention.domains if not own_domain(domain)),
                *filter(None, (mention.agent,)),
            ),
        )
        for key, mention in employers.items()
    }


def name_signs(name: OrganisationName) -> frozenset[str]:
    """What two typings of one employer have in common: telling words, other names, acronym, first letters."""
    lists = organisation_words()
    telling = {word for word in name.core if lists.rarity(word) > 1} or set(name.core)
    first = {f"{name.key[:6]}…"} if len(name.key) >= 6 else set()
    return frozenset({*telling, name.key, *name.aliases, *name.former, *name.acronyms, *first})


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


def _kinds(employers: Iterable[Employer], field: str) -> dict[str, list[frozenset[str]]]:
    """Value → the unlike names that use it, each as all its signs; names are alike if they share a sign."""
    users: dict[str, list[frozenset[str]]] = defaultdict(list)
    for mention in employers:
        signs = name_signs(mention.name)
        for value in getattr(mention, field):
            groups = users[value]
            alike = [group for group in groups if group & signs]
            joined = signs.union(*alike)
            users[value] = [group for group in groups if group not in alike] + [joined]
    return users


def _fits(domain: str, signs: frozenset[str]) -> bool:
    """True if a domain's label reads like one of these names."""
    label = domain_label(domain)
    return (
        any(len(sign) >= 4 and (sign.rstrip("…") in label or label in sign) for sign in signs)
        or label in signs
    )


def direct_lines(people: Iterable[Person], employers: Iterable[Employer]) -> frozenset[str]:
    """Phones that one person answers: no two people with different first names have them.

    A landline counts only if someone's row has it and no row without a person does (a switchboard).
    """
    users: dict[str, list[PersonName]] = defaultdict(list)
    rows: dict[str, set[str]] = defaultdict(set)
    for person in people:
        for phone in person.phones:
            users[phone].append(person.name)
            rows[phone].add(person.employer)
    nobody = {
        p for e in employers for p in e.phones if e.key not in rows[p] and not is_mobile(p) and e.listed
    }
    return frozenset(
        phone
        for phone, names in users.items()
        if (phone not in nobody or is_mobile(phone)) and _one_person(names)
    )


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
