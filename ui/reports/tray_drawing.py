"""A tray on paper, to scale, front edge below: its compartments, what lay in them, and where that differs from another moment."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib import colors
from reportlab.lib.units import mm

from station.values import TrayPast
from ui.reports.sheet import BOLD, FONT, LINE

WIDTH_MM, HIGHEST_MM = 260.0, 62.0
OCCUPIED, EMPTY, CHANGED = colors.HexColor("#c5cdd4"), colors.white, colors.HexColor("#bcd3f7")


def tray_drawing(past: TrayPast, changed: Collection[str] = ()) -> Any:
    """The drawing; without a known layout None."""
    tray = past.tray
    if tray is None or not tray.width_mm or not tray.depth_mm:
        return None
    scale = min(WIDTH_MM / tray.width_mm, HIGHEST_MM / tray.depth_mm) * mm
    drawing = Drawing(tray.width_mm * scale, tray.depth_mm * scale + 2 * mm)
    held = {each.compartment for each in past.stock}
    for cell in tray.compartments:
        fill = CHANGED if cell.label in changed else OCCUPIED if cell.label in held else EMPTY
        x, y = cell.x_mm * scale, cell.y_mm * scale + 2 * mm
        wide, deep = cell.width_mm * scale, cell.depth_mm * scale
        drawing.add(Rect(x, y, wide, deep, fillColor=fill, strokeColor=LINE, strokeWidth=0.5))
        size = max(3.0, min(8.0, wide / max(2, len(cell.label)) * 1.4))
        font = BOLD if cell.label in changed else FONT
        drawing.add(String(x + wide / 2, y + deep / 2 - size / 3, cell.label, fontName=font, fontSize=size, textAnchor="middle"))
    drawing.add(Line(0, 1 * mm, tray.width_mm * scale, 1 * mm, strokeColor=colors.black, strokeWidth=1.5))
    return drawing


def differing(one: TrayPast, other: TrayPast) -> frozenset[str]:
    """The compartments that do not hold the same at both moments."""

    def held(past: TrayPast) -> dict[str, set[tuple[object, int]]]:
        found: dict[str, set[tuple[object, int]]] = {}
        for each in past.stock:
            found.setdefault(each.compartment, set()).add((each.key, each.quantity))
        return found

    before, after = held(one), held(other)
    return frozenset(each for each in before.keys() | after.keys() if before.get(each) != after.get(each))
