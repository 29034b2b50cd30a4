"""An item as the row of a file that would give it: for hosts that say only a part of what is kept of it."""

from __future__ import annotations

from station.quantity import to_text
from station.values import Item


def item_row(item: Item) -> dict[str, str]:
    """All columns of an item file, as `station.imports.item` reads them."""
    return {
        "item": item.code,
        "name": item.name,
        "unit": item.unit,
        "decimals": str(item.decimals),
        "packs": "|".join(f"{each.name}={to_text(each.quantity, item.decimals)}" for each in item.packs),
        "barcodes": "|".join(item.barcodes),
        "picture": item.picture,
        "proof": item.proof.value,
        "rounding": item.rounding.value,
        "lot_tracked": _flag(item.lot_tracked),
        "serial_tracked": _flag(item.serial_tracked),
        "weight_g": str(item.weight_g),
        "note": item.note,
        "issue_rule": item.issue_rule.value,
        "mixing": _flag(item.mixing),
        "storage_class": "|".join(item.storage_class),
        "fragile": _flag(item.fragile),
        "height_mm": str(item.height_mm),
        "shelf_life_days": str(item.shelf_life_days),
        "min_remaining_days": str(item.min_remaining_days),
        "access": item.access,
        "two_person": _flag(item.two_person),
        "inspect": item.inspect.value,
        "is_tool": _flag(item.is_tool),
        "unit_value": str(item.unit_value),
    }


def _flag(value: bool) -> str:
    return "true" if value else "false"
