"""At the running program: a load goes in while the machine's line is lost on the way, and comes out through a stop."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.scan import place_label
from station.view.action import Action
from station.view.loads import LoadsFace
from station.view.view import View
from station.view.work import WorkFace
from tests.faults.live_other_work import back_at_work, choose, through_a_stop, until_asks
from tests.helpers.live import Device, Person, allows, is_coming, live, make_site, simulated_lift

LOAD = "LD-0057"


@pytest.fixture
def lift(tmp_path: Path) -> Iterator[Device]:
    with simulated_lift(tmp_path, speed=20.0) as device:
        make_site(tmp_path, orders=1)
        yield device


def lists(view: View) -> bool:
    return isinstance(view.face, LoadsFace) and not view.face.wait and view.face.ask is None


async def open_loads(person: Person) -> None:
    await person.until(lambda view: isinstance(view.face, WorkFace) and allows(view, Action.LOADS), "the work list")
    await person.hands.tap("action_loads")
    await person.until(lists, "the list of loads")


def booked(person: Person) -> list[tuple[str, str, str]]:
    kinds = ("load_put", "load_taken", "load_missed")
    told = [(row.kind, json.loads(row.body)["data"]) for row in person.running.store.events(kinds=kinds, limit=None)]
    return [(kind, data["load"], data["production_order"]) for kind, data in told]


async def put_in_over_a_lost_line(person: Person) -> None:
    """It is asked for once, the line is lost while the tray comes, and a scan meanwhile books nothing."""
    await open_loads(person)
    person.hands.scan(LOAD)
    for code, said in (("load_order", "FA-70412"), ("load_operation", "20")):
        await until_asks(person, code)
        person.hands.scan(said)
    await choose(person, "load_consumer", "nobody")
    await choose(person, "load_when", "load_in_4")
    await person.until(is_coming, "the tray on its way")
    await person.until_lift(lambda state: bool(state["busy"]))
    await person.ask_lift("unplug")
    down = await person.until_bar("link_down_moving")
    person.hands.scan(LOAD)
    await person.until(lambda view: view is not down, "an answer to the scan")
    assert not allows(person.view, Action.CONFIRM), "nothing goes in while nobody knows the tray"
    await person.until_written()
    assert booked(person) == []
    await person.ask_lift("replug")
    await back_at_work(person)
    person.hands.scan(LOAD)
    await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")


async def take_out_through_a_stop(person: Person) -> None:
    """The same scan brings it out; the light curtain is broken on the way."""
    (load,) = person.running.store.loads()
    gone = "the tray, which stays for the ten seconds of the undo, to leave"
    await person.until(lambda view: isinstance(view.face, WorkFace) and view.face.tray is None, gone)
    await open_loads(person)
    person.hands.scan(LOAD)
    await through_a_stop(person)
    assert (person.task.mode, person.task.tray, person.task.compartment) == ("load_pick", load.place.tray, load.place.compartment)
    person.hands.scan(place_label(load.place))
    await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")


def test_a_load_goes_in_over_a_lost_line_and_comes_out_through_a_stop(tmp_path: Path, lift: Device) -> None:
    async def play(person: Person) -> None:
        store = person.running.store
        await person.sign_on()
        before = store.stock()
        await put_in_over_a_lost_line(person)
        assert booked(person) == [("load_put", LOAD, "FA-70412")]
        await take_out_through_a_stop(person)
        assert booked(person) == [("load_put", LOAD, "FA-70412"), ("load_taken", LOAD, "FA-70412")]
        assert store.loads() == ()
        assert store.stock() == before, "a load is no stock"
        assert store.verify().is_ok

    live(tmp_path, lift, play)
