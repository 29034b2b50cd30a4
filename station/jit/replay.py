"""The last months' demand once more, under today's rule and under the proposal, day by day with the same draws for both.

The proposal is made from what was known before those months. A lead time is drawn by item and day of the order, so both rules
meet the same supplier on the same day. What is short waits and is served first.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from station.jit.position import Position, Rule, quantity_to_ask

DAYS_A_YEAR = 365.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Of an item: its lead time in days, drawn from a gamma distribution of this mean and spread, whole days, at least one."""

    item: str
    mean_days: float
    sd_days: float
    seed: int

    def lead_days(self, day: int) -> int:
        """Of an order on this day."""
        if self.sd_days <= 0 or self.mean_days <= 0:
            return max(1, round(self.mean_days))
        shape = (self.mean_days / self.sd_days) ** 2
        drawn = random.Random(f"{self.seed}/{self.item}/{day}").gammavariate(shape, self.mean_days / shape)
        return max(1, round(drawn))


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A rule that is looked at every `review_days`."""

    rule: Rule
    review_days: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a rule came to. Quantities are scaled integers; `short`: what could not be served on its day; `days_out`: days on
    which somebody waited; `moves`: withdrawals and put-aways."""

    days: int
    asked: int
    short: int
    days_out: int
    mean_stock: float
    orders: int
    moves: int

    @property
    def fill_rate(self) -> float | None:
        return 1 - self.short / self.asked if self.asked else None


def play(days: Sequence[int], policy: Policy, supply: Supply, *, start: int) -> Outcome:
    """The demand of each day under a rule, from a stock of `start`."""
    stock, waiting, short, out, orders, moves, summed = start, 0, 0, 0, 0, 0, 0
    coming: dict[int, int] = {}
    on_order = 0
    for day, asked in enumerate(days):
        if arrived := coming.pop(day, 0):
            stock, on_order, moves = stock + arrived, on_order - arrived, moves + 1
        served = min(stock, waiting)
        stock, waiting = stock - served, waiting - served
        taken = min(stock, asked)
        stock, waiting = stock - taken, waiting + asked - taken
        short += asked - taken
        moves += bool(served or taken)
        out += waiting > 0
        if day % policy.review_days == 0:
            position = Position(on_hand=stock, on_order=on_order, committed=waiting)
            if quantity := quantity_to_ask(position, policy.rule):
                due = day + supply.lead_days(day)
                coming[due] = coming.get(due, 0) + quantity
                on_order, orders = on_order + quantity, orders + 1
        summed += stock
    count = max(1, len(days))
    return Outcome(
        days=len(days), asked=sum(days), short=short, days_out=out, mean_stock=summed / count, orders=orders, moves=moves
    )


def by_days(periods: Sequence[int], *, period_days: int, item: str, seed: int, piece: int = 1) -> list[int]:
    """The demand of periods spread over drawn days of theirs: one piece a day while there are days, more where there are not.
    `piece` is one stock unit as a scaled integer."""
    found = []
    for number, asked in enumerate(periods):
        days = [0] * period_days
        if asked > 0:
            parts = min(period_days, max(1, asked // piece))
            chosen = random.Random(f"{seed}/{item}/demand/{number}").sample(range(period_days), parts)
            for place, day in enumerate(chosen):
                days[day] = asked // parts + (place < asked % parts)
        found += days
    return found


def todays_rule(
    *, minimum: int | None, maximum: int | None, per_day: float, lead_days: float, lot: int = 1
) -> tuple[Policy, bool]:
    """Today's static minimum and maximum; where nobody said them the usual rule of thumb is assumed, and said so: a minimum of
    two lead times, a maximum of 60 days more."""
    if minimum is not None and maximum is not None and maximum > minimum:
        return Policy(rule=Rule(at=minimum, up_to=maximum, lot=lot)), False
    low = math.ceil(2 * per_day * lead_days)
    high = low + max(1, math.ceil(60 * per_day))
    return Policy(rule=Rule(at=low, up_to=high, lot=lot)), True


def proposed_rule(level: float, *, review_days: int, lot: float = 0.0) -> Policy:
    """Below the level, asked at each review for the level and a lot."""
    reached = max(1, math.ceil(level - 1e-9))
    return Policy(rule=Rule(at=reached - 1, up_to=reached - 1 + max(1, math.ceil(lot - 1e-9))), review_days=review_days)
