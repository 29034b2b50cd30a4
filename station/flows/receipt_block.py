"""Goods are blocked while they are being received: they are released no more, and none of them goes on to an order. Pure.

What is on its way to the disk comes there: a block that is said afterwards keeps it from orders all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from station.flows.receipt_state import Receipt, ReceiptStep, ReceiptTurn
from station.flows.turn import Say
from station.values import LotHold
from station.view.message import Level, Message

_PASSING = (ReceiptStep.LOOKING, ReceiptStep.PASSING, ReceiptStep.AMOUNT)


def blocks_read(state: Receipt, blocks: Sequence[LotHold]) -> ReceiptTurn:
    """What is blocked now, here or at another station. What is said of the goods so far stays, but for their release."""
    goods = state.goods
    held = frozenset((each.lot, each.owner) for each in blocks if each.item == goods.item.code)
    before, state = state, replace(state, held=held)
    if before.is_held or not state.is_held:
        return state, ()
    said = (Say(Message("goods_of_held_lot", Level.ACT, {"item": goods.item.code, "lot": goods.lot or "–"}, error="O412")),)
    if state.step is ReceiptStep.SECOND and goods.verdict not in ("hold", "reject"):
        return replace(state, step=ReceiptStep.VERDICT), said
    if state.step in _PASSING:
        stays = Say(Message("goods_blocked_here", Level.ACT, {"item": goods.item.code}, error="O412"))
        return replace(state, step=ReceiptStep.DONE, offers=(), is_locked=False), (stays,)
    if state.step is ReceiptStep.PASS_BOOKING:
        return replace(state, offers=state.offers[:1]), ()
    return state, said if state.step is ReceiptStep.VERDICT else ()
