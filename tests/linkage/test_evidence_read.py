"""Phones, emails, numbers and places as evidence."""

from __future__ import annotations

import pytest

from engage.linkage.mentions import Number, employer_mention
from engage.linkage.normalise.contact import domain_of, read_emails, read_phones
from engage.linkage.normalise.places import site_key
from engage.register.email import is_shared_mailbox

from .sample import employer


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("0161 496 0101", ("+441614960101",)),
        ("+44 (0)161 4960101", ("+441614960101",)),
        ("01614960100 ext 101", ("+441614960100",)),
        ("1632960400", ("+441632960400",)),
        ("0161 496 0101 / 07700 900123", ("+441614960101", "+447700900123")),
        ("+441614960101; +447700900123", ("+441614960101", "+447700900123")),
        ("ask reception", ()),
        ("", ()),
    ],
)
def test_phones_are_read_as_e164(cell, numbers):
    assert read_phones(cell) == numbers


def test_a_slash_inside_one_number_does_not_make_two():
    assert read_phones("+44 20/7946 0101", country="IE") == ("+442079460101",)


def test_emails_are_found_in_any_wrapping():
    assert read_emails("<J.Lee@Zarvek.example>; mailto:b@zarvek.example") == (
        "j.lee@zarvek.example",
        "b@zarvek.example",
    )


@pytest.mark.parametrize(
    "email", ["info@zarvek.example", "hr-team@zarvek.example", "learning@zarvek.example"]
)
def test_shared_mailboxes_are_known(email):
    assert is_shared_mailbox(email)


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("a@hr.zarvek.co.uk", "zarvek.co.uk"),
        ("https://www.zarvek.example/jobs", "zarvek.example"),
        ("a@gmail.com", ""),
        ("x", ""),
    ],
)
def test_domains_are_the_registered_ones_and_free_mail_is_none(address, domain):
    assert domain_of(address) == domain


@pytest.mark.parametrize(
    ("cell", "number", "charity"),
    [
        ("00990018", Number("00990018", True), Number()),
        ("990018", Number("00990018", True), Number()),
        ("oc990007", Number("OC990007", True), Number()),
        ("1990017", Number("01990017", False), Number("1990017", False)),
        ("GB123456789", Number(), Number()),
        ("sole trader", Number(), Number()),
    ],
)
def test_company_numbers_get_their_zeros_back_and_doubt_is_marked(cell, number, charity):
    mention = employer_mention(employer("R-1", "Zarvek", Company_number=cell))
    assert mention is not None
    assert (mention.number, mention.charity) == (number, charity)


@pytest.mark.parametrize(("cell", "postcode"), [("sk164aa", "SK16 4AA"), ("SK14 5QO", ""), ("", "")])
def test_only_valid_postcodes_count(cell, postcode):
    mention = employer_mention(employer("R-1", "Zarvek", Postcode=cell))
    assert mention is not None
    assert mention.postcode == postcode


def test_a_building_is_its_number_and_the_street_word():
    assert site_key("Unit 12, Ashby Road") == site_key("12 Ashby Rd") == "12 ashby"
    assert site_key("Ashby House") == ""
