"""Keys with which a person steers: Tab and arrows move, Space and Return press, Escape leaves. Pure: time stamps come in.

A scanner types some of these keys, too. One of them is a person's only where no other key is near: none that writes for
CUT_SILENCE_MS before it (within that time it may be the late rest of a code), no key at all for LONGEST_GAP_MS before it, and
none behind it: for LONGEST_GAP_MS where it moves, for CUT_SILENCE_MS where it acts, unless the next key steers as well.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ui.wedge_timing import CUT_SILENCE_MS, LONGEST_GAP_MS


class Steer(StrEnum):
    """What a key asks for."""

    NEXT = "next"
    BEFORE = "before"
    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    PRESS = "press"
    LEAVE = "leave"


ACTING: Final = frozenset({Steer.PRESS, Steer.LEAVE})


class SteeringKey:
    """Holds a steering key back until it is known to stand alone."""

    def __init__(self) -> None:
        self._last_ms = self._written_ms = float("-inf")
        self._held: Steer | None = None

    @property
    def patience_ms(self) -> float:
        """How long the held key waits for another one; 0 while none is held."""
        if self._held is None:
            return 0.0
        return CUT_SILENCE_MS if self._held in ACTING else LONGEST_GAP_MS

    def key(self, steer: Steer | None, at_ms: float) -> Steer | None:
        """Any key, None for one that does not steer. The answer is the one held until now, if it stood alone."""
        gap_ms = at_ms - self._last_ms
        is_alone = gap_ms < 0 or gap_ms > (LONGEST_GAP_MS if steer is not None else self.patience_ms)
        before, self._held = (self._held if is_alone else None), None
        is_begin = gap_ms < 0 or (gap_ms > LONGEST_GAP_MS and at_ms - self._written_ms > CUT_SILENCE_MS)
        if steer is None:
            self._written_ms = at_ms
        elif is_begin:
            self._held = steer
        self._last_ms = at_ms
        return before

    def take(self) -> Steer | None:
        """No key has followed in time: the one that was held."""
        held, self._held = self._held, None
        return held
