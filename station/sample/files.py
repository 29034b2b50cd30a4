"""Writes the sample site as import files (docs/hosts.md), the way a host would send them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from station.quantity import to_text
from station.sample.family import CatalogueItem
from station.values import Item, Order, Stock, Tray

Row = Mapping[str, object]


def write_csv(path: Path, rows: Sequence[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_pictures(directory: Path, catalogue: Iterable[CatalogueItem]) -> Path:
    """One SVG file for each different drawing."""
    directory.mkdir(parents=True, exist_ok=True)
    drawn = {each.item.picture: each for each in catalogue}
    for name, each in drawn.items():
        (directory / name).write_text(each.picture_svg(), encoding="utf-8")
    return directory


def item_row(item: Item) -> Row:
    return {
        "item": item.code,
        "name": item.name,
        "unit": item.unit,
        "decimals": item.decimals,
        "packs": "|".join(f"{pack.name}={to_text(pack.quantity, item.decimals)}" for pack in item.packs),
        "barcodes": "|".join(item.barcodes),
        "picture": item.picture,
        "proof": item.proof.value,
        "rounding": item.rounding.value,
        "lot_tracked": _flag(item.lot_tracked),
        "serial_tracked": _flag(item.serial_tracked),
        "weight_g": item.weight_g,
        "note": item.note,
        "issue_rule": item.issue_rule.value,
        "mixing": _flag(item.mixing),
        "storage_class": "|".join(item.storage_class),
        "fragile": _flag(item.fragile),
        "height_mm": item.height_mm,
        "shelf_life_days": item.shelf_life_days,
        "min_remaining_days": item.min_remaining_days,
        "access": item.access,
        "two_person": _flag(item.two_person),
        "is_tool": _flag(item.is_tool),
        "unit_value": item.unit_value or "",
    }


def _flag(value: bool) -> str:
    return "true" if value else "false"


def tray_rows(tray: Tray) -> Iterator[Row]:
    """One row a compartment."""
    for cell in tray.compartments:
        yield {
            "machine": tray.machine,
            "tray": tray.number,
            "name": tray.name,
            "width_mm": tray.width_mm,
            "depth_mm": tray.depth_mm,
            "max_weight_g": tray.max_weight_g,
            "storage_class": "|".join(tray.storage_class),
            "access": tray.access,
            "max_height_mm": tray.max_height_mm,
            "compartment": cell.label,
            "x_mm": cell.x_mm,
            "y_mm": cell.y_mm,
            "compartment_width_mm": cell.width_mm,
            "compartment_depth_mm": cell.depth_mm,
            "compartment_storage_class": "|".join(cell.storage_class),
            "compartment_access": cell.access,
            "compartment_max_height_mm": cell.max_height_mm,
        }


def stock_row(stock: Stock, decimals: int) -> Row:
    return {
        "machine": stock.place.machine,
        "tray": stock.place.tray,
        "compartment": stock.place.compartment,
        "item": stock.key.item,
        "lot": stock.key.lot,
        "serial": stock.key.serial,
        "owner": stock.key.owner,
        "status": stock.key.status.value,
        "quantity": to_text(stock.quantity, decimals),
        "expiry": stock.expiry.isoformat() if stock.expiry else "",
        "received_at": stock.received_at.isoformat() if stock.received_at else "",
    }


def order_rows(order: Order, decimals: Mapping[str, int]) -> Iterator[Row]:
    """One row a line; the order's own fields stand on each."""
    for line in order.lines:
        yield {
            "order": order.order,
            "kind": order.kind.value,
            "need_by": order.need_by.isoformat() if order.need_by else "",
            "priority": order.priority,
            "destination": order.destination,
            "line": line.line,
            "item": line.item,
            "quantity": to_text(line.quantity, decimals[line.item]),
            "lot": line.lot,
            "owner": line.owner,
            "host_key": line.host_key,
            "machine": line.place.machine if line.place else "",
            "tray": line.place.tray if line.place else "",
            "compartment": line.place.compartment if line.place else "",
            "note": line.note,
            "min_remaining_days": line.min_remaining_days,
        }
