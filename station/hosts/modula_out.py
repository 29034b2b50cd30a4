"""Results and stock as a Modula WMS exports them: EXP_ORDINI, EXP_ORDINI_RIGHE, EXP_GIACENZE. Windows-1252, decimal comma.

The tables know finished lines of orders and the stock as it stands; what was moved without an order, corrected or judged shows in
EXP_GIACENZE alone. ORD_STATO and RIG_STARIORD are left empty: what their values mean is not documented.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping, Sequence

from station.hosts.snapshot import Snapshot
from station.imports.modula import ENCODING
from station.imports.xml_rows import clean, to_bytes
from station.quantity import to_text
from station.result_row import ResultRow
from station.values import Item, Order, OrderKind

ROOT = "SYSTORE"
ENDED = ("confirmed", "short", "cancelled")
_TYPES = {OrderKind.PICK: "P", OrderKind.PUT: "V", OrderKind.COUNT: "I"}

Record = Mapping[str, str]


def results_as_modula(rows: Sequence[ResultRow], order_of: Callable[[str], Order | None]) -> bytes | None:
    """The finished lines, each under its order; None when none of the rows is one."""
    told = [each for each in rows if each.kind in ENDED and each.order]
    if not told:
        return None
    orders = {each.order: order_of(each.order) for each in told}
    heads = ((("EXP_ORDINI"), _head(name, order)) for name, order in orders.items())
    return _document([*heads, *(("EXP_ORDINI_RIGHE", _line(each)) for each in told)])


def _head(name: str, order: Order | None) -> Record:
    kind = _TYPES.get(order.kind, "") if order is not None else ""
    return {"ORD_ORDINE": name, "ORD_DES": "", "ORD_TIPOOP": kind, "ORD_STATO": ""}


def _line(row: ResultRow) -> Record:
    return {
        "RIG_ORDINE": row.order,
        "RIG_ARTICOLO": row.item,
        "RIG_SUB1": row.lot,
        "RIG_SUB2": "",
        "RIG_STAMATE": "",
        "RIG_TIPOCONF": "",
        "RIG_HOSTINF": row.host_key or row.line,
        "RIG_QTAR": with_comma(row.asked),
        "RIG_QTAE": with_comma(row.quantity),
        "RIG_STARIORD": "",
        "RIG_REQ_NOTE": "",
        "RIG_NOTE_STAMPA": "",
        "RIG_HOSTCAUS": row.reason,
        "RIG_HOSTRIF": "",
    }


def stock_as_modula(snapshot: Snapshot) -> bytes:
    """The stock of each article, whatever its lot and owner, with what open orders still take out and put in."""
    sums: dict[str, list[int]] = {}
    for each in snapshot.rows:
        found = sums.setdefault(each.item.code, [0, 0, 0])
        for no, quantity in enumerate((each.quantity, each.coming, each.going)):
            found[no] += quantity
    items = {each.item.code: each.item for each in snapshot.rows}
    return _document([("EXP_GIACENZE", _stock(items[code], *sums[code])) for code in sorted(sums)])


def _stock(item: Item, quantity: int, coming: int, going: int) -> Record:
    def text(scaled: int) -> str:
        return with_comma(to_text(scaled, item.decimals))

    return {
        "GIA_ARTICOLO": item.code,
        "GIA_GIAC": text(quantity),
        "GIA_VER": text(coming),
        "GIA_PRE": text(going),
        "GIA_ARTICOLO_DES": item.name,
        "GIA_ARTICOLO_NOTE": item.note,
    }


def with_comma(quantity: str) -> str:
    """12.50 -> 12,50"""
    return quantity.replace(".", ",")


def _document(records: Iterable[tuple[str, Record]]) -> bytes:
    top = ET.Element(ROOT)
    for table, record in records:
        one = ET.SubElement(top, table)
        for name, value in record.items():
            ET.SubElement(one, name).text = clean(value)
    return to_bytes(top, encoding=ENCODING)
