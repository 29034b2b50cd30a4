"""Quantities that a label says, in the unit of an item. Pure.

A number of pieces is one only to an item that is counted in pieces: twelve of an item in grams are not twelve grams. Every other
unit needs a measure, which is turned into the item's own unit exactly or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

PIECES = ""  # as a unit of a label

_PIECE_UNITS = frozenset(
    {"pcs", "pc", "pce", "piece", "pieces", "ea", "each", "unit", "units", "no", "nos", "c62", "h87"}
    | {"st", "stk", "stck", "stück"}
    | {"pz", "pezzo", "pezzi", "pièce", "pièces", "pza", "pzas", "ud", "uds", "unidad", "unidades"}
)
_LABEL_UNITS = {  # how labels say them: UN/ECE Recommendation 20, ANSI X12.3, and what is usual
    **dict.fromkeys(("PC", "PCE", "PCS", "EA", "C62", "H87", "ST", "STK", "NAR", "NMB"), PIECES),
    **dict.fromkeys(("KG", "KGM"), "kg"),
    **dict.fromkeys(("G", "GR", "GRM"), "g"),
    **dict.fromkeys(("MG", "MGM"), "mg"),
    **dict.fromkeys(("T", "TNE"), "t"),
    **dict.fromkeys(("LB", "LBS", "LBR"), "lb"),
    **dict.fromkeys(("M", "MR", "MTR"), "m"),
    **dict.fromkeys(("CM", "CMT"), "cm"),
    **dict.fromkeys(("MM", "MMT"), "mm"),
    **dict.fromkeys(("M2", "MTK", "QM", "SM", "SQM"), "m2"),
    **dict.fromkeys(("L", "LT", "LTR"), "l"),
    **dict.fromkeys(("ML", "MLT"), "ml"),
    **dict.fromkeys(("M3", "MTQ", "CBM"), "m3"),
}
_MEASURES = {
    "net_weight_kg": "kg",
    "net_weight_lb": "lb",
    "length_m": "m",
    "area_m2": "m2",
    "net_volume_l": "l",
    "net_volume_m3": "m3",
}
_SIZES = {  # what a unit measures, and how much of it
    "kg": ("mass", Decimal(1)),
    "g": ("mass", Decimal("0.001")),
    "mg": ("mass", Decimal("0.000001")),
    "t": ("mass", Decimal(1000)),
    "lb": ("pound", Decimal(1)),  # 0.45359237 kg: no weight of one is a round figure of the other
    "m": ("length", Decimal(1)),
    "cm": ("length", Decimal("0.01")),
    "mm": ("length", Decimal("0.001")),
    "km": ("length", Decimal(1000)),
    "m2": ("area", Decimal(1)),
    "cm2": ("area", Decimal("0.0001")),
    "l": ("volume", Decimal(1)),
    "cl": ("volume", Decimal("0.01")),
    "ml": ("volume", Decimal("0.001")),
    "m3": ("volume", Decimal(1000)),
}
_SPELLINGS = str.maketrans("²³", "23")


def quantities(said: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What the fields of a code say of its quantity, by unit. A unit that nobody here knows says nothing."""
    unit = _LABEL_UNITS.get(said["unit"]) if "unit" in said else PIECES
    counted = ((unit, said["quantity"]),) if "quantity" in said and unit is not None else ()
    return (*counted, *((unit, said[name]) for name, unit in _MEASURES.items() if name in said))


def in_unit(said: Mapping[str, str], unit: str) -> str | None:
    """The quantity in an item's unit; None where nothing is said of it, or two things are."""
    unit = unit.strip().casefold().rstrip(".").translate(_SPELLINGS)
    if not unit or unit in _PIECE_UNITS:
        return said.get(PIECES)
    if unit not in _SIZES:
        return None
    measure, size = _SIZES[unit]
    found = {Decimal(value) * _SIZES[each][1] / size for each, value in said.items() if each and _SIZES[each][0] == measure}
    return f"{found.pop().normalize():f}" if len(found) == 1 else None
