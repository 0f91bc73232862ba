"""What the rows name: employer and person mentions, taken from records of every staff tab."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from engage.model import Record, fingerprint, mention
from engage.register.company_number import company_number, read_charity_number
from engage.register.email import is_shared_mailbox
from engage.register.postcode import read_postcode

from .normalise.contact import domain_of, read_emails, read_phones
from .normalise.organisations import OrganisationName, read_name
from .normalise.packed import Packed
from .normalise.people import PersonName, in_order, is_agent, people_of, person_name
from .normalise.places import first_half, postal_place, postcode_in, site_key, site_keys, town_in
from .normalise.text import same_text, without_umlauts, words, writes_umlauts
from .normalise.welsh import town_in_english
from .normalise.words import organisation_words

EMPLOYER_TABS = frozenset({"Employers"})
NAMING_TABS = frozenset({"Contacts", "Engagements", "Attendance", "Pledges", "Outcomes", "Group members"})
PERSON_COLUMNS = ("Contact name", "Contact", "Person", "Signed by", "Member")
# What an answer is given to beside the name. A pair is asked about again only if one of these has changed.
COMPARED_OF_EMPLOYER = (
    "Trading as", "Site", "Address", "Town", "Postcode", "Company number", "Charity number",
    "Parent employer", "Website", "Phone", "Mobile", "Email",
)  # fmt: skip
COMPARED_OF_NAMED = ("Website", "Email", "Phone", "Mobile")
COMPARED_OF_PERSON = ("Employer", "Email", "Phone", "Mobile")
COMPARED_AT_HOME = ("Email", "Phone", "Mobile", "Address", "Town", "Postcode")
NOBODY = frozenset({"Shared mailbox", "Switchboard", "Agent"})  # kinds of contact that are no person's
EMPLOYER_COLUMNS = ("Employer", "Employer name", "Organisation")


@dataclass(frozen=True, slots=True)
class Number(Packed):
    """A company's or charity's number, "" if there is none. certain: another one is another legal body."""

    value: str = ""
    certain: bool = False


NO_NUMBER = Number()


@dataclass(frozen=True, slots=True)
class Employer(Packed):
    """One mention of an employer, ready to be compared. listed: it is a row of an Employers tab.

    domains, phones: what may tell firms apart; free mail is left out. mailboxes: people's own addresses.
    agent: who answers for it, if by_agent. contacts: who works there, by surname and full first name.
    desks: phones and domains that unlike employers share, and the agent: they tell nobody apart, but a
    namesake has others. between_two: those of them that only two names have.
    postcode: one that names a street, "" when unknown or not valid; outward: of the district. by_district:
    its town is the one that other rows give its district (districts.py).
    compared: fingerprint of what its own row says.
    """

    key: str
    agency: str
    tab: str
    listed: bool
    typed: str
    name: OrganisationName
    number: Number = NO_NUMBER
    charity: Number = NO_NUMBER
    postcode: str = ""
    outward: str = ""
    town: str = ""
    by_district: bool = False
    site: str = ""
    site_name: str = ""
    parent: str = ""
    domains: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    mailboxes: tuple[str, ...] = ()
    shared_mailboxes: tuple[str, ...] = ()
    by_agent: bool = False
    agent: str = ""
    contacts: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()
    between_two: tuple[str, ...] = ()
    compared: str = ""

    @property
    def text(self) -> str:
        """What makes two typings of it identical."""
        return same_text(self.typed)

    @property
    def is_somewhere(self) -> bool:
        """True when its row says where it is, be it the town alone."""
        return bool(self.town or self.outward)

    @property
    def says_no_more(self) -> bool:
        """True when its row says who and where, and nothing that another row could differ from."""
        ways = (self.phones, self.domains, self.mailboxes, self.contacts, self.desks)
        return not any(ways) and not self.site and not self.number.value and not self.charity.value


@dataclass(frozen=True, slots=True)
class Person(Packed):
    """One mention of a person. listed: a row of a Contacts tab, or contact columns of an Employers row.

    employer: key of the employer mention in the same row ("" if it names none). mailboxes: own addresses.
    Where a row names no employer its address is the person's own: house (number and street), homes (the same
    with its district or town), and what it says of its place.
    """

    key: str
    agency: str
    tab: str
    listed: bool
    name: PersonName
    employer: str = ""
    job: str = ""
    mailboxes: tuple[str, ...] = ()
    shared_mailboxes: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    house: str = ""
    homes: tuple[str, ...] = ()
    postcode: str = ""
    outward: str = ""
    town: str = ""
    compared: str = ""


def employer_mention(record: Record, country: str = "GB") -> Employer | None:
    """The employer that a row names, None if it names none."""
    if record.tab not in EMPLOYER_TABS | NAMING_TABS:
        return None
    record = _without_umlauts(record, country)
    typed = _first(record, EMPLOYER_COLUMNS)
    if not words(typed):
        return None
    if record.tab not in EMPLOYER_TABS:
        return _named(record, typed, read_name(typed), country)
    place = f"{record['Town']} {record['Site']}"
    return _listed(
        _named(record, typed, read_name(typed, record["Trading as"], place), country), record, country
    )


def _without_umlauts(record: Record, country: str) -> Record:
    """The same record where nobody writes umlauts; else one with them written out, to be compared alone."""
    if not writes_umlauts(country):
        return record
    return replace(record, clean={heading: without_umlauts(text) for heading, text in record.clean.items()})


def _named(record: Record, typed: str, name: OrganisationName, country: str) -> Employer:
    """What a row of any tab says of the employer it names."""
    emails = read_emails(record["Email"])
    own, shared = _by_reader(emails)
    contact = _first(record, PERSON_COLUMNS)
    by_agent = is_agent(contact) or record["Contact kind"] == "Agent"
    return Employer(
        key=mention(record.record_id),
        agency=record.agency,
        tab=record.tab,
        listed=False,
        typed=typed,
        name=name,
        domains=_domains(record["Website"], emails),
        phones=_phones(record, country),
        mailboxes=own,
        shared_mailboxes=shared,
        contacts=_full_names(people_in(record)),
        by_agent=by_agent,
        agent=same_text(contact) if by_agent else "",
        compared=_fingerprint(record, _compared_of_employer(record), typed),
    )


def _full_names(people: Iterable[PersonName]) -> tuple[str, ...]:
    """ "whittle joanne"; who is given by an initial, or without a surname, is left out."""
    named = (person for person in people if person.surname and not person.initial_only)
    return tuple(sorted({f"{person.surname} {person.first}" for person in named}))


def _listed(named: Employer, record: Record, country: str) -> Employer:
    """The same with what a row of an Employers tab says besides."""
    number, charity = _numbers(record, country)
    postcode, district, town = _where(record, country)
    return replace(
        named,
        listed=True,
        number=number,
        charity=charity,
        postcode=postcode,
        outward=district,
        town=town,
        site=site_key(record["Address"]),
        site_name=same_text(record["Site"]),
        parent=record["Parent employer"],
    )


def _where(record: Record, country: str) -> tuple[str, str, str]:
    """(postcode, its district, town) of a row; a British address may end with those that have no column of
    their own: "36 Beck Lane, Leeds LS1 4AA". A postcode's first half is its district.
    """
    code, address = record["Postcode"], record["Address"]
    town = town_in_english(same_text(record["Town"]))
    if country != "GB":
        return (*postal_place(read_postcode(code, country=country).clean, country), town)
    town = "" if town in organisation_words().counties else town
    code = code or postcode_in(record["Town"]) or postcode_in(address)
    postcode, district = postal_place(read_postcode(code).clean)
    return postcode, district or first_half(code), town or town_in(address)


def person_mentions(record: Record, country: str = "GB") -> tuple[Person, ...]:
    """The people a row names, in order; a cell's emails go to the names that they fit."""
    if record.tab not in EMPLOYER_TABS | NAMING_TABS or record["Contact kind"] in NOBODY:
        return ()
    record = _without_umlauts(record, country)
    names = people_in(record)
    mailboxes = [_by_reader(emails) for emails in _share_out(read_emails(record["Email"]), names)]
    phones = _phones(record, country)
    employer = mention(record.record_id) if words(_first(record, EMPLOYER_COLUMNS)) else ""
    home = _HOMELESS if employer else _home(record, country)
    return tuple(
        replace(
            home,
            key=mention(record.record_id, ordinal),
            agency=record.agency,
            tab=record.tab,
            listed=record.tab in EMPLOYER_TABS | {"Contacts"},
            name=name,
            employer=employer,
            job=same_text(record["Job title"]),
            mailboxes=own,
            shared_mailboxes=shared,
            phones=phones,
            compared=_fingerprint(record, _compared_of_person(record), name.typed),
        )
        for ordinal, (name, (own, shared)) in enumerate(zip(names, mailboxes, strict=True), start=1)
    )


