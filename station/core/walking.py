"""The person at places without a lift: which place the task in hand wants, and what a scan or a touch says of being there."""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station import scan
from station.core.at_place import is_zone, may_work
from station.core.effects import Effect, Play, Sound
from station.core.inputs import Input
from station.core.state import StationState
from station.core.writing import written
from station.flows import walk as flow
from station.flows.round_event import BookRead
from station.flows.turn import Note, TaskState
from station.flows.walk import Gone, LabelScanned, OtherScanned, Walk, WalkEvent, Wanted
from station.values import Place

WalkingTurn = tuple[StationState, tuple[Effect, ...]]
SAID = (do.LabelUnreadable, do.EnterText, do.Back)


def follow(state: StationState, happened: Input) -> StationState:
    """The walk after whatever happened: where the task in hand is, and whether the person can still be there."""
    walk = state.walk if state.person is not None else _after(state.walk, Gone())
    work = state.round
    if work is None:
        walk = _after(walk, Wanted(None))
    elif work.current is not None:
        place = work.current.task.place
        visit = happened.visit if isinstance(happened, BookRead) and happened.task.place == place else 0
        in_zone = is_zone(state, place)
        walk = _after(walk, Wanted(place, visit)) if in_zone else _after(_after(walk, Wanted(None)), Gone())
    return state if walk == state.walk else replace(state, walk=walk)


def begun(state: StationState) -> StationState:
    """Other work begins: where the person was before counts no more."""
    return replace(state, walk=_after(state.walk, Gone()))


def _after(walk: Walk, event: WalkEvent) -> Walk:
    return flow.advance(walk, event)[0]


def scanned(state: StationState, read: scan.Scan, scanner: str) -> WalkingTurn:
    """A scan before the place was reached. Whatever is no label of a place may be a badge: its text goes no further."""
    match read:
        case scan.PlaceScan(place):
            return _turned(state, LabelScanned(place, scanner))
        case scan.TrayScan(machine, tray):
            return _turned(state, LabelScanned(Place(machine, tray, ""), scanner))
        case _:
            return _turned(state, OtherScanned())


def command(state: StationState, current: TaskState, given: do.Command) -> WalkingTurn | None:
    """What a person says of the place before it was reached; None where the command is the task's."""
    place = current.task.place
    if not is_zone(state, place) or not may_work(state, place) or not isinstance(given, SAID):
        return None
    return _turned(state, given)


def _turned(state: StationState, event: WalkEvent) -> WalkingTurn:
    before = state.walk
    after, asked = flow.advance(before, event)
    state = replace(state, walk=after)
    effects: list[Effect] = []
    for each in asked:
        if isinstance(each, Note):
            effects += [written(state, *each.records), Play(Sound.OK)]
        else:
            state = state.said(each.message)
            effects.append(Play(Sound.WRONG))
    is_scan = isinstance(event, LabelScanned) and after.there is not None
    return (replace(state, input_token=state.token) if is_scan else state), tuple(effects)
