"""What a lift protocol is to the shell (`hardware.lift.driver`): a pure state machine between requests and messages.

Nothing is read or waited for in an exchange. Messages and monotonic seconds are given; what is to be sent, published or answered
comes back as a tuple of `Out`, in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeVar

from hardware.line_layer import Trouble
from hardware.values import LiftEvent, LiftRequest, LiftStatus, MotionResult

M_contra = TypeVar("M_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Send:
    """One frame's content for the line, as its layer takes it."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Reopen:
    """The line is open and dead: close it and open it again. A LinkDown went before."""


@dataclass(frozen=True, slots=True)
class StatusRead:
    """The machine said how it is. Answers every question asked up to `token` (`LiftExchange.ask_status`)."""

    token: int
    status: LiftStatus


@dataclass(frozen=True, slots=True)
class FlightEnded:
    """The command in flight is over; the next one may begin."""

    result: MotionResult


Notice = LiftEvent | FlightEnded
Out = Send | Reopen | StatusRead | Notice
Outs = tuple[Out, ...]


class LiftExchange(Protocol[M_contra]):
    """One machine's conversation. An exchange tells LinkUp with the first answer of the machine (an open port proves nothing) and
    LinkDown when the line is lost or silent; it never sends a command twice, but where the machine itself says at once that it
    did nothing with it and wants it again (docs/wire/hostcom.md)."""

    @property
    def reports_tray(self) -> bool:
        """Whether a status tells which tray is at the opening."""

    @property
    def takes_next_tray(self) -> bool:
        """Whether a fetch can carry the wish for the tray that is wanted next."""

    @property
    def owes_clean_up(self) -> bool:
        """Whether something that was written on is still to be taken back, or its taking back is not answered yet."""

    @property
    def is_line_up(self) -> bool:
        """Whether the machine has answered since the line was opened."""

    @property
    def due_s(self) -> float | None:
        """When `tick` has something to do."""

    def opened(self, now_s: float) -> Outs:
        """The port is open."""

    def lost(self, code: str, message: str, now_s: float) -> Outs:
        """The port is gone, or could not be opened."""

    def heard(self, message: M_contra | Trouble, now_s: float) -> Outs:
        """The layer understood something, or could not."""

    def tick(self, now_s: float) -> Outs:
        """Time has passed."""

    def begin(self, request: LiftRequest, now_s: float) -> Outs:
        """Take a command over. Raises DeviceError (L101, L203, L208 and others); then nothing was sent and nothing moves."""

    def ask_status(self, now_s: float) -> tuple[int, Outs]:
        """Ask how the machine is; the answer is a StatusRead with this token or a later one."""

    def abandon(self) -> Outs:
        """The port closes: what is in flight ends UNKNOWN."""
