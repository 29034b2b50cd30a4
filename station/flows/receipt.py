"""Receive goods at the bay: scan, count, judge where that is asked, hand to whoever waits, and put the rest away. Pure.

[LINE] -> [LOT] -> [EXPIRY] -> [SERIAL] -> QUANTITY -> [DIFFERENCE] -> [VERDICT -> REASON -> NOTE -> PHOTO] -> [SECOND] ->
BOOKING -> LOOKING -> PASSING, once for each order that waits -> DONE. What the label or the receipt says already is not asked.
A lot that the receipt's line does not announce leads back to LINE: the goods are of another line, or of none.
Goods whose last good day is over, or of whose lot a defect is known, are held or rejected, whatever asks for a verdict or not.
Back goes to the quantity, and from there or before out of the receipt: nothing is booked before BOOKING. After it the goods lie
at the receiving place, in the book too: whatever becomes of the program, they are still there. The diagram with its lettered
edges is in docs/operator.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from station import commands as do
from station.flows import receipt_booking, receipt_pass, receipt_said
from station.flows.receipt_booking import AGAIN as AGAIN
from station.flows.receipt_booking import ATTACH as ATTACH
from station.flows.receipt_booking import GOODS_REASONS as GOODS_REASONS
from station.flows.receipt_booking import SECOND_HERE as SECOND_HERE
from station.flows.receipt_booking import is_over as is_over
from station.flows.receipt_booking import told
from station.flows.receipt_booking import verdicts as verdicts
from station.flows.receipt_records import REST_FOLLOWS
from station.flows.receipt_state import (
    Bay,
    Doubt,
    Receipt,
    ReceiptBooked,
    ReceiptEvent,
    ReceiptStep,
    ReceiptTurn,
    Said,
)
from station.flows.turn import Say
from station.receipt_values import HOLD, OWN, REJECT, RELEASE, Goods, Waiting
from station.rules.shelf_life import asks_expiry, day_of_code
from station.scan import clean
from station.scan_label import Label
from station.tracking import piece
from station.values import Inspect, OrderLine, StockStatus
from station.view.message import Level, Message

UNDER_REASONS = (REST_FOLLOWS, "delivered_short", "lost_on_the_way")
OVER_REASONS = ("delivered_over", "pack_size")
NO_ORDER = "no_order"
LONGEST_NOTE = 200
_EARLY = (ReceiptStep.LINE, ReceiptStep.LOT, ReceiptStep.EXPIRY, ReceiptStep.SERIAL, ReceiptStep.QUANTITY)
_JUDGING = (ReceiptStep.VERDICT, ReceiptStep.REASON, ReceiptStep.NOTE, ReceiptStep.PHOTO)
_LATER = (ReceiptStep.DIFFERENCE, *_JUDGING, ReceiptStep.SECOND)
_SPOKEN = (ReceiptStep.LOT, ReceiptStep.SERIAL, ReceiptStep.EXPIRY, ReceiptStep.QUANTITY, ReceiptStep.NOTE)


def begin(
    goods: Goods,
    dated_lots: frozenset[str],
    bay: Bay,
    last_days: Mapping[str, date] = MappingProxyType({}),
    held: frozenset[tuple[str, str]] = frozenset(),
) -> ReceiptTurn:
    """The goods are known: ask what is not."""
    if goods.of is None and len(goods.announced) == 1:
        goods = replace(goods, of=goods.announced[0])
    if goods.of is not None:
        goods = replace(goods, owner=goods.of.line.owner)
    return _on(Receipt(step=ReceiptStep.QUANTITY, goods=goods, dated_lots=dated_lots, last_days=last_days, held=held), bay)


def take_up(waiting: Waiting) -> ReceiptTurn:
    """Goods that were received before and lie at the receiving place still."""
    key = waiting.stock.key
    verdict = {StockStatus.FREE: RELEASE, StockStatus.QUALITY_HOLD: HOLD, StockStatus.BLOCKED: REJECT}[key.status]
    goods = Goods(
        item=waiting.item,
        lot=key.lot,
        serial=key.serial,
        owner=key.owner,
        expiry=waiting.stock.expiry,
        quantity=waiting.stock.quantity,
        verdict=verdict,
    )
    return receipt_booking.look(Receipt(step=ReceiptStep.LOOKING, goods=goods, received_at=waiting.received_at))


def advance(state: Receipt, event: ReceiptEvent, bay: Bay) -> ReceiptTurn:
    """The next state and what it asks for; None: the receipt is left. An event that means nothing here changes nothing."""
    match state.step, event:
        case step, do.Back() if step in _EARLY:
            return None, ()
        case step, do.Back() if step in _LATER:
            return receipt_booking.recount(state, bay), ()
        case ReceiptStep.MEANING, _:
            return _meant(state, event, bay)
        case ReceiptStep.LINE, do.Choose(key=key):
            return _of_line(state, key, bay)
        case step, Said() if step in _SPOKEN:
            return _said(state, event, bay)
        case ReceiptStep.EXPIRY, do.EnterNumber(number=number) if number > 0:
            return _dated(state, f"{number:06d}", bay)
        case ReceiptStep.QUANTITY, _:
            return _counted(state, event, bay)
        case ReceiptStep.DIFFERENCE, do.Choose(key=reason) if reason in differences(state):
            return _on(told(state, replace(state.goods, difference=reason)), bay)
        case ReceiptStep.VERDICT | ReceiptStep.REASON, do.Choose(key=key):
            return receipt_booking.judged(state, key, bay)
        case ReceiptStep.NOTE, do.LeaveOut():
            return receipt_booking.photo_or_book(state, bay)
        case ReceiptStep.PHOTO, _:
            return receipt_booking.photo(state, event, bay)
        case ReceiptStep.SECOND, do.Choose(key="second_here"):  # who that is, his badge and PIN say
            return receipt_booking.write(state, bay)
        case ReceiptStep.BOOKING, ReceiptBooked():
            return receipt_booking.booked(state, event, bay)
        case step, _ if step in receipt_pass.STEPS:
            return receipt_pass.advance(state, event, bay)
        case _:
            return state, ()


def offered(state: Receipt) -> int | None:
    """The quantity that one touch accepts: the label's, or what is still expected. None where it must be counted."""
    goods = state.goods
    if goods.inspect is not Inspect.NONE:
        return None
    return goods.told or goods.expected or None


