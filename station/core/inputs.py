"""Everything that can happen to a station, as values. Each is handed to `station.core.advance`, one after another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hardware.values import (
    DisplayLink,
    LiftEvent,
    LiftStatus,
    LightLink,
    MotionResult,
    ScaleLink,
    ScaleRead,
    ScannerLink,
    ToteKey,
    ToteLampsFailed,
)
from station.commands import Command
from station.core.page_inputs import (
    BufferTold,
    CalibrationKept,
    CardTold,
    CountOrdered,
    Declared,
    DeskRead,
    DevicesRead,
    FormKept,
    FramesExported,
    GoodsRead,
    HeldLotsRead,
    HeldSettled,
    LampsTried,
    LoadPlaced,
    LoadRead,
    LoadsRead,
    OrderChanged,
    OrderRead,
    OutageWorkRead,
    PageInput,
    PageRead,
    PullRead,
    PutAwayPlaced,
    ReceiptsRead,
    ReplayEnded,
    ReplayTold,
    SignalTold,
    StatusAnswered,
    WearRead,
)
from station.count_due import TrayToCount
from station.drift import DriftTold
from station.elsewhere import OtherBays
from station.flows.lines import LineId, Progress
from station.flows.round_event import BookRead, HomesFound, OfferFound
from station.flows.sequence_ahead import OpenRank
from station.flows.sign_on import BadgeFound, LockOutEnded, PersonRead, PinChecked, PinChosen, WentIdle
from station.flows.tray_call import ItemsFound, TrayRead
from station.flows.turn import Booked, BookingFailed, CodeChecked, LotsFound, LotStockFound, ScanNamed
from station.held_counts import HeldSeen
from station.outages import OutageSeen
from station.printing.seen import PrinterSeen
from station.rules.handling import Load
from station.taken_seen import TakenSeen
from station.task import Task
from station.values import (
    Approval,
    BoundTote,
    HeldLease,
    Lock,
    LotHold,
    Order,
    Person,
    PieceWeight,
    Place,
    PlannedMove,
    Stock,
    SyncStatus,
    Tray,
)
from station.view.work import OrderTag

__all__ = [
    "BufferTold",
    "CalibrationKept",
    "CardTold",
    "CountOrdered",
    "Declared",
    "DeskRead",
    "DeviceInput",
    "DevicesRead",
    "Elapsed",
    "FormKept",
    "FramesExported",
    "FromLift",
    "Given",
    "GoodsRead",
    "HeldLotsRead",
    "HeldSettled",
    "Input",
    "LampsTried",
    "LeasesRead",
    "LightRefused",
    "LoadPlaced",
    "LoadRead",
    "LoadsRead",
    "MachineInput",
    "MotionNotWritten",
    "MotionOver",
    "Now",
    "OrderChanged",
    "OrderRead",
    "OrdersRead",
    "OutageWorkRead",
    "PageInput",
    "PageRead",
    "PeopleInput",
    "PictureRead",
    "PieceWeightRead",
    "PullRead",
    "PutAwayPlaced",
    "ReceiptsRead",
    "ReplayEnded",
    "ReplayTold",
    "Scanned",
    "SignalTold",
    "SiteChanged",
    "StationInput",
    "StationStopping",
    "StatusAnswered",
    "StatusTold",
    "StoreAlarmed",
    "StoreChanged",
    "SyncInput",
    "SyncTold",
    "Ticked",
    "TraysPlanned",
    "WearRead",
    "WeightNotKept",
    "WorkAllocated",
    "WorkInput",
]


@dataclass(frozen=True, slots=True)
class Now:
    """The moment of an input: monotonic seconds for waiting, UTC for people."""

    mono_s: float
    utc: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """A person gave a command."""

    command: Command


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scanner read a code. `said` is how it came, before the scanner's form was read; `is_ended`: it had a suffix."""

    text: str
    source: str
    said: str = ""
    is_ended: bool = True

    def __repr__(self) -> str:
        return f"Scanned(source={self.source!r})"  # a scan may be a badge: its text never reaches a log


@dataclass(frozen=True, slots=True)
class MotionOver:
    """The command we waited for has ended."""

    result: MotionResult


@dataclass(frozen=True, slots=True)
class MotionNotWritten:
    """The intent could not be stored, so nothing was sent."""

    command: int
    code: str


@dataclass(frozen=True, slots=True)
class StatusTold:
    """The machine's answer to the question with this number; None when it could not be read."""

    number: int
    status: LiftStatus | None


