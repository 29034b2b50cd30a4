"""Two lines before the writer: bookings first, the rest between them."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future

from db.waiting import GROUP_MAX, GROUPS_IN_A_ROW, Import, Request, Upkeep, Waiting


def _booking() -> Request:
    return Request(lambda connection: None, Future())


def _upkeep() -> Upkeep:
    return Upkeep(lambda: None, Future())


def _import() -> Import:
    return Import(deque(), Future())


def test_bookings_overtake_and_each_line_keeps_its_order() -> None:
    waiting = Waiting()
    first, second, upkeep, imported = _booking(), _booking(), _upkeep(), _import()
    for each in (upkeep, imported, first, second):
        assert waiting.add(each)
    assert [waiting.take(0) for _ in range(4)] == [(first, second), upkeep, imported, None]


def test_an_import_with_pieces_left_stays_the_first_of_its_line() -> None:
    waiting = Waiting()
    imported, upkeep, booking = _import(), _upkeep(), _booking()
    waiting.add(imported)
    waiting.add(upkeep)
    assert waiting.take(0) is imported
    waiting.put_back(imported)
    waiting.add(booking)
    assert [waiting.take(0) for _ in range(3)] == [(booking,), imported, upkeep]


def test_a_group_is_bounded() -> None:
    waiting = Waiting()
    for _ in range(GROUP_MAX + 1):
        waiting.add(_booking())
    groups = [waiting.take(0), waiting.take(0)]
    assert [len(each) for each in groups if isinstance(each, tuple)] == [GROUP_MAX, 1]


def test_bookings_without_end_do_not_keep_the_rest_out_for_ever() -> None:
    waiting = Waiting()
    upkeep = _upkeep()
    waiting.add(upkeep)
    taken = []
    for _ in range(GROUPS_IN_A_ROW + 1):
        waiting.add(_booking())
        taken.append(waiting.take(0))
    assert taken.index(upkeep) == GROUPS_IN_A_ROW


def test_what_was_added_before_the_end_is_still_taken() -> None:
    waiting = Waiting()
    booking = _booking()
    waiting.add(booking)
    waiting.close()
    assert not waiting.add(_booking())
    assert not waiting.is_over
    assert waiting.take(0) == (booking,)
    assert waiting.is_over
    assert waiting.take(3600) is None
