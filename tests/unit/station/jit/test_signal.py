"""The life of a pull signal, as a full matrix of states and steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from station.jit.signal import (
    AskRest,
    Happened,
    Origin,
    Refused,
    Signal,
    SignalState,
    Step,
    advance,
    latencies,
    slack,
)

NOW = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
INSIDE = Signal(signal="S1", item="A", quantity=5, consumer="Line 3", origin=Origin.CARD, at=NOW)

# One row a state, one cell a step: the state it goes to, "=" done already, "." not now.
COLUMNS = "release start leave finish hand_over deliver send ship receive cross store close cancel"
STEPS = COLUMNS.split()
MATRIX = {
    "signalled": "released . . . . . sent . . . . . cancelled",
    "released": "= picking = . . . . . . . . . cancelled",
    "picking": ". = released picked . . . . . . . . .",
    "picked": ". . . = handed_over delivered . . . . . . .",
    "handed_over": ". . . . = delivered . . . . . . .",
    "delivered": ". . . . . = . . . . . . .",
    "sent": ". . . . . . = shipped received . . . cancelled",
    "shipped": ". . . . . . . = received . . . cancelled",
    "received": ". . . . . . . . = crossed stored . .",
    "crossed": ". . . . . . . . . = . closed .",
    "stored": ". . . . . . . . . . = closed .",
    "closed": ". . . . . . . . . . . = .",
    "cancelled": ". . . . . . . . . . . . =",
}
CELLS = [(state, step, cell) for state, row in MATRIX.items() for step, cell in zip(STEPS, row.split(), strict=True)]


def test_the_matrix_has_every_state_and_step() -> None:
    assert (set(MATRIX), STEPS) == ({each.value for each in SignalState}, [each.value for each in Step])


@pytest.mark.parametrize(("state", "step", "cell"), CELLS)
def test_every_step_in_every_state(state: str, step: str, cell: str) -> None:
    bought = state in ("sent", "shipped", "received", "crossed", "stored", "closed") or step == "send"
    signal = replace(INSIDE, state=SignalState(state), supplier="ACME" if bought else "")
    event = Happened(step=Step(step), at=NOW, quantity=5, reason="a reason")
    after, effects = advance(signal, event)
    if cell in ("=", "."):
        assert after is signal
        assert effects == (Refused("already" if cell == "=" else "not_now"),)
    else:
        assert (after.state.value, effects) == (cell, ())
        assert after.stamps == ((after.state, NOW),)


def test_less_than_asked_leaves_a_signal_for_the_rest() -> None:
    picking = replace(INSIDE, state=SignalState.PICKING)
    picked, effects = advance(picking, Happened(step=Step.FINISH, at=NOW, quantity=3, reason="short"))
    assert (picked.done, picked.reason, effects) == (3, "short", (AskRest(2),))


@pytest.mark.parametrize(("quantity", "why"), [(6, "too_much"), (0, "no_quantity")])
def test_exactly_what_was_asked_leaves_the_machine(quantity: int, why: str) -> None:
    picking = replace(INSIDE, state=SignalState.PICKING)
    assert advance(picking, Happened(step=Step.FINISH, at=NOW, quantity=quantity)) == (picking, (Refused(why),))


def test_a_supplier_may_send_more_than_was_asked() -> None:
    sent = replace(INSIDE, state=SignalState.SENT, supplier="ACME")
    received, effects = advance(sent, Happened(step=Step.RECEIVE, at=NOW, quantity=6))
    assert (received.done, effects) == (6, ())


@pytest.mark.parametrize(("supplier", "step"), [("", Step.SEND), ("ACME", Step.RELEASE)])
def test_a_signal_goes_to_the_machine_or_to_a_supplier(supplier: str, step: Step) -> None:
    signal = replace(INSIDE, supplier=supplier)
    assert advance(signal, Happened(step=step, at=NOW)) == (signal, (Refused("other_way"),))


def test_nothing_is_cancelled_without_a_reason() -> None:
    assert advance(INSIDE, Happened(step=Step.CANCEL, at=NOW)) == (INSIDE, (Refused("no_reason"),))


def test_the_latency_of_every_step_is_told() -> None:
    signal = INSIDE
    steps = ((Step.RELEASE, 1), (Step.START, 4), (Step.LEAVE, 9), (Step.START, 10), (Step.FINISH, 12), (Step.DELIVER, 20))
    for step, minute in steps:
        signal, _ = advance(signal, Happened(step=step, at=NOW + timedelta(minutes=minute), quantity=5))
    found = {state.value: passed.total_seconds() / 60 for state, passed in latencies(signal).items()}
    assert found == {"released": 6, "picking": 4, "picked": 2, "delivered": 8}
    assert not signal.is_open


def test_slack_is_below_zero_when_it_is_late() -> None:
    assert slack(INSIDE, NOW) is None
    assert slack(replace(INSIDE, need_by=NOW), NOW + timedelta(minutes=2)) == timedelta(minutes=-2)
