"""What stands where on a label: parts with their places in mm from the upper left corner. Both papers draw the same parts.

Symbols are made of whole dots of the printer: half a dot more makes a code that nobody reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reportlab.pdfbase import pdfmetrics

from ui.code128 import QUIET_MODULES, plain_bars, width_modules
from ui.emergency.paper import BOLD, PLAIN, load_fonts
from ui.labels import data_matrix

PT_PER_MM: Final = 72 / 25.4
LEAST_TEXT_MM: Final = 1.7  # smaller is not read; what has no room even so is cut

LEAST_BAR_MM = 0.25  # narrower bars are for scanners held still
WIDEST_BAR_MM = 0.5
LEAST_SQUARE_MM = 0.3
WIDEST_SQUARE_MM = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One line of text, `y_mm` its upper edge and `size_mm` its height with what hangs below. It is made smaller to fit."""

    text: str
    x_mm: float
    y_mm: float
    width_mm: float
    size_mm: float
    is_bold: bool = False
    is_right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Squares:
    """A Data Matrix without the white around it."""

    text: str
    x_mm: float
    y_mm: float
    module_dots: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A Code 128 without the white around it."""

    text: str
    x_mm: float
    y_mm: float
    height_mm: float
    module_dots: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A black bar, most often a thin line."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float


Part = Words | Squares | Bars | Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The size of one label, and of the printer's dots."""

    width_mm: float
    height_mm: float
    dpmm: int

    @property
    def margin_mm(self) -> float:
        return 2.0 if self.height_mm < 80 else 6.0 if self.width_mm < 150 else 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One label, or one page."""

    paper: Paper
    parts: tuple[Part, ...]


def squares_mm(text: str, module_dots: int, dpmm: int) -> float:
    """How wide and high a Data Matrix is."""
    return len(data_matrix.modules(text)) * module_dots / dpmm


def fit_squares(text: str, side_mm: float, dpmm: int) -> int:
    """The largest module with which the symbol and the white around it have room, in dots; 0 where none has."""
    modules = len(data_matrix.modules(text)) + 2 * data_matrix.QUIET_MODULES
    dots = min(int(side_mm * dpmm + 1e-6) // modules, max(1, int(WIDEST_SQUARE_MM * dpmm)))
    return dots if dots / dpmm >= LEAST_SQUARE_MM else 0


def fit_bars(text: str, width_mm: float, dpmm: int) -> int:
    """The same of a Code 128 in this width."""
    modules = width_modules(plain_bars(text)) + 2 * QUIET_MODULES
    dots = min(int(width_mm * dpmm + 1e-6) // modules, max(1, int(WIDEST_BAR_MM * dpmm)))
    return dots if dots / dpmm >= LEAST_BAR_MM else 0


def bars_mm(text: str, module_dots: int, dpmm: int) -> float:
    """How wide a Code 128 is."""
    return width_modules(plain_bars(text)) * module_dots / dpmm


@lru_cache(maxsize=1)
def know_fonts() -> None:
    """Read the fonts, once: it takes longer than a label."""
    load_fonts()


@lru_cache(maxsize=4096)
def fit_line(text: str, *, is_bold: bool, size_mm: float, width_mm: float) -> tuple[str, float]:
    """The text in one line, and the size in mm in which it has room; what is too long even so ends with "…"."""
    font = BOLD if is_bold else PLAIN

    def wide_mm(shown: str, size: float) -> float:
        return float(pdfmetrics.stringWidth(shown, font, size * PT_PER_MM)) / PT_PER_MM

    wide = wide_mm(text, size_mm)
    size = size_mm if wide <= width_mm else max(min(size_mm, LEAST_TEXT_MM), size_mm * width_mm / wide * 0.999)
    if wide_mm(text, size) <= width_mm:
        return text, size
    count = len(text)
    while count > 1 and wide_mm(text[:count] + "…", size) > width_mm:
        count -= 1
    return text[:count] + "…", size
