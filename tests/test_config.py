"""engage.toml is read whole or refused with every fault named; paths are its own folder's."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.config import Config, GoogleSheet, load_config
from engage.config_keys import ConfigForm
from engage.errors import ConfigError
from engage.mappings import check_mappings
from engage.schema import load_schema
from engage.setting_up import Wishes, config_text

ROOT = Path(__file__).parent.parent
SMALL = '[partnership]\nname = "Peakside Partnership"\n'


def read(folder: Path, text: str) -> Config:
    path = folder / "engage.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def refused(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        read(folder, text)
    return str(caught.value)


def test_a_name_is_all_that_is_needed(tmp_path: Path) -> None:
    config = read(tmp_path, SMALL)
    assert (config.partnership, config.time_zone, config.country) == (
        "Peakside Partnership",
        "Europe/London",
        "GB",
    )
    assert (config.questions_per_week, config.lease_hours, config.safety.most_rows_gone) == (20, 36, 0.2)


def test_paths_are_relative_to_the_file_not_to_where_it_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path.parent)
    config = read(tmp_path, SMALL + '[hub]\npath = "books/hub.xlsx"\n')
    assert config.hub == tmp_path.resolve() / "books" / "hub.xlsx"
    assert config.state == tmp_path.resolve() / ".engage"
    assert config.mail.outbox == tmp_path.resolve() / "outbox"


def test_agencies_may_have_their_own_workbook_share_one_or_be_in_the_hub(tmp_path: Path) -> None:
    agencies = [("Council", ""), ("College", "c.xlsx"), ("Sixth Form", "./c.xlsx"), ("Chamber", "hub.xlsx")]
    text = SMALL + "".join(f'[[agency]]\nname = "{name}"\nworkbook = "{file}"\n' for name, file in agencies)
    sources = {source.key: [a.name for a in source.agencies] for source in read(tmp_path, text).sources}
    assert sources == {"hub": ["Council", "Chamber"], "college": ["College", "Sixth Form"]}


def test_an_agency_is_found_by_any_of_its_names(tmp_path: Path) -> None:
    config = read(tmp_path, SMALL + '[[agency]]\nname = "North Herts College"\nshort = "NHC"\n')
    found = [config.agency(word) for word in ("north herts college", " nhc ", "nhc", "Other")]
    assert [agency.name if agency else None for agency in found] == ["North Herts College"] * 3 + [None]


def test_every_fault_is_named_with_its_key_at_once(tmp_path: Path) -> None:
    text = """state = 3
[partnership]
name = "X"
time_zone = "Mars/Olympus"
country = "gb"
[hub]
pat = "hub.xlsx"
[[agency]]
name = "College"
workboook = "c.xlsx"
key = "../x"
[safety]
most_rows_gone = 20
[mail]
allowed_domains = ["me@x.example"]
transport = "pigeon"
"""
    said = refused(tmp_path, text)
    for fault in (
        "state: must be text in quotes",
        "partnership, time_zone: 'Mars/Olympus' is no time zone",
        "partnership, country: 'gb' is not two capital letters",
        "agency 1, key: '../x' is not made of small letters, digits and hyphens",
        'hub, pat: is not a key that Engage knows (did you mean "path"?)',
        'agency 1, workboook: is not a key that Engage knows (did you mean "workbook"?)',
        "safety, most_rows_gone: must be less than or equal to 1",
        "mail, allowed_domains: 'me@x.example' is no domain",
        "mail, transport: 'pigeon' is not one of 'outbox'",
        "9 faults",
    ):
        assert fault in said, fault


def test_lines_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    text = (
        SMALL
        + """[linkage]
automatic = 0.4
review = 0.6
[[agency]]
name = "College"
short = "NHC"
[[agency]]
name = "nhc"
key = "hub"
workbook = "hub.xlsx"
view_only = true
"""
    )
    said = refused(tmp_path, text)
    assert "'nhc' stands for two agencies" in said
    assert "the key 'hub' is taken" in said
    assert "automatic (0.4) must not be below review (0.6)" in said
    assert "the hub must be writable" in said


def test_a_link_to_anything_but_a_google_sheet_is_refused_rather_than_taken_for_a_file(
    tmp_path: Path,
) -> None:
    said = refused(tmp_path, SMALL + '[[agency]]\nname = "C"\nworkbook = "https://sheets.example/x"\n')
    assert "no link to a Google Sheet" in said


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"[partnership", "this is not TOML"), (b"name = '\xff'", "not a text file in UTF-8")],
)
def test_a_file_that_is_not_toml_is_said_so_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "engage.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=words):
        load_config(path)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="run engage init"):
        load_config(tmp_path / "engage.toml")


def test_a_file_saved_by_notepad_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "engage.toml"
    path.write_text(SMALL, encoding="utf-8-sig")
    assert load_config(path).partnership == "Peakside Partnership"


def test_tabs_and_headings_that_the_schema_does_not_have_are_named(tmp_path: Path) -> None:
    text = (
        SMALL
        + """[[agency]]