@dataclass(frozen=True, slots=True)
class OrdersRead:
    """The work list now, and the machine's trays. `started` are orders that were open when the station stopped, by whom;
    `has_checks`: zero checks were left unanswered too. Both were looked for only `with_started`."""

    orders: tuple[OrderTag, ...]
    started: tuple[str, ...] = ()
    started_by: Person | None = None
    trays: frozenset[int] = frozenset()
    has_checks: bool = False
    with_started: bool = False
    due: tuple[str, ...] = ()  # of the machine's service and inspection (`WearReport.due`)
    drift: DriftTold | None = None  # that it has become slower or faster
    outages: tuple[OutageSeen, ...] = ()  # the machine's trays and bays that are out of service
    counts_due: tuple[TrayToCount, ...] = ()  # at their next visit, because they were moved without the station
    approvals: tuple[Approval, ...] = ()  # what one person did alone, and nobody has answered for
    counts_held: tuple[HeldSeen, ...] = ()  # they wait for a different person
    other_bays: OtherBays = field(default_factory=OtherBays)
    locks: Mapping[int, tuple[Lock, ...]] = field(default_factory=dict)  # by tray: what of it asks for a right
    dead_lamps: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()  # orders that a supervisor holds, or the host changes
    blocks: tuple[LotHold, ...] = ()  # what nothing may be taken of
    host_changes: frozenset[str] = frozenset()  # those of them that the host changes
    released_gaps: frozenset[LineId] = frozenset()  # empty positions that hold up nobody any more
    ahead: tuple[OpenRank, ...] = ()  # the ranks that are still to leave
    taken: tuple[TakenSeen, ...] = ()  # out of a compartment on somebody's account
    moves: tuple[PlannedMove, ...] = ()  # of goods, that somebody has decided on
    zone_tasks: tuple[Task, ...] = ()  # what waits at places without a lift, in walking order
    zone_locks: Mapping[tuple[str, int], tuple[Lock, ...]] = field(default_factory=dict)  # sections that ask for a right


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkAllocated:
    """The tasks of the orders that are to be started. `lacking` are the items of lines for which there is none.
    `planned` are the orders that they were made from."""

    orders: tuple[str, ...]
    tasks: tuple[Task, ...]
    lines: Mapping[LineId, Progress]
    planned: tuple[Order, ...] = ()
    lacking: tuple[str, ...] = ()
    is_resumed: bool = False
    released_gaps: frozenset[LineId] = frozenset()
    ahead: tuple[OpenRank, ...] = ()
    joins: bool = False  # they break into the round in hand
    is_walk: bool = False  # they are at places without a lift
    totes: tuple[BoundTote, ...] = ()  # those that stand at their places, of other orders too
    loose: frozenset[str] = frozenset()  # orders of which goods went to the destination, and none into a tote
    elsewhere: Mapping[LineId, Place] = field(default_factory=dict)  # where the rest of a line lies that is not worked here
    is_single: bool = False  # one task alone was asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureRead:
    """The tray of the task in hand as the store knows it."""

    number: int
    picture: Tray | None
    contents: tuple[Stock, ...]
    load: Load | None = None
    machine: str = ""  # "": this one


@dataclass(frozen=True, slots=True)
class LightRefused:
    """A light of its own cannot show what it should, with why (L3xx); "" when it shows again."""

    light: str
    code: str


@dataclass(frozen=True, slots=True)
class StoreChanged:
    """The store went read-only (with a code), or takes bookings again ("")."""

    code: str


@dataclass(frozen=True, slots=True)
class StoreAlarmed:
    """What is wrong with the store while it still works (`station.store_watch`), the worst first; nothing when all is well."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TellingsShown:
    """What somebody has to be told of on the screen now (`station.telling`)."""

    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintersTold:
    """How the printers do now, and what waits there."""

    printers: tuple[PrinterSeen, ...]


@dataclass(frozen=True, slots=True)
class SiteChanged:
    """Orders, items or stock were changed from outside."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """A second or so has passed; what depends on time is looked at again."""


@dataclass(frozen=True, slots=True)
class Elapsed:
    """A second has passed while a booking can be undone."""


@dataclass(frozen=True, slots=True)
class PieceWeightRead:
    """What the store has of a piece's weight, None for nothing. `is_new`: it was learnt just now."""

    item: str
    lot: str
    weight: PieceWeight | None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class WeightNotKept:
    """What a piece weighs was not written, with why."""

    code: str


@dataclass(frozen=True, slots=True)
class StationStopping:
    """The station is being stopped: what is under way ends and is written, and nothing new is asked of the machine."""


@dataclass(frozen=True, slots=True)
class SyncTold:
    """How the replication with the site database does now."""

    status: SyncStatus


@dataclass(frozen=True, slots=True)
class LeasesRead:
    """The orders that the site database has given to this station."""

    leases: tuple[HeldLease, ...]


MachineInput = LiftEvent | MotionOver | MotionNotWritten | StatusTold


@dataclass(frozen=True, slots=True)
class FromLift:
    """What one of several lifts says, or how a command to it ended. `opening` names the lift."""

    opening: str
    happened: MachineInput


DeviceInput = ScannerLink | DisplayLink | LightLink | LightRefused | ScaleRead | ScaleLink | ToteKey | ToteLampsFailed
PeopleInput = BadgeFound | PinChecked | LockOutEnded | PinChosen | PersonRead | WentIdle


@dataclass(frozen=True, slots=True)
class TraysPlanned:
    """The trays that the beam would bring next, after the one of the question with this number."""

    number: int
    trays: tuple[int, ...]


WorkInput = (
    Booked
    | BookingFailed
    | BookRead
    | HomesFound
    | OfferFound
    | LotsFound
    | LotStockFound
    | TrayRead
    | ItemsFound
    | ScanNamed
    | CodeChecked
    | OrdersRead
    | WorkAllocated
    | PictureRead
    | PieceWeightRead
    | WeightNotKept
    | TraysPlanned
)
StationInput = StoreChanged | StoreAlarmed | PrintersTold | TellingsShown | SiteChanged | Ticked | Elapsed | StationStopping
SyncInput = SyncTold | LeasesRead

Input = Given | Scanned | MachineInput | FromLift | DeviceInput | PeopleInput | WorkInput | PageInput | StationInput | SyncInput
