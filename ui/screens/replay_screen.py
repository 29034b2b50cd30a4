"""Days of the record worked again: the sentence that counts, five bars, where the figures come from, every policy in pages."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.replay import BARS, ReplayBarModel, ReplayModel
from ui.widgets.fit_label import RIGHT
from ui.widgets.look import BOLD, SEMI, Look, dress
from ui.widgets.paged_list import PagedList, rows_in

GAP_MM, PALE, PROGRESS_MM, NOTE_LINES = 0.8, 0.28, 3.4, 3


def _title_px(look: Look) -> int:
    return round(look.metrics.value_px * 1.4)


def _caption_px(look: Look) -> int:
    return round(look.metrics.caption_px * 1.4)


def _notes_px(look: Look) -> int:
    return NOTE_LINES * _caption_px(look)


def _bar_px(look: Look) -> int:
    """What the title, the caption and the notes leave of the face, for each bar."""
    metrics = look.metrics
    other = _title_px(look) + _notes_px(look) + _caption_px(look) + 2 * metrics.px(1) + 3 * metrics.px(GAP_MM)
    return (metrics.content_height_px - other) // BARS - metrics.px(GAP_MM + 0.8)


def rows_of_replay(look: Look) -> int:
    """How many rows a page has on this panel."""
    above = _title_px(look) + _notes_px(look) + 2 * look.metrics.px(GAP_MM)
    return rows_in(look.metrics.content_height_px - above, look)


class RateBar(QWidget):
    """Work, then the waiting, pale; grey where it was measured."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._model = ReplayBarModel("", "")

    def show_model(self, model: ReplayBarModel) -> None:
        self._model = model
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        model, theme = self._model, self._look.theme
        colour = QColor(theme.strong_line if model.is_measured else theme.accent)
        width, height = self.width() * model.share, float(self.height())
        work = width * (1 - model.waiting)
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRect(QRectF(0, 0, work, height))
        pale = QColor(colour)
        pale.setAlphaF(PALE)
        painter.setBrush(pale)
        painter.drawRect(QRectF(work, 0, width - work, height))
        painter.end()


class Bars(QFrame):
    """The bays, one under the other: name, bar, figure, what it brings, how many orders were late."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        dress(self, "panel")
        metrics = look.metrics
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(metrics.gap_px)
        grid.setVerticalSpacing(metrics.px(GAP_MM))
        for column, share in enumerate((30, 38, 8, 11, 13)):
            grid.setColumnStretch(column, share)
        self._rows = []
        for at in range(BARS):
            name, bar = look.label(metrics.caption_px, SEMI, align=RIGHT, lines=2), RateBar(look)
            figure, gain = look.label(metrics.body_px, BOLD), look.label(metrics.body_px, BOLD)
            late = look.label(metrics.caption_px, SEMI, align=RIGHT, lines=2)
            row = (name, bar, figure, gain, late)
            for column, widget in enumerate(row):
                widget.setFixedHeight(_bar_px(look))
                widget.setMinimumWidth(0)
                grid.addWidget(widget, at, column)
            self._rows.append(row)
        self._caption = look.caption()
        self._caption.setFixedHeight(_caption_px(look))
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(metrics.padding_px, metrics.px(1), metrics.padding_px, metrics.px(1))
        column_box.setSpacing(metrics.px(GAP_MM))
        column_box.addWidget(self._caption)
        column_box.addLayout(grid)

    def show_model(self, model: ReplayModel) -> None:
        self._caption.set_text(model.caption)
        for at, (name, bar, figure, gain, late) in enumerate(self._rows):
            shown = model.bars[at] if at < len(model.bars) else ReplayBarModel("", "")
            name.set_text(shown.name)
            bar.show_model(shown)
            figure.set_text(shown.figure)
            gain.set_text(shown.gain)
            late.set_text(shown.late)
        said = (f"{each.name} {each.figure} {each.gain} {each.late}" for each in model.bars)
        self.setAccessibleName(". ".join(said))


class ProgressBar(QWidget):
    """How far it is."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._share = 0.0
        self.setFixedHeight(look.metrics.px(PROGRESS_MM))

    def show_share(self, share: float) -> None:
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme, radius = self._look.theme, self.height() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.line))
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        if self._share > 0:
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(QRectF(0, 0, max(self.width() * self._share, self.height()), self.height()), radius, radius)
        painter.end()


class ReplayScreen(QWidget):
    """Shows a ReplayModel; emits the paging buttons."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        metrics = look.metrics
        self._title = look.label(metrics.value_px, BOLD, lines=2)
        self._title.setFixedHeight(_title_px(look))
        self._bars, self._progress = Bars(look), ProgressBar(look)
        self._notes = look.label(metrics.caption_px, SEMI, lines=NOTE_LINES)
        self._notes.setFixedHeight(_notes_px(look))
        up, down = texts.label("page_up"), texts.label("page_down")
        self._rows = PagedList(look, rows=rows_of_replay(look), up=up, down=down, lead_share=24, right_share=30)
        self._rows.tapped.connect(self.tapped)
        self._under = QWidget()
        progress = QHBoxLayout()
        progress.addStretch(1)
        progress.addWidget(self._progress, 3)
        progress.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.px(GAP_MM))
        layout.addWidget(self._title)
        layout.addWidget(self._bars)
        layout.addWidget(self._notes)
        layout.addWidget(self._rows, 1)
        layout.addLayout(progress)
        layout.addWidget(self._under, 1)

    def show_model(self, model: ReplayModel) -> None:
        self._title.set_text(model.title)
        self._bars.setVisible(bool(model.bars))
        self._rows.setVisible(not model.bars)
        self._notes.setVisible(bool(model.notes))
        for each in (self._progress, self._under):
            each.setVisible(model.progress is not None)
        if model.bars:
            self._bars.show_model(model)
        self._notes.set_text(model.notes)
        if model.progress is not None:
            self._progress.show_share(model.progress)
        self._rows.show_model(model.rows)
