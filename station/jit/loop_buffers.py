"""The buffer of each kanban loop: how much of it is gone, and what is proposed. Pure; a person applies it.

A supplier's loop has a dynamic buffer, judged by free stock in the machine. A loop inside has a buffer of cards, judged by what
is not on its way to the consumer. Larger is proposed at once. Smaller is a staircase: the next step opens after replenishment
cycles with green gates and no line stop; a red gate or a stop proposes the step back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from station.jit.buffers import DynamicBuffer, InternalBuffer, Proposal, Reason, Zone, internal_buffer, propose, zone_of
from station.jit.readiness import CYCLES, Light, Measured, Move, Stair, after_cycle, is_open, moved, staircase
from station.values import PullLoop, PullSignal

MINUTES_A_DAY = 24 * 60
FEWEST = 5  # deliveries inside, before their 95th percentile says anything


class Why(StrEnum):
    """Why a larger or smaller buffer is proposed."""

    RED = "too_much_red"
    INSIDE = "inside_short"
    DOWN = "stair_down"
    GATE = "gate_red"
    STOP = "line_stop"


class Still(StrEnum):
    """Why nothing is proposed."""

    COOLING = "cooling"
    FITS = "fits"
    NO_HISTORY = "no_history"
    CYCLES = "cycles"  # it could be smaller, after so many cycles more
    GATES = "gates"  # it could be smaller, once every gate is green


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The newest change of a loop's buffer that a person applied (`buffer_set`)."""

    at: datetime
    after: int
    levels: tuple[int, ...] = ()
    step: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What may be applied: sizes as scaled integers, money in minor units (None: nobody said what it is worth)."""

    after: int
    reason: Why
    pieces: int
    money: int | None
    levels: tuple[int, ...] = ()
    step: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopBuffer:
    """A loop's buffer. `least` is what it could be lowered to, None where nobody knows; `cycles` so many replenishments ended
    well since its last step, `red_gates` keep the next one shut; `dynamic` or `internal` is what the proposal rests on."""

    loop: PullLoop
    size: int
    on_hand: int
    zone: Zone
    least: int | None
    change: Change | None
    still: Still | None
    step: int
    steps: int
    cycles: int
    red_gates: tuple[str, ...]
    dynamic: Proposal | None = None
    internal: InternalBuffer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a loop's buffer is judged by. `on_hand`: free stock at the end of each day, the newest last (a supplier's loop);
    `target`: what the analysis of its demand would have at most, None where it should not be lowered or nobody knows."""

    signals: Sequence[PullSignal]
    on_hand: Sequence[int] = ()
    target: int | None = None
    unit_value: float | None = None  # minor units of one scaled unit
    mark: Mark | None = None
    stop_cover_days: float = 0.0


def size_of(loop: PullLoop) -> int:
    """The whole buffer: up to which its trigger asks, or what its cards stand for."""
    return loop.up_to if loop.trigger_at is not None else loop.cards * loop.container


