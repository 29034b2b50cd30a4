"""Several lifts before one person: where the work is, what the others bring, and that each stands and stops by itself."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from db.records.machine import MotionIntended, SafetyEvent
from db.records.planning import LineTimed, TrayChosen
from db.records.stock import Picked
from hardware.values import LinkDown, LinkUp, Outcome, SafetyCleared, SafetyStopped
from station import commands as do
from station.core.lifts import turned_to
from station.custody import Verb
from tests.helpers.two_lifts import LEFT, OPENING, RIGHT, SECOND, TwoLifts, two_lifts


def confirm(world: TwoLifts) -> None:
    world.give(do.Confirm(world.state.token))
    world.rest()


def picked(world: TwoLifts) -> list[int]:
    return [each.tray for each in world.store.written if isinstance(each, Picked)]


def chosen(world: TwoLifts) -> list[TrayChosen]:
    return [each for each in world.store.written if isinstance(each, TrayChosen)]


def at_left() -> TwoLifts:
    """Both lifts have brought their first trays, and the work is at the left one."""
    world = two_lifts(A=(11, 12), B=(21, 22))
    world.settle()
    assert (world.state.custody.opening, world.at(OPENING), world.at(SECOND)) == (OPENING, 11, 21)
    return world


def test_both_lifts_bring_a_tray_and_each_motion_has_its_own_intent() -> None:
    world = two_lifts(A=(11, 12), B=(21, 22))
    assert {opening: move.tray for opening, move in world.moves.items() if move} == {OPENING: 11, SECOND: 21}
    intents = [each for each in world.store.written if isinstance(each, MotionIntended)]
    assert {(each.opening, each.tray) for each in intents} == {(OPENING, 11), (SECOND, 21)}
    assert len({each.command for each in intents}) == 2


def test_the_work_goes_to_the_tray_that_stands_ready_and_the_lift_behind_brings_the_next() -> None:
    world = at_left()
    confirm(world)
    assert (world.state.custody.opening, world.view().face.tray, world.view().face.is_here) == (SECOND, 21, True)
    assert (chosen(world)[-1].why, chosen(world)[-1].opening) == ("ready_beside", SECOND)
    assert world.moves[OPENING].verb is Verb.STORE
    world.end(OPENING)
    world.rest()
    assert (world.moves[OPENING].verb, world.moves[OPENING].tray) == (Verb.FETCH, 12)
    confirm(world)
    assert picked(world) == [11, 21]


def test_no_time_of_the_lift_is_booked_for_a_tray_that_stood_ready() -> None:
    world = at_left()
    confirm(world)
    confirm(world)
    first, second = (each for each in world.store.written if isinstance(each, LineTimed))
    assert first.lift_ms > 0
    assert second.lift_ms < first.lift_ms


def test_a_confirm_needs_the_tray_at_the_lift_of_its_task() -> None:
    world = two_lifts(A=(11,), B=(21,))
    world.end(SECOND)
    world.rest()
    assert (world.view().face.tray, world.at(SECOND), world.at(OPENING)) == (11, 21, None)
    confirm(world)
    assert picked(world) == []
    world.settle()
    confirm(world)
    assert picked(world) == [11]


def test_the_light_goes_out_where_nobody_works_any_more() -> None:
    world = two_lifts(A=(11, 12), B=(21,))
    world.settle()
    confirm(world)
    confirm(world)  # lift 2 keeps its tray: nothing else of it is needed
    world.settle()
    assert world.state.custody.opening == OPENING
    assert turned_to(world.state, SECOND).custody.lit == ""
    assert world.at(SECOND) == 21


def test_all_trays_go_back_at_the_end() -> None:
    world = at_left()
    world.give(do.LeaveWork(world.state.token))
    world.settle()
    assert (world.at(OPENING), world.at(SECOND)) == (None, None)
    assert set(world.metals.values()) == {None}


def test_a_stop_beside_is_said_and_leaves_the_work_here_alone() -> None:
    world = at_left()
    world.told(SECOND, SafetyStopped("1002"))
    assert (world.view().bar.code, world.view().bar.params["lift"]) == ("lift_stopped", 2)
    world.rest()
    assert [(each.opening, each.code) for each in world.store.written if isinstance(each, SafetyEvent)] == [(SECOND, "1002")]
    confirm(world)
    world.settle()
    assert picked(world) == [11]
    assert (world.state.custody.opening, world.at(OPENING)) == (OPENING, 12)


def test_after_a_stop_no_lift_moves_before_the_touch_of_who_works_there() -> None:
    world = two_lifts(A=(11, 12), B=(21, 22))
    world.told(SECOND, SafetyStopped("1002"))
    world.end(SECOND, Outcome.NOT_DONE)
    world.settle()
    world.told(SECOND, SafetyCleared())
    world.rest()
    confirm(world)
    world.settle()
    confirm(world)
    world.settle()
    assert picked(world) == [11, 12]
    assert world.moves[SECOND] is None
    assert (world.state.custody.opening, world.view().bar.code) == (SECOND, "touch_to_fetch")
    world.give(do.FetchAgain(world.state.token))
    world.settle()
    confirm(world)
    assert picked(world) == [11, 12, 21]


@pytest.mark.parametrize(("trouble", "why"), [(SafetyStopped("1002"), "stopped"), (LinkDown("L101"), "link_down")])
def test_where_the_lift_stands_that_is_worked_at_the_work_goes_on_at_the_other(trouble: object, why: str) -> None:
    world = at_left()
    world.told(OPENING, trouble)
    world.rest()
    assert (world.view().flashed.code, world.view().flashed.params["lift"]) == (f"lift_later_{why}", 1)
    assert (world.state.custody.opening, world.view().face.tray) == (SECOND, 21)
    for _ in range(2):
        confirm(world)
        world.settle()
    assert picked(world) == [21, 22]
    assert world.state.custody.opening == OPENING  # what is left waits, and the screen says for what
    assert world.view().bar.code == ("machine_stopped" if why == "stopped" else "link_down")
    world.told(OPENING, SafetyCleared() if why == "stopped" else LinkUp())
    world.give(do.FetchAgain(world.state.token))
    world.settle()
    confirm(world)
    world.settle()
    confirm(world)
    world.settle()
    assert sorted(picked(world)) == [11, 12, 21, 22]


def test_a_hand_in_the_light_curtain_is_no_reason_to_walk_away() -> None:
    world = at_left()
    rules = replace(world.state.rules, stop_causes={"1001": "light_curtain"})
    world.state = replace(world.state, rules=rules)
    world.told(OPENING, SafetyStopped("1001"))
    assert (world.state.custody.opening, world.view().bar.code) == (OPENING, "light_curtain")


def test_goods_in_the_hand_keep_the_work_at_a_lift_that_stands() -> None:
    world = at_left()
    work = world.state.round
    world.state = replace(world.state, round=replace(work, current=replace(work.current, scanned=1)))
    world.told(OPENING, SafetyStopped("1002"))
    assert (world.state.custody.opening, world.view().bar.code) == (OPENING, "machine_stopped")


def test_a_person_cannot_name_a_tray_of_the_other_lift() -> None:
    world = two_lifts(A=(11,))
    world.told(OPENING, LinkDown("L101"))
    world.end(OPENING, Outcome.UNKNOWN)
    world.told(OPENING, LinkUp())
    world.rest()
    world.give(do.TellTray(21))
    assert (world.view().bar.code, world.view().bar.error) == ("tray_of_other_lift", "O458")
    world.give(do.TellTray(11))
    assert world.at(OPENING) == 11


def test_a_called_tray_turns_the_station_to_its_lift() -> None:
    world = two_lifts()
    world.give(do.CallTray(22))
    world.settle()
    assert (world.state.custody.opening, world.at(SECOND), world.at(OPENING)) == (SECOND, 22, None)


def test_a_bay_out_of_service_calls_nothing_and_the_other_goes_on() -> None:
    world = at_left()
    world.state = replace(world.state, beside=tuple(replace(each, bay_out="belt") for each in world.state.beside))
    confirm(world)
    assert world.state.custody.opening == SECOND  # its tray stands at the bay already
    confirm(world)
    world.settle()
    assert (world.state.custody.opening, world.at(OPENING), world.at(SECOND)) == (OPENING, 12, 21)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_the_laws_hold_at_both_lifts(seed: int) -> None:
    draw = random.Random(seed)
    world = two_lifts(A=LEFT, B=RIGHT, C=(12, 22))
    for _ in range(120):
        match draw.randrange(9):
            case 0 | 1 | 2 if world.moving():
                world.end(draw.choice(world.moving()), draw.choice((Outcome.DONE,) * 6 + (Outcome.NOT_DONE, Outcome.UNKNOWN)))
            case 3:
                world.told(draw.choice((OPENING, SECOND)), draw.choice((SafetyStopped("1002"), LinkDown("L101"))))
            case 4 | 5:
                for opening in (OPENING, SECOND):
                    world.told(opening, SafetyCleared())
                    world.told(opening, LinkUp())
            case 6:
                world.give(do.FetchAgain(world.state.token))
            case 7:
                where = world.metals[world.state.custody.opening]
                world.give(do.TellTray(where))
            case _:
                world.give(do.Confirm(world.state.token))
        world.rest()
    trays = [each.tray for each in world.store.written if isinstance(each, Picked)]
    lines = [(each.order, each.line) for each in world.store.written if isinstance(each, Picked)]
    assert len(lines) == len(set(lines)), "a line is booked twice"
    assert set(trays) <= {*LEFT, *RIGHT}
