"""At the running program: an item is found by typing and moved from one place to another. The light curtain stops the machine in
the middle, and the program ends while the goods are in hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db.records.files import Imported
from station.sample_site import SAMPLE_MACHINE
from station.scan import place_label
from station.values import Item, Place, Stock, StockStatus
from station.view.action import Action
from station.view.ask import AskChoice, AskNumber
from station.view.message import Level
from station.view.other import OtherFace
from station.view.search import SearchFace
from station.view.task import TaskFace
from station.view.tray import BayFace
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers.live import Device, Person, allows, is_coming, live, make_site, simulated_lift

SPEED = 20.0  # slow enough that the machine can be stopped on its way


@pytest.fixture
def lift(tmp_path: Path) -> Iterator[Device]:
    with simulated_lift(tmp_path, speed=SPEED) as device:
        make_site(tmp_path)
        yield device


def plain(person: Person) -> Stock:
    """Free stock of whole pieces, in this machine, of an item whose number the letter panel can type."""
    store = person.running.store
    for each in store.stock():
        item = store.item(each.key.item)
        if item is None or item.lot_tracked or item.serial_tracked or item.decimals or item.access or item.two_person:
            continue
        is_typed = all(letter.isdigit() or letter == "-" or "A" <= letter <= "Z" for letter in item.code)
        is_free = each.key.status is StockStatus.FREE and each.key.owner == "own" and each.place.machine == SAMPLE_MACHINE
        if is_free and is_typed and each.quantity > 4 and not item.storage_class:
            return each
    raise AssertionError("the sample has nothing plain")


def empty(person: Person, away_from: int) -> Place:
    """An empty compartment on another tray."""
    store = person.running.store
    full = {each.place for each in store.stock()}
    for tray in store.trays(SAMPLE_MACHINE):
        if tray.number == away_from or tray.access or tray.storage_class:
            continue
        for each in tray.compartments:
            at = Place(SAMPLE_MACHINE, tray.number, each.label)
            if at not in full and not each.access and not each.storage_class and not each.max_height_mm:
                return at
    raise AssertionError("no compartment is empty")


def total(person: Person, item: str) -> int:
    """All there is of it: in compartments and on accounts."""
    store = person.running.store
    lying = sum(each.quantity for each in store.stock_of_item(item))
    return lying + sum(each.quantity for each in store.taken() if each.key.item == item)


async def find(person: Person, stock: Stock) -> None:
    """Type the item's number until it is found, and choose the place."""
    await person.until(lambda view: isinstance(view.face, WorkFace) and allows(view, Action.SEARCH), "the work list")
    await person.hands.tap("action_search")
    await person.until(lambda view: isinstance(view.face, SearchFace), "the search")
    for letter in stock.key.item:
        await person.hands.tap(f"text_{letter}")
    await person.until(lambda view: isinstance(view.face, SearchFace) and allows(view, Action.SHOW_FOUND), "something found")
    await person.hands.tap("action_show_found")
    await person.until(lambda view: isinstance(view.face, SearchFace) and view.face.at in ("item", "found"), "what is found")
    face = person.view.face
    if isinstance(face, SearchFace) and face.at == "found":
        await person.hands.tap(f"hit_{stock.key.item}")
    await person.until(lambda view: isinstance(view.face, SearchFace) and view.face.at == "item", "the item")
    shown = person.view.face
    assert isinstance(shown, SearchFace)
    number = next(each.number for each in shown.places if each.place == stock.place)
    await person.hands.tap(f"place_{number}")
    await person.until(lambda view: allows(view, Action.MOVE_FROM), "what can be done there")


def asks_where(view: View) -> bool:
    return isinstance(view.face, OtherFace) and isinstance(view.face.ask, AskChoice) and view.face.ask.code == "other_place"


async def take(person: Person, quantity: int) -> None:
    """How many, and then the tray; the machine stands on its way and is set free again."""
    await person.until(lambda view: isinstance(getattr(view.face, "ask", None), AskNumber), "how many")
    await person.type_number(str(quantity))
    await through_a_stop(person)
    await person.confirm()
    await person.until(asks_where, "where it goes")


async def through_a_stop(person: Person) -> None:
    """The tray is on its way when the light curtain breaks; the machine is set free again, and the tray comes."""
    await person.until(is_coming, "the tray on its way")
    await person.until_lift(lambda state: bool(state["busy"]))
    await person.ask_lift("curtain", on=True)
    await person.until(lambda view: view.bar.level is Level.STOP, "the stop")
    assert not allows(person.view, Action.CONFIRM), "nothing is taken while the machine stands"
    await person.ask_lift("curtain", on=False)
    await person.ask_lift("reset")
    await person.until(lambda view: view.bar.level is not Level.STOP, "the end of the stop")
    await back_at_work(person)


