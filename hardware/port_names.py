"""Which port a URL means, pure. A USB plug gets another device name when it is pulled and put in elsewhere: name it by what it
says of itself, or by the socket it sits in.

- `usb:SERIAL` the plug with this serial number, wherever it is
- `usb:VID:PID` (hex) the only plug of this make; two of them are nobody
- `usb:@1-1.4` whatever sits in this socket of this computer
- anything else is the port itself: `/dev/ttyUSB0`, `/dev/serial/by-id/...`, `COM3`, `socket://host:port`, `rfc2217://host:port`
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_MAKE = re.compile(r"(?P<vid>[0-9a-fA-F]{4}):(?P<pid>[0-9a-fA-F]{4})")
PREFIX = "usb:"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPort:
    """A serial port of this computer. `location` is the USB path such as `1-1.4`, empty for what is no USB plug."""

    device: str
    vid: int | None = None
    pid: int | None = None
    serial_number: str = ""
    location: str = ""
    description: str = ""

    @property
    def url(self) -> str:
        """The best name to put into the settings: one that survives another socket where the plug has one of its own."""
        if self.serial_number:
            return f"{PREFIX}{self.serial_number}"
        return f"{PREFIX}@{self.location}" if self.location else self.device


def choose_port(url: str, list_found: Callable[[], tuple[FoundPort, ...]]) -> str | None:
    """The port to open, None while nothing that fits is plugged in, or more than one thing. Asks for the list only if it must."""
    if not url.lower().startswith(PREFIX):
        return url
    wanted = url[len(PREFIX) :]
    fitting = {port.device for port in list_found() if _fits(port, wanted)}
    return fitting.pop() if len(fitting) == 1 else None


def _fits(port: FoundPort, wanted: str) -> bool:
    if wanted.startswith("@"):
        return bool(port.location) and port.location.partition(":")[0] == wanted[1:]
    make = _MAKE.fullmatch(wanted)
    if make is not None:
        return (port.vid, port.pid) == (int(make["vid"], 16), int(make["pid"], 16))
    return bool(port.serial_number) and port.serial_number == wanted
