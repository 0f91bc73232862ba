"""The transport that engage.toml names."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from functools import partial

from engage.config import Mail
from engage.errors import MailError
from engage.mail.google_tokens import GoogleTokens, is_service_account, of_person, of_service_account
from engage.mail.graph import GraphTransport
from engage.mail.microsoft import AppTokens, PersonTokens, Way
from engage.mail.outbox import Outbox
from engage.mail.pacing import Paced
from engage.mail.passwords import password_for, sign_in_with_password
from engage.mail.smtp import SmtpTransport
from engage.mail.transport import Transport
from engage.mail.xoauth2 import sign_in_with_token, token_or_later


def transport_for(mail: Mail) -> Transport:
    """The way messages leave; nothing is opened before the first one."""
    return Outbox(mail.outbox) if mail.transport == "outbox" else Paced(service_for(mail), mail.per_minute)


def service_for(mail: Mail) -> SmtpTransport | GraphTransport:
    """The mail server, or Graph, of engage.toml, not connected to yet."""
    if mail.transport == "graph":
        mailbox = mail.smtp.user if mail.smtp.sign_in == "microsoft-app" else ""
        return GraphTransport(tokens_for(mail).access, mailbox)
    return SmtpTransport(mail.smtp, mail.from_address, sign_in_for(mail))


def sign_in_for(mail: Mail) -> Callable[[smtplib.SMTP], None] | None:
    """How to sign in at the mail server; None where nobody does."""
    smtp = mail.smtp
    if not smtp.user:
        return None
    if smtp.sign_in == "password":
        return partial(sign_in_with_password, smtp)
    access = tokens_for(mail).access
    return lambda line: sign_in_with_token(smtp.user, token_or_later(access), line)


def tokens_for(mail: Mail) -> PersonTokens | AppTokens | GoogleTokens:
    """Access tokens of the account of engage.toml. Raises MailError if it signs in with a password."""
    smtp = mail.smtp
    way: Way = "graph" if mail.transport == "graph" else "smtp"
    if smtp.sign_in == "microsoft":
        return PersonTokens(smtp, way)
    if smtp.sign_in == "microsoft-app":
        return AppTokens(smtp, way)
    if smtp.client_file is None:
        raise MailError(
            "this account signs in with a password, so there is nobody to ask for a token",
            where="engage.toml, [mail] sign_in",
            fix="run engage mail password",
        )
    if is_service_account(smtp.client_file):
        return of_service_account(smtp.client_file, smtp.user)
    return of_person(smtp.client_file, partial(password_for, smtp))
