"""How long to wait after failures in a row: full jitter, so that stations that lost the site together do not return together."""

from __future__ import annotations

from random import Random

FIRST_S = 1.0
MOST_S = 60.0


class Backoff:
    """Anything from zero to twice as much as the last time, up to a minute. `random` is injected."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._failures = 0

    def next_s(self) -> float:
        """It failed once more: how long to wait. Never nothing at all."""
        most = min(MOST_S, FIRST_S * 2.0 ** min(self._failures, 10))
        self._failures += 1
        return max(0.05, self._random.uniform(0.0, most))

    def reset(self) -> None:
        """It worked, or somebody says that it may work again."""
        self._failures = 0
