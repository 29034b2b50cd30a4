"""Places without a lift on the running program: the list, the scan of each place, and what goes wrong in the middle of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from station.sample.zones import SAMPLE_ZONES, SHELF
from station.scan import place_label, tray_label
from station.values import OrderState, Place, StockKey
from station.view.action import Action
from station.view.places import PlacesFace
from station.view.task import TaskFace
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers.live import Device, Person, allows, asks_whether_empty, live, make_site, simulated_lift

ALL_SHELF, OF_BOTH = "WO-49001", "WO-49002"


@pytest.fixture
def lift(tmp_path: Path) -> Iterator[Device]:
    with simulated_lift(tmp_path, speed=100.0) as device:
        make_site(tmp_path, orders=1, has_zones=True)
        yield device


def on_foot(view: View) -> bool:
    return isinstance(view.face, TaskFace) and view.face.zone is not None and view.face.wait is None


def is_there(view: View) -> bool:
    return on_foot(view) and isinstance(view.face, TaskFace) and view.face.is_here


def place_of(face: TaskFace) -> Place:
    assert face.zone is not None
    return Place(face.zone.name, face.tray, face.compartment)


def events(person: Person, *kinds: str) -> list[dict[str, Any]]:
    return [json.loads(row.body)["data"] for row in person.running.store.events(kinds=kinds, limit=None)]


async def start(person: Person) -> TaskFace:
    """From the work list to the first place."""
    await person.until(lambda view: isinstance(view.face, WorkFace) and view.face.on_foot > 0, "tasks without a lift")
    await person.hands.tap("action_places")
    await person.until(lambda view: isinstance(view.face, PlacesFace) and bool(view.face.rows), "the list")
    await person.hands.tap("action_walk")
    await person.until(on_foot, "the first place")
    return person.task


async def reach(person: Person) -> TaskFace:
    """Scan the label of the place that the screen names."""
    face = person.task
    person.hands.scan(place_label(place_of(face)))
    await person.until(is_there, "the scan of the place")
    return person.task


async def book(person: Person) -> None:
    """Confirm, and answer whether it is empty, until another place or the list is there."""
    flash = person.view.flash
    await person.confirm()
    await person.until(lambda view: view.flash > flash, "the booking")
    await person.until(lambda view: asks_whether_empty(view) or on_foot(view) or isinstance(view.face, WorkFace), "what follows")
    if asks_whether_empty(person.view):
        await person.hands.tap("choice_yes")
        await person.until(lambda view: not asks_whether_empty(view) and view.face is not None, "the answer")


def test_a_list_is_worked_place_by_place_with_a_wrong_location_and_a_lost_machine_in_the_middle(
    tmp_path: Path, lift: Device
) -> None:
    async def play(person: Person) -> None:
        await person.sign_on()
        face = await start(person)
        motions = person.motions()
        assert place_of(face) == Place(SHELF, 1, "A1")
        assert not allows(person.view, Action.CONFIRM)
        person.hands.scan(place_label(Place(SHELF, 2, "A1")))
        await person.until_bar("other_place")
        assert person.view.bar.params["scanned"] == "SHELF1 2-A1"
        await person.ask_lift("unplug")
        await person.until(lambda view: any(each.light == "bad" for each in view.lights), "the lost line")
        await reach(person)
        await book(person)
        await person.until(on_foot, "the next place")
        assert not person.task.is_here
        person.hands.scan(tray_label(SHELF, person.task.tray))
        await person.until(is_there, "the scan of the section")
        await book(person)
        await person.ask_lift("replug")
        while not isinstance(person.view.face, WorkFace):
            await person.until(on_foot, "the next place")
            if not person.task.is_here:
                await reach(person)
            await book(person)
            await person.until(lambda view: on_foot(view) or isinstance(view.face, WorkFace), "the next place, or the list")
        await person.until_written()
        assert person.motions() == motions
        store = person.running.store
        done = store.order(ALL_SHELF)
        assert done is not None
        assert done.state is OrderState.CLOSED
        both = store.order(OF_BOTH)
        assert both is not None
        assert both.state is not OrderState.CLOSED
        assert [each.done_quantity for each in both.lines] == [1, 0]
        reached = events(person, "place_reached")
        assert {each["how"] for each in reached} == {"scan", "section"}
        visits = {(each["machine"], each["tray"]): each["visit"] for each in reached}
        booked = [each for each in events(person, "picked", "put") if each["machine"] == SHELF]
        assert booked
        assert all(visits[each["machine"], each["tray"]] == each["visit"] for each in booked)

    live(tmp_path, lift, play, zones=SAMPLE_ZONES)


def test_the_program_ends_before_the_booking_and_the_work_goes_on_on_foot_after_another_scan(
    tmp_path: Path, lift: Device
) -> None:
    at: list[Place] = []

    async def first(person: Person) -> None:
        await person.sign_on()
        await start(person)
        at.append(place_of(await reach(person)))
        await person.until_written()

    async def second(person: Person) -> None:
        await person.sign_on()
        await person.until(on_foot, "the place again")
        assert place_of(person.task) == at[0]
        assert not person.task.is_here
        assert not allows(person.view, Action.CONFIRM)
        before = sum(each.quantity for each in person.running.store.stock_at(at[0]))
        await reach(person)
        quantity = person.task.confirm_quantity
        await book(person)
        await person.until_written()
        left = {each.key: each.quantity for each in person.running.store.stock_at(at[0])}
        (picked,) = events(person, "picked")
        assert (picked["visit"], picked["quantity"]) == (2, quantity)
        assert left.get(StockKey(item=picked["item"]), 0) == before - quantity

    live(tmp_path, lift, first, zones=SAMPLE_ZONES)
    live(tmp_path, lift, second, zones=SAMPLE_ZONES)


def test_without_a_scanner_what_stands_on_the_label_is_typed(tmp_path: Path, lift: Device) -> None:
    async def play(person: Person) -> None:
        await person.sign_on()
        face = await start(person)
        await person.hands.tap("action_unreadable")
        await person.until_bar("type_place")
        assert face.zone is not None
        for letter in face.zone.place.replace(" ", "-"):
            await person.hands.tap(f"text_{letter}")
        await person.hands.tap("key_enter")
        await person.until(is_there, "the typed place")
        await book(person)
        await person.until_written()
        assert [each["how"] for each in events(person, "place_reached")] == ["typed"]

    live(tmp_path, lift, play, zones=SAMPLE_ZONES)
