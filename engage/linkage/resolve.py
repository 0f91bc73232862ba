"""Which merged employer a free text means: the one that it plainly names, or a question, never a guess."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from engage.model import Pair

from .bands import REVIEW, make_pair
from .decisions import Standing
from .engine.opening import open_engine
from .engine.tables import batch
from .explain import employer_reasons
from .features import employer_keys, employer_row
from .mentions import Employer
from .model_file import Score, fixed_model
from .offers import Offer, elsewhere, has_two_slips, of_another, plainly_meant, rank, two_branches
from .pieces import Edge
from .resolved import Resolved, told_by_people
from .settings import LinkSettings, before
from .texts import Group, named_rows, rows_meant

# Bits that a text brings because staff mostly write down employers they know: a text names a row of the
# register about ten times as often as two random rows are one employer, its own agency's a hundred times.
KNOWN_BITS, OWN_BITS = 3.3, 6.6
ALIKE = frozenset({"same", "same words", "alias", "slip", "short form", "spelling", "acronym"})


def resolve_texts(
    groups: Sequence[Group],
    listed: Mapping[str, Employer],
    cluster_of: Mapping[str, int],
    standing: Standing,
    settings: LinkSettings,
) -> Resolved:
    """Resolve every group of typings against the clusters of listed employers.

    cluster_of: listed mention → its cluster's number. A person's Same settles a group, Different rules a
    cluster out.
    """
    index = named_rows(listed.values())
    home: dict[str, str] = {}
    open_groups: list[Group] = []
    told, ruled_out = told_by_people(groups, cluster_of, standing)
    for group in groups:
        meant = rows_meant(group.mention, index, listed)
        plain = {row for row in meant if cluster_of[row] not in ruled_out[group.key]}
        plain = _of_its_branch(group.mention, plain, listed)
        if group.key in told:
            home[group.key] = told[group.key]
        elif (
            plain
            and len({cluster_of[row] for row in plain}) == 1
            and not _other_branch(group.mention, plain, listed)
        ):
            home[group.key] = min(plain)
        else:
            open_groups.append(group)
    return _look_further(open_groups, home, listed, cluster_of, ruled_out, settings)


def _of_its_branch(mention: Employer, rows: Iterable[str], listed: Mapping[str, Employer]) -> set[str]:
    """The rows that are, or may be, at the branch that the typing names: those that surely are, if any is."""
    near = {row for row in rows if not two_branches(mention, listed[row])}
    return {row for row in near if _at_its_branch(mention, listed[row])} or near


def _at_its_branch(mention: Employer, row: Employer) -> bool:
    """True when both name one branch, or the row is in the town that the typing names."""
    branch = mention.name.branch
    return row.name.branch == branch or (not row.name.branch and branch <= set(row.town.split()))


def _other_branch(mention: Employer, rows: Iterable[str], listed: Mapping[str, Employer]) -> bool:
    """True when the typing names a branch that none of the rows is at, or rows name one and it does not."""
    return not any(_at_its_branch(mention, listed[row]) or listed[row].text == mention.text for row in rows)


def _look_further(
    open_groups: Sequence[Group],
    home: dict[str, str],
    listed: Mapping[str, Employer],
    cluster_of: Mapping[str, int],
    ruled_out: Mapping[str, set[int]],
    settings: LinkSettings,
) -> Resolved:
    mentions = {group.key: group.mention for group in open_groups}
    scores = _scores(mentions, listed, settings)
    against = _against(mentions, scores)
    founders: list[str] = []
    asked: dict[str, list[Offer]] = {}
    for group in open_groups:
        offers = _offers(
            group, against[group.key], listed, cluster_of, ruled_out.get(group.key, set()), settings
        )
        if not offers:
            founders.append(group.key)
        elif plainly_meant(group.mention, offers, listed):
            home[group.key] = offers[0].row
        else:
            asked[group.key] = offers
    home |= _typed_alike(open_groups, asked, home, listed, cluster_of)
    pairs = [
        _question(mentions[key], listed[offers[0].row], offers[0].score)
        for key, offers in asked.items()
        if key not in home
    ]
    pairs += _between_founders(founders, mentions, scores, settings)
    return Resolved(home, tuple(founders), tuple(pairs))


def _typed_alike(
    groups: Iterable[Group],
    asked: Mapping[str, Sequence[Offer]],
    home: Mapping[str, str],
    listed: Mapping[str, Employer],
    cluster_of: Mapping[str, int],
) -> dict[str, str]:
    """Typings that say too little → the row that others of that name mean, which the same agency typed, if
    all of those mean one employer. Not where the agency lists that very name: it may list two of it; nor
    where the typing names a branch that is not that row's.
    """
    rows = {(row.agency, name) for row in listed.values() for name in (row.text, row.name.key)}
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for group in groups:
        if group.key in home:
            known[_said(group)].add(home[group.key])
    found: dict[str, str] = {}
    for group in groups:
        meant = known.get(_said(group), set())
        one = {cluster_of[row] for row in meant}
        offered = {cluster_of[offer.row] for offer in asked.get(group.key, ())}
        if (
            len(one) == 1
            and one <= offered
            and not _other_branch(group.mention, meant, listed)
            and not {_said(group), (group.mention.agency, group.mention.text)} & rows
        ):
            found[group.key] = min(meant)
    return found


def _said(group: Group) -> tuple[str, str]:
    return group.mention.agency, group.mention.name.key


def _scores(
    mentions: Mapping[str, Employer], listed: Mapping[str, Employer], settings: LinkSettings
) -> dict[Edge, Score]:
    """Scores of typings against rows and other agencies' typings, those that may come to a question."""
    if not mentions:
        return {}
    model = fixed_model("employer")
    wanted = {key for mention in mentions.values() for key in employer_keys(mention)}
    shared = {key: wanted.intersection(employer_keys(mention)) for key, mention in listed.items()}
    everyone = {**{key: listed[key] for key, own in shared.items() if own}, **mentions}
    keys = sorted(everyone)
    agencies = sorted({mention.agency for mention in mentions.values()})
    kinds = [agencies.index(mentions[key].agency) + 1 if key in mentions else 0 for key in keys]
    rows = [employer_row(everyone[key], model) for key in keys]
    with open_engine(model, len(keys)) as engine:
        blocked = [wanted.intersection(employer_keys(everyone[key])) for key in keys]
        engine.add(batch(range(len(keys)), rows, blocked, model, kinds))
        found = engine.likely(before(OWN_BITS, settings.review), unlike=True)
    ends = ((keys[a], keys[b]) for a, b in found.pairs())
    return dict(zip(ends, found.scores(model), strict=True))


