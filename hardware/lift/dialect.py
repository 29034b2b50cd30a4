"""What a protocol of questions and answers tells `PolledExchange`: its requests, and how to read what comes back.

For machines that say nothing by themselves: a status is read, a command is written, and only the status says how it went.
A dialect is pure; it keeps no state of the machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol, TypeVar

from hardware.values import Instruction, LiftRequest

M = TypeVar("M")


class Kind(Enum):
    """What a request does to the machine; this decides what a missing answer means."""

    READ = "read"  # asks only; may be asked again
    PREPARE = "prepare"  # writes what moves nothing by itself (a tray number); without its answer the command goes no further
    MOVE = "move"  # after these bytes the machine may move
    CLEAN_UP = "clean_up"  # takes a bit back after a MOVE, whatever became of that; is written until it is answered


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: `data` is the frame's content as the line's layer takes it, `mark` is whatever `Dialect.understand` needs to
    tell this request's answer from others; a layer that tells a `NoAnswer` names the request by its mark."""

    data: bytes
    kind: Kind = Kind.READ
    mark: object = None


@dataclass(frozen=True, slots=True)
class Pause:
    """So long the next request of a command waits. Meanwhile statuses are read, where their answers come in time."""

    seconds: float


CommandStep = Ask | Pause


@dataclass(frozen=True, slots=True)
class Refused:
    """The machine answered this request with a refusal. `code` is one of `hardware.errors`, `message` the machine's own word.
    `is_sure` False: it may have done it all the same."""

    code: str
    message: str = ""
    is_sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The machine at one moment, as its status says.

    `tray`: at our opening, None when none; `others`: those out at the machine's other openings and positions. `stop_code`: the
    machine's own number of a stop for safety. `waits_for`: what a person must do. `echo`: the command number the machine names,
    None where it names none. `not_ready_code`: of `hardware.errors`, why it `is_ready` for nothing. `gave_up_code`: of
    `hardware.errors`, that the last command was aborted or refused.
    """

    is_ready: bool
    is_moving: bool = False
    tray: int | None = None
    others: tuple[int, ...] = ()
    stop_code: str = ""
    waits_for: Instruction | None = None
    echo: int | None = None
    not_ready_code: str = ""
    gave_up_code: str = ""

    @property
    def is_standing(self) -> bool:
        """Neither moving, nor stopped for safety, nor waiting for a person."""
        return not self.is_moving and not self.stop_code and self.waits_for is None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolledTiming:
    """How a polled line is paced, in seconds. The steady pace and the silence are those of `hardware.config.LiftTiming`."""

    request_s: float = (
        1.0  # without an answer for so long a request is given up; where no layer tells, at most a third of the silence
    )
    is_told_by_layer: bool = False  # the layer itself says of each request that no answer came, however long it held it back
    answer_s: float = 1.0  # an answer may take so long; in a pause no status is asked whose answer could come after it
    quick_s: float = 0.25  # between statuses while something moves, stands or is asked for
    quiet_s: float = 0.05  # after a request was given up nothing is sent before the line was quiet for so long
    settle_s: float | None = (
        None  # a machine that stands ready and unchanged for so long has ended what it did; None: `accepted_s`
    )


class Dialect(Protocol[M]):
    """One protocol's questions, for one opening of one machine."""

    @property
    def timing(self) -> PolledTiming: ...

    @property
    def keeps_tray(self) -> bool:
        """Whether a carrier is always in front of the access (a carousel): a store then leaves it there, and another may be
        fetched while it is there."""

    def status_asks(self, number: int) -> tuple[Ask, ...]:
        """The requests that make one status, each sent after the answer of the one before. `number` counts the reads up."""

    def steps(self, request: LiftRequest, now: Snapshot) -> tuple[CommandStep, ...]:
        """How a command is written to a machine that is ready; empty when it is so already and nothing needs to be written.
        Raises DeviceError for a command this machine cannot do; then nothing was sent."""

    def understand(self, message: M, ask: Ask) -> M | Refused | None:
        """What a message says to the request that is open; None when it is not its answer."""

    def snapshot(self, answers: tuple[M, ...]) -> Snapshot | Refused:
        """The status, from the answers to `status_asks` in order."""

    def echo_of(self, command_id: int) -> int:
        """The number the machine would name for this command."""
