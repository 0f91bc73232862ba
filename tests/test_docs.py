"""The documentation is held to the code: commands, links, the tests it names, what it says to type."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli import COMMANDS
from engage.insight.capabilities import CAPABILITIES

from .command_pages import MADE, PAGES, commands, made, renew

ROOT = Path(__file__).parent.parent
ALL_PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img[^>]* src=\"([^\"]+)\"|<a[^>]* href=\"([^\"]+)\"")
CODE = re.compile(r"```.*?```", re.DOTALL)
NAMED_TEST = re.compile(r"([\w/]+\.py): ((?:test_|Test)\w+)")
TYPED = re.compile(r"(?:^|[`\n])\s*(?:\$ )?(?:\./|python -m )?engage ([a-z][a-z-]*)(?: (preview|send))?\b")


def read(page: Path) -> str:
    return page.read_text("utf-8")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_page_with_exit_codes_and_an_example(name):
    text = read(PAGES / f"{name}.md")
    assert text.startswith(f"# engage {name}\n")
    assert "| Exit code |" in text
    assert f"engage {name}" in "".join(CODE.findall(MADE.sub("", text)))


def test_every_page_of_a_command_says_its_options_as_the_command_has_them():
    for name, (page, command) in commands().items():
        found = {mark[1]: mark[2] for mark in MADE.finditer(read(PAGES / f"{page}.md"))}
        assert found.get(name) == made(name, command), "run: make docs"


def test_there_is_no_page_for_a_command_that_is_gone():
    assert {page.stem for page in PAGES.glob("*.md")} - {"README"} == set(COMMANDS)
    index = read(PAGES / "README.md")
    assert [name for name in COMMANDS if f"[engage {name}]({name}.md)" not in index] == []


def test_making_the_pages_again_changes_nothing():
    assert [page.name for page in PAGES.glob("*.md") if renew(read(page)) != read(page)] == []


@pytest.mark.parametrize("page", ALL_PAGES, ids=name_of)
def test_every_link_inside_the_repository_leads_somewhere(page):
    targets = ["".join(found) for found in LINK.findall(CODE.sub("", read(page)))]
    inside = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    broken = [target for target in inside if not _leads_somewhere(page, target)]
    assert broken == []


def _leads_somewhere(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    if not anchor or file.suffix != ".md":
        return file.exists()
    return file.exists() and anchor in {_anchor(line) for line in read(file).splitlines() if line[:1] == "#"}


def _anchor(line: str) -> str:
    words = re.sub(r"[^\w\- ]", "", line.lstrip("#").strip().lower())
    return words.replace(" ", "-")


@pytest.mark.parametrize("page", ALL_PAGES, ids=name_of)
def test_every_command_that_a_page_says_to_type_exists(page):
    known = commands()
    typed = {
        " ".join(["engage", *filter(None, found)])
        for code in [*CODE.findall(read(page)), *re.findall(r"`engage [^`]+`", read(page))]
        for found in TYPED.findall(code)
    }
    assert {name for name in typed if not any(full.startswith(name) for full in known)} == set()


@pytest.mark.parametrize("page", ALL_PAGES, ids=name_of)
def test_every_option_that_a_page_names_belongs_to_the_command_it_names(page):
    known = commands()
    wrong = []
    lines = read(page).replace("\\\n", " ").splitlines()
    for line in lines:
        for typed in re.findall(r"engage [a-z-]+(?: [^`#|]*)?", line):
            name = next((full for full in sorted(known, key=len, reverse=True) if typed.startswith(full)), "")
            options = set(re.findall(r"(?<!\S)--[a-z-]+", typed))
            mine = {text for param in known[name][1].params for text in param.opts} if name else options
            wrong += [(typed, sorted(options - mine - {"--help"}))] if options - mine - {"--help"} else []
    assert wrong == []


def test_what_is_said_of_make_stands_in_the_makefile():
    targets = set(re.findall(r"^([a-z]+):", read(ROOT / "Makefile"), re.MULTILINE))
    said = {
        name for page in ALL_PAGES for name in re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", read(page), re.M)
    }
    assert {"".join(name) for name in said} <= targets
    assert {"demo", "test"} <= {"".join(name) for name in said}


def test_every_row_of_the_truth_table_names_a_test_that_exists():
    rows = [line for line in read(ROOT / "docs/reference/sync.md").splitlines() if line.startswith("| ")]
    rows = [row for row in rows if not row.startswith("| What happened")]
    assert len(rows) > 50
    assert [row for row in rows if not NAMED_TEST.search(row)] == []


def test_each_thing_that_partnerships_asked_for_has_its_row_with_its_tabs():
    lines = read(ROOT / "docs/reference/capabilities.md").splitlines()
    rows = {int(found[1]): line for line in lines if (found := re.match(r"\| (\d+) \|", line))}
    assert list(rows) == list(range(1, 16))
    asked = [one for one in CAPABILITIES if one.number in rows]
    unsaid = [tab for one in asked for tab in one.tabs if f"`{tab}`" not in rows[one.number]]
    assert unsaid == []


@pytest.mark.parametrize("page", ALL_PAGES, ids=name_of)
def test_every_test_that_a_page_names_exists(page):
    named = NAMED_TEST.findall(read(page))
    missing = [
        (file, test)
        for file, test in named
        if not re.search(rf"^(?:    )?(?:def )?{test}\b", read(ROOT / "tests" / file), re.MULTILINE)
    ]
    assert missing == []


@pytest.mark.parametrize("page", ALL_PAGES, ids=name_of)
def test_every_file_of_ours_that_a_page_names_exists(page):
    named = set(
        re.findall(
            r"`((?:engage|cli|tests|templates|sheets_schema|benchmarks|docs|\.ci)/[\w./-]+)`", read(page)
        )
    )
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_every_page_can_be_reached_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.is_file():
            continue
        reached.add(page)
        targets = ["".join(found).partition("#")[0] for found in LINK.findall(CODE.sub("", read(page)))]
        waiting += [(page.parent / target).resolve() for target in targets if target and "://" not in target]
    assert [name_of(page) for page in ALL_PAGES if page not in reached] == []


def test_every_direct_dependency_has_its_reason():
    project = read(ROOT / "pyproject.toml")
    listed = project.partition("dependencies = [")[2].partition("\n]")[0]
    names = re.findall(r'"([a-z0-9-]+)', listed)
    decided = read(ROOT / "docs/decisions/0002-dependencies.md")
    assert [name for name in names if f"| {name} |" not in decided] == []