name = "College"
tabs = { "Log" = "Engagement", "Budget" = "", "Firms" = "Employers" }
[agency.headings.Firms]
"Firm" = "Employr"
"Colour" = ""
"""
    )
    with pytest.raises(ConfigError) as caught:
        check_mappings(read(tmp_path, text), load_schema())
    assert "'Engagement' is no tab (did you mean \"Engagements\"?)" in str(caught.value)
    assert "'Employr' is no heading (did you mean \"Employer\"?)" in str(caught.value)
    assert "2 faults" in str(caught.value)


@given(
    name=st.text(min_size=1).filter(str.strip),
    agencies=st.lists(st.from_regex(r"[A-Z][a-z]{2,12}", fullmatch=True), unique_by=str.casefold, max_size=4),
)
def test_whatever_a_partnership_is_called_its_file_reads_back(
    tmp_path_factory: pytest.TempPathFactory, name: str, agencies: list[str]
) -> None:
    names = tuple(agency for agency in agencies if agency != "Hub")
    config = read(tmp_path_factory.mktemp("p"), config_text(Wishes(name, names)))
    assert (config.partnership, tuple(a.name for a in config.agencies)) == (name, names)


def test_the_example_is_what_init_writes() -> None:
    names = ("Example Borough Council", "Example College", "Example Chamber")
    domains = ("council.example", "college.example", "chamber.example")
    wishes = Wishes("Example Skills Partnership", names, domains=domains)
    assert (ROOT / "engage.example.toml").read_text(encoding="utf-8") == config_text(wishes)


def test_the_settings_that_init_leaves_as_comments_may_be_used_as_they_stand(tmp_path: Path) -> None:
    lines = config_text(Wishes("X")).splitlines()
    text = "\n".join(line.removeprefix("# ") if _is_setting(line) else line for line in lines)
    config = read(tmp_path, text)
    assert (config.linkage.automatic, config.agencies[0].name) == (0.999, "Example College")


def _is_setting(line: str) -> bool:
    own = ("schema", "templates")  # name folders that only some have
    body = line.removeprefix("# ")
    return line.startswith("# ") and (body.startswith("[") or " = " in body) and not body.startswith(own)


WITH_CLOCK = (
    SMALL
    + """[mail]
from_address = "us@council.example"
allowed_domains = ["council.example"]
send_at = "07:00"
[sync]
deputy = "Pat@council.example"
ping_url = "https://watch.example/0b5c/"
"""
)


def test_the_hours_and_whom_to_tell_are_read(tmp_path: Path) -> None:
    times = read(tmp_path, WITH_CLOCK).schedule
    assert (times.send_at, times.deputy) == (time(7), "pat@council.example")
    assert times.ping_url == "https://watch.example/0b5c"
    assert read(tmp_path, SMALL).schedule.send_at is None


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('send_at = "07:00"', 'send_at = "7 am"', "mail, send_at: '7 am' is no time of day"),
        ('from_address = "us@council.example"\n', "", "mail, from_address: is missing; with send_at"),
        ("Pat@council", "Pat@elsewhere", "sync, deputy: its domain must be in allowed_domains"),
        ("Pat@council.example", "Pat", "sync, deputy: 'pat' is no e-mail address"),
        ("https://watch", "ftp://watch", "sync, ping_url: write the whole address"),
        ("https://watch", "http://watch", "sync, ping_url: write the whole address"),
        ("0b5c/", "0b5c?who=pat", "sync, ping_url: write the whole address"),
    ],
)
def test_a_clock_that_cannot_work_is_a_fault(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in WITH_CLOCK
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, WITH_CLOCK.replace(old, new))
    assert fault in str(caught.value)


def test_every_key_has_its_line_in_the_reference_page() -> None:
    page = (ROOT / "docs" / "reference" / "configuration.md").read_text(encoding="utf-8")
    keys = {
        (field.alias or name)
        for form in [*(f.annotation for f in ConfigForm.model_fields.values())]
        if hasattr(form, "model_fields")
        for name, field in form.model_fields.items()
    }
    assert [key for key in sorted(keys) if f"`{key}`" not in page and f".{key}`" not in page] == []


def test_a_workbook_may_be_a_google_sheet_by_its_link(tmp_path: Path) -> None:
    text = '[partnership]\nname = "Town"\n[hub]\npath = "https://docs.google.com/spreadsheets/d/1AbcDEF-_2345/edit"\n'
    config = read(tmp_path, text)
    assert config.hub == GoogleSheet("1AbcDEF-_2345")
    assert config.on_google
    assert config.google.credentials == tmp_path.resolve() / "credentials.json"


@pytest.mark.parametrize(
    "link",
    [
        "https://docs.google.com/spreadsheets/d/1AbcDEF-_2345/edit?usp=sharing",
        "https://docs.google.com/spreadsheets/d/1AbcDEF-_2345/edit?gid=12#gid=12",
        "https://docs.google.com/spreadsheets/u/1/d/1AbcDEF-_2345",
        "https://docs.google.com/a/council.example/spreadsheets/d/1AbcDEF-_2345/edit",
        "docs.google.com/spreadsheets/d/1AbcDEF-_2345/edit",
        " https://docs.google.com/spreadsheets/d/1AbcDEF-_2345/edit ",
    ],
)
def test_the_hubs_spreadsheet_by_any_of_its_links_is_the_hub(tmp_path: Path, link: str) -> None:
    hub = "https://docs.google.com/spreadsheets/d/1AbcDEF-_2345/edit#gid=0"
    dale = f'[[agency]]\nname = "Dale"\nworkbook = "{link}"\n'
    text = f'[partnership]\nname = "Town"\n[hub]\npath = "{hub}"\n{dale}'
    assert [source.key for source in read(tmp_path, text).sources] == ["hub"]


def test_a_published_page_of_a_spreadsheet_is_no_spreadsheet(tmp_path: Path) -> None:
    page = "docs.google.com/spreadsheets/d/e/2PACX-1vabcdefghijk/pubhtml"
    text = f'[partnership]\nname = "Town"\n[hub]\npath = "{page}"\n'
    assert "no link to a Google Sheet" in refused(tmp_path, text)


def test_only_this_machine_may_stand_in_for_google(tmp_path: Path) -> None:
    text = '[partnership]\nname = "Town"\n[google]\nendpoint = "https://sheets.example"\n'
    assert "on this machine" in refused(tmp_path, text)
