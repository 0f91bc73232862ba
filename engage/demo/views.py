"""Each agency's view of the world: the rows it would type, under the schema's headings, mess and all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from engage.demo.mess import Slip, Typist
from engage.demo.words import NEED_TYPES, STAFF
from engage.demo.world import AGENCIES, Employer, Engagement, Person, Site, World, stream

Typed = str | int | float | date
CARE = {"council": 0.65, "college": 0.45, "jobcentre": 0.15, "chamber": 0.85, "university": 0.7}
_NEAR_SECTORS = {
    "Advanced manufacturing": ("Manufacturing", "Engineering", "Mfg"),
    "Health and social care": ("Care", "Health & Social Care", "NHS/care"),
    "Construction": ("Building trades", "construction"),
    "Digital and creative": ("IT", "Digital", "Creative/digital"),
    "Logistics": ("Transport", "Warehousing & transport"),
    "Hospitality and visitor economy": ("Hospitality", "Leisure + tourism"),
    "Life sciences": ("Bio", "Science"),
    "Retail and services": ("Retail", "Services", "Other"),
}
_NEAR_TYPES = {
    "Phone call": ("Tel call", "phoned", "Call"),
    "Email": ("e-mail", "Emailed"),
    "Visit": ("Site visit", "visit", "Visited"),
    "Meeting": ("Mtg", "Teams meeting"),
    "Survey / consultation": ("Survey",),
    "Work placement": ("Work experience", "T Level placement"),
    "Apprenticeship": ("Apprenticeships", "App'ship"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row somebody typed: schema heading → cell, and what it truly is (see truth.TruthRow)."""

    key: str
    values: Mapping[str, Typed]
    employer: str = ""
    site: str = ""
    people: tuple[str, ...] = ()
    mess: tuple[Slip, ...] = ()

    def mess_in(self, cells: Iterable[Typed]) -> tuple[str, ...]:
        """The kinds of mess that these cells of the row show, each once."""
        texts = [str(cell) for cell in cells]
        shown = (kind for kind, typed in self.mess if not typed or any(typed in text for text in texts))
        return tuple(dict.fromkeys(shown))


