"""Buffers: stock against what varies, judged by zones, proposed larger or smaller with the reason; a person applies it.

A loop inside the house has a buffer of use times the time that it must last; a supplier's loop has a dynamic buffer or a cycle
with safety stock. Never two of them: `Cover` is one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from station.jit.percentile import percentile

GREEN_END, YELLOW_END = 1 / 3, 2 / 3
CHANGE = 1 / 3
GREEN_TIMES = 2.0  # replenishment times that it was continuously green before it is proposed smaller
INTERNAL_SHARE = 0.95


class Zone(StrEnum):
    """How much of a buffer is gone: less than a third green, two thirds yellow, all but nothing red; black: nothing is left."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    BLACK = "black"


class Reason(StrEnum):
    TOO_MUCH_GREEN = "too_much_green"
    TOO_MUCH_RED = "too_much_red"
    COOLING = "cooling"  # it was changed less than one replenishment time ago
    FITS = "fits"
    NO_HISTORY = "no_history"


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalBuffer:
    """Of a loop inside: `size` (scaled integer) with what it was made from."""

    size: int
    use_per_day: float
    replenishment_p95_days: float
    stop_cover_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DynamicBuffer:
    """Of a supplier's loop. `changed_days_ago` None: never yet."""

    size: int
    replenishment_days: float
    changed_days_ago: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleAndSafety:
    """Of a supplier's loop without a dynamic buffer: the lot that is ordered, and safety stock beneath it."""

    cycle: int
    safety: int


Cover = InternalBuffer | DynamicBuffer | CycleAndSafety


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a person may apply: the new size, its effect in pieces (scaled) and in money (minor units; None: value not known), and
    the figures it rests on. `reason` COOLING, FITS and NO_HISTORY change nothing."""

    before: int
    after: int
    reason: Reason
    green_days: float
    red_sum: int
    red_limit: int
    money_minor: int | None = None

    @property
    def pieces(self) -> int:
        return self.after - self.before


def internal_buffer(use_per_day: float, replenishments_days: Sequence[float], *, stop_cover_days: float) -> InternalBuffer:
    """use rate x (95th percentile of the measured internal replenishment + cover for micro-stops), rounded up.

    Source: the buffer between stations decouples process variability (Hopp and Spearman, Factory Physics, 8.6); its time is
    measured here, not assumed. ValueError without a measured replenishment.
    """
    p95 = percentile(replenishments_days, INTERNAL_SHARE)
    size = math.ceil(use_per_day * (p95 + stop_cover_days) - 1e-9)
    return InternalBuffer(size=size, use_per_day=use_per_day, replenishment_p95_days=p95, stop_cover_days=stop_cover_days)


def penetration(on_hand: int, size: int) -> float:
    """Which share of the buffer is gone: 0 full, 1 empty. Free stock on hand is judged here, never the net position."""
    return 1.0 if size <= 0 else min(1.0, max(0.0, (size - on_hand) / size))


def zone_of(on_hand: int, size: int) -> Zone:
    """Source: Schragenheim, in Cox and Schleier 2010, Theory of Constraints Handbook, 184-205. A limit belongs to the worse."""
    gone = penetration(on_hand, size)
    if gone >= 1:
        return Zone.BLACK
    return Zone.GREEN if gone < GREEN_END else Zone.YELLOW if gone < YELLOW_END else Zone.RED


def propose(
    buffer: DynamicBuffer, on_hand: Sequence[int], *, unit_value_minor: float | None = None, change: float = CHANGE
) -> Proposal:
    """What dynamic buffer management says of free stock on hand at the end of each day, the newest last.

    Too much red: what was missing below the red line, added up over one replenishment time, reaches the size of the red zone.
    Too much green: green without a break for two replenishment times. After a change it is left alone for one replenishment time.
    Source: as `zone_of`. ValueError when the buffer or its replenishment time is nothing.
    """
    if buffer.size <= 0 or buffer.replenishment_days <= 0:
        raise ValueError("a buffer has a size and a replenishment time")
    days = math.ceil(buffer.replenishment_days)
    red_limit = math.ceil(buffer.size / 3)
    red_sum = sum(max(0, red_limit - max(0, each)) for each in on_hand[-days:])
    green_days = _green_days(on_hand, buffer.size)
    reason = _reason(buffer, len(on_hand), is_red=red_sum >= red_limit, green_days=green_days)
    after = _changed(buffer.size, reason, change=change)
    money = None if unit_value_minor is None else round((after - buffer.size) * unit_value_minor)
    return Proposal(
        before=buffer.size,
        after=after,
        reason=reason,
        green_days=green_days,
        red_sum=red_sum,
        red_limit=red_limit,
        money_minor=money,
    )


def _green_days(on_hand: Sequence[int], size: int) -> int:
    days = 0
    for each in reversed(on_hand):
        if zone_of(each, size) is not Zone.GREEN:
            break
        days += 1
    return days


def _reason(buffer: DynamicBuffer, known_days: int, *, is_red: bool, green_days: int) -> Reason:
    if buffer.changed_days_ago is not None and buffer.changed_days_ago < buffer.replenishment_days:
        return Reason.COOLING
    if is_red:
        return Reason.TOO_MUCH_RED
    if green_days >= GREEN_TIMES * buffer.replenishment_days:
        return Reason.TOO_MUCH_GREEN
    return Reason.NO_HISTORY if known_days < buffer.replenishment_days else Reason.FITS


def _changed(size: int, reason: Reason, *, change: float) -> int:
    if reason is Reason.TOO_MUCH_RED:
        return size + max(1, math.ceil(size * change - 1e-9))
    if reason is Reason.TOO_MUCH_GREEN:
        return max(1, size - math.floor(size * change + 1e-9))
    return size
