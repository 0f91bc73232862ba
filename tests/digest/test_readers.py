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
        ({"Gets": "Monthly"}, "Gets says Monthly"),
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


def test_an_agencys_own_workbook_decides_for_whom_its_rows_speak():
    """A row typed into the college's workbook cannot claim to be the council's reader."""
    assert of({**ROW, "agency": COLLEGE, "Agency": COUNCIL})[0][0].agency == COLLEGE
