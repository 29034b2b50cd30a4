"""How many cards a loop has, how much work in progress a line may hold, and what a loop says of itself."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from station.jit.normal import z_of

NOISE = 1e-9  # relative: 0.2 x 2 x 1.2 is no more than 0.48, whatever the processor says


class Trigger(StrEnum):
    """When the card of a container goes back: with the first piece out of it, or when it is empty."""

    FIRST_PIECE = "first_piece"
    BIN_EMPTY = "bin_empty"


class Covers(StrEnum):
    """Which variability a loop's stock is there for: that inside (bay to consumer, work in progress), or that of a supplier."""

    INTERNAL = "internal"
    EXTERNAL = "external"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """A kanban loop. Quantities are scaled integers of the item; `lead_time_days` is working days from the card to the full
    container. `supplier` "": the loop is inside the house."""

    loop: str
    item: str
    consumer: str
    container: int
    cards: int
    lead_time_days: float
    supplier: str = ""
    trigger: Trigger = Trigger.BIN_EMPTY

    @property
    def covers(self) -> Covers:
        return Covers.EXTERNAL if self.supplier else Covers.INTERNAL


@dataclass(frozen=True, slots=True)
class CardCount:
    """A number of cards with all that it was made from: `exact` is the figure before it was rounded up."""

    cards: int
    exact: float
    formula: str
    inputs: Mapping[str, float]


def cards(*, demand_per_day: float, lead_time_days: float, container: float, safety: float = 0.0) -> CardCount:
    """N = D L (1 + alpha) / C, rounded up; `safety` is alpha.

    Source: Monden 1983, Toyota Production System; Ohno's form. ValueError when the container holds nothing.
    """
    exact = demand_per_day * lead_time_days * (1 + safety) / _full(container)
    inputs = {"demand_per_day": demand_per_day, "lead_time_days": lead_time_days, "container": container, "safety": safety}
    return CardCount(_up(exact), exact, "D L (1 + alpha) / C", inputs)


def cards_by_spread(*, demand_per_day: float, lead_time_days: float, container: float, sigma: float, service: float) -> CardCount:
    """N = (D L + z sigma_L) / C, rounded up: `sigma` is the standard deviation of the demand in one lead time, `service` the
    share of cycles without a stock-out. Source: Hopp and Spearman, Factory Physics, the base stock of a loop in containers.
    """
    exact = (demand_per_day * lead_time_days + z_of(service) * sigma) / _full(container)
    inputs = {"demand_per_day": demand_per_day, "lead_time_days": lead_time_days, "container": container, "sigma": sigma}
    return CardCount(_up(exact), exact, "(D L + z sigma) / C", inputs | {"service": service})


def with_trigger(count: CardCount, trigger: Trigger) -> CardCount:
    """One card more where it goes back only when the container is empty: (N - 1) C = D L.

    Source: Oracle Inventory, kanban planning, "one more when the card is released at the empty bin".
    """
    more = 1 if trigger is Trigger.BIN_EMPTY else 0
    return CardCount(count.cards + more, count.exact, count.formula + (" + 1" if more else ""), count.inputs)


def two_bin_container(*, demand_per_day: float, lead_time_days: float, safety: float = 0.0) -> float:
    """The least that one of two bins must hold: what is used until the other one is back full."""
    return demand_per_day * lead_time_days * (1 + safety)


def work_in_progress(*, per_hour: float, cycle_hours: float) -> float:
    """Little 1961: WIP = throughput x cycle time."""
    return per_hour * cycle_hours


def conwip_limit(*, bottleneck_per_hour: float, raw_hours: float, wanted_per_hour: float) -> int:
    """The fewest units of work in progress that give the wanted throughput in the practical worst case, where
    TH(w) = w r_b / (W0 + w - 1) and W0 = r_b T0. Source: Hopp and Spearman, Factory Physics, chapter 7.

    ValueError when more is wanted than the bottleneck can ever do.
    """
    if not 0 < wanted_per_hour < bottleneck_per_hour:
        raise ValueError("wanted throughput must lie below that of the bottleneck")
    critical = bottleneck_per_hour * raw_hours
    exact = wanted_per_hour * (critical - 1) / (bottleneck_per_hour - wanted_per_hour)
    return max(1, _up(exact))


def practical_worst_case(units: int, *, bottleneck_per_hour: float, raw_hours: float) -> float:
    """Throughput with so many units of work in progress (see `conwip_limit`)."""
    return units * bottleneck_per_hour / (bottleneck_per_hour * raw_hours + units - 1)


def _full(container: float) -> float:
    if container <= 0:
        raise ValueError("a container must hold something")
    return container


def _up(exact: float) -> int:
    return math.ceil(exact - NOISE * max(1.0, abs(exact)))
