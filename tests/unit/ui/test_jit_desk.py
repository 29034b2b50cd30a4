"""The figures of the supervisor's page are made by another process, and are those that the commands print."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db.records.pull import BufferSet, SignalMoved
from db.store import Store
from station.jit.buffers import Zone
from station.jit.desk import Desk
from station.pull.buffers import applied
from station.pull.triggers import asked_by_stock
from station.settings import Settings
from station.values import Pulled
from tests.helpers.late_supplier import LATE, LOOP, PastClock, late_supplier
from ui.__main__ import main
from ui.bootstrap.desks import DeskProcess, make_desk


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A supplier is four days late."""
    late_supplier(tmp_path / "data", PastClock(10), station="S1")
    return tmp_path / "data"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    assert main(["jit", *words, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_page_and_commands_say_the_same(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = make_desk(data, Settings(), "", 0.0)
    (row,) = said(capsys, "buffers", "--table", "loops", "--data", str(data))
    (shown,) = desk.buffers
    assert shown.change is not None
    assert (row["zone"], row["size"], row["on_hand"]) == ("red", 60.0, 15.0) == (shown.zone.value, shown.size, shown.on_hand)
    assert (row["after"], row["pieces"], row["money"], row["reason"]) == (80.0, 20.0, 5000, "too_much_red")
    assert (shown.change.after, shown.change.pieces, shown.change.money) == (80, 20, 5000)
    assert sorted(row["red_gates"]) == sorted(each.gate.value for each in desk.gates if each.light.value != "green")
    verdicts = said(capsys, "suitability", "--data", str(data))
    assert [(each["item"], each["verdict"]) for each in verdicts] == [(each.item, each.kind.value) for each in desk.verdicts]
    (report,) = said(capsys, "report", "--data", str(data))
    assert report["now"] == {"warnings": 1, "line_stops": 0, "buffers": 1, "low": 1, "proposed": 1}
    assert len(desk.warnings) == 1
    assert main(["jit", "report", "--data", str(data)]) == 0
    told = capsys.readouterr()
    assert "Buffers: 1 of 1 red or empty; changes proposed: 1" in told.out + told.err
    rows = [each for each in said(capsys, "exposure", "--data", str(data)) if each["what"] == "item"]
    assert [each["item"] for each in rows] == [each.item for each in desk.covers]


def test_another_process_makes_them_and_one_that_fails_is_said(data: Path) -> None:
    found = DeskProcess(data, Settings()).make("Brandt", 5.0)
    assert isinstance(found, Desk)
    assert (found.late_supplier, found.late_days, [each.loop.loop for each in found.buffers]) == ("Brandt", 5.0, [LOOP])
    with pytest.raises(OSError, match="ended with"):
        DeskProcess(data / "nowhere", Settings()).make("", 0.0)
    stopped = DeskProcess(data, Settings())
    stopped.stop()
    with pytest.raises(OSError, match="the station ends"):
        stopped.make("", 0.0)
    slow = DeskProcess(data, Settings(), command=(sys.executable, "-c", "import signal; signal.pause()"), most_s=0.01)
    with pytest.raises(OSError, match="too long"):
        slow.make("", 0.0)


def test_the_next_signal_asks_by_what_was_applied_and_nothing_is_asked_twice(data: Path) -> None:
    (shown,) = make_desk(data, Settings(), "", 0.0).buffers
    change = shown.change
    assert change is not None
    with closing(Store.open(data, station="S1", ballast_bytes=0)) as store:
        now = datetime.now(UTC)
        whys: list[str] = []

        def apply(facts: Any) -> Pulled:
            pulled, why = applied(facts, LOOP, before=60, change=change)
            whys.append(why)
            return pulled

        done = store.append_pull(apply, operator="p1").result()
        assert [type(each).__name__ for each in done.records] == ["BufferSet", "LoopSet"]
        assert store.append_pull(apply, operator="p1").result().records == ()
        assert whys == ["", "changed"]
        assert store.append_pull(lambda facts: asked_by_stock(facts, now)).result().records == ()  # 50 are on order
        store.append([SignalMoved(signal=LATE, step="cancel")]).result()
        (asked,) = store.append_pull(lambda facts: asked_by_stock(facts, now)).result().records
        assert asked.quantity == 70  # type: ignore[attr-defined]
        (told,) = [each for each in store.events(limit=None) if each.kind == BufferSet.kind]
        assert told.operator == "p1"
    (after,) = make_desk(data, Settings(), "", 0.0).buffers
    assert (after.size, after.zone, after.change) == (80, Zone.RED, None)
    assert after.still is not None
    assert after.still.value == "cooling"  # for one replenishment time
