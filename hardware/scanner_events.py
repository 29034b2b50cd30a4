"""What every scanner driver does with what it read: tells whoever listens, and the link's state to whoever begins to."""

from __future__ import annotations

from collections.abc import Callable

from hardware.errors import LINE_DOWN
from hardware.listeners import Listeners
from hardware.ports import Unsubscribe
from hardware.values import ScannerEvent, ScannerLink, ScanRead


class ScannerEvents:
    """The listeners of one scanner. `name` is the source in everything that it tells. Lives on the event loop."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._listeners: Listeners[ScannerEvent] = Listeners()
        self._link = ScannerLink(name, False, LINE_DOWN)

    def subscribe(self, listener: Callable[[ScannerEvent], None]) -> Unsubscribe:
        return self._listeners.add(listener, self._link)

    def link(self, *, is_up: bool, code: str = "") -> None:
        """The link is so now; told when it was not so before."""
        event = ScannerLink(self._name, is_up, code)
        if event != self._link:
            self._link = event
            self._listeners.tell(event)

    def read(self, text: str, at_s: float, *, is_ended: bool = True) -> None:
        """A code was read, at this time of the scanner's own clock."""
        self._listeners.tell(ScanRead(text, self._name, at_s, is_ended))


def text_of(code: bytes) -> str:
    """Codes are UTF-8 where they are that, else ISO-8859-1, which is never wrong about ASCII."""
    try:
        return code.decode("utf-8")
    except UnicodeDecodeError:
        return code.decode("iso-8859-1")
