"""What every insight, built tab and digest is computed from: one audience's register, linked and merged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from engage.linkage.survivorship import Steering
from engage.model import AgencyRead, Finding, History, Linked, Pair, Record, Refusal

if TYPE_CHECKING:
    import pandas as pd

    from engage.schema import Column

T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Facts:
    """One audience's view of one run. Blank cells are "" in every frame; dates ISO text.

    records: everything this audience may see, by record id.
    tables: staff tab title → frame with record_id, agency, workbook, row, employer_id, person_id ("" when
        unresolved; person_id the first person of the row) and every schema heading (clean text).
    employers: golden records; employer_id, every Employers heading, and Also known as, Agencies, Sites,
        Records, First seen, Last contact, Last contact by.
    people: golden records; person_id, employer_id, every Contacts heading, and Agencies, Records.
    asked: the pairs that stand in To review (it holds only so many a week); None: all that are open.
    refused: address, lower-case → how the mail server refused it for good.
    steering: what people laid down for the golden records: sources of truth, values they decided on.
    year: which year quarters are counted in: "financial", "academic", "academic-september", "calendar".
    review_months: after the last contact with a person, somebody looks whether they stay.
    clash_days, redundancy_clash_days: how far apart two agencies' approaches still clash; clash_days_of: the
        same for a Type or a Reason that has a window of its own.
    most_asks: approaches to one employer in 90 days. large_recruitment: jobs from which a vacancy is large.
    columns: staff tab title → its columns, as the schema has them. lists: list name → the values that the
        partnership's own tabs give it.
    memo: what was worked out from them already, see `once`; no part of what they say.
    """

    audience: str
    partnership: str
    today: date
    run_id: str
    records: Mapping[str, Record]
    histories: Mapping[str, History]
    linked: Linked
    tables: Mapping[str, pd.DataFrame]
    employers: pd.DataFrame
    people: pd.DataFrame
    reads: Sequence[AgencyRead] = ()
    findings: Sequence[Finding] = ()
    agencies: Mapping[str, str] = field(default_factory=dict)
    asked: Sequence[Pair] | None = None
    refused: Mapping[str, Refusal] = field(default_factory=dict)
    steering: Steering = field(default_factory=Steering)
    year: str = "financial"
    clash_days: int = 7
    redundancy_clash_days: int = 30
    clash_days_of: Mapping[str, int] = field(default_factory=dict)
    most_asks: int = 4
    large_recruitment: int = 20
    columns: Mapping[str, Sequence[Column]] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    review_months: int = 24
    memo: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)


ROWS = "rows"  # the memo of what depends on tables and golden records alone


def once(work: Callable[Concatenate[Facts, P], T]) -> Callable[Concatenate[Facts, P], T]:
    """The same function of the facts, and of whatever else it takes, worked out once for each Facts.

    What else it takes must be hashable. Nobody may change what it returns.
    """

    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def kept(facts: Facts, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (name, args, *kwargs.items())
        if key not in facts.memo:
            facts.memo[key] = work(facts, *args, **kwargs)
        return cast(T, facts.memo[key])

    return kept


def once_a_day(work: Callable[Concatenate[Facts, P], T]) -> Callable[Concatenate[Facts, P], T]:
    """The same as `once`, worked out once for all audiences that see the same rows: for functions that ask
    nothing of what `with_same_rows` may change but the day."""

    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def kept(facts: Facts, /, *args: P.args, **kwargs: P.kwargs) -> T:
        known, key = facts.memo.setdefault(ROWS, {}), (name, facts.today, args, *kwargs.items())
        if key not in known:
            known[key] = work(facts, *args, **kwargs)
        return cast(T, known[key])

    return kept


def once_of_rows(work: Callable[Concatenate[Facts, P], T]) -> Callable[Concatenate[Facts, P], T]:
    """The same, worked out once for every day too: for functions that ask nothing of what `with_same_rows`
    may change."""

    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def kept(facts: Facts, /, *args: P.args, **kwargs: P.kwargs) -> T:
        known, key = facts.memo.setdefault(ROWS, {}), (name, args, *kwargs.items())
        if key not in known:
            known[key] = work(facts, *args, **kwargs)
        return cast(T, known[key])

    return kept


NOT_IN_ROWS = frozenset({"audience", "findings", "run_id", "today"})


def with_same_rows(facts: Facts, **changes: Any) -> Facts:
    """The facts of another audience of the same rows, or of another day; what the rows say is read once.

    Raises ValueError for a change of anything but audience, findings, run_id and today.
    """
    if not changes.keys() <= NOT_IN_ROWS:
        raise ValueError(f"this changes what rows say: {sorted(changes.keys() - NOT_IN_ROWS)}")
    made = replace(facts, **changes)
    made.memo[ROWS] = facts.memo.setdefault(ROWS, {})
    return made


def as_of(facts: Facts, day: date) -> Facts:
    """The facts as they stood on an earlier day, as far as the rows of today say their days; those of today
    for a day that has not come."""
    if day >= facts.today:
        return facts
    if ("as of", day) not in facts.memo:
        facts.memo["as of", day] = with_same_rows(facts, today=day)
    return cast(Facts, facts.memo["as of", day])
