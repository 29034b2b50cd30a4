"""A button at the line asks over SQL, on the running program: in a quarter of a second the call is on the bay's board, a touch
calls its tray, and exactly its quantity is picked for the line."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from station import commands as do
from station.view.pull import PullFace
from station.view.work import WorkFace
from tests.faults.live_orders import plain_items
from tests.faults.live_pull import shows
from tests.helpers.live import PATIENCE_S, Person, asks_whether_empty, live, make_site, simulated_lift
from tests.helpers.pace import allowance
from tests.helpers.postgres import installed, running

PROMISED_MS = 250
QUANTITY = 3


@pytest.fixture
def site_url() -> Iterator[str]:
    """A site database of the newest server here: one is enough, what differs between them other tests show."""
    if not installed():
        pytest.skip("no PostgreSQL on this computer")
    with running(max(installed())) as server:
        yield server.url(server.site_database())


def call(button: psycopg.Connection, name: str, item: str) -> dict[str, Any]:
    body = {"signal": name, "item": item, "quantity": str(QUANTITY), "consumer": "Line 3", "need_by": "2026-01-05T08:00:00Z"}
    row = button.execute("SELECT host.put_signal(%s)", (json.dumps(body),)).fetchone()
    assert row is not None
    found: dict[str, Any] = row[0]
    return found


def is_known(button: psycopg.Connection, item: str) -> bool:
    row = button.execute("SELECT count(*) FROM sync.document WHERE kind = 'item' AND key = %s", (item,)).fetchone()
    return row is not None and bool(row[0])


async def until_known(button: psycopg.Connection, item: str) -> None:
    """Until the station, which enrols itself, has told the site of the item; each look is a question to the site."""
    async with asyncio.timeout(PATIENCE_S):
        while not await asyncio.to_thread(is_known, button, item):
            pass


def test_a_call_over_sql_is_on_the_board_in_time_and_its_tray_comes_on_touch(tmp_path: Path, site_url: str) -> None:
    with simulated_lift(tmp_path, speed=100.0) as lift, psycopg.connect(site_url, autocommit=True) as button:
        make_site(tmp_path, orders=1)
        took_ms: list[float] = []

        async def play(person: Person) -> None:
            store = person.running.store
            await person.sign_on()
            await person.until(lambda view: isinstance(view.face, WorkFace) and bool(view.face.orders), "the work list")
            item = plain_items(person)[0].code
            person.running.station.give(do.OpenPull())
            await until_known(button, item)
            await asyncio.to_thread(call, button, "FIRST", item)
            await person.until(lambda view: shows(view, "FIRST", "released"), "the first call, after all that went up before it")
            for number in range(3):
                began = time.perf_counter()
                await asyncio.to_thread(call, button, f"CALL-{number}", item)
                await person.until(lambda view, name=f"CALL-{number}": shows(view, name, "released"), "the call")  # type: ignore[misc]
                took_ms.append(1000 * (time.perf_counter() - began))
            await person.press("signal_CALL-0", lambda view: not isinstance(view.face, PullFace), "its work")
            face = await person.until_at_work()
            assert (face.order, face.asked) == ("CALL-0", QUANTITY)
            assert any(f'"tray":{face.tray}' in each for each in person.motions())
            flash = person.view.flash
            await person.confirm()
            await person.until(lambda view: view.flash > flash or asks_whether_empty(view), "the booking")
            if asks_whether_empty(person.view):
                await person.hands.tap("choice_yes")
            await person.until(lambda view: isinstance(view.face, WorkFace) and view.face.wait is None, "the work list")
            done = store.order("CALL-0")
            assert done is not None
            assert [(each.done_quantity, each.state.value) for each in done.lines] == [(QUANTITY, "confirmed")]

        live(tmp_path, lift, play, upstream_url=site_url)
    assert sorted(took_ms)[1] < PROMISED_MS * allowance(), took_ms
