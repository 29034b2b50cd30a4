"""The two bytes of an answer and the bytes of a request, pure. Meanings: docs/wire/carousel2.md."""

from __future__ import annotations

from dataclasses import dataclass

ANSWER_BYTES = 2
STATUS_COMMAND = 0
MOVE_COMMAND = 1
MOST_BINS = 256  # a position is one byte

NOT_READY = 1 << 0
MOVING = 1 << 1
MODE = 1 << 2  # manual or remote: which of them is 1, a setting says
ALARM = 1 << 3
NO_E_STOP = 1 << 4  # inverted: 1 = not pressed
DRIVE_ERROR = 1 << 5
POSITION_ERROR = 1 << 6
DOWNWARDS = 1 << 7

STOPS = ((NO_E_STOP, 0, "E4"), (ALARM, ALARM, "A3"), (DRIVE_ERROR, DRIVE_ERROR, "D5"))


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` as it came, bit by bit; `position` counts the bins from 0."""

    status: int
    position: int

    def has(self, bit: int) -> bool:
        return bool(self.status & bit)

    @property
    def stop_code(self) -> str:
        """The first standing cause, as a letter and its bit: E4 emergency stop, A3 alarm, D5 drive error."""
        return next((code for bit, value, code in STOPS if self.status & bit == value), "")

    @property
    def bin(self) -> int:
        """The bin in front of the access, counted from 1."""
        return self.position + 1


def encode_status() -> bytes:
    """The public client sends this one without an argument."""
    return bytes((STATUS_COMMAND,))


def encode_move(bin_number: int) -> bytes:
    """Raises ValueError for a bin that no byte can name."""
    return bytes((MOVE_COMMAND, bin_number - 1))


def parse_answer(burst: bytes) -> Answer | None:
    """Exactly two bytes are an answer. Every value of both is possible."""
    return Answer(burst[0], burst[1]) if len(burst) == ANSWER_BYTES else None
