"""All that a running station knows, in one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hardware.aiming.calibration import Calibration
from hardware.values import ScaleRead
from station.accuracy.desk import CountRules
from station.commands import Command
from station.core.inputs import Input
from station.core.page_state import (
    ByHand,
    CalibrationPage,
    DeskPage,
    DevicesPage,
    HandResult,
    HeldPage,
    HistoryPage,
    JitPage,
    LatePage,
    LoadsPage,
    LotsPage,
    OrdersPage,
    OtherPage,
    OutageAsk,
    OutagesPage,
    OutageStep,
    Page,
    PeoplePage,
    PlacesPage,
    PrintersPage,
    PullPage,
    ReceiptsPage,
    ReplayPage,
    SearchPage,
    ServiceEntry,
    StoragePage,
    TeachPage,
    TrayPage,
    WearPage,
)
from station.count_due import TrayToCount
from station.count_tolerance import CountTolerance
from station.custody import Custody
from station.drift import DriftTold
from station.elsewhere import OtherBays
from station.figures.sheet import ByPerson
from station.flows.other_task import ScrapLimit
from station.flows.pin_again import Asking
from station.flows.round import Round
from station.flows.sign_on import Active, Session, SignedOut
from station.flows.tray_call import TrayCall
from station.flows.undo import Undo
from station.flows.walk import Walk
from station.held_counts import HeldSeen
from station.line_times import Spent
from station.messages import MessageLog
from station.outages import OutageSeen
from station.piece_weight import Precision
from station.planner.problem import PolicyName
from station.printing.seen import PrinterSeen
from station.rules.absent import AbsentRule
from station.rules.handling import Load
from station.scan_bars import WorkBars
from station.side_by_side import Lifts
from station.staff.table import ABILITIES
from station.taken_seen import TakenSeen
from station.task import Task
from station.travel_times import TravelTimes
from station.tray_plan import Choice, Plan
from station.values import (
    Approval,
    HeldLease,
    Item,
    Lock,
    Person,
    PieceWeight,
    Place,
    PlannedMove,
    Role,
    Stock,
    StockKey,
    SyncStatus,
    Taken,
    Tray,
)
from station.view.message import Message
from station.view.status import Light
from station.view.wait import Wait
from station.view.work import OrderTag
from station.zones import Zones

__all__ = [
    "Beside",
    "ByHand",
    "CalibrationPage",
    "DeskPage",
    "DevicesPage",
    "HandResult",
    "HeldBack",
    "HeldPage",
    "HistoryPage",
    "JitPage",
    "LatePage",
    "LightState",
    "LoadsPage",
    "LotsPage",
    "OrdersPage",
    "OtherPage",
    "OutageAsk",
    "OutageStep",
    "OutagesPage",
    "Page",
    "PeoplePage",
    "Picture",
    "PlacesPage",
    "PrintersPage",
    "PullPage",
    "ReceiptsPage",
    "ReplayPage",
    "Rules",
    "ScaleState",
    "SearchPage",
    "ServiceEntry",
    "StationState",
    "StoragePage",
    "SyncSeen",
    "TeachPage",
    "TrayPage",
    "WearPage",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The settings that the rules depend on."""

    return_by_badge_s: float = 900.0
    pin_length: int = 6  # how many circles the screen shows; what a PIN must be is the people's business
    # Who adds people makes no stock right by himself, and who makes stock right adds no people (decision 0022).
    direct_work: frozenset[Role] = frozenset({Role.OPERATOR, Role.SUPERVISOR})
    approve_stock: frozenset[Role] = frozenset({Role.SUPERVISOR})
    tolerance: CountTolerance | None = None  # beyond it a count waits for a different person; None: none waits for anybody
    offers_counts: bool = False  # one that is worth its seconds, while its tray is at the bay anyway
    correction: CountTolerance = field(default_factory=CountTolerance)  # beyond it a correction asks for the PIN
    administer_people: frozenset[Role] = frozenset({Role.ADMINISTRATOR})
    unlock: frozenset[Role] = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
    tray_page: frozenset[Role] = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.MAINTENANCE})
    counter_value: int = 10000  # from this value on, in minor units, another person confirms a counter-booking; 0: always
    history: frozenset[Role] = frozenset({Role.SUPERVISOR})  # trays at any moment of their past
    devices_page: frozenset[Role] = frozenset({Role.SUPERVISOR, Role.MAINTENANCE, Role.ADMINISTRATOR})
    by_hand: frozenset[Role] = frozenset({Role.MAINTENANCE})
    teach: frozenset[Role] = frozenset({Role.MAINTENANCE})
    book_service: frozenset[Role] = frozenset({Role.MAINTENANCE})
    calibrate: frozenset[Role] = frozenset({Role.MAINTENANCE, Role.ADMINISTRATOR})
    service: frozenset[Role] = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.MAINTENANCE})
    late: frozenset[Role] = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})  # what was done without the station
    find_stock: frozenset[Role] = frozenset({Role.SUPERVISOR})  # to book in what the book does not have
    by_person: ByPerson = field(default_factory=ByPerson)  # figures of one person: of whom they are told
    counts: CountRules = field(default_factory=CountRules)  # the programme of counts
    absent: AbsentRule = field(default_factory=AbsentRule)  # where nobody is there to confirm
    scrap: ScrapLimit = field(default_factory=ScrapLimit)  # above it a second person confirms what is scrapped
    over_ceiling: frozenset[Role] = frozenset({Role.SUPERVISOR})
    load_ceilings: Mapping[str, int] = field(default_factory=dict)  # how many loads may wait, by consumer
    may_prefetch: bool = False  # the settings want it and the machine can be told: a fetch names the tray wanted next
    planner: PolicyName | None = None  # which tray of a round comes next; None: as the tasks stand
    times_lines: bool = False  # each booking of a line says what the time before it went into
    precision: Precision = field(default_factory=Precision)  # of a counting scale
    zones: Zones = field(default_factory=dict)  # places without a lift, in walking order
    lifts: Lifts = ()  # side by side before one person; none where there is one lift
    put_places: tuple[str, ...] = ()  # where totes of several orders stand; none: what is taken goes to the order's destination
    has_desk: bool = False  # the figures of just-in-time can be made, in a process of its own
    can_replay: bool = False  # days of the record can be worked again, in a process of its own
    quarantine: str = ""  # the named place for what is rejected at its receipt; "": none, it becomes no stock here
    bar_suppliers: frozenset[str] = frozenset()  # whose bars begin with a data identifier at a receipt; "*": everybody's
    has_photos: bool = False  # there is a folder in which photos of goods appear
    keeps_bin: bool = False  # a carousel: what is in front stays there until another is wanted, and nothing is ever stored
    motion_limits_s: Mapping[str, float] = field(default_factory=dict)  # by verb: after that long a command is given up
    warn_age_s: int = 86_400  # so old the oldest event that waits for the site database may be before somebody is to look
    warn_events: int = 10_000  # and so many may wait
    stop_causes: Mapping[str, str] = field(default_factory=dict)  # the machine's codes: light_curtain, e_stop
    sample_people: tuple[tuple[str, str, str, Role], ...] = ()

    @property
    def by_role(self) -> Mapping[str, frozenset[Role]]:
        """What the roles may, by the name of the rule (`station.staff.table.ABILITIES`)."""
        return {each: getattr(self, each) for each in ABILITIES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The tray of the task in hand, as last read."""

    tray: Tray
    contents: tuple[Stock, ...]
    load: Load | None = None


@dataclass(frozen=True, slots=True)
class LightState:
    """A light of its own: whether its device answers, and what keeps it dark (a code, "" for nothing)."""

    is_up: bool = False
    code: str = ""
    refused: str = ""

    @property
    def light(self) -> Light:
        return Light.GOOD if self.is_up and not self.refused else Light.BAD


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleState:
    """A counting scale: whether it answers, and what it read last. `asked` is the item and lot in hand, `weight` what one piece
    of it weighs once that `is_weight_read`; `is_learning`: the pieces on the pan are asked for; `is_saving`: what was learnt is
    on its way to the disk, also while another lot is in hand."""

    is_up: bool = False
    code: str = ""
    read: ScaleRead | None = None
    asked: tuple[str, str] | None = None
    weight: PieceWeight | None = None
    is_weight_read: bool = False
    is_learning: bool = False
    is_saving: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """A privileged act that waits for the PIN: what was asked for, and the screen on which."""

    command: Command = field(repr=False)  # a text in it may be anything
    screen: tuple[object, ...] = field(repr=False)
    asking: Asking
    item: Item | None = None  # of the count that is decided on, with its figure (None: counted afresh) and the book's
    counted: int | None = None
    book: int = 0
    task: Task | None = None  # whose goods are to be moved, where that waits for a second person
    absent: str = ""  # asked: nobody is there, how is it to go on; emergency: why it is released


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncSeen:
    """What is known of the replication. `leases` are of the last look; `is_trying`: a person asked for a try, and nothing was
    told since."""

    status: SyncStatus
    leases: tuple[HeldLease, ...] = ()
    is_trying: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is known of a lift while the work is at another one (`station.core.lifts`): the fields of the same names."""

    custody: Custody
    bay_out: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StationState:
    """Who is here, what is at the bay, what is worked on, and what was said last (`bar`, until the screen changes).

    `round` is the work in hand; `call` a tray called without an order (a direct round runs inside it); `is_leaving` that the tray
    is to go back because its work is done. `token` changes with everything that a command could be about.
    """

    station: str
    simulated: str
    rules: Rules
    custody: Custody
    beside: tuple[Beside, ...] = ()  # the other lifts; `custody` is of the one where the task in hand is worked
    session: Session = field(default_factory=SignedOut)
    round: Round | None = None
    call: TrayCall | None = None
    page: Page | None = None
    held_back: HeldBack | None = None  # over all else, until the PIN was given again or the act given up
    walk: Walk = field(default_factory=Walk)  # where the person stands at places without a lift
    undo: Undo | None = None  # the last booking, while it may be taken back or counted
    picture: Picture | None = None
    orders: tuple[OrderTag, ...] | None = None  # None until the list has been read
    trays: frozenset[int] = frozenset()  # the machine's tray numbers, as last read
    outages: tuple[OutageSeen, ...] = ()  # what is out of service in this machine; as last read
    trays_out: Mapping[int, str] = field(default_factory=dict)  # out of service, and why; as last read
    counts_due: Mapping[int, TrayToCount] = field(default_factory=dict)  # trays moved without the station; as last read
    approvals: tuple[Approval, ...] = ()  # what one person did alone, and nobody has answered for; as last read
    counts_held: tuple[HeldSeen, ...] = ()  # counts that wait for a different person; as last read
    taken: tuple[TakenSeen, ...] = ()  # out of a compartment on somebody's account; as last read
    desks: int = 0  # how often the figures of just-in-time were asked for since the start
    replays: int = 0  # how often days were worked again since the start
    moves: tuple[PlannedMove, ...] = ()  # of goods, that somebody has decided on; as last read
    asked_hand: tuple[Taken, ...] = ()  # what was in the hand when it was last asked where that goes
    seen_figures: frozenset[tuple[str, Place, StockKey]] = frozenset()  # who has looked at the figures of which of them
    locks: Mapping[int, tuple[Lock, ...]] = field(default_factory=dict)  # trays that ask for rights; as last read
    zone_locks: Mapping[tuple[str, int], tuple[Lock, ...]] = field(default_factory=dict)  # sections that ask for rights
    zone_tasks: tuple[Task, ...] = ()  # what waits at places without a lift, in walking order; as last read
    bay_out: str = ""  # why this bay is out of service
    other_bays: OtherBays = field(default_factory=OtherBays)  # of the same machine; as last read
    due: tuple[str, ...] = ()  # of the machine's service and inspection; as last read
    drift: DriftTold | None = None  # of the machine against its own log; as last read
    work_bars: WorkBars | None = None  # of a supplier's label at the task in hand, which name no goods yet
    starting: Wait | None = None
    starting_orders: tuple[str, ...] = ()  # whose tasks are awaited
    ask_short: tuple[str, ...] = ()  # orders with lines that lack everything: report these, or leave them open?
    lacking: tuple[str, ...] = ()  # the items of those lines
    short_answer: str = ""
    express: tuple[str, ...] = ()  # orders that break into the round at the next change of trays
    is_joining: bool = False  # and their tasks are awaited
    resume: tuple[str, ...] = ()
    resumes_checks: bool = False  # zero checks were left unanswered at the last stop
    was_resumed: bool = False
    is_leaving: bool = False
    going: Input | None = None  # what ends the person's being here, and waits until the light is out
    scanners: Mapping[str, bool] = field(default_factory=dict)
    display: Light = Light.OFF
    lights: Mapping[str, LightState] = field(default_factory=dict)  # those of their own: pointer, totes
    dead_lamps: frozenset[str] = frozenset()  # put places whose lamp a person found dead; as last read
    failed_lamps: frozenset[str] = frozenset()  # and those whose device does not obey
    taught: Calibration | None = None  # of the pointer; None: there is none that a person can teach
    is_keeping_taught: bool = False  # a level is on its way to the file: another one is accepted on top of it, not beside it
    scale: ScaleState | None = None  # None: there is none
    sync: SyncSeen | None = None  # None: no site database is set
    is_booking_service: bool = False  # the booking of a service is on its way to the disk
    store_code: str = ""
    told_topics: tuple[str, ...] = ()  # what somebody has to be told of on the screen
    printers: tuple[PrinterSeen, ...] = ()  # with their queues, as they were told last
    store_alarms: tuple[str, ...] = ()  # what is wrong with the store while it still works, the worst first
    is_stopping: bool = False  # the station goes away: nothing new moves, and the machine is asked nothing
    bar: Message | None = None
    input_token: int = 0  # the token at which a person last did something that was accepted
    flash: int = 0
    flashed: Message | None = None  # what the last durable booking was
    flashing: Message | None = None  # what the booking on its way will be flashed as
    is_finishing: bool = False  # and whether it finishes an order
    messages: MessageLog = field(default_factory=MessageLog)  # what the bar said lately
    travel_times: TravelTimes = field(default_factory=TravelTimes)  # of trays to and from this opening
    choice: Choice | None = None  # the tray that the planner chose last for the round in hand
    plan: Plan = field(default_factory=Plan)  # of the beam, where the policy asks for it
    made_ready: int | None = None  # the tray that the last fetch named as the one wanted next
    spent: Spent = field(default_factory=Spent)  # what the time since the last booking went into
    token: int = 1

    @property
    def is_resuming(self) -> bool:
        """Whether work that was open at the last stop is still to be taken up again."""
        return bool(self.resume) or self.resumes_checks

    @property
    def person(self) -> Person | None:
        """Who may work now: nobody any more once he has asked to go."""
        return self.session.person if isinstance(self.session, Active) and self.going is None else None

    def said(self, message: Message) -> StationState:
        """The same with this in the message bar."""
        return replace(self, bar=message)
