"""How goods are judged, and booked: the verdict, why, a note, a photo, the second person, and what follows the disk. Pure.

A part of `station.flows.receipt`: VERDICT -> REASON -> NOTE -> PHOTO -> SECOND -> BOOKING -> LOOKING.
"""

from __future__ import annotations

from dataclasses import replace

from db.errors import ORDER_ENDED, SERIAL_TAKEN
from station import commands as do
from station.flows import receipt_records
from station.flows.receipt_state import (
    Bay,
    BookReceipt,
    FindPhoto,
    FindWanted,
    KeepPhoto,
    PhotoFound,
    PhotoKept,
    Receipt,
    ReceiptBooked,
    ReceiptEvent,
    ReceiptStep,
    ReceiptTurn,
)
from station.flows.turn import Say
from station.receipt_values import HOLD, REJECT, RELEASE, VERDICTS, Goods
from station.receiving import LOT_HELD
from station.rules.shelf_life import EXPIRED
from station.view.message import Level, Message

GOODS_REASONS = ("goods_damaged", "packing_damaged", "goods_wrong", "papers_missing", "life_too_short", "to_be_tested")
ATTACH, AGAIN = "attach", "look_again"
SECOND_HERE = "second_here"


def is_over(state: Receipt, bay: Bay) -> bool:
    """Whether the last good day of the goods is over: they are not released."""
    return state.last_day is not None and state.last_day < bay.now.date()


def verdicts(state: Receipt, bay: Bay) -> tuple[str, ...]:
    """What may be done with the goods."""
    return (HOLD, REJECT) if is_over(state, bay) or state.is_held else VERDICTS


def recount(state: Receipt, bay: Bay) -> Receipt:
    """Back to the quantity, or to the serial where that is the quantity: what was said of the goods is forgotten."""
    goods = replace(
        state.goods, quantity=0, difference="", verdict=RELEASE, reason="", note="", photo="", photo_sha256="", second=""
    )
    back = ReceiptStep.SERIAL if goods.item.serial_tracked else ReceiptStep.QUANTITY
    if back is ReceiptStep.SERIAL:
        goods = replace(goods, serial="")
    return replace(state, goods=goods, step=back, photo_file="", is_waiting=False, asked="")


def told(state: Receipt, goods: Goods) -> Receipt:
    """The receipt with these goods; nothing is being looked up any more."""
    return replace(state, goods=goods, asked="")


def judged(state: Receipt, key: str, bay: Bay) -> ReceiptTurn:
    """The verdict, or why it is not release."""
    if state.step is ReceiptStep.REASON:
        if key not in GOODS_REASONS:
            return state, ()
        return replace(state, step=ReceiptStep.NOTE, goods=replace(state.goods, reason=key)), ()
    if key not in verdicts(state, bay):
        return state, ()
    judged = replace(state, goods=replace(state.goods, verdict=key))
    if is_over(state, bay):  # nobody has to say why
        return replace(judged, step=ReceiptStep.NOTE, goods=replace(judged.goods, reason=EXPIRED)), ()
    if state.is_held:
        return replace(judged, step=ReceiptStep.NOTE, goods=replace(judged.goods, reason=LOT_HELD)), ()
    return book(judged, bay) if key == RELEASE else (replace(judged, step=ReceiptStep.REASON), ())


def photo_or_book(state: Receipt, bay: Bay) -> ReceiptTurn:
    """A photo where the site takes some, else the booking."""
    if not bay.has_photos:
        return book(state, bay)
    return replace(state, step=ReceiptStep.PHOTO, is_waiting=True, asked=""), (FindPhoto(),)


def photo(state: Receipt, event: ReceiptEvent, bay: Bay) -> ReceiptTurn:
    """The newest photo is found, kept, or left out."""
    match event:
        case PhotoFound(file) if state.is_waiting:
            return replace(state, photo_file=file, is_waiting=False), ()
        case do.Choose(key="look_again") if not state.is_waiting:
            return replace(state, is_waiting=True), (FindPhoto(),)
        case do.Choose(key="attach") if state.photo_file and not state.is_waiting:
            return replace(state, is_waiting=True), (KeepPhoto(state.photo_file),)
        case do.LeaveOut() if not state.is_waiting:
            return book(state, bay)
        case PhotoKept(file=file, name=name, sha256=sha256) if state.is_waiting and file == state.photo_file:
            if not name:
                said = Message("photo_not_kept", Level.ACT, {"file": file}, error="O420")
                return replace(state, is_waiting=False), (Say(said),)
            kept = replace(state, is_waiting=False, goods=replace(state.goods, photo=name, photo_sha256=sha256))
            return book(kept, bay)
        case _:
            return state, ()


def book(state: Receipt, bay: Bay) -> ReceiptTurn:
    """All is said. What two persons handle is booked by two."""
    if state.goods.item.two_person:
        return replace(state, step=ReceiptStep.SECOND, asked=""), ()
    return write(state, bay)


def write(state: Receipt, bay: Bay) -> ReceiptTurn:
    """The records of the receipt, in one transaction."""
    records = receipt_records.received(state.goods, bay)
    planned = (state.goods.of.order,) if state.goods.of else ()
    return replace(state, step=ReceiptStep.BOOKING, asked=""), (BookReceipt(records=records, planned=planned),)


def booked(state: Receipt, event: ReceiptBooked, bay: Bay) -> ReceiptTurn:
    """On the disk: who waits for it? Not on the disk: nothing has happened, and the quantity is asked again."""
    if event.code == ORDER_ENDED and state.goods.of is not None:
        said = Message("receipt_changed", Level.ACT, {"order": state.goods.of.order.order}, error="O417")
        free = replace(recount(state, bay), goods=replace(recount(state, bay).goods, of=None, announced=()))
        return free, (Say(said),)
    if event.code == SERIAL_TAKEN:
        said = Message("goods_serial_known", Level.ACT, {"serial": event.about}, error=SERIAL_TAKEN)
        return recount(state, bay), (Say(said),)
    if event.code:
        return recount(state, bay), ()
    return look(replace(state, received_at=bay.now))


def look(state: Receipt) -> ReceiptTurn:
    """Only what is released is offered to anybody."""
    if state.goods.verdict in (HOLD, REJECT) or state.received_at is None:
        return replace(state, step=ReceiptStep.DONE), ()
    asked = FindWanted(goods=state.goods, quantity=state.rest, received_at=state.received_at)
    return replace(state, step=ReceiptStep.LOOKING), (asked,)
