"""`baylight block`: the list with the stations that the word has not reached, and misuse."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from db.records.blocks import StockBlocked
from db.store import Store
from db.sync import blocks
from ui.__main__ import main


@pytest.fixture
def data(tmp_path: Path) -> Path:
    told = {"lot": "L1", "owner": "", "supplier": "ACME", "reason": "recall", "since": "2026-03-03T12:00:00.000000Z"}
    said = {**told, "block": "e-7", "item": "A", "lifted_at": None, "station": "S2", "stations": {"S1": "x", "S2": "x", "S3": ""}}
    with closing(Store.open(tmp_path, station="S1", ballast_bytes=0)) as store:
        store.sync(lambda connection: blocks.put(connection, said)).result()
        store.append([StockBlocked(item="B", reason="quality")]).result()
    return tmp_path


def test_the_list_names_the_stations_that_do_not_know_yet(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["block", "list", "--data", str(data), "--json"]) == 0
    shown = capsys.readouterr()
    foreign, own = (json.loads(line) for line in shown.out.splitlines())
    assert (foreign["item"], foreign["lot"], foreign["station"], foreign["not_reached"]) == ("A", "L1", "S2", ["S3"])
    assert (own["item"], own["lot"], own["station"], own["not_reached"]) == ("B", "", "", [])
    assert "O541" in shown.err
    assert "S3" in shown.err


def test_it_needs_a_supervisor(data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.cli.terminal.Terminal.read_secret", lambda self, prompt: "")
    assert main(["block", "lot", "L1", "--reason", "recall", "--data", str(data)]) == 2
    assert "O503" in capsys.readouterr().err
