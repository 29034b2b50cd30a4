"""How right the book was at the places that were counted. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from station.jit.readiness import accuracy, accuracy_by_value

Z_95 = 1.959964  # of the normal distribution: 95 % two-sided


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One count beside the book of its moment, in the item's smallest unit; `value` of one such unit, in minor units of money."""

    book: int
    counted: int
    value: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """`share` of the counts that the book agreed with (within tolerance), with the ends of its 95 % interval; `by_value` is None
    where no value is known. All None without a count."""

    counts: int
    right: int
    share: float | None
    low: float | None
    high: float | None
    by_value: float | None


def judged(compared: Sequence[Compared], *, tolerance: float = 0.0) -> Accuracy:
    """The accuracy of these counts; `tolerance` is a share of the book (0.02: two percent)."""
    pairs = [(each.book, each.counted) for each in compared]
    right = sum(abs(counted - book) <= tolerance * abs(book) for book, counted in pairs)
    low, high = wilson(right, len(pairs)) if pairs else (None, None)
    return Accuracy(
        counts=len(pairs),
        right=right,
        share=accuracy(pairs, tolerance=tolerance),
        low=low,
        high=high,
        by_value=accuracy_by_value((each.book, each.counted, each.value) for each in compared),
    )


def wilson(right: int, counts: int, z: float = Z_95) -> tuple[float, float]:
    """The score interval of a share; it stays within 0 and 1 and holds for few counts and for shares near 1, where the usual one
    does not. `counts` > 0.

    Source: Wilson 1927, Probable inference; figures in Newcombe 1998, Statistics in Medicine 17, table I, method 3.
    """
    share, spread = right / counts, z * z / counts
    middle = share + spread / 2
    half = z * sqrt(share * (1 - share) / counts + spread / (4 * counts))
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))
