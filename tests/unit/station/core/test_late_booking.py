"""A supervisor enters at the screen what was done without the station: one question after the other, and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from db.records.late import LateCounted, LateLineClosed, LatePicked, LatePut
from station import commands as do
from station.core.inputs import StoreChanged
from station.flows.late_draft import LateEntered, day_of
from station.scan import place_label, tray_label
from station.values import LineState, OrderState, Place
from station.view.action import Action
from station.view.ask import AskChoice, AskNumber, AskText
from station.view.late import LateFace
from tests.helpers.fake_store import NOON
from tests.helpers.sample import BOLT, JONAS, MARA, NUT
from tests.helpers.world import World


def begun(person: str = JONAS.person) -> World:
    world = World()
    world.sign_on(person)
    world.settle()
    world.give(do.OpenLate())
    world.settle()
    world.give(do.AskLate(world.state.token))
    world.settle()
    return world


def face(world: World) -> LateFace:
    shown = world.view().face
    assert isinstance(shown, LateFace), shown
    return shown


def asked(world: World) -> str:
    ask = face(world).ask
    return ask.code if ask is not None else ""


def answer(world: World, *answers: str | int) -> None:
    """A choice by its key, a number, or a text, as the question wants."""
    for each in answers:
        ask = face(world).ask
        token = world.state.token
        if isinstance(ask, AskChoice):
            assert str(each) in {choice.key for choice in ask.choices}, (each, ask)
            world.give(do.Choose(token, str(each)))
        elif isinstance(ask, AskNumber):
            world.give(do.EnterNumber(token, int(each)))
        else:
            assert isinstance(ask, AskText), face(world)
            world.give(do.EnterText(token, str(each)))
        if world.state.held_back is not None:
            world.prove()
        world.settle()


WHEN = (MARA.person, "yesterday", 930, "late_power_cut")


def local(day: datetime, hour: int, minute: int) -> datetime:
    return day.astimezone().replace(hour=hour, minute=minute, second=0, microsecond=0).astimezone(UTC)


def test_a_line_is_finished_with_true_time_person_and_reason() -> None:
    world = begun()
    answer(world, "line", "O1", "2", 4, "C8", 3)
    answer(world, *WHEN)
    said = [(each.code, dict(each.params)) for each in face(world).said]
    assert [code for code, _ in said] == ["late_said_pick", "late_said_when"]
    answer(world, "book")
    picked, closed = (each for each in world.store.written if isinstance(each, LatePicked | LateLineClosed))
    assert isinstance(picked, LatePicked)
    assert (picked.quantity, picked.item, picked.compartment, picked.order) == (3, NUT.code, "C8", "O1")
    assert (picked.done_by, picked.late_reason) == (MARA.person, "late_power_cut")
    assert datetime.fromisoformat(picked.true_at) == local(NOON - timedelta(days=1), 9, 30)
    assert isinstance(closed, LateLineClosed)
    assert world.store.log[-1].operator == JONAS.person, "who entered it"
    order = world.store.orders["O1"]
    assert (order.state, order.lines[1].state) == (OrderState.RELEASED, LineState.CONFIRMED)
    assert (asked(world), world.view().bar.code) == ("", "late_booked")


def test_less_than_asked_asks_what_of_the_rest() -> None:
    world = begun()
    answer(world, "line", "O1", "1", 4, "C7", 2)
    assert asked(world) == "late_rest"
    answer(world, "short", *WHEN, "book")
    assert world.store.orders["O1"].lines[0].state is LineState.SHORT


def test_without_an_order_the_item_is_asked_and_a_put_of_lots_its_lot() -> None:
    world = begun()
    answer(world, "put", 5, "C8", "RESIN-X")
    assert asked(world) == "which_lot"
    answer(world, "L9", 2, *WHEN, "book")
    (put,) = (each for each in world.store.written if isinstance(each, LatePut))
    assert (put.lot, put.quantity, put.order, put.reason) == ("L9", 2, "", "late_power_cut")


def test_a_scan_answers_what_is_asked_and_nothing_else() -> None:
    world = begun()
    answer(world, "put")
    place = Place(world.state.custody.machine, 5, "C8")
    for nothing in ("BLC-OTHER-5-C8", tray_label("OTHER", 5), "RESIN-X"):
        world.scan(nothing)
        assert (asked(world), world.view().bar.code) == ("which_tray", "scan_not_used")
    world.scan(place_label(place))
    assert asked(world) == "which_item"
    world.scan("RESIN-X")
    world.settle()
    assert asked(world) == "which_lot"
    world.scan("RESIN-X")
    assert asked(world) == "which_lot", "the item once more is no lot"
    world.scan("L9")
    answer(world, 2, *WHEN, "book")
    (put,) = (each for each in world.store.written if isinstance(each, LatePut))
    assert (put.tray, put.compartment, put.item, put.lot) == (5, "C8", "RESIN-X", "L9")
    world.give(do.AskLate(world.state.token))
    world.settle()
    answer(world, "pick")
    world.scan(tray_label(place.machine, 4))
    assert asked(world) == "late_which_compartment"
    world.scan(place_label(place))
    assert asked(world) == "late_which_compartment", "a compartment of another tray"


def test_what_the_record_does_not_take_is_asked_again() -> None:
    world = begun()
    answer(world, "pick", 4, "Z9", BOLT.code, 2, *WHEN, "book")
    assert (asked(world), world.view().bar.code) == ("which_tray", "late_unknown_compartment")
    answer(world, 4, "C7", "book")
    assert sum(isinstance(each, LatePicked) for each in world.store.written) == 1


def test_after_a_count_it_is_asked_whether_that_is_meant() -> None:
    world = begun()
    answer(world, "count", 4, "C7", BOLT.code, 6, MARA.person, "yesterday", 1000, "late_network", "book")
    assert any(isinstance(each, LateCounted) for each in world.store.written)
    world.give(do.AskLate(world.state.token))
    world.settle()
    answer(world, "pick", 4, "C7", BOLT.code, 2, *WHEN, "book")
    assert face(world).said[0].code == "late_counted_since"
    answer(world, "book")
    assert any(isinstance(each, LatePicked) for each in world.store.written)


def test_what_cannot_be_a_time_is_said_at_once() -> None:
    world = begun()
    answer(world, "pick", 4, "C7", BOLT.code, 2, MARA.person, "other_day", 3113)
    assert world.view().bar.code == "late_no_day"
    answer(world, 203, 2575)
    assert world.view().bar.code == "late_no_time"
    answer(world, 1200, "late_other", "FIRE DRILL", "book")
    (picked,) = (each for each in world.store.written if isinstance(each, LatePicked))
    assert picked.late_reason == "FIRE DRILL"


def test_the_future_is_refused() -> None:
    world = begun()
    answer(world, "pick", 4, "C7", BOLT.code, 2, MARA.person, "today", 2359)
    assert world.view().bar.code == "late_in_future"


def test_back_leads_one_question_back_and_then_out() -> None:
    world = begun()
    answer(world, "pick", 4)
    assert asked(world) == "late_which_compartment"
    for code in ("which_tray", "late_what", ""):
        world.give(do.Back(world.state.token))
        assert asked(world) == code
    assert not any(isinstance(each, LatePicked) for each in world.store.written)


def test_a_full_disk_loses_nothing_that_was_said() -> None:
    world = begun()
    answer(world, "pick", 4, "C7", BOLT.code, 2, *WHEN)
    world.give(do.Choose(world.state.token, "book"))
    world.prove()
    world.feed(LateEntered(code="D401"))
    assert asked(world) == "late_sure"
    world.reads.clear()
    world.feed(StoreChanged(""))
    answer(world, "book")
    assert sum(isinstance(each, LatePicked) for each in world.store.written) == 1


def test_an_operator_cannot_come_here() -> None:
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.give(do.OpenLate())
    world.give(do.AskLate(world.state.token))
    assert Action.LATE_BOOKING not in {each.action for each in getattr(world.view().face, "offers", ())}


@pytest.mark.parametrize(("typed", "day"), [(2611, "2026-11-26"), (2711, "2025-11-27"), (101, "2026-01-01"), (3102, ""), (0, "")])
def test_a_day_is_the_last_one_written_so(typed: int, day: str) -> None:
    found = day_of(typed, datetime(2026, 11, 26, tzinfo=UTC).date())
    assert (found.isoformat() if found else "") == day
