"""The counting scale at the bay: what it says, what a piece of the lot in hand weighs, and how that is learnt. Pure.

A reading proposes and does nothing else: it books nothing, confirms nothing and touches no number that somebody typed. It has a
meaning only where a number of pieces is asked; learning a weight puts a question of its own over that one, and Back leads to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from db.records.stock import PieceWeightLearnt
from hardware.values import ScaleLink, ScaleRead
from station import commands as do
from station.core.at_place import is_zone, may_work
from station.core.effects import Effect, LearnWeight, ReadPieceWeight
from station.core.inputs import PieceWeightRead, WeightNotKept
from station.core.state import ScaleState, StationState
from station.core.writing import written
from station.faces.asks import call_ask, task_ask
from station.flows.tray_call import AskQuantity
from station.piece_weight import LEAST_SAMPLE, is_empty, learn
from station.values import Item, Place
from station.view.ask import AskNumber
from station.view.message import Level, Message

WeighTurn = tuple[StationState, tuple[Effect, ...]]
PAN_STATES = ("overload", "underload", "busy")
ERRORS = {"scale_no_link": "L401", "scale_overload": "L402", "scale_underload": "L403", "scale_negative": "L404"}


@dataclass(frozen=True, slots=True)
class Subject:
    """What lies on the scale, as far as the screen asks for it. `lot` None: the item has lots and this one's is not known yet."""

    item: Item
    lot: str | None


def subject(state: StationState) -> Subject | None:
    """Whose pieces are asked for now; None where no number of pieces is, or where there is no scale."""
    if state.scale is None or state.person is None or state.page is not None:
        return None
    work = state.round
    if work is not None:
        current = work.current
        is_here = current is not None and _is_at_bay(state, current.task.place) and not may_work(state, current.task.place)
        ask = task_ask(current) if current is not None and is_here else None
        return _of(ask, current.lot or current.task.key.lot) if current is not None else None
    call = state.call
    if call is None or not isinstance(call.step, AskQuantity):
        return None
    return _of(call_ask(call), call.step.key.lot)


def _is_at_bay(state: StationState, place: Place) -> bool:
    """Whether it is worked beside the scale: a place without a lift is not."""
    return not is_zone(state, place)


def _of(ask: object, lot: str) -> Subject | None:
    """Measured goods and pieces with serials are not counted by weight."""
    if not isinstance(ask, AskNumber) or ask.item is None or ask.item.decimals or ask.item.serial_tracked:
        return None
    return Subject(ask.item, None if ask.item.lot_tracked and not lot else lot)


def told(state: StationState, event: ScaleRead | ScaleLink) -> StationState:
    """The scale said something. A lost line takes its last reading with it."""
    scale = state.scale or ScaleState()
    if isinstance(event, ScaleRead):
        return replace(state, scale=replace(scale, read=event))
    read = scale.read if event.is_up else None
    return replace(state, scale=replace(scale, is_up=event.is_up, code=event.code, read=read))


def follow(state: StationState) -> WeighTurn:
    """Ask what a piece weighs when another lot is in hand; forget it, and an open learning, when none is."""
    if state.scale is None:
        return state, ()
    about = subject(state)
    key = (about.item.code, about.lot) if about is not None and about.lot is not None else None
    if about is None or key != state.scale.asked:
        scale = replace(state.scale, asked=key, weight=None, is_weight_read=False, is_learning=False)
        state = state if scale == state.scale else replace(state, scale=scale)
        return state, () if key is None else (ReadPieceWeight(*key),)
    return state, ()


def weight_read(state: StationState, event: PieceWeightRead) -> StationState:
    """The store's answer, or what was just learnt; that of a lot that is no longer in hand says nothing of the one that is."""
    if state.scale is None:
        return state
    if event.is_new:
        state = _not_saving(state, state.scale)
    if state.scale is None or state.scale.asked != (event.item, event.lot):
        return state
    learnt = state.scale.is_learning and event.is_new
    scale = replace(state.scale, weight=event.weight, is_weight_read=True, is_learning=state.scale.is_learning and not learnt)
    state = replace(state, scale=scale)
    return state.said(Message("weight_learnt", Level.NOTE, {"item": event.item})) if learnt else state


