"""A sequence on the running program: a part is missing, a supervisor releases the empty position, the machine's line is lost
before the last rank, and the position opens again as express when its part has come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.imports.run import import_file
from station.sequence_proof import proof
from station.values import OrderState
from station.view.ask import AskChoice
from station.view.task import TaskFace
from station.view.view import View
from station.view.work import WorkFace
from tests.faults.live_orders import SOON, SUPERVISOR, plain_items
from tests.faults.live_other_work import back_at_work, empty
from tests.helpers.live import Device, Person, asks_whether_empty, is_at_work, is_coming, live, make_site, simulated_lift

ORDER, SEQUENCE, MISSING = "SEQ-1", "L7", "NOT-YET-HERE"


@pytest.fixture
def lift(tmp_path: Path) -> Iterator[Device]:
    with simulated_lift(tmp_path, speed=20.0) as device:
        make_site(tmp_path, orders=1)
        yield device


def take(person: Person, folder: Path, name: str, text: str) -> None:
    """A file of the host, taken over beside the work, as `baylight import` does it."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    assert import_file(path, person.running.store).is_clean
    person.running.station.site_changed()


def import_sequence(person: Person, folder: Path) -> None:
    """Three ranks on different trays; nothing is here for the second."""
    first, third = (each.code for each in plain_items(person)[:2])
    take(person, folder, "items.csv", f"item,name\n{MISSING},Door seal\n")
    rows = [
        f"{ORDER},pick,{SEQUENCE},{rank},{rank}0,{item},1,{SOON}" for rank, item in enumerate((first, MISSING, third), start=1)
    ]
    take(person, folder, "orders.csv", "\n".join(("order,kind,sequence,rank,line,item,quantity,need_by", *rows, "")))


def asks(view: View, code: str) -> bool:
    ask = getattr(view.face, "ask", None)
    return isinstance(ask, AskChoice) and ask.code == code


def is_past(view: View, rank: int) -> bool:
    return asks_whether_empty(view) or not isinstance(view.face, TaskFace) or view.face.rank != rank


async def start(person: Person, *, is_express: bool) -> None:
    """Choose the order once it stands in the list as it is to."""

    def stands(view: View) -> bool:
        rows = view.face.orders if isinstance(view.face, WorkFace) else ()
        return any(each.order == ORDER and each.is_express is is_express for each in rows)

    await person.until(stands, "the order in the list")
    await person.hands.tap(f"order_{ORDER}")
    await person.hands.tap("action_start")


async def leave(person: Person, rank: int) -> None:
    """Take the part of this rank."""
    await back_at_work(person)
    await person.until(is_at_work, "the rank at the bay")
    assert person.task.rank == rank
    await person.confirm()
    await person.until(lambda view: is_past(view, rank), "what comes next")
    if asks_whether_empty(person.view):
        await person.hands.tap("choice_yes")


async def release(person: Person) -> None:
    """The operator asks for it; the supervisor's badge and PIN let the rest go on."""
    await person.until(lambda view: asks(view, "gap"), "the empty position")
    await person.hands.tap("choice_release")
    person.hands.scan(SUPERVISOR.badge)
    await person.type_pin_again(SUPERVISOR)


async def lose_the_line(person: Person) -> None:
    await person.until(is_coming, "the last rank's tray on its way")
    await person.until_lift(lambda state: bool(state["busy"]))
    await person.ask_lift("unplug")
    await person.until_bar("link_down_moving")
    await person.ask_lift("replug")


def told(person: Person, *kinds: str) -> list[tuple[str, str]]:
    rows = person.running.store.events(kinds=kinds, order=ORDER, limit=None)
    return [(row.kind, json.loads(row.body)["data"]["line"]) for row in rows]


def test_a_missing_part_is_released_and_its_position_opens_again_as_express(tmp_path: Path, lift: Device) -> None:
    async def play(person: Person) -> None:
        store = person.running.store
        import_sequence(person, tmp_path)
        await person.sign_on()
        await start(person, is_express=False)
        await leave(person, 1)
        await release(person)
        await lose_the_line(person)
        await leave(person, 3)
        assert told(person, "gap_opened", "gap_released", "picked") == [
            ("picked", "10"),
            ("gap_opened", "20"),
            ("gap_released", "20"),
            ("picked", "30"),
        ]
        at = empty(person, 0)
        part = f"{at.machine},{at.tray},{at.compartment},{MISSING},1"
        take(person, tmp_path, "stock.csv", f"machine,tray,compartment,item,quantity\n{part}\n")
        await start(person, is_express=True)
        await leave(person, 2)
        await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
        rows = proof(store, SEQUENCE)
        assert [(each.rank, each.state, each.gap_reason) for each in rows] == [
            (1, "left", ""),
            (2, "filled", "no_stock"),
            (3, "left", ""),
        ]
        assert rows[1].released_by
        assert rows[1].released_by != rows[0].by
        order = store.order(ORDER)
        assert order is not None
        assert order.state is OrderState.CLOSED
        assert store.verify().is_ok
        assert store.stock_matches_log()

    live(tmp_path, lift, play)
