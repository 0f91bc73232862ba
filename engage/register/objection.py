"""Objections to being contacted, wherever they are typed: held at once, and put to the agency."""

from __future__ import annotations

import re
from functools import lru_cache

from engage.register.reading import Doubt, Reading
from engage.register.text import squash

HELD = "All"
_VERB = (
    r"(?:(?:re-?)?(?:contact|e-?mail|call|phon|ring|mail|writ|approach|send|text)(?:e|ed|ing|s|ten)?|rung)"
)
_REFUSAL = re.compile(
    rf"""\b(?:do\s*n[o']?t|don't|must\s+not|should\s+not|not\s+to|cease|stop)\s+(?:be\s+)?(?:ever\s+|make\s+|any\s+)*
        {_VERB}\b
    |\bnever\s+(?:to\s+)?(?:be\s+)?(?:contact|e-?mail)(?:ed)?\b
    |\bnever\s+(?:to\s+)?(?:be\s+)?(?:call|phone|ring|mail|text)(?:ed)?\s+(?:me|us|him|her|them|again)\b
    |\bno\s+(?:further|more|future)\s+(?:contact|calls?|e-?mails?|mailings?|communications?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_OBJECTION = re.compile(
    r"""\bno\s+contact\s*(?:please|!)|\bdnc\b
    |\bno\s+(?:marketing|mailings|mailshots|(?:cold|sales|marketing)\s+calls|unsolicited)\b
        (?!\s+(?:team|manager|department|dept|budget|staff|function|officer|lead|skills?|experience|plan|strategy|
        support|person|role|apprentice|presence|resource|expertise|help|work)s?\b)
    |\basked\s+(?:us\s+)?(?:to\s+be\s+(?:removed|taken\s+off|deleted|left\s+alone)|for\s+(?:removal|no\s+contact))
    |\b(?:remove|take|delete)\s+(?:\w+\s+){0,3}?(?:from|off)\s+(?:\w+\s+){0,2}?(?:list|database|mailing|system|records?)\b
    |\bplease\s+remove\b|\b(?:wants?|wishes|would\s+like)\s+to\s+be\s+removed\b
    |\bopt(?:ed|s|ing)?[\s-]*out\b|\bunsubscrib|\bobject(?:s|ed|ion)?\s+to\s+(?:\w+\s+){0,2}?(?:marketing|contact|e-?mails?|mail)
    |\b(?:does\s*n[o']?t|doesn't|no\s+longer)\s+(?:wish|want|wants|wishes)\s+(?:to\s+(?:be|hear|receive|get|have)|any|our|us)\b
    |\bwithdr[ae]wn?\s+consent\b|\bgdpr\s+(?:removal|erasure|request)|\bright\s+to\s+(?:be\s+forgotten|erasure)\b
    |\bleave\s+(?:me|us|him|her|them)\s+alone\b""",
    re.IGNORECASE | re.VERBOSE,
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_PART = r"(?:mornings?|afternoons?|evenings?|nights?)"
_CLOCK = rf"""(?:about\s+|around\s+)?(?:[0-9]{{1,2}}(?:[.:][0-9]{{2}})?\s*(?:am|pm|a\.m|p\.m|o'clock)?\b
    (?![./:-][0-9]|\s*(?:st|nd|rd|th|days?|weeks?|months?|years?|{_MONTH}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b)
    |(?:nine|ten|eleven|twelve|one|two|three|four|five|six)(?:\s+o'clock|\s*(?:am|pm))?\b(?!\s+\w+s\b)
    |(?:half\s+past|quarter\s+(?:to|past))\s+\w+|noon|midday|lunch(?:time)?|the\s+school\s+run|work|hours)"""
# When it is not wanted, straight after what is not wanted: the person may be contacted at other times.
_ONLY_THEN = re.compile(
    rf"""(?:\s+(?:or|and)\s+{_VERB})*
    (?:\s+(?:me|us|him|her|them|the\s+(?:office|shop|site|school|owner|manager)|by\s+(?:phone|e-?mail)|or|and))*\s+
    (?:on\s+(?:an?y?\s+)?{_DAY}(?:\s+{_PART})?|(?:any\s+)?{_DAY}\s+{_PART}|{_DAY[:-1]}
      |on\s+(?:his\s+|her\s+|their\s+|the\s+)?(?:bank\s+holidays?|week-?ends?|weekdays|(?:market|match|delivery|school)\s+days?
        |days?\s+off)
      |(?:before|after)\s+{_CLOCK}|between\s+{_CLOCK}\s+and\s+{_CLOCK}|from\s+{_CLOCK}\s+to\s+{_CLOCK}
      |(?:in|during|over|at|through)\s+(?:the\s+|his\s+|her\s+|their\s+|our\s+|school\s+|summer\s+|winter\s+|spring\s+|bank\s+
        |easter\s+|christmas\s+|busy\s+|peak\s+|half\s+|exam\s+|working\s+|office\s+|opening\s+|early\s+|late\s+)*
        (?:holidays?|half-?term|term(?:-?\s?time)?|vacations?|christmas|easter|ramadan|{_PART}|lunch(?:times?|\s+break|\s+hour)?
        |week-?ends?|hours|season|periods?|times|service|harvest|lambing|month\s+end|end\s+of\s+the\s+month|{_MONTH}(?!\s+[0-9]))
      |week-?ends|first\s+thing|(?:too\s+)?(?:early|late)|out\s+of\s+(?:hours|term)
      |outside\s+(?:of\s+)?(?:term|office|working|school|business|opening)(?:\s*-?(?:time|hours))?
      |too\s+often|more\s+(?:often\s+)?than\s+(?:once|twice|one|two|three|[0-9]))\b
    (?![^.;!]*\b(?:again|ever|at\s+all|any\s*more|any\s+other|(?:or|nor)\s+(?:to\s+)?{_VERB})\b)""",
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

    Errs on the side of the person: "did not opt out" is held too until the agency says otherwise. When to
    ring is no objection: "not on Mondays", "don't call before 10"; "not before Monday" and "until" are held.
    """
    words = squash(text)
    refusals = (words[found.end() :] for found in _REFUSAL.finditer(words))
    return bool(_OBJECTION.search(words)) or any(not _ONLY_THEN.match(rest) for rest in refusals)


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
