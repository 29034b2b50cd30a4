"""Parting into totes: what every event does at every step, and that the sums always agree."""

from dataclasses import replace

import pytest

from db.records.stock import Picked
from station import commands as do
from station.flows import task_flow, tote_share
from station.flows.tote_bind import Binding, advance
from station.flows.tote_share import AskFull, AskInto, AskShare, AskShares, Distributing, PutBack
from station.flows.turn import (
    Book,
    Booked,
    Booking,
    BookingFailed,
    CheckCode,
    CodeChecked,
    Finished,
    ScannedPlace,
    ScannedRight,
    ScannedWrong,
    ToteNamed,
    Working,
)
from station.flows.zero_check import AskEmpty
from station.values import BoundTote
from tests.helpers.sample import every_command, task, working

A = replace(task(quantity=3, order="OA"), tote="B1", position="T1")
B = replace(task(quantity=2, order="OB"), tote="B2", position="T2")
BOTH = replace(A, quantity=5, shares=(A, B))
ALL = Distributing(tote_share.whole(BOTH))
SHORT = AskShares(4, "damaged", 1)
STEPS = {
    "working": Working(),
    "parting": ALL,
    "last": Distributing(ALL.shares[1:]),
    "short": tote_share.parted((A, B), (3, 1), "damaged"),
    "ask shares": SHORT,
    "ask share": AskShare(SHORT),
    "ask full": AskFull(ALL),
    "ask into": AskInto(ALL, "T1"),
    "put back": PutBack(5, ALL),
    "booking": Booking(ALL, Distributing(ALL.shares[1:])),
}
EVENTS = {
    "key T1": ToteNamed("T1", "key", is_place=True),
    "scan B2": ToteNamed("B2", "scan"),
    "key T9": ToteNamed("T9", "key", is_place=True),
    "confirm": do.Confirm(1),
    "touch T2": do.Choose(1, "T2"),
    "full": do.ToteFull(1),
    "back": do.Back(1),
    "leave": do.LeaveWork(1),
    "lies back": do.Choose(1, "back_in"),
    "not enough": do.NotEnough(1),
    "urgent": do.Choose(1, "by_urgency"),
    "by hand": do.Choose(1, "by_hand"),
    "two": do.EnterNumber(1, 2),
    "nine": do.EnterNumber(1, 9),
    "scan right": ScannedRight(),
    "scan place": ScannedPlace(),
    "booked": Booked("e1"),
    "failed": BookingFailed("D401"),
}
# What follows, where anything does: the next step, and what is booked.
FOLLOWS = {
    ("working", "key T1"): (Booking, 3),
    ("working", "scan B2"): (Booking, 2),
    ("working", "confirm"): (Distributing, 0),
    ("working", "full"): (AskFull, 0),
    ("working", "not enough"): ("AskTaken", 0),
    ("parting", "key T1"): (Booking, 3),
    ("parting", "scan B2"): (Booking, 2),
    ("parting", "confirm"): (Booking, 3),
    ("parting", "touch T2"): (Booking, 2),
    ("parting", "full"): (AskFull, 0),
    ("parting", "back"): (Working, 0),
    ("last", "scan B2"): (Booking, 2),
    ("last", "confirm"): (Booking, 2),
    ("last", "touch T2"): (Booking, 2),
    ("last", "full"): (AskInto, 0),
    ("last", "back"): (Working, 0),
    ("short", "key T1"): (Booking, 3),
    ("short", "scan B2"): (Booking, 1),
    ("short", "confirm"): (Booking, 3),
    ("short", "touch T2"): (Booking, 1),
    ("short", "full"): (AskFull, 0),
    ("ask shares", "urgent"): (Distributing, 0),
    ("ask shares", "by hand"): (AskShare, 0),
    ("ask shares", "back"): (Working, 0),
    ("ask share", "two"): (Distributing, 0),
    ("ask share", "back"): (Working, 0),
    ("ask full", "touch T2"): (AskInto, 0),
    ("ask full", "back"): (Distributing, 0),
    ("ask into", "two"): (Booking, 2),
    ("ask into", "back"): (Distributing, 0),
    **{(step, "leave"): (PutBack, 0) for step in ("parting", "last", "short", "ask shares", "ask share", "ask full", "ask into")},
    ("put back", "back"): (Distributing, 0),
    ("put back", "lies back"): (PutBack, 0),
    ("booking", "booked"): (Distributing, 0),
    ("booking", "failed"): (Distributing, 0),
}


def run(step, event):
    return task_flow.advance(working(BOTH, book=20).at(step), event)


def picked(effects):
    return [record for effect in effects if isinstance(effect, Book) for record in effect.records if isinstance(record, Picked)]


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("step", STEPS)
def test_every_event_at_every_step(step, event):
    after, effects = run(STEPS[step], EVENTS[event])
    kind, quantity = FOLLOWS.get((step, event), (type(STEPS[step]), 0))
    assert type(after.step).__name__ == (kind if isinstance(kind, str) else kind.__name__)
    assert sum(each.quantity for each in picked(effects)) == quantity


