"""Exceptions of requests and google-auth, and answers → what they did (a Fate) and what to tell a person."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from typing import Any

import requests
from google.auth import exceptions as auth
from urllib3 import exceptions as pool

from engage.errors import EngageError, WorkbookBusy

from .messages import LATER, Place, not_google
from .refusals import is_rate_limit, of_answer
from .retrying import Fate, fate_of_status
from .sign_in_faults import of_sign_in


class Answered(Exception):
    """An answer other than 2xx. error: its "error" object, {} for a page of HTML or anything else."""

    def __init__(self, answer: requests.Response) -> None:
        super().__init__(str(answer.status_code))
        self.status = answer.status_code
        self.retry_after = answer.headers.get("Retry-After")
        self.error = _error_object(answer)


EXPECTED = (Answered, auth.GoogleAuthError, requests.RequestException)


def fate_of(error: Exception) -> Fate:
    """What a failed attempt did. A sign-in that failed, or a connection never made, changed nothing."""
    if isinstance(error, Answered):
        return fate_of_status(error.status, rate_limited=is_rate_limit(error.status, error.error))
    if isinstance(error, auth.TransportError):
        return Fate.REFUSED if _is_certificate(error) else Fate.NOT_NOW
    if isinstance(error, auth.GoogleAuthError):
        return Fate.NOT_NOW if error.retryable else Fate.REFUSED
    if _is_certificate(error):
        return Fate.REFUSED
    return Fate.NOT_NOW if _never_sent(error) else Fate.UNKNOWN


def told(error: Exception, place: Place) -> EngageError:
    """What to tell a person of a failure that is final."""
    if isinstance(error, Answered):
        return of_answer(error.status, error.error, place)
    if isinstance(error, auth.GoogleAuthError) and not isinstance(error, auth.TransportError):
        return of_sign_in(error, place)
    return _network(error, place)


def _error_object(answer: requests.Response) -> Mapping[str, Any]:
    try:
        error = answer.json()["error"]
    except (ValueError, KeyError, TypeError):
        return {}
    return error if isinstance(error, Mapping) else {}


def _network(error: Exception, place: Place) -> EngageError:
    if _is_certificate(error):
        return WorkbookBusy(
            "the connection to Google is not trusted: something between this computer and Google reads along",
            where=place.where,
            fix="ask your IT to let this computer reach googleapis.com, or to install the proxy's "
            "certificate and set REQUESTS_CA_BUNDLE",
        )
    if _never_sent(error) or isinstance(error, auth.TransportError):
        return WorkbookBusy(
            "Google cannot be reached from this computer",
            where=place.where,
            fix="check the network (and HTTPS_PROXY, where there is a proxy), then run it again",
        )
    if isinstance(error, requests.JSONDecodeError):
        return not_google(place)
    if isinstance(error, requests.Timeout):
        return WorkbookBusy(
            "Google took too long to answer, also after trying again", where=place.where, fix=LATER
        )
    return WorkbookBusy(
        "the connection to Google broke, also after trying again", where=place.where, fix=LATER
    )


def _chain(error: BaseException | None) -> list[BaseException]:
    """The error and what it was made of, as requests and urllib3 wrap them."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        inner = next((arg for arg in error.args if isinstance(arg, BaseException)), None)
        error = getattr(error, "reason", None) or inner or error.__cause__
        error = error if isinstance(error, BaseException) else None
    return found


def _never_sent(error: Exception) -> bool:
    """True if no byte of the request can have reached Google."""
    early = (requests.ConnectTimeout, pool.NewConnectionError, pool.ConnectTimeoutError, pool.ProxyError)
    return any(isinstance(link, (*early, socket.gaierror, ConnectionRefusedError)) for link in _chain(error))


def _is_certificate(error: Exception) -> bool:
    return any("CERTIFICATE_VERIFY_FAILED" in str(link) for link in _chain(error))
