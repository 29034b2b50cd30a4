"""Bytes of a CSV, JSON or XML file to rows of named texts. Knows nothing of items or orders, and fails on no bytes.

CSV: UTF-8 (a byte order mark is allowed), `;` or `,`, a header line, one row on each line: a quoted line break is refused, so
that one missing quote spoils one row and not the rest of the file. JSON: a list of objects, or an object with that list as
`rows`; numbers are read as they are written, without rounding. XML: one element for each row (`xml_rows`).
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from station.imports.report import ErrorList
from station.imports.xml_rows import XmlError, entries, parse

MAX_BYTES = 64 * 1024 * 1024
REJECT_REASON = "reject_reason"  # the last column of a reject file
CSV, JSON, XML, MODULA = "csv", "json", "xml", "modula"
FORMS = (CSV, JSON, XML)
SURPLUS = "surplus"  # the column before it, where a row has more text than columns

# Reasons that the row alone does not show: by itself it looks good. Where `reject_reason` still says one of them, nobody has
# looked at the row, and it stays out.
UNSEEN_REASONS = frozenset({"wrong_number_of_fields", "bad_quotes", "duplicate", "differs_from_first_row", "overlaps"})

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line and its texts by column. A broken row cannot be read, and its errors are noted already. `surplus` is the
    text of a CSV line that fits no column, `raw` a JSON row whose values fit no text, as it was."""

    line: int
    values: Mapping[str, str]
    raw: str = ""
    surplus: str = ""
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`form` (csv, json, xml or modula) and `delimiter` say how a reject file is written, `names` what the host calls a column
    where it has a word of its own."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    form: str = CSV
    delimiter: str = ","
    names: Mapping[str, str] = field(default_factory=dict)


def form_of(path: Path) -> str:
    """What a file's name says that it is: csv when it says nothing."""
    suffix = path.suffix.lower()[1:]
    return suffix if suffix in FORMS else CSV


def read_table(content: bytes, *, form: str, errors: ErrorList) -> Table | None:
    """The rows of a file; None, with the reason among the errors (line 0 or the header's line), when it cannot be read."""
    if len(content) > MAX_BYTES:
        errors.add(0, "", "file_too_large", allowed=f"{MAX_BYTES} bytes")
        return None
    table = _READERS[form](content, errors)
    if table is None:
        return None
    return replace(table, rows=tuple(_refuse_unmended(_refuse_bytes(row, errors), errors) for row in table.rows))


def _refuse_unmended(row: Row, errors: ErrorList) -> Row:
    """The row, broken when it comes back from a reject file with a reason that only a person can take away."""
    if row.is_broken:
        return row
    found = [each.strip().rpartition(": ") for each in row.values.get(REJECT_REASON, "").split(";")]
    unseen = [(name, reason) for name, _, reason in found if reason in UNSEEN_REASONS]
    for name, reason in unseen:
        errors.add(row.line, name, reason, allowed=f"empty {REJECT_REASON} when the row is mended")
    return replace(row, is_broken=True) if unseen else row


def _refuse_bytes(row: Row, errors: ErrorList) -> Row:
    """The row, broken when a text of it is not Unicode: the store could not hold it."""
    bad = [name for name, value in row.values.items() if not _is_unicode(name + value)]
    for name in bad:
        errors.add(row.line, name, "not_utf8", value=row.values[name])
    return replace(row, is_broken=True) if bad else row


def _is_unicode(value: str) -> bool:
    return not any("\ud800" <= each <= "\udfff" for each in value)


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig", "surrogateescape")


