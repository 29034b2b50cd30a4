"""A scanner that types: its keys are told from a person's by their time stamps and never reach a widget.

What a key means by its time is told in `ui/wedge_timing.py`; `WedgeFilter` is the one event filter of the program.
There are no text fields in this program, so every key is swallowed; only F-keys and the keys that steer (`ui/steering.py`) mean
something, when they stand alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from station.scan_form import GROUP_SEPARATOR, ScanForm, Stroke
from ui.steering import Steer, SteeringKey
from ui.wedge_keys import STEERING_TEXTS, AltNumber, is_modifier, steer_of, stroke_of
from ui.wedge_timing import BurstCollector, HeldEnd, LoneKey

SILENCE_MS: Final = 80
TEACH_SILENCE_MS: Final = 300  # after the last key of a scan that is looked at as a whole


class TakeScan(Protocol):
    """Whoever takes codes: the text, what read it, and when, in seconds of that source's own clock."""

    def __call__(self, text: str, source: str, *, at_s: float) -> None: ...


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
    steered = Signal(object)  # a Steer
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
        self._steering = SteeringKey()
        self._alt_number = AltNumber()
        self._strokes: list[Stroke] = []
        self._silence = Quiet(self._on_silence, self)
        self._hold = Quiet(lambda: self._emit_scan(self._held.take()), self)
        self._alone = Quiet(lambda: self._emit_key(self._lone_key.take()), self)
        self._alone_steering = Quiet(lambda: self._emit_steer(self._steering.take()), self)
        self._taught = Quiet(self._emit_strokes, self, silence_ms=TEACH_SILENCE_MS)
        self._last_ms = 0.0
        self._ended_ms = 0.0

    def forget(self) -> None:
        """What has been typed so far means nothing."""
        for each in (self._silence, self._hold, self._alone, self._alone_steering, self._taught):
            each.stop()
        self._burst.forget()
        self._held.take()
        self._lone_key.take()
        self._steering.take()
        self._strokes = []

    def _emit_scan(self, text: str) -> None:
        self._hold.stop()
        if code := self._form().bare(text):
            self.scanned.emit(code, self._ended_ms / 1000)

    def _emit_key(self, number: int) -> None:
        self._alone.stop()
        if number:
            self.function_key.emit(number)

    def _emit_steer(self, steer: Steer | None) -> None:
        if steer is not None:
            self.steered.emit(steer)

    def _steer(self, event: QKeyEvent) -> None:
        """Beside what the key is for a scan: whether a person steers with it."""
        if is_modifier(event):
            return
        self._emit_steer(self._steering.key(steer_of(event), float(event.timestamp())))
        if self._steering.patience_ms:
            self._alone_steering.listen(self._steering.patience_ms)
        else:
            self._alone_steering.stop()

    def _emit_strokes(self) -> None:
        strokes, self._strokes = tuple(self._strokes), []
        if len(strokes) == 1 and strokes[0].function:
            self.function_key.emit(strokes[0].function)
        elif len(strokes) > 1 or (strokes and strokes[0].text not in STEERING_TEXTS):
            self.arrived.emit(strokes)

    def _on_silence(self) -> None:
        text = self._burst.take()
        if not self._form().ends:
            self._ended_ms = self._last_ms
            self._emit_scan(text)
        elif text:  # not all of a code, or another scanner's
            self.unclear.emit()

    def _on_key(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        self._steer(event)
        if self._alt_number.press(event):
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