def resized(loop: PullLoop, size: int) -> PullLoop:
    """The loop with another buffer: the trigger moves in proportion, cards are whole containers."""
    if loop.trigger_at is None:
        return replace(loop, cards=max(1, -(-size // loop.container)))
    up_to = max(1, size)
    at = min(up_to - 1, -(-loop.trigger_at * up_to // max(1, loop.up_to)))
    return replace(loop, trigger_at=max(0, at), up_to=up_to)


def buffer_of(loop: PullLoop, around: Around, *, gates: Sequence[Measured], now: datetime) -> LoopBuffer:
    """One loop as it stands."""
    size = size_of(loop)
    mark = around.mark if around.mark is not None and around.mark.after == size else None  # else somebody set the loop anew
    if loop.supplier:
        on_hand = around.on_hand[-1] if around.on_hand else 0
        dynamic, internal = _dynamic(loop, around, mark, size, now), None
    else:
        on_hand = max(0, size - sum(each.quantity for each in around.signals if each.is_open))
        dynamic, internal = None, _internal(loop, around)
    plain = LoopBuffer(
        loop=loop,
        size=size,
        on_hand=on_hand,
        zone=zone_of(on_hand, size),
        least=_least(loop, size, around, dynamic, internal),
        change=None,
        still=None,
        step=mark.step if mark else 0,
        steps=max(0, len(mark.levels) - 1) if mark else 0,
        cycles=0,
        red_gates=tuple(each.gate.value for each in gates if each.light is not Light.GREEN),
        dynamic=dynamic,
        internal=internal,
    )
    return _proposed(plain, around, mark, gates, now)


def _dynamic(loop: PullLoop, around: Around, mark: Mark | None, size: int, now: datetime) -> Proposal | None:
    if size <= 0 or not loop.lead_time_min:
        return None
    ago = None if mark is None else (now - mark.at).total_seconds() / 86_400
    buffer = DynamicBuffer(size=size, replenishment_days=loop.lead_time_min / MINUTES_A_DAY, changed_days_ago=ago)
    return propose(buffer, around.on_hand, unit_value_minor=around.unit_value)


def _internal(loop: PullLoop, around: Around) -> InternalBuffer | None:
    """Use x (95th percentile of the measured replenishment + micro-stop cover); None with too few deliveries, or where nobody
    said how much is used."""
    took = [(each.steps[-1][1] - each.raised_at).total_seconds() / 86_400 for each in around.signals if each.state == "delivered"]
    if len(took) < FEWEST or not loop.use_per_day:
        return None
    return internal_buffer(float(loop.use_per_day), took, stop_cover_days=around.stop_cover_days)


def _least(loop: PullLoop, size: int, around: Around, dynamic: Proposal | None, internal: InternalBuffer | None) -> int | None:
    """What it may be lowered to: what the demand needs, or a third less where it was green for long."""
    if internal is not None:
        return _whole(loop, internal.size)
    found = [around.target] if around.target is not None else []
    if dynamic is not None and dynamic.reason is Reason.TOO_MUCH_GREEN:
        found.append(dynamic.after)
    return None if not found or min(found) >= size else max(1, _whole(loop, max(found)))


def _whole(loop: PullLoop, size: int) -> int:
    """A buffer of cards is whole containers."""
    return size if loop.trigger_at is not None else max(1, -(-size // loop.container)) * loop.container


def _proposed(plain: LoopBuffer, around: Around, mark: Mark | None, gates: Sequence[Measured], now: datetime) -> LoopBuffer:
    larger = _larger(plain, around)
    if larger is not None:
        return replace(plain, change=larger)
    if plain.dynamic is not None and plain.dynamic.reason is Reason.COOLING and not (mark and mark.step):
        return replace(plain, still=Still.COOLING)
    stair = _stair(plain, mark)
    if stair is None:
        return replace(plain, still=_why_still(plain))
    cycles = _cycles(plain.loop, around, mark, now)
    move, stopped = (Move.STAY if is_open(gates) or not stair.step else Move.BACK), any(cycles)
    for is_stop in cycles:
        stair, move = after_cycle(stair, gates=gates, line_stops=int(is_stop))
        if move is Move.BACK:
            break
    told = replace(plain, step=stair.step, steps=len(stair.levels) - 1, cycles=stair.green_cycles)
    if move in (Move.DOWN, Move.BACK):
        to = moved(stair, move)
        reason = Why.DOWN if move is Move.DOWN else Why.STOP if stopped else Why.GATE
        return replace(told, change=_change(plain, to.level, reason, around, levels=to.levels, step=to.step))
    if move is Move.DONE or stair.step == len(stair.levels) - 1:
        return replace(told, still=Still.FITS)
    return replace(told, still=Still.CYCLES if is_open(gates) else Still.GATES)


def _larger(plain: LoopBuffer, around: Around) -> Change | None:
    dynamic, internal = plain.dynamic, plain.internal
    if dynamic is not None and dynamic.reason is Reason.TOO_MUCH_RED:
        return _change(plain, _whole(plain.loop, dynamic.after), Why.RED, around)
    if internal is not None and _whole(plain.loop, internal.size) > plain.size:
        return _change(plain, _whole(plain.loop, internal.size), Why.INSIDE, around)
    return None


def _change(plain: LoopBuffer, after: int, reason: Why, around: Around, *, levels: tuple[int, ...] = (), step: int = 0) -> Change:
    pieces = after - plain.size
    money = None if around.unit_value is None else round(pieces * around.unit_value)
    return Change(after=after, reason=reason, pieces=pieces, money=money, levels=levels, step=step)


def _stair(plain: LoopBuffer, mark: Mark | None) -> Stair | None:
    """The staircase that it is on, or a new one; None where there is nothing to lower."""
    if mark is not None and len(mark.levels) > 1:
        return Stair(item=plain.loop.item, levels=mark.levels, step=mark.step)
    if plain.least is None or plain.least >= plain.size:
        return None
    made = staircase(plain.loop.item, today=plain.size, target=plain.least)
    levels = tuple(dict.fromkeys(_whole(plain.loop, each) for each in made.levels))
    return replace(made, levels=levels) if len(levels) > 1 else None


def _cycles(loop: PullLoop, around: Around, mark: Mark | None, now: datetime) -> tuple[bool, ...]:
    """The replenishments that ended since the last step, oldest first: did the line stop meanwhile? It did where goods came after
    they were needed or are overdue now, and where since that step the stock in the machine was used up."""
    since = mark.at if mark is not None else loop.since
    ended = [(end, each) for each in around.signals if each.raised_at >= since and (end := _end(each)) is not None]
    late = [each.need_by is not None and end > each.need_by for end, each in sorted(ended, key=lambda both: both[0])]
    days = (now.date() - since.date()).days + 1
    was_dry = mark is not None and any(each <= 0 for each in around.on_hand[-days:])
    overdue = any(each.is_open and each.raised_at >= since and each.need_by and each.need_by < now for each in around.signals)
    return (*late, True) if was_dry or overdue else tuple(late)


def _end(signal: PullSignal) -> datetime | None:
    """When it was there: delivered inside the house, received from a supplier."""
    name = "received" if signal.supplier else "delivered"
    return dict(signal.steps).get(name)


def _why_still(plain: LoopBuffer) -> Still:
    is_known = plain.dynamic.reason is not Reason.NO_HISTORY if plain.dynamic is not None else plain.internal is not None
    return Still.FITS if is_known else Still.NO_HISTORY


def cycles_left(found: LoopBuffer) -> int:
    """How many good replenishments are lacking until the next step opens."""
    return max(0, CYCLES - found.cycles)


def _rank(each: LoopBuffer) -> tuple[bool, int, str]:
    worst = (Zone.BLACK, Zone.RED, Zone.YELLOW, Zone.GREEN)
    return each.change is None, worst.index(each.zone), each.loop.loop


def ranked(found: Iterable[LoopBuffer]) -> tuple[LoopBuffer, ...]:
    """What is proposed first, then the emptiest."""
    return tuple(sorted(found, key=_rank))
