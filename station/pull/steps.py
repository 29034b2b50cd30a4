"""A person, or the host, says that a signal has gone a step further. Pure."""

from __future__ import annotations

from datetime import datetime

from db.records.pull import SignalMoved
from station.cancel import cancellation
from station.jit.signal import Happened, Origin, Signal, SignalState, Step, refusal
from station.pull.facts import Facts
from station.values import Pulled, PullSignal

BY_HAND = (Step.HAND_OVER, Step.DELIVER, Step.SEND, Step.SHIP, Step.CANCEL)  # the others come of orders and receipts


def as_signal(each: PullSignal) -> Signal:
    """The signal as its life is judged by."""
    return Signal(
        signal=each.signal,
        item=each.item,
        quantity=each.quantity,
        consumer=each.consumer,
        origin=Origin(each.origin),
        at=each.raised_at,
        need_by=each.need_by,
        loop=each.loop,
        card=each.card,
        supplier=each.supplier,
        state=SignalState(each.state),
        done=each.done,
        reason=each.reason,
        stamps=tuple((SignalState(state), at) for state, at in each.steps[1:]),
    )


def why_not(signal: PullSignal, step: Step, at: datetime, *, reason: str = "") -> str:
    """Why the step does not fit now, "" when it does."""
    return "not_now" if step not in BY_HAND else refusal(as_signal(signal), Happened(step=step, at=at, reason=reason))


def stepped(facts: Facts, name: str, step: Step, at: datetime, *, reason: str = "", proof: str) -> tuple[Pulled, str]:
    """What is written, and why nothing is. With a signal its order is cancelled."""
    signal = facts.signal(name)
    if signal is None:
        return Pulled(), "unknown_signal"
    if why := why_not(signal, step, at, reason=reason):
        return Pulled(), why
    if step is Step.CANCEL and signal.order:  # the end of its order is its own
        ended = cancellation(facts.order(signal.order), reason)
        return (Pulled(), ended) if isinstance(ended, str) else (Pulled(tuple(ended)), "")
    return Pulled((SignalMoved(signal=name, step=step.value, reason=reason, proof=proof),)), ""
