"""Every step of a receipt against everything that can happen; and that nothing of what came in is lost or doubled."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from db.records.receipts import GoodsPassed, Received
from db.records.stock import Moved, Picked, Put
from station import commands as do
from station.flows import receipt
from station.flows.receipt_state import (
    Bay,
    BookReceipt,
    Doubt,
    FindWanted,
    OffersFound,
    OrderNamed,
    PhotoFound,
    PhotoKept,
    PutAway,
    Receipt,
    ReceiptBooked,
    ReceiptEvent,
    ReceiptStep,
    Said,
)
from station.receipt_values import Announced, Goods, Waiting, Wanted
from station.receiving import is_receiving, receiving_place
from station.values import BoundTote, Inspect, IssueRule, Order, OrderKind, OrderLine, Stock, StockStatus
from tests.helpers.fake_store import NOON
from tests.helpers.sample import BOLT, METER, NUT, RESIN, every_command

BAY = Bay(station="S1", now=NOON + timedelta(seconds=90), quarantine="RED1", has_photos=True)
ASKING = {"EnterNumber", "Back"}
CHOOSING = {"Choose", "Back"}
FEFO = replace(RESIN, issue_rule=IssueRule.FEFO)


def _announced(name: str, quantity: int, item: str = BOLT.code) -> Announced:
    line = OrderLine(order=name, line="1", item=item, quantity=quantity)
    return Announced(Order(order=name, kind=OrderKind.RECEIPT, lines=(line,)), line)


def _wanted(name: str, quantity: int = 3, tote: str = "") -> Wanted:
    line = OrderLine(order=name, line="1", item=BOLT.code, quantity=quantity)
    bound = BoundTote(order=name, tote=tote, position="T1") if tote else None
    return Wanted(order=Order(order=name, kind=OrderKind.PICK, lines=(line,)), line=line, quantity=quantity, tote=bound)


TWO = (_announced("R1", 9), _announced("R2", 5))
OF_ONE = Goods(item=BOLT, announced=TWO[:1], of=TWO[0], quantity=5)
JUDGED = replace(OF_ONE, difference="rest_follows", is_judged=True)
HELD = replace(JUDGED, verdict="hold", reason="to_be_tested")
OVER = NOON.date() - timedelta(days=1)
OFFERS = (_wanted("O1"), _wanted("O2", 2))


def _at(step: ReceiptStep, goods: Goods = OF_ONE, **more: object) -> Receipt:
    return replace(Receipt(step=step, goods=goods, received_at=NOON), **more)


MEANT = {"Said", "Choose", "Back"}

# where it stands -> the kinds of event that it answers to, with an allowed key
TABLE = [
    (_at(ReceiptStep.LINE, Goods(item=BOLT, announced=TWO)), CHOOSING, "1"),
    (_at(ReceiptStep.LOT, Goods(item=RESIN)), {"Said", "Back"}, ""),
    (_at(ReceiptStep.MEANING, Goods(item=RESIN), doubt=Doubt(ReceiptStep.LOT, "X", "NUT")), MEANT, "item"),
    (_at(ReceiptStep.MEANING, Goods(item=METER), doubt=Doubt(ReceiptStep.SERIAL, "X", "NUT")), MEANT, "code"),
    (_at(ReceiptStep.EXPIRY, Goods(item=FEFO, lot="L1")), {"Said", "Back", "EnterNumber"}, ""),
    (_at(ReceiptStep.SERIAL, Goods(item=METER)), {"Said", "Back"}, ""),
    (_at(ReceiptStep.QUANTITY, Goods(item=BOLT)), {"EnterNumber", "Back", "JudgeGoods", "Said"}, ""),
    (_at(ReceiptStep.QUANTITY, Goods(item=BOLT, told=4)), {"EnterNumber", "Back", "JudgeGoods", "Said", "Confirm"}, ""),
    (_at(ReceiptStep.QUANTITY, Goods(item=BOLT, told=4, is_judged=True)), {"Said", *ASKING}, ""),
    (_at(ReceiptStep.DIFFERENCE), CHOOSING, "rest_follows"),
    (_at(ReceiptStep.VERDICT, JUDGED), CHOOSING, "hold"),
    (_at(ReceiptStep.VERDICT, replace(OF_ONE, expiry=OVER)), CHOOSING, "reject"),
    (_at(ReceiptStep.VERDICT, replace(OF_ONE, expiry=OVER)), {"Back"}, "release"),
    (_at(ReceiptStep.REASON, HELD), CHOOSING, "papers_missing"),
    (_at(ReceiptStep.NOTE, HELD), {"Said", "LeaveOut", "Back"}, ""),
    (_at(ReceiptStep.PHOTO, HELD, is_waiting=True), {"PhotoFound", "Back"}, "attach"),
    (_at(ReceiptStep.PHOTO, HELD, is_waiting=True, photo_file="a.jpg"), {"PhotoFound", "PhotoKept", "Back"}, "attach"),
    (_at(ReceiptStep.PHOTO, HELD, photo_file="a.jpg"), {"Choose", "LeaveOut", "Back"}, "attach"),
    (_at(ReceiptStep.PHOTO, HELD), {"Choose", "LeaveOut", "Back"}, "look_again"),
    (_at(ReceiptStep.SECOND, replace(OF_ONE, item=replace(BOLT, two_person=True))), CHOOSING, "second_here"),
    (_at(ReceiptStep.BOOKING), {"ReceiptBooked"}, ""),
    (_at(ReceiptStep.LOOKING), {"OffersFound"}, ""),
    (_at(ReceiptStep.PASSING, offers=OFFERS), {"Choose", "OrderNamed"}, "hand_over_goods"),
    (_at(ReceiptStep.PASSING, offers=OFFERS), {"Choose", "OrderNamed"}, "fewer_goods"),
    (_at(ReceiptStep.PASSING, offers=OFFERS, is_locked=True), {"OrderNamed"}, "hand_over_goods"),
    (_at(ReceiptStep.PASSING, offers=OFFERS, is_locked=True), {"OrderNamed"}, "fewer_goods"),
    (_at(ReceiptStep.PASSING, offers=OFFERS, is_locked=True), {"Choose", "OrderNamed"}, "goods_not_now"),
    (_at(ReceiptStep.AMOUNT, offers=OFFERS), ASKING, ""),
    (_at(ReceiptStep.PASS_BOOKING, offers=OFFERS), {"ReceiptBooked"}, ""),
    (_at(ReceiptStep.DONE), CHOOSING, "goods_put_away"),
    (_at(ReceiptStep.DONE), CHOOSING, "goods_later"),
    (_at(ReceiptStep.DONE, replace(OF_ONE, verdict="reject")), {"Back"}, "goods_put_away"),
]

HELD_LOT = frozenset({("L1", "")})
OF_HELD_LOT = Goods(item=RESIN, lot="L1", quantity=5)

# the same where the lot, or all of the item, is held: it may be kept apart or sent back, and in no way released
HELD_TABLE = [
    *((replace(state, held=frozenset({("", "")})), named, key) for state, named, key in TABLE),
    (_at(ReceiptStep.QUANTITY, OF_HELD_LOT, held=HELD_LOT), {"EnterNumber", "Back", "JudgeGoods", "Said"}, ""),
    (_at(ReceiptStep.VERDICT, OF_HELD_LOT, held=HELD_LOT), CHOOSING, "hold"),
    (_at(ReceiptStep.VERDICT, OF_HELD_LOT, held=HELD_LOT), CHOOSING, "reject"),
    (_at(ReceiptStep.VERDICT, OF_HELD_LOT, held=HELD_LOT), {"Back"}, "release"),
    (_at(ReceiptStep.VERDICT, replace(OF_HELD_LOT, lot="L2"), held=HELD_LOT), CHOOSING, "release"),
    (_at(ReceiptStep.VERDICT, replace(OF_HELD_LOT, owner="X"), held=frozenset({("L1", "Y")})), CHOOSING, "release"),
    (_at(ReceiptStep.REASON, replace(OF_HELD_LOT, is_judged=True, verdict="hold"), held=HELD_LOT), CHOOSING, "papers_missing"),
    (_at(ReceiptStep.DONE, replace(OF_HELD_LOT, verdict="hold"), held=HELD_LOT), CHOOSING, "goods_put_away"),
    (_at(ReceiptStep.DONE, replace(OF_HELD_LOT, verdict="reject"), held=HELD_LOT), {"Back"}, "goods_put_away"),
]


def _events(key: str) -> tuple[ReceiptEvent, ...]:
    happened = (
        Said("L7"),
        OrderNamed("OTHER"),
        OffersFound(OF_ONE.key, OFFERS),
        PhotoFound("b.jpg"),
        PhotoKept("a.jpg", "x.jpg", "ab"),
        ReceiptBooked(),
    )
    return (*every_command(number=2, key=key), *happened)


@pytest.mark.parametrize(("state", "named", "key"), TABLE, ids=lambda each: str(getattr(each, "step", "")))
def test_a_step_answers_to_what_it_names_and_to_nothing_else(state: Receipt, named: set[str], key: str) -> None:
    answered = {type(each).__name__ for each in _events(key) if receipt.advance(state, each, BAY) != (state, ())}
    assert answered == named


def test_every_step_stands_in_the_table() -> None:
    assert {state.step for state, _, _ in TABLE} == set(ReceiptStep)


@pytest.mark.parametrize(("state", "named", "key"), HELD_TABLE, ids=lambda each: str(getattr(each, "step", "")))
def test_of_a_held_lot_a_step_answers_to_what_it_names_and_to_nothing_else(state: Receipt, named: set[str], key: str) -> None:
    answered = {type(each).__name__ for each in _events(key) if receipt.advance(state, each, BAY) != (state, ())}
    assert answered == named


@pytest.mark.parametrize("held", [HELD_LOT, frozenset({("", "")})], ids=["lot", "item"])
@pytest.mark.parametrize("is_judged", [False, True], ids=["plain", "judged"])
def test_nothing_that_can_happen_releases_a_held_lot_or_offers_it_to_an_order(
    held: frozenset[tuple[str, str]], is_judged: bool
) -> None:
    goods = Goods(item=replace(RESIN, two_person=True), lot="L1", is_judged=is_judged)
    keys = ("release", "hold", "reject", "to_be_tested", "second_here", "look_again", "goods_put_away")
    events = [*_events(keys[0]), *(do.Choose(1, key) for key in keys[1:])]
    waiting, seen, booked = [receipt.begin(goods, frozenset(), BAY, held=held)[0]], set(), 0
    while waiting:
        state = waiting.pop()
        for event in events:
            after, effects = receipt.advance(state, event, BAY)
            assert not any(isinstance(each, FindWanted) for each in effects)
            if any(isinstance(each, BookReceipt) for each in effects):
                booked += 1
                assert after is not None
                assert after.goods.verdict in ("hold", "reject")
            if after is not None and after.is_held and repr(after) not in seen:
                seen.add(repr(after))
                waiting.append(after)
    assert booked


@pytest.mark.parametrize(("state", "named", "key"), TABLE, ids=lambda each: str(getattr(each, "step", "")))
@pytest.mark.parametrize("number", [0, -1, -1000])
def test_no_number_below_one_is_an_answer(state: Receipt, named: set[str], key: str, number: int) -> None:
    after, effects = receipt.advance(state, do.EnterNumber(1, number), BAY)
    assert (after, effects) == (state, ())


@pytest.mark.parametrize(("state", "named", "key"), TABLE, ids=lambda each: str(getattr(each, "step", "")))
def test_a_key_that_was_not_offered_is_no_answer(state: Receipt, named: set[str], key: str) -> None:
    assert receipt.advance(state, do.Choose(1, "not_offered"), BAY) == (state, ())


@pytest.mark.parametrize(
    "step", [ReceiptStep.DIFFERENCE, ReceiptStep.VERDICT, ReceiptStep.REASON, ReceiptStep.NOTE, ReceiptStep.PHOTO]
)
def test_back_asks_the_quantity_again_and_forgets_what_was_said_of_the_goods(step: ReceiptStep) -> None:
    after, effects = receipt.advance(_at(step, HELD, photo_file="a.jpg"), do.Back(1), BAY)
    assert after is not None
    goods = after.goods
    assert (after.step, goods.quantity, goods.verdict, goods.reason, goods.difference) == (
        ReceiptStep.QUANTITY,
        0,
        "release",
        "",
        "",
    )
    assert effects == ()


@pytest.mark.parametrize("asked", ["item", "supplier", "lot"])
@pytest.mark.parametrize("how", list(Inspect))
def test_the_strictest_of_item_supplier_and_lot_decides_how_goods_are_looked_at(asked: str, how: Inspect) -> None:
    item = replace(BOLT, inspect=how) if asked == "item" else BOLT
    line = replace(TWO[0].line, inspect=how if asked == "lot" else Inspect.NONE)
    order = replace(TWO[0].order, inspect=how if asked == "supplier" else Inspect.NONE)
    state = Receipt(step=ReceiptStep.QUANTITY, goods=Goods(item=item, of=Announced(order, line)))
    assert receipt.offered(state) == (9 if how is Inspect.NONE else None)
    after, _ = receipt.advance(state, do.EnterNumber(1, 9), BAY)
    assert after is not None
    assert after.step is (ReceiptStep.VERDICT if how is Inspect.CONDITION else ReceiptStep.BOOKING)


def test_the_label_of_its_tote_is_the_label_of_an_order() -> None:
    state = _at(ReceiptStep.PASSING, offers=(_wanted("O1", tote="B7"),))
    for text, proof in (("BLO-B7", "scan"), ("O1", "scan"), ("BLO-B8", ""), ("BLO-O1", "")):
        after, effects = receipt.advance(state, OrderNamed(text), BAY)
        assert after is not None
        assert after.is_locked is not bool(proof)
        assert [type(each) is BookReceipt for each in effects] == [bool(proof)]


def test_the_hand_over_says_how_long_the_goods_lay_at_the_bay() -> None:
    state = _at(ReceiptStep.PASSING, offers=OFFERS)
    _, (booking,) = receipt.advance(state, do.Choose(1, "hand_over_goods"), BAY)
    assert isinstance(booking, BookReceipt)
    assert [each.dwell_s for each in booking.records if isinstance(each, GoodsPassed)] == [90]


# --- the property: received = to orders + stored + held + rejected


def _walk(rng: random.Random) -> tuple[Receipt | None, list[BookReceipt], list[PutAway]]:
    """A receipt as some person might do it, with refused bookings and answers that come or do not."""
    item = rng.choice([BOLT, NUT, RESIN, replace(BOLT, inspect=Inspect.CONDITION), METER])
    of = rng.choice(
        [(), (_announced("R1", rng.randint(1, 9), item.code),), (_announced("R1", 4, item.code), _announced("R2", 5, item.code))]
    )
    state, effects = receipt.begin(Goods(item=item, announced=of), frozenset(), BAY)
    booked: list[BookReceipt] = []
    away: list[PutAway] = []
    pending: list[BookReceipt] = []
    for _ in range(60):
        for each in effects:
            pending += [each] if isinstance(each, BookReceipt) else []
            away += [each] if isinstance(each, PutAway) else []
        if state is None:
            break
        state, effects = receipt.advance(state, _happens(rng, state, pending, booked), BAY)
    return state, booked, away


def _happens(rng: random.Random, state: Receipt, pending: list[BookReceipt], booked: list[BookReceipt]) -> ReceiptEvent:
    if pending:
        wish = pending.pop()
        code = rng.choice(["", "", "", "D401", "D411"])
        booked += [] if code else [wish]
        return ReceiptBooked(code)
    if state.step is ReceiptStep.LOOKING:
        sizes = [rng.randint(1, 4) for _ in range(3)]
        offers: list[Wanted] = []
        for number, size in enumerate(sizes):
            room = state.rest - sum(each.quantity for each in offers)
            offers += [_wanted(f"O{number}", min(size, room))] if room > 0 else []
        return OffersFound(state.goods.key, tuple(offers))
    keys = [
        "0",
        "1",
        "no_order",
        *receipt.UNDER_REASONS,
        *receipt.OVER_REASONS,
        "release",
        "hold",
        "reject",
        *receipt.GOODS_REASONS,
    ]
    keys += ["hand_over_goods", "fewer_goods", "goods_not_now", "goods_put_away", "goods_later", "attach", "look_again"]
    events: list[ReceiptEvent] = [do.Choose(1, rng.choice(keys)) for _ in range(3)]
    events += [
        do.EnterNumber(1, rng.randint(1, 9)),
        do.Confirm(1),
        Said(rng.choice(["L7", "S1"])),
        do.LeaveOut(1),
        PhotoFound("a.jpg"),
    ]
    events += [PhotoKept("a.jpg", "x.jpg", "ab"), OrderNamed("O0")]
    return do.Back(1) if rng.random() < 0.02 else rng.choice(events)


@pytest.mark.parametrize("seed", range(300))
def test_what_was_received_is_what_went_to_orders_and_what_lies_here_and_what_was_rejected(seed: int) -> None:
    state, booked, away = _walk(random.Random(seed))
    records = [record for each in booked for record in each.records]
    moved = [each for each in records if isinstance(each, Moved)]
    assert all(is_receiving(each.machine) for each in moved)
    book: dict[tuple[str, str, str], int] = {}
    for each in moved:
        cell = (each.compartment, each.status, each.lot)
        book[cell] = book.get(cell, 0) + (
            each.quantity if isinstance(each, Put) else -each.quantity if isinstance(each, Picked) else 0
        )
    assert all(quantity >= 0 for quantity in book.values()), "more left the bay than came"
    came = sum(each.quantity for each in records if isinstance(each, Received))
    gone = sum(each.quantity for each in records if isinstance(each, GoodsPassed))
    at_bay = sum(quantity for (place, status, _), quantity in book.items() if place == "BAY")
    rejected = sum(each.quantity for each in records if isinstance(each, Received) and each.verdict == "reject")
    assert came == gone + at_bay + rejected
    assert [each.quantity for each in records if isinstance(each, Picked)] == [
        each.quantity for each in records if isinstance(each, GoodsPassed)
    ]
    held = {status for (place, status, _), quantity in book.items() if place == "BAY" and quantity}
    assert all(each.key.status in {StockStatus(status) for status in held} for each in away)
    assert all(each.quantity <= at_bay for each in away), "more is put away than lies at the bay"
    if state is not None and state.step is ReceiptStep.DONE:
        assert state.rest == (at_bay if state.goods.verdict != "reject" else 0)


def test_the_walks_reach_every_end() -> None:
    ends = {kind for seed in range(300) for each in _walk(random.Random(seed))[1] for kind in map(type, each.records)}
    assert {Received, GoodsPassed, Put, Picked} <= ends
    assert any(_walk(random.Random(seed))[2] for seed in range(300))


def test_what_is_taken_up_later_is_looked_for_with_the_time_of_its_receipt() -> None:
    stock = Stock(place=receiving_place("S1"), key=OF_ONE.key, quantity=5)
    state, (asked,) = receipt.take_up(Waiting(stock=stock, item=BOLT, received_at=NOON))
    assert state is not None
    assert asked == FindWanted(goods=state.goods, quantity=5, received_at=NOON)
    held = replace(stock, key=replace(stock.key, status=StockStatus.QUALITY_HOLD))
    state, effects = receipt.take_up(Waiting(stock=held, item=BOLT, received_at=NOON))
    assert state is not None
    assert (state.step, effects) == (ReceiptStep.DONE, ())
