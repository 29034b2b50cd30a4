"""What was agreed with suppliers, as a file says it: a supplier and item a line, columns by name, blank: nothing is agreed.

An empty item: of all items of the supplier that have no line of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from station.imports.report import ErrorList, RowError
from station.imports.table import Row, read_table
from station.jit.suppliers import Agreement

COLUMNS = ("supplier", "item", "lead_time_days", "weekdays", "lot", "service")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST = {"lead_time_days": 730.0, "lot": 1e9, "service": 1.0}


@dataclass(frozen=True, slots=True)
class AgreedFile:
    """By supplier and item ("" for all others), with what was wrong: such a line is left out. Lots are in stock units."""

    agreed: dict[tuple[str, str], Agreement]
    lots: dict[tuple[str, str], float]
    errors: tuple[RowError, ...]


def read_agreed(content: bytes, *, file: str, is_json: bool = False) -> AgreedFile:
    """The agreements of a file. A file that cannot be read has one error, of line 0 or of the header."""
    errors = ErrorList(file)
    table = read_table(content, form="json" if is_json else "csv", errors=errors)
    found: dict[tuple[str, str], Agreement] = {}
    lots: dict[tuple[str, str], float] = {}
    if table is not None and "supplier" not in table.columns:
        errors.add(0, "supplier", "missing_column", allowed=", ".join(COLUMNS))
        table = None
    for row in table.rows if table is not None else ():
        before = len(errors.errors)
        key = row.values.get("supplier", ""), row.values.get("item", "")
        if row.is_broken or not key[0]:
            errors.add(row.line, "supplier", "missing")
            continue
        agreement, lot = _agreement(row, errors), _number(row, "lot", errors)
        if key in found:
            errors.add(row.line, "item", "duplicate", value=key[1])
        if len(errors.errors) == before:
            found[key] = agreement
            lots |= {key: lot} if lot else {}
    return AgreedFile(found, lots, tuple(errors.errors))


def _agreement(row: Row, errors: ErrorList) -> Agreement:
    return Agreement(
        lead_time_days=_number(row, "lead_time_days", errors),
        weekdays=_weekdays(row, errors),
        service=_number(row, "service", errors),
    )


def _weekdays(row: Row, errors: ErrorList) -> frozenset[int]:
    names = row.values.get("weekdays", "").lower().split()
    if wrong := [each for each in names if each not in DAYS]:
        errors.add(row.line, "weekdays", "not_allowed", value=wrong[0], allowed=" ".join(DAYS))
        return frozenset()
    return frozenset(DAYS.index(each) for each in names)


def _number(row: Row, name: str, errors: ErrorList) -> float | None:
    text = row.values.get(name, "")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 < number <= MOST[name]:
        errors.add(row.line, name, "not_allowed", value=text, allowed=f"more than 0, up to {MOST[name]:g}")
        return None
    return number
