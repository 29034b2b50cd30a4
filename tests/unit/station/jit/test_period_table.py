"""The table of items by periods: what is read, and what is left out and named."""

from __future__ import annotations

import pytest

from station.jit.demand import Series
from station.jit.period_table import PeriodTableError, RejectedRow, read_periods


def test_a_blank_cell_is_not_zero() -> None:
    table = read_periods(b"item,Jan-98,Feb-98\nA,0,\nB,,7\n")
    assert table.periods == ("Jan-98", "Feb-98")
    assert table.series == (Series("A", (0, None)), Series("B", (None, 7)))


def test_quantities_keep_their_decimals() -> None:
    assert read_periods(b"item,1,2\nA,1.5,2.125\n").series == (Series("A", (1500, 2125), 3),)


@pytest.mark.parametrize(
    "content", [b"item;1;2\nA;1,5;2\n", b"item\t1\t2\nA\t1,5\t2\n", "\ufeffitem,1,2\r\nA,1.5,2\r\n".encode()]
)
def test_what_a_spreadsheet_writes_is_read(content: bytes) -> None:
    assert read_periods(content).series == (Series("A", (15, 20), 1),)


def test_cells_that_are_missing_at_the_end_are_blank() -> None:
    assert read_periods(b"item,1,2,3\nA,4\n\n").series == (Series("A", (4, None, None)),)


@pytest.mark.parametrize(
    ("row", "reason", "value"),
    [
        ("A,1,2,3", "wrong_number_of_fields", "4"),
        (",1,2", "no_item", ""),
        ("A,1,two", "not_a_number", "two"),
        ("A,1,NaN", "not_a_number", "NaN"),
        ("A,1,9e99", "not_a_number", "9e99"),
        ("A,1,-2", "negative", "-2"),
        ("A,1,0.0001", "too_many_decimals", "4"),
        ("Z,1,2", "duplicate", "Z"),
    ],
)
def test_a_bad_line_is_left_out_and_named(row: str, reason: str, value: str) -> None:
    table = read_periods(f"item,1,2\nZ,1,1\n{row}\nY,2,2\n".encode())
    assert [each.item for each in table.series] == ["Z", "Y"]
    assert table.rejected == (RejectedRow(3, reason, value),)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "no_header"), (b"item\nA\n", "no_periods"), (b"item,1\n\xff,1\n", "not_utf8"), (b"x" * (64 * 2**20 + 1), "too_large")],
)
def test_what_is_no_table_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(PeriodTableError) as caught:
        read_periods(content)
    assert caught.value.reason == reason
