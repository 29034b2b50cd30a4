"""Hand-made Views of the page on which the pointer is taught."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from station.view.action import Action, Offer
from station.view.ask import AskNumber
from station.view.calibration import CalibrationFace, PlaceMark
from station.view.message import Level, Message
from station.view.tray_map import CellState, TrayMap
from station.view.view import View
from station.view.wait import Wait
from tests.helpers.device_faces import MAINTENANCE
from tests.helpers.faces import tray_map, view

PLACES = ((0, 0, ""), (2450, 0, ""), (2450, 864, ""), (0, 864, ""), (612, 432, "B3"), (1837, 432, "B8"))
WHY = ("points_in_line", "points_twisted", "points_too_close", "out_of_limit")
ENDED = ("tray_left", "machine_stopped", "link_down", "pointer_down", "signed_off")


def empty_map() -> TrayMap:
    """What lies in the compartments is not drawn: it is about places alone."""
    shown = tray_map()
    return replace(shown, cells=tuple(replace(each, state=CellState.EMPTY) for each in shown.cells))


def marks(done: int, *, is_teaching: bool = False) -> tuple[PlaceMark, ...]:
    """The six places, of which so many are taught."""

    def state_of(number: int) -> str:
        return "taught" if number < done else "now" if is_teaching and number == done else "waits"

    return tuple(
        PlaceMark(number=number + 1, x_mm=x_mm, y_mm=y_mm, state=state_of(number), compartment=compartment)
        for number, (x_mm, y_mm, compartment) in enumerate(PLACES)
    )


def face(step: str, *actions: Action, done: int = 6, **changes: object) -> CalibrationFace:
    offers = (*(Offer(action) for action in actions), Offer(Action.LOCK))
    places = marks(done, is_teaching=step == "teaching")
    plain = CalibrationFace(step=step, offers=offers, tray=47, map=empty_map(), marks=places, height_mm=80, turn=1)
    return replace(plain, **changes)  # type: ignore[arg-type]


def calibration_views() -> Iterator[tuple[str, View]]:
    """From the question which tray to what was saved, and every way in which it ends."""
    tray = AskNumber(code="calibrate_which_tray", result="call_tray")
    height = AskNumber(code="calibrate_which_height", result="height", maximum=2000)
    nothing: dict[str, object] = {"map": None, "marks": (), "height_mm": None}
    yield "calibrate_tray", _view(face("tray", Action.BACK, ask=tray, tray=None, **nothing), Message("which_tray"))
    coming = Message("tray_coming", params={"tray": 47})
    yield "calibrate_coming", _view(face("coming", Action.BACK, wait=Wait("tray_coming", 47, 0.0, 9.0), **nothing), coming)
    yield "calibrate_height", _view(face("height", Action.BACK, done=0, ask=height), Message("calibrate_height"))
    first = face("teaching", Action.ON_MARK, Action.BACK, done=0)
    yield "calibrate_first", _view(first, Message("calibrate_corner", params={"number": 1}))
    teaching = (Action.ON_MARK, Action.PLACE_BEFORE, Action.LEAVE_TEACHING)
    third = face("teaching", *teaching, done=2)
    yield "calibrate_teaching", _view(third, Message("calibrate_corner", params={"number": 3}))
    check = face("teaching", *teaching, done=4, turn=0)
    yield "calibrate_check", _view(check, Message("calibrate_check", params={"compartment": "B3"}))
    judged: dict[str, object] = {"checks_mm": (3.1, 12.4), "limit_mm": 122.5}
    accept = (Action.ACCEPT_LEVEL, Action.TEACH_ANEW, Action.BACK)
    yield "calibrate_judged", _view(face("judged", *accept, **judged), Message("calibrate_judged"))
    not_kept = Message("calibration_not_kept", Level.ACT, error="F603")
    yield "calibrate_not_kept", _view(face("judged", *accept, **judged), not_kept)
    for why in WHY:
        off: dict[str, object] = {**judged, "checks_mm": (3.1, 204.0)} if why == "out_of_limit" else {"limit_mm": 122.5}
        refused = face("refused", Action.TEACH_ANEW, Action.BACK, why=why, **off)
        yield f"calibrate_{why}", _view(refused, Message("calibrate_refused", Level.ACT, error="O335"))
    saving = replace(face("saving", **judged), offers=(Offer(Action.ACCEPT_LEVEL, "reading"), Offer(Action.LOCK)))
    yield "calibrate_saving", _view(saving, Message("calibrate_saving"))
    yield "calibrate_saved", _view(face("saved", Action.CALIBRATE, Action.BACK, **judged), Message("calibrate_saved"))
    for why in ENDED:
        ended = face("ended", Action.CALIBRATE, Action.BACK, done=0, height_mm=None, why=why)
        yield f"calibrate_ended_{why}", _view(ended, Message(f"calibrate_ended_{why}", Level.ACT, error="O336"))


def _view(shown: CalibrationFace, bar: Message) -> View:
    return view(shown, bar, operator=MAINTENANCE)
