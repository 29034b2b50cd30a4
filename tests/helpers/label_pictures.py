"""Labels as pictures, and what an independent decoder (zxing-cpp) reads on them.

`zpl_pictures` understands the part of ZPL II that the station says and nothing more: an unknown command is an error. Code 128 is
drawn by zxing-cpp's own writer from the text that the ^BC field means, so that no bar of ours is in it.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from ui.labels import data_matrix

FONT = Path(__file__).parents[2] / "ui" / "fonts" / "print" / "Inter-Bold.ttf"
DOTS_PER_MM = 12
_NAMED = {"0": ">", "<": "^", "=": "~", "1": "\x7f"}


def read_codes(picture: Image.Image) -> list[tuple[str, str]]:
    """Format and text of every symbol, sorted."""
    return sorted((str(each.format), each.text) for each in zxingcpp.read_barcodes(picture))


def pdf_pictures(content: bytes) -> list[Image.Image]:
    """Each page, at the printer's own resolution."""
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    try:
        return [page.render(scale=DOTS_PER_MM * 25.4 / 72).to_pil() for page in document]
    finally:
        document.close()


@dataclass
class _Label:
    """A label that is being drawn, and the field that is open."""

    width: int = 0
    height: int = 0
    at: tuple[int, int] = (0, 0)
    hex_sign: str = ""
    module: int = 2
    field_of: str = ""
    values: list[str] = field(default_factory=list)
    block: list[str] = field(default_factory=list)
    picture: Image.Image | None = None

    @property
    def paper(self) -> Image.Image:
        if self.picture is None:
            self.picture = Image.new("L", (self.width, self.height), 255)
        return self.picture

    def paste(self, part: Image.Image) -> None:
        right, lower = self.at[0] + part.width, self.at[1] + part.height
        assert right <= self.width, f"{self.field_of} is {right - self.width} dots beyond the right edge"
        assert lower <= self.height, f"{self.field_of} is {lower - self.height} dots beyond the lower edge"
        self.paper.paste(part, self.at)


def zpl_pictures(content: bytes) -> list[Image.Image]:
    """Each label between ^XA and ^XZ."""
    labels: list[Image.Image] = []
    label = _Label()
    for command in re.split(r"(?=\^)", content.decode("utf-8").replace("\n", "")):
        name, rest = command[1:3], command[3:]
        match name:
            case "XA":
                label = _Label()
            case "XZ":
                labels.append(label.paper)
            case "":
                assert not command, command
            case _:
                _obey(label, name, rest)
    return labels


def _obey(label: _Label, name: str, rest: str) -> None:
    values = rest.split(",")
    match name:
        case "CI":
            assert rest == "28"  # UTF-8
        case "LH":
            assert rest == "0,0"
        case "PQ":
            assert rest == "1"
        case "PW":
            label.width = int(rest)
        case "LL":
            label.height = int(rest)
        case "FO":
            label.at, label.block, label.hex_sign = (int(values[0]), int(values[1])), [], ""
        case "A0" | "BX" | "BC" | "GB":
            label.field_of, label.values = name, values
        case "FB":
            label.block = values
        case "BY":
            label.module = int(values[0])
        case "FH":
            label.hex_sign = rest
        case "FD":
            _field(label, _unescaped(rest, label.hex_sign))
        case "FS":
            if label.field_of == "GB":
                width, height = int(label.values[0]), int(label.values[1])
                label.paste(Image.new("L", (width, height), 0))
            label.field_of = ""
        case _:
            raise AssertionError(f"unknown command ^{name}{rest}")


def _unescaped(text: str, sign: str) -> str:
    if not sign:
        return text
    parts = re.split(re.escape(sign) + r"([0-9A-F]{2})", text)
    raw = b"".join(bytes.fromhex(each) if place % 2 else each.encode("utf-8") for place, each in enumerate(parts))
    return raw.decode("utf-8")


def _field(label: _Label, text: str) -> None:
    match label.field_of:
        case "A0":
            _write(label, text)
        case "BX":
            module, quality, escape = int(label.values[1]), label.values[2], label.values[6]
            assert quality == "200"
            assert escape not in text
            label.paste(_squares(text, module))
        case "BC":
            symbol = zxingcpp.create_barcode(meant_by_bc(text), zxingcpp.BarcodeFormat.Code128)
            bars = _gray(symbol)
            label.paste(bars.resize((bars.width * label.module, int(label.values[1])), Image.Resampling.NEAREST))


def _gray(symbol: zxingcpp.Barcode) -> Image.Image:
    found = memoryview(symbol.to_image(add_quiet_zones=False))
    return Image.frombytes("L", (found.shape[1], found.shape[0]), found.tobytes())


def _write(label: _Label, text: str) -> None:
    font = ImageFont.truetype(str(FONT), int(label.values[1]) * 0.95)
    left = label.at[0]
    if label.block:
        assert label.block[3] == "R"
        left += int(label.block[0]) - int(font.getlength(text))
    ImageDraw.Draw(label.paper).text((left, label.at[1]), text, fill=0, font=font)


def _squares(text: str, module: int) -> Image.Image:
    rows = data_matrix.modules(text)
    small = Image.new("L", (len(rows), len(rows)))
    small.putdata([0 if each else 255 for row in rows for each in row])
    return small.resize((len(rows) * module, len(rows) * module), Image.Resampling.NEAREST)


def meant_by_bc(data: str) -> str:
    """The text that a ^BC field in mode N means, by the table of the programming guide."""
    text, charset, at = "", "", 0
    while at < len(data):
        pair = data[at : at + 2]
        if pair in (">:", ">6"):
            charset, at = "B", at + 2
        elif pair in (">;", ">5"):
            charset, at = "C", at + 2
        elif charset == "C":
            assert pair.isdigit(), data
            text, at = text + pair, at + 2
        elif data[at] == ">":
            text, at = text + _NAMED[data[at + 1]], at + 2
        else:
            text, at = text + data[at], at + 1
    return text
