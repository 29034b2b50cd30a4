"""`baylight jit`: what stands on standard output, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ui.__main__ import main


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "demand.csv"
    path.write_text("item,Jan-98,Feb-98,Mar-98,Apr-98\nA,2,0,2,0\nB,,,7,\nC,0,0,0,0\n", encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], *words: object, status: int = 0) -> list[dict[str, Any]]:
    assert main(["jit", *map(str, words), "--json"]) == status
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_classify_says_a_line_an_item(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lumped = {"periods": 4, "demands": 2, "adi": 2.0, "cv2": 0.0, "class": "intermittent", "sufficient": False}
    once = {"periods": 1, "demands": 1, "adi": 1.0, "cv2": None, "class": "smooth", "sufficient": False}
    never = {"periods": 4, "demands": 0, "adi": None, "cv2": None, "class": "none", "sufficient": False}
    assert said(capsys, "classify", table) == [{"item": "A"} | lumped, {"item": "B"} | once, {"item": "C"} | never]


def test_classify_for_a_person_says_its_definition(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["jit", "classify", str(table)]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[1].split() == ["A", "4", "2", "2.000", "0.000", "intermittent", "no"]
    assert "1.32" in told.err
    assert "0.49" in told.err


def test_a_line_that_was_left_out_makes_the_command_fail(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table.write_text("item,1,2\nA,1,x\nB,1,1\n", encoding="utf-8")
    assert main(["jit", "classify", str(table), "--json"]) == 1
    told = capsys.readouterr()
    assert [json.loads(line)["item"] for line in told.out.splitlines()] == ["B"]
    assert "O461" in told.err
    assert "line 2" in told.err


def test_a_file_that_is_no_table_is_misuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    assert main(["jit", "classify", str(empty)]) == 2
    assert "O460" in capsys.readouterr().err
