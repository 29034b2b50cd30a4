"""A table of items by periods: a header line, then one line an item; a blank cell means that it was not sold then.

UTF-8 (a byte order mark is allowed); `,`, `;` or a tab between the cells. With `;` and tab a decimal comma is read as a point.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from station.jit.demand import Series

MAX_BYTES = 64 * 1024 * 1024
MOST_DECIMALS = 3


class PeriodTableError(Exception):
    """The file is no such table. `reason`: too_large, not_utf8, no_header, no_periods or unreadable."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A line that was left out. `reason`: no_item, duplicate, wrong_number_of_fields, not_a_number, negative or
    too_many_decimals."""

    line: int
    reason: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class PeriodTable:
    """The periods' names as the header has them, an item a series, and what was left out."""

    periods: tuple[str, ...]
    series: tuple[Series, ...]
    rejected: tuple[RejectedRow, ...]


class _RowError(Exception):
    def __init__(self, reason: str, value: str = "") -> None:
        super().__init__(reason)
        self.reason, self.value = reason, value


def read_periods(content: bytes) -> PeriodTable:
    """The table of a file. Raises PeriodTableError; a bad line is left out and named, the rest is read."""
    if len(content) > MAX_BYTES:
        raise PeriodTableError("too_large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PeriodTableError("not_utf8") from error
    delimiter = _delimiter(text)
    rows = _rows(text, delimiter)
    try:
        _, header = next(rows, (0, []))
        if len(header) < 2:
            raise PeriodTableError("no_periods" if header else "no_header")
        return _table(header, rows, has_decimal_comma=delimiter != ",")
    except csv.Error as error:
        raise PeriodTableError("unreadable") from error


def _delimiter(text: str) -> str:
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=header.count)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return ((reader.line_num, [cell.strip() for cell in row]) for row in reader if any(cell.strip() for cell in row))


def _table(header: Sequence[str], rows: Iterator[tuple[int, list[str]]], *, has_decimal_comma: bool) -> PeriodTable:
    periods = tuple(header[1:])
    found: dict[str, Series] = {}
    rejected = []
    for line, row in rows:
        try:
            series = _series(row, len(periods), has_decimal_comma=has_decimal_comma)
            if series.item in found:
                raise _RowError("duplicate", series.item)
        except _RowError as error:
            rejected.append(RejectedRow(line, error.reason, error.value))
        else:
            found[series.item] = series
    return PeriodTable(periods, tuple(found.values()), tuple(rejected))


def _series(row: Sequence[str], periods: int, *, has_decimal_comma: bool) -> Series:
    item, cells = row[0], row[1:]
    if not item:
        raise _RowError("no_item")
    if len(cells) > periods:
        raise _RowError("wrong_number_of_fields", str(len(row)))
    blanks = [""] * (periods - len(cells))  # a spreadsheet leaves empty cells at the end of a line out
    if all(cell.isascii() and cell.isdigit() and len(cell) < 16 for cell in cells if cell):
        return Series(item, tuple(int(cell) if cell else None for cell in (*cells, *blanks)))
    exact = [_number(cell, has_decimal_comma=has_decimal_comma) for cell in (*cells, *blanks)]
    decimals = max((_decimals(each) for each in exact if each is not None), default=0)
    if decimals > MOST_DECIMALS:
        raise _RowError("too_many_decimals", str(decimals))
    return Series(item, tuple(None if each is None else int(each.scaleb(decimals)) for each in exact), decimals)


def _number(cell: str, *, has_decimal_comma: bool) -> Decimal | None:
    if not cell:
        return None
    try:
        number = Decimal(cell.replace(",", ".") if has_decimal_comma else cell)
    except InvalidOperation as error:
        raise _RowError("not_a_number", cell) from error
    if not number.is_finite() or abs(number) >= Decimal(10**15):
        raise _RowError("not_a_number", cell)
    if number < 0:
        raise _RowError("negative", cell)
    return number


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
