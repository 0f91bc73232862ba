"""Seeded lists as clubs, shops and offices keep them, with the truth: python -m benchmarks.own_lists.

Four kinds that differ in what they give: charities (numbers now and then), American shops (no number, no
domain, no street postcode), people with a home address, and suppliers (a ledger: kept back while the first
rules for the others were made). People and firms are invented; phones are drama numbers (Ofcom's, and
555-01xx), domains .example.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from engage.linkage.linking import LinkSettings, link
from engage.model import Membership, Place, Record, mention

from .linkage import pairwise

SURNAMES = str.split("""
Abbott Ackroyd Aldridge Amadi Barraclough Bennett Blakemore Brennan Cartwright Chowdhury Clegg
Coates Dalton Dobson Eastham Ellwood Farrow Fenton Garside Goodall Greaves Hadley Hargreaves Hussain
Ingham Jowett Kendrick Kershaw Khan Lomas Marsden Mistry Naylor Nuttall Oakley Okonkwo Patel
Pickering Quigley Radcliffe Rashid Sowerby Smith Taylor Thackray Ullah Varley Wainwright Whittaker
Yardley Jones Brown Evans Hall Wood Lewis Young
""")
FIRST = str.split("""
Adam Aisha Alan Amanda Anthony Barbara Christopher Daniel Deborah Edward Elizabeth Fatima Frances
Gerald Hannah Imran James Jennifer Joseph Katherine Leonard Margaret Matthew Michael Mohammed
Nicholas Patricia Peter Rebecca Robert Samantha Stephen Susan Thomas Victoria William Yusuf
""")
PET = {
    "Anthony": "Tony", "Christopher": "Chris", "Daniel": "Dan", "Deborah": "Debbie", "Edward": "Ted",
    "Elizabeth": "Liz", "James": "Jim", "Jennifer": "Jenny", "Joseph": "Joe", "Katherine": "Kate",
    "Margaret": "Maggie", "Matthew": "Matt", "Michael": "Mike", "Mohammed": "Muhammad", "Nicholas": "Nick",
    "Patricia": "Pat", "Rebecca": "Becky", "Robert": "Bob", "Samantha": "Sam", "Stephen": "Steve",
    "Susan": "Sue", "Thomas": "Tom", "Victoria": "Vicky", "William": "Bill",
}  # fmt: skip
THINGS = str.split("""
Acorn Anvil Beacon Birchwood Bluebell Bramble Cedar Chestnut Copper Daisy Ember Evergreen Fern
Foxglove Harbour Hawthorn Heron Juniper Kestrel Lantern Larkspur Maple Marigold Orchard Otter Pebble
Primrose Raven Rowan Saddle Skylark Sparrow Sycamore Thistle Tulip Walnut Willow Windmill
""")
STREETS = str.split("""
Albion Ashby Bridge Canal Chapel Church Corporation Derby George Grange Hope Jubilee Katherine
Market Mill Mount Oldham Oxford Park Portland Queen Railway School Station Stamford Trinity Union
Victoria Wellington York
""")
TOWNS = {
    "Hyde": "SK14",
    "Denton": "M34",
    "Ashton-under-Lyne": "OL6",
    "Stevenage": "SG1",
    "Hitchin": "SG5",
    "Luton": "LU1",
}
CITIES = {
    "New York": "100",
    "Boston": "021",
    "Chicago": "606",
    "Atlanta": "303",
    "Portland": "972",
    "Denver": "802",
}
CAUSES = str.split(
    "Carers Youth Hospice Dementia Refugee Literacy Swimming Choir Allotment Playgroup Heritage Museum"
)
SHOPS = str.split("Books Hardware Bakery Florist Grill Coffee Toys Optical Jewelers Bikes Records Pharmacy")
TRADES = str.split(
    "Stationery Plumbing Catering Signs Laundry Coaches Printing Scaffolding Flooring Security"
)
ORDINALS = {"1st": "First", "2nd": "Second", "3rd": "Third", "5th": "Fifth", "7th": "Seventh", "9th": "Ninth"}


@dataclass(slots=True)
class Made:
    """One list. rows: headings → cells; truth: the entity of each row, in order."""

    rows: list[dict[str, str]] = field(default_factory=list)
    truth: list[str] = field(default_factory=list)
    country: str = "GB"
    kind: str = "Employers"

    def add(self, entity: str, **cells: str) -> None:
        """One more row; underscores in the names of cells are spaces."""
        self.rows.append({name.replace("_", " "): text for name, text in cells.items()})
        self.truth.append(entity)


class Clerk:
    """Somebody who types: abbreviates, slips, leaves out."""

    def __init__(self, seed: str) -> None:
        self.rng = random.Random(seed)
        self.used: set[str] = set()

    def maybe(self, share: float, text: str) -> str:
        """The text in this share of rows."""
        return text if self.rng.random() < share else ""

    def slip(self, text: str, share: float = 0.06) -> str:
        """Now and then a letter left out, doubled or swapped."""
        if len(text) < 6 or self.rng.random() > share:
            return text
        at = self.rng.randrange(1, len(text) - 2)
        return self.rng.choice(
            (text[:at] + text[at + 1 :], text[:at] + text[at] + text[at:],
             text[:at] + text[at + 1] + text[at] + text[at + 2 :])
        )  # fmt: skip

    def name(self, text: str, *tails: str) -> str:
        """A firm's name as one of several people writes it."""
        text = self.slip(text)
        if self.rng.random() < 0.3:
            text = text.replace(" and ", " & ") if " and " in text else text.replace(" & ", " and ")
        if self.rng.random() < 0.15:
            text = text.upper()
        text = f"The {text}" if self.rng.random() < 0.1 else text
        return f"{text} {self.rng.choice(tails)}".strip() if tails else text

    def street(self, number: int, street: str, kind: str) -> str:
        """An address, with the street's kind written one way or another."""
        short = {"Street": "St", "Road": "Rd", "Avenue": "Ave.", "Lane": "Ln"}
        street = ORDINALS.get(street, street) if self.rng.random() < 0.5 else street
        kind = short[kind] if self.rng.random() < 0.5 else kind
        first = self.maybe(0.1, f"Unit {self.rng.randint(1, 9)}, ")
        return f"{first}{number} {street} {kind}"

    def phone(self, national: str) -> str:
        """A number as people group it."""
        if not national:
            return ""
        digits = national.replace(" ", "")
        return self.rng.choice((national, digits, f"+44 {digits[1:]}"))


