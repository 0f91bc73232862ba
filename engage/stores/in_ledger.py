"""The ledger: to which address which digest went, and where mail was stopped."""

from __future__ import annotations

from collections.abc import Iterator

from engage.ledger import LEDGER_FILE, Ledger

from .store import Clear, Hit, Search, Store, names


def search_ledger(search: Search) -> Iterator[Hit]:
    """What was sent to the subject's address, what it put right, and its stop."""
    path = search.config.state / LEDGER_FILE
    if not path.exists():
        return
    for entry in Ledger(path).entries():
        if names(search, (entry.send.address,)):
            said = f"{entry.send.edition} digest of {entry.send.period}: {entry.status} {entry.why}".strip()
            yield Hit("Ledger", "what was sent", entry.send.address, said, entry.when[:10])
    for send, split in Ledger(path).brought():
        if names(search, (send.address,)):
            said = f"{send.edition} digest of {send.period}: to put right what was told of {split}"
            yield Hit("Ledger", "corrections", send.address, said)
    for stop in Ledger(path).stops():
        if names(search, (stop.address, stop.why, stop.who)):
            said = f"mail stopped: {stop.why} ({stop.who})"
            yield Hit("Ledger", "mail stops", stop.address, said, stop.when[:10])


def clear_ledger(clear: Clear) -> int:
    """Sends and stops without the addresses of those who were erased; the figures of what was sent stay."""
    path = clear.config.state / LEDGER_FILE
    return Ledger(path).rename(lambda text: clear.book.cleansed((text,), old=True)[0]) if path.exists() else 0


LEDGER = Store(
    name="Ledger",
    holds=(
        "The addresses of coordinators, with every digest sent to them, what their row asked for then and "
        "what it put right, so that none is sent twice; stops."
    ),
    keeps="For good: without it somebody could get a digest twice.",
    search=search_ledger,
    clear=clear_ledger,
    files=(f"{LEDGER_FILE}*",),
)
