"""What the reports on paper are made of: an A4 sheet, paragraphs, tables, and the fonts for all five languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, Table, TableStyle

FONT, BOLD = "Vera", "VeraBd"  # come with reportlab, and have the letters of all five languages
SIZE = landscape(A4)
MARGIN_MM = 15.0
CELL_PT, CELL_LEADING_PT, BESIDE_PT = 7, 9, 3
LINE = colors.HexColor("#c4cad2")
SHADE = colors.HexColor("#eef1f5")
WRONG = colors.HexColor("#b3261e")

Cells = Sequence[str]


def load_fonts() -> None:
    """Before anything is drawn."""
    for name in (FONT, BOLD):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))


def text(said: str, *, size_pt: float = 8, bold: bool = False, colour: Any = colors.black) -> Any:
    """A paragraph; what stands in it is no markup."""
    style = ParagraphStyle(
        "text", fontName=BOLD if bold else FONT, fontSize=size_pt, leading=size_pt * 1.3, textColor=colour, splitLongWords=True
    )
    return Paragraph(escape(said), style)


def pairs(said: Sequence[tuple[str, str]]) -> Any:
    """What something is called, and what it is, one under the other."""
    rows = [[text(name, bold=True), text(value)] for name, value in said]
    return Table(rows, colWidths=[45 * mm, 220 * mm], style=[("VALIGN", (0, 0), (-1, -1), "TOP"), *_padding(1.5)], hAlign="LEFT")


def table(head: Cells, rows: Sequence[Cells], widths_mm: Sequence[float], *, right: Sequence[int] = ()) -> Any:
    """A table whose head stands on each page."""
    cells = [[_cell(text, widths_mm[at], at in right, font=BOLD) for at, text in enumerate(head)]]
    cells += [[_cell(text, widths_mm[at], at in right) for at, text in enumerate(row)] for row in rows]
    style = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("FONT", (0, 0), (-1, -1), FONT, CELL_PT, CELL_LEADING_PT),
        ("FONT", (0, 0), (-1, 0), BOLD, CELL_PT, CELL_LEADING_PT),
        *(("ALIGN", (at, 0), (at, -1), "RIGHT") for at in right),
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("LINEBELOW", (0, 0), (-1, -1), 0.3, LINE),
        *_padding(2),
        *((f"{side}PADDING", (0, 0), (-1, -1), BESIDE_PT) for side in ("LEFT", "RIGHT")),
    ]
    return Table(cells, colWidths=[each * mm for each in widths_mm], repeatRows=1, hAlign="LEFT", style=TableStyle(style))


def _cell(text: str, width_mm: float, is_right: bool, *, font: str = FONT) -> Any:
    """A plain text where it fits on one line, which is ten times as fast to lay out as one that may be broken."""
    if pdfmetrics.stringWidth(text, font, CELL_PT) <= width_mm * mm - 2 * BESIDE_PT:
        return text
    style = ParagraphStyle("cell", fontName=font, fontSize=CELL_PT, leading=CELL_LEADING_PT, alignment=2 if is_right else 0)
    return Paragraph(escape(text), style)


def _padding(points: float) -> list[Any]:
    return [(f"{side}PADDING", (0, 0), (-1, -1), points) for side in ("TOP", "BOTTOM")]
