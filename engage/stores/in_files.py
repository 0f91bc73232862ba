"""Folders of files that the system wrote: the outbox with its previews, packs of reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from engage.config import Config
from engage.erased.book import ErasedBook
from engage.mail.outbox import write_file

from .store import Clear, Hit, Search, Store, names

TEXTS = frozenset({".html", ".txt", ".csv", ".json", ".md", ".svg", ".eml"})
LINE = 400  # characters of a line that are shown around a mark


def search_folder(store: str, folder: Callable[[Config], Path]) -> Callable[[Search], Iterator[Hit]]:
    """A search of every text file below a folder."""

    def search(search: Search) -> Iterator[Hit]:
        root = folder(search.config)
        for path in sorted(p for p in root.rglob("*") if p.suffix in TEXTS) if root.exists() else ():
            for line in _readable(path).splitlines():
                sure = names(search, (line,))
                if sure is not None:
                    yield Hit(
                        store,
                        path.relative_to(root).as_posix(),
                        "",
                        line.strip()[:LINE],
                        sure=sure,
                        free=True,
                    )

    return search


def clear_folder(folder: Callable[[Config], Path]) -> Callable[[Clear], int]:
    """What takes those who were erased out of every text file below a folder; their own mail goes whole."""

    def clear_all(clear: Clear) -> int:
        root = folder(clear.config)
        found = sorted(p for p in root.rglob("*") if p.suffix in TEXTS) if root.exists() else ()
        return sum(_clear_file(path, clear.book) for path in found if changed_since(path, clear.since))

    return clear_all


def changed_since(path: Path, since: float) -> bool:
    """Whether a file was written after this moment; a clock may count in steps of two seconds."""
    return path.exists() and path.stat().st_mtime >= since - 2


def _clear_file(path: Path, book: ErasedBook) -> int:
    if book.cleansed((path.stem,), old=True) != (path.stem,):
        path.unlink()
        return 1
    if path.suffix == ".eml":
        return _clear_message(path, book)
    text = path.read_text("utf-8", errors="surrogateescape")
    now = _cleansed(text, book)
    if now != text:
        write_file(path, now.encode("utf-8", errors="surrogateescape"))
    return int(now != text)


def _cleansed(text: str, book: ErasedBook) -> str:
    return "\n".join(book.cleansed((line,), old=True)[0] for line in text.split("\n"))


def _clear_message(path: Path, book: ErasedBook) -> int:
    """A message to somebody who was erased goes; in others' the words that name them."""
    message = _message(path)
    if any(book.cleansed((str(value),), old=True) != (str(value),) for value in message.values()):
        path.unlink()
        path.with_suffix(".html").unlink(missing_ok=True)
        return 1
    changed = False
    for piece in message.walk():
        if piece.get_content_maintype() == "text":
            text = piece.get_content()
            now = _cleansed(text, book)
            if now != text:
                piece.set_content(now, subtype=piece.get_content_subtype())
                changed = True
    if changed:
        write_file(path, message.as_bytes())
    return int(changed)


def _message(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)


def _readable(path: Path) -> str:
    if path.suffix != ".eml":
        return path.read_text("utf-8", errors="replace")
    message = _message(path)
    heads = [f"{name}: {value}" for name, value in message.items()]
    bodies = [p.get_content() for p in message.walk() if p.get_content_maintype() == "text"]
    return "\n".join([*heads, *bodies])


def outbox(config: Config) -> Path:
    """Where messages and previews are written."""
    return config.mail.outbox


def packs(config: Config) -> Path:
    """Where reports are frozen."""
    return config.path.parent / "packs"


OUTBOX = Store(
    name="Outbox",
    holds="Digests as written, and previews: coordinators' addresses, employers, at times a person.",
    keeps="As long as engage.toml says.",
    search=search_folder("Outbox", outbox),
    clear=clear_folder(outbox),
)
PACKS = Store(
    name="Packs",
    holds="Reports as they were frozen: figures, employers, at times a person.",
    keeps="For good, as evidence of what was reported; names are taken out on request, figures stay.",
    search=search_folder("Packs", packs),
    clear=clear_folder(packs),
)
