"""Employers of the demo: plain firms, and the families that make linking hard.

Families: groups with subsidiaries, franchises of one brand, firms renamed, look-alikes, tenants of one
business centre, clients of one bookkeeper, public bodies without a number, charities, sole traders.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from engage.demo.words import BRANDS, MARKS, PUBLIC, STREETS, TOWNS, TRADES, Town, Trade
from engage.demo.world import Employer, Site

PLAIN, SOLE, LLPS = 262, 44, 14
BUSINESS_CENTRE = ("Ashcombe Business Centre", "2 Loom Street", "MV8 4QQ", "0161 496 0990")


@dataclass(slots=True)
class Pool:
    """What may be used once only: numbers, phones, postcodes and names not yet given out."""

    rng: Random
    phones: dict[str, list[int]]
    names: list[tuple[str, Trade]]
    next_number: int = 99000101
    count: int = 0
    towns: tuple[Town, ...] = TOWNS
    taken: set[str] = field(default_factory=set)

    def name(self) -> tuple[str, Trade]:
        """A first word and a trade that together nobody is called."""
        mark, trade = self.names.pop()
        return (mark, trade) if self.claim(f"{mark} {trade.words}") else self.name()

    def claim(self, short: str) -> bool:
        """Take a name; False if somebody has it."""
        if short in self.taken:
            return False
        self.taken.add(short)
        return True

    def phone(self, dial: str) -> str:
        """A landline of this dialling code that nobody else has."""
        return f"{dial}{' ' if dial.startswith('0161') else ''}{self._last(dial)}"

    def _last(self, dial: str) -> str:
        return f"{self.phones[dial].pop():0{4 if dial.startswith('0161') else 3}d}"

    def number(self) -> str:
        """A company number that nobody has; one in eight with leading zeros."""
        self.next_number += self.rng.randint(3, 40)
        text = str(self.next_number)
        return f"0099{text[-4:]}" if self.rng.random() < 0.125 else text

    def postcode(self, town: Town) -> str:
        """A postcode, valid in shape, in an area that is not in use."""
        letters = "ABDEFGHJLNPQRSTUWXYZ"
        last = self.rng.choice(letters) + self.rng.choice(letters)
        return f"{self.rng.choice(town.outward)} {self.rng.randint(1, 9)}{last}"

    def key(self) -> str:
        """The next employer's key."""
        self.count += 1
        return f"E{self.count:03d}"


def make_employers(rng: Random) -> dict[str, Employer]:
    """Every employer by key, the families first (so that their names are taken before the plain ones)."""
    pool = _pool(rng)
    everyone = [
        *_groups(pool), *_franchises(pool), *_public(pool), *_charities(pool), *_renamed(pool),
        *_look_alikes(pool), *_same_name(pool), *_tenants(pool), *_father_and_son(pool),
        *(_plain(pool, "company") for _ in range(PLAIN)),
        *(_plain(pool, "llp") for _ in range(LLPS)),
        *(_plain(pool, "sole trader") for _ in range(SOLE)),
    ]  # fmt: skip
    return {employer.key: employer for employer in everyone}


def _pool(rng: Random) -> Pool:
    names = [(mark, trade) for mark in MARKS for trade in rng.sample(TRADES, 4)]
    rng.shuffle(names)
    phones = {"0161 496": rng.sample(range(980), 980), "01632 960": rng.sample(range(1000), 1000)}
    return Pool(rng, phones, names)


def _site(pool: Pool, key: str, letter: str, name: str = "", town: Town | None = None) -> Site:
    town = town or pool.rng.choices(pool.towns, weights=(30, 15, 10, 28, 9, 8))[0]
    address = f"{pool.rng.randint(1, 180)} {pool.rng.choice(STREETS)}"
    return Site(f"{key}{letter}", name, address, town.name, pool.postcode(town), pool.phone(town.dial))


def _sites(pool: Pool, key: str, many: bool) -> tuple[Site, ...]:
    first = _site(pool, key, "a", "Head office" if many else "")
    if not many:
        return (first,)
    others = pool.rng.sample([town for town in TOWNS if town.name != first.town], pool.rng.choice((1, 1, 2)))
    more = (_site(pool, key, letter, f"{t.name} depot", t) for letter, t in zip("bc", others, strict=False))
    return (first, *more)


def _domain(short: str) -> str:
    plain = short.replace("é", "e").replace("&", "and")
    return "".join(ch for ch in plain.lower() if ch.isalnum()) + ".example"


def _size(pool: Pool, trade: Trade) -> int:
    return min(trade.high, trade.low + int(pool.rng.expovariate(3 / (trade.high - trade.low + 1))))


_FORMS = {"company": " Ltd", "llp": " LLP", "sole trader": "", "franchise": "", "public": "", "charity": ""}


def _firm(pool: Pool, short: str, trade: Trade, kind: str = "company", many: bool = False) -> Employer:
    key, here = pool.key(), _size(pool, trade)
    numbered = kind in {"company", "llp"}
    number = pool.number() if numbered else ""
    if kind == "llp":
        number = f"OC99{pool.rng.randint(0, 9999):04d}"
    sites = _sites(pool, key, many)
    in_all = here * (len(sites) + 1) if many else here
    form = " Limited" if kind == "company" and pool.rng.random() < 0.3 else _FORMS[kind]
    return Employer(
        key, short + form, short, kind, trade.sector, trade.sic, here, in_all, _domain(short), sites, number
    )


