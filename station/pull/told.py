"""What a planner is told of pull: the loops with the number of cards by formula, cards that are lost or too many, and how long
each step takes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from station.jit.conwip import WipCount
from station.jit.kanban import CardCount, Loop, Trigger, cards, with_trigger
from station.jit.percentile import percentile
from station.jit.position import Position
from station.jit.raising import CardsFound, cards_found
from station.jit.signal import latencies
from station.pull.cards import BETWEEN
from station.pull.steps import as_signal
from station.pull.triggers import as_position
from station.pull.wip import wip_of_loop
from station.values import PULL_AT_WORK, PullCard, PullLoop, PullPosition, PullSignal, Receipt

MINUTES_A_DAY = 24 * 60
LOST_TURNS = 3.0  # turns of all cards without a scan of this one
TOTAL = "total"  # from the signal to its delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopTold:
    """A loop as it runs: `formula` is how many cards it should have, None where nobody said what the number is made of;
    `at_work` counts its consumer's signals under way, against its `wip_limit`; `wip` is that limit by formula, None where nobody
    said what it is made of; `position` is there for a loop with a trigger."""

    loop: PullLoop
    formula: CardCount | None
    found: CardsFound
    open_signals: int
    at_work: int
    position: Position | None
    wip: WipCount | None = None


@dataclass(frozen=True, slots=True)
class StepTold:
    """How long a step takes, in seconds: how often it was measured, the middle and the 95th percentile."""

    step: str
    count: int
    p50_s: float
    p95_s: float


def as_loop(each: PullLoop) -> Loop:
    """The loop as the formulas take it."""
    return Loop(
        loop=each.loop,
        item=each.item,
        consumer=each.consumer,
        container=each.container,
        cards=each.cards,
        lead_time_days=each.lead_time_min / MINUTES_A_DAY,
        supplier=each.supplier,
        trigger=Trigger(each.goes_back),
    )


def formula_of(each: PullLoop) -> CardCount | None:
    """How many cards the loop's own figures make; None where they are not said."""
    if not each.use_per_day or not each.lead_time_min:
        return None
    loop = as_loop(each)
    made = cards(
        demand_per_day=float(each.use_per_day),
        lead_time_days=loop.lead_time_days,
        container=float(each.container),
        safety=each.safety_percent / 100,
    )
    return with_trigger(made, loop.trigger)


def loops_told(
    loops: Iterable[PullLoop],
    *,
    signals: Sequence[PullSignal],
    seen: Sequence[PullCard],
    positions: Mapping[str, PullPosition],
    now: datetime,
) -> tuple[LoopTold, ...]:
    """Every loop. A card that was never seen counts as seen when its loop began."""
    return tuple(_loop_told(each, signals, seen, positions, now) for each in loops)


def _loop_told(
    loop: PullLoop,
    signals: Sequence[PullSignal],
    seen: Sequence[PullCard],
    positions: Mapping[str, PullPosition],
    now: datetime,
) -> LoopTold:
    of_loop = [(each.card.rpartition(BETWEEN)[2], each.seen_at) for each in seen if each.loop == loop.loop]
    begun = [(str(number), loop.since) for number in range(1, loop.cards + 1)]
    is_watched = loop.trigger_at is not None
    return LoopTold(
        loop=loop,
        formula=formula_of(loop),
        found=cards_found(as_loop(loop), [*begun, *of_loop], now=now, turns=LOST_TURNS),
        open_signals=sum(each.is_open and each.loop == loop.loop for each in signals),
        at_work=sum(each.consumer == loop.consumer and each.state in PULL_AT_WORK for each in signals),
        position=as_position(positions.get(loop.item, PullPosition())) if is_watched else None,
        wip=wip_of_loop(loop),
    )


def steps_told(signals: Iterable[PullSignal], receipts: Iterable[Receipt]) -> tuple[StepTold, ...]:
    """How long each step took, by the state that was reached; dock to stock and dock to order, by the last piece of a receipt."""
    found: dict[str, list[float]] = {}
    for each in signals:
        for state, took in latencies(as_signal(each)).items():
            found.setdefault(state.value, []).append(took.total_seconds())
        if each.state == "delivered":
            found.setdefault(TOTAL, []).append((each.steps[-1][1] - each.raised_at).total_seconds())
    for receipt in receipts:
        if receipt.dwell_s is not None:
            name = {"stored": "dock_to_stock", "crossed": "dock_to_order"}.get(receipt.way, "dock_to_both")
            found.setdefault(name, []).append(float(receipt.dwell_s))
    return tuple(StepTold(name, len(took), percentile(took, 0.5), percentile(took, 0.95)) for name, took in found.items())


def internal_ratio(signals: Iterable[PullSignal]) -> float | None:
    """The 95th percentile of how long deliveries inside the house took, as a share of the time that there was for each; up to 1
    they came in time. None where none was delivered."""
    shares = [
        (each.steps[-1][1] - each.raised_at) / (each.need_by - each.raised_at)
        for each in signals
        if each.state == "delivered" and not each.supplier and each.need_by is not None and each.need_by > each.raised_at
    ]
    return percentile(shares, 0.95) if shares else None
