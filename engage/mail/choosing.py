"""The transport that engage.toml names."""

from __future__ import annotations

from functools import partial

from engage.config import Mail
from engage.mail.outbox import Outbox
from engage.mail.pacing import Paced
from engage.mail.transport import Transport


def transport_for(mail: Mail) -> Transport:
    """The way messages leave; nothing is opened before the first one."""
    if mail.transport == "smtp":
        from engage.mail.passwords import sign_in_with_password  # noqa: PLC0415 - only where it is used
        from engage.mail.smtp import SmtpTransport  # noqa: PLC0415

        sign_in = partial(sign_in_with_password, mail.smtp) if mail.smtp.user else None
        return Paced(SmtpTransport(mail.smtp, mail.from_address, sign_in), mail.per_minute)
    return Outbox(mail.outbox)
