"""Labels as PDF: each on a page of its own size, or many on A4 sheets with lines to cut along."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.pdfgen.canvas import Canvas

from ui.code128 import plain_bars
from ui.emergency.paper import BOLD, PLAIN
from ui.labels import data_matrix
from ui.labels.drawing import PT_PER_MM, Bars, Drawing, Paper, Rule, Squares, Words, fit_line, know_fonts

MM: Final = PT_PER_MM
A4: Final = Paper(width_mm=210.0, height_mm=297.0, dpmm=12)
SHEET_MARGIN_MM: Final = 8.0
HEADING_MM: Final = 14.0
ASCENT: Final = 0.78  # of a line's height: from its upper edge to the line it stands on


def pages_pdf(drawings: Sequence[Drawing], *, title: str) -> bytes:
    """A page for each drawing."""
    file = io.BytesIO()
    canvas = _canvas(file, title)
    for each in drawings:
        canvas.setPageSize((each.paper.width_mm * MM, each.paper.height_mm * MM))
        _draw(canvas, each, 0.0, each.paper.height_mm)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class Group:
    """Labels of one size that begin on a sheet of their own; `heading` and `help` stand above them, "" for neither."""

    drawings: Sequence[Drawing]
    heading: str = ""
    help: str = ""


def sheets_pdf(groups: Sequence[Group], *, title: str) -> bytes:
    """As many as fit on each A4 sheet; what is larger than a sheet gets its own page."""
    file = io.BytesIO()
    canvas = _canvas(file, title)
    for group in groups:
        columns, rows = _in_grid(group)
        for first in range(0, len(group.drawings), columns * rows):
            _sheet(canvas, group, group.drawings[first : first + columns * rows], columns)
    canvas.save()
    return file.getvalue()


def _sheet(canvas: Any, group: Group, drawings: Sequence[Drawing], columns: int) -> None:
    paper = drawings[0].paper
    is_single = columns * paper.width_mm > A4.width_mm - 2 * SHEET_MARGIN_MM
    page = paper if is_single else A4
    canvas.setPageSize((page.width_mm * MM, page.height_mm * MM))
    top_mm = page.height_mm - (0.0 if is_single else SHEET_MARGIN_MM + _heading_mm(group))
    left_mm = (page.width_mm - columns * paper.width_mm) / 2
    if group.heading:
        usable = A4.width_mm - 2 * SHEET_MARGIN_MM
        head = Words(text=group.heading, x_mm=0, y_mm=0, width_mm=usable, size_mm=7.0, is_bold=True)
        _words(canvas, head, SHEET_MARGIN_MM, A4.height_mm - SHEET_MARGIN_MM)
        said = Words(text=group.help, x_mm=0, y_mm=7.5, width_mm=usable, size_mm=4.0)
        _words(canvas, said, SHEET_MARGIN_MM, A4.height_mm - SHEET_MARGIN_MM)
    for place, each in enumerate(drawings):
        x_mm, y_mm = left_mm + place % columns * paper.width_mm, top_mm - place // columns * paper.height_mm
        if not is_single:
            _cut_line(canvas, paper, x_mm, y_mm)
        _draw(canvas, each, x_mm, y_mm)
    canvas.showPage()


def _heading_mm(group: Group) -> float:
    return HEADING_MM if group.heading else 0.0


def _in_grid(group: Group) -> tuple[int, int]:
    """How many lie side by side and one below the other."""
    paper = group.drawings[0].paper if group.drawings else A4
    columns = int((A4.width_mm - 2 * SHEET_MARGIN_MM) // paper.width_mm)
    rows = int((A4.height_mm - 2 * SHEET_MARGIN_MM - _heading_mm(group)) // paper.height_mm)
    return (columns, rows) if columns and rows else (1, 1)


def _canvas(file: io.BytesIO, title: str) -> Canvas:
    know_fonts()
    canvas = Canvas(file, pageCompression=1, invariant=1)
    canvas.setTitle(title)
    canvas.setAuthor("Baylight")
    return canvas


def _cut_line(canvas: Any, paper: Paper, x_mm: float, top_mm: float) -> None:
    canvas.setLineWidth(0.2)
    canvas.setStrokeGray(0.65)
    canvas.rect(x_mm * MM, (top_mm - paper.height_mm) * MM, paper.width_mm * MM, paper.height_mm * MM, stroke=1, fill=0)
    canvas.setStrokeGray(0)


def _draw(canvas: Any, drawing: Drawing, x_mm: float, top_mm: float) -> None:
    """`x_mm` and `top_mm` are the drawing's upper left corner, from the sheet's lower left one."""
    for part in drawing.parts:
        match part:
            case Words():
                _words(canvas, part, x_mm, top_mm)
            case Squares():
                _squares(canvas, part, drawing.paper, x_mm=x_mm, top_mm=top_mm)
            case Bars():
                _bars(canvas, part, drawing.paper, x_mm=x_mm, top_mm=top_mm)
            case Rule():
                _black(canvas, x_mm + part.x_mm, top_mm - part.y_mm, part.width_mm, part.height_mm)


def _black(canvas: Any, x_mm: float, top_mm: float, width_mm: float, height_mm: float) -> None:
    canvas.rect(x_mm * MM, (top_mm - height_mm) * MM, width_mm * MM, height_mm * MM, stroke=0, fill=1)


def _words(canvas: Any, part: Words, x_mm: float, top_mm: float) -> None:
    line, size_mm = fit_line(part.text, is_bold=part.is_bold, size_mm=part.size_mm * 0.92, width_mm=part.width_mm)
    canvas.setFont(BOLD if part.is_bold else PLAIN, size_mm * MM)
    baseline = (top_mm - part.y_mm - size_mm * ASCENT - (part.size_mm - size_mm) / 2) * MM
    if part.is_right:
        canvas.drawRightString((x_mm + part.x_mm + part.width_mm) * MM, baseline, line)
    else:
        canvas.drawString((x_mm + part.x_mm) * MM, baseline, line)


def _squares(canvas: Any, part: Squares, paper: Paper, *, x_mm: float, top_mm: float) -> None:
    """Modules that touch are drawn as one, so that no hair of white stands between them."""
    module_mm = part.module_dots / paper.dpmm
    path = canvas.beginPath()
    for number, row in enumerate(data_matrix.modules(part.text)):
        lower = (top_mm - part.y_mm - (number + 1) * module_mm) * MM
        for first, length in _runs(row):
            path.rect((x_mm + part.x_mm + first * module_mm) * MM, lower, length * module_mm * MM, module_mm * MM)
    canvas.drawPath(path, stroke=0, fill=1)


def _runs(row: Sequence[bool]) -> list[tuple[int, int]]:
    """The black runs of a row: where each begins, and how long it is."""
    runs: list[tuple[int, int]] = []
    for place, is_black in enumerate(row):
        if is_black and runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif is_black:
            runs.append((place, 1))
    return runs


def _bars(canvas: Any, part: Bars, paper: Paper, *, x_mm: float, top_mm: float) -> None:
    module_mm = part.module_dots / paper.dpmm
    path = canvas.beginPath()
    lower = (top_mm - part.y_mm - part.height_mm) * MM
    for first, width in plain_bars(part.text):
        path.rect((x_mm + part.x_mm + first * module_mm) * MM, lower, width * module_mm * MM, part.height_mm * MM)
    canvas.drawPath(path, stroke=0, fill=1)
