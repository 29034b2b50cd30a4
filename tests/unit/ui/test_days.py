"""Days on the command line: where they begin and end, also on the days that are not 24 hours long."""

from __future__ import annotations

import time
from argparse import ArgumentTypeError
from collections.abc import Iterator
from datetime import timedelta

import pytest

from ui.cli.days import day_of, end_of, moment_of
from ui.cli.terminal import CommandError


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The computer stands in Berlin."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(("day", "hours"), [("2026-11-02", 24), ("2026-03-29", 23), ("2026-10-25", 25)])
def test_a_day_ends_at_the_midnight_after_it(berlin: None, day: str, hours: int) -> None:
    assert end_of(day) - moment_of(day) == timedelta(hours=hours)
    assert day_of(day, str, is_end=True) - day_of(day, str) == timedelta(hours=hours)


def test_a_moment_ends_where_it_is() -> None:
    assert end_of("2026-11-02T14:30") == moment_of("2026-11-02T14:30")


@pytest.mark.parametrize("said", ["yesterday", "2026-11-02T14:30", "2026-13-01"])
def test_what_is_no_day_is_misuse(said: str) -> None:
    with pytest.raises(CommandError, match="O572"):
        day_of(said, str)


def test_what_is_no_moment_is_refused() -> None:
    with pytest.raises(ArgumentTypeError, match="yesterday"):
        moment_of("yesterday")
