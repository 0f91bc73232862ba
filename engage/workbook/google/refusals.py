"""What Google answered → which message a person gets. Matched on Google's status, reasons and wordings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engage.errors import WorkbookError

from . import messages
from .messages import Place

_LINK = re.compile(r"https://console\.(?:developers|cloud)\.google\.com/\S+?(?=[\s,;]|\.?$)")


def of_answer(status: int, error: Mapping[str, Any], place: Place) -> WorkbookError:
    """What to tell a person of an answer other than 2xx. error: its "error" object, {} if it had none."""
    reasons = reasons_of(error)
    if status == 401 or reasons & {"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions"}:
        return messages.token_refused(status, place)
    if status == 429 or is_rate_limit(status, error):
        return messages.quota(place)
    if status == 408 or status >= 500:
        return messages.unavailable(status, place)
    if status < 400:
        return messages.not_google(place)
    return _no(status, error, reasons, place)


def _no(status: int, error: Mapping[str, Any], reasons: set[str], place: Place) -> WorkbookError:
    message = str(error.get("message", ""))
    if status == 403:
        return _forbidden(error, message, reasons, place)
    if status == 404:
        return messages.missing(place, in_drive="notFound" in reasons)
    return _bad_request(status, message, place)


def reasons_of(error: Mapping[str, Any]) -> set[str]:
    """The reasons that an error names, in Sheets' way (details) and in Drive's (errors)."""
    listed = [*_dicts(error.get("details")), *_dicts(error.get("errors"))]
    return {str(item["reason"]) for item in listed if "reason" in item}


def is_rate_limit(status: int, error: Mapping[str, Any]) -> bool:
    """True for the 403 with which Drive says that requests come too fast."""
    return status == 403 and bool(reasons_of(error) & {"rateLimitExceeded", "userRateLimitExceeded"})


def _forbidden(error: Mapping[str, Any], message: str, reasons: set[str], place: Place) -> WorkbookError:
    if reasons & {"SERVICE_DISABLED", "accessNotConfigured"} or "has not been used in project" in message:
        return _api_disabled(error, message, place)
    if reasons & {"domainPolicy", "ORG_RESTRICTION_VIOLATION"} or "administrator" in message:
        return messages.blocked_by_policy(place)
    if reasons & {"storageQuotaExceeded"}:
        return messages.no_room(place)
    if place.writing and "protected" in message:
        return messages.protected(place)
    return messages.view_only(place) if place.writing else messages.not_shared(place)


def _api_disabled(error: Mapping[str, Any], message: str, place: Place) -> WorkbookError:
    metadata = [item.get("metadata") for item in _dicts(error.get("details"))]
    named = [str(m["activationUrl"]) for m in metadata if isinstance(m, Mapping) and "activationUrl" in m]
    found = named or _LINK.findall(message)
    link = found[0] if found else "https://console.cloud.google.com/apis/library"
    api = "Google Drive API" if "drive" in link.lower() else "Google Sheets API"
    return messages.api_disabled(api, link, place)


def _bad_request(status: int, message: str, place: Place) -> WorkbookError:
    if "protected" in message:
        return messages.protected(place)
    if "above the limit" in message and "cells" in message:
        return messages.full(place)
    if "not supported for this document" in message or "must not be an Office file" in message:
        return messages.excel_file(place)
    return messages.refused(status, message, place)


def _dicts(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
