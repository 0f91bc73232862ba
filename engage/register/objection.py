"""Objections to being contacted, wherever they are typed: held at once, and put to the agency."""

from __future__ import annotations

import re
from functools import lru_cache

from engage.register.reading import Doubt, Reading
from engage.register.text import squash

HELD = "All"
_OBJECTION = re.compile(
    r"""\b(?:do\s*n[o']?t|don't|must\s+not|should\s+not|not\s+to|cease|stop)\s+(?:be\s+)?(?:ever\s+|make\s+|any\s+)*
        (?:re-?)?(?:contact|e-?mail|call|phon|ring|mail|writ|approach|send|text)(?:e|ed|ing|s)?\b
    |\bnever\s+(?:to\s+)?(?:be\s+)?(?:contact|e-?mail)(?:ed)?\b
    |\bno\s+(?:further|more|future)\s+(?:contact|calls?|e-?mails?|mailings?|communications?)\b
    |\bno\s+contact\s*(?:please|!)|\bdnc\b
    |\basked\s+(?:us\s+)?(?:to\s+be\s+(?:removed|taken\s+off|deleted|left\s+alone)|for\s+(?:removal|no\s+contact))
    |\b(?:remove|take|delete)\s+(?:\w+\s+){0,3}?(?:from|off)\s+(?:\w+\s+){0,2}?(?:list|database|mailing|system|records?)\b
    |\bplease\s+remove\b|\b(?:wants?|wishes|would\s+like)\s+to\s+be\s+removed\b
    |\bopt(?:ed|s|ing)?[\s-]*out\b|\bunsubscrib|\bobject(?:s|ed|ion)?\s+to\s+(?:\w+\s+){0,2}?(?:marketing|contact|e-?mails?|mail)
    |\b(?:does\s*n[o']?t|doesn't|no\s+longer)\s+(?:wish|want|wants|wishes)\s+(?:to\s+(?:be|hear|receive|get|have)|any|our|us)\b
    |\bwithdr[ae]wn?\s+consent\b|\bgdpr\s+(?:removal|erasure|request)|\bright\s+to\s+(?:be\s+forgotten|erasure)\b
    |\bleave\s+(?:me|us|him|her|them)\s+alone\b""",
    re.IGNORECASE | re.VERBOSE,
)
_OPEN = frozenset(["no", "n", "false", "0", "ok", "fine", "allowed"]) | {
    "can contact",
    "ok to contact",
    "no objection",
}
_MARKETING = re.compile(r"\b(?:marketing|news(?:letters?)?|mailings?|e-?mails?|mail)\b")


@lru_cache(maxsize=65536)
def objects(text: str) -> bool:
    """Whether a text in somebody's own words says that they do not want to be contacted.

    Errs on the side of the person: "did not opt out" is held too until the agency says otherwise.
    """
    return bool(_OBJECTION.search(squash(text)))


@lru_cache(maxsize=65536)
def read_do_not_contact(text: str) -> Reading:
    """The "Do not contact" cell: "" (no objection), "Marketing" or "All".

    Anything that is not plainly a No is an objection to all contact until the agency says what it means.
    """
    words = squash(text).casefold().strip(" .!")
    if words in {"all", "marketing"}:
        return Reading(words.capitalize())
    if words in _OPEN:
        return Reading("")
    suggestion = "Marketing" if _MARKETING.search(words) and "all" not in words.split() else HELD
    what = "This reads like an objection, so all contact is held until you say what it means."
    return Reading(HELD, (Doubt("objection", what, _CHOOSE, suggestion),))


_CHOOSE = "Choose All or Marketing, or empty the cell if they may be contacted."
