"""A defect found at a pick holds the rest of the lot; a supervisor releases it again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.orders import LineClosed
from db.records.people import PinConfirmed
from db.records.receipts import LotHeld, LotReleased, Received
from db.records.stock import Moved, Picked, Put
from db.records.undo import BookingUndone
from station import commands as do
from station.core.inputs import SiteChanged
from station.flows import defect, pick
from station.flows.turn import Book, Finished, LotStockFound
from station.held_lots import LotPlace, release
from station.result_row import row_of
from station.usable_stock import Terms, usable, why_none
from station.values import LotHold, Order, OrderKind, OrderLine, Place, Stock, StockKey, StockStatus
from station.view.ask import AskChoice
from station.view.lots import LotsFace
from station.view.sign_on import PinAgainFace
from station.view.task import TaskFace
from tests.helpers.fake_store import NOON, FakeStore
from tests.helpers.receipts import HERE, choose
from tests.helpers.sample import BOLT, JONAS, MARA, RESIN, every_task_event, place, task, working
from tests.helpers.world import World

L1 = StockKey(item=RESIN.code, lot="L1")
HELD = replace(L1, status=StockStatus.QUALITY_HOLD)


def at_pick(*quantities: int, places: tuple[str, ...] = (), **world: object) -> World:
    """Mara picks resin for one order with so many lines. L1 lies in two trays and at the bay, L2 in a third one."""
    made = World(**world)  # type: ignore[arg-type]
    made.store.held = {
        (place(5, "C8"), L1): 4,
        (place(4, "D1"), L1): 3,
        (HERE, L1): 2,
        (place(6, "D1"), replace(L1, lot="L2")): 9,
        (place(4, "C7"), StockKey(item=BOLT.code)): 6,
    }
    lines = tuple(
        OrderLine(order="O9", line=str(number), item=RESIN.code, quantity=each) for number, each in enumerate(quantities, 1)
    )
    made.store.orders = {"O9": Order(order="O9", kind=OrderKind.PICK, lines=lines)}
    made.sign_on(MARA.person)
    made.settle()
    made.start("O9")
    made.settle()
    return made


def say_defective(world: World, good: int) -> None:
    """Not enough, so many were good, defective: one touch after the number."""
    world.give(do.NotEnough(world.state.token))
    world.give(do.EnterNumber(world.state.token, good))
    asked = getattr(world.view().face, "ask", None)
    assert isinstance(asked, AskChoice)
    assert asked.choices[-1].key == "defective"
    choose(world, "defective")


def held(world: World, kind: type) -> list:
    return [each for each in world.store.written if isinstance(each, kind)]


def shown(world: World) -> TaskFace:
    face = world.view().face
    assert isinstance(face, TaskFace)
    return face


def test_one_touch_books_what_was_good_and_holds_the_lot_wherever_it_lies() -> None:
    world = at_pick(4)
    assert (shown(world).tray, shown(world).key.lot) == (5, "L1")
    say_defective(world, 1)
    assert {where: quantity for (where, key), quantity in world.store.held.items() if key == HELD and quantity} == {
        place(5, "C8"): 3,
        place(4, "D1"): 3,
        HERE: 2,
    }
    assert not any(quantity for (_, key), quantity in world.store.held.items() if key == L1)
    told = held(world, LotHeld)
    assert [(each.lot, each.quantity, each.places, each.reason) for each in told] == [("L1", 8, 3, "defective")]
    assert sum(each.quantity for each in held(world, Picked) if each.order) == 1


def test_a_hold_is_not_undone_and_the_touch_says_who_releases_it() -> None:
    world = at_pick(4)
    say_defective(world, 1)
    world.give(do.Undo(world.state.token))
    assert world.view().bar.error == "O411"
    world.settle()
    assert not held(world, BookingUndone)


def test_the_rest_of_the_line_comes_from_another_lot() -> None:
    world = at_pick(4)
    say_defective(world, 1)
    assert (shown(world).tray, shown(world).key.lot, shown(world).asked) == (6, "L2", 3)
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert [(each.outcome, each.done_quantity) for each in held(world, LineClosed)] == [("confirmed", 4)]


def test_other_tasks_of_the_lot_look_for_other_stock_too() -> None:
    world = at_pick(4, 3)
    say_defective(world, 0)
    tasks = world.state.round.queue if world.state.round else ()
    assert tasks
    assert {each.key.lot for each in tasks} == {"L2"}
    assert sum(each.quantity for each in tasks) == 7
    while world.state.round is not None:
        world.give(do.Confirm(world.state.token))
        world.settle()
    assert sorted((each.line, each.outcome, each.done_quantity) for each in held(world, LineClosed)) == [
        ("1", "confirmed", 4),
        ("2", "confirmed", 3),
    ]


def test_nothing_else_is_there_and_the_lines_end_short_as_defective() -> None:
    world = at_pick(4, 3)
    world.store.held.pop((place(6, "D1"), replace(L1, lot="L2")))
    say_defective(world, 1)
    closed = sorted((each.line, each.outcome, each.done_quantity, each.reason) for each in held(world, LineClosed))
    assert closed == [("1", "short", 1, "defective"), ("2", "short", 0, "defective")]


def test_goods_without_a_lot_are_held_in_their_compartment_alone() -> None:
    world = World()
    world.store.orders = {
        "O9": Order(order="O9", kind=OrderKind.PICK, lines=(OrderLine(order="O9", line="1", item=BOLT.code, quantity=5),))
    }
    world.sign_on(MARA.person)
    world.settle()
    world.start("O9")
    world.settle()
    assert shown(world).tray == 4
    say_defective(world, 2)
    key = StockKey(item=BOLT.code)
    assert world.store.held[place(4, "C7"), replace(key, status=StockStatus.QUALITY_HOLD)] == 4
    assert world.store.held[place(5, "C7"), key] == 4
    assert (shown(world).tray, shown(world).asked) == (5, 3)


def test_a_refused_booking_holds_nothing_and_the_reason_is_asked_again() -> None:
    world = at_pick(4, 3)
    before = dict(world.store.held)
    world.give(do.NotEnough(world.state.token))
    world.give(do.EnterNumber(world.state.token, 1))
    world.give(do.Choose(world.state.token, "defective"))
    world.read_all()
    world.write(is_refused=True)
    assert world.store.held == before
    assert held(world, LotHeld) == []
    queue = world.state.round.queue if world.state.round else ()
    assert {each.key.lot for each in queue} == {"L1"}
    assert world.state.round is not None
    assert world.state.round.holds is None


def test_of_several_orders_in_one_go_the_good_ones_are_parted_and_the_lot_is_held() -> None:
    world = World(put_places=("T1", "T2"))
    world.store.held = {(place(5, "C8"), L1): 9, (place(6, "D1"), replace(L1, lot="L2")): 9}
    for name in ("OA", "OB"):
        line = OrderLine(order=name, line="1", item=RESIN.code, quantity=3)
        world.store.orders[name] = Order(order=name, kind=OrderKind.PICK, lines=(line,))
    world.sign_on(MARA.person)
    world.settle()
    world.start("OA", "OB")
    world.settle()
    for tote in ("BLO-A1", "BLO-B1"):
        world.scan(tote)
        world.settle()
    assert shown(world).asked == 6
    say_defective(world, 2)
    assert world.store.held[place(5, "C8"), HELD] == 7
    choose(world, "by_urgency")
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert world.store.held[place(5, "C8"), L1] == 0
    while world.state.round is not None:
        world.give(do.Confirm(world.state.token))
        world.settle()
    done = {each.order: each.done_quantity for each in held(world, LineClosed)}
    assert done == {"OA": 3, "OB": 3}


def test_nothing_is_lost_or_doubled_by_a_hold_and_a_release() -> None:
    world = at_pick(4)
    total = sum(world.store.held.values())
    say_defective(world, 1)
    assert sum(world.store.held.values()) == total - 1
    moved = [each for each in world.store.written if isinstance(each, Moved) and each.reason == "lot_held"]
    assert sum(each.quantity if isinstance(each, Put) else -each.quantity for each in moved) == 0  # type: ignore[attr-defined]


# --- the release


def at_lots(person: str = JONAS.person) -> World:
    world = World()
    world.store.orders = {}
    world.store.held = {(place(5, "C8"), HELD): 3, (place(4, "D1"), HELD): 2, (place(4, "C7"), StockKey(item=BOLT.code)): 6}
    world.sign_on(person)
    world.settle()
    world.give(do.OpenLots())
    world.settle()
    return world


def test_a_supervisor_releases_a_lot_with_his_pin_and_a_reason() -> None:
    world = at_lots()
    face = world.view().face
    assert isinstance(face, LotsFace)
    assert [(each.lot, each.quantity) for each in face.rows] == [("L1", 5)]
    world.give(do.ShowLot(world.state.token, 0))
    world.give(do.Choose(world.state.token, "tested_good"))
    assert isinstance(world.view().face, PinAgainFace)
    assert held(world, LotReleased) == []
    world.prove()
    world.settle()
    assert [(each.quantity, each.reason, each.places) for each in held(world, LotReleased)] == [(5, "tested_good", 2)]
    assert [each.act for each in held(world, PinConfirmed)] == ["lot_release"]
    assert world.store.held[place(5, "C8"), L1] == 3
    assert world.store.held[place(5, "C8"), HELD] == 0
    world.feed(SiteChanged())
    world.settle()
    face = world.view().face
    assert isinstance(face, LotsFace)
    assert face.rows == ()


def test_an_operator_releases_nothing() -> None:
    world = at_lots(MARA.person)
    assert not isinstance(world.view().face, LotsFace)


def test_what_has_changed_since_it_was_shown_is_not_released() -> None:
    world = at_lots()
    world.give(do.ShowLot(world.state.token, 0))
    world.give(do.Choose(world.state.token, "tested_good"))
    world.store.held[place(4, "D1"), HELD] = 1
    world.feed(SiteChanged())
    world.settle()
    world.prove()
    world.settle()
    assert held(world, LotReleased) == []
    assert world.store.held[place(5, "C8"), HELD] == 3


# --- the flow alone


@pytest.mark.parametrize("good", [0, 2])
def test_the_step_answers_to_what_it_names_and_to_nothing_else(good: int) -> None:
    of = replace(task(item=RESIN), key=L1)
    state = working(of).at(defect.Holding(good))
    found = LotStockFound(of, (LotPlace(of.place, L1, 20, 2),))
    named = {
        type(each).__name__ for each in (*every_task_event(key="defective"), found) if pick.advance(state, each) != (state, ())
    }
    assert named == {"Back", "LotStockFound"}
    assert pick.advance(state, LotStockFound(task(), ())) == (state, ())
    after, (booking,) = pick.advance(state, found)
    assert isinstance(booking, Book)
    assert booking.moved == good
    turned = [each for each in booking.records if isinstance(each, Moved) and each.reason == "lot_held"]
    assert [(each.quantity, each.visit) for each in turned] == [(20 - good, state.visit)] * 2  # type: ignore[attr-defined]
    assert getattr(after.step, "after", None) == Finished(missing=5 - good, reason="defective")


def test_the_host_hears_of_the_hold_once_and_of_no_movement() -> None:
    world = at_pick(4)
    say_defective(world, 1)
    rows = [row for event in world.store.log if (row := row_of(event, _Names(world.store))) is not None]
    assert [(row.kind, row.lot, row.quantity, row.reason) for row in rows] == [("lot_held", "L1", "8", "defective")]


class _Names:
    def __init__(self, store: FakeStore) -> None:
        self.item, self.order = store.item, store.order

    def movements(self, order: str, line: str, *, before: str) -> tuple[()]:
        return ()


# --- what comes of the lot later, and what lies on other machines


def receive_more(world: World, lot: str = "L1") -> None:
    world.give(do.LeaveWork(world.state.token))
    world.settle()
    world.give(do.OpenReceipts())
    world.settle()
    world.scan(RESIN.code)
    world.settle()
    world.give(do.EnterText(world.state.token, lot))
    world.settle()
    world.give(do.EnterNumber(world.state.token, 5))
    world.settle()


def test_more_of_a_held_lot_that_comes_in_later_is_held_too_and_nobody_is_asked_why() -> None:
    world = at_pick(4)
    say_defective(world, 1)
    world.settle()
    receive_more(world)
    assert (world.view().bar.code, world.view().bar.error) == ("goods_of_held_lot", "O412")
    asked = getattr(world.view().face, "ask", None)
    assert isinstance(asked, AskChoice)
    assert [each.key for each in asked.choices] == ["hold", "reject"]
    choose(world, "hold")
    world.give(do.LeaveOut(world.state.token))
    world.settle()
    (told,) = held(world, Received)
    assert (told.verdict, told.reason, told.lot) == ("hold", "lot_held", "L1")
    assert world.store.held[HERE, HELD] == 2 + 5


def test_another_lot_of_the_item_comes_in_as_ever() -> None:
    world = at_pick(4)
    say_defective(world, 1)
    world.settle()
    receive_more(world, "L7")
    assert [each.verdict for each in held(world, Received)] == ["release"]


@pytest.mark.parametrize("is_held", [True, False])
def test_free_stock_of_a_held_lot_is_offered_to_no_order_wherever_it_lies(is_held: bool) -> None:
    order = Order(order="O1", kind=OrderKind.PICK, lines=(OrderLine(order="O1", line="1", item=RESIN.code, quantity=1),))
    there = Stock(place=Place("M2", 1, "A"), key=L1, quantity=3)
    hold = LotHold(item=RESIN.code, lot="L1", owner="own", reason="defective", since=NOON)
    terms = Terms(held=(hold,) if is_held else ())
    assert bool(usable(order, order.lines[0], RESIN, [there], taken={}, terms=terms)) is not is_held
    assert why_none(order.lines[0], [there], terms) == ("held" if is_held else "promised")


def test_its_release_lets_later_goods_come_in_again_and_the_list_names_it_until_then() -> None:
    world = at_pick(4)
    say_defective(world, 1)
    world.settle()
    assert [(each.lot, each.owner) for each in world.store.lot_holds()] == [("L1", "own")]
    world.store.held = {where: each for where, each in world.store.held.items() if where[1].lot != "L1"}
    (named,) = world.reading.receipts.held_lots().lots
    assert (named.lot, named.places, named.quantity) == ("L1", (), 0)
    world.store.write(release(named, machine="M1", reason="tested_good"))
    assert world.store.lot_holds() == ()
    receive_more(world)
    assert [each.verdict for each in held(world, Received)] == ["release"]
