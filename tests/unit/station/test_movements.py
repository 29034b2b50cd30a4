"""What an export's tables say of events."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from station.movements import COLUMNS, Tables, deviation_of, movement_of
from station.values import EventRow, Item

AT = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
WHERE = {"machine": "VLM1", "tray": 7, "compartment": "C1", "visit": 2, "item": "A", "lot": "L1", "serial": "", "owner": "own"}
WHERE |= {"status": "free", "order": "O1", "line": "1", "reason": ""}
CABLE = Item(code="A", name="Cable", unit="m", decimals=2)


def event(kind: str, **data: Any) -> tuple[EventRow, dict[str, Any]]:
    """An event of this kind at the place above."""
    row = EventRow(id="i", station="S1", epoch="e", seq=9, kind=kind, at=AT, operator="p_1", body="", prev="", hash="")
    return row, WHERE | data


def change_of(kind: str, **data: Any) -> tuple[int | None, int | None]:
    movement = movement_of(*event(kind, **data))
    assert movement is not None
    return movement.change, movement.found


def test_each_kind_says_what_changed_and_what_was_found() -> None:
    assert change_of("picked", quantity=3) == (-3, None)
    assert change_of("put", quantity=3) == (3, None)
    assert change_of("corrected", remaining=5, delta=-2) == (-2, 5)
    assert change_of("counted", counted=4, book=6) == (-2, 4)
    assert change_of("stock_loaded", counted=4) == (None, 4)
    assert movement_of(*event("line_closed", asked=1, done_quantity=1)) is None


def test_a_row_has_decimal_strings_and_every_column() -> None:
    movement = movement_of(*event("picked", quantity=150))
    assert movement is not None
    row = movement.as_row(CABLE)
    assert tuple(row) == COLUMNS
    assert (row["change"], row["found"], row["unit"], row["person"], row["lot"]) == ("-1.50", "", "m", "p_1", "L1")


def test_deviations_are_shorts_corrections_and_wrong_books() -> None:
    cases = {
        ("line_closed", 5, 3, "not_there"): {"asked": 5, "done_quantity": 3, "reason": "not_there"},
        ("corrected", 7, 5, "damaged"): {"remaining": 5, "delta": -2, "reason": "damaged"},
        ("counted", 6, 4, ""): {"counted": 4, "book": 6},
    }
    for (kind, asked, done, reason), data in cases.items():
        found = deviation_of(*event(kind, **data))
        assert found is not None
        assert (found.asked, found.done, found.reason) == (asked, done, reason)
    assert deviation_of(*event("line_closed", asked=5, done_quantity=5)) is None
    assert deviation_of(*event("counted", counted=6, book=6)) is None
    assert deviation_of(*event("picked", quantity=6)) is None


def test_long_tables_are_cut_and_counted() -> None:
    tables = Tables(most=2)
    for _ in range(5):
        assert tables.take(*event("counted", counted=4, book=6)) is not None
    assert (len(tables.movements), tables.all_movements) == (2, 5)
    assert (len(tables.deviations), tables.all_deviations) == (2, 5)
    assert json.dumps(tables.movements[0].as_row(None)["change"]) == '"-2"'
