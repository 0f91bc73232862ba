"""Two names behind one line: a phone or a web domain that no third name here has.

Such two may be one firm under its owner's, its former or its Welsh name; or a tenant and a landlord. No rule
could tell, so they are never merged; but whoever knows the town can, and is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, combinations

import numpy as np
import numpy.typing as npt

from .doubts import ANOTHER_BODY, FAMILY, INITIALS, LOOK_ALIKE, NOT_THE_SAME, ONLY_ALIAS, SHORT_FORM
from .mentions import Employer
from .model_file import Score
from .signs import Carried, Index, carried, sign
from .support import Support, are_strangers
from .trades import ply_two_trades

Numbers = npt.NDArray[np.int32]
# Bits that it adds to a pair when people are asked; it merges nobody. How many of such names are one:
# docs/reference/linkage.md.
BITS = 7.0
_TAKEN = 10.0  # what the model gives to two rows of one phone, where it was taken from them (shared.py)
_MOST_ROWS = 12  # of one line: of more, no pair is looked at
ONE_LINE = "the same phone or web domain, which no third name here has"
FEW_NAMES = "a phone or web domain that no unlike name here has"
_OF_ALIKE = frozenset({INITIALS, LOOK_ALIKE, NOT_THE_SAME, ONLY_ALIAS, SHORT_FORM})
_OF_UNLIKE = frozenset({ANOTHER_BODY, FAMILY, NOT_THE_SAME})


def bits_of_one_line(doubt: str, a: Employer, b: Employer, score: Score, support: Support) -> float:
    """How much likelier it is that two names are one's, for a line that only these two have; 0 for none."""
    taken = have_one_line(a, b)
    line = support.any_of("phone", "domain")
    unlike = score.levels["name"] == "unlike"
    if doubt not in (_OF_UNLIKE if unlike else _OF_ALIKE) or support.against or not (line or taken):
        return 0.0
    if are_strangers(score) or ply_two_trades(a.name, b.name):
        return 0.0
    return BITS if line else BITS + _TAKEN


def have_one_line(a: Employer, b: Employer) -> bool:
    """Whether two rows have a line that only their two names have, and that was taken from them."""
    return not set(a.between_two).isdisjoint(b.between_two)


def lines_of(mentions: Mapping[int, Employer]) -> Carried:
    """Which of these mentions have which line that only two names have, and that was taken from them."""
    return carried((sign(line), number) for number, one in mentions.items() for line in one.between_two)


def on_one_line(lines: Iterable[Carried]) -> tuple[Numbers, Numbers]:
    """The pairs of mentions that have such a line, a < b, each once. Of a line that more rows have: none."""
    groups = (numbers for _, numbers in Index(lines).groups() if len(numbers) <= _MOST_ROWS)
    pairs = sorted(set(chain.from_iterable(combinations(numbers, 2) for numbers in groups)))
    both = np.array(pairs, np.int32).reshape(-1, 2)
    return both[:, 0], both[:, 1]
