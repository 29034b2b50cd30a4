"""An order for kits on the running program: begun, cut off by a stop of the machine, left, split, taken over by a supervisor and
done; what was split off is cancelled. The host hears of whole kits once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from station.imports.run import import_file
from station.result_row import RESULT_KINDS, row_of
from station.results import Results
from station.sample_site import SAMPLE_PEOPLE
from station.values import Item, OrderState, ProofRule, Role, StockStatus
from station.view.action import Action
from station.view.ask import AskChoice
from station.view.message import Level
from station.view.orders import OrdersFace
from station.view.sign_on import SignOnFace
from station.view.task import TaskFace
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers.live import OPERATOR, Device, Person, allows, asks_whether_empty, is_at_work, live, make_site, simulated_lift
from ui.demo.hands import NotTouchableError

SUPERVISOR = next(each for each in SAMPLE_PEOPLE if each.role is Role.SUPERVISOR)
ORDER = "KITS-1"
TRIES = 20
SOON = "2026-01-05T08:00:00+00:00"  # before every order of the sample site, so that it stands first


@pytest.fixture
def lift(tmp_path: Path) -> Iterator[Device]:
    with simulated_lift(tmp_path, speed=50.0) as device:
        make_site(tmp_path, orders=1)
        yield device


def plain_items(person: Person) -> list[Item]:
    """Items of which enough lies free in one tray each, that need no lot, serial or second person."""
    found: dict[int, Item] = {}
    for each in person.running.store.stock():
        item = person.running.store.item(each.key.item)
        assert item is not None
        is_plain = not (item.lot_tracked or item.serial_tracked or item.two_person or item.access or item.decimals)
        is_free = each.key.status is StockStatus.FREE and each.key.owner == "own" and not each.key.lot and each.quantity >= 9
        if (
            is_plain
            and is_free
            and item.proof is not ProofRule.SCAN_EACH
            and item.code not in {one.code for one in found.values()}
        ):
            found.setdefault(each.place.tray, item)
    return list(found.values())


def import_order(person: Person, folder: Path) -> tuple[str, ...]:
    """A kit of two items, and an order for two of it with two lines more."""
    bolt, nut, third, fourth = (each.code for each in plain_items(person)[:4])
    files = {
        "items.csv": "item,name\nKIT-1,Door kit\n",
        "kits.csv": f"kit,component,quantity\nKIT-1,{bolt},2\nKIT-1,{nut},1\n",
        "orders.csv": "order,kind,line,item,quantity,host_key,need_by\n"
        f"{ORDER},pick,10,KIT-1,2,H-10,{SOON}\n{ORDER},pick,20,{third},1,H-20,{SOON}\n{ORDER},pick,30,{fourth},1,H-30,{SOON}\n",
    }
    for name, text in files.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        assert import_file(path, person.running.store).is_clean
    return bolt, nut, third, fourth


def on_page(is_so: Callable[[OrdersFace], bool]) -> Callable[[View], bool]:
    return lambda view: isinstance(view.face, OrdersFace) and is_so(view.face)


def lists(order: str) -> Callable[[View], bool]:
    return lambda view: isinstance(view.face, WorkFace) and order in {each.order for each in view.face.orders}


def asks(code: str) -> Callable[[View], bool]:
    return on_page(lambda face: isinstance(face.ask, AskChoice) and face.ask.code == code)


def has_lines(order: str) -> Callable[[View], bool]:
    return on_page(lambda face: face.order == order and face.seen is not None and face.ask is None and not face.is_acting)


async def pressed(person: Person, name: str) -> None:
    """A button that may be behind "more": a view that comes meanwhile covers it again, and the hand tries once more."""
    for _ in range(TRIES):
        try:
            await person.hands.tap(name)
        except NotTouchableError:
            await person.until_written()
        else:
            return
    raise AssertionError(name)


async def look_at(person: Person, order: str) -> OrdersFace:
    await person.until(lists(order), f"{order} in the list")
    await person.hands.tap(f"order_{order}")
    await pressed(person, "action_orders")
    face = (await person.until(has_lines(order), "its lines")).face
    assert isinstance(face, OrdersFace)
    return face


def is_next(view: View, done: set[int]) -> bool:
    """Whether a line can be worked that was not done yet."""
    return is_at_work(view) and isinstance(view.face, TaskFace) and view.face.line_no not in done


def is_past(view: View, done: set[int]) -> bool:
    """Whether the screen asks for something else than a line that was done."""
    return asks_whether_empty(view) or not isinstance(view.face, TaskFace) or view.face.line_no not in done


async def done_one(person: Person, done: set[int]) -> None:
    """One line to its end; `done` are those that were."""
    before = len(person.running.store.events(kinds=("picked",), limit=None))
    await person.until(lambda view: is_next(view, done), "the next line at the bay")
    done.add(person.task.line_no)
    flash = person.view.flash
    await person.confirm()
    await person.until(lambda view: view.flash > flash, "the booking on the disk")
    await person.until(lambda view: is_past(view, done), "what comes next")
    if asks_whether_empty(person.view):
        await person.hands.tap("choice_yes")
    assert len(person.running.store.events(kinds=("picked",), limit=None)) == before + 1


def test_an_order_is_split_and_taken_over_after_a_stop(tmp_path: Path, lift: Device) -> None:
    done: set[int] = set()

    async def begun_and_left(person: Person) -> None:
        """The operator takes the first part; then somebody presses the emergency stop, and he goes."""
        import_order(person, tmp_path)
        await person.sign_on(OPERATOR)
        await person.until(lists(ORDER), "the order")
        await person.hands.tap(f"order_{ORDER}")
        await person.hands.tap("action_start")
        face = await person.until_at_work()
        assert face.kit is not None
        assert (face.kit.kit, face.kit.asked, face.kit.parts) == ("KIT-1", 2, 2)
        await done_one(person, done)
        await person.until(lambda view: is_next(view, done), "the next line")
        await person.ask_lift("e_stop", on=True)
        await person.until(lambda view: view.bar.level is Level.STOP, "the stop on the screen")
        await person.until(lambda view: allows(view, Action.LEAVE_WORK), "a way out")
        await pressed(person, "action_leave_work")
        await person.until(lists(ORDER), "the work list")
        await person.ask_lift("e_stop", on=False)
        await person.ask_lift("reset")
        await person.until(lambda view: view.bar.level is not Level.STOP, "a machine that works")
        await pressed(person, "action_sign_off")
        await person.until(lambda view: isinstance(view.face, SignOnFace), "nobody")

    async def split_off(person: Person) -> None:
        """The supervisor sees who did what, and puts line 30 into an order of its own."""
        face = await look_at(person, ORDER)
        assert [each.seen.workers for each in face.lines if each.seen.line.done_quantity] == [(OPERATOR.name,)]
        assert face.primary is Action.TAKE_OVER
        await person.hands.tap("action_split_order")
        await person.until(on_page(lambda face: face.chooses), "the lines to choose")
        await person.hands.tap("orderline_30")
        await person.until(on_page(lambda face: any(each.is_chosen for each in face.lines)), "a chosen line")
        await person.hands.tap("action_split_order")
        await person.until(asks("why_order_split"), "the reason")
        await person.hands.tap("choice_order_part_urgent")
        await person.type_pin_again(SUPERVISOR)
        await person.until_bar("order_order_split_done")

    async def taken_over(person: Person) -> None:
        await person.until(has_lines(ORDER), "the rest of the order")
        await person.hands.tap("action_take_over")
        await person.until(asks("why_order_take_over"), "the reason")
        await person.hands.tap("choice_order_person_left")
        await person.type_pin_again(SUPERVISOR)
        for _ in range(2):
            await person.until(lambda view: isinstance(view.face, TaskFace), "a line")
            if allows(person.view, Action.FETCH_AGAIN):
                await person.hands.tap("action_fetch_again")
            await done_one(person, done)
        await person.until(lambda view: isinstance(view.face, WorkFace) and view.face.wait is None, "the end of the order")

    async def cancelled(person: Person) -> None:
        await look_at(person, f"{ORDER}/2")
        await person.hands.tap("action_cancel_order")
        await person.until(asks("why_order_cancel"), "the reason")
        await person.hands.tap("choice_order_not_needed")
        await person.type_pin_again(SUPERVISOR)
        await person.until_bar("order_cancelled_now")

    def records(person: Person) -> None:
        store = person.running.store
        kinds = ("order_split", "order_taken_over", "order_cancelled")
        acts = [(row.kind, json.loads(row.body)["data"]["order"]) for row in store.events(kinds=kinds, limit=None)]
        assert acts == [("order_split", ORDER), ("order_taken_over", ORDER), ("order_cancelled", f"{ORDER}/2")]
        who = [row.operator for row in store.events(kinds=("picked",), order=ORDER, limit=None)]
        assert len(who) == 3
        assert who[0] != who[1] == who[2]
        first, second = store.order(ORDER), store.order(f"{ORDER}/2")
        assert first is not None
        assert second is not None
        assert (first.state, second.state) == (OrderState.CLOSED, OrderState.CANCELLED)
        assert store.verify().is_ok
        assert store.stock_matches_log()

    def host_rows(person: Person) -> list[tuple[str, ...]]:
        """What the host is told of the order, by this file or an earlier one."""
        store = person.running.store
        names = Results(store=store, directory=tmp_path / "told", station="DEMO1")
        rows = [row_of(event, names) for event in store.events(kinds=RESULT_KINDS, limit=None)]
        told = [each for each in rows if each is not None and each.host_key.startswith("H-")]
        return [(each.order, each.line, each.host_key, each.kind, each.quantity) for each in told]

    async def play(person: Person) -> None:
        await begun_and_left(person)
        await person.sign_on(SUPERVISOR)
        await split_off(person)
        await taken_over(person)
        await cancelled(person)
        records(person)
        assert sorted(host_rows(person)) == [
            (ORDER, "10", "H-10", "confirmed", "2"),
            (ORDER, "20", "H-20", "confirmed", "1"),
            (ORDER, "30", "H-30", "cancelled", "0"),
        ]

    live(tmp_path, lift, play)
