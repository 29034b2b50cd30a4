"""Goods are received at the bay, handed to whoever waits, and the rest is put away."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from db.records.orders import LineClosed, OrderClosed, OrderLeft
from db.records.people import AccessRefused, PinConfirmed
from db.records.stock import Picked, Put
from station import commands as do
from station.flows.undo import LIE_BACK
from station.receipt_photos import Photos
from station.scan import place_label
from station.values import Inspect, IssueRule, LineState, OrderState, Place, StockKey, StockStatus
from station.view.ask import AskChoice
from station.view.receipts import ReceiptsFace
from station.view.sign_on import PinAgainFace
from station.view.task import TaskFace
from station.view.work import WorkFace
from tests.helpers import receipts as at
from tests.helpers.fake_store import NOON
from tests.helpers.receipts import accept, announced, ask, at_bay, at_receipts, choose, count, face, pick_order, say, scan
from tests.helpers.sample import BOLT, ELIF, MARA, METER, NUT, RESIN, place
from tests.helpers.world import BADGE, World

LABEL = "[)>\x1e06\x1dP{item}\x1d{said}\x1e\x04"


def without_work(**more: object) -> World:
    """No order waits, so that everything is put away."""
    world = World(**more)  # type: ignore[arg-type]
    world.store.orders = {}
    return world


def put_away(world: World) -> TaskFace:
    choose(world, "goods_put_away")
    shown = world.view().face
    assert isinstance(shown, TaskFace)
    assert shown.mode == "put"
    return shown


def test_an_announced_receipt_is_accepted_put_away_and_closed() -> None:
    world = without_work()
    announced(world, "R1", NUT, 40)
    at_receipts(world)
    scan(world, NUT.code)
    assert ask(world) == "goods_count"
    accept(world)
    told = at.received(world)[0]
    assert (told.order, told.supplier, told.reference, told.quantity, told.expected) == ("R1", "ACME", "PULL-7", 40, 40)
    assert world.store.orders["R1"].state is OrderState.CLOSED
    assert at_bay(world, NUT) == 40
    assert ask(world) == "goods_rest"
    task = put_away(world)
    before = at.stored(world, NUT)
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert at_bay(world, NUT) == 0
    assert at.stored(world, NUT) == before + 40
    last = at.moves(world)[-2:]
    assert [(type(each), each.reason) for each in last] == [(Picked, "put_away"), (Put, "put_away")]
    assert last[1].compartment == task.compartment


def test_nothing_is_booked_before_the_quantity_is_said() -> None:
    world = without_work()
    announced(world, "R1", NUT, 40)
    at_receipts(world)
    scan(world, NUT.code)
    world.give(do.Back(world.state.token))
    world.settle()
    assert face(world).goods is None
    assert at.received(world) == []
    assert at.moves(world) == []
    assert len(face(world).announced) == 1


@pytest.mark.parametrize(
    ("quantity", "reason", "outcome", "state"),
    [
        (30, "rest_follows", None, OrderState.RELEASED),
        (30, "delivered_short", "short", OrderState.CLOSED),
        (45, "delivered_over", "confirmed", OrderState.CLOSED),
    ],
)
def test_another_quantity_than_expected_has_its_reason(
    quantity: int, reason: str, outcome: str | None, state: OrderState
) -> None:
    world = without_work()
    announced(world, "R1", NUT, 40)
    at_receipts(world)
    scan(world, NUT.code)
    count(world, quantity)
    assert ask(world) == ("why_fewer_came" if quantity < 40 else "why_more_came")
    choose(world, reason)
    closed = [each for each in world.store.written if isinstance(each, LineClosed)]
    assert [each.outcome for each in closed] == ([outcome] if outcome else [])
    assert (at.received(world)[0].difference, world.store.orders["R1"].state) == (reason, state)
    assert world.store.orders["R1"].lines[0].done_quantity == quantity
    if not outcome:
        assert [each.why for each in world.store.written if isinstance(each, OrderLeft)] == ["receipt"]


def test_the_rest_that_follows_is_expected_next_time() -> None:
    world = without_work()
    announced(world, "R1", NUT, 40)
    at_receipts(world)
    scan(world, NUT.code)
    count(world, 30)
    choose(world, "rest_follows")
    choose(world, "goods_later")
    assert face(world).announced[0].lacking == 10
    scan(world, NUT.code)
    accept(world)
    assert [each.expected for each in at.received(world)] == [40, 10]
    assert world.store.orders["R1"].state is OrderState.CLOSED
    assert at_bay(world, NUT) == 40


def test_a_label_answers_lot_expiry_and_quantity() -> None:
    world = without_work()
    resin = replace(RESIN, issue_rule=IssueRule.FEFO, barcodes=("4006381333948",))
    world.store.items[resin.code] = resin
    at_receipts(world)
    scan(world, "]C101040063813339481727033110L9\x1d3012")
    assert ask(world) == "goods_count"
    accept(world)
    told = at.received(world)[0]
    assert (told.lot, told.expiry, told.quantity, told.order) == ("L9", "2027-03-31", 12, "")
    assert world.store.lots[resin.code, "L9"][0] == date(2027, 3, 31)


def test_what_the_label_does_not_say_is_asked() -> None:
    world = without_work()
    world.store.items[RESIN.code] = replace(RESIN, issue_rule=IssueRule.FEFO)
    at_receipts(world)
    scan(world, RESIN.code)
    assert ask(world) == "goods_lot"
    say(world, RESIN.code)
    assert (world.view().bar.code, ask(world)) == ("goods_lack_lot", "goods_lot")
    say(world, "L9")
    assert ask(world) == "which_expiry"
    count(world, 20270331)
    assert ask(world) == "goods_count"
    count(world, 5)
    assert (at.received(world)[0].lot, at.received(world)[0].expiry) == ("L9", "2027-03-31")


def test_the_label_of_another_item_is_no_lot() -> None:
    world = without_work()
    at_receipts(world)
    scan(world, RESIN.code)
    scan(world, LABEL.format(item=NUT.code, said="1TL7"))
    assert (world.view().bar.code, ask(world)) == ("goods_of_other_item", "goods_lot")
    scan(world, LABEL.format(item=RESIN.code, said="1TL7"))
    count(world, 3)
    assert at.received(world)[0].lot == "L7"


def test_pieces_with_serials_are_received_one_by_one() -> None:
    world = without_work()
    announced(world, "R1", METER, 2)
    at_receipts(world)
    for serial in ("S8", "S9"):
        scan(world, LABEL.format(item=METER.code, said=f"S{serial}"))
        assert ask(world) == "goods_rest"
        choose(world, "goods_later")
    assert [(each.serial, each.quantity, each.difference) for each in at.received(world)] == [
        ("S8", 1, "rest_follows"),
        ("S9", 1, ""),
    ]
    assert world.store.orders["R1"].state is OrderState.CLOSED
    scan(world, LABEL.format(item=METER.code, said="SS8"))
    assert (world.view().bar.code, ask(world)) == ("goods_serial_known", "goods_serial")
    assert at_bay(world, METER) == 2
    world.give(do.Back(world.state.token))
    world.settle()
    world.give(do.TakeWaiting(world.state.token, 0))
    world.settle()
    put_away(world)
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert at_bay(world, METER) == 1


@pytest.mark.parametrize("asked_by", ["item", "supplier", "person"])
def test_condition_is_asked_where_item_supplier_or_person_want_it_and_held_goods_stay_held(asked_by: str) -> None:
    world = without_work()
    if asked_by == "item":
        world.store.items[NUT.code] = replace(NUT, inspect=Inspect.CONDITION)
    announced(world, "R1", NUT, 4, inspect="condition" if asked_by == "supplier" else "none")
    pick_order(world, "O9", NUT, 4)
    world.store.held.pop((place(4, "C8"), StockKey(item=NUT.code)))
    at_receipts(world)
    scan(world, NUT.code)
    if asked_by == "person":
        world.give(do.JudgeGoods(world.state.token))
    accept(world)
    assert at.received(world) == [], "counted goods are not accepted by a touch"
    count(world, 4)
    assert ask(world) == "goods_verdict"
    choose(world, "hold")
    choose(world, "packing_damaged")
    assert ask(world) == "goods_note"
    say(world, "CORNER WET")
    told = at.received(world)[0]
    assert (told.verdict, told.reason, told.note) == ("hold", "packing_damaged", "CORNER WET")
    assert ask(world) == "goods_rest", "held goods are offered to no order"
    put_away(world)
    world.give(do.Confirm(world.state.token))
    world.settle()
    held = StockKey(item=NUT.code, status=StockStatus.QUALITY_HOLD)
    assert at.stored(world, NUT, held) == 4
    assert at.stored(world, NUT, StockKey(item=NUT.code)) == 0
    blocked = next(each for each in world.state.orders or () if each.order == "O9").blocked
    assert [each.code for each in blocked] == ["missing_held"]


@pytest.mark.parametrize("quarantine", ["", "RED1"])
def test_rejected_goods_become_no_stock_but_at_the_quarantine_place(quarantine: str) -> None:
    world = without_work(quarantine=quarantine)
    announced(world, "R1", NUT, 4, inspect="condition")
    at_receipts(world)
    scan(world, NUT.code)
    count(world, 4)
    choose(world, "reject")
    choose(world, "goods_wrong")
    world.give(do.LeaveOut(world.state.token))
    world.settle()
    told, closed = at.received(world)[0], [each for each in world.store.written if isinstance(each, LineClosed)]
    assert (told.verdict, told.reason, told.place) == ("reject", "goods_wrong", quarantine)
    assert [(each.outcome, each.done_quantity, each.reason) for each in closed] == [("short", 0, "rejected")]
    assert at_bay(world, NUT) == 0
    blocked = StockKey(item=NUT.code, status=StockStatus.BLOCKED)
    lying = world.store.held.get((Place("receiving-S1", 1, quarantine), blocked), 0)
    assert lying == (4 if quarantine else 0)
    assert ask(world) == "goods_done_reject"


def test_a_photo_is_copied_for_its_owner_alone_and_its_hash_is_in_the_record(tmp_path: Path) -> None:
    drop, kept = tmp_path / "drop", tmp_path / "data" / "photos"
    drop.mkdir()
    (drop / "old.jpg").write_bytes(b"old")
    (drop / "new.jpg").write_bytes(b"new")
    os.utime(drop / "old.jpg", (1, 1))
    world = without_work(photos=Photos(drop, kept))
    announced(world, "R1", NUT, 4, inspect="condition")
    at_receipts(world)
    scan(world, NUT.code)
    count(world, 4)
    choose(world, "hold")
    choose(world, "goods_damaged")
    world.give(do.LeaveOut(world.state.token))
    world.settle()
    asked = face(world).ask
    assert isinstance(asked, AskChoice)
    assert asked.params["file"] == "new.jpg"
    choose(world, "attach")
    told = at.received(world)[0]
    copy = kept / told.photo
    assert copy.read_bytes() == b"new"
    assert told.photo.startswith(told.photo_sha256)
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_photo_that_is_gone_is_said_and_the_receipt_goes_on_without(tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "new.jpg").write_bytes(b"new")
    world = without_work(photos=Photos(drop, tmp_path / "photos"))
    announced(world, "R1", NUT, 4, inspect="condition")
    at_receipts(world)
    scan(world, NUT.code)
    count(world, 4)
    choose(world, "hold")
    choose(world, "goods_damaged")
    world.give(do.LeaveOut(world.state.token))
    world.settle()
    (drop / "new.jpg").unlink()
    choose(world, "attach")
    assert (world.view().bar.code, ask(world)) == ("photo_not_kept", "goods_photo")
    world.give(do.LeaveOut(world.state.token))
    world.settle()
    assert (at.received(world)[0].photo, at.received(world)[0].photo_sha256) == ("", "")


# --- the immediate flow


def test_released_goods_go_to_the_most_urgent_orders_first_and_only_the_rest_is_put_away() -> None:
    world = without_work()
    world.store.held = {}
    pick_order(world, "LATER", NUT, 3, need_by=NOON + timedelta(hours=5))
    pick_order(world, "SOON", NUT, 4, need_by=NOON + timedelta(hours=1))
    at_receipts(world)
    scan(world, NUT.code)
    count(world, 10)
    offer = face(world).offer
    assert offer is not None
    assert (offer.order.order, offer.quantity) == ("SOON", 4)
    scan(world, "SOON")
    assert [(each.order, each.quantity, each.proof) for each in at.passed(world)] == [("SOON", 4, "scan")]
    assert world.store.orders["SOON"].state is OrderState.CLOSED
    choose(world, "hand_over_goods")
    assert [each.order for each in at.passed(world)] == ["SOON", "LATER"]
    goods = face(world).goods
    assert goods is not None
    assert (goods.rest, [each.dwell_s for each in goods.passed]) == (3, [0, 0])
    put_away(world)
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert at.stored(world, NUT) == 3
    assert [type(each) for each in world.store.written if isinstance(each, OrderClosed)] == [OrderClosed, OrderClosed]


def test_older_stock_goes_first_and_only_what_it_does_not_cover_is_offered() -> None:
    world = without_work()
    pick_order(world, "O9", NUT, 5)  # three lie in the machine
    at_receipts(world)
    scan(world, NUT.code)
    count(world, 10)
    offer = face(world).offer
    assert offer is not None
    assert (offer.order.order, offer.quantity) == ("O9", 2)
    choose(world, "hand_over_goods")
    assert world.store.orders["O9"].state is OrderState.RELEASED
    assert world.store.orders["O9"].lines[0].done_quantity == 2


def test_a_wrong_label_locks_the_hand_over_until_the_right_one() -> None:
    world = without_work()
    world.store.held = {}
    pick_order(world, "O9", NUT, 4)
    at_receipts(world)
    scan(world, NUT.code)
    count(world, 4)
    scan(world, "O8")
    assert world.view().bar.code == "not_this_order"
    choose(world, "hand_over_goods")
    assert at.passed(world) == []
    scan(world, "O9")
    assert len(at.passed(world)) == 1


def test_fewer_go_and_the_order_stays_open_for_the_rest() -> None:
    world = without_work()
    world.store.held = {}
    pick_order(world, "O9", NUT, 4)
    at_receipts(world)
    scan(world, NUT.code)
    count(world, 4)
    choose(world, "fewer_goods")
    count(world, 1)
    choose(world, "hand_over_goods")
    assert world.store.orders["O9"].lines[0].done_quantity == 1
    assert world.store.orders["O9"].lines[0].state is LineState.OPEN
    assert at_bay(world, NUT) == 3


def test_an_order_that_was_cancelled_meanwhile_gets_nothing_and_nothing_is_booked() -> None:
    world = without_work()
    world.store.held = {}
    pick_order(world, "O9", NUT, 4)
    at_receipts(world)
    scan(world, NUT.code)
    count(world, 4)
    assert world.cancel("O9")
    choose(world, "hand_over_goods")
    assert world.view().bar.code == "order_ended_meanwhile"
    assert at.passed(world) == []
    assert at_bay(world, NUT) == 4
    assert ask(world) == "goods_rest"


def test_a_receipt_that_was_cancelled_meanwhile_is_counted_again_without_it() -> None:
    world = without_work()
    announced(world, "R1", NUT, 40)
    at_receipts(world)
    scan(world, NUT.code)
    assert world.cancel("R1")
    accept(world)
    assert (world.view().bar.code, ask(world), at.received(world)) == ("receipt_changed", "goods_count", [])
    count(world, 40)
    assert (at.received(world)[0].order, at_bay(world, NUT)) == ("", 40)


def test_a_full_disk_books_nothing_and_the_count_is_asked_again(expect_log: Callable[[str], None]) -> None:
    expect_log("a receipt was not written: D401")
    world = without_work()
    at_receipts(world)
    scan(world, NUT.code)
    world.store.refuses = "D401"
    count(world, 4)
    assert (at.received(world), at_bay(world, NUT), ask(world)) == ([], 0, "goods_count")
    assert world.state.store_code == "D401"


def test_goods_that_were_left_at_the_bay_are_there_after_a_kill() -> None:
    world = without_work()
    at_receipts(world)
    scan(world, NUT.code)
    count(world, 4)
    world.restart()
    pick_order(world, "O9", NUT, 7)
    world.recover()
    world.give(do.OpenReceipts())
    world.settle()
    assert [each.stock.quantity for each in face(world).waiting] == [4]
    world.give(do.TakeWaiting(world.state.token, 0))
    world.settle()
    offer = face(world).offer
    assert offer is not None
    assert (offer.order.order, offer.quantity) == ("O9", 4)
    choose(world, "hand_over_goods")
    assert at_bay(world, NUT) == 0


def test_no_compartment_fits_and_the_goods_stay_at_the_bay() -> None:
    world = without_work()
    world.store.trays_by_number = {}
    at_receipts(world)
    scan(world, NUT.code)
    count(world, 4)
    choose(world, "goods_put_away")
    assert world.view().bar.code == "no_place_for_goods"
    assert at_bay(world, NUT) == 4


def test_a_put_away_that_does_not_fit_goes_on_elsewhere_and_nothing_is_doubled() -> None:
    world = without_work()
    at_receipts(world)
    scan(world, NUT.code)
    count(world, 10)
    first = put_away(world)
    world.give(do.NotEnough(world.state.token))
    world.give(do.EnterNumber(world.state.token, 6))
    world.give(do.Choose(world.state.token, "no_space"))
    world.settle()
    second = world.view().face
    assert isinstance(second, TaskFace)
    assert (second.tray, second.compartment) != (first.tray, first.compartment)
    assert (at_bay(world, NUT), at.stored(world, NUT)) == (4, 9)
    scan(world, place_label(Place("M1", second.tray, second.compartment)))
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert (at_bay(world, NUT), at.stored(world, NUT)) == (0, 13)


def test_a_put_away_is_taken_back_while_its_tray_is_here_and_the_goods_lie_at_the_bay_again() -> None:
    world = without_work()
    world.store.trays_by_number = {4: world.store.trays_by_number[4]}
    before = at.stored(world, NUT)
    at_receipts(world)
    scan(world, NUT.code)
    count(world, 10)
    first = put_away(world)
    world.give(do.NotEnough(world.state.token))
    world.give(do.EnterNumber(world.state.token, 6))
    world.give(do.Choose(world.state.token, "no_space"))
    world.settle()
    second = world.view().face
    assert isinstance(second, TaskFace)
    assert (second.tray, first.tray) == (4, 4)
    world.give(do.Undo(world.state.token))
    asked = world.view().face.ask
    assert asked is not None
    assert (asked.code, asked.params["quantity"], asked.params["compartment"]) == ("undo_put", "6", first.compartment)
    choose(world, LIE_BACK)
    assert (at_bay(world, NUT), at.stored(world, NUT)) == (10, before)
    again = world.view().face
    assert isinstance(again, TaskFace)
    assert (again.compartment, again.asked) == (first.compartment, 10)


# --- who, and what not


def test_a_badge_is_no_goods_and_stands_in_no_record() -> None:
    world = without_work()
    at_receipts(world)
    scan(world, BADGE)
    assert (world.view().bar.code, face(world).goods) == ("badge_no_goods", None)
    scan(world, RESIN.code)
    say(world, BADGE)
    assert (world.view().bar.code, ask(world)) == ("badge_no_goods", "goods_lot")


def test_a_badge_in_a_label_is_no_lot_and_no_serial() -> None:
    world = without_work()
    at_receipts(world)
    for item, part in ((RESIN, f"1T{BADGE}"), (METER, f"S{BADGE}")):
        scan(world, LABEL.format(item=item.code, said=part))
        assert (world.view().bar.code, face(world).goods) == ("badge_no_goods", None)
    scan(world, RESIN.code)
    scan(world, LABEL.format(item=RESIN.code, said=f"1T{BADGE}"))
    assert (world.view().bar.code, ask(world)) == ("badge_no_goods", "goods_lot")
    assert BADGE not in repr(world.store.written)


def test_an_unknown_code_is_said() -> None:
    world = without_work()
    at_receipts(world)
    scan(world, "NOTHING-KNOWN")
    assert (world.view().bar.code, face(world).goods) == ("goods_unknown", None)
    world.give(do.TypeGoods(world.state.token))
    say(world, BOLT.code)
    assert ask(world) == "goods_count"


def test_maintenance_receives_nothing() -> None:
    world = World()
    world.sign_on(ELIF.person)
    world.settle()
    world.give(do.OpenReceipts())
    world.settle()
    assert not isinstance(world.view().face, ReceiptsFace)


def test_receipts_are_no_work_of_the_list() -> None:
    world = without_work()
    announced(world, "R1", NUT, 40)
    world.sign_on("p_mara")
    world.settle()
    shown = world.view().face
    assert isinstance(shown, WorkFace)
    assert shown.orders == ()
    world.give(do.StartOrders(("R1",)))
    world.settle()
    assert world.state.round is None


def test_of_several_receipts_the_person_says_which() -> None:
    world = without_work()
    announced(world, "R1", BOLT, 40)
    announced(world, "R2", BOLT, 30, supplier="BOLTCO")
    at_receipts(world)
    scan(world, BOLT.code)
    assert ask(world) == "goods_which_line"
    choose(world, "1")
    accept(world)
    assert (at.received(world)[0].order, at.received(world)[0].quantity) == ("R2", 30)


def of_lots(world: World, *lots: str) -> World:
    """One receipt of the resin for each lot, R1 and so on."""
    world.store.items[RESIN.code] = replace(RESIN, issue_rule=IssueRule.FIFO)
    for number, lot in enumerate(lots, start=1):
        announced(world, f"R{number}", RESIN, 5, lot=lot)
    return at_receipts(world)


def test_goods_of_another_lot_than_announced_are_not_booked_for_that_receipt() -> None:
    world = of_lots(without_work(), "L1")
    scan(world, RESIN.code)
    say(world, "L2")
    assert (world.view().bar.code, world.view().bar.error, ask(world)) == ("goods_of_other_lot", "O470", "goods_which_line")
    choose(world, "no_order")
    count(world, 5)
    (told,) = at.received(world)
    assert (told.order, told.lot, told.quantity) == ("", "L2", 5)
    assert world.store.orders["R1"].lines[0].state is LineState.OPEN


def test_goods_of_another_lot_may_be_of_another_receipt() -> None:
    world = of_lots(without_work(), "L1", "L2", "")
    world.give(do.TakeAnnounced(world.state.token, 0))
    world.settle()
    say(world, "L2")
    choices = world.view().face.ask.choices
    assert [(each.code, each.params["order"]) for each in choices[:-1]] == [("receipt_line_lot", "R2"), ("receipt_line", "R3")]
    choose(world, "0")
    accept(world)
    assert [(each.order, each.lot) for each in at.received(world)] == [("R2", "L2")]


def test_goods_become_stock_of_the_owner_whose_receipt_is_chosen() -> None:
    world = without_work()
    announced(world, "R1", BOLT, 5)
    announced(world, "R2", BOLT, 5, owner="CUST")
    at_receipts(world)
    scan(world, BOLT.code)
    choose(world, "1")
    accept(world)
    assert [(each.order, each.owner) for each in at.received(world)] == [("R2", "CUST")]
    assert [each.owner for each in at.moves(world)] == ["CUST"]


def test_a_touched_row_says_which_receipt_it_is() -> None:
    world = without_work()
    announced(world, "R1", BOLT, 5)
    announced(world, "R2", BOLT, 7, owner="CUST")
    at_receipts(world)
    world.give(do.TakeAnnounced(world.state.token, 1))
    world.settle()
    assert ask(world) == "goods_count"
    accept(world)
    assert [(each.order, each.quantity, each.owner) for each in at.received(world)] == [("R2", 7, "CUST")]


def test_goods_that_lie_at_the_bay_and_expire_first_go_to_the_order_first() -> None:
    world = without_work()
    world.store.items[RESIN.code] = replace(RESIN, issue_rule=IssueRule.FEFO)
    world.store.held = {}
    at_receipts(world)

    def come_in(lot: str, expiry: int) -> None:
        scan(world, RESIN.code)
        say(world, lot)
        count(world, expiry)
        count(world, 5)

    come_in("OLD", 20261231)
    choose(world, "goods_later")
    pick_order(world, "P1", RESIN, 5)
    come_in("NEW", 20271231)
    assert (ask(world), face(world).offer) == ("goods_rest", None)
    assert (world.view().bar.code, world.view().bar.params["lot"]) == ("lot_leaves_first", "OLD")
    choose(world, "goods_later")
    old = [each.stock.key.lot for each in face(world).waiting].index("OLD")
    world.give(do.TakeWaiting(world.state.token, old))
    world.settle()
    choose(world, "hand_over_goods")
    assert [(each.order, each.lot, each.quantity) for each in at.passed(world)] == [("P1", "OLD", 5)]


def test_goods_that_ask_for_a_right_are_received_by_those_who_have_it() -> None:
    world = without_work()
    at_receipts(world)
    scan(world, NUT.code)
    count(world, 4)
    choose(world, "goods_later")
    world.store.items[NUT.code] = replace(NUT, access="poison")
    world.give(do.Back(world.state.token))
    world.settle()
    world.give(do.OpenReceipts())
    world.settle()

    def scanned() -> None:
        scan(world, NUT.code)

    def taken_up() -> None:
        world.give(do.TakeWaiting(world.state.token, 0))
        world.settle()

    for begins in (scanned, taken_up):
        begins()
        assert (world.view().bar.code, world.view().bar.params["right"], ask(world)) == ("item_locked", "poison", "")
    assert [each.quantity for each in at.received(world)] == [4]
    refused = [(each.machine, each.right, each.what) for each in world.store.written if isinstance(each, AccessRefused)]
    assert refused == [(at.HERE.machine, "poison", "item")] * 2


def at_two_person_receipt() -> World:
    """Four nuts were counted, which two persons receive."""
    world = without_work()
    world.store.items[NUT.code] = replace(NUT, two_person=True)
    announced(world, "R1", NUT, 4)
    at_receipts(world)
    scan(world, NUT.code)
    accept(world)
    assert (ask(world), at.received(world)) == ("goods_second", [])
    choose(world, "second_here")
    assert isinstance(world.view().face, PinAgainFace)
    return world


def test_what_two_persons_handle_is_received_by_two() -> None:
    world = at_two_person_receipt()
    world.scan(ELIF.person)
    world.pass_gate()
    world.prove()
    world.settle()
    (put,) = [each for each in at.moves(world) if isinstance(each, Put)]
    assert (put.quantity, put.second, at_bay(world, NUT)) == (4, ELIF.person, 4)
    assert PinConfirmed(person=ELIF.person, act="two_person") in world.store.written
    assert world.store.orders["R1"].state is OrderState.CLOSED


def test_without_a_second_person_nothing_is_received() -> None:
    world = at_two_person_receipt()
    world.scan(MARA.person)
    world.pass_gate()
    assert world.view().bar.code == "second_is_first"
    world.give(do.Back(world.state.token))
    assert ask(world) == "goods_second"
    world.give(do.Back(world.state.token))
    world.settle()
    assert (ask(world), at.received(world)) == ("goods_count", [])


def test_a_count_that_was_changed_asks_for_the_second_person_again(expect_log: Callable[[str], None]) -> None:
    expect_log("D401")
    world = at_two_person_receipt()
    world.store.refuses = "D401"
    world.scan(ELIF.person)
    world.pass_gate()
    world.prove()
    world.settle()
    hand = world.state.page.receipt  # type: ignore[union-attr]
    assert hand is not None
    assert (hand.goods.second, ask(world), at.received(world)) == ("", "goods_count", [])


# --- what the sentences say


def with_dated_resin(world: World) -> None:
    resin = replace(RESIN, issue_rule=IssueRule.FEFO, barcodes=("4006381333948",))
    world.store.items[resin.code] = resin


def expired(world: World) -> None:
    """Twelve came whose last good day is over."""
    with_dated_resin(world)
    at_receipts(world)
    day = NOON.date() - timedelta(days=1)
    scan(world, f"]C1010400638133394817{day:%y%m%d}10L9\x1d3012")
    accept(world)


def test_goods_whose_last_good_day_is_over_are_said_and_not_released() -> None:
    world = without_work()
    expired(world)
    said = world.view().bar
    assert (said.code, said.error, said.params["day"]) == ("goods_expired", "O502", str(NOON.date() - timedelta(days=1)))
    assert ask(world) == "goods_verdict_expired"
    shown = face(world).ask
    assert isinstance(shown, AskChoice)
    assert [each.key for each in shown.choices] == ["hold", "reject"]
    world.give(do.Choose(world.state.token, "release"))
    assert ask(world) == "goods_verdict_expired"
    choose(world, "hold")
    world.give(do.LeaveOut(world.state.token))
    world.settle()
    told = at.received(world)[0]
    assert (told.verdict, told.reason, told.quantity) == ("hold", "expired", 12)


def test_goods_are_good_through_their_last_day() -> None:
    world = without_work()
    with_dated_resin(world)
    at_receipts(world)
    scan(world, f"]C1010400638133394817{NOON:%y%m%d}10L9\x1d3012")
    accept(world)
    assert at.received(world)[0].verdict == "release"


def test_a_lot_that_is_known_to_be_over_is_said_also_where_its_label_has_no_day() -> None:
    world = without_work()
    resin = replace(RESIN, barcodes=("4006381333948",))
    world.store.items[resin.code] = resin
    world.store.lots[RESIN.code, "L1"] = (NOON.date() - timedelta(days=3), NOON)
    at_receipts(world)
    scan(world, "]C101040063813339481" + "0L1\x1d3012")
    accept(world)
    assert ask(world) == "goods_verdict_expired"


@pytest.mark.parametrize(("quarantine", "code"), [("QUAR", "receipt_rejected_to"), ("", "receipt_rejected")])
def test_a_reject_says_where_the_goods_go(quarantine: str, code: str) -> None:
    world = without_work(quarantine=quarantine)
    expired(world)
    choose(world, "reject")
    world.give(do.LeaveOut(world.state.token))
    world.settle()
    assert (world.view().bar.code, world.view().bar.params) == (code, {"place": quarantine})
    assert ask(world) == "goods_done_reject"
