"""The record as those read it who ask what happened to something."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from station.values import EventRow


class OrderEvents(Protocol):
    """Events of an order or an item. Blocks; raises StoreError."""

    def events(
        self,
        *,
        kinds: Collection[str] | None = None,
        order: str | None = None,
        item: str | None = None,
        of_order: str | None = None,
        limit: int | None = None,
        newest_first: bool = False,
    ) -> tuple[EventRow, ...]: ...


class RecordReader(OrderEvents, Protocol):
    """Events of a tray, too."""

    def events(
        self,
        *,
        kinds: Collection[str] | None = None,
        order: str | None = None,
        machine: str | None = None,
        tray: int | None = None,
        item: str | None = None,
        of_order: str | None = None,
        limit: int | None = None,
        newest_first: bool = False,
    ) -> tuple[EventRow, ...]: ...