def _postcode(rng: random.Random, district: str) -> str:
    return f"{district} {rng.randint(1, 9)}{rng.choice('ABDEFGH')}{rng.choice('ABDEFGHJLN')}"


def _uk_phone(rng: random.Random, used: set[str]) -> str:
    """A drama number that nobody has yet; none once all are given away."""
    number = rng.choice(
        (
            f"0161 496 {rng.randint(0, 999):04d}",
            f"01632 960{rng.randint(0, 999):03d}",
            f"020 7946 {rng.randint(0, 999):04d}",
        )
    )
    return _once(number, used)


def _once(number: str, used: set[str]) -> str:
    if number in used:
        return ""
    used.add(number)
    return number


def _domain(name: str, used: set[str]) -> str:
    """A domain like the name, which no namesake has."""
    label = name.casefold().replace(" ", "")[:20]
    taken = f"{label}.example" in used
    return _once(f"{label}{len(used)}.example" if taken else f"{label}.example", used)


def _firm(rng: random.Random, words: list[str]) -> str:
    """What a firm is called: a surname, a thing, or two of them, and its trade."""
    one, other = rng.choice([*SURNAMES, *THINGS]), rng.choice([*SURNAMES, *THINGS])
    return f"{rng.choice((one, f'{one} and {other}', f'{one} {other}'))} {rng.choice(words)}"


def _repeats(rng: random.Random) -> int:
    return rng.choices((1, 2, 3, 4), (50, 30, 15, 5))[0]


