"""Quantities that a label says, in the unit of an item. Pure.

A number of pieces is one only to an item that is counted in pieces: twelve of an item in grams are not twelve grams. Every other
unit needs a measure.
"""

from __future__ import annotations

from collections.abc import Mapping

PIECES = ""  # as a unit of a label

_PIECE_UNITS = frozenset(
    {"pcs", "pc", "pce", "piece", "pieces", "ea", "each", "unit", "units", "no", "nos", "c62", "h87"}
    | {"st", "stk", "stck", "stück"}
    | {"pz", "pezzo", "pezzi", "pièce", "pièces", "pza", "pzas", "ud", "uds", "unidad", "unidades"}
)
_LABEL_PIECES = frozenset({"", "PC", "PCE", "PCS", "EA", "C62", "H87"})  # units of a label that count pieces
_MEASURES = {"kg": "net_weight_kg", "lb": "net_weight_lb", "m": "length_m", "l": "net_volume_l"}


def quantities(said: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What the fields of a code say of its quantity, by unit."""
    counted = {PIECES: said["quantity"]} if "quantity" in said and said.get("unit", "") in _LABEL_PIECES else {}
    return tuple((counted | {unit: said[name] for unit, name in _MEASURES.items() if name in said}).items())


def in_unit(said: Mapping[str, str], unit: str) -> str | None:
    """The quantity in an item's unit; None where nothing is said of it."""
    unit = unit.strip().casefold().rstrip(".")
    return said.get(PIECES if not unit or unit in _PIECE_UNITS else unit)
