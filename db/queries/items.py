"""Items, with their packs and barcodes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from db.queries.words import words_of
from db.rows.items import Component, Inspect, IssueRule, Item, Pack, ProofRule, RoundRule

_ITEM = """
SELECT code, name, unit, decimals, picture, proof, rounding, lot_tracked, serial_tracked, weight_g, note, issue_rule, mixing,
    storage_class, fragile, height_mm, shelf_life_days, min_remaining_days, access, two_person,
    inspect, is_tool, unit_value, width_mm, depth_mm
FROM site_item
"""
_PACKS = "SELECT item, name, quantity FROM site_pack {where} ORDER BY item, position"
_COMPONENTS = "SELECT kit, item, quantity FROM site_component {where} ORDER BY kit, position"
_BARCODES = "SELECT item, barcode FROM site_barcode {where} ORDER BY item, barcode"
_SCANNED = "SELECT code FROM site_item WHERE code = ? UNION SELECT item FROM site_barcode WHERE barcode = ? ORDER BY 1"
_WITH_CODES = """
SELECT code, code FROM site_item WHERE code IN (SELECT value FROM json_each(?1))
UNION SELECT barcode, item FROM site_barcode WHERE barcode IN (SELECT value FROM json_each(?1)) ORDER BY 1, 2
"""


def item(connection: Connection, code: str) -> Item | None:
    """The item with this code."""
    row = connection.exec_driver_sql(_ITEM + "WHERE code = ?", (code,)).first()
    if row is None:
        return None
    packs = connection.exec_driver_sql(_PACKS.format(where="WHERE item = ?"), (code,))
    barcodes = connection.exec_driver_sql(_BARCODES.format(where="WHERE item = ?"), (code,))
    components = connection.exec_driver_sql(_COMPONENTS.format(where="WHERE kit = ?"), (code,))
    return _item(
        row,
        packs=tuple(Pack(each[1], each[2]) for each in packs),
        barcodes=tuple(each[1] for each in barcodes),
        components=tuple(Component(each[1], each[2]) for each in components),
    )


def items(connection: Connection) -> tuple[Item, ...]:
    """All items, by code."""
    return _many(connection, "", "", ())


def items_named(connection: Connection, codes: Iterable[str]) -> tuple[Item, ...]:
    """Those of the items with these codes that are known, by code."""
    named = "WHERE {} IN (SELECT value FROM json_each(?))"
    return _many(connection, named.format("code") + " ", named.format("item"), (json.dumps(sorted(set(codes))),))


def _many(connection: Connection, of_item: str, of_rest: str, values: tuple[str, ...]) -> tuple[Item, ...]:
    packs: dict[str, list[Pack]] = defaultdict(list)
    barcodes: dict[str, list[str]] = defaultdict(list)
    components: dict[str, list[Component]] = defaultdict(list)
    for code, name, quantity in connection.exec_driver_sql(_PACKS.format(where=of_rest), values):
        packs[code].append(Pack(name, quantity))
    for code, barcode in connection.exec_driver_sql(_BARCODES.format(where=of_rest), values):
        barcodes[code].append(barcode)
    of_kit = of_rest.replace("item", "kit", 1)
    for kit, code, quantity in connection.exec_driver_sql(_COMPONENTS.format(where=of_kit), values):
        components[kit].append(Component(code, quantity))
    rows = connection.exec_driver_sql(_ITEM + of_item + "ORDER BY code", values)
    return tuple(
        _item(row, packs=tuple(packs[row[0]]), barcodes=tuple(barcodes[row[0]]), components=tuple(components[row[0]]))
        for row in rows
    )


def items_by_scan(connection: Connection, text: str) -> tuple[Item, ...]:
    """Items with this code or barcode."""
    codes = connection.exec_driver_sql(_SCANNED, (text, text)).scalars().all()
    found = (item(connection, code) for code in codes)
    return tuple(each for each in found if each is not None)


def items_with_codes(connection: Connection, codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The codes of the items that have each of these codes or barcodes; of codes that no item has there is no entry."""
    found: dict[str, tuple[str, ...]] = {}
    for code, of in connection.exec_driver_sql(_WITH_CODES, (json.dumps(list(codes)),)):
        found[code] = (*found.get(code, ()), of)
    return found


def kits_with(connection: Connection, code: str) -> tuple[str, ...]:
    """The kits that this item is a component of."""
    found = connection.exec_driver_sql("SELECT DISTINCT kit FROM site_component WHERE item = ? ORDER BY kit", (code,))
    return tuple(found.scalars())


def _item(row: Any, *, packs: tuple[Pack, ...], barcodes: tuple[str, ...], components: tuple[Component, ...]) -> Item:
    code, name, unit, decimals, picture, proof, rounding, lot_tracked, serial_tracked, weight_g, note, *rules = row
    issue_rule, mixing, storage_class, fragile, height_mm, shelf_life_days, min_remaining_days, *persons = rules
    access, two_person, inspect, *more = persons
    return Item(
        code=code,
        name=name,
        unit=unit,
        decimals=decimals,
        packs=packs,
        barcodes=barcodes,
        picture=picture,
        proof=ProofRule(proof),
        rounding=RoundRule(rounding),
        lot_tracked=bool(lot_tracked),
        serial_tracked=bool(serial_tracked),
        weight_g=weight_g,
        note=note,
        issue_rule=IssueRule(issue_rule),
        mixing=bool(mixing),
        storage_class=words_of(storage_class),
        fragile=bool(fragile),
        height_mm=height_mm,
        shelf_life_days=shelf_life_days,
        min_remaining_days=min_remaining_days,
        access=access,
        two_person=bool(two_person),
        components=components,
        inspect=Inspect(inspect),
        is_tool=bool(more[0]),
        unit_value=more[1],
        width_mm=more[2],
        depth_mm=more[3],
    )
