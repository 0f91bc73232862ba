"""How msal's requests leave, and which answers it is shown: not those that it would log, or misread."""

from __future__ import annotations

import json
import logging
from typing import Any

from engage.errors import MailError
from engage.mail.microsoft_faults import refused

PATIENCE_SECONDS = (10, 30)  # to connect, and to answer
NOT_NOW = 429
# They log answers, links or the name in a sign-in below errors.
_TALKATIVE = {"msal": logging.CRITICAL, "urllib3": logging.WARNING}


class Wire:
    """The http_client of an msal app. Its methods raise MailError, or OSError where later may be better."""

    def __init__(self) -> None:
        import requests  # noqa: PLC0415 - only where it is used

        self._session = requests.Session()
        self._session.auth = as_it_is
        for name, level in _TALKATIVE.items():
            logger = logging.getLogger(name)
            logger.setLevel(max(logger.level, level))

    def get(self, url: str, **how: Any) -> Any:
        """What is asked before anybody signs in: where the tenant has its tokens made."""
        reply = self._asked("GET", url, how)
        if reply.status_code >= 400:  # msal would say that the address is wrong, and not why
            raise refused(json.loads(reply.text))
        return reply

    def post(self, url: str, **how: Any) -> Any:
        """A form; an answer that says no is msal's to read."""
        return self._asked("POST", url, how)

    def close(self) -> None:
        """Let go of the line."""
        self._session.close()

    def _asked(self, method: str, url: str, how: dict[str, Any]) -> Any:
        from requests.exceptions import (  # noqa: PLC0415
            ConnectionError as NoLine,
        )
        from requests.exceptions import HTTPError, RequestException, SSLError  # noqa: PLC0415

        try:
            reply = self._session.request(method, url, timeout=PATIENCE_SECONDS, **how)
        except SSLError as error:
            raise not_trusted() from error
        except RequestException as error:
            raise NoLine("it cannot be reached") from error
        if reply.status_code == NOT_NOW or reply.status_code >= 500:
            raise HTTPError(f"it answers {reply.status_code}{asks_to_wait(reply)}")
        if not _is_an_answer(reply.text):
            raise HTTPError("something else answers in its place, perhaps a proxy's own page")
        return reply


def as_it_is(request: Any) -> Any:
    """A request signed in as its own headers say: without this, a .netrc of the account goes before them."""
    return request


def asks_to_wait(reply: Any) -> str:
    """How long an answer asks us to wait, as the end of a sentence; "" if it does not say."""
    seconds = str(reply.headers.get("Retry-After", ""))
    return f", and asks us to wait {int(seconds)} seconds" if seconds.isdecimal() else ""


def not_trusted() -> MailError:
    """Somebody else's certificate, or one that this machine does not know."""
    return MailError(
        "Microsoft's sign-in service shows a certificate that this machine does not trust",
        fix="if your network opens encrypted lines, name the file of its authority in the environment "
        "variable REQUESTS_CA_BUNDLE; otherwise somebody may be listening: ask whoever runs your network",
    )


def _is_an_answer(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
