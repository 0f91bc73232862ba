"""What a person is told of Google: what happened, where, and what to do; never with a secret in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engage.errors import (
    EffectUnknown,
    RequestRefused,
    SignInError,
    WorkbookBusy,
    WorkbookError,
    WorkbookMissing,
)

LONGEST_QUOTE = 240
LATER = "wait a few minutes and run it again"
SIGN_IN_COMMAND = "engage init --google --sign-in"
_SECRET = re.compile(
    r"-----BEGIN.*|ya29\.[\w.-]+|1//[\w-]{10,}|GOCSPX-[\w-]+|eyJ[\w-]+\.[\w.-]+|(?i:bearer)\s+\S+", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request went. where: the workbook in a person's words. caller: the address that Google knows us
    by, "" if unknown. writing: whether it was to change something."""

    where: str = ""
    caller: str = ""
    writing: bool = False

    @property
    def address(self) -> str:
        """The address to share with, or words for it."""
        return self.caller or "the account that Engage signs in as"


def lost(place: Place) -> EffectUnknown:
    """The answer to a change is lost: look before sending it again."""
    return EffectUnknown(
        "Google's answer to a change was lost, so whether the change was made is not known",
        where=place.where,
        fix="run it again: it reads first and makes only what is missing",
    )


def not_google(place: Place) -> WorkbookBusy:
    """Somebody else answered: the page of a proxy, or a redirection to it."""
    return WorkbookBusy(
        "what came back was not Google's answer, or only a part of it",
        where=place.where,
        fix=f"{LATER}. If it comes back: a proxy may want somebody to sign in, so open a page in the browser",
    )


def not_shared(place: Place) -> WorkbookError:
    """Reading was refused."""
    return WorkbookError(
        f"this spreadsheet is not shared with {place.address}",
        where=place.where,
        fix=f"open it in Google Sheets, press Share, add {place.address} as Editor (or as Viewer, if nothing "
        "may be written there), and run it again",
    )


def view_only(place: Place) -> WorkbookError:
    """Writing was refused, reading was not."""
    return WorkbookError(
        f"{place.address} may view this spreadsheet and not change it",
        where=place.where,
        fix=f"ask its owner to make {place.address} an Editor under Share, or mark the workbook view-only in "
        "engage.toml",
    )


def protected(place: Place, tabs: Sequence[str] = ()) -> WorkbookError:
    """A protected range stands in the way. tabs: where, if that is known."""
    what = f"these are protected: {', '.join(tabs)};" if tabs else "a range there is protected,"
    return WorkbookError(
        f"{what} and {place.address} is not among those who may edit {'them' if tabs else 'it'}",
        where=place.where,
        fix=f"ask its owner to open Data, Protect sheets and ranges, and to add {place.address} to those who "
        "may edit",
    )


def closed_by_engage(place: Place, tabs: Sequence[str]) -> WorkbookError:
    """Built tabs that were protected when we signed in with another account. tabs: their titles."""
    return WorkbookError(
        "these tabs were protected when Engage signed in with another account, and "
        f"{place.address} may not edit them: {', '.join(tabs)}",
        where=place.where,
        fix="ask its owner to open Data, Protect sheets and ranges, and to delete every entry that begins "
        'with "Engage:"; then run engage init --google, which sets them anew',
    )


def missing(place: Place, *, in_drive: bool) -> WorkbookMissing:
    """404. in_drive: Drive said so, not Sheets."""
    if in_drive:  # which does not say whether it is there for others
        return WorkbookMissing(
            f"Google Drive has no file at this link that {place.address} may see",
            where=place.where,
            fix=f"check the link, and that the file is shared with {place.address}",
        )
    return WorkbookMissing(
        "Google knows no spreadsheet at this link: it was deleted for good, or the link is cut short",
        where=place.where,
        fix="ask its owner; a copy of it has a new link, which goes into engage.toml",
    )


def blocked_by_policy(place: Place) -> SignInError:
    """The organisation's administrator does not allow it."""
    return SignInError(
        "a rule of your organisation's Google administrator stops Engage",
        where=place.where,
        fix=f"ask the administrator to allow {place.address}, or sign in as a person "
        '(sign_in = "user"): the how-to for Google names the settings',
    )


def token_refused(status: int, place: Place) -> SignInError:
    """The token itself was not accepted, or was given for too little."""
    if status == 401:
        return SignInError(
            "Google no longer accepts this sign-in: it was withdrawn or has run out",
            where=place.where,
            fix=f"make a new key, or sign in again as a person: {SIGN_IN_COMMAND}",
        )
    return SignInError(
        "this sign-in was given for less than Engage needs (spreadsheets, and the names of files)",
        where=place.where,
        fix=f"sign in again and leave every box ticked: {SIGN_IN_COMMAND}",
    )


def quota(place: Place) -> WorkbookBusy:
    """429, to the end."""
    return WorkbookBusy(
        "Google's limit of requests a minute is used up, also after waiting",
        where=place.where,
        fix=f"{LATER}. If it comes back, see what else uses the same Google project",
    )


def unavailable(status: int, place: Place) -> WorkbookBusy:
    """5xx, to the end."""
    return WorkbookBusy(
        f"Google Sheets is not answering properly just now (code {status}), also after trying again",
        where=place.where,
        fix=f"{LATER}. https://www.google.com/appsstatus/dashboard/ shows known faults",
    )


def api_disabled(api: str, link: str, place: Place) -> WorkbookError:
    """An API is off in the project of whoever signs in. link: the page with the switch."""
    return WorkbookError(
        f"the {api} is not switched on in the Google project that Engage signs in with",
        where=place.where,
        fix=f"open {link}, press Enable, wait five minutes and run it again",
    )


def no_room(place: Place) -> WorkbookError:
    """A service account cannot own files."""
    return WorkbookError(
        "Google gives a service account no room for files of its own",
        where=place.where,
        fix=f"create the spreadsheet yourself, share it with {place.address} as Editor, then adopt it",
    )


def full(place: Place) -> WorkbookError:
    """No cell more can be added."""
    return WorkbookError(
        "the spreadsheet is full: Google allows 10 million cells in one",
        where=place.where,
        fix="delete tabs, empty rows and empty columns that nobody needs (empty cells count too)",
    )


def excel_file(place: Place) -> WorkbookError:
    """The link is to an .xlsx file that Drive only shows."""
    return WorkbookError(
        "this is an Excel file kept in Google Drive, which Google Sheets cannot open for Engage",
        where=place.where,
        fix="open it, choose File, Save as Google Sheets, and put the new link into engage.toml",
    )


def refused(status: int, message: str, place: Place) -> RequestRefused:
    """A request that Google would not do as it was asked; quoted."""
    return RequestRefused(
        f"Google refused a request (code {status}): {quote(message)}",
        where=place.where,
        fix="run it again; if it comes back, report it with this text",
    )


def quote(message: str) -> str:
    """A message of Google's on one line, shortened, without anything that looks like a secret."""
    text = " ".join(_SECRET.sub("…", message).split()).rstrip(".")
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"
