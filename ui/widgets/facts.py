"""What is known beside the quantity, in a row: captions over values, all of one size. Too much for one row takes two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.view_models.task import Fact
from ui.widgets.look import MEDIUM, SEMI, Look
from ui.widgets.text_fit import make_font

_SHRINK: Final = 0.94
_LEAST_IN_ONE_ROW: Final = 0.78  # below this share of the wanted size two rows are read more easily


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How the facts are set: rows of them, and the size that all of them have."""

    rows: tuple[tuple[Fact, ...], ...]
    value_px: int
    caption_px: int
    is_clipped: bool = False


class FactsRow(QWidget):
    """Shows facts. Its height follows from the width: whoever lays it out asks `height_for`."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._facts: tuple[Fact, ...] = ()
        self._arranged: dict[int, Arrangement] = {}
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def is_clipped(self) -> bool:
        return self._arrange(self.width()).is_clipped

    @property
    def arrangement(self) -> Arrangement:
        """What is shown now."""
        return self._arrange(self.width())

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        if facts == self._facts:
            return
        self._facts = facts
        self._arranged.clear()
        self.setAccessibleName(" · ".join(f"{each.caption} {each.value}" for each in facts))
        self.update()

    def height_for(self, width: int) -> int:
        found = self._arrange(width)
        return len(found.rows) * _row_height(found)

    # --- arranging ------------------------------------------------------------------------------------------------------

    def _arrange(self, width: int) -> Arrangement:
        if width not in self._arranged:
            self._arranged.clear()
            self._arranged[width] = self._found(width)
        return self._arranged[width]

    def _found(self, width: int) -> Arrangement:
        wanted = self._look.metrics.value_px
        if not self._facts:
            return Arrangement((), wanted, self._look.metrics.caption_px)
        one, *two = (self._sized(rows, width) for rows in _splits(self._facts))
        if not one.is_clipped and one.value_px >= wanted * _LEAST_IN_ONE_ROW:
            return one
        return max(one, *two, key=lambda each: (not each.is_clipped, each.value_px))

    def _sized(self, rows: tuple[tuple[Fact, ...], ...], width: int) -> Arrangement:
        """These rows in the largest size at which every one fits."""
        metrics, share = self._look.metrics, 1.0
        while True:
            value_px = max(metrics.floor_text_px, round(metrics.value_px * share))
            caption_px = max(metrics.floor_text_px, round(metrics.caption_px * share))
            found = Arrangement(rows, value_px, caption_px)
            if all(sum(self._widths(row, found)) + self._gap() * (len(row) - 1) <= width for row in rows):
                return found
            if value_px <= metrics.floor_text_px:
                return Arrangement(rows, value_px, caption_px, is_clipped=True)
            share *= _SHRINK

    def _widths(self, row: Sequence[Fact], found: Arrangement) -> list[int]:
        caption, value = (QFontMetrics(font) for font in _fonts(found))
        return [max(caption.horizontalAdvance(each.caption), value.horizontalAdvance(each.value)) for each in row]

    def _gap(self) -> int:
        return self._look.metrics.px(2.5)

    def _places(self, row: Sequence[Fact], found: Arrangement) -> Iterator[tuple[Fact, int, int]]:
        """Each fact with its left edge and its room: columns of one width where they fit, else as wide as they need."""
        widths, gap = self._widths(row, found), self._gap()
        column = (self.width() - gap * (len(row) - 1)) // len(row)
        if max(widths) > column:
            spare = (self.width() - sum(widths) - gap * (len(row) - 1)) // len(row)
            widths = [each + max(0, spare) for each in widths]
        else:
            widths = [column] * len(row)
        left = 0
        for fact, width in zip(row, widths, strict=True):
            yield fact, left, min(width, self.width() - left)
            left += width + gap

    # --- painting -------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        found, theme = self._arrange(self.width()), self._look.theme
        caption_font, value_font = _fonts(found)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        for number, row in enumerate(found.rows):
            top = number * _row_height(found)
            for fact, left, room in self._places(row, found):
                value = QFontMetrics(value_font).elidedText(fact.value, Qt.TextElideMode.ElideMiddle, room)
                for font, text, color, baseline in (
                    (caption_font, fact.caption, theme.soft_text, top + round(found.caption_px * 1.05)),
                    (value_font, value, theme.text, top + round(found.caption_px * 1.35 + found.value_px * 1.0)),
                ):
                    painter.setFont(font)
                    painter.setPen(QColor(color))
                    painter.drawText(QPointF(left, baseline), text)
        painter.end()


def _fonts(found: Arrangement) -> tuple[QFont, QFont]:
    return make_font(found.caption_px, MEDIUM), make_font(found.value_px, SEMI)


def _row_height(found: Arrangement) -> int:
    return round(found.caption_px * 1.35 + found.value_px * 1.35)


def _splits(facts: tuple[Fact, ...]) -> Iterator[tuple[tuple[Fact, ...], ...]]:
    """One row, then every way to break them into two."""
    if facts:
        yield (facts,)
    for place in range(1, len(facts)):
        yield facts[:place], facts[place:]
