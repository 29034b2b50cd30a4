"""The pull board on the screen, and what `baylight jit signals` and the labels of a loop say."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from db.records.orders import LineClosed, OrderStarted
from db.records.pull import LoopSet
from db.store import Store
from station import commands as do
from station.pull.board import PullRow, Urgency, urgency
from station.pull.cards import scanned
from station.values import Pulled
from station.view.message import Level
from station.view.pull import PullFace
from tests.helpers import faces
from tests.helpers.faces import NOW
from tests.unit.db.made import imported, item
from tests.unit.ui.conftest import MakeBench
from ui.__main__ import main
from ui.intent import interpret
from ui.local_state import Local
from ui.view_models.pull import to_start


def face(name: str = "pull") -> PullFace:
    shown = faces.all_views()[name].face
    assert isinstance(shown, PullFace)
    return shown


@pytest.mark.parametrize(
    ("left_min", "near"),
    [(-1, Urgency.LATE), (0, Urgency.SOON), (39, Urgency.SOON), (40, Urgency.IN_TIME), (119, Urgency.IN_TIME)],
)
def test_the_last_third_of_the_time_is_soon_and_beyond_it_is_late(left_min: int, near: Urgency) -> None:
    need_by = NOW + timedelta(minutes=left_min)
    row = PullRow(
        name="S", consumer="L", state="released", origin="call", need_by=need_by, raised_at=need_by - timedelta(hours=2)
    )
    assert urgency(row, NOW) is near


def test_of_what_nobody_knows_when_it_was_asked_the_last_hour_is_soon() -> None:
    row = PullRow(name="S", consumer="L", state="released", origin="order", need_by=NOW + timedelta(minutes=59))
    assert urgency(row, NOW) is Urgency.SOON
    assert urgency(replace(row, need_by=NOW + timedelta(minutes=60)), NOW) is Urgency.IN_TIME
    assert urgency(replace(row, need_by=None), NOW) is Urgency.NO_TIME


def test_a_row_says_its_urgency_by_shape_and_by_words(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["pull"])
    late, soon = bench.button("signal_K12-3.7"), bench.button("signal_JIS-0512")
    assert (late.model.level, late.model.right) == (Level.STOP, "LATE by 12 min")  # type: ignore[attr-defined]
    assert (soon.model.level, soon.model.right) == (Level.ACT, "SOON: in 14 min")  # type: ignore[attr-defined]
    bench.tap("signal_K12-3.7")
    assert bench.sent[-1] == do.ShowSignal(faces.all_views()["pull"].token, "K12-3.7")


def test_start_takes_what_was_scanned_and_else_what_is_needed_first_and_can_be_done() -> None:
    assert to_start(face()) == "K12-3.7"
    assert to_start(replace(face(), chosen="SO-48213")) == "SO-48213"
    assert to_start(replace(face(), rows=face().rows[3:5])) == ""  # one lacks its stock, the other waits for its turn
    view = faces.all_views()["pull"]
    assert interpret("action_start", view, Local(), page_rows=5)[1] == do.ShowSignal(view.token, "K12-3.7")
    assert interpret("action_pull", faces.all_views()["work"], Local(), page_rows=5)[1] == do.OpenPull()


def test_a_page_down_shows_the_next_rows_and_back_leaves(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["pull"])
    bench.tap("page_down")
    bench.settle()
    assert bench.button("signal_SO-48220").isVisible()
    bench.tap("action_back")
    assert bench.sent[-1] == do.ClosePage()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A loop of three cards; one signal is delivered, one open, one from a card too many."""
    folder = tmp_path / "data"
    with closing(Store.open(folder, station="S1", ballast_bytes=0)) as store:
        store.import_items([item("BOLT", decimals=1)], imported("item")).result()
        loop = LoopSet(loop="K12", item="BOLT", consumer="Line 3", container=400, cards=3, lead_time_min=60, use_per_day=4800)
        store.append([loop]).result()

        def scan(card: str, said: str = "") -> None:
            def decide(facts: Any) -> Pulled:
                return scanned(facts, card, store.event_log._clock(), said=said).pulled

            store.append_pull(decide).result()

        scan("K12-1")
        closed = LineClosed(order="K12-1.1", line="1", outcome="confirmed", asked=400, done_quantity=400)
        store.append([OrderStarted(order="K12-1.1"), closed]).result()
        scan("K12-1", "returned")
        scan("K12-9")
    return folder


def said(capsys: pytest.CaptureFixture[str], data: Path, *words: str) -> list[dict[str, Any]]:
    assert main(["jit", "signals", "--data", str(data), "--json", *words]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_signals_say_what_is_asked_for_and_how_long_each_step_took(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = said(capsys, data)
    assert [(each["signal"], each["state"], each["quantity"]) for each in found] == [
        ("K12-1.2", "released", "40.0"),
        ("K12-1.1", "delivered", "40.0"),
    ]
    assert found[0]["slack_min"] in (59, 60)
    assert found[1]["slack_min"] is None
    assert list(found[1]["took_s"]) == ["released", "picking", "picked", "delivered"]
    assert [each["signal"] for each in said(capsys, data, "--open")] == ["K12-1.2"]


def test_loops_say_the_formula_with_its_inputs_and_the_card_too_many(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    loop = said(capsys, data, "--table", "loops")[0]
    assert (loop["cards"], loop["formula"], loop["surplus"], loop["lost"]) == (3, 2, ["K12-9"], [])
    assert loop["formula_inputs"] == {
        "demand_per_day": 480.0,
        "lead_time_days": pytest.approx(1 / 24),
        "container": 40.0,
        "safety": 0.0,
    }
    assert (loop["covers"], loop["open"], loop["at_work"], loop["net"]) == ("internal", 1, 1, None)


def test_times_and_the_table_for_a_person(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = {each["step"]: each["count"] for each in said(capsys, data, "--table", "times")}
    assert steps == {"released": 2, "picking": 1, "picked": 1, "delivered": 1, "total": 1}
    assert main(["jit", "signals", "--data", str(data)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].split()[:3] == ["signal", "state", "slack_min"]
    assert said(capsys, data, "--table", "receipts") == []


def test_the_cards_of_a_loop_are_printed_with_what_each_asks_for(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf = data.parent / "cards.pdf"
    assert main(["labels", "kanban", "--loop", "K12", "--pdf", str(pdf), "--data", str(data), "--json"]) == 0
    codes = [json.loads(line)["code"] for line in capsys.readouterr().out.splitlines()]
    assert codes == ["BLK-K12-1", "BLK-K12-2", "BLK-K12-3"]
    assert pdf.read_bytes().startswith(b"%PDF")
    assert main(["labels", "kanban", "--loop", "K99", "--pdf", str(pdf), "--data", str(data)]) != 0
    assert "K99" in capsys.readouterr().err
