"""A seeded generator of registers like a UK partnership's, with the truth: agencies, one world, their mess.

Not tuned to any real list. Domains end in .example, phones are Ofcom's drama numbers (repeated beyond 3,000
employers, as switchboards are), people are invented.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from engage.model import Place, Record

AGENCIES = ("Council", "College", "Jobcentre", "Chamber", "University")
TRADES = str.split("""
Engineering Joinery Roofing Logistics Homecare Recruitment Digital Catering Fabrications Components
Transport Accountants Nursery Dental Plumbing Electrical Interiors Packaging Therapeutics Systems
Timber Motors Training
""")
PLACES = str.split("""
Hyde Denton Ashton Stalybridge Mossley Glossop Stevenage Hitchin Letchworth Luton Bury Oldham
""")
FIRST = str.split("""
Joanne Darren Sandra Mick Grace Abdul Lisa Tom David Elena Beth Paul Siobhan Priya Colin Mohammed
Katherine Stephen Elizabeth Robert Michael Jennifer Daniel Samantha Christopher Fatima Katarzyna
Piotr Aisha Margaret
""")
PET = {
    "Joanne": "Jo", "Sandra": "Sandy", "Mick": "Michael", "Tom": "Thomas", "David": "Dave",
    "Beth": "Elizabeth", "Katherine": "Kate", "Stephen": "Steve", "Elizabeth": "Liz", "Robert": "Bob",
    "Michael": "Mike",
    "Jennifer": "Jenny", "Daniel": "Dan", "Samantha": "Sam", "Christopher": "Chris", "Mohammed": "Muhammad",
    "Katarzyna": "Kasia", "Margaret": "Maggie",
}  # fmt: skip
LAST = str.split("""
Smith Jones Khan Patel Taylor Hussain Whittle Oakes Adeyemi Karim Marsh Ferris Petrou Lomax Ekwueme
Nair Webb Begum Doyle Nowak Tolan Amadi Brennan Cartwright Dunmore Eastham Fairhurst Garside
Hadfield Ibbotson Jagger Kershaw Lockett Mottram Nuttall Openshaw Pilling Quigley Ramsbottom
Sidebotham Thackray Unsworth Varley
""")
JOBS = ("HR Manager", "Director", "Owner", "Training Lead", "Office Manager", "Operations Manager")
SYLLABLES = str.split("""
ba ber cal dan dor el fen gar hal ket lin mar nor pen ros sel tam tor ver wal wex zan
""")


@dataclass(slots=True)
class Site:
    """One place of an employer."""

    postcode: str
    switchboard: str
    place: str


@dataclass(slots=True)
class Firm:
    """One true employer."""

    id: str
    name: str
    legal: str
    trading: str
    number: str
    domain: str
    sites: list[Site]
    staff: list[Staff] = field(default_factory=list)


@dataclass(slots=True)
class Staff:
    """One true person; line "" means that they answer the switchboard."""

    id: str
    first: str
    last: str
    job: str
    mailbox: str
    line: str


@dataclass(frozen=True, slots=True)
class Register:
    """Records with the truth by mention key."""

    records: list[Record]
    employers: dict[str, str]
    people: dict[str, str]


def generate(rows: int, seed: int) -> Register:
    """About `rows` Employers rows, with Contacts and Engagements that name them; the same for a seed."""
    chance = random.Random(seed)
    register = Register([], {}, {})
    serial = 0
    while serial < rows:
        for firm in _family(chance, serial):
            for agency in chance.sample(AGENCIES, chance.choices((1, 2, 3, 4), (5, 3, 2, 1))[0]):
                serial += 1
                _note_down(firm, agency, chance, register, serial)
    return register


def _family(chance: random.Random, serial: int) -> list[Firm]:
    """One firm, or several that look alike: a group, franchise owners, tenants, namesakes in another town."""
    firm = _firm(chance, f"E{serial}")
    kind = chance.choices(
        ("alone", "group", "franchise", "tenants", "namesake", "agent"), (76, 5, 5, 5, 6, 3)
    )[0]
    if kind == "alone":
        return [firm]
    other = _firm(chance, f"E{serial}b")
    if kind == "group":
        stem = firm.name.split()[0]
        other.name, other.domain, other.sites = f"{stem} Group", firm.domain, firm.sites
        other.number = _number(chance)
        other.staff = [*firm.staff[:1], *other.staff]
    elif kind == "franchise":
        brand, other.domain, other.trading = firm.name, firm.domain, ""
        firm.name, other.name = f"{brand} ({firm.sites[0].place})", f"{brand} - {other.sites[0].place}"
        firm.number = other.number = firm.trading = ""
        firm.sites, other.sites = firm.sites[:1], other.sites[:1]
        if firm.sites[0].place == other.sites[0].place:
            return [firm]
    elif kind == "tenants":
        other.sites = [Site(firm.sites[0].postcode, firm.sites[0].switchboard, firm.sites[0].place)]
    elif kind == "namesake":
        other.name, other.legal = firm.name, ""
    else:
        for each in (firm, other):
            each.staff, each.domain = [], "ledgers.example"
    return [firm, other]


def _firm(chance: random.Random, name: str) -> Firm:
    stem = _stem(chance)
    place = chance.choice(PLACES) if chance.random() < 0.3 else f"{_stem(chance)}ham"
    family = chance.choice(LAST) if chance.random() < 0.3 else f"{_stem(chance)}ley"
    style = chance.choices(("rare", "family", "place"), (6, 3, 1))[0]
    trade = chance.choice(TRADES)
    title = {
        "rare": f"{stem} {trade}",
        "family": f"{family} & Sons {trade}",
        "place": f"{place} {trade} Centre",
    }[style]
    domain = title.lower().replace(" & ", "").replace(" ", "") + f"{chance.randrange(40) or ''}.example"
    legal = chance.choices(("Ltd", "Limited", "LLP", "CIC", ""), (6, 2, 1, 1, 4))[0]
    firm = Firm(
        id=name,
        name=title,
        legal=legal,
        trading=f"{_stem(chance)} {chance.choice(TRADES)}" if chance.random() < 0.1 else "",
        number=_number(chance) if legal and chance.random() < 0.95 else "",
        domain=domain if chance.random() < 0.85 else "",
        sites=[_site(chance, place) for _ in range(chance.choices((1, 2, 3), (85, 10, 5))[0])],
    )
    staff = [_staff(chance, f"{name}-P{index}", firm) for index in range(chance.choice((1, 1, 2, 3)))]
    firm.staff = list({person.first[0] + person.last: person for person in staff}.values())
    if style == "family" and len(firm.staff) > 1:
        firm.staff[1].last = firm.staff[0].last
    return firm


def _stem(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3)))).capitalize() + chance.choice(
        ("", "side", "ton")
    )


def _site(chance: random.Random, place: str) -> Site:
    unit = "".join(chance.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
    postcode = (
        f"{chance.choice(('SK', 'OL', 'SG', 'M'))}{chance.randrange(1, 40)} {chance.randrange(10)}{unit}"
    )
    return Site(postcode, _phone(chance), place)


def _phone(chance: random.Random) -> str:
    return chance.choice(
        (f"0161 496 0{chance.randrange(1000):03d}", f"01632 960{chance.randrange(1000):03d}")
    )


def _number(chance: random.Random) -> str:
    return f"{chance.randrange(1, 16_000_000):08d}"


def _staff(chance: random.Random, name: str, firm: Firm) -> Staff:
    first, last = chance.choice(FIRST), chance.choice(LAST)
    styles = (f"{first}.{last}", f"{first[0]}.{last}", first)
    mailbox = f"{chance.choice(styles)}@{firm.domain}".lower() if firm.domain else ""
    line = f"07700 900{chance.randrange(1000):03d}" if chance.random() < 0.5 else ""
    return Staff(name, first, last, chance.choice(JOBS), mailbox, line)


def _note_down(firm: Firm, agency: str, chance: random.Random, register: Register, serial: int) -> None:
    """One agency's rows on a firm: an Employers row, contacts, engagements."""
    site = chance.choice(firm.sites)
    typed = _typed_name(firm, chance)
    number = firm.number if chance.random() < 0.45 else ""
    if number.startswith("0") and chance.random() < 0.5:
        number = number.lstrip("0")
    values = {
        "Employer": typed,
        "Trading as": firm.trading if chance.random() < 0.3 else "",
        "Town": site.place if chance.random() < 0.5 else "",
        "Postcode": site.postcode if chance.random() < 0.8 else "",
        "Company number": number,
        "Phone": site.switchboard if chance.random() < 0.6 else "",
        "Website": f"www.{firm.domain}" if firm.domain and chance.random() < 0.3 else "",
    }
    _add(register, f"R-E{serial:06d}", "Employers", agency, values, firm.id)
    for index, person in enumerate(chance.sample(firm.staff, min(len(firm.staff), chance.choice((1, 1, 2))))):
        row = _contact(typed, firm, person, site, chance)
        _add(register, f"R-C{serial:06d}{index}", "Contacts", agency, row, firm.id, person.id)
    for index in range(chance.choice((0, 1, 2, 3))):
        said = typed if chance.random() < 0.7 else _typed_name(firm, chance)
        _add(register, f"R-N{serial:06d}{index}", "Engagements", agency, {"Employer": said}, firm.id)


