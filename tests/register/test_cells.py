"""Lists, yes and no, numbers, money, times, websites, SIC codes, objections, what does not belong."""

import pytest

from engage.register.lists import Choices, list_reader, read_yes_no
from engage.register.numbers import read_money, read_number, read_percent, read_time
from engage.register.objection import objects, read_do_not_contact
from engage.register.sensitive import holds_ni_number, is_sensitive_heading
from engage.register.sic import read_sic, sic_section
from engage.register.url import domain_of, read_url

STAGES = Choices.of(("1 Aware", "2 Contacted", "3 Met"))
SECTORS = Choices.of(("Care", "Engineering", "Food, drink and leisure"))


@pytest.mark.parametrize(
    ("typed", "clean"), [("3 met", "3 Met"), ("Met", "3 Met"), ("3", "3 Met"), (" 1  AWARE", "1 Aware")]
)
def test_a_listed_value_is_found_whatever_the_capitals_and_the_number(typed, clean):
    reading = list_reader(STAGES)(typed)
    assert (reading.clean, reading.doubts) == (clean, ())


def test_a_near_miss_is_kept_as_typed_and_suggested():
    reading = list_reader(STAGES)("Contactd")
    assert reading.clean == "Contactd"
    assert [(d.kind, d.suggestion) for d in reading.doubts] == [("not-in-list", "2 Contacted")]
    assert list_reader(STAGES)("Purple").doubts[0].suggestion == ""


def test_another_way_to_say_a_value_is_that_value_without_a_doubt():
    choices = Choices.of(
        ("Phone call", "Call"), {"phoned": "Phone call", "call": "Phone call", "mtg": "Meeting"}
    )
    assert list_reader(choices)("Phoned").clean == "Phone call"
    assert list_reader(choices)("Phoned").doubts == ()
    assert list_reader(choices)("call").clean == "Call"  # the partnership's own value goes first
    assert list_reader(choices)("Mtg").clean == "Mtg"  # Meeting is not in its list


def test_one_word_of_a_single_value_is_suggested_and_not_taken():
    choices = Choices.of(("Health and social care", "Digital and creative"))
    assert list_reader(choices)("care").clean == "care"
    assert list_reader(choices)("care").doubts[0].suggestion == "Health and social care"
    assert list_reader(choices)("and").doubts[0].suggestion == ""


def test_several_values_are_parted_but_not_inside_a_listed_one():
    read = list_reader(SECTORS, several=True)
    assert read("care, engineering").clean == "Care; Engineering"
    assert read("Food, drink and leisure; Care").clean == "Food, drink and leisure; Care"
    assert read("Care; Enginering").doubts[0].suggestion == "Care; Engineering"


def test_yes_is_not_guessed_where_two_values_begin_with_it():
    read = list_reader(Choices.of(("Yes - asked", "Yes - existing contact", "No")))
    assert read("n").clean == "No"
    assert read("yes").clean == "yes"
    assert [doubt.kind for doubt in read("yes").doubts] == ["not-in-list"]


def test_an_open_list_takes_every_wording():
    assert list_reader(Choices.of(()))("Whatever").doubts == ()


@pytest.mark.parametrize(
    ("typed", "clean"), [("Y", "Yes"), ("TRUE", "Yes"), ("✓", "Yes"), ("n", "No"), ("FALSE", "No")]
)
def test_ticks_of_every_kind_are_yes_or_no(typed, clean):
    assert read_yes_no(typed).clean == clean


def test_a_long_answer_is_kept_and_suggested_short():
    reading = read_yes_no("yes, in June")
    assert (reading.clean, reading.doubts[0].suggestion) == ("yes, in June", "Yes")


@pytest.mark.parametrize(
    ("read", "typed", "clean"),
    [
        (read_number, "1,200", "1200"),
        (read_number, "about 20 jobs", "20"),
        (read_number, "three", "3"),
        (read_number, "100+", "100"),
        (read_money, "£50,000", "50000"),
        (read_money, "1.2m", "1200000"),
        (read_money, "50k", "50000"),
        (read_percent, "45 %", "45"),
        (read_time, "9.30am", "09:30"),
        (read_time, "2pm", "14:00"),
        (read_time, "14:00:00", "14:00"),
        (read_time, "12.15am", "00:15"),
        (read_time, "noon", "12:00"),
    ],
)
def test_numbers_money_and_times(read, typed, clean):
    assert (read(typed).clean, read(typed).doubts) == (clean, ())


