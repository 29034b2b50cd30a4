"""Figures plainly drawn, to be read from afar: tiles, one bar of where the minute goes, and a bar for each hour from zero."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.view_models.figures import BarModel, BoardModel, PartModel
from ui.widgets.fit_label import CENTRE, LEFT, FitLabel
from ui.widgets.look import BOLD, SEMI, Look, dress
from ui.widgets.text_fit import fit, paint

TILES = 5
GAP_MM, BAR_MM, SWATCH_MM = 1.0, 7.0, 3.4


def _shades(theme: Theme) -> tuple[str, ...]:
    """Greys: colour is kept for what wants an act."""
    return (theme.soft_text, theme.strong_line, theme.occupied, theme.surface)


class Tile(QFrame):
    """One figure under its name."""

    def __init__(self, look: Look, *, size_px: int) -> None:
        super().__init__()
        dress(self, "panel")
        metrics = look.metrics
        self.name = look.caption(lines=2)
        self.name.setFixedHeight(round(metrics.caption_px * 2.5))
        self.figure = look.label(size_px, BOLD)
        self.figure.setMinimumHeight(round(size_px * 1.1))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(metrics.padding_px, metrics.px(GAP_MM), metrics.padding_px, metrics.px(GAP_MM))
        layout.setSpacing(0)
        layout.addWidget(self.name)
        layout.addWidget(self.figure, 1)


class MinuteBar(QWidget):
    """The parts of the minute one beside the other, as long as they take."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._parts: tuple[PartModel, ...] = ()

    def show_parts(self, parts: tuple[PartModel, ...]) -> None:
        self._parts = parts
        self.setAccessibleName(". ".join(f"{each.name} {each.figure}" for each in parts))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        shades, theme = _shades(self._look.theme), self._look.theme
        painter = QPainter(self)
        painter.setPen(QPen(QColor(theme.strong_line), 1))
        left = 0.5
        for part in self._parts:
            width = (self.width() - 1) * part.share
            painter.setBrush(QColor(shades[part.shade]))
            painter.drawRect(QRectF(left, 0.5, width, self.height() - 1))
            left += width
        painter.end()


class Swatch(QWidget):
    """The shade that a part has in the bar."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._shade = look, 0
        self.setFixedWidth(look.metrics.px(SWATCH_MM))

    def show_shade(self, shade: int) -> None:
        self._shade = shade
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme, side = self._look.theme, self.width() - 1
        painter = QPainter(self)
        painter.setPen(QPen(QColor(theme.strong_line), 1))
        painter.setBrush(QColor(_shades(theme)[self._shade]))
        painter.drawRect(QRectF(0.5, (self.height() - side) / 2, side - 1, side - 1))
        painter.end()


class HourBars(QWidget):
    """A bar for each hour, from zero, with its figure on top and the hour under it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._bars: tuple[BarModel, ...] = ()

    def show_bars(self, bars: tuple[BarModel, ...]) -> None:
        self._bars = bars
        self.setAccessibleName(". ".join(f"{each.name}: {each.figure}" for each in bars))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if not self._bars:
            return
        metrics, theme = self._look.metrics, self._look.theme
        text_px = round(metrics.caption_px * 1.3)
        room, step = self.height() - 2 * text_px, self.width() / max(8, len(self._bars))
        style = self._look.style(metrics.caption_px, SEMI)
        painter = QPainter(self)
        for at, bar in enumerate(self._bars):
            left, height = at * step, room * bar.share
            painter.setPen(QPen(QColor(theme.strong_line), 1))
            painter.setBrush(QColor(theme.occupied))
            painter.drawRect(QRectF(left + step * 0.14, text_px + room - height, step * 0.72, height))
            for text, top in ((bar.figure, text_px + room - height - text_px), (bar.name, self.height() - text_px)):
                place = QRect(round(left), round(top), round(step), text_px)
                paint(painter, text, place, fit(text, place.width(), text_px, style), color=theme.text, align=CENTRE, wraps=False)
        painter.setPen(QPen(QColor(theme.text), 2))
        painter.drawLine(0, text_px + room, self.width(), text_px + room)
        painter.end()


class FigureBoard(QWidget):
    """Shows a BoardModel; `scale` makes its letters larger, for who stands far away."""

    def __init__(self, look: Look, *, scale: float = 1.0) -> None:
        super().__init__()
        metrics = look.metrics
        self._tiles = [Tile(look, size_px=round(metrics.title_px * 1.25 * scale)) for _ in range(TILES)]
        self._minute_title, self._hours_title = (look.label(metrics.body_px, SEMI) for _ in range(2))
        self._minute, self._hours = MinuteBar(look), HourBars(look)
        self._empty = look.label(metrics.value_px, SEMI, align=CENTRE, lines=2)
        self._empty.hide()
        self._legend: list[tuple[Swatch, FitLabel]] = []
        tiles = QHBoxLayout()
        tiles.setSpacing(metrics.gap_px)
        for tile in self._tiles:
            tiles.addWidget(tile, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.px(GAP_MM))
        layout.addLayout(tiles, 22)
        layout.addWidget(self._panel_of_minute(look), 26)
        layout.addWidget(self._panel_of_hours(look), 52)
        layout.addWidget(self._empty, 10)

    def _panel_of_minute(self, look: Look) -> QFrame:
        legend = QHBoxLayout()
        legend.setSpacing(look.metrics.px(GAP_MM))
        for _ in range(4):
            swatch, name = Swatch(look), look.label(look.metrics.caption_px, SEMI, align=LEFT)
            name.setFixedHeight(round(look.metrics.caption_px * 1.45))
            legend.addWidget(swatch)
            legend.addWidget(name, 1)
            self._legend.append((swatch, name))
        self._minute.setMinimumHeight(look.metrics.px(BAR_MM))
        return self._panel(look, self._minute_title, self._minute, legend)

    def _panel_of_hours(self, look: Look) -> QFrame:
        return self._panel(look, self._hours_title, self._hours, None)

    def _panel(self, look: Look, title: FitLabel, middle: QWidget, below: QHBoxLayout | None) -> QFrame:
        frame = QFrame()
        dress(frame, "panel")
        metrics = look.metrics
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(metrics.padding_px, metrics.px(GAP_MM), metrics.padding_px, metrics.px(GAP_MM))
        layout.setSpacing(metrics.px(GAP_MM))
        title.setFixedHeight(round(metrics.body_px * 1.35))
        layout.addWidget(title)
        layout.addWidget(middle, 1)
        if below is not None:
            layout.addLayout(below)
        self._panels = [*getattr(self, "_panels", []), frame]
        return frame

    def show_model(self, model: BoardModel) -> None:
        for tile, shown in zip(self._tiles, model.tiles, strict=True):
            tile.name.set_text(shown.name)
            tile.figure.set_text(shown.figure)
        self._minute_title.set_text(model.minute_title)
        self._hours_title.set_text(model.hours_title)
        self._minute.show_parts(model.parts)
        self._hours.show_bars(model.hours)
        for at, (swatch, name) in enumerate(self._legend):
            is_there = at < len(model.parts)
            swatch.setVisible(is_there)
            name.set_text(f"{model.parts[at].name} {model.parts[at].figure}" if is_there else "")
            if is_there:
                swatch.show_shade(model.parts[at].shade)
        for frame in self._panels:
            frame.setVisible(not model.empty)
        self._empty.set_text(model.empty)
        self._empty.setVisible(bool(model.empty))
