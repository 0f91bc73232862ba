"""Three bands: automatic, review, apart; and a judged pair as the rest of the product sees it."""

from __future__ import annotations

from engage.model import Pair, fingerprint

from .cluster import edge
from .mentions import Employer, Person
from .model_file import Score
from .vetoes import Judgement

AUTOMATIC, REVIEW, APART = "automatic", "review", "apart"


def band_of(probability: float, judgement: Judgement, automatic: float, review: float) -> str:
    """Automatic needs the score, enough support beside the names, and neither veto nor doubt."""
    if probability >= automatic and judgement.supported and not judgement.veto and not judgement.doubt:
        return AUTOMATIC
    return REVIEW if probability >= review else APART


def make_pair(
    a: Employer | Person,
    b: Employer | Person,
    kind: str,
    score: Score,
    band: str,
    reasons: tuple[str, ...],
    veto: str = "",
) -> Pair:
    """The pair in its one order, with the fingerprint of what was compared."""
    first, second = (a, b) if (a.key, b.key) == edge(a.key, b.key) else (b, a)
    compared = fingerprint(f"{first.compared}\x1f{second.compared}")
    return Pair(first.key, second.key, kind, score.probability, score.weight, band, reasons, compared, veto)
