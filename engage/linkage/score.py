"""Match weights of given pairs by Splink with a fixed model (Fellegi & Sunter 1969)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from .engine.opening import open_engine
from .engine.tables import Row, batch
from .model_file import FixedModel, Score
from .pieces import Edge

__all__ = ["Row", "score_pairs"]


def score_pairs(rows: Mapping[str, Row], pairs: Sequence[Edge], model: FixedModel) -> dict[Edge, Score]:
    """Score exactly these pairs; a score hangs on the two rows and the model alone.

    rows: key → what the model's columns hold (None or an empty list is missing), plus "tf", how often the
    name is met, 0..1. pairs: each (a, b) with a < b, once. Returns a score for every pair.
    """
    if not pairs:
        return {}
    keys = sorted({key for pair in pairs for key in pair})
    number = {key: index for index, key in enumerate(keys)}
    a, b = (np.array([number[pair[end]] for pair in pairs], np.int32) for end in (0, 1))
    with open_engine(model, len(keys)) as engine:
        engine.add(batch(range(len(keys)), [rows[key] for key in keys], [()] * len(keys), model))
        scored = engine.score(a, b)
    ends = ((keys[one], keys[other]) for one, other in scored.pairs())
    return dict(zip(ends, scored.scores(model), strict=True))
