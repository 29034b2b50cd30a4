"""The devices as the station sees them. Drivers implement these; the station never names a driver.

All coroutines run on the station's event loop; listeners are called on it too. A port opens its line by itself, keeps trying
when it is lost, and reports that as events: `open` never fails because a cable is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from hardware.values import (
    Aim,
    Beep,
    DisplayLink,
    FetchTray,
    LiftEvent,
    LiftStatus,
    LightLink,
    LineHealth,
    MotionResult,
    PointAt,
    PointTray,
    ScaleEvent,
    ScannerEvent,
    StoreTray,
    ToteEvent,
    WireFrame,
)
from hardware.wire_log import ATTACHED_FRAMES

Unsubscribe = Callable[[], None]


class Line(Protocol):
    """What every device on a line of its own can say of it."""

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        """The last frames on this line, oldest first."""

    def health(self) -> LineHealth:
        """How the line does, for the machine panel."""


class Lift(Line, Protocol):
    """One machine's line. One command is in flight at a time; a second one is refused with DeviceError L203.

    A command that timed out ends UNKNOWN and is never sent again by the port. There is no reset of a safety state.
    """

    @property
    def reports_tray(self) -> bool:
        """Whether `status` can tell which tray is at the opening."""

    @property
    def takes_next_tray(self) -> bool:
        """Whether a fetch can carry the wish for the tray that is wanted next (`FetchTray.next_tray`)."""

    async def open(self) -> None:
        """Start the line's thread; returns at once."""

    async def close(self) -> None:
        """End the line's thread. A command in flight ends UNKNOWN."""

    async def status(self) -> LiftStatus:
        """Ask the machine how it is. Raises DeviceError when the line is down or it does not answer."""

    async def fetch(self, command: FetchTray) -> MotionResult:
        """Bring a tray; returns when it arrived, was refused, or nobody knows."""

    async def store(self, command: StoreTray) -> MotionResult:
        """Send the tray away; returns when it is gone, was refused, or nobody knows."""

    async def point(self, command: PointTray) -> MotionResult:
        """Light a place on the tray at the opening."""

    def subscribe(self, listener: Callable[[LiftEvent], None]) -> Unsubscribe:
        """Call the listener with everything the machine tells by itself, and with LinkUp or LinkDown at once."""


class Scanner(Line, Protocol):
    """A scanner on a line of its own."""

    @property
    def name(self) -> str:
        """What the settings call it; the source of its scans."""

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    def subscribe(self, listener: Callable[[ScannerEvent], None]) -> Unsubscribe: ...

    def beep(self, kind: Beep) -> None:
        """Let the scanner say what became of its code. Returns at once; a scanner that hears nothing ignores it."""


class TextDisplay(Line, Protocol):
    """A text display at the bay (two lines of 20). It never answers: the driver rewrites it after a reconnect."""

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def show(self, upper: str, lower: str, *, live: str = "") -> None:
        """Show two lines; longer text is cut. `live` stands at the end of the upper line and may change while the rest stands:
        where the device can, without the text beginning again. Returns when the bytes left, or at once when the line is down."""

    async def clear(self) -> None:
        """Show nothing; an alarm stays."""

    async def alarm(self, text: str) -> None:
        """Show this instead of everything else, until an empty text ends it; then what was shown stands there again."""

    def subscribe(self, listener: Callable[[DisplayLink], None]) -> Unsubscribe: ...


class Scale(Line, Protocol):
    """A counting scale. It proposes; nothing is ever booked by it."""

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    def subscribe(self, listener: Callable[[ScaleEvent], None]) -> Unsubscribe: ...


class Pointer(Line, Protocol):
    """A light of its own that shows a place on the tray at the bay. Dark until it is told a place; the first thing it is told on
    a new line is to be dark, and then again what it should show."""

    async def open(self) -> None: ...

    async def close(self) -> None:
        """Dark, then the end of the line."""

    async def point_at(self, point: PointAt, *, tray: int) -> None:
        """Light this place, dark on the way to it. Returns when the order is taken over, at once when the line is down.
        Raises DeviceError L301 (out of reach) or L302 (not calibrated for this tray); it is dark then."""

    async def dark(self) -> None:
        """Off. Returns when the bytes left, or at once when the line is down."""

    def subscribe(self, listener: Callable[[LightLink], None]) -> Unsubscribe: ...


class AimedPointer(Pointer, Protocol):
    """A pointer that turns; a person can turn it by hand to teach it."""

    async def aim_at(self, aim: Aim) -> None:
        """Light what lies there, dark on the way to it."""


class ToteLights(Line, Protocol):
    """Lamps over the tote positions, named as the put places or the orders' destinations are. A lamp may have a key; then a press
    is told once. A lamp that does not obey is told by its position, and again when it does."""

    async def open(self) -> None: ...

    async def close(self) -> None:
        """Dark, then the end of the line."""

    async def show(self, lit: Mapping[str, str]) -> None:
        """Light these positions and no others; lamps with digits show the quantity. Raises DeviceError L303 where one of them has
        no lamp; the others are lit then."""

    async def dark(self) -> None:
        """All off."""

    async def self_test(self, *, for_s: float = 1.0) -> None:
        """Light all of them for a while, then what was lit before."""

    def subscribe(self, listener: Callable[[ToteEvent], None]) -> Unsubscribe: ...
