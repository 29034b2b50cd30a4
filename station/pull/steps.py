"""A person, or the host, says that a signal has gone a step further. Pure."""

from __future__ import annotations

from datetime import datetime

from db.records.pull import SignalMoved
from station.cancel import cancellation
from station.jit.signal import Happened, Origin, Signal, SignalState, Step, refusal
from station.pull.facts import Facts
from station.pull.raising import LINE
from station.values import Order, OrderKind, OrderLine, Pulled, PullSignal

TOUCH = "touch"
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
    moved = Pulled((SignalMoved(signal=name, step=step.value, reason=reason, proof=proof),))
    return (moved + announced(facts, signal) if step is Step.SEND and proof == TOUCH else moved), ""


def announced(facts: Facts, signal: PullSignal) -> Pulled:
    """What a person has asked of a supplier is to come in: a receipt announces it, against the card or the signal. A host that
    says of itself that it was sent announces it, too."""
    if facts.is_order(signal.signal):
        return Pulled()
    line = OrderLine(order=signal.signal, line=LINE, item=signal.item, quantity=signal.quantity)
    order = Order(
        order=signal.signal,
        kind=OrderKind.RECEIPT,
        need_by=signal.need_by,
        supplier=signal.supplier,
        reference=signal.card or signal.signal,
        lines=(line,),
    )
    return Pulled((), (order,))
