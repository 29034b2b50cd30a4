"""Just-in-time at the bay, over the work list: the buffers of the loops and what is proposed for them, exposure, verdicts.

The figures are made in a process of its own. What is proposed is written by a touch of a person who may set stock right.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from station import commands as do
from station.core.effects import ApplyBuffer, Effect, Play, ReadDesk, Sound
from station.core.inputs import BufferTold, DeskRead
from station.core.leaving import left
from station.core.state import JitPage, StationState
from station.core.writing import written
from station.jit.loop_buffers import LoopBuffer, Still, cycles_left
from station.view.message import Level, Message

LISTS: Final = ("buffers", "exposure", "verdicts")
DAYS_LATE: Final = (2, 5, 10)
APPLY, LEAVE, IN_TIME, CLOSED = "apply", "leave", "0", "inf"
CHANGED, NOT_WRITTEN, NO_FIGURES = "O522", "O523", "O524"

JitTurn = tuple[StationState, tuple[Effect, ...]]


def may_open(state: StationState) -> bool:
    """Whether who works here may look at it, and apply what is proposed: whoever may set stock right."""
    return state.rules.has_desk and state.person is not None and state.person.role in state.rules.approve_stock


def opened(state: StationState) -> JitTurn:
    """Open the page over the work list."""
    if not may_open(state):
        return state.said(Message("no_right", Level.ACT, error="O319")), ()
    return _asked(state, JitPage())


def _asked(state: StationState, page: JitPage, supplier: str = "", days: float = 0.0) -> JitTurn:
    """The figures are made anew; what was shown is not shown any more."""
    number = state.desks + 1
    page = replace(page, number=number, desk=None, is_failed=False, about="", supplier="")
    return replace(state, desks=number, page=page), (ReadDesk(number, supplier, days),)


def command(state: StationState, page: JitPage, given: do.Command) -> JitTurn:
    """What a person does on the page."""
    about = buffer_named(page, page.about)
    match given:
        case do.Choose(key=key) if about is not None and about.change is not None:
            return _answered(state, page, about, key)
        case do.Choose(key=key) if page.supplier and key in {IN_TIME, CLOSED, *map(str, DAYS_LATE)}:
            return _asked(state, page, page.supplier if key != IN_TIME else "", float(key))
        case do.Back() if page.about or page.supplier:
            return replace(state, page=replace(page, about="", supplier="")), ()
        case do.Back() | do.ClosePage():
            return left(state), ()
        case do.ShowJit(what=what) if what in LISTS and not page.about and not page.supplier:
            return replace(state, page=replace(page, at=what)), ()
        case do.ShowJitRow(name=name) if page.desk is not None and not page.about and not page.supplier:
            return _touched(state, page, name)
        case _:
            return state, ()


def buffer_named(page: JitPage, loop: str) -> LoopBuffer | None:
    """The buffer of this loop, as it is shown."""
    rows = page.desk.buffers if page.desk is not None else ()
    return next((each for each in rows if each.loop.loop == loop), None) if loop else None


def _touched(state: StationState, page: JitPage, name: str) -> JitTurn:
    if page.at == "buffers" and (found := buffer_named(page, name)) is not None:
        if found.change is not None:
            return replace(state, page=replace(page, about=name)), ()
        params: dict[str, str | int] = {"loop": name, "count": cycles_left(found)}
        return state.said(Message(f"buffer_{found.still or Still.FITS}", Level.NOTE, params)), ()
    ways = page.desk.ways if page.desk is not None and page.at == "exposure" else ()
    if any(each.name == name for each in ways):
        return replace(state, page=replace(page, supplier=name)), ()
    covers = page.desk.covers if page.desk is not None and page.at == "exposure" else ()
    cover = next((each for each in covers if each.item == name), None)
    if cover is None:
        return state, ()
    if not cover.supplier:
        return state.said(Message("no_supplier", Level.NOTE, {"item": name})), ()
    return replace(state, page=replace(page, supplier=cover.supplier)), ()


def _answered(state: StationState, page: JitPage, about: LoopBuffer, key: str) -> JitTurn:
    page = replace(page, about="")
    if key != APPLY or about.change is None:
        return replace(state, page=page), ()
    if state.store_code:
        said = Message("buffer_not_written", Level.ACT, {"loop": about.loop.loop}, error=NOT_WRITTEN)
        return replace(state, page=page).said(said), (Play(Sound.WRONG),)
    name = written(state)
    apply = ApplyBuffer(loop=about.loop.loop, before=about.size, change=about.change, operator=name.operator, role=name.role)
    return replace(state, page=page), (apply,)


def read(state: StationState, event: DeskRead) -> StationState:
    """The figures are there, or cannot be made."""
    page = state.page
    if not isinstance(page, JitPage) or page.number != event.number:
        return state
    return replace(state, page=replace(page, desk=event.desk, is_failed=event.desk is None))


def told(state: StationState, event: BufferTold) -> JitTurn:
    """The change is on the disk, or why not. What was shown is no longer so: it is made anew."""
    if event.code:
        said = Message("buffer_not_written", Level.ACT, {"loop": event.loop}, error=NOT_WRITTEN)
        return replace(state, store_code=event.code).said(said), (Play(Sound.WRONG),)
    if event.why:
        said, sound = Message("buffer_changed", Level.ACT, {"loop": event.loop}, error=CHANGED), Sound.WRONG
    else:
        said, sound = Message("buffer_applied", Level.NOTE, {"loop": event.loop}), Sound.OK
    state = state.said(said)
    if not isinstance(state.page, JitPage):
        return state, (Play(sound),)
    state, effects = _asked(state, state.page)
    return state.said(said), (Play(sound), *effects)