async def back_at_work(person: Person) -> None:
    """Whatever touch the machine's end of the stop asks for, until the task can be worked."""

    def is_ready(view: View) -> bool:
        is_here = isinstance(view.face, TaskFace) and view.face.is_here and view.face.wait is None
        return is_here or allows(view, Action.FETCH_AGAIN)

    while True:
        view = await person.until(is_ready, "the tray, or the touch that it waits for")
        if not allows(view, Action.FETCH_AGAIN):
            return
        await person.hands.tap("action_fetch_again")
        await person.until(lambda now: not allows(now, Action.FETCH_AGAIN), "the machine's answer")


def moves(person: Person, after_seq: int) -> list[tuple[str, str, int]]:
    rows = person.running.store.events(kinds=("picked", "put"), after_seq=after_seq, limit=None)
    facts = [(row.kind, json.loads(row.body)["data"]) for row in rows]
    return [(kind, data.get("account", ""), data["quantity"]) for kind, data in facts]


def test_goods_are_moved_through_a_stop_and_an_end_of_the_program(tmp_path: Path, lift: Device) -> None:
    known: dict[str, object] = {}

    async def first(person: Person) -> None:
        await person.sign_on()
        stock = plain(person)
        known.update(stock=stock, total=total(person, stock.key.item), seq=person.running.store.head()[1])
        await find(person, stock)
        await person.hands.tap("action_move_from")
        await take(person, 3)
        assert total(person, stock.key.item) == known["total"]
        assert [each.quantity for each in person.running.store.taken()] == [3]

    async def second(person: Person) -> None:
        stock = known["stock"]
        assert isinstance(stock, Stock)
        await person.sign_on()
        await back_to_the_question(person)
        to = empty(person, stock.place.tray)
        person.hands.scan(place_label(to))
        await person.until_at_work()
        await person.confirm()
        await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
        store = person.running.store
        assert store.taken() == ()
        assert [each.quantity for each in store.stock_at(to) if each.key == stock.key] == [3]
        assert total(person, stock.key.item) == known["total"]
        seq = known["seq"]
        assert isinstance(seq, int)
        assert moves(person, seq) == [("picked", "hand", 3), ("put", "hand", 3)]
        assert store.stock_matches_log()

    live(tmp_path, lift, first)
    live(tmp_path, lift, second)


async def back_to_the_question(person: Person) -> None:
    """After the restart the goods in hand are asked about by themselves."""
    await person.until(asks_where, "where the goods in hand go")
    assert not isinstance(person.view.face, BayFace)


def tool(person: Person) -> Item:
    """A plain item of the sample is a tool from now on."""
    stock = plain(person)
    item = person.running.store.item(stock.key.item)
    assert item is not None
    lent = replace(item, is_tool=True)
    imported = Imported(what="items", file="tools.csv", sha256="0" * 64, rows=1, rejected=0)
    assert person.running.store.import_items([lent], imported).result(5.0) == ()
    return lent


async def open_tools(person: Person) -> None:
    await person.until(lambda view: isinstance(view.face, WorkFace) and allows(view, Action.OTHER), "the work list")
    await person.hands.tap("action_other")
    await until_asks(person, "other_what")
    await person.hands.tap("action_tools")


async def until_asks(person: Person, code: str) -> None:
    await person.until(lambda view: getattr(getattr(view.face, "ask", None), "code", "") == code, code)


async def choose(person: Person, code: str, key: str) -> None:
    await until_asks(person, code)
    await person.hands.tap(f"choice_{key}")


def test_a_tool_is_lent_and_comes_back_damaged_through_a_lost_line(tmp_path: Path, lift: Device) -> None:
    async def play(person: Person) -> None:
        await person.sign_on()
        lent = tool(person)
        store, before = person.running.store, total(person, lent.code)
        await open_tools(person)
        await choose(person, "other_tools", "tool_out")
        await until_asks(person, "other_tool")
        person.hands.scan(lent.code)
        await choose(person, "other_which_stock", "stock_0")
        await until_asks(person, "other_quantity_out")
        await person.type_number("1")
        await choose(person, "other_holder", "me")
        await choose(person, "other_due", "due_24")
        await person.until_at_work()
        await person.ask_lift("unplug")
        await person.until_bar("link_down")
        assert not allows(person.view, Action.CONFIRM), "nothing is taken while nobody knows the tray"
        await person.ask_lift("replug")
        await back_at_work(person)
        await person.confirm()
        await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
        assert [(each.account, each.quantity, each.key.item) for each in store.taken()] == [("tool", 1, lent.code)]
        assert total(person, lent.code) == before
        await bring_back(person, lent, before)

    live(tmp_path, lift, play)


async def bring_back(person: Person, lent: Item, before: int) -> None:
    store = person.running.store
    await open_tools(person)
    await choose(person, "other_tools", "tool_in")
    await until_asks(person, "other_tool")
    person.hands.scan(lent.code)
    await choose(person, "other_condition", "damaged")
    await until_asks(person, "other_place")
    person.hands.scan(place_label(empty(person, 0)))
    await back_at_work(person)
    await person.confirm()
    await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
    assert store.taken() == ()
    held = [each for each in store.stock_of_item(lent.code) if each.key.status is StockStatus.QUALITY_HOLD]
    assert [each.quantity for each in held] == [1]
    assert total(person, lent.code) == before
    assert store.stock_matches_log()
