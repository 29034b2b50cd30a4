"""`hardware.ports.Scale` over MT-SICS. It only tells what lies on the pan; it never tares and never zeroes."""

from __future__ import annotations

from collections.abc import Callable

from hardware.config import ScaleConfig
from hardware.devices.sics_scale.layer import ScaleLayer
from hardware.devices.sics_scale.messages import Pan, ScaleMessage, Weighed
from hardware.errors import LINE_DOWN, LINE_NO_ANSWER
from hardware.line_layer import Trouble
from hardware.listeners import Listeners
from hardware.ports import Unsubscribe
from hardware.serial_link import Link, LinkListener, SerialLink
from hardware.values import LineHealth, ScaleEvent, ScaleLink, ScaleRead, WireFrame
from hardware.wire_log import ATTACHED_FRAMES

SILENT_AFTER = 3  # questions without an answer: the line is dead though the port does not say so


class SicsScale:
    """A scale on a line of its own. It tells a reading only when it differs from the one before.

    The answers have no checksum: one with a digit lost on the way looks like any other. So a weight stands still when the scale
    has said so twice alike.
    """

    def __init__(self, config: ScaleConfig, *, make_link: Callable[[LinkListener[ScaleMessage]], Link] | None = None) -> None:
        listener: LinkListener[ScaleMessage] = LinkListener(self._port_opened, self._port_lost, self._heard)
        self._link: Link = make_link(listener) if make_link else SerialLink(config.port, ScaleLayer(), listener=listener)
        self._listeners: Listeners[ScaleEvent] = Listeners()
        self._link_event = ScaleLink(False, LINE_DOWN)
        self._read: ScaleRead | None = None
        self._before: ScaleMessage | None = None
        self._silent = 0

    async def open(self) -> None:
        self._link.start()

    async def close(self) -> None:
        await self._link.close()

    def subscribe(self, listener: Callable[[ScaleEvent], None]) -> Unsubscribe:
        return self._listeners.add(listener, self._link_event)

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        return self._link.frames(most)

    def health(self) -> LineHealth:
        return self._link.health()

    def _port_opened(self) -> None:
        """An open port proves nothing: the scale is there when it has answered."""
        self._silent = 0

    def _port_lost(self, code: str, message: str) -> None:
        self._down(code)

    def _heard(self, message: ScaleMessage | Trouble, at_s: float) -> None:
        if isinstance(message, Trouble):
            self._troubled(message)
            return
        self._silent = 0
        self._tell_link(ScaleLink(True))
        read = ScaleRead()
        if isinstance(message, Weighed):
            is_stable = message.is_stable and message == self._before
            read = ScaleRead(weight_mg=message.weight_mg, step_mg=message.step_mg, is_stable=is_stable)
        elif isinstance(message, Pan):
            read = ScaleRead(state=message.value)
        self._before = message
        if read != self._read:
            self._read = read
            self._listeners.tell(read)

    def _troubled(self, trouble: Trouble) -> None:
        self._silent += trouble.code == LINE_NO_ANSWER
        if self._silent == SILENT_AFTER:
            self._down(LINE_NO_ANSWER)
            self._link.reopen()

    def _down(self, code: str) -> None:
        self._read = self._before = None
        self._tell_link(ScaleLink(False, code))

    def _tell_link(self, event: ScaleLink) -> None:
        if event != self._link_event:
            self._link_event = event
            self._listeners.tell(event)
