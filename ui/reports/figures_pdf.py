"""Figures of a bay on one sheet: where the minute goes, lines per hour by hour, every figure with what it means. Of no person."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import SimpleDocTemplate, Spacer

from station.figures.sheet import Sheet
from ui.reports.sheet import FONT, LINE, MARGIN_MM, SIZE, load_fonts, table, text
from ui.texts import Texts
from ui.view_models.figures import BarModel, board_of, percent, terms_of

WIDTH_MM, HOURS_MM, BAR_MM = 265.0, 42.0, 7.0
SHADES = [colors.HexColor(each) for each in ("#7b858f", "#363f48", "#c5cdd4", "#ffffff")]
WIDTHS_MM = (60, 40, 165)


class FiguresPaper:
    """Makes the sheet in one language."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def render(self, sheet: Sheet, *, station: str, made_at: datetime) -> bytes:
        """The PDF."""
        load_fonts()
        texts = self._texts
        title = texts.label("desk_show_figures")
        about = texts.label("sheet_made", station=station, first=self._day(sheet.first), until=self._day(sheet.until))
        edges = {f"{side}Margin": MARGIN_MM * mm for side in ("left", "right", "top", "bottom")}
        file = io.BytesIO()
        document = SimpleDocTemplate(file, pagesize=SIZE, title=title, author="Baylight", **edges)
        board = board_of(sheet, title, texts)
        document.build(
            [
                text(title, size_pt=18, bold=True),
                text(f"{about} · {self._day(made_at)}", size_pt=9),
                Spacer(0, 3 * mm),
                text(board.minute_title, size_pt=10, bold=True),
                self._minute(sheet),
                text(" · ".join(f"{each.name} {each.figure}" for each in board.parts), size_pt=9),
                Spacer(0, 3 * mm),
                text(board.hours_title, size_pt=10, bold=True),
                self._hours(board.hours),
                Spacer(0, 3 * mm),
                *self._tables(sheet),
            ]
        )
        return file.getvalue()

    def _day(self, at: datetime) -> str:
        return f"{self._texts.local(at):%Y-%m-%d %H:%M}"

    def _minute(self, sheet: Sheet) -> Any:
        drawing, left = Drawing(WIDTH_MM * mm, (BAR_MM + 2) * mm), 0.0
        for share, shade in zip(sheet.whole.shares or (), SHADES, strict=False):
            drawing.add(Rect(left * mm, mm, WIDTH_MM * share * mm, BAR_MM * mm, fillColor=shade, strokeColor=LINE))
            left += WIDTH_MM * share
        return drawing

    def _hours(self, bars: tuple[BarModel, ...]) -> Any:
        """From zero; the figure on top of each bar, the hour under it."""
        drawing, step = Drawing(WIDTH_MM * mm, HOURS_MM * mm), WIDTH_MM / max(8, len(bars))
        room_mm = HOURS_MM - 10
        for at, bar in enumerate(bars):
            x_mm, height_mm = at * step, room_mm * bar.share
            drawing.add(
                Rect((x_mm + 0.14 * step) * mm, 5 * mm, 0.72 * step * mm, height_mm * mm, fillColor=SHADES[1], strokeColor=LINE)
            )
            for said, y_mm in ((bar.figure, height_mm + 6), (bar.name, 1)):
                drawing.add(String((x_mm + step / 2) * mm, y_mm * mm, said, fontName=FONT, fontSize=8, textAnchor="middle"))
        drawing.add(Line(0, 5 * mm, WIDTH_MM * mm, 5 * mm, strokeColor=colors.black, strokeWidth=0.8))
        return drawing

    def _tables(self, sheet: Sheet) -> list[Any]:
        texts = self._texts
        terms = [
            (texts.label(name if name.startswith("minute_") else f"figure_{name}"), figure, texts.label(f"term_{name}"))
            for name, figure in terms_of(sheet, texts)
        ]
        causes = [
            (each.code, texts.age(each.lasted.total_seconds()), texts.code_words(each.code)) for each in sheet.machine.alarms
        ]
        head = (texts.label("desk_show_figures"), "", texts.label("desk_show_terms"))
        shifts = [(texts.label("shift_from", time=each.what), texts.number(each.lines), "") for each in sheet.shifts]
        alarms = (texts.label("figure_machine"), percent(sheet.machine.share, texts), "")
        found = [table(head, terms, WIDTHS_MM, right=(1,))]
        for name, rows in ((texts.label("desk_show_shifts"), shifts), (" ".join(alarms[:2]), causes)):
            if rows:
                found += [Spacer(0, 3 * mm), table((name, "", ""), rows, WIDTHS_MM, right=(1,))]
        return found
