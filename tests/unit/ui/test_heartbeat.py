"""The service manager hears of life only while the window's loop and the runner both live."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.heartbeat import Heartbeat
from ui.service_notice import ServiceNotice


class Manager:
    """The other end of the socket."""

    def __init__(self, address: str) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(address)
        self.socket.setblocking(False)

    def heard(self) -> list[str]:
        lines = []
        while True:
            try:
                lines += self.socket.recv(4096).decode().splitlines()
            except BlockingIOError:
                return lines


@pytest.fixture
def place() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:  # a socket's name is short
        yield str(Path(folder) / "notify")


@pytest.fixture
def manager(place: str) -> Iterator[Manager]:
    made = Manager(place)
    with closing(made.socket):
        yield made


def test_ready_is_said_once_and_only_with_a_painted_window(manager: Manager, place: str, qtbot: QtBot) -> None:
    heartbeat = Heartbeat(ServiceNotice({"NOTIFY_SOCKET": place}), lambda: 1)
    heartbeat.begin()
    heartbeat.beat()
    assert "READY=1" not in manager.heard()
    heartbeat.see_paint()
    heartbeat.see_paint()
    assert manager.heard() == ["READY=1"]
    heartbeat.end()


def test_ready_is_not_said_before_the_station_runs(manager: Manager, place: str, qtbot: QtBot) -> None:
    heartbeat = Heartbeat(ServiceNotice({"NOTIFY_SOCKET": place}), lambda: 1)
    heartbeat.see_paint()
    assert manager.heard() == []
    heartbeat.begin()
    assert manager.heard() == ["READY=1"]
    heartbeat.end()


def test_a_runner_that_stands_gives_no_sign_of_life(manager: Manager, place: str, qtbot: QtBot) -> None:
    ticks = iter((1, 1, 1, 2))
    heartbeat = Heartbeat(ServiceNotice({"NOTIFY_SOCKET": place}), lambda: next(ticks))
    heard = []
    for _ in range(4):
        heartbeat.beat()
        heard.append(manager.heard())
    assert heard == [["WATCHDOG=1"], [], [], ["WATCHDOG=1"]]


def test_the_windows_loop_beats_by_itself_and_stops(manager: Manager, place: str, qtbot: QtBot) -> None:
    ticks = iter(range(1000))
    notice = ServiceNotice({"NOTIFY_SOCKET": place, "WATCHDOG_USEC": "50000", "WATCHDOG_PID": "1"})
    heartbeat = Heartbeat(notice, lambda: next(ticks))
    heartbeat.see_paint()
    heartbeat.begin()
    heard: list[str] = []

    def is_alive() -> bool:
        heard.extend(manager.heard())
        return heard.count("WATCHDOG=1") >= 3

    qtbot.waitUntil(is_alive)
    heartbeat.end()
    manager.heard()
    qtbot.wait(60)
    assert (heard[0], manager.heard()) == ("READY=1", [])


def test_an_abstract_name_is_spoken_to(qtbot: QtBot) -> None:
    name = f"baylight-test-{os.getpid()}"
    manager = Manager(f"\0{name}")
    with closing(manager.socket):
        ServiceNotice({"NOTIFY_SOCKET": f"@{name}"}).say("READY=1", "STATUS=works")
        assert manager.heard() == ["READY=1", "STATUS=works"]


@pytest.mark.parametrize("environment", [{}, {"NOTIFY_SOCKET": ""}, {"NOTIFY_SOCKET": "vsock:2:1"}])
def test_without_a_manager_nothing_is_said(environment: dict[str, str], qtbot: QtBot) -> None:
    notice = ServiceNotice(environment)
    notice.say("READY=1")
    assert (notice.is_wanted, notice.watchdog_s) == (False, None)


def test_a_manager_that_has_gone_ends_nothing(place: str, expect_log: Callable[[str], None]) -> None:
    expect_log("cannot be told READY=1")
    ServiceNotice({"NOTIFY_SOCKET": place}).say("READY=1")


def test_the_socket_is_not_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", "@a")
    monkeypatch.setenv("WATCHDOG_USEC", "15000000")
    assert (ServiceNotice.of_process().watchdog_s, "NOTIFY_SOCKET" in os.environ) == (15.0, False)
