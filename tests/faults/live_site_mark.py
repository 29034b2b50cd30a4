"""The site database comes and goes while somebody works at the running program: the bar says so, and nobody is stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from station.values import SyncState, SyncStatus
from station.view.view import View
from tests.helpers.fake_sync import FakeSync
from tests.helpers.live import Device, Person, live, make_site, simulated_lift
from ui.widgets.status_bar import StatusBar

NOW = datetime.now(UTC)
ONLINE = SyncStatus(state=SyncState.ONLINE, last_pull_at=NOW, at=NOW)
ISLAND = SyncStatus(state=SyncState.ISLAND, since=NOW - timedelta(minutes=3), depth=3, oldest_at=NOW, at=NOW)


@pytest.fixture
def lift(tmp_path: Path) -> Iterator[Device]:
    with simulated_lift(tmp_path, speed=50.0) as device:
        make_site(tmp_path)
        yield device


def says(state: SyncState) -> Callable[[View], bool]:
    return lambda view: view.sync is not None and view.sync.state is state


def touch_bar(person: Person) -> None:
    bar = person.running.window.findChild(StatusBar)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() // 3, bar.height() // 2))


def test_an_island_stops_nobody_and_a_touch_tries_again(tmp_path: Path, lift: Device) -> None:
    port = FakeSync(ONLINE)

    async def play(person: Person) -> None:
        await person.until(says(SyncState.ONLINE), "online, before anybody signed on")
        await person.start_first_order()
        port.say(ISLAND)
        await person.until(says(SyncState.ISLAND), "an island")
        task = await person.until_at_work()
        touch_bar(person)
        await person.hands.tap("site_try")
        assert port.woken == 1
        tries = await person.until(lambda view: view.sync is not None and view.sync.is_trying, "a try")
        assert tries.operator is not None
        port.say(replace(ISLAND, depth=0, oldest_at=None, state=SyncState.ONLINE))
        await person.until(says(SyncState.ONLINE), "online again")
        await person.hands.tap("site_close")
        assert person.task == task
        before = person.view.flash
        await person.confirm()
        await person.until(lambda view: view.flash > before, "the line is booked")

    live(tmp_path, lift, play, sync=port)
    assert not port.is_running
