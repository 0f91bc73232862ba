"""Events with their guests, and pledges, of the invented partnership."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from engage.demo.world import AGENCIES, Event, Pledge, World

_EVENTS = (
    # days from today, name, kind, lead, others, sector, target, guests
    (-320, "Winter employer breakfast", "Breakfast", "chamber", ("council",), "", 40, 30),
    (-290, "Apprenticeship Week showcase", "Showcase", "college", ("council", "jobcentre"), "", 60, 55),
    (-262, "Care careers morning", "Jobs fair", "jobcentre", ("college",), "Health and social care", 25, 24),
    (-231, "Made in Marlbeck: 100 employers", "Conference", "council", ("chamber", "college"), "", 100, 118),
    (-198, "Green skills for builders", "Seminar", "college", ("council",), "Construction", 30, 28),
    (-171, "Meet the labs", "Site visit", "university", ("college",), "Life sciences", 15, 14),
    (-140, "Summer jobs fair", "Jobs fair", "jobcentre", ("council",), "", 50, 46),
    (
        -112,
        "Digital skills roundtable",
        "Roundtable",
        "college",
        ("university",),
        "Digital and creative",
        20,
        18,
    ),
    (-75, "Skills Pledge signing lunch", "Pledge event", "council", ("chamber",), "", 40, 37),
    (-47, "Autumn conference: 100 employers", "Conference", "chamber", ("council", "college"), "", 100, 124),
    (-19, "Logistics breakfast", "Breakfast", "chamber", ("jobcentre",), "Logistics", 20, 17),
    (-5, "Levy clinic", "Seminar", "college", (), "", 15, 13),
    (4, "Christmas recruitment drop-in", "Jobs fair", "jobcentre", ("council",), "", 30, 22),
    (
        11,
        "Manufacturers' skills forum",
        "Forum",
        "council",
        ("university",),
        "Advanced manufacturing",
        35,
        26,
    ),
    (40, "New year employer breakfast", "Breakfast", "chamber", ("council", "college"), "", 50, 9),
)
_VENUES = ("Marlbeck Town Hall", "Stevenport College, Atrium", "The Old Loom Works", "Harbour Rooms, Stevenport",
           "Thornvale Conference Suite")  # fmt: skip
PLEDGES = ("Skills Pledge", "Good Work Charter")
_COMMITMENTS = ("Train 5 people to level 2", "Take 2 apprentices", "Offer 4 work placements", "Pay the Living Wage",
                "Guarantee interviews for local people", "Mentor 3 young people")  # fmt: skip


def make_events(rng: Random, world: World) -> tuple[Event, ...]:
    """The year's events, oldest first, with who was invited, booked and came."""
    return tuple(_event(rng, world, f"V{n:02d}", row) for n, row in enumerate(_EVENTS, 1))


def _event(rng: Random, world: World, key: str, row: tuple[object, ...]) -> Event:
    days, name, kind, lead, others, sector, target, size = row
    on = world.today + timedelta(days=int(str(days)))
    on -= timedelta(days=max(0, on.weekday() - 4))
    status = "Held" if on < world.today else "Open" if int(str(days)) < 20 else "Planned"
    hosts = (str(lead), *others)  # type: ignore[misc]
    event = Event(
        key, str(name), str(kind), on, rng.choice(("08:30", "10:00", "13:30")), rng.choice(_VENUES), str(lead),
        tuple(hosts[1:]), str(sector), int(str(target)), status,
        "A 10-minute slot for partners" if rng.random() < 0.4 else "",
    )  # fmt: skip
    return replace(event, guests=_guests(rng, world, event, hosts, int(str(size))))


def _guests(
    rng: Random, world: World, event: Event, hosts: tuple[str, ...], size: int
) -> tuple[tuple[str, str, str, str], ...]:
    at = _people_at(world)
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
    signed: date | None = world.today - timedelta(days=back)
    stage = rng.choices(("Signed", "Started", "Delivered", "Lapsed", "Withdrawn"), (30, 20, 12, 3, 2))[0]
    if number <= 7:
        stage = "Signed"
    elif number > 84:
        stage, signed = "Enquired", None
    return Pledge(
        f"L{number:03d}", PLEDGES[0] if rng.random() < 0.75 else PLEDGES[1], employer,
        rng.choice(at.get(employer, [""])), signed,
        rng.choice(("Pledge page", "Event", "Visit", "Phone / email", "Partner")),
        rng.choice([a for a in AGENCIES if a in world.known[employer]]), rng.choice(_COMMITMENTS),
        rng.randint(1, 8), stage, signed + timedelta(days=365) if signed else None,
    )  # fmt: skip
