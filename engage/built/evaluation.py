"""How the shipped model does on a partnership's own decisions: what people undid, checked and answered.

Honest about how they came by it. An automatic merge is seen only if somebody stumbles on it or if it was
drawn in a sample (sampling.py); questions are asked in the order of what hangs on them. Nothing here moves a
limit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

from engage.built.decision_book import AUTOMATICALLY, BY_PERSON, MERGING, NOT_SURE, OUTDATED, Book
from engage.built.sampling import drawn_in
from engage.linkage.interval import checks_needed, share_interval
from engage.linkage.pieces import Edge
from engage.linkage.settings import LinkSettings
from engage.model import Decision, Linked, Pair

AIM = 0.995  # of the automatic merges right; one wrong in two hundred is the most to be borne
ENOUGH = 20  # answers, before a share of them says anything
SURE = 0.9  # questions below it are the doubtful half of the review band
EDGES = (0.0, SURE, 0.999)


@dataclass(frozen=True, slots=True)
class Share:
    """So many hits of so many, and the interval that holds the true share 95 times of 100 (interval.py)."""

    hits: int
    of: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Automatic:
    """What is known of the automatic merges of one kind ("employer", "person").

    merged: those that stand or were taken back by a person; one that came apart by itself, because a row
    changed, is not among them. undone: taken back without having been drawn. right: of those that were drawn
    and answered. precision: of all merged, from the samples and what was undone besides; None if nothing was
    checked. wrong: probability tonight of each wrong one that is still compared, 0..1.
    """

    kind: str
    merged: int
    undone: int
    right: Share
    precision: Share | None
    wrong: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Answers on questions as likely as this, tonight. same: those that said Same of those that were sure."""

    kind: str
    low: float
    high: float
    same: Share


@dataclass(frozen=True, slots=True)
class Doubted:
    """Answers on pairs that the weights alone would have merged, by what held them back."""

    doubt: str
    same: int
    of: int


