"""How people type: one agency's habits, from careful to careless, turned on a true value.

Every method returns what somebody typed and notes the slug of what is wrong with it, so that the truth
can say which mess stands in which row. KINDS lists every slug there is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from engage.demo.world import Employer, Person, Post

KINDS = frozenset(
    {
        "name-typo", "name-abbreviated", "name-case", "name-split", "name-form-dropped", "name-form-respelt",
        "name-ampersand", "name-other", "trading-name", "site-in-name",
        "phone-lost-zero", "phone-zero-in-brackets", "phone-no-spaces", "phone-extension", "phone-two",
        "phone-bad", "number-lost-zeros", "number-blank-word", "number-charity", "number-as-number",
        "postcode-closed-up", "postcode-bad", "email-case", "email-typo", "email-bad", "email-mailto",
        "nickname", "initial", "surname-first", "last-name-before", "old-post", "two-people", "no-name",
        "shared-mailbox", "blank-word", "date-text", "date-bad", "size-in-words", "objection-in-notes",
        "free-text-choice", "duplicate-row", "repeated-header", "totals-row", "junk-row",
    }
)  # fmt: skip
Slip = tuple[str, str]
"""A kind of mess and the text that shows it ("" when the whole row does)."""

BLANK_WORDS = ("n/a", "tbc", "?", "-", "unknown", "none", "TBA", "xxx")
_SHORTER = (
    ("Engineering", "Eng."), ("Services", "Svcs"), ("Manufacturing", "Mfg"), ("Contractors", "Contrs"),
    ("Distribution", "Dist."), ("Construction", "Constr."), ("Electrical", "Elec."), ("Hospital", "Hosp."),
    ("Community", "Comm."), ("Residential", "Resid."), ("Medical", "Med."), ("Group", "Grp"),
)  # fmt: skip
_OBJECTIONS = (
    "PLEASE DO NOT CONTACT - asked to be removed 3/9",
    "Asked us to take her off the list",
    "Does not want any more emails from partners",
    "do not contact, complained to the director",
)


@dataclass(slots=True)
class Typist:
    """One agency's way of typing. care: 0 careless to 1 careful."""

    rng: Random
    care: float
    _slips: list[Slip] = field(default_factory=list)

    def noted(self) -> tuple[Slip, ...]:
        """The mess typed since last asked, each once; forgets it."""
        slips, self._slips = tuple(dict.fromkeys(self._slips)), []
        return slips

    def note(self, kind: str, typed: str = "") -> None:
        """Note that a cell holds this kind of mess; typed "": the whole row does."""
        self._slips.append((kind, typed))

    def slips(self, chance: float) -> bool:
        """Does the hand slip? chance: 0..1 for a careless typist; a careful one slips a fifth as often."""
        return self.rng.random() < chance * (1 - 0.8 * self.care)

    def _note(self, kind: str, value: str) -> str:
        self.note(kind, value)
        return value

    # --- Employers ----------------------------------------------------------------------------------

    def employer(self, employer: Employer, site: str = "") -> str:
        """The employer's name as this agency writes it."""
        before, self._slips = self._slips, []
        typed = self._employer(employer, site)
        # What was noted on the way is true of the name as it was left in the end.
        self._slips = [*before, *((kind, typed) for kind, _ in self._slips)]
        return typed

    def _employer(self, employer: Employer, site: str) -> str:
        name = employer.name
        if employer.others and self.rng.random() < 0.45:
            kind = "trading-name" if employer.trading_as else "name-other"
            name = self._note(kind, self.rng.choice(employer.others))
        name = self._form(name)
        if self.slips(0.25):
            name = self._abbreviated(name)
        if site and self.slips(0.3):
            name = self._note("site-in-name", f"{name} ({site})")
        return self._hand(name)

    def _form(self, name: str) -> str:
        for form, other in ((" Ltd", " Limited"), (" Limited", " Ltd"), (" LLP", " L.L.P.")):
            if name.endswith(form):
                bare = name.removesuffix(form)
                if self.slips(0.5):
                    return self._note("name-form-dropped", bare)
                return self._note("name-form-respelt", bare + other) if self.slips(0.35) else name
        return name

    def _abbreviated(self, name: str) -> str:
        if " & " in name:
            return self._note("name-ampersand", name.replace(" & ", " and "))
        for long, short in _SHORTER:
            if long in name:
                return self._note("name-abbreviated", name.replace(long, short))
        return name

    def _hand(self, name: str) -> str:
        draw = self.rng.random() / (1 - 0.8 * self.care)
        if draw < 0.05:
            return self._note("name-case", name.upper())
        if draw < 0.08:
            return self._note("name-case", name.lower())
        if draw < 0.14 and len(name) > 6:
            return self._note("name-typo", self._swapped(name))
        if draw < 0.17 and len(name.split(maxsplit=1)[0]) > 7:
            return self._note("name-split", f"{name[:4]} {name[4:].capitalize()}")
        return name

    def _swapped(self, text: str) -> str:
        """The text with one letter doubled, dropped or two changed about, never the first."""
        at = self.rng.randrange(2, max(3, min(len(text) - 2, 12)))
        match self.rng.randrange(3):
            case 0:
                return text[:at] + text[at] + text[at:]
            case 1:
                return text[:at] + text[at + 1 :]
            case _:
                return text[:at] + text[at + 1] + text[at] + text[at + 2 :]

    def company_number(self, employer: Employer) -> str | int:
        """The number, with zeros lost, as a number, a blank word, or the charity's in its place."""
        number = employer.company_number
        if not number:
            if employer.charity_number and self.rng.random() < 0.5:
                return self._note("number-charity", employer.charity_number)
            word = self.rng.choice(("n/a", "sole trader", "-", "", ""))
            return self._note("number-blank-word", word) if word else ""
        if number.startswith("00") and self.rng.random() < 0.6:
            lost = self._note("number-lost-zeros", number.lstrip("0"))
            return lost if self.rng.random() < 0.5 else int(lost)
        return "" if self.rng.random() < 0.45 * (1 - 0.5 * self.care) else number

    def size(self, number: int) -> str | int:
        """A headcount as people give it."""
        if not self.slips(0.6):
            return number
        tens = max(10, round(number, -1))
        words = (f"circa {tens}", f"{tens}+", f"c. {tens}", f"{number} FTE", f"<{tens + 10}", "")
        return self._note("size-in-words", chosen) if (chosen := self.rng.choice(words)) else self.blank()

    def blank(self) -> str:
        """A word that means nothing."""
        return self._note("blank-word", self.rng.choice(BLANK_WORDS))

    def postcode(self, postcode: str) -> str:
        """The postcode closed up, in small letters, or mistyped."""
        if self.slips(0.06):
            return self._note("postcode-bad", mistyped(postcode))
        if self.slips(0.4):
            return self._note("postcode-closed-up", postcode.replace(" ", "").lower())
        return "" if self.slips(0.12) else postcode

    # --- Phones, addresses, dates -------------------------------------------------------------------

    def phone(self, phone: str, second: str = "") -> str | int:
        """A phone number as typed; second: another number that may share the cell."""
        if not phone:
            return ""
        closed = phone.replace(" ", "")
        ways: tuple[tuple[float, str, str | int], ...] = (
            (0.08, "phone-lost-zero", int(closed)),
            (0.06, "phone-lost-zero", closed[1:]),
            (0.07, "phone-zero-in-brackets", f"+44 (0){closed[1:4]} {closed[4:]}"),
            (0.14, "phone-no-spaces", closed),
            (0.05, "phone-extension", f"{phone} ext {self.rng.randint(101, 180)}"),
            (0.02, "phone-bad", phone[:-3]),
        )
        if second and self.slips(0.12):
            return self._note("phone-two", f"{phone} / {second}")
        draw = self.rng.random() / (1 - 0.7 * self.care)
        for share, kind, typed in ways:
            if (draw := draw - share) < 0:
                self.note(kind, str(typed))
                return typed
        return phone

    def email(self, email: str) -> str:
        """An address as typed."""
        if not email:
            return ""
        box, _, domain = email.partition("@")
        draw = self.rng.random() / (1 - 0.7 * self.care)
        if draw < 0.10:
            return self._note("email-case", f"{box.title()}@{domain} ")
        if draw < 0.13:
            return self._note("email-mailto", f"mailto:{email}")
        if draw < 0.17:
            name = domain.removesuffix(".example")
            return self._note("email-typo", f"{box}@{self._swapped(name)}.example")
        if draw < 0.185:
            return self._note("email-bad", f"{box} {domain}")
        return email

    def date(self, day: date | None) -> str | date:
        """A date: a real one, or day-first text of some kind."""
        if day is None:
            return ""
        if not self.slips(0.6):
            return day
        if self.slips(0.008):
            return self._note(
                "date-bad", f"31/{day.month:02d}/{day.year}" if day.month in {4, 6, 9, 11} else "soon"
            )
        ways = (
            f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day:%y}", f"{day:%d.%m.%Y}", f"{day.day} {day:%b %Y}",
            f"{day:%A} {day.day} {day:%B %Y}", f"{day.day}-{day:%b-%y}",
        )  # fmt: skip
        return self._note("date-text", self.rng.choice(ways))

    # --- People -------------------------------------------------------------------------------------

    def first(self, person: Person) -> str:
        """A first name, or what colleagues say."""
        if person.nick and self.slips(0.45):
            return self._note("nickname", person.nick)
        return self._note("initial", person.first[0]) if self.slips(0.1) else person.first

    def last(self, person: Person) -> str:
        """A last name, sometimes the one before."""
        if person.was and self.rng.random() < 0.5:
            return self._note("last-name-before", person.was)
        return person.last.replace("ó", "o") if self.slips(0.3) else person.last

    def person(self, person: Person) -> str:
        """A whole name in one cell."""
        first, last = self.first(person), self.last(person)
        if self.slips(0.06):
            return self._note("surname-first", f"{person.title + ' ' if person.title else ''}{last}, {first}")
        return f"{person.title} {first} {last}" if person.title and self.slips(0.4) else f"{first} {last}"

    def post(self, person: Person, agency_index: int) -> Post:
        """The post this agency has on file: the old one where news travels slowly."""
        if person.before and agency_index % 2:
            self.note("old-post")
            return person.before
        return person.post

    def objection(self) -> str:
        """An objection, in words, where notes go."""
        return self._note("objection-in-notes", self.rng.choice(_OBJECTIONS))

    def choice(self, value: str, *others: str) -> str:
        """A listed value, or something near it typed freely."""
        if value and others and self.slips(0.2):
            return self._note("free-text-choice", self.rng.choice(others))
        return value


def mistyped(postcode: str) -> str:
    """A postcode with a slip that hands make: a letter for the digit like it, a letter missed or doubled.

    Which of them follows from the postcode, so that the draws after it stay what they were.
    """
    for digit, letter in (("1", "I"), ("0", "O")):
        if digit in postcode:
            at = postcode.rindex(digit)
            return postcode[:at] + letter + postcode[at + 1 :]
    return postcode[:-1] if sum(map(ord, postcode)) % 2 else postcode + postcode[-1]
