"""What makes two names worth asking about that no rule could merge: one line, or one door and a rare word.

One line is a phone or a web domain that no third name here has. Such two may be one firm under its owner's,
its former or its Welsh name; or a tenant and a landlord. They are never merged by it; but whoever knows the
town can tell, and is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, combinations

import numpy as np
import numpy.typing as npt

from .doubts import ANOTHER_BODY, FAMILY, INITIALS, LOOK_ALIKE, NOT_THE_SAME, ONLY_ALIAS, SHORT_FORM
from .mentions import Employer
from .model_file import Score
from .normalise.words import organisation_words
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
AT_ONE = "a line or a street that few names here have"
_OF_ALIKE = frozenset({INITIALS, LOOK_ALIKE, NOT_THE_SAME, ONLY_ALIAS, SHORT_FORM})
_OF_UNLIKE = frozenset({ANOTHER_BODY, FAMILY, NOT_THE_SAME})


def hint_of(doubt: str, a: Employer, b: Employer, score: Score, support: Support) -> float:
    """How much likelier one line or one door makes it that two names are one's; 0 where they have neither."""
    if support.against or are_strangers(score) or ply_two_trades(a.name, b.name):
        return 0.0
    return _of_one_line(doubt, a, b, score, support) or _of_one_door(doubt, a, b, score, support)


def _of_one_door(doubt: str, a: Employer, b: Employer, score: Score, support: Support) -> float:
    """Of two in one street whose names have a rare word in common, and where nobody else answers."""
    word = any(organisation_words().rarity(word) > 2 for word in {*a.name.core} & {*b.name.core})
    others = "differs" in {score.levels["people"], score.levels["phone"]}
    return BITS if doubt == NOT_THE_SAME and word and "place" in support and not others else 0.0


def _of_one_line(doubt: str, a: Employer, b: Employer, score: Score, support: Support) -> float:
    """Of two that have a line; more where it was taken from them, as their names are unlike."""
    if doubt not in (_OF_UNLIKE if score.levels["name"] == "unlike" else _OF_ALIKE):
        return 0.0
    if support.any_of("phone", "domain"):
        return BITS
    return BITS + _TAKEN if have_one_line(a, b) else 0.0


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