@pytest.mark.parametrize(
    ("read", "typed"),
    [(read_number, "10-12"), (read_money, "lots"), (read_percent, "half"), (read_time, "25:00")],
)
def test_what_is_no_number_is_blank_with_a_doubt(read, typed):
    assert read(typed).clean == ""
    assert len(read(typed).doubts) == 1


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("https://www.Peakside.example/about?x=1", "peakside.example"),
        ("WWW.PEAKSIDE.EXAMPLE", "peakside.example"),
        ("peakside.example", "peakside.example"),
        ("https://facebook.com/peakside/", "facebook.com/peakside"),
    ],
)
def test_a_website_is_its_domain_or_its_page_on_a_shared_site(typed, clean):
    assert read_url(typed).clean == clean


def test_a_shared_site_is_no_employers_domain():
    assert domain_of("facebook.com/peakside") == ""
    assert domain_of("www.peakside.example") == "peakside.example"
    assert read_url("jo@peakside.example").doubts[0].kind == "bad-url"
    assert read_url("none yet").doubts[0].kind == "bad-url"


def test_sic_codes_are_five_digits_and_a_lost_zero_is_restored():
    assert read_sic("62012 - Business software").clean == "62012"
    assert read_sic("62012; 62020").clean == "62012; 62020"
    assert read_sic("1110").clean == "01110"
    assert read_sic("1110").doubts[0].kind == "sic-lost-zero"
    assert read_sic("6201").clean == "6201"
    assert read_sic("software").doubts[0].kind == "bad-sic"
    assert [sic_section(code) for code in ("01110", "62012", "00000")] == ["A", "J", ""]


@pytest.mark.parametrize(
    "typed",
    [
        "PLEASE DO NOT CONTACT - asked to be removed 3/9",
        "don't ring before Monday",
        "Opted out of mailings",
        "please remove from our list",
        "She no longer wishes to hear from us",
        "asked not to be contacted",
        "stop emailing me",
        "unsubscribed",
        "take him off the mailing list",
        "do not contact us again",
        "Asked us not to call",
        "told us not to ring, ever",
        "stop emailing",
        "no marketing",
        "No marketing calls please",
        "do not ring",
        "must not be contacted",
        "not to be rung",
        "not to be written to",
        "never contact again",
        "Never ring them",
        "no further contact",
        "do not contact until further notice",
        "Do not call on Mondays or at any other time again",
        "Not to ring on Mondays or email",
        "Told us not to ring on Mondays. Does not want any more emails.",
        "do not contact before 10 June",
        "Do not contact after 1/9/2026",
        "do not email, ring after 10",
        "asked on Monday not to be contacted",
        "asked to be removed on Mondays list",
        "Opted out on Monday",
        "not to phone, in the summer she complained",
        "Do not contact in 2026",
        "withdrawn consent",
    ],
)
def test_an_objection_in_somebodys_own_words_is_noticed(typed):
    assert objects(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Rang, no contact made",
        "Contact Jo in June",
        "They want to remove barriers to work",
        "happy to be contacted",
        "no objections",
        "will call back",
        "They have no marketing team",
        "no marketing skills",
    ],
)
def test_ordinary_remarks_are_no_objection(typed):
    assert not objects(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Told us not to ring on Mondays",
        "don't call before 10",
        "not to phone in the school holidays",
        "Please don\u2019t email at weekends",
        "do not ring after 5pm",
        "Don't ring between 12 and 2",
        "asked not to be contacted on Fridays",
        "do not call him at lunchtime",
        "not to be rung first thing",
        "Do not contact during term time",
        "don't phone before 9.30am; best on mobile",
        "do not call or email on a Monday morning",
        "Don't ring Monday mornings",
        "stop ringing after six",
        "do not contact in August, closed",
        "must not be called out of hours",
        "not to ring more than once a week",
        "Do not ring the office on market days. Email any time.",
        "don't phone over Christmas",
        "No calls please before noon; don't ring before noon",
    ],
)
def test_a_time_that_does_not_suit_is_no_objection(typed):
    assert not objects(typed)


@pytest.mark.parametrize(
    ("typed", "clean"),
    [("all", "All"), ("Marketing", "Marketing"), ("N", ""), ("Yes", "All"), ("x", "All"), ("ask Sue", "All")],
)
def test_do_not_contact_is_held_unless_it_plainly_says_no(typed, clean):
    assert read_do_not_contact(typed).clean == clean


def test_headings_and_values_that_do_not_belong_are_noticed():
    assert all(
        map(
            is_sensitive_heading,
            ("NI Number", "D.O.B.", "Date of birth", "Health condition", "Universal Credit"),
        )
    )
    assert not any(
        map(is_sensitive_heading, ("Notes", "Page", "Agency", "Employer", "Unit", "Health and care sector"))
    )
    assert holds_ni_number("her number is QQ 12 34 56 C") is False
    assert holds_ni_number("AB123456C")
