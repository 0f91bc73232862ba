"""The part of Drive that gspread and the product use: files and their permissions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from . import drive_search, masks, permissions
from .cells import Json
from .errors import Refused, file_not_found, not_played
from .spreadsheet import Spreadsheet
from .world import ALL_POWERFUL, World, may, role

SHEET = "application/vnd.google-apps.spreadsheet"
USUAL = "kind,id,name,mimeType"


def allowed(world: World, file_id: str, caller: str, need: str = "read") -> Spreadsheet:
    """The file, if the caller may read, write or own it; Drive says 404 to who may not even see it."""
    book = world.books.get(file_id)
    if book is None or not may(book, caller, "read"):
        raise file_not_found(file_id)
    held = role(book, caller)
    if (need == "write" and held not in {"writer", "owner"}) or (need == "own" and held != "owner"):
        raise Refused(
            "The user does not have sufficient permissions for this file.",
            code=403,
            drive={"reason": "insufficientFilePermissions"},
        )
    return book


def create(world: World, body: Json, query: Json, caller: str) -> Json:
    """A new spreadsheet."""
    if body.get("mimeType") != SHEET:
        raise not_played(f"files of mimeType {body.get('mimeType')!r}")
    only(body, {"mimeType", "name", "parents", "description"})
    book = world.create(body.get("name", "Untitled"), owner=caller)
    book.file = {name: body[name] for name in ("parents", "description") if name in body}
    return shown(book, query, caller)


def copy(world: World, file_id: str, body: Json, query: Json, caller: str) -> Json:
    """A copy under a new id, owned by who copies; whom it was shared with does not come along."""
    source = allowed(world, file_id, caller)
    only(body, {"mimeType", "name", "parents", "description"})
    book = copied(world, source, body.get("name", f"Copy of {source.title}"), caller)
    book.file |= {name: body[name] for name in ("parents", "description") if name in body}
    return shown(book, query, caller)


def copied(world: World, source: Spreadsheet, title: str, owner: str) -> Spreadsheet:
    """Every tab, hidden ones too, with the same sheet ids."""
    book = world.create(title, owner=owner, locale=source.locale)
    book.time_zone, book.properties = source.time_zone, dict(source.properties)
    book.tabs = [tab.copied() for tab in source.tabs]
    book.named = {key: dict(named) for key, named in source.named.items()}
    return book


def get(world: World, file_id: str, query: Json, caller: str) -> Json:
    """One file's facts."""
    return shown(allowed(world, file_id, caller), query, caller)


def update(world: World, file_id: str, body: Json, query: Json, caller: str) -> Json:
    """Name, description or the bin."""
    book = allowed(world, file_id, caller, "write")
    only(body, {"name", "description", "trashed"})
    book.title = body.get("name", book.title)
    book.trashed = body.get("trashed", book.trashed)
    if "description" in body:
        book.file["description"] = body["description"]
    book.touched()
    return shown(book, query, caller)


def delete(world: World, file_id: str, caller: str) -> None:
    """Past the bin, for the owner alone."""
    allowed(world, file_id, caller, "own")
    world.delete(file_id)


def list_files(world: World, query: Json, caller: str) -> Json:
    """The files that the caller may see and the query finds, the last changed first."""
    seen = [book for book in world.books.values() if may(book, caller, "read")]
    terms = drive_search.terms(query.get("q", ""))
    found = [book for book in seen if drive_search.fits(facts(book, caller), terms)]
    found.sort(key=lambda book: book.modified, reverse=True)
    size, start = query.get("pageSize", 100), int(query.get("pageToken", 0))
    answer: Json = {"kind": "drive#fileList", "incompleteSearch": False}
    if start + size < len(found):
        answer["nextPageToken"] = str(start + size)
    tree = masks.of_drive(
        query.get("fields") or f"kind,nextPageToken,incompleteSearch,files({USUAL})", "FileList"
    )
    answer["files"] = [facts(book, caller) for book in found[start : start + size]]
    return masks.applied(tree, answer)  # type: ignore[no-any-return]


def shown(book: Spreadsheet, query: Json, caller: str) -> Json:
    """The fields asked for, and Drive's usual four where none are."""
    tree = masks.of_drive(query.get("fields") or USUAL, "File")
    return masks.applied(tree, facts(book, caller))  # type: ignore[no-any-return]


def facts(book: Spreadsheet, caller: str) -> Json:
    """What Drive knows of a file."""
    held = role(book, caller)
    return {
        "kind": "drive#file",
        "id": book.id,
        "name": book.title,
        "mimeType": SHEET,
        "createdTime": _moment(book.created),
        "modifiedTime": _moment(book.modified),
        "version": str(book.version),
        "trashed": book.trashed,
        "explicitlyTrashed": book.trashed,
        "starred": False,
        "webViewLink": f"https://docs.google.com/spreadsheets/d/{book.id}/edit?usp=drivesdk",
        "ownedByMe": caller in {book.owner, ALL_POWERFUL},
        "owners": [
            {
                "kind": "drive#user",
                "emailAddress": book.owner,
                "displayName": book.owner,
                "me": caller == book.owner,
            }
        ],
        "capabilities": {"canEdit": held in {"owner", "writer"}, "canShare": held in {"owner", "writer"}},
        "parents": book.file.get("parents", ["root"]),
        "shared": bool(book.people),
        **({"description": book.file["description"]} if "description" in book.file else {}),
        "permissions": permissions.listed(book),
    }


def _moment(when: dt.datetime) -> str:
    return when.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{when.microsecond // 1000:03d}Z"


def only(body: Json, known: set[str]) -> None:
    """Refuse, by name, what a file or permission is given and this server does not play."""
    unknown = [name for name, value in body.items() if name not in known and value is not None]
    if unknown:
        raise not_played(f"{unknown[0]!r} of a file or permission")


def comments(world: World, file_id: str, caller: str) -> Json:
    """Nobody comments here: the list is empty."""
    allowed(world, file_id, caller)
    return {"kind": "drive#commentList", "comments": []}


def export(world: World, file_id: str, query: Json, caller: str) -> tuple[str, Any]:
    """The first tab as CSV or TSV; other formats are not played."""
    from . import csvs  # noqa: PLC0415

    book = allowed(world, file_id, caller)
    kind = query.get("mimeType", "")
    if kind not in csvs.MARKS:
        raise not_played(f"an export as {kind!r}")
    return kind, csvs.written(book, csvs.MARKS[kind])