def _plain(pool: Pool, kind: str) -> Employer:
    mark, trade = pool.name()
    rng = pool.rng
    if kind == "sole trader":
        trade = replace(trade, low=1, high=4)
    firm = _firm(pool, f"{mark} {trade.words}", trade, kind, many=kind == "company" and rng.random() < 0.12)
    if kind == "company" and rng.random() < 0.08:
        trading = f"{pool.name()[0]} {trade.words}"
        if pool.claim(trading):
            firm = replace(firm, trading_as=trading, others=(trading,))
    return firm


def _groups(pool: Pool) -> Iterator[Employer]:
    for _ in range(6):
        mark, trade = pool.name()
        while not pool.claim(f"{mark} Group"):
            mark, trade = pool.name()
        parent = _firm(pool, f"{mark} Group", trade, many=True)
        parent = replace(parent, in_all=parent.here * 6 + 260)
        yield parent
        lines = pool.rng.sample(TRADES, pool.rng.choice((2, 3)))
        for line in [line for line in lines if pool.claim(f"{mark} {line.words}")]:
            child = _firm(pool, f"{mark} {line.words}", line)
            shared = replace(child.sites[0], phone=parent.sites[0].phone) if pool.rng.random() < 0.4 else None
            yield replace(
                child, parent=parent.key, in_all=parent.in_all, domain=parent.domain,
                sites=(shared,) if shared else child.sites,
            )  # fmt: skip


def _franchises(pool: Pool) -> Iterator[Employer]:
    for brand in BRANDS:
        trade = pool.rng.choice([t for t in TRADES if t.sector.startswith(("Hosp", "Retail"))])
        for town in pool.rng.sample(TOWNS, 3):
            unit = _firm(pool, f"{brand} ({town.name})", trade, "franchise")
            site = _site(pool, unit.key, "a", "", town)
            others = (f"{brand} - {town.name}", f"{brand} {town.name}")
            yield replace(unit, domain=_domain(brand), sites=(site,), others=others)


def _public(pool: Pool) -> Iterator[Employer]:
    for body in PUBLIC:
        health = body.sic.startswith("86")
        sector = "Health and social care" if health else "Public services"
        key = pool.key()
        sites = _sites(pool, key, many=health)
        yield Employer(
            key, body.name, body.short, "public", sector, body.sic, body.staff, body.staff,
            _domain(body.short), sites, others=(body.short, body.acronym),
        )  # fmt: skip


_GOOD_WORKS = (
    "Volunteer Hub", "Carers Centre", "Food Project", "Youth Works", "Hospice", "Women's Centre",
    "Advice Service", "Recycling Project", "Animal Sanctuary", "Community Transport",
)  # fmt: skip


def _charities(pool: Pool) -> Iterator[Employer]:
    trade = Trade("", "Health and social care", "88990", 3, 45)
    for words in _GOOD_WORKS:
        mark = pool.name()[0]
        charity = _firm(pool, f"{mark} {words}", trade, "charity")
        cio = pool.rng.random() < 0.5
        number = f"CE99{pool.rng.randint(1000, 9999)}" if cio else ""
        registered = str(1990000 + pool.count * 7)
        name = charity.name + (" CIO" if cio else "")
        yield replace(charity, name=name, company_number=number, charity_number=registered)


def _renamed(pool: Pool) -> Iterator[Employer]:
    for _ in range(8):
        (old, trade), (new, _other) = pool.name(), pool.name()
        if pool.claim(f"{new} {trade.words}"):
            firm = _firm(pool, f"{new} {trade.words}", trade)
            before = f"{old} {trade.words}"
            yield replace(firm, others=(f"{before} Ltd", f"{firm.name} (formerly {before})"))


def _look_alikes(pool: Pool) -> Iterator[Employer]:
    """Pairs of firms with all but one name, in different towns, with different numbers."""
    for _ in range(8):
        mark, trade = pool.name()
        here, there = pool.rng.sample(TOWNS, 2)
        pool.claim(f"{mark}s {trade.words}")
        for short, town in ((f"{mark} {trade.words}", here), (f"{mark}s {trade.words}", there)):
            firm = _firm(pool, short, trade)
            yield replace(firm, sites=(_site(pool, firm.key, "a", "", town),))


def _same_name(pool: Pool) -> Iterator[Employer]:
    """One name, two firms in different towns: a sole trader and a company."""
    for words in ("Café", "Joinery"):
        mark, _ = pool.name()
        pool.claim(f"{mark} {words}")
        trade = next(t for t in TRADES if t.words == words)
        for kind, town in zip(("sole trader", "company"), pool.rng.sample(TOWNS, 2), strict=True):
            firm = _firm(pool, f"{mark} {words}", replace(trade, high=12), kind)
            domain = firm.domain.replace(".example", f"-{town.name.lower().split()[0]}.example")
            yield replace(firm, domain=domain, sites=(_site(pool, firm.key, "a", "", town),))


def _tenants(pool: Pool) -> Iterator[Employer]:
    """Unlike firms behind one business centre's postcode and switchboard."""
    name, address, postcode, phone = BUSINESS_CENTRE
    for unit in range(1, 9):
        mark, trade = pool.name()
        firm = _firm(pool, f"{mark} {trade.words}", replace(trade, low=2, high=14))
        site = Site(f"{firm.key}a", name, f"Unit {unit}, {address}", "Ashcombe Bridge", postcode, phone)
        yield replace(firm, sites=(site,), notes="Ashcombe Business Centre")


def _father_and_son(pool: Pool) -> Iterator[Employer]:
    trade = next(t for t in TRADES if t.words == "Upholstery")
    for family in ("Karim", "Gallagher", "Mistry"):
        yield replace(_firm(pool, f"{family} & Sons {trade.words}", trade, "sole trader"), here=5, in_all=5)
