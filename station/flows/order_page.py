"""What is asked before something is done to an order as a whole. Pure.

LOOK -- hold, let go on, take over --> WHY --> the act, on its way to the disk: ACTING --> LOOK
LOOK -- split -->  LINES -- split again --> WHY --> ACTING
LOOK -- cancel --> WHY -- something was taken for it --> TAKEN (goes on, or comes back) --> ACTING
Back leads one question back; while the act is on its way nothing is answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from station import commands as do
from station.order_acts import Act, OrderAct, movable, why_not_moved, why_not_split
from station.order_seen import OrderSeen
from station.values import OrderKind, OrderState

GOES_ON, PUT_BACK = "goes_on", "put_back"
REASONS: Mapping[Act, tuple[str, ...]] = {
    Act.HOLD: ("order_to_check", "order_customer", "order_later", "order_other"),
    Act.RESUME: ("order_checked", "order_customer", "order_other"),
    Act.TAKE_OVER: ("order_person_left", "order_shift_end", "order_help", "order_other"),
    Act.SPLIT: ("order_share", "order_part_urgent", "order_later", "order_other"),
    Act.CANCEL: ("order_customer", "order_wrong", "order_not_needed", "order_other"),
}
OF_COMMAND: Mapping[type[object], Act] = {
    do.HoldOrder: Act.HOLD,
    do.ResumeOrder: Act.RESUME,
    do.TakeOverOrder: Act.TAKE_OVER,
    do.CancelOrder: Act.CANCEL,
}


@dataclass(frozen=True, slots=True)
class Look:
    """The order is looked at."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Which lines go into an order of their own."""

    chosen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Why:
    """The reason is asked. `chosen` are the lines of a split."""

    act: Act
    chosen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TakenGoes:
    """What becomes of the goods that were taken for an order that is to be cancelled."""

    reason: str


@dataclass(frozen=True, slots=True)
class Acting:
    """It is on its way to the disk."""

    act: Act


OrderStep = Look | Lines | Why | TakenGoes | Acting


@dataclass(frozen=True, slots=True)
class Do:
    """All is said."""

    act: OrderAct


@dataclass(frozen=True, slots=True)
class Ended:
    """The act came to its end; `why` says why it did not happen, "" where it did."""

    why: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """What was asked cannot be: the code of why."""

    why: str


OrderEvent = do.Command | Ended
OrderTurn = tuple[OrderStep | None, tuple[Do | Refused, ...]]


def advance(step: OrderStep, event: OrderEvent, *, seen: OrderSeen, by: str) -> OrderTurn:
    """The next step, None for out of the order, and what comes of it. What means nothing here changes nothing. `by`: who works
    here."""
    match step, event:
        case Acting(), Ended():
            return Look(), ()
        case Acting(), _:
            return step, ()
        case Look(), do.Back() | do.ClosePage():
            return None, ()
        case Look(), do.SplitOrder():
            return _asked(step, Lines(), why_not(seen, Act.SPLIT, by))
        case Look(), do.HoldOrder() | do.ResumeOrder() | do.TakeOverOrder() | do.CancelOrder():
            act = OF_COMMAND[type(event)]
            return _asked(step, Why(act), why_not(seen, act, by))
        case Lines(chosen), _:
            return _lines(step, chosen, event, seen)
        case Why(act, chosen), do.Back() | do.ClosePage():
            return Lines(chosen) if act is Act.SPLIT else Look(), ()
        case Why(act, chosen), do.Choose(key=key) if key in REASONS[act]:
            if act is Act.CANCEL and seen.taken:
                return TakenGoes(key), ()
            lines = tuple(each.line for each in seen.order.lines if each.line in chosen)
            return Acting(act), (Do(OrderAct(act=act, order=seen.order.order, reason=key, lines=lines)),)
        case TakenGoes(), do.Back() | do.ClosePage():
            return Why(Act.CANCEL), ()
        case TakenGoes(reason), do.Choose(key=key) if key in (GOES_ON, PUT_BACK):
            act_of = OrderAct(act=Act.CANCEL, order=seen.order.order, reason=reason, goes_on=key == GOES_ON)
            return Acting(Act.CANCEL), (Do(act_of),)
        case _:
            return step, ()


def why_not(seen: OrderSeen, act: Act, by: str) -> str:
    """Why this cannot be done to the order now, as a code; "" where it can. The store looks again when it is written."""
    state = seen.order.state
    if seen.is_elsewhere:
        return "elsewhere" if act is not Act.TAKE_OVER else "island" if seen.is_island else ""
    if state in (OrderState.CLOSED, OrderState.CANCELLED):
        return "order_ended"
    if act is Act.HOLD:
        return "held" if state is OrderState.HELD else ""
    if seen.is_in_hand:
        return "in_hand"
    if act is Act.RESUME:
        return "" if state is OrderState.HELD else "not_held"
    if act is Act.TAKE_OVER:
        return _why_not_taken_over(seen, by)
    return why_not_split(seen.order) if act is Act.SPLIT else ""


def _why_not_taken_over(seen: OrderSeen, by: str) -> str:
    if seen.order.state is OrderState.HELD:
        return "held"
    if not seen.owner:
        return "not_begun"
    return "yours_already" if seen.owner == by else ""


def primary(seen: OrderSeen, by: str) -> Act:
    """The one act that the page puts first."""
    if seen.order.state is OrderState.HELD:
        return Act.RESUME
    if seen.is_elsewhere:
        return Act.TAKE_OVER
    return Act.HOLD if why_not(seen, Act.TAKE_OVER, by) or seen.order.kind is OrderKind.COUNT else Act.TAKE_OVER


def with_parts(seen: OrderSeen, line: str) -> frozenset[str]:
    """The line, and where it is a part of a kit all others of that kit."""
    kit = next((each.kit for each in seen.order.lines if each.line == line), None)
    if kit is None:
        return frozenset((line,))
    return frozenset(each.line for each in seen.order.lines if each.kit is not None and each.kit.name == kit.name)


def _asked(step: OrderStep, then: OrderStep, why: str) -> OrderTurn:
    return (step, (Refused(why),)) if why else (then, ())


def _lines(step: Lines, chosen: frozenset[str], event: OrderEvent, seen: OrderSeen) -> OrderTurn:
    match event:
        case do.Back() | do.ClosePage():
            return Look(), ()
        case do.ChooseLine(line=line) if line in {each.line for each in movable(seen.order)}:
            return Lines(chosen ^ with_parts(seen, line)), ()
        case do.SplitOrder():
            return _asked(step, Why(Act.SPLIT, chosen), why_not_moved(seen.order, sorted(chosen)))
        case _:
            return step, ()
