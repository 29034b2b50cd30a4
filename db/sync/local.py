"""The store as replication needs it: one port, so that the same code runs over a station's store and over a simulation's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection

from db.log import EventLog
from db.store import Store

T = TypeVar("T")


class Local(Protocol):
    """Blocking calls, made on the sync thread. Raise StoreError."""

    @property
    def log(self) -> EventLog:
        """The head of the chain: only inside `write` and `write_pieces`."""

    @property
    def pictures(self) -> Path | None:
        """Where pictures of items are kept; None: nowhere."""

    def read(self, query: Callable[[Connection], T]) -> T:
        """Ask, in one reading transaction."""

    def write(self, work: Callable[[Connection], T]) -> T:
        """Do this in one transaction; durable when it returns."""

    def write_pieces(self, pieces: Iterable[Callable[[Connection], tuple[Any, ...]]]) -> tuple[Any, ...]:
        """Do these in a transaction each, with bookings between them; durable when it returns."""


class StoreLocal:
    """The store of this station."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def log(self) -> EventLog:
        return self._store.event_log

    @property
    def pictures(self) -> Path | None:
        return self._store.directory / "pictures"

    def read(self, query: Callable[[Connection], T]) -> T:
        return self._store.ask(query)

    def write(self, work: Callable[[Connection], T]) -> T:
        return self._store.sync(work).result()

    def write_pieces(self, pieces: Iterable[Callable[[Connection], tuple[Any, ...]]]) -> tuple[Any, ...]:
        return self._store.sync_pieces(pieces).result()
