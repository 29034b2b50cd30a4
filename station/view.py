"""What the window shows: one frozen `View` after each input, complete and free of sentences.

Texts are codes with values (`Message`); `ui/sentences/` has the sentence for every code. Quantities are scaled integers of the
item's stock unit. A face is one page; `Ask` is a question shown inside it (never a dialog).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hardware.values import LineHealth as LineHealth
from station.outage_work import OutageWork
from station.scan_form import ScanForm
from station.values import Item, Role, StockKey
from station.wear import WearReport


class Level(StrEnum):
    """How a message looks: note has no colour, act is amber (do something different), stop is red (the machine)."""

    NOTE = "note"
    ACT = "act"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence as a code and its values; `error` is the code shown at the right for service, where there is one."""

    code: str
    level: Level = Level.NOTE
    params: Mapping[str, str | int] = field(default_factory=dict)
    error: str = ""


class Light(StrEnum):
    """A device's state in the status bar; each has its own shape as well as its colour."""

    GOOD = "good"
    WAIT = "wait"
    BAD = "bad"
    OFF = "off"  # not configured


@dataclass(frozen=True, slots=True)
class DeviceLight:
    device: str  # machine | scanner | display | pointer | totes | scale | store
    light: Light
    code: str = ""


@dataclass(frozen=True, slots=True)
class OperatorTag:
    """Who is signed on. `name` comes from the erasable table and is shown only."""

    person: str
    name: str
    role: Role


class Action(StrEnum):
    """What can be done on a face. Each is a button, an F-key and an accessible action."""

    CONFIRM = "confirm"
    NOT_ENOUGH = "not_enough"
    SKIP = "skip"
    UNREADABLE = "unreadable"
    TOOK_MORE = "took_more"
    COUNT = "count"
    ELSEWHERE = "elsewhere"
    LEAVE_WORK = "leave_work"
    SEND_BACK = "send_back"
    SHOW_QUANTITIES = "show_quantities"
    DIRECT_PICK = "direct_pick"
    DIRECT_PUT = "direct_put"
    FETCH_AGAIN = "fetch_again"
    BACK = "back"
    LOCK = "lock"
    SIGN_OFF = "sign_off"
    CALL_TRAY = "call_tray"
    TRAY_PAGE = "tray_page"
    START = "start"
    LIGHT_AGAIN = "light_again"
    DEVICES = "devices"
    STATUS_BY_HAND = "status_by_hand"
    FETCH_BY_HAND = "fetch_by_hand"
    STORE_BY_HAND = "store_by_hand"
    EXPORT_FRAMES = "export_frames"
    TRY_LAMPS = "try_lamps"
    TEACH = "teach"
    KEEP_FORM = "keep_form"
    WEAR = "wear"
    BOOK_SERVICE = "book_service"
    OUTAGES = "outages"
    TAKE_OUT = "take_out"
    TAKE_BAY_OUT = "take_bay_out"
    TAKE_BACK = "take_back"
    CALIBRATE = "calibrate"
    ON_MARK = "on_mark"
    PLACE_BEFORE = "place_before"
    LEAVE_TEACHING = "leave_teaching"
    ACCEPT_LEVEL = "accept_level"
    TEACH_ANEW = "teach_anew"


@dataclass(frozen=True, slots=True)
class Offer:
    """An action that the face shows. `refused` is empty when it is allowed now, else the code of the reason, which is shown."""

    action: Action
    refused: str = ""

    @property
    def is_allowed(self) -> bool:
        return not self.refused


class CellState(StrEnum):
    EMPTY = "empty"
    OCCUPIED = "occupied"
    TARGET = "target"
    ALSO = "also"  # another open line of this visit waits in this compartment


@dataclass(frozen=True, slots=True)
class MapCell:
    """One compartment in the picture of the tray; mm from the front-left corner, y grows away from the operator."""

    label: str
    x_mm: int
    y_mm: int
    width_mm: int
    depth_mm: int
    state: CellState


