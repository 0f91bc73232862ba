"""SMTP: a transport that hands messages to a mail server, and knows which moment decides.

Until the final dot has gone, a message certainly has not left. From then on until the reply is read, nobody
knows. Nothing goes over a line that is not encrypted, but to a server on this machine.
"""

from __future__ import annotations

import contextlib
import logging
import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field

from engage.config import Smtp
from engage.errors import MailError
from engage.ledger import Send
from engage.mail.replies import of_connection, of_message, of_recipient, of_sender
from engage.mail.transport import Attempt, Envelope
from engage.mail.wire import as_bytes

log = logging.getLogger(__name__)
PATIENCE_SECONDS = 60
ANSWER_SECONDS = 600  # RFC 5321, 4.5.3.2.6: a server may take ten minutes to answer the final dot
LISTEN_SECONDS = 0.25  # how long we listen before the final dot whether the server has hung up
LINE_WITH_DOT = re.compile(rb"^\.", re.MULTILINE)
SignIn = Callable[[smtplib.SMTP], None]


@dataclass(slots=True)
class SmtpTransport:
    """One server. sign_in: what to do once the line is encrypted, None for nothing.

    sign_in may raise MailError where we have no password to sign in with.
    """

    settings: Smtp
    sender: str
    sign_in: SignIn | None = None
    patience_seconds: float = PATIENCE_SECONDS
    answer_seconds: float = ANSWER_SECONDS
    listen_seconds: float = LISTEN_SECONDS
    _line: smtplib.SMTP | None = field(default=None, repr=False)

    def send(self, envelope: Envelope) -> Attempt:
        """Try once to hand over one message to its one address."""
        try:
            line = self._ready()
        except MailError as error:
            return Attempt("configuration", error.what, ends_run=True, fix=error.fix)
        except OSError as error:
            self.close()
            return of_connection(error, self._server)
        attempt = self._hand_over(line, envelope)
        log.info("smtp: %s", attempt.result)
        return attempt

    def trace(self, send: Send) -> Attempt | None:
        """A server keeps no record that we could read."""
        return None

    def close(self) -> None:
        """Hang up, politely if it can be."""
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(OSError):
                line.quit()
            line.close()

    def check(self) -> Attempt:
        """Connect and sign in, and send nothing; "sent" means that it went well."""
        try:
            self._ready()
        except MailError as error:
            return Attempt("configuration", error.what, ends_run=True, fix=error.fix)
        except OSError as error:
            return of_connection(error, self._server)
        finally:
            self.close()
        return Attempt("sent")

    @property
    def _server(self) -> str:
        return f"{self.settings.host}:{self.settings.port}"

    def _ready(self) -> smtplib.SMTP:
        """A line that is open and signed in: the last one if the server still answers on it, or a new one."""
        if self._line is not None:
            with contextlib.suppress(OSError):
                if self._line.noop()[0] == 250:
                    return self._line
            self.close()
        self._line = self._connect()
        return self._line

    def _connect(self) -> smtplib.SMTP:
        host, port = self.settings.host, self.settings.port
        if self.settings.security == "tls":
            line: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port, timeout=self.patience_seconds, context=self._context()
            )
        else:
            line = smtplib.SMTP(host, port, timeout=self.patience_seconds)
        try:
            if line.sock is not None:  # the final dot goes at once, not after the 40 ms that Nagle waits
                line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line.ehlo_or_helo_if_needed()
            if self.settings.security == "starttls":
                line.starttls(context=self._context())  # raises if the server does not offer it
                line.ehlo()
            if self.sign_in is not None:
                self.sign_in(line)
        except BaseException:
            line.close()
            raise
        return line

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self.settings.ca_file is not None:
            context.load_verify_locations(self.settings.ca_file)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context

    def _hand_over(self, line: smtplib.SMTP, envelope: Envelope) -> Attempt:
        try:
            early = self._until_the_dot(line, envelope)
        except OSError as error:
            self.close()
            why = f"the line broke before the message was complete: {error.strerror or error}"
            return Attempt("temporary", why)
        return early or self._the_dot(line)

    def _until_the_dot(self, line: smtplib.SMTP, envelope: Envelope) -> Attempt | None:
        """Everything but the final dot; an Attempt if it came to an end before that."""
        code, reply = line.mail(self.sender)
        if code != 250:
            return self._over(line, of_sender(code, reply))
        code, reply = line.rcpt(envelope.send.address)
        if code not in (250, 251):
            return self._over(line, of_recipient(code, reply))
        code, reply = line.docmd("DATA")
        if code != 354:
            attempt = of_message(code, reply)
            known = attempt.result in ("temporary", "permanent", "configuration")
            return self._over(line, attempt if known else Attempt("temporary", attempt.why))
        line.send(as_sent(as_bytes(envelope.message)))
        if not self._is_quiet(line):
            self.close()
            return Attempt("temporary", "the server hung up before the message was complete")
        return None

    def _the_dot(self, line: smtplib.SMTP) -> Attempt:
        assert line.sock is not None
        line.sock.settimeout(self.answer_seconds)
        try:
            line.send(b".\r\n")
            code, reply = line.getreply()
            line.sock.settimeout(self.patience_seconds)
        except OSError:
            self.close()
            return Attempt("unknown", "the line broke after the whole message had gone, before the answer")
        attempt = of_message(code, reply)
        return attempt if attempt.result == "sent" else self._over(line, attempt)

    def _over(self, line: smtplib.SMTP, attempt: Attempt) -> Attempt:
        """End what was begun, so that the next person's message starts afresh."""
        try:
            line.rset()
        except OSError:
            self.close()
        return attempt

    def _is_quiet(self, line: smtplib.SMTP) -> bool:
        """Whether the server has neither hung up nor spoken while it should be listening."""
        assert line.sock is not None
        line.sock.settimeout(self.listen_seconds)
        try:
            line.sock.recv(1)
        except TimeoutError:
            return True
        except OSError:
            return False
        finally:
            line.sock.settimeout(self.patience_seconds)
        return False


def as_sent(raw: bytes) -> bytes:
    """A message as it goes over the line: a line that begins with a dot has another put before it."""
    ended = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    return LINE_WITH_DOT.sub(b"..", ended)
