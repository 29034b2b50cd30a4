"""Counts on the supervisor's desk: a row of the programme, a tray that nobody counted, and a variance lead to a count order."""

from __future__ import annotations

from dataclasses import replace

from station.core.effects import Effect, MakeCountOrder
from station.core.state import DeskPage, StationState
from station.count_orders import WhatToCount
from station.desk.values import Show

CountTurn = tuple[StationState, tuple[Effect, ...]]
COUNT_NOW = "count_case"


def touched(state: StationState, page: DeskPage, number: int) -> CountTurn:
    """Ask whether what this row speaks of is to be counted; nothing is asked where there is nothing to count."""
    what = _what(state, page, number)
    return (state, ()) if what is None else (replace(state, page=replace(page, to_count=what)), ())


def chosen(state: StationState, page: DeskPage, key: str) -> CountTurn:
    """Have it counted: the order is in the work list then."""
    if key != COUNT_NOW or page.to_count is None or state.person is None or state.store_code:
        return state, ()
    return replace(state, page=replace(page, to_count=None)), (MakeCountOrder(page.to_count, state.person.person),)


def _what(state: StationState, page: DeskPage, number: int) -> WhatToCount | None:
    sheet = page.counts
    if sheet is None or number < 0:
        return None
    match page.show:
        case Show.PROGRAMME if number < len(sheet.classes) and (items := sheet.classes[number].due_items):
            most = state.rules.counts.places_an_order
            return WhatToCount(machine=state.custody.machine, items=frozenset(items), riskiest=most)
        case Show.MISSING if number < len(sheet.trays) and (tray := sheet.trays[number]).missing:
            return WhatToCount(machine=tray.machine, first_tray=tray.tray)
        case Show.VARIANCES if number < len(sheet.variances):
            off = sheet.variances[number]
            return WhatToCount(machine=off.machine, item=off.item, first_tray=off.tray)
        case _:
            return None
