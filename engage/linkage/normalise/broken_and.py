"""An "and" between two words that was mistyped, or lost a letter to its neighbour: "Walker an Dunsworth"."""

from __future__ import annotations

from .text import within_one_edit
from .words import organisation_words, person_words

_LEAST = 4  # letters of a neighbour: "H and M", "an Apple" are left alone


def mended_and(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The words with such an "and" put right, where that makes a surname of a word that was none, or where
    three letters that are no word stand between two names; as they are where they have an "and".
    """
    if len(parts) < 3 or "and" in parts:
        return parts
    for at in range(1, len(parts) - 1):
        for mend in (_lost_its_last, _lost_its_first, _has_anothers, _mistyped):
            if said := mend(parts[at - 1], parts[at], parts[at + 1]):
                return (*parts[: at - 1], *said, *parts[at + 2 :])
    return parts


Words = tuple[str, ...]


def _lost_its_last(before: str, word: str, behind: str) -> Words:
    """ "Walker an Dunsworth"."""
    whole = word == "an" and behind[0] == "d" and _is_made(behind, behind[1:])
    return (before, "and", behind[1:]) if whole else ()


def _lost_its_first(before: str, word: str, behind: str) -> Words:
    """ "Oakesa nd Daughters"."""
    whole = word == "nd" and before[-1] == "a" and _is_made(before, before[:-1])
    return (before[:-1], "and", behind) if whole else ()


def _has_anothers(before: str, word: str, behind: str) -> Words:
    """ "Ashwort hand Ferris"."""
    whole = len(word) == 4 and word.endswith("and") and _is_made(before, before + word[0])
    return (before + word[0], "and", behind) if whole else ()


def _mistyped(before: str, word: str, behind: str) -> Words:
    """ "Garside atd Sons"."""
    slip = len(word) == 3 and within_one_edit(word, "and") and organisation_words().rarity(word) > 3
    named = _is_name(before) and (_is_name(behind) or behind in organisation_words().family)
    return (before, "and", behind) if slip and named else ()


def _is_made(was: str, now: str) -> bool:
    """True when a word that is no name becomes one."""
    return len(now) >= _LEAST and _is_name(now) and not _is_name(was)


def _is_name(word: str) -> bool:
    return person_words().is_surname(word)
