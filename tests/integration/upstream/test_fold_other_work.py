"""Work without an order at the site: its bookings are picks and puts that say more, and the book adds up like the bay's own.

The records go through the store's own log, so that what the site is told is what a bay writes. PostgreSQL, the model of it and
the bay come to the same book.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from db.records.record import Record
from db.records.stock import Picked, Put
from db.records.taken import CompartmentDue, GivenBack, Returned, TakenOut
from db.rows.stock import StockKey
from db.store import Store
from db.sync.site import Site
from db.sync.values import Cursor, Hello, Told
from tests.helpers.simulated_site import SimulatedSite
from tests.helpers.simulated_world import SiteWorld
from tests.helpers.told import item, tray
from tests.integration.upstream.conftest import Enter
from tests.unit.db.made import loaded

Book = dict[tuple[str, str, str], int]  # by compartment, serial and status


def _at(compartment: str, **more: Any) -> dict[str, Any]:
    return {"machine": "VLM1", "tray": 1, "compartment": compartment, "visit": 1, "item": "SCREW"} | more


def a_day() -> list[list[Record]]:
    """A transfer, a return, damaged goods, a wrong item, and a tool that comes back damaged: each line is one transaction."""
    return [
        [loaded(20, **_at("A1")), loaded(1, **_at("A2", serial="S1"))],
        [TakenOut(quantity=5, account="hand", holder="p1", reason="transfer", **_at("A1"))],
        [GivenBack(quantity=3, account="hand", holder="p1", reason="transfer", **_at("A3"))],
        [Picked(quantity=4, order="", reason="scrap_expired", **_at("A1"))],
        [Returned(quantity=2, of_order="O9", of_line="1", reason="return", **_at("A1"))],
        [Picked(quantity=2, reason="set_on_hold", **_at("A1")), Put(quantity=2, **_at("A1", status="quality_hold"))],
        [
            Put(quantity=1, reason="wrong_item", **_at("A2")),
            TakenOut(quantity=1, account="hand", holder="p1", **_at("A2")),
            CompartmentDue(machine="VLM1", tray=1, compartment="A2", why="wrong_item"),
        ],
        [TakenOut(quantity=1, account="tool", holder="p2", **_at("A2", serial="S1"))],
        [
            GivenBack(
                quantity=1,
                account="tool",
                holder="p2",
                was_serial="S1",
                condition="damaged",
                **_at("A3", serial="S1", status="quality_hold"),
            )
        ],
    ]


EXPECTED: Book = {
    ("A1", "", "free"): 11,
    ("A1", "", "quality_hold"): 2,
    ("A3", "", "free"): 3,
    ("A3", "S1", "quality_hold"): 1,
}
IN_HAND = 3


def written(folder: Path) -> tuple[list[Told], Book, int]:
    """The day as a bay writes it: its events, its own book, and what is in the hand."""
    with closing(Store.open(folder, station="S1", ballast_bytes=0)) as store:
        for records in a_day():
            store.append(records, operator="p1", role="operator").result()
        told = [Told(each.epoch, each.seq, each.id, each.body, each.hash) for each in store.events(limit=None)]
        local = {(each.place.compartment, each.key.serial, str(each.key.status)): each.quantity for each in store.stock()}
        hand = sum(each.quantity for each in store.taken() if each.account == "hand")
    return told, local, hand


def site_book(site: Site) -> Book:
    rows = [(each.key, each.quantity) for each in site.pull(Cursor()).stock if each.quantity]
    return {_cell(key): quantity for key, quantity in rows}


def _cell(key: StockKey | Any) -> tuple[str, str, str]:
    return key.compartment, key.serial, str(key.status)


def test_the_site_comes_to_the_book_of_the_bay(
    enter: Enter, owner: psycopg.Connection, put: Callable[..., None], tmp_path: Path
) -> None:
    put("item", "SCREW", item())
    put("tray", "VLM1/1", tray("A1", "A2", "A3"))
    told, local, hand = written(tmp_path)
    site = enter("S1")
    for first in range(0, len(told), 3):
        assert str(site.push(told[first : first + 3]).status) == "ok"
    owner.execute("SELECT sync.fold(10000)")
    assert site_book(site) == local == EXPECTED
    assert hand == IN_HAND
    trouble = owner.execute("SELECT kind FROM site.exception WHERE resolved_at IS NULL").fetchall()
    assert trouble == []


def test_the_model_of_the_site_agrees(tmp_path: Path) -> None:
    told, local, _ = written(tmp_path)
    world = SiteWorld(lambda: datetime.now(UTC))
    site = SimulatedSite(world, "S1")
    site.hello(Hello(chains=(), body_version=1, app="1", machines=("VLM1",)))
    site.push(told)
    world.fold()
    assert site_book(site) == local == EXPECTED
