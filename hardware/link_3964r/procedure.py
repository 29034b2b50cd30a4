"""The 3964R procedure: one line, two halves that take turns. Pure; bytes and monotonic seconds are given.

Bytes that came are looked at before a time that is over: they were there first, and a late thread must not become a line error.
"""

from __future__ import annotations

from collections.abc import Callable

from hardware.link_3964r.framing import NAK
from hardware.link_3964r.receiver import Receiver
from hardware.link_3964r.sender import Sender
from hardware.link_3964r.settings import LinkSettings
from hardware.link_3964r.turn import Turn


def _always() -> bool:
    return True


class Procedure:
    """One end. `has_room` says whether a received block can be taken now; the station's end always can."""

    def __init__(self, settings: LinkSettings, *, has_room: Callable[[], bool] = _always) -> None:
        self._sender = Sender(settings)
        self._receiver = Receiver(settings, has_room=has_room)

    @property
    def due_s(self) -> float | None:
        dues = (self._sender.due_s, self._receiver.due_s)
        return min((due_s for due_s in dues if due_s is not None), default=None)

    def ready(self, now_s: float) -> Turn:
        """The line is new: one NAK sets the partner idle."""
        self._sender.reset()
        self._receiver.reset()
        turn = Turn()
        turn.say(NAK)
        return turn

    def feed(self, data: bytes, now_s: float) -> Turn:
        turn = Turn()
        for char in data:
            if self._sender.is_resting:
                self._receiver.take(char, now_s, turn=turn)
            elif self._sender.take(char, now_s, turn=turn):
                self._receiver.begin(now_s, turn=turn)
        self._go_on(now_s, turn)
        return turn

    def wake(self, now_s: float) -> Turn:
        turn = Turn()
        self._sender.wake(now_s, turn=turn)
        self._receiver.wake(now_s, turn=turn)
        self._go_on(now_s, turn)
        return turn

    def send(self, content: bytes, now_s: float) -> Turn:
        self._sender.offer(content, now_s)
        turn = Turn()
        self._go_on(now_s, turn)
        return turn

    def _go_on(self, now_s: float, turn: Turn) -> None:
        """Begin with the next block of our own when the line is free."""
        if self._sender.is_resting and self._receiver.is_free:
            self._sender.start(now_s, turn=turn)
