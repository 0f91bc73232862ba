"""Events with their guests, and pledges, of the invented partnership."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from engage.demo.words import COMMITMENTS, GATHERINGS, VENUES, Gathering
from engage.demo.world import AGENCIES, Event, Pledge, World
from engage.insight.weeks import week_of

PLEDGES = ("Skills Pledge", "Good Work Charter")


def make_events(rng: Random, world: World) -> tuple[Event, ...]:
    """The year's events, oldest first, with who was invited, booked and came."""
    return tuple(_event(rng, world, f"V{n:02d}", planned) for n, planned in enumerate(GATHERINGS, 1))


def _event(rng: Random, world: World, key: str, planned: Gathering) -> Event:
    on = week_of(world.today).monday + timedelta(days=planned.days)
    on -= timedelta(days=max(0, on.weekday() - 4))
    while (on.month, on.day) >= (12, 22) or (on.month, on.day) <= (1, 3):
        on += timedelta(days=7)  # nobody invites employers over Christmas
    status = "Held" if on < world.today else "Open" if planned.days < 20 else "Planned"
    event = Event(
        key, planned.name, planned.kind, on, rng.choice(("08:30", "10:00", "13:30")), rng.choice(VENUES),
        planned.lead, planned.others, planned.sector, planned.target, status,
        "A 10-minute slot for partners" if rng.random() < 0.4 else "",
    )  # fmt: skip
    return replace(event, guests=_guests(rng, world, event, planned.guests))


def _guests(rng: Random, world: World, event: Event, size: int) -> tuple[tuple[str, str, str, str], ...]:
    at, hosts = _people_at(world), (event.lead, *event.others)
    pool = [
        (key, agency)
        for key, employer in world.employers.items()
        if not event.sector or employer.sector == event.sector or rng.random() < 0.04
        for agency in world.known[key]
        if agency in hosts
    ]
    chosen = rng.sample(pool, min(size, len(pool)))
    return tuple(
        (key, rng.choice(at.get(key, [""])), _came(rng, event.status), agency) for key, agency in chosen
    )


def _came(rng: Random, status: str) -> str:
    if status == "Held":
        return rng.choices(("Came", "Did not come", "Apologies", "Booked"), (75, 14, 8, 3))[0]
    return rng.choices(("Invited", "Booked", "Apologies"), (5, 6, 1))[0]


def _people_at(world: World) -> dict[str, list[str]]:
    at: dict[str, list[str]] = {}
    for key, person in world.people.items():
        at.setdefault(person.post.employer, []).append(key)
    return at


def make_pledges(rng: Random, world: World) -> tuple[Pledge, ...]:
    """About 90 sign-ups, a few of them in the last week, half a dozen enquiries not yet signed."""
    at = _people_at(world)
    chosen = rng.sample(list(world.employers), 90)
    return tuple(_pledge(rng, world, at, n, key) for n, key in enumerate(chosen, 1))


def _pledge(rng: Random, world: World, at: dict[str, list[str]], number: int, employer: str) -> Pledge:
    back = rng.randint(0, 6) if number <= 7 else rng.randint(7, 330)
    signed: date | None = week_of(world.today).monday - timedelta(days=back + 1)
    stage = rng.choices(("Signed", "Started", "Delivered", "Lapsed", "Withdrawn"), (30, 20, 12, 3, 2))[0]
    if number <= 7:
        stage = "Signed"
    elif number > 84:
        stage, signed = "Enquired", None
    return Pledge(
        f"L{number:03d}", PLEDGES[0] if rng.random() < 0.75 else PLEDGES[1], employer,
        rng.choice(at.get(employer, [""])), signed,
        rng.choice(("Pledge page", "Event", "Visit", "Phone / email", "Partner")),
        rng.choice([a for a in AGENCIES if a in world.known[employer]]), rng.choice(COMMITMENTS),
        rng.randint(1, 8), stage, signed + timedelta(days=365) if signed else None,
    )  # fmt: skip
