"""The same code again at once is one scan: a trigger bounces, and scanners read a label twice. For scanners of every kind."""

from __future__ import annotations

# A double read, a known fault of scanners, comes within 300 ms. A person who scans two pieces one by one needs longer: he puts
# one down and aims at the next.
REPEAT_S = 0.3


class ScanRepeats:
    """Remembers the last code of each source. Times are the sources' own, in seconds, so that a busy loop changes nothing.

    Each repeat counts from the one before it: a trigger that bounces for a second is still one scan.
    """

    def __init__(self) -> None:
        self._last: dict[str, tuple[str, float]] = {}

    def is_repeat(self, text: str, source: str, *, at_s: float) -> bool:
        """Whether this is the scan before once more; it is remembered either way."""
        before, before_s = self._last.get(source, ("", float("-inf")))
        self._last[source] = (text, at_s)
        return text == before and 0 <= at_s - before_s < REPEAT_S
