"""The buffers of kanban loops: zones, what is proposed, and the staircase down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from station.jit.buffers import Zone
from station.jit.loop_buffers import Around, LoopBuffer, Mark, Still, Why, buffer_of, cycles_left, resized, size_of
from station.jit.readiness import Gate, Measured
from station.values import PullLoop, PullSignal

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
BEGAN = NOW - timedelta(days=60)
GREEN = (Measured(gate=Gate.ACCURACY, figure=0.99, limit=0.98, is_at_least=True),)
RED = (replace(GREEN[0], figure=0.9),)
OUTSIDE = PullLoop(
    loop="S1", item="A", consumer="M1", container=10, cards=0, lead_time_min=4 * 1440, since=BEGAN, supplier="Brandt",
    trigger_at=20, up_to=60,
)  # fmt: skip
INSIDE = PullLoop(loop="K1", item="A", consumer="L3", container=40, cards=3, lead_time_min=120, since=BEGAN, use_per_day=480)


def came(number: int, *, loop: PullLoop = OUTSIDE, late: bool = False, after: datetime = BEGAN) -> PullSignal:
    at = after + timedelta(days=number, hours=1)
    need_by = at + timedelta(hours=6)
    end = need_by + timedelta(hours=1 if late else -1)
    state = "received" if loop.supplier else "delivered"
    return PullSignal(
        signal=f"{loop.loop}.{number}", item="A", quantity=loop.container, consumer="M1", origin="trigger", raised_at=at,
        need_by=need_by, loop=loop.loop, supplier=loop.supplier, state=state, is_open=False,
        steps=(("signalled", at), (state, end)),
    )  # fmt: skip


def outside(*, stock: list[int], gates: tuple[Measured, ...] = GREEN, **around: object) -> LoopBuffer:
    told = Around(**({"signals": (), "on_hand": stock, "unit_value": 50.0} | around))  # type: ignore[arg-type]
    return buffer_of(OUTSIDE, told, gates=gates, now=NOW)


def test_a_buffer_that_was_red_in_one_replenishment_time_is_proposed_a_third_larger_in_pieces_and_money() -> None:
    found = outside(stock=[30, 12, 10, 8, 9], gates=RED)
    assert (found.size, found.on_hand, found.zone) == (60, 9, Zone.RED)
    assert found.change is not None
    assert (found.change.reason, found.change.after, found.change.pieces, found.change.money) == (Why.RED, 80, 20, 1000)
    after = resized(OUTSIDE, found.change.after)
    assert (after.trigger_at, after.up_to, size_of(after)) == (27, 80, 80)


def test_after_a_change_it_is_left_alone_for_one_replenishment_time() -> None:
    new, old = Mark(at=NOW - timedelta(days=3), after=60), Mark(at=NOW - timedelta(days=5), after=60)
    assert outside(stock=[5] * 9, mark=new).still is Still.COOLING
    assert outside(stock=[5] * 9, mark=old).change is not None
    assert outside(stock=[5] * 9, mark=replace(new, after=50)).change is not None  # somebody set the loop anew since


def test_smaller_opens_after_three_good_replenishments_with_green_gates() -> None:
    two, three = [tuple(came(number) for number in range(count)) for count in (2, 3)]
    waiting = outside(stock=[50] * 20, signals=two, target=30)
    assert (waiting.change, waiting.still, waiting.cycles, cycles_left(waiting)) == (None, Still.CYCLES, 2, 1)
    opened = outside(stock=[50] * 20, signals=three, target=30)
    assert opened.change is not None
    assert (opened.change.reason, opened.change.step, opened.change.levels[0]) == (Why.DOWN, 1, 60)
    assert opened.change.after == opened.change.levels[1] < 60
    shut = outside(stock=[50] * 20, signals=three, target=30, gates=RED)
    assert (shut.change, shut.still, shut.red_gates) == (None, Still.GATES, ("accuracy",))
    unsure = outside(stock=[50] * 20, signals=(*two, came(3, late=True)), target=30)
    assert (unsure.change, unsure.cycles) == (None, 0)  # the line stopped: the count begins anew


LEVELS = (90, 80, 70, 60, 50)
ON_STEP = Mark(at=NOW - timedelta(days=20), after=60, levels=LEVELS, step=3)


def test_a_red_gate_or_a_stop_proposes_the_step_back() -> None:
    back = outside(stock=[50] * 30, mark=ON_STEP, gates=RED)
    assert back.change is not None
    assert (back.change.reason, back.change.after, back.change.step) == (Why.GATE, 70, 2)
    late = outside(stock=[50] * 30, mark=ON_STEP, signals=(came(1, late=True, after=ON_STEP.at),))
    assert late.change is not None
    assert (late.change.reason, late.change.after) == (Why.STOP, 70)
    waiting = replace(came(1, after=ON_STEP.at), is_open=True, state="sent", steps=())
    overdue = outside(stock=[50] * 30, mark=ON_STEP, signals=(waiting,))
    assert overdue.change is not None
    assert overdue.change.reason is Why.STOP
    in_time = replace(waiting, need_by=NOW + timedelta(hours=1))
    assert outside(stock=[50] * 30, mark=ON_STEP, signals=(in_time,)).change is None
    dry = outside(stock=[50] * 25 + [0, 50, 50, 50, 50], mark=ON_STEP)
    assert dry.change is not None
    assert dry.change.reason is Why.STOP
    assert outside(stock=[0] + [50] * 29, mark=ON_STEP).change is None  # that was before the step


def test_the_stair_goes_on_from_where_it_stands_and_ends() -> None:
    good = tuple(came(number, after=ON_STEP.at) for number in range(3))
    down = outside(stock=[50] * 30, mark=ON_STEP, signals=good)
    assert down.change is not None
    assert (down.change.after, down.change.step) == (50, 4)
    lowest = replace(OUTSIDE, trigger_at=17, up_to=50)
    mark = replace(ON_STEP, after=50, step=4)
    told = Around(signals=good, on_hand=[40] * 30, mark=mark)
    assert buffer_of(lowest, told, gates=GREEN, now=NOW).still is Still.FITS


def test_a_loop_inside_has_what_its_use_and_its_measured_time_ask() -> None:
    """use x (p95 + micro-stop cover): 480 a day x (5 h + 30 min) = 110 pieces: three cards of 40 hold it."""
    signals = tuple(came(number, loop=INSIDE) for number in range(5))
    told = Around(signals=signals, stop_cover_days=30 / 1440)
    fits = buffer_of(INSIDE, told, gates=GREEN, now=NOW)
    assert fits.internal is not None
    assert (fits.internal.size, fits.size, fits.change, fits.still) == (110, 120, None, Still.FITS)
    one = buffer_of(replace(INSIDE, cards=1), told, gates=GREEN, now=NOW)
    assert one.change is not None
    assert (one.change.reason, one.change.after, resized(INSIDE, one.change.after).cards) == (Why.INSIDE, 120, 3)
    assert buffer_of(INSIDE, Around(signals=signals[:4]), gates=GREEN, now=NOW).still is Still.NO_HISTORY


def test_what_is_asked_for_is_missing_at_the_line() -> None:
    waits = replace(came(1, loop=INSIDE), state="released", is_open=True)
    found = buffer_of(INSIDE, Around(signals=(waits, replace(waits, signal="K1.2"))), gates=GREEN, now=NOW)
    assert (found.on_hand, found.zone) == (40, Zone.RED)


@pytest.mark.parametrize(("size", "at", "up_to"), [(1, 0, 1), (60, 20, 60), (61, 21, 61)])
def test_a_trigger_stays_below_its_top(size: int, at: int, up_to: int) -> None:
    after = resized(OUTSIDE, size)
    assert (after.trigger_at, after.up_to) == (at, up_to)