@dataclass(slots=True)
class View:
    """What one agency knows and how it types. Made anew it types the same again."""

    world: World
    agency: str
    typist: Typist
    rng: Random

    @classmethod
    def of(cls, world: World, agency: str, purpose: str) -> View:
        """The agency's view for one purpose ("employers", "week"), on a stream of its own."""
        typing = stream(world.seed, f"typing {agency} {purpose}")
        chance = stream(world.seed, f"chance {agency} {purpose}")
        return cls(world, agency, Typist(typing, CARE[agency]), chance)

    # --- Which rows ---------------------------------------------------------------------------------

    def employers(self) -> Iterator[Line]:
        """A row a site this agency knows of, and now and then the same employer twice."""
        for employer, site in self._known_sites():
            yield self._line(employer.key, employer, site, self.employer_cells(employer, site))
            if self.typist.slips(0.03):
                self.typist.note("duplicate-row")
                yield self._line(employer.key, employer, site, self.employer_cells(employer, site))

    def people(self) -> Iterator[Line]:
        """A row a person this agency has met."""
        for person in self._known_people():
            post = self.typist.post(person, AGENCIES.index(self.agency))
            employer = self.world.employers[post.employer]
            cells = self.person_cells(person) | {"Employer": self.typist.employer(employer)}
            yield self._line(person.key, employer, _site(employer, post.site), cells, (person.key,))

    def employers_with_people(self) -> Iterator[Line]:
        """Both in one row: an employer, its site, and whom to ask for there (one person, two, or nobody)."""
        waiting = self._by_employer()
        for employer, site in self._known_sites():
            met = waiting.pop(employer.key, [])
            groups = list(self._grouped(met)) or [()]
            for group in groups:
                at = _site(employer, group[0].post.site) if group else site
                yield self._together(employer, at, group)

    def engagements(self, *, since: date | None, until: date, as_of: date) -> Iterator[Line]:
        """What was written down after `since` (None: ever) and by `until`, as it looked on `as_of`."""
        for done in self.world.engagements:
            written = (since is None or done.made_on > since) and done.made_on <= until
            if done.agency == self.agency and written:
                yield self.engagement(done, as_of)

    def one_employer(self, key: str) -> Line:
        """One employer as this agency would type it, head office first."""
        employer = self.world.employers[key]
        return self._line(key, employer, employer.sites[0], self.employer_cells(employer, employer.sites[0]))

    def one_person(self, key: str) -> Line:
        """One person as this agency would type them, in a tab of people."""
        person = self.world.people[key]
        employer = self.world.employers[person.post.employer]
        cells = self.person_cells(person) | {"Employer": self.typist.employer(employer)}
        return self._line(key, employer, _site(employer, person.post.site), cells, (key,))

    # --- What is in them ----------------------------------------------------------------------------

    def employer_cells(self, employer: Employer, site: Site) -> dict[str, Typed]:
        """The Employers cells of one site, without its people."""
        typist, parent = self.typist, self.world.employers.get(employer.parent)
        many = len(employer.sites) > 1
        return {
            "Employer": typist.employer(employer, site.town if many else ""),
            "Trading as": employer.trading_as if self.rng.random() < 0.5 else "",
            "Site": site.name,
            "Address": site.address if self.rng.random() < 0.8 else "",
            "Town": site.town,
            "Postcode": typist.postcode(site.postcode),
            "Company number": typist.company_number(employer),
            "Charity number": employer.charity_number if self.rng.random() < 0.6 else "",
            "Parent employer": parent.short if parent and self.rng.random() < 0.7 else "",
            "Legal form": _LEGAL.get(employer.kind, "") if self.rng.random() < 0.5 else "",
            "Sector": typist.choice(employer.sector, *_NEAR_SECTORS.get(employer.sector, ())),
            "SIC code": employer.sic if self.rng.random() < 0.5 else "",
            "Employees here": typist.size(employer.here) if self.rng.random() < 0.85 else "",
            "Employees in all": employer.in_all,
            "Website": f"www.{employer.domain}" if self.rng.random() < 0.6 else "",
            "Phone": typist.phone(site.phone),
            "Relationship manager": self.rng.choice(STAFF[self.agency]) if self.rng.random() < 0.7 else "",
            "Stage": self.rng.choice(_STAGES) if self.rng.random() < 0.7 else "",
            "Offers apprenticeships": typist.choice(self.rng.choice(("Yes", "No", "")), "Y", "yes 2", "N"),
            "Rest until": self._rest(employer),
            "Notes": employer.notes,
        }

    def _rest(self, employer: Employer) -> Typed:
        """A few have asked for quiet although somebody plans to call: that is what the warning is for."""
        today = self.world.today
        called = any(e.employer == employer.key and e.date > today for e in self.world.engagements)
        return today + timedelta(days=45) if called and int(employer.key[1:]) % 9 == 0 else ""

    def person_cells(self, person: Person) -> dict[str, Typed]:
        """The Contacts cells of one person, name both whole and in parts."""
        typist = self.typist
        post = typist.post(person, AGENCIES.index(self.agency))
        first, last = typist.first(person), typist.last(person)
        objected = person.objects and self.world.known_people[person.key][0] == self.agency
        news = self.rng.choice(("Yes - asked", "Yes - existing contact", "Not asked", "", "No"))
        return {
            "Title": person.title,
            "First name": first,
            "Last name": last,
            "Job title": post.job_title if self.rng.random() < 0.85 else "",
            "Email": typist.email(post.email) if self.rng.random() < 0.85 else "",
            "Phone": typist.phone(post.phone, person.mobile),
            "Mobile": typist.phone(person.mobile) if self.rng.random() < 0.75 else "",
            "Contact kind": "Person",
            "May we email news?": typist.choice(news, "Y", "yes please"),
            "Do not contact": "",
            "Where we got the details": self.rng.choice(("Card at event", "Rang us", "Website", "")),
            "Notes": typist.objection() if objected else "",
        }

    def engagement(self, done: Engagement, as_of: date) -> Line:
        """One engagement as it was written down, planned until its day has come."""
        typist, employer = self.typist, self.world.employers[done.employer]
        person = self.world.people.get(done.person)
        cells: dict[str, Typed] = {
            "Date": typist.date(done.date),
            "Employer": typist.employer(employer),
            "Contact": typist.person(person) if person else "",
            "Staff member": done.staff,
            "Status": "Planned" if done.date > as_of else done.status,
            "Type": typist.choice(done.type, *_NEAR_TYPES.get(done.type, ())),
            "Reason": done.reason if self.rng.random() < 0.9 else "",
            "Scheme": done.scheme,
            "Who started it": done.who_started,
            "Offer made": done.offer,
            "Number of jobs": done.jobs or "",
            "Aim / Summary": done.summary,
            "What the employer needs": done.need,
            "Need type": NEED_TYPES.get(done.need, ""),
            "Need when": done.need_when,
            "Told them back": done.told_back,
            "Next step": done.next_step,
            "Next step by": typist.date(done.next_by),
            "Follow-up owner": done.staff if done.next_step else "",
            "Feedback 1-5": int(done.feedback) if done.feedback else "",
            "Sensitive": "Yes" if done.sensitive else "",
        }
        people = (person.key,) if person else ()
        return Line(done.key, cells, employer.key, "", people, typist.noted())

    # --- Inside -------------------------------------------------------------------------------------

    def _known_sites(self) -> Iterator[tuple[Employer, Site]]:
        for key, agencies in self.world.known.items():
            employer = self.world.employers[key]
            if self.agency in agencies:
                first = self.rng.choice(employer.sites) if self.rng.random() < 0.3 else employer.sites[0]
                yield employer, first
                others = [site for site in employer.sites if site is not first]
                yield from ((employer, site) for site in others if self.rng.random() < 0.3)

    def _known_people(self) -> Iterator[Person]:
        for key, agencies in self.world.known_people.items():
            if self.agency in agencies:
                yield self.world.people[key]

    def _by_employer(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        index = AGENCIES.index(self.agency)
        for person in self._known_people():
            post = person.before if person.before and index % 2 else person.post
            found.setdefault(post.employer, []).append(person)
        return found

    def _grouped(self, met: list[Person]) -> Iterator[tuple[Person, ...]]:
        while met:
            take = 2 if len(met) > 1 and self.rng.random() < 0.18 else 1
            yield tuple(met[:take])
            met = met[take:]

    def _together(self, employer: Employer, site: Site, group: tuple[Person, ...]) -> Line:
        cells = self.employer_cells(employer, site)
        if not group:
            return self._line(employer.key, employer, site, cells | self._nobody(employer, site))
        named = [self.person_cells(person) for person in group]
        joined = {heading: _joined([cell[heading] for cell in named]) for heading in named[0]}
        joined["Contact name"] = self._names(group)
        if len(group) > 1:
            self.typist.note("two-people")
            joined |= {"Phone": named[0]["Phone"], "Mobile": "", "Title": ""}
        notes = "; ".join(str(text) for text in (cells["Notes"], named[0]["Notes"]) if text)
        people = tuple(person.key for person in group)
        return self._line(employer.key, employer, site, cells | joined | {"Notes": notes}, people)

    def _names(self, group: tuple[Person, ...]) -> str:
        mark = self.rng.choice((" / ", " and ", " & ", "; ")) if len(group) > 1 else ""
        return mark.join(self.typist.person(person) for person in group)

    def _nobody(self, employer: Employer, site: Site) -> dict[str, Typed]:
        role = self.rng.choice(("The Manager", "HR", "", "Registered Manager", "")) or (
            self.typist.blank() if self.typist.slips(0.5) else ""
        )
        self.typist.note("no-name")
        box = self.rng.choice(("info", "office", "enquiries", "hello", "")) if employer.domain else ""
        if box:
            self.typist.note("shared-mailbox")
        email = f"{box}@{employer.domain}" if box else ""
        return {"Contact name": role, "Email": email, "Phone": self.typist.phone(site.phone), "Job title": ""}

    def _line(
        self,
        key: str,
        employer: Employer,
        site: Site,
        cells: Mapping[str, Typed],
        people: tuple[str, ...] = (),
    ) -> Line:
        return Line(key, cells, employer.key, site.key, people, self.typist.noted())


_LEGAL = {"company": "Limited company", "llp": "Limited liability partnership", "sole trader": "Sole trader",
          "charity": "Charity", "public": "Public body"}  # fmt: skip
_STAGES = (
    "1 Aware",
    "2 Contacted",
    "2 Contacted",
    "3 Met",
    "3 Met",
    "4 Taking part",
    "5 Designing with us",
    "6 Leading",
)


def _site(employer: Employer, key: str) -> Site:
    return next((site for site in employer.sites if site.key == key), employer.sites[0])


def _joined(cells: list[Typed]) -> Typed:
    filled = [cell for cell in cells if cell != ""]
    return filled[0] if len(filled) == 1 else "; ".join(str(cell) for cell in filled)


def with_agency(line: Line, name: str) -> Line:
    """The same row with its Agency cell filled, for tabs that several agencies share."""
    return replace(line, values={**line.values, "Agency": name})
