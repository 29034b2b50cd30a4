"""What the scripted operator does right and wrong, drawn from a hash of (seed, order, line): the same seed, the same mistakes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

# Shares of lines. More than real people make, so that a short tour meets everything.
WRONG_SCAN = 0.08
SHORT = 0.06
DOUBLE_TAP = 0.10
SKIP = 0.03
WALKS_AWAY = 0.02
UNREADABLE = 0.03
NOT_EMPTY = 0.10
SCANS_FIRST = 0.60


@dataclass(frozen=True, slots=True)
class Habits:
    """The draws of one tour."""

    seed: int

    def draw(self, order: str, line: int, name: str) -> float:
        """A number in [0, 1) that belongs to this line and this question."""
        digest = hashlib.sha256(f"{self.seed}|{order}|{line}|{name}".encode()).digest()
        return int.from_bytes(digest[:8], "big") / 2**64

    def choose(self, order: str, line: int, name: str, *, count: int) -> int:
        """One of `count` possibilities, counted from 0."""
        return int(self.draw(order, line, name) * count)

    def wrong_scan(self, order: str, line: int) -> bool:
        return self.draw(order, line, "wrong_scan") < WRONG_SCAN

    def short(self, order: str, line: int) -> bool:
        return self.draw(order, line, "short") < SHORT

    def double_tap(self, order: str, line: int) -> bool:
        return self.draw(order, line, "double_tap") < DOUBLE_TAP

    def skip(self, order: str, line: int) -> bool:
        return self.draw(order, line, "skip") < SKIP

    def walks_away(self, order: str, line: int) -> bool:
        return self.draw(order, line, "walks_away") < WALKS_AWAY

    def unreadable(self, order: str, line: int) -> bool:
        return self.draw(order, line, "unreadable") < UNREADABLE

    def not_empty(self, order: str, line: int) -> bool:
        return self.draw(order, line, "not_empty") < NOT_EMPTY

    def scans_first(self, order: str, line: int) -> bool:
        return self.draw(order, line, "scans_first") < SCANS_FIRST

    def think_s(self, order: str, line: int, name: str) -> float:
        """How long a person looks before he acts: 0.8 to 2.4 s, before it is divided by the tour's speed."""
        return 0.8 + 1.6 * self.draw(order, line, f"think {name}")


EVEN_LINE_S = 9.0


@dataclass(frozen=True, slots=True)
class EvenHabits(Habits):
    """Of one who makes no mistake, scans nothing that he need not, and takes the same time for each line: for forecasts."""

    def draw(self, order: str, line: int, name: str) -> float:
        return 1.0 - 2.0**-53

    def think_s(self, order: str, line: int, name: str) -> float:
        """Before each line so long, and no time for a question: the pile of totes is in reach."""
        return EVEN_LINE_S if name == "task" else 0.5
