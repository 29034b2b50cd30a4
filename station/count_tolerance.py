"""By how much a count may differ from the book before somebody else has to approve it. Pure; whole numbers only."""

from __future__ import annotations

from dataclasses import dataclass

from station.values import Item


@dataclass(frozen=True, slots=True)
class CountTolerance:
    """The larger of both: so many of the stock unit, so many percent of the book."""

    pieces: int = 2
    percent: int = 0

    def is_beyond(self, item: Item, *, counted: int, book: int) -> bool:
        """Whether this count has to be approved."""
        allowed: int = max(self.pieces * 10**item.decimals, max(book, 0) * self.percent // 100)
        return abs(counted - book) > allowed
