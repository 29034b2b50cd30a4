"""The import tables of a Modula WMS as rows of docs/hosts.md: IMP_ARTICOLI, IMP_ORDINI with IMP_ORDINI_RIGHE.

XML in Windows-1252 with a decimal comma, one element for each record, named like the table. Only what is documented is read; a
field that would tell stock apart and has no counterpart here is refused, never dropped. What a host does not say of an item that
is known stays as it is.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from station.imports.item_row import item_row
from station.imports.report import ErrorList
from station.imports.table import MAX_BYTES, MODULA, Row, Table
from station.imports.xml_rows import XmlError, local_name, parse, to_bytes
from station.values import Item

ENCODING = "windows-1252"
ARTICLES, ORDERS, LINES = "IMP_ARTICOLI", "IMP_ORDINI", "IMP_ORDINI_RIGHE"
ROOTS = {ARTICLES: "SYSTORE_ARTICOLI", ORDERS: "SYSTORE_ORDINI"}
ERROR_FIELDS = {ARTICLES: "ART_ERRORE", ORDERS: "ORD_ERRORE", LINES: "RIG_ERRORE"}

Record = Mapping[str, str]
FindItem = Callable[[str], Item | None]

_OF_ITEM = {
    "item": "ART_ARTICOLO",
    "name": "ART_DES",
    "unit": "ART_UMI",
    "weight_g": "ART_PMU",
    "serial_tracked": "ART_GESTSERIALE",
    "note": "ART_NOTE",
    "action": "ART_OPERAZIONE",
}
_OF_LINE = {
    "order": "ORD_ORDINE",
    "kind": "ORD_TIPOOP",
    "need_by": "ORD_PRIOHOST",
    "priority": "ORD_PRIOHOST",
    "destination": "ORD_CLIENTE",
    "action": "ORD_OPERAZIONE",
    "line": "RIG_HOSTINF",
    "host_key": "RIG_HOSTINF",
    "item": "RIG_ARTICOLO",
    "quantity": "RIG_QTAR",
    "lot": "RIG_SUB1",
    "note": "RIG_REQ_NOTE",
}
# Read, and without a counterpart: dropping these changes no goods.
_UNUSED_WORDS = (
    "ART_CREA_UMI ART_SOTTOSCO ART_STOCKMAX ART_AREEABI ART_TIPOGESTART ART_FIFOP ART_FIFOV ART_CLAMOV ART_CREASCO_DIMX "
    "ART_CREASCO_DIMY ART_CREASCO_DIMZ ART_ERRORE ORD_DES ORD_SPEDIZIONE ORD_GEST_PKL ORD_ERRORE RIG_ORDINE RIG_TIPOCONF "
    "RIG_PRIO RIG_DSCAD RIG_ATTR1 RIG_ERRORE"
)
_NOT_USED = frozenset(_UNUSED_WORDS.split())
_REFUSED = ("RIG_SUB2", "RIG_STAMATE")  # they tell stock apart
_KINDS = {"P": "pick", "V": "put", "I": "count"}
_ACTIONS = {"": "change", "I": "change", "A": "add", "D": "cancel"}
_FLAGS = {"S": "true", "N": "false"}
_PRIORITY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{0,6})")
LOCKED = "P"  # in ORD_P: the host is still writing


def read_modula(content: bytes, errors: ErrorList, *, item: FindItem, decimals: int) -> Table | None:
    """The rows of a file of articles or of orders; None, with the reason, for what is neither. `decimals` are those of an article
    that is not known yet."""
    if len(content) > MAX_BYTES:
        errors.add(0, "", "file_too_large", allowed=f"{MAX_BYTES} bytes")
        return None
    try:
        records = list(_records(parse(content, encoding=ENCODING)))
    except XmlError as error:
        errors.add(error.line, "", "not_xml", value=error.why)
        return None
    tables = {name for name, _ in records}
    if tables == {ARTICLES}:
        rows = _articles([record for _, record in records], errors, item, decimals)
        return Table(_columns(rows), rows, form=MODULA, names=_OF_ITEM)
    if tables and tables <= {ORDERS, LINES}:
        rows = tuple(_orders(records, errors))
        return Table(_columns(rows), rows, form=MODULA, names=_OF_LINE)
    errors.add(0, "", "unknown_columns", value=", ".join(sorted(tables)), allowed=f"{ARTICLES}, or {ORDERS} with {LINES}")
    return None


def _records(root: ET.Element) -> Iterator[tuple[str, Record]]:
    """The records of the tables, however deep below the root."""
    for element in root.iter():
        if local_name(element).upper().startswith("IMP_") and len(element):
            yield (
                local_name(element).upper(),
                {local_name(each).upper(): (each.text or "").strip() for each in element if not len(each)},
            )


def _columns(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for row in rows for name in row.values))


def _articles(records: Sequence[Record], errors: ErrorList, item: FindItem, decimals: int) -> tuple[Row, ...]:
    return tuple(_article(no, each, errors, item, decimals) for no, each in enumerate(records, start=1))


def _article(no: int, record: Record, errors: ErrorList, item: FindItem, decimals: int) -> Row:
    known = item(record.get("ART_ARTICOLO", ""))
    values = item_row(known) if known else {"decimals": str(decimals)}
    said = {name: record[field] for name, field in _OF_ITEM.items() if field in record and name != "action"}
    if "weight_g" in said:
        said["weight_g"] = _whole(said["weight_g"])
    if said.get("serial_tracked", "") in _FLAGS:
        said["serial_tracked"] = _FLAGS[said["serial_tracked"]]
    is_broken = record.get("ART_OPERAZIONE", "") == "D"
    if is_broken:
        errors.add(no, "action", "not_supported", value="D", allowed="I or A: an article is not deleted")
    left = {name: text for name, text in record.items() if name not in {*_OF_ITEM.values(), *_NOT_USED}}
    return Row(no, {**values, **said, **_lower(left)}, raw=json.dumps({ARTICLES: record}), is_broken=is_broken)


def _orders(records: Sequence[tuple[str, Record]], errors: ErrorList) -> Iterator[Row]:
    heads = {record.get("ORD_ORDINE", ""): record for name, record in records if name == ORDERS}
    no = 0
    for name, record in records:
        if name == LINES:
            no += 1
            head = heads.get(record.get("RIG_ORDINE", ""))
            yield _line(no, head, record, errors)
        elif not any(table == LINES and each.get("RIG_ORDINE") == record.get("ORD_ORDINE") for table, each in records):
            no += 1
            yield _head_alone(no, record, errors)


def _line(no: int, head: Record | None, record: Record, errors: ErrorList) -> Row:
    raw = json.dumps({ORDERS: head or {}, LINES: record})
    if head is None:
        errors.add(no, "order", "no_header", value=record.get("RIG_ORDINE", ""), allowed=f"a record of {ORDERS} in the same file")
        return Row(no, {}, raw=raw, is_broken=True)
    values = {**_head(head), **_of_line(record)}
    if values["kind"] == "count":
        values["quantity"] = ""
    is_broken = _is_locked(no, head, errors)
    for name in _REFUSED:
        if record.get(name):
            errors.add(no, name, "not_supported", value=record[name], allowed="empty: stock is not told apart by it here")
            is_broken = True
    if values["action"] == "cancel":
        values |= {"line": ""}  # the header says D: the whole order
    return Row(no, values, raw=raw, is_broken=is_broken)


def _head_alone(no: int, head: Record, errors: ErrorList) -> Row:
    """A header without lines: the cancellation of an order, or nothing that can be done."""
    values = {**_head(head), "line": "", "item": "", "quantity": ""}
    is_broken = _is_locked(no, head, errors)
    if values["action"] != "cancel" and not is_broken:
        errors.add(no, "order", "no_lines", allowed=f"records of {LINES} in the same file")
        is_broken = True
    return Row(no, values, raw=json.dumps({ORDERS: head}), is_broken=is_broken)


def _is_locked(no: int, head: Record, errors: ErrorList) -> bool:
    if head.get("ORD_P", "") != LOCKED:
        return False
    errors.add(no, "ORD_P", "being_written", value=LOCKED, allowed="empty: the host has finished the order")
    return True


def _head(head: Record) -> dict[str, str]:
    need_by, priority = _priority(head.get("ORD_PRIOHOST", ""))
    kind, action = head.get("ORD_TIPOOP", ""), head.get("ORD_OPERAZIONE", "")
    return {
        "order": head.get("ORD_ORDINE", ""),
        "kind": _KINDS.get(kind, kind),
        "action": _ACTIONS.get(action, action),
        "destination": head.get("ORD_CLIENTE", ""),
        "need_by": need_by,
        "priority": priority,
    }


def _of_line(record: Record) -> dict[str, str]:
    own = {name: record.get(field, "") for name, field in _OF_LINE.items() if field.startswith("RIG_")}
    left = {name: text for name, text in record.items() if name not in {*_OF_LINE.values(), *_NOT_USED, *_REFUSED}}
    return {**own, "quantity": with_point(own["quantity"]), **_lower(left)}


def _priority(text: str) -> tuple[str, str]:
    """yyyymmddhh and a priority: by when, in this computer's time, and how urgent. What does not look so stays, to be refused."""
    found = _PRIORITY.fullmatch(text)
    if found is None:
        return text, ""
    try:
        hour = datetime(*(int(each) for each in found.groups()[:4])).astimezone()  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return text, ""
    return hour.isoformat(), found[5].lstrip("0")


