"""A person who signs in at this server: a browser that follows the consent page, a keyring without a disk."""

from __future__ import annotations

import threading
import urllib.request
import webbrowser
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend


class InMemory(KeyringBackend):
    """A keyring that is a real backend of the library and keeps nothing."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


class Browser(webbrowser.BaseBrowser):
    """Opens the link, and follows where the consent page sends it."""

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
        threading.Thread(target=lambda: urllib.request.urlopen(url, timeout=10).close(), daemon=True).start()
        return True


@pytest.fixture
def ring() -> Iterator[InMemory]:
    """This computer's keyring, for one test."""
    before, made = keyring.get_keyring(), InMemory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> str:
    """This computer's browser, for one test: its name."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")  # this machine's server has no certificate
    webbrowser.register("test-browser", None, Browser("test"))
    monkeypatch.setattr(webbrowser, "_tryorder", ["test-browser"])
    return "test-browser"
