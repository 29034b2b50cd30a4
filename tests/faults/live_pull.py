"""Pull on the running program: a card asks for exactly its container, the program is killed at the tray, the pick goes on and is
booked once; the empty bin that comes back says that the goods arrived, and asks for the next. A stock at its trigger asks."""

from __future__ import annotations

import json
from pathlib import Path

from station import commands as do
from station.imports.run import import_file
from station.view.action import Action
from station.view.pull import PullFace
from station.view.task import TaskFace
from station.view.view import View
from station.view.work import WorkFace
from tests.faults.live_killed_at_the_bay import work_until_killed
from tests.faults.live_orders import plain_items
from tests.helpers.live import Person, allows, asks_whether_empty, live, make_site, simulated_lift

CARD, SIGNAL, NEXT = "BLK-K12-2", "K12-2.1", "K12-2.2"
CONTAINER = 4

# Takes the loop over, scans its card, starts the work and dies with the tray at the bay.
STATION_ASKED = """
import asyncio, json, os, sys
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from tests.faults.live_pull import ask_and_start
from tests.helpers.live import Device, live
async def play(person):
    face = await ask_and_start(person, Path(sys.argv[1]))
    await person.until_written()
    print(json.dumps([face.order, face.asked, face.tray, face.compartment]), flush=True)
    await asyncio.Event().wait()
live(Path(sys.argv[1]), Device(**json.loads(sys.argv[2])), play)
"""


def take(person: Person, folder: Path, name: str, text: str) -> None:
    """A file of the host, taken over beside the work."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    report = import_file(path, person.running.store)
    assert report.is_clean, report.errors
    person.running.station.site_changed()


def shows(view: View, signal: str, state: str) -> bool:
    rows = view.face.rows if isinstance(view.face, PullFace) else ()
    return any(each.name == signal and each.state == state for each in rows)


async def ask_and_start(person: Person, folder: Path) -> TaskFace:
    await person.sign_on()
    await person.until(lambda view: isinstance(view.face, WorkFace) and bool(view.face.orders), "the work list")
    item = plain_items(person)[0].code
    header = "loop,item,consumer,container,cards,lead_time_min\n"
    take(person, folder, "loops.csv", f"{header}K12,{item},Line 3,{CONTAINER},3,120\n")
    person.hands.scan(CARD)
    await person.until(lambda view: shows(view, SIGNAL, "released"), "the signal on the board")
    await person.until_bar("card_raised")
    person.hands.scan(CARD)
    await person.until_bar("card_open")
    await person.until(lambda view: can_start(view, SIGNAL), "its order in the work list, too")
    await person.hands.tap("action_start")
    return await person.until_at_work()


def can_start(view: View, signal: str) -> bool:
    return isinstance(view.face, PullFace) and any(each.order == signal for each in view.face.orders)


def test_a_card_asks_a_kill_loses_nothing_and_the_empty_bin_asks_for_the_next(tmp_path: Path) -> None:
    with simulated_lift(tmp_path, speed=100.0) as lift:
        make_site(tmp_path, orders=1)
        device = json.dumps({"pid": lift.pid, "url": lift.url, "control": lift.control})
        at_work = work_until_killed(tmp_path, device, STATION_ASKED)
        assert at_work[:2] == [SIGNAL, CONTAINER]

        async def play(person: Person) -> None:
            store = person.running.store
            before = sum(each.quantity for each in store.stock())
            await person.sign_on()
            await person.until(lambda view: allows(view, Action.FETCH_AGAIN), "the touch that lights the tray again")
            await person.hands.tap("action_fetch_again")
            face = await person.until_at_work()
            assert [face.order, face.asked, face.tray, face.compartment] == at_work
            flash = person.view.flash
            await person.confirm()
            await person.until(lambda view: view.flash > flash or asks_whether_empty(view), "the booking")
            if asks_whether_empty(person.view):
                await person.hands.tap("choice_yes")
            await person.until(lambda view: isinstance(view.face, WorkFace) and view.face.wait is None, "the work list")
            assert before - sum(each.quantity for each in store.stock()) == CONTAINER
            person.hands.scan(CARD)
            await person.until(lambda view: isinstance(view.face, PullFace) and view.face.ask is not None, "where are they")
            await person.hands.tap("choice_deliver")
            await person.until(lambda view: shows(view, NEXT, "released"), "the next signal")
            first, second = store.signal(SIGNAL), store.signal(NEXT)
            assert first is not None
            assert second is not None
            states = [state for state, _ in first.steps]
            assert states[:3] == ["signalled", "released", "picking"]
            assert states[-2:] == ["picked", "delivered"]
            assert (first.done, second.quantity, second.is_open) == (CONTAINER, CONTAINER, True)
            kinds = person.kinds()
            assert (kinds.count("signal_raised"), kinds.count("picked")) == (2, 1)
            assert store.verify().is_ok

        live(tmp_path, lift, play)


def test_a_pick_that_brings_a_stock_to_its_trigger_asks_the_supplier_once(tmp_path: Path) -> None:
    with simulated_lift(tmp_path, speed=100.0) as lift:
        make_site(tmp_path, orders=1)

        async def play(person: Person) -> None:
            store = person.running.store
            await person.sign_on()
            await person.until(lambda view: isinstance(view.face, WorkFace) and bool(view.face.orders), "the work list")
            item = plain_items(person)[0].code
            free = store.positions([item])[item]
            at = free.on_hand - free.committed - 2
            header = "loop,item,consumer,container,supplier,trigger_at,up_to\n"
            take(person, tmp_path, "loops.csv", f"{header}S1,{item},VLM1,10,Brandt,{at},{at + 20}\n")
            header = "signal,item,quantity,consumer,need_by\n"
            take(person, tmp_path, "calls.csv", f"{header}CALL-1,{item},2,Cell 4,2026-01-05T08:00:00Z\n")
            person.running.station.give(do.OpenPull())
            view = await person.until(lambda view: shows(view, "S1.1", "signalled"), "what the supplier is asked for")
            assert shows(view, "CALL-1", "released")
            await person.hands.tap("signal_CALL-1")
            await person.until_at_work()
            flash = person.view.flash
            await person.confirm()
            await person.until(lambda view: view.flash > flash or asks_whether_empty(view), "the booking")
            if asks_whether_empty(person.view):
                await person.hands.tap("choice_yes")
            await person.until(lambda view: isinstance(view.face, WorkFace) and view.face.wait is None, "the work list")
            person.running.station.give(do.OpenPull())
            await person.until(lambda view: shows(view, "CALL-1", "picked"), "what was picked")
            asked = [each for each in store.open_signals() if each.supplier]
            assert [(each.signal, each.quantity) for each in asked] == [("S1.1", 20)]

        live(tmp_path, lift, play)