def with_point(text: str) -> str:
    """A quantity with a decimal comma as one with a point; a point is garbage, for it parts thousands as often as decimals."""
    return f"{text} (a comma parts decimals)" if "." in text else text.replace(",", ".")


def _whole(text: str) -> str:
    """Grams of a unit, rounded up to whole ones: a tray that carries more than is booked is the safe side."""
    found = re.fullmatch(r"([0-9]{1,9})(?:,([0-9]{0,9}))?", text)
    if found is None:
        return text
    return str(int(found[1]) + (1 if (found[2] or "").strip("0") else 0))


def _lower(record: Record) -> dict[str, str]:
    return {name.lower(): text for name, text in record.items()}


def rejects_as_modula(rows: Sequence[Row], reason: Callable[[Row], str]) -> bytes:
    """The records of these rows as they came, with the reason where the WMS puts it."""
    records = [(row, json.loads(row.raw)) for row in rows]
    is_articles = any(ARTICLES in each for _, each in records)
    top = ET.Element(ROOTS[ARTICLES if is_articles else ORDERS])
    heads: set[str] = set()
    for row, by_table in records:
        for table, record in by_table.items():
            if table == ORDERS and (not record or record.get("ORD_ORDINE", "") in heads):
                continue
            heads |= {record.get("ORD_ORDINE", "")} if table == ORDERS else set()
            fields = {**record, ERROR_FIELDS[table]: "" if table == ORDERS and LINES in by_table else reason(row)}
            one = ET.SubElement(top, table)
            for name, value in fields.items():
                ET.SubElement(one, name).text = value
    return to_bytes(top, encoding=ENCODING)
