"""What a supervisor does to an order as a whole, at a real PostgreSQL: the site's orders stay in step with the bay's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from db.records.orders import OrderClosed, OrderLeft, OrderStarted
from db.records.program import StationStarted
from db.store import Store
from db.sync import claims
from db.sync.once import run_once
from db.sync.site import Site, SiteError
from db.sync.status import SyncState
from db.upstream.enrol import enrol
from db.upstream.postgres_site import open_site
from station.order_acts import Act, OrderAct, OrderActError, carry_out
from station.values import LineState
from tests.unit.db.made import closed, imported, item, order, picked, put, tray


class Bays:
    """Stations at one site."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url

    def connect(self, name: str) -> Site:
        given = enrol(self.url, name, replaces=True)
        return open_site(given.url, role=given.role, secret=given.secret)

    def once(self, store: Store, name: str) -> None:
        status = run_once(store, lambda: self.connect(name))
        assert (status.state, status.depth, status.dirty, status.exceptions) == (SyncState.ONLINE, 0, 0, ()), status

    def again(self, store: Store, name: str) -> None:
        """The same where somebody is to look at the list: an order that was begun here went to another bay."""
        assert run_once(store, lambda: self.connect(name)).depth == 0

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url, autocommit=True) as host:
            host.execute("SELECT sync.fold(10000)")
            return host.execute(question).fetchall()


@pytest.fixture
def bays(tmp_path: Path, site_url: str) -> Bays:
    return Bays(tmp_path, site_url)


@pytest.fixture
def store(bays: Bays) -> Iterator[Store]:
    """A bay that has begun an order of three lines: the first one is picked."""
    with closing(Store.open(bays.folder / "S1", station="S1", ballast_bytes=0)) as opened:
        opened.import_items([item("A")], imported("item")).result()
        opened.import_trays([tray(7)], imported("tray")).result()
        opened.append([put(30, visit=1)]).result()
        opened.import_orders([order("O1", lines=3)], imported("order")).result()
        bays.once(opened, "S1")
        opened.append(
            [OrderStarted(order="O1"), picked(3, order="O1", line="1", visit=1), closed("1", 3)], operator="p_1"
        ).result()
        bays.once(opened, "S1")
        yield opened


STATES = 'SELECT "order", state FROM site.order_progress ORDER BY 1'
LINES = 'SELECT "order", line, state, done FROM site.line_progress ORDER BY 1, 2'
OPEN = "SELECT kind FROM site.exception WHERE resolved_at IS NULL"
ACTED: dict[str, str] = {"order": "O1", "reason": "why", "operator": "p_2", "role": "supervisor"}


def acted(store: Store, act: Act, **more: Any) -> str:
    return carry_out(store, OrderAct(act=act, **ACTED, **more)).made


def left(store: Store) -> None:
    store.append([OrderLeft(order="O1", why="left")], operator="p_1").result()


def test_a_split_order_is_two_orders_at_the_site_and_each_line_is_promised_its_stock_once(bays: Bays, store: Store) -> None:
    left(store)
    assert acted(store, Act.SPLIT, lines=("3",)) == "O1/2"
    bays.once(store, "S1")
    assert bays.ask(STATES) == [("O1", "released"), ("O1/2", "released")]
    assert bays.ask(LINES) == [
        ("O1", "1", "confirmed", 3),
        ("O1", "2", "open", 0),
        ("O1", "3", "moved", 0),
        ("O1/2", "3", "open", 0),
    ]
    promised = bays.ask("SELECT order_key, line, sum(quantity) FROM sync.reservation GROUP BY 1, 2 ORDER BY 1, 2")
    assert promised == [("O1", "2", 3), ("O1/2", "3", 3)]
    store.append([closed("3", 3, order="O1/2"), OrderClosed(order="O1/2")], operator="p_3").result()
    bays.once(store, "S1")
    assert bays.ask(STATES) == [("O1", "released"), ("O1/2", "closed")]
    assert bays.ask(OPEN) == []


def test_whoever_gets_the_rest_is_not_asked_for_the_lines_that_went_into_another_order(bays: Bays, store: Store) -> None:
    left(store)
    acted(store, Act.SPLIT, lines=("3",))
    bays.once(store, "S1")
    with closing(Store.open(bays.folder / "S2", station="S2", ballast_bytes=0)) as other:
        bays.once(other, "S2")
        bays.ask("SELECT sync.move_order('O1', 'S2', 'S1 is dark')")
        bays.once(other, "S2")
        moved = other.order("O1")
        assert moved is not None
        assert [each.line for each in moved.lines] == ["1", "2"]
        assert other.order("O1/2") is None
    assert [row[:2] for row in bays.ask(LINES)] == [("O1", "1"), ("O1", "2"), ("O1/2", "3")]
    bays.ask("SELECT sync.move_order('O1', 'S1', 'S1 is back')")
    promised = bays.ask("SELECT order_key, line, sum(quantity) FROM sync.reservation GROUP BY 1, 2 ORDER BY 1, 2")
    assert promised == [("O1", "2", 3), ("O1/2", "3", 3)]


