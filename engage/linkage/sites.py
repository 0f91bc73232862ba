"""The sites of one employer: which of its rows are of one place, weighed by models/site.toml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from .cluster import Evidence, average_linkage
from .features import town_words
from .mentions import Employer
from .model_file import fixed_model
from .pieces import K, components, edge
from .plain import Row, Scales

MOST = 400  # different rows of one employer that are weighed each against each: 80,000 pairs, a second's work
JOIN = frozenset({"postcode", "building", "name"})  # what says in which place; a town and a phone do not
PART = JOIN | {"town"}


def site_row(mention: Employer) -> Row:
    """The columns of models/site.toml for one mention; None or [] is missing. sector: of its postcode."""
    return {
        "postcode": mention.postcode or None,
        "sector": mention.postcode[:-2] or None,
        "site": mention.site or None,
        "site_name": mention.site_name or None,
        "town": mention.town or None,
        "town_words": list(town_words(mention)),
        "phones": sorted(mention.phones),
    }


def site_clusters(clusters: Sequence[Sequence[K]], employers: Mapping[K, Employer]) -> list[list[K]]:
    """The sites within each cluster of employers, as lists of mention keys.

    Rows are of one site if the model says so of some, and of no two the opposite. Rows that have nothing to
    be compared by (one gives a street, one a postcode) are of the only site that they can be of; where there
    are several, of the one with their phone; else of none.
    """
    scales = Scales(fixed_model("site"))
    return sorted(site for cluster in clusters for site in _sites(sorted(cluster), employers, scales))


def _sites(cluster: Sequence[K], employers: Mapping[K, Employer], scales: Scales) -> Iterator[list[K]]:
    if len(cluster) < 2:
        yield from ([key] for key in cluster)
        return
    alike: dict[tuple[str, ...], list[K]] = defaultdict(list)
    for key in cluster:
        m: Employer = employers[key]
        alike[m.postcode, m.site, m.site_name, m.town, *sorted(m.phones)].append(key)
    nodes = [alike[said] for said in sorted(alike)]  # by what they say, so that no tie goes by a key
    different = {node: site_row(employers[keys[0]]) for node, keys in enumerate(nodes)}
    for site in _by_address(different) if len(nodes) > MOST else _of_nodes(different, scales):
        yield sorted(member for node in site for member in nodes[node])


def _by_address(rows: Mapping[int, Row]) -> Iterable[list[int]]:
    """The sites of very many rows: those that give one address, without weighing each against each."""
    found: dict[str, list[int]] = defaultdict(list)
    for key, row in rows.items():
        found[str(row["postcode"] or row["site"] or row["site_name"] or row["town"])].append(key)
    return found.values()


def _of_nodes(rows: Mapping[int, Row], scales: Scales) -> list[list[int]]:
    """The sites of rows of which no two are alike."""
    weighed = {pair: scales.weigh(rows[pair[0]], rows[pair[1]]) for pair in combinations(sorted(rows), 2)}
    apart = frozenset(pair for pair, (bits, at) in weighed.items() if bits < 0 and PART.intersection(at))
    if not apart:
        return [sorted(rows)]
    weights = {pair: bits for pair, (bits, _) in weighed.items()}
    strong = frozenset(pair for pair, (bits, at) in weighed.items() if bits > 0 and JOIN.intersection(at))
    groups = average_linkage(sorted(rows), Evidence(weights, strong, apart))
    return _folded(groups, apart, rows)


def _folded(
    groups: Sequence[Sequence[int]], apart: frozenset[tuple[int, int]], rows: Mapping[int, Row]
) -> list[list[int]]:
    """The groups, those that nothing tells apart as one; what may be of several goes by its phone."""
    firsts = {group[0]: group for group in groups}
    two = {
        edge(a, b)
        for a, b in combinations(firsts, 2)
        if any(edge(one, other) in apart for one in firsts[a] for other in firsts[b])
    }
    open_pairs = [pair for pair in combinations(sorted(firsts), 2) if pair not in two]
    sites: list[list[int]] = []
    for piece in components(firsts, open_pairs):
        cores = sorted({key for pair in two if {*pair} <= {*piece} for key in pair})
        sites += _joined(piece, cores, firsts, rows)
    return sites


def _joined(
    piece: Sequence[int], cores: Sequence[int], groups: Mapping[int, Sequence[int]], rows: Mapping[int, Row]
) -> Iterator[list[int]]:
    """One site, if nothing in the piece is told apart; else its cores, with what has the phone of one."""
    if not cores:
        yield [key for first in piece for key in groups[first]]
        return
    sites = {core: list(groups[core]) for core in cores}
    for first in piece:
        if first not in sites:
            phones = _phones(groups[first], rows)
            fitting = [core for core in cores if phones & _phones(groups[core], rows)]
            if len(fitting) == 1:
                sites[fitting[0]] += groups[first]
            elif _says_where(groups[first], rows):
                sites[first] = list(groups[first])
    yield from sites.values()


def _phones(group: Iterable[int], rows: Mapping[int, Row]) -> set[str]:
    found: set[str] = set()
    for key in group:
        phones = rows[key]["phones"]
        found.update(phones if isinstance(phones, list) else [])
    return found


def _says_where(group: Iterable[int], rows: Mapping[int, Row]) -> bool:
    """Whether these rows are of a place of their own: more than a town is said of it."""
    return any(rows[key][column] for key in group for column in ("postcode", "site", "site_name"))
