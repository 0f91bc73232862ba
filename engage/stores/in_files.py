"""Folders of text files that the system wrote: the outbox with its previews, answers to requests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from engage.config import Config
from engage.erased.book import ErasedBook
from engage.mail.outbox import write_file

from .store import Clear, Hit, Search, Store, changed_since, names

TEXTS = frozenset({".html", ".txt", ".csv", ".json", ".md", ".svg", ".eml"})
LINE = 400  # characters of a line that are shown of it
Folder = Callable[[Config], Path]


def files_in(root: Path) -> Iterator[Path]:
    """Every file below a folder, in order; none if it is not there."""
    yield from sorted(path for path in root.rglob("*") if path.is_file()) if root.exists() else ()


def search_folder(store: str, folder: Folder) -> Callable[[Search], Iterator[Hit]]:
    """A search of every text file below a folder."""

    def search_all(search: Search) -> Iterator[Hit]:
        root = folder(search.config)
        for path in files_in(root):
            where = path.relative_to(root).as_posix()
            for line in [where, *(readable(path).splitlines() if path.suffix in TEXTS else ())]:
                sure = names(search, (line,))
                if sure is not None:
                    yield Hit(store, where, "", line.strip()[:LINE], sure=sure, free=True)

    return search_all


def clear_folder(folder: Folder, clear_file: Callable[[Path, ErasedBook], int]) -> Callable[[Clear], int]:
    """What takes those who were erased out of every file below a folder; returns how many were changed."""

    def clear_all(clear: Clear) -> int:
        found = files_in(folder(clear.config))
        return sum(clear_file(path, clear.book) for path in found if changed_since(path, clear.since))

    return clear_all


def clear_file(path: Path, book: ErasedBook) -> int:
    """A text file without them; deleted if its name, or the head of a message, says that it is theirs."""
    if _names(path.stem, book):
        path.unlink()
        return 1
    if path.suffix == ".eml":
        return _clear_message(path, book)
    if path.suffix not in TEXTS:
        return 0
    text = path.read_text("utf-8", errors="surrogateescape")
    now = _struck_json(text, book) if path.suffix == ".json" else _struck(text, book)
    if now != text:
        write_file(path, now.encode("utf-8", errors="surrogateescape"))
    return int(now != text)


def delete_if_named(path: Path, book: ErasedBook) -> int:
    """Delete a page that names them, and the table that lies beside it."""
    if path.suffix != ".html" or not any(_names(line, book) for line in readable(path).splitlines()):
        return 0
    path.unlink()
    path.with_suffix(".xlsx").unlink(missing_ok=True)
    return 1


def delete_all(path: Path, _book: ErasedBook) -> int:
    """Delete a list that was made before somebody was erased: a new one is made in a minute."""
    path.unlink()
    return 1


def _names(text: str, book: ErasedBook) -> bool:
    return book.cleansed((text,), old=True) != (text,)


def _struck(text: str, book: ErasedBook) -> str:
    return "\n".join(book.struck(line) for line in text.split("\n"))


def _struck_json(text: str, book: ErasedBook) -> str:
    """The document with the same shape, its texts struck; whatever is no JSON, line by line."""
    try:
        held = json.loads(text)
    except ValueError:
        return _struck(text, book)
    now = _struck_in(held, book)
    return text if now == held else json.dumps(now, ensure_ascii=False, indent=1)


def _struck_in(held: Any, book: ErasedBook) -> Any:
    if isinstance(held, dict):
        return {key: _struck_in(value, book) for key, value in held.items()}
    if isinstance(held, list):
        return [_struck_in(value, book) for value in held]
    return book.struck(held) if isinstance(held, str) else held


def _clear_message(path: Path, book: ErasedBook) -> int:
    """A message to somebody who was erased goes; in others', the words that name them."""
    message = _message(path)
    if any(_names(str(value), book) for value in message.values()):
        path.unlink()
        path.with_suffix(".html").unlink(missing_ok=True)
        return 1
    changed = 0
    for piece in message.walk():
        if piece.get_content_maintype() == "text":
            text = piece.get_content()
            now = _struck(text, book)
            if now != text:
                piece.set_content(now, subtype=piece.get_content_subtype())
                changed = 1
    if changed:
        write_file(path, message.as_bytes())
    return changed


def _message(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)


def readable(path: Path) -> str:
    """A text file, or the heads and texts of a message."""
    if path.suffix != ".eml":
        return path.read_text("utf-8", errors="replace")
    message = _message(path)
    heads = [f"{name}: {value}" for name, value in message.items()]
    bodies = [p.get_content() for p in message.walk() if p.get_content_maintype() == "text"]
    return "\n".join([*heads, *bodies])


def outbox(config: Config) -> Path:
    """Where messages and previews are written."""
    return config.mail.outbox


def answers(config: Config) -> Path:
    """Where answers to requests for access are written unless another folder is named."""
    return config.state / "access"


def exports(config: Config) -> Path:
    """Where mailing and call lists are written unless another file is named."""
    return config.state / "exports"


OUTBOX = Store(
    name="Outbox",
    holds="Digests as written, and previews: coordinators' addresses, employers, at times a person.",
    keeps="As long as engage.toml says.",
    search=search_folder("Outbox", outbox),
    clear=clear_folder(outbox, clear_file),
    root=outbox,
)
EXPORTS = Store(
    name="Exports",
    holds="Mailing and call lists: names, addresses, numbers, and the ground on which each is in.",
    keeps="As long as engage.toml says.",
    search=search_folder("Exports", exports),
    clear=clear_folder(exports, delete_all),
    root=exports,
)
ANSWERS = Store(
    name="Answers",
    holds="Answers to requests for access: everything held on the person who asked.",
    keeps="As long as engage.toml says.",
    search=search_folder("Answers", answers),
    clear=clear_folder(answers, delete_if_named),
    root=answers,
)
