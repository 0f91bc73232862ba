"""SME voice: judged by the whole firm, beside the benchmark; what nobody knows is in no share."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from engage.insight.capabilities import told
from engage.insight.sme_voice import ALL_SMES, CAPABILITY, TAB
from engage.insight.whole_firm import LARGE, MEDIUM, NOT_KNOWN, SME_OTHER, size_classes

from .registers import QUARTER, Register, done, firm, headline, rows_told, two_nights
from .sample import make_facts

TALK = {"Date": "2026-11-03", "Status": "Done", "agency": "Harwick College"}


@pytest.mark.parametrize(
    ("in_all", "here", "parent", "expected"),
    [
        ("60", "", "", MEDIUM),
        ("4000", "20", "", LARGE),
        ("", "20", "", NOT_KNOWN),
        ("", "300", "", LARGE),
        ("50+", "", "", NOT_KNOWN),
        ("10-60", "", "", SME_OTHER),
        ("60", "60", "Big Group plc", LARGE),
    ],
)
def test_it_is_the_whole_enterprise_that_counts_and_never_one_site(in_all, here, parent, expected):
    firms = [
        {
            "employer_id": "EMP-A",
            "Employer": "Firm",
            "Employees in all": in_all,
            "Employees here": here,
            "Parent employer": parent,
        },
        {"employer_id": "EMP-B", "Employer": "Big Group PLC", "Employees in all": "9000"},
    ]
    assert size_classes(make_facts(employers=firms))["EMP-A"] == expected


def is_sme(register: Register, row: dict[str, str]) -> bool | None:
    golden = register.employers.get(row["employer_id"], {"Employees in all": "", "Employees here": ""})
    if golden["Employees here"] == "300" or golden["Employees in all"] == "4000":
        return False
    return True if golden["Employees in all"] in {"5", "30", "120"} else None


@settings(max_examples=40, deadline=None)
@given(two_nights)
def test_the_share_counts_merged_employers_once_and_leaves_out_whose_size_nobody_knows(nights):
    for register in nights:
        facts = register.facts()
        spoken = {firm(row): is_sme(register, row) for row in done(register)}
        known = [sme for sme in spoken.values() if sme is not None]
        expected = sum(known) * 100 // len(known) if known else None
        assert headline(facts, CAPABILITY, "SMEs among employers spoken to, %") == expected
        rows = {row["Size"]: row for row in rows_told(facts, CAPABILITY, TAB)}
        assert rows[ALL_SMES]["Spoken to"] == sum(known)
        assert rows[NOT_KNOWN]["Spoken to"] == len(spoken) - len(known)
        sizes = [row for size, row in rows.items() if size != ALL_SMES]
        assert sum(row["Engagements"] for row in sizes) == len(done(register))


def test_the_benchmark_is_that_of_the_target_with_its_measure():
    target = {
        "Target": "SMEs heard",
        "Measure": "SME share of employers engaged",
        "Benchmark": "90% of firms",
    }
    firms = [
        {"employer_id": "EMP-A", "Employer": "Firm", "Employees in all": "8", "First seen": "2026-01-05"}
    ]
    facts = make_facts(
        {"Targets": [target], "Engagements": [{**TALK, "employer_id": "EMP-A"}]}, employers=firms
    )
    assert rows_told(facts, CAPABILITY, TAB)[0]["Benchmark, %"] == 90
    assert told(facts, CAPABILITY, QUARTER).says == (
        "Of 1 employer spoken to whose whole size is known, 1 is an SME: 100%, "
        "where SMEs are 90% of all businesses."
    )


def test_a_pledge_that_an_employer_signs_again_is_no_new_pledge_of_the_period():
    signed = {"Pledge": "Charter", "Employer": "A", "employer_id": "EMP-A", "Stage": "Signed"}
    facts = make_facts(
        {"Pledges": [{**signed, "Date signed": day} for day in ("2026-06-01", "2026-11-03")]},
        employers=[
            {"employer_id": "EMP-A", "Employer": "A", "Employees in all": "8", "First seen": "2026-01-05"}
        ],
    )
    told_of = {row["Size"]: row["Pledged"] for row in rows_told(facts, CAPABILITY, TAB)}
    assert told_of["SMEs together"] == 0
