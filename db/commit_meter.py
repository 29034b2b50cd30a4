"""How long the last commits took: from the first statement of the transaction to the disk's word."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

KEPT = 512  # some minutes of a busy bay


@dataclass(frozen=True, slots=True)
class CommitTimes:
    """Commits since the start, and the percentiles of the last 512, in seconds; 0.0 while there were none."""

    commits: int = 0
    total_s: float = 0.0
    p50_s: float = 0.0
    p99_s: float = 0.0


class CommitMeter:
    """Written by the store's writer, read by any thread."""

    def __init__(self) -> None:
        self._gate = threading.Lock()
        self._last: deque[float] = deque(maxlen=KEPT)
        self._commits = 0
        self._total_s = 0.0

    def took(self, seconds: float) -> None:
        with self._gate:
            self._last.append(seconds)
            self._commits += 1
            self._total_s += seconds

    def times(self) -> CommitTimes:
        with self._gate:
            ordered, commits, total_s = sorted(self._last), self._commits, self._total_s
        return CommitTimes(commits, total_s, _percentile(ordered, 50), _percentile(ordered, 99))


def _percentile(ordered: list[float], percent: int) -> float:
    """Nearest rank: the smallest value that so many percent do not exceed."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)] if ordered else 0.0
