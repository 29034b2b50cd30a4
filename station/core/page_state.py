"""The pages that lie over the work, each with what is known and asked on it. Parts of `station.core.state`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from hardware.values import Aim
from station.audit.history import HistoryPage as HistoryPage
from station.core.inputs import StatusAnswered
from station.custody import Verb
from station.desk.values import DeskPage as DeskPage
from station.devices import DeviceState, FrameSeen
from station.flows.calibration import CalibrationState
from station.flows.late import Marking
from station.flows.late_draft import Draft
from station.flows.lines import LineId
from station.flows.load_draft import LoadDraft
from station.flows.order_page import Look, OrderStep
from station.flows.other_draft import OtherDraft
from station.flows.receipt_state import PutAway, Receipt
from station.flows.search import Search
from station.held_lots import HeldLot
from station.load_plan import LoadPlan
from station.order_seen import OrderSeen
from station.outage_work import OutageWork
from station.pull.board import PullRow
from station.receipt_values import Announced, Waiting
from station.scan_bars import Bars
from station.staff.page import PeoplePage as PeoplePage
from station.storage.page import StoragePage as StoragePage
from station.teach_scanner import Taught
from station.values import EventRow, HeldCount, Item, Load, Stock, Tray
from station.wear import WearReport

if TYPE_CHECKING:
    from station.jit.desk import Desk
    from station.planner.replay import Replay


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayPage:
    """The page of any tray. `number` is None while it is asked."""

    number: int | None = None
    picture: Tray | None = None
    contents: tuple[Stock, ...] = ()
    events: tuple[EventRow, ...] = ()
    has_older: bool = False
    items: Mapping[str, Item] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    selected: str = ""


@dataclass(frozen=True, slots=True)
class ByHand:
    """A command that maintenance gives by hand. `tray` None: which one is asked; `is_sent`: the opening is said to be clear."""

    verb: Verb
    tray: int | None = None
    is_sent: bool = False


@dataclass(frozen=True, slots=True)
class HandResult:
    """How a command by hand, or a status question, ended. `outcome` is done, not_done or unknown; of a status, answers: the line
    is answered and no more is known. `names_tray`: the machine itself says which tray is at the opening (None: none). `at` is
    UTC."""

    verb: str  # status | fetch | store
    tray: int | None
    outcome: str
    at: datetime
    code: str = ""
    names_tray: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicesPage:
    """The machine panel. `devices` None until they have been read; `device` is the one looked at, "" for the list."""

    devices: tuple[DeviceState, ...] | None = None
    device: str = ""
    frames: tuple[FrameSeen, ...] = ()
    hand: ByHand | None = None
    result: HandResult | None = None
    is_asking_status: bool = False
    is_watching: bool = False  # the panel has asked the machine by itself
    word: StatusAnswered | None = None  # the machine's last answer, where its status tells more than that the line is answered
    is_trying_lamps: bool = False
    is_marking_lamp: bool = False  # which lamp is dead, or works again, is asked
    has_moved: bool = False

    @property
    def hand_is_sent(self) -> bool:
        """Whether a command by hand is on its way."""
        return self.hand is not None and self.hand.is_sent


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachPage:
    """A scanner is taught, over the machine panel. `taught` is what the last scan told, of the scanner `source`."""

    behind: DevicesPage
    source: str = ""
    taught: Taught | None = None
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """A service that is about to be booked, as far as it has been said. `next_inspection` None: not asked yet."""

    what: str = ""  # service | inspection
    next_inspection: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WearPage:
    """How worn the machine is, over the machine panel. `report` None until it has been read; `entry` is what is being booked,
    `is_booking` that it has not been seen in the store yet."""

    behind: DevicesPage
    report: WearReport | None = None
    entry: ServiceEntry | None = None
    is_booking: bool = False


class OutageStep(StrEnum):
    """What is asked about something that goes out of service, or comes back."""

    WHICH = "which"
    WHY = "why"
    TAKE_OUT = "take_out"
    TAKE_BACK = "take_back"


@dataclass(frozen=True, slots=True)
class OutageAsk:
    """The open question. `tray` None is this bay, but for WHICH, which asks for it; `work` None: it is still being counted."""

    step: OutageStep
    tray: int | None = None
    reason: str = ""
    work: OutageWork | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutagesPage:
    """What is out of service, over the page it was opened from (None: the work). `is_list` is not so where only a question about
    the tray of the tray page is asked: its answer leads back there."""

    behind: TrayPage | DevicesPage | None = None
    is_list: bool = True
    ask: OutageAsk | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePage:
    """What was done without the station, over the work or (`behind`) the tray page. `marking` and `draft` are what is asked."""

    behind: TrayPage | None = None
    marking: Marking | None = None
    draft: Draft | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadsPage:
    """What waits in the machine for somebody else. `loads` None until it was read; `asked` is the code that is being looked up,
    `placing` what a place is being looked for; `draft` the open question about a load that goes in."""

    loads: tuple[Load, ...] | None = None
    asked: str = field(default="", repr=False)  # it may be a badge
    placing: LoadPlan | None = None
    draft: LoadDraft | None = None
    behind: None = None  # it lies over the work only


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptsPage:
    """Goods are received. `announced` and `waiting` are None until they were read; `asked` is the code that is being looked up,
    `is_typing` that it is asked, `by` how it came; `bars` are those of a label that are not enough yet, `has_identifiers` that
    they had a data identifier each; `row` is the announced line (order, line) that was touched for it; `receipt` are the goods
    in hand, `placing` what a compartment is looked for."""

    announced: tuple[Announced, ...] | None = None
    waiting: tuple[Waiting, ...] | None = None
    items: Mapping[str, Item] = field(default_factory=dict)
    asked: str = field(default="", repr=False)  # it may be a badge
    by: str = ""  # scan | typed
    scanner: str = ""
    row: LineId | None = None
    is_typing: bool = False
    bars: Bars | None = None
    has_identifiers: bool = False
    receipt: Receipt | None = None
    placing: PutAway | None = None
    behind: None = None  # it lies over the work only


@dataclass(frozen=True, slots=True, kw_only=True)
class LotsPage:
    """The lots on quality hold. `lots` None until they were read; `about` is the one that is asked about."""

    lots: tuple[HeldLot, ...] | None = None
    about: HeldLot | None = None
    behind: None = None  # it lies over the work only


@dataclass(frozen=True, slots=True, kw_only=True)
class PullPage:
    """The pull board. `rows` None until they were read; `about` is the signal that is asked about, `chosen` the one that was
    scanned last, `card` the card that is being scanned."""

    rows: tuple[PullRow, ...] | None = None
    about: str = ""
    chosen: str = ""
    card: str = ""
    behind: None = None  # it lies over the work only


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintersPage:
    """The printers, over the work or the machine panel. `job` is the label that is asked about, "" for none."""

    behind: DevicesPage | None = None
    job: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationPage:
    """The pointer is taught, over the machine panel. `called` is the tray's picture, once it was read; `aim` is where the light
    is to stand now, None for dark."""

    behind: DevicesPage
    flow: CalibrationState
    called: Tray | None = None
    aim: Aim | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPage:
    """The counts that wait for a different person, over the work list. `about` is the one that is asked about; `is_deciding`: its
    figures are shown; `is_settling`: what was decided is on its way to the disk."""

    about: HeldCount | None = None
    is_deciding: bool = False
    is_settling: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersPage:
    """The order page, over the work list. `order` "": which one is asked, by the list; `seen` None until it was read.
    `before`: the moment of a tray's past that led here, to which "Back" leads."""

    order: str = ""
    seen: OrderSeen | None = None
    step: OrderStep = field(default_factory=Look)
    before: HistoryPage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesPage:
    """What waits at places without a lift, over the work list. `is_counting`: which zone is to be counted is asked."""

    is_counting: bool = False
    behind: None = None  # it lies over the work only


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """The search for an item, over the work list."""

    search: Search = field(default_factory=Search)
    behind: None = None  # it lies over the work only


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPage:
    """Work that no order asks for, over the work list. `draft` is what is being said; `is_tools`: what is
    done with tools is asked; `shows_lent`: who has which;
    `awaits_hand`: goods were taken into the hand, and the record of that is being read; `search` is where it was begun."""

    draft: OtherDraft | None = None
    is_tools: bool = False
    shows_lent: bool = False
    awaits_hand: bool = False
    search: SearchPage | None = None
    behind: None = None  # it lies over the work only


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayPage:
    """Days of the record worked again. `days` 0: it is asked which; `number` is that of the work under way, `done` of `of`
    ways are worked; `report` or `why` end it."""

    days: int = 0
    number: int = 0
    done: int = 0
    of: int = 0
    report: Replay | None = None
    why: str = ""
    shows_policies: bool = False
    behind: None = None  # it lies over the work only

    @property
    def is_running(self) -> bool:
        return bool(self.days) and self.report is None and not self.why


@dataclass(frozen=True, slots=True, kw_only=True)
class JitPage:
    """Just-in-time. `at` is the list that is shown; `desk` None: the figures are being made, or could not be (`is_failed`);
    `number` is that of the figures that are awaited. `about` is the loop, `supplier` the supplier, or the way
    to a consumer, that is asked about."""

    at: str = "buffers"
    number: int = 0
    desk: Desk | None = None
    is_failed: bool = False
    about: str = ""
    supplier: str = ""
    behind: None = None  # it lies over the work only


Page = (
    TrayPage
    | DevicesPage
    | TeachPage
    | CalibrationPage
    | OutagesPage
    | WearPage
    | LatePage
    | HeldPage
    | OrdersPage
    | LoadsPage
    | PlacesPage
    | PrintersPage
    | ReceiptsPage
    | LotsPage
    | PullPage
    | SearchPage
    | OtherPage
    | ReplayPage
    | JitPage
    | HistoryPage
    | PeoplePage
    | DeskPage
    | StoragePage
)
