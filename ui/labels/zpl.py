"""A label in ZPL II, the language of Zebra printers and of those that speak like them. UTF-8; all codes are made by the printer.

Quantities of dots are whole. Sign for sign what is printed is escaped in hexadecimal where ZPL would take it for its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from typing import Final

from ui.code128 import plain_symbols
from ui.labels.drawing import Bars, Drawing, Paper, Rule, Squares, Words, fit_line, know_fonts

_HEX: Final = "\\"  # marks a character as two hexadecimal digits
_OWN: Final = frozenset("^~\\")
_ESCAPES: Final = "~_|`"  # of ^BX; one that the code does not have
# Code 128 is said symbol by symbol, so that the bars are as wide as the design has them: signs of set B that ZPL has names for,
# and the symbols that choose the set (Zebra's programming guide, ^BC).
_NAMED: Final = {">": ">0", "^": "><", "~": ">=", "\x7f": ">1"}
_SET: Final = {104: ">:", 105: ">;", 100: ">6", 99: ">5"}
_SET_C: Final = (105, 99)
_FONT_SHARE: Final = 0.9  # of a line's height: font 0 is a little lower than its cell


def to_zpl(drawings: Sequence[Drawing]) -> bytes:
    """The labels one after the other; the printer cuts or feeds between them."""
    know_fonts()
    return "".join(map(_label, drawings)).encode("utf-8")


def _label(drawing: Drawing) -> str:
    paper = drawing.paper
    parts = "\n".join(_said(part, paper) for part in drawing.parts)
    size = f"^PW{_dots(paper.width_mm, paper)}^LL{_dots(paper.height_mm, paper)}"
    return f"^XA^CI28^LH0,0{size}\n{parts}\n^PQ1^XZ\n"


def _dots(mm: float, paper: Paper) -> int:
    return round(mm * paper.dpmm)


@singledispatch
def _said(part: object, paper: Paper) -> str:
    raise TypeError(f"no part of a label: {part!r}")


@_said.register
def _(part: Words, paper: Paper) -> str:
    """Widths are those of our own font, which is wider than the printer's: what fits there, fits here."""
    line, size_mm = fit_line(part.text, is_bold=part.is_bold, size_mm=part.size_mm, width_mm=part.width_mm)
    height = max(10, _dots(size_mm * _FONT_SHARE, paper))
    at = f"^FO{_dots(part.x_mm, paper)},{_dots(part.y_mm + (part.size_mm - size_mm) / 2, paper)}^A0N,{height},{height}"
    block = f"^FB{_dots(part.width_mm, paper)},1,0,R,0" if part.is_right else ""
    return f"{at}{block}^FH{_HEX}^FD{_escaped(line)}^FS"


@_said.register
def _(part: Squares, paper: Paper) -> str:
    escape = next((each for each in _ESCAPES if each not in part.text), "~")
    at = f"^FO{_dots(part.x_mm, paper)},{_dots(part.y_mm, paper)}"
    return f"{at}^BXN,{part.module_dots},200,,,,{escape}^FH{_HEX}^FD{_escaped(part.text)}^FS"


@_said.register
def _(part: Bars, paper: Paper) -> str:
    at = f"^FO{_dots(part.x_mm, paper)},{_dots(part.y_mm, paper)}"
    height = _dots(part.height_mm, paper)
    return f"{at}^BY{part.module_dots},2,{height}^BCN,{height},N,N,N^FH{_HEX}^FD{_escaped(code128_said(part.text))}^FS"


@_said.register
def _(part: Rule, paper: Paper) -> str:
    width, height = max(1, _dots(part.width_mm, paper)), max(1, _dots(part.height_mm, paper))
    return f"^FO{_dots(part.x_mm, paper)},{_dots(part.y_mm, paper)}^GB{width},{height},{min(width, height)},B,0^FS"


def code128_said(text: str) -> str:
    """The symbols of the bars in the words of ^BC, without the check symbol, which the printer adds."""
    said, is_pairs = "", False
    for symbol in plain_symbols(text)[:-1]:
        if symbol in _SET and not (is_pairs and symbol == 99):  # there it is two digits
            said, is_pairs = said + _SET[symbol], symbol in _SET_C
            continue
        said += f"{symbol:02d}" if is_pairs else _NAMED.get(chr(symbol + 32), chr(symbol + 32))
    return said


def _escaped(text: str) -> str:
    """Field data as it may stand between ^FD and ^FS."""
    return "".join(_hex(sign) if sign in _OWN or not sign.isprintable() else sign for sign in text)


def _hex(sign: str) -> str:
    return "".join(f"{_HEX}{byte:02X}" for byte in sign.encode("utf-8"))
