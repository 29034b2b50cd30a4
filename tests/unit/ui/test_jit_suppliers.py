"""`baylight jit suppliers` over a store: what came of a signal, of an announced receipt, and what was agreed."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.records.pull import LoopSet, SignalMoved, SignalRaised
from db.records.receipts import Received
from db.rows.orders import Order, OrderKind, OrderLine
from db.store import Store
from tests.unit.db.made import imported, item
from ui.__main__ import main

NOW = datetime.now(UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A signal of 10, of which 4 came too late and one of them was rejected; an announced receipt that came whole, in time."""
    folder = tmp_path / "data"
    with closing(Store.open(folder, station="S1", ballast_bytes=0)) as store:
        store.import_items([item("BOLT", unit_value=200)], imported("item")).result()
        line = OrderLine(order="R1", line="1", item="BOLT", quantity=8)
        due = NOW + timedelta(days=1)
        receipt = Order(order="R1", kind=OrderKind.RECEIPT, need_by=due, supplier="Brandt", lines=(line,))
        store.import_orders([receipt], imported("order")).result()
        loop = LoopSet(
            loop="S1", item="BOLT", consumer="VLM1", supplier="Brandt", container=5, cards=0, lead_time_min=2880,
            trigger_at=5, up_to=15,
        )  # fmt: skip
        late = (NOW - timedelta(days=2)).isoformat(timespec="microseconds")
        asked = SignalRaised(
            signal="S1.1", item="BOLT", quantity=10, consumer="VLM1", origin="trigger", need_by=late, loop="S1", supplier="Brandt"
        )
        store.append([loop, asked, SignalMoved(signal="S1.1", step="send")]).result()
        came: dict[str, Any] = {"item": "BOLT", "supplier": "Brandt", "reference": "S1.1"}
        store.append([Received(**came, quantity=1, verdict="reject", reason="damaged")]).result()
        store.append([Received(**came, quantity=3, difference="supplier_short", place="in")]).result()
        announced = Received(order="R1", line="1", item="BOLT", supplier="Brandt", quantity=8, expected=8, place="in")
        store.append([announced]).result()
    return folder


def said(capsys: pytest.CaptureFixture[str], data: Path, *words: str, status: int = 0) -> list[dict[str, Any]]:
    assert main(["jit", "suppliers", "--data", str(data), "--json", *words]) == status
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_supplier_is_measured_by_what_came_against_what_was_asked(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = said(capsys, data)[0]
    assert (row["supplier"], row["deliveries"], row["items"]) == ("Brandt", 2, 1)
    assert (row["on_time"], row["in_full"], row["otif"]) == (0.5, 0.5, 0.5)
    assert row["quantity_accuracy"] == pytest.approx(1 - 6 / 18)
    assert row["ppm"] == round(1_000_000 / 12)
    assert row["lead_time_days"] == 0.0  # of the signal alone: nobody knows when the receipt was asked for


def test_an_item_says_what_was_agreed_and_what_smaller_deliveries_bring(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agreed = tmp_path / "agreed.csv"
    agreed.write_text("supplier,item,lot,service,weekdays\nBrandt,,5,0.95,\n", encoding="utf-8")
    row = said(capsys, data, "--by", "item", "--agreed", str(agreed))[0]
    assert (row["agreed_lead_time_days"], row["agreed_lot"], row["agreed_service"]) == (2.0, 5.0, 0.95)
    assert row["breaks"] == {"lot": 1.0, "service": 0.5}
    assert row["lot"] == 6.0
    assert row["cash_money"] == round((6.0 - 3.0) / 2 * 200)
    assert row["cost_money"] == round((12 / 3 - 12 / 6) * 5000)
    assert row["net_money"] == pytest.approx(row["saved_money"] - row["cost_money"], abs=1)


def test_agreements_that_say_nothing_are_misuse(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    agreed = tmp_path / "agreed.csv"
    agreed.write_text("name\nBrandt\n", encoding="utf-8")
    assert main(["jit", "suppliers", "--data", str(data), "--agreed", str(agreed)]) == 2
    assert "O525" in capsys.readouterr().err
    agreed.write_text("supplier,weekdays\nBrandt,mon\nVogel,soon\n", encoding="utf-8")
    assert main(["jit", "suppliers", "--data", str(data), "--agreed", str(agreed)]) == 1
    assert "line 3" in capsys.readouterr().err
