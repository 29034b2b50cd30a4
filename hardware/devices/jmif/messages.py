"""Lines to typed messages and back, pure. Field and status meanings: docs/wire/jmif.md."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from hardware.answer_layer import NotAnAnswer
from hardware.devices.jmif.framing import END
from hardware.values import BayTexts, PointAt, Purpose

ENCODING = "iso-8859-1"
PING_CODE = 61
PURPOSE_CODES = {Purpose.PICK: 1, Purpose.PUT: 2, Purpose.COUNT: 5}
STORE_CODE = PURPOSE_CODES[Purpose.PICK]  # the public text names no code for sending away; carrier 0 says it
FIELDS = 12
_PING_ID = re.compile(r"ping\d+")
_STATUS = re.compile(r"[0-9]{1,6}")
_HOST_ID = re.compile(r"[0-9]{1,18}|ping[0-9]{1,18}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


class Status(Enum):
    """What an answer's number says. The groups of numbers are in `classify`."""

    SUCCESS = "success"
    INTERFACE_ERROR = "interface_error"
    COMMON_ERROR = "common_error"
    SEQUENCE_INVALID = "sequence_invalid"
    MACHINE_BUSY = "machine_busy"
    TIMEOUT = "timeout"
    RETRIES_EXCEEDED = "retries_exceeded"
    CARRIER_UNDEFINED = "carrier_undefined"
    CANCELLED = "cancelled"
    INPUT_INVALID = "input_invalid"
    QUEUED = "queued"
    PROCESSING = "processing"
    ARRIVED = "arrived"
    OCCUPIED_ON_STORE = "occupied_on_store"
    OCCUPIED_ON_FETCH = "occupied_on_fetch"
    MM260_ERROR = "mm260_error"
    MACHINE_ERROR = "machine_error"


@dataclass(frozen=True, slots=True)
class UnknownStatus:
    """A number the public text does not explain. Never read as good, never as an end."""

    code: int


_SINGLE = {
    0: Status.SUCCESS,
    101: Status.COMMON_ERROR,
    102: Status.SEQUENCE_INVALID,
    103: Status.MACHINE_BUSY,
    104: Status.TIMEOUT,
    105: Status.RETRIES_EXCEEDED,
    106: Status.CARRIER_UNDEFINED,
    107: Status.CANCELLED,
    108: Status.INPUT_INVALID,
    201: Status.QUEUED,
    202: Status.PROCESSING,
    203: Status.ARRIVED,
    301: Status.OCCUPIED_ON_STORE,
    302: Status.OCCUPIED_ON_FETCH,
}


def classify(code: int) -> Status | UnknownStatus:
    """The meaning of a status number."""
    if code in _SINGLE:
        return _SINGLE[code]
    if 1 <= code <= 99:
        return Status.INTERFACE_ERROR
    if 501 <= code <= 999:
        return Status.MM260_ERROR
    if code >= 1000:  # 1000-32767, FF0h-FFFh and above FFFh: three ranges of the public text that overlap to this
        return Status.MACHINE_ERROR
    return UnknownStatus(code)


@dataclass(frozen=True, slots=True)
class Answer:
    """`{status}|{hostId}|...`. What follows the id is not explained publicly: kept, never interpreted."""

    code: int
    host_id: str
    rest: tuple[str, ...] = ()

    @property
    def status(self) -> Status | UnknownStatus:
        return classify(self.code)

    @property
    def is_ping(self) -> bool:
        return _PING_ID.fullmatch(self.host_id) is not None

    @property
    def ping_token(self) -> int:
        """The number of the ping it answers, 0 for another answer."""
        return int(self.host_id.removeprefix("ping")) if self.is_ping else 0

    @property
    def command_id(self) -> int | None:
        return int(self.host_id) if self.host_id.isdigit() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telegram:
    """A command as it goes to the machine. Carrier 0 sends away the tray at the opening; no point means light off."""

    code: int
    host_id: str
    opening: str
    carrier: int = 0
    carrier_next: int = 0
    point: PointAt | None = None
    box_type: str = ""
    texts: BayTexts = field(default_factory=BayTexts)


def ping(unix_s: int, opening: str) -> Telegram:
    """A telegram that moves nothing."""
    return Telegram(code=PING_CODE, host_id=f"ping{unix_s}", opening=opening)


def clean_text(text: str) -> str:
    """A text that fits between two bars: there is no escape, so bars and line ends are replaced."""
    return _CONTROL.sub(" ", text.replace("|", "/"))


def encode(telegram: Telegram) -> bytes:
    """The bytes of a command. Characters outside ISO-8859-1 become question marks."""
    point, texts = telegram.point, telegram.texts
    fields = (
        str(telegram.code),
        telegram.host_id,
        telegram.opening,
        str(telegram.carrier),
        str(telegram.carrier_next),
        "" if point is None else str(point.x_mm),
        "" if point is None else str(point.y_mm),
        telegram.box_type,
        texts.quantity,
        texts.order,
        texts.part,
        texts.description,
    )
    return ("|".join(map(clean_text, fields)) + "|").encode(ENCODING, errors="replace") + END


def parse_answer(line: bytes) -> Answer | NotAnAnswer:
    """The answer in one line without its end. Status and id must be numbers, else it is not an answer."""
    parts = line.decode(ENCODING).split("|")
    if len(parts) < 2 or not _STATUS.fullmatch(parts[0]) or not _HOST_ID.fullmatch(parts[1]):
        return NotAnAnswer(line)
    rest = parts[2:-1] if parts[-1] == "" else parts[2:]
    return Answer(int(parts[0]), parts[1], tuple(rest))