def test_a_taken_over_order_is_one_that_its_person_has_left(bays: Bays, store: Store) -> None:
    store.append([StationStarted(sqlite="3", was_clean=False)]).result()
    assert bays.ask(STATES) == [("O1", "started")]
    acted(store, Act.TAKE_OVER)
    bays.once(store, "S1")
    assert bays.ask(STATES) == [("O1", "released")]
    assert bays.ask("SELECT fence FROM sync.lease WHERE order_key = 'O1' AND state = 'held'") == [(1,)]
    assert bays.ask(OPEN) == []


def test_a_cancelled_order_gives_its_stock_free_and_its_goods_are_asked_back_by_an_order_of_this_bay(
    bays: Bays, store: Store
) -> None:
    left(store)
    assert acted(store, Act.CANCEL, goes_on=False) == "O1/back"
    bays.once(store, "S1")
    assert bays.ask(STATES) == [("O1", "cancelled"), ("O1/back", "released")]
    assert [row[2] for row in bays.ask(LINES)] == ["confirmed", "cancelled", "cancelled", "open"]
    assert bays.ask("SELECT count(*) FROM sync.reservation") == [(0,)]
    assert bays.ask("SELECT station FROM sync.lease WHERE order_key = 'O1/back' AND state = 'held'") == [("S1",)]
    assert bays.ask(OPEN) == []


def test_the_bay_and_the_site_agree_after_a_split_and_after_a_rebuild(bays: Bays, store: Store) -> None:
    left(store)
    acted(store, Act.SPLIT, lines=("2",))
    bays.once(store, "S1")
    before = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == before
    found = store.order("O1")
    assert found is not None
    assert [each.state for each in found.lines] == [LineState.CONFIRMED, LineState.MOVED, LineState.OPEN]


def test_an_order_of_another_bay_is_taken_over_under_a_new_fence_and_its_late_booking_is_listed(bays: Bays, store: Store) -> None:
    with closing(Store.open(bays.folder / "S2", station="S2", ballast_bytes=0)) as other:
        bays.once(other, "S2")

        def ask_site(name: str, why: str) -> str:
            with closing(bays.connect("S2")) as site:
                lease = site.take_over(name, why)
            other.sync(lambda connection: claims.put_lease(connection, lease, is_anew=False)).result()
            bays.once(other, "S2")
            return ""

        asked = OrderAct(act=Act.TAKE_OVER, **ACTED)
        with pytest.raises(OrderActError, match="unknown_order"):
            carry_out(other, asked)
        carry_out(other, asked, ask_site)
        assert bays.ask("SELECT station, fence FROM sync.lease WHERE order_key = 'O1' AND state = 'held'") == [("S2", 2)]
        assert other.order("O1") is not None
        bays.once(other, "S2")
        moved = "SELECT from_station, to_station, fence, why FROM sync.moved_order"
        assert bays.ask(moved) == [("S1", "S2", 2, "why")]
    bays.again(store, "S1")
    assert store.is_elsewhere("O1")
    with pytest.raises(OrderActError, match="elsewhere"):
        acted(store, Act.CANCEL)
    with pytest.raises(OrderActError, match="island"):
        acted(store, Act.TAKE_OVER)
    store.append([closed("2", 3)], operator="p_1").result()
    bays.again(store, "S1")
    assert bays.ask(OPEN) == [("stale_fence",)]


def test_what_has_ended_is_not_given_to_anybody(bays: Bays, store: Store) -> None:
    left(store)
    acted(store, Act.CANCEL)
    bays.once(store, "S1")
    with closing(Store.open(bays.folder / "S2", station="S2", ballast_bytes=0)) as other:
        bays.once(other, "S2")
        with closing(bays.connect("S2")) as site, pytest.raises(SiteError, match="U305"):
            site.take_over("O1", "why")


def test_a_lease_that_is_given_anew_promises_nothing_to_lines_that_went_into_another_order(bays: Bays, store: Store) -> None:
    left(store)
    acted(store, Act.SPLIT, lines=("3",))
    bays.once(store, "S1")
    bays.ask("SELECT sync.give_lease('O1', 'S1')")  # as after a restore of the site: the bay still has the order whole
    promised = bays.ask("SELECT line, sum(quantity) FROM sync.reservation WHERE order_key = 'O1' GROUP BY line")
    assert promised == [("2", 3)]
