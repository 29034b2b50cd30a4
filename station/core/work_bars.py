"""A supplier's label of several bars, scanned at the work: each begins with a data identifier, where the settings say so of every
supplier ("*"; whose goods lie in a compartment nobody knows). Pure.

A bar that names no goods waits for the one that does; after that one, it is looked at alone. The item's own code goes before.
"""

from __future__ import annotations

from dataclasses import replace

from station import scan_bars
from station.core.inputs import Now, Scanned
from station.core.state import StationState
from station.scan_bars import WorkBars
from station.task import Task


def is_enabled(state: StationState) -> bool:
    """Whether any text may be a bar of a supplier's label."""
    return scan_bars.ALL in state.rules.bar_suppliers


def joined(state: StationState, task: Task, event: Scanned, now: Now) -> tuple[StationState, Scanned]:
    """The scan as the label that it is a part of, with the bars that waited; unchanged where it is no such bar."""
    kept = state.work_bars
    state = replace(state, work_bars=None)
    bar = scan_bars.bars_of(event.text, now.mono_s, with_identifiers=True)
    if bar is None or bar.is_gs1:
        return state, event
    before = kept.bars if kept is not None and kept.task == task else None
    bars = scan_bars.add(before, bar)
    if scan_bars.is_whole(bars):
        return state, replace(event, text=scan_bars.joined(bars))
    return replace(state, work_bars=WorkBars(task, bars)), replace(event, text=scan_bars.joined(bar))
