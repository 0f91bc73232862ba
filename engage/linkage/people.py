"""People, first pass: those of Contacts and Employers rows, compared with the help of merged employers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from engage.model import Pair

from .bands import band_of, make_pair
from .decisions import Standing
from .explain import person_reasons
from .features import Row, person_keys, person_row
from .mentions import Employer, Person
from .model_file import FixedModel, Score, fixed_model
from .pairing import Compared, Judged, Mask, cluster_listed, in_batches, score_and_judge
from .person_vetoes import judge_people
from .pieces import Edge
from .settings import LinkSettings
from .shared import direct_lines
from .vetoes import Judgement


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


def cluster_people(
    listed: Mapping[str, Person],
    employers: Mapping[str, Employer],
    workplaces: Workplaces,
    standing: Standing,
    settings: LinkSettings,
) -> tuple[list[list[str]], list[Edge], Compared]:
    """Clusters of listed people, the answers that contradict each other, and every pair that matters."""
    compared = compare_people(listed, employers, workplaces, settings)
    return *cluster_listed(compared, standing), compared


def compare_people(
    listed: Mapping[str, Person],
    employers: Mapping[str, Employer],
    workplaces: Workplaces,
    settings: LinkSettings,
) -> Compared:
    """Score and judge the pairs worth a look; `shown` leaves out those that nobody needs to see."""
    model = fixed_model("person")
    keys = sorted(listed)
    people = [listed[key] for key in keys]
    lines = direct_lines(people, employers.values())
    judge_two = judge_by_names(people, workplaces)

    def columns(person: Person) -> tuple[Row, Iterable[str]]:
        where = workplaces.employer(person), workplaces.own_domains(person)
        return person_row(person, lines, *where, model), person_keys(person, lines, *where)

    def judge(a: int, b: int, score: Score) -> Judgement:
        return judge_two(people[a], people[b], score)

    def describe(a: int, b: int, score: Score, judgement: Judgement) -> Pair:
        return person_pair(people[a], people[b], score, judgement, settings)

    judged = score_and_judge(in_batches(people, columns, model), len(keys), judge, model, settings)
    shown = (judged.scored.probability >= settings.review) & _worth_asking(judged, model)
    return Compared(keys, judged, shown, settings, describe, model)


def judge_by_names(
    people: Iterable[Person], workplaces: Workplaces
) -> Callable[[Person, Person, Score], Judgement]:
    """What may be decided about two of these people, knowing whom else an initial fits where they work."""
    rivals = _namesakes(people, workplaces)

    def judge(a: Person, b: Person, score: Score) -> Judgement:
        places = _places(a, workplaces) | _places(b, workplaces)
        near = {name for place in places for name in rivals.get((a.name.surname, place), ())}
        return judge_people(a, b, score, near)

    return judge


def _worth_asking(judged: Judged, model: FixedModel) -> Mask:
    """Not two whom a veto tells apart, unless they share a mailbox: a pet name we do not know."""
    return ~judged.where(lambda found: bool(found.veto)) | judged.scored.stands("mailbox", "same", model)


def _places(person: Person, workplaces: Workplaces) -> set[str]:
    found = (workplaces.employer(person), *workplaces.own_domains(person))
    return {place for place in found if place}


def _namesakes(people: Iterable[Person], workplaces: Workplaces) -> dict[tuple[str, str], set[str]]:
    """(surname, employer or domain) → first names written out that people of that surname have there."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for person in people:
        if len(person.name.first) > 1:
            for place in _places(person, workplaces):
                found[person.name.surname, place].add(person.name.first)
    return found


def person_pair(a: Person, b: Person, score: Score, judgement: Judgement, settings: LinkSettings) -> Pair:
    """A scored pair with its band and its reasons."""
    reasons = person_reasons(a, b, score, judgement.doubt)
    return make_pair(a, b, score, band_of(score, judgement, settings), reasons, judgement.veto)