def _typed_name(firm: Firm, chance: random.Random) -> str:
    if firm.trading and chance.random() < 0.25:
        return chance.choice(
            (firm.trading, f"{firm.trading} ({firm.name})", f"{firm.name} t/a {firm.trading}")
        )
    name = firm.name
    if firm.legal and chance.random() < 0.5:
        name = f"{name} {chance.choice((firm.legal, firm.legal.upper()))}"
    if chance.random() < 0.1:
        name = name.replace("Engineering", "Eng.").replace(" & ", " and ").replace("Services", "Svcs")
    if chance.random() < 0.08:
        cut = chance.randrange(1, len(name) - 1)
        name = name[:cut] + chance.choice(("", name[cut] * 2, " " + name[cut])) + name[cut + 1 :]
    if chance.random() < 0.06:
        name = " ".join(name.split()[:2])
    return name.upper() if chance.random() < 0.08 else name


def _contact(employer: str, firm: Firm, person: Staff, site: Site, chance: random.Random) -> dict[str, str]:
    """What one agency's Contacts row says of a person."""
    first = PET.get(person.first, person.first) if chance.random() < 0.15 else person.first
    first = person.first[0] if chance.random() < 0.1 else first
    last = person.last if chance.random() > 0.03 else chance.choice(LAST)
    mail = person.mailbox if chance.random() < 0.8 else (f"info@{firm.domain}" if firm.domain else "")
    return {
        "Employer": employer,
        "First name": first,
        "Last name": last,
        "Job title": person.job if chance.random() < 0.7 else "",
        "Email": mail,
        "Phone": "" if person.line and chance.random() < 0.8 else site.switchboard,
        "Mobile": person.line if chance.random() < 0.8 else "",
    }


def _add(
    register: Register,
    record_id: str,
    tab: str,
    agency: str,
    values: dict[str, str],
    firm: str,
    person: str = "",
) -> None:
    kept = {heading: value for heading, value in values.items() if value}
    register.records.append(Record(record_id, tab, agency, Place(agency, tab), kept, kept))
    register.employers[f"{record_id}#0"] = firm
    if person:
        register.people[f"{record_id}#1"] = person
