"""A count that differs too much from the book is booked with another person's badge and PIN, or stands in the record as held."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.people import PinConfirmed
from db.records.stock import Counted, CountHeld
from station import commands as do
from station.core.state import Rules
from station.count_tolerance import CountTolerance
from station.flows.session import CheckPin, FindBadge
from station.view.sign_on import PinAgainFace
from tests.helpers.sample import BOLT, ELIF, JONAS, MARA
from tests.helpers.world import World

TWO_PIECES = CountTolerance(2, 0)


def counting(*, by: str = MARA.person, tolerance: CountTolerance | None = TWO_PIECES) -> World:
    """Somebody counts the bolts of C7 in tray 4, of which the book has six."""
    world = World()
    world.state = replace(world.state, rules=Rules(tolerance=tolerance))
    world.sign_on(by)
    world.settle()
    world.give(do.CallTray(4))
    world.settle()
    world.give(do.CountHere(world.state.token))
    world.settle()
    return world


def figure(world: World, number: int) -> None:
    for _ in range(2):
        world.give(do.EnterNumber(world.state.token, number))
    world.settle()


def counts(world: World) -> list[int]:
    return [each.counted for each in world.store.written if isinstance(each, Counted)]


def approve(world: World, person: str) -> None:
    world.scan(person)
    assert isinstance(world.gate[0], FindBadge)
    world.pass_gate()


@pytest.mark.parametrize("number", [4, 8])
def test_within_the_tolerance_nobody_is_asked(number: int) -> None:
    world = counting()
    figure(world, number)
    assert counts(world) == [number]


def test_without_the_setting_nobody_else_is_asked() -> None:
    world = counting(tolerance=None)
    figure(world, 60)
    face = world.view().face
    assert isinstance(face, PinAgainFace)
    assert (face.act, face.name) == ("stock_correction", MARA.name), "a count that he alone asked for is his, by his PIN"
    world.prove()
    world.settle()
    assert counts(world) == [60]


def test_beyond_it_a_supervisor_approves_with_badge_and_pin_in_the_same_transaction() -> None:
    world = counting()
    figure(world, 9)
    face = world.view().face
    assert isinstance(face, PinAgainFace)
    assert (face.act, face.step, face.counted, face.book, counts(world)) == ("count_variance", "badge", 9, 6, [])
    world.give(do.EnterPin("123456"))
    assert not world.gate, "the counter's own PIN is no approval"
    approve(world, JONAS.person)
    world.give(do.EnterPin("123456"))
    assert isinstance(world.gate[0], CheckPin)
    assert world.gate[0].person == JONAS
    world.pass_gate()
    assert [type(each) for each in world.writes[-1].records] == [Counted, PinConfirmed]
    world.settle()
    assert counts(world) == [9]
    assert PinConfirmed(person=JONAS.person, act="count_variance") in world.store.written


@pytest.mark.parametrize(("by", "approver"), [(MARA, MARA), (MARA, ELIF), (JONAS, JONAS)])
def test_neither_the_counter_nor_another_role_approves(by, approver) -> None:  # type: ignore[no-untyped-def]
    world = counting(by=by.person)
    figure(world, 9)
    approve(world, approver.person)
    assert world.view().bar.code == "no_approver"
    assert counts(world) == []


def test_with_nobody_there_the_count_is_held_and_the_work_goes_on() -> None:
    world = counting()
    figure(world, 9)
    world.give(do.Back(world.state.token))
    world.settle()
    (held,) = [each for each in world.store.written if isinstance(each, CountHeld)]
    assert (held.item, held.counted, held.shown, counts(world)) == (BOLT.code, 9, 6, [])
    world.give(do.Skip(world.state.token))
    world.settle()
    assert world.state.held_back is None
    assert world.state.round is None


@pytest.mark.parametrize(
    ("tolerance", "book", "counted", "is_beyond"),
    [
        ((2, 0), 6, 8, False),
        ((2, 0), 6, 9, True),
        ((0, 10), 100, 110, False),
        ((0, 10), 100, 111, True),
        ((0, 10), -5, -5, False),
    ],
)
def test_the_larger_tolerance_counts(tolerance: tuple[int, int], book: int, counted: int, is_beyond: bool) -> None:
    assert CountTolerance(*tolerance).is_beyond(BOLT, counted=counted, book=book) is is_beyond


def test_pieces_are_of_the_stock_unit() -> None:
    metres = replace(BOLT, decimals=2)
    assert not CountTolerance(2, 0).is_beyond(metres, counted=700, book=500)
    assert CountTolerance(2, 0).is_beyond(metres, counted=701, book=500)
