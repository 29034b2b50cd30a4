"""The reject file: the rows that did not go in, as they were, with the reason. Mended, it can be imported itself.

It is a whole table, whatever the rows were: short ones are filled up, and what fits no column stands in `surplus`. So no text
of a row comes to stand under another heading than it came with.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from station.imports.modula import rejects_as_modula
from station.imports.report import ErrorList
from station.imports.table import JSON, MODULA, REJECT_REASON, SURPLUS, XML, Row, Table
from station.imports.xml_rows import as_xml


def reject_path(path: Path) -> Path:
    """items.csv -> items.reject.csv"""
    return path.with_name(f"{path.stem}.reject{path.suffix}")


def write_rejects(path: Path, table: Table, rows: Sequence[Row], *, errors: ErrorList) -> None:
    """Write the rows to `path`, replacing what an earlier import left there. Raises OSError."""
    path.write_bytes(_content(table, rows, errors))


def _content(table: Table, rows: Sequence[Row], errors: ErrorList) -> bytes:
    if table.form == MODULA:
        return rejects_as_modula(rows, lambda row: _reason(row, errors, table.names))
    if table.form == XML:
        return as_xml("rows", "row", [{**row.values, REJECT_REASON: _reason(row, errors)} for row in rows])
    text = _as_json(rows, errors) if table.form == JSON else _as_csv(table, rows, errors=errors)
    return text.encode("utf-8", "surrogateescape")


def _as_csv(table: Table, rows: Sequence[Row], *, errors: ErrorList) -> str:
    columns = [name for name in table.columns if name != REJECT_REASON]
    if SURPLUS not in columns and any(row.surplus for row in rows):
        columns.append(SURPLUS)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=table.delimiter, lineterminator="\n")
    writer.writerow([*columns, REJECT_REASON])
    for row in rows:
        values = {**row.values, SURPLUS: table.delimiter.join(filter(None, (row.values.get(SURPLUS), row.surplus)))}
        writer.writerow([*(values.get(name, "") for name in columns), _reason(row, errors)])
    return out.getvalue()


def _as_json(rows: Sequence[Row], errors: ErrorList) -> str:
    entries: list[object] = []
    for row in rows:
        entry = json.loads(row.raw) if row.raw else row.values
        entries.append({**entry, REJECT_REASON: _reason(row, errors)} if isinstance(entry, Mapping) else entry)
    return json.dumps(entries, indent=1) + "\n"


def _reason(row: Row, errors: ErrorList, names: Mapping[str, str] | None = None) -> str:
    """What is wrong with the row; `names` are the host's words for its fields."""
    words = names or {}
    found = errors.of_line(row.line)
    return "; ".join(f"{words.get(each.field, each.field)}: {each.reason}" if each.field else each.reason for each in found)
