"""The words of a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence


def words(text: str) -> Sequence[str]:
    """The words of a heading, also of one written AsOneWord, or_like.this."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return re.sub(r"[\W_]+", " ", parted).casefold().split()
