"""What the change from one View to the next means for the window. Pure."""

from __future__ import annotations

from station.view.calibration import CalibrationFace
from station.view.devices import DevicesFace
from station.view.message import Level
from station.view.search import SearchFace
from station.view.task import TaskFace
from station.view.tray import BayFace
from station.view.view import View
from ui.view_models import devices, task
from ui.view_models.bars import ask_of


def brings_news(before: View, view: View) -> bool:
    """Whether a scan by another way than the keys, or the machine, has changed what the work face says."""
    scanned = [each.face.scanned if isinstance(each.face, TaskFace) else 0 for each in (before, view)]
    return (before.bar, before.flash, scanned[0]) != (view.bar, view.flash, scanned[1])


def needs_person(before: View, view: View) -> bool:
    """Whether the bay asks for somebody, or another face came: the page of the site database gives way."""
    is_asked = view.bar.level is not Level.NOTE and view.bar.code != before.bar.code
    return is_asked or type(before.face) is not type(view.face)


def is_brief(view: View) -> bool:
    """Whether this View only says that the station is busy for some milliseconds."""
    wait = view.face.wait if isinstance(view.face, TaskFace) else None
    return wait is not None and wait.code in task.QUIET


def meaning_of(view: View) -> tuple[object, ...]:
    """What the buttons of a View are about. Another meaning under the finger locks taps for a moment."""
    face = view.face
    about: tuple[object, ...] = (type(face), ask_of(face), getattr(face, "step", ""))
    if isinstance(face, TaskFace):
        return (*about, face.mode, face.order, face.line_no, face.tray, face.compartment, face.item.code if face.item else "")
    if isinstance(face, BayFace):
        return (*about, face.tray)
    if isinstance(face, CalibrationFace):
        return (*about, face.now)
    if isinstance(face, SearchFace):
        return (*about, face.at, face.first, face.item.item.code if face.item else "")
    if isinstance(face, DevicesFace):
        return (*about, devices.row_actions(face))
    return about