def not_kept(state: StationState, event: WeightNotKept) -> StationState:
    """The store did not take what was learnt: the pieces are asked for as before."""
    state = replace(state, store_code=event.code)
    return state if state.scale is None else _not_saving(state, state.scale)


def _not_saving(state: StationState, scale: ScaleState) -> StationState:
    return replace(state, scale=replace(scale, is_saving=False))


def command(state: StationState, given: do.Command) -> WeighTurn | None:
    """What a person does about the scale; None where the command is somebody else's."""
    scale, about = state.scale, subject(state)
    if scale is None or about is None:
        return None
    match given:
        case do.TeachWeight() if not scale.is_saving:
            return _begin(state, scale, about), ()
        case do.EnterNumber(number=pieces) if scale.is_learning and not scale.is_saving:
            return _learn(state, scale, about, pieces)
        case do.Back() if scale.is_learning:
            return replace(state, scale=replace(scale, is_learning=False)), ()
        case _:
            return (state, ()) if scale.is_learning and not isinstance(given, do.LeaveWork | do.Skip) else None


def _begin(state: StationState, scale: ScaleState, about: Subject) -> StationState:
    refused = "store_read_only" if state.store_code else "" if scale.is_up else "scale_no_link"
    if about.lot is None:
        return _refused(state, "scale_lot_not_known", about)
    return _refused(state, refused, about) if refused else replace(state, scale=replace(scale, is_learning=True))


def why_not_weighed(state: StationState, scale: ScaleState) -> str:
    """Why the reading is of no use now, as a code; "" when it is."""
    read = scale.read
    if not scale.is_up:
        return "scale_no_link"
    if read is None:
        return "scale_busy"
    if read.weight_mg is None:
        return f"scale_{read.state}" if read.state in PAN_STATES else "scale_busy"
    if is_empty(read.weight_mg, read.step_mg, state.rules.precision):
        return "scale_empty" if read.is_stable else "scale_moving"
    if not read.is_stable:
        return "scale_moving"
    return "scale_negative" if read.weight_mg < 0 else ""


def _learn(state: StationState, scale: ScaleState, about: Subject, pieces: int) -> WeighTurn:
    """Learn from what lies on the scale at this moment, or say why not."""
    read, why = scale.read, why_not_weighed(state, scale)
    if state.store_code:
        return _refused(state, "store_read_only", about), ()
    if why or read is None or read.weight_mg is None or about.lot is None:
        return _refused(state, why or "scale_lot_not_known", about), ()
    if pieces <= 0:
        return _too_few(state, about, LEAST_SAMPLE), ()
    learnt = learn(read.weight_mg, read.step_mg, pieces, state.rules.precision)
    if learnt.needed:
        return _too_few(state, about, learnt.needed), ()
    record = PieceWeightLearnt(
        item=about.item.code,
        lot=about.lot,
        piece_ug=learnt.piece_ug,
        uncertainty_ug=learnt.uncertainty_ug,
        sample=pieces,
        sample_mg=read.weight_mg,
    )
    by = written(state)
    state = replace(state, scale=replace(scale, is_saving=True))
    return state, (LearnWeight(record, operator=by.operator, role=by.role),)


def _too_few(state: StationState, about: Subject, needed: int) -> StationState:
    params: dict[str, str | int] = {"item": about.item.code, "needed": needed}
    return state.said(Message("sample_too_small", Level.ACT, params, error="O341"))


def _refused(state: StationState, code: str, about: Subject) -> StationState:
    return state.said(Message(code, Level.ACT, {"item": about.item.code}, error=ERRORS.get(code, "O340")))