def differences(state: Receipt) -> tuple[str, ...]:
    """Why the quantity can be another one than expected."""
    return UNDER_REASONS if state.goods.quantity < state.goods.expected else OVER_REASONS


def _on(state: Receipt, bay: Bay) -> ReceiptTurn:
    """The next question that is still open, or the booking."""
    goods = state.goods
    item = goods.item
    if goods.of is None and len(goods.announced) > 1:
        return replace(state, step=ReceiptStep.LINE), ()
    if item.lot_tracked and not goods.lot:
        return replace(state, step=ReceiptStep.LOT), ()
    if asks_expiry(item) and goods.lot not in state.dated_lots and goods.expiry is None:
        return replace(state, step=ReceiptStep.EXPIRY), ()
    if item.serial_tracked and not goods.serial:
        return replace(state, step=ReceiptStep.SERIAL), ()
    if item.serial_tracked:
        state = told(state, replace(goods, quantity=piece(item)))
    if not state.goods.quantity:
        return replace(state, step=ReceiptStep.QUANTITY), ()
    return _after_quantity(state, bay)


def _after_quantity(state: Receipt, bay: Bay) -> ReceiptTurn:
    goods = state.goods
    is_part = goods.item.serial_tracked and goods.quantity < goods.expected  # each piece is a receipt of its own
    if is_part and not goods.difference:
        goods = replace(goods, difference=REST_FOLLOWS)
        state = told(state, goods)
    if goods.of is not None and goods.quantity != goods.expected and not goods.difference:
        return replace(state, step=ReceiptStep.DIFFERENCE), ()
    if is_over(state, bay):
        day = state.last_day.isoformat() if state.last_day else ""
        said = Message("goods_expired", Level.ACT, {"item": goods.item.code, "day": day}, error="O502")
        return replace(state, step=ReceiptStep.VERDICT), (Say(said),)
    if state.is_held:
        said = Message("goods_of_held_lot", Level.ACT, {"item": goods.item.code, "lot": goods.lot}, error="O412")
        return replace(state, step=ReceiptStep.VERDICT), (Say(said),)
    if goods.inspect is Inspect.CONDITION:
        return replace(state, step=ReceiptStep.VERDICT), ()
    return receipt_booking.book(state, bay)


