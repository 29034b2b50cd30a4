"""Five orders on two put places with the planner, on the running program: an emergency stop in the middle, an express order that
breaks in, and every piece in the tote of its order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from station.imports.run import import_file
from station.tote_codes import tote_label
from station.values import OrderState
from station.view.action import Action
from station.view.ask import AskChoice, AskText
from station.view.message import Level
from station.view.task import TaskFace
from station.view.view import View
from station.view.work import WorkFace
from tests.faults.live_orders import plain_items
from tests.helpers.live import OPERATOR, Device, Person, allows, asks_whether_empty, is_at_work, live, make_site, simulated_lift

NAMES = ("P1", "P2", "P3", "P4", "P5")
PLACES = 2
MOST_STEPS = 60


@pytest.fixture
def lift(tmp_path: Path) -> Iterator[Device]:
    with simulated_lift(tmp_path, speed=50.0) as device:
        make_site(tmp_path, orders=1)
        yield device


def import_orders(person: Person, folder: Path) -> str:
    """Five orders of four trays, which they share; the item that the express order will ask for."""
    a, b, c, d, e = (each.code for each in plain_items(person)[:5])
    wanted = {"P1": (a, b, c), "P2": (c,), "P3": (d, b), "P4": (d,), "P5": (c, a)}
    lines = [f"{name},pick,{number}0,{item},1\n" for name, items in wanted.items() for number, item in enumerate(items, 1)]
    path = folder / "orders.csv"
    path.write_text("order,kind,line,item,quantity\n" + "".join(lines), encoding="utf-8")
    assert import_file(path, person.running.store).is_clean
    person.running.station.site_changed()
    return e


def release_express(person: Person, folder: Path, item: str) -> None:
    path = folder / "express.csv"
    path.write_text(f"order,kind,line,item,quantity,express\nX1,pick,10,{item},1,true\n", encoding="utf-8")
    assert import_file(path, person.running.store).is_clean
    person.running.station.site_changed()


def lists(*orders: str) -> Callable[[View], bool]:
    return lambda view: isinstance(view.face, WorkFace) and set(orders) <= {each.order for each in view.face.orders}


def wants_tote(view: View) -> bool:
    ask = getattr(view.face, "ask", None)
    return isinstance(ask, AskText) and view.bar.code == "bind_tote"


def parts(view: View) -> bool:
    ask = getattr(view.face, "ask", None)
    return isinstance(ask, AskChoice) and ask.code == "into_totes"


def wants_somebody(view: View) -> bool:
    is_over = isinstance(view.face, WorkFace) and view.face.wait is None
    return (
        wants_tote(view)
        or parts(view)
        or is_at_work(view)
        or asks_whether_empty(view)
        or allows(view, Action.FETCH_AGAIN)
        or is_over
    )


class Work:
    """A person who does what the screen asks, and remembers why trays came."""

    def __init__(self, person: Person) -> None:
        self.person, self.totes = person, 0

    async def step(self) -> bool:
        """One thing; False once the list is back."""
        person = self.person
        view = await person.until(wants_somebody, "something to do")
        if isinstance(view.face, WorkFace):
            return False
        token = view.token
        if wants_tote(view):
            self.totes += 1
            person.hands.scan(tote_label(f"B{self.totes:03}"))
        elif isinstance(view.face, TaskFace) and isinstance(ask := view.face.ask, AskChoice) and parts(view):
            await person.hands.tap(f"choice_{ask.choices[0].key}")
        elif asks_whether_empty(view):
            await person.hands.tap("choice_yes")
        elif allows(view, Action.FETCH_AGAIN):
            await person.hands.tap("action_fetch_again")
        else:
            await person.confirm()
        await person.until(lambda now: now.token != token, "what comes of it")
        return True


def bodies(person: Person, kind: str) -> list[dict[str, Any]]:
    return [json.loads(row.body)["data"] for row in person.running.store.events(kinds=(kind,), limit=None)]


def test_orders_share_the_places_through_a_stop_and_an_express_order(tmp_path: Path, lift: Device) -> None:
    async def begun(person: Person) -> str:
        express = import_orders(person, tmp_path)
        await person.sign_on(OPERATOR)
        await person.until(lists(*NAMES), "the orders")
        for name in NAMES:
            await person.hands.tap(f"order_{name}")
        await person.hands.tap("action_start")
        coming = await person.until(lambda view: isinstance(view.face, TaskFace) and view.face.tray_why is not None, "why")
        assert isinstance(coming.face, TaskFace)
        assert coming.face.tray_why is not None
        assert coming.face.tray_why.params["tray"] == coming.face.tray
        return express

    async def stopped(person: Person) -> None:
        """The machine stands in the middle, and somebody resets it."""
        await person.ask_lift("e_stop", on=True)
        await person.until(lambda view: view.bar.level is Level.STOP, "the stop on the screen")
        await person.ask_lift("e_stop", on=False)
        await person.ask_lift("reset")
        await person.until(lambda view: view.bar.level is not Level.STOP, "a machine that works")

    async def play(person: Person) -> None:
        express = await begun(person)
        work = Work(person)
        while len(bodies(person, "picked")) < 2:
            await work.step()
        await person.until(lambda view: is_at_work(view) or wants_tote(view), "the next line")
        await stopped(person)
        while len(bodies(person, "picked")) < 4:
            await work.step()
        release_express(person, tmp_path, express)
        for _ in range(MOST_STEPS):
            if not await work.step():
                break
        records(person)

    def records(person: Person) -> None:
        store = person.running.store
        assert all((order := store.order(name)) is not None and order.state is OrderState.CLOSED for name in (*NAMES, "X1"))
        picked, chosen, timed = (bodies(person, kind) for kind in ("picked", "tray_chosen", "line_timed"))
        assert Counter(each["order"] for each in picked) == {"P1": 3, "P2": 1, "P3": 2, "P4": 1, "P5": 2, "X1": 1}
        bound = {each["tote"]: each["order"] for each in bodies(person, "tote_bound")}
        assert all(bound[each["tote"]] == each["order"] for each in picked if each["tote"])
        assert {each["order"] for each in bodies(person, "place_given")} == set(NAMES)
        assert "express" in {each["why"] for each in chosen}
        assert len(chosen) < len(picked), "several lines were worked at a visit"
        assert timed
        assert all(each["lift_ms"] + each["operator_ms"] + each["host_ms"] + each["empty_ms"] > 0 for each in timed)
        assert store.verify().is_ok
        assert store.stock_matches_log()

    live(tmp_path, lift, play, put_places=PLACES)
