"""The life of a pull signal, as values: `advance(signal, event) -> (signal, effects)`, without clock or store."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum


class Origin(StrEnum):
    """What asked for material."""

    ORDER = "order"
    CARD = "card"
    TRIGGER = "trigger"  # a pick or a count that crossed a loop's trigger
    SEQUENCE = "sequence"  # a just-in-sequence broadcast
    CALL = "call"  # a button or a screen at the assembly station


class SignalState(StrEnum):
    SIGNALLED = "signalled"
    RELEASED = "released"
    PICKING = "picking"
    PICKED = "picked"
    HANDED_OVER = "handed_over"
    DELIVERED = "delivered"
    SENT = "sent"  # to the supplier
    SHIPPED = "shipped"
    RECEIVED = "received"
    CROSSED = "crossed"  # straight to what waited for it
    STORED = "stored"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """What happens to a signal."""

    RELEASE = "release"
    START = "start"
    LEAVE = "leave"  # the operator left the work; it is open again
    FINISH = "finish"
    HAND_OVER = "hand_over"
    DELIVER = "deliver"
    SEND = "send"
    SHIP = "ship"
    RECEIVE = "receive"
    CROSS = "cross"
    STORE = "store"
    CLOSE = "close"
    CANCEL = "cancel"


S = SignalState
MOVES: dict[tuple[SignalState, Step], SignalState] = {
    (S.SIGNALLED, Step.RELEASE): S.RELEASED,
    (S.RELEASED, Step.START): S.PICKING,
    (S.PICKING, Step.LEAVE): S.RELEASED,
    (S.PICKING, Step.FINISH): S.PICKED,
    (S.PICKED, Step.HAND_OVER): S.HANDED_OVER,
    (S.PICKED, Step.DELIVER): S.DELIVERED,  # scanned at the consumer without a word in between
    (S.HANDED_OVER, Step.DELIVER): S.DELIVERED,
    (S.SIGNALLED, Step.SEND): S.SENT,
    (S.SENT, Step.SHIP): S.SHIPPED,
    (S.SENT, Step.RECEIVE): S.RECEIVED,  # a supplier who sends no word beforehand
    (S.SHIPPED, Step.RECEIVE): S.RECEIVED,
    (S.RECEIVED, Step.CROSS): S.CROSSED,
    (S.RECEIVED, Step.STORE): S.STORED,
    (S.CROSSED, Step.CLOSE): S.CLOSED,
    (S.STORED, Step.CLOSE): S.CLOSED,
    (S.SIGNALLED, Step.CANCEL): S.CANCELLED,
    (S.RELEASED, Step.CANCEL): S.CANCELLED,
    (S.SENT, Step.CANCEL): S.CANCELLED,
    (S.SHIPPED, Step.CANCEL): S.CANCELLED,  # lost on the way
}
TARGETS = {step: frozenset(state for (_, each), state in MOVES.items() if each is step) for step in Step}
ENDED = frozenset({S.DELIVERED, S.CLOSED, S.CANCELLED})
TAKES_QUANTITY = frozenset({Step.FINISH, Step.RECEIVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Exactly so much of an item, for whom, by when and why. `card`: the kanban card that asks, "" for none. `stamps` say when
    each state began, in order. `done` is what was picked or received."""

    signal: str
    item: str
    quantity: int
    consumer: str
    origin: Origin
    at: datetime
    need_by: datetime | None = None
    loop: str = ""
    card: str = ""
    supplier: str = ""  # "": it is served from the machine
    state: SignalState = SignalState.SIGNALLED
    done: int = 0
    reason: str = ""
    stamps: tuple[tuple[SignalState, datetime], ...] = field(default=())

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One step, when it happened, with the quantity that was picked or received, and why."""

    step: Step
    at: datetime
    quantity: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AskRest:
    """Less came than was asked: the rest is a signal of its own, so that this one can end."""

    quantity: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The step does not fit. `why`: not_now, already, no_quantity, too_much, no_reason or other_way."""

    why: str


Effect = AskRest | Refused


def advance(signal: Signal, event: Happened) -> tuple[Signal, tuple[Effect, ...]]:
    """The signal after the step, or the same with why not. A step that was done already changes nothing."""
    if why := refusal(signal, event):
        return signal, (Refused(why),)
    target = MOVES[signal.state, event.step]
    moved = replace(signal, state=target, stamps=(*signal.stamps, (target, event.at)))
    if event.step not in TAKES_QUANTITY:
        return replace(moved, reason=event.reason or signal.reason), ()
    rest = signal.quantity - event.quantity
    return replace(moved, done=event.quantity, reason=event.reason), ((AskRest(rest),) if rest > 0 else ())


def refusal(signal: Signal, event: Happened) -> str:
    """Why a step does not fit, "" when it does."""
    if (signal.state, event.step) not in MOVES:
        return "already" if signal.state in TARGETS[event.step] else "not_now"
    if event.step in (Step.RELEASE, Step.SEND) and (event.step is Step.SEND) is not bool(signal.supplier):
        return "other_way"
    if event.step is Step.CANCEL and not event.reason:
        return "no_reason"
    if event.step in TAKES_QUANTITY:
        return _quantity_refusal(signal, event)
    return ""


def _quantity_refusal(signal: Signal, event: Happened) -> str:
    if event.quantity < 1:
        return "no_quantity"
    # A supplier sends what he sends; from the machine leaves what was asked for, and no piece more.
    return "too_much" if event.step is Step.FINISH and event.quantity > signal.quantity else ""


def latencies(signal: Signal) -> dict[SignalState, timedelta]:
    """How long it took from each state to the next, by the state that was reached; of one reached twice the whole."""
    found: dict[SignalState, timedelta] = {}
    before = signal.at
    for state, at in signal.stamps:
        found[state] = found.get(state, timedelta(0)) + (at - before)
        before = at
    return found


def slack(signal: Signal, now: datetime) -> timedelta | None:
    """How long there is until it is needed; below zero it is late; None when nobody said by when."""
    return None if signal.need_by is None else signal.need_by - now
