"""A label of several bars at a receipt: a bar that names no goods waits for the next one of the same label.

Bars with data identifiers are read only of suppliers that the settings name. Where the goods are not known yet, what is
announced of them tells that; where they are in hand, their receipt does.
"""

from __future__ import annotations

from dataclasses import replace

from station import scan_bars
from station.core.effects import AskGoods, Effect, Play, Sound
from station.core.inputs import GoodsRead, Now
from station.core.state import ReceiptsPage, StationState
from station.flows.receipt_state import Receipt
from station.view.message import Level, Message

Turn = tuple[StationState, tuple[Effect, ...]]


def waiting(state: StationState, page: ReceiptsPage, event: GoodsRead, now: Now) -> Turn | None:
    """Keep a bar that is not enough, or look up what the bars say together; None where the code is no such bar."""
    if event.is_badge or page.by != "scan" or event.items:
        return None
    bar = scan_bars.bars_of(event.text, now.mono_s, with_identifiers=bool(state.rules.bar_suppliers))
    if bar is None:
        return None
    bars = scan_bars.add(page.bars, bar)
    if not scan_bars.is_whole(bars):
        said = Message("bar_read", Level.NOTE)
        return replace(state, page=replace(page, bars=bars)).said(said), (Play(Sound.OK),)
    code = scan_bars.joined(bars)
    return replace(state, page=replace(page, bars=None, asked=code, has_identifiers=not bars.is_gs1)), (AskGoods(code),)


def of_suppliers(state: StationState, page: ReceiptsPage, event: GoodsRead) -> GoodsRead:
    """What was read, with only the announced lines of suppliers whose bars are read so."""
    if not page.has_identifiers or scan_bars.ALL in state.rules.bar_suppliers:
        return event
    mine = tuple(each for each in event.announced if each.order.supplier in state.rules.bar_suppliers)
    return replace(event, announced=mine)


def refusal(state: StationState, page: ReceiptsPage, event: GoodsRead) -> Message | None:
    """That nothing is announced of a supplier whose bars are read."""
    if not page.has_identifiers or event.announced or scan_bars.ALL in state.rules.bar_suppliers:
        return None
    return Message("bars_of_nobody", Level.ACT, {"item": event.items[0].code}, error="O481")


def in_hand(state: StationState, page: ReceiptsPage, hand: Receipt, event: GoodsRead, now: Now) -> Turn | None:
    """Look up one bar of the goods in hand as the label that it is a part of; None where it is a text."""
    if hand.is_typed or event.is_badge or event.items or not _is_enabled(state, page, hand):
        return None
    bar = scan_bars.bars_of(event.text, now.mono_s, with_identifiers=True)
    if bar is None or bar.is_gs1:
        return None
    code = scan_bars.joined(bar)
    return replace(state, page=replace(page, receipt=replace(hand, asked=code))), (AskGoods(code),)


def _is_enabled(state: StationState, page: ReceiptsPage, hand: Receipt) -> bool:
    """Whether bars of these goods begin with a data identifier."""
    suppliers = state.rules.bar_suppliers
    of = hand.goods.of
    return page.has_identifiers or scan_bars.ALL in suppliers or (of is not None and of.order.supplier in suppliers)
