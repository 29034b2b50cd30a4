"""The order page: one order with its lines, and what a supervisor does to it as a whole. The page itself moves nothing.

Who works here may look. Each act asks for badge and PIN of somebody who may (`station.core.privileged`): his own where he is a
supervisor, else one who stands beside him. What was taken over is begun at once by who works here.
"""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station.core import work
from station.core.effects import ChangeOrder, Effect, Play, ReadOrder, ReadOrders, Sound
from station.core.inputs import Now, OrderChanged, OrderRead
from station.core.leaving import left
from station.core.state import OrdersPage, StationState
from station.core.writing import written
from station.flows import order_page
from station.flows.order_page import Acting, Do, Ended, Look, OrderEvent, Refused
from station.order_acts import Act
from station.view.message import Level, Message

PageTurn = tuple[StationState, tuple[Effect, ...]]
# Why something cannot be done to an order, by the kind of obstacle.
ENDED, IN_HAND, ELSEWHERE = "O406", "O407", "O408"
ERRORS = {
    "in_hand": IN_HAND,
    "elsewhere": ELSEWHERE,
    "island": ELSEWHERE,
    **dict.fromkeys(("order_ended", "unknown_order", "held", "not_held"), ENDED),
}
OTHER_ERROR = "O409"


def may_open(state: StationState) -> bool:
    """Whether who works here may look at orders. Who only administers people or the machine does not."""
    return state.person is not None and state.person.role in state.rules.direct_work | state.rules.approve_stock


def opened(state: StationState, order: str) -> PageTurn:
    """Open the page over the work list, on this order or on the list of all."""
    if not may_open(state):
        return state.said(Message("no_right", Level.ACT, error="O319")), ()
    if state.round is not None or state.call is not None or state.starting is not None or state.is_resuming:
        return state, ()
    known = order if any(each.order == order for each in state.orders or ()) else ""
    return replace(state, page=OrdersPage(order=known)), (ReadOrder(known),) if known else (ReadOrders(),)


def command(state: StationState, page: OrdersPage, given: do.Command) -> PageTurn:
    """What a person does on the page."""
    match given:
        case do.Back() | do.ClosePage() if not page.order:
            return left(state), ()
        case do.ShowOrder(order=order) if not page.order and any(each.order == order for each in state.orders or ()):
            return replace(state, page=OrdersPage(order=order)), (ReadOrder(order),)
        case do.Back() | do.ClosePage() if page.seen is None:
            return replace(state, page=page.before or OrdersPage()), ()
        case _ if page.seen is not None:
            return _advanced(state, page, given)
        case _:
            return state, ()


def read(state: StationState, event: OrderRead) -> PageTurn:
    """The order as the store has it now. What is chosen of it is no choice any more where its state has changed."""
    page = state.page
    if not isinstance(page, OrdersPage) or page.order != event.order:
        return state, ()
    if event.seen is None:
        return replace(state, page=page.before or OrdersPage()).said(_refused("unknown_order", event.order)), (ReadOrders(),)
    is_other = page.seen is not None and page.seen.order != event.seen.order
    step = Look() if is_other and not isinstance(page.step, Acting) else page.step
    return replace(state, page=replace(page, seen=event.seen, step=step)), ()


def stale(state: StationState) -> tuple[Effect, ...]:
    """What to read again once the site has changed."""
    return (ReadOrder(state.page.order),) if isinstance(state.page, OrdersPage) and state.page.order else ()


def changed(state: StationState, event: OrderChanged, now: Now) -> PageTurn:
    """The act is on the disk, or why it is not."""
    state = replace(state, store_code=event.code) if event.code else state
    page = state.page
    if isinstance(page, OrdersPage) and page.seen is not None and isinstance(page.step, Acting):
        state, _ = _advanced(state, page, Ended(event.why))
    if event.why:
        return state.said(_refused(event.why, event.order)), (*stale(state), ReadOrders(), Play(Sound.WRONG))
    if event.code:
        return state, stale(state)
    if event.act is Act.TAKE_OVER and isinstance(state.page, OrdersPage):
        state, effects = work.start(left(state), (event.order,), now)
        return state, (*effects, ReadOrders(), Play(Sound.OK))
    made = {"order": event.order, "made": event.made}
    said = Message(f"order_{event.act}_done" if event.made or event.act is not Act.CANCEL else "order_cancelled_now", params=made)
    return state.said(said), (*stale(state), ReadOrders(), Play(Sound.OK))


def _advanced(state: StationState, page: OrdersPage, event: OrderEvent) -> PageTurn:
    if page.seen is None:
        return state, ()
    by = state.person.person if state.person else ""
    step, wishes = order_page.advance(page.step, event, seen=page.seen, by=by)
    state = replace(state, page=(page.before or OrdersPage()) if step is None else replace(page, step=step))
    effects: list[Effect] = [] if step is not None else [ReadOrders()]
    for wish in wishes:
        match wish:
            case Refused(why):
                state = state.said(_refused(why, page.order))
            case Do() if state.store_code:
                state = replace(state, page=page)
            case Do(act):
                name = written(state)
                effects.append(ChangeOrder(replace(act, operator=name.operator, role=name.role)))
    return state, tuple(effects)


def _refused(why: str, order: str) -> Message:
    return Message(f"cannot_{why}", Level.ACT, {"order": order}, error=ERRORS.get(why, OTHER_ERROR))
