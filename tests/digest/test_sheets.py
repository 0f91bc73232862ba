"""Our templates are filled block by block, so that what readers share is drawn once; nobody can tell."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.digest import sheets
from engage.digest.build import digest_of, make_issue
from engage.digest.filling import environment
from engage.digest.inlining import inlined
from engage.digest.links import Links, published
from engage.digest.look import PNG, Logo, Look
from engage.digest.model import Capped, ChangeItem, Digest, Todo
from engage.digest.readers import EVERYTHING, MY_AGENCY, MY_EMPLOYERS, MY_SECTORS, Reader
from engage.digest.render import OURS, render
from engage.errors import DigestError
from engage.insight.weeks import last_complete_week
from tests.insight.sample import CHAMBER, COLLEGE, TODAY, rich_facts

FACTS = rich_facts()
ISSUE = make_issue(FACTS, published(Links("../hub.xlsx"), {}), last_complete_week(TODAY))
READERS = {
    about: Reader(
        "Ruth Hale", f"ruth{number}@harwick.example", COLLEGE, about=about, sectors=("Engineering",)
    )
    for number, about in enumerate((EVERYTHING, MY_AGENCY, MY_SECTORS, MY_EMPLOYERS))
}
DIGESTS = [digest_of(ISSUE, reader) for reader in READERS.values()]
LOGO = Look("#8a1538", Logo(PNG, 44, 44))


def whole(name: str, digest: Digest, look: Look) -> str:
    """The template filled in one go, and a page's styles put in in one go."""
    text = environment(None, name.endswith(".html")).get_template(name).render(digest=digest, look=look)
    return inlined(text) if name.endswith(".html") else text


def closed_up(text: str) -> str:
    """Taking a style tag out leaves an empty line; one such says nothing."""
    return re.sub(r"\n\n+", "\n", text)


@pytest.mark.parametrize("look", [OURS, LOGO], ids=["ours", "a logo"])
@pytest.mark.parametrize("name", ["digest.html", "digest.txt"])
def test_block_by_block_it_is_byte_for_byte_what_it_is_filled_whole(name, look):
    for digest in DIGESTS:
        for rows in (20, 2):
            few = digest.at_most(rows)
            assert closed_up(sheets.filled(name, few, look)) == closed_up(whole(name, few, look))


@settings(max_examples=25)
@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_a_cell_says_block_by_block_is_the_same_as_whole(one, other):
    said = (Todo("To do", one, other), Todo(other or "To do", f"<b>{one}</b> [[block {other}]]"))
    changed = (ChangeItem(one, other),)
    spoilt = replace(DIGESTS[0], headline=other, todos=Capped(said), changes=Capped(changed))
    for name in ("digest.html", "digest.txt"):
        assert closed_up(sheets.filled(name, spoilt, OURS)) == closed_up(whole(name, spoilt, OURS))


def test_what_two_readers_share_is_drawn_once():
    sheets._block.cache_clear()
    render(digest_of(ISSUE, READERS[EVERYTHING]))
    drawn = sheets._block.cache_info().misses
    render(digest_of(ISSUE, replace(READERS[EVERYTHING], email="other@harwick.example", record_id="R-2")))
    assert drawn > 20
    assert sheets._block.cache_info().misses - drawn == 0


def test_what_is_one_readers_own_is_never_anothers():
    mine, theirs = (digest_of(ISSUE, Reader("A", "a@b.example", agency)) for agency in (COLLEGE, CHAMBER))
    assert render(mine) != render(theirs)
    assert f"for {CHAMBER}" not in render(mine).text
    assert f"for {COLLEGE}" not in render(theirs).text


def test_no_template_of_ours_names_the_digest_outside_its_blocks():
    for name in ("digest.html", "digest.txt"):
        fields = sheets.fields_of(name)
        assert {"todos", "why", "partnership"} <= {field for named in fields.values() for field in named}
        assert "digest" not in "".join(sheets.sheet_of(name, OURS).parts[::2]).split()


def test_an_unsafe_link_is_refused_in_whichever_block_it_stands():
    bad = replace(DIGESTS[0], todos=Capped((Todo("Now", "click", href="javascript:alert(1)"),)))
    with pytest.raises(DigestError, match="not safe"):
        render(bad)
