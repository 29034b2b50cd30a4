"""A scanner that types: its keys are told from a person's by their time stamps and never reach a widget.

`BurstCollector`, `HeldEnd` and `LoneKey` are pure (time stamps come in); `WedgeFilter` is the one event filter of the program.
There are no text fields in this program, so every key is swallowed; only F-keys that stand alone mean something.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from station.scan_form import GROUP_SEPARATOR, ScanForm, Stroke
from ui.wedge_keys import AltNumber, stroke_of

LEAST_LENGTH: Final = 4  # of a burst that only a silence ends
LEAST_ENDED_LENGTH: Final = 2  # of one that Return, Enter or Tab ends: an item's code may be that short
MEDIAN_GAP_MS: Final = 25.0
LONGEST_GAP_MS: Final = 60.0
SILENCE_MS: Final = 80
CUT_SILENCE_MS: Final = 300.0  # after a cut code: a person needs longer than this from one scan to the next
TEACH_SILENCE_MS: Final = 300  # after the last key of a scan that is looked at as a whole
LEAST_HOLD_MS: Final = 20.0
HOLD_SHARE: Final = 2.5  # of the longest gap in a code: another scanner's next key comes within it


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
        self.hold_ms = LEAST_HOLD_MS  # how long after the last code's end a key would be another scanner's

    @property
    def is_begun(self) -> bool:
        """Whether characters were collected."""
        return bool(self._text)

    def key(self, text: str, at_ms: float) -> None:
        """A key with its characters, at its own time stamp."""
        self._step(at_ms)
        if not self._is_cut:
            self._text += text

    def end(self, at_ms: float) -> str:
        """The key that ends a scan (Return, Enter, Tab): the burst's text, or "" when it was no burst."""
        self._step(at_ms)
        text = self._text if len(self._text) >= LEAST_ENDED_LENGTH and self._is_fast else ""
        self.hold_ms = min(max(HOLD_SHARE * max(self._gaps_ms, default=0.0), LEAST_HOLD_MS), LONGEST_GAP_MS)
        self.forget()
        self._last_ms, self._is_cut = None, False
        return text

    def take(self) -> str:
        """What was collected up to a silence, if it was a burst. Characters that still follow at once are its late rest."""
        text = self._text if len(self._text) >= LEAST_LENGTH and self._is_fast else ""
        self._is_cut = self._is_cut or self._is_fast
        self.forget()
        return text

    @property
    def _is_fast(self) -> bool:
        """Whether a scanner typed what was collected."""
        return bool(self._gaps_ms) and median(self._gaps_ms) <= MEDIAN_GAP_MS

    def forget(self) -> None:
        """What was collected is no code."""
        self._text, self._gaps_ms = "", []

    def _step(self, at_ms: float) -> None:
        gap = 0.0 if self._last_ms is None else at_ms - self._last_ms
        self._last_ms = at_ms
        if gap < 0 or (self._is_cut and gap > CUT_SILENCE_MS):
            self._is_cut = False
            self.forget()
        elif gap > LONGEST_GAP_MS:
            self._is_cut = self._is_cut or (self._is_fast and gap <= CUT_SILENCE_MS)
            self.forget()
        elif self._text:
            self._gaps_ms.append(gap)


class HeldEnd:
    """Holds a code for a moment after its end. Two scanners that type at once are one stream of keys: what ends first is followed
    at once by the other's keys, then nobody knows whose were whose, and all of it is dropped up to a pause. A scanner whose own
    code ends with more than one key has to be taught.
    """

    def __init__(self) -> None:
        self._text = ""
        self._ends_to_come = 0
        self._last_ms = float("-inf")
        self._hold_ms = 0.0
        self._is_mixed = False

    @property
    def is_held(self) -> bool:
        return bool(self._text)

    def end(self, text: str, at_ms: float, *, hold_ms: float, further_ends: int) -> None:
        """A code has ended, of which so many keys are still to come."""
        self._text, self._last_ms, self._hold_ms, self._ends_to_come = text, at_ms, hold_ms, further_ends

    def key(self, at_ms: float, *, is_end: bool) -> tuple[str, bool]:
        """A key after it. The code that is sure now, and whether the key is to be dropped."""
        is_near = 0 <= at_ms - self._last_ms <= (LONGEST_GAP_MS if self._is_mixed else self._hold_ms)
        if not is_near:
            self._is_mixed = False
            return self.take(), False
        if self._is_mixed:
            self._last_ms = at_ms
            return "", True
        if not self._text:
            return "", False
        self._last_ms = at_ms
        if is_end and self._ends_to_come:
            self._ends_to_come -= 1
            return "", True
        self._text, self._is_mixed = "", True
        return "", True

    def take(self) -> str:
        """No key has followed: the code."""
        text, self._text = self._text, ""
        return text


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
    """Calls back a time after the last key. After a stall the time is up while other keys still wait in the queue: a zero
    timer lets them come first."""

    def __init__(self, call: Callable[[], None], parent: QObject, *, silence_ms: int = SILENCE_MS) -> None:
        super().__init__(parent)
        self._call = call
        self._silence_ms = silence_ms
        self.setSingleShot(True)
        self.setTimerType(Qt.TimerType.PreciseTimer)
        self.timeout.connect(self._on_timeout)

    def listen(self, silence_ms: float | None = None) -> None:
        """A key came: the time begins anew."""
        self.start(round(silence_ms or self._silence_ms))

    def _on_timeout(self) -> None:
        if self.interval():
            self.start(0)
        else:
            self._call()


