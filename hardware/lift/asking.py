"""The one request that may be open on a polled line, its time-out, and the silence of the machine, pure.

Protocols without numbers in their answers take a late answer for the next one. So after a request was given up, nothing is sent
before the line was quiet for a while; what comes meanwhile is dropped.
"""

from __future__ import annotations

from hardware.config import LiftTiming
from hardware.errors import LINE_GARBAGE, LINE_NO_ANSWER
from hardware.lift.dialect import Ask, PolledTiming


class Asking:
    """Times are monotonic seconds."""

    def __init__(self, timing: PolledTiming, lift_timing: LiftTiming) -> None:
        self._timing = timing
        self._silence_s = lift_timing.silence_s
        most_s = float("inf") if timing.is_told_by_layer else lift_timing.silence_s / 3  # one lost answer is not a lost line
        self._request_s = min(timing.request_s, most_s)
        self._is_open = False
        self._give_up_s = 0.0
        self._quiet_until_s = 0.0
        self._silent_from_s = 0.0
        self._has_noise = False
        self._is_heard = False  # the last request was answered
        self.ask: Ask | None = None

    @property
    def due_s(self) -> float | None:
        """When a request is given up or the line is; None while no port is open."""
        if not self._is_open:
            return None
        return self._silent_from_s if self.ask is None else min(self._give_up_s, self._silent_from_s)

    @property
    def free_from_s(self) -> float | None:
        """From when on a request may leave; None while one is open or no port is."""
        return None if self.ask is not None or not self._is_open else self._quiet_until_s

    def is_free(self, now_s: float) -> bool:
        free_from_s = self.free_from_s
        return free_from_s is not None and now_s >= free_from_s

    def opened(self, now_s: float) -> None:
        self._is_open, self.ask, self._quiet_until_s = True, None, now_s
        self._restart_silence(now_s)

    def closed(self) -> None:
        self._is_open, self.ask = False, None

    def rest(self) -> None:
        """Nothing needs to be asked for a while: of a machine that has answered everything, that is no silence."""
        if self._is_heard and self.ask is None:
            self._silent_from_s = float("inf")

    def send(self, ask: Ask, now_s: float) -> None:
        if self._silent_from_s == float("inf"):
            self._restart_silence(now_s)
        self._is_heard = False
        self.ask, self._give_up_s = ask, now_s + self._request_s

    def answered(self, now_s: float) -> None:
        """The open request has its answer."""
        self.ask, self._is_heard = None, True
        self._restart_silence(now_s)

    def stray(self, now_s: float) -> None:
        """Something came that nobody asked for, or that nobody understands."""
        self._has_noise = True
        self._quiet_until_s = max(self._quiet_until_s, now_s + self._timing.quiet_s)

    def take_expired(self, now_s: float) -> Ask | None:
        """The request that goes without an answer."""
        if self.ask is None or now_s < self._give_up_s:
            return None
        expired, self.ask = self.ask, None
        self._quiet_until_s = now_s + self._timing.quiet_s
        return expired

    def give_up(self) -> Ask | None:
        """The request that is open, because no answer to it will be heard."""
        given_up, self.ask = self.ask, None
        return given_up

    def take_silence(self, now_s: float) -> str | None:
        """The code of a line that has been silent too long; said once per silence."""
        if not self._is_open or now_s < self._silent_from_s:
            return None
        code = LINE_GARBAGE if self._has_noise else LINE_NO_ANSWER
        self._restart_silence(now_s)
        return code

    def _restart_silence(self, now_s: float) -> None:
        self._silent_from_s = now_s + self._silence_s
        self._has_noise = False
