"""Protects against the second tap: when buttons got another meaning, or one was used, taps do nothing for a moment.

Real time, never scaled: it answers how fingers bounce, not how fast a machine moves.
"""

from __future__ import annotations

from collections.abc import Callable


class TapLock:
    """Asked before every tap. `clock` is monotonic seconds."""

    def __init__(self, clock: Callable[[], float], lock_s: float = 0.4) -> None:
        self._clock = clock
        self._lock_s = lock_s
        self._until_s = 0.0
        self._last_name = ""
        self._last_at_s = -1e9

    def meaning_changed(self) -> None:
        """What a button means was swapped under the finger."""
        self._until_s = self._clock() + self._lock_s

    def may_tap(self, name: str, *, repeats: bool) -> bool:
        """Whether a tap on this button counts now. Keys that are meant to be hit quickly one after the other may repeat."""
        now = self._clock()
        if now < self._until_s:
            return False
        if not repeats and name == self._last_name and now - self._last_at_s < self._lock_s:
            return False
        self._last_name, self._last_at_s = name, now
        return True

    @property
    def remaining_s(self) -> float:
        """How long every tap is ignored from now on; 0 when taps count."""
        return max(0.0, self._until_s - self._clock())
