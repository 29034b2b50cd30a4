"""At the running program: where else is it? A place is found, its tray is called, and an emergency stop is pressed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from station.view.action import Action
from station.view.tray import BayFace, UnknownTrayFace
from station.view.view import View
from tests.faults.live_other_work import find, plain
from tests.helpers.live import Device, Person, allows, live, make_site, simulated_lift


@pytest.fixture
def lift(tmp_path: Path) -> Iterator[Device]:
    with simulated_lift(tmp_path, speed=20.0) as device:
        make_site(tmp_path, orders=1)
        yield device


def is_here(view: View) -> bool:
    return isinstance(view.face, BayFace) and view.face.is_here and view.face.wait is None


def test_the_tray_of_a_found_place_is_called_again_after_an_emergency_stop(tmp_path: Path, lift: Device) -> None:
    async def play(person: Person) -> None:
        await person.sign_on()
        stock = plain(person)
        await find(person, stock)
        await person.hands.tap("action_call_place")
        await person.until_lift(lambda state: bool(state["busy"]))
        await person.ask_lift("e_stop", on=True)
        await person.until_bar("e_stop")
        assert not is_here(person.view)
        await person.ask_lift("e_stop", on=False)
        await person.ask_lift("reset")
        await person.until(lambda view: isinstance(view.face, UnknownTrayFace), "which tray is at the bay")
        await person.until_lift(lambda state: not state["busy"])
        assert len(person.motions()) == 1, "a motion was sent that nobody touched for"
        await person.hands.tap("action_no_tray")
        await person.until(lambda view: allows(view, Action.FETCH_AGAIN), "the touch before the next fetch")
        await person.hands.tap("action_fetch_again")
        face = (await person.until(is_here, "the called tray")).face
        assert isinstance(face, BayFace)
        assert (face.tray, face.selected) == (stock.place.tray, stock.place.compartment)
        assert [each.key.item for each in face.contents if each.compartment == stock.place.compartment] == [stock.key.item]
        assert not {"picked", "put", "counted"} & set(person.kinds())
        assert person.running.store.stock_matches_log()

    live(tmp_path, lift, play)
