"""At the running program: a tray is marked, a late booking is entered, and the tray is counted before it goes back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.quantity import to_text
from station.sample_site import SAMPLE_MACHINE, SAMPLE_PEOPLE
from station.values import OrderKind, OrderLine, Role, Stock, StockStatus
from station.view.action import Action
from station.view.ask import AskChoice, AskNumber, AskText
from station.view.late import LateFace
from station.view.task import TaskFace
from station.view.tray import BayFace
from station.view.work import WorkFace
from tests.helpers.live import Device, Person, allows, live, make_site, simulated_lift

SUPERVISOR = next(each for each in SAMPLE_PEOPLE if each.role is Role.SUPERVISOR)


def counted(face: object) -> tuple[object, ...]:
    """What is counted: the face alone is no sign, it changes with the machine, too."""
    return tuple(getattr(face, name, None) for name in ("tray", "compartment", "key"))


@pytest.fixture
def lift(tmp_path: Path) -> Iterator[Device]:
    with simulated_lift(tmp_path, speed=50.0) as device:
        make_site(tmp_path)
        yield device


async def until_asks(person: Person, kind: type, code: str) -> None:
    def asks(view: object) -> bool:
        ask = getattr(getattr(view, "face", None), "ask", None)
        return isinstance(ask, kind) and getattr(ask, "code", "") == code

    await person.until(asks, code)


async def choose(person: Person, code: str, key: str) -> None:
    await until_asks(person, AskChoice, code)
    await person.hands.tap(f"choice_{key}")


async def say(person: Person, code: str, text: str) -> None:
    await until_asks(person, AskText, code)
    for letter in text:
        await person.hands.tap(f"text_{letter}")
    await person.hands.tap("key_enter")


def few(person: Person) -> Stock:
    """The only stock of a tray with the fewest rows, or one of them: plain, and of whole pieces."""
    stock = person.running.store.stock()
    trays = [each.place.tray for each in stock]

    def is_plain(each: Stock) -> bool:
        item = person.running.store.item(each.key.item)
        plain = item is not None and not item.lot_tracked and not item.serial_tracked and not item.decimals
        return plain and each.key.status is StockStatus.FREE and each.key.owner == "own" and each.quantity > 2

    return min((each for each in stock if is_plain(each)), key=lambda each: trays.count(each.place.tray))


async def open_page(person: Person) -> None:
    await person.until(lambda view: isinstance(view.face, WorkFace) and allows(view, Action.LATE), "the work list")
    await person.hands.tap("action_late")
    await person.until(lambda view: isinstance(view.face, LateFace) and view.face.ask is None, "the page")


async def mark(person: Person, tray: int) -> None:
    await person.hands.tap("action_mark_tray")
    await person.type_number(str(tray))
    await choose(person, "why_mark_tray", "late_power_cut")
    await choose(person, "mark_tray", "mark")
    await person.type_pin_again(SUPERVISOR)
    await person.until(lambda view: isinstance(view.face, LateFace) and bool(view.face.rows), "its row")


def work_of(person: Person) -> tuple[OrderLine, Stock]:
    """A line of a pick order with free stock, and where that is."""
    store = person.running.store
    lines = [line for order in store.open_orders()[:5] if order.kind is OrderKind.PICK for line in order.lines[:5]]
    for line in lines:
        item = store.item(line.item)
        if item is None or item.lot_tracked or item.serial_tracked or item.decimals:
            continue
        for held in store.stock_of_item(line.item):
            if held.key.status is StockStatus.FREE and held.key.owner == line.owner and held.quantity >= line.quantity:
                return line, held
    raise AssertionError("no line of the sample can be worked")


async def enter_line(person: Person, line: OrderLine, held: Stock, who: str) -> None:
    """The whole line, yesterday at half past nine."""
    await person.hands.tap("action_late_booking")
    await choose(person, "late_what", "line")
    await choose(person, "late_which_order", line.order)
    await choose(person, "late_which_line", line.line)
    await until_asks(person, AskNumber, "which_tray")
    await person.type_number(str(held.place.tray))
    await say(person, "late_which_compartment", held.place.compartment)
    await until_asks(person, AskNumber, "late_quantity_pick")
    await person.type_number(str(line.quantity))
    await choose(person, "late_who", who)
    await choose(person, "late_day", "yesterday")
    await until_asks(person, AskNumber, "late_time")
    await person.type_number("930")
    await choose(person, "late_why", "late_station_down")
    await choose(person, "late_sure_line", "book")
    await person.type_pin_again(SUPERVISOR)


async def enter_what_was_done(person: Person) -> None:
    store = person.running.store
    line, held = work_of(person)
    who = next(each.person for each in store.people() if each.role is Role.OPERATOR)
    before = store.head()[1]
    await enter_line(person, line, held, who)
    asked = await person.until(lambda view: view.bar.code == "late_booked" or bool(getattr(view.face, "said", ())), "its end")
    if asked.bar.code != "late_booked":  # the sample's stock was loaded today, which is a count
        await choose(person, "late_sure_line", "book")
        await person.type_pin_again(SUPERVISOR)
        await person.until_bar("late_booked")
    rows = [row for row in store.events(after_seq=before, limit=None) if row.kind in ("picked", "line_closed")]
    assert [row.kind for row in rows] == ["picked", "line_closed"]
    facts = [json.loads(row.body)["data"] for row in rows]
    assert {each["done_by"] for each in facts} == {who}
    assert {each["late_reason"] for each in facts} == {"late_station_down"}
    assert len({row.operator for row in rows} - {who}) == 1, "who entered it"


async def count_what_was_moved(person: Person) -> None:
    held = few(person)
    await mark(person, held.place.tray)
    await person.hands.tap("action_back")
    await person.until(lambda view: isinstance(view.face, WorkFace) and view.face.to_count == 1, "the list says so")
    await person.hands.tap("action_call_tray")
    await person.type_number(str(held.place.tray))
    await person.until(lambda view: isinstance(view.face, BayFace) and view.face.is_here, "the tray")
    await person.hands.tap("action_send_back")
    while person.running.store.counts_due(SAMPLE_MACHINE):
        view = await person.until(lambda view: isinstance(getattr(view.face, "ask", None), AskNumber), "a count")
        assert isinstance(view.face, TaskFace)
        face = view.face
        assert (face.reason, face.book) == ("count_due", None)
        at_place = [each for each in person.running.store.stock_on_tray(SAMPLE_MACHINE, face.tray) if each.key == face.key]
        book = next(each.quantity for each in at_place if each.place.compartment == face.compartment)
        decimals = face.item.decimals if face.item else 0
        await person.type_number(to_text(book, decimals).replace(".", "p"))
        was = counted(face)
        await person.until(lambda view, was=was: counted(view.face) != was, "the next")
    await person.until(lambda view: isinstance(view.face, BayFace), "the tray again")
    await person.hands.tap("action_send_back")
    await person.until_lift(lambda state: state["openings"]["SH1-1"]["tray"] is None)


def test_what_was_done_without_the_station_is_entered_and_counted(tmp_path: Path, lift: Device) -> None:
    async def play(person: Person) -> None:
        await person.sign_on(SUPERVISOR)
        await open_page(person)
        await enter_what_was_done(person)
        await count_what_was_moved(person)

    live(tmp_path, lift, play)
