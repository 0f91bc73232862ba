"""What the system remembers between nights, as rows of the hidden tab _engage: Kind, Key, Value.

The sheets are the source of truth: whatever decides a cell lives here, in the built tabs or in Decisions,
never in a local file. A workbook's own _engage holds what concerns its own rows, so that it shows its
readers nothing of anyone else's; a cell is remembered as a mark (a short digest), never as text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from .errors import UnsafePlan
from .model import (
    DO_NOT_CONTACT,
    ON_NEWS,
    Decision,
    Erased,
    Grid,
    Membership,
    Objection,
    Row,
    Stretch,
    fingerprint,
)
from .state_cells import chunked, joined, pack, unpack
from .state_formats import FORMAT, brought_up

TAB = "_engage"
HEADINGS: Row = ("Kind", "Key", "Value")
TURN, ON = "ledger turn", "on"
ONLY_SYNCS = "only syncs"
ERASED = "erased"
OBJECTED = "objected"
STANDS_IN = {1: DO_NOT_CONTACT, 2: ON_NEWS}  # the columns of an objection, a bit each
LEFT = "left"
# Who syncs and sends, who was erased, who objects, who has left: taken on, never taken back.
SEAT = frozenset({"holder", "ledger", TURN, ERASED, OBJECTED, LEFT})
KINDS = {"employers": "employer", "sites": "site", "people": "person"}


def mark(text: str) -> str:
    """What is remembered of a cell: eight hex digits; blank remembers nothing."""
    return fingerprint(text)[:8] if text else ""


@dataclass(frozen=True, slots=True)
class Permission:
    """What a row says of news by e-mail from a day on (ISO date), "" nothing. agency: whose row it was."""

    since: str
    said: str
    agency: str


@dataclass(frozen=True, slots=True)
class Left:
    """That an agency has left. on: ISO date; agency: its name."""

    on: str
    agency: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """A record as it was at the last sync.

    marks: schema heading → mark of the typed cell (blank cells left out). changed: heading → ISO date, only
    where it changed after first_seen. gone: ISO date since when its row is missing, "" if it is there.
    rungs: (ISO date, rung of its Stage), as in History. permissions: what it answered on news, oldest first.
    """

    workbook: str
    sheet: str
    tab: str
    first_seen: str
    marks: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, str] = field(default_factory=dict)
    gone: str = ""
    rungs: tuple[tuple[str, str], ...] = ()
    permissions: tuple[Permission, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownTab:
    """A staff tab as it was: its schema title, the format's own id of it, how many records it held.

    headings: the schema headings that were understood, with their spelling in the sheet. was: the title that
    it had before people renamed it, by which engage.toml may know it; "" if it was never renamed.
    """

    spec: str
    sheet_id: str = ""
    records: int = 0
    headings: Mapping[str, str] = field(default_factory=dict)
    was: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """One workbook's memory.

    tabs: (workbook, sheet title) → the tab. A view-only workbook's records and tabs stand in the hub's.
    published: built tab → fingerprint of row key → mark of the row as last written. settled: keys of
    findings that a person answered "Leave as it is". reads: workbook → ISO date of its last good reading.
    owners: workbook → mark of whose file it is, as last known.
    kept: workbooks that have a memory of their own. holder: the machine that holds the lease; only_syncs: it
    never sends.
    ledger: names the ledger of what was sent, which must be there before anything is sent again; turn: how
    many times it was sent from; turned: when it was last, whatever left then (local time), None if never.
    objections: record id → what its row says, or once said, against being contacted.
    decided: key of a row of Decisions → what it says, without its reason. erased: ERA-… → who was erased.
    left: agency's key → that it has left.
    Only the hub has the shared lists' membership, reads, owners, kept, decided, erased, left, a holder, a
    ledger, its turn.
    """

    records: Mapping[str, Remembered] = field(default_factory=dict)
    tabs: Mapping[tuple[str, str], KnownTab] = field(default_factory=dict)
    membership: Membership = field(default_factory=Membership)
    published: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()
    reads: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    holder: str = ""
    only_syncs: bool = False
    ledger: str = ""
    turn: int = 0
    turned: datetime | None = None
    decided: Mapping[str, Decision] = field(default_factory=dict)
    erased: Mapping[str, Erased] = field(default_factory=dict)
    objections: Mapping[str, Objection] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    left: Mapping[str, Left] = field(default_factory=dict)


def encode(state: State, workbook: str) -> tuple[Row, ...]:
    """The rows of this workbook's _engage, sorted, so that the same memory is the same cells."""
    rows = [("format", "", FORMAT), ("workbook", "", workbook)]
    rows += [("holder", "", state.holder)] if state.holder else []
    rows += [("holder", ONLY_SYNCS, "yes")] if state.holder and state.only_syncs else []
    rows += [("ledger", "", state.ledger), (TURN, "", str(state.turn))] if state.ledger else []
    rows += [(TURN, ON, state.turned.isoformat(" ", "minutes"))] if state.turned else []
    rows += [("read", key, value) for key, value in state.reads.items()]
    rows += [("owner", key, value) for key, value in state.owners.items()]
    rows += [("kept", key, "") for key in state.kept]
    rows += [("settled", key, "") for key in state.settled]
    rows += [("tab", _json(list(key)), _json(_encode_tab(tab))) for key, tab in state.tabs.items()]
    rows += [("record", key, _encode_record(record, workbook)) for key, record in state.records.items()]
    for name, kind in KINDS.items():
        clusters: Mapping[str, frozenset[str]] = getattr(state.membership, name)
        rows += [(kind, key, " ".join(sorted(members))) for key, members in clusters.items()]
    rows += [("built", title, pack(marks)) for title, marks in state.published.items()]
    rows += [("decided", key, _encode_decision(decision)) for key, decision in state.decided.items()]
    rows += [(ERASED, key, encode_erased(one)) for key, one in state.erased.items()]
    rows += [(OBJECTED, key, _encode_objection(one, workbook)) for key, one in state.objections.items()]
    rows += [(LEFT, key, _json([one.on, one.agency])) for key, one in state.left.items()]
    return tuple(sorted(chunk for row in rows for chunk in chunked(row)))


