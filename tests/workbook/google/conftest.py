"""A server on this machine that counts changes, and a client that signs in to it with a real key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engage.config import Google
from engage.workbook.google.client import GoogleClient
from engage.workbook.google.signing_in import sign_in
from tests.sheets_server.fixture import notebook, server, sheets_server
from tests.sheets_server.pretend_time import PretendTime
from tests.sheets_server.serving import Served

__all__ = ["Connect", "notebook", "server", "sheets_server"]

Connect = Callable[[], GoogleClient]


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GOOGLE_APPLICATION_CREDENTIALS", "HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_GCE_CHECK", "true")  # google-auth would look for a cloud machine around us


@pytest.fixture
def clock(server: Served) -> PretendTime:
    """Moves for the client's waiting and for the server's quota alike."""
    made = PretendTime()
    server.front.quota.now = made.now
    return made


@pytest.fixture
def settings(server: Served, tmp_path: Path) -> Google:
    return Google(credentials=server.key_file(tmp_path), endpoint=server.url)


@pytest.fixture
def connect(settings: Google, clock: PretendTime) -> Connect:
    """A client for every call; all of them share one pacer, as in one process."""
    pacer = clock.pacer()

    def made() -> GoogleClient:
        return GoogleClient(
            sign_in(settings),
            endpoint=settings.endpoint,
            timeout=(2.0, 0.4),
            pacer=pacer,
            timing=clock.timing,
        )

    return made


@pytest.fixture
def client(connect: Connect) -> GoogleClient:
    return connect()
