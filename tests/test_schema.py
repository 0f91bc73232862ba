"""The shipped schema says what it should; a wrong file is named with every fault; a partnership may add."""

from __future__ import annotations

from pathlib import Path

import pytest

from engage.errors import SchemaError
from engage.insight.target_measures import MEASURES
from engage.register.headings import index_headings, match_headings
from engage.register.text import word_key
from engage.schema import Column, Schema, load_schema
from engage.schema_page import as_markdown, as_text

ROOT = Path(__file__).parent.parent
# As published action plans and agencies' lists head them: tab, heading as typed, column it is.
SPELLINGS = [
    ("Actions", "Person/s Responsible", "Responsible"),
    ("Actions", "Responsible Partnership(s) and organisation (s)", "Responsible"),
    ("Actions", "Finish date", "Due date"),
    ("Actions", "Start date", "Start date"),
    ("Actions", "Progress", "Progress"),
    ("Employers", "Companies House No.", "Company number"),
    ("Employers", "No. of staff", "Employees here"),
    ("Employers", "T/A", "Trading as"),
    ("Contacts", "Surname", "Last name"),
    ("Contacts", "E-mail addr.", "Email"),
    ("Engagements", "Date of contact", "Date"),
    ("Engagements", "Outcome of contact", "Aim / Summary"),
    ("Engagements", "b/f", "Next step by"),
    ("Attendance", "Delegate", "Person"),
    ("Attendance", "Attended?", "Came"),
    ("Pledges", "Sign up date", "Date signed"),
    ("Pledge page views", "Page views", "Views"),
]
IN_AN_AGENCY = ["Employers", "Contacts", "Engagements", "Events", "Attendance", "Pledges", "Actions"]


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


def every_column(schema: Schema) -> list[tuple[str, Column]]:
    return [(tab.title, column) for tab in schema.tabs.values() for column in tab.columns]


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("tab", "typed", "heading"), SPELLINGS)
def test_headings_as_agencies_spell_them_are_understood(
    schema: Schema, tab: str, typed: str, heading: str
) -> None:
    match = match_headings((typed,), index_headings(schema.tabs[tab]))
    assert match.columns == {heading: 0}


def test_an_agencys_workbook_has_the_seven_tabs_it_fills(schema: Schema) -> None:
    staff = {tab.title for tab in schema.staff_tabs()}
    assert [tab.title for tab in schema.tabs_of("agency") if tab.title in staff] == IN_AN_AGENCY


def test_every_agency_tab_is_in_the_hub_too_so_that_one_workbook_will_do(schema: Schema) -> None:
    hub = {tab.title for tab in schema.tabs_of("hub")}
    assert {*IN_AN_AGENCY, "Lists", "Agencies"} <= hub


def test_built_tabs_hold_nothing_that_staff_type_but_answers(schema: Schema) -> None:
    for tab in schema.tabs.values():
        filled = {column.filled_by for column in tab.columns}
        assert filled <= ({"system", "answer"} if tab.kind == "built" else {"staff", "list"}), tab.title


def test_only_the_answers_of_the_contract_are_asked_for(schema: Schema) -> None:
    answers = {tab.title: set(tab.answers) for tab in schema.tabs.values() if tab.answers}
    assert answers == {"To review": {"Decision"}, "Problems to fix": {"Decision"}, "Decisions": {"Undo"}}


def test_help_says_more_than_the_heading(schema: Schema) -> None:
    bare = [(tab, c.heading) for tab, c in every_column(schema) if not c.help.endswith((".", "?"))]
    assert bare == []


def test_every_drop_down_has_values_or_a_list_that_exists(schema: Schema) -> None:
    chosen = [(tab, c) for tab, c in every_column(schema) if c.filled_by == "list"]
    assert [(tab, c.heading) for tab, c in chosen if not c.values and not c.list_name] == []


def test_people_are_personal_wherever_the_hub_shows_them(schema: Schema) -> None:
    kinds = {"First name", "Last name", "Email", "Mobile", "Signed by", "Contact", "Person", "Job title"}
    open_ = [(t, c.heading) for t, c in every_column(schema) if c.heading in kinds and not c.personal]
    assert open_ == []


def test_targets_offer_only_what_the_system_can_count(schema: Schema) -> None:
    offered = schema.tabs["Lists"].column("Measure")
    assert offered is not None
    assert {value.casefold() for value in offered.values} <= set(MEASURES)


def test_the_reference_page_is_the_schema(schema: Schema) -> None:
    page = (ROOT / "docs" / "reference" / "schema.md").read_text(encoding="utf-8")
    assert page == as_markdown(schema), "run: engage schema --markdown > docs/reference/schema.md"


def test_the_text_fits_a_terminal_of_80_columns(schema: Schema) -> None:
    texts = [as_text(schema), *(as_text(schema, tab) for tab in schema.tabs.values())]
    assert max(len(line) for text in texts for line in text.splitlines()) <= 80


def test_a_new_column_costs_one_line(tmp_path: Path) -> None:
    line = '"Floor space" = { help = "Square metres." }'
    own = write(tmp_path, "more.toml", f'title = "Employers"\n[columns]\n{line}\n')
    column = load_schema(own).tabs["Employers"].column("Floor space")
    assert column == Column("Floor space", help="Square metres.")


