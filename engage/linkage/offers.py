"""What a name in free text may mean: the clusters offered, and when it plainly means one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .features import name_frequency
from .legal_names import legal_forms
from .mentions import Employer
from .model_file import Score, fixed_model
from .normalise.contact import domain_label
from .slips import one_slip
from .vetoes import employer_veto

# A name this rare (models/employer.toml: it has a word that stands in no list) alone names one employer.
DISTINCT = 0.00005
_SAME = frozenset({"same", "same words"})
_SLIPS = frozenset({"slip", "spelling"})


@dataclass(frozen=True, slots=True)
class Offer:
    """One cluster that a text may mean: its best row, how much speaks for it. own: of the text's agency.

    two_slips: see has_two_slips.
    """

    row: str
    score: Score
    own: bool
    two_slips: bool = False

    def is_same(self, comparison: str) -> bool:
        """Whether both have one domain, phone or person."""
        return self.score.levels[comparison] == "same"


def rank(offer: Offer) -> tuple[float, str]:
    """The likeliest first."""
    return (-offer.score.weight, offer.row)


def of_another(offer: Offer) -> bool:
    """True when a web domain says that the text means somebody else: one that differs, or differs in the very
    letter in which the name does.
    """
    domain, level = offer.score.levels["domain"], offer.score.levels["name"]
    same_letter = domain == "one letter off" and level in _SLIPS and not offer.two_slips
    return domain == "differs" or same_letter


def has_two_slips(mention: Employer, row: Employer) -> bool:
    """True when a letter is wrong in a text's name and another one in its web domain: the row's domain spells
    the row's name, the text's not its own. A firm of the other name would have a domain that spells it.
    """
    return _has_domain_of_its_name(row) and not _has_domain_of_its_name(mention)


def _has_domain_of_its_name(employer: Employer) -> bool:
    key = employer.name.key
    labels = {domain_label(domain) for domain in employer.domains}
    return any(label and (key.startswith(label) or label.startswith(key)) for label in labels)


def two_branches(mention: Employer, row: Employer) -> bool:
    """True when each names a branch and they are not one."""
    return bool(mention.name.branch and row.name.branch) and not mention.name.branch & row.name.branch


def elsewhere(mention: Employer, row: Employer, score: Score) -> bool:
    """True for two branches; and for a branch that is not in the town of a row with more in its name."""
    short = score.levels["name"] == "short form" and bool(mention.name.branch and row.town)
    return two_branches(mention, row) or (short and not mention.name.branch & set(row.town.split()))


def plainly_meant(mention: Employer, offers: Sequence[Offer], listed: Mapping[str, Employer]) -> bool:
    """True when the text names the first of these, and no other comes near or has its person or phone.
    Another agency's row with another legal form may be another firm.
    """
    best, others = offers[0], offers[1:]
    row = listed[best.row]
    forms = not best.own and len(legal_forms(mention.name, row.name)) > 1
    if forms or of_another(best) or employer_veto(mention, row):
        return False
    ways = (way for way in ("people", "phone") if best.is_same(way))
    there = any(not any(offer.is_same(way) for offer in others) for way in ways)
    if there and _called_so(mention, row, best):
        return True
    return not others and _by_name(mention, row, best)


def _called_so(mention: Employer, row: Employer, offer: Offer) -> bool:
    """True when the text, which has a person or phone of theirs, gives the name, one that the row says it has
    too, or the name with a slip; its initials need a phone or a web domain besides.
    """
    if not offer.own and row.name.branch != mention.name.branch:
        return False
    level = offer.score.levels["name"]
    if level == "acronym":
        return offer.is_same("people") and (offer.is_same("phone") or offer.is_same("domain"))
    slip = level == "slip" and one_slip(mention.name, row.name)
    return level in _SAME or slip or mention.name.key in row.name.aliases


def _by_name(mention: Employer, row: Employer, offer: Offer) -> bool:
    """Its own agency's row it means also with a slip of the pen, or with a branch that only one of them
    names; another's only by a name that nobody else has, or with a web domain or somebody who works there.
    """
    level = offer.score.levels["name"]
    if offer.own and (level == "same" or (level == "slip" and one_slip(mention.name, row.name))):
        return True
    if row.name.branch != mention.name.branch and not (level in _SLIPS and offer.is_same("phone")):
        return False
    if level in _SAME:
        model = fixed_model("employer")
        distinct = name_frequency(mention.name.core, model.grades) <= DISTINCT
        return distinct or offer.is_same("domain") or offer.is_same("people")
    return level in {"alias", *_SLIPS} and offer.is_same("domain")
