"""People, first pass: those of Contacts and Employers rows, compared with the help of merged employers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engage.model import Pair

from .bands import band_of, make_pair
from .decisions import Standing
from .explain import person_reasons
from .features import person_keys, person_row
from .mentions import Employer, Person
from .model_file import Score, fixed_model
from .pairing import Compared, cluster_listed, score_and_judge
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
    """Clusters of listed people, the answers that contradict each other, and every pair compared."""
    compared = compare_people(listed, employers, workplaces, settings)
    return *cluster_listed(listed, compared, standing), compared


def compare_people(
    listed: Mapping[str, Person],
    employers: Mapping[str, Employer],
    workplaces: Workplaces,
    settings: LinkSettings,
) -> Compared:
    """Score and judge the pairs worth a look; `pairs` leaves out those that nobody needs to see."""
    model = fixed_model("person")
    lines = direct_lines(listed.values(), employers.values())
    where = {
        key: (workplaces.employer(person), workplaces.own_domains(person)) for key, person in listed.items()
    }
    rows = {key: person_row(person, lines, *where[key], model) for key, person in listed.items()}
    keys = {key: set(person_keys(person, lines, *where[key])) for key, person in listed.items()}
    scores, judged = score_and_judge(rows, keys, judge_by_names(listed, workplaces), model, settings)
    kept = {
        p: s for p, s in scores.items() if s.probability >= settings.review and _worth_asking(s, judged[p])
    }
    pairs = {pair: person_pair(listed, pair, score, judged[pair], settings) for pair, score in kept.items()}
    return Compared(scores, judged, pairs)


def judge_by_names(
    listed: Mapping[str, Person], workplaces: Workplaces
) -> Callable[[Edge, Score], Judgement]:
    """(pair, score) → what may be decided, knowing whom else an initial fits at the same employers."""
    where = {
        key: (workplaces.employer(person), workplaces.own_domains(person)) for key, person in listed.items()
    }
    rivals = _namesakes(listed, where)

    def judge(pair: Edge, score: Score) -> Judgement:
        a, b = listed[pair[0]], listed[pair[1]]
        near = {
            name
            for place in _places(where[pair[0]]) | _places(where[pair[1]])
            for name in rivals[a.name.surname, place]
        }
        return judge_people(a, b, score, near)

    return judge


def _worth_asking(score: Score, judgement: Judgement) -> bool:
    """False for two whom a veto tells apart, unless they share a mailbox: a pet name we do not know."""
    return not judgement.veto or score.levels["mailbox"] == "same"


def _places(where: tuple[str, tuple[str, ...]]) -> set[str]:
    return {place for place in (where[0], *where[1]) if place}


def _namesakes(
    listed: Mapping[str, Person], where: Mapping[str, tuple[str, tuple[str, ...]]]
) -> dict[tuple[str, str], set[str]]:
    """(surname, employer or domain) → first names written out that people of that surname have there."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, person in listed.items():
        if len(person.name.first) > 1:
            for place in _places(where[key]):
                found[person.name.surname, place].add(person.name.first)
    return found


def person_pair(
    mentions: Mapping[str, Person], pair: Edge, score: Score, judgement: Judgement, settings: LinkSettings
) -> Pair:
    """A scored pair with its band and its reasons."""
    a, b = mentions[pair[0]], mentions[pair[1]]
    reasons = person_reasons(a, b, score, judgement.doubt)
    return make_pair(a, b, score, band_of(score, judgement, settings), reasons, judgement.veto)
