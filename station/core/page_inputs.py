"""What the pages over the work wait for, as values. Parts of `station.core.inputs`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from db.records.record import Record
from hardware.aiming.calibration import Calibration
from station.audit.history import HistoryAnswer
from station.desk.values import DeskAnswer
from station.devices import DeviceState, FrameSeen
from station.flows.divide import Divided
from station.flows.late_draft import LateEntered, LateRead
from station.flows.other_work import OtherAnswer
from station.flows.receipt_state import OffersFound, PhotoFound, PhotoKept, PutAway, ReceiptBooked
from station.flows.search import SearchAnswer
from station.held_lots import HeldLot
from station.load_plan import LoadPlan
from station.order_acts import Act
from station.order_seen import OrderSeen
from station.outage_work import OutageWork
from station.pull.board import PullRow
from station.receipt_values import Announced, Waiting
from station.scan_label import NO_LABEL, Label
from station.staff.page import PeopleAnswer
from station.storage.page import StorageAnswer
from station.task import Task
from station.values import EventRow, Item, Load, Place, Stock, Tray
from station.wear import WearReport

if TYPE_CHECKING:
    from station.jit.desk import Desk
    from station.planner.replay import Replay


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRead:
    """A part of a tray's events, newest first, with what is needed to show them."""

    number: int
    picture: Tray | None
    contents: tuple[Stock, ...]
    events: tuple[EventRow, ...]
    has_older: bool
    items: Mapping[str, Item]
    names: Mapping[str, str]
    is_continued: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicesRead:
    """How the devices do now; `frames` are those of `device`, newest first."""

    devices: tuple[DeviceState, ...]
    device: str = ""
    frames: tuple[FrameSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class OutageWorkRead:
    """What becomes of the open work when this tray, or this bay (None), goes out of service."""

    tray: int | None
    work: OutageWork


@dataclass(frozen=True, slots=True)
class FramesExported:
    """The flight recorder lies in this file; "" when it could not be written, and why."""

    path: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusAnswered:
    """The machine's answer to a question from the machine panel; `names_tray`: it says which tray is at the opening.
    `is_by_hand`: a person asked, not the panel by itself."""

    is_ready: bool
    tray: int | None = None
    names_tray: bool = False
    code: str = ""
    is_by_hand: bool = True


@dataclass(frozen=True, slots=True)
class LampsTried:
    """The tote lamps have shone."""


@dataclass(frozen=True, slots=True)
class ReplayTold:
    """So many ways of the days that are worked again are done."""

    number: int
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class ReplayEnded:
    """What came of them, or why nothing did: nothing (nobody picked in these days), failed."""

    number: int
    report: Replay | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class WearRead:
    """How worn the machine is now."""

    report: WearReport


@dataclass(frozen=True, slots=True)
class LoadsRead:
    """What waits in the machine, what is to be taken first before what may wait."""

    loads: tuple[Load, ...]


@dataclass(frozen=True, slots=True)
class LoadRead:
    """What this code is: a load that lies in a machine (None: in none), a production order of which loads lie in this one,
    anybody's badge, or the code of an item ("": of none)."""

    text: str = field(repr=False)
    load: Load | None = None
    of_order: tuple[Load, ...] = ()
    is_badge: bool = False
    item: str = ""


@dataclass(frozen=True, slots=True)
class LoadPlaced:
    """Where this load is to go; None: nowhere is room."""

    plan: LoadPlan
    place: Place | None


@dataclass(frozen=True, slots=True)
class ReceiptsRead:
    """What is to come in, and what lies at the receiving place."""

    announced: tuple[Announced, ...]
    waiting: tuple[Waiting, ...]
    items: Mapping[str, Item] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GoodsRead:
    """What this code means: the items (one, or none is taken), and the announced lines that such goods may be of; or anybody's
    badge. `last_days` are those of the lots in stock, `held` the lots (with their owners) that a defect holds. `is_label`: it
    names the item; `is_damaged`: it has the form of a label and breaks its rules; `card`: it is a kanban card, and the lines are
    those announced against it."""

    text: str = field(repr=False)
    items: tuple[Item, ...] = ()
    announced: tuple[Announced, ...] = ()
    dated_lots: frozenset[str] = frozenset()
    last_days: Mapping[str, date] = field(default_factory=dict)
    held: frozenset[tuple[str, str]] = frozenset()
    label: Label = NO_LABEL
    is_badge: bool = False
    is_label: bool = False
    is_damaged: bool = False
    card: str = ""


@dataclass(frozen=True, slots=True)
class HeldLotsRead:
    """The lots that are on quality hold."""

    lots: tuple[HeldLot, ...]


@dataclass(frozen=True, slots=True)
class DeskRead:
    """The figures of just-in-time; None: they could not be made."""

    number: int
    desk: Desk | None


@dataclass(frozen=True, slots=True)
class BufferTold:
    """What became of a loop's buffer. `why`: nothing was written, the loop is another meanwhile; `code`: no store took it."""

    loop: str
    why: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class PullRead:
    """The pull board: what is needed first before the others."""

    rows: tuple[PullRow, ...]


@dataclass(frozen=True, slots=True)
class CardTold:
    """What the scan of a card came to (`station.pull.cards.Scanned`), with its signal and what its loop asks for; `is_waiting`:
    the new signal waits until its consumer may have more at work. `code` says why nothing is on the disk, "" when it is."""

    card: str = field(repr=False)
    came_to: str
    signal: str = ""
    item: Item | None = None
    quantity: int = 0
    consumer: str = ""
    is_waiting: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class SignalTold:
    """A signal has gone this step further; else `why` says why it does not fit, `code` that it cannot be written."""

    signal: str
    step: str
    why: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class PutAwayPlaced:
    """The task that puts received goods away; None: no compartment fits."""

    asked: PutAway
    task: Task | None


@dataclass(frozen=True, slots=True)
class Declared:
    """These records are on the disk; `code` says why not, "" when they are."""

    records: tuple[Record, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class FormKept:
    """What was learnt of a scanner is kept from now on; `why` says why it could not be."""

    why: str = ""


@dataclass(frozen=True, slots=True)
class CalibrationKept:
    """The pointer aims by this from now on; `code` says why it could not be kept."""

    calibration: Calibration
    code: str = ""


@dataclass(frozen=True, slots=True)
class HeldSettled:
    """What was decided of a waiting count is on the disk; else `why` says what has changed, `code` that it cannot be written."""

    why: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class CountOrdered:
    """A count order was made, with so many lines; else `why` (`station.count_orders`) or a store's `code` says why not."""

    order: str = ""
    lines: int = 0
    why: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class OrderRead:
    """An order for its page; None: there is none of this name."""

    order: str
    seen: OrderSeen | None


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """What was to be done to an order is on the disk, with the order that came of it (`made`); else `why` says what stands
    against it, `code` that it cannot be written."""

    order: str
    act: Act
    made: str = ""
    why: str = ""
    code: str = ""


PageInput = (
    PageRead
    | DevicesRead
    | FramesExported
    | StatusAnswered
    | LampsTried
    | ReplayTold
    | ReplayEnded
    | WearRead
    | LateRead
    | LateEntered
    | LoadsRead
    | LoadRead
    | LoadPlaced
    | ReceiptsRead
    | GoodsRead
    | PutAwayPlaced
    | HeldLotsRead
    | PullRead
    | DeskRead
    | BufferTold
    | CardTold
    | SignalTold
    | HistoryAnswer
    | PeopleAnswer
    | DeskAnswer
    | StorageAnswer
    | Divided
    | OffersFound
    | PhotoFound
    | PhotoKept
    | ReceiptBooked
    | Declared
    | OutageWorkRead
    | FormKept
    | CalibrationKept
    | HeldSettled
    | CountOrdered
    | OrderRead
    | OrderChanged
    | SearchAnswer
    | OtherAnswer
)
