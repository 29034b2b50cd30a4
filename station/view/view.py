"""The whole of what the window shows: one frozen `View` after each input, complete and free of sentences.

Texts are codes with values (`Message`); `ui/sentences/` has the sentence for every code. Quantities are scaled integers of the
item's stock unit. A face is one page; `Ask` is a question shown inside it (never a dialog).
"""

from __future__ import annotations

from dataclasses import dataclass

from station.view.calibration import CalibrationFace
from station.view.desk import DeskFace
from station.view.devices import DevicesFace
from station.view.held import HeldFace
from station.view.history import HistoryFace
from station.view.jit import JitFace
from station.view.late import LateFace
from station.view.lifts import LiftTag
from station.view.loads import LoadsFace
from station.view.lots import LotsFace
from station.view.message import Message
from station.view.messages import MessagesView
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
from station.view.status import DeviceLight, OperatorTag
from station.view.storage import StorageFace
from station.view.sync import SyncView
from station.view.task import TaskFace
from station.view.teach import TeachFace
from station.view.tray import BayFace, TrayPageFace, UnknownTrayFace
from station.view.undo import UndoTag
from station.view.wait import Wait
from station.view.wear import WearFace
from station.view.work import WorkFace

Face = (
    SignOnFace
    | LockedFace
    | HandOverFace
    | UnlockFace
    | PinAgainFace
    | WorkFace
    | TaskFace
    | BayFace
    | UnknownTrayFace
    | TrayPageFace
    | DevicesFace
    | TeachFace
    | WearFace
    | OutagesFace
    | LateFace
    | HeldFace
    | OrdersFace
    | LoadsFace
    | PlacesFace
    | PrintersFace
    | ReceiptsFace
    | LotsFace
    | CalibrationFace
    | PullFace
    | SearchFace
    | OtherFace
    | ReplayFace
    | JitFace
    | StorageFace
    | HistoryFace
    | PeopleFace
    | DeskFace
)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything the window shows. `token` changes whenever what can be acted on changes; `flash` counts finished bookings so
    that the window can flash the last one (`flashed` says what was booked)."""

    token: int
    station: str
    machine: str
    bay: str
    simulated: str  # the words under which the machine is named as simulated, "" for a real one
    operator: OperatorTag | None
    lights: tuple[DeviceLight, ...]
    face: Face
    bar: Message
    bar_wait: Wait | None = None  # what the bar waits for, where it is known how long that takes
    flash: int = 0
    flashed: Message | None = None
    is_read_only: bool = False
    messages: MessagesView | None = None  # what the bar said lately; None while nobody works here
    sync: SyncView | None = None  # the site database; None where none is set
    lifts: tuple[LiftTag, ...] = ()  # side by side, from the left; none where there is one
    undo: UndoTag | None = None  # of the last booking; None where there is nothing to take back
