"""Writing the site_* tables: what an import or the administration of people changes, in the caller's transaction.

Imports replace what they name and leave the rest. Nothing that work already depends on is changed under it: a refused row is
named in the answer, and the others go in. What is changed here is marked in the same transaction: it goes to the site database as
a document (`db.sync`), and nothing of the site's is put over it before.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.sqlite import Insert, insert

from db import layouts, schema
from db.envelope import moment_text
from db.queries.words import words_text
from db.rows.items import Item
from db.rows.orders import Order, OrderLine
from db.rows.people import Person, StationTries
from db.rows.trays import Tray

_MEASURES = "SELECT code, unit, decimals FROM site_item WHERE code IN (SELECT value FROM json_each(?))"
# An event keeps its bare number for ever.
_HAS_QUANTITIES = """
SELECT value FROM json_each(?) AS code
WHERE EXISTS (SELECT 1 FROM now_stock WHERE item = code.value)
    OR EXISTS (SELECT 1 FROM site_order_line WHERE item = code.value)
    OR EXISTS (SELECT 1 FROM event WHERE item = code.value)
"""
_IN_USE = """
SELECT compartment FROM now_stock WHERE machine = ? AND tray = ?
UNION SELECT compartment FROM now_load WHERE machine = ? AND tray = ?
"""
_WORKED = """
SELECT EXISTS (SELECT 1 FROM now_order WHERE "order" = ? AND state <> 'released')
    OR EXISTS (SELECT 1 FROM now_line WHERE "order" = ?)
