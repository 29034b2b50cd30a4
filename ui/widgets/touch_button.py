"""A button for a gloved finger: says what it does, its F-key, and, when it cannot be used, why."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.view_models.buttons import ButtonModel
from ui.widgets.look import BOLD, MEDIUM, SEMI, Look, dress
from ui.widgets.reached import ReachedButton
from ui.widgets.text_fit import FittedText, TextStyle, fit, paint

_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
_TOP_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class TouchButton(ReachedButton):
    """Emits its name when it was touched."""

    tapped = Signal(str)

    def __init__(self, look: Look, *, size_px: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._size_px = look, size_px or look.metrics.value_px
        self._model = ButtonModel("", "")
        self._fitted: dict[tuple[str, int, int], FittedText] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.clicked.connect(self._on_clicked)

    @property
    def model(self) -> ButtonModel:
        return self._model

    def show_model(self, model: ButtonModel) -> None:
        """Show another model; touches nothing when it is the same."""
        if model == self._model:
            return
        self._model = model
        self._fitted.clear()
        self.setObjectName(model.name)
        self.setAccessibleName(model.text)
        self.setAccessibleDescription(model.reason)
        self.setEnabled(model.is_enabled)
        dress(self, "primary" if model.is_primary else "chosen" if model.is_chosen else "")
        self.update()

    @property
    def is_clipped(self) -> bool:
        """Whether a text does not fit, for the layout rule test."""
        return any(fitted.is_clipped for fitted in self._fitted.values())

    def _on_clicked(self) -> None:
        self.tapped.emit(self._model.name)

    def _color(self) -> str:
        theme = self._look.theme
        if not self.isEnabled():
            return theme.off_text
        return theme.on_accent if self._model.is_primary else theme.text

    def _draw(self, painter: QPainter, text: str, rect: QRect, style: TextStyle, *, color: str, corner: bool = False) -> None:
        key = (text, rect.width(), style.largest_px)
        if key not in self._fitted:
            self._fitted[key] = fit(text, rect.width(), rect.height(), style)
        align = _TOP_RIGHT if corner else _CENTRE
        paint(painter, text, rect, self._fitted[key], color=color, align=align, wraps=style.lines > 1)

    def _paint_texts(self, painter: QPainter) -> None:
        look, metrics, model = self._look, self._look.metrics, self._model
        pad = metrics.px(1)
        inner = self.rect().adjusted(pad, pad // 2, -pad, -pad // 2)
        if model.f_key and self.isEnabled():
            strip = metrics.smallest_text_px + 2
            faint = look.theme.on_accent if model.is_primary else look.theme.soft_text
            style = look.style(metrics.smallest_text_px, MEDIUM)
            self._draw(painter, f"F{model.f_key}", inner.adjusted(0, 1, 0, 0), style, color=faint, corner=True)
            inner.adjust(0, strip // 2 if model.is_primary else strip, 0, 0)
        weight = BOLD if model.is_primary else SEMI
        if not model.reason:
            self._draw(painter, model.text, inner, look.style(self._size_px, weight, lines=2), color=self._color())
            return
        # Refused: the reason is what the person needs now, so on the primary button it is the larger text.
        upper, lower = QRect(inner), QRect(inner)
        upper.setHeight(inner.height() * (58 if model.is_primary else 54) // 100)
        lower.setTop(upper.bottom() + 1)
        small = look.style(metrics.caption_px, MEDIUM, lines=2)
        if model.is_primary:
            self._draw(painter, model.reason, upper, look.style(metrics.title_px, weight, lines=2), color=self._color())
            self._draw(painter, model.text, lower, small, color=self._color())
        else:
            self._draw(painter, model.text, upper, look.style(self._size_px, weight, lines=2), color=self._color())
            self._draw(painter, model.reason, lower, small, color=self._color())

    # --- Qt -------------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self._paint_texts(painter)
        painter.end()

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        self._fitted.clear()

    def sizeHint(self) -> QSize:  # noqa: N802
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        side = self._look.metrics.button_px
        return QSize(max(side, self.minimumWidth()), max(side, self.minimumHeight()))
