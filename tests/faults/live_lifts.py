"""At the running program with two simulated lifts: one is stopped in the middle of its motion, the other goes on, and in the end
every line is worked once."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from station.sample_site import SAMPLE_MACHINE, SAMPLE_OPENING
from station.values import Order, OrderState, Place
from station.view.lifts import LiftState
from station.view.task import TaskFace
from station.view.view import View
from tests.helpers.live import OPERATOR, Person, ask, live, make_site, simulated
from ui.demo.bay_camera import tray_at_bay
from ui.demo.habits import Habits
from ui.demo.lifts import bay_of, first_trays
from ui.demo.machine import Device
from ui.demo.operator import Badge, Operator

SPEED = 20.0
LONG_S = 90.0


class Trouble:
    """Stops a lift while it brings a tray for work that is at the other one, and lets it go once two more lines were booked, or
    nothing is left but its own. `at` is its number."""

    def __init__(self, lifts: tuple[Device, Device]) -> None:
        self._lifts, self.at = lifts, 0

    async def happen(self, person: Person) -> None:
        """Beside the work."""
        begun = await person.eyes.until(lambda view: bool(coming(view)), "a tray on its way behind the back", patience_s=LONG_S)
        self.at = coming(begun)
        await ask(self._lifts[self.at - 1], "e_stop", on=True)

        def is_time(view: View) -> bool:
            lift = view.lifts[self.at - 1]
            return view.flash >= begun.flash + 2 or (lift.is_faced and lift.state is LiftState.STOPPED)

        await person.eyes.until(is_time, "that it may go on", patience_s=LONG_S)
        await ask(self._lifts[self.at - 1], "e_stop", on=False)
        await ask(self._lifts[self.at - 1], "reset")


def coming(view: View) -> int:
    """The lift that brings a tray while the work is at another one."""
    return next((each.number for each in view.lifts if not each.is_faced and each.state is LiftState.COMING), 0)


async def nothing(view: View) -> None:
    """Who works needs no watcher here."""


def test_one_of_two_lifts_stops_and_the_work_goes_on_at_the_other(tmp_path: Path) -> None:
    with simulated(tmp_path, "jmif", speed=SPEED) as left, simulated(tmp_path / "lift-2", "jmif", speed=SPEED) as right:
        make_site(tmp_path, orders=4, machines=2)
        trouble, ended = Trouble((left, right)), []

        async def play(person: Person) -> None:
            store = person.running.store
            orders = [each.order for each in store.open_orders()]

            async def at_bay() -> int | None:
                number = 2 if person.view.bay == bay_of(2) else 1
                own = await tray_at_bay((left, right)[number - 1].control, SAMPLE_OPENING)
                return None if own is None else own - 1 + first_trays(2)[number - 1]

            def pieces(face: TaskFace) -> int:
                found = store.stock_at(Place(SAMPLE_MACHINE, face.tray, face.compartment))
                return sum(each.quantity for each in found if each.key == face.key)

            happens = asyncio.create_task(trouble.happen(person))
            await Operator(
                hands=person.hands,
                eyes=person.eyes,
                habits=Habits(7),
                badge=Badge(code=OPERATOR.badge, pin=OPERATOR.pin, role=OPERATOR.role),
                speed=SPEED,
                together=4,
                pieces=pieces,
                tray_at_bay=at_bay,
                seen=nothing,
            ).work()
            await happens
            await person.until_written()
            ended.extend(order for name in orders if (order := store.order(name)) is not None)
            check_record(person, bay=SAMPLE_OPENING if trouble.at == 1 else bay_of(2))

        live(tmp_path, left, play, beside=(right,))
    assert all(is_over(each) for each in ended), [each.order for each in ended if not is_over(each)]


def check_record(person: Person, *, bay: str) -> None:
    """Each motion has one intent and one number; the stop is of the lift at this bay; the record is whole."""
    rows = [(each.kind, json.loads(each.body)["data"]) for each in person.running.store.events(limit=None)]
    intents = [data for kind, data in rows if kind == "motion_intended"]
    assert len({each["command"] for each in intents}) == len(intents)
    assert {each["opening"] for each in intents} == {SAMPLE_OPENING, bay_of(2)}
    assert all((each["opening"] == bay_of(2)) is (each["tray"] > 20) for each in intents)
    assert {data["opening"] for kind, data in rows if kind == "safety"} <= {bay}
    assert person.running.store.verify().is_ok
    assert person.running.store.stock_matches_log()


def is_over(order: Order) -> bool:
    return order.state is OrderState.CLOSED
