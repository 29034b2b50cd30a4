"""`baylight trays first-fill` and `opening-check`: which trays wait for their release from then on, and what is to be counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from station.outages import FIRST_FILL, OPENING_CHECK
from ui.__main__ import main

Said = pytest.CaptureFixture[str]


@pytest.fixture
def data(tmp_path: Path, capsys: Said) -> Path:
    """Trays 5, 6 and 7, of which 6 has stock and 7 is damaged."""
    files = {
        "items.csv": "item,name\nA,Nut\n",
        "trays.csv": "machine,tray,width_mm,depth_mm,columns,rows\n" + "".join(f"M1,{n},400,200,2,1\n" for n in (5, 6, 7)),
        "stock.csv": "machine,tray,compartment,item,quantity\nM1,6,A1,A,12\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert run(tmp_path, "import", str(tmp_path / name)) == 0, capsys.readouterr()
    assert run(tmp_path, "trays", "out-of-service", "7", "--reason", "out_damaged") == 0
    capsys.readouterr()
    return tmp_path


def run(data: Path, *words: str) -> int:
    return main([*words, "--data", str(data / "store"), "--station", "B1", *([] if words[0] == "import" else ["--json"])])


def said(data: Path, capsys: Said, *words: str) -> list[dict[str, Any]]:
    assert run(data, *words) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def reasons(data: Path, capsys: Said) -> dict[int, tuple[str | None, str | None]]:
    return {row["tray"]: (row["out_of_service"], row["to_count"]) for row in said(data, capsys, "trays")}


def test_all_that_is_empty_waits_to_be_filled_and_what_is_damaged_stays_so(data: Path, capsys: Said) -> None:
    assert said(data, capsys, "trays", "first-fill", "--all") == [{"machine": "M1", "trays": [5], "what": "first_fill"}]
    assert reasons(data, capsys) == {5: (FIRST_FILL, None), 6: (None, None), 7: ("out_damaged", None)}


def test_all_that_has_stock_waits_to_be_counted(data: Path, capsys: Said) -> None:
    assert said(data, capsys, "trays", "opening-check", "--all") == [{"machine": "M1", "trays": [6], "what": "opening_check"}]
    assert reasons(data, capsys) == {5: (None, None), 6: (OPENING_CHECK, OPENING_CHECK), 7: ("out_damaged", None)}


def test_named_trays_are_meant_whatever_is_on_them(data: Path, capsys: Said) -> None:
    said(data, capsys, "trays", "first-fill", "6", "7")
    assert reasons(data, capsys) == {5: (None, None), 6: (FIRST_FILL, None), 7: (FIRST_FILL, None)}


@pytest.mark.parametrize("words", [("first-fill",), ("first-fill", "5", "--all"), ("opening-check", "5", "--reason", "new")])
def test_half_a_command_changes_nothing(words: tuple[str, ...], data: Path, capsys: Said) -> None:
    assert run(data, "trays", *words) == 2
    assert "O323" in capsys.readouterr().err
    assert reasons(data, capsys)[5] == (None, None)


def test_a_tray_that_is_not_there_is_refused_with_all_others(data: Path, capsys: Said) -> None:
    assert run(data, "trays", "first-fill", "5", "9") == 1
    assert "9" in capsys.readouterr().err
    assert reasons(data, capsys)[5] == (None, None)
