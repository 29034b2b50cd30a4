"""The service page: four gauges, a line about service and one about inspection, and the busiest trays in pages."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.wear import MEASURES, GaugeModel, WearModel
from ui.widgets.look import BOLD, SEMI, Look, dress
from ui.widgets.paged_list import PagedList, rows_in

BAR_MM = 1.4


def _line_px(look: Look) -> int:
    return round(look.metrics.body_px * 1.4)


def _caption_px(look: Look) -> int:
    return round(look.metrics.caption_px * 1.4)


def _value_px(look: Look) -> int:
    return round(look.metrics.title_px * 1.25)


def _gauge_px(look: Look) -> int:
    """Two captions, the figure, the bar and what is between and around them."""
    return 2 * _caption_px(look) + _value_px(look) + look.metrics.px(BAR_MM + 3.0)


def rows_of_wear(look: Look) -> int:
    """How many rows a page has on this panel."""
    metrics = look.metrics
    above = _gauge_px(look) + _line_px(look) + _caption_px(look) + 3 * metrics.px(0.8)
    return rows_in(metrics.content_height_px - above, look)


class GaugeBar(QWidget):
    """How much of an interval is used; empty where there is none."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._share: float | None = None
        self._is_due = False
        self.setFixedHeight(look.metrics.px(BAR_MM))

    def show_share(self, share: float | None, *, is_due: bool) -> None:
        self._share, self._is_due = share, is_due
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self._share is None:
            return
        theme, radius = self._look.theme, self.height() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        full = QRectF(self.rect())
        painter.setBrush(QColor(theme.line))
        painter.drawRoundedRect(full, radius, radius)
        painter.setBrush(QColor(theme.act if self._is_due else theme.accent))
        painter.drawRoundedRect(QRectF(0, 0, max(full.width() * self._share, full.height()), full.height()), radius, radius)
        painter.end()


class GaugeCard(QFrame):
    """One measure since the last service."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        dress(self, "panel")
        metrics = look.metrics
        self._caption = look.caption()
        self._value = look.label(metrics.title_px, BOLD)
        self._left = look.label(metrics.caption_px, SEMI)
        self._bar = GaugeBar(look)
        for line, height_px in ((self._caption, _caption_px), (self._value, _value_px), (self._left, _caption_px)):
            line.setFixedHeight(height_px(look))
        column = QVBoxLayout(self)
        pad = metrics.padding_px
        column.setContentsMargins(pad, metrics.px(1), pad, metrics.px(1.2))
        column.setSpacing(0)
        for widget in (self._caption, self._value, self._left):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self._bar)

    def show_model(self, model: GaugeModel) -> None:
        self._caption.set_text(model.caption)
        self._value.set_text(model.value)
        self._left.set_text(model.left)
        self._bar.show_share(model.share, is_due=model.is_due)
        self.setAccessibleName(f"{model.caption} {model.value} {model.left}")


class WearScreen(QWidget):
    """Shows a WearModel; emits the paging buttons."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        metrics = look.metrics
        self._gauges = [GaugeCard(look) for _ in MEASURES]
        self._since = look.caption()
        self._inspection = look.label(metrics.body_px, BOLD)
        up, down = texts.label("page_up"), texts.label("page_down")
        self._rows = PagedList(look, rows=rows_of_wear(look), up=up, down=down, lead_share=16, right_share=26)
        self._rows.tapped.connect(self.tapped)
        cards = QHBoxLayout()
        cards.setSpacing(metrics.gap_px)
        for card in self._gauges:
            card.setFixedHeight(_gauge_px(look))
            cards.addWidget(card, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.px(0.8))
        layout.addLayout(cards)
        for line, height_px in ((self._inspection, _line_px(look)), (self._since, _caption_px(look))):
            line.setFixedHeight(height_px)
            layout.addWidget(line)
        layout.addWidget(self._rows, 1)

    def show_model(self, model: WearModel) -> None:
        for card, gauge in zip(self._gauges, model.gauges, strict=True):
            card.show_model(gauge)
        self._since.set_text(model.since)
        self._inspection.set_text(model.inspection)
        self._rows.show_model(model.rows)
