"""Lines to typed messages and back, pure. Meanings: docs/wire/modula-link.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from hardware.answer_layer import NotAnAnswer
from hardware.config import ConfigError
from hardware.devices.modula_link.framing import END

_OPENING = re.compile(r"[A-Za-z]*([1-9][0-9]{0,2})-([1-9])(?:\.([12]))?")
_PREFIX = re.compile(r"[0-9]{2,4}")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_REQUEST_ID = re.compile(r"[0-9]{1,18}")
_WORD = re.compile(r"[A-Z][A-Z_]{2,39}(?::[A-Za-z_]{1,40})?")
STATUS_FIELDS = (5, 6)  # the error code is in one public text and not in the other


class Verb(Enum):
    """What is asked; the answer names it too."""

    STATUS = "STATUS"
    CALL = "CALL"
    RETURN = "RETURN"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tray is asked to: the machine and its exit as one prefix, and the position there."""

    prefix: str
    position: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer must name to be the answer to a request."""

    prefix: str
    request_id: int
    verb: Verb


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """`picks` and `exes`: the tray at each of the two positions, and the one that is moved to or from it; 0 none."""

    mark: Mark
    status: int
    picks: tuple[int, int]
    exes: tuple[int, int]
    error_code: int = 0


@dataclass(frozen=True, slots=True)
class ResultAnswer:
    """0 is taken. The public texts agree on no other number."""

    mark: Mark
    result: int


@dataclass(frozen=True, slots=True)
class ErrorWord:
    """A single word instead of an answer. It names no request."""

    text: str


Answer = StatusAnswer | ResultAnswer | ErrorWord


def place_of(opening: str) -> Place:
    """`SH1-2` is machine 1, exit 2, position 1; `SH1-2.2` its second position. Raises ConfigError."""
    match = _OPENING.fullmatch(opening)
    if match is None:
        raise ConfigError("opening", opening, "MACHINE-EXIT or MACHINE-EXIT.POSITION such as SH1-1 or SH1-1.2")
    return Place(match[1] + match[2], int(match[3] or 1))


def encode_status(prefix: str, request_id: int) -> bytes:
    """The question how this machine and exit are, with its end. It moves nothing. Frame: docs/wire/modula-link.md."""
    return f"{prefix}|{request_id}|STATUS|".encode("ascii") + END


def encode_call(place: Place, request_id: int, tray: int) -> bytes:
    """The request to bring a tray to a position, with its end. The answer says only whether it was taken, a status that it came.
    Frame: docs/wire/modula-link.md."""
    return f"{place.prefix}|{request_id}|CALL|{tray}|{place.position}".encode("ascii") + END


def encode_return(place: Place, request_id: int) -> bytes:
    """The request to send away what stands at a position, with its end; it names no tray. Frame: docs/wire/modula-link.md."""
    return f"{place.prefix}|{request_id}|RETURN|{place.position}".encode("ascii") + END


def parse_answer(line: bytes) -> Answer | NotAnAnswer:
    """The answer in one line without its end."""
    text = line.decode("ascii", errors="replace").strip()
    if _WORD.fullmatch(text):
        return ErrorWord(text)
    fields = text.removesuffix("|").split("|")
    if len(fields) < 4 or not _PREFIX.fullmatch(fields[0]) or not _REQUEST_ID.fullmatch(fields[1]):
        return NotAnAnswer(line)
    if fields[2] not in {verb.value for verb in Verb} or not all(map(_NUMBER.fullmatch, fields[3:])):
        return NotAnAnswer(line)
    mark, numbers = Mark(fields[0], int(fields[1]), Verb(fields[2])), tuple(map(int, fields[3:]))
    if mark.verb is not Verb.STATUS:
        return ResultAnswer(mark, numbers[0]) if len(numbers) == 1 else NotAnAnswer(line)
    if len(numbers) not in STATUS_FIELDS:
        return NotAnAnswer(line)
    error_code = numbers[5] if len(numbers) == 6 else 0
    return StatusAnswer(mark, numbers[0], (numbers[1], numbers[2]), (numbers[3], numbers[4]), error_code)
