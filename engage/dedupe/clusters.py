"""What linking a list comes to: each row's cluster, and the pairs that a person should look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engage.linkage.identifiers import new_identifier
from engage.linkage.settings import LinkSettings
from engage.model import Row

from .columns import PEOPLE

if TYPE_CHECKING:
    from engage.linkage.crew import Crew

    from .asking import Doubtful
    from .linking import Linked, TakenRows
    from .row_ids import RowIds
    from .taking_in import Reading

ORGANISATION, SITE = "organisation", "site"


@dataclass(frozen=True, slots=True)
class Clustered:
    """The rows' clusters, in the order of the rows.

    cluster_ids: by the automatic band alone. confidence, 0..1: how likely the row's strongest tie to its
    cluster is; for a row on its own, how unlikely its likeliest doubtful pair is. person_ids: several people
    in a row joined "; ", "" for none. left_out: doubtful pairs, less likely than those, that were too many to
    ask about. nameless: rows that name nobody, each on its own. width: cells of the longest row.
    """

    cluster_ids: Sequence[str]
    confidence: Sequence[float]
    person_ids: Sequence[str]
    doubtful: Sequence[Doubtful]
    left_out: int = 0
    nameless: int = 0
    width: int = 0


def cluster_rows(
    rows: Iterable[Row], ids: RowIds, reading: Reading, settings: LinkSettings, *, level: str = ORGANISATION
) -> Clustered:
    """Link the rows of one list, as a night links the register, and say what each of them belongs to.

    rows: below the headings, read once more; ids: what numbered them.
    """
    from .linking import link_rows, workshop  # noqa: PLC0415 - Splink's half second, when there is work
    from .people import link_people  # noqa: PLC0415

    with workshop(len(ids)) as (crew, folder):
        taken, firms = link_rows(rows, ids, reading, settings, crew, folder)
        persons = link_people(taken, firms, ids.keys(), settings, crew) if reading.people else None
        return _told(
            ids, taken, firms, persons, of_people=reading.columns.kind == PEOPLE, level=level, crew=crew
        )


def _told(
    ids: RowIds,
    taken: TakenRows,
    firms: Linked,
    persons: Linked | None,
    *,
    of_people: bool,
    level: str,
    crew: Crew,
) -> Clustered:
    from .asking import confidence, doubtful, of_employers, of_persons  # noqa: PLC0415
    from .identifying import person_ids  # noqa: PLC0415

    named = person_ids(taken, persons, ids) if persons else [""] * len(ids)
    kinds = ([] if of_people else [of_employers(firms)]) + ([of_persons(taken, persons)] if persons else [])
    found = named if of_people else _employers(taken, firms, ids, level)
    own = [one or new_identifier("ROW", ids.id(number)) for number, one in enumerate(found)]
    sure = confidence(own, kinds[0])
    numbers = ids.numbers.tolist()
    asked, left_out = doubtful(kinds, ids.numbers, crew)
    return Clustered(
        cluster_ids=[own[number] for number in numbers],
        confidence=[sure[number] for number in numbers],
        person_ids=[named[number] for number in numbers],
        doubtful=asked,
        left_out=left_out,
        nameless=sum(not one for one in found),
        width=ids.widest,
    )


def _employers(taken: TakenRows, firms: Linked, ids: RowIds, level: str) -> list[str]:
    from .identifying import employer_ids, site_ids  # noqa: PLC0415

    return site_ids(taken, firms, ids) if level == SITE else employer_ids(firms, ids)
