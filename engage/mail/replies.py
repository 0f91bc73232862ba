"""What a mail server's words mean for one message: RFC 5321 replies, RFC 3463 enhanced codes."""

from __future__ import annotations

import re
import smtplib
import ssl

from engage.mail.message import header_text
from engage.mail.transport import Attempt
from engage.mail.xoauth2 import NoTokenNow

LONGEST_REPLY = 200
ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
SIGN_IN_FIRST = frozenset({530, 534, 535, 538})  # RFC 4954: whoever it is for, we have to sign in
# Said at RCPT of who we are, not of the recipient: Postfix puts off its refusals until then.
ABOUT_US = re.compile(r"\brelay|\b(sender address|client host|helo command) rejected", re.IGNORECASE)
AGAIN = "run it again in a while; if it goes on, ask whoever runs the mail server"
ASK = "ask whoever runs the mail server whether this machine may send through it"
REACH = "see that host and port in engage.toml are right, and that no firewall keeps this machine from them"
PORTS = 'see that security and port in engage.toml fit the server: "starttls" is 587, "tls" is 465'
SIGN_IN = (
    "give the password again (engage mail password) or sign in again (engage mail sign-in), and ask whether "
    "the account may send by SMTP"
)
CERTIFICATE = (
    "write the server's name as its certificate has it; if your own authority made the certificate, name "
    "that authority's file in ca_file"
)
BAD_SENDER = frozenset({("1", "7"), ("1", "8")})  # RFC 3463: of all 5.1.x these two are about the sender


def said(code: int, reply: bytes | str) -> str:
    """A reply in one line, as it may be shown: "550 5.1.1 no such user"."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return header_text(f"{code} {text}")[:LONGEST_REPLY]


def of_sender(code: int, reply: bytes) -> Attempt:
    """A refusal of MAIL FROM: it is about who writes, so it would be the same for everybody."""
    why = f"the server does not take mail from this sender: {said(code, reply)}"
    return Attempt("configuration" if code >= 500 else "temporary", why, ends_run=True)


def of_recipient(code: int, reply: bytes) -> Attempt:
    """A refusal of RCPT TO. dead: the address itself is wrong (5.1.x, 5.2.1, or no reason in a code)."""
    words = said(code, reply)
    if code < 500:
        return Attempt("temporary", f"not now: {words}")
    found = ENHANCED.search(words)
    reason = (found[2], found[3]) if found else ("", "")
    if code in SIGN_IN_FIRST or ABOUT_US.search(words) or reason in BAD_SENDER:
        return Attempt("configuration", f"the server takes no mail from us: {words}", ends_run=True)
    dead = reason[0] in ("", "1") or reason == ("2", "1")
    return Attempt("permanent", f"the address was refused: {words}", dead=dead)


def of_message(code: int, reply: bytes) -> Attempt:
    """The reply to DATA or to the final dot. One that cannot be understood is "unknown"."""
    words = said(code, reply)
    if 200 <= code < 300:
        return Attempt("sent", words)
    if 400 <= code < 500:
        return Attempt("temporary", f"not now: {words}")
    if code in SIGN_IN_FIRST:
        return Attempt("configuration", f"the server does not take mail from us: {words}", ends_run=True)
    if 500 <= code < 600:
        return Attempt("permanent", f"the message was refused: {words}")
    return Attempt("unknown", f"the server's answer cannot be understood: {words}")


def of_connection(error: OSError, server: str) -> Attempt:
    """Why no conversation came about: it is the same for everybody, and nothing has left."""
    is_ours, why, fix = _of_error(error, server)
    return Attempt("configuration" if is_ours else "temporary", why, ends_run=True, fix=fix)


def _of_error(error: OSError, server: str) -> tuple[bool, str, str]:
    """(whether it is the configuration, in words, what to do)."""
    if isinstance(error, ssl.SSLError):
        return _of_tls(error, server)
    if isinstance(error, NoTokenNow):
        return False, str(error), AGAIN
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return False, f"{server} hung up", AGAIN
    if isinstance(error, smtplib.SMTPResponseException):
        return _of_reply(error, server)
    if isinstance(error, smtplib.SMTPException):
        why = f"{server} offers no encryption or no signing in as we have to: {header_text(str(error))}"
        return True, why, PORTS
    return False, f"{server} cannot be reached: {error.strerror or error}", REACH


def _of_reply(error: smtplib.SMTPResponseException, server: str) -> tuple[bool, str, str]:
    words = said(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return error.smtp_code >= 500, f"{server} does not let us sign in: {words}", SIGN_IN
    return error.smtp_code >= 500, f"{server} does not want to talk: {words}", ASK


def _of_tls(error: ssl.SSLError, server: str) -> tuple[bool, str, str]:
    if isinstance(error, ssl.SSLCertVerificationError):
        why = f"{server} shows a certificate that this machine does not trust: {error.verify_message}"
        return True, why, CERTIFICATE
    if isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return False, f"{server} hung up", AGAIN
    return True, f"{server} does not speak TLS there as we do: {error.reason or error}", PORTS
