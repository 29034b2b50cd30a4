"""A call at the assembly station over the site database: a row, or one call of REST, is a signal on the bay's board in time."""

from __future__ import annotations

import json
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest

from db.envelope import utc_now
from db.store import Store
from db.sync.engine import Engine, Options
from db.sync.listen import Listener
from db.sync.local import StoreLocal
from db.sync.once import run_once
from db.upstream.enrol import enrol
from db.upstream.hints import PostgresHints, open_hints
from db.upstream.postgres_site import open_site
from station.pull.reading import read_board
from tests.helpers.pace import allowance
from tests.integration.upstream.conftest import host_login
from tests.unit.db.made import imported, item, put, tray

PROMISED_MS = 250
CALLS = 5


@pytest.fixture
def button(owner: psycopg.Connection, site_url: str) -> Iterator[psycopg.Connection]:
    """What stands at the line: a role of a host and nothing else."""
    with host_login(owner, site_url, "line3") as connection:
        yield connection


def call(button: psycopg.Connection, name: str, quantity: str = "2", *, of: str = "A", **more: Any) -> dict[str, Any]:
    """One call over REST, and its answer."""
    body = {"signal": name, "item": of, "quantity": quantity, "consumer": "Line 3", **more}
    row = button.execute("SELECT host.put_signal(%s)", (json.dumps(body),)).fetchone()
    assert row is not None
    found: dict[str, Any] = row[0]
    return found


def document(owner: psycopg.Connection, key: str) -> Any:
    row = owner.execute("SELECT body FROM sync.document WHERE kind = 'order' AND key = %s", (key,)).fetchone()
    return None if row is None else row[0]


def test_a_row_is_an_order_of_exactly_its_quantity_for_its_consumer(
    button: psycopg.Connection, owner: psycopg.Connection
) -> None:
    button.execute(
        "INSERT INTO host.signal_in (signal, item, quantity, consumer, host_key) VALUES ('CALL-1', 'W', 1.25, 'Line 3', 'B7')"
    )
    asked = "SELECT state, error, work FROM host.signal WHERE signal = 'CALL-1'"
    assert button.execute(asked).fetchone() == ("taken", "", "released")
    found = document(owner, "CALL-1")
    assert (found["kind"], found["destination"], found["reference"], found["host_key"]) == ("pick", "Line 3", "CALL-1", "B7")
    assert [(each["item"], each["quantity"]) for each in found["lines"]] == [("W", 125)]


def test_the_same_call_twice_asks_once_and_a_cancel_takes_it_back(button: psycopg.Connection, owner: psycopg.Connection) -> None:
    assert [call(button, "CALL-1")["state"] for _ in range(2)] == ["taken", "taken"]
    assert len(document(owner, "CALL-1")["lines"]) == 1
    assert call(button, "CALL-1", action="cancel")["state"] == "taken"
    assert document(owner, "CALL-1") is None


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"of": "X"}, "unknown_item"),
        ({"quantity": "0"}, "out_of_range"),
        ({"quantity": "1.5"}, "too_many_decimals"),
        ({"consumer": ""}, "missing"),
        ({"name": "BLK-K12-1"}, "reserved_prefix"),
        ({"name": "C" * 51}, "too_long"),
        ({"action": "cancel", "name": "CALL-9"}, "unknown_order"),
    ],
)
def test_a_call_that_breaks_a_rule_is_refused_with_the_reason(
    button: psycopg.Connection, owner: psycopg.Connection, said: dict[str, Any], error: str
) -> None:
    given = {"name": "CALL-1"} | said
    answer = call(button, **given)
    assert (answer["state"], answer["error"]) == ("refused", error)
    assert document(owner, given["name"]) is None
    with pytest.raises(psycopg.Error, match="draft or new"):
        button.execute("UPDATE host.signal_in SET state = 'taken'")


def test_a_call_is_on_the_bays_board_in_time(button: psycopg.Connection, tmp_path: Path, site_url: str) -> None:
    """The median of five, from the button's commit to the board that the bay reads."""
    with closing(Store.open(tmp_path / "S1", station="S1", ballast_bytes=0)) as store:
        store.import_items([item("A")], imported("item")).result()
        store.import_trays([tray(7)], imported("tray")).result()
        store.append([put(9, visit=1)]).result()
        given = enrol(site_url, "S1")

        def site() -> Any:
            return open_site(given.url, role=given.role, secret=given.secret)

        run_once(store, site)
        hinted = threading.Event()
        engine = Engine(StoreLocal(store), site, clock=utc_now, monotonic=time.monotonic, random=Random(1), options=Options())

        def listen() -> PostgresHints:
            return open_hints(given.url, role=given.role, secret=given.secret)

        listener = Listener(listen, lambda hint: hinted.set(), Random(1))
        listener.start()
        try:
            with closing(engine):
                assert hinted.wait(10)
                for _ in range(3):
                    engine.round()
                took_ms = [_arrival_ms(button, engine, store, hinted, f"CALL-{number}") for number in range(CALLS)]
        finally:
            listener.stop(5)
        board = {each.name: each for each in read_board(store).rows}
        assert [(each.consumer, each.origin, each.quantity) for each in board.values()] == [("Line 3", "upstream", 2)] * CALLS
    assert statistics.median(took_ms) < PROMISED_MS * allowance(), took_ms


def _arrival_ms(button: psycopg.Connection, engine: Engine, store: Store, hinted: threading.Event, name: str) -> float:
    hinted.clear()
    began = time.perf_counter()
    assert call(button, name)["state"] == "taken"
    end = began + 30
    while not any(each.name == name for each in read_board(store).rows):
        hinted.wait(max(0.0, end - time.perf_counter()))
        hinted.clear()
        engine.wake()
        engine.round()
        assert time.perf_counter() < end
    return 1000 * (time.perf_counter() - began)
