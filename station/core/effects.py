"""What the station asks the world to do, as values. `station.runner` executes them; each answer comes back as an input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from db.records.record import Record
from db.records.stock import PieceWeightLearnt
from hardware.aiming.calibration import Calibration
from hardware.values import BayTexts, PointAt, Purpose
from station.audit.history import HistoryQuestion, HistoryWork
from station.count_orders import WhatToCount
from station.custody import Verb
from station.desk.values import DeskQuestion, ExportSheet
from station.flows.divide import DivideTray
from station.flows.lines import LineId
from station.flows.other_work import OtherQuestion
from station.flows.receipt_state import FindPhoto, FindWanted, KeepPhoto, PutAway
from station.flows.round_event import FindHomes, FindOffer, ReadBook
from station.flows.search import SearchQuestion
from station.flows.sign_on import CheckPin, ChoosePin, EndLockOut, FindBadge
from station.flows.tray_call import FindItem, ReadTray
from station.flows.turn import CheckCode, FindLots, FindLotStock, NameScan
from station.held_counts import Decision
from station.load_plan import LoadPlan
from station.order_acts import OrderAct
from station.planner.situation import Situation
from station.scan_form import ScanForm
from station.staff.page import ChangePerson, PeopleQuestion
from station.storage.page import StorageEffect, StorageQuestion
from station.values import Order, Place

if TYPE_CHECKING:
    from station.jit.loop_buffers import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Append:
    """Write records in one transaction. When `is_awaited`, the answer is Booked or BookingFailed."""

    records: tuple[Record, ...]
    operator: str = ""
    role: str = ""
    is_awaited: bool = False
    planned: tuple[Order, ...] = ()  # what the tasks of a start were made from


@dataclass(frozen=True, slots=True, kw_only=True)
class Declare:
    """Write records after which the site is another one. The answer is Declared, and SiteChanged where they are on the disk."""

    records: tuple[Record, ...]
    operator: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Store the intent in the person's name, then send one command to the machine. The answer is MotionOver or
    MotionNotWritten."""

    command: int
    operator: str = ""
    role: str = ""
    verb: Verb
    tray: int
    next_tray: int | None = None  # the wish that a fetch carries
    compartment: str = ""
    point: PointAt | None = None
    purpose: Purpose = Purpose.PICK
    texts: BayTexts = field(default_factory=BayTexts)
    opening: str = ""  # of which lift, where several stand side by side


@dataclass(frozen=True, slots=True)
class ReadStatus:
    """Ask the machine which tray is at its opening, after a pause. The answer is StatusTold with this number."""

    number: int
    wait_s: float = 0.0
    opening: str = ""  # of which lift, where several stand side by side


@dataclass(frozen=True, slots=True)
class ReadOrders:
    """Read the work list. `with_started` also looks for orders that were open when the station stopped."""

    with_started: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocate:
    """Make tasks of these orders. `joins`: they break into the round in hand."""

    orders: tuple[str, ...]
    is_resumed: bool = False
    joins: bool = False
    is_walk: bool = False  # what of them is at places without a lift; else what is at the bay
    single: tuple[LineId, Place] | None = None  # of those only this line's part at this place


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """Read the map and contents of the tray in hand; `machine` is the zone of a section, "" for this machine."""

    tray: int
    machine: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """Read a tray's events, from `before_seq` backwards."""

    tray: int
    before_seq: int | None = None


@dataclass(frozen=True, slots=True)
class ReadPerson:
    """Read whether this person may still work here."""

    person: str


@dataclass(frozen=True, slots=True)
class ReadDevices:
    """Read how the devices do, and the last frames of this one. The answer is DevicesRead."""

    device: str = ""


@dataclass(frozen=True, slots=True)
class ExportFrames:
    """Write this device's flight recorder to a file. The answer is FramesExported."""

    device: str


@dataclass(frozen=True, slots=True)
class ReadOutageWork:
    """Count the open lines that this tray, or this bay (None), would hold up. The answer is OutageWorkRead."""

    tray: int | None


@dataclass(frozen=True, slots=True)
class AskStatus:
    """Ask the machine how it is, for the machine panel. The answer is StatusAnswered. `is_by_hand`: a person wants to know."""

    is_by_hand: bool = True
    opening: str = ""  # of which lift, where several stand side by side


@dataclass(frozen=True, slots=True)
class ShineLamps:
    """Let all tote lamps shine for a moment. The answer is LampsTried."""


@dataclass(frozen=True, slots=True)
class StartReplay:
    """Work the last so many days of the record again, in a process of its own. The answers are ReplayTold and ReplayEnded with
    this number."""

    number: int
    days: int


@dataclass(frozen=True, slots=True)
class StopReplay:
    """End it; nothing more is told of it."""


@dataclass(frozen=True, slots=True)
class ReadWear:
    """Read how worn the machine is. The answer is WearRead."""


@dataclass(frozen=True, slots=True)
class ReadPieceWeight:
    """Read what one piece of this lot weighs. The answer is PieceWeightRead. `is_new`: it was learnt just now."""

    item: str
    lot: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class LearnWeight:
    """Write what a piece weighs. The answer is PieceWeightRead with what the store then has, or WeightNotKept."""

    record: PieceWeightLearnt
    operator: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class ReadLate:
    """Read what a late booking can be of: orders, people, and the items that this text means. The answer is LateRead."""

    item: str = ""


@dataclass(frozen=True, slots=True)
class EnterLate:
    """Write a late booking, said as a row of a late sheet, and `more` in its transaction. The answer is LateEntered."""

    values: Mapping[str, str]
    operator: str
    role: str
    more: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class SettleHeld:
    """Write what was decided of a waiting count. The answer is HeldSettled."""

    decision: Decision


