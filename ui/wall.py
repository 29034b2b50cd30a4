"""The wall display: one window with the board of the day, read anew every few seconds on a thread. No person is on it."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import qasync
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.app import dress_application, screen_size, start_application
from ui.bootstrap.wall import read_today
from ui.language import load_language
from ui.metrics import Metrics
from ui.panel import USUAL_PX, choose_panel, fixed_size
from ui.texts import Texts
from ui.themes import THEMES
from ui.view_models.figures import board_of
from ui.widgets.figure_board import FigureBoard
from ui.widgets.fit_label import RIGHT
from ui.widgets.look import BOLD, SEMI, Look

if TYPE_CHECKING:
    from station.figures.sheet import Sheet
    from station.settings import Settings

WALL_IN: Final = 12.1  # drawn as on a small panel: a screen that is four times as large is read from four times as far
OLD_READS: Final = 4  # after so many turns without an answer the figures are said to be old


class WallWindow(QWidget):
    """Shows the sheet that came last, and since when it is as it is."""

    def __init__(self, look: Look, texts: Texts, station: str) -> None:
        super().__init__()
        self._texts, self._station = texts, station
        metrics = look.metrics
        self._title, self._at = look.label(metrics.title_px, BOLD), look.label(metrics.title_px, SEMI, align=RIGHT)
        for line in (self._title, self._at):
            line.setFixedHeight(round(metrics.title_px * 1.4))
        self._board = FigureBoard(look, scale=1.6)
        self.setObjectName("main_window")  # whose ground the style sheet paints
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(self)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # it fills whatever screen there is
        layout.setContentsMargins(*[metrics.margin_px] * 4)
        layout.setSpacing(metrics.px(1))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._at, 1)
        layout.addLayout(head)
        layout.addWidget(self._board, 1)

    def show_sheet(self, sheet: Sheet, at: datetime) -> None:
        """The figures, read at this moment."""
        title = self._texts.label("wall_title", station=self._station)
        self._title.set_text(title)
        self._at.set_text(self._texts.label("wall_at", time=self._texts.moment(at, at)))
        self._board.show_model(board_of(sheet, title, self._texts))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.close()

    def show_old(self) -> None:
        """The store has not answered for long: what is shown is said to be old."""
        self._at.set_text(self._texts.label("wall_old"))


class WallReader(QWidget):
    """Reads the day's sheet on a thread of its own, one at a time; `read` comes on the window's thread."""

    read = Signal(object)

    def __init__(self, directory: Path, station: str) -> None:
        super().__init__()
        self._directory, self._station = directory, station
        self._thread = ThreadPoolExecutor(1, "wall")
        self._open: Future[None] | None = None
        self.missed = 0

    def ask(self) -> None:
        """Read unless it is still being read."""
        if self._open is not None and not self._open.done():
            self.missed += 1
            return
        self._open = self._thread.submit(self._read)

    def _read(self) -> None:
        self.read.emit(read_today(self._directory, self._station))

    def stop(self) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)


class Wall:
    """The window, its reader and the turn of every few seconds."""

    def __init__(self, window: WallWindow, reader: WallReader, *, every_s: float) -> None:
        self.window, self.reader = window, reader
        self._fails = 0
        self._timer = QTimer()
        self._timer.setInterval(round(every_s * 1000))
        self._timer.timeout.connect(self._turn)
        reader.read.connect(self._on_read)

    def begin(self) -> None:
        self._timer.start()
        self.reader.ask()

    def stop(self) -> None:
        self._timer.stop()
        self.reader.stop()

    def _turn(self) -> None:
        self.reader.ask()
        if self.reader.missed >= OLD_READS:
            self.window.show_old()

    def _on_read(self, found: tuple[Sheet, datetime] | None) -> None:
        self._fails = 0 if found is not None else self._fails + 1
        self.reader.missed = 0
        if found is not None:
            self.window.show_sheet(*found)
        elif self._fails >= OLD_READS:
            self.window.show_old()


def show_wall(directory: Path, settings: Settings, *, every_s: float, is_framed: bool) -> int:
    """Show it until the window is closed (Escape, or the window's own cross). Raises ScreenError."""
    screen = settings.screen
    application = start_application(["baylight"], fixed_size(screen) or USUAL_PX)
    size_px = screen_size(application) or choose_panel(None, screen).size_px
    metrics, theme = Metrics(*size_px, WALL_IN), THEMES[screen.theme]
    dress_application(application, metrics, theme)
    texts = Texts(load_language(settings.station.language), of_bins=settings.machine.kind == "carousel")
    window = WallWindow(Look(metrics, theme), texts, settings.station.name)
    window.setWindowTitle("Baylight")
    wall = Wall(window, WallReader(directory, settings.station.name), every_s=every_s)
    window.resize(*size_px)
    if is_framed:
        window.show()
    else:
        window.setCursor(Qt.CursorShape.BlankCursor)
        window.showFullScreen()
    wall.begin()
    loop = qasync.QEventLoop(application)
    closed = asyncio.Event()
    application.setQuitOnLastWindowClosed(False)  # the loop ends by `closed`
    application.lastWindowClosed.connect(closed.set)
    with loop:
        loop.run_until_complete(closed.wait())
    wall.stop()
    return 0
