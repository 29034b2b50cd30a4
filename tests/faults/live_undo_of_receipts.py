"""Goods that were received, and handed over, by mistake are taken back on the running program while the machine's line is down;
a load too, before its tray leaves. The host hears nothing of them."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

from db.store import Store
from station.imports.run import import_file
from station.receiving import receiving_place
from station.values import OrderState
from station.view.view import View
from station.view.work import WorkFace
from tests.faults.live_loads import LOAD, open_loads
from tests.faults.live_other_work import choose, until_asks
from tests.faults.live_receipts import ITEM, ITEMS, ORDERS, offered, open_page, shows
from tests.faults.live_undo import is_asked, left, may_undo
from tests.helpers.guards import ExpectLog
from tests.helpers.live import STATION, Person, is_at_work, live, make_site, simulated_lift


def undone(person: Person) -> list[dict[str, Any]]:
    rows = person.running.store.events(kinds=("booking_undone",), limit=None)
    return [json.loads(row.body)["data"] for row in rows]


async def take_back(person: Person) -> None:
    await person.until(may_undo, "the button")
    await person.hands.tap("action_undo")
    await person.until(is_asked, "how they lie")
    await person.hands.tap("choice_lie_back")


def counts(view: View) -> bool:
    return shows(view, "goods_count")


def test_what_came_in_by_mistake_is_taken_back_although_the_machine_is_lost(tmp_path: Path) -> None:
    with simulated_lift(tmp_path, speed=100.0) as lift:
        make_site(tmp_path)
        for name, text in (("items.csv", ITEMS), ("orders.csv", ORDERS)):
            file = tmp_path / name
            file.write_text(text)
            with closing(Store.open(tmp_path, station=STATION)) as store:
                assert import_file(file, store).rejected == 0

        async def play(person: Person) -> None:
            store = person.running.store
            await person.sign_on()
            await open_page(person)
            person.hands.scan(ITEM)
            await person.until(counts, "how many came")
            await person.hands.tap("action_receive_all")
            await person.until(lambda view: shows(view, "pass_goods"), "who waits")
            person.hands.scan("URGENT-1")
            await person.until(lambda view: shows(view, "pass_goods") and offered(view) == "URGENT-2", "who waits next")
            await person.ask_lift("unplug")
            await take_back(person)
            await person.until(lambda view: shows(view, "pass_goods") and offered(view) == "URGENT-1", "the first order again")
            assert [each.quantity for each in store.stock_at(receiving_place(STATION))] == [30]
            assert [each["order"] for each in undone(person)] == ["URGENT-1"]
            found = store.order("URGENT-1")
            assert found is not None
            assert found.state is OrderState.RELEASED
            await person.ask_lift("replug")
            gone.extend(each for told in undone(person) for each in told["undoes"])
            assert store.stock_matches_log()

        gone: list[str] = []
        live(tmp_path, lift, play)
        assert gone
        assert not {row["event_id"] for row in left(tmp_path)} & set(gone)


def test_a_load_that_went_in_by_mistake_comes_out_again_before_its_tray_leaves(tmp_path: Path, allow_log: ExpectLog) -> None:
    allow_log("the lift refused point")  # the light may be asked for while the line is down
    with simulated_lift(tmp_path, speed=100.0) as lift:
        make_site(tmp_path, orders=1)

        async def play(person: Person) -> None:
            await person.sign_on()
            await open_loads(person)
            person.hands.scan(LOAD)
            for code, said in (("load_order", "FA-70412"), ("load_operation", "20")):
                await until_asks(person, code)
                person.hands.scan(said)
            await choose(person, "load_consumer", "nobody")
            await choose(person, "load_when", "load_in_4")
            await person.until(is_at_work, "the tray")
            person.hands.scan(LOAD)
            await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
            assert len(person.running.store.loads()) == 1
            await person.until(may_undo, "the button")
            await person.hands.tap("action_undo")
            await person.until(is_asked, "whether it is out")
            await person.ask_lift("unplug")
            await person.until(lambda view: view.bar.code.startswith("link_down"), "the lost line")
            await person.hands.tap("choice_lie_back")
            await person.until_written()
            assert undone(person) == []
            await person.ask_lift("replug")
            await person.until_bar("undo_wait")
            await person.hands.tap("choice_lie_back")
            await person.until(lambda view: view.bar.code.startswith("undo_ask") and is_asked(view), "the question again")
            await person.hands.tap("choice_lie_back")
            await person.until(is_at_work, "the load again")
            assert person.running.store.loads() == ()
            assert [each["item"] for each in undone(person)] == [LOAD]

        live(tmp_path, lift, play)
