"""A seeded generator of registers like a UK partnership's, with the truth: agencies, one world, their mess.

FROZEN: tests/linkage/test_frozen_register.py holds the checksum of what it makes. It was set so that Splink
trained on the spot (benchmarks/peers.py) has a pair F1 of .85 to .93 on 10,000 rows (.89 and .88 with seeds
1 and 2), before Engage was measured on it, and is not touched while linkage is tuned. What was tuned was
looked at on seeds 1, 2 and 7 alone. It copies no list; world.py has the families that look alike.

What agencies do to a row: leave cells out, drop or change the legal form, shorten, slip, write a trading
name, a former one or initials, add the town, keep an old address, lose zeros of a number, mistype a postcode,
list a firm twice, fill rows with junk. Two of the five keep contacts in the Employers tab, the others in one
of their own. Domains end in .example; landlines are of 01632, which is kept for drama and nobody's; people
are invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from engage.model import Place, Record

from .words import JUNK, KINDS_OF_STREET, PET
from .world import Firm, Site, Staff, families

# Agency → how careless it is, 0 to 1.
AGENCIES = {"Council": 0.6, "College": 0.8, "Jobcentre": 1.0, "Chamber": 0.9, "University": 0.5}
ONE_TAB = frozenset({"Jobcentre", "Chamber"})
ABBREVIATED = {
    "Engineering": "Eng.", "Services": "Svcs", "Management": "Mgmt", "Contractors": "Contrs",
    "Solutions": "Solns", "Consulting": "Consultancy", "Community": "Comm", "Borough Council": "BC",
    "Electrical": "Elec", "Fabrications": "Fabs", "Primary": "Prim",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Register:
    """Records with the truth by mention key; sites: of Employers rows, which of their employer's places."""

    records: list[Record]
    employers: dict[str, str]
    people: dict[str, str]
    sites: dict[str, str] = field(default_factory=dict)


def generate(rows: int, seed: int) -> Register:
    """About `rows` Employers rows, with Contacts and Engagements that name them; the same for a seed."""
    *_, register = growing(rows, seed)
    return register


def growing(rows: int, seed: int) -> Iterator[Register]:
    """The same register each time that a family was added to it. What has been seen may be taken out."""
    rng = random.Random(f"register {seed}")
    typist = _Typist(rng)
    world = families(rng)
    while typist.rows < rows:
        for firm in next(world):
            known = rng.choices((1, 2, 3, 4, 5), (48, 28, 14, 7, 3))[0]
            for agency in rng.sample([*AGENCIES], known):
                typist.note_down(firm, agency)
                if rng.random() < 0.04:
                    typist.note_down(firm, agency)
        if rng.random() < 0.02:
            typist.junk()
        yield typist.register


