"""What is asked before something is done to an order: the way there, and a matrix of every step against everything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station import commands as do
from station.flows.order_page import (
    REASONS,
    Acting,
    Do,
    Ended,
    Lines,
    Look,
    OrderStep,
    Refused,
    TakenGoes,
    Why,
    advance,
    primary,
    why_not,
)
from station.order_acts import Act, OrderAct
from station.order_seen import LineSeen, OrderSeen, Taken
from station.values import KitPart, LineState, Order, OrderKind, OrderLine, OrderState, StockKey
from tests.helpers.sample import BOLT, NUT, every_command, place

LINES = (
    OrderLine(order="A", line="1", item=BOLT.code, quantity=8, done_quantity=3),
    OrderLine(order="A", line="2", item=NUT.code, quantity=2),
    OrderLine(order="A", line="3", item=NUT.code, quantity=2, state=LineState.SKIPPED),
    OrderLine(order="A", line="4", item=NUT.code, quantity=2, state=LineState.CONFIRMED, done_quantity=2),
)
ORDER = Order(order="A", kind=OrderKind.PICK, lines=LINES)
TAKEN = (Taken("1", place(4, "C7"), StockKey(item=BOLT.code), 3),)


def seen(order: Order = ORDER, *, owner: str = "", taken: tuple[Taken, ...] = (), **more: bool) -> OrderSeen:
    return OrderSeen(
        order=order, lines=tuple(LineSeen(line=each, item=None) for each in order.lines), owner=owner, taken=taken, **more
    )


BEGUN = seen(owner="p_mara", taken=TAKEN)
HELD = seen(replace(ORDER, state=OrderState.HELD), owner="p_mara")

# step -> the kinds of event that it answers to, on an order that somebody else has begun; the key is one that it offers
MATRIX: dict[OrderStep, tuple[set[str], str]] = {
    Look(): ({"HoldOrder", "TakeOverOrder", "SplitOrder", "CancelOrder", "ResumeOrder", "Back", "ClosePage"}, ""),
    Lines(): ({"ChooseLine", "SplitOrder", "Back", "ClosePage"}, ""),
    Lines(frozenset(("2",))): ({"ChooseLine", "SplitOrder", "Back", "ClosePage"}, ""),
    Why(Act.HOLD): ({"Choose", "Back", "ClosePage"}, "order_later"),
    Why(Act.RESUME): ({"Choose", "Back", "ClosePage"}, "order_checked"),
    Why(Act.TAKE_OVER): ({"Choose", "Back", "ClosePage"}, "order_help"),
    Why(Act.SPLIT, frozenset(("2",))): ({"Choose", "Back", "ClosePage"}, "order_share"),
    Why(Act.CANCEL): ({"Choose", "Back", "ClosePage"}, "order_wrong"),
    TakenGoes("order_wrong"): ({"Choose", "Back", "ClosePage"}, "put_back"),
    Acting(Act.HOLD): ({"Ended"}, ""),
}


@pytest.mark.parametrize("step", MATRIX, ids=repr)
def test_a_step_answers_to_what_it_names_and_to_nothing_else(step: OrderStep) -> None:
    named, key = MATRIX[step]
    events = (*every_command(key=key), *every_command(key="not_offered"), do.ChooseLine(1, "2"), Ended(), Ended("in_hand"))
    answered = {type(each).__name__ for each in events if advance(step, each, seen=BEGUN, by="p_jonas") != (step, ())}
    assert answered == named


@pytest.mark.parametrize("step", [each for each in MATRIX if isinstance(each, Why | TakenGoes)], ids=repr)
def test_a_key_that_was_not_offered_is_no_answer(step: OrderStep) -> None:
    assert advance(step, do.Choose(1, "not_offered"), seen=BEGUN, by="p_jonas") == (step, ())


@pytest.mark.parametrize("act", [Act.HOLD, Act.TAKE_OVER])
def test_two_touches_lead_to_the_act(act: Act) -> None:
    command = {Act.HOLD: do.HoldOrder(1), Act.TAKE_OVER: do.TakeOverOrder(1)}[act]
    step, effects = advance(Look(), command, seen=BEGUN, by="p_jonas")
    assert (step, effects) == (Why(act), ())
    reason = REASONS[act][0]
    assert step is not None
    asked = OrderAct(act=act, order="A", reason=reason)
    assert advance(step, do.Choose(1, reason), seen=BEGUN, by="p_jonas") == (Acting(act), (Do(asked),))


def test_a_held_order_goes_on_and_is_not_held_again() -> None:
    assert primary(HELD, "p_jonas") is Act.RESUME
    assert advance(Look(), do.ResumeOrder(1), seen=HELD, by="p_jonas") == (Why(Act.RESUME), ())
    assert advance(Look(), do.HoldOrder(1), seen=HELD, by="p_jonas") == (Look(), (Refused("held"),))


def test_the_lines_of_a_split_are_chosen_one_by_one_in_their_own_order() -> None:
    step: OrderStep | None = Look()
    for event in (do.SplitOrder(1), do.ChooseLine(1, "3"), do.ChooseLine(1, "2"), do.ChooseLine(1, "1"), do.SplitOrder(1)):
        assert step is not None
        step, _ = advance(step, event, seen=BEGUN, by="p_jonas")
    assert step == Why(Act.SPLIT, frozenset(("2", "3")))  # of line 1 something was taken: it stays
    _, effects = advance(step, do.Choose(1, "order_share"), seen=BEGUN, by="p_jonas")
    assert effects == (Do(OrderAct(act=Act.SPLIT, order="A", reason="order_share", lines=("2", "3"))),)


def test_the_parts_of_a_kit_go_together() -> None:
    kit = KitPart("KIT", "2", 1, 2)
    order = replace(ORDER, lines=(LINES[0], *(replace(each, kit=kit) for each in LINES[1:3])))
    step, _ = advance(Lines(), do.ChooseLine(1, "3"), seen=seen(order), by="p_jonas")
    assert step == Lines(frozenset(("2", "3")))
    assert advance(step, do.ChooseLine(1, "2"), seen=seen(order), by="p_jonas") == (Lines(), ())


def test_all_open_lines_cannot_go() -> None:
    order = replace(ORDER, lines=LINES[1:3])
    assert advance(Lines(frozenset(("2", "3"))), do.SplitOrder(1), seen=seen(order), by="p") == (
        Lines(frozenset(("2", "3"))),
        (Refused("none_left"),),
    )
    assert why_not(seen(replace(ORDER, lines=LINES[1:2])), Act.SPLIT, "p") == "none_left"


def test_a_cancellation_asks_what_becomes_of_what_was_taken_and_only_then() -> None:
    assert advance(Why(Act.CANCEL), do.Choose(1, "order_wrong"), seen=BEGUN, by="p") == (TakenGoes("order_wrong"), ())
    back = OrderAct(act=Act.CANCEL, order="A", reason="order_wrong", goes_on=False)
    assert advance(TakenGoes("order_wrong"), do.Choose(1, "put_back"), seen=BEGUN, by="p")[1] == (Do(back),)
    _, effects = advance(Why(Act.CANCEL), do.Choose(1, "order_wrong"), seen=seen(), by="p")
    assert effects == (Do(replace(back, goes_on=True)),)


@pytest.mark.parametrize(
    ("looked", "act", "why"),
    [
        (seen(is_elsewhere=True), Act.HOLD, "elsewhere"),
        (seen(is_in_hand=True), Act.CANCEL, "in_hand"),
        (seen(is_in_hand=True), Act.HOLD, ""),
        (seen(), Act.TAKE_OVER, "not_begun"),
        (seen(owner="p"), Act.TAKE_OVER, "yours_already"),
        (seen(replace(ORDER, state=OrderState.CLOSED)), Act.HOLD, "order_ended"),
        (seen(replace(ORDER, sequence="S")), Act.SPLIT, "not_splittable"),
        (seen(replace(ORDER, kind=OrderKind.COUNT)), Act.SPLIT, "not_splittable"),
        (seen(), Act.RESUME, "not_held"),
    ],
)
def test_what_cannot_be_says_why(looked: OrderSeen, act: Act, why: str) -> None:
    assert why_not(looked, act, "p") == why


def test_back_leads_one_question_back_and_the_chosen_lines_stay_chosen() -> None:
    chosen = frozenset(("2",))
    assert advance(Why(Act.SPLIT, chosen), do.Back(1), seen=BEGUN, by="p") == (Lines(chosen), ())
    assert advance(Why(Act.HOLD), do.Back(1), seen=BEGUN, by="p") == (Look(), ())
    assert advance(TakenGoes("order_wrong"), do.Back(1), seen=BEGUN, by="p") == (Why(Act.CANCEL), ())
    assert advance(Look(), do.Back(1), seen=BEGUN, by="p") == (None, ())
