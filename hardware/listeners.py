"""Who listens to one device."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Generic, TypeVar

from hardware.ports import Unsubscribe

E = TypeVar("E")


class Listeners(Generic[E]):
    """Called on the event loop, in the order in which they came; one may leave while it is told."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[E], None]] = []

    def add(self, listener: Callable[[E], None], now: E) -> Unsubscribe:
        """Tell it how things are now at once, and from here on everything."""
        self._listeners.append(listener)
        listener(now)

        def unsubscribe() -> None:
            with contextlib.suppress(ValueError):
                self._listeners.remove(listener)

        return unsubscribe

    def tell(self, event: E) -> None:
        for listener in tuple(self._listeners):
            listener(event)