def _of_line(state: Receipt, key: str, bay: Bay) -> ReceiptTurn:
    goods = state.goods
    if key == NO_ORDER:
        return _on(told(state, replace(goods, announced=(), of=None)), bay)
    if not key.isdecimal() or int(key) >= len(goods.announced):
        return state, ()
    of = goods.announced[int(key)]
    return _on(told(state, replace(goods, of=of, owner=of.line.owner)), bay)


def _said(state: Receipt, said: Said, bay: Bay) -> ReceiptTurn:
    """A lot, a serial, a day or a note; a whole label says which of its parts."""
    if state.step is ReceiptStep.NOTE:
        return receipt_booking.photo_or_book(told(state, replace(state.goods, note=said.text.strip()[:LONGEST_NOTE])), bay)
    label = receipt_said.label_said(state, said)
    if (label.is_structured and label.is_valid) or state.step is ReceiptStep.QUANTITY:
        return _of_label(state, said, label, bay)
    if state.step is ReceiptStep.EXPIRY:
        return _dated(state, clean(said.text), bay)
    text, refused = receipt_said.code_of(state, said, label)
    if refused is not None:
        return replace(state, asked=""), (Say(refused),)
    if said.means:
        doubt = Doubt(state.step, text, said.means)
        return replace(state, step=ReceiptStep.MEANING, doubt=doubt, asked=""), ()
    return _named(state, text, bay)


def _of_label(state: Receipt, said: Said, label: Label, bay: Bay) -> ReceiptTurn:
    """A label, or one bar of it: all that it says is taken. Where that is not yet what is asked, the next bar may be."""
    goods, refused = receipt_said.goods_of(state, said.text, label)
    if refused is not None:
        return replace(state, asked=""), (Say(refused),)
    after, effects = _on(told(state, goods), bay)
    is_asked_still = after is not None and after.step is state.step and state.step is not ReceiptStep.QUANTITY
    return after, ((*effects, Say(Message("bar_read", Level.NOTE))) if is_asked_still else effects)


def _named(state: Receipt, text: str, bay: Bay) -> ReceiptTurn:
    goods = state.goods
    if state.step is ReceiptStep.SERIAL:
        return _on(told(state, replace(goods, serial=text)), bay)
    if goods.of is not None and goods.of.line.lot not in ("", text):
        return _other_lot(state, goods.of.line, text)
    return _on(told(state, replace(goods, lot=text)), bay)


def _other_lot(state: Receipt, line: OrderLine, lot: str) -> ReceiptTurn:
    """The receipt announces another lot: these goods are not its. They are of one that may have them, or of none."""
    others = tuple(each for each in state.goods.announced if each.line.lot in ("", lot))
    goods = replace(state.goods, lot=lot, of=None, announced=others, owner=OWN)
    about = {"order": line.order, "lot": line.lot}
    said = Message("goods_of_other_lot", Level.ACT, about, error="O470")
    return replace(told(state, goods), step=ReceiptStep.LINE), (Say(said),)


def _meant(state: Receipt, event: ReceiptEvent, bay: Bay) -> ReceiptTurn:
    """The text is the lot or serial, or it was the wrong bar: then it is asked again. So is what is scanned at once."""
    doubt = state.doubt
    if doubt is None:
        return state, ()
    before = replace(state, step=doubt.before, doubt=None)
    match event:
        case do.Back() | do.Choose(key="item"):
            return before, ()
        case do.Choose(key="code"):
            return _named(before, doubt.text, bay)
        case Said():
            return _said(before, event, bay)
        case _:
            return state, ()


def _dated(state: Receipt, text: str, bay: Bay) -> ReceiptTurn:
    day = day_of_code(text)
    if day is None:
        return replace(state, asked=""), (Say(Message("not_a_day", Level.ACT, error="O361")),)
    return _on(told(state, replace(state.goods, expiry=day)), bay)


def _counted(state: Receipt, event: ReceiptEvent, bay: Bay) -> ReceiptTurn:
    match event:
        case do.EnterNumber(number=number) if number > 0:
            return _on(told(state, replace(state.goods, quantity=number)), bay)
        case do.Confirm() if (accepted := offered(state)) is not None:
            return _on(told(state, replace(state.goods, quantity=accepted)), bay)
        case do.JudgeGoods() if not state.goods.is_judged:
            return replace(state, goods=replace(state.goods, is_judged=True)), ()
        case _:
            return state, ()
