"""`baylight scan decode`: one code a line in, one answer a line out, and nothing but JSON with `--json`."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from station.codes.decode import decode
from station.scan_name import resolved
from station.values import Item
from tests.helpers.fake_store import FakeStore
from ui.__main__ import main


def decoded(path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, object]]:
    assert main(["scan", "decode", "--json", *more, str(path)]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_separators_are_taken_raw_or_as_escapes_and_end_no_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "codes"
    path.write_bytes(b"]C110L1\x1d21S1\r\n]C110L1\\x1d21S1\n[)>\x1e06\x1dPA\x1dQ2\x1e\x04\n\xff\n")
    rows = decoded(path, capsys)
    assert [row["fields"] for row in rows[:3]] == [{"lot": "L1", "serial": "S1"}] * 2 + [{"sku": "A", "quantity": "2"}]
    assert [row["kind"] for row in rows] == ["gs1", "gs1", "iso15434", "text"]
    assert [row["raw"] for row in rows[:2]] == ["]C110L1\x1d21S1"] * 2
    assert list(rows[0]) == ["raw", "symbology", "kind", "fields", "valid", "errors"]


def test_there_is_one_object_for_each_line_also_for_an_empty_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "codes"
    path.write_bytes(b"A-1\n\n  \r\n]Q1\nB-1")
    rows = decoded(path, capsys)
    assert [(row["raw"], row["valid"]) for row in rows] == [
        ("A-1", True),
        ("", False),
        ("  ", False),
        ("]Q1", True),
        ("B-1", True),
    ]
    assert [row["errors"] for row in rows[1:3]] == [
        [{"code": "no_data", "at": at, "length": 0, "identifier": ""}] for at in (0, 0)
    ]
    path.write_bytes(b"")
    assert decoded(path, capsys) == []


def test_an_error_says_what_and_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "codes"
    path.write_text("(01)09520123456788(17)251332\n", encoding="utf-8")
    [row] = decoded(path, capsys)
    assert row["errors"] == [{"code": "illegal_month", "at": 24, "length": 2, "identifier": "17"}]
    assert (row["valid"], row["fields"]) == (False, {})


def test_standard_input_is_read_and_a_person_gets_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"BLC-SH1-12-C7\n4006381333932\n")))
    assert main(["scan", "decode"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["kind", "symbology", "valid", "fields", "errors"]
    assert "machine=SH1 tray=12 compartment=C7" in lines[1]
    assert "incorrect_check_digit @12" in lines[2]


def test_a_file_that_is_not_there_is_misuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "decode", "--json", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().out == ""


def test_a_store_says_which_item_a_code_is_of() -> None:
    store = FakeStore()
    for code, barcode in (("A-1", "4006381333932"), ("B-1", "4006381333931"), ("C-1", "04006381333931")):
        store.items[code] = Item(code=code, name="", barcodes=(barcode,))
    own = resolved(decode("]C0A-1"), store)
    assert (own.kind, own.valid, own.fields["item"]) == ("alias", True, "A-1")
    number = resolved(decode("4006381333932"), store)  # no EAN, but the site calls an item so
    assert (number.kind, number.valid, number.fields) == ("alias", True, {"item": "A-1"})
    twice = resolved(decode("(01)04006381333931"), store)
    assert (twice.valid, twice.fields, [each.code for each in twice.errors]) == (False, {}, ["two_meanings"])
    assert resolved(decode("X"), store) == decode("X")
