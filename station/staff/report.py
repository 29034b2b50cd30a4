"""Who may what, as it is written into a file: CSV for programs, and the lines of the sheet."""

from __future__ import annotations

import csv
import io

from station.staff.table import RightsTable, cells_of, head_of
from station.values import Role


def csv_of(table: RightsTable, rules: dict[str, frozenset[Role]]) -> str:
    """The table with a head; UTF-8, comma, CRLF as RFC 4180 says. What a spreadsheet would take for a formula is quoted by a
    single quote in front of it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head_of(table))
    writer.writerows(tuple(_plain(each) for each in row) for row in cells_of(table, rules))
    return out.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
