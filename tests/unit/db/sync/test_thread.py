"""Replication beside a real store: woken by bookings and hints, never in anybody's way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from db.store import Store
from db.sync import documents, memory, pulling
from db.sync.bodies import item_body
from db.sync.listen import Hint
from db.sync.local import StoreLocal
from db.sync.once import acknowledge, run_once
from db.sync.site import Site, SiteError, Trouble
from db.sync.status import Problem, SyncException, SyncState, SyncStatus, from_json, to_json
from db.sync.thread import SyncThread
from db.sync.values import Cursor, Document, DocumentKind, Feed
from tests.helpers.guards import ExpectLog
from tests.helpers.simulated_site import SimulatedSite
from tests.helpers.simulated_world import SiteWorld

from ..made import imported, item, put

SOON_S = 20.0
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


class Seen:
    """Waits for a status of which something is true."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._all: list[SyncStatus] = []

    def __call__(self, status: SyncStatus) -> None:
        with self._changed:
            self._all.append(status)
            self._changed.notify_all()

    def wait(self, is_it: Callable[[SyncStatus], bool]) -> SyncStatus:
        with self._changed:
            assert self._changed.wait_for(lambda: any(map(is_it, self._all)), SOON_S), self._all[-1:]
            return next(each for each in self._all if is_it(each))


class TestHints:
    """Hints that a test gives."""

    __test__ = False

    def __init__(self) -> None:
        self.hint = threading.Event()
        self.is_closed = threading.Event()

    def wait(self, timeout_s: float) -> Hint | None:
        found = self.hint.wait(min(timeout_s, 0.05))
        self.hint.clear()
        return Hint.NEWS if found else None

    def close(self) -> None:
        self.is_closed.set()


@pytest.fixture
def world() -> SiteWorld:
    return SiteWorld(lambda: NOON)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path, station="S1", ballast_bytes=0)) as store:
        yield store


def _thread(store: Store, connect: Callable[[], Site], seen: Seen, hints: TestHints | None = None) -> SyncThread:
    listen = None if hints is None else lambda: hints
    return SyncThread(store, connect=connect, listen=listen, on_status=seen, random=Random(1))


def test_a_booking_goes_up_at_once_and_the_status_stands_in_the_store(opened: Store, world: SiteWorld, tmp_path: Path) -> None:
    seen = Seen()
    thread = _thread(opened, lambda: SimulatedSite(world, "S1"), seen)
    thread.start()
    seen.wait(lambda status: status.state is SyncState.ONLINE)
    opened.append([put(4)]).result()
    seen.wait(lambda status: status.acked.seq == 2)
    assert thread.stop()
    with closing(Store.open_reader(tmp_path)) as reader:
        kept = reader.ask(memory.status)
    assert kept is not None
    assert kept.server_epoch == "server-1"
    assert from_json(to_json(kept)) == kept


def test_a_hint_brings_down_what_is_new(opened: Store, world: SiteWorld) -> None:
    seen, hints = Seen(), TestHints()
    thread = _thread(opened, lambda: SimulatedSite(world, "S1"), seen, hints)
    thread.start()
    seen.wait(lambda status: status.last_pull_at is not None)
    world.put(DocumentKind.ITEM, "A", {"code": "A"} | _item_body())
    hints.hint.set()
    seen.wait(lambda _: opened.item("A") is not None)  # a pull that was on its way already may come first, without it
    assert thread.stop()
    assert hints.is_closed.is_set()


def _item_body() -> dict[str, object]:
    return item_body(item("A"))


def test_a_site_that_hangs_holds_nobody_up(opened: Store, expect_log: ExpectLog) -> None:
    expect_log("replication did not end within")
    in_call, may_go = threading.Event(), threading.Event()

    def hang() -> Site:
        in_call.set()
        may_go.wait(SOON_S)
        raise SiteError(Trouble.LINE, "U101", "no connection")

    thread = _thread(opened, hang, Seen())
    thread.start()
    assert in_call.wait(SOON_S)
    opened.append([put(1)]).result(SOON_S)
    assert not thread.stop(patience_s=0.01)
    may_go.set()
    assert thread.stop()


def test_a_fault_of_this_program_is_a_state_and_not_the_end(opened: Store, expect_log: ExpectLog) -> None:
    expect_log("replication failed by a fault of this program")
    seen = Seen()

    def broken() -> Site:
        raise ZeroDivisionError("on purpose")

    thread = _thread(opened, broken, seen)
    thread.start()
    seen.wait(lambda status: status.problem is Problem.FAULT)
    assert thread.stop()


def test_once_takes_everything_up_and_down(opened: Store, world: SiteWorld) -> None:
    opened.import_items([item("A"), item("B")], imported("item")).result()
    opened.append([put(n) for n in range(1, 300)]).result()
    status = run_once(opened, lambda: SimulatedSite(world, "S1"))
    assert (status.state, status.depth, status.dirty) == (SyncState.ONLINE, 0, 0)
    assert ("item", "A") in world.state.documents
    assert len(next(iter(world.state.chains["S1"].values())).events) == opened.head()[1]


def test_once_says_when_nobody_answers(opened: Store) -> None:
    def away() -> Site:
        raise SiteError(Trouble.RIGHT, "U202", "not enrolled")

    status = run_once(opened, away)
    assert (status.state, status.problem, status.code) == (SyncState.ATTENTION, Problem.NOT_ENROLLED, "U202")


def test_what_a_person_has_seen_leaves_the_list(opened: Store) -> None:
    said = SyncException(kind="item", key="A", why="x", at=NOON)
    opened.sync(lambda connection: memory.put_refusal(connection, "item", "A", "x", at=NOON)).result()
    assert opened.ask(memory.exceptions) == (said,)
    acknowledge(opened, said)
    assert opened.ask(memory.exceptions) == ()


def test_items_and_their_pictures_come_down_at_once(opened: Store) -> None:
    picture = {"name": "a.png", "base64": "iVBORw0KGgo="}
    told = [
        Document(kind=DocumentKind.ITEM, key="A", version=1, body=item_body(replace(item("A"), picture="a.png"))),
        Document(kind=DocumentKind.PICTURE, key="a.png", version=1, body=picture),
    ]
    feed = Feed(cursor=Cursor(server_epoch="e", watermark=5), documents=tuple(told), data_as_of=NOON)
    local = StoreLocal(opened)
    assert pulling.take(local, feed, now=NOON, was=Cursor(), stock_counts=True)
    assert local.read(memory.cursor).watermark == 5
    assert local.read(documents.dirty_count) == 0
    assert (opened.directory / "pictures" / "a.png").is_file()
