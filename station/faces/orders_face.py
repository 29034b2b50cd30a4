"""The page of an order, as the window shows it."""

from __future__ import annotations

from station.core.state import OrdersPage, StationState
from station.flows import order_page
from station.flows.order_page import GOES_ON, PUT_BACK, REASONS, Acting, Lines, OrderStep, TakenGoes, Why
from station.order_acts import Act, movable, why_not_moved
from station.order_seen import OrderSeen
from station.values import Order
from station.view.action import Action, Offer
from station.view.ask import Ask, AskChoice, Choice
from station.view.message import Message
from station.view.orders import LineRow, OrdersFace
from station.view.work import OrderTag

ACTIONS = {
    Act.HOLD: Action.HOLD_ORDER,
    Act.RESUME: Action.RESUME_ORDER,
    Act.TAKE_OVER: Action.TAKE_OVER,
    Act.SPLIT: Action.SPLIT_ORDER,
    Act.CANCEL: Action.CANCEL_ORDER,
}


def orders_face(state: StationState, page: OrdersPage) -> OrdersFace:
    """The list, the order, or the question about it."""
    if page.seen is None:
        orders = tuple(sorted(state.orders or (), key=urgency))
        return OrdersFace(offers=(Offer(Action.BACK), Offer(Action.LOCK)), orders=orders, order=page.order)
    step, seen = page.step, page.seen
    first = ACTIONS[order_page.primary(seen, _by(state))] if not isinstance(step, Lines) else Action.SPLIT_ORDER
    return OrdersFace(
        offers=_offers(state, seen, step),
        order=page.order,
        seen=seen,
        lines=_lines(seen, step.chosen if isinstance(step, Lines) else None),
        ask=_ask(seen, step),
        primary=first,
        chooses=isinstance(step, Lines),
        is_acting=isinstance(step, Acting),
    )


def urgency(tag: OrderTag) -> tuple[bool, bool, float]:
    """Late ones first, then what is needed soonest, held or not; what has no time comes last, as the work list has it."""
    return not tag.is_late, tag.need_by is None, tag.need_by.timestamp() if tag.need_by is not None else 0.0


def orders_bar(state: StationState, page: OrdersPage) -> Message:
    """What to do here."""
    if page.seen is None:
        return Message("reading_order" if page.order else "orders_page")
    if isinstance(page.step, Acting):
        return Message("order_asking_site" if page.seen.is_elsewhere else "booking", params={"order": page.order})
    if isinstance(page.step, Lines):
        return Message("order_choose_lines")
    if isinstance(page.step, Why):
        return Message("order_say_why")
    return Message("order_say_taken" if isinstance(page.step, TakenGoes) else "order_page", params={"order": page.order})


def _by(state: StationState) -> str:
    return state.person.person if state.person else ""


def _offers(state: StationState, seen: OrderSeen, step: OrderStep) -> tuple[Offer, ...]:
    """Only what can be done stands there; what the disk refuses says so."""
    if isinstance(step, Acting):
        return (Offer(Action.LOCK),)
    if isinstance(step, Lines):
        why = state.store_code and "store_read_only"
        refused = why or ("" if not why_not_moved(seen.order, sorted(step.chosen)) else _why_short(seen, step))
        return (Offer(Action.BACK), Offer(Action.SPLIT_ORDER, refused), Offer(Action.LOCK))
    if isinstance(step, Why | TakenGoes):
        return (Offer(Action.BACK), Offer(Action.LOCK))
    refused = "store_read_only" if state.store_code else ""
    can = [ACTIONS[act] for act in Act if not order_page.why_not(seen, act, _by(state))]
    return (Offer(Action.BACK), *(Offer(action, refused) for action in can), Offer(Action.LOCK))


def _why_short(seen: OrderSeen, step: Lines) -> str:
    return "one_line_stays" if why_not_moved(seen.order, sorted(step.chosen)) == "none_left" else "choose_lines"


def _lines(seen: OrderSeen, chosen: frozenset[str] | None) -> tuple[LineRow, ...]:
    if chosen is None:
        return tuple(LineRow(seen=each) for each in seen.lines)
    can = {each.line for each in movable(seen.order)}
    return tuple(LineRow(seen=each, may_move=each.line.line in can, is_chosen=each.line.line in chosen) for each in seen.lines)


def _ask(seen: OrderSeen, step: OrderStep) -> Ask | None:
    params: dict[str, str | int] = {"order": seen.order.order}
    match step:
        case Why(act, chosen):
            params |= {"count": len(chosen)} if act is Act.SPLIT else {}
            choices = tuple(Choice(each, f"reason_{each}") for each in REASONS[act])
            return AskChoice(code=f"why_{act}", choices=choices, params=params)
        case TakenGoes():
            goes = Choice(GOES_ON, "taken_goes_on")
            back = Choice(PUT_BACK, "taken_put_back", {"order": _back_name(seen.order)})
            return AskChoice(code="what_of_taken", choices=(goes, back), params=params)
        case _:
            return None


def _back_name(order: Order) -> str:
    return f"{order.order}/back"
