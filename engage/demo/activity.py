"""Who knows whom, and what the five agencies did with employers over a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from engage.demo.words import AIMS, JOBS, KINDS, NEEDS, NEXT_STEPS, SCHEMES, STAFF
from engage.demo.world import AGENCIES, Employer, Engagement, Person, World
from engage.insight.weeks import week_of

ENGAGEMENTS = 1500
KNOWS = {"council": 0.55, "college": 0.45, "jobcentre": 0.42, "chamber": 0.33, "university": 0.2}
DAYS_BACK, DAYS_AHEAD = 364, 21


def who_knows_whom(
    rng: Random, employers: dict[str, Employer], people: dict[str, Person]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Which agencies know each employer (one to four, more the bigger it is) and each person."""
    known = {key: _agencies_of(rng, employer) for key, employer in employers.items()}
    return known, {key: _agencies_that_met(rng, person, known) for key, person in people.items()}


def _agencies_of(rng: Random, employer: Employer) -> tuple[str, ...]:
    lift = 0.12 if employer.here >= 50 else 0.0
    knowing = [agency for agency in AGENCIES if rng.random() < KNOWS[agency] + lift]
    if not knowing:
        knowing = [rng.choice(AGENCIES[:3])]
    return tuple(knowing[:4])


def _agencies_that_met(rng: Random, person: Person, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    where = [*known[person.post.employer], *(known[person.before.employer] if person.before else ())]
    every = [agency for agency in AGENCIES if agency in where]
    met = [agency for agency in every if rng.random() < 0.66]
    return tuple(met or [rng.choice(every)])


def make_engagements(rng: Random, world: World) -> tuple[Engagement, ...]:
    """About 1,500 engagements by date, the planted clashes and redundancies among them."""
    order = rng.sample(list(world.employers), len(world.employers))
    weights = [1 / (rank + 15) for rank in range(len(order))]
    maker = _Maker(rng, world, _staffed(world), order, weights)
    made = [maker.engagement() for _ in range(ENGAGEMENTS - 40)]
    made += [entry for _ in range(12) for entry in maker.clash()]
    made += [maker.engagement(kind="Redundancy", back=60) for _ in range(6)]
    made += [maker.engagement(kind="Large-scale recruitment", back=90) for _ in range(6)]
    while len(made) < ENGAGEMENTS:
        made.append(maker.engagement())
    return tuple(sorted(made, key=lambda entry: (entry.date, entry.key)))


def _staffed(world: World) -> dict[tuple[str, str], list[str]]:
    """(agency, employer) → the people that agency may meet there."""
    met: dict[tuple[str, str], list[str]] = {}
    for key, agencies in world.known_people.items():
        for agency in agencies:
            met.setdefault((agency, world.people[key].post.employer), []).append(key)
    return met


@dataclass(slots=True)
class _Maker:
    rng: Random
    world: World
    met: dict[tuple[str, str], list[str]]
    order: list[str]
    weights: list[float]
    count: int = 0

    def engagement(
        self,
        kind: str = "",
        back: int = DAYS_BACK,
        employer: str = "",
        agency: str = "",
        on: date | None = None,
    ) -> Engagement:
        rng = self.rng
        employer = employer or self._employer()
        agency = agency or rng.choice(self.world.known[employer])
        kind = kind or rng.choices(list(KINDS), [each.weight for each in KINDS.values()])[0]
        on = on or self._day(back)
        self.count += 1
        return self._written(f"G{self.count:04d}", on, agency, employer, kind)

    def clash(self) -> list[Engagement]:
        """Two agencies at one employer within days, in the last complete week or the next three."""
        shared = [key for key, agencies in self.world.known.items() if len(agencies) > 1]
        employer = self.rng.choice(shared)
        first, second = self.rng.sample(self.world.known[employer], 2)
        on = _working(week_of(self.world.today).monday + timedelta(days=self.rng.randint(-7, 14)))
        later = _working(on + timedelta(days=self.rng.randint(0, 4)))
        return [
            self.engagement("Visit", employer=employer, agency=first, on=on),
            self.engagement("Phone call", employer=employer, agency=second, on=later),
        ]

    def _employer(self) -> str:
        """A few are seen often, most once or twice: weight falls with the rank in a seeded order."""
        return self.rng.choices(self.order, self.weights)[0]

    def _day(self, back: int) -> date:
        return _working(self.world.today + timedelta(days=self.rng.randint(-back, DAYS_AHEAD)))

    def _written(self, key: str, on: date, agency: str, employer: str, kind: str) -> Engagement:
        rng, today = self.rng, self.world.today
        usual = KINDS[kind]
        jobs = _jobs(rng, kind)
        planned = on > today
        made_on = on - timedelta(days=rng.randint(3, 25)) if planned or rng.random() < 0.3 else on
        if not planned and rng.random() < 0.15:
            made_on = min(today, on + timedelta(days=rng.randint(3, 9)))
        followed = rng.random() < 0.35
        at_site = self.met.get((agency, employer), [])
        needs = kind in {"Visit", "Meeting", "Survey / consultation"} and rng.random() < 0.4
        return Engagement(
            key, on, made_on, agency, employer,
            person=rng.choice(at_site) if at_site and rng.random() < 0.75 else "",
            staff=rng.choice(STAFF[agency]), type=kind, reason=rng.choice(usual.reasons),
            status="Planned" if planned else rng.choices(("Done", "Cancelled"), (24, 1))[0],
            summary=_summary(rng, kind, jobs, aim=AIMS[self.count % len(AIMS)] if planned else ""),
            scheme=rng.choice(SCHEMES) if rng.random() < 0.3 else "",
            who_started=rng.choices(("Us", "Employer", "Partner referral"), (6, 3, 1))[0],
            offer=rng.choice(("Yes", "Yes", "No", "")) if jobs >= 10 else "",
            jobs=jobs,
            need=rng.choice(NEEDS) if needs else "",
            need_when=rng.choice(("Now", "Within 3 months", "Within a year", "Later")) if needs else "",
            told_back=rng.choice(("Yes", "No", "")) if needs else "",
            next_step=rng.choice(NEXT_STEPS) if followed else "",
            next_by=_working(on + timedelta(days=rng.randint(7, 45))) if followed else None,
            feedback=str(rng.choice((3, 4, 4, 5, 5))) if not planned and rng.random() < 0.15 else "",
            sensitive=kind == "Redundancy" and rng.random() < 0.8,
        )  # fmt: skip


def _summary(rng: Random, kind: str, jobs: int, *, aim: str) -> str:
    """What staff write: of what is planned, what it is for."""
    said = rng.choice(KINDS[kind].texts).format(n=jobs or rng.randint(2, 9), job=rng.choice(JOBS))
    return aim or said


def _jobs(rng: Random, kind: str) -> int:
    if kind == "Large-scale recruitment":
        return rng.choice((40, 60, 85, 120))
    if kind == "Redundancy":
        return rng.choice((12, 18, 35, 60, 140))
    return rng.randint(2, 9) if kind in {"Vacancy", "Work placement", "Apprenticeship"} else 0


def _working(day: date) -> date:
    """The same day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
