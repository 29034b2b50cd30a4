"""A scanner that types is told from a person by the times between keys. Pure: time stamps of the keyboard's clock come in."""

from __future__ import annotations

from statistics import median
from typing import Final

LEAST_LENGTH: Final = 4  # of a burst that only a silence ends
LEAST_ENDED_LENGTH: Final = 2  # of one that Return, Enter or Tab ends: an item's code may be that short
MEDIAN_GAP_MS: Final = 25.0
LONGEST_GAP_MS: Final = 60.0
CUT_SILENCE_MS: Final = 300.0  # after a cut code: a person needs longer than this from one scan to the next
LEAST_HOLD_MS: Final = 20.0
HOLD_SHARE: Final = 2.5  # of the longest gap in a code: another scanner's next key comes within it


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
