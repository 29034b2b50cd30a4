"""What waits for the writer, in two lines: bookings first, upkeep and pieces of imports between them.

Each line is first in, first out. Only the writer's thread takes; anybody adds.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

GROUP_MAX = 64  # bookings in one transaction: bounds how long the first one waits
GROUPS_IN_A_ROW = 8  # then the other line has its turn: bookings without end do not keep an import out for ever


@dataclass(frozen=True, slots=True)
class Request:
    """A booking: a function to run in a transaction that it may share."""

    work: Callable[[Connection], Any]
    future: Future[Any]


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Work outside a transaction, in its turn. Nothing in the program asks for it: by it the tests hold the writer, or have it
    look for room now (`Store.try_recover`). By itself it looks when it is idle."""

    work: Callable[[], Any]
    future: Future[Any]


@dataclass(frozen=True, slots=True)
class Import:
    """`left` runs piece by piece, each in a transaction of its own. The future's result is all their answers in one tuple. The
    first piece that fails ends it; what the pieces before it wrote stays."""

    left: deque[Callable[[Connection], tuple[Any, ...]]]
    future: Future[tuple[Any, ...]]
    answers: list[Any] = field(default_factory=list)


Other = Upkeep | Import
Group = tuple[Request, ...]


class Waiting:
    """The two lines. Nothing is added after `close`; what was added before is still taken."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._bookings: deque[Request] = deque()
        self._others: deque[Other] = deque()
        self._groups = 0
        self._is_closed = False

    def add(self, work: Request | Other) -> bool:
        """Put it at the end of its line. False: closed."""
        with self._changed:
            if not self._is_closed:
                self._add(work)
                self._changed.notify()
            return not self._is_closed

    def _add(self, work: Request | Other) -> None:
        if isinstance(work, Request):
            self._bookings.append(work)
        else:
            self._others.append(work)

    def put_back(self, work: Import) -> None:
        """The import has pieces left: it stays the first of its line."""
        with self._changed:
            self._others.appendleft(work)

    def close(self) -> None:
        """Take no more on."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()

    @property
    def is_over(self) -> bool:
        """Closed, and everything was taken."""
        with self._changed:
            return self._is_closed and not self._has_any()

    def take(self, timeout_s: float) -> Group | Other | None:
        """The next group of bookings, or else the first of the other line. None: nothing came in this time, or it is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._has_any() or self._is_closed, timeout_s)
            if self._others and (not self._bookings or self._groups >= GROUPS_IN_A_ROW):
                self._groups = 0
                return self._others.popleft()
            if not self._bookings:
                return None
            self._groups = self._groups + 1 if self._others else 0
            return tuple(self._bookings.popleft() for _ in range(min(GROUP_MAX, len(self._bookings))))

    def _has_any(self) -> bool:
        return bool(self._bookings or self._others)
