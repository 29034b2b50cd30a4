"""The list as a PDF: two parts, each sheet with what, whose, as of when, and which of how many it is."""

from __future__ import annotations

import io
from datetime import datetime

from reportlab.pdfgen.canvas import Canvas

from station.emergency import open_orders, trays
from station.values import EmergencyFacts
from ui.emergency.blocks import Part, Sheet, draw, in_sheets
from ui.emergency.paper import BOLD, HEIGHT, MARGIN, USABLE, WIDTH, Pen, Text, load_fonts
from ui.emergency.parts import day_and_time, orders_part, trays_part
from ui.texts import Texts


def render(facts: EmergencyFacts, texts: Texts, *, station: str, as_of: datetime) -> tuple[bytes, int]:
    """The PDF, and how many sheets it has."""
    load_fonts()
    contents = trays(facts)
    of_machines = len({each.machine for each in contents}) > 1
    parts = (
        orders_part(open_orders(facts), texts, of_machines=of_machines),
        trays_part(contents, facts.items, texts, of_machines=of_machines),
    )
    sheets = [(part, sheet) for part in parts for sheet in in_sheets(part)]
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1)
    canvas.setTitle(f"{texts.paper('title')} · {texts.paper('station', station=station)}")
    canvas.setSubject(as_of.isoformat())
    _draw_all(canvas, sheets, texts, station=station, as_of=as_of)
    canvas.save()
    return file.getvalue(), len(sheets)


def _draw_all(canvas: Canvas, sheets: list[tuple[Part, Sheet]], texts: Texts, *, station: str, as_of: datetime) -> None:
    pen = Pen(canvas)
    for number, (part, sheet) in enumerate(sheets, start=1):
        before_part, before = sheets[number - 2] if number > 1 else (None, ())
        _head(pen, part, sheet, texts, station=station, as_of=as_of)
        draw(pen, part, sheet, before[-1] if before_part is part and before else None)
        _foot(pen, texts, number=number, count=len(sheets))
        canvas.showPage()


def _head(pen: Pen, part: Part, sheet: Sheet, texts: Texts, *, station: str, as_of: datetime) -> None:
    top, half = HEIGHT - MARGIN, USABLE / 2
    said = part.span([each.band for each in sheet]) if sheet else ""
    title = f"{texts.paper('title')}  ·  {part.title}"
    pen.text(Text(title, BOLD, 17.0), MARGIN, top - 15.0, half * 1.3)
    pen.text(Text(day_and_time(texts, "as_of", as_of), BOLD, 14.0, is_right=True), MARGIN + half * 1.3, top - 15.0, half * 0.7)
    named = "  ·  ".join(each for each in (texts.paper("station", station=station), said) if each)
    pen.text(Text(named, BOLD, 11.0, is_right=True), MARGIN + half * 1.3, top - 33.0, half * 0.7)
    pen.text(Text(texts.paper("help"), size=9.5), MARGIN, top - 33.0, half * 1.28)


def _foot(pen: Pen, texts: Texts, *, number: int, count: int) -> None:
    pen.text(Text("Baylight", size=9.0), MARGIN, MARGIN + 2.0, USABLE / 2)
    sheet = Text(texts.paper("sheet", number=number, count=count), BOLD, 11.0, is_right=True)
    pen.text(sheet, MARGIN + USABLE / 2, MARGIN + 2.0, USABLE / 2)
