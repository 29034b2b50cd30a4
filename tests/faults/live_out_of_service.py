"""A tray is taken out of service in the middle of a round of the running program, and comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from station.core.effects import Allocate
from station.reading import Reading
from station.sample_site import SAMPLE_MACHINE
from station.view.action import Action
from station.view.ask import AskChoice, AskNumber
from station.view.devices import DevicesFace
from station.view.outages import OutagesFace
from station.view.task import TaskFace
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers.live import MAINTENANCE, Device, Person, allows, is_at_work, live, make_site, simulated_lift


@pytest.fixture
def lift(tmp_path: Path) -> Iterator[Device]:
    with simulated_lift(tmp_path, speed=50.0) as device:
        make_site(tmp_path)
        yield device


def on_list(is_so: Callable[[OutagesFace], bool]) -> Callable[[View], bool]:
    return lambda view: isinstance(view.face, OutagesFace) and is_so(view.face)


def asks(code: str, *, choice: str = "") -> Callable[[View], bool]:
    def is_so(face: OutagesFace) -> bool:
        ask = face.ask
        if not isinstance(ask, AskChoice) or ask.code != code:
            return False
        return not choice or choice in {each.key for each in ask.choices}

    return on_list(is_so)


def is_another_line(line_no: int) -> Callable[[View], bool]:
    """The face alone is no sign: it changes with the machine, too."""
    return lambda view: isinstance(view.face, TaskFace) and view.face.line_no != line_no


async def start_with_two_trays(person: Person) -> int:
    """Start an order that needs two trays or more; a tray that comes later in it."""
    await person.sign_on(MAINTENANCE)
    view = await person.until(lambda view: isinstance(view.face, WorkFace) and bool(view.face.orders), "orders")
    assert isinstance(view.face, WorkFace)
    order = next(each for each in view.face.orders if each.trays > 1 and each.kind == "pick" and not each.blocked)
    await person.hands.tap(f"order_{order.order}")
    await person.hands.tap("action_start")
    first = (await person.until_at_work()).tray
    found = Reading(person.running.store, SAMPLE_MACHINE).allocate(Allocate(orders=(order.order,)), first)
    return next(each.place.tray for each in found.tasks if each.place.tray != first)


async def open_list(person: Person) -> None:
    if not allows(person.view, Action.DEVICES):
        raise AssertionError(person.view.face)
    await person.hands.tap("action_devices")
    await person.until(lambda view: isinstance(view.face, DevicesFace), "the panel")
    await person.hands.tap("action_outages")
    await person.until(on_list(lambda face: face.ask is None), "the list")


async def back_to_work(person: Person) -> None:
    await person.hands.tap("action_back")
    await person.until(lambda view: isinstance(view.face, DevicesFace), "the panel")
    await person.hands.tap("action_back")
    await person.until(lambda view: isinstance(view.face, TaskFace), "the line")


def test_what_a_round_needs_goes_out_waits_and_goes_on_when_it_is_back(tmp_path: Path, lift: Device) -> None:
    async def play(person: Person) -> None:
        later = await start_with_two_trays(person)
        await open_list(person)
        await person.hands.tap("action_take_out")
        await person.until(on_list(lambda face: isinstance(face.ask, AskNumber)), "the number")
        await person.type_number(str(later))
        await person.until(asks("why_tray_out"), "the reason")
        await person.hands.tap("choice_out_damaged")
        counted = await person.until(asks("take_tray_out", choice="take_out"), "what waits")
        assert isinstance(counted.face, OutagesFace)
        assert counted.face.work is not None
        assert counted.face.work.waits + counted.face.work.elsewhere > 0
        await person.hands.tap("choice_take_out")
        listed = await person.until(on_list(lambda face: bool(face.rows) and face.ask is None), "its row")
        assert isinstance(listed.face, OutagesFace)
        assert [(each.tray, each.reason) for each in listed.face.rows] == [(later, "out_damaged")]
        await back_to_work(person)
        while person.task.tray != later:
            skipped = person.task.line_no
            await person.until(lambda view: allows(view, Action.SKIP), "skip")
            await person.press("action_skip", is_another_line(skipped), "the next line")
        waiting = await person.until_bar("tray_out_of_service")
        assert waiting.bar.params == {"tray": later, "why": "out_damaged"}
        calls = len(person.motions())
        await open_list(person)
        await person.hands.tap(f"outage_{later}")
        await person.until(asks("take_tray_back"), "whether it is fit")
        await person.hands.tap("choice_take_back")
        await person.type_pin_again(MAINTENANCE)
        await person.until(on_list(lambda face: not face.rows), "an empty list")
        assert len(person.motions()) == calls, "nothing moves while the page is open"
        await back_to_work(person)
        await person.until(is_at_work, "the tray at the bay")
        assert person.task.tray == later
        await person.until_lift(lambda state: state["openings"]["SH1-1"]["tray"] == later)

    live(tmp_path, lift, play)
