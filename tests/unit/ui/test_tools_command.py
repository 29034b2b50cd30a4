"""`baylight tools`: who has which tool, what is overdue first."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.records.taken import TakenOut
from db.store import Store
from tests.unit.db.made import imported, item, loaded
from ui.__main__ import main

NOW = datetime.now(UTC)


def _out(hours: float | None, **more: Any) -> TakenOut:
    due = "" if hours is None else (NOW + timedelta(hours=hours)).isoformat(timespec="microseconds")
    where: dict[str, Any] = {"machine": "VLM1", "tray": 7, "compartment": "C1", "visit": 1, "item": "T"}
    return TakenOut(**where, quantity=1, account="tool", due_at=due, **more)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    with closing(Store.open(tmp_path, station="S1", ballast_bytes=0)) as store:
        store.import_items([item("T", is_tool=True)], imported("items")).result()
        hand = TakenOut(machine="VLM1", tray=7, compartment="C1", visit=1, item="T", quantity=1, account="hand", holder="p1")
        store.append([loaded(9, item="T"), _out(5, holder="p1"), _out(-3, job="FA-7"), _out(None, holder="p2"), hand]).result()
    return tmp_path


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_what_is_overdue_stands_first_and_a_hand_is_no_loan(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tools", "--data", str(site), "--json"]) == 0
    found = rows(capsys)
    assert [(each["person"], each["job"], each["is_overdue"]) for each in found] == [
        ("", "FA-7", True),
        ("p1", "", False),
        ("p2", "", False),
    ]
    assert (found[0]["item"], found[0]["name"], found[0]["quantity"], found[0]["machine"]) == ("T", "Item T", "1", "VLM1")
    assert found[2]["due_at"] is None


def test_only_what_is_overdue(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tools", "--data", str(site), "--json", "--overdue"]) == 0
    assert [each["job"] for each in rows(capsys)] == ["FA-7"]
