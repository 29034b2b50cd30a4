"""The page on which a pointer is taught: carries out what `station.flows.calibration` asks, and tells it what ends the teaching.

The tray is called like any other (`station.core.steering`); the light follows the page's aim (`station.core.bay_lights`), which
keeps it dark by itself whenever the tray is not here, the machine does not stand well, or nobody is signed on.
"""

from __future__ import annotations

from dataclasses import replace

from hardware.aiming.calibration import Refused
from station import commands as do
from station import interlocks
from station.core import access, machine
from station.core.effects import Effect, KeepCalibration, Play, ReadDevices, ReadPicture, Sound
from station.core.inputs import CalibrationKept, PictureRead
from station.core.state import CalibrationPage, DevicesPage, LightState, StationState
from station.custody import NotKnown
from station.flows import calibration as flow
from station.flows.calibration import (
    AimPointer,
    AskHeight,
    AskTray,
    CalibrationEvent,
    CalibrationState,
    ChooseStep,
    Coming,
    DarkenPointer,
    Ended,
    Interrupted,
    Jog,
    Judged,
    LevelSaved,
    SaveCalibration,
    Saved,
    Saving,
    TakePlace,
    Teaching,
    TrayStands,
    WantTray,
)
from station.view.message import Level, Message

CalibrationTurn = tuple[StationState, tuple[Effect, ...]]
POINTER = "pointer"
LEFT = "left"


def may_calibrate(state: StationState) -> bool:
    """Whether there is a pointer to teach, and the person who is signed on may."""
    return state.taught is not None and state.person is not None and state.person.role in state.rules.calibrate


def refusal(state: StationState) -> str:
    """The code of why no tray can be called to be taught on now, "" when one can.

    A stop that may still stand keeps the light dark, and would end the teaching at once.
    """
    if not state.lights.get(POINTER, LightState()).is_up:
        return "no_line"
    refused = interlocks.may_move(replace(state.custody, needs_touch=False))
    return refused or ("stop_unclear" if state.custody.is_stop_unclear else "")


def opened(state: StationState, behind: DevicesPage) -> CalibrationTurn:
    """Open the page over the machine panel; not while a command by hand is asked about or on its way."""
    if state.taught is None or not may_calibrate(state):
        return state.said(Message("no_right", Level.ACT, error="S503")), ()
    if behind.hand is not None:
        return state, ()
    if refused := refusal(state):
        return state.said(_refused(refused)), ()
    return replace(state, page=CalibrationPage(behind=behind, flow=CalibrationState(calibration=state.taught))), ()


def is_over(page: CalibrationPage) -> bool:
    """Whether this teaching has come to its end."""
    return isinstance(page.flow.step, Saved | Ended)


def command(state: StationState, page: CalibrationPage, given: do.Command) -> CalibrationTurn:
    """What a person does on the page."""
    match given:
        case do.ClosePage():
            return _left(state, page)
        case do.Back() if is_over(page):
            return _left(state, page)
        case do.OpenCalibration() if is_over(page):
            return opened(state, page.behind)
        case do.EnterNumber(number=tray) if isinstance(page.flow.step, AskTray):
            return _called(state, page, given, tray)
        case do.Choose(key="accept") if state.is_keeping_taught:
            return state, ()
        case do.TurnLight(pan=pan, tilt=tilt):
            return _turned(state, page, Jog(pan, tilt))
        case do.ChooseTurn(index=index):
            return _turned(state, page, ChooseStep(index))
        case do.LightOnMark():
            return _turned(state, page, TakePlace())
        case _:
            return _turned(state, page, given)


def _called(state: StationState, page: CalibrationPage, given: do.EnterNumber, tray: int) -> CalibrationTurn:
    if tray not in state.trays:
        return state.said(Message("no_such_tray", Level.ACT, {"tray": tray}, error="O304")), ()
    if (locked := access.refused(state, tray)) is not None:
        return state.said(locked), access.noted(state, tray)
    refused = refusal(state)
    return (state.said(_refused(refused)), ()) if refused else _turned(state, page, given)


