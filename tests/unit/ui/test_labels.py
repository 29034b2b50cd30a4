"""Every kind of label, in PDF and in ZPL, read back by a decoder that shares nothing with what drew it."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from PIL import Image
from pypdf import PdfReader

from station.core import printed
from station.labels.values import (
    ButtonLabel,
    CompartmentLabel,
    ItemLabel,
    KanbanLabel,
    Label,
    PackingSlip,
    Printed,
    SlipLine,
    ToteLabel,
    TrayLabel,
)
from station.scan import CommandScan, PlaceScan, TrayScan, classify
from station.values import Item, Place
from tests.helpers.label_pictures import meant_by_bc, pdf_pictures, read_codes, zpl_pictures
from tests.unit.ui.conftest import ZONE
from ui.code128 import plain_symbols
from ui.labels import data_matrix
from ui.labels.design import pages_of
from ui.labels.drawing import Drawing, Paper
from ui.labels.pdf import A4, Group, pages_pdf, sheets_pdf
from ui.labels.zpl import code128_said, to_zpl
from ui.language import load_language
from ui.texts import Texts

TEXTS = Texts(load_language("en"), ZONE)
AT = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
SCREW = Item(code="SKR_M8x25~A2^", name="Hexagon head screw M8×25 – Größe ½ \\ ^A2~", lot_tracked=True)
PLACE = Place("M1", 12, "C7")
LABELS: dict[str, Label] = {
    "compartment": CompartmentLabel(place=PLACE),
    "tray": TrayLabel(machine="M1", tray=12, name="Fasteners ^ A"),
    "tote": ToteLabel(tote="T4711", order="D0012", destination="Line 3"),
    "kanban": KanbanLabel(card="K-000123", item_code=SCREW.code, item=SCREW, quantity=200, destination="Line 3"),
    "item": ItemLabel(item_code=SCREW.code, item=SCREW, lot="L2026-11", quantity=24, order="D0012", place=PLACE, at=AT),
    "button": ButtonLabel(word="CONFIRM"),
    "slip": PackingSlip(order="D0012-99", destination="Line 3", at=AT, lines=()),
}
CODES = {
    "compartment": "BLC-M1-12-C7",
    "tray": "BLT-M1-12",
    "tote": "BLO-T4711",
    "kanban": "BLK-K-000123",
    "item": SCREW.code,
    "button": "BLX-CONFIRM",
    "slip": "D0012-99",
}
PAPERS = {"large": Paper(width_mm=100, height_mm=60, dpmm=8), "small": Paper(width_mm=50, height_mm=30, dpmm=12)}


def drawn(label: Label, paper: Paper, *, copy: int = 0) -> tuple[Drawing, ...]:
    return pages_of(Printed(label=label, copy=copy), paper, TEXTS)


def expected(kind: str, paper: str) -> list[tuple[str, str]]:
    """A Data Matrix on everything but a button, and bars where there is room for them."""
    code = CODES[kind]
    bars = [("Code 128", code)] if kind == "button" or (paper == "large" and kind != "slip") else []
    return bars + ([] if kind == "button" else [("Data Matrix", code)])


@pytest.mark.parametrize("paper", ["large", "small"])
@pytest.mark.parametrize("kind", list(LABELS))
def test_the_code_of_every_label_is_read_from_pdf_and_from_zpl(kind: str, paper: str) -> None:
    drawings = drawn(LABELS[kind], PAPERS[paper], copy=2)
    on_pdf = read_codes(pdf_pictures(pages_pdf(drawings, title="label"))[0])
    on_zpl = read_codes(zpl_pictures(to_zpl(drawings))[0])
    assert on_pdf == on_zpl == expected(kind, paper)


def test_the_station_reads_its_own_labels_as_what_they_are() -> None:
    assert classify(CODES["compartment"]) == PlaceScan(PLACE)
    assert classify(CODES["tray"]) == TrayScan("M1", 12)
    assert classify(CODES["button"]) == CommandScan("CONFIRM")


@pytest.mark.parametrize("compartment", ["C-7", "C 7", "Ü7"])
def test_a_name_that_no_code_can_say_makes_a_label_without_a_symbol(compartment: str) -> None:
    label = CompartmentLabel(place=Place("M1", 12, compartment))
    assert label.code == ""
    assert read_codes(pdf_pictures(pages_pdf(drawn(label, PAPERS["large"]), title="label"))[0]) == []


def test_squares_of_every_size_are_read() -> None:
    """All sizes up to the largest, with digits, which go two in a codeword, and without."""
    sides = set()
    for length in (1, 4, 7, 10, 16, 20, 28, 34, 42, 60, 84, 112, 142, 172):
        for text in (("A7-b_~" * 30)[:length], ("9" * 2 * length)[: 2 * length]):
            rows = data_matrix.modules(text)
            sides.add(len(rows))
            picture = Image.new("L", (len(rows) + 4, len(rows) + 4), 255)
            for number, row in enumerate(rows):
                for column, is_black in enumerate(row):
                    picture.putpixel((column + 2, number + 2), 0 if is_black else 255)
            large = picture.resize((picture.width * 4, picture.height * 4), Image.Resampling.NEAREST)
            assert read_codes(large) == [("Data Matrix", text)]
    assert sides == {10, 12, 14, 16, 18, 20, 22, 24, 26, 32, 36, 40, 44, 48}


@pytest.mark.parametrize("text", ["999999", "A1234567B", "99A", "~^>\\_", "BLX-CONFIRM", "12345", "AB99"])
def test_the_bars_said_in_zpl_mean_the_text(text: str) -> None:
    assert meant_by_bc(code128_said(text)) == text
    assert len(plain_symbols(text)) >= 3


def short(line: str, missing: int, *, reason: str = "", state: str = "short") -> SlipLine:
    return SlipLine(line=line, item_code="NUT", item=None, asked=10, done=10 - missing, state=state, reason=reason)


def test_the_packing_slip_says_what_is_short_and_why_on_every_page_it_needs() -> None:
    lines = tuple(
        SlipLine(
            line=str(n), item_code=SCREW.code, item=SCREW, asked=24, done=24, state="confirmed", lots=(("L1", 20), ("L2", 4))
        )
        for n in range(20)
    )
    slip = PackingSlip(order="D0012", lines=(*lines, short("90", 4, reason="damaged"), short("91", 10, state="skipped")), at=AT)
    pages = drawn(slip, A4, copy=1)
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(pages_pdf(pages, title="slip"))).pages]
    whole = "\n".join(texts)
    assert len(texts) > 1
    assert all(f"Page {number} of {len(texts)}" in text and "COPY 1" in text for number, text in enumerate(texts, 1))
    assert "2 lines are short" in texts[0]
    assert "lot L1: 20" in whole
    assert "Missing 4: " in whole
    assert "10 still to come" in whole
    assert read_codes(pdf_pictures(pages_pdf(pages, title="slip"))[-1]) == [("Data Matrix", "D0012")]


def test_many_labels_lie_on_one_sheet_and_all_are_read() -> None:
    paper = Paper(width_mm=63, height_mm=38, dpmm=12)
    words = ("CONFIRM", "SKIP", "NOT_ENOUGH", "SEND_BACK", "ENTER", "ROW_ONE", "SEVEN", "LEAVE_WORK", "CHOICE_NINE")
    drawings = [each for word in words for each in drawn(ButtonLabel(word=word), paper)]
    pictures = pdf_pictures(sheets_pdf([Group(drawings, "Commands", "Scan them")], title="commands"))
    assert len(pictures) == 1
    assert read_codes(pictures[0]) == sorted(("Code 128", f"BLX-{word}") for word in words)


def test_no_text_of_a_label_leaves_its_paper() -> None:
    """The longest names: shrunk, and cut with an ellipsis in the end. ZPL pictures fail on any symbol beyond the edge."""
    item = Item(code="X" * 40, name="very long name " * 12)
    label = ItemLabel(item_code=item.code, item=item, lot="L" * 40, serial="S" * 40, quantity=10**9, order="O" * 40, at=AT)
    for paper in PAPERS.values():
        (picture,) = zpl_pictures(to_zpl(drawn(label, paper)))
        edge = picture.crop((picture.width - 2, 0, picture.width, picture.height))
        assert edge.getextrema() == (255, 255)


def test_every_command_has_words_and_a_code_that_the_station_reads() -> None:
    assert set(printed.SHEET) == printed.PRESSED | set(printed.OWN)
    for word in printed.SHEET:
        label = ButtonLabel(word=word)
        assert classify(label.code) == CommandScan(word)
        (drawing,) = drawn(label, PAPERS["large"])
        assert "Message " not in str(drawing.parts)  # what a word without a text would be shown as
