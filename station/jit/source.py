"""What just-in-time figures are made from: demand, facts, assumptions, and what the record has measured."""

from __future__ import annotations

from dataclasses import dataclass

from station.jit.assortment import Assortment, analyse
from station.jit.demand import Series
from station.jit.facts import Assumptions, ItemFacts
from station.jit.suppliers import Delivery
from station.values import EventFact, StockChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What was read. `is_rejected`: a line of a file was left out, so that the answer is not of the whole."""

    series: tuple[Series, ...]
    facts: dict[str, ItemFacts]
    given: Assumptions
    period_days: float
    is_period_assumed: bool = False
    drawn: tuple[str, ...] = ()
    undated: int = 0
    counted: tuple[tuple[int, int], ...] = ()
    changes: tuple[StockChange, ...] = ()
    internal: float | None = None  # of the signals that were delivered inside the house
    deliveries: tuple[Delivery, ...] = ()
    worked: tuple[EventFact, ...] = ()  # what the bay's time went into, lately
    is_rejected: bool = False

    def analysed(self) -> Assortment:
        """The assortment of it."""
        return analyse(self.series, self.facts, given=self.given, period_days=self.period_days, drawn=self.drawn)
