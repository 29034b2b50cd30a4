"""What somebody has to be told of, out of the store and of how replication does. Blocks; belongs on a thread that may."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Final, Protocol

from station.telling.plan import Happening
from station.values import EventFact, Order, PullSignal, SyncStatus

FRESH: Final = timedelta(hours=24)  # what is older and nobody answered stands among the exceptions
HERE: Final = ("signed_on", "returned", "unattended")


class HappeningStore(Protocol):
    """What is asked of the store."""

    def case_facts(self, *, first: datetime, until: datetime) -> tuple[EventFact, ...]: ...

    def facts(self, *, kinds: Collection[str], first: datetime, until: datetime) -> tuple[EventFact, ...]: ...

    def order(self, order: str) -> Order | None: ...

    def open_signals(self, *, with_steps: bool = False) -> tuple[PullSignal, ...]: ...


def happenings(store: HappeningStore, sync: SyncStatus | None, now: datetime, *, outbox_s: float) -> tuple[Happening, ...]:
    """All that holds now. Raises StoreError."""
    first, until = now - FRESH, now + timedelta(minutes=1)
    told = (*_shorts(store, first, until), *_tray(store, first, until), *_signals(store, now), *_bay(store, first, until))
    return (*told, *_outbox(sync, now, outbox_s))


def _shorts(store: HappeningStore, first: datetime, until: datetime) -> Iterator[Happening]:
    """Lines that ended short, of orders that are needed by a time."""
    for fact in store.case_facts(first=first, until=until):
        if fact.kind == "line_closed" and fact.data["outcome"] == "short":
            order = store.order(fact.data["order"])
            if order is not None and order.need_by is not None:
                what = f"{fact.data['order']} {fact.data['line']}"
                yield Happening(topic="short", about=fact.id, since=fact.at, what=what)


def _tray(store: HappeningStore, first: datetime, until: datetime) -> Iterator[Happening]:
    """The screen locked itself with a tray at the bay, and nobody has come since."""
    newest = next(reversed(store.facts(kinds=HERE, first=first, until=until)), None)
    if newest is not None and newest.kind == "unattended" and newest.data["tray"] is not None:
        yield Happening(topic="tray", about=newest.id, since=newest.at, what=str(newest.data["tray"]))


def _signals(store: HappeningStore, now: datetime) -> Iterator[Happening]:
    """Pull signals whose time is over: the red of the board."""
    for signal in store.open_signals():
        if signal.need_by is not None and signal.need_by < now:
            yield Happening(topic="buffer", about=f"signal {signal.signal}", since=signal.need_by, what=signal.item)


def _bay(store: HappeningStore, first: datetime, until: datetime) -> Iterator[Happening]:
    """The machine's line is down."""
    facts = [each for each in store.facts(kinds=("link",), first=first, until=until) if each.data["device"] == "machine"]
    if facts and not facts[-1].data["is_up"]:
        yield Happening(topic="bay", about=facts[-1].id, since=facts[-1].at, what=facts[-1].data.get("code", ""))


def _outbox(sync: SyncStatus | None, now: datetime, outbox_s: float) -> Iterator[Happening]:
    """The oldest event that the site has not is too old. A day's is one happening, though its oldest event may change."""
    if sync is not None and sync.oldest_at is not None and (now - sync.oldest_at).total_seconds() >= outbox_s:
        yield Happening(topic="outbox", about=f"outbox {sync.oldest_at:%Y-%m-%d}", since=sync.oldest_at, what=str(sync.depth))
