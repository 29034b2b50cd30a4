"""How many events go up at once: as many as the site answers in a quarter of a second."""

from __future__ import annotations

FIRST = 100
MOST = 1000
SOON_S = 0.25


class BatchSize:
    """Doubles while answers come soon, halves when one does not come at all."""

    def __init__(self) -> None:
        self.size = FIRST

    def answered(self, count: int, seconds: float) -> None:
        """An answer to `count` events came after so long. A small batch that was quick says nothing of a larger one."""
        if seconds < SOON_S and count >= self.size:
            self.size = min(MOST, self.size * 2)

    def failed(self, count: int) -> None:
        """No answer came, or the content was refused: try with half of that."""
        self.size = max(1, min(self.size, count) // 2)
