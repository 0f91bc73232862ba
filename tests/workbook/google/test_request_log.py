"""What the log of requests says a run touched, and that engage verify judges by it."""

from __future__ import annotations

import json
from pathlib import Path

from engage.ports import Change
from engage.proof import judge_changes
from engage.schema import load_schema
from engage.workbook.google.request_log import RequestLog, as_logged, last_sent

TITLES = {1: "Employers", 2: "Clashes", 9: "_engage"}


def cells(sheet: int, row: int, column: int, *texts: str) -> dict[str, object]:
    start = {"sheetId": sheet, "rowIndex": row - 1, "columnIndex": column - 1}
    rows = [{"values": [{"userEnteredValue": {"stringValue": text}}]} for text in texts]
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def test_ids_and_built_cells_are_accounted_for_and_a_stray_cell_is_not(tmp_path: Path) -> None:
    log = RequestLog(tmp_path, "2026-11-22T020000")
    log.write([cells(1, 2, 1, "R-8NVDH6RY"), cells(2, 2, 1, "Ember"), cells(1, 3, 4, "oops")], TITLES)
    (sent,) = last_sent(tmp_path)
    verdict = judge_changes(sent.cells, load_schema(), [], as_logged)
    assert (verdict.ids, verdict.built) == (1, 1)
    assert verdict.unexplained == (Change("Employers", 3, 4, "", as_logged("oops")),)


def test_the_log_holds_no_text_that_people_could_be_known_by(tmp_path: Path) -> None:
    RequestLog(tmp_path, "run").write([cells(2, 2, 1, "Priya Shah"), cells(9, 1, 1, "Priya Shah")], TITLES)
    (file,) = tmp_path.iterdir()
    assert "Priya" not in file.read_text(encoding="utf-8")


def test_what_is_no_text_is_told_by_its_kind_and_tab_and_our_memory_is_left_out(tmp_path: Path) -> None:
    paste = {"copyPaste": {"source": {"sheetId": 1}, "destination": {"sheetId": 9}}}
    delete = {"deleteDimension": {"range": {"sheetId": 1, "dimension": "ROWS"}}}
    RequestLog(tmp_path, "run").write([paste, delete], TITLES)
    assert last_sent(tmp_path)[0].shapes == (("deleteDimension", "Employers"),)


def test_looks_are_told_apart_from_what_could_write_a_cell(tmp_path: Path) -> None:
    area = {"range": {"sheetId": 1}}
    looks = [
        {"setDataValidation": area},
        {"repeatCell": {**area, "fields": "userEnteredFormat.numberFormat,userEnteredFormat.textFormat"}},
    ]
    written = [{"repeatCell": {**area, "fields": fields}} for fields in ("userEnteredFormat,note", "*")]
    RequestLog(tmp_path, "run").write([*looks, *written], TITLES)
    kinds = [kind for kind, _ in last_sent(tmp_path)[0].shapes]
    assert kinds == ["looks", "looks", "repeatCell", "repeatCell"]


def test_only_the_newest_run_is_judged_and_old_ones_go(tmp_path: Path) -> None:
    for number in range(20):
        RequestLog(tmp_path, f"run {number:02}").write([cells(2, 2, 1, "x")], TITLES)
    assert {sent.stamp for sent in last_sent(tmp_path)} == {"run 19"}
    assert len(list(tmp_path.iterdir())) == 14
    assert json.loads((tmp_path / "run 19.jsonl").read_text(encoding="utf-8"))["put_back"] is False
