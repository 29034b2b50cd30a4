"""Hand received goods straight to the orders that wait for them, one after another; the rest is put away. Pure.

LOOKING -> PASSING -> (a scan of the order's or its tote's label | a touch) -> PASS_BOOKING -> the next order, or DONE.
AMOUNT: fewer than proposed go. "Not now" leaves an order to its stock. A wrong label locks Confirm until the right one, or "not
now".
"""

from __future__ import annotations

from dataclasses import replace

from db.errors import ORDER_ENDED
from station import commands as do
from station.flows import receipt_records
from station.flows.receipt_state import (
    Bay,
    BookReceipt,
    FindWanted,
    OffersFound,
    OrderNamed,
    PutAway,
    Receipt,
    ReceiptBooked,
    ReceiptEvent,
    ReceiptStep,
    ReceiptTurn,
)
from station.flows.turn import Say
from station.receipt_values import Passed, Wanted
from station.scan import clean
from station.tote_codes import tote_of
from station.tracking import is_whole, piece
from station.values import StockKey
from station.view.message import Level, Message

HAND_OVER, FEWER, NOT_NOW = "hand_over_goods", "fewer_goods", "goods_not_now"  # the keys of the answers
PUT_AWAY, LATER, TO_RECEIVING = "goods_put_away", "goods_later", "goods_to_receiving"
STEPS = (ReceiptStep.LOOKING, ReceiptStep.PASSING, ReceiptStep.AMOUNT, ReceiptStep.PASS_BOOKING, ReceiptStep.DONE)


def advance(state: Receipt, event: ReceiptEvent, bay: Bay) -> ReceiptTurn:
    """The next state and what it asks for; None: the receipt is left. An event that means nothing here changes nothing."""
    match state.step, event:
        case ReceiptStep.LOOKING, OffersFound(of=of, offers=offers, first=first) if of == state.goods.key:
            return _next(replace(state, offers=offers)), _behind(first)
        case ReceiptStep.PASSING, do.Choose(key="hand_over_goods") if not state.is_locked:
            return _pass(state, bay, "touch")
        case ReceiptStep.PASSING, OrderNamed(text=text):
            return _named(state, text, bay)
        case ReceiptStep.PASSING, do.Choose(key="fewer_goods") if may_be_fewer(state):
            return replace(state, step=ReceiptStep.AMOUNT), ()
        case ReceiptStep.PASSING, do.Choose(key="goods_not_now"):
            return _next(replace(state, offers=state.offers[1:])), ()
        case ReceiptStep.AMOUNT, do.EnterNumber(number=number) if 0 < number <= state.offers[0].quantity:
            return _fewer(state, number), ()
        case ReceiptStep.AMOUNT, do.Back():
            return replace(state, step=ReceiptStep.PASSING), ()
        case ReceiptStep.PASS_BOOKING, ReceiptBooked():
            return _passed(state, event, bay)
        case ReceiptStep.DONE, do.Choose(key="goods_put_away") if state.rest > 0:
            return state, (PutAway(state.goods.key, state.rest),)
        case ReceiptStep.DONE, do.Choose(key="goods_to_receiving") if state.rest > 0 and bay.has_receiving:
            return state, (PutAway(state.goods.key, state.rest, waits=True),)
        case ReceiptStep.DONE, do.Choose(key="goods_later") | do.Back():
            return None, ()
        case _:
            return state, ()


def _behind(first: StockKey | None) -> tuple[Say, ...]:
    """Why an order gets nothing of these goods, or less: others at the bay leave before."""
    if first is None:
        return ()
    said = "lot_leaves_first" if first.lot else "goods_leave_first"
    return (Say(Message(said, Level.ACT, {"item": first.item, "lot": first.lot}, error="O471")),)


def may_be_fewer(state: Receipt) -> bool:
    """Whether the order could have fewer than proposed."""
    return not state.is_locked and state.offers[0].quantity > piece(state.goods.item)


def _next(state: Receipt) -> Receipt:
    """The next order that waits, as long as there is anything for it."""
    step = ReceiptStep.PASSING if state.offers and state.rest > 0 else ReceiptStep.DONE
    return replace(state, step=step, is_locked=False)


def _fewer(state: Receipt, number: int) -> Receipt:
    if not is_whole(state.goods.item, number):
        return state
    return replace(state, step=ReceiptStep.PASSING, offers=(replace(state.offers[0], quantity=number), *state.offers[1:]))


def is_label_of(wanted: Wanted, text: str) -> bool:
    """Whether a scan is the label of this order, or of the tote that stands for it."""
    code, tote = clean(text), tote_of(text)
    if tote:
        return tote == (wanted.tote.tote if wanted.tote else wanted.order.order)
    return code == wanted.order.order


def _named(state: Receipt, text: str, bay: Bay) -> ReceiptTurn:
    wanted = state.offers[0]
    if is_label_of(wanted, text):
        return _pass(replace(state, is_locked=False), bay, "scan")
    said = Message("not_this_order", Level.ACT, {"order": wanted.order.order}, error="O418")
    return replace(state, is_locked=True), (Say(said),)


def _pass(state: Receipt, bay: Bay, proof: str) -> ReceiptTurn:
    wanted = state.offers[0]
    records = receipt_records.passed(state, wanted, bay, proof=proof)
    return replace(state, step=ReceiptStep.PASS_BOOKING), (BookReceipt(records=records, planned=(wanted.order,)),)


def _passed(state: Receipt, event: ReceiptBooked, bay: Bay) -> ReceiptTurn:
    """On the disk, the next order; else this one is as it was, or it ended meanwhile and whoever waits is looked for again."""
    wanted, *others = state.offers
    if event.code == ORDER_ENDED and state.received_at is not None:
        said = Message("order_ended_meanwhile", Level.ACT, {"order": wanted.order.order}, error="O419")
        asked = FindWanted(goods=state.goods, quantity=state.rest, received_at=state.received_at)
        return replace(state, step=ReceiptStep.LOOKING, offers=()), (Say(said), asked)
    if event.code:
        return replace(state, step=ReceiptStep.PASSING), ()
    told = Passed(wanted.order.order, wanted.line.line, wanted.quantity, receipt_records.dwell_s(state, bay))
    return _next(replace(state, passed=(*state.passed, told), offers=_anew(tuple(others), wanted))), ()


def _anew(others: tuple[Wanted, ...], booked: Wanted) -> tuple[Wanted, ...]:
    """The others of the same order, as it is after what was just booked."""
    done = booked.line.done_quantity + booked.quantity
    order = receipt_records.after(booked.order, booked.line, done)
    return tuple(replace(each, order=order) if each.order.order == order.order else each for each in others)
