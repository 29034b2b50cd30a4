"""The picture of a tray and its compartments."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CellState(StrEnum):
    EMPTY = "empty"
    OCCUPIED = "occupied"
    TARGET = "target"
    ALSO = "also"  # another open line of this visit waits in this compartment


@dataclass(frozen=True, slots=True)
class MapCell:
    """One compartment in the picture of the tray; mm from the front-left corner, y grows away from the operator."""

    label: str
    x_mm: int
    y_mm: int
    width_mm: int
    depth_mm: int
    state: CellState


@dataclass(frozen=True, slots=True)
class TrayMap:
    tray: int
    name: str
    width_mm: int
    depth_mm: int
    cells: tuple[MapCell, ...]