class _Typist:
    """Writes down what agencies know of a firm, as they do."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.rows = 0
        self.care = 0.0
        self.register = Register([], {}, {})

    def note_down(self, firm: Firm, agency: str) -> None:
        """One agency's rows on a firm: an Employers row, contacts, engagements."""
        rng = self.rng
        self.rows += 1
        self.care = 1 - AGENCIES[agency]
        site = firm.past if firm.past and rng.random() < 0.35 else rng.choice([firm.sites[0], *firm.sites])
        typed = self._name(firm, site)
        values = self._employer(firm, site, typed)
        met = rng.sample(firm.staff, min(len(firm.staff), rng.choice((1, 1, 2))))
        one_tab = agency in ONE_TAB
        if one_tab and met:
            values |= self._person(met[0], firm, site, one_cell=True)
        elif firm.kind == "client":
            values["Contact name"] = (
                f"c/o {firm.domain.partition('.')[0].removesuffix('ledgers').title()} Ledgers"
            )
        self._add("E", "Employers", agency, values, firm.id, met[0].id if one_tab and met else "")
        place = next((n for n, one in enumerate(firm.sites) if one is site), "past")
        self.register.sites[f"R-E{self.rows:06d}#0"] = f"{firm.id}@{place}"
        for index, person in enumerate(met[1:] if one_tab else met):
            row = {"Employer": typed, **self._person(person, firm, site, one_cell=False)}
            self._add(f"C{index}", "Contacts", agency, row, firm.id, person.id)
        for index in range(rng.choice((0, 0, 1, 2))):
            said = typed if rng.random() < 0.7 else self._name(firm, site)
            self._add(f"N{index}", "Engagements", agency, {"Employer": said}, firm.id)

    def junk(self) -> None:
        """A row that names nobody."""
        self.rows += 1
        values = {"Employer": self.rng.choice(JUNK), "Town": self.rng.choice(("", "", "Hyde", "Luton"))}
        self._add("E", "Employers", self.rng.choice([*AGENCIES]), values, f"junk {self.rows}")

    def _slips(self, chance: float) -> bool:
        return self.rng.random() < chance * (1 - self.care)

    def _given(self, share: float, text: str) -> str:
        return text if self.rng.random() < share else ""

    def _employer(self, firm: Firm, site: Site, typed: str) -> dict[str, str]:
        rng = self.rng
        website = firm.domain if firm.kind != "client" else ""
        mailbox = (
            f"{rng.choice(('info', 'office', 'enquiries', 'admin'))}@{firm.domain}" if firm.domain else ""
        )
        return {
            "Employer": typed,
            "Trading as": self._given(0.3, firm.trading),
            "Address": self._given(0.5, self._address(site)),
            "Town": self._given(0.65, site.town),
            "Postcode": self._given(0.78, self._postcode(site.postcode)),
            "Company number": self._given(0.36, self._number(firm.number)),
            "Charity number": self._given(0.5, firm.charity),
            "Phone": self._given(0.66, self._phone(site.phone)),
            "Website": self._given(
                0.35, f"{rng.choice(('www.', 'https://www.', ''))}{website}" if website else ""
            ),
            "Email": self._given(0.25, mailbox),
        }

    def _name(self, firm: Firm, site: Site) -> str:
        rng = self.rng
        if firm.trading and rng.random() < 0.3:
            return rng.choice(
                (firm.trading, f"{firm.trading} ({firm.name})", f"{firm.name} t/a {firm.trading}")
            )
        if firm.others and rng.random() < (0.75 if firm.kind == "franchise" else 0.2):
            return rng.choice(firm.others)
        if firm.former and rng.random() < 0.45:
            return rng.choice((firm.former, firm.former, f"{firm.name} (formerly {firm.former})"))
        name = firm.name
        if firm.kind == "branches" and rng.random() < 0.15:
            name = rng.choice((f"{name} ({site.town})", f"{name} - {site.town}"))
        elif firm.legal and rng.random() < 0.55:
            name = f"{name} {rng.choice((firm.legal, firm.legal, firm.legal.upper(), firm.legal + '.'))}"
        return self._hand(name)

    def _hand(self, name: str) -> str:
        if self._slips(0.2):
            for long, short in ABBREVIATED.items():
                name = name.replace(long, short)
        if self._slips(0.3):
            name = name.replace(" & ", " and ")
        if self._slips(0.1):
            name = self._mistyped(name)
        if self._slips(0.06) and len(name.split()) > 2:
            name = " ".join(name.split()[:2])
        if self._slips(0.05):
            name = f"The {name}"
        return name.upper() if self._slips(0.1) else name.lower() if self._slips(0.04) else name

    def _mistyped(self, text: str) -> str:
        """A letter left out, doubled, swapped or another."""
        at = self.rng.randrange(1, max(2, len(text) - 2))
        return self.rng.choice(
            (text[:at] + text[at + 1 :], text[:at] + text[at] + text[at:],
             text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :],
             text[:at] + self.rng.choice("aeiourstln") + text[at + 1 :])
        )  # fmt: skip

    def _address(self, site: Site) -> str:
        kind = KINDS_OF_STREET[site.kind] if self._slips(0.5) else site.kind
        parts = [site.building, f"{site.house} {site.street} {kind}"]
        if site.building:
            parts = [f"Unit {self.rng.randint(1, 30)}", *parts] if self.rng.random() < 0.5 else parts[:1]
        elif self.rng.random() < 0.08:
            parts.insert(0, f"Unit {self.rng.randint(1, 9)}")
        return ", ".join(part for part in parts if part)

    def _postcode(self, postcode: str) -> str:
        if self._slips(0.04):
            return postcode[:-1] + self.rng.choice("ABDEFGHJLN")
        return postcode.replace(" ", "") if self._slips(0.15) else postcode

    def _number(self, number: str) -> str:
        if self._slips(0.015) and number:
            return number[:-1] + self.rng.choice("0123456789")
        return number.lstrip("0") if self.rng.random() < 0.4 else number

    def _phone(self, phone: str) -> str:
        plain = phone.replace(" ", "")
        if self._slips(0.03):
            return plain[:-1] + self.rng.choice("0123456789")
        return self.rng.choice((phone, phone, plain, f"+44 {plain[1:]}"))

    def _person(self, person: Staff, firm: Firm, site: Site, *, one_cell: bool) -> dict[str, str]:
        """What one agency says of a person: in one cell of the Employers row, or in a Contacts row."""
        rng = self.rng
        first = PET.get(person.first, person.first) if rng.random() < 0.15 else person.first
        first = person.first[0] if rng.random() < 0.08 else first
        last = self._mistyped(person.last) if self._slips(0.04) else person.last
        mail = person.mailbox if rng.random() < 0.75 else (f"info@{firm.domain}" if firm.domain else "")
        switchboard = "" if person.line and rng.random() < 0.8 else site.phone
        line = self._given(0.75, self._phone(person.line)) if person.line else ""
        row = {
            "Job title": self._given(0.7, person.job),
            "Email": mail,
            "Mobile" if line.startswith(("07", "+447")) else "Phone": line or switchboard,
        }
        if one_cell:
            kept = {heading: text for heading, text in row.items() if text}  # what it lacks stays as it was
            return {"Contact name": f"{last}, {first}" if rng.random() < 0.05 else f"{first} {last}", **kept}
        return {"First name": first, "Last name": last, **row}

    def _add(
        self, what: str, tab: str, agency: str, values: dict[str, str], firm: str, person: str = ""
    ) -> None:
        record_id = f"R-{what[0]}{self.rows:06d}{what[1:]}"
        kept = {heading: value for heading, value in values.items() if value}
        self.register.records.append(Record(record_id, tab, agency, Place(agency, tab), kept, kept))
        self.register.employers[f"{record_id}#0"] = firm
        if person:
            self.register.people[f"{record_id}#1"] = person