def _offers(
    group: Group,
    scored: Iterable[tuple[str, Score]],
    listed: Mapping[str, Employer],
    cluster_of: Mapping[str, int],
    ruled_out: set[int],
    settings: LinkSettings,
) -> list[Offer]:
    """The clusters that the text may mean, best first, one row each."""
    best: dict[int, Offer] = {}
    for row, score in scored:
        if row not in listed:
            continue
        own = listed[row].agency == group.mention.agency
        likely = likelier(score, OWN_BITS if own else KNOWN_BITS)
        if (
            likely.probability < settings.review
            or elsewhere(group.mention, listed[row], score)
            or score.levels["name"] not in ALIKE
            or cluster_of[row] in ruled_out
        ):
            continue
        offer = Offer(row, likely, own, has_two_slips(group.mention, listed[row]))
        kept = best.get(cluster_of[row])
        if kept is None or rank(offer) < rank(kept):
            best[cluster_of[row]] = offer
    offers = sorted(best.values(), key=rank)
    return [offer for offer in offers if not of_another(offer)] or offers


def _against(mentions: Iterable[str], scores: Mapping[Edge, Score]) -> dict[str, list[tuple[str, Score]]]:
    """For each typing, what it was compared with."""
    found: dict[str, list[tuple[str, Score]]] = {key: [] for key in mentions}
    for (a, b), score in scores.items():
        if a in found:
            found[a].append((b, score))
        if b in found:
            found[b].append((a, score))
    return found


def likelier(score: Score, bits: float) -> Score:
    """A score with more bits than its comparisons give."""
    weight = score.weight + bits
    return replace(score, weight=round(weight, 6), probability=1 / (1 + 2**-weight))


def _question(mention: Employer, row: Employer, score: Score) -> Pair:
    a, b = (mention, row) if mention.key < row.key else (row, mention)
    return make_pair(a, b, score, REVIEW, employer_reasons(a, b, score, "named in free text"))


def _between_founders(
    founders: Sequence[str],
    mentions: Mapping[str, Employer],
    scores: Mapping[Edge, Score],
    settings: LinkSettings,
) -> list[Pair]:
    """Questions between typings of two agencies that name the same employer, which no row does."""
    new = set(founders)
    asked = []
    for (a, b), score in sorted(scores.items()):
        likely = likelier(score, KNOWN_BITS)
        if (
            a in new
            and b in new
            and score.levels["name"] in {"same", "same words"}
            and likely.probability >= settings.review
        ):
            asked.append(_question(mentions[a], mentions[b], likely))
    return asked
