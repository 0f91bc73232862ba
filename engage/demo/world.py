"""The true world behind the demo: who exists, who works there, what was done. Nothing in it is misspelt.

Everything is drawn from seeded streams, one a purpose, so that widening one part leaves the others as
they were. Keys (E001, S001a, P001, G0001) are the demo's own: they never appear in a workbook.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

AGENCIES = ("council", "college", "jobcentre", "chamber", "university")


def stream(seed: int, purpose: str) -> random.Random:
    """A random stream of its own for one purpose; the same for a seed on every machine."""
    return random.Random(f"{seed}:{purpose}")


@dataclass(frozen=True, slots=True)
class Site:
    """One place an employer works from. phone: national, in a drama range."""

    key: str
    name: str
    address: str
    town: str
    postcode: str
    phone: str


@dataclass(frozen=True, slots=True)
class Employer:
    """One employer. name: the legal name. short: what it is called without its legal form.

    kind: "company", "llp", "sole trader", "public", "charity", "franchise". others: every other true
    name (trading name, acronym, the name before). company_number, charity_number: "" where it has none.
    """

    key: str
    name: str
    short: str
    kind: str
    sector: str
    sic: str
    here: int
    in_all: int
    domain: str
    sites: tuple[Site, ...]
    company_number: str = ""
    charity_number: str = ""
    trading_as: str = ""
    parent: str = ""
    others: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A job somebody holds or held. email, phone: "" where there is none."""

    employer: str
    site: str
    job_title: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person. nick: what colleagues say; was: the last name before; before: the post left behind."""

    key: str
    title: str
    first: str
    last: str
    post: Post
    mobile: str = ""
    nick: str = ""
    was: str = ""
    before: Post | None = None
    objects: bool = False


@dataclass(frozen=True, slots=True)
class Engagement:
    """One thing an agency did or plans with an employer. made_on: when it was first written down."""

    key: str
    date: dt.date
    made_on: dt.date
    agency: str
    employer: str
    person: str
    staff: str
    type: str
    reason: str
    status: str
    summary: str
    scheme: str = ""
    who_started: str = ""
    offer: str = ""
    jobs: int = 0
    need: str = ""
    need_when: str = ""
    told_back: str = ""
    next_step: str = ""
    next_by: dt.date | None = None
    feedback: str = ""
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One event and who was invited: (employer, person or "", status, agency that brought them)."""

    key: str
    name: str
    kind: str
    date: dt.date
    start: str
    venue: str
    lead: str
    others: tuple[str, ...]
    sector: str
    target: int
    status: str
    input_wanted: str
    guests: tuple[tuple[str, str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pledge:
    """One sign-up to one pledge."""

    key: str
    pledge: str
    employer: str
    person: str
    signed: dt.date | None
    route: str
    agency: str
    commitment: str
    number: int
    stage: str
    review: dt.date | None


@dataclass(frozen=True, slots=True)
class World:
    """The truth. known: employer → the agencies that know it; known_people: the same of people."""

    seed: int
    today: dt.date
    employers: Mapping[str, Employer]
    people: Mapping[str, Person]
    known: Mapping[str, tuple[str, ...]]
    known_people: Mapping[str, tuple[str, ...]]
    engagements: tuple[Engagement, ...]
    events: tuple[Event, ...] = field(default=())
    pledges: tuple[Pledge, ...] = field(default=())
