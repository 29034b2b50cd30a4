"""A kanban card is called over the site database, and a just-in-sequence broadcast: asked once, wherever it is called."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest

from db.envelope import utc_now
from db.records.pull import LoopSet
from db.store import Store
from db.sync.engine import Engine, Options
from db.sync.local import StoreLocal
from db.sync.once import run_once
from db.upstream.enrol import enrol
from db.upstream.postgres_site import open_site
from station.pull.cards import CardTurn, Scanned, scanned
from station.values import Pulled
from tests.integration.upstream.conftest import host_login
from tests.unit.db.made import imported, item, put, tray

LOOP = LoopSet(loop="K12", item="A", consumer="Line 3", container=40, cards=2, lead_time_min=90)


@dataclass
class Bay:
    """A bay with the loop, and the button of the line beside it."""

    store: Store
    engine: Engine
    button: psycopg.Connection

    def call(self, **body: Any) -> dict[str, Any]:
        row = self.button.execute("SELECT host.put_signal(%s)", (json.dumps(body),)).fetchone()
        assert row is not None
        found: dict[str, Any] = row[0]
        return found

    def scan(self, card: str, said: str = "") -> CardTurn:
        turns: list[CardTurn] = []

        def decide(facts: Any) -> Pulled:
            turns.append(scanned(facts, card, utc_now(), said=said))
            return turns[-1].pulled

        self.store.append_pull(decide).result()
        return turns[-1]

    def exchange(self) -> None:
        for _ in range(3):
            self.engine.wake()
            self.engine.round()


@pytest.fixture
def bay(owner: psycopg.Connection, tmp_path: Path, site_url: str) -> Iterator[Bay]:
    with (
        host_login(owner, site_url, "line3") as button,
        closing(Store.open(tmp_path / "S1", station="S1", ballast_bytes=0)) as store,
    ):
        store.import_items([item("A")], imported("item")).result()
        store.import_trays([tray(7)], imported("tray")).result()
        store.append([put(9, visit=1), LOOP]).result()
        given = enrol(site_url, "S1")

        def site() -> Any:
            return open_site(given.url, role=given.role, secret=given.secret)

        run_once(store, site)
        engine = Engine(StoreLocal(store), site, clock=utc_now, monotonic=time.monotonic, random=Random(1), options=Options())
        with closing(engine):
            found = Bay(store, engine, button)
            found.exchange()
            yield found


def test_a_card_asks_for_its_container_and_its_second_call_answers_with_the_first(bay: Bay) -> None:
    first = bay.call(card="K12-1")
    assert (first["signal"], first["state"], first["work"], first["is_new"]) == ("K12-1.c1", "taken", "released", True)
    again = bay.call(card="BLK-K12-1", signal="OTHER")
    assert (again["signal"], again["work"], again["is_new"]) == ("K12-1.c1", "released", False)
    bay.exchange()
    (order,) = [each for each in bay.store.open_orders() if each.reference == "K12-1"]
    assert (order.order, order.destination, order.lines[0].quantity) == ("K12-1.c1", "Line 3", 40)
    assert order.need_by is not None
    turn = bay.scan("K12-1")
    assert (turn.came_to, turn.signal) == (Scanned.OPEN, "K12-1.c1")  # nor does the bay ask twice
    assert bay.call(card="K12-2")["signal"] == "K12-2.c1"


def test_a_card_that_was_scanned_at_the_bay_is_open_for_the_button_too(bay: Bay) -> None:
    assert bay.scan("K12-1").came_to is Scanned.RAISED
    bay.exchange()
    answer = bay.call(card="K12-1")
    assert (answer["signal"], answer["state"], answer["is_new"]) == ("K12-1.1", "taken", False)
    assert bay.call(signal="K12-1.1", action="cancel")["state"] == "taken"
    assert bay.call(card="K12-1")["is_new"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"card": "K12-3"}, "card_surplus"),
        ({"card": "K12-0"}, "card_surplus"),
        ({"card": "K9-1"}, "card_unknown"),
        ({"card": "S1-1"}, "other_way"),
        ({"card": "OLD-1"}, "card_idle"),
        ({"card": "K12-1", "quantity": "3"}, "not_allowed"),
        ({"signal": "J1", "item": "A", "quantity": "1", "consumer": "Cell", "sequence": "SEQ"}, "missing"),
        ({"signal": "J1", "item": "A", "quantity": "1", "consumer": "Cell", "rank": 3}, "missing"),
    ],
)
def test_a_call_that_cannot_be_is_refused(bay: Bay, body: dict[str, Any], error: str) -> None:
    told = {"item": "A", "consumer": "L", "container": 5, "cards": 1, "lead_time_min": 60}
    bay.store.append([LoopSet(loop="S1", supplier="Brandt", **told), LoopSet(loop="OLD", is_active=False, **told)]).result()  # type: ignore[arg-type]
    bay.exchange()
    answer = bay.call(**body)
    assert (answer["state"], answer["error"]) == ("refused", error)


def test_a_broadcast_in_sequence_comes_with_its_place(bay: Bay) -> None:
    for rank in (2, 1):
        asked = {"signal": f"J{rank}", "item": "A", "quantity": "1", "consumer": "Cell 4", "sequence": "BODY", "rank": rank}
        assert bay.call(**asked)["state"] == "taken"
    bay.exchange()
    orders = {each.order: each for each in bay.store.open_orders()}
    assert [(orders[name].sequence, orders[name].lines[0].rank) for name in ("J1", "J2")] == [("BODY", 1), ("BODY", 2)]


def test_an_event_that_says_nonsense_of_a_loop_is_kept_and_its_card_unknown(bay: Bay, owner: psycopg.Connection) -> None:
    owner.execute(
        "INSERT INTO sync.event (station, epoch, seq, id, kind, body, hash, received_at)"
        """ VALUES ('S1', 'other', 1, 'i', 'loop_set', '{"data": {"loop": "X1"}}', %s, now())""",
        (bytes(32),),
    )
    assert bay.call(card="X1-1")["error"] == "card_unknown"
