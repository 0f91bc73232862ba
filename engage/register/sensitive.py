"""What the register must not hold: National Insurance numbers, dates of birth, health, benefits."""

from __future__ import annotations

import re
from functools import lru_cache

_HEADING = re.compile(
    r"\b(?:n\.?i\.?\s*(?:no|num(?:ber)?)\b|nino\b|national\s+insurance|d\.?o\.?b\.?\b|(?:date\s+of\s+)?birth(?:day|date)?\b"
    r"|age\b|health\s*(?:cond|issue|problem|status|need)|medical|disabilit|disabled|illness|sickness|mental\s+health"
    r"|ethnic|religio|sexual|pregnan|nationality|immigration|benefits?\s*(?:status|type|claim|received)?\s*$"
    r"|universal\s+credit|claimant|jsa\b|esa\b|pip\b|criminal|conviction|bank\s+(?:account|details)|sort\s+code|passport)",
    re.IGNORECASE,
)
# HMRC's shape of a National Insurance number.
_NINO = re.compile(
    r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"
)


@lru_cache(maxsize=4096)
def is_sensitive_heading(heading: str) -> bool:
    """Whether a heading looks like one for details of residents that have no place in the register."""
    return bool(_HEADING.search(heading.replace("_", " ")))


def holds_ni_number(text: str) -> bool:
    """Whether a text holds what looks like a National Insurance number, in capitals."""
    return len(text) > 8 and bool(_NINO.search(text))