def owner_of(rows: Grid) -> str:
    """The key of the workbook whose memory this is; "" if it does not say."""
    return next((row[2] for row in rows if tuple(row[:2]) == ("workbook", "") and len(row) > 2), "")


def decode(rows: Grid, workbook: str) -> State:
    """The memory in the rows of a workbook's _engage tab (its heading row included; no rows: no memory).

    Raises UnsafePlan if the tab was written by a newer version, for another workbook, or has been damaged.
    """
    whole = joined(row for row in rows if row and row[0] and row[:3] != HEADINGS)
    kinds = {kind for kind, _, _ in whole}
    found = {kind: {key: value for k, key, value in whole if k == kind} for kind in kinds}
    version = found.get("format", {}).get("", FORMAT)
    owner = found.get("workbook", {}).get("", workbook)
    if version.isdigit() and owner != workbook:
        raise UnsafePlan(
            f'by its hidden tab {TAB}, this is the workbook "{owner}", or a copy of it',
            where=workbook,
            fix="put the right file in its place, from a backup or the version history",
        )
    try:
        int(version)
        return _decoded(brought_up(found, workbook, TAB), workbook)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise UnsafePlan(
            f"its hidden tab {TAB} has been changed by hand and cannot be read",
            where=workbook,
            fix=f"restore {TAB} from a backup or from the version history",
        ) from error


