"""What Splink's prediction says, read as columns: the same from every database."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from ..model_file import FixedModel
from .dialect import Dialect
from .scored import Scored


def columns_of(model: FixedModel, dialect: Dialect) -> str:
    """SQL for the columns that are read: the ends, the weight, the probability, each comparison's level."""
    term = next(c.name for c in model.comparisons if any(level.term_frequency for level in c.levels))
    gammas = (dialect.column(f"gamma_{comparison.name}") for comparison in model.comparisons)
    fixed = "unique_id_l AS a, unique_id_r AS b, match_weight, match_probability"
    return f"{fixed}, {dialect.column(f'mw_tf_adj_{term}')} AS term, {', '.join(gammas)}"


def as_scored(found: Mapping[str, npt.NDArray[np.generic]], model: FixedModel) -> Scored:
    """Splink's levels count down to 0, -1 is unknown; ours count from the top."""
    tops = [len(comparison.levels) - 1 for comparison in model.comparisons]
    stands = [found[f"gamma_{comparison.name}"].astype(np.int8) for comparison in model.comparisons]
    levels = [np.where(stand < 0, -1, top - stand) for stand, top in zip(stands, tops, strict=True)]
    bits = {name: found[name].astype(np.float64) for name in ("match_weight", "match_probability", "term")}
    return Scored(
        found["a"].astype(np.int32), found["b"].astype(np.int32), np.round(bits["match_weight"], 6),
        bits["match_probability"], np.stack(levels, axis=1).astype(np.int8), bits["term"],
    )  # fmt: skip
