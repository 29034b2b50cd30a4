"""A file of what is known of items beside their demand: one item a line, columns by name, a blank where nobody knows it.

The form is that of the other files (CSV with `,` or `;`, or JSON); docs/jit.md lists the columns.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from station.imports.report import ErrorList, RowError
from station.imports.table import Row, read_table
from station.jit.facts import ItemFacts

TEXTS = ("supplier", "lane")
FLAGS = ("is_overseas", "is_consumable", "in_sequence")
WHOLE = ("suppliers",)
SHARES = ("otif",)
NUMBERS = (
    "unit_value",
    "lead_time_days",
    "lead_time_sd_days",
    "firm_days",
    "order_cost",
    "minimum_order",
    "volume_dm3",
    "on_hand",
    "on_order",
    "committed",
    "minimum",
    "maximum",
)
COLUMNS = ("item", *TEXTS, *FLAGS, *WHOLE, *SHARES, *NUMBERS)
MOST = 1e12
YES, NO = frozenset({"1", "yes", "true"}), frozenset({"0", "no", "false"})


@dataclass(frozen=True, slots=True)
class FactsFile:
    """The facts by item, what was wrong (such a line is left out), and the columns that nobody reads."""

    facts: dict[str, ItemFacts]
    errors: tuple[RowError, ...]
    ignored: tuple[str, ...] = ()


def read_facts(content: bytes, *, file: str, is_json: bool = False) -> FactsFile:
    """The facts of a file. A file that cannot be read has one error, of line 0 or of the header."""
    errors = ErrorList(file)
    table = read_table(content, form="json" if is_json else "csv", errors=errors)
    if table is None:
        return FactsFile({}, tuple(errors.errors))
    if "item" not in table.columns:
        errors.add(0, "item", "missing_column", allowed=", ".join(COLUMNS))
        return FactsFile({}, tuple(errors.errors))
    found: dict[str, ItemFacts] = {}
    for row in table.rows:
        before = len(errors.errors)
        facts = None if row.is_broken else _facts(row, errors)
        if facts is None or len(errors.errors) > before:
            continue
        if facts.item in found:
            errors.add(row.line, "item", "duplicate", value=facts.item)
        else:
            found[facts.item] = facts
    ignored = tuple(each for each in table.columns if each not in COLUMNS)
    return FactsFile(found, tuple(errors.errors), ignored)


def _facts(row: Row, errors: ErrorList) -> ItemFacts | None:
    if not row.values.get("item"):
        errors.add(row.line, "item", "missing")
        return None
    values: dict[str, object] = {name: row.values[name] for name in TEXTS if row.values.get(name)}
    values |= {name: found for name in FLAGS if (found := _flag(row, name, errors)) is not None}
    for name in (*NUMBERS, *WHOLE, *SHARES):
        if (number := _number(row, name, errors)) is not None:
            values[name] = int(number) if name in WHOLE else number
    return ItemFacts(item=row.values["item"], **values)  # type: ignore[arg-type]


def _flag(row: Row, name: str, errors: ErrorList) -> bool | None:
    text = row.values.get(name, "").lower()
    if text and text not in YES | NO:
        errors.add(row.line, name, "not_allowed", value=text, allowed="yes, no")
    return text in YES if text in YES | NO else None


def _number(row: Row, name: str, errors: ErrorList) -> float | None:
    text = row.values.get(name, "")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    high = 1.0 if name in SHARES else MOST
    is_whole = name not in WHOLE or number == int(number) if math.isfinite(number) else False
    if not is_whole or not 0 <= number <= high:
        errors.add(row.line, name, "not_allowed", value=text, allowed=f"0 to {high:g}" + (", whole" if name in WHOLE else ""))
        return None
    return number
