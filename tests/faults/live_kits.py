"""Kits on the running program: parts of a kit in a kit are taken, the machine's line is lost at the bay in the middle, one part
is too few, and the host hears once how many whole kits there are and what lacks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from station.imports.run import import_file
from station.result_row import RESULT_KINDS, row_of
from station.results import Results
from station.values import OrderState
from station.view.action import Action
from station.view.work import WorkFace
from tests.faults.live_orders import SOON, is_next, lists, plain_items
from tests.faults.live_other_work import empty
from tests.helpers.live import STATION, Device, Person, allows, asks_whether_empty, is_at_work, live, make_site, simulated_lift

ORDER, FEW = "KITS-2", "KIT-SEAL"


@pytest.fixture
def lift(tmp_path: Path) -> Iterator[Device]:
    with simulated_lift(tmp_path, speed=50.0) as device:
        make_site(tmp_path, orders=1)
        yield device


def import_kits(person: Person, folder: Path) -> str:
    """Two kits of two bolts, which are a kit of their own, and one seal, of which one alone is here; the bolt."""
    bolt, at = plain_items(person)[0].code, empty(person, 0)
    files = {
        "items.csv": f"item,name\nKIT-DOOR,Door kit\nKIT-BOLTS,Bolts of a door\n{FEW},Seal\n",
        "kits.csv": f"kit,component,quantity\nKIT-DOOR,KIT-BOLTS,1\nKIT-DOOR,{FEW},1\nKIT-BOLTS,{bolt},2\n",
        "stock.csv": f"machine,tray,compartment,item,quantity\n{at.machine},{at.tray},{at.compartment},{FEW},1\n",
        "orders.csv": f"order,kind,line,item,quantity,host_key,need_by\n{ORDER},pick,10,KIT-DOOR,2,H-10,{SOON}\n",
    }
    for name, text in files.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        assert import_file(path, person.running.store).is_clean
    person.running.station.site_changed()
    return bolt


async def take_part(person: Person, done: set[int]) -> None:
    """The next part; after the last one of its compartment, whether it is empty."""
    await person.until(lambda view: is_next(view, done), "the next part")
    face, flash = person.task, person.view.flash
    done.add(face.line_no)
    assert face.kit is not None
    assert (face.kit.kit, face.kit.asked, face.kit.parts) == ("KIT-DOOR", 2, 2)
    await person.confirm()
    await person.until(lambda view: view.flash > flash or asks_whether_empty(view), "the booking")
    if asks_whether_empty(person.view):
        await person.hands.tap("choice_yes")


async def lose_the_line_at_the_bay(person: Person) -> None:
    """Nothing is taken before the machine has named the tray again."""
    await person.until(is_at_work, "a part at the bay")
    await person.ask_lift("unplug")
    await person.until_bar("link_down")
    assert not allows(person.view, Action.CONFIRM)
    await person.ask_lift("replug")
    await person.until_bar("touch_to_prove")
    assert not allows(person.view, Action.CONFIRM)
    await person.hands.tap("action_fetch_again")


def test_the_host_hears_of_whole_kits_although_a_part_lacks_and_the_line_was_lost(tmp_path: Path, lift: Device) -> None:
    async def play(person: Person) -> None:
        store = person.running.store
        bolt = import_kits(person, tmp_path)
        await person.sign_on()
        await person.until(lists(ORDER), "the order")
        await person.hands.tap(f"order_{ORDER}")
        await person.hands.tap("action_start")
        done: set[int] = set()
        await lose_the_line_at_the_bay(person)
        await take_part(person, done)
        await take_part(person, done)
        await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
        order = store.order(ORDER)
        assert order is not None
        assert order.state is OrderState.CLOSED
        assert {each.item: each.done_quantity for each in order.lines} == {bolt: 4, FEW: 1}
        names = Results(store=store, directory=tmp_path / "told", station=STATION)
        rows = [row_of(event, names) for event in store.events(kinds=RESULT_KINDS, order=ORDER, limit=None)]
        told = [(each.line, each.item, each.kind, each.quantity, each.reason) for each in rows if each is not None]
        assert told == [("10", "KIT-DOOR", "short", "1", f"{FEW}=1 not_enough")]
        assert store.verify().is_ok
        assert store.stock_matches_log()

    live(tmp_path, lift, play)
