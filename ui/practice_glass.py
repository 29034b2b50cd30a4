"""Practice by touch: a page of its own over the window of a real bay, whose station is another process on a simulated machine.

The real station goes on behind and knows nothing of it; the real window is only deaf to keys meanwhile. Whatever its view says
that is not "nobody works here and all is calm" takes practice away (`station.practice.must_end`), so no alarm is ever covered.
"""

from __future__ import annotations

import logging
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from station.commands import Command
from station.practice import may_begin, must_end
from station.scan import BadgeScan, classify
from station.view.view import View
from ui.demo.practice_words import Frames, Pressed, Scanned, Word, frame_of
from ui.view_models.practice_offer import PracticeOffer
from ui.wedge import TakeScan
from ui.window import MainWindow

logger = logging.getLogger(__name__)

START_MS: Final = 120_000
IDLE_MS: Final = 600_000  # untouched so long, the bay is its own again
END_MS: Final = 15_000  # for the child to clear up
NOTE_MS: Final = 30_000


def practice_program(speed: float = 1.0) -> tuple[str, ...]:
    """The command of the process that practises; its directory is added."""
    return (sys.executable, "-m", "ui.demo.practice_child", "--speed", str(speed))


class MakeWindow(Protocol):
    """Makes the window of practice: it gives what is touched and scanned to these, and finds pictures there."""

    def __call__(self, give: Callable[[Command], None], scan: TakeScan, directory: Path) -> MainWindow: ...


class PracticeGlass(QObject):
    """`watch` is told each view of the real station; `stop` ends all with the program. `badges` are those of the people of
    practice: another badge is meant for the real station."""

    shown = Signal()  # its first view is on the glass

    def __init__(
        self, window: MainWindow, make_window: MakeWindow, scan: TakeScan, *, badges: Sequence[str], program: Sequence[str]
    ) -> None:
        super().__init__(window)
        self._window, self._make_window, self._scan = window, make_window, scan
        self._badges, self._program = frozenset(badges), tuple(program)
        self._process: QProcess | None = None
        self._over: MainWindow | None = None
        self._began: View | None = None
        self._directory = Path()
        self._frames = Frames()
        self._leaving: list[QProcess] = []
        self._late = self._timer(START_MS, lambda: self.end(PracticeOffer.FAILED))
        self._idle = self._timer(IDLE_MS, lambda: self.end(PracticeOffer.IDLE))
        self._note = self._timer(NOTE_MS, lambda: self._offer(PracticeOffer.READY))
        window.practice_wanted.connect(self.begin)
        window.offer_practice(PracticeOffer.READY)

    @property
    def over(self) -> MainWindow | None:
        """The window of practice while it lies over the real one."""
        return self._over

    def begin(self) -> None:
        """Somebody touched Practice."""
        view = self._window.view
        if self._process is not None or view is None or not may_begin(view):
            return
        self._began, self._frames = view, Frames()
        self._directory = Path(tempfile.mkdtemp(prefix="baylight-practice-"))
        self._process = process = QProcess(self)
        process.setProcessEnvironment(_plain_environment())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._on_said)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_finished)
        self._offer(PracticeOffer.STARTING)
        self._late.start()
        process.start(self._program[0], [*self._program[1:], str(self._directory)])

    def watch(self, view: View) -> None:
        """The next view of the real station."""
        if self._began is not None and must_end(self._began, view):
            self.end(PracticeOffer.BAY)

    def end(self, why: PracticeOffer = PracticeOffer.READY) -> None:
        """The real window is on the glass again; the process ends and clears up behind it."""
        self._began = None
        for each in (self._late, self._idle):
            each.stop()
        over, self._over = self._over, None
        if over is not None:
            over.hide()
            over.deleteLater()
            self._window.be_behind(False)
        self._offer(why)
        if self._process is not None:
            process, self._process = self._process, None
            self._leave(process, self._directory)

    def stop(self) -> None:
        """The program ends: who practised has time to clear up, and is killed after it."""
        self.end()
        for each in tuple(self._leaving):
            if not each.waitForFinished(END_MS):
                each.kill()
                each.waitForFinished(END_MS)

    def _offer(self, offer: PracticeOffer) -> None:
        self._note.stop()
        self._window.offer_practice(offer)
        if offer not in (PracticeOffer.READY, PracticeOffer.STARTING):
            self._note.start()

    def _on_said(self) -> None:
        process = self._process
        if process is None or process is not self.sender():
            return
        for word in self._frames.take(bytes(process.readAllStandardOutput().data())):
            if isinstance(word, View):
                self._show(word)
            elif isinstance(word, Pressed) and self._over is not None:
                self._over.press(word.word)

    def _show(self, view: View) -> None:
        if self._over is not None:
            self._over.show_view(view)
            return
        self._lay_over().show_view(view)
        self.shown.emit()

    def _lay_over(self) -> MainWindow:
        self._late.stop()
        self._over = over = self._make_window(self._say, self._take_scan, self._directory)
        over.practice_ended.connect(self.end)
        self._window.be_behind(True)
        over.setParent(self._window)
        over.setGeometry(self._window.rect())
        over.show()
        over.raise_()
        self._idle.start()
        self._offer(PracticeOffer.READY)
        return over

    def _take_scan(self, text: str, source: str, *, at_s: float) -> None:
        """Keys reach one station: a badge of nobody who is made up is meant for the real one, and all else for practice."""
        if source == "wedge" and isinstance(classify(text), BadgeScan) and text.strip() not in self._badges:
            self.end()
            self._scan(text, source, at_s=at_s)
            return
        self._say(Scanned(text, source, at_s))

    def _say(self, word: Word) -> None:
        self._idle.start()
        if self._process is not None:
            self._process.write(frame_of(word))

    def _on_finished(self) -> None:
        if self._process is not None and self.sender() is self._process:
            logger.warning("O473 practice ended by itself: %s", self._process.errorString())
            self.end(PracticeOffer.FAILED)

    def _leave(self, process: QProcess, directory: Path) -> None:
        """Close its input, which ends it; what it leaves behind is removed with it."""
        patience = self._timer(END_MS, process.kill)
        self._leaving.append(process)

        def clear() -> None:
            patience.stop()
            patience.deleteLater()
            shutil.rmtree(directory, ignore_errors=True)
            self._leaving.remove(process)
            process.deleteLater()

        if process.state() is QProcess.ProcessState.NotRunning:
            clear()
            return
        process.finished.connect(clear)
        process.closeWriteChannel()
        patience.start()

    def _timer(self, after_ms: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(call)
        return timer


def _plain_environment() -> QProcessEnvironment:
    """Without the station's own settings: practice cannot name what is real."""
    environment = QProcessEnvironment.systemEnvironment()
    for name in environment.keys():  # noqa: SIM118 - not a dict
        if name.startswith(("BAYLIGHT_", "NOTIFY_", "WATCHDOG_")):
            environment.remove(name)
    return environment
