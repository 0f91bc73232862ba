"""Which doubtful pairs are asked about, whom, and in what order.

The most valuable first (the order of Linked.questions), to the agencies whose rows they are, at most so many
an agency in seven days. A question that stands in To review keeps its place and its date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from engage.built.as_read import read_rows
from engage.built.decision_book import BY_PERSON, OUTDATED, Book, pair_key
from engage.built.rows_then import why_again
from engage.built.sides import Side, differs_in, side_of
from engage.built.typed import ISO_DATE
from engage.model import CellValue, Decision, Linked, Pair, Record, Tab
from engage.register.text import split_several

TITLE = "To review"
KEY = "Question"
HEADED = (KEY, "Decision", "Why")  # the heading row is known by these
WEEK = timedelta(days=7)
DISAGREE = "Two answers disagree"
THE_HUB = "The hub"  # whose question it is where a row says no agency


@dataclass(frozen=True, slots=True)
class Question:
    """A row of To review. agencies: whom it is for; rows without an agency are for who runs the hub.
    asked_on: ISO date."""

    pair: Pair
    a: Side
    b: Side
    agencies: tuple[str, ...]
    asked_on: str

    @property
    def key(self) -> str:
        """What names the row: both mention keys."""
        return pair_key(self.pair.a, self.pair.b)


@dataclass(frozen=True, slots=True)
class Asking:
    """What To review holds tonight, in its order; waiting: how many more wait for a coming week."""

    questions: tuple[Question, ...] = ()
    waiting: int = 0


def ask(
    linked: Linked,
    records: Mapping[str, Record],
    tab: Tab | None,
    book: Book,
    *,
    today: date,
    per_week: int,
    country: str = "GB",
) -> Asking:
    """The questions of tonight: those that stand and are still open, then the new ones.

    records: what the hub's readers may see; a pair with a side outside it is never asked. tab: To review as
    read. A pair on which people answered differently is asked again, with their answers as the reason; one
    that was answered, and where what was compared has changed, with the answer and what has changed.
    """
    found = (_again(pair, book, records, country) for pair in _open(linked, book, today))
    open_pairs = {pair_key(p.a, p.b): p for p in found}
    standing = [(row[KEY], row) for row in read_rows(tab, HEADED) if row.get(KEY) in open_pairs]
    kept = [_kept(open_pairs[key], row, records, today) for key, row in dict(standing).items()]
    load = _asked_this_week(kept, book, today)
    rest = [pair for key, pair in open_pairs.items() if key not in dict(standing)]
    new = list(_new(rest, records, load, today=today, per_week=per_week))
    asked = [question for question in kept + new if question is not None]
    askable = sum(_sides(pair, records) is not None for pair in open_pairs.values())
    return Asking(tuple(asked), askable - len(asked))


def question_cells(question: Question) -> dict[str, CellValue]:
    """The row of To review by heading, without its answer."""
    pair, a, b = question.pair, question.a, question.b
    cells: dict[str, CellValue] = {
        KEY: question.key,
        "About": pair.kind.capitalize(),
        "For": "; ".join(question.agencies),
        "How sure": how_sure(pair),
        "Why": "; ".join(pair.reasons),
        "Differs in": ", ".join(differs_in(a, b)),
        "Asked on": question.asked_on,
    }
    for letter, side in (("A", a), ("B", b)):
        cells |= {f"{heading} {letter}": text for heading, text in side.shown.items()}
        cells |= {f"Agency {letter}": side.agency, f"Row {letter}": side.row}
    return cells


def how_sure(pair: Pair) -> str:
    """The probability in words a person can weigh: never 0 or 100 %.

    Where a rule forbids the machine to merge, the figure knows nothing of its reason and would mislead.
    """
    if pair.veto:
        return "alike, but see why"
    if not 0 < pair.probability < 1:
        return ""
    return f"{min(99, max(1, round(pair.probability * 100)))} % likely the same"


def _open(linked: Linked, book: Book, today: date) -> Iterator[Pair]:
    """Contradictions first: until somebody resolves one, it holds a pair apart that someone wants merged."""
    seen: set[str] = set()
    by_key = {pair_key(p.a, p.b): p for p in linked.pairs}
    for first, second in linked.contradictions:
        for decision in (first, second):
            key = pair_key(decision.a, decision.b)
            if (first.a, first.b) == (second.a, second.b) and key not in seen:
                seen.add(key)
                yield _disputed(by_key.get(key), first, second)
    for pair in linked.questions:
        if pair_key(pair.a, pair.b) not in seen and not _answered_today(pair, book, today):
            yield pair


def _again(pair: Pair, book: Book, records: Mapping[str, Record], country: str) -> Pair:
    """The pair; if it was answered before, and is asked again, that is its first reason."""
    overtaken = [d for d in book.on(pair.a, pair.b) if d.compared == OUTDATED]
    before = pair.reopens or next(iter(reversed(overtaken)), None)
    if before is None:
        return pair
    return replace(pair, reasons=(why_again(before, records, country), *pair.reasons))


def _disputed(pair: Pair | None, first: Decision, second: Decision) -> Pair:
    said = [f"{d.by or 'somebody'} said {d.verdict}" for d in (first, second)]
    reason = f"{DISAGREE}: {', '.join(said)}. Please agree and answer again"
    known = pair.reasons if pair else ()
    probability, weight = (pair.probability, pair.weight) if pair else (0.0, 0.0)
    return Pair(first.a, first.b, first.kind, probability, weight, "review", (reason, *known))


def _answered_today(pair: Pair, book: Book, today: date) -> bool:
    """An answer given to a row that changed meanwhile is asked again from tomorrow, not under the hand."""
    return any(d.compared == OUTDATED and d.when[:10] == today.isoformat() for d in book.on(pair.a, pair.b))


def _sides(pair: Pair, records: Mapping[str, Record]) -> tuple[Side, Side] | None:
    a, b = side_of(pair.a, records), side_of(pair.b, records)
    return (a, b) if a is not None and b is not None else None


def _kept(pair: Pair, row: Mapping[str, str], records: Mapping[str, Record], today: date) -> Question | None:
    """A question that stands, put to whom and since when its row says, unless a person typed a note there."""
    sides = _sides(pair, records)
    if sides is None:
        return None
    concerned = {side.agency or THE_HUB for side in sides}
    named = split_several(row.get("For", ""))
    agencies = named if named and concerned.issuperset(named) else tuple(sorted(concerned))
    asked = row.get("Asked on", "")
    return Question(pair, *sides, agencies, asked if ISO_DATE.match(asked) else today.isoformat())


def _asked_this_week(kept: Iterable[Question | None], book: Book, today: date) -> Counter[str]:
    """Agency → questions put to it in the last seven days, the answered ones too."""
    since = (today - WEEK).isoformat()
    load: Counter[str] = Counter()
    for question in kept:
        if question is not None and question.asked_on > since:
            load.update(question.agencies)
    for decision in book.history:
        if decision.how == BY_PERSON and decision.when[:10] > since:
            load.update(split_several(decision.by))
    return load


def _new(
    pairs: Sequence[Pair], records: Mapping[str, Record], load: Counter[str], *, today: date, per_week: int
) -> Iterator[Question]:
    for pair in pairs:
        sides = _sides(pair, records)
        if sides is None:
            continue
        concerned = sorted({side.agency or THE_HUB for side in sides})
        free = tuple(agency for agency in concerned if load[agency] < per_week)
        if free:
            load.update(free)
            yield Question(pair, *sides, free, today.isoformat())
