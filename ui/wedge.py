"""A scanner that types: its keys are told from a person's by their time stamps and never reach a widget.

`BurstCollector` and `LoneKey` are pure (time stamps come in); `WedgeFilter` is the one event filter of the application. There are
no text fields in this program, so every key is swallowed; only F-keys that stand alone mean something.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Final, Protocol

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


class TakeScan(Protocol):
    """Whoever takes codes: the text, what read it, and when, in seconds of that source's own clock."""

    def __call__(self, text: str, source: str, *, at_s: float) -> None: ...


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


class LoneKey:
    """Tells a person's F-key from one that a scanner types before or after a code: a person's has no other key within
    LONGEST_GAP_MS on either side. It is held back until that is known."""

    def __init__(self) -> None:
        self._last_ms = float("-inf")
        self._held = 0

    @property
    def is_held(self) -> bool:
        return bool(self._held)

    def press(self, number: int, at_ms: float) -> int:
        """An F-key, held back when no key came just before. The answer is the one held until now, if it stood alone; else 0."""
        is_near = self._is_near(at_ms)
        before = self.other(at_ms)
        self._held = 0 if is_near else number
        return before

    def other(self, at_ms: float) -> int:
        """Any other key. The answer is the F-key held until now, if it stood alone; else 0."""
        held = 0 if self._is_near(at_ms) else self._held
        self._held, self._last_ms = 0, at_ms
        return held

    def take(self) -> int:
        """No key has followed in time: the F-key that was held, 0 for none."""
        held, self._held = self._held, 0
        return held

    def _is_near(self, at_ms: float) -> bool:
        return 0 <= at_ms - self._last_ms <= LONGEST_GAP_MS


class Quiet(QTimer):
    """Calls back SILENCE_MS after the last key. After a stall the time is up while other keys still wait in the queue: a zero
    timer lets them come first."""

    def __init__(self, call: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._call = call
        self.setSingleShot(True)
        self.setTimerType(Qt.TimerType.PreciseTimer)
        self.timeout.connect(self._on_timeout)

    def listen(self) -> None:
        """A key came: the time begins anew."""
        self.start(SILENCE_MS)

    def _on_timeout(self) -> None:
        if self.interval():
            self.start(0)
        else:
            self._call()


class WedgeFilter(QObject):
    """Installed once on the QApplication. Emits whole scans and F-keys; no key event gets past it."""

    scanned = Signal(str, float)  # the code, and the time of its last key: seconds of the keyboard's own clock
    function_key = Signal(int)

    def __init__(self, accepts: Callable[[], bool], parent: QObject | None = None) -> None:
        """`accepts` says whether keys are for us now (our window is the one in use)."""
        super().__init__(parent)
        self._accepts = accepts
        self._burst = BurstCollector()
        self._lone_key = LoneKey()
        self._silence = Quiet(lambda: self._emit_scan(self._burst.take()), self)
        self._alone = Quiet(lambda: self._emit_key(self._lone_key.take()), self)
        self._last_ms = 0.0

    def _emit_scan(self, text: str) -> None:
        self._silence.stop()
        if text:
            self.scanned.emit(text, self._last_ms / 1000)

    def _emit_key(self, number: int) -> None:
        self._alone.stop()
        if number:
            self.function_key.emit(number)

    def _on_key(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        at_ms, key = float(event.timestamp()), event.key()
        self._last_ms = at_ms
        if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12:
            self._emit_key(self._lone_key.press(key - Qt.Key.Key_F1 + 1, at_ms))
            if self._lone_key.is_held:
                self._alone.listen()
            return
        self._emit_key(self._lone_key.other(at_ms))
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._emit_scan(self._burst.end(at_ms))
        elif text := _characters(event):
            self._burst.key(text, at_ms)
            self._silence.listen()

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
