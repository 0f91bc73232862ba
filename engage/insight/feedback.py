"""What employers said of our help, 1 to 5, each average with its count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from engage.insight.activity import Engagement, done_within
from engage.insight.capability import Capability, CellsByHeading, Chart, Headline, Insight, Source, Table
from engage.insight.facts import Facts, once_of_rows
from engage.insight.outcomes import as_number
from engage.insight.reading import cells_of
from engage.insight.sectors import NOT_KNOWN
from engage.insight.weeks import Period
from engage.wording import counted

TAB = "Feedback"
EVERYBODY = "All"
POOR = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """A score of 1 to 5 for one done engagement."""

    talk: Engagement
    score: float


def answers_in(facts: Facts, span: Period) -> tuple[Answer, ...]:
    """The scores of a period; a cell that is no number from 1 to 5 is none."""
    found = scores(facts)
    return tuple(
        Answer(one, found[one.record_id]) for one in done_within(facts, span) if one.record_id in found
    )


@once_of_rows
def scores(facts: Facts) -> dict[str, float]:
    """Record id of an engagement → its score; only of those that have one from 1 to 5."""
    cells = cells_of(facts, "Engagements", "record_id", "Feedback 1-5")
    found = ((record_id, as_number(cell)) for record_id, cell in cells if cell)
    return {record_id: score for record_id, score in found if score is not None and 1 <= score <= 5}


def tell(facts: Facts, span: Period) -> Insight:
    """Averages of the period, to one decimal place, never without the number of answers they rest on."""
    answers, talks = answers_in(facts, span), len(done_within(facts, span))
    poor = sum(one.score <= POOR for one in answers)
    headlines = (
        Headline("Feedback answers", len(answers), feedback_note(answers, talks)),
        Headline("Answers of 1 or 2", poor, f"of {counted(len(answers), 'answer')}"),
    )
    if not answers:
        return Insight(headlines=headlines)
    table = Table(
        TAB,
        tuple(_rows(answers)),
        sources=(Source("Engagements", len(answers), talks - len(answers), "no score from 1 to 5"),),
        parts="Counted by",
        charts=(Chart("Average feedback by agency", "Which", ("Average",), part="Agency"),),
    )
    return Insight(feedback_words(answers, poor, talks), headlines, (table,))


def feedback_note(answers: Sequence[Answer], talks: int) -> str:
    """ "4.2 of 5 on average, from 38 of 412 engagements"."""
    if not answers:
        return f"none of {counted(talks, 'engagement')} has a score"
    return f"{average(answers)} of 5 on average, from {len(answers):,} of {counted(talks, 'engagement')}"


def average(answers: Sequence[Answer]) -> float:
    """To one decimal place."""
    return round(sum(one.score for one in answers) / len(answers), 1)


def _rows(answers: Sequence[Answer]) -> Iterator[CellsByHeading]:
    yield _row(EVERYBODY, EVERYBODY, answers)
    for kind in ("Agency", "Type", "Sector"):
        groups: dict[str, list[Answer]] = {}
        for one in answers:
            for label in _labels(one.talk, kind):
                groups.setdefault(label, []).append(one)
        for label, ones in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0].casefold())):
            yield _row(kind, label, ones)


def _labels(talk: Engagement, kind: str) -> Iterable[str]:
    if kind == "Sector":
        return talk.sectors or (NOT_KNOWN,)
    return ((talk.agency if kind == "Agency" else talk.type) or "Not given",)


def _row(kind: str, label: str, answers: Sequence[Answer]) -> CellsByHeading:
    scores: Mapping[str, int] = {
        "Poor (1-2)": sum(one.score <= POOR for one in answers),
        "Good (4-5)": sum(one.score >= 4 for one in answers),
    }
    keys = {one.talk.employer_key for one in answers if one.talk.employer_key}
    return {
        "Counted by": kind,
        "Which": label,
        "Answers": len(answers),
        "Average": average(answers),
        **scores,
        "Employers": len(keys),
    }


def feedback_words(answers: Sequence[Answer], poor: int, talks: int) -> str:
    """ "Employers gave 4.2 of 5 on average in 38 answers (of 412 engagements); 2 gave 1 or 2." """
    said = f"Employers gave {average(answers)} of 5 on average in {counted(len(answers), 'answer')}"
    said += f" (of {counted(talks, 'engagement')})"
    return said + (f"; {poor:,} gave 1 or 2." if poor else ".")


CAPABILITY = Capability(
    key="feedback",
    number=15,
    title="What employers say of us",
    clause="Stevenage 3.55 and 4.16: “acknowledge and support capacity challenges”",
    tabs=(TAB,),
    tell=tell,
)
