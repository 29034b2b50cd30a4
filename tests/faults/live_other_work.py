"""At the running program: an item is found by typing and moved from one place to another. The light curtain stops the machine in
the middle, and the program ends while the goods are in hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.sample_site import SAMPLE_MACHINE
from station.scan import place_label
from station.values import Place, Stock, StockStatus
from station.view.action import Action
from station.view.ask import AskChoice, AskNumber
from station.view.message import Level
from station.view.other import OtherFace
from station.view.search import SearchFace
from station.view.task import TaskFace
from station.view.tray import BayFace
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers.live import Device, Person, allows, live, make_site, simulated_lift


@pytest.fixture
def lift(tmp_path: Path) -> Iterator[Device]:
    with simulated_lift(tmp_path, speed=50.0) as device:
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
    await person.until(lambda view: isinstance(view.face, TaskFace), "the task")
    await person.ask_lift("curtain", on=True)
    await person.until(lambda view: view.bar.level is Level.STOP, "the stop")
    assert not allows(person.view, Action.CONFIRM), "nothing is taken while the machine stands"
    await person.ask_lift("curtain", on=False)
    await person.ask_lift("reset")
    await person.until(lambda view: view.bar.level is not Level.STOP, "the end of the stop")
    await back_at_work(person)
    await person.confirm()
    await person.until(asks_where, "where it goes")


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