@dataclass(frozen=True, slots=True)
class Advice:
    """Whether a limit should move. limit: "automatic", "review"; move: "stay", "raise", "lower", "unknown".

    words: why, in one or two sentences; setting: what engage.toml would say, None if nothing should change.
    """

    limit: str
    move: str
    words: str
    setting: float | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a partnership's decisions say of the model. drawn: automatic merges in samples of which at least
    one was answered; changed: answers on rows that are not what they were, not counted."""

    automatic: tuple[Automatic, ...]
    drawn: int
    review: tuple[Band, ...]
    unsure: int
    changed: int
    doubts: tuple[Doubted, ...]
    advice: tuple[Advice, ...]

    def document(self) -> dict[str, object]:
        """The answer for --json."""
        return asdict(self)


def evaluate(book: Book, linked: Linked, settings: LinkSettings, *, since: str = "") -> Evaluation:
    """What the decisions since a day (ISO date; "" is all) say of the model that linked this night.

    Merges count by the day on which they were made, whenever they were undone or checked. linked: tonight's,
    for how likely the pairs are; a pair whose rows changed since its answer counts for nothing there.
    """
    pairs = {(pair.a, pair.b): pair for pair in linked.pairs}
    told = _by_pair(book.history)
    merged = {pair: rows for pair, rows in told.items() if any(d.how == AUTOMATICALLY for d in rows)}
    new = {pair: rows for pair, rows in merged.items() if _merged_on(rows) >= since}
    automatic = tuple(_automatic(kind, new, pairs) for kind in ("employer", "person"))
    answers = [
        d
        for pair, rows in told.items()
        for d in rows
        if pair not in merged and d.how == BY_PERSON and not d.undone and d.when[:10] >= since
    ]
    fresh = [(d, pairs[d.a, d.b]) for d in answers if _is_fresh(d, pairs)]
    review = tuple(_bands(fresh, settings))
    return Evaluation(
        automatic=automatic,
        drawn=sum(_samples(new.values()).values()),
        review=review,
        unsure=sum(d.verdict == NOT_SURE for d in answers),
        changed=len(answers) - len(fresh),
        doubts=tuple(_doubts(fresh, settings)),
        advice=(_on_automatic(automatic, settings), _on_review(fresh, settings)),
    )


# --- Automatic merges --------------------------------------------------------------------------------------


def _automatic(kind: str, every: Mapping[Edge, Sequence[Decision]], pairs: Mapping[Edge, Pair]) -> Automatic:
    """Each pair once, whatever its rows in the book: merged, undone, merged again."""
    merged = {pair: rows for pair, rows in every.items() if rows[0].kind == kind}
    right = {pair for pair, rows in merged.items() if _verdict(rows) is True}
    wrong = {pair for pair, rows in merged.items() if _verdict(rows) is False}
    standing = {
        pair for pair, rows in merged.items() if any(d.how == AUTOMATICALLY and not d.undone for d in rows)
    }
    counted = standing | wrong | right
    drawn = {pair for pair, rows in merged.items() if any(drawn_in(d.reason) for d in rows)}
    checked = drawn & (right | wrong)
    undone = wrong - checked
    hits = _share(len(checked & right), len(checked))
    likely = tuple(sorted(pairs[pair].probability for pair in wrong if pair in pairs))
    return Automatic(
        kind=kind,
        merged=len(counted),
        undone=len(undone),
        right=hits,
        precision=_precision(hits, len(counted), len(undone)) if checked else None,
        wrong=likely,
    )


def _samples(merged: Iterable[Sequence[Decision]]) -> dict[str, int]:
    """Sample → how many were drawn in it, answered or not."""
    drawn = (drawn_in(d.reason) for rows in merged for d in rows)
    return {found.sample: found.size for found in drawn if found}


def _precision(checked: Share, merged: int, undone: int) -> Share:
    """The share of all merged that is right: what was undone is wrong, the sample speaks for the rest."""
    rest = (merged - undone) / merged
    return Share(checked.hits, checked.of, checked.low * rest, checked.high * rest)


def _by_pair(history: Iterable[Decision]) -> dict[Edge, list[Decision]]:
    found: dict[Edge, list[Decision]] = {}
    for decision in history:
        found.setdefault((decision.a, decision.b), []).append(decision)
    return found


def _merged_on(rows: Iterable[Decision]) -> str:
    """The day on which the machine last merged a pair (ISO date)."""
    return max(d.when[:10] for d in rows if d.how == AUTOMATICALLY)


def _verdict(rows: Iterable[Decision]) -> bool | None:
    """What people said last of a pair and stands: one (True), two (False), or nothing that settles it."""
    said = [d for d in rows if d.how == BY_PERSON and not d.undone and d.verdict != NOT_SURE]
    return max(said, key=lambda d: d.when).verdict in MERGING if said else None


# --- Questions ---------------------------------------------------------------------------------------------


def _is_fresh(decision: Decision, pairs: Mapping[Edge, Pair]) -> bool:
    pair = pairs.get((decision.a, decision.b))
    return pair is not None and decision.compared not in {"", OUTDATED} and decision.compared == pair.compared


def _bands(answers: Sequence[tuple[Decision, Pair]], settings: LinkSettings) -> Iterable[Band]:
    edges = [*sorted({settings.review, *(edge for edge in EDGES if edge > settings.review)}), 1.0]
    for kind in ("employer", "person"):
        for low, high in pairwise(edges):
            said = [
                d.verdict in MERGING
                for d, pair in answers
                if d.kind == kind
                and d.verdict != NOT_SURE
                and (low <= pair.probability < high or pair.probability == high == 1)
            ]
            if said:
                yield Band(kind, low, high, _share(sum(said), len(said)))


def _doubts(answers: Sequence[tuple[Decision, Pair]], settings: LinkSettings) -> Iterable[Doubted]:
    """What held back pairs that the weights would have merged, the most frequent first."""
    held = [
        (pair.veto or pair.reasons[-1], d.verdict in MERGING)
        for d, pair in answers
        if d.verdict != NOT_SURE and pair.probability >= settings.automatic and (pair.veto or pair.reasons)
    ]
    counts = Counter(doubt for doubt, _ in held)
    for doubt, of in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield Doubted(doubt, sum(same for said, same in held if said == doubt), of)


def _share(hits: int, of: int) -> Share:
    return Share(hits, of, *share_interval(hits, of))


# --- Whether a limit should move ---------------------------------------------------------------------------


def _on_automatic(kinds: Sequence[Automatic], settings: LinkSettings) -> Advice:
    """From all kinds together: there is one limit."""
    checked, wrong = sum(k.right.of for k in kinds), sum(k.right.of - k.right.hits for k in kinds)
    merged, undone = sum(k.merged for k in kinds), sum(k.undone for k in kinds)
    likely = [probability for kind in kinds for probability in kind.wrong]
    if not merged:
        return Advice("automatic", "unknown", "Nothing has been merged automatically yet.")
    if not checked:
        seen = f"{undone:,} of {merged:,} were undone, but that is only what somebody noticed"
        return Advice("automatic", "unknown", f"{seen}. Draw some to be checked: engage model check.")
    rest = (merged - undone) / merged
    low, high = (end * rest for end in share_interval(checked - wrong, checked))
    if high < AIM:
        return _too_many_wrong(likely, settings)
    if low >= AIM:
        return Advice("automatic", "stay", f"At least {low:.1%} of the automatic merges are right.")
    need = checks_needed(wrong, AIM)
    words = (
        f"Nothing says that it should move: at least {low:.1%} of the automatic merges are right. To be sure "
        f"of {AIM:.1%}, {need:,} would have to be checked with no more than {wrong} wrong."
    )
    return Advice("automatic", "stay", words)


def _too_many_wrong(likely: Sequence[float], settings: LinkSettings) -> Advice:
    """More are wrong than may be: a higher limit helps only if it would have asked about them."""
    for limit in (0.999, 0.9999):
        caught = sum(probability < limit for probability in likely)
        if limit > settings.automatic and caught * 2 > len(likely):
            words = (
                f"Too many automatic merges are wrong. A limit of {limit} would have asked about {caught} of "
                f"the {len(likely)} wrong ones first."
            )
            return Advice("automatic", "raise", words, limit)
    words = (
        "Too many automatic merges are wrong, and to the model they look as sure as the right ones: a higher "
        "limit would not have asked about them. See what they have in common: engage why A B."
    )
    return Advice("automatic", "stay", words)


def _on_review(answers: Sequence[tuple[Decision, Pair]], settings: LinkSettings) -> Advice:
    """From the least likely questions: they show what lies on either side of the limit."""
    limit = SURE if settings.review < SURE else settings.review
    said = [d.verdict in MERGING for d, pair in answers if pair.probability < limit and d.verdict != NOT_SURE]
    same = _share(sum(said), len(said))
    if same.of < ENOUGH:
        few = f"{same.of} questions below {limit:.0%} are answered"
        return Advice("review", "unknown", f"{few}; {ENOUGH} are needed before they say anything.")
    told = f"{same.hits} of {same.of} answers on questions below {limit:.0%} were Same"
    if same.high < 0.05:
        words = (
            f"{told}: fewer than one in twenty. Asking from {limit} on would spare them and lose {same.hits}."
        )
        return Advice("review", "raise", words, limit)
    if same.low > 0.5:
        lower = max(0.05, round(settings.review / 5, 2))
        words = f"{told}: more than half. Below the limit of {settings.review} there may be more."
        return Advice("review", "lower", words, lower)
    return Advice("review", "stay", f"{told}: worth asking, and not worth guessing.")
