from __future__ import annotations

import json

from engage.report.words import WIDTH, as_document, in_words

from .test_build import report_of


def test_in_a_terminal_every_section_says_its_sentence_and_figures_in_80_columns():
    report = report_of()
    lines = list(in_words(report))
    text = " ".join(" ".join(lines).split())
    assert max(map(len, lines)) <= WIDTH
    for section in report.sections:
        assert section.says in text
        assert all(f"{figure.text} {figure.label}" in text for figure in section.figures)


def test_the_document_of_a_report_holds_every_row_of_its_tables():
    report = report_of()
    document = json.loads(json.dumps(as_document(report)))
    kept = {table["tab"]: table["rows"] for one in document["sections"] for table in one["tables"]}
    for section in report.sections:
        for grid in section.sheets:
            assert kept[grid.title] == [list(row) for row in grid.rows]
    assert document["as_of"] == "2026-11-23"
