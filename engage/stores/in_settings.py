"""What the system keeps of itself: settings, keys, records of erasures, marks of requests, the lock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from engage.config import Config
from engage.erased.key_file import FILE
from engage.mail.one_click import KEY_FILE

from .in_files import files_in
from .store import Clear, Hit, Search, Store, names


def search_settings(search: Search) -> Iterator[Hit]:
    """Lines that name the subject: of engage.toml, of what is known of the Google Sheets' owners, and of the
    partnership's own schema and templates."""
    config = search.config
    for path in (config.path, config.state / "owners.json", *_own_pages(config)):
        text = path.read_text("utf-8", errors="replace") if path.exists() else ""
        for number, line in enumerate(text.splitlines(), 1):
            if names(search, (line,)) is not None:
                yield Hit("Settings", f"{path.name}, line {number}", "", line.strip(), free=True)


def _own_pages(config: Config) -> Iterator[Path]:
    ours = (config.schema, config.templates)
    return (path for root in ours if root is not None for path in files_in(root))


def nothing(_search: Search) -> Iterable[Hit]:
    """A store in which nobody can be found: digests, hashes and counts."""
    return ()


def clear_requests(clear: Clear) -> int:
    """Marks of what earlier runs wrote, which nothing reads any more; the newest run's stay for verify."""
    old = [path for home in _homes(clear) for path in home[:-1]]
    for path in old:
        path.unlink()
    return len(old)


def _homes(clear: Clear) -> Iterator[list[Path]]:
    root = clear.config.state / "requests"
    for home in sorted(root.iterdir()) if root.exists() else ():
        yield list(files_in(home))


CLOCK = Store(
    name="Clock",
    holds="When each sync and sending was due, and what became of it: days, counts, reasons; nobody's name.",
    keeps="The last 500 slots. It may be deleted.",
    search=nothing,
    why_not="There is nobody in it.",
    files=("clock.sqlite*",),
)
SETTINGS = Store(
    name="Settings",
    holds="Addresses of whoever sends and runs Engage, in engage.toml; the owners of Google Sheets; whoever "
    "your own templates and schema name.",
    keeps="Until somebody changes them.",
    search=search_settings,
    why_not="Change them yourself: an account or address in use cannot be taken out for you.",
    files=("owners.json",),
)
REQUESTS = Store(
    name="Requests",
    holds="Marks (short digests, no text) of each cell that was written to a Google Sheet.",
    keeps="The last 14 runs.",
    search=nothing,
    clear=clear_requests,
    files=("requests/*/*",),
)
KEYS = Store(
    name="Keys",
    holds="Keyed hashes by which somebody who was erased is recognised, and the keys.",
    keeps="For good: without them somebody who was erased could come back.",
    search=nothing,
    why_not="They say nothing of anybody, and are what keeps an erasure in force.",
    files=(FILE, KEY_FILE),
)
RECORDS = Store(
    name="Erasures",
    holds="What was done at each erasure, without saying who it was.",
    keeps="For good, as evidence.",
    search=nothing,
    why_not="There is nobody in them.",
    files=("erasures/*", "running.lock"),
)
