"""Microsoft Graph: a transport that hands our whole message, headers and all, to sendMail.

Graph answers 202 once it has taken a message, and names none. From the moment that the request has gone until
that answer is read nobody knows whether it left.
"""

from __future__ import annotations

import base64
import logging
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from engage.errors import MailError
from engage.ledger import Send
from engage.mail.message import header_text
from engage.mail.microsoft_wire import as_it_is, asks_to_wait
from engage.mail.transport import Attempt, Envelope
from engage.mail.wire import as_bytes
from engage.mail.xoauth2 import NoTokenNow, token_or_later

if TYPE_CHECKING:
    import requests

log = logging.getLogger(__name__)
HOST = "graph.microsoft.com"
BASE = f"https://{HOST}/v1.0"
PATIENCE_SECONDS = (30, 120)  # to connect, and to answer
NOT_NOW = frozenset({408, 429, 503})  # by Microsoft's pages on throttling, nothing was done
NOT_THIS = frozenset({400, 413})
NO_SUCH_READER = "ErrorInvalidRecipients"
MAY_SEND = (
    "have an administrator give the app the permission Mail.Send of Microsoft Graph and press Grant admin "
    "consent; where a policy of Exchange names the mailboxes that the app may use, add this one"
)
SIGN_IN_AGAIN = (
    "run engage mail check; if that is well, ask an administrator whether the app was switched off"
)
FIXES = {  # learn.microsoft.com/graph/errors, and the codes of Exchange
    "ErrorAccessDenied": MAY_SEND,
    "Authorization_RequestDenied": MAY_SEND,
    "ErrorSendAsDenied": "let the account send as from_address (Send As, in Exchange), or correct it",
    "ErrorInvalidUser": "write the address of a mailbox in this tenant under user",
    "ResourceNotFound": "write the address of a mailbox in this tenant under user",
    "Request_ResourceNotFound": "write the address of a mailbox in this tenant under user",
    "MailboxNotEnabledForRESTAPI": "name an account under user that has a mailbox in Microsoft 365",
    "InvalidAuthenticationToken": SIGN_IN_AGAIN,
}


@dataclass(frozen=True, slots=True)
class GraphTransport:
    """token: an access token; raises MailError, or OSError to try later.

    mailbox: whose it sends from, where the app signs in by itself; "" is the one of whoever signed in.
    """

    token: Callable[[], str]
    mailbox: str = ""
    base: str = ""

    def send(self, envelope: Envelope) -> Attempt:
        """Try once to hand over one message."""
        token = self._token()
        if isinstance(token, Attempt):
            return token
        attempt = self._hand_over(token, envelope)
        log.info("graph: %s", attempt.result)
        return attempt

    def trace(self, send: Send) -> Attempt | None:
        """We may send and not read, so we cannot look for it."""
        return None

    def close(self) -> None:
        """Nothing is open."""

    def check(self) -> Attempt:
        """Ask for an access token, and send nothing; "sent" means that it went well."""
        token = self._token()
        return token if isinstance(token, Attempt) else Attempt("sent")

    def _token(self) -> str | Attempt:
        try:
            return token_or_later(self.token)
        except MailError as error:
            return Attempt("configuration", error.what, ends_run=True, fix=error.fix)
        except NoTokenNow as error:
            return Attempt("temporary", str(error), ends_run=True)

    def _hand_over(self, token: str, envelope: Envelope) -> Attempt:
        import requests  # noqa: PLC0415 - only where it is used

        headers = {"Authorization": f"Bearer {token}", "Content-Type": "text/plain"}
        body = base64.b64encode(as_bytes(envelope.message))
        try:
            reply = requests.post(
                f"{self.base or BASE}/{self._whose}/sendMail",
                data=body,
                headers=headers,
                timeout=PATIENCE_SECONDS,
                allow_redirects=False,
                auth=as_it_is,
            )
        except requests.RequestException as error:
            return of_failure(error)
        return of_reply(reply.status_code, _code_in(reply), asks_to_wait(reply))

    @property
    def _whose(self) -> str:
        return f"users/{quote(self.mailbox, safe='@')}" if self.mailbox else "me"


def of_failure(error: requests.RequestException) -> Attempt:
    """Why no answer came: before the request could go, or after."""
    import requests  # noqa: PLC0415 - only where it is used
    from urllib3.exceptions import NewConnectionError, SSLError  # noqa: PLC0415

    cause = getattr(error.args[0] if error.args else None, "reason", None)
    if isinstance(error, requests.ConnectTimeout) or isinstance(cause, NewConnectionError):
        return Attempt("temporary", f"{HOST} cannot be reached", ends_run=True)
    if isinstance(cause, SSLError) and cause.args and isinstance(cause.args[0], ssl.SSLCertVerificationError):
        return Attempt("configuration", f"{HOST} shows a certificate that is not trusted", ends_run=True)
    return Attempt("unknown", "the line broke after the message had begun to go, before the answer")


def of_reply(status: int, code: str, wait: str = "") -> Attempt:
    """What Graph's answer means. code: its word for the error, "" if it gave none. wait: in words."""
    words = header_text(f"{status} {code}")[:100]
    if 200 <= status < 300:
        return Attempt("sent", words)
    if status in NOT_NOW:
        return Attempt("temporary", f"not now: {words}{wait}", ends_run=status == 429)
    if status in NOT_THIS:
        return Attempt("permanent", f"the message was refused: {words}", dead=code == NO_SUCH_READER)
    if status >= 500:
        return Attempt("unknown", f"Graph failed, and does not say whether it sent the message: {words}")
    why = f"Graph does not let us send: {words}"
    return Attempt("configuration", why, ends_run=True, fix=FIXES.get(code, ""))


def _code_in(reply: requests.Response) -> str:
    try:
        return str(reply.json()["error"]["code"])
    except (ValueError, KeyError, TypeError):
        return ""