def _decoded(found: Mapping[str, Mapping[str, str]], workbook: str) -> State:
    members = {
        name: {key: frozenset(value.split()) for key, value in found.get(kind, {}).items()}
        for name, kind in KINDS.items()
    }
    return State(
        records={key: _decode_record(value, workbook) for key, value in found.get("record", {}).items()},
        tabs={_pair(key): KnownTab(*json.loads(value)) for key, value in found.get("tab", {}).items()},
        membership=Membership(**members),
        published={key: unpack(value) for key, value in found.get("built", {}).items()},
        settled=frozenset(found.get("settled", {})),
        reads=dict(found.get("read", {})),
        kept=frozenset(found.get("kept", {})),
        holder=found.get("holder", {}).get("", ""),
        only_syncs=ONLY_SYNCS in found.get("holder", {}),
        ledger=found.get("ledger", {}).get("", ""),
        turn=int(found.get(TURN, {}).get("", "0")),
        turned=datetime.fromisoformat(found[TURN][ON]) if ON in found.get(TURN, {}) else None,
        decided={key: _decode_decision(value) for key, value in found.get("decided", {}).items()},
        erased={key: decode_erased(value) for key, value in found.get(ERASED, {}).items()},
        objections={k: _decode_objection(v, workbook) for k, v in found.get(OBJECTED, {}).items()},
        owners=dict(found.get("owner", {})),
        left={key: Left(*json.loads(value)) for key, value in found.get(LEFT, {}).items()},
    )


def _encode_tab(tab: KnownTab) -> list[object]:
    was = [tab.was] if tab.was else []
    return [tab.spec, tab.sheet_id, tab.records, dict(sorted(tab.headings.items())), *was]


def _pair(key: str) -> tuple[str, str]:
    workbook, sheet = json.loads(key)
    return workbook, sheet


def _encode_record(record: Remembered, workbook: str) -> str:
    away = record.workbook if record.workbook != workbook else ""
    rest = {"c": dict(sorted(record.changed.items())), "g": record.gone, "w": away, "r": record.rungs,
            "p": [[one.since, one.said, one.agency] for one in record.permissions]}  # fmt: skip
    whole = {
        "s": record.sheet,
        "t": record.tab,
        "f": record.first_seen,
        "m": dict(sorted(record.marks.items())),
    }
    return _json(whole | {key: value for key, value in rest.items() if value})


def _decode_record(value: str, workbook: str) -> Remembered:
    cell = json.loads(value)
    home = cell.get("w", "") or workbook
    rungs = tuple((since, rung) for since, rung in cell.get("r", ()))
    said = tuple(Permission(*one) for one in cell.get("p", ()))
    return Remembered(
        home, cell["s"], cell["t"], cell["f"], cell["m"], cell.get("c", {}), cell.get("g", ""), rungs, said
    )


def _encode_decision(it: Decision) -> str:
    return _json([it.a, it.b, it.kind, it.verdict, it.when, it.how, it.by, it.compared, int(it.undone)])


def _decode_decision(value: str) -> Decision:
    a, b, kind, verdict, when, how, by, compared, undone = json.loads(value)
    return Decision(a, b, kind, verdict, when, "", how, by, compared, bool(undone))


def _encode_objection(it: Objection, workbook: str) -> str:
    away = it.workbook if it.workbook != workbook else ""
    past = [[one.level, one.since, one.until, one.agency] for one in it.past]
    history: list[object] = [it.level_on, past] if it.level_on or past else []
    where = sum(bit for bit, heading in STANDS_IN.items() if heading in it.stands_in)
    column = [where] if where or history else []
    return _json([it.level, it.on, it.agency, away, sorted(it.marks), it.lifted, *column, *history])


def _decode_objection(value: str, workbook: str) -> Objection:
    level, on, agency, away, marks, lifted, *rest = json.loads(value)
    where = frozenset(heading for bit, heading in STANDS_IN.items() if rest and rest[0] & bit)
    level_on, past = rest[1:] or ("", ())
    ended = tuple(Stretch(*one) for one in past)
    return Objection(level, on, agency, away or workbook, frozenset(marks), lifted, where, level_on, ended)


def encode_erased(it: Erased) -> str:
    """One who was erased, as a text for _engage and for the file beside the key."""
    return _json([it.on, it.key, dict(sorted(it.marks.items())), sorted(it.rows), sorted(it.besides)])


def decode_erased(value: str) -> Erased:
    """The same, read again. Raises ValueError or TypeError for what is none."""
    on, key, marks, rows, besides = json.loads(value)
    return Erased(on, key, dict(marks), frozenset(rows), frozenset(besides))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
