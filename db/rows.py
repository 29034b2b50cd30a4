"""What the store hands out: frozen rows, in the words of the site.

A quantity is an integer count of 10^-decimals of the item's stock unit (`Item.decimals`, 0 to 3). Lengths are mm, weights g.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class StockStatus(StrEnum):
    """Only free stock is allocated to orders."""

    FREE = "free"
    QUALITY_HOLD = "quality_hold"
    BLOCKED = "blocked"


class ProofRule(StrEnum):
    """What proof an item needs before a quantity is believed (a setting of the item)."""

    TOUCH = "touch"  # a touch is enough; a scan is checked when it is made
    SCAN = "scan"  # the item or compartment must be scanned once; quantity 1 needs no touch then
    SCAN_EACH = "scan_each"  # one scan for each piece


class RoundRule(StrEnum):
    """What happens when more must leave than was asked: nothing, or the next full pack."""

    EXACT = "exact"
    FULL_PACK = "full_pack"


class OrderKind(StrEnum):
    PICK = "pick"
    PUT = "put"
    COUNT = "count"


class OrderState(StrEnum):
    RELEASED = "released"
    STARTED = "started"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class LineState(StrEnum):
    OPEN = "open"
    SKIPPED = "skipped"  # set aside by the operator; may be taken up again
    CONFIRMED = "confirmed"
    SHORT = "short"
    CANCELLED = "cancelled"


class Role(StrEnum):
    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    MAINTENANCE = "maintenance"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack unit: `quantity` of the stock unit (scaled like every quantity) in one `name` ("box")."""

    name: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item (SKU). `barcodes` are further codes on its labels; the code itself always counts as one."""

    code: str
    name: str
    unit: str = "pcs"
    decimals: int = 0
    packs: tuple[Pack, ...] = ()
    barcodes: tuple[str, ...] = ()
    picture: str = ""
    proof: ProofRule = ProofRule.TOUCH
    rounding: RoundRule = RoundRule.EXACT
    lot_tracked: bool = False
    serial_tracked: bool = False
    weight_g: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockKey:
    """What makes stock the same stock. Empty lot and serial mean none."""

    item: str
    lot: str = ""
    serial: str = ""
    owner: str = "own"
    status: StockStatus = StockStatus.FREE


@dataclass(frozen=True, slots=True)
class Place:
    """A compartment of a tray of a machine."""

    machine: str
    tray: int
    compartment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compartment:
    """A cell of a tray between dividers. Position is its front-left corner."""

    label: str
    x_mm: int
    y_mm: int
    width_mm: int
    depth_mm: int

    @property
    def centre_mm(self) -> tuple[int, int]:
        """Where the pointer lights it."""
        return self.x_mm + self.width_mm // 2, self.y_mm + self.depth_mm // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Tray:
    machine: str
    number: int
    name: str = ""
    width_mm: int
    depth_mm: int
    max_weight_g: int = 0
    compartments: tuple[Compartment, ...] = ()

    def compartment(self, label: str) -> Compartment | None:
        """The compartment with this label, or None."""
        return next((each for each in self.compartments if each.label == label), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """A quantity of one stock key in one compartment, as the store holds it now."""

    place: Place
    key: StockKey
    quantity: int
    counted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ZeroCheck:
    """A pick left nothing in the book of this compartment, and nobody has said yet whether it is empty."""

    place: Place
    key: StockKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A tray (`tray`) or a bay (`opening`) of a machine that is out of service; the other of the two is None or empty."""

    machine: str
    tray: int | None = None
    opening: str = ""
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayWear:
    """What a tray's motions add up to (`db.projections.wear` says what counts). `first_at`: when the first of them was intended,
    `last_at`: when the last one was done."""

    tray: int
    cycles: int = 0
    motions: int = 0
    not_done: int = 0
    unknown: int = 0
    run_s: float = 0.0
    bay_s: float = 0.0
    first_at: datetime
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceBooked:
    """A service or an inspection that took place."""

    at: datetime
    person: str
    note: str
    next_inspection: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineWear:
    """A machine's trays over the whole log and since its last service, by number; the newest service and inspection, if any."""

    machine: str
    in_log: tuple[TrayWear, ...] = ()
    since_service: tuple[TrayWear, ...] = ()
    service: ServiceBooked | None = None
    inspection: ServiceBooked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceWeight:
    """What one piece of an item's lot weighs, as it was learnt last: by so many pieces, with its standard uncertainty."""

    item: str
    lot: str
    piece_ug: int
    uncertainty_ug: int
    sample: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """One line. For a put or count line `place` may name the compartment; empty means "to be proposed"."""

    order: str
    line: str
    item: str
    quantity: int
    host_key: str = ""
    lot: str = ""
    owner: str = "own"
    place: Place | None = None
    note: str = ""
    state: LineState = LineState.OPEN
    done_quantity: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    order: str
    kind: OrderKind
    host_key: str = ""
    destination: str = ""
    need_by: datetime | None = None
    priority: int = 5  # 1 is the most urgent
    state: OrderState = OrderState.RELEASED
    lines: tuple[OrderLine, ...] = ()

    @property
    def work(self) -> tuple[object, ...]:
        """What a person is told to do: equal for two readings of an order between which no file has changed that."""
        return (
            self.kind,
            self.destination,
            *((each.line, each.item, each.quantity, each.lot, each.owner, each.place, each.note) for each in self.lines),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`person` is random and the only thing the record knows; the name can be erased (then it is empty)."""

    person: str
    name: str
    role: Role
    is_active: bool = True
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """What sign-on needs to know of a person. Verifier and badge digest are useless without the pepper."""

    person: str
    role: Role
    verifier: str
    pepper_id: str
    failures: int
    not_before: datetime | None  # no PIN is checked before this moment
    is_locked: bool  # after ten failures: a supervisor or administrator must reset it
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMotion:
    """A motion whose intent is in the log and whose result is not (or is UNKNOWN)."""

    command_id: int
    verb: str
    machine: str
    opening: str
    tray: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BayMemory:
    """What the log says of an opening: the tray there (None = empty), its visit, and a motion that never ended."""

    machine: str
    opening: str
    is_known: bool
    tray: int | None
    visit: int
    open_motion: OpenMotion | None
    last_command_id: int  # the machine's next command has a higher number


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event as stored. `body` is the canonical JSON whose UTF-8 bytes are hashed."""

    id: str
    station: str
    epoch: str
    seq: int
    kind: str
    at: datetime
    operator: str
    body: str
    prev: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainReport:
    """What `audit verify` found. `broken_at` is the first seq that does not verify, None when all do."""

    events: int
    epochs: int
    head: str
    broken_at: int | None = None
    problem: str = ""

    @property
    def is_ok(self) -> bool:
        return self.broken_at is None
