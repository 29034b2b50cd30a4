"""Hand-made Views of goods that are received, and of lots on hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from station.held_lots import HeldLot, LotPlace
from station.receipt_values import Announced, Passed, Waiting, Wanted
from station.receiving import receiving_place
from station.values import BoundTote, Item, Order, OrderKind, OrderLine, Place, Stock, StockKey, StockStatus
from station.view.action import Action
from station.view.ask import AskChoice, AskNumber, AskText, Choice
from station.view.lots import LotsFace
from station.view.message import Level, Message
from station.view.receipts import GoodsTag, ReceiptsFace
from station.view.tray_map import CellState
from station.view.view import View
from tests.helpers.faces import BAY, NOW, QUESTION, offers, tray_map, view

RELAY = Item(code="4017-0840", name="Time relay 24 V, 2 change-over contacts")
GLUE = Item(code="7710-0205", name="Two-part adhesive, cartridge", lot_tracked=True)


def _announced(order: str, item: Item, quantity: int, supplier: str, reference: str, hours: float | None) -> Announced:
    line = OrderLine(order=order, line="1", item=item.code, quantity=quantity)
    need_by = None if hours is None else NOW + timedelta(hours=hours)
    made = Order(order=order, kind=OrderKind.RECEIPT, supplier=supplier, reference=reference, need_by=need_by, lines=(line,))
    return Announced(made, line)


TO_COME = (
    _announced("PO-70412", RELAY, 240, "Elektro Brandt", "ASN 88120", -1.5),
    _announced("PO-70455", GLUE, 36, "Kleb & Co", "PULL-K0031", 2.0),
    _announced("PO-70460", RELAY, 100, "Elektro Brandt", "", None),
)
HERE = Waiting(
    stock=Stock(place=receiving_place("S1"), key=StockKey(item=GLUE.code, lot="L2611"), quantity=12),
    item=GLUE,
    received_at=NOW - timedelta(minutes=42),
)
ITEMS = {each.code: each for each in (RELAY, GLUE)}
GOODS = GoodsTag(item=GLUE, lot="L2611", expiry="2027-03-31", order="PO-70455", supplier="Kleb & Co", reference="PULL-K0031")
MEASURE: dict[str, str | int] = {"item": GLUE.code, "decimals": 0, "unit": "pcs", "quantity": 36, "asked": 40}


def _choice(code: str, *keys: str, prefix: str = "", primary: str = "", params: dict[str, str | int] = MEASURE) -> AskChoice:
    choices = tuple(Choice(each, f"{prefix}{each}", params, is_primary=each == primary) for each in keys)
    return AskChoice(code=code, choices=choices, params=params)


def receipt_views() -> Iterator[tuple[str, View]]:
    """The list, each question about the goods in hand, the hand-over, and the end with its times."""
    buttons = offers(Action.BACK, Action.TYPE_GOODS, Action.LOCK)
    listed = ReceiptsFace(waiting=(HERE,), announced=TO_COME, items=ITEMS, offers=buttons)
    yield "receipts", view(listed, Message("receipts_waiting"))
    yield "receipts_none", view(replace(listed, waiting=(), announced=()), Message("receipts_page"))
    yield "receipt_booking", view(replace(listed, wait="booking", goods=GOODS, offers=offers(Action.LOCK)), Message("booking"))
    asked = replace(listed, goods=GOODS, offers=offers(Action.BACK, Action.LOCK))
    yield "receipt_lot", view(replace(asked, ask=AskText(code="goods_lot", params=MEASURE)), QUESTION)
    counting = offers(Action.BACK, Action.RECEIVE_ALL, Action.JUDGE_GOODS, Action.LOCK)
    number = AskNumber(code="goods_count", item=GLUE, result="counted", params=MEASURE)
    yield "receipt_count", view(replace(asked, ask=number, offers=counting, accepts=36), Message("receipt_count"))
    fewer = _choice("why_fewer_came", "rest_follows", "delivered_short", "lost_on_the_way", prefix="reason_")
    yield "receipt_fewer", view(replace(asked, ask=fewer), QUESTION)
    verdict = _choice("goods_verdict", "release", "hold", "reject", prefix="goods_", primary="release")
    yield "receipt_verdict", view(replace(asked, ask=verdict), QUESTION)
    held_lot = _choice("goods_verdict_held", "hold", "reject", prefix="goods_", primary="hold")
    over = _choice("goods_verdict_expired", "hold", "reject", prefix="goods_", primary="hold")
    old = Message("goods_expired", Level.ACT, {"item": GLUE.code, "day": "2026-11-20"}, error="O502")
    yield "receipt_expired", view(replace(asked, ask=over), old)
    on_hold = Message("goods_of_held_lot", Level.ACT, {"item": GLUE.code, "lot": "L-2409"}, error="O412")
    yield "receipt_held", view(replace(asked, ask=held_lot), on_hold)
    gone = _choice("goods_done_reject", "goods_later", prefix="done_", primary="goods_later")
    said = Message("receipt_rejected_to", Level.ACT, {"place": "QUAR"})
    yield "receipt_rejected", view(replace(asked, ask=gone), said)
    why = ("goods_damaged", "packing_damaged", "goods_wrong", "papers_missing", "life_too_short", "to_be_tested")
    yield "receipt_reason", view(replace(asked, ask=_choice("why_goods_hold", *why, prefix="reason_")), QUESTION)
    photo = {**MEASURE, "file": "IMG_20261127_1412.jpg"}
    attach = _choice("goods_photo", "attach", "look_again", prefix="photo_", params=photo)
    leave = offers(Action.BACK, Action.LEAVE_OUT, Action.LOCK)
    yield "receipt_photo", view(replace(asked, ask=attach, offers=leave), QUESTION)
    second = _choice("goods_second", "second_here", primary="second_here")
    yield "receipt_second", view(replace(asked, ask=second), QUESTION)
    yield from _passing(asked)


def _passing(asked: ReceiptsFace) -> Iterator[tuple[str, View]]:
    line = OrderLine(order="SO-48213", line="20", item=GLUE.code, quantity=24)
    order = Order(order="SO-48213", kind=OrderKind.PICK, destination="Line 3", need_by=NOW + timedelta(hours=1), lines=(line,))
    tote = BoundTote(order="SO-48213", tote="B-0417", position="T1")
    wanted = Wanted(order=order, line=line, quantity=24, tote=tote)
    to_order = {**MEASURE, "quantity": 24, "order": "SO-48213", "line": "20"}
    keys = ("hand_over_goods", "fewer_goods", "goods_not_now")
    ask = _choice("pass_goods", *keys, primary="hand_over_goods", params=to_order)
    passing = replace(asked, goods=replace(GOODS, quantity=36), offer=wanted, ask=ask, offers=offers(Action.LOCK))
    yield "receipt_pass", view(passing, Message("pass_goods", params={"order": "SO-48213"}))
    rest = {**MEASURE, "quantity": 12}
    passed = (Passed("SO-48213", "20", 24, 75),)
    over = replace(GOODS, quantity=36, passed=passed, rest=12, is_over=True, verdict="release")
    end = _choice("goods_rest", "goods_put_away", "goods_later", primary="goods_put_away", params=rest)
    yield "receipt_end", view(replace(asked, goods=over, ask=end), Message("receipt_rest"))
    held = replace(GOODS, quantity=36, rest=36, is_over=True, verdict="hold", reason="packing_damaged")
    yield "receipt_end_held", view(replace(asked, goods=held, ask=end), Message("receipt_rest"))


def divider_views() -> Iterator[tuple[str, View]]:
    """A divider is placed in C7, to scale; and whether the new part is empty."""
    placing = offers(Action.BACK, Action.DIVIDER_LEFT, Action.DIVIDER_RIGHT, Action.OTHER_PART, Action.DIVIDE_HERE, Action.LOCK)
    shown = tray_map("C7")
    c7 = next(each for each in shown.cells if each.label == "C7")
    left = replace(c7, width_mm=c7.width_mm // 2, state=CellState.OCCUPIED)
    right = replace(c7, label="C7A", x_mm=c7.x_mm + left.width_mm, width_mm=c7.width_mm - left.width_mm)
    cells = tuple(part for each in shown.cells for part in ((left, right) if each.label == "C7" else (each,)))
    divided = replace(BAY, map=replace(shown, cells=cells), selected="C7A", offers=placing)
    said = Message("place_divider", params={"compartment": "C7", "wall_mm": c7.x_mm + left.width_mm})
    yield "divider", view(divided, said)
    params: dict[str, str | int] = {"compartment": "C7A"}
    free = AskChoice(
        code="is_part_free",
        choices=(Choice("part_is_free", "part_is_free", params), Choice("part_has_goods", "part_has_goods", params)),
        params=params,
    )
    yield "divider_free", view(replace(divided, ask=free, offers=offers(Action.BACK, Action.LOCK)), QUESTION)


def lot_views() -> Iterator[tuple[str, View]]:
    """Lots on hold, and the release of one."""
    key = StockKey(item=GLUE.code, lot="L2611", status=StockStatus.QUALITY_HOLD)
    places = tuple(LotPlace(Place("VLM1", tray, "C7"), key, 4 * tray) for tray in (3, 7, 12))
    plain = LotPlace(receiving_place("S1"), StockKey(item=RELAY.code, status=StockStatus.QUALITY_HOLD), 20)
    lots = (
        HeldLot(item=GLUE, lot="L2611", owner="own", places=places),
        HeldLot(item=RELAY, lot="", owner="own", places=(plain,)),
    )
    buttons = offers(Action.BACK, Action.LOCK)
    yield "lots", view(LotsFace(rows=lots, offers=buttons), Message("lots_page"))
    yield "lots_none", view(LotsFace(offers=buttons), Message("lots_none"))
    params: dict[str, str | int] = {"item": GLUE.code, "lot": "L2611"}
    ask = _choice("why_lot_released", "tested_good", "sorted_out", "held_by_mistake", prefix="reason_", params=params)
    yield "lot_release", view(LotsFace(rows=lots, offers=buttons, ask=ask, about=lots[0]), Message("lot_ask"))
