"""What speaks for and against any two mentions, weighed as tonight's linking weighs them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engage.model import Decision, Linked, Pair, Record

from .bands import REVIEW, bits_of_a_hint, make_pair
from .employers import employer_pair
from .explain import employer_parts, employer_reasons, person_parts, person_reasons
from .features import employer_row, person_row
from .hints import AT_ONE
from .mentions import Employer, Person, all_mentions
from .model_file import FixedModel, Score, fixed_model
from .named_people import group_named
from .namesakes import Names
from .people import Workplaces, judge_by_names, person_pair
from .pieces import Edge, edge
from .resolve import KNOWN_BITS, OWN_BITS, likelier
from .score import Row, score_pairs
from .settings import LinkSettings
from .shared import direct_lines, without_shared
from .texts import enrich, group_texts
from .vetoes import judge_employers

TEXT = "named in free text"


@dataclass(frozen=True, slots=True)
class Weighed:
    """Two mentions on the scales. pair: as it is judged, in its one order.

    parts: (reason in words, bits), what speaks for them first, the strongest of each first. start: bits
    before anything is compared; extra: bits that a free text brings, since it mostly names somebody who is
    listed. The three add up to pair.weight. model: what weighed them; score: its levels.
    """

    pair: Pair
    parts: tuple[tuple[str, float], ...]
    start: float
    extra: float
    score: Score
    model: FixedModel


def weigh(
    a: str,
    b: str,
    records: Sequence[Record],
    linked: Linked,
    settings: LinkSettings,
    decisions: Sequence[Decision] = (),
) -> Weighed | None:
    """Two mentions of one kind weighed against each other; None if they are not two of one kind.

    records: those that were linked; linked: what came of it, by these decisions. Mentions typed alike are
    weighed as one, unless the decisions say that they are several.
    """
    employers, people = all_mentions(records, settings.country)
    if a in employers and b in employers and a != b:
        return _employers(edge(a, b), employers, linked, settings)
    if a in people and b in people and a != b:
        return _people(edge(a, b), people, employers, linked, settings, decisions)
    return None


def _employers(
    asked: Edge, employers: Mapping[str, Employer], linked: Linked, settings: LinkSettings
) -> Weighed:
    model = fixed_model("employer")
    groups = group_texts(employers.values())
    texts = {member: group.mention for group in groups for member in group.members}
    listed = without_shared(enrich({key: m for key, m in employers.items() if m.listed}, groups))
    a, b = ({**texts, **listed}[key] for key in asked)
    a, b = (a, b) if a.key < b.key else (b, a)
    rows = {m.key: _as_common(employer_row(m, model), m, listed.values(), model) for m in (a, b)}
    score = _score(edge(a.key, b.key), rows, model)
    extra = _text_bits(a, b)
    parts = employer_parts(a, b, score)
    if extra:
        likely = likelier(score, extra)
        made = make_pair(a, b, likely, REVIEW, employer_reasons(a, b, likely, TEXT))
    else:
        judged = judge_employers(a, b, score, Names.of(listed.values()))
        if bits := judged.bits or float(bits_of_a_hint(judged.hint, score.weight)):
            score, parts = likelier(score, bits), _in_order((*parts, (judged.told or AT_ONE, bits)))
        made = employer_pair(a, b, score, judged, settings)
    return _weighed(_as_linked(made, linked), parts, extra, score, model)


def _in_order(parts: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """What speaks for two first, then what speaks against them, the strongest of each first."""
    return tuple(sorted(parts, key=lambda part: (part[1] <= 0, -abs(part[1]))))


def _as_common(row: Row, mention: Employer, listed: Iterable[Employer], model: FixedModel) -> Row:
    """The row with how often its name is met: as often as the most everyday spelling of it in the list."""
    alike = [employer_row(other, model)["tf"] for other in listed if other.name.key == mention.name.key]
    return {
        **row,
        "tf": max((often for often in (row["tf"], *alike) if isinstance(often, float)), default=None),
    }


def _text_bits(a: Employer, b: Employer) -> float:
    """What a name in free text brings with it; 0 for two rows of the Employers tabs."""
    if a.listed and b.listed:
        return 0.0
    return OWN_BITS if a.listed != b.listed and a.agency == b.agency else KNOWN_BITS


def _people(
    asked: Edge,
    people: Mapping[str, Person],
    employers: Mapping[str, Employer],
    linked: Linked,
    settings: LinkSettings,
    decisions: Sequence[Decision],
) -> Weighed:
    model = fixed_model("person")
    own = without_shared(employers)
    places = Workplaces(linked.employer_of, {key: mention.domains for key, mention in own.items()})
    listed = {key: person for key, person in people.items() if person.listed}
    groups = group_named(people.values(), places, decisions)
    texts = {member: group.person for group in groups for member in group.members}
    a, b = ({**texts, **listed}[key] for key in asked)
    a, b = (a, b) if a.key < b.key else (b, a)
    both = a.listed and b.listed
    lines = direct_lines(listed.values(), employers.values()) if both else frozenset[str]()
    rows = {
        p.key: person_row(p, lines, places.employer(p), places.own_domains(p) if both else (), model)
        for p in (a, b)
    }
    score = _score(edge(a.key, b.key), rows, model)
    if both:
        judged = judge_by_names(listed.values(), places)(a, b, score)
        made = person_pair(a, b, score, judged, settings)
    else:
        made = make_pair(a, b, score, REVIEW, person_reasons(a, b, score, TEXT))
    return _weighed(_as_linked(made, linked), person_parts(a, b, score), 0.0, score, model)


def _score(pair: Edge, rows: Mapping[str, Row], model: FixedModel) -> Score:
    return score_pairs(rows, [pair], model)[pair]


def _as_linked(made: Pair, linked: Linked) -> Pair:
    """The pair as the whole night judged it, rivals and all, if it came up at all."""
    return next((p for p in linked.pairs if (p.a, p.b, p.kind) == (made.a, made.b, made.kind)), made)


def _weighed(
    pair: Pair, parts: tuple[tuple[str, float], ...], extra: float, score: Score, model: FixedModel
) -> Weighed:
    start = score.weight - sum(bits for _, bits in parts)
    return Weighed(pair, parts, round(start, 6), extra, score, model)
