"""Sizes on the real glass: millimetres and reading distances turned into pixels of the configured panel.

The diagonal is configured because the size that industrial panels report is often wrong. Touch sizes follow the rule of the
product (primary 25 x 80 mm, other buttons 20 mm, keypad keys 18 x 16 mm, rows 15 mm, gaps 3 mm and 8 mm beside what ends or
skips a line); text sizes follow the visual angle of 16' to 22' at 0.6 m, and at 1 m for quantity, place and item name.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

MM_PER_INCH = 25.4
INTER_CAP_HEIGHT = 0.727  # cap height of Inter as a share of its pixel size
SMALLEST_PANEL_MM = (217.0, 136.0)  # 10.1" 16:10: the panel on which the text sizes below were chosen
LARGEST_TEXT_SCALE = 1.35


@dataclass(frozen=True, slots=True)
class Metrics:
    """One panel: its resolution in pixels and its real size. All other sizes follow from these."""

    width_px: int
    height_px: int
    diagonal_in: float

    @property
    def mm_per_px(self) -> float:
        return self.diagonal_in * MM_PER_INCH / hypot(self.width_px, self.height_px)

    def px(self, length_mm: float) -> int:
        """Pixels for a length, rounded up so that a rule in mm is never missed by a fraction of a pixel."""
        exact = length_mm / self.mm_per_px
        return int(exact) if exact == int(exact) else int(exact) + 1

    def mm(self, length_px: float) -> float:
        return length_px * self.mm_per_px

    def lower_by(self, strip_px: int) -> Metrics:
        """The same panel without a strip of its height: what a millimetre is stays."""
        height_px = self.height_px - strip_px
        return Metrics(self.width_px, height_px, self.mm_per_px * hypot(self.width_px, height_px) / MM_PER_INCH)

    # --- text: pixel sizes from cap heights in mm ------------------------------------------------------------------------

    @property
    def text_scale(self) -> float:
        """Larger panels have room for larger text; nothing gets smaller than on the smallest panel."""
        width_mm, height_mm = self.mm(self.width_px), self.mm(self.height_px)
        scale = min(width_mm / SMALLEST_PANEL_MM[0], height_mm / SMALLEST_PANEL_MM[1])
        return max(1.0, min(LARGEST_TEXT_SCALE, scale))

    def text_px(self, cap_mm: float) -> int:
        """The font's pixel size for a cap height at the smallest panel, scaled to this one."""
        return round(cap_mm * self.text_scale / (self.mm_per_px * INTER_CAP_HEIGHT))

    @property
    def smallest_text_px(self) -> int:
        """16' at 0.6 m: the smallest size a text is designed with."""
        return round(2.8 / (self.mm_per_px * INTER_CAP_HEIGHT))

    @property
    def floor_text_px(self) -> int:
        """14' at 0.6 m: how far a text of a longer language may shrink before it wraps or would be cut."""
        return round(2.45 / (self.mm_per_px * INTER_CAP_HEIGHT))

    @property
    def caption_px(self) -> int:
        return self.text_px(2.8)

    @property
    def body_px(self) -> int:
        return self.text_px(3.3)

    @property
    def value_px(self) -> int:
        return self.text_px(3.9)

    @property
    def title_px(self) -> int:
        return self.text_px(5.2)

    @property
    def place_px(self) -> int:
        return self.text_px(7.8)

    @property
    def quantity_px(self) -> int:
        return self.text_px(18.0)

    # --- touch: rules of the product ------------------------------------------------------------------------------------

    @property
    def primary_height_px(self) -> int:
        return self.px(25)

    @property
    def primary_width_px(self) -> int:
        return self.px(80)

    @property
    def button_px(self) -> int:
        return self.px(20)

    @property
    def key_width_px(self) -> int:
        return self.px(18)

    @property
    def key_height_px(self) -> int:
        return self.px(16)

    @property
    def row_height_px(self) -> int:
        return self.px(15)

    @property
    def gap_px(self) -> int:
        return self.px(3)

    @property
    def wide_gap_px(self) -> int:
        """Beside anything that ends or skips a line."""
        return self.px(8)

    # --- the frame of every face ----------------------------------------------------------------------------------------

    @property
    def margin_px(self) -> int:
        return self.px(1.7)

    @property
    def padding_px(self) -> int:
        return self.px(3)

    @property
    def content_height_px(self) -> int:
        """What the two bars and the action row leave for a face."""
        return self.height_px - self.status_height_px - self.message_height_px - self.primary_height_px - 3 * self.margin_px

    @property
    def status_height_px(self) -> int:
        return self.px(7.9 * self.text_scale)

    @property
    def lifts_height_px(self) -> int:
        """Of the strip of several lifts: as low as its words can be."""
        return self.px(5.8 * self.text_scale)

    @property
    def message_height_px(self) -> int:
        return self.px(9.2 * self.text_scale)
