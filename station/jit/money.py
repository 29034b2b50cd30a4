"""What holding stock costs, part by part, and which parts go away with the stock.

Money is in minor units. Less stock saves only what is avoidable: a hall that is heated anyway is heated for less as well. Cash
that comes free is no saving; it is told apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DAYS_A_YEAR = 365.0


@dataclass(frozen=True, slots=True)
class CostPart:
    """A part of the carrying cost: a share of the stock's value a year. Fixed: it is paid with less stock, too."""

    name: str
    rate: float
    is_avoidable: bool


@dataclass(frozen=True, slots=True)
class CarryingCost:
    """All parts. Sources: 20 to 30 % of the value a year is usual (Silver, Pyke, Peterson 1998, 3.5; Richardson 1995)."""

    parts: tuple[CostPart, ...]

    @property
    def rate(self) -> float:
        return sum(each.rate for each in self.parts)

    @property
    def avoidable_rate(self) -> float:
        return sum(each.rate for each in self.parts if each.is_avoidable)

    def per_year(self, value_minor: float) -> Mapping[str, float]:
        """What stock of this value costs a year, by part."""
        return {each.name: each.rate * value_minor for each in self.parts}


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A change of stock in money: `cash_minor` comes free once (below zero: is bound), `saved_minor` a year is avoidable carrying
    cost, `unsaved_minor` a year is what the books call carrying cost and is paid all the same."""

    cash_minor: float
    saved_minor: float
    unsaved_minor: float


def effect(before_minor: float, after_minor: float, *, cost: CarryingCost) -> Effect:
    """What it brings that stock of one value becomes stock of another."""
    less = before_minor - after_minor
    saved = less * cost.avoidable_rate
    return Effect(cash_minor=less, saved_minor=saved, unsaved_minor=less * cost.rate - saved)


def turns(*, issued_per_year: float, mean_stock: float) -> float | None:
    """Annual issues by mean stock, both at cost; None without stock. Source: SCOR names it inventory turns."""
    return issued_per_year / mean_stock if mean_stock > 0 else None


def days_of_supply(*, issued_per_year: float, mean_stock: float) -> float | None:
    """How long the stock lasts: 365 / turns; None when nothing is issued."""
    return DAYS_A_YEAR * mean_stock / issued_per_year if issued_per_year > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AboveAndBelow:
    """`above_minor`: value of the stock over the buffer's top, mean of the days; `days_out`: days with nothing, `lost_minor`:
    value
    of a day's use for each of them."""

    above_minor: float
    days_out: int
    lost_minor: float


def above_and_below(on_hand: Sequence[int], *, top: int, use_per_day: float, unit_value_minor: float) -> AboveAndBelow:
    """Too much and too little in money, from free stock at the end of each day."""
    above = sum(max(0, each - top) for each in on_hand) / len(on_hand) if on_hand else 0.0
    out = sum(each <= 0 for each in on_hand)
    return AboveAndBelow(above_minor=above * unit_value_minor, days_out=out, lost_minor=out * use_per_day * unit_value_minor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aged:
    """Stock without an issue for so long: a risk of obsolescence, in money."""

    item: str
    idle_days: int
    value_minor: float


def aged(stock: Mapping[str, tuple[int | None, float]], *, from_days: int = 365) -> tuple[Aged, ...]:
    """Items by (days since the last issue, None for never; value), the dearest first, idle for `from_days` or longer."""
    found = [
        Aged(item=item, idle_days=days if days is not None else from_days, value_minor=value)
        for item, (days, value) in stock.items()
        if value > 0 and (days is None or days >= from_days)
    ]
    return tuple(sorted(found, key=lambda each: (-each.value_minor, each.item)))
