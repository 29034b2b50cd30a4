"""Values that cross the boundary between the devices and the station.

Lengths are millimetres from the tray's front-left corner, times are seconds, trays are the machine's own numbers (1 and up).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Outcome(Enum):
    """What happened to the metal. UNKNOWN is neither of the others and is never treated as NOT_DONE."""

    DONE = "done"
    NOT_DONE = "not_done"
    UNKNOWN = "unknown"


class Purpose(Enum):
    """Why a tray is called; some machines show it at their own panel."""

    PICK = "pick"
    PUT = "put"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class PointAt:
    """A place on the tray that the pointer lights: the compartment's centre, in mm from the front-left corner."""

    x_mm: int
    y_mm: int


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a light that turns is turned to, in the device's own units: 0 to 65535 from one end to the other."""

    pan: int
    tilt: int


@dataclass(frozen=True, slots=True)
class BayTexts:
    """What a display at the bay shows beside the light. Empty strings show nothing."""

    quantity: str = ""
    order: str = ""
    part: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchTray:
    """Bring a tray to an opening. `command_id` is unique for this machine for ever and stored before it is sent. `next_tray` is a
    wish: the machine may make that tray ready once the one asked for has arrived, and tells nothing of it."""

    command_id: int
    opening: str
    tray: int
    purpose: Purpose = Purpose.PICK
    point: PointAt | None = None
    texts: BayTexts = field(default_factory=BayTexts)
    next_tray: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreTray:
    """Send the tray at an opening back into the machine; its light is switched off first."""

    command_id: int
    opening: str
    tray: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PointTray:
    """Light another place on a tray that is already at the opening; nothing moves."""

    command_id: int
    opening: str
    tray: int
    purpose: Purpose = Purpose.PICK
    point: PointAt | None = None
    texts: BayTexts = field(default_factory=BayTexts)
    next_tray: int | None = None


LiftRequest = FetchTray | StoreTray | PointTray


@dataclass(frozen=True, slots=True)
class WireFrame:
    """One frame as it was on the line, for the wire recorder. `at_s` is monotonic time."""

    at_s: float
    sent: bool
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionResult:
    """How a command to the lift ended. `tray` is the tray now known at the opening, None when none or not known.

    `is_lit`: the place that a DONE fetch or point named is lit; only a driver whose machine has a light says so.
    """

    command_id: int
    outcome: Outcome
    tray: int | None = None
    code: str = ""
    message: str = ""
    is_lit: bool = False
    frames: tuple[WireFrame, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftStatus:
    """An answer to a status question. `tray` means something only where the port `reports_tray`, the answer named it
    (`is_tray_known`) and nothing `is_moving`.

    `ready`: a command would be taken now. `code` says why not (`hardware.errors`), `safety_code` is the machine's own number.
    """

    ready: bool
    tray: int | None = None
    is_moving: bool = False
    safety_code: str = ""
    code: str = ""
    is_tray_known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LineHealth:
    """How one line does, measured in its own thread. Times in seconds and milliseconds; percentiles over the last round trips.

    `port` is what the URL was found as (a device name may change when a plug is pulled and put in elsewhere). A round trip is the
    time from a frame that left to the first frame that came after it.
    """

    name: str
    url: str
    port: str = ""
    is_up: bool = False
    frames_sent: int = 0
    frames_heard: int = 0
    errors: int = 0
    retries: int = 0
    reconnects: int = 0
    longest_silence_s: float = 0.0
    round_trips: int = 0
    round_trip_p50_ms: float = 0.0
    round_trip_p99_ms: float = 0.0


# --- what a lift tells by itself, in the order it happens -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LinkUp:
    """The line to the device works: it answered."""


@dataclass(frozen=True, slots=True)
class LinkDown:
    """The line is lost. The port goes on trying to open it; a command in flight stays in flight until its time-out."""

    code: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class MotionAccepted:
    """The machine has queued the command."""

    command_id: int


@dataclass(frozen=True, slots=True)
class MotionStarted:
    """The machine is working on the command. Said again after an interruption."""

    command_id: int


class Instruction(Enum):
    """What the machine waits for a person to do at the machine itself. Only shown; nothing answers it by software."""

    PRESS_RETURN = "press_return"
    CLOSE_DOOR = "close_door"
    OPEN_DOOR = "open_door"
    INSERT_TRAY = "insert_tray"
    TAKE_TRAY_OUT = "take_tray_out"
    LOOK_AT_PANEL = "look_at_panel"
    OTHER_ACCESS_BUSY = "other_access_busy"


@dataclass(frozen=True, slots=True)
class OperatorAsked:
    """The machine goes on with the command only after a person has done this. Ends with MotionStarted, or with the command."""

    command_id: int
    instruction: Instruction


@dataclass(frozen=True, slots=True)
class SafetyStopped:
    """The machine stopped for safety (light curtain, E-stop, machine error). Only the machine itself can end it."""

    code: str
    command_id: int | None = None


@dataclass(frozen=True, slots=True)
class SafetyUnclear:
    """A command told this stop and is over; the machine's statuses say that it works, and have never told a stop. Whether it
    stands, the next command's answers will tell: with SafetyCleared, or SafetyStopped. That command is a person's to begin."""

    code: str


@dataclass(frozen=True, slots=True)
class SafetyCleared:
    """The machine says it works again, after its own reset."""


@dataclass(frozen=True, slots=True)
class LateAnswer:
    """A final answer to a command nobody waits for any more: timed out, or sent by an earlier run of the program."""

    result: MotionResult


LiftEvent = (
    LinkUp
    | LinkDown
    | MotionAccepted
    | MotionStarted
    | OperatorAsked
    | SafetyStopped
    | SafetyUnclear
    | SafetyCleared
    | LateAnswer
)


@dataclass(frozen=True, slots=True)
class ScanRead:
    """One code from a scanner, without what ends it on the line. `source` names the device it came from; `is_ended` says that
    something did, and not only silence."""

    text: str
    source: str
    at_s: float = 0.0
    is_ended: bool = True


@dataclass(frozen=True, slots=True)
class ScannerLink:
    """A scanner's line came up or went down."""

    source: str
    is_up: bool
    code: str = ""


ScannerEvent = ScanRead | ScannerLink


class Beep(Enum):
    """What a scanner can say to the person who holds it."""

    ACCEPTED = "accepted"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class DisplayLink:
    """A text display's line came up or went down."""

    is_up: bool
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleRead:
    """What lies on a scale's pan. `weight_mg` is None where it has none to tell: `state` is then busy, overload or underload.
    `step_mg` is the step of the last digit shown."""

    weight_mg: int | None = None
    step_mg: int = 0
    is_stable: bool = False
    state: str = ""


@dataclass(frozen=True, slots=True)
class ScaleLink:
    """A scale answers, or does not any more."""

    is_up: bool
    code: str = ""


ScaleEvent = ScaleRead | ScaleLink


@dataclass(frozen=True, slots=True)
class LightLink:
    """The line to a light came up or went down. `light` says which: pointer or totes."""

    light: str
    is_up: bool
    code: str = ""


@dataclass(frozen=True, slots=True)
class ToteKey:
    """The key at a tote position was pressed."""

    position: str


@dataclass(frozen=True, slots=True)
class ToteLampsFailed:
    """The positions whose lamps do not obey now; the others answered, or were not asked yet."""

    positions: frozenset[str]


ToteEvent = LightLink | ToteKey | ToteLampsFailed
