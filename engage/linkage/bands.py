"""Three bands: automatic, review, apart; and a judged pair as the rest of the product sees it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from engage.model import Pair

from .compared import compared_print
from .doubts import Judgement
from .mentions import Employer, Person
from .model_file import Score
from .pieces import edge
from .settings import LinkSettings

_HINTED = 1.0  # bits, two to one: more than that no hint makes of a pair
AUTOMATIC, REVIEW, APART = "automatic", "review", "apart"


def band_of(score: Score, judgement: Judgement, settings: LinkSettings) -> str:
    """Automatic needs the score, enough support beside the names, and neither veto nor doubt."""
    free = judgement.supported and not judgement.veto and not judgement.doubt
    if free and score.probability >= settings.automatic:
        return AUTOMATIC
    return REVIEW if score.probability >= settings.review else APART


def bits_of_a_hint(hint: npt.ArrayLike, weight: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """The bits that hints (Judgement.hint) add to pairs of these weights when people are asked."""
    return np.clip(_HINTED - np.asarray(weight, np.float64), 0.0, np.asarray(hint, np.float64))


def make_pair(
    a: Employer | Person,
    b: Employer | Person,
    score: Score,
    band: str,
    reasons: tuple[str, ...],
    veto: str = "",
) -> Pair:
    """Two employers or two people as a pair in its one order, with the fingerprint of what was compared."""
    kind = "employer" if isinstance(a, Employer) else "person"
    first, second = (a, b) if (a.key, b.key) == edge(a.key, b.key) else (b, a)
    compared = compared_print(first, second)
    return Pair(first.key, second.key, kind, score.probability, score.weight, band, reasons, compared, veto)
