"""A token is whose it is, nobody else can make one, and the key is its owner's alone."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.errors import MailError
from engage.mail.one_click import KEY_FILE, address_of, is_token, our_key, read_key, token_for

KEY, OTHER = b"a" * 32, b"b" * 32
PEOPLE = ("ruth@marlbeck.example", "tom@marlbeck.example")


@given(st.emails(), st.binary(min_size=32, max_size=32))
def test_a_token_is_understood_by_its_key_alone_and_names_nobody(address, key):
    token = token_for(address, key)
    assert is_token(token.upper())
    assert address_of(token.upper(), [*PEOPLE, address.upper()], key) == address.upper()
    assert address_of(token, [address], KEY if key != KEY else OTHER) == ""
    assert token.isalnum()


@given(st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=26, max_size=26))
def test_a_token_that_somebody_made_up_is_nobodys(made_up):
    assert is_token(made_up)
    assert address_of(made_up, PEOPLE, KEY) == ""


@pytest.mark.parametrize("text", ["", "ruth@marlbeck.example", "a" * 25, "a" * 27, "a" * 25 + "1", "--why"])
def test_what_is_no_token_is_known_by_its_look(text):
    assert not is_token(text)


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path):
    assert read_key(tmp_path) is None
    key = our_key(tmp_path / "state")
    assert our_key(tmp_path / "state") == read_key(tmp_path / "state") == key
    assert len(key) == 32
    if os.name == "posix":
        assert (tmp_path / "state" / KEY_FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", ["", "half", "00ff"])
def test_a_damaged_key_is_said_and_never_replaced_by_itself(tmp_path, content):
    (tmp_path / KEY_FILE).write_text(content, "ascii")
    for use in (read_key, our_key):
        with pytest.raises(MailError, match="cannot be read or made") as raised:
            use(tmp_path)
        assert raised.value.fix
    assert (tmp_path / KEY_FILE).read_text("ascii") == content


def test_the_page_of_the_how_to_takes_a_click_and_nothing_else(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "one-click.md").read_text("utf-8")
    code = re.search(r"```python\n(.*?)```", page, re.DOTALL)[1]
    made = {}
    exec(code.replace("/var/lib/engage/tokens", (tmp_path / "tokens").as_posix()), made)  # our own page
    token = token_for(PEOPLE[0], KEY)

    def asked(method: str, query: str) -> str:
        said = []
        made["application"](
            {"REQUEST_METHOD": method, "QUERY_STRING": query}, lambda status, _: said.append(status)
        )
        return said[0][:3]

    assert [asked("GET", f"t={token}"), asked("POST", "t=x"), asked("POST", "")] == ["200", "404", "404"]
    assert not (tmp_path / "tokens").exists()
    assert asked("POST", f"t={token}") == "200"
    assert (tmp_path / "tokens").read_text("ascii") == f"{token}\n"
