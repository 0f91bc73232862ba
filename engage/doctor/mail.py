"""Mail: who may get digests, whom they are from, and whether the mail server lets us in."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from engage.config import Config, Mail, Smtp
from engage.errors import EngageError
from engage.mail.app_certificate import runs_out
from engage.mail.message import is_plain_address
from engage.mail.one_click import KEY_FILE, read_key
from engage.mail.transport import Attempt
from engage.workbook.google.remarks import key_file_remarks

from .files import cannot_write
from .lines import Line, of_error

MAIL = "Mail"
LATER = "see that this machine may reach it, and run engage doctor again in a while"
OTHERS = stat.S_IRWXG | stat.S_IRWXO
SOON = timedelta(days=30)
RENEW = (
    "make a new key and certificate, upload the certificate in Microsoft Entra, App registrations, "
    "Certificates & secrets, then put both into this file; the old one may stay uploaded until then"
)


def check_mail(config: Config, try_server: Callable[[], Attempt], now: datetime) -> Iterator[Line]:
    """Everything that a digest needs to leave. try_server: connects and signs in, and sends nothing.

    now: aware.
    """
    yield from check_sender(config)
    if config.mail.transport == "outbox":
        yield check_outbox(config.mail.outbox)
    else:
        yield from check_certificate(config.mail.smtp, now)
        yield check_server(config.mail, try_server)
    yield from check_key(config)


def check_sender(config: Config) -> Iterator[Line]:
    """Whom mail may go to, and whom it is from."""
    mail, where = config.mail, f"{config.path.name}, [mail]"
    if not mail.allowed_domains:
        what = "no mail domain is allowed, so nobody gets a digest"
        yield Line(MAIL, "look", what, where, 'set allowed_domains, for example ["council.gov.uk"]')
    if not mail.from_address:
        what = "nobody is named as the sender, so no digest can be written"
        yield Line(MAIL, "look", what, where, "set from_address")
    elif not is_plain_address(mail.from_address):
        what = f'the sender "{mail.from_address}" is no e-mail address'
        yield Line(MAIL, "wrong", what, where, "correct from_address")


def check_outbox(folder: Path) -> Line:
    """Whether messages can be left there."""
    trouble = cannot_write(_there(folder))
    if trouble:
        fix = "make room, let this account write there, or name another folder under outbox"
        return Line(MAIL, "wrong", f"the outbox cannot be written: {trouble}", str(folder), fix)
    return Line(MAIL, "ok", "the outbox can be written", str(folder))


def check_server(mail: Mail, try_server: Callable[[], Attempt]) -> Line:
    """Whether it is there, shows a certificate that we trust, and lets us in."""
    host = mail.smtp.host
    try:
        found = try_server()
    except EngageError as error:
        return of_error(MAIL, error)
    if found.result == "sent":
        return Line(MAIL, "ok", let_in(mail))
    return Line(MAIL, "wrong", found.why, host, found.fix or LATER)


def check_certificate(smtp: Smtp, now: datetime) -> Iterator[Line]:
    """Whether what the app signs in with is its owner's alone, and how long it is good. now: aware."""
    if smtp.sign_in != "microsoft-app" or smtp.certificate is None:
        return
    where = str(smtp.certificate)
    try:
        ends = runs_out(smtp.certificate)
    except EngageError as error:
        yield of_error(MAIL, error)
        return
    for remark in key_file_remarks(smtp.certificate):
        if not remark.fix.startswith("if unsure"):  # Windows, where the mode says nothing
            yield Line(MAIL, "look", remark.what, remark.where, remark.fix)
    day = f"{ends.day} {ends:%B %Y}"
    if ends <= now:
        yield Line(MAIL, "wrong", f"the app's certificate ran out on {day}", where, RENEW)
    elif ends - now < SOON:
        what = f"the app's certificate runs out on {day}, and no digest can leave after that"
        yield Line(MAIL, "look", what, where, RENEW)
    else:
        yield Line(MAIL, "ok", f"the app's certificate is good until {day}", where)


def let_in(mail: Mail) -> str:
    """What there is to say of a mail server that all is well with."""
    who = _at_microsoft(mail.smtp)
    if mail.transport == "graph":
        return f"Microsoft gives {who} a token; whether it may send shows when it does"
    signs_in = (
        f"and lets {who or 'us'} in" if mail.smtp.user else "and we sign in as nobody, as engage.toml says"
    )
    line = "its certificate is trusted" if mail.smtp.security != "none" else "the line is not encrypted"
    return f"{mail.smtp.host} is there, {line}, {signs_in}"


def _at_microsoft(smtp: Smtp) -> str:
    """Who signs in at Microsoft, in words; "" where somebody signs in elsewhere."""
    if smtp.sign_in == "microsoft-app":
        how = "its certificate" if smtp.certificate else "its secret"
        return f"the app by itself (app-only sign-in, by {how}, for the mailbox {smtp.user})"
    return f"{smtp.user} (a person's sign-in)" if smtp.sign_in == "microsoft" else ""


def check_key(config: Config) -> Iterator[Line]:
    """Whether one-click unsubscribing can be signed, by a key that is its owner's alone."""
    if not config.mail.one_click:
        return
    path = config.state / KEY_FILE
    try:
        key = read_key(config.state)
    except EngageError as error:
        yield of_error(MAIL, error)
        return
    if key is not None and os.name == "posix" and path.stat().st_mode & OTHERS:
        what = "others on this computer can read the key of one-click unsubscribing"
        yield Line(MAIL, "look", what, str(path), f'run: chmod 600 "{path}"')
    else:
        since = "" if key else ", from the first sending on"
        yield Line(MAIL, "ok", f"one-click unsubscribing is signed{since}")


def _there(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there already."""
    return next((each for each in (folder, *folder.parents) if each.exists()), folder)
