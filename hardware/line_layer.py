"""What stands between a line's bytes and a driver's messages, as a pure thing that runs inside the port's thread.

Line timing (silence between frames, acknowledgements, time-outs of a link protocol) lives here and not on the event loop, so that
a busy window can never become a line time-out. A layer reads no clock and does no I/O: bytes and monotonic seconds are given;
what is to be written and what was understood come back as a `Step`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

M = TypeVar("M")
M_co = TypeVar("M_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Trouble:
    """The layer could not carry or understand something: an error of the line, never a message of the device.

    `code` is one of `hardware.errors` (L1xx). Counted and recorded; what it means for a command is for time-outs to say, with one
    exception: `Unacknowledged`.
    """

    code: str
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unacknowledged(Trouble):
    """A text left and was not acknowledged: it is sent again, and the machine may be given it twice (`FlightDeck.sent_again`).

    `text` is what `LineLayer.send` was given, so that its sender knows which of those under way is meant.
    """

    text: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer(Trouble):
    """A request of which the layer itself knows that no answer came: `request` is the one. `was_sent` False: it never left, so
    nothing can have come of it."""

    request: object
    was_sent: bool


@dataclass(frozen=True, slots=True)
class Step(Generic[M_co]):
    """What one call wants done: `write` goes out now, `messages` go to the driver, `frames` are whole frames as they were on the
    line, for the flight recorder (noise included), `retries` counts what the layer sent once more by its own rules."""

    write: bytes = b""
    messages: tuple[M_co | Trouble, ...] = ()
    frames: tuple[bytes, ...] = ()
    retries: int = 0


class LineLayer(Protocol[M_co]):
    """Bytes to messages and back for one line. Called in the port's thread only. Times are monotonic seconds."""

    @property
    def due_s(self) -> float | None:
        """When `wake` has something to do at the latest; None: only when bytes come."""

    def opened(self, now_s: float) -> Step[M_co]:
        """The line is new: forget everything of the old one."""

    def feed(self, data: bytes, now_s: float) -> Step[M_co]:
        """These bytes came."""

    def wake(self, now_s: float) -> Step[M_co]:
        """Time has passed; may be called at any time, also early."""

    def send(self, data: bytes, now_s: float) -> Step[M_co]:
        """The driver sends one frame's content. What cannot leave yet waits here, but never longer than its sender waits for an
        answer: a command that left late would move a machine nobody is watching."""