"""


_CHANGED = """
INSERT INTO site_document (kind, key, version, is_dirty) SELECT ?, value, 0, 1 FROM json_each(?) WHERE true
ON CONFLICT DO UPDATE SET is_dirty = 1
"""
_NEW = """
INSERT INTO site_document (kind, key, version, is_dirty) SELECT ?, value, 0, 1 FROM json_each(?) WHERE true
ON CONFLICT DO NOTHING
"""


def changed(connection: Connection, kind: str, keys: Collection[str]) -> None:
    """These documents were changed here."""
    if keys:
        connection.exec_driver_sql(_CHANGED, (kind, json.dumps(list(keys))))


def put_items(connection: Connection, items: Sequence[Item], *, keeps_kits: bool = False) -> tuple[str, ...]:
    """Insert or replace items with their packs and barcodes, and what kits are made of, unless it `keeps_kits` as they are.
    Refused: items whose unit or decimals would change while they are in stock, on an order or in any event, for every quantity of
    theirs would mean something else."""
    fixed = _with_quantities(connection, _with_another_measure(connection, items))
    refused = [each.code for each in items if each.code in fixed]
    taken = {each.code: each for each in items if each.code not in fixed}
    codes = [(code,) for code in taken]
    _run_many(connection, "DELETE FROM site_pack WHERE item = ?", codes)
    _run_many(connection, "DELETE FROM site_barcode WHERE item = ?", codes)
    _upsert(connection, schema.site_item, [_item_row(each) for each in taken.values()], key=("code",))
    _insert(connection, schema.site_pack, [row for each in taken.values() for row in _pack_rows(each)])
    if not keeps_kits:
        put_components(connection, tuple(taken.values()))
    _insert(connection, schema.site_barcode, [row for each in taken.values() for row in _barcode_rows(each)])
    changed(connection, "item", taken)
    pictures = {each.picture for each in taken.values() if each.picture}
    if pictures:
        connection.exec_driver_sql(_NEW, ("picture", json.dumps(sorted(pictures))))
    return tuple(refused)


def put_components(connection: Connection, kits: Sequence[Item]) -> None:
    """What these are made of from now on; what is no kit is made of nothing."""
    _run_many(connection, "DELETE FROM site_component WHERE kit = ?", [(each.code,) for each in kits])
    rows: list[dict[str, object]] = [
        {"kit": kit.code, "position": position, "item": each.item, "quantity": each.quantity}
        for kit in kits
        for position, each in enumerate(kit.components)
    ]
    _insert(connection, schema.site_component, rows)


def _with_another_measure(connection: Connection, items: Sequence[Item]) -> list[str]:
    rows = connection.exec_driver_sql(_MEASURES, (json.dumps([each.code for each in items]),))
    before: dict[str, tuple[str, int]] = {row[0]: (row[1], row[2]) for row in rows}
    return [each.code for each in items if before.get(each.code, (each.unit, each.decimals)) != (each.unit, each.decimals)]


def _with_quantities(connection: Connection, codes: list[str]) -> frozenset[str]:
    """Those of the items that are in stock, on an order or in any event."""
    if not codes:
        return frozenset()
    return frozenset(connection.exec_driver_sql(_HAS_QUANTITIES, (json.dumps(codes),)).scalars())


def has_load(connection: Connection, machine: str, tray: int, label: str) -> bool:
    """Whether a load lies in this compartment."""
    asked = "SELECT EXISTS (SELECT 1 FROM now_load WHERE machine = ? AND tray = ? AND compartment = ?)"
    return bool(connection.exec_driver_sql(asked, (machine, tray, label)).scalar_one())


def has_stock(connection: Connection, machine: str, tray: int, labels: Collection[str]) -> bool:
    """Whether the book has goods in one of these compartments."""
    rows = connection.exec_driver_sql("SELECT compartment FROM now_stock WHERE machine = ? AND tray = ?", (machine, tray))
    return not set(labels).isdisjoint(rows.scalars()) if labels else False


def put_trays(connection: Connection, trays: Sequence[Tray], *, is_told: bool = False) -> tuple[str, ...]:
    """Insert or replace trays with their compartments. Refused ("VLM1/7"): trays that would lose a compartment with stock.
    `is_told`: an event of this log has what they were before; else that is kept here."""
    refused = []
    for tray in trays:
        rows = connection.exec_driver_sql(_IN_USE, (tray.machine, tray.number, tray.machine, tray.number))
        if {row[0] for row in rows} - {each.label for each in tray.compartments}:
            refused.append(f"{tray.machine}/{tray.number}")
            continue
        if not is_told:
            layouts.keep(connection, tray.machine, tray.number, tray)
        _put_tray(connection, tray)
        changed(connection, "tray", [f"{tray.machine}/{tray.number}"])
    return tuple(refused)


def _put_tray(connection: Connection, tray: Tray) -> None:
    names = ("machine", "number", "name", "width_mm", "depth_mm", "max_weight_g", "access", "max_height_mm", "pitch_mm")
    key = (tray.machine, tray.number)
    row = {name: getattr(tray, name) for name in names} | {"storage_class": words_text(tray.storage_class)}
    _upsert(connection, schema.site_tray, [row], key=names[:2])
    connection.exec_driver_sql("DELETE FROM site_compartment WHERE machine = ? AND tray = ?", key)
    rows = [
        {
            "machine": tray.machine,
            "tray": tray.number,
            "label": each.label,
            "position": position,
            "x_mm": each.x_mm,
            "y_mm": each.y_mm,
            "width_mm": each.width_mm,
            "depth_mm": each.depth_mm,
            "storage_class": words_text(each.storage_class),
            "access": each.access,
            "max_height_mm": each.max_height_mm,
        }
        for position, each in enumerate(tray.compartments)
    ]
    _insert(connection, schema.site_compartment, rows)


def put_orders(connection: Connection, orders: Sequence[Order]) -> tuple[str, ...]:
    """Insert or replace orders with their lines. Refused: orders that somebody started or worked on; their lines stay."""
    refused = []
    for order in orders:
        if connection.exec_driver_sql(_WORKED, (order.order, order.order)).scalar_one():
            refused.append(order.order)
            continue
        _upsert(connection, schema.site_order, [_order_row(order)], key=("order",))
        connection.exec_driver_sql('DELETE FROM site_order_line WHERE "order" = ?', (order.order,))
        rows = [_line_row(order.order, position, line) for position, line in enumerate(order.lines)]
        _insert(connection, schema.site_order_line, rows)
        changed(connection, "order", [order.order])
    return tuple(refused)


def change_quantities(connection: Connection, order: str, quantities: Mapping[str, int]) -> None:
    """What the lines of an order ask from now on, also of one that is worked on."""
    asked = 'UPDATE site_order_line SET quantity = ? WHERE "order" = ? AND line = ?'
    _run_many(connection, asked, [(quantity, order, line) for line, quantity in quantities.items()])


def put_person(connection: Connection, person: Person, *, badge_digest: str, verifier: str, pepper_id: str) -> None:
    """A new person with a badge and a PIN's verifier."""
    row: dict[str, object] = {
        "person": person.person,
        "name": person.name,
        "role": person.role.value,
        "language": person.language,
        "rights": words_text(person.rights),
    }
    _insert(connection, schema.site_person, [row])
    connection.exec_driver_sql(
        "INSERT INTO site_credential (person, badge_digest, verifier, pepper_id, is_active) VALUES (?, ?, ?, ?, ?)",
        (person.person, badge_digest, verifier, pepper_id, int(person.is_active)),
    )
    changed(connection, "person", [person.person])


