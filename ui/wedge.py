"""A scanner that types: its keys are told from a person's by their time stamps and never reach a widget.

`BurstCollector` is pure (time stamps come in); `WedgeFilter` is the one event filter of the application. There are no text fields
in this program, so every key is swallowed; only F-keys outside a burst mean something.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

LEAST_LENGTH: Final = 4  # of a burst that only a silence ends
LEAST_ENDED_LENGTH: Final = 2  # of one that Return, Enter or Tab ends: an item's code may be that short
MEDIAN_GAP_MS: Final = 25.0
LONGEST_GAP_MS: Final = 60.0
SILENCE_MS: Final = 80
CUT_SILENCE_MS: Final = 300.0  # after a cut code: a person needs longer than this from one scan to the next
GROUP_SEPARATOR: Final = "\x1d"
CONTROLS: Final = frozenset({"\x1c", GROUP_SEPARATOR, "\x1e", "\x1f", "\x04"})  # separators of GS1 and ISO 15434


class BurstCollector:
    """Collects the characters of one burst. Slow typing is forgotten.

    A fast beginning whose rest comes too late was a code cut in two: the rest is no code of its own, so that all is dropped up to
    the next ending key, or up to CUT_SILENCE_MS without a key.
    """

    def __init__(self) -> None:
        self._text = ""
        self._gaps_ms: list[float] = []
        self._last_ms: float | None = None
        self._is_cut = False

    def key(self, text: str, at_ms: float) -> None:
        """A key with its characters, at its own time stamp."""
        self._step(at_ms)
        if not self._is_cut:
            self._text += text

    def end(self, at_ms: float) -> str:
        """The key that ends a scan (Return, Enter, Tab): the burst's text, or "" when it was no burst."""
        self._step(at_ms)
        text = self._text if len(self._text) >= LEAST_ENDED_LENGTH and self._is_fast else ""
        self._forget()
        self._last_ms, self._is_cut = None, False
        return text

    def take(self) -> str:
        """What was collected up to a silence, if it was a burst. Characters that still follow at once are its late rest."""
        text = self._text if len(self._text) >= LEAST_LENGTH and self._is_fast else ""
        self._is_cut = self._is_cut or self._is_fast
        self._forget()
        return text

    def is_inside(self, at_ms: float) -> bool:
        """Whether a key at this time would belong to a burst that has begun."""
        return bool(self._text) and self._last_ms is not None and at_ms - self._last_ms <= LONGEST_GAP_MS

    @property
    def _is_fast(self) -> bool:
        """Whether a scanner typed what was collected."""
        return bool(self._gaps_ms) and median(self._gaps_ms) <= MEDIAN_GAP_MS

    def _forget(self) -> None:
        self._text, self._gaps_ms = "", []

    def _step(self, at_ms: float) -> None:
        gap = 0.0 if self._last_ms is None else at_ms - self._last_ms
        self._last_ms = at_ms
        if gap < 0 or (self._is_cut and gap > CUT_SILENCE_MS):
            self._is_cut = False
            self._forget()
        elif gap > LONGEST_GAP_MS:
            self._is_cut = self._is_cut or (self._is_fast and gap <= CUT_SILENCE_MS)
            self._forget()
        elif self._text:
            self._gaps_ms.append(gap)


class WedgeFilter(QObject):
    """Installed once on the QApplication. Emits whole scans and F-keys; no key event gets past it."""

    scanned = Signal(str)
    function_key = Signal(int)

    def __init__(self, accepts: Callable[[], bool], parent: QObject | None = None) -> None:
        """`accepts` says whether keys are for us now (our window is the one in use)."""
        super().__init__(parent)
        self._accepts = accepts
        self._burst = BurstCollector()
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.timeout.connect(self._on_silence)

    def _on_silence(self) -> None:
        """After a stall the time is up while the scan's other keys still wait in the queue: a zero timer lets them come first."""
        if self._silence.interval():
            self._silence.start(0)
        else:
            self._emit(self._burst.take())

    def _emit(self, text: str) -> None:
        self._silence.stop()
        if text:
            self.scanned.emit(text)

    def _on_key(self, event: QKeyEvent) -> None:
        at_ms, key = float(event.timestamp()), event.key()
        if event.isAutoRepeat():
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._emit(self._burst.end(at_ms))
        elif Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12:
            if not self._burst.is_inside(at_ms):
                self.function_key.emit(key - Qt.Key.Key_F1 + 1)
        elif text := _characters(event):
            self._burst.key(text, at_ms)
            self._silence.start(SILENCE_MS)

    # --- Qt -------------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride):
            return False
        if not self._accepts():
            return False
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._on_key(event)
        return True


def _characters(event: QKeyEvent) -> str:
    """The characters of a key. A group separator arrives as Ctrl+] and, on some systems, without a text."""
    is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if is_control and event.key() == Qt.Key.Key_BracketRight:
        return GROUP_SEPARATOR
    return "".join(each for each in event.text() if each.isprintable() or each in CONTROLS)
