"""The bar at the top (who, where, how the devices are) and the bar at the bottom (what to do now)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Final

from station.view.ask import Ask
from station.view.calibration import CalibrationFace
from station.view.desk import DeskFace
from station.view.devices import DevicesFace
from station.view.held import HeldFace
from station.view.history import HistoryFace
from station.view.jit import JitFace
from station.view.late import LateFace
from station.view.loads import LoadsFace
from station.view.lots import LotsFace
from station.view.message import Level, Message
from station.view.orders import OrdersFace
from station.view.other import OtherFace
from station.view.outages import OutagesFace
from station.view.people import PeopleFace
from station.view.places import PlacesFace
from station.view.printers import PrintersFace
from station.view.pull import PullFace
from station.view.receipts import ReceiptsFace
from station.view.replay import ReplayFace
from station.view.search import SearchFace
from station.view.sign_on import HandOverFace, LockedFace, PinAgainFace, SignOnFace, UnlockFace
from station.view.status import Light
from station.view.storage import StorageFace
from station.view.task import TaskFace
from station.view.teach import TeachFace
from station.view.tray import BayFace, TrayPageFace, UnknownTrayFace
from station.view.view import Face, View
from station.view.wear import WearFace
from station.view.work import WorkFace
from ui.texts import Texts
from ui.view_models.site import SiteMark, present_mark

SECONDS: Final = "{seconds}"
AWAITED: Final = frozenset({"tray_coming", "tray_leaving", "tray_waits"})
# Faces that may have a question.
Beside: Final = (
    DevicesFace
    | CalibrationFace
    | OutagesFace
    | WearFace
    | LateFace
    | HeldFace
    | OrdersFace
    | LoadsFace
    | PlacesFace
    | PrintersFace
    | ReceiptsFace
    | LotsFace
    | DeskFace
    | PullFace
    | OtherFace
    | ReplayFace
    | JitFace
    | StorageFace
    | HistoryFace
    | PeopleFace
    | PinAgainFace
)
ASKING: Final = WorkFace | TaskFace | BayFace | UnknownTrayFace | TrayPageFace | Beside


@dataclass(frozen=True, slots=True)
class LightModel:
    """A device: its word, its look, and both for a screen reader."""

    name: str
    light: Light
    description: str


@dataclass(frozen=True, slots=True)
class StatusModel:
    mode: str
    place: str
    tags: tuple[str, ...]  # what must never be overlooked: SIMULATED ..., READ ONLY
    lights: tuple[LightModel, ...]
    operator: str
    clock: str
    site: SiteMark | None = None


@dataclass(frozen=True, slots=True)
class Countdown:
    """A sentence with the seconds to go: SECONDS in `left` is filled in by the bar itself, in `late` beyond the expected end.
    Times are of the station's monotonic clock."""

    left: str
    late: str
    since_s: float
    expected_s: float

    def at(self, now_s: float) -> str:
        """What it says at this time."""
        passed = max(0.0, now_s - self.since_s)
        left = ceil(self.expected_s - passed)
        text, seconds = (self.left, left) if left > 0 else (self.late, int(passed))
        return text.replace(SECONDS, str(seconds))


@dataclass(frozen=True, slots=True)
class BarModel:
    text: str
    level: Level
    error: str = ""
    flash: str = ""  # what was just booked, shown beside the instruction: green, or amber when the host is told of a lack
    flash_level: Level = Level.NOTE
    countdown: Countdown | None = None  # instead of the text


def present_status(view: View, texts: Texts, now: datetime) -> StatusModel:
    """The status bar. Devices that are not fitted are left out."""
    tags = (view.simulated,) if view.simulated else ()
    if view.is_read_only:
        tags = (*tags, texts.label("not_read_only"))
    lights = tuple(
        LightModel(texts.device(each.device), each.light, texts.light(each))
        for each in view.lights
        if each.light is not Light.OFF
    )
    operator = (view.operator.name or texts.label("erased")) if view.operator else ""
    mode, place = texts.mode(mode_of(view.face)), f"{view.machine} · {view.bay}"
    return StatusModel(mode, place, tags, lights, operator, texts.clock(now), present_mark(view.sync, texts, now))


def mode_of(face: Face) -> str:
    """The word for what the face is about."""
    match face:
        case SignOnFace():
            return "sign_on"
        case LockedFace():
            return "locked"
        case HandOverFace():
            return "hand_over"
        case UnlockFace():
            return "unlock"
        case PinAgainFace():
            return "pin_again"
        case WorkFace():
            return "work"
        case TaskFace(mode=mode):
            return mode
        case BayFace():
            return "bay"
        case UnknownTrayFace():
            return "unknown_tray"
        case TrayPageFace():
            return "tray_page"
        case DevicesFace():
            return "devices"
        case TeachFace():
            return "teach"
        case StorageFace():
            return "storage"
        case JitFace():
            return "jit"
        case ReplayFace():
            return "replay"
        case WearFace():
            return "wear"
        case OutagesFace():
            return "outages"
        case LateFace():
            return "late"
        case HeldFace():
            return "held"
        case OrdersFace():
            return "orders"
        case LoadsFace():
            return "loads"
        case PrintersFace():
            return "printers"
        case ReceiptsFace():
            return "receipts"
        case PlacesFace():
            return "places"
        case DeskFace():
            return "desk"
        case LotsFace():
            return "lots"
        case PullFace():
            return "pull"
        case CalibrationFace():
            return "calibrate"
        case HistoryFace():
            return "history"
        case PeopleFace():
            return "people"
        case SearchFace():
            return "search"
        case OtherFace():
            return "other"


def present_bar(view: View, texts: Texts, *, flashes: bool) -> BarModel:
    """The message bar. A stop is never covered by a flash."""
    flash = texts.message(view.flashed) if flashes and view.flashed and view.bar.level is not Level.STOP else ""
    level = view.flashed.level if view.flashed else Level.NOTE
    text = _with_why(view, texts.message(view.bar), texts)
    return BarModel(text, view.bar.level, view.bar.error, flash, level, _countdown(view, texts))


def _with_why(view: View, said: str, texts: Texts) -> str:
    """While a tray is awaited, also why it comes next."""
    why = view.face.tray_why if isinstance(view.face, TaskFace) and view.bar.code in AWAITED else None
    return said if why is None else f"{said}  ·  {texts.label(why.code, **why.params)}"


def _countdown(view: View, texts: Texts) -> Countdown | None:
    """The sentence itself stays the same while it counts: nothing is laid out anew, and nothing gives way to it."""
    wait = view.bar_wait
    if wait is None:
        return None
    params = {**view.bar.params, "seconds": SECONDS}
    said = (texts.message(Message(f"{view.bar.code}_{ending}", params=params)) for ending in ("in", "late"))
    left, late = (_with_why(view, each, texts) for each in said)
    return Countdown(left, late, wait.since_s, wait.expected_s)


def ends_flash(bar: Message) -> bool:
    """Whether a sentence that comes after a booking was flashed is to stand alone: it asks for something else."""
    return bar.level is not Level.NOTE or bar.code == "answer_question"


def ask_of(face: Face) -> Ask | None:
    """The question that is open on this face, if any."""
    return face.ask if isinstance(face, ASKING) else None