_HOMELESS = Person("", "", "", listed=False, name=PersonName(""))


def _home(record: Record, country: str) -> Person:
    """Nobody yet, at the address of this row."""
    house, (postcode, district, town) = site_key(record["Address"]), _where(record, country)
    homes = site_keys(house, district, (town,)) if district or town else ()
    return replace(_HOMELESS, house=house, homes=homes, postcode=postcode, outward=district, town=town)


def people_in(record: Record) -> tuple[PersonName, ...]:
    """The names of the people in a row, in the order of their mentions; jobs and teams are left out."""
    given, surname = record["First name"], record["Last name"]
    whole = people_of(f"{given} {surname}".strip())
    if given and surname and len(whole) == 1:
        whole = (person_name(f"{given} {surname}", given, _REMARK.sub(" ", surname)),)
    people = whole or people_of(_first(record, PERSON_COLUMNS))
    return (in_order(people[0], read_emails(record["Email"])),) if len(people) == 1 else people


# "Byrne (left 2023)"; a name that somebody had is none: "Kelly (née Brady)".
_REMARK = re.compile(r"\((?!\s*(?:n[ée]e|formerly|was|now)\b)[^)]*\)?", re.IGNORECASE)


def _share_out(emails: Sequence[str], names: Sequence[PersonName]) -> list[tuple[str, ...]]:
    """Which addresses are whose: all to a single name, else to the name that the mailbox spells."""
    if len(names) == 1:
        return [tuple(emails)]
    return [tuple(email for email in emails if _fits(email, name)) for name in names]


