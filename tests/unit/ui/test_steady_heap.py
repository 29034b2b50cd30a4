"""The collector rests while the program is built, and leaves alone what was built."""

from __future__ import annotations

import gc
import linecache

import pytest

from ui.steady_heap import steady_heap


class _Made:
    """Something that the collector would look at."""


def _looked_at(made: _Made) -> bool:
    return any(each is made for each in gc.get_objects())


def test_what_was_built_is_not_looked_at_again() -> None:
    before = _Made()
    with steady_heap() as settle:
        assert not gc.isenabled()
        built = _Made()
        settle()
        assert gc.isenabled()
        later = _Made()
        assert [_looked_at(each) for each in (before, built, later)] == [False, False, True]
    assert [_looked_at(each) for each in (before, built, later)] == [True, True, True]


def test_the_texts_of_the_modules_are_not_kept() -> None:
    with steady_heap() as settle:
        assert linecache.getlines(__file__)
        settle()
        assert not linecache.cache


def test_a_start_that_fails_leaves_the_collector_as_it_was() -> None:
    with pytest.raises(OSError, match="no disk"), steady_heap():
        raise OSError("no disk")
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_who_runs_without_a_collector_gets_none() -> None:
    gc.disable()
    try:
        with steady_heap() as settle:
            settle()
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
