"""The employers and people of a generated register as they truly are: firms, and families that look alike.

More than one firm in four is of a family that a careless eye takes for one firm, or is one that it takes
for two: branches, franchises, groups, tenants of a serviced office, clients of one bookkeeper, namesakes,
family firms with father and son, renamed and moved firms, public bodies known by their initials.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, count

from . import words

FREE_MAIL = ("mailbox.example", "post.example")


@dataclass(slots=True)
class Site:
    """One place of an employer. building: what stands before the street ("Ferry Mill"), often ""."""

    town: str
    postcode: str
    house: int
    street: str
    kind: str
    phone: str
    building: str = ""


@dataclass(slots=True)
class Staff:
    """One true person; line "" means that they answer the switchboard."""

    id: str
    first: str
    last: str
    job: str
    mailbox: str
    line: str


@dataclass(slots=True)
class Firm:
    """One true employer. others: further names that some agencies write; former: a name it had until lately.

    past: where it was until lately (some agencies have not heard). kind: what makes it hard, "" if nothing.
    """

    id: str
    name: str
    legal: str = ""
    number: str = ""
    charity: str = ""
    domain: str = ""
    sites: list[Site] = field(default_factory=list)
    staff: list[Staff] = field(default_factory=list)
    trading: str = ""
    others: tuple[str, ...] = ()
    former: str = ""
    past: Site | None = None
    kind: str = ""


class World:
    """Gives out what is given once: names in a town, domains, phones, company numbers."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.taken: set[str] = set()
        self.centres: list[Site] = []
        self.agents: list[tuple[str, str]] = []
        self.firms = 0
        self._phones = rng.randrange(700_000)
        self._mobiles = rng.sample(range(1000), 1000)

    def once(self, text: str) -> bool:
        """True the first time that this is asked for."""
        if text in self.taken:
            return False
        self.taken.add(text)
        return True

    def phone(self) -> str:
        """A landline that nobody has: of 01632, the code kept for drama, which is nobody's."""
        self._phones = (self._phones + 387_420_489) % 699_967
        return f"01632 {200_000 + self._phones:06d}"

    def mobile(self) -> str:
        """One of the thousand drama mobiles, each once; a landline when they are gone."""
        return f"07700 900{self._mobiles.pop():03d}" if self._mobiles else self.phone()

    def number(self) -> str:
        """A company number that nobody has."""
        million = self.rng.choice((0, 0, 1, 3, 6, 9, 11, 13, 15))
        number = f"{million * 1_000_000 + self.rng.randrange(1_000_000):08d}"
        return number if self.once(number) else self.number()

    def postcode(self, town: str) -> str:
        """A postcode of this town; strangers share one as neighbours do."""
        unit = "".join(self.rng.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        return f"{self.rng.choice(words.TOWNS[town])} {self.rng.randrange(10)}{unit}"

    def site(self, town: str = "") -> Site:
        """A place of one's own."""
        rng = self.rng
        town = town or rng.choice([*words.TOWNS])
        kind = rng.choice(("Street", "Street", "Road", "Road", "Lane", "Avenue", "Way"))
        house, street = rng.randint(1, 180), rng.choice(words.STREETS)
        return Site(town, self.postcode(town), house, street, kind, self.phone())

    def stem(self) -> str:
        """A coined word."""
        coined = "".join(self.rng.choices(words.SYLLABLES, k=self.rng.choice((2, 2, 3)))).capitalize()
        return coined + self.rng.choice(("", "", "ton", "well", "ex"))

    def name(self, town: str) -> str:
        """A name that nobody in this town has: coined, a surname, an everyday word, the town or letters."""
        rng = self.rng
        trade = rng.choice(words.TRADES) if rng.random() < 0.7 else rng.choice(words.TWO_TRADES)
        style = rng.choices(("coined", "surname", "family", "two", "everyday", "town", "letters"),
                            (30, 17, 10, 8, 20, 9, 6))[0]  # fmt: skip
        one, other = rng.sample(words.SURNAMES, 2)
        name = {
            "coined": f"{self.stem()} {trade}",
            "surname": f"{one} {trade}",
            "family": f"{one} & {rng.choice(('Sons', 'Sons', 'Daughters', 'Son'))} {trade}",
            "two": f"{one} & {other} {trade}" if rng.random() < 0.5 else f"{one} {other} {trade}",
            "everyday": f"{rng.choice(words.EVERYDAY)} {trade}",
            "town": f"{town} {trade}",
            "letters": f"{''.join(rng.choices('ABCDEGHJKLMNPRSTW', k=rng.choice((2, 3))))} {trade}",
        }[style]
        if self.once(f"{name}, {town}"):
            return name
        coined = f"{self.stem()} {trade}"
        return coined if self.once(f"{coined}, {town}") else self.name(town)

    def domain(self, name: str) -> str:
        """A domain like the name that nobody has."""
        label = "".join(ch for ch in name.casefold() if ch.isalnum())[:22]
        tries = chain((label, f"{label}uk"), (f"{label}{n}" for n in count(2)))
        return next(f"{found}.example" for found in tries if self.once(found))

    def firm(self, name: str = "", town: str = "") -> Firm:
        """An ordinary firm with one site, its number, domain and staff."""
        rng = self.rng
        self.firms += 1
        site = self.site(town)
        name = name or self.name(site.town)
        legal = rng.choices(("Ltd", "Limited", "LLP", "CIC", "PLC", ""), (44, 16, 5, 3, 2, 30))[0]
        firm = Firm(f"E{self.firms}", name, legal, self.number() if legal else "", sites=[site])
        firm.domain = self.domain(name) if rng.random() < 0.8 else ""
        if rng.random() < 0.05:
            firm.past = self.site(site.town)
            firm.kind = "moved"
        self.hire(firm, rng.choice((1, 1, 2, 3)))
        return firm

    def hire(self, firm: Firm, number: int, last: str = "") -> None:
        """Add people; no two of one firm share initial and surname by accident."""
        rng = self.rng
        for _ in range(number):
            first, surname = rng.choice(words.FIRST), last or rng.choice(words.SURNAMES)
            if any(p.first[0] == first[0] and p.last == surname for p in firm.staff):
                continue
            plain = surname.replace("'", "")
            box = rng.choice((f"{first}.{plain}", f"{first[0]}.{plain}", first)).casefold()
            mailbox = f"{box}@{firm.domain}" if firm.domain else ""
            if not mailbox and rng.random() < 0.5:
                mailbox = f"{first}.{plain}{rng.randint(1, 999)}@{rng.choice(FREE_MAIL)}".casefold()
            line = (self.mobile() if rng.random() < 0.5 else self.phone()) if rng.random() < 0.5 else ""
            name = f"{firm.id}-P{len(firm.staff)}"
            firm.staff.append(Staff(name, first, surname, rng.choice(words.JOBS), mailbox, line))


def families(rng: random.Random) -> Iterator[list[Firm]]:
    """Firms without end, those that look alike together; how often each kind comes stands in KINDS."""
    world = World(rng)
    makers, weights = zip(*KINDS, strict=True)
    while True:
        yield rng.choices(makers, weights)[0](world)


def _alone(world: World) -> list[Firm]:
    firm = world.firm()
    if world.rng.random() < 0.08:
        firm.trading = world.name(firm.sites[0].town)
        firm.kind = "trading"
    return [firm]


def _branches(world: World) -> list[Firm]:
    """One employer in several towns, each place with its own phone."""
    firm = world.firm()
    towns = world.rng.sample(
        [town for town in words.TOWNS if town != firm.sites[0].town], world.rng.choice((1, 1, 2, 3))
    )
    firm.sites += [world.site(town) for town in towns]
    firm.kind, firm.past = "branches", None
    return [firm]


def _franchise(world: World) -> list[Firm]:
    """One brand, several owners: brand and web domain in common, nothing else."""
    brand = world.firm()
    owners = []
    for town in world.rng.sample([*words.TOWNS], world.rng.choice((2, 2, 3))):
        owner = world.firm(brand.name, town)
        owner.domain = brand.domain
        owner.staff.clear()
        world.hire(owner, world.rng.choice((1, 2)))
        owner.others = (f"{brand.name} ({town})", f"{brand.name} - {town}", f"{brand.name} {town}")
        owner.kind, owner.past = "franchise", None
        owners.append(owner)
    return owners


def _group(world: World) -> list[Firm]:
    """A parent and its daughters: one stem, one domain, often one house and switchboard."""
    rng, first = world.rng, world.firm()
    stem = first.name.split()[0]
    parent = world.firm(f"{stem} Group" if rng.random() < 0.6 else f"{stem} Holdings", first.sites[0].town)
    third = world.firm(f"{stem} {rng.choice(words.TRADES)}", first.sites[0].town)
    for each in (parent, third):
        each.domain = first.domain
        if rng.random() < 0.5:
            each.sites = [first.sites[0]]
        each.staff.clear()
        world.hire(each, 1)
    parent.staff.append(first.staff[0])  # one director of both
    found = [first, parent] if rng.random() < 0.6 or third.name == first.name else [first, parent, third]
    for each in found:
        each.kind, each.past = "group", None
    return found


def _tenants(world: World) -> list[Firm]:
    """A firm in a serviced office: postcode, building and switchboard are those of all its tenants."""
    rng, firm = world.rng, world.firm()
    if not world.centres or rng.random() < 0.4:
        site = world.site()
        site.building = f"{world.stem()} {rng.choice(words.CENTRES)}"
        world.centres.append(site)
    firm.sites = [rng.choice(world.centres[-12:])]
    firm.kind, firm.past = "tenant", None
    return [firm]


def _client(world: World) -> list[Firm]:
    """A firm whose bookkeeper answers for it, and for others."""
    rng, firm = world.rng, world.firm()
    if not world.agents or rng.random() < 0.4:
        world.agents.append((world.domain(f"{world.stem()} Ledgers"), world.phone()))
    firm.domain, phone = rng.choice(world.agents[-12:])
    firm.sites[0].phone = phone
    firm.staff.clear()
    firm.kind, firm.past = "client", None
    return [firm]


def _namesakes(world: World) -> list[Firm]:
    """Two strangers of one name in two towns."""
    one = world.firm()
    other = world.firm(
        one.name, world.rng.choice([town for town in words.TOWNS if town != one.sites[0].town])
    )
    one.kind = other.kind = "namesake"
    return [one, other]


def _family_firms(world: World) -> list[Firm]:
    """Father's firm and son's: one surname, one town, one trade, sometimes one initial."""
    rng = world.rng
    last, trade = rng.choice(words.SURNAMES), rng.choice(words.TRADES)
    town = rng.choice([*words.TOWNS])
    father, son = world.firm(f"{last} & Sons {trade}", town), world.firm(f"{last} {trade}", town)
    for each in (father, son):
        each.staff.clear()
        world.hire(each, rng.choice((1, 2)), last)
        each.kind, each.past = "family", None
    if rng.random() < 0.3:
        son.sites = [father.sites[0]]
    return [father, son]


def _renamed(world: World) -> list[Firm]:
    """A firm under a new name, which half the agencies do not know yet."""
    firm = world.firm()
    firm.former = f"{world.stem()} {firm.name.split()[-1]}"
    firm.kind, firm.past = "renamed", None
    return [firm]


def _public(world: World) -> list[Firm]:
    """A public body or charity: no company number, known by its initials, one name in several towns."""
    rng = world.rng
    site = world.site()
    saint, other = rng.choice(words.SAINTS), rng.choice([town for town in words.TOWNS if town != site.town])
    name = rng.choice(words.PUBLIC).format(town=site.town, saint=saint, other=other)
    if not world.once(f"{name}, {site.town}"):
        return _alone(world)
    firm = world.firm(name, site.town)
    firm.legal = firm.number = ""
    good_works = not name.endswith(("Council", "School", "College"))
    firm.charity = f"{rng.randint(1_000_000, 1_209_999)}" if good_works and rng.random() < 0.7 else ""
    letters = "".join(word[0] for word in name.replace("'", "").split() if word[0].isupper())
    firm.others = (letters,) if len(letters) > 2 else ()
    firm.kind = "public"
    return [firm]


KINDS: tuple[tuple[Callable[[World], list[Firm]], float], ...] = (
    (_alone, 72), (_branches, 8), (_franchise, 2), (_group, 2), (_tenants, 3), (_client, 2),
    (_namesakes, 2.5), (_family_firms, 1.5), (_renamed, 2.5), (_public, 4.5),
)  # fmt: skip
