"""`hardware.ports.Scanner` over SSI. Codes are acknowledged in the port's thread: a busy window makes no scanner repeat."""

from __future__ import annotations

from collections.abc import Callable

from hardware.config import ScannerConfig
from hardware.devices.ssi.exchange import Alive, CodeRead, Silent, SsiLayer, SsiMessage
from hardware.devices.ssi.messages import beep_command
from hardware.errors import LINE_NO_ANSWER
from hardware.line_layer import Trouble
from hardware.ports import Unsubscribe
from hardware.scanner_events import ScannerEvents, text_of
from hardware.serial_link import Link, LinkListener, SerialLink
from hardware.values import Beep, LineHealth, ScannerEvent, WireFrame
from hardware.wire_log import ATTACHED_FRAMES


class SsiScanner:
    """A scanner that speaks SSI. It is up when it has answered, not when its port is open."""

    def __init__(self, config: ScannerConfig, *, make_link: Callable[[LinkListener[SsiMessage]], Link] | None = None) -> None:
        self.name = config.name
        self._events = ScannerEvents(config.name)
        listener: LinkListener[SsiMessage] = LinkListener(self._port_opened, self._port_lost, self._heard)
        self._link: Link = (
            make_link(listener) if make_link else SerialLink(config.port, SsiLayer(), listener=listener, hides_text=True)
        )

    async def open(self) -> None:
        self._link.start()

    async def close(self) -> None:
        await self._link.close()

    def subscribe(self, listener: Callable[[ScannerEvent], None]) -> Unsubscribe:
        return self._events.subscribe(listener)

    def beep(self, kind: Beep) -> None:
        self._link.send(beep_command(kind))

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        return self._link.frames(most)

    def health(self) -> LineHealth:
        return self._link.health()

    def _port_opened(self) -> None:
        """An open port proves nothing: the scanner is there when it answers."""

    def _port_lost(self, code: str, message: str) -> None:
        self._events.link(is_up=False, code=code)

    def _heard(self, message: SsiMessage | Trouble, at_s: float) -> None:
        match message:
            case Alive():
                self._events.link(is_up=True)
            case Silent():
                self._events.link(is_up=False, code=LINE_NO_ANSWER)
                self._link.reopen()
            case CodeRead(text=text):
                self._events.read(text_of(text), at_s)
            case Trouble():
                pass  # counted by the line
