"""The part of Drive that gspread and the product use: files and their permissions."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import Any

from . import masks
from .cells import Json
from .errors import Refused, file_not_found, not_played
from .spreadsheet import Spreadsheet
from .world import ALL_POWERFUL, World, may, role

SHEET = "application/vnd.google-apps.spreadsheet"
USUAL = "kind,id,name,mimeType"
ROLES = {"reader", "commenter", "writer", "owner"}


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
    _only(body, {"mimeType", "name", "parents", "description"})
    book = world.create(body.get("name", "Untitled"), owner=caller)
    book.file = {name: body[name] for name in ("parents", "description") if name in body}
    return shown(book, query, caller)


def copy(world: World, file_id: str, body: Json, query: Json, caller: str) -> Json:
    """A copy under a new id, owned by who copies; whom it was shared with does not come along."""
    source = allowed(world, file_id, caller)
    _only(body, {"mimeType", "name", "parents", "description"})
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
    _only(body, {"name", "description", "trashed"})
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


TERM = re.compile(r"\s*(\w+)\s*(=|!=|contains|in)\s*(true|false|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*")
PARENT = re.compile(r"\s*(['\"])(.+?)\1\s+in\s+(parents|owners|writers|readers)\s*")


def list_files(world: World, query: Json, caller: str) -> Json:
    """The files that the caller may see and the query finds, the last changed first."""
    found = [book for book in world.books.values() if may(book, caller, "read")]
    for term in re.split(r"\s+and\s+", query.get("q", "").strip()) if query.get("q") else []:
        found = [book for book in found if _fits(book, term, caller)]
    found.sort(key=lambda book: book.modified, reverse=True)
    size, start = query.get("pageSize", 100), int(query.get("pageToken", 0))
    answer: Json = {"kind": "drive#fileList", "incompleteSearch": False}
    if start + size < len(found):
        answer["nextPageToken"] = str(start + size)
    tree = masks.parsed(
        query.get("fields") or f"kind,nextPageToken,incompleteSearch,files({USUAL})", "FileList"
    )
    answer["files"] = [facts(book, caller) for book in found[start : start + size]]
    return masks.applied(tree, answer)  # type: ignore[no-any-return]


def _fits(book: Spreadsheet, term: str, caller: str) -> bool:
    parent = PARENT.fullmatch(term)
    if parent:
        held = book.file.get("parents", ["root"]) if parent[3] == "parents" else [book.owner]
        return parent[2] in held
    found = TERM.fullmatch(term)
    if not found:
        raise Refused(
            "Invalid Value", drive={"reason": "invalid", "location": "q", "locationType": "parameter"}
        )
    name, sign, text = found.groups()
    value = text if text in {"true", "false"} else re.sub(r"\\(.)", r"\1", text[1:-1])
    mine = facts(book, caller).get(name)
    if mine is None and name not in {"trashed", "starred"}:
        raise not_played(f"a search for {name}")
    mine = str(mine).lower() if isinstance(mine, bool) else mine or "false"
    if sign == "contains":
        return value.casefold() in str(mine).casefold()
    return (mine == value) == (sign == "=")


def shown(book: Spreadsheet, query: Json, caller: str) -> Json:
    """The fields asked for, and Drive's usual four where none are."""
    tree = masks.parsed(query.get("fields") or USUAL, "File")
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
        "trashed": book.trashed,
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
        "permissions": permissions(book),
    }


def _moment(when: dt.datetime) -> str:
    return when.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{when.microsecond // 1000:03d}Z"


# --- permissions ---


def permissions(book: Spreadsheet) -> list[Json]:
    """Everybody with access, the owner too."""
    held = {book.owner: "owner", **book.people}
    return [_permission(address, given) for address, given in held.items()]


def _permission(address: str, given: str) -> Json:
    kind = "anyone" if address == "anyone" else "domain" if "@" not in address else "user"
    answer: Json = {"kind": "drive#permission", "id": permission_id(address), "type": kind, "role": given}
    if kind == "user":
        answer |= {
            "emailAddress": address,
            "displayName": address.partition("@")[0],
            "deleted": False,
            "pendingOwner": False,
        }
    elif kind == "domain":
        answer["domain"] = address
    else:
        answer["allowFileDiscovery"] = False
    return answer


def permission_id(address: str) -> str:
    """Twenty digits for a person, anyoneWithLink for all."""
    if address == "anyone":
        return "anyoneWithLink"
    return str(int(hashlib.sha256(address.casefold().encode()).hexdigest(), 16))[:20]


PERMISSION_USUAL = "kind,id,type,role"


def list_permissions(world: World, file_id: str, query: Json, caller: str) -> Json:
    """Who has access."""
    book = allowed(world, file_id, caller)
    tree = masks.parsed(
        query.get("fields") or f"kind,nextPageToken,permissions({PERMISSION_USUAL})", "PermissionList"
    )
    answer = {"kind": "drive#permissionList", "permissions": permissions(book)}
    return masks.applied(tree, answer)  # type: ignore[no-any-return]


def create_permission(world: World, file_id: str, body: Json, query: Json, caller: str) -> Json:
    """Share with a person, a domain or everybody."""
    book = allowed(world, file_id, caller, "write")
    _only(body, {"type", "role", "emailAddress", "domain", "value", "withLink", "allowFileDiscovery"})
    given, kind = body.get("role"), body.get("type")
    if given not in ROLES or kind not in {"user", "group", "domain", "anyone"}:
        raise Refused(
            "The permission type field is required."
            if kind is None
            else f"Invalid role or type: {given}, {kind}",
            drive={"reason": "badRequest"},
        )
    address = {"anyone": "anyone", "domain": body.get("domain")}.get(kind, body.get("emailAddress"))
    if not address:
        raise Refused(
            "The specified emailAddress is invalid or not applicable for the given permission type.",
            drive={"reason": "invalidSharingRequest"},
        )
    if given == "owner":
        _hand_over(book, str(address), query)
    elif address != book.owner:
        book.people[str(address).casefold()] = str(given)
    return _shown_permission(_permission(str(address), str(given)), query)


def _hand_over(book: Spreadsheet, address: str, query: Json) -> None:
    if not query.get("transferOwnership"):
        raise Refused(
            "The transferOwnership parameter must be enabled when the permission role is 'owner'.",
            code=403,
            drive={"reason": "forbidden"},
        )
    book.people[book.owner] = "writer"
    book.people.pop(address.casefold(), None)
    book.owner = address


def change_permission(
    world: World, file_id: str, key: str, body: Json | None, query: Json, caller: str
) -> Json | None:
    """Another role for somebody; with no body, none at all any more."""
    book = allowed(world, file_id, caller, "write")
    address = next((each for each in book.people if permission_id(each) == key), None)
    if address is None:
        raise Refused(
            f"Permission not found: {key}.",
            code=404,
            drive={"reason": "notFound", "location": "permissionId", "locationType": "parameter"},
        )
    if body is None:
        del book.people[address]
        return None
    _only(body, {"role"})
    book.people[address] = body["role"]
    return _shown_permission(_permission(address, body["role"]), query)


def _shown_permission(held: Json, query: Json) -> Json:
    tree = masks.parsed(query.get("fields") or PERMISSION_USUAL, "Permission")
    return masks.applied(tree, held)  # type: ignore[no-any-return]


def _only(body: Json, known: set[str]) -> None:
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