@dataclass(frozen=True, slots=True)
class ReadOrder:
    """Read an order for its page. The answer is OrderRead."""

    order: str


@dataclass(frozen=True, slots=True)
class ChangeOrder:
    """Write what is done to an order as a whole. The answer is OrderChanged, and SiteChanged where it was done."""

    act: OrderAct


@dataclass(frozen=True, slots=True)
class MakeCountOrder:
    """Make a count order in this person's name. The answer is CountOrdered, and SiteChanged where it was made."""

    what: WhatToCount
    operator: str


@dataclass(frozen=True, slots=True)
class ReadLoads:
    """Read what waits in the machine. The answer is LoadsRead."""


@dataclass(frozen=True, slots=True)
class ReadLoad:
    """Find out whether this code is a load in a machine, or anybody's badge. The answer is LoadRead."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PlaceLoad:
    """Look for a compartment for this load. The answer is LoadPlaced."""

    plan: LoadPlan


@dataclass(frozen=True, slots=True)
class ReadReceipts:
    """Read what is to come in and what lies at the receiving place. The answer is ReceiptsRead."""


@dataclass(frozen=True, slots=True)
class AskGoods:
    """Find out what goods this code means, or whether it is anybody's badge. The answer is GoodsRead."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReadHeldLots:
    """Read which lots are on quality hold. The answer is HeldLotsRead."""


@dataclass(frozen=True, slots=True)
class ReadPull:
    """Read what is asked for. The answer is PullRead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanCard:
    """Decide and write what the scan of this kanban card means. `said`: what a person answered of it, "" for nothing. The answer
    is CardTold, and SiteChanged."""

    card: str = field(repr=False)
    said: str = ""
    operator: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveSignal:
    """Write that a signal has gone this step further. The answer is SignalTold, and SiteChanged."""

    signal: str
    step: str
    operator: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class ReadDesk:
    """Make the figures of just-in-time, in a process of its own; `days` above 0: as if this supplier were so many days late. The
    answer is DeskRead with this number."""

    number: int
    supplier: str = ""
    days: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyBuffer:
    """Write that the buffer of a loop is another from now on, if it is still what it was `before`. The answer is BufferTold, and
    SiteChanged."""

    loop: str
    before: int
    change: Change
    operator: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receive:
    """Write what happens to received goods in one transaction. The answer is ReceiptBooked."""

    records: tuple[Record, ...]
    planned: tuple[Order, ...] = ()
    operator: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Divide:
    """Take a tray's new layout over, write it down, and print the new label. The answer is Divided, and SiteChanged."""

    wish: DivideTray
    operator: str = ""
    role: str = ""


class Sound(StrEnum):
    """Sounds that differ in rhythm; never the only sign."""

    OK = "ok"
    DONE = "done"  # an order is finished
    WRONG = "wrong"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Play:
    sound: Sound


@dataclass(frozen=True, slots=True)
class PressButton:
    """Press the button that this word of a printed command stands for, if the window shows it and it can be used."""

    word: str


@dataclass(frozen=True, slots=True)
class KeepScanForm:
    """Keep how this scanner says its codes, and read them so from now on. The answer is FormKept."""

    source: str
    form: ScanForm


@dataclass(frozen=True, slots=True)
class KeepCalibration:
    """Keep what the pointer was taught, and aim by it from now on. The answer is CalibrationKept."""

    calibration: Calibration


@dataclass(frozen=True, slots=True)
class PlanAhead:
    """Look ahead from this situation, in which `trays` have the machine's numbers, while the hands work. The answer, if one ever
    comes, is TraysPlanned with this number."""

    number: int
    situation: Situation
    trays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadLeases:
    """Read which orders the site database has given to this station. The answer is LeasesRead."""


@dataclass(frozen=True, slots=True)
class WakeSync:
    """Let the replication try now. What comes of it is SyncTold."""


Effect = (
    Append
    | Declare
    | Move
    | ReadStatus
    | ReadOrders
    | Allocate
    | ReadPicture
    | ReadPage
    | ReadPerson
    | ReadDevices
    | ExportFrames
    | AskStatus
    | ShineLamps
    | StartReplay
    | StopReplay
    | ReadWear
    | ReadLate
    | EnterLate
    | ReadLoads
    | ReadLoad
    | PlaceLoad
    | ReadReceipts
    | ReadPull
    | ReadDesk
    | StorageQuestion
    | StorageEffect
    | ApplyBuffer
    | ScanCard
    | MoveSignal
    | AskGoods
    | Receive
    | Divide
    | FindWanted
    | FindPhoto
    | KeepPhoto
    | PutAway
    | ReadOutageWork
    | Play
    | PressButton
    | FindBadge
    | CheckPin
    | EndLockOut
    | ChoosePin
    | PeopleQuestion
    | ChangePerson
    | ReadBook
    | FindHomes
    | FindOffer
    | SettleHeld
    | MakeCountOrder
    | ReadOrder
    | ChangeOrder
    | FindLots
    | FindLotStock
    | ReadHeldLots
    | ReadTray
    | FindItem
    | NameScan
    | CheckCode
    | KeepScanForm
    | KeepCalibration
    | ReadPieceWeight
    | LearnWeight
    | PlanAhead
    | ReadLeases
    | WakeSync
    | SearchQuestion
    | OtherQuestion
    | HistoryQuestion
    | DeskQuestion
    | ExportSheet
    | HistoryWork
)
