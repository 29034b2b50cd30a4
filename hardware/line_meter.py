"""How a line does: counted in its own thread, so that a busy window does not show as a slow machine."""

from __future__ import annotations

import threading
from collections import deque

from hardware.values import LineHealth

KEPT_ROUND_TRIPS = 1000
LOST_AFTER_S = 1.0  # a question this old without a word is lost; a ping may leave right behind a command


class LineMeter:
    """Counts frames, errors and round trips. Written by the port's thread, read by anybody. Times are monotonic seconds."""

    def __init__(self, name: str, url: str, *, is_answered: bool = True) -> None:
        """`is_answered`: whether what the driver sends is answered."""
        self._name = name
        self._url = url
        self._port = ""
        self._is_up = False
        self._openings = self._sent = self._heard = self._errors = self._retries = 0
        self._longest_silence_s = 0.0
        self._last_heard_s: float | None = None
        self._asked_s: float | None = None
        self._open_s: float | None = None  # since when the driver's oldest question waits for a word
        self._is_answered = is_answered
        self._is_open = False  # something left since the line was opened, or has itself told of a lost answer
        self._has_answered = False  # a display that only listens misses no answer
        self._round_trips_ms: deque[float] = deque(maxlen=KEPT_ROUND_TRIPS)
        self._lock = threading.Lock()

    def opened(self, port: str, now_s: float) -> None:
        with self._lock:
            self._port, self._is_up = port, True
            self._openings += 1
            self._last_heard_s, self._asked_s, self._open_s = now_s, None, None
            self._is_open = False

    def lost(self, now_s: float) -> None:
        """The port is gone; the silence that ends with it counts."""
        with self._lock:
            self._is_up = False
            self._longest_silence_s = max(self._longest_silence_s, self._silence_s(now_s))
            self._last_heard_s = self._asked_s = self._open_s = None

    def asked(self, at_s: float) -> None:
        """The driver sends something; a question before it that is still without a word got none."""
        if not self._is_answered:
            return
        with self._lock:
            self._is_open = True
            if self._open_s is None:
                self._open_s = at_s
            elif at_s - self._open_s >= LOST_AFTER_S:
                self._errors += self._has_answered
                self._open_s = at_s

    def given_up(self) -> None:
        """The driver gives the line up for its silence: that is a lost answer too, unless the line has told of it."""
        with self._lock:
            self._errors += self._is_open
            self._open_s, self._is_open = None, False

    def sent(self, at_s: float) -> None:
        with self._lock:
            self._sent += 1
            self._is_open = True
            self._asked_s = at_s

    def heard(self, frames: int, at_s: float) -> None:
        with self._lock:
            self._heard += frames
            self._open_s, self._has_answered = None, True
            self._longest_silence_s = max(self._longest_silence_s, self._silence_s(at_s))
            self._last_heard_s = at_s
            if self._asked_s is not None:
                self._round_trips_ms.append((at_s - self._asked_s) * 1000)
                self._asked_s = None

    def counted(self, *, errors: int, retries: int) -> None:
        with self._lock:
            self._errors += errors
            if errors:
                self._open_s, self._is_open = None, False  # what the line itself tells is not counted again
            self._retries += retries

    def health(self, now_s: float) -> LineHealth:
        """How it is now; the silence that lasts counts."""
        with self._lock:
            ordered = sorted(self._round_trips_ms)
            return LineHealth(
                name=self._name,
                url=self._url,
                port=self._port,
                is_up=self._is_up,
                frames_sent=self._sent,
                frames_heard=self._heard,
                errors=self._errors,
                retries=self._retries,
                reconnects=max(0, self._openings - 1),
                longest_silence_s=max(self._longest_silence_s, self._silence_s(now_s)),
                round_trips=len(ordered),
                round_trip_p50_ms=_percentile(ordered, 50),
                round_trip_p99_ms=_percentile(ordered, 99),
            )

    def _silence_s(self, now_s: float) -> float:
        return 0.0 if self._last_heard_s is None else now_s - self._last_heard_s


def _percentile(ordered: list[float], percent: int) -> float:
    """Nearest rank: the smallest value that so many percent do not exceed."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)] if ordered else 0.0