def is_taken(connection: Connection, person: str, *, badge_digest: str) -> bool:
    """Whether the person's id or the badge belongs to somebody."""
    taken = "SELECT EXISTS (SELECT 1 FROM site_credential WHERE person = ? OR badge_digest = ?)"
    return bool(connection.exec_driver_sql(taken, (person, badge_digest)).scalar_one())


def set_rights(connection: Connection, person: str, rights: Collection[str]) -> bool:
    """The rights of a person from now on. False when there is no such person."""
    found = connection.exec_driver_sql("UPDATE site_person SET rights = ? WHERE person = ?", (words_text(rights), person))
    return _person_changed(connection, person, found.rowcount)


def disable_person(connection: Connection, person: str) -> bool:
    """False when there is no such person."""
    found = connection.exec_driver_sql("UPDATE site_credential SET is_active = 0 WHERE person = ?", (person,))
    return _person_changed(connection, person, found.rowcount)


def set_role(connection: Connection, person: str, role: str) -> bool:
    """False when there is no such person."""
    found = connection.exec_driver_sql("UPDATE site_person SET role = ? WHERE person = ?", (role, person))
    return _person_changed(connection, person, found.rowcount)


def set_language(connection: Connection, person: str, language: str) -> bool:
    """The language that the screen speaks to a person. False when there is no such person."""
    found = connection.exec_driver_sql("UPDATE site_person SET language = ? WHERE person = ?", (language, person))
    return _person_changed(connection, person, found.rowcount)


def set_badge(connection: Connection, person: str, badge_digest: str) -> bool:
    """Another badge; the old one opens nothing any more. False when there is no such person."""
    found = connection.exec_driver_sql("UPDATE site_credential SET badge_digest = ? WHERE person = ?", (badge_digest, person))
    return _person_changed(connection, person, found.rowcount)


def set_offline_days(connection: Connection, person: str, days: int) -> bool:
    """False when there is no such person."""
    found = connection.exec_driver_sql("UPDATE site_credential SET offline_days = ? WHERE person = ?", (days, person))
    return _person_changed(connection, person, found.rowcount)


def reset_pin(connection: Connection, person: str, *, verifier: str, pepper_id: str) -> bool:
    """A new PIN; the failures of the old one are forgotten. False when there is no such person."""
    found = connection.exec_driver_sql(
        "UPDATE site_credential SET verifier = ?, pepper_id = ?, failures = 0, not_before = NULL, is_locked = 0 WHERE person = ?",
        (verifier, pepper_id, person),
    )
    return _person_changed(connection, person, found.rowcount)


def erase_name(connection: Connection, person: str) -> bool:
    """Forget who somebody was: name, language and badge go, and the person can sign on no more. The record knew none of them."""
    found = connection.exec_driver_sql("UPDATE site_person SET name = '', language = '' WHERE person = ?", (person,))
    connection.exec_driver_sql(
        "UPDATE site_credential SET badge_digest = NULL, verifier = '', is_active = 0 WHERE person = ?", (person,)
    )
    return _person_changed(connection, person, found.rowcount)


def _person_changed(connection: Connection, person: str, rows: int) -> bool:
    """Whether there is such a person; then the change goes to the site."""
    if rows == 1:
        changed(connection, "person", [person])
    return rows == 1


