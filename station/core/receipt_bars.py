"""A label of several bars at a receipt: a bar that names no goods waits for the next one of the same label."""

from __future__ import annotations

from dataclasses import replace

from station import scan_bars
from station.core.effects import AskGoods, Effect, Play, Sound
from station.core.inputs import GoodsRead, Now
from station.core.state import ReceiptsPage, StationState
from station.view.message import Level, Message

Turn = tuple[StationState, tuple[Effect, ...]]


def waiting(state: StationState, page: ReceiptsPage, event: GoodsRead, now: Now) -> Turn | None:
    """Keep a bar that is not enough, or look up what the bars say together; None where the code is no such bar."""
    if event.is_badge or page.by != "scan" or len(event.items) == 1:
        return None
    part = scan_bars.part_of(event.text)
    if not part:
        return None
    bars = scan_bars.add(page.bars, part, now.mono_s)
    if not scan_bars.is_whole(bars):
        said = Message("bar_read", Level.NOTE)
        return replace(state, page=replace(page, bars=bars)).said(said), (Play(Sound.OK),)
    code = scan_bars.joined(bars)
    return replace(state, page=replace(page, bars=None, asked=code)), (AskGoods(code),)
