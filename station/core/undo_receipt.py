"""The undo of goods that came in at the bay, or went straight to an order: it belongs to the page of receipts. Pure.

Goods at the bay lie on no tray, so nothing can be counted instead; where it is too late, the screen says so, and what to do.
"""

from __future__ import annotations

from dataclasses import replace

from station.core.effects import Effect, ReadOrders, ReadReceipts
from station.core.round_turned import told
from station.core.state import ReceiptsPage, StationState
from station.flows import undo as flow
from station.flows.receipt_state import FindWanted, Receipt, ReceiptStep
from station.flows.undo import Made
from station.view.message import Level, Message

ERRORS = {"received": "O504", "passed": "O505", "rejected": "O506"}
_AFTER = (ReceiptStep.LOOKING, ReceiptStep.PASSING, ReceiptStep.AMOUNT, ReceiptStep.DONE)


def is_its_page(state: StationState, made: Made) -> bool:
    """Whether the booking is taken back where the person stands now: at the receipts, or at the bay."""
    return (made.receipt is not None) == isinstance(state.page, ReceiptsPage)


def why_not(state: StationState, made: Made) -> str:
    """Why it cannot be taken back as the page is now; "" when it can. The goods must be in no other hand, and nowhere else."""
    page = state.page
    if not isinstance(page, ReceiptsPage) or page.placing is not None or page.asked or made.receipt is None:
        return flow.OTHER_WORK
    hand = page.receipt
    if hand is not None and not (hand.step in _AFTER and hand.goods == made.receipt.goods):
        return flow.OTHER_WORK
    return flow.TOLD if made.closes and state.sync is not None else ""


def refusal(made: Made) -> Message:
    """It is too late: why, and what can be done."""
    params: dict[str, str | int] = {"item": made.item.code, "order": made.task.order}
    return Message(f"undo_no_{made.moved}", Level.ACT, params, error=ERRORS[made.moved])


def taken_up(state: StationState, made: Made, hand: Receipt) -> tuple[StationState, tuple[Effect, ...]]:
    """The goods lie as they came. What was passed waits for an order again; else the list is shown as it is now."""
    params: dict[str, str | int] = {"item": made.item.code, "order": made.task.order}
    state = told(state, Message(f"undone_{made.moved}", Level.NOTE, params))
    if made.moved == "passed" and hand.received_at is not None:
        asked = FindWanted(goods=hand.goods, quantity=hand.rest, received_at=hand.received_at)
        again = replace(hand, step=ReceiptStep.LOOKING, offers=(), is_locked=False)
        return replace(state, page=replace(_page(state), receipt=again)), (asked, ReadOrders())
    page = _page(state)
    page = ReceiptsPage(announced=page.announced, waiting=page.waiting, items=page.items)
    return replace(state, page=page), (ReadReceipts(), ReadOrders())


def _page(state: StationState) -> ReceiptsPage:
    return state.page if isinstance(state.page, ReceiptsPage) else ReceiptsPage()