def _refused(code: str) -> Message:
    return Message("by_hand_refused", Level.ACT, {"reason": code})


def watched(state: StationState) -> CalibrationTurn:
    """Tell the flow what has become of its tray, its machine, its pointer and its person."""
    page = state.page
    if not isinstance(page, CalibrationPage) or not isinstance(page.flow.step, Coming | AskHeight | Teaching):
        return state, ()
    if why := _interruption(state, page):
        state, effects = _turned(state, page, Interrupted(why))
        return replace(state, bar=None), effects
    step, custody = page.flow.step, state.custody
    stands = isinstance(step, Coming) and custody.tray_here == step.tray and custody.is_proven and custody.motion is None
    return _turned(state, page, TrayStands(page.called)) if stands and page.called is not None else (state, ())


def _interruption(state: StationState, page: CalibrationPage) -> str:
    """What the light must not outlive, as the flow's code; "" for nothing."""
    custody, step = state.custody, page.flow.step
    if state.person is None:
        return "signed_off"
    if custody.safety_code:
        return "machine_stopped"
    if not custody.is_linked:
        return "link_down"
    if not state.lights.get(POINTER, LightState()).is_up:
        return "pointer_down"
    if isinstance(step, Coming):
        return "tray_left" if isinstance(custody.where, NotKnown) and not custody.is_checking else ""
    is_here = page.flow.picture is not None and custody.tray_here == page.flow.picture.number
    return "" if is_here and custody.is_proven else "tray_left"


def picture_read(state: StationState, effects: tuple[Effect, ...], event: PictureRead) -> CalibrationTurn:
    """The picture of the tray that is to come, from which the places to teach follow."""
    page = state.page
    if isinstance(page, CalibrationPage) and page.flow.step == Coming(event.number) and event.picture is not None:
        state = replace(state, page=replace(page, called=event.picture))
    return state, effects


def kept(state: StationState, event: CalibrationKept) -> CalibrationTurn:
    """It was kept, or could not be. Who asked for it may have left meanwhile; a page that was opened since goes on from it."""
    taught = state.taught if event.code else event.calibration
    state = replace(state, taught=taught, is_keeping_taught=False)
    page = state.page
    if not isinstance(page, CalibrationPage) or taught is None:
        return state, ()
    if isinstance(page.flow.step, Saving):
        return _turned(state, page, LevelSaved(event.code))
    return replace(state, page=replace(page, flow=replace(page.flow, calibration=taught))), ()


def _left(state: StationState, page: CalibrationPage) -> CalibrationTurn:
    """Back to the panel; what was not accepted is forgotten."""
    return replace(state, page=page.behind), (ReadDevices(page.behind.device),)


def _turned(state: StationState, page: CalibrationPage, event: CalibrationEvent) -> CalibrationTurn:
    """One turn of the flow, with what it asks for."""
    after, asked = flow.advance(page.flow, event)
    if after.step == Ended(LEFT):
        return _left(state, page)
    effects: list[Effect] = []
    for effect in asked:
        match effect:
            case AimPointer(aim):
                page = replace(page, aim=aim)
            case DarkenPointer():
                page = replace(page, aim=None)
            case WantTray(tray):
                state = replace(machine.touched(state), is_leaving=False)
                page = replace(page, called=None, behind=replace(page.behind, has_moved=True))
                effects.append(ReadPicture(tray))
            case SaveCalibration(calibration):
                state = replace(state, is_keeping_taught=True)
                effects.append(KeepCalibration(calibration))
    if isinstance(after.step, Judged) and isinstance(page.flow.step, Teaching):
        effects.append(Play(Sound.WRONG if isinstance(after.step.verdict, Refused) else Sound.OK))
    return replace(state, page=replace(page, flow=after)), tuple(effects)
