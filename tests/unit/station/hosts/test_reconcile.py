"""The host's stock and ours at a common cut-off: what is equal, what is on its way, and what nobody can explain."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from db.records.record import Record
from db.records.stock import Counted, Picked, Put
from db.store import Store
from station.hosts.reconcile import movements_since
from station.hosts.reconciling import ReconcileError, reconcile, told
from station.results import Results
from station.values import EventRow
from tests.unit.station.hosts.conftest import NOON, Host, make_folder
from ui.__main__ import main
from ui.bootstrap.hosts import compare_stock

HERE = {"machine": "M1", "tray": 1, "compartment": "A1", "visit": 1}
BOLT = {**HERE, "item": "BOLT"}


def book(store: Store, *records: Record) -> int:
    return store.append(records, operator="p_1").result(5)[-1].seq


@pytest.fixture
def acknowledged(store: Store, tmp_path: Path) -> Results:
    """Ten bolts of which the host knows."""
    results = Results(store=store, directory=tmp_path / "results", station="S1")
    book(store, Put(**BOLT, quantity=10, reason="found"))
    (file,) = results.export()
    results.acknowledge(file.path.name)
    return results


def compared(store: Store, tmp_path: Path, *rows: str, head: str = "item,quantity,lot,owner") -> dict[str, Any]:
    path = tmp_path / "host.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return told(reconcile(path, store, "S1", NOON))


def states(found: dict[str, Any]) -> list[tuple[str, ...]]:
    return [tuple(each[name] for name in ("item", "state", "ours", "host", "in_transit", "difference")) for each in found["rows"]]


@pytest.mark.usefixtures("acknowledged")
def test_what_both_have_is_equal_and_needs_no_events(store: Store, tmp_path: Path) -> None:
    found = compared(store, tmp_path, "BOLT,10,,own")
    assert states(found) == [("BOLT", "equal", "10", "10", "0", "0")]
    assert (found["equal"], found["rows"][0]["events"]) == (1, [])


@pytest.mark.usefixtures("acknowledged")
def test_what_the_host_has_not_acknowledged_is_in_transit(store: Store, tmp_path: Path) -> None:
    book(store, Picked(**BOLT, quantity=3, reason="sample"))
    found = compared(store, tmp_path, "BOLT,10,,own")
    assert states(found) == [("BOLT", "in_transit", "7", "10", "-3", "0")]
    assert [each["change"] for each in found["rows"][0]["events"]] == ["-3", "10"]


@pytest.mark.usefixtures("acknowledged")
def test_what_is_left_over_is_a_difference_with_the_events_since_the_last_agreement(store: Store, tmp_path: Path) -> None:
    compared(store, tmp_path, "BOLT,10,,own")
    book(store, Picked(**BOLT, quantity=3, reason="sample"))
    found = compared(store, tmp_path, "BOLT,12,,own")
    assert states(found) == [("BOLT", "different", "7", "12", "-3", "-2")]
    assert [each["change"] for each in found["rows"][0]["events"]] == ["-3"], "both agreed on the ten"
    book(store, Picked(**BOLT, quantity=1, reason="sample"))
    again = compared(store, tmp_path, "BOLT,12,,own")
    assert [each["change"] for each in again["rows"][0]["events"]] == ["-1", "-3"], "a difference is no agreement"


@pytest.mark.usefixtures("acknowledged")
def test_nothing_is_corrected(store: Store, tmp_path: Path) -> None:
    before = store.stock()
    compared(store, tmp_path, "BOLT,99,,own")
    assert store.stock() == before
    (event,) = store.events(kinds=("stock_compared",))
    assert json.loads(event.body)["data"]["different"] == ['["BOLT", "", "own"]']


def test_a_cut_off_by_our_own_log_counts_to_that_event(store: Store, tmp_path: Path) -> None:
    seq = book(store, Put(**BOLT, quantity=10, reason="found"))
    book(store, Picked(**BOLT, quantity=4, reason="sample"))
    epoch = store.head()[0]
    found = compared(store, tmp_path, f"BOLT,10,,own,{epoch},{seq}", head="item,quantity,lot,owner,epoch,seq")
    assert states(found) == [("BOLT", "in_transit", "6", "10", "-4", "0")]


def test_a_cut_off_by_time_counts_to_that_moment(store: Store, tmp_path: Path) -> None:
    book(store, Put(**BOLT, quantity=10, reason="found"))
    (put,) = store.events(kinds=("put",))
    book(store, Counted(**BOLT, counted=8))
    found = compared(store, tmp_path, f"BOLT,10,,own,{put.at.isoformat()}", head="item,quantity,lot,owner,at")
    assert states(found) == [("BOLT", "in_transit", "8", "10", "-2", "0")]


def test_lots_and_owners_are_told_apart_and_what_only_one_has_is_a_difference(store: Store, tmp_path: Path) -> None:
    book(store, Put(**HERE, item="PAINT", lot="L1", quantity=150, reason="found"))
    found = compared(store, tmp_path, "PAINT,1.50,L2,own", "BOLT,4,,ACME", head="item,quantity,lot,owner")
    assert [(each["item"], each["lot"], each["owner"], each["state"], each["difference"]) for each in found["rows"]] == [
        ("BOLT", "", "ACME", "different", "-4"),
        ("PAINT", "L1", "own", "in_transit", "0.00"),
        ("PAINT", "L2", "own", "different", "-1.50"),
    ]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (("NUT,1,,",), "unknown_item"),
        (("BOLT,1,,", "BOLT,2,,own"), "duplicate"),
        (("BOLT,1.5,,",), "too_many_decimals"),
    ],
)
def test_a_file_that_is_wrong_is_compared_with_nothing(store: Store, tmp_path: Path, rows: tuple[str, ...], reason: str) -> None:
    with pytest.raises(ReconcileError) as refused:
        compared(store, tmp_path, *rows)
    assert refused.value.errors[0].reason == reason
    assert store.events(kinds=("stock_compared",)) == ()


def test_one_file_has_one_cut_off(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ReconcileError, match="differs_from_first_row"):
        compared(store, tmp_path, "BOLT,1,2026-05-04T08:00:00Z", "PAINT,1,2026-05-04T09:00:00Z", head="item,quantity,at")


@pytest.mark.usefixtures("acknowledged")
def test_a_file_in_the_folder_is_answered_there(store: Store, tmp_path: Path) -> None:
    host = Host(make_folder(tmp_path), store)
    host.inbox.compare = lambda path: compare_stock(store, "S1", path)
    fate = host.send("reconcile-20260504.csv", "item,quantity\nBOLT,9\n")
    assert (fate.fate, fate.what, fate.rows, fate.reason) == ("taken", "reconcile", 1, "different")
    (answer,) = (tmp_path / "out").iterdir()
    assert json.loads(answer.read_text(encoding="utf-8"))["rows"][0]["difference"] == "1"
    fate = host.send("reconcile.csv", "item,quantity\nNUT,9\n")
    assert (fate.fate, fate.reason) == ("failed", "unknown_item")


@pytest.mark.usefixtures("acknowledged")
def test_the_command_ends_with_1_when_something_differs(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store.close()
    (tmp_path / "h.csv").write_text("item,quantity\nBOLT,10\n", encoding="utf-8")
    data = ["--data", str(tmp_path / "store")]
    assert main(["reconcile", str(tmp_path / "h.csv"), *data, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["equal"] == 1
    (tmp_path / "h.csv").write_text("item,quantity\nBOLT,11\n", encoding="utf-8")
    assert main(["reconcile", str(tmp_path / "h.csv"), *data]) == 1
    assert "1 different" in capsys.readouterr().out
    (tmp_path / "h.csv").write_text("item,quantity\nNUT,11\n", encoding="utf-8")
    assert main(["reconcile", str(tmp_path / "h.csv"), *data]) == 1
    assert "O552" in capsys.readouterr().err


def test_an_agreement_in_the_log_before_a_restore_counts_in_the_one_after_it() -> None:
    events = [moved("old", 1, 5), moved("old", 2, -1), moved("new", 1, -2)]
    since = movements_since(events, is_known=lambda event, data: True, agreed=lambda key: ("old", 1))
    assert [each.change for each in since["BOLT", "", "own"].newest] == [-1, -2]


def moved(epoch: str, seq: int, change: int) -> EventRow:
    facts = {**BOLT, "lot": "", "owner": "own", "quantity": abs(change), "reason": ""}
    kind = "put" if change > 0 else "picked"
    body = json.dumps({"data": facts})
    return EventRow(
        id=f"{epoch}{seq}", station="S1", epoch=epoch, seq=seq, kind=kind, at=NOON, operator="", body=body, prev="", hash=""
    )