def test_a_new_tab_costs_one_file_and_takes_its_place_in_the_order(tmp_path: Path) -> None:
    head = 'title = "Grants"\nkind = "staff"\nwhere = "hub"\norder = 275\nhelp = "Grants."\n'
    own = write(tmp_path, "grants.toml", head + '[columns]\n"Employer" = { type = "name", help = "Who." }\n')
    titles = list(load_schema(own).tabs)
    assert titles[titles.index("Outcomes") + 1] == "Grants"


@pytest.mark.parametrize("workbook", ["hub", "agency"])
def test_no_two_tabs_of_a_workbook_have_the_same_place_in_its_order(schema: Schema, workbook: str) -> None:
    places = [tab.order for tab in schema.tabs.values() if tab.where in (workbook, "both")]
    assert len(set(places)) == len(places)


def test_a_partnership_may_teach_it_another_spelling_and_another_word_for_unknown(tmp_path: Path) -> None:
    write(tmp_path, "_common.toml", 'blanks = ["Not Known"]\n')
    own = load_schema(write(tmp_path, "e.toml", 'title = "Employers"\n[aliases]\n"Employer" = ["trader"]\n'))
    assert "not known" in own.blanks
    assert match_headings(("Trader",), index_headings(own.tabs["Employers"])).columns == {"Employer": 0}


def test_a_partnership_may_teach_it_another_way_to_say_a_value(tmp_path: Path) -> None:
    more = 'title = "Lists"\n[wordings."Engagement type"]\n"Phone call" = ["bell"]\n'
    column = load_schema(write(tmp_path, "more.toml", more)).tabs["Lists"].column("Engagement type")
    assert column
    assert {("bell", "Phone call"), ("phoned", "Phone call")} <= set(column.wordings)


def test_a_wording_of_two_values_or_of_none_is_a_fault(tmp_path: Path) -> None:
    more = 'title = "Lists"\n[wordings."Engagement type"]\n"Visit" = ["phoned"]\n"Nap" = ["zzz"]\n'
    more += '[wordings."Dreams"]\n"Nap" = ["zzz"]\n'
    with pytest.raises(SchemaError) as error:
        load_schema(write(tmp_path, "more.toml", more))
    for fault in ("'phoned' means both", "'Nap' is none of the values", "wordings, Dreams: is no column"):
        assert fault in str(error.value)


def test_no_wording_is_a_value_of_its_own_list(schema: Schema) -> None:
    for tab, column in every_column(schema):
        own = {word_key(value) for value in column.values}
        assert {w for w, _ in column.wordings if word_key(w) in own} == set(), (tab, column.heading)


def test_a_column_of_ours_cannot_be_redefined(tmp_path: Path) -> None:
    own = write(tmp_path, "e.toml", 'title = "Employers"\n[columns]\n"Town" = { help = "Ours." }\n')
    with pytest.raises(SchemaError, match=r"e\.toml, columns, Town: is a column of the tab already"):
        load_schema(own)


FAULTY = """title = "Odd: tab"
kind = "built"
where = "everywhere"
order = 5
help = "Odd."
colour = "red"
[columns]
"A" = { typo = "x", help = "A." }
"B" = { type = "txt", help = "B." }
"C" = { }
"""
CROSSED = """title = "Crossed"
kind = "staff"
where = "hub"
order = 5
help = "Crossed."
key = "Nowhere"
[columns]
"A" = { list_name = "Sektors", help = "A." }
"B" = { filled_by = "answer", help = "B." }
"Record ID" = { help = "C." }
"D" = { values = ["x", "X"], help = "D." }
[aliases]
"A" = ["same"]
"B" = ["same"]
"E" = ["none"]
"""


def test_every_fault_of_every_file_is_reported_together(tmp_path: Path) -> None:
    write(tmp_path, "faulty.toml", FAULTY)
    write(tmp_path, "crossed.toml", CROSSED)
    write(tmp_path, "torn.toml", 'title = "Torn')
    with pytest.raises(SchemaError) as caught:
        load_schema(tmp_path)
    said = str(caught.value)
    for fault in (
        "faulty.toml, where: 'everywhere' is not one of",
        "faulty.toml, colour: is not a key that Engage knows",
        "faulty.toml, columns, A, typo: is not a key that Engage knows",
        'did you mean "type"?',
        "faulty.toml, columns, B, type: 'txt' is not one of",
        "faulty.toml, columns, C, help: is missing",
        "torn.toml: this is not TOML",
        "tab 'Crossed', key: 'Nowhere' is no column",
        "tab 'Crossed', 'A', list_name: 'Sektors' is neither",
        "tab 'Crossed', 'B', filled_by: \"answer\" is for built tabs",
        "tab 'Crossed', 'Record ID', heading: the Record ID is the system's own",
        "tab 'Crossed', 'D', values: one stands there twice",
        "tab 'Crossed', aliases: 'same' means both 'A' and 'B'",
        "tab 'Crossed', aliases, E: is no column of this tab",
    ):
        assert fault in said, fault


def test_a_title_that_excel_refuses_is_refused_here(tmp_path: Path) -> None:
    head = 'title = "What/ever"\nkind = "staff"\nwhere = "hub"\norder = 1\nhelp = "W."\n'
    with pytest.raises(SchemaError, match="Excel allows 31 characters"):
        load_schema(write(tmp_path, "w.toml", head + '[columns]\n"A" = { help = "A." }\n'))


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="does not exist"):
        load_schema(tmp_path / "gone")
