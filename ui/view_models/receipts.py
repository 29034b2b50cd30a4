"""Goods that are received: what lies at the bay and what is to come, a row each; and what is known of the goods in hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from station.receipt_values import HOLD, REJECT, Announced, Waiting
from station.view.action import Action
from station.view.receipts import GoodsTag, ReceiptsFace
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, arrange
from ui.view_models.rows import ListModel, RowModel, Tone, paged

WITHOUT: Final = {"goods_note": "without_note", "goods_photo": "without_photo", "goods_no_photo": "without_photo"}
FIRST: Final = (Action.BACK, Action.RECEIVE_ALL, Action.TYPE_GOODS, Action.JUDGE_GOODS, Action.LEAVE_OUT)


@dataclass(frozen=True, slots=True)
class ReceiptsModel:
    """`summary` stands above the rows."""

    rows: ListModel
    summary: str


def present(face: ReceiptsFace, local: Local, texts: Texts, *, now: datetime, rows: int) -> ReceiptsModel:
    """The list's page and the line above it."""
    if face.wait:
        return ReceiptsModel(paged("", [], texts, page=0, size=rows, empty=texts.message_of(face.wait)), "")
    models = [_at_bay(number, each, texts, now) for number, each in enumerate(face.waiting)]
    models += [_announced(number, each, face, texts, now) for number, each in enumerate(face.announced)]
    shown = paged("", models, texts, page=local.page, size=rows, empty=texts.label("no_receipts"))
    return ReceiptsModel(shown, _summary(face, texts))


def present_row(face: ReceiptsFace, texts: Texts) -> ActionRowModel:
    return arrange(face.offers, texts, first=FIRST)


def row_count(face: ReceiptsFace) -> int:
    return len(face.waiting) + len(face.announced)


def words_of(face: ReceiptsFace, texts: Texts) -> dict[Action, str]:
    """What the button says that accepts a quantity without counting, or that goes on without a note or a photo."""
    if face.ask is not None and face.ask.code in WITHOUT:
        return {Action.LEAVE_OUT: texts.label(WITHOUT[face.ask.code])}
    if face.accepts is None or face.goods is None:
        return {}
    return {Action.RECEIVE_ALL: texts.label("goods_all", quantity=texts.quantity(face.accepts, face.goods.item))}


def said_of(face: ReceiptsFace, texts: Texts, now: datetime | None = None) -> tuple[str, ...]:
    """What a person must know before the answer, in three lines: the goods, then who waits for them, what has become of them, or
    whose they are."""
    goods = face.goods
    if goods is None:
        return ()
    rest = _of_offer(face, texts, now) or _of_end(goods, texts) or _of_receipt(goods, texts)
    return (_of_goods(goods, texts), *rest)


def _of_goods(goods: GoodsTag, texts: Texts) -> str:
    item = texts.label("goods_item", item=goods.item.code, name=goods.item.name)
    return " · ".join(each for each in (item, goods.lot, goods.serial, goods.expiry) if each)


def _of_receipt(goods: GoodsTag, texts: Texts) -> tuple[str, ...]:
    parts = [texts.label("goods_of", order=goods.order)] if goods.order else []
    parts += [texts.label("goods_from", supplier=goods.supplier)] if goods.supplier else []
    parts += [texts.label("goods_against", reference=goods.reference)] if goods.reference else []
    return (" · ".join(parts),) if parts else ()


def _of_offer(face: ReceiptsFace, texts: Texts, now: datetime | None) -> tuple[str, ...]:
    wanted = face.offer
    if wanted is None:
        return ()
    need_by = wanted.order.need_by
    told = [texts.label("goods_waits", time=texts.moment(need_by, now))] if need_by and now else []
    if wanted.tote is not None:
        told.append(texts.label("goods_into_tote", tote=wanted.tote.tote, position=wanted.tote.position))
    line = " · ".join(each for each in (wanted.order.destination, *told) if each)
    return (line,) if line else ()


def _of_end(goods: GoodsTag, texts: Texts) -> tuple[str, ...]:
    """What came, what became of it, and how long it lay at the bay."""
    if not goods.is_over:
        return ()
    told = [texts.label("goods_received", quantity=texts.quantity(goods.quantity, goods.item))]
    if goods.verdict in (HOLD, REJECT) and goods.reason:
        told.append(texts.label(f"goods_is_{goods.verdict}", reason=texts.reason(goods.reason)))
    went = [
        texts.label(
            "goods_went", quantity=texts.quantity(each.quantity, goods.item), order=each.order, age=texts.age(each.dwell_s)
        )
        for each in goods.passed
    ]
    return (" · ".join(told), *([" · ".join(went)] if went else []))


def _summary(face: ReceiptsFace, texts: Texts) -> str:
    here = [texts.label("receipts_at_bay", count=len(face.waiting))] if face.waiting else []
    to_come = [texts.label("receipts_summary", count=len(face.announced))] if face.announced else []
    return "  ·  ".join((*here, *to_come))


def _at_bay(number: int, waiting: Waiting, texts: Texts, now: datetime) -> RowModel:
    item, stock = waiting.item, waiting.stock
    age = texts.age((now - waiting.received_at).total_seconds())
    return RowModel(
        name=f"goods_{number}",
        lead=texts.label("receipt_at_bay"),
        main=item.name,
        sub=" · ".join(each for each in (item.code, texts.stock_key(stock.key), texts.label("receipt_since", age=age)) if each),
        right=texts.quantity(stock.quantity, item),
        right_sub=texts.label("touch_to_go_on"),
        tone=Tone.LATE,
    )


def _announced(number: int, announced: Announced, face: ReceiptsFace, texts: Texts, now: datetime) -> RowModel:
    order, line = announced.order, announced.line
    item = face.items.get(line.item)
    is_late = order.need_by is not None and order.need_by < now
    due = (
        ""
        if order.need_by is None
        else texts.label("receipt_late" if is_late else "receipt_due", time=texts.moment(order.need_by, now))
    )
    quantity = texts.quantity(announced.lacking, item) if item else str(announced.lacking)
    return RowModel(
        name=f"receipt_{number}",
        lead=order.order,
        main=item.name if item else line.item,
        sub=" · ".join(each for each in (line.item, line.lot, order.supplier, order.reference, due) if each),
        right=texts.label("receipt_blind") if announced.is_blind(item) else texts.label("receipt_expected", quantity=quantity),
        right_sub=texts.label("touch_to_receive"),
        tone=Tone.LATE if is_late else Tone.PLAIN,
    )
