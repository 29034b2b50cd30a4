"""Goods are received at the running program; it is killed before the rest is put away, and nothing is lost or doubled."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

from db.store import Store
from station import commands as do
from station.imports.run import import_file
from station.receiving import receiving_place
from station.values import OrderState
from station.view.receipts import ReceiptsFace
from station.view.task import TaskFace
from station.view.view import View
from station.view.work import WorkFace
from tests.faults.live_killed_at_the_bay import work_until_killed
from tests.helpers.live import STATION, Person, live, make_site, simulated_lift

ITEM = "RCV-100"
ITEMS = f"item,name\n{ITEM},Bracket of a new delivery\n"
ORDERS = f"""order,kind,need_by,supplier,reference,line,item,quantity
PO-1,receipt,,Brandt,PULL-7,1,{ITEM},30
URGENT-1,pick,2026-01-05T08:00:00Z,,,1,{ITEM},4
URGENT-2,pick,2026-01-06T08:00:00Z,,,1,{ITEM},6
"""

# Receives all, hands four over to the first order, and dies at the tray that is to take the rest.
STATION_RECEIVING = """
import asyncio, json, os, sys
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from tests.faults.live_receipts import receive
from tests.helpers.live import Device, live
async def play(person):
    face = await receive(person)
    await person.until_written()  # what is only on its way to the disk dies with the program: then a person is asked for the tray
    print(json.dumps([face.tray, face.compartment]), flush=True)
    await asyncio.Event().wait()
live(Path(sys.argv[1]), Device(**json.loads(sys.argv[2])), play)
"""


def shows(view: View, code: str) -> bool:
    """Whether the page asks this."""
    return isinstance(view.face, ReceiptsFace) and view.face.ask is not None and view.face.ask.code == code


async def open_page(person: Person) -> None:
    await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
    person.running.station.give(do.OpenReceipts())
    await person.until(lambda view: isinstance(view.face, ReceiptsFace) and not view.face.wait, "the page")


async def receive(person: Person) -> TaskFace:
    """All of the receipt, to the first order, and to the tray that is to take the rest."""
    await person.sign_on()
    await open_page(person)
    person.hands.scan(ITEM)
    await person.until(lambda view: shows(view, "goods_count"), "how many came")
    await person.hands.tap("action_receive_all")
    await person.until(lambda view: shows(view, "pass_goods"), "who waits")
    person.hands.scan("URGENT-1")
    await person.until(lambda view: shows(view, "pass_goods") and offered(view) == "URGENT-2", "who waits next")
    await person.hands.tap("choice_goods_not_now")
    await person.until(lambda view: shows(view, "goods_rest"), "what becomes of the rest")
    await person.hands.tap("choice_goods_put_away")
    return await person.until_at_work()


def offered(view: View) -> str:
    assert isinstance(view.face, ReceiptsFace)
    return view.face.offer.order.order if view.face.offer else ""


def test_what_came_in_is_handed_over_and_put_away_although_the_program_was_killed(tmp_path: Path) -> None:
    with simulated_lift(tmp_path, speed=100.0) as lift:
        make_site(tmp_path)
        for name, text in (("items.csv", ITEMS), ("orders.csv", ORDERS)):
            file = tmp_path / name
            file.write_text(text)
            with closing(Store.open(tmp_path, station=STATION)) as store:
                assert import_file(file, store).rejected == 0
        device = json.dumps({"pid": lift.pid, "url": lift.url, "control": lift.control})
        place = work_until_killed(tmp_path, device, STATION_RECEIVING)

        async def play(person: Person) -> None:
            store = person.running.store
            assert person.kinds().count("received") == 1
            assert [each.quantity for each in store.stock_at(receiving_place(STATION))] == [26]
            await person.sign_on()
            await open_page(person)
            await person.hands.tap("goods_0")
            await person.until(lambda view: shows(view, "pass_goods") and offered(view) == "URGENT-2", "who waits still")
            await person.hands.tap("choice_hand_over_goods")
            await person.until(lambda view: shows(view, "goods_rest"), "what becomes of the rest")
            await person.hands.tap("choice_goods_put_away")
            face = await person.until_at_work()
            assert [face.tray, face.compartment] == place
            assert person.kinds().count("received") == 1
            await person.confirm()
            await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
            stored = [each for each in store.stock_of_item(ITEM) if each.quantity]
            assert [(each.place.machine, each.place.tray, each.quantity) for each in stored] == [("VLM1", face.tray, 20)]
            states = {name: found.state for name in ("PO-1", "URGENT-1", "URGENT-2") if (found := store.order(name))}
            assert set(states.values()) == {OrderState.CLOSED}
            passed = [json.loads(row.body)["data"] for row in store.events(kinds=("goods_passed",), limit=None)]
            assert [(each["order"], each["quantity"], each["proof"]) for each in passed] == [
                ("URGENT-1", 4, "scan"),
                ("URGENT-2", 6, "touch"),
            ]
            assert all(each["dwell_s"] >= 0 for each in passed)
            assert store.stock_matches_log()
            assert store.verify().is_ok

        live(tmp_path, lift, play)
