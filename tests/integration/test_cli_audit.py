"""The record's proof by commands, as processes of their own: verify, export, and the exported verifier without this program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.tours import baylight, json_of, rows_of

ITEMS = [{"item": "A-1", "name": "Bolt", "unit": "pcs", "decimals": 0}]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory with an import in it, and no station yet."""
    item = tmp_path / "item.json"
    item.write_text(json.dumps(ITEMS), encoding="utf-8")
    json_of(baylight("import", item, "--data", tmp_path / "store", "--station", "B1", "--json"))
    return tmp_path / "store"


def test_an_export_is_sealed_first_and_proven_elsewhere(data: Path, tmp_path: Path) -> None:
    answer = json_of(baylight("audit", "export", tmp_path / "out", "--data", data, "--json"))
    assert answer["is_ok"] is True
    command = [sys.executable, "-I", "verifier.py", "--key", answer["public_key"], "--head", f"{answer['seq']}:{answer['head']}"]
    done = subprocess.run(command, cwd=tmp_path / "out", capture_output=True, text=True, timeout=50, check=False)
    proof = json.loads(done.stdout)
    assert (done.returncode, proof["ok"], proof["sealed_seq"]) == (0, True, answer["seq"] - 1)
    assert {each.name for each in (tmp_path / "out").iterdir()} == {
        "events.csv",
        "events.jsonl",
        "manifest.json",
        "manifest.sig",
        "movements.csv",
        "summary.pdf",
        "verifier.py",
    }
    again = baylight("audit", "export", tmp_path / "out", "--data", data)
    assert (again.returncode, "F601" in again.stderr) == (1, True)


def test_verify_compares_with_what_is_kept_elsewhere(data: Path, tmp_path: Path) -> None:
    last = rows_of(baylight("events", "--data", data, "--json"))[-1]
    heads = tmp_path / "heads.jsonl"
    heads.write_text(json.dumps({"epoch": last["epoch"], "seq": last["seq"], "head": last["hash"]}), encoding="utf-8")
    proof = json_of(baylight("audit", "verify", "--data", data, "--heads", heads, "--json"))
    assert (proof["ok"], proof["known_heads"], proof["head_ok"]) == (True, 1, True)
    missing = baylight("audit", "verify", "--data", data, "--head", f"{last['seq'] + 1}:{'ab' * 32}", "--json")
    assert missing.returncode == 1
    assert f"event {last['seq'] + 1} is known, and the record ends at {last['seq']}" in missing.stderr
    assert json.loads(missing.stdout)["head_ok"] is False
    assert "F602" in baylight("audit", "verify", "--data", data, "--head", "x").stderr


def test_a_selection_of_nobody_is_a_misuse(data: Path, tmp_path: Path) -> None:
    done = baylight("audit", "export", tmp_path / "out", "--data", data, "--person", "Nobody")
    assert (done.returncode, "F603 there is no person Nobody" in done.stderr) == (2, True)
    assert baylight("audit", "export", tmp_path / "out", "--data", data, "--from", "yesterday").returncode == 2
    assert not (tmp_path / "out").exists()


def test_trays_of_the_past_traces_and_reviews_are_commands(data: Path, tmp_path: Path) -> None:
    trays = tmp_path / "tray.csv"
    trays.write_text(
        "machine,tray,width_mm,depth_mm,max_weight_g,compartment,x_mm,y_mm,compartment_width_mm,compartment_depth_mm\n"
        "VLM1,7,1000,800,100000,C1,0,0,500,800\n"
    )
    stock = tmp_path / "stock.csv"
    stock.write_text("machine,tray,compartment,item,quantity,lot\nVLM1,7,C1,A-1,12,L1\n")
    for file in (trays, stock):
        json_of(baylight("import", file, "--data", data, "--json"))
    now = json_of(baylight("trays", "7", "--at", "2100-01-01", "--data", data, "--json"))
    assert [(each["item"], each["lot"], each["quantity"]) for each in now["stock"]] == [("A-1", "L1", "12")]
    before = json_of(baylight("trays", "7", "--at", "2000-01-01", "--data", data, "--json"))
    assert (before["stock"], before["index"], before["total"]) == ([], 0, 1)
    found = rows_of(baylight("trace", "lot", "L1", "--data", data, "--json"))
    assert [each["way"] for each in found] == ["came", "lies"]
    assert baylight("trace", "lot", "L9", "--data", data).returncode == 1
    assert "O530" in baylight("trays", "--at", "2100-01-01", "--data", data).stderr
    assert rows_of(baylight("audit", "reviews", "--data", data, "--json")) == []
    only = ("--machine", "VLM1", "--tray", "7", "--lot", "L1")
    export = json_of(baylight("audit", "export", tmp_path / "tray", *only, "--data", data, "--json"))
    assert export["is_ok"] is True
    assert (tmp_path / "tray" / "events.csv").read_text().count("stock_loaded") == 1
