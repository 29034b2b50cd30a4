"""Which control the keyboard is at: moves along what is seen, and shows a ring around it until a finger takes over."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.steering import Steer
from ui.widgets.look import Look

RING_MM: Final = 0.9
WAYS: Final = {Steer.LEFT: (-1, 0), Steer.RIGHT: (1, 0), Steer.UP: (0, -1), Steer.DOWN: (0, 1)}
ASIDE: Final = 3  # a control beside the way counts as so many times farther


class FocusRing(QWidget):
    """Lies over the window and lets every touch through."""

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._window, self._look = window, look
        self._at: QAbstractButton | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def at(self) -> QAbstractButton | None:
        """The control that the ring is around and that can be used."""
        at = self._at
        return at if at is not None and at.isVisible() and at.isEnabled() else None

    def steer(self, steer: Steer) -> None:
        """Go on to another control."""
        controls = controls_in_order(self._window)
        if not controls:
            self.lift()
            return
        at = self.at
        if at not in controls:
            self._put(controls[-1 if steer is Steer.BEFORE else 0])
        elif steer in WAYS:
            self._put(_nearest(at, controls, *WAYS[steer], self._window))
        else:
            step = -1 if steer is Steer.BEFORE else 1
            self._put(controls[(controls.index(at) + step) % len(controls)])

    def follow(self) -> None:
        """The window shows something else: stay at the control while it is there."""
        if self._at is None:
            return
        if self.at is None:
            self.lift()
        else:
            self._surround()

    def lift(self) -> None:
        """No control any more."""
        at, self._at = self._at, None
        if at is not None:
            at.clearFocus()
        self.hide()

    def _put(self, control: QAbstractButton) -> None:
        self._at = control
        control.setFocus(Qt.FocusReason.TabFocusReason)
        self._surround()

    def _surround(self) -> None:
        if self._at is not None:
            self.setGeometry(place_of(self._at, self._window))
            self.raise_()
            self.show()

    # --- Qt -------------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Two lines, one in the colour of texts and one in that of surfaces: seen on every ground."""
        theme, width = self._look.theme, max(3, self._look.metrics.px(RING_MM))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, inset in ((theme.text, width / 2), (theme.surface, width * 1.5)):
            painter.setPen(QPen(QColor(color), width))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), width * 2, width * 2)
        painter.end()


def place_of(widget: QWidget, window: QWidget) -> QRect:
    """Where it stands in the window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def controls_in_order(window: QWidget) -> list[QAbstractButton]:
    """The controls that can be used now, as they are read: area by area, in each by lines and from left to right."""
    return [
        each for each in _read(window) if each.isEnabled() and each.isVisible() and each.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]


def _read(widget: QWidget) -> list[QAbstractButton]:
    if isinstance(widget, QAbstractButton):
        return [widget]
    children = [each for each in widget.children() if isinstance(each, QWidget) and each.isVisible()]
    return [button for child in _in_lines(children) for button in _read(child)]


def _in_lines(widgets: list[QWidget]) -> list[QWidget]:
    """By lines: what begins above the middle of a line's first widget belongs to that line."""
    lines: list[list[QWidget]] = []
    for each in sorted(widgets, key=lambda widget: (widget.y(), widget.x())):
        if lines and each.y() < lines[-1][0].y() + lines[-1][0].height() / 2:
            lines[-1].append(each)
        else:
            lines.append([each])
    return [each for line in lines for each in sorted(line, key=lambda widget: widget.x())]


def _nearest(at: QAbstractButton, controls: list[QAbstractButton], x: int, y: int, window: QWidget) -> QAbstractButton:
    """The nearest control that way; the same one where there is none."""
    here = place_of(at, window).center()

    def farness(control: QAbstractButton) -> float:
        there = place_of(control, window).center() - here
        along, aside = there.x() * x + there.y() * y, abs(there.x() * y) + abs(there.y() * x)
        return along + ASIDE * aside if along > 0 else float("inf")

    best = min(controls, key=farness)
    return best if farness(best) < float("inf") else at
