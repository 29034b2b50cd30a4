"""The page on which a pointer is taught, as the window shows it."""

from __future__ import annotations

from hardware.aiming.calibration import TO_FIT, Refused, checks_mm
from hardware.aiming.calibration import Level as TaughtLevel
from hardware.values import PointAt
from station.core import calibration_page
from station.core.state import CalibrationPage, StationState
from station.core.steering import awaits_touch
from station.faces.tray_map import tray_map
from station.faces.waits import machine_wait
from station.flows.calibration import (
    MOST_HEIGHT_MM,
    STEPS,
    AskHeight,
    AskTray,
    CalibrationStep,
    Coming,
    Ended,
    Judged,
    Saved,
    Saving,
    Teaching,
)
from station.values import Tray
from station.view.action import Action, Offer
from station.view.ask import Ask, AskNumber
from station.view.calibration import CalibrationFace, PlaceMark
from station.view.message import Level, Message

BARS = {"tray": "which_tray", "height": "calibrate_height", "judged": "calibrate_judged", "saving": "calibrate_saving"}
BARS |= {"saved": "calibrate_saved"}


def calibration_face(state: StationState, page: CalibrationPage) -> CalibrationFace:
    """The tray with its places, and what the step in hand shows beside it."""
    flow, step = page.flow, page.flow.step
    picture = flow.picture
    level = _level(step)
    return CalibrationFace(
        step=step_of(step),
        offers=_offers(state, step),
        tray=step.tray if isinstance(step, Coming) else picture.number if picture else None,
        map=tray_map(picture, ()) if picture else None,
        marks=_marks(picture, flow.places, step) if picture else (),
        height_mm=level.height_mm if level else step.height_mm if isinstance(step, Teaching | Judged) else None,
        turn=STEPS.index(step.step) if isinstance(step, Teaching) else 0,
        checks_mm=checks_mm(level.taught, flow.calibration.optics) if level else _refused_checks(step),
        limit_mm=flow.limit_mm if picture and isinstance(step, Judged | Saving | Saved) else None,
        why=_why(step),
        wait=machine_wait(state) if isinstance(step, Coming) else None,
        ask=_ask(step),
    )


def step_of(step: CalibrationStep) -> str:
    """The face's word for a step of the flow."""
    match step:
        case AskTray():
            return "tray"
        case Coming():
            return "coming"
        case AskHeight():
            return "height"
        case Teaching():
            return "teaching"
        case Judged(verdict=Refused()):
            return "refused"
        case Judged():
            return "judged"
        case Saving():
            return "saving"
        case Saved():
            return "saved"
        case Ended():
            return "ended"


def calibration_bar(page: CalibrationPage) -> Message:
    """What to do next; of what was refused or has ended, why."""
    flow, step = page.flow, page.flow.step
    match step:
        case Judged(verdict=TaughtLevel()) if flow.failed:
            return Message("calibration_not_kept", Level.ACT, error=flow.failed)
        case Teaching(taught=taught):
            return _mark_bar(flow.picture, flow.places[len(taught)], len(taught))
        case Judged(verdict=Refused()):
            return Message("calibrate_refused", Level.ACT, error="O335")
        case Ended(why=why):
            return Message(f"calibrate_ended_{why}", Level.ACT, error="O336")
        case _:
            return Message(BARS[step_of(step)])


def _mark_bar(picture: Tray | None, place: PointAt, number: int) -> Message:
    label = _compartment(picture, place) if picture and number >= TO_FIT else ""
    if label:
        return Message("calibrate_check", params={"compartment": label})
    return Message("calibrate_corner" if number < TO_FIT else "calibrate_cross", params={"number": number + 1})


def _level(step: CalibrationStep) -> TaughtLevel | None:
    match step:
        case Judged(verdict=TaughtLevel() as level) | Saving(level) | Saved(level):
            return level
        case _:
            return None


def _refused_checks(step: CalibrationStep) -> tuple[float, ...]:
    return step.checks_mm if isinstance(step, Judged) else ()


def _why(step: CalibrationStep) -> str:
    match step:
        case Judged(verdict=Refused(why=why)) | Ended(why=why):
            return why
        case _:
            return ""


def _ask(step: CalibrationStep) -> Ask | None:
    match step:
        case AskTray():
            return AskNumber(code="calibrate_which_tray", result="call_tray")
        case AskHeight():
            return AskNumber(code="calibrate_which_height", result="height", maximum=MOST_HEIGHT_MM)
        case _:
            return None


def _marks(picture: Tray, places: tuple[PointAt, ...], step: CalibrationStep) -> tuple[PlaceMark, ...]:
    """Where the teaching has come to; before it all wait, after it all are taught."""
    done = _done(step, len(places))
    now = done if isinstance(step, Teaching) else None
    return tuple(
        PlaceMark(
            number=number + 1,
            x_mm=place.x_mm,
            y_mm=place.y_mm,
            state="now" if number == now else "taught" if number < done else "waits",
            compartment=_compartment(picture, place) if number >= TO_FIT else "",
        )
        for number, place in enumerate(places)
    )


def _done(step: CalibrationStep, places: int) -> int:
    """How many places are taught; corners that make no map are refused before the checks."""
    match step:
        case Teaching(taught=taught):
            return len(taught)
        case AskHeight() | Ended():
            return 0
        case Judged(verdict=Refused(why="points_in_line" | "points_twisted")):
            return TO_FIT
        case _:
            return places


def _compartment(picture: Tray, place: PointAt) -> str:
    """The compartment whose middle this is."""
    centred = (each.label for each in picture.compartments if PointAt(*each.centre_mm) == place)
    return next(centred, "")


def _offers(state: StationState, step: CalibrationStep) -> tuple[Offer, ...]:
    match step:
        case Coming():
            again = (Offer(Action.FETCH_AGAIN),) if awaits_touch(state) else ()
            offers = (Offer(Action.BACK), *again)
        case Teaching(taught=()):
            offers = (Offer(Action.ON_MARK), Offer(Action.BACK))
        case Teaching():
            offers = (Offer(Action.ON_MARK), Offer(Action.PLACE_BEFORE), Offer(Action.LEAVE_TEACHING))
        case Judged(verdict=Refused()):
            offers = (Offer(Action.TEACH_ANEW), Offer(Action.BACK))
        case Judged():
            earlier = "reading" if state.is_keeping_taught else ""
            offers = (Offer(Action.ACCEPT_LEVEL, earlier), Offer(Action.TEACH_ANEW), Offer(Action.BACK))
        case Saving():
            offers = (Offer(Action.ACCEPT_LEVEL, "reading"),)
        case Saved() | Ended():
            offers = (Offer(Action.CALIBRATE, calibration_page.refusal(state)), Offer(Action.BACK))
        case _:
            offers = (Offer(Action.BACK),)
    return (*offers, Offer(Action.LOCK))
