"""How much to ask for at once, and for how many days that lasts."""

from __future__ import annotations

import math
from dataclasses import dataclass

DAYS_A_YEAR = 365.0


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot size and what orders and stock of it cost a year."""

    quantity: float
    cost_per_year: float


def economic_lot(*, per_year: float, order_cost: float, unit_value: float, rate: float) -> Lot:
    """Q = sqrt(2 A D / (i v)), with cost sqrt(2 A D i v); `rate` is carrying cost a year as a share of the value.

    Source: Harris 1913; as in Snyder and Shen, Fundamentals of Supply Chain Theory, 3.2.
    """
    holding = unit_value * rate
    return Lot(math.sqrt(2 * order_cost * per_year / holding), math.sqrt(2 * order_cost * per_year * holding))


def time_supply_days(*, per_year: float, order_cost: float, unit_value: float, rate: float) -> float:
    """For how many days an economic lot lasts: T = sqrt(2 A / (D v i)), in days. It falls with value times turnover: the dear and
    the busy want little lots. Source: Silver, Pyke, Peterson 1998, 5.2."""
    return DAYS_A_YEAR * math.sqrt(2 * order_cost / (per_year * unit_value * rate))


def cost_of_lots(*, per_year: float, order_cost: float, unit_value: float, rate: float, lot: float) -> float:
    """What lots of this size cost a year: A D / Q for orders, i v Q / 2 for stock."""
    return order_cost * per_year / lot + rate * unit_value * lot / 2
