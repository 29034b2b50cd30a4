"""Is anybody there? Pings at a steady pace and the silence between answers, pure."""

from __future__ import annotations

from typing import Protocol

from hardware.errors import LINE_GARBAGE, LINE_NO_ANSWER

QUICK_PING_S = 0.5  # while the machine stands for safety: its reset should be seen soon


class PulseTiming(Protocol):
    """Seconds: between two pings, and without any answer until the line is dead."""

    @property
    def ping_s(self) -> float: ...

    @property
    def silence_s(self) -> float: ...


class Heartbeat:
    """A dead device server can leave an open port that never errs: only answers prove a line. Times are monotonic seconds."""

    def __init__(self, timing: PulseTiming) -> None:
        self._timing = timing
        self._next_ping_s: float | None = None
        self._silent_from_s = 0.0
        self._has_noise = False
        self._last_token = 0

    @property
    def due_s(self) -> float | None:
        """When to ping or to give the line up; None while no port is open."""
        if self._next_ping_s is None:
            return None
        return min(self._next_ping_s, self._silent_from_s)

    @property
    def last_token(self) -> int:
        """The token of the last ping that was taken."""
        return self._last_token

    def opened(self, now_s: float) -> None:
        self._next_ping_s = now_s
        self._restart_silence(now_s)

    def closed(self) -> None:
        self._next_ping_s = None

    def heard(self, now_s: float) -> None:
        """Any answer at all came."""
        self._restart_silence(now_s)

    def noise(self) -> None:
        """Something came that is no answer."""
        self._has_noise = True

    def ping_now(self, now_s: float) -> None:
        if self._next_ping_s is not None:
            self._next_ping_s = now_s

    def take_ping(self, now_s: float, unix_s: float, *, is_stopped: bool) -> int | None:
        """The token of the ping that is due, never the same twice."""
        if self._next_ping_s is None or now_s < self._next_ping_s:
            return None
        self._next_ping_s = now_s + (min(QUICK_PING_S, self._timing.ping_s) if is_stopped else self._timing.ping_s)
        self._last_token = max(int(unix_s), self._last_token + 1)
        return self._last_token

    def take_silence(self, now_s: float) -> str | None:
        """The code of a line that has been silent too long; said once per silence."""
        if self._next_ping_s is None or now_s < self._silent_from_s:
            return None
        code = LINE_GARBAGE if self._has_noise else LINE_NO_ANSWER
        self._restart_silence(now_s)
        return code

    def _restart_silence(self, now_s: float) -> None:
        self._silent_from_s = now_s + self._timing.silence_s
        self._has_noise = False
