"""Requests that could not leave yet, and how long their senders have patience. Pure; times are monotonic seconds."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from hardware.modbus.content import Unanswered, read_content, unanswered
from hardware.modbus.requests import Request


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request in line. It leaves before `until_s`, or never: a command that left late would move a machine nobody watches."""

    unit: int
    request: Request
    data: bytes
    until_s: float


class WaitingLine:
    """First come, first served."""

    def __init__(self, patience_s: float) -> None:
        self._patience_s = patience_s
        self._line: deque[Waiting] = deque()

    @property
    def is_empty(self) -> bool:
        return not self._line

    @property
    def due_s(self) -> float | None:
        """When the first of them has no more patience."""
        return self._line[0].until_s if self._line else None

    def add(self, data: bytes, now_s: float) -> None:
        """Raises RequestError for a content that is no request."""
        unit, request = read_content(data)
        self._line.append(Waiting(unit, request, data, now_s + self._patience_s))

    def take(self) -> Waiting:
        return self._line.popleft()

    def take_expired(self, now_s: float) -> tuple[Unanswered, ...]:
        """Those who waited too long; nothing of them was sent."""
        expired = []
        while self._line and self._line[0].until_s <= now_s:
            late = self._line.popleft()
            expired.append(unanswered(late.unit, late.request, was_sent=False))
        return tuple(expired)

    def clear(self) -> None:
        self._line.clear()
