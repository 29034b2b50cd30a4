"""Other work at the bay: every kind from its first question to its booking, and what must never be lost on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.stock import Corrected, Picked, Put
from db.records.taken import CompartmentDue, GivenBack, Returned, TakenOut
from hardware.values import LinkUp
from station import commands as do
from station.core.inputs import Scanned, SiteChanged, StoreChanged
from station.flows.other_task import ScrapLimit
from station.scan import place_label
from station.values import Item, Place, StockKey, StockStatus
from station.view.ask import AskChoice, AskNumber, AskText
from station.view.other import OtherFace
from station.view.sign_on import PinAgainFace
from station.view.task import TaskFace
from station.view.work import WorkFace
from tests.helpers.fake_store import NOON
from tests.helpers.sample import BOLT, ELIF, JONAS, MACHINE, MARA, METER, NUT, RESIN, place
from tests.helpers.world import BADGE, World

WRENCH = Item(code="WRENCH-1", name="Torque wrench", is_tool=True, unit_value=20_000)


def at_other(person: str = MARA.person) -> World:
    world = World()
    world.store.items[WRENCH.code] = WRENCH
    world.store.held[place(6, "C8"), StockKey(item=WRENCH.code)] = 2
    world.sign_on(person)
    world.settle()
    world.give(do.OpenOther())
    world.settle()
    return world


def ask(world: World) -> str:
    shown = world.view().face
    assert isinstance(shown, OtherFace), shown
    return shown.ask.code if shown.ask is not None else ""


def keys(world: World) -> list[str]:
    shown = world.view().face
    assert isinstance(shown, OtherFace)
    assert isinstance(shown.ask, AskChoice)
    return [each.key for each in shown.ask.choices]


def answer(world: World, *answers: str | int) -> None:
    """A word is chosen where there are choices and typed where letters are asked; a number is typed."""
    for each in answers:
        face = world.view().face
        assert isinstance(face, OtherFace), face
        token = world.state.token
        if isinstance(face.ask, AskNumber):
            world.give(do.EnterNumber(token, int(each)))
        elif isinstance(face.ask, AskText):
            world.give(do.EnterText(token, str(each)))
        else:
            assert each in keys(world), (each, keys(world))
            world.give(do.Choose(token, str(each)))
        world.settle()


def stock_key(world: World, at: Place) -> str:
    """The choice that takes from this place."""
    shown = world.view().face
    assert isinstance(shown, OtherFace)
    assert isinstance(shown.ask, AskChoice)
    found = [e.key for e in shown.ask.choices if (e.params.get("tray"), e.params.get("compartment")) == (at.tray, at.compartment)]
    return found[0]


def tools(world: World) -> None:
    world.give(do.ShowTools(world.state.token))
    world.settle()


def confirm(world: World) -> None:
    assert isinstance(world.view().face, TaskFace), world.view().face
    world.give(do.Confirm(world.state.token))
    world.settle()


def scan(world: World, text: str) -> None:
    world.feed(Scanned(text, "S"))
    world.settle()


def moved(world: World) -> list[Picked | Put]:
    return [each for each in world.store.written if isinstance(each, Picked | Put)]


def sum_of(world: World, item: Item) -> int:
    """All there is of it: in compartments and on accounts."""
    lying = sum(quantity for (_, key), quantity in world.store.held.items() if key.item == item.code)
    return lying + sum(each.quantity for each in world.store.taken() if each.key.item == item.code)


def take(world: World, quantity: int = 2) -> None:
    answer(world, "transfer", BOLT.code)
    answer(world, stock_key(world, place(4, "C7")), quantity)
    confirm(world)


# --- transfer


def test_a_transfer_takes_leads_on_and_puts_down() -> None:
    world = at_other()
    before = sum_of(world, BOLT)
    take(world)
    out = moved(world)[-1]
    assert isinstance(out, TakenOut)
    assert (out.reason, out.quantity, out.account, out.holder) == ("transfer", 2, "hand", MARA.person)
    assert sum_of(world, BOLT) == before
    assert ask(world) == "other_place"
    assert world.state.custody.tray_here == 4, "the tray stays until it is known where the goods go"
    scan(world, place_label(place(4, "D1")))
    task = world.view().face
    assert isinstance(task, TaskFace)
    assert (task.mode, task.tray, task.compartment) == ("put", 4, "D1")
    confirm(world)
    down = moved(world)[-1]
    assert isinstance(down, GivenBack)
    assert (down.reason, down.quantity, down.account) == ("transfer", 2, "hand")
    assert world.store.taken() == ()
    assert world.store.held[place(4, "D1"), StockKey(item=BOLT.code)] == 2
    assert sum_of(world, BOLT) == before
    assert isinstance(world.view().face, WorkFace)


def test_a_transfer_goes_to_another_tray_too() -> None:
    world = at_other()
    take(world)
    scan(world, place_label(place(5, "D1")))
    task = world.view().face
    assert isinstance(task, TaskFace)
    assert (task.tray, task.is_here) == (5, True)
    confirm(world)
    assert world.store.held[place(5, "D1"), StockKey(item=BOLT.code)] == 2
    assert world.store.taken() == ()


def test_what_is_in_hand_survives_the_end_of_the_program_and_is_asked_about_again() -> None:
    world = at_other()
    take(world)
    world.restart()
    world.feed(LinkUp())
    world.sign_on(MARA.person)
    world.settle()
    assert world.store.taken()[0].quantity == 2
    assert ask(world) == "other_place"


def test_it_may_be_put_down_later_and_the_list_says_so_until_then() -> None:
    world = at_other()
    take(world)
    world.give(do.Back(world.state.token))
    world.give(do.ClosePage())
    world.settle()
    assert isinstance(world.view().face, WorkFace)
    assert world.view().bar.code == "in_hand"
    world.give(do.OpenOther())
    world.settle()
    world.give(do.PutDownHand(world.state.token))
    world.settle()
    assert ask(world) == "other_place"


def test_another_operator_does_not_see_it_and_a_supervisor_may_put_it_down() -> None:
    world = at_other()
    take(world)
    world.give(do.Back(world.state.token))
    world.give(do.ClosePage())
    world.settle()
    world.give(do.SignOff())
    world.settle()
    world.sign_on(JONAS.person)
    world.settle()
    assert isinstance(world.view().face, WorkFace)
    world.give(do.OpenOther())
    world.settle()
    world.give(do.PutDownHand(world.state.token))
    world.settle()
    scan(world, place_label(place(4, "D1")))
    confirm(world)
    down = moved(world)[-1]
    assert isinstance(down, GivenBack)
    assert down.holder == MARA.person
    assert world.store.taken() == ()


def test_who_takes_the_work_over_has_the_goods_in_his_hand() -> None:
    world = at_other()
    answer(world, "transfer", BOLT.code)
    answer(world, stock_key(world, place(4, "C7")), 2)
    world.give(do.LockScreen())
    world.settle()
    world.sign_on(JONAS.person)
    world.settle()
    world.give(do.AnswerHandOver(True))
    world.settle()
    confirm(world)
    assert [each.holder for each in world.store.taken()] == [JONAS.person]
    assert ask(world) == "other_place"


def test_less_than_said_is_in_hand_when_less_was_there() -> None:
    world = at_other()
    answer(world, "transfer", BOLT.code)
    answer(world, stock_key(world, place(4, "C7")), 5)
    world.give(do.NotEnough(world.state.token))
    for command in (do.EnterNumber(world.state.token, 3),):
        world.give(command)
    world.give(do.Choose(world.state.token, "not_there"))
    world.give(do.EnterNumber(world.state.token, 0))
    world.settle()
    assert [type(each) for each in world.store.written if isinstance(each, Picked | Corrected)] == [TakenOut, Corrected]
    assert world.store.taken()[0].quantity == 3


def test_what_does_not_fit_stays_in_hand_and_is_asked_about_again() -> None:
    world = at_other()
    take(world, 3)
    scan(world, place_label(place(4, "D1")))
    world.give(do.NotEnough(world.state.token))
    world.give(do.EnterNumber(world.state.token, 1))
    world.give(do.Choose(world.state.token, "no_space"))
    world.settle()
    assert world.store.taken()[0].quantity == 2
    assert ask(world) == "other_place"
    assert sum_of(world, BOLT) == 10


def test_put_elsewhere_asks_for_another_place_and_the_tray_stays() -> None:
    world = at_other()
    take(world)
    scan(world, place_label(place(4, "D1")))
    world.give(do.ElsewherePut(world.state.token))
    world.settle()
    assert ask(world) == "other_place"
    assert world.state.custody.tray_here == 4
    assert world.store.taken()[0].quantity == 2


def test_what_was_put_down_is_not_put_down_once_more_from_an_older_list() -> None:
    world = at_other()
    take(world)
    older = world.state.taken
    scan(world, place_label(place(4, "D1")))
    confirm(world)
    world.give(do.OpenOther())
    world.settle()
    world.state = replace(world.state, taken=older)  # the answer to an older question came last
    world.give(do.PutDownHand(world.state.token))
    world.settle()
    assert world.view().bar.error == "O439"
    assert world.store.held[place(4, "D1"), StockKey(item=BOLT.code)] == 2


def test_a_tray_that_was_lost_in_the_middle_loses_nothing() -> None:
    world = at_other()
    take(world)
    scan(world, place_label(place(5, "D1")))
    world.give(do.LeaveWork(world.state.token))
    world.settle()
    assert world.store.taken()[0].quantity == 2
    assert sum_of(world, BOLT) == 10


def test_nothing_is_taken_while_the_tray_is_not_at_the_bay() -> None:
    world = at_other()
    answer(world, "transfer", BOLT.code)
    key = stock_key(world, place(4, "C7"))
    world.give(do.Choose(world.state.token, key))
    world.read_all()
    world.give(do.EnterNumber(world.state.token, 2))
    world.read_all()
    world.give(do.Confirm(world.state.token))
    assert moved(world) == []


# --- return


def test_a_return_against_its_order_is_net_in_the_record() -> None:
    world = at_other()
    world.store.write([_picked("O1", "1", BOLT, 4)])
    answer(world, "return", BOLT.code)
    assert keys(world) == ["of_0", "no_order"]
    answer(world, "of_0", 5)
    assert world.view().bar.error == "O432"  # no more comes back than went out
    answer(world, 3)
    scan(world, place_label(place(4, "C7")))
    confirm(world)
    back = moved(world)[-1]
    assert isinstance(back, Returned)
    assert (back.reason, back.quantity, back.of_order, back.of_line, back.order) == ("return", 3, "O1", "1", "")
    assert [(each.order, each.quantity) for each in world.store.net_picks(BOLT.code, 5)] == [("O1", 1)]


def test_a_return_without_an_order_is_a_put_with_its_reason() -> None:
    world = at_other()
    answer(world, "return", BOLT.code, 1)
    answer(world, keys(world)[0])
    confirm(world)
    back = moved(world)[-1]
    assert type(back) is Put
    assert (back.reason, back.quantity, back.order) == ("return", 1, "")


def test_another_lot_is_not_returned_into_a_compartment() -> None:
    world = at_other()
    answer(world, "return", RESIN.code, 1)
    scan(world, place_label(place(5, "C8")))
    world.give(do.Confirm(world.state.token))
    world.give(do.EnterText(world.state.token, "L2"))
    world.settle()
    assert world.view().bar.error == "O362"
    assert moved(world) == []


# --- scrap


def test_scrap_leaves_with_its_reason() -> None:
    world = at_other()
    answer(world, "scrap", BOLT.code)
    answer(world, stock_key(world, place(4, "C7")), 2, "scrap_expired")
    confirm(world)
    out = moved(world)[-1]
    assert (type(out), out.reason, out.quantity) == (Picked, "scrap_expired", 2)


@pytest.mark.parametrize(
    ("limit", "item", "quantity", "asks"),
    [
        (ScrapLimit(pieces=2), BOLT, 2, False),
        (ScrapLimit(pieces=2), BOLT, 3, True),
        (ScrapLimit(value=20_000), WRENCH, 1, False),
        (ScrapLimit(value=20_000), WRENCH, 2, True),
        (ScrapLimit(), WRENCH, 2, False),
    ],
)
def test_above_the_limit_a_second_person_confirms(limit: ScrapLimit, item: Item, quantity: int, asks: bool) -> None:
    world = at_other()
    world.state = replace(world.state, rules=replace(world.state.rules, scrap=limit))
    answer(world, "scrap", item.code)
    answer(world, keys(world)[0], quantity, "scrap_damaged")
    confirm(world)
    assert isinstance(world.view().face, PinAgainFace) is asks
    assert bool(moved(world)) is not asks


def test_expired_and_blocked_stock_may_be_scrapped_and_is_not_lent() -> None:
    world = at_other()
    world.store.held = {(place(6, "C8"), StockKey(item=WRENCH.code, status=StockStatus.BLOCKED)): 1}
    tools(world)
    answer(world, "tool_out", WRENCH.code)
    assert world.view().bar.error == "O437"
    for _ in range(2):
        world.give(do.Back(world.state.token))
    answer(world, "scrap", WRENCH.code, "stock_0", 1, "scrap_damaged")
    confirm(world)
    assert moved(world)[-1].status == "blocked"


# --- damaged


def test_damaged_goods_stay_there_on_hold_in_one_booking() -> None:
    world = at_other()
    answer(world, "damaged", BOLT.code)
    answer(world, stock_key(world, place(4, "C7")), 2, "hold")
    confirm(world)
    out, held = moved(world)[-2:]
    assert (out.status, out.quantity, held.status, held.quantity) == ("free", 2, "quality_hold", 2)
    assert isinstance(held, Put)
    assert sum_of(world, BOLT) == 10


def test_the_undo_of_a_hold_asks_for_no_act_because_nothing_was_moved() -> None:
    world = at_other()
    answer(world, "damaged", BOLT.code)
    answer(world, stock_key(world, place(4, "C7")), 6, "hold")
    confirm(world)
    assert world.state.undo is not None
    assert world.state.undo.made.moved == "book"


def test_a_damaged_serial_goes_on_hold_although_it_lies_there_already() -> None:
    world = at_other()
    answer(world, "damaged", METER.code, "stock_0", "hold")
    confirm(world)
    assert world.store.held[place(6, "C7"), StockKey(item=METER.code, serial="S1", status=StockStatus.QUALITY_HOLD)] == 1


def test_damaged_goods_may_be_scrapped_at_once() -> None:
    world = at_other()
    answer(world, "damaged", BOLT.code)
    answer(world, stock_key(world, place(4, "C7")), 2, "scrap", "scrap_damaged")
    confirm(world)
    assert moved(world)[-1].reason == "scrap_damaged"


# --- a wrong item, and what was found


def test_an_operator_has_the_place_counted_and_books_nothing() -> None:
    world = at_other()
    answer(world, "wrong")
    scan(world, place_label(place(4, "C7")))
    answer(world, NUT.code, 1)
    assert keys(world) == ["count_only"]
    answer(world, "count_only")
    assert [each for each in world.store.written if isinstance(each, CompartmentDue)] == [
        CompartmentDue(machine=MACHINE, tray=4, compartment="C7", why="wrong_item", item=NUT.code, quantity=1)
    ]
    assert moved(world) == []
    assert (place(4, "C7"), StockKey(item=BOLT.code)) in world.store.due


def test_who_may_moves_it_on_in_one_booking_and_the_place_is_counted() -> None:
    world = at_other(JONAS.person)
    answer(world, "wrong")
    scan(world, place_label(place(4, "C7")))
    answer(world, NUT.code, 1, "move")
    confirm(world)
    put, out = moved(world)[-2:]
    assert (type(put), type(out)) == (Put, TakenOut)
    assert (put.reason, out.account, out.quantity) == ("wrong_item", "hand", 1)
    assert (place(4, "C7"), StockKey(item=BOLT.code)) in world.store.due
    assert ask(world) == "other_place"
    scan(world, place_label(place(4, "C8")))
    confirm(world)
    assert world.store.taken() == ()
    assert world.store.held[place(4, "C8"), StockKey(item=NUT.code)] == 4


@pytest.mark.parametrize(("treatment", "error"), [("move", ""), ("stay", "O362")])
def test_what_does_not_belong_there_may_leave_and_may_not_stay(treatment: str, error: str) -> None:
    world = at_other(JONAS.person)
    world.store.items[NUT.code] = replace(NUT, storage_class=("esd",))
    answer(world, "wrong")
    scan(world, place_label(place(4, "C7")))
    answer(world, NUT.code, 1, treatment)
    confirm(world)
    assert world.view().bar.error == error
    assert bool(moved(world)) is not bool(error)


def test_it_may_stay_there_and_is_booked_in() -> None:
    world = at_other(JONAS.person)
    answer(world, "wrong")
    scan(world, place_label(place(4, "C7")))
    answer(world, NUT.code, 1, "stay")
    confirm(world)
    assert (moved(world)[-1].reason, moved(world)[-1].item) == ("wrong_item", NUT.code)
    assert world.store.taken() == ()


def test_found_stock_is_booked_in_by_right_alone() -> None:
    world = at_other()
    assert "found" not in keys(world)
    world.give(do.Choose(world.state.token, "found"))
    assert ask(world) == "other_what"
    world = at_other(JONAS.person)
    answer(world, "found", BOLT.code)
    scan(world, place_label(place(4, "D1")))
    answer(world, 3, "found_loose")
    confirm(world)
    assert (moved(world)[-1].reason, moved(world)[-1].quantity, moved(world)[-1].compartment) == ("found_loose", 3, "D1")


def test_a_place_that_is_not_there_is_asked_again() -> None:
    world = at_other(JONAS.person)
    answer(world, "found", BOLT.code, 4, "Z9")
    assert world.view().bar.error == "O433"
    assert ask(world) == "late_which_compartment"


# --- tools


def test_a_tool_stands_on_the_account_of_who_has_it_until_it_is_back() -> None:
    world = at_other()
    tools(world)
    answer(world, "tool_out", WRENCH.code, "stock_0", 1, "me", "due_8")
    confirm(world)
    entry = world.store.taken()[0]
    assert (entry.account, entry.holder, entry.quantity) == ("tool", MARA.person, 1)
    assert entry.due_at is not None
    assert (entry.due_at - NOON).total_seconds() == 8 * 3600
    assert sum_of(world, WRENCH) == 2
    assert isinstance(world.view().face, WorkFace), "what is lent is not in the hand: nobody puts it down"
    world.give(do.OpenOther())
    world.settle()
    tools(world)
    answer(world, "lent")
    face = world.view().face
    assert isinstance(face, OtherFace)
    assert [(each.taken.key.item, each.who) for each in face.rows] == [(WRENCH.code, MARA.name)]
    world.give(do.Back(world.state.token))
    answer(world, "tool_in", WRENCH.code, "good")
    scan(world, place_label(place(6, "C8")))
    confirm(world)
    assert world.store.taken() == ()
    assert world.store.held[place(6, "C8"), StockKey(item=WRENCH.code)] == 2


def test_a_damaged_tool_comes_back_on_hold() -> None:
    world = at_other()
    tools(world)
    answer(world, "tool_out", WRENCH.code, "stock_0", 1, "job", "JOB-7", "due_never")
    confirm(world)
    assert (world.store.taken()[0].job, world.store.taken()[0].holder, world.store.taken()[0].due_at) == ("JOB-7", "", None)
    world.give(do.OpenOther())
    world.settle()
    tools(world)
    answer(world, "tool_in", WRENCH.code, "damaged")
    scan(world, place_label(place(4, "D1")))
    world.settle()
    confirm(world)
    back = moved(world)[-1]
    assert isinstance(back, GivenBack)
    assert (back.condition, back.status, back.was_status) == ("damaged", "quality_hold", "free")
    assert world.store.taken() == ()


def test_a_badge_is_no_job_and_stands_in_no_record() -> None:
    world = at_other()
    tools(world)
    answer(world, "tool_out", WRENCH.code, "stock_0", 1, "job")
    scan(world, BADGE)
    assert world.view().bar.error == "O438"
    assert ask(world) == "other_job"
    assert BADGE not in repr(world.view())
    assert BADGE not in repr(world.store.written)


@pytest.mark.parametrize(("kind", "item", "error"), [("tool_out", BOLT, "O435"), ("tool_in", WRENCH, "O436")])
def test_what_is_no_tool_or_not_out_is_said(kind: str, item: Item, error: str) -> None:
    world = at_other()
    tools(world)
    answer(world, kind, item.code)
    assert world.view().bar.error == error


# --- who may, and what may not be


def test_who_may_not_work_directly_does_not_come_here() -> None:
    world = World()
    world.sign_on(ELIF.person)
    world.settle()
    world.give(do.OpenOther())
    assert world.view().bar.error == "O319"
    assert isinstance(world.view().face, WorkFace)


def test_an_item_that_asks_for_a_right_is_not_handled_without_it() -> None:
    world = at_other()
    world.store.items[BOLT.code] = replace(BOLT, access="cage")
    world.feed(SiteChanged())
    answer(world, "return", BOLT.code)
    assert world.view().bar.error == "O434"


def test_a_full_disk_begins_nothing_and_says_so() -> None:
    world = at_other()
    answer(world, "transfer", BOLT.code)
    answer(world, stock_key(world, place(4, "C7")))
    world.feed(StoreChanged("D401"))
    answer(world, 2)
    assert (world.view().bar.code, world.view().bar.error) == ("store_read_only", "D401")
    assert isinstance(world.view().face, OtherFace)
    assert world.move is None


def test_a_badge_is_no_item_and_is_not_said() -> None:
    world = at_other()
    answer(world, "transfer")
    scan(world, BADGE)
    assert world.view().bar.error == "O306"
    assert BADGE not in repr(world.view())


def _picked(order: str, line: str, item: Item, quantity: int) -> Picked:
    at = place(4, "C7")
    where = {"machine": at.machine, "tray": at.tray, "compartment": at.compartment}
    return Picked(**where, visit=1, item=item.code, order=order, line=line, quantity=quantity)