def _fits(email: str, name: PersonName) -> bool:
    local = "".join(words(email.partition("@")[0]))
    return (bool(name.surname) and name.surname in local) or (bool(name.first) and local == name.first)


def _by_reader(emails: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Addresses of a person's own, and those that several people read."""
    own = tuple(email for email in emails if not is_shared_mailbox(email))
    return own, tuple(email for email in emails if email not in own)


def _domains(website: str, emails: Sequence[str]) -> tuple[str, ...]:
    found = (domain_of(address) for address in (website, *emails))
    return tuple(dict.fromkeys(domain for domain in found if domain))


def _phones(record: Record, country: str) -> tuple[str, ...]:
    return read_phones("; ".join(filter(None, (record["Phone"], record["Mobile"]))), country)


def _numbers(record: Record, country: str) -> tuple[Number, Number]:
    """Company and charity number; one that may be either's counts as both, and vetoes as neither."""
    company, charity = record["Company number"], record["Charity number"]
    if country != "GB":
        return _foreign(company), _foreign(charity)
    read = company_number(company or record.typed.get("Company number", ""))
    number, registered = Number(read.value, read.may_veto), read_charity_number(charity).clean
    if not registered and read.kind == "charity?":
        return number, Number(read.value.lstrip("0"))
    return number, Number(registered, bool(registered))


def _foreign(text: str) -> Number:
    """A number by a country's rules that we do not know: 12-3456789 is 123456789; "Pending" is none, nor is
    "Due 2026", a word and a year.
    """
    bare = re.sub(r"[\W_]", "", text).upper()
    digits = re.sub(r"\D", "", bare)
    words = len(digits) * 2 < len(bare) or re.fullmatch(r"\s*[^\W\d]+\W+(?:19|20)\d\d\s*", text)
    number = len(digits) > 3 and len(set(digits)) > 1 and not words
    return Number(bare, certain=True) if number else NO_NUMBER


def _first(record: Record, headings: Sequence[str]) -> str:
    return next((record[heading] for heading in headings if record[heading].strip()), "")


def _fingerprint(record: Record, headings: Sequence[str], name: str) -> str:
    return fingerprint("\x1f".join([same_text(name), *(same_text(record[heading]) for heading in headings)]))


def compared_cells(record: Record, ordinal: int) -> dict[str, str]:
    """What an answer on a mention of this row is given to: heading → as understood, blank ones left out.

    The name stands first, under "Employer" or "Person". A pair is the same pair as long as all of it is.
    """
    people = people_in(record)
    if not ordinal:
        name = {"Employer": _first(record, EMPLOYER_COLUMNS)}
    else:
        name = {"Person": people[ordinal - 1].typed if ordinal <= len(people) else ""}
    headings = _compared_of_person(record) if ordinal else _compared_of_employer(record)
    cells = {**name, **{heading: record[heading] for heading in headings}}
    return {heading: text for heading, text in cells.items() if text.strip()}


def _compared_of_employer(record: Record) -> tuple[str, ...]:
    return COMPARED_OF_EMPLOYER if record.tab in EMPLOYER_TABS else COMPARED_OF_NAMED


def _compared_of_person(record: Record) -> tuple[str, ...]:
    return COMPARED_OF_PERSON if words(_first(record, EMPLOYER_COLUMNS)) else COMPARED_AT_HOME


def all_mentions(records: Sequence[Record], country: str) -> tuple[dict[str, Employer], dict[str, Person]]:
    """Every mention by key, in the order of keys: the order of the rows in the sheet never matters."""
    ordered = sorted(records, key=lambda record: record.record_id)
    employers = {found.key: found for record in ordered if (found := employer_mention(record, country))}
    people = {found.key: found for found in _people(ordered, country)}
    return employers, people


def _people(records: Sequence[Record], country: str) -> Iterator[Person]:
    for record in records:
        yield from person_mentions(record, country)