def _read_csv(content: bytes, errors: ErrorList) -> Table | None:
    text = _text(content)
    lines = [(no, line) for no, line in enumerate(_LINE_BREAK.split(text), start=1) if line.strip()]
    if not lines:
        errors.add(0, "", "empty_file")
        return None
    header_no, header = lines[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    names = [each.strip().lower() for each in _split(header, delimiter) or []]
    if not names or "" in names or len(set(names)) < len(names) or not all(map(_is_unicode, names)):
        errors.add(header_no, "", "bad_header", value=header)
        return None
    rows = tuple(_csv_rows(lines[1:], names, delimiter=delimiter, errors=errors))
    return Table(tuple(names), rows, delimiter=delimiter)


def _split(line: str, delimiter: str) -> list[str] | None:
    """The fields of a line, None when its quotes do not match or a field is larger than the csv module reads."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None


def _csv_rows(lines: Sequence[tuple[int, str]], names: Sequence[str], *, delimiter: str, errors: ErrorList) -> Iterator[Row]:
    for no, line in lines:
        cells = _split(line, delimiter)
        if cells is None:
            errors.add(no, "", "bad_quotes", value=line)
            yield Row(no, {}, surplus=line.strip(), is_broken=True)
        elif not any(cell.strip() for cell in cells):
            continue  # only delimiters: what a spreadsheet leaves below its table
        elif len(cells) != len(names):
            errors.add(no, "", "wrong_number_of_fields", value=str(len(cells)), allowed=str(len(names)))
            values = dict(zip(names, (cell.strip() for cell in cells), strict=False))
            unplaced = [values.pop(REJECT_REASON, ""), *(cell.strip() for cell in cells[len(names) :])]
            yield Row(no, values, surplus=delimiter.join(filter(None, unplaced)), is_broken=True)
        else:
            yield Row(no, dict(zip(names, (cell.strip() for cell in cells), strict=True)))


def _read_xml(content: bytes, errors: ErrorList) -> Table | None:
    try:
        listed = list(entries(parse(content)))
    except XmlError as error:
        errors.add(error.line, "", "not_xml", value=error.why)
        return None
    return _listed(listed, errors, form=XML)


def _read_json(content: bytes, errors: ErrorList) -> Table | None:
    try:
        body = json.loads(_text(content), parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as error:
        errors.add(error.lineno, "", "not_json", value=error.msg)
        return None
    except RecursionError:
        errors.add(0, "", "not_json", value="nested too deep")
        return None
    listed = body.get("rows") if isinstance(body, dict) else body
    if not isinstance(listed, list):
        errors.add(0, "", "no_rows", allowed='a list of objects, or {"rows": [...]}')
        return None
    return _listed(listed, errors, form=JSON)


def _listed(listed: Sequence[Any], errors: ErrorList, *, form: str) -> Table:
    rows = tuple(_json_rows(listed, errors))
    columns = dict.fromkeys(name for row in rows for name in row.values)
    return Table(tuple(columns), rows, form=form)


def _json_rows(listed: Sequence[Any], errors: ErrorList) -> Iterator[Row]:
    no = 0
    for each in listed:
        for values in _flat(each):
            no += 1
            if values is None:
                errors.add(no, "", "not_an_object")
                yield Row(no, {}, raw=json.dumps(each), is_broken=True)
                continue
            texts = {str(name).strip().lower(): _json_text(value) for name, value in values.items()}
            nested = [name for name, text in texts.items() if text is None]
            for name in nested:
                errors.add(no, name, "nested_value")
            raw = json.dumps(values) if nested else ""
            yield Row(no, {name: text or "" for name, text in texts.items()}, raw=raw, is_broken=bool(nested))


def _flat(entry: Any) -> Iterator[Mapping[str, Any] | None]:
    """An order with `lines` becomes one row for each line, with the order's own fields in every one."""
    if not isinstance(entry, dict):
        yield None
    elif not isinstance(entry.get("lines"), list):
        yield entry
    else:
        common = {name: value for name, value in entry.items() if name != "lines"}
        for line in entry["lines"]:
            yield {**common, **line} if isinstance(line, dict) else None


def _json_text(value: Any) -> str | None:
    """The value as the text that a CSV cell would hold; None for a structure that no cell can hold."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "|".join(value)
    if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
        return "|".join(f"{name}={each}" for name, each in value.items())
    return None


_READERS = {CSV: _read_csv, JSON: _read_json, XML: _read_xml}
