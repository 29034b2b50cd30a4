"""The lesson of practice mode: what a newcomer has done so far, and the one hint that comes next. Pure: it sees views only.

Sign on -> start an order -> scan -> confirm -> a short -> send the tray back -> done. What is asked on the screen goes before the
lesson: a hint never speaks of a button that is not there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from station.view.action import Action
from station.view.message import Level
from station.view.sign_on import LockedFace, SignOnFace
from station.view.status import Light
from station.view.task import TaskFace
from station.view.view import View
from station.view.work import WorkFace


class Lesson(StrEnum):
    """What is learnt next."""

    SIGN_ON = "sign_on"
    START = "start"
    SCAN = "scan"
    CONFIRM = "confirm"
    SHORT = "short"
    SEND_BACK = "send_back"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Practice:
    """`flash` counts the bookings when the lesson began; `was_short`: the last question of a short was seen since."""

    lesson: Lesson = Lesson.SIGN_ON
    flash: int = 0
    was_short: bool = False


def follow(practice: Practice, view: View) -> Practice:
    """The lesson after this view. It never goes back."""
    face = view.face
    has_booked = view.flash > practice.flash
    match practice.lesson:
        case Lesson.SIGN_ON if view.operator is not None:
            return Practice(Lesson.START, view.flash)
        case Lesson.START if isinstance(face, TaskFace):
            return Practice(Lesson.SCAN, view.flash)
        case Lesson.SCAN if has_booked or (isinstance(face, TaskFace) and face.scanned):
            return Practice(Lesson.CONFIRM, view.flash)
        case Lesson.CONFIRM if has_booked:
            return Practice(Lesson.SHORT, view.flash)
        case Lesson.SHORT if practice.was_short and has_booked:
            return Practice(Lesson.SEND_BACK, view.flash)
        case Lesson.SHORT if _asks(view) == "how_many_remain":
            return replace(practice, was_short=True)
        case Lesson.SHORT if practice.was_short and _may(view, Action.NOT_ENOUGH):
            return replace(practice, was_short=False)  # he went back, and booked nothing
        case Lesson.SEND_BACK if isinstance(face, WorkFace) and face.tray is None and face.wait is None:
            return Practice(Lesson.DONE, view.flash)
        case _:
            return practice


def hint(practice: Practice, view: View) -> str:
    """The code of the one hint for this view."""
    face = view.face
    if view.bar.level is Level.STOP:
        return "read_bar"
    if isinstance(face, SignOnFace):
        return "sign_on" if face.step == "badge" else "pin"
    if _asks(view):
        return "question"
    if isinstance(face, WorkFace) and practice.lesson not in (Lesson.SEND_BACK, Lesson.DONE):
        return "start"
    if isinstance(face, WorkFace):
        return "done" if face.tray is None else "tray_goes"
    if isinstance(face, TaskFace):
        if face.is_here and practice.lesson is Lesson.SCAN and face.mode == "put":
            return "scan_put"
        return str(practice.lesson) if face.is_here else "tray_comes"
    return "read_bar"


def code_to_scan(view: View) -> str:
    """What the scanner would read at the compartment of the task in hand; "" where nothing is to be scanned."""
    face = view.face
    if not isinstance(face, TaskFace) or face.item is None or not face.is_here or face.ask is not None:
        return ""
    return face.item.code if face.mode in ("pick", "put") else ""


def may_end(view: View) -> bool:
    """Whether nobody works, so that practice may be ended by a touch."""
    return isinstance(view.face, LockedFace) or (isinstance(view.face, SignOnFace) and view.face.step == "badge")


def may_begin(view: View) -> bool:
    """Of a real bay: whether practice may lie over it. Nobody is signed on or about to be, and machine and bar are calm."""
    face = view.face
    if not isinstance(face, SignOnFace) or face.step != "badge" or face.locked or face.is_checking:
        return False
    is_calm = all(each.light is Light.GOOD for each in view.lights if each.device == "machine")
    return is_calm and view.bar.level is not Level.STOP and view.bar_wait is None and not view.is_read_only


def must_end(began: View, view: View) -> bool:
    """Of a real bay: whether practice that began over `began` has to go, because the bay wants somebody, or is wanted."""
    is_told = view.bar.level is not Level.NOTE and view.bar != began.bar
    return is_told or not may_begin(view)


def _asks(view: View) -> str:
    ask = getattr(view.face, "ask", None)
    return "" if ask is None else str(ask.code)


def _may(view: View, action: Action) -> bool:
    return any(each.action is action for each in getattr(view.face, "offers", ()))
