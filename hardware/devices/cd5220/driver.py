"""`hardware.ports.TextDisplay` over CD5220: write only, so what should stand there is written again after every reconnect."""

from __future__ import annotations

from hardware.config import DisplayConfig
from hardware.devices.cd5220.frames import clear_frame, open_frame, show_frame
from hardware.display_driver import DisplayDriver, MakeLink
from hardware.serial_link import SerialLink
from hardware.write_only import WriteOnly


class Cd5220Display(DisplayDriver):
    """A 2x20 display."""

    def __init__(self, config: DisplayConfig, *, make_link: MakeLink | None = None) -> None:
        super().__init__(make_link or (lambda heard: SerialLink(config.port, WriteOnly(), listener=heard)))
        self._wanted = clear_frame()
        self._alarm = ""

    async def show(self, upper: str, lower: str, *, live: str = "") -> None:
        await self._want(show_frame(f"{upper} {live}".strip(), lower))

    async def clear(self) -> None:
        await self._want(clear_frame())

    async def alarm(self, text: str) -> None:
        self._alarm = text
        await self._link.send(self._frame())

    async def _want(self, frame: bytes) -> None:
        self._wanted = frame
        if not self._alarm:
            await self._link.send(frame)

    def _frame(self) -> bytes:
        """What should stand there now: the alarm over everything."""
        return show_frame(self._alarm, "") if self._alarm else self._wanted

    def _set_up(self) -> bytes:
        return open_frame() + self._frame()