@dataclass(frozen=True, slots=True)
class TrayMap:
    tray: int
    name: str
    width_mm: int
    depth_mm: int
    cells: tuple[MapCell, ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """What we wait for: `code` (reading, planning, searching, booking, machine, link, tray_coming, tray_leaving, checking,
    machine_moves, machine_not_ready, do_<instruction>), since when, and how long it is expected to take (0 = nobody knows).
    `since_s` is the station's monotonic clock. `is_call`: it ends only when a person has done something at the machine."""

    code: str
    tray: int | None = None
    since_s: float = 0.0
    expected_s: float = 0.0
    is_call: bool = False


# --- questions ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AskNumber:
    """A number on the keypad. `code` names the question; `maximum` is the largest answer allowed (None: no limit);
    `result` is the code of what the confirm button will do with the number ("book_and_report_missing", "accept", …)."""

    code: str
    item: Item | None = None  # gives unit and decimals; None: a plain whole number (tray number)
    maximum: int | None = None
    asked: int | None = None  # the quantity the answer is measured against, for the button's text
    result: str = "accept"
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: `key` goes back in Choose; its text comes from `code` and `params`."""

    key: str
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    is_primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskChoice:
    code: str
    choices: tuple[Choice, ...]
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskText:
    """A short text on the A–Z panel, upper case. `length` is exact when given."""

    code: str
    length: int | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)


Ask = AskNumber | AskChoice | AskText


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What the scale at the bay has to say while a number of pieces is asked. It stands beside the question and never in it: no
    reading answers one.

    `why` is a code of why there is no figure (scale_*), "" where there is one: `pieces` and, unless that `is_sure`, `plus_minus`.
    `weight_mg` None: there is nothing to read. `piece_ug` and `sample` are what was learnt of the lot; 0: nothing.
    `is_learning`: the question asks how many pieces are on the scale. `may_learn` is a refusal's code, "" when it may be begun.
    """

    weight_mg: int | None
    step_mg: int = 0
    why: str = ""
    pieces: int = 0
    plus_minus: int = 0
    is_sure: bool = False
    piece_ug: int = 0
    sample: int = 0
    is_learning: bool = False
    may_learn: str = ""


# --- faces -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOnFace:
    """Nobody works here. `step` is badge or pin. `sample_people` is filled on the sample site only: (name, badge, PIN, role)."""

    step: str
    name: str = ""  # the person whose PIN is asked
    retry_in_s: int = 0
    is_checking: bool = False
    pin_length: int = 6  # digits of a PIN at this site
    sample_people: tuple[tuple[str, str, str, Role], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedFace:
    """The screen is locked with work open; `step` as at sign-on. `tray` is the tray that is still at the bay, `wait` what the
    machine is doing meanwhile. `is_closed`: the owner may not work here any more."""

    step: str
    owner: str
    tray: int | None
    name: str = ""
    wait: Wait | None = None
    by_badge_alone: bool = True
    is_closed: bool = False
    is_checking: bool = False
    retry_in_s: int = 0
    pin_length: int = 6
    sample_people: tuple[tuple[str, str, str, Role], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverFace:
    """Somebody else signed on while work of `owner` is open: an explicit answer is needed."""

    owner: str
    name: str
    order: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTag:
    """An order in the work list. `blocked` holds the codes of what blocks it, each with its values; empty = can start."""

    order: str
    kind: str
    destination: str
    lines: int
    open_lines: int
    trays: int
    need_by: datetime | None
    is_late: bool
    priority: int
    is_started: bool
    blocked: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFace:
    """The work list, sorted by need-by time and priority."""

    orders: tuple[OrderTag, ...]
    offers: tuple[Offer, ...]
    tray: int | None = None  # the tray still at the bay, if any
    wait: Wait | None = None
    ask: Ask | None = None
    bay_out: str = ""  # why this bay is out of service


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFace:
    """One line at one compartment: pick, put or count. The screen of the working day."""

    mode: str  # pick | put | count
    order: str  # "" for direct work
    line_no: int
    line_count: int
    destination: str
    item: Item | None  # None only while a direct put waits for its item
    key: StockKey | None
    asked: int  # of this task, at this compartment
    scanned: int  # pieces proven by scan so far (scan_each)
    book: int | None  # in the compartment as the store holds it; None where it must not be shown (count)
    left_after: int | None
    confirm_quantity: int  # what the primary button would book now
    tray: int
    compartment: str
    map: TrayMap | None
    is_here: bool  # the tray is known to be at the bay, so that the work can be done
    is_locked: bool  # a wrong scan locks Confirm
    offers: tuple[Offer, ...]
    wait: Wait | None = None
    ask: Ask | None = None
    reason: str = ""  # direct work: why
    note: str = ""
    next_label: str = ""  # the next compartment on this tray, or ""
    weighing: Weighing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentRow:
    """What the book has of one stock key in one compartment. `quantity` is None where it must not be seen before a count."""

    compartment: str
    item: Item | None
    key: StockKey | None
    quantity: int | None
    counted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BayFace:
    """A tray called without an order: look, work directly by right, send back."""

    tray: int
    map: TrayMap | None
    contents: tuple[ContentRow, ...]
    selected: str
    is_here: bool
    offers: tuple[Offer, ...]
    wait: Wait | None = None
    ask: Ask | None = None
    weighing: Weighing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownTrayFace:
    """Nobody knows which tray is at the bay: scan its label, type it, or say "none". `expected` is what was under way, `why` a
    code of station.custody.why_not_known."""

    expected: int | None
    verb: str
    why: str = "never_known"
    offers: tuple[Offer, ...] = ()
    ask: Ask | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayEventRow:
    """One event of a tray, newest first. `kind` is the record's word; `quantity` is signed and scaled, None where none."""

    at: datetime
    name: str  # the person, "" when erased or none
    person: str
    kind: str
    compartment: str
    item: Item | None
    quantity: int | None
    order: str
    reason: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayPageFace:
    """Any tray's map, contents and events; moves nothing."""

    tray: int | None
    map: TrayMap | None
    contents: tuple[ContentRow, ...]
    events: tuple[TrayEventRow, ...]
    has_older: bool
    where: str  # in_machine | at_bay | moving | not_known
    offers: tuple[Offer, ...]
    selected: str = ""
    out_of_service: str = ""  # why the tray is
    ask: Ask | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRow:
    """A device of the machine panel and how its line does."""

    name: str
    kind: str  # machine | scanner | display | ...
    health: LineHealth


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRow:
    """One frame on a line."""

    at: datetime
    is_sent: bool
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHandRow:
    """How the last command by hand ended. `names_tray`: the machine itself says which tray is at the opening (None: none)."""

    verb: str  # status | fetch | store
    outcome: str  # done | not_done | unknown
    tray: int | None = None
    code: str = ""
    names_tray: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicesFace:
    """The machine panel. `device` is the one looked at with its `frames`, newest first; "" shows the list."""

    devices: tuple[DeviceRow, ...] | None  # None until they have been read
    offers: tuple[Offer, ...]
    device: str = ""
    frames: tuple[FrameRow, ...] = ()
    result: ByHandRow | None = None
    wait: Wait | None = None
    ask: Ask | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachFace:
    """A scanner is taught by one label. `step` is scan, understood, failed or kept; `source` the scanner that read it; `form` how
    it says its codes, `problems` what is wrong with that (`station.teach_scanner`)."""

    label: str  # what the label's barcode holds; a group separator stands for FNC1
    step: str
    offers: tuple[Offer, ...]
    source: str = ""
    form: ScanForm | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WearFace:
    """How worn the machine is, what is left until its service and inspection, and its trays. `report` None until it was read."""

    report: WearReport | None
    offers: tuple[Offer, ...]
    ask: Ask | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageRow:
    """A tray (`tray`) or a bay (`opening`) that is out of service: why (a code of ours or free text), since when, and who said so
    (`person` "" for a command line, `name` "" when erased). `waits` are the open lines that need the tray; `may_return`: it can
    come back into service from here."""

    tray: int | None
    opening: str
    reason: str
    since: datetime
    person: str
    name: str
    waits: int
    may_return: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OutagesFace:
    """What is out of service, or a question about a tray or this bay. `about` is the row that is asked about, `work` what becomes
    of open work (lines that wait, lines planned elsewhere) where something goes out; None while it is counted."""

    rows: tuple[OutageRow, ...]
    offers: tuple[Offer, ...]
    ask: Ask | None = None
    about: OutageRow | None = None
    work: OutageWork | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMark:
    """One of the places that the pointer is taught at, in mm from the tray's front-left corner. `state` is taught, now or waits;
    `compartment` the one whose middle it is, "" for a corner."""

    number: int
    x_mm: int
    y_mm: int
    state: str
    compartment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationFace:
    """The pointer is taught a height of trays. `step` is tray, coming, height, teaching, judged, refused, saving, saved or ended,
    `why` what refused or ended it. `turn` is how far an arrow turns, from fine (0) to coarse (2). `checks_mm` is how far each
    check is off, `limit_mm` how far one may be; None while nothing is judged."""

    step: str
    offers: tuple[Offer, ...]
    tray: int | None = None
    map: TrayMap | None = None
    marks: tuple[PlaceMark, ...] = ()
    height_mm: int | None = None
    turn: int = 0
    checks_mm: tuple[float, ...] = ()
    limit_mm: float | None = None
    why: str = ""
    wait: Wait | None = None
    ask: Ask | None = None

    @property
    def now(self) -> PlaceMark | None:
        """The place that is taught now."""
        return next((each for each in self.marks if each.state == "now"), None)


Face = (
    SignOnFace
    | LockedFace
    | HandOverFace
    | WorkFace
    | TaskFace
    | BayFace
    | UnknownTrayFace
    | TrayPageFace
    | DevicesFace
    | TeachFace
    | WearFace
    | OutagesFace
    | CalibrationFace
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
    flash: int = 0
    flashed: Message | None = None
    is_read_only: bool = False
