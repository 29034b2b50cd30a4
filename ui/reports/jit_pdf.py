"""The whole assortment on one chart: value a year against variation of the demand, each item with the mark of its verdict.

Verdicts differ in colour and shape, and stand beside the chart in words with how many they are.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Polygon, Rect, String
from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import SimpleDocTemplate, Spacer

from station.jit.assortment import DAYS_A_YEAR, Analysed, Assortment
from station.jit.suitability import Kind
from ui.reports.sheet import FONT, LINE, MARGIN_MM, SIZE, load_fonts, text
from ui.sentences.jit import VERDICTS

WIDTH_MM, HEIGHT_MM = 200.0, 135.0
LEFT_MM, BOTTOM_MM = 16.0, 12.0
MARK_MM = 0.9
TICK_PT = 6
LEGEND_MM = 6.0
COLOURS = {
    Kind.JIT: colors.HexColor("#1b6e3c"),
    Kind.HYBRID: colors.HexColor("#1f5fa8"),
    Kind.JIC: colors.HexColor("#8a4b08"),
    Kind.SUPPLIER_FIRST: colors.HexColor("#b3261e"),
    Kind.INSUFFICIENT: colors.HexColor("#6b7280"),
}
Point = tuple[float, float]  # decimal logarithms of variation and of value


class AssortmentChart:
    """Makes the sheet with this translator."""

    def __init__(self, translate: Callable[[str], str]) -> None:
        self._translate = translate

    def render(self, assortment: Assortment, *, made_at: datetime) -> bytes:
        """The PDF."""
        load_fonts()
        _ = self._translate
        title = _("The assortment by value and by variation of its demand")
        edges = {f"{side}Margin": MARGIN_MM * mm for side in ("left", "right", "top", "bottom")}
        file = io.BytesIO()
        document = SimpleDocTemplate(file, pagesize=SIZE, title=title, author="Baylight", **edges)
        hidden = sum(point_of(each) is None for each in assortment.items)
        story = [
            text(f"{title} · {made_at:%Y-%m-%d}", size_pt=11, bold=True),
            Spacer(0, 2 * mm),
            self._chart(assortment),
            text(_("Not on the chart, because value or variation are not known: {count}.").format(count=hidden)),
        ]
        document.build(story)
        return file.getvalue()

    def _chart(self, assortment: Assortment) -> Any:
        _ = self._translate
        points = [(point, each) for each in assortment.items if (point := point_of(each)) is not None]
        (low_x, high_x), (low_y, high_y) = (_decades([point[axis] for point, _each in points]) for axis in (0, 1))
        drawing = Drawing((WIDTH_MM + 65) * mm, (HEIGHT_MM + BOTTOM_MM) * mm)

        def at(point: Point) -> Point:
            x = LEFT_MM + (point[0] - low_x) / (high_x - low_x) * (WIDTH_MM - LEFT_MM)
            y = BOTTOM_MM + (point[1] - low_y) / (high_y - low_y) * (HEIGHT_MM - BOTTOM_MM)
            return x * mm, y * mm

        for decade in range(low_x, high_x + 1):
            _grid(drawing, at((decade, low_y)), at((decade, high_y)), _number(decade), is_upright=True)
        for decade in range(low_y, high_y + 1):
            _grid(drawing, at((low_x, decade)), at((high_x, decade)), _number(decade), is_upright=False)
        settings = assortment.given.settings
        for limit in (math.log10(settings.x_limit), math.log10(settings.y_limit)):
            if low_x <= limit <= high_x:
                drawing.add(Line(*at((limit, low_y)), *at((limit, high_y)), strokeDashArray=[3, 2], strokeWidth=0.6))
        limit = math.log10(small_lot_value(assortment) / 100)
        if low_y <= limit <= high_y:
            drawing.add(Line(*at((low_x, limit)), *at((high_x, limit)), strokeColor=COLOURS[Kind.JIT], strokeDashArray=[3, 2]))
            days = _("a lot lasts {days} days").format(days=settings.small_lot_days)
            drawing.add(_label(days, WIDTH_MM + 2, at((high_x, limit))[1] / mm - 1))
        for point, each in points:
            drawing.add(mark(each.verdict.kind, *at(point)))
        drawing.add(_label(_("variation of the demand by periods"), WIDTH_MM / 2, 2))
        drawing.add(_label(_("value a year, {currency}").format(currency=settings.currency), LEFT_MM, HEIGHT_MM + 3))
        self._legend(drawing, assortment.items)
        return drawing

    def _legend(self, drawing: Any, items: Sequence[Analysed]) -> None:
        for row, kind in enumerate(Kind):
            y = HEIGHT_MM - 6 - row * LEGEND_MM
            count = sum(each.verdict.kind is kind for each in items)
            drawing.add(mark(kind, (WIDTH_MM + 6) * mm, y * mm, scale=1.6))
            drawing.add(_label(f"{self._translate(VERDICTS[kind.value])}: {count}", WIDTH_MM + 10, y - 0.9))


def point_of(each: Analysed) -> Point | None:
    """Where an item stands; None while its value is not known or its demand too little to vary."""
    value, spread = each.measured.value_per_year, each.measured.spread
    return None if not value or not spread else (math.log10(spread), math.log10(value / 100))


def small_lot_value(assortment: Assortment) -> float:
    """The value a year (minor units) from which on an economic lot at the usual cost of an order lasts as long as just-in-time
    wants, or less: T = sqrt(2 A / (D v i)), the other way round."""
    settings = assortment.given.settings
    rate = assortment.given.cost.rate or 1.0
    return 2 * settings.order_cost / (rate * (settings.small_lot_days / DAYS_A_YEAR) ** 2)


def mark(kind: Kind, x: float, y: float, *, scale: float = 1.0) -> Any:
    """The mark of a verdict: circle, square, triangle, diamond or cross."""
    size, colour = MARK_MM * mm * scale, COLOURS[kind]
    if kind is Kind.JIT:
        return Circle(x, y, size, fillColor=colour, strokeColor=None)
    if kind is Kind.HYBRID:
        return Rect(x - size, y - size, 2 * size, 2 * size, fillColor=colour, strokeColor=None)
    if kind is Kind.JIC:
        return Polygon([x - size, y - size, x + size, y - size, x, y + size], fillColor=colour, strokeColor=None)
    if kind is Kind.SUPPLIER_FIRST:
        return Polygon([x - size, y, x, y - size, x + size, y, x, y + size], fillColor=colour, strokeColor=None)
    ends = ((-1, -1, 1, 1), (-1, 1, 1, -1))
    lines = [Line(x + a * size, y + b * size, x + c * size, y + d * size, strokeColor=colour) for a, b, c, d in ends]
    return Group(*lines)


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low, high = math.floor(min(values, default=0.0)), math.ceil(max(values, default=3.0))
    return low, max(high, low + 1)


def _number(decade: int) -> str:
    return f"{10**decade:,}".replace(",", "\u00a0") if decade >= 0 else f"{10.0**decade:g}"


def _grid(drawing: Any, start: Point, end: Point, said: str, *, is_upright: bool) -> None:
    drawing.add(Line(*start, *end, strokeColor=LINE, strokeWidth=0.4))
    x, y = (start[0], start[1] - 3 * mm) if is_upright else (start[0] - 2 * mm, start[1] - 0.8 * mm)
    drawing.add(String(x, y, said, fontName=FONT, fontSize=TICK_PT, textAnchor="middle" if is_upright else "end"))


def _label(said: str, x_mm: float, y_mm: float) -> Any:
    return String(x_mm * mm, y_mm * mm, said, fontName=FONT, fontSize=8)
