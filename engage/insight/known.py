"""Which employers the register knew on a day."""

from __future__ import annotations

from engage.insight.activity import after, engagements
from engage.insight.facts import Facts, once_a_day
from engage.insight.reading import employers_by_id


@once_a_day
def known_employers(facts: Facts) -> tuple[str, ...]:
    """The EMP- ids of the merged employers that stood in a sheet by facts.today, or had been spoken to.

    A register begins one night, with rows of engagements from long before it: whoever was met then was known.
    """
    everything, today = engagements(facts), facts.today.isoformat()
    spoken_to = {one.employer_id for one in everything[: after(everything, facts.today)]}
    return tuple(
        key
        for key, row in employers_by_id(facts).items()
        if row.get("First seen", "")[:10] <= today or key in spoken_to
    )
