"""What a text or a label says of the goods in hand at a receipt. Pure."""

from __future__ import annotations

from dataclasses import replace

from station.flows.receipt_state import Receipt, ReceiptStep, Said
from station.receipt_values import Goods
from station.scan import clean
from station.scan_label import NO_LABEL, Label, code_label, is_item, matches_item, quantity_of
from station.tracking import is_code
from station.values import Item
from station.view.message import Level, Message


def label_said(state: Receipt, said: Said) -> Label:
    """The label that was scanned, NO_LABEL where it is a text. What is typed is never a label."""
    return NO_LABEL if said.is_typed else code_label(said.text, state.goods.item)


def goods_of(state: Receipt, text: str, label: Label) -> tuple[Goods, Message | None]:
    """The goods with all that a label says of them, whatever was asked; or why it says nothing of them."""
    goods, item = state.goods, state.goods.item
    if not label.is_valid:
        return goods, Message("code_damaged", Level.ACT, error="O370")
    if label.names_item and not is_item(item, text, label):
        return goods, Message("goods_of_other_item", Level.ACT, {"item": item.code}, error="O422")
    if item.lot_tracked and goods.lot and label.lot and label.lot != goods.lot:
        return goods, Message("labels_differ", Level.ACT, {"item": item.code}, error="O372")
    quantity = quantity_of(label, item)
    told = replace(
        goods,
        lot=goods.lot or (label.lot if item.lot_tracked and _may_be(label.lot, item) else ""),
        serial=goods.serial or (label.serial if item.serial_tracked and _may_be(label.serial, item) else ""),
        expiry=goods.expiry or label.last_day,
        told=quantity or goods.told,
    )
    says_nothing = told == goods and not (quantity and state.step is ReceiptStep.QUANTITY)
    return (goods, lacking(state)) if says_nothing else (told, None)


def code_of(state: Receipt, said: Said, label: Label) -> tuple[str, Message | None]:
    """The lot or serial that a text is, or why it is none."""
    item = state.goods.item
    if not label.is_valid:
        return "", Message("code_damaged", Level.ACT, error="O370")
    if label.names_item and not is_item(item, said.text, label):
        return "", Message("goods_of_other_item", Level.ACT, {"item": item.code}, error="O422")
    text = clean(said.text)
    return (text, None) if _may_be(text, item) else ("", lacking(state))


def lacking(state: Receipt) -> Message:
    """That what was said does not answer what is asked."""
    if state.step is ReceiptStep.EXPIRY:
        return Message("not_a_day", Level.ACT, error="O361")
    return Message(f"goods_lack_{state.step}", Level.ACT, {"item": state.goods.item.code}, error="O422")


def _may_be(text: str, item: Item) -> bool:
    return is_code(text) and not matches_item(item, text)
