"""`baylight orders take-over | split | cancel` on a store that no station holds, with a supervisor's badge and PIN."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.records.orders import LineClosed, OrderClosed, OrderLeft, OrderStarted
from db.records.stock import Picked
from db.store import Store
from station.settings import ResultSettings
from station.values import OrderState, Role
from tests.unit.db.made import imported, item, order, tray
from ui.__main__ import main
from ui.bootstrap.requests import make_requests, make_results

HERE = {"machine": "VLM1", "tray": 7, "compartment": "C1", "visit": 1, "item": "A", "order": "O1", "line": "1"}
PIN = "271828"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An order of three lines that somebody has begun and left; the supervisor's badge and PIN are typed."""
    with closing(Store.open(tmp_path, station="S1", ballast_bytes=0)) as store:
        store.import_items([item("A")], imported("item")).result()
        store.import_trays([tray(7)], imported("tray")).result()
        store.import_orders([order("O1", lines=3)], imported("order")).result()
        people = make_requests(store, tmp_path, make_results(store, ResultSettings(), tmp_path, "S1")).people
        people.add("Vera", Role.SUPERVISOR, badge="BLB-7", pin=PIN)
        people.add("Otto", Role.OPERATOR, badge="BLB-8", pin=PIN)
        done = LineClosed(order="O1", line="1", outcome="confirmed", asked=3, done_quantity=3)
        began = (OrderStarted(order="O1"), Picked(**HERE, quantity=3), done, OrderLeft(order="O1", why="left"))
        store.append(began, operator="p_1").result()
    secrets = {"badge": "BLB-7", "PIN": PIN}
    ask = lambda self, prompt: next(said for name, said in secrets.items() if name in prompt)  # noqa: E731
    monkeypatch.setattr("ui.cli.terminal.Terminal.read_secret", ask)
    return tmp_path


def said(data: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["orders", *words, "--reason", "why", "--data", str(data), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def state_of(data: Path, name: str) -> OrderState | None:
    with closing(Store.open_reader(data)) as reader:
        found = reader.order(name)
        return None if found is None else found.state


def test_lines_are_split_off(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(data, capsys, "split", "O1", "--lines", "3")
    assert (told["made"], told["act"]) == ("O1/2", "order_split")
    with closing(Store.open_reader(data)) as reader:
        (confirmed,) = reader.events(kinds=("pin_confirmed",))
        assert json.loads(confirmed.body)["data"] == {"person": told["by"], "act": "order_split"}
        made = reader.order("O1/2")
        assert made is not None
        assert [each.line for each in made.lines] == ["3"]


def test_an_order_is_taken_over_once(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(data, capsys, "take-over", "O1")["made"] == ""
    assert main(["orders", "take-over", "O1", "--reason", "why", "--data", str(data)]) == 1
    told = capsys.readouterr().err
    assert "O405" in told
    assert "yours already" in told


def test_a_begun_order_is_cancelled_and_its_goods_are_asked_back(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(data, capsys, "cancel", "O1", "--put-back")["made"] == "O1/back"
    assert (state_of(data, "O1"), state_of(data, "O1/back")) == (OrderState.CANCELLED, OrderState.RELEASED)


@pytest.mark.parametrize(
    ("words", "code", "status"),
    [
        (("split", "O1", "--reason", "why"), "O410", 2),
        (("cancel", "O1", "--lines", "2", "--reason", "why"), "O410", 2),
        (("hold", "O1", "--put-back", "--reason", "why"), "O410", 2),
        (("cancel", "O1"), "O321", 2),
        (("split", "O1", "--lines", "1", "--reason", "why"), "O405", 1),
        (("split", "O1", "--lines", "2,3", "--reason", "why"), "O405", 1),
        (("cancel", "O9", "--reason", "why"), "O405", 1),
    ],
)
def test_what_is_refused_says_why_and_what_to_do(
    data: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str, status: int
) -> None:
    assert main(["orders", *words, "--data", str(data)]) == status
    told = capsys.readouterr().err
    assert code in told
    assert len(told.splitlines()) >= 2, "the next step"
    assert state_of(data, "O1") is OrderState.RELEASED


def test_what_has_ended_says_so(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(Store.open(data, station="S1", ballast_bytes=0)) as store:
        store.append((OrderStarted(order="O1"), OrderClosed(order="O1")), operator="p_1").result()
    assert main(["orders", "cancel", "O1", "--reason", "why", "--data", str(data)]) == 1
    assert "order_ended" in capsys.readouterr().err


def test_an_operator_may_not(data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.cli.terminal.Terminal.read_secret", lambda self, prompt: PIN if "PIN" in prompt else "BLB-8")
    assert main(["orders", "cancel", "O1", "--reason", "why", "--data", str(data)]) == 1
    assert "no_supervisor" in capsys.readouterr().err
    assert state_of(data, "O1") is OrderState.RELEASED


def test_without_a_badge_it_is_said_what_to_type(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("ui.cli.terminal.Terminal.read_secret", lambda self, prompt: "")
    assert main(["orders", "hold", "O1", "--reason", "why", "--data", str(data)]) == 2
    told = capsys.readouterr().err
    assert "O503" in told
    assert "Type your badge, then your PIN" in told
    assert "by_badge" not in told
    assert state_of(data, "O1") is not OrderState.HELD