class WedgeFilter(QObject):
    """Installed once on the QApplication. Emits whole scans and F-keys; no key event gets past it."""

    scanned = Signal(str, float)  # the code, and the time of its last key: seconds of the keyboard's own clock
    unclear = Signal()  # two scanners typed at once, or one whose ends are not taught
    function_key = Signal(int)
    arrived = Signal(object)  # while a scanner is taught: all its keys, as a tuple of Strokes

    def __init__(
        self,
        accepts: Callable[[], bool],
        parent: QObject | None = None,
        *,
        form: Callable[[], ScanForm] = ScanForm,
        teaches: Callable[[], bool] = lambda: False,
    ) -> None:
        """`accepts` says whether keys are for us now (our window is the one in use), `form` how the scanner says its codes now,
        `teaches` whether its keys are looked at one by one."""
        super().__init__(parent)
        self._accepts, self._form, self._teaches = accepts, form, teaches
        self._burst = BurstCollector()
        self._held = HeldEnd()
        self._lone_key = LoneKey()
        self._alt_number = AltNumber()
        self._strokes: list[Stroke] = []
        self._silence = Quiet(self._on_silence, self)
        self._hold = Quiet(lambda: self._emit_scan(self._held.take()), self)
        self._alone = Quiet(lambda: self._emit_key(self._lone_key.take()), self)
        self._taught = Quiet(self._emit_strokes, self, silence_ms=TEACH_SILENCE_MS)
        self._last_ms = 0.0
        self._ended_ms = 0.0

    def _emit_scan(self, text: str) -> None:
        self._hold.stop()
        if code := self._form().bare(text):
            self.scanned.emit(code, self._ended_ms / 1000)

    def _emit_key(self, number: int) -> None:
        self._alone.stop()
        if number:
            self.function_key.emit(number)

    def _emit_strokes(self) -> None:
        strokes, self._strokes = tuple(self._strokes), []
        if len(strokes) == 1 and strokes[0].function:
            self.function_key.emit(strokes[0].function)
        elif strokes:
            self.arrived.emit(strokes)

    def _on_silence(self) -> None:
        text = self._burst.take()
        if not self._form().ends:
            self._ended_ms = self._last_ms
            self._emit_scan(text)
        elif text:  # not all of a code, or another scanner's
            self.unclear.emit()

    def _on_key(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() or self._alt_number.press(event):
            return
        self._on_stroke(stroke_of(event))

    def _on_stroke(self, stroke: Stroke) -> None:
        if self._teaches():
            self._teach(stroke)
            return
        at_ms = stroke.at_ms
        if stroke.function:  # before, inside or after a code: never a part of another's
            self._last_ms = at_ms
            self._function(stroke)
            return
        was_held = self._held.is_held
        sure, is_dropped = self._held.key(at_ms, is_end=stroke.is_end)
        self._emit_scan(sure)
        if is_dropped:
            self._drop(at_ms, is_mixed=was_held and not self._held.is_held)
            return
        self._last_ms = at_ms
        self._emit_key(self._lone_key.other(at_ms))
        if stroke.is_end:
            self._end(at_ms)
        elif sign := self._form().sign(stroke):
            self._burst.key(sign, at_ms)
            self._silence.listen()

    def _drop(self, at_ms: float, *, is_mixed: bool) -> None:
        """A key right behind a code: its further end, or another scanner's."""
        self._lone_key.other(at_ms)
        self._burst.forget()
        if self._held.is_held:
            self._hold.listen(self._burst.hold_ms)
        elif is_mixed:
            self._hold.stop()
            self.unclear.emit()

    def _function(self, stroke: Stroke) -> None:
        if self._burst.is_begun and self._form().sign(stroke):
            self._burst.key(GROUP_SEPARATOR, stroke.at_ms)
        self._emit_key(self._lone_key.press(stroke.function, stroke.at_ms))
        if self._lone_key.is_held:
            self._alone.listen()

    def _end(self, at_ms: float) -> None:
        self._silence.stop()
        text = self._burst.end(at_ms)
        if text:
            self._ended_ms = at_ms
            further = max(0, len(self._form().ends) - 1)
            self._held.end(text, at_ms, hold_ms=self._burst.hold_ms, further_ends=further)
            self._hold.listen(self._burst.hold_ms)

    def _teach(self, stroke: Stroke) -> None:
        if stroke.text or stroke.function:
            self._strokes.append(stroke)
            self._taught.listen()

    # --- Qt -------------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride):
            return False
        if not self._accepts():
            return False
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._on_key(event)
        elif kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent) and not event.isAutoRepeat():
            stroke = self._alt_number.release(event)
            if stroke is not None:
                self._on_stroke(stroke)
        return True
