"""One row of a list: a big word, two lines in the middle, two at the right. A button where a touch means something."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from ui.view_models.rows import RowModel, Tone
from ui.widgets.fit_label import LEFT, RIGHT
from ui.widgets.level_shape import paint_level
from ui.widgets.look import BOLD, MEDIUM, SEMI, Look, dress
from ui.widgets.reached import ReachedButton
from ui.widgets.text_fit import FittedText, TextStyle, fit, paint, shorten


class RowButton(ReachedButton):
    """Shows a RowModel. `lead_share` is the part of the width, in percent, that the big word has; `largest_mm` how high it may
    grow where there is room (0: it does not)."""

    tapped = Signal(str)

    def __init__(self, look: Look, *, lead_share: int = 22, right_share: int = 24, largest_mm: float = 0) -> None:
        super().__init__()
        self._look, self._lead_share, self._right_share = look, lead_share, right_share
        self._model = RowModel("", "", "")
        self._fitted: dict[tuple[str, int, int], FittedText] = {}
        self.setMinimumHeight(look.metrics.row_height_px)
        self.setMaximumHeight(max(look.metrics.row_height_px, look.metrics.px(largest_mm)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setProperty("kind", "row")
        self.clicked.connect(self._on_clicked)

    @property
    def model(self) -> RowModel:
        return self._model

    @property
    def is_clipped(self) -> bool:
        return any(each.is_clipped for each in self._fitted.values())

    def show_model(self, model: RowModel) -> None:
        if model == self._model:
            return
        self._model = model
        self._fitted.clear()
        self.setObjectName(model.name)
        self.setAccessibleName(" ".join(each for each in (model.lead, model.main, model.right, model.right_sub) if each))
        self.setAccessibleDescription(model.sub)
        self.setEnabled(model.is_touchable)
        dress(self, "chosen" if model.is_chosen else "blocked" if model.tone is Tone.BLOCKED else "row")
        self.update()

    def _on_clicked(self) -> None:
        self.tapped.emit(self._model.name)

    def _paint_texts(self, painter: QPainter) -> None:
        metrics, theme, model = self._look.metrics, self._look.theme, self._model
        pad = metrics.px(2)
        inner = self.rect().adjusted(pad, 3, -pad, -3)
        if model.tone is Tone.LATE:
            painter.fillRect(QRect(self.width() - metrics.px(1.2), 4, metrics.px(0.9), self.height() - 8), QColor(theme.act))
        if model.has_box:
            self._paint_box(painter, inner)
            inner.setLeft(inner.left() + inner.height())
        if model.level is not None:
            side = min(metrics.px(6), inner.height())
            box = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
            paint_level(painter, model.level, box, theme)
            inner.setLeft(inner.left() + side + pad)
        lead, right = inner.width() * self._lead_share // 100, inner.width() * self._right_share // 100
        color = theme.soft_text if model.tone is Tone.BLOCKED else theme.text
        small = self._look.style(metrics.caption_px, MEDIUM)
        place = QRect(inner.left(), inner.top(), lead - pad, inner.height())
        self._draw(painter, model.lead, place, self._lead_style(place), color)
        middle = QRect(inner.left() + lead, inner.top(), inner.width() - lead - right - pad, inner.height())
        middle_color = theme.text if model.tone is Tone.BLOCKED else theme.soft_text
        self._pair(
            painter,
            middle,
            (model.main, self._look.style(metrics.body_px, SEMI, lines=model.lines), color),
            (model.sub, small, middle_color),
        )
        end = QRect(inner.right() - right, inner.top(), right, inner.height())
        late = self._look.style(metrics.caption_px, BOLD) if model.tone is Tone.LATE else small
        right_color = theme.text if model.tone is Tone.LATE else theme.soft_text
        upper = (model.right, self._look.style(metrics.body_px, BOLD), color)
        self._pair(painter, end, upper, (model.right_sub, late, right_color), align=RIGHT)

    def _lead_style(self, place: QRect) -> TextStyle:
        """One line where the big word is still big then, else two."""
        metrics = self._look.metrics
        one = TextStyle(metrics.value_px, metrics.body_px, BOLD)
        is_long = fit(self._model.lead, place.width(), place.height(), one).is_clipped
        return self._look.style(metrics.value_px, BOLD, lines=2) if is_long else one

    def _pair(
        self,
        painter: QPainter,
        rect: QRect,
        upper: tuple[str, TextStyle, str],
        lower: tuple[str, TextStyle, str],
        *,
        align: Qt.AlignmentFlag = LEFT,
    ) -> None:
        if not lower[0]:
            self._draw(painter, upper[0], rect, upper[1], upper[2], align)
            return
        text, style, color = upper
        half = rect.height() * 52 // 100
        if fit(text, rect.width(), half, style).is_clipped:  # a long name takes two lines of the small size
            half = rect.height() * 66 // 100
            style = replace(style, largest_px=style.smallest_px, lines=2)
            text = shorten(text, rect.width(), half, style)
        upper = (text, style, color)
        top = QRect(rect.left(), rect.top(), rect.width(), half)
        bottom = QRect(rect.left(), rect.top() + half, rect.width(), rect.height() - half)
        self._draw(painter, upper[0], top, upper[1], upper[2], align)
        below = shorten(lower[0], bottom.width(), bottom.height(), lower[1])
        self._draw(painter, below, bottom, lower[1], lower[2], align)

    def _draw(
        self, painter: QPainter, text: str, rect: QRect, style: TextStyle, color: str, align: Qt.AlignmentFlag = LEFT
    ) -> None:
        if not text:
            return
        key = (text, rect.width(), rect.height())
        if key not in self._fitted:
            self._fitted[key] = fit(text, rect.width(), rect.height(), style)
        paint(painter, text, rect, self._fitted[key], color=color, align=align, wraps=style.lines > 1)

    def _paint_box(self, painter: QPainter, inner: QRect) -> None:
        theme, side = self._look.theme, self._look.metrics.px(6)
        box = QRect(inner.left(), inner.center().y() - side // 2, side, side)
        is_chosen = self._model.is_chosen
        painter.setPen(QPen(QColor(theme.accent if is_chosen else theme.strong_line), 2))
        painter.setBrush(QColor(theme.accent if is_chosen else theme.surface))
        if self._model.tone is not Tone.BLOCKED:
            painter.drawRoundedRect(box, 4, 4)
        if is_chosen:
            painter.setPen(QPen(QColor(theme.on_accent), max(3, side // 9)))
            left, middle = box.left() + side // 4, box.left() + side * 45 // 100
            painter.drawLine(left, box.center().y(), middle, box.bottom() - side // 4)
            painter.drawLine(middle, box.bottom() - side // 4, box.right() - side // 5, box.top() + side // 4)

    # --- Qt -------------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_texts(painter)
        painter.end()

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        self._fitted.clear()
