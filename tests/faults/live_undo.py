"""The last booking is taken back on the running program, the machine's line lost in the middle; the host hears nothing of it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from station.view.ask import AskChoice
from station.view.task import TaskFace
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers.live import Device, Person, asks_whether_empty, is_at_work, live, make_site, simulated_lift

ORDERS = 6


@pytest.fixture
def lift(tmp_path: Path) -> Iterator[Device]:
    with simulated_lift(tmp_path, speed=100.0) as device:
        make_site(tmp_path, orders=ORDERS)
        yield device


def may_undo(view: View) -> bool:
    return view.undo is not None and view.undo.seconds > 0 and not view.undo.refused


def is_asked(view: View) -> bool:
    ask = getattr(view.face, "ask", None)
    return isinstance(ask, AskChoice) and ask.code.startswith("undo_")


def left(directory: Path) -> list[dict[str, str]]:
    """All rows that have left for the host."""
    files = sorted((directory / "results" / "out").glob("*.csv"))
    return [row for file in files for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())]


def events(person: Person, kind: str) -> list[dict[str, Any]]:
    rows = person.running.store.events(kinds=(kind,), limit=None)
    return [json.loads(row.body) for row in rows]


async def book_beside_more_work(person: Person) -> TaskFace:
    """Work until a booking leaves its tray at the bay, because more is to be done there; the task that was booked."""
    await person.sign_on()
    view = await person.until(lambda view: isinstance(view.face, WorkFace) and len(view.face.orders) > 1, "orders")
    assert isinstance(view.face, WorkFace)
    for each in view.face.orders:
        await person.hands.tap(f"order_{each.order}")
    await person.hands.tap("action_start")
    for _ in range(4 * ORDERS):
        await person.until(lambda view: is_at_work(view) or asks_whether_empty(view), "work")
        if asks_whether_empty(person.view):
            await person.hands.tap("choice_yes")
            await person.until(is_at_work, "the next line")
        face, flash = person.task, person.view.flash
        await person.confirm()
        await person.until(lambda view, flash=flash: view.flash > flash, "the booking")
        if may_undo(person.view) and is_at_work(person.view) and person.task.tray == face.tray:
            return face
    raise AssertionError("no tray has two lines")


def book_of(person: Person, face: TaskFace) -> int:
    stock = person.running.store.stock_on_tray(person.view.machine, face.tray)
    assert face.item is not None
    return sum(each.quantity for each in stock if (each.place.compartment, each.key.item) == (face.compartment, face.item.code))


def test_a_line_that_is_lost_in_the_middle_of_the_question_undoes_nothing_and_the_answer_after_it_does(
    tmp_path: Path, lift: Device
) -> None:
    async def play(person: Person) -> None:
        face = await book_beside_more_work(person)
        before = book_of(person, face)
        await person.hands.tap("action_undo")
        await person.until(is_asked, "whether they lie back")
        await person.until(lambda view: is_lit(person, face), "the light where they belong")
        await person.ask_lift("unplug")
        await person.until(lambda view: view.bar.code.startswith("link_down"), "the lost line")
        await person.hands.tap("choice_lie_back")
        await person.until_written()
        assert events(person, "booking_undone") == []
        await person.ask_lift("replug")
        await person.until_bar("undo_wait")
        await person.hands.tap("choice_lie_back")
        await person.until(lambda view: view.bar.code.startswith("undo_ask") and is_asked(view), "the question again")
        await person.hands.tap("choice_lie_back")
        await person.until(lambda view: is_at_work(view) and view.face == again(view, face), "the line again")
        (undone,) = events(person, "booking_undone")
        assert book_of(person, face) == before + face.confirm_quantity
        gone.extend(undone["data"]["undoes"])
        assert undone["data"]["order"] == face.order

    gone: list[str] = []
    live(tmp_path, lift, play)
    assert gone
    assert not {row["event_id"] for row in left(tmp_path)} & set(gone)


def is_lit(person: Person, face: TaskFace) -> bool:
    """Whether the record has the end of the point at this compartment."""
    ends = [each["data"] for each in events(person, "motion_ended")]
    begun = {each["data"]["command"]: each["data"] for each in events(person, "motion_intended")}
    return bool(ends) and begun[ends[-1]["command"]].get("compartment") == face.compartment and len(ends) == len(begun)


def again(view: View, face: TaskFace) -> object:
    """The face, where it is about the same line at the same place."""
    now = view.face
    is_same = isinstance(now, TaskFace) and (now.order, now.compartment, now.item) == (face.order, face.compartment, face.item)
    return now if is_same else None


def test_what_is_held_back_when_the_program_ends_in_the_window_leaves_all_the_same(tmp_path: Path, lift: Device) -> None:
    async def play(person: Person) -> None:
        await book_beside_more_work(person)
        assert may_undo(person.view)
        rows = person.running.store.events(kinds=("line_closed",), limit=1, newest_first=True)
        held.extend(row.id for row in rows)
        assert not {row["event_id"] for row in left(tmp_path)} & set(held)

    held: list[str] = []
    live(tmp_path, lift, play)
    assert held
    assert set(held) <= {row["event_id"] for row in left(tmp_path)}
