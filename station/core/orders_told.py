"""What a reading of the work list means for the pages that lie over it."""

from __future__ import annotations

from dataclasses import replace

from station.core import other_page, work
from station.core.effects import Effect
from station.core.inputs import OrdersRead
from station.core.page_state import ReceiptsPage
from station.core.receipts_page import turned
from station.core.state import StationState
from station.flows.receipt_block import blocks_read

Told = tuple[StationState, tuple[Effect, ...]]


def orders_read(state: StationState, event: OrdersRead) -> Told:
    """The work list; then work that a page has led to goes on, and goods in hand at a receipt learn what is blocked."""
    state, effects = work.orders_read(state, event)
    state, more = other_page.led_on(state)
    effects = (*effects, *more)
    page = state.page
    if not isinstance(page, ReceiptsPage) or page.receipt is None:
        return state, effects
    after, asked = blocks_read(page.receipt, event.blocks)
    if after == page.receipt:
        return state, effects
    state, asks = turned(state, replace(page, receipt=after), after, asked)
    return state, (*effects, *asks)