@pytest.mark.parametrize("step", STEPS)
def test_what_means_nothing_there_changes_nothing(step):
    state = working(BOTH, book=20).at(STEPS[step])
    known = {type(each) for (at, name), _ in FOLLOWS.items() if at == step for each in (EVENTS[name],)}
    others = [each for each in every_command() if type(each) not in known]
    if step != "working":
        others.append(ScannedWrong("?"))
        for event in others:
            assert task_flow.advance(state, event) == (state, ())


def test_a_booking_books_each_line_in_its_own_tote():
    _, effects = run(ALL, EVENTS["key T1"])
    (book,) = [each for each in effects if isinstance(each, Book)]
    assert [(each.order, each.quantity, each.tote, each.into) for each in picked(effects)] == [("OA", 3, "B1", "key")]
    assert [(each.task.order, each.moved, each.closes) for each in book.shares] == [("OA", 3, True)]


def test_a_durable_tote_is_asked_no_more_and_the_book_is_less():
    state, _ = run(ALL, EVENTS["key T1"])
    state, _ = task_flow.advance(state, Booked("e1"))
    assert [each.task for each in state.step.shares] == [B]
    assert (state.task.quantity, state.book) == (2, 17)
    assert (state.task.order, state.task.number) == (A.order, A.number)  # the light at the compartment stays


def test_the_last_tote_of_an_empty_compartment_asks_whether_it_is_empty():
    state, _ = task_flow.advance(working(BOTH, book=2).at(STEPS["last"]), EVENTS["confirm"])
    assert isinstance(state.step.after, AskEmpty)


def test_a_short_ends_with_what_each_line_lacks():
    state, _ = run(Distributing(STEPS["short"].shares[1:], "damaged", STEPS["short"].lacking), EVENTS["confirm"])
    assert isinstance(state.step.after, Finished)
    assert [(each.task.order, each.missing) for each in state.step.after.lacking] == [("OB", 1)]


# --- binding -----------------------------------------------------------------------------------------------------------

ASKED = Binding(order="OA", position="T1")
STANDS = {"OX": BoundTote(order="OX", tote="B9", position="T2")}
TYPED = replace(ASKED, checking="B7")
OWN = CheckCode(A, "B7")
BINDINGS = [
    (ASKED, ToteNamed("B1", "scan"), replace(ASKED, tote="B1"), ["tote_bound"], ""),
    (ASKED, ToteNamed("B9", "scan"), ASKED, [], "tote_taken"),
    (ASKED, ToteNamed("T3", "scan", is_place=True), replace(ASKED, position="T3"), [], ""),
    (ASKED, ToteNamed("T2", "key", is_place=True), ASKED, [], "place_taken"),
    (ASKED, do.EnterText(1, "t3"), replace(ASKED, position="T3"), [], ""),
    (ASKED, do.EnterText(1, "B7"), TYPED, [], ""),
    (ASKED, do.EnterText(1, "B 7"), ASKED, [], "not_a_tote"),
    (TYPED, CodeChecked(OWN, False), replace(ASKED, tote="B7"), ["tote_bound"], ""),
    (TYPED, CodeChecked(OWN, True), ASKED, [], "not_a_tote"),
    (TYPED, do.EnterText(1, "B8"), TYPED, [], ""),
    (ASKED, CodeChecked(OWN, False), ASKED, [], ""),
    (replace(ASKED, tote="B1"), Booked("e1"), None, [], ""),
    (replace(ASKED, tote="B1"), BookingFailed("D401"), ASKED, [], ""),
    (replace(ASKED, tote="B1"), ToteNamed("B2", "scan"), replace(ASKED, tote="B1"), [], ""),
    (ASKED, ScannedRight(), ASKED, [], ""),
]


@pytest.mark.parametrize(("binding", "event", "after", "booked", "said"), BINDINGS)
def test_an_order_is_bound_to_a_free_place_and_a_free_tote(binding, event, after, booked, said):
    found, effects = advance(binding, event, task=A, totes=STANDS, places=("T1", "T2", "T3"))
    assert found == after
    assert [record.kind for each in effects if isinstance(each, Book) for record in each.records] == booked
    assert [each.message.code for each in effects if hasattr(each, "message")] == ([said] if said else [])


def test_a_typed_text_stands_in_no_repr_before_it_is_known_to_be_no_badge():
    assert "B7" not in repr(TYPED)


@pytest.mark.parametrize(
    ("step", "quantity"), [("parting", 5), ("last", 2), ("short", 4), ("ask shares", 4), ("ask share", 4), ("ask into", 5)]
)
def test_what_is_in_the_hand_goes_back_when_the_work_is_left(step, quantity):
    state, effects = run(STEPS[step], EVENTS["leave"])
    assert (state.step, effects) == (PutBack(quantity, STEPS[step]), ())
    state, effects = task_flow.advance(state, EVENTS["lies back"])
    assert (state.step.is_back, effects) == (True, ())
