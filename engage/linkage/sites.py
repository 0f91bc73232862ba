"""The sites of one employer: mentions at one building or postcode are one site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from .mentions import Employer
from .pieces import K


def site_clusters(clusters: Sequence[Sequence[K]], employers: Mapping[K, Employer]) -> list[list[K]]:
    """The sites within each cluster of employers, as lists of mention keys.

    Same postcode is the same site; without one, the same site name or building; a mention that says nothing
    of its place belongs to the only site there is, and to none if there are several.
    """
    return sorted(site for cluster in clusters for site in _sites(sorted(cluster), employers))


def _sites(cluster: Sequence[K], employers: Mapping[K, Employer]) -> list[list[K]]:
    found: dict[str, list[K]] = defaultdict(list)
    placeless: list[K] = []
    for key in cluster:
        if employers[key].postcode:
            found[f"at {employers[key].postcode}"].append(key)
        else:
            placeless.append(key)
    unknown = [key for key in placeless if not _by_name(key, found, employers)]
    if len(found) == 1:
        next(iter(found.values())).extend(unknown)
    elif not found and unknown:
        found["nowhere"] = unknown
    return [sorted(site) for site in found.values()]


def _by_name(key: K, found: dict[str, list[K]], employers: Mapping[K, Employer]) -> bool:
    """Put a mention without a postcode at the one site whose building or name it gives."""
    mention = employers[key]
    for sign in ("site", "site_name", "town"):
        value = getattr(mention, sign)
        places = [
            place for place, keys in found.items() if any(getattr(employers[k], sign) == value for k in keys)
        ]
        if value and len(places) == 1 and (sign != "town" or len(found) > 1):
            found[places[0]].append(key)
            return True
    return False
