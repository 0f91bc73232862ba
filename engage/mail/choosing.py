"""The transport that engage.toml names."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Callable
from functools import partial

from engage.config import Mail
from engage.errors import MailError
from engage.mail.graph import SCOPE as GRAPH
from engage.mail.graph import GraphTransport
from engage.mail.oauth import SMTP_SEND, Issuer, Tokens, google, microsoft, sign_in_with_token
from engage.mail.outbox import Outbox
from engage.mail.pacing import Paced
from engage.mail.passwords import keep_newer, password_for, sign_in_with_password
from engage.mail.service_account import Delegated, is_service_account
from engage.mail.smtp import SmtpTransport
from engage.mail.transport import Transport


def transport_for(mail: Mail) -> Transport:
    """The way messages leave; nothing is opened before the first one."""
    return Outbox(mail.outbox) if mail.transport == "outbox" else Paced(service_for(mail), mail.per_minute)


def service_for(mail: Mail) -> SmtpTransport | GraphTransport:
    """The mail server, or Graph, of engage.toml, not connected to yet."""
    if mail.transport == "graph":
        return GraphTransport(tokens_for(mail).access)
    return SmtpTransport(mail.smtp, mail.from_address, sign_in_for(mail))


def sign_in_for(mail: Mail) -> Callable[[smtplib.SMTP], None] | None:
    """How to sign in at the mail server; None where nobody does."""
    smtp = mail.smtp
    if not smtp.user:
        return None
    if smtp.sign_in == "password":
        return partial(sign_in_with_password, smtp)
    if smtp.client_file is not None and is_service_account(smtp.client_file):
        access = Delegated(smtp.client_file, smtp.user).access
    else:
        access = tokens_for(mail).access
    return lambda line: sign_in_with_token(smtp.user, access(), line)


def tokens_for(mail: Mail) -> Tokens:
    """Access tokens of the account of engage.toml."""
    smtp = mail.smtp
    return Tokens(
        lambda: issuer_for(mail), partial(password_for, smtp), partial(keep_newer, smtp), time.monotonic
    )


def issuer_for(mail: Mail) -> Issuer:
    """Who makes the tokens. Raises MailError if nobody does, or the client's file is none."""
    smtp = mail.smtp
    if smtp.sign_in == "microsoft":
        return microsoft(smtp.tenant, smtp.client_id, GRAPH if mail.transport == "graph" else SMTP_SEND)
    if smtp.client_file is not None:
        return google(smtp.client_file)
    raise MailError(
        "this account signs in with a password, so there is nobody to ask for a token",
        where="engage.toml, [mail] sign_in",
        fix="run engage mail password",
    )
