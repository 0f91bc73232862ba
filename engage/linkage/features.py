"""Mentions as the models' columns, and the keys they are blocked on."""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Mapping

from .mentions import Employer, Person
from .model_file import FixedModel
from .normalise.contact import domain_label
from .normalise.people import given_forms, surname_rarity
from .normalise.places import postal_area, site_keys
from .normalise.words import organisation_words

Row = dict[str, str | float | list[str] | None]


def employer_row(mention: Employer, model: FixedModel) -> Row:
    """The columns of models/employer.toml for one mention; None or [] is missing.

    bag: a word stands in it as often as it is rare, so that plain set overlap weighs by rarity.
    """
    lists = organisation_words()
    name = mention.name
    return {
        "name_key": name.key or None,
        "names": sorted({name.key, *name.aliases, *name.former} - {""}),
        "bag": sorted({f"{word}~{n}" for word in name.core for n in range(lists.rarity(word))}),
        "telling": sorted({word for word in name.core if lists.rarity(word) > 1}),
        "acronyms": list(name.acronyms),
        "number": mention.number.value or None,
        "charity": mention.charity.value or None,
        "domains": list(mention.domains),
        "domain": domain_label(mention.domains[0]) if mention.domains else None,
        "phones": list(mention.phones),
        "contacts": people_of_row(mention),
        "postcode": mention.postcode or None,
        "outward": mention.outward or None,
        "town": mention.town or None,
        "site": mention.site or None,
        "town_words": list(town_words(mention)),
        "tf": name_frequency(name.core, model.grades),
    }


def _forms(contact: str) -> Iterator[str]:
    """A contact's name in every form of the first name."""
    surname, _, first = contact.partition(" ")
    return (f"{surname} {form}" for form in given_forms(first))


def name_frequency(core: tuple[str, ...], grades: Mapping[str, float]) -> float:
    """How often a name of these words is met, 0..1: the product of its words' grades, not below a floor.

    Words are not met independently ("Smith & Sons Motors"): the floor is as high as the rarest is common.
    """
    rarities = [organisation_words().rarity(word) for word in set(core)]
    share = math.prod(grades[f"grade_{rarity}"] for rarity in rarities)
    return max(share, grades[f"floor_{max(rarities, default=1)}"])


def employer_keys(mention: Employer) -> Iterator[str]:
    """Blocking keys: whatever alone makes a second look worth while; of nobody ("TBC"), its numbers alone."""
    name = mention.name
    for kind, number in (("number", mention.number), ("charity", mention.charity)):
        if number.value:
            yield f"{kind}:{number.value}"
    if name.nobody:
        return
    for alias in {name.key, *name.aliases, *name.former}:
        yield f"name:{alias}"
    yield from (f"name:{acronym}" for acronym in name.acronyms)
    yield f"start:{name.key[:8]}"
    yield from (f"word:{word}" for word in set(name.core) if organisation_words().rarity(word) > 3)
    yield from (f"words:{pair}" for pair in _word_pairs(name.core))
    yield from (f"domain:{domain}" for domain in mention.domains)
    yield from (f"phone:{phone}" for phone in mention.phones)
    yield from (f"mail:{mailbox}" for mailbox in mention.mailboxes)
    if mention.town:
        yield _in_town(mention.town, name.key)
    if mention.postcode:
        yield f"at:{mention.postcode}:{name.key[:3]}"
        yield f"at:{mention.postcode}:{name.key[-6:]}"
    if mention.site:
        yield f"site:{mention.site}:{name.key[-6:]}"
    yield from (f"site:{site}" for site in site_keys(mention.site, mention.outward, town_words(mention)))


def employer_grounds(mention: Employer) -> Iterator[str]:
    """What two rows must share, or have one name, for a rule to merge them or a person to be asked: whatever
    speaks for two employers beside their names (support.py), and a number.
    """
    yield from (f"phone:{phone}" for phone in mention.phones)
    yield from (f"domain:{domain}" for domain in mention.domains)
    yield from (f"desk:{desk}" for desk in {*mention.desks, mention.agent} if desk)
    yield from (f"person:{one}" for one in people_of_row(mention))
    if mention.town and not mention.name.nobody:
        names = {mention.name.key, *mention.name.aliases, *mention.name.former}
        yield from {f"town:{mention.town}:{name[:8]}" for name in names if name}
        yield _in_town(mention.town, mention.name.key)
    if mention.name.legal and mention.outward:  # one name is one company's there: see namesakes.one_by_law
        yield f"registered:{postal_area(mention.outward)}:{mention.name.key}"
    if mention.name.core[-1:] == ("council",):
        yield f"council:{mention.name.key}"
    places = (("at", mention.postcode), ("site", mention.site))
    numbers = (("number", mention.number.value), ("charity", mention.charity.value))
    yield from (f"{kind}:{value}" for kind, value in (*places, *numbers) if value)


def _in_town(town: str, name: str) -> str:
    """How a name begins and ends in a town: one with a letter wrong between shares it."""
    return f"town:{town}:{name[:3]}:{name[-6:]}"


def people_of_row(mention: Employer) -> list[str]:
    """Who works there: mailboxes, and each contact in every form of the first name."""
    return sorted({*mention.mailboxes, *(form for one in mention.contacts for form in _forms(one))})


def town_words(mention: Employer) -> tuple[str, ...]:
    """The words of the town: "New York" is within "New York City", "Hull" within its full name."""
    return tuple(sorted({word for word in mention.town.split() if word not in organisation_words().noise}))


def _word_pairs(core: tuple[str, ...]) -> set[str]:
    known = sorted({word for word in core if organisation_words().rarity(word) in {2, 3}})
    return {f"{a} {b}" for i, a in enumerate(known) for b in known[i + 1 :]}


def person_row(
    mention: Person, lines: Container[str], employer: str, domains: tuple[str, ...], model: FixedModel
) -> Row:
    """The columns of models/person.toml; employer: the merged employer's id, "" when it is not known."""
    name = mention.name
    return {
        "surname": name.surname or None,
        "surname_parts": sorted(name.parts),
        "given": name.first or None,
        "given_forms": sorted(given_forms(name.first)),
        "middle_forms": sorted(form for given in name.given[1:] for form in given_forms(given)),
        "mailboxes": list(mention.mailboxes),
        "phones": list(mention.phones),
        "lines": [phone for phone in mention.phones if phone in lines],
        "employer": employer or None,
        "domains": list(domains),
        "house": mention.house or None,
        "homes": list(mention.homes),
        "postcode": mention.postcode or None,
        "tf": max(surname_rarity(name.surname), model.grades["floor"]) if name.surname else None,
    }


def person_keys(
    mention: Person, lines: Container[str], employer: str, domains: tuple[str, ...]
) -> Iterator[str]:
    """Blocking keys of a person: mailbox, direct line, and names within an employer or its domain."""
    name = mention.name
    yield from (f"mail:{mailbox}" for mailbox in mention.mailboxes)
    yield from (f"line:{phone}" for phone in mention.phones if phone in lines)
    for where in (employer, *domains, *mention.homes, mention.house, mention.postcode):
        if where:
            yield from (f"name:{part}:{where}" for part in {name.surname, *name.parts} if part)
            if len(name.first) > 1:
                yield from (f"given:{form}:{where}" for form in given_forms(name.first))
    for phone in mention.phones:
        yield f"phone:{name.surname}:{phone}"
