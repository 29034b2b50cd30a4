"""`baylight plan`: a file in, one JSON object out; a file that is wrong is said so in a sentence, exit 2."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.baskets import as_file, baskets_named
from ui.__main__ import main
from ui.bootstrap.baskets import problem_of


@pytest.fixture
def problem() -> dict[str, Any]:
    return as_file(problem_of(baskets_named("made"), 1, orders=6))


def written(tmp_path: Path, problem: object) -> str:
    path = tmp_path / "problem.json"
    path.write_text(problem if isinstance(problem, str) else json.dumps(problem), encoding="utf-8")
    return str(path)


def test_the_answer_has_what_was_promised(tmp_path: Path, problem: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", written(tmp_path, problem), "--policy", "votes", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    names = ["policy", "visits", "lines_per_hour", "trays_per_line", "wait_share", "late", "displacement", "decision_ms"]
    assert list(said) == names
    assert said["policy"] == "votes"
    assert list(said["displacement"]) == ["mean", "max"]
    assert list(said["decision_ms"]) == ["p50", "p99"]
    assert all(list(visit) == ["tray", "lines"] for visit in said["visits"])


def test_what_may_be_left_out(tmp_path: Path, problem: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    del problem["rules"]
    problem["orders"] = [{"id": each["id"], "lines": each["lines"]} for each in problem["orders"]]
    assert main(["plan", written(tmp_path, problem), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["policy"] == "auto"


def test_no_orders_are_no_visits(tmp_path: Path, problem: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", written(tmp_path, problem | {"orders": []}), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["visits"] == []


def test_a_person_gets_a_table_and_standard_input_is_read(
    problem: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(problem)))
    assert main(["plan", "-"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("visit  tray  lines\n1 ")
    assert "lines_per_hour" in out


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"places": 0}, "O451", "places"),
    ({"places": True}, "O451", "places"),
    ({"places": None}, "O451", "places"),
    ({"operator": {"visit_s": -1, "line_s": 9}}, "O451", "operator.visit_s"),
    ({"operator": []}, "O451", "operator"),
    ({"stock": {"A": [0]}}, "O452", "o1"),
    ({"stock": {"A": [60]}}, "O453", "stock.A"),
    ({"stock": {"A": ["1"]}}, "O451", "stock.A"),
    ({"orders": {}}, "O451", "orders"),
    ({"orders": [{"id": "a", "lines": []}]}, "O451", "orders[0].lines"),
    ({"orders": [{"id": "a", "lines": [1]}]}, "O451", "orders[0].lines[0]"),
    ({"orders": [{"id": 7, "lines": ["A"]}]}, "O451", "orders[0].id"),
    ({"rules": {"sequence": 1}}, "O451", "rules.sequence"),
    ({"rules": {"max_displacement": 1.5}}, "O451", "rules.max_displacement"),
    ({"machine": {"trays": 60}}, "O451", "machine.pitch_m"),
]


@pytest.mark.parametrize(("change", "code", "named"), WRONG, ids=lambda value: str(value)[:30])
def test_a_wrong_value_is_named(
    change: dict[str, Any], code: str, named: str, tmp_path: Path, problem: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", written(tmp_path, problem | change), "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"baylight: {code} ")
    assert named in said.err


@pytest.mark.parametrize("text", ["", "{", "[1]", "[" * 100_000, '{"places": NaN}', '{"machine": 1e999}'])
def test_what_is_no_problem_is_refused(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", written(tmp_path, text)]) == 2
    assert capsys.readouterr().err.startswith("baylight: O45")


def test_an_order_twice_is_refused(tmp_path: Path, problem: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    problem["orders"].append(problem["orders"][0])
    assert main(["plan", written(tmp_path, problem)]) == 2
    assert "O454" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(tmp_path / "none.json")]) == 2
    assert main(["plan", str(tmp_path)]) == 2
    assert "I301" in capsys.readouterr().err