def charities(size: int, seed: int) -> Made:
    """Charities, their local branches, and the friends of some of them in the same house."""
    made, clerk = Made(), Clerk(f"charities {seed}")
    rng = clerk.rng
    for number in range(size // 2):
        base = _firm(rng, CAUSES)
        towns = rng.sample(sorted(TOWNS), 2 if rng.random() < 0.1 else 1)
        for town in towns:
            name = f"{town.partition('-')[0]} {base}" if rng.random() < 0.3 else base
            name += rng.choice((" Trust", " Association", " Project", ""))
            _charity(made, clerk, f"C{number}-{town}", name, town)
            if rng.random() < 0.05:
                made.rows.append(made.rows[-1] | {"Employer": f"Friends of {name}", "Charity number": ""})
                made.truth.append(f"F{number}-{town}")
    return made


def _charity(made: Made, clerk: Clerk, entity: str, name: str, town: str) -> None:
    rng = clerk.rng
    number, street = rng.randint(1, 180), rng.choice(STREETS)
    kind, code = rng.choice(("Street", "Road", "Lane")), _postcode(rng, TOWNS[town])
    phone, domain = _uk_phone(rng, clerk.used), _domain(name, clerk.used)
    charity = f"{rng.randint(1000000, 1199999)}" if rng.random() < 0.7 else ""
    form = rng.choice(("CIO", "Ltd", ""))
    for _ in range(_repeats(rng)):
        made.add(
            entity,
            Employer=clerk.name(name, "", "", form),
            Address=clerk.maybe(0.7, clerk.street(number, street, kind)),
            Town=clerk.maybe(0.8, town),
            Postcode=clerk.maybe(0.7, code),
            Charity_number=clerk.maybe(0.35, charity),
            Phone=clerk.maybe(0.6, clerk.phone(phone)),
            Website=clerk.maybe(0.3, f"www.{domain}"),
        )


def shops(size: int, seed: int) -> Made:
    """American shops, some in two cities: name, street, city, ZIP, phone."""
    made, clerk = Made(country="US"), Clerk(f"shops {seed}")
    rng = clerk.rng
    for number in range(int(size / 1.75)):
        name, form = _firm(rng, SHOPS), rng.choice(("Inc", "LLC", ""))
        for city in rng.sample(sorted(CITIES), 2 if rng.random() < 0.08 else 1):
            house, street = rng.randint(1, 400), rng.choice([*STREETS[:8], *ORDINALS])
            kind, code = rng.choice(("Street", "Avenue")), f"{CITIES[city]}{rng.randint(1, 30):02d}"
            area, line = rng.randint(200, 989), rng.randint(100, 199)
            listed = bool(_once(f"{area}{line}", clerk.used))
            for _ in range(_repeats(rng)):
                made.add(
                    f"S{number}-{city}",
                    Employer=clerk.name(name, "", "", form),
                    Address=clerk.maybe(0.95, clerk.street(house, street, kind)),
                    Town=city + (" City" if city == "New York" and rng.random() < 0.3 else ""),
                    Postcode=clerk.maybe(0.6, code + clerk.maybe(0.2, f"-{rng.randint(1000, 9999)}")),
                    Phone=clerk.maybe(
                        0.85 * listed,
                        rng.choice((f"{area}-555-0{line}", f"({area}) 555-0{line}", f"{area}/555-0{line}")),
                    ),
                )
    return made


def people(size: int, seed: int) -> Made:
    """People at home: households of one surname, fathers and sons of one initial, pet names, moves."""
    made, clerk = Made(kind="Contacts"), Clerk(f"people {seed}")
    rng = clerk.rng
    while len(made.rows) < size:
        last, town = rng.choice(SURNAMES), rng.choice(sorted(TOWNS))
        number, street = rng.randint(1, 180), rng.choice(STREETS)
        kind, code = rng.choice(("Street", "Road")), _postcode(rng, TOWNS[town])
        line = _uk_phone(rng, clerk.used)
        for first in rng.sample(FIRST, rng.choices((1, 2, 3), (60, 30, 10))[0]):
            entity = f"P{len(made.rows)}"
            mobile = _once(f"07700 900{rng.randint(0, 999):03d}", clerk.used)
            box = f"{first}.{last}{len(made.rows)}@mailbox.example".casefold()
            for _ in range(_repeats(rng)):
                shown = rng.choices((first, PET.get(first, first), first[0]), (75, 15, 10))[0]
                made.add(
                    entity,
                    First_name=clerk.slip(shown), Last_name=clerk.slip(last),
                    Address=clerk.maybe(0.8, clerk.street(number, street, kind)), Town=clerk.maybe(0.8, town),
                    Postcode=clerk.maybe(0.8, code), Email=clerk.maybe(0.5, box),
                    Mobile=clerk.maybe(0.4, clerk.phone(mobile)), Phone=clerk.maybe(0.3, clerk.phone(line)),
                )  # fmt: skip
    return made


def suppliers(size: int, seed: int) -> Made:
    """A ledger of suppliers: groups and their firms, family firms, tenants of one business centre."""
    made, clerk = Made(), Clerk(f"suppliers {seed}")
    rng = clerk.rng
    centre, desk = _postcode(rng, "M34"), _uk_phone(rng, clerk.used)
    for firm in range(int(size / 1.75)):
        family = f"{rng.choice(SURNAMES)} and Sons {rng.choice(TRADES)}"
        name = family if rng.random() < 0.25 else _firm(rng, TRADES)
        town = rng.choice(sorted(TOWNS))
        tenant = rng.random() < 0.03
        code, phone = (centre, desk) if tenant else (_postcode(rng, TOWNS[town]), _uk_phone(rng, clerk.used))
        company = f"{rng.randint(1000000, 15999999):08d}"
        domain = _domain(name, clerk.used)
        for part in (name, f"{name} Group") if rng.random() < 0.04 else (name,):
            own = company if part == name else f"{rng.randint(1000000, 15999999):08d}"
            for _ in range(_repeats(rng)):
                made.add(
                    f"{firm} {part}",
                    Employer=clerk.name(part, "", "Ltd", "Limited", "Ltd."),
                    Postcode=clerk.maybe(0.75, code), Town=clerk.maybe(0.5, town),
                    Company_number=clerk.maybe(0.4, own), Phone=clerk.maybe(0.6, clerk.phone(phone)),
                    Email=clerk.maybe(0.4, f"accounts@{domain}"),
                )  # fmt: skip
    return made


LISTS: dict[str, Callable[[int, int], Made]] = {
    "charities": charities, "shops": shops, "people": people, "suppliers": suppliers,
}  # fmt: skip


def records(made: Made) -> Iterator[Record]:
    """The rows as linkage takes them."""
    for number, cells in enumerate(made.rows):
        yield Record(f"R-{number:06d}", made.kind, "", Place("list", made.kind, number), cells, cells)


def main() -> None:
    """Print how well each list is linked with nobody asked, and what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lists", nargs="*", metavar="LIST", help=f"of {', '.join(LISTS)}")
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for name in asked.lists or LISTS:
        made = LISTS[name](asked.rows, asked.seed)
        started = time.perf_counter()
        linked = link(list(records(made)), [], Membership(), LinkSettings(country=made.country))
        ordinal = int(made.kind == "Contacts")
        truth = {mention(f"R-{i:06d}", ordinal): entity for i, entity in enumerate(made.truth)}
        ids = linked.person_of if ordinal else linked.employer_of
        found = pairwise(ids, truth, linked.questions)
        seconds = time.perf_counter() - started
        print(  # noqa: T201
            f"{name:<10} {len(made.rows):>6} rows  precision {found.precision:.4f}"
            f"  recall {found.recall:.4f}  impure {found.impure}"
            f"  asked {len(linked.questions)}  answered {found.reached:.4f}  {seconds:.1f} s"
        )


if __name__ == "__main__":
    main()
