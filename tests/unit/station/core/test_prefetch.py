"""The wish for the tray wanted next: which fetch carries it, and what it never changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.machine import MotionIntended
from db.records.service import TrayOutOfService
from hardware.values import Outcome
from station import commands as do
from station.core.effects import Move
from station.core.inputs import SiteChanged
from station.custody import NotKnown, Verb
from station.flows.round_state import next_tray
from tests.helpers.sample import ELIF, MACHINE, MARA
from tests.helpers.world import World


def coming(*, may_prefetch: bool = True) -> tuple[World, Move]:
    """A round of three trays whose first one is on its way."""
    world = World()
    world.state = replace(world.state, rules=replace(world.state.rules, may_prefetch=may_prefetch))
    world.sign_on(MARA.person)
    world.settle()
    world.start("O1", "O4")
    while world.move is None:
        world.write()
        world.read_all()
    return world, world.move


def trays_of(world: World) -> list[int]:
    work = world.state.round
    assert work is not None
    return list(dict.fromkeys(each.place.tray for each in work.queue))


def test_the_fetch_names_the_tray_that_the_round_wants_next_and_the_record_has_it_before() -> None:
    world, move = coming()
    first, second, *_ = trays_of(world)
    assert (move.verb, move.tray, move.next_tray) == (Verb.FETCH, first, second)
    world.write_all()
    intents = [each for each in world.store.written if isinstance(each, MotionIntended)]
    assert [(each.tray, each.next_tray) for each in intents] == [(first, second)]


def test_a_tray_made_ready_is_not_at_the_bay() -> None:
    world, move = coming()
    world.write_all()
    world.end_motion(Outcome.DONE)
    assert (world.state.custody.tray_here, world.move) == (move.tray, None), "no command of its own follows"
    assert world.state.custody.tray_here != move.next_tray


def test_where_it_is_not_wanted_or_cannot_be_told_nothing_is_named() -> None:
    _, move = coming(may_prefetch=False)
    assert move.next_tray is None


def test_a_lost_answer_to_a_fetch_with_a_wish_is_unknown_and_nothing_is_sent_again() -> None:
    world, _ = coming()
    world.write_all()
    world.end_motion(Outcome.UNKNOWN, code="L202")
    world.write_all()
    world.read_all()
    assert isinstance(world.state.custody.where, NotKnown)
    assert world.move is None


def test_another_plan_is_the_next_fetchs_and_the_old_wish_is_not_followed() -> None:
    world, move = coming()
    assert move.next_tray is not None
    world.write_all()
    world.end_motion(Outcome.DONE)
    world.store.write((TrayOutOfService(machine=MACHINE, tray=move.next_tray, reason="bent"),))
    world.feed(SiteChanged())
    world.settle()
    while world.state.custody.tray_here == move.tray and world.state.round is not None:
        world.give(do.Skip(world.state.token))
        world.settle()
    assert world.state.custody.tray_here != move.next_tray
    assert world.metal != move.next_tray


def test_what_is_out_of_service_is_not_wished_for() -> None:
    world = World()
    world.sign_on(ELIF.person)
    world.settle()
    world.start("O4")
    work = world.state.round
    assert work is not None
    wished = next_tray(work)
    assert wished is not None
    world.store.write((TrayOutOfService(machine=MACHINE, tray=wished, reason="bent"),))
    world.feed(SiteChanged())
    world.read_all()
    while world.move is None:
        world.write()
        world.read_all()
    assert world.move.next_tray is None


@pytest.mark.parametrize("person", [MARA.person, ELIF.person])
def test_a_tray_called_without_an_order_carries_no_wish(person: str) -> None:
    world = World()
    world.sign_on(person)
    world.settle()
    world.give(do.CallTray(4))
    world.read_all()
    assert world.move is not None
    assert world.move.next_tray is None
