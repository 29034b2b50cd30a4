"""What is written of goods that come in: the receipt itself, and the hand-over to an order. Pure."""

from __future__ import annotations

from dataclasses import replace

from db.records.orders import LineClosed, OrderClosed, OrderLeft, OrderStarted
from db.records.receipts import GoodsPassed, Received
from db.records.record import Record
from db.records.stock import Picked, Put
from db.records.totes import ToteClosed
from station.flows.receipt_state import Bay, Receipt
from station.receipt_values import REJECT, Goods, Wanted
from station.receiving import REJECTED, UNANNOUNCED, quarantine_place, receiving_place
from station.values import LineState, Order, OrderLine, Place
from station.where import where_of

LEFT = "receipt"  # why an order is left open that was begun for one line
REST_FOLLOWS = "rest_follows"
_OPEN = (LineState.OPEN, LineState.SKIPPED)


def received(goods: Goods, bay: Bay) -> tuple[Record, ...]:
    """All of one receipt: the order's begin and end, the movement, and what was said of the goods."""
    place = _place(goods, bay)
    started: tuple[Record, ...] = (OrderStarted(order=goods.of.order.order),) if goods.of else ()
    put = (_put(goods, place),) if place is not None else ()
    return (*started, *put, _told(goods, place), *_line_end(goods))


def _place(goods: Goods, bay: Bay) -> Place | None:
    """Where the goods lie now. What is rejected becomes no stock, unless there is a place for it."""
    if goods.verdict != REJECT:
        return receiving_place(bay.station)
    return quarantine_place(bay.station, bay.quarantine) if bay.quarantine else None


def _put(goods: Goods, place: Place) -> Put:
    is_of_line = goods.of is not None and goods.verdict != REJECT
    order, line = (goods.of.line.order, goods.of.line.line) if goods.of and is_of_line else ("", "")
    reason = goods.difference if is_of_line else REJECTED if goods.verdict == REJECT else UNANNOUNCED
    expiry = goods.expiry.isoformat() if goods.expiry else ""
    where = where_of(place, goods.key, order=order, line=line)
    return Put(
        **where,
        quantity=goods.quantity,
        reason=reason,
        proof=goods.proof,
        scanner=goods.scanner,
        expiry=expiry,
        second=goods.second,
    )


def _told(goods: Goods, place: Place | None) -> Received:
    of = goods.of
    return Received(
        order=of.line.order if of else "",
        line=of.line.line if of else "",
        supplier=of.order.supplier if of else "",
        reference=of.order.reference if of else "",
        item=goods.item.code,
        lot=goods.lot,
        serial=goods.serial,
        owner=goods.owner,
        expiry=goods.expiry.isoformat() if goods.expiry else "",
        quantity=goods.quantity,
        expected=goods.expected,
        difference=goods.difference,
        verdict=goods.verdict,
        reason=goods.reason,
        note=goods.note,
        photo=goods.photo,
        photo_sha256=goods.photo_sha256,
        place=place.compartment if place else "",
        proof=goods.proof,
        scanner=goods.scanner,
    )


def _line_end(goods: Goods) -> tuple[Record, ...]:
    """The receipt's line ends when all has come, or the person says that no more does. What is rejected did not come."""
    if goods.of is None:
        return ()
    line = goods.of.line
    accepted = 0 if goods.verdict == REJECT else goods.quantity
    is_over = goods.quantity >= goods.expected or goods.difference != REST_FOLLOWS
    if not is_over:
        return (OrderLeft(order=line.order, why=LEFT),)
    why = REJECTED if goods.verdict == REJECT else goods.difference
    return ends(goods.of.order, line, line.done_quantity + accepted, why)


def ends(order: Order, line: OrderLine, done: int, why: str) -> tuple[Record, ...]:
    """The end of a line, and of its order where nothing else of it is open."""
    closed = LineClosed(
        order=order.order,
        line=line.line,
        outcome="confirmed" if done >= line.quantity else "short",
        asked=line.quantity,
        done_quantity=done,
        reason="" if done == line.quantity else why,
    )
    is_last = not any(each.state in _OPEN for each in order.lines if each.line != line.line)
    return (closed, OrderClosed(order=order.order) if is_last else OrderLeft(order=order.order, why=LEFT))


def passed(state: Receipt, wanted: Wanted, bay: Bay, *, proof: str) -> tuple[Record, ...]:
    """Goods leave the receiving place for an order; its line and order end when they have all."""
    order, line, goods = wanted.order, wanted.line, state.goods
    tote = wanted.tote.tote if wanted.tote else ""
    picked = Picked(
        **where_of(receiving_place(bay.station), goods.key, order=order.order, line=line.line),
        quantity=wanted.quantity,
        proof=proof,
        tote=tote,
        into=proof if tote else "",
    )
    told = GoodsPassed(
        order=order.order,
        line=line.line,
        item=goods.item.code,
        lot=goods.lot,
        serial=goods.serial,
        owner=goods.owner,
        quantity=wanted.quantity,
        dwell_s=dwell_s(state, bay),
        proof=proof,
    )
    return (OrderStarted(order=order.order), picked, told, *_order_end(wanted))


def _order_end(wanted: Wanted) -> tuple[Record, ...]:
    done = wanted.line.done_quantity + wanted.quantity
    if done < wanted.line.quantity:
        return (OrderLeft(order=wanted.order.order, why=LEFT),)
    closed, ended = ends(wanted.order, wanted.line, done, "")
    if wanted.tote is None or not isinstance(ended, OrderClosed):
        return closed, ended
    tote = wanted.tote
    return closed, ToteClosed(order=tote.order, tote=tote.tote, position=tote.position, why="done"), ended


def after(order: Order, line: OrderLine, done: int) -> Order:
    """The order as it is when so much of the line is done."""
    state = LineState.CONFIRMED if done >= line.quantity else line.state
    lines = (replace(each, done_quantity=done, state=state) if each.line == line.line else each for each in order.lines)
    return replace(order, lines=tuple(lines))


def dwell_s(state: Receipt, bay: Bay) -> int:
    """How long the goods have been here. A clock that was set back makes no time negative."""
    return max(0, round((bay.now - (state.received_at or bay.now)).total_seconds()))
