"""Movements under Power Pick's words: which transaction, why, and how far on the way to the host."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from db.records.orders import LineClosed
from db.records.record import Record
from db.records.stock import Corrected, Counted, Picked, Put
from db.store import Store
from station.hosts.power_pick import ExportState, Transaction
from station.results import Results
from ui.__main__ import main
from ui.bootstrap.hosts import write_movements

HERE = {"machine": "M1", "tray": 1, "compartment": "A1", "visit": 1, "item": "BOLT"}
LINE = {"order": "O1", "line": "1"}


def told(store: Store, tmp_path: Path, *records: Record) -> list[tuple[str, str, str]]:
    for each in records:
        store.append([each], operator="p_1").result(5)
    write_movements(tmp_path / "store", "S1", tmp_path / "m.csv", as_json=False)
    with (tmp_path / "m.csv").open(newline="", encoding="utf-8") as file:
        return [(each["transaction"], each["motive"], each["export_state"]) for each in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (Put(**HERE, quantity=2, reason="found"), ("manual_put", "found", "ready")),
        (Picked(**HERE, quantity=2, reason="sample"), ("manual_pick", "sample", "ready")),
        (Put(**HERE, **LINE, quantity=2), ("order_put", "", "cannot_yet")),
        (Picked(**HERE, **LINE, quantity=2), ("order_pick", "", "cannot_yet")),
        (Put(**HERE, quantity=2, reason="put_away"), ("transfer", "put_away", "not_to_be_exported")),
        (Counted(**HERE, counted=7), ("context_count", "", "ready")),
        (Counted(**HERE, **LINE, counted=0), ("order_count", "", "not_to_be_exported")),
        (Corrected(**HERE, remaining=3, reason="found"), ("manual_correction", "found", "ready")),
        (Corrected(**HERE, **LINE, remaining=3, reason="not_found"), ("context_correction", "not_found", "ready")),
    ],
)
def test_each_movement_has_its_transaction(store: Store, tmp_path: Path, record: Record, expected: tuple[str, str, str]) -> None:
    assert told(store, tmp_path, record) == [expected]


def test_a_pick_for_a_line_goes_out_with_the_line(store: Store, tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text("order,kind,line,item,quantity\nO1,pick,1,BOLT,2\n", encoding="utf-8")
    from station.imports import import_file

    assert import_file(tmp_path / "o.csv", store).is_clean
    results = Results(store=store, directory=tmp_path / "results", station="S1")
    assert told(store, tmp_path, Picked(**HERE, **LINE, quantity=2))[0][2] == "cannot_yet"
    closed = LineClosed(order="O1", line="1", outcome="confirmed", asked=2, done_quantity=2)
    assert told(store, tmp_path, closed)[0][2] == "ready"
    (file,) = results.export()
    assert told(store, tmp_path)[0][2] == "exporting"
    results.acknowledge(file.path.name)
    assert told(store, tmp_path)[0][2] == "done"


def test_the_numbers_are_power_picks() -> None:
    assert [int(Transaction[name]) for name in ("MANUAL_PUT", "ORDER_PICK", "TRANSFER", "CONTEXT_CORRECTION", "KIT_RENAME")] == [
        1,
        4,
        5,
        10,
        15,
    ]
    assert [int(each) for each in ExportState] == [0, 1, 2, 3, 4, 5, 6]


def test_the_command_writes_json_and_says_how_many(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store.append([Put(**HERE, quantity=2, reason="found")], operator="p_1").result(5)
    file = tmp_path / "m.json"
    assert main(["export", "movements", str(file), "--data", str(tmp_path / "store"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == 1
    (row,) = json.loads(file.read_text(encoding="utf-8"))
    assert (row["transaction_type"], row["export_state_type"], row["change"]) == (1, 2, "2")
    assert main(["export", "movements", "--data", str(tmp_path / "store")]) == 2
    assert main(["export", "movements", str(tmp_path / "none" / "m.csv"), "--data", str(tmp_path / "store")]) == 1
    assert "O551" in capsys.readouterr().err
