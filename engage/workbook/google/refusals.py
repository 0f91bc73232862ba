"""Google's answers, lost connections and failed sign-ins, each as what happened, where, and what to do.

The wordings are matched on Google's own (status, reason and message as the service sends them); what is not
recognised is quoted, shortened and with anything that looks like a secret taken out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engage.errors import EffectUnknown, SignInError, WorkbookBusy, WorkbookError, WorkbookMissing

LONGEST_QUOTE = 240
LATER = "wait a few minutes and run it again"
_SECRET = re.compile(
    r"-----BEGIN.*|ya29\.[\w.-]+|1//[\w-]{10,}|GOCSPX-[\w-]+|eyJ[\w-]+\.[\w.-]+|(?i:bearer)\s+\S+", re.DOTALL
)
_LINK = re.compile(r"https://console\.(?:developers|cloud)\.google\.com/\S+?(?=[\s,;]|\.?$)")


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


def of_answer(status: int, error: Mapping[str, Any], place: Place) -> WorkbookError:
    """What to tell a person of an answer other than 2xx. error: its "error" object, {} if it had none."""
    message, reasons = str(error.get("message", "")), reasons_of(error)
    if status == 401 or reasons & {"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions"}:
        return _token_refused(status, place)
    if status == 429 or is_rate_limit(status, error):
        return _quota(place)
    if status == 403:
        return _forbidden(error, message, reasons, place)
    if status == 404:
        return _missing(place)
    if status == 408 or status >= 500:
        return _unavailable(status, place)
    return _bad_request(status, message, place)


def reasons_of(error: Mapping[str, Any]) -> set[str]:
    """The reasons that an error names, in Sheets' way (details) and in Drive's (errors)."""
    listed = [*_dicts(error.get("details")), *_dicts(error.get("errors"))]
    return {str(item["reason"]) for item in listed if "reason" in item}


def is_rate_limit(status: int, error: Mapping[str, Any]) -> bool:
    """True for the 403 with which Drive says that requests come too fast."""
    return status == 403 and bool(reasons_of(error) & {"rateLimitExceeded", "userRateLimitExceeded"})


def lost(place: Place) -> EffectUnknown:
    """The answer to a change is lost: look before sending it again."""
    return EffectUnknown(
        "Google's answer to a change was lost, so whether the change was made is not known",
        where=place.where,
        fix="run it again: it reads first and makes only what is missing",
    )


def _forbidden(error: Mapping[str, Any], message: str, reasons: set[str], place: Place) -> WorkbookError:
    if reasons & {"SERVICE_DISABLED", "accessNotConfigured"} or "has not been used in project" in message:
        return _api_disabled(error, message, place)
    if reasons & {"domainPolicy", "ORG_RESTRICTION_VIOLATION"} or "administrator" in message:
        return blocked_by_policy(place)
    if reasons & {"storageQuotaExceeded"}:
        return WorkbookError(
            "Google gives a service account no room for files of its own",
            where=place.where,
            fix=f"create the spreadsheet yourself, share it with {place.address} as Editor, then adopt it",
        )
    if place.writing and "protected" in message:
        return _protected(place)
    return _view_only(place) if place.writing else _not_shared(place)


def _not_shared(place: Place) -> WorkbookError:
    return WorkbookError(
        f"this spreadsheet is not shared with {place.address}",
        where=place.where,
        fix=f"open it in Google Sheets, press Share, add {place.address} as Editor (or as Viewer, if nothing "
        "may be written there), and run it again",
    )


def _view_only(place: Place) -> WorkbookError:
    return WorkbookError(
        f"{place.address} may view this spreadsheet and not change it",
        where=place.where,
        fix=f"ask its owner to make {place.address} an Editor under Share, or mark the workbook view-only in "
        "engage.toml",
    )


def _protected(place: Place) -> WorkbookError:
    return WorkbookError(
        f"a range there is protected, and {place.address} is not among those who may edit it",
        where=place.where,
        fix=f"ask its owner to open Data, Protected sheets and ranges, and add {place.address} to those who "
        "may edit",
    )


def _missing(place: Place) -> WorkbookMissing:
    return WorkbookMissing(
        "Google knows no spreadsheet at this link: it was deleted for good, or the link is cut short",
        where=place.where,
        fix="ask its owner; a copy of it has a new link, which goes into engage.toml",
    )


def _api_disabled(error: Mapping[str, Any], message: str, place: Place) -> WorkbookError:
    metadata = [item.get("metadata") for item in _dicts(error.get("details"))]
    named = [str(m["activationUrl"]) for m in metadata if isinstance(m, Mapping) and "activationUrl" in m]
    found = named or _LINK.findall(message)
    link = found[0] if found else "https://console.cloud.google.com/apis/library"
    api = "Google Drive API" if "drive" in link.lower() else "Google Sheets API"
    return WorkbookError(
        f"the {api} is not switched on in the Google project that Engage signs in with",
        where=place.where,
        fix=f"open {link}, press Enable, wait five minutes and run it again",
    )


def blocked_by_policy(place: Place) -> SignInError:
    """The organisation's administrator does not allow it."""
    return SignInError(
        "a rule of your organisation's Google administrator stops Engage",
        where=place.where,
        fix=f"ask the administrator to allow {place.address}, or sign in as a person "
        '(sign_in = "user"): the how-to for Google names the settings',
    )


def _token_refused(status: int, place: Place) -> SignInError:
    if status == 401:
        return SignInError(
            "Google no longer accepts this sign-in: it was withdrawn or has run out",
            where=place.where,
            fix="make a new key or sign in again",
        )
    return SignInError(
        "this sign-in was given for less than Engage needs (spreadsheets, and the names of files)",
        where=place.where,
        fix="sign in again and leave every box ticked",
    )


def _quota(place: Place) -> WorkbookBusy:
    return WorkbookBusy(
        "Google's limit of requests a minute is used up, also after waiting",
        where=place.where,
        fix=f"{LATER}. If it comes back, see what else uses the same Google project",
    )


def _unavailable(status: int, place: Place) -> WorkbookBusy:
    return WorkbookBusy(
        f"Google Sheets is not answering properly just now (code {status}), also after trying again",
        where=place.where,
        fix=f"{LATER}. https://www.google.com/appsstatus/dashboard/ shows known faults",
    )


def _bad_request(status: int, message: str, place: Place) -> WorkbookError:
    if "protected" in message:
        return _protected(place)
    if "above the limit" in message and "cells" in message:
        return WorkbookError(
            "the spreadsheet is full: Google allows 10 million cells in one",
            where=place.where,
            fix="delete tabs, empty rows and empty columns that nobody needs (empty cells count too)",
        )
    if "not supported for this document" in message or "must not be an Office file" in message:
        return WorkbookError(
            "this is an Excel file kept in Google Drive, which Google Sheets cannot open for Engage",
            where=place.where,
            fix="open it, choose File, Save as Google Sheets, and put the new link into engage.toml",
        )
    return WorkbookError(
        f"Google refused a request (code {status}): {quote(message)}",
        where=place.where,
        fix="run it again; if it comes back, report it with this text",
    )


def quote(message: str) -> str:
    """A message of Google's on one line, shortened, without anything that looks like a secret."""
    text = " ".join(_SECRET.sub("…", message).split()).rstrip(".")
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"


def _dicts(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
