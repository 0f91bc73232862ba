"""Two that are reached at one web domain, which spells the name that both give: one body's, not a brand's."""

from __future__ import annotations

from .bodies import body_doubt
from .mentions import Employer
from .model_file import Score
from .normalise.contact import domain_label
from .normalise.organisations import OrganisationName
from .normalise.text import squash, words
from .normalise.words import organisation_words
from .support import AGREE, Support
from .whose import is_no_brand

_LEAST = 8  # letters that a domain and a name have in common at their beginnings


def is_own_office(a: Employer, b: Employer, support: Support) -> bool:
    """True for "Hirst LLP" and "Hirst LLP (Halifax office)", where both have the web domain of that name."""
    if a.name.key != b.name.key or not _at_their_web(a, b, support):
        return False
    added = {*words(a.name.typed)} ^ {*words(b.name.typed)}
    return not organisation_words().own_outlets.isdisjoint(added)


def are_colleagues(a: Employer, b: Employer, score: Score, support: Support) -> bool:
    """True when two rows about people name one employer, and have the web domain of that name: two people
    who work there have two phones, and may work in two towns. Who gives a branch, or another name in a
    bracket, may be of another owner: "Bap & Bean Durham (Owen Catering Ltd)".
    """
    if a.name.branch or b.name.branch or a.name.aliases or b.name.aliases:
        return False
    if score.levels["name"] not in AGREE or not _at_their_web(a, b, support):
        return False
    return not body_doubt(a.name, b.name, score.levels["name"], cut_off=False)


def _at_their_web(a: Employer, b: Employer, support: Support) -> bool:
    """Whether both have a web domain that spells both names, of a trade in which no two owners share one."""
    if "domain" not in support or not (is_no_brand(a) and is_no_brand(b)):
        return False
    labels = {domain_label(domain).removesuffix("uk") for domain in {*a.domains} & {*b.domains}}
    return any(_spells(label, a.name) and _spells(label, b.name) for label in labels)


def _spells(label: str, name: OrganisationName) -> bool:
    """True for "anchorfoods" of "Anchor Foods - Hyde", and "hwbs" of "Heavy Woollen Building Society"."""
    keys = {name.key, squash(words(name.typed)), *name.aliases}
    least = min(_LEAST, len(label))
    begins = any(key[:least] == label[:least] for key in keys if len(key) >= least > 3)
    return begins or label in name.acronyms
