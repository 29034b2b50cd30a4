"""Goods are received at the bay: the list of what is to come and what lies here still, and one receipt in hand.

The page moves no tray. What is put away is a round of its own, which begins when the page is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from station import commands as do
from station import receipt_cards
from station.core import access, at_place, calling, receipt_bars
from station.core.effects import AskGoods, Effect, Play, ReadReceipts, Receive, Sound
from station.core.inputs import GoodsRead, Now, PutAwayPlaced, ReceiptsRead, Scanned
from station.core.leaving import left
from station.core.state import ReceiptsPage, StationState
from station.core.writing import written
from station.flows import receipt
from station.flows.lines import LineId
from station.flows.receipt_state import (
    Bay,
    BookReceipt,
    FindPhoto,
    FindWanted,
    KeepPhoto,
    OffersFound,
    OrderNamed,
    PutAway,
    Receipt,
    ReceiptBooked,
    ReceiptEffect,
    ReceiptEvent,
    ReceiptStep,
    Said,
)
from station.flows.turn import Say
from station.receipt_values import Goods, Waiting
from station.receiving import receiving_place
from station.scan_label import quantity_of
from station.values import Item, OrderLine
from station.view.message import Level, Message
from station.zones import ZoneKind, of_kind

ReceiptsTurn = tuple[StationState, tuple[Effect, ...]]
TEXT_STEPS = (ReceiptStep.LOT, ReceiptStep.SERIAL, ReceiptStep.NOTE)
SCAN_STEPS = (ReceiptStep.LOT, ReceiptStep.SERIAL, ReceiptStep.EXPIRY, ReceiptStep.QUANTITY, ReceiptStep.MEANING)
WAITING_STEPS = (ReceiptStep.BOOKING, ReceiptStep.LOOKING, ReceiptStep.PASS_BOOKING)


def opened(state: StationState) -> ReceiptsTurn:
    """Open the page over the work list."""
    if state.person is None or state.person.role not in state.rules.direct_work:
        return state.said(Message("no_right", Level.ACT, error="O423")), ()
    return replace(state, page=ReceiptsPage()), (ReadReceipts(),)


def command(state: StationState, page: ReceiptsPage, given: do.Command, now: Now) -> ReceiptsTurn:
    """What a person does on the page."""
    if page.asked or page.placing is not None:
        return (left(state), ()) if isinstance(given, do.ClosePage) else (state, ())
    if page.receipt is not None:
        return _in_hand(state, page, page.receipt, given, now)
    match given:
        case do.Back() if page.is_typing:
            return replace(state, page=replace(page, is_typing=False)), ()
        case do.Back() | do.ClosePage():
            return left(state), ()
        case do.EnterText(text=text) if page.is_typing:
            return _look_up(state, page, text.strip(), by="typed")
        case _ if state.store_code or page.is_typing:
            return state, ()
        case do.TypeGoods():
            return replace(state, page=replace(page, is_typing=True)), ()
        case do.TakeAnnounced(number=number) if page.announced and 0 <= number < len(page.announced):
            return _announced(state, page, page.announced[number].line)
        case do.TakeWaiting(number=number) if page.waiting and 0 <= number < len(page.waiting):
            return _taken_up(state, page, page.waiting[number])
        case _:
            return state, ()


def scanned(state: StationState, page: ReceiptsPage, event: Scanned, now: Now) -> ReceiptsTurn:
    """A label of the goods, of the lot or serial that is asked, or of the order that is to have them."""
    if page.asked or page.placing is not None or state.store_code:
        return state.said(Message("scan_not_used", Level.NOTE)), (Play(Sound.WRONG),)
    state = replace(state, input_token=state.token)
    hand = page.receipt
    if hand is None:
        return _look_up(state, page, event.text, by="scan", scanner=event.source)
    if hand.step is ReceiptStep.PASSING:
        return happened(state, OrderNamed(event.text), now)
    if hand.step in SCAN_STEPS:
        return _say(state, page, hand, event.text, is_typed=False)
    return state.said(Message("scan_not_used", Level.NOTE)), (Play(Sound.WRONG),)


def _in_hand(state: StationState, page: ReceiptsPage, hand: Receipt, given: do.Command, now: Now) -> ReceiptsTurn:
    match given:
        case do.ClosePage():
            return state, ()
        case do.EnterText(text=text) if hand.step in TEXT_STEPS and text.strip():
            return _say(state, page, hand, text.strip(), is_typed=True)
        case _ if state.store_code and not isinstance(given, do.Back):
            return state, ()
        case _:
            return happened(state, given, now)


def _look_up(
    state: StationState, page: ReceiptsPage, text: str, *, by: str, scanner: str = "", row: LineId | None = None
) -> ReceiptsTurn:
    if not text:
        return state, ()
    page = replace(page, asked=text, by=by, scanner=scanner, row=row, is_typing=False, has_identifiers=False)
    return replace(state, page=page), (AskGoods(text),)


def _announced(state: StationState, page: ReceiptsPage, line: OrderLine) -> ReceiptsTurn:
    return _look_up(state, page, line.item, by="typed", row=(line.order, line.line))


def _taken_up(state: StationState, page: ReceiptsPage, waiting: Waiting) -> ReceiptsTurn:
    if (locked := access.item_refused(state, waiting.item)) is not None:
        return state.said(locked), _noted(state, waiting.item)
    return turned(state, page, *receipt.take_up(waiting))


def _noted(state: StationState, item: Item) -> tuple[Effect, ...]:
    place = receiving_place(state.station)
    return access.item_noted(state, item, (place.machine, place.tray))


def _say(state: StationState, page: ReceiptsPage, hand: Receipt, text: str, *, is_typed: bool) -> ReceiptsTurn:
    """Any text may be a badge: it is looked up before it is anything else."""
    if hand.asked:
        return state, ()
    return replace(state, page=replace(page, receipt=replace(hand, asked=text, is_typed=is_typed))), (AskGoods(text),)


def receipts_read(state: StationState, event: ReceiptsRead) -> ReceiptsTurn:
    """What is to come in and what lies here now."""
    page = state.page
    if not isinstance(page, ReceiptsPage):
        return state, ()
    known = replace(page, announced=event.announced, waiting=event.waiting, items=event.items)
    return replace(state, page=known), ()


def goods_read(state: StationState, event: GoodsRead, now: Now) -> ReceiptsTurn:
    """What a code means: the goods, or what was asked about them."""
    page = state.page
    if not isinstance(page, ReceiptsPage):
        return state, ()
    if page.receipt is not None and page.receipt.asked == event.text:
        return _code_read(state, page, page.receipt, event, now)
    if page.asked != event.text:
        return state, ()
    page = replace(page, asked="")
    state = replace(state, page=page)
    if (turn := receipt_bars.waiting(state, page, event, now)) is not None:
        return turn
    page = replace(page, bars=None)
    state = replace(state, page=page)
    event = receipt_bars.of_suppliers(state, page, event)
    if (refused := _refusal(event) or receipt_bars.refusal(state, page, event)) is not None:
        return state.said(refused), (Play(Sound.WRONG),)
    item, label = event.items[0], event.label
    if (locked := access.item_refused(state, item)) is not None:
        return state.said(locked), (*_noted(state, item), Play(Sound.WRONG))
    goods = Goods(
        item=item,
        lot=label.lot if item.lot_tracked else "",
        serial=label.serial if item.serial_tracked else "",
        expiry=label.last_day,
        told=quantity_of(label, item),
        announced=event.announced,
        of=next((each for each in event.announced if (each.line.order, each.line.line) == page.row), None),
        proof="typed" if event.card else page.by,  # the card was scanned, not the goods
        scanner=page.scanner,
    )
    begun = receipt.begin(goods, event.dated_lots, bay_of(state, now), event.last_days, event.held)
    state, effects = turned(state, page, *begun)
    return state, (*effects, Play(Sound.OK))


def _refusal(event: GoodsRead) -> Message | None:
    """Why a code names no goods that could be received."""
    if event.is_badge:
        return Message("badge_no_goods", Level.ACT, error="O421")
    if event.card:
        return receipt_cards.refusal(event.card, len(event.items))
    if event.is_damaged:
        return Message("code_damaged", Level.ACT, error="O370")
    if len(event.items) == 1 and event.is_label:
        return None
    return Message("goods_unknown" if not event.items else "goods_shared", Level.ACT, error="O415")


def _code_read(state: StationState, page: ReceiptsPage, hand: Receipt, event: GoodsRead, now: Now) -> ReceiptsTurn:
    """The verdict on what was said to be a lot, a serial or a note."""
    if event.is_badge:
        state = replace(state, page=replace(page, receipt=replace(hand, asked="")))
        return state.said(Message("badge_no_goods", Level.ACT, error="O421")), (Play(Sound.WRONG),)
    if (turn := receipt_bars.in_hand(state, page, hand, event, now)) is not None:
        return turn
    others = [each.code for each in event.items if each.code != hand.goods.item.code]
    return happened(state, Said(event.text, others[0] if others else "", hand.is_typed), now)


def happened(state: StationState, event: ReceiptEvent, now: Now) -> ReceiptsTurn:
    """Hand an event to the receipt in hand."""
    page = state.page
    if not isinstance(page, ReceiptsPage) or page.receipt is None:
        return state, ()
    after, effects = receipt.advance(page.receipt, event, bay_of(state, now))
    if isinstance(event, ReceiptBooked):
        state = _told(state, event)
    stood = state.bar
    state, done = turned(state, page, after, effects)
    if isinstance(event, OffersFound) and stood is not None and stood.error:
        state = state.said(replace(stood))  # who else waits was only looked up: what was said stands
    if isinstance(event, ReceiptBooked) and not event.code:
        done = (*done, Play(Sound.OK))
    if isinstance(event, Said | OrderNamed | ReceiptBooked) and any(isinstance(each, Say) for each in effects):
        is_wrong = any(isinstance(each, Say) and each.message.level is Level.ACT for each in effects)
        done = (*done, Play(Sound.WRONG if is_wrong else Sound.OK))
    return state, done


def _told(state: StationState, event: ReceiptBooked) -> StationState:
    """A durable booking is seen; a store that takes none says so everywhere."""
    if not event.code:
        return replace(state, flash=state.flash + 1, flashed=Message("receipt_booked"))
    return replace(state, store_code=event.code) if event.code.startswith("D40") else state


def placed(state: StationState, event: PutAwayPlaced) -> ReceiptsTurn:
    """Where the goods go: their tray is called, or nothing fits."""
    page = state.page
    if not isinstance(page, ReceiptsPage) or page.placing != event.asked:
        return state, ()
    state = replace(state, page=replace(page, placing=None))
    if event.task is None:
        said = Message("no_place_for_goods", Level.ACT, {"item": event.asked.key.item}, error="O416")
        return state.said(said), (Play(Sound.WRONG),)
    place = event.task.place
    refused = at_place.why_not_called(state, place)
    if refused is not None:
        return state.said(refused), () if at_place.is_zone(state, place) else access.noted(state, place.tray)
    return calling.direct(left(state), event.task)


def bay_of(state: StationState, now: Now) -> Bay:
    """What the receipt depends on."""
    return Bay(
        station=state.station,
        now=now.utc,
        quarantine=state.rules.quarantine,
        has_photos=state.rules.has_photos,
        has_receiving=bool(of_kind(state.rules.zones, ZoneKind.RECEIVING)),
    )


def turned(state: StationState, page: ReceiptsPage, after: Receipt | None, asked: Sequence[ReceiptEffect]) -> ReceiptsTurn:
    """What the receipt asks for, as effects; its end shows the list as it is now."""
    page = replace(page, receipt=after)
    effects: list[Effect] = []
    for effect in asked:
        match effect:
            case Say(message):
                state = state.said(message)
            case BookReceipt(records=records, planned=planned):
                by = written(state)
                effects.append(Receive(records=records, planned=planned, operator=by.operator, role=by.role))
            case PutAway():
                page = replace(page, placing=effect)
                effects.append(effect)
            case FindWanted() | FindPhoto() | KeepPhoto():
                effects.append(effect)
    if after is None:
        page = ReceiptsPage(announced=page.announced, waiting=page.waiting, items=page.items)
        effects.append(ReadReceipts())
    return replace(state, page=page), tuple(effects)


def is_busy(page: ReceiptsPage) -> bool:
    """Whether something is awaited that no touch may overtake."""
    hand = page.receipt
    is_open = hand is not None and (hand.step in WAITING_STEPS or bool(hand.asked) or hand.is_waiting)
    return bool(page.asked) or page.placing is not None or is_open
