"""What makes two rows one employer beyond what comparing them shows, in words: reasons that people read."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from .doubts import REGISTERED
from .legal_names import had_the_name, registered, trades_as
from .mentions import Employer
from .model_file import Score
from .name_doubts import names_other, same_names
from .normalise.text import within_one_edit
from .shared import compatible
from .short_forms import cut_off, is_brand, shortened
from .slips import one_slip, only_slips, plain_slip
from .support import ALIKE, Support, on_own_web

# A list that shows one employer of a name names that one some hundred times as often as another of the name.
BITS = 8.0
BITS_OF_A_REFERENCE = 13.0  # where rows refer to employers by name, one name is next to never two of them
SAME_PEOPLE = "more than one of the people there are the same"
SAME_MAILBOX = "one of their own mailboxes is the same"
SAME_DESK = "the same agent or switchboard answers for both"
NEXT_LINE = "their phone numbers are one but for a digit"
ITS_BEGINNING = "one name is the beginning of the other"
ITS_INITIALS = "the initials fit the whole name"
TOLD_BOTH = "one of them gives both names"
ONE_SLIP = "one letter of the name differs at one place"
SLIPS = "the names differ by a letter here and there, at one place"
OWN_WEB = "the web domain is of this very name"
ONE_DOOR = "the whole name at one place"
ALONE = "the only employer of this name here"
ALONE_HERE = "the only employer of this name in this town"


def told_besides(owner: bool, here: bool, a: Employer, b: Employer, score: Score, support: Support) -> str:
    """What no comparison of the two alone shows, in words; "" when nothing does."""
    if owner or here:
        return ALONE if owner else ALONE_HERE
    if support.against:
        return _told_of_web(a, b, score) if "domain" in support else ""
    if score.levels["name"] in ALIKE or one_slip(a.name, b.name):
        if "mailbox" in support:
            return SAME_MAILBOX
        if _are_several({*a.contacts} & {*b.contacts}):
            return SAME_PEOPLE
    alike = score.levels["name"] in ALIKE or plain_slip(a.name, b.name)
    if alike and support.any_of("desk", "line"):
        return SAME_DESK if "desk" in support else NEXT_LINE
    return _told_of_names(a, b, score, support)


def _told_of_web(a: Employer, b: Employer, score: Score) -> str:
    if registered(a.name, b.name):
        return REGISTERED
    return OWN_WEB if on_own_web(a, b, score) else ""


def _told_of_names(a: Employer, b: Employer, score: Score, support: Support) -> str:
    """What makes two names that are written in two ways one, where somebody or something is at hand that both
    have; "" when nothing does.
    """
    level = score.levels["name"]
    if not support.any_of("phone", "place", "mailbox", "domain"):
        return ""
    begins = shortened(a.name, b.name) or is_brand(a.name, b.name)
    if level == "short form" and (begins or cut_off(a, b, score, support)):
        return ITS_BEGINNING
    if gives_both(a, b) or names_other(a.name, b.name):
        return TOLD_BOTH
    if level == "acronym":
        return ITS_INITIALS
    return _told_of_one_place(a, b, level) if "place" in support else ""


def _told_of_one_place(a: Employer, b: Employer, level: str) -> str:
    if level == "slip" and one_slip(a.name, b.name):
        return ONE_SLIP
    if level == "spelling" and only_slips(a.name, b.name):
        return SLIPS
    return ONE_DOOR if level in ALIKE else ""


def _are_several(contacts: Iterable[str]) -> bool:
    """True when these are the names of more than one person: Jo Whitlow and Joanne Whitlow may be one."""
    names = [contact.rpartition(" ") for contact in contacts]
    return any(
        not within_one_edit(one[0], other[0]) or not compatible(one[2], other[2])
        for one, other in combinations(names, 2)
    )


def gives_both(a: Employer, b: Employer) -> bool:
    """True when one of two rows says that it has, or had, the other's name; or each gives both."""
    return trades_as(a.name, b.name) or same_names(a.name, b.name) or had_the_name(a, b)
