"""A store in a folder of its own, with a clock that moves a second a call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.store import Store


class StepClock:
    """Aware UTC, one second later at every question."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> StepClock:
    return StepClock()


@pytest.fixture
def store(tmp_path: Path, clock: StepClock) -> Iterator[Store]:
    opened = Store.open(tmp_path, station="S1", clock=clock, ballast_bytes=4096)
    yield opened
    opened.close()
