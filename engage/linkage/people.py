"""People, first pass: those of Contacts and Employers rows, compared with the help of merged employers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engage.model import Pair

from .bands import band_of, make_pair
from .crew import Alone, Crew, Lent
from .doubts import Judgement
from .engine.scored import Scored
from .engine.tables import Batch, batch
from .explain import person_reasons
from .features import person_keys, person_row
from .mentions import Person
from .model_file import FixedModel, Score, fixed_model
from .pairing import Compared, Judged, Mask, judge_pairs
from .person_vetoes import judge_people
from .settings import LinkSettings
from .shared import Lines
from .shelf import Held, Shelf
from .signs import Carried, Index, carried, sign

if TYPE_CHECKING:
    from .engine.opening import Engine


@dataclass(frozen=True, slots=True)
class Workplaces:
    """Where people work. of: employer mention → merged employer; domains: employer mention → own domains."""

    of: Mapping[str, str]
    domains: Mapping[str, tuple[str, ...]]

    def employer(self, person: Person) -> str:
        """The merged employer of a person's row, "" if it is not known."""
        return self.of.get(person.employer, "")

    def own_domains(self, person: Person) -> tuple[str, ...]:
        """Domains that tell this person's employer from others."""
        return self.domains.get(person.employer, ())

    def placed(self, person: Person) -> Placed:
        """A person where they work."""
        return Placed(person, self.employer(person), self.own_domains(person))


@dataclass(frozen=True, slots=True)
class Placed:
    """A person where they work. employer: the merged one, "" if not known; domains: its own."""

    person: Person
    employer: str = ""
    domains: tuple[str, ...] = ()

    @property
    def places(self) -> frozenset[str]:
        """Where one may be met: the employer and its domains, a mailbox, a phone, a home."""
        one = self.person
        met = (self.employer, *self.domains, *one.mailboxes, *one.shared_mailboxes, *one.phones, *one.homes)
        return frozenset(place for place in met if place)


def compare_people(
    engine: Engine, numbers: int, judging: PersonJudging, settings: LinkSettings, crew: Crew
) -> Compared:
    """Score and judge the pairs worth a look; `shown` leaves out those that nobody needs to see."""
    judged = judge_pairs(engine, numbers, judging, settings, crew)
    shown = (judged.scored.probability >= settings.review) & _worth_asking(judged, judging.model)
    return Compared(judged, judged, shown, judging, settings)


def _worth_asking(judged: Judged, model: FixedModel) -> Mask:
    """Not two whom a veto tells apart, unless they share a mailbox: a pet name we do not know, perhaps."""
    open_to_it = judged.where(lambda found: bool(found.veto) and found.ask)
    told_apart = judged.where(lambda found: bool(found.veto))
    return ~told_apart | (open_to_it & judged.scored.stands("mailbox", "same", model))


def columns(people: Mapping[int, Placed], lines: Lines) -> Batch:
    """What the model compares of these people, and their blocking keys."""
    model = fixed_model("person")
    where = [(one.person, lines, one.employer, one.domains) for one in people.values()]
    rows = [person_row(*each, model) for each in where]
    return batch([*people], rows, [set(person_keys(*each)) for each in where], model)


def namesakes_of(people: Mapping[int, Placed]) -> Carried:
    """Who has which surname where, of those whose first name is written out."""
    return carried(
        (sign(one.person.name.surname, place), number)
        for number, one in people.items()
        if len(one.person.name.first) > 1
        for place in one.places
    )


@dataclass(frozen=True, slots=True)
class PersonJudging:
    """What may be decided about two people, and why. namesakes: surname and place → people."""

    shelf: Shelf[Placed]
    namesakes: Lent[Index]
    settings: LinkSettings
    besides: None = None
    grounded: bool = False

    @property
    def model(self) -> FixedModel:
        """The fixed model of people."""
        return fixed_model("person")

    def judge(self, scored: Scored) -> list[Judgement]:
        """Of each pair, in order."""
        people = self.shelf.take(scored.numbers())
        return [
            self.judge_two(people[a], people[b], score)
            for (a, b), score in zip(scored.pairs(), scored.scores(self.model), strict=True)
        ]

    def judge_two(self, a: Placed, b: Placed, score: Score) -> Judgement:
        """Knowing whom else an initial fits where the two work."""
        initial = a.person.name.initial_only or b.person.name.initial_only
        rivals = set(self._first_names(a.person.name.surname, a.places | b.places)) if initial else set()
        return judge_people(a.person, b.person, score, rivals)

    def _first_names(self, surname: str, places: Iterable[str]) -> Iterator[str]:
        """First names written out that people of that surname have at these places."""
        numbers = (number for place in places for number in self.namesakes.value.of(sign(surname, place)))
        return (one.person.name.first for one in self.shelf.take(numbers).values())

    def describe(self, judged: Judged) -> list[Pair]:
        """The pairs with their reasons, in order."""
        people, scored = self.shelf.take(judged.scored.numbers()), judged.scored
        found = zip(scored.pairs(), scored.scores(self.model), judged.judgements(), strict=True)
        return [
            person_pair(people[a].person, people[b].person, score, said, self.settings)
            for (a, b), score, said in found
        ]


def judge_by_names(
    people: Iterable[Person], workplaces: Workplaces
) -> Callable[[Person, Person, Score], Judgement]:
    """What may be decided about two of these people, knowing whom else an initial fits where they work."""
    placed = [workplaces.placed(person) for person in people]
    index = Alone().lend(Index([namesakes_of(dict(enumerate(placed)))]))
    judging = PersonJudging(Held(placed), index, LinkSettings())

    def judge(a: Person, b: Person, score: Score) -> Judgement:
        return judging.judge_two(workplaces.placed(a), workplaces.placed(b), score)

    return judge


def person_pair(a: Person, b: Person, score: Score, judgement: Judgement, settings: LinkSettings) -> Pair:
    """A scored pair with its band and its reasons."""
    reasons = person_reasons(a, b, score, judgement.doubt)
    return make_pair(a, b, score, band_of(score, judgement, settings), reasons, judgement.veto)
