from __future__ import annotations

import pytest

from engage.digest.readers import readers
from tests.insight.sample import COLLEGE, COUNCIL, make_facts, rich_facts

ALLOWED = frozenset({"harwick.example"})
ROW = {"Name": "Ruth", "Email": "ruth@harwick.example", "Agency": COLLEGE, "Gets": "Weekly"}


def of(*rows: dict[str, str], **more: object):
    return readers(make_facts({"Coordinators": rows}), allowed_domains=ALLOWED, **more)


def test_a_coordinator_who_asked_for_it_gets_the_weekly_digest():
    found, refused = of(ROW)
    assert [(one.email, one.agency) for one in found] == [("ruth@harwick.example", COLLEGE)]
    assert refused == ()


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"Email": "ruth@elsewhere.example"}, "not among the allowed mail domains"),
        ({"Email": "ruth@sub.harwick.example"}, "not among the allowed mail domains"),
        ({"Email": "ruth@evil.example@harwick.example.evil.example"}, "not among the allowed"),
        ({"Email": ""}, "no email address"),
        ({"Gets": "None"}, "Gets says None"),
        ({"Gets": ""}, "Gets says nothing"),
        ({"Paused until": "2026-11-23"}, "paused until"),
        ({"Paused until": "after Easter"}, "paused until after Easter"),
    ],
)
def test_a_row_that_gets_none_says_why(cells, why):
    found, refused = of({**ROW, **cells})
    assert found == ()
    assert why in refused[0].why


def test_a_pause_that_is_over_is_over():
    assert len(of({**ROW, "Paused until": "2026-11-22"})[0]) == 1


def test_two_rows_with_one_address_are_one_reader():
    found, refused = of(ROW, {**ROW, "Email": "RUTH@harwick.example ", "Agency": COUNCIL})
    assert [one.agency for one in found] == [COLLEGE]
    assert "same address" in refused[0].why


def test_a_mail_stop_outranks_what_the_row_says():
    assert of(ROW, stopped={"ruth@harwick.example"})[0] == ()


def test_nobody_gets_anything_until_a_domain_is_allowed():
    assert readers(rich_facts(), allowed_domains=frozenset())[0] == ()


@pytest.mark.parametrize(
    ("gets", "editions"),
    [("Weekly", ["weekly"]), ("Monthly", ["monthly"]), ("Both", ["weekly", "monthly"])],
)
def test_everybody_gets_the_editions_they_chose(gets, editions):
    assert [one.edition for one in of({**ROW, "Gets": gets})[0]] == editions


def test_two_rows_with_one_address_ask_for_both_editions_between_them():
    found, _ = of({**ROW, "Day": "Friday"}, {**ROW, "Gets": "Monthly", "Day": "Tuesday"})
    assert [(one.edition, one.day) for one in found] == [("weekly", "Friday"), ("monthly", "Friday")]


@pytest.mark.parametrize("cells", [{"Gets": "None"}, {"Paused until": "2026-12-24"}])
@pytest.mark.parametrize("first", [True, False])
def test_a_none_or_a_pause_in_either_of_two_rows_holds_for_the_address(cells, first):
    rows = [{**ROW, **cells}, ROW]
    found, refused = of(*(rows if first else rows[::-1]))
    assert found == ()
    assert len(refused) == 2
    assert any("another row with this address" in one.why for one in refused)


# --- Deputies -------------------------------------------------------------------------------------------

DEPUTY = "joan@harwick.example"
AWAY = {**ROW, "Paused until": "2026-12-24", "Deputy": DEPUTY, "Show contact details": "Yes"}


def test_a_deputy_gets_the_digest_while_its_owner_is_paused():
    found, refused = of(AWAY)
    assert [(one.email, one.agency, one.stands_in_for) for one in found] == [(DEPUTY, COLLEGE, "Ruth")]
    assert refused[0].why == f"paused until 24/12/2026; meanwhile {DEPUTY} gets it"


def test_a_deputy_gets_nothing_before_the_pause_or_after_it():
    assert [one.email for one in of({**AWAY, "Paused until": ""})[0]] == [ROW["Email"]]
    assert [one.email for one in of({**AWAY, "Paused until": "2026-11-22"})[0]] == [ROW["Email"]]


def test_a_deputy_did_not_ask_for_anybodys_contact_details():
    assert not of(AWAY)[0][0].contacts


@pytest.mark.parametrize(
    "owner",
    [{"Deputy": "joan@elsewhere.example"}, {"Deputy": "Joan"}, {"Deputy": ROW["Email"]}, {"Gets": "None"}],
)
def test_nobody_stands_in_at_an_address_that_may_get_nothing(owner):
    assert of({**AWAY, **owner})[0] == ()


def test_a_deputy_who_asked_for_no_more_mail_gets_none():
    assert of(AWAY, stopped={DEPUTY})[0] == ()


@pytest.mark.parametrize("cells", [{"Gets": "None"}, {"Paused until": "2026-12-01"}])
def test_a_deputys_own_none_or_pause_holds(cells):
    assert of(AWAY, {**ROW, "Name": "Joan", "Email": DEPUTY, **cells})[0] == ()


def test_a_deputy_with_a_digest_of_their_own_gets_no_second_one():
    found, _ = of(AWAY, {**ROW, "Name": "Joan", "Email": DEPUTY, "Agency": COUNCIL})
    assert [(one.email, one.agency, one.stands_in_for) for one in found] == [(DEPUTY, COUNCIL, "")]


def test_the_deputy_of_two_who_are_away_gets_one_digest():
    found, _ = of(AWAY, {**AWAY, "Name": "Tom", "Email": "tom@harwick.example"})
    assert [(one.email, one.stands_in_for) for one in found] == [(DEPUTY, "Ruth")]


def test_an_agencys_own_workbook_decides_for_whom_its_rows_speak():
    """A row typed into the college's workbook cannot claim to be the council's reader."""
    assert of({**ROW, "agency": COLLEGE, "Agency": COUNCIL})[0][0].agency == COLLEGE
