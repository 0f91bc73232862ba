"""A partnership's own colour and logo, the trend, and the order in which a digest speaks."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.digest.look import NIGHT, PAPER, READABLE, TALLEST, WIDEST, Look, contrast, logo_of, with_logo
from engage.digest.model import Figure
from engage.digest.readers import MY_AGENCY
from engage.digest.render import render
from engage.editions import post, preview
from engage.errors import ConfigError
from engage.ledger import Send
from engage.mail.message import LOGO, Letter, Sender, build_message
from engage.recipients import who_reads
from tests.insight.sample import CHAMBER, COLLEGE, rich_facts

from .test_digest import READER, Page, digest_of
from .test_editions import MONDAY, desk_of, make_town, messages

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress(bytes((width + 1) * height))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


# --- Colour ---------------------------------------------------------------------------------------------


@given(COLOURS)
def test_whatever_colour_a_partnership_has_it_can_be_read_by_day_and_by_night(colour):
    look = Look(colour)
    assert contrast(look.text, PAPER) >= READABLE
    assert contrast(look.bright, NIGHT) >= READABLE
    assert all(re.fullmatch("#[0-9a-f]{6}", one) for one in (look.text, look.bright, look.pale, look.dim))


@pytest.mark.parametrize("colour", ["#1f5f7a", "#a3195b", "#000000"])
def test_a_colour_that_can_be_read_as_it_is_is_left_alone(colour):
    assert Look(colour).text == colour


def test_the_page_has_the_partnerships_colour_by_day_and_by_night():
    look = Look("#e6a817")
    html = render(digest_of(), look=look).html
    assert all(colour in html for colour in (look.colour, look.text, look.bright))
    assert "1f5f7a" not in html


# --- Logo -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "shown"), [((440, 40), (220, 20)), ((88, 88), (44, 44)), ((20, 10), (20, 10))]
)
def test_a_logo_is_shown_as_large_as_there_is_room_and_never_larger_than_it_is(size, shown):
    logo = logo_of(png(*size), "logo.png")
    assert (logo.width, logo.height) == shown
    assert logo.width <= WIDEST
    assert logo.height <= TALLEST


@pytest.mark.parametrize("content", [b"", b"GIF89a", png(3, 3)[:20], b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_what_is_no_png_is_said_to_be_none(content):
    with pytest.raises(ConfigError, match="no PNG") as raised:
        logo_of(content, "logo.png")
    assert raised.value.fix


def test_the_logo_travels_in_the_message_and_the_name_stands_there_without_it():
    look = Look(logo=logo_of(png(60, 30), "logo.png"))
    page = render(digest_of(), look=look)
    assert f'src="cid:{LOGO}"' in page.html
    assert digest_of().partnership in Page(page.html).text
    letter = Letter(
        Send("r@harwick.example", "weekly", "2026-W47"), "Ruth", "The week", page.html, page.text,
        datetime(2026, 11, 23, tzinfo=UTC), look.logo.content,
    )  # fmt: skip
    raw = build_message(letter, Sender("Us", "digest@harwick.example")).as_bytes()
    assert raw == build_message(letter, Sender("Us", "digest@harwick.example")).as_bytes()
    got = message_from_bytes(raw, policy=policy.default)
    (picture,) = [part for part in got.walk() if part.get_content_type() == "image/png"]
    assert (picture["Content-ID"], picture.get_content()) == (f"<{LOGO}>", look.logo.content)
    assert [part.get_content_type() for part in got.iter_parts()] == ["text/plain", "multipart/related"]
    assert got.get_body(("html",)).get_content().split() == page.html.split()


def test_a_page_to_look_at_holds_its_logo_and_one_without_is_left_alone():
    look = Look(logo=logo_of(png(60, 30), "logo.png"))
    assert with_logo('<img src="cid:logo@digest">', look).startswith('<img src="data:image/png;base64,iVBOR')
    assert with_logo("<p>cid:logo@digest</p>", Look()) == "<p>cid:logo@digest</p>"


def test_engage_toml_names_colour_and_logo_and_both_arrive(tmp_path):
    town = make_town(tmp_path)
    (tmp_path / "logo.png").write_bytes(png(60, 30))
    town.config = replace(town.config, colour="#a3195b", logo=tmp_path / "logo.png")
    town.partnership = replace(town.partnership, config=town.config)
    town.sync(MONDAY)
    desk = desk_of(town)
    (page,) = preview(desk, who_reads(desk)[0][:1])
    assert "data:image/png" in page.read_text("utf-8")
    post(desk)
    got = messages(town)["ruth@marlbeck.example"]
    assert "#a3195b" in got.get_body(("html",)).get_content()
    assert any(part.get_content_type() == "image/png" for part in got.walk())


# --- Trend ----------------------------------------------------------------------------------------------


def test_the_trend_is_eight_weeks_this_one_last_and_agrees_with_the_figures():
    for figure in digest_of().key_figures:
        assert len(figure.trend) == 8
        assert figure.trend[-2:] == (figure.before, figure.now)
    engagements = digest_of().key_figures[0]
    assert engagements.trend == (0, 0, 0, 0, 1, 1, 2, 6)


def test_the_trend_stands_in_both_parts_and_is_said_to_whoever_hears_it():
    out = render(digest_of())
    assert 'aria-label="The last 8: 0, 0, 0, 0, 1, 1, 2, 6"' in out.html
    assert re.search(r"Engagements +6 +2 +1  ▁▁▁▁▂▂▃█", out.text)


def test_a_week_that_nobody_knows_is_no_low_one():
    figure = Figure("x", 4, None, trend=(None, 2, 4))
    assert figure.heights == (None, 50, 100)
    assert figure.blocks == "·▄█"
    assert figure.trend_words == "not known, 2, 4"


def test_where_nothing_ever_happened_there_is_no_trend_to_draw():
    assert Figure("x", 0, 0, trend=(0, 0, 0)).blocks == ""
    assert Figure("x", None, None, trend=(None, None)).heights == ()


# --- What it says first ---------------------------------------------------------------------------------


def test_the_digest_speaks_in_the_same_order_in_both_parts():
    out = render(digest_of())
    titles = (
        "What needs you this week",
        "Two agencies, one employer",
        "The week in figures",
        "Engagements by",
        "Planned for the next 14 days",
        "Events",
        "Pledges",
        "Actions",
        "Waiting for an answer",
        "How fresh the data are",
    )
    page, text = re.findall(r"<h2[^>]*>([^<]*)", out.html), out.text
    assert [one for one in page if any(one.startswith(title) for title in titles)] == [
        next(one for one in page if one.startswith(title)) for title in titles
    ]
    places = [text.index(title.upper()) for title in titles]
    assert places == sorted(places)


def test_a_reader_of_their_own_agency_is_told_of_it_first():
    mine = digest_of(reader=replace(READER, about=MY_AGENCY))
    assert mine.headline == f"4 engagements by {COLLEGE}, up 3 on the week before"
    unread = digest_of(rich_facts(), replace(READER, about=MY_AGENCY, agency=CHAMBER))
    assert unread.headline.startswith(f"What {CHAMBER} did in the week is not known")


def test_without_pictures_and_style_sheets_the_page_still_says_everything():
    html = render(digest_of(), look=Look(logo=logo_of(png(60, 30), "logo.png"))).html
    bare = re.sub(r"<img[^>]*>|<style.*?</style>|<!--.*?-->", "", html, flags=re.DOTALL)
    assert Page(bare).text == Page(re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)).text
    assert not re.search(r"display:\s*(flex|grid)|var\(--|position:", bare)
    assert bare.count("bgcolor=") > 20
