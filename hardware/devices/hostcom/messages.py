"""Telegrams to typed messages and back, pure. What the fields and numbers mean: docs/wire/hostcom.md."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from hardware.config import ConfigError, HostComOptions

END = b"\r\n"
SEQUENCES = 1000
SEPARATORS = {"space": b" ", "nbsp": b"\xc2\xa0"}
READ_STATUS, GET_SHELF, STORE_SHELF = "read_status", "get_shelf", "store_shelf"

_OPENING = re.compile(r"(?P<lift>[0-9]{1,3})-(?P<access>[0-9])")
_ANSWER = re.compile(
    rb"\*G(?P<host>[0-9]{4}):(?P<lift>[0-9]{3})(?P<access>[0-9])\$V(?: |\xc2\xa0|\xa0)+X(?P<kind>[A-Z])"
    rb"\$(?P<seq>[0-9]{3})\$(?P<content>[\x20-\x23\x25-\x7e]*)\$"
)
_STATUS = re.compile(r"E([0-9]{2})")
_NUMBER = re.compile(r"[0-9]{1,3}")
_TRAY = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Address:
    """One access point of one lift."""

    lift: int
    access: int


def parse_opening(text: str) -> Address:
    """`001-1` (or `1-1`): lift number and access point. Raises ConfigError."""
    match = _OPENING.fullmatch(text)
    if match is None:
        raise ConfigError("opening", text, "LIFT-ACCESS with a lift of up to three digits and an access point of one, like 001-1")
    return Address(int(match["lift"]), int(match["access"]))


class StatusCode(Enum):
    """XS: what became of a telegram of ours."""

    ACCEPTED = 0
    FIRST_CONTACT = 1  # after power-on: nothing was done, send it again
    BUSY = 2
    HEADER_WRONG = 3
    HOST_WRONG = 4
    NOT_READY = 5


class InfoCode(Enum):
    """XI: what happens to a command that was accepted."""

    STARTED = 1
    WAITS_FOR_RETURN = 2
    LIFT_ERROR = 3
    BUSY_ELSEWHERE = 4
    BLOCKED_ELSEWHERE = 5
    CLOSE_DOOR = 6
    OPEN_DOOR = 7
    INSERT_TRAY = 8
    TAKE_TRAY_OUT = 9
    USER_INSTRUCTION = 10


class EndCode(Enum):
    """XA: how it ended."""

    DONE = 0
    ABORTED = 99


C = TypeVar("C", StatusCode, InfoCode, EndCode)


@dataclass(frozen=True, slots=True)
class UnknownCode:
    """A number that the public texts do not explain. Never read as good, never as an end."""

    number: int


@dataclass(frozen=True, slots=True)
class Head:
    """From whom, to whom, and to which telegram of ours."""

    host: str
    address: Address
    seq: int


@dataclass(frozen=True, slots=True)
class Status:
    """XS"""

    head: Head
    code: StatusCode | UnknownCode


@dataclass(frozen=True, slots=True)
class Info:
    """XI. `fields` as they came: L and E are kept, never interpreted."""

    head: Head
    code: InfoCode | UnknownCode
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """XA. `tray` is the one now at the access point, 0 none, None when the telegram does not name one."""

    head: Head
    code: EndCode | UnknownCode
    tray: int | None = None
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A telegram of the machine of a kind, or with a content, that the public texts do not explain."""

    head: Head
    kind: str
    content: str


Answer = Status | Info | Response | Unexplained


@dataclass(frozen=True, slots=True)
class NotAnAnswer:
    """Bytes that are no telegram of a machine to a host."""

    raw: bytes


@dataclass(frozen=True, slots=True)
class Macro:
    """What the machine is asked to do. Parameters are (number, value), in order."""

    name: str
    parameters: tuple[tuple[int, int], ...] = field(default=())


def encode(macro: Macro, address: Address, *, seq: int, options: HostComOptions) -> bytes:
    """The bytes of a request."""
    width = 2 if options.parameter == "PM01" else 1
    head = f"*G{address.lift:03}{address.access}:{options.host}$U".encode("ascii")
    parameters = "".join(f"$PM{number:0{width}}={value}" for number, value in macro.parameters)
    return head + SEPARATORS[options.separator] + f"XR${seq:03}$macro={macro.name}{parameters}$".encode("ascii") + END


def parse(telegram: bytes) -> Answer | NotAnAnswer:
    """One whole telegram, as the framer or a link layer gives it. A line end behind it is tolerated."""
    match = _ANSWER.fullmatch(telegram.rstrip(END))
    if match is None:
        return NotAnAnswer(telegram)
    head = Head(match["host"].decode(), Address(int(match["lift"]), int(match["access"])), int(match["seq"]))
    kind, content = match["kind"].decode(), match["content"].decode("ascii")
    return _content(head, kind, content) or Unexplained(head, kind, content)


def _content(head: Head, kind: str, content: str) -> Answer | None:
    if kind == "S":
        status = _STATUS.fullmatch(content)
        return Status(head, _code(StatusCode, status[1])) if status else None
    if kind not in ("I", "A"):
        return None
    fields = _fields(content)
    number = dict(fields).get("ER", "")
    if not _NUMBER.fullmatch(number):
        return None
    if kind == "I":
        return Info(head, _code(InfoCode, number), fields)
    tray = dict(fields).get("T", "")
    return Response(head, _code(EndCode, number), int(tray) if _TRAY.fullmatch(tray) else None, fields)


def _fields(content: str) -> tuple[tuple[str, str], ...]:
    """`ER=00&L=1` as pairs; none at all when a part is no pair or a name comes twice: then nothing of it can be trusted."""
    pairs = [part.partition("=") for part in content.split("&")]
    names = {name for name, _, _ in pairs}
    if len(names) != len(pairs) or any(not name or not equals for name, equals, _ in pairs):
        return ()
    return tuple((name, value) for name, _, value in pairs)


def _code(kind: type[C], number: str) -> C | UnknownCode:
    try:
        return kind(int(number))
    except ValueError:
        return UnknownCode(int(number))
