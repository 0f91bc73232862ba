"""Who may do what with a file: Drive's permissions."""

from __future__ import annotations

import hashlib

from . import drive, masks
from .cells import Json
from .errors import Refused
from .spreadsheet import Spreadsheet
from .world import World

ROLES = {"reader", "commenter", "writer", "owner"}


def listed(book: Spreadsheet) -> list[Json]:
    """Everybody with access, the owner too."""
    held = {book.owner: "owner", **book.people}
    return [_permission(book, address, given) for address, given in held.items()]


def _permission(book: Spreadsheet, address: str, given: str) -> Json:
    kind = "anyone" if address == "anyone" else "domain" if "@" not in address else "user"
    answer: Json = {"kind": "drive#permission", "id": id_of(address), "type": kind, "role": given}
    if kind == "user":
        answer |= {
            "emailAddress": address,
            "displayName": address.partition("@")[0],
            "deleted": False,
            "pendingOwner": address == book.pending_owner,
        }
    elif kind == "domain":
        answer["domain"] = address
    else:
        answer["allowFileDiscovery"] = False
    return answer


def id_of(address: str) -> str:
    """Twenty digits for a person, anyoneWithLink for all."""
    if address == "anyone":
        return "anyoneWithLink"
    return str(int(hashlib.sha256(address.casefold().encode()).hexdigest(), 16))[:20]


PERMISSION_USUAL = "kind,id,type,role"


def list_all(world: World, file_id: str, query: Json, caller: str) -> Json:
    """Who has access."""
    book = drive.allowed(world, file_id, caller)
    tree = masks.of_drive(
        query.get("fields") or f"kind,nextPageToken,permissions({PERMISSION_USUAL})", "PermissionList"
    )
    answer = {"kind": "drive#permissionList", "permissions": listed(book)}
    return masks.applied(tree, answer)  # type: ignore[no-any-return]


def create(world: World, file_id: str, body: Json, query: Json, caller: str) -> Json:
    """Share with a person, a domain or everybody."""
    book = drive.allowed(world, file_id, caller, "write")
    drive.only(body, {"type", "role", "emailAddress", "domain", "value", "withLink", "allowFileDiscovery"})
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
    return _shown_permission(_permission(book, str(address), str(given)), query)


def _hand_over(book: Spreadsheet, address: str, query: Json) -> None:
    if not query.get("transferOwnership"):
        raise Refused(
            "The transferOwnership parameter must be enabled when the permission role is 'owner'.",
            code=403,
            drive={"reason": "forbidden"},
        )
    book.people[book.owner] = "writer"
    book.people.pop(address.casefold(), None)
    book.owner, book.pending_owner = address, None


def change(world: World, file_id: str, key: str, body: Json | None, query: Json, caller: str) -> Json | None:
    """Another role for somebody; with no body, none at all any more."""
    book = drive.allowed(world, file_id, caller, "write")
    address = next((each for each in book.people if id_of(each) == key), None)
    if address is None:
        raise Refused(
            f"Permission not found: {key}.",
            code=404,
            drive={"reason": "notFound", "location": "permissionId", "locationType": "parameter"},
        )
    if body is None:
        del book.people[address]
        return None
    drive.only(body, {"role", "pendingOwner"})
    given = body.get("role", book.people[address])
    if given not in ROLES:
        raise Refused(f"Invalid role: {given}", drive={"reason": "badRequest"})
    if given == "owner":
        _hand_over(book, address, query)
    else:
        book.people[address] = given
        book.pending_owner = address if body.get("pendingOwner") else book.pending_owner
    return _shown_permission(_permission(book, address, given), query)


def _shown_permission(held: Json, query: Json) -> Json:
    tree = masks.of_drive(query.get("fields") or PERMISSION_USUAL, "Permission")
    return masks.applied(tree, held)  # type: ignore[no-any-return]