def set_failures(connection: Connection, person: str, *, failures: int, not_before: datetime | None, is_locked: bool) -> bool:
    """The failure counter of a person's PIN and what follows from it. False when there is no such person."""
    moment = None if not_before is None else moment_text(not_before)
    changed = connection.exec_driver_sql(
        "UPDATE site_credential SET failures = ?, not_before = ?, is_locked = ? WHERE person = ?",
        (failures, moment, int(is_locked), person),
    )
    return changed.rowcount == 1


def set_station_tries(connection: Connection, tries: StationTries) -> None:
    """The wrong PINs at this station and what follows from them."""
    moment = None if tries.not_before is None else moment_text(tries.not_before)
    connection.exec_driver_sql("INSERT OR REPLACE INTO gate_tries VALUES (1, ?, ?)", (tries.failures, moment))


def _upsert(connection: Connection, table: Table, rows: list[dict[str, object]], *, key: tuple[str, ...]) -> None:
    if rows:
        connection.execute(_upserting(table, key), rows)


@cache
def _upserting(table: Table, key: tuple[str, ...]) -> Insert:
    """Made once: for a single row the making takes longer than all the rest."""
    statement = insert(table)
    others = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in key}
    return statement.on_conflict_do_update(index_elements=list(key), set_=others)


def _insert(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _run_many(connection: Connection, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        connection.exec_driver_sql(statement, rows)


def _item_row(item: Item) -> dict[str, object]:
    return {
        "code": item.code,
        "name": item.name,
        "unit": item.unit,
        "decimals": item.decimals,
        "picture": item.picture,
        "proof": item.proof.value,
        "rounding": item.rounding.value,
        "lot_tracked": int(item.lot_tracked),
        "serial_tracked": int(item.serial_tracked),
        "weight_g": item.weight_g,
        "note": item.note,
        "issue_rule": item.issue_rule.value,
        "mixing": int(item.mixing),
        "storage_class": words_text(item.storage_class),
        "fragile": int(item.fragile),
        "height_mm": item.height_mm,
        "shelf_life_days": item.shelf_life_days,
        "min_remaining_days": item.min_remaining_days,
        "access": item.access,
        "two_person": int(item.two_person),
        "inspect": item.inspect.value,
        "is_tool": int(item.is_tool),
        "unit_value": item.unit_value,
        "width_mm": item.width_mm,
        "depth_mm": item.depth_mm,
    }


def _pack_rows(item: Item) -> list[dict[str, object]]:
    return [
        {"item": item.code, "position": position, "name": pack.name, "quantity": pack.quantity}
        for position, pack in enumerate(item.packs)
    ]


def _barcode_rows(item: Item) -> list[dict[str, object]]:
    return [{"barcode": barcode, "item": item.code} for barcode in dict.fromkeys(item.barcodes)]


def _order_row(order: Order) -> dict[str, object]:
    return {
        "order": order.order,
        "kind": order.kind.value,
        "host_key": order.host_key,
        "destination": order.destination,
        "need_by": None if order.need_by is None else moment_text(order.need_by),
        "priority": order.priority,
        "is_express": int(order.is_express),
        "sequence": order.sequence,
        "split_of": order.split_of,
        "supplier": order.supplier,
        "reference": order.reference,
        "inspect": order.inspect.value,
    }


def _line_row(order: str, position: int, line: OrderLine) -> dict[str, object]:
    place = line.place
    return {
        "order": order,
        "line": line.line,
        "position": position,
        "item": line.item,
        "quantity": line.quantity,
        "host_key": line.host_key,
        "lot": line.lot,
        "owner": line.owner,
        "machine": place.machine if place else None,
        "tray": place.tray if place else None,
        "compartment": place.compartment if place else None,
        "note": line.note,
        "min_remaining_days": line.min_remaining_days,
        "rank": line.rank,
        "kit": line.kit.kit if line.kit else "",
        "kit_line": line.kit.line if line.kit else "",
        "kit_asked": line.kit.asked if line.kit else 0,
        "kit_each": line.kit.each if line.kit else 0,
        "inspect": line.inspect.value,
    }
