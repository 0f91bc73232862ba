"""People of the demo: one to four an employer, and those whom linking finds hard.

Hard: nicknames, new last names, moves to another employer, father and son with one initial, two people
of one name at different firms, an objection that only one agency wrote down.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from engage.demo.words import FIRST_NAMES, JOB_TITLES, LAST_NAMES
from engage.demo.world import Employer, Person, Post

PEOPLE = 600
MOVED, RENAMED, OBJECTING, NAMESAKES = 12, 12, 9, 6


@dataclass(slots=True)
class Exchange:
    """Mobiles and direct lines nobody has yet."""

    mobiles: list[int]
    direct: list[int]

    def mobile(self) -> str:
        """A mobile in the drama range."""
        return f"07700 900{self.mobiles.pop():03d}"

    def line(self) -> str:
        """A direct line in the London drama range (head offices answer from there)."""
        return f"020 7946 0{self.direct.pop():03d}"


def make_people(rng: Random, employers: dict[str, Employer]) -> dict[str, Person]:
    """Every person by key."""
    exchange = Exchange(rng.sample(range(1000), 1000), rng.sample(range(1000), 1000))
    people = list(_families(rng, employers, exchange))
    seats = _seats(rng, employers)
    while len(people) < PEOPLE:
        people.append(_person(rng, f"P{len(people) + 1:03d}", employers[next(seats)], exchange))
    for change in (_move, _marry, _object, _namesake):
        change(rng, people, employers)
    return {person.key: person for person in people}


def _seats(rng: Random, employers: dict[str, Employer]) -> Iterator[str]:
    """One person at nearly every employer, then more where more people work."""
    first = [key for key in employers if rng.random() < 0.93]
    yield from first
    keys = list(employers)
    weights = [min(employers[key].here, 150) + 6 for key in keys]
    while True:
        yield rng.choices(keys, weights)[0]


def mailbox(text: str) -> str:
    """A name as it stands in an address: ASCII letters and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "".join(ch for ch in plain.lower() if ch.isalpha() or ch == "-")


def _person(rng: Random, key: str, employer: Employer, exchange: Exchange) -> Person:
    first, nick = rng.choice(FIRST_NAMES)
    last = rng.choice(LAST_NAMES)
    site = rng.choice(employer.sites)
    start = first if rng.random() < 0.5 else first[0]
    email = f"{mailbox(start)}.{mailbox(last)}@{employer.domain}"
    phone = exchange.line() if rng.random() < 0.3 else site.phone
    mobile = exchange.mobile() if rng.random() < 0.5 else ""
    title = rng.choice(("", "", "Mr", "Mrs", "Ms", "Dr")) if rng.random() < 0.5 else ""
    job = "Owner" if employer.kind == "sole trader" else rng.choice(JOB_TITLES)
    return Person(key, title, first, last, Post(employer.key, site.key, job, email, phone), mobile, nick)


def _families(rng: Random, employers: dict[str, Employer], exchange: Exchange) -> Iterator[Person]:
    """Father and son: one last name, one initial, one workshop; different people."""
    firsts = (("Abdul", "Adil"), ("Patrick", "Paul"), ("Suresh", "Samir"))
    houses = [e for e in employers.values() if "& Sons" in e.name]
    number = 0
    for employer, names in zip(houses, firsts, strict=False):
        for first, job in zip(names, ("Owner", "Workshop Manager"), strict=True):
            number += 1
            person = _person(rng, f"P{number:03d}", employer, exchange)
            last = employer.name.split(" &")[0]
            post = replace(
                person.post, job_title=job, email=f"{first.lower()}.{last.lower()}@{employer.domain}"
            )
            yield replace(person, first=first, last=last, nick="", post=post)


def _some(rng: Random, people: list[Person], count: int) -> list[int]:
    plain = [i for i, p in enumerate(people) if not (p.was or p.before or p.objects) and i >= 6]
    return sorted(rng.sample(plain, count))


def _move(rng: Random, people: list[Person], employers: dict[str, Employer]) -> None:
    with_mobile = [index for index in _some(rng, people, MOVED * 4) if people[index].mobile]
    for index in with_mobile[:MOVED]:
        person, there = people[index], rng.choice(list(employers.values()))
        email = f"{mailbox(person.first)[0]}.{mailbox(person.last)}@{there.domain}"
        now = Post(there.key, there.sites[0].key, rng.choice(JOB_TITLES), email, there.sites[0].phone)
        people[index] = replace(person, post=now, before=person.post)


def _marry(rng: Random, people: list[Person], employers: dict[str, Employer]) -> None:
    for index in _some(rng, people, RENAMED):
        person = people[index]
        people[index] = replace(person, was=person.last, last=rng.choice(LAST_NAMES))


def _object(rng: Random, people: list[Person], employers: dict[str, Employer]) -> None:
    for index in _some(rng, people, OBJECTING):
        people[index] = replace(people[index], objects=True)


def _namesake(rng: Random, people: list[Person], employers: dict[str, Employer]) -> None:
    for index in _some(rng, people, NAMESAKES):
        person = people[index]
        post = replace(person.post, email=f"david.smith@{employers[person.post.employer].domain}")
        people[index] = replace(person, first="David", last="Smith", nick="Dave", title="", post=post)
