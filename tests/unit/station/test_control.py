"""The control socket: requests of a command line, carried out by a running station."""

from __future__ import annotations

import asyncio
import json
import socket
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from station.control import (
    BAD_REQUEST,
    NO_ANSWER,
    UNKNOWN_VERB,
    Args,
    ControlError,
    ControlServer,
    NoStationError,
    ask,
)

T = TypeVar("T")


async def _echo(args: Args) -> object:
    return {"heard": dict(args)}


async def _refuse(args: Args) -> object:
    raise ControlError("D401", "the disk is full")


async def _lose_file(args: Args) -> object:
    raise FileExistsError("copy.db is there already")


async def _break(args: Args) -> object:
    raise ZeroDivisionError("a bug of ours")


async def _never(args: Args) -> object:
    return await asyncio.Event().wait()


HANDLERS = {"echo": _echo, "refuse": _refuse, "never": _never, "lose_file": _lose_file, "break": _break}


def serving(directory: Path, act: Callable[[], T], *, loopback: bool = False) -> T:
    """Run `act` on a thread (it blocks) while a server listens on the directory."""

    async def body() -> T:
        server = ControlServer(directory, HANDLERS, loopback=loopback)
        await server.start()
        try:
            return await asyncio.to_thread(act)
        finally:
            await server.stop()

    return asyncio.run(body())


@pytest.mark.parametrize("loopback", [False, True])
def test_request_is_carried_out_by_the_running_station(tmp_path: Path, loopback: bool) -> None:
    heard = serving(tmp_path, lambda: ask(tmp_path, "echo", item="A-1", count=3), loopback=loopback)
    assert heard == {"heard": {"item": "A-1", "count": 3}}


def test_refusal_carries_the_stations_code(tmp_path: Path) -> None:
    with pytest.raises(ControlError, match="the disk is full") as refusal:
        serving(tmp_path, lambda: ask(tmp_path, "refuse"))
    assert refusal.value.code == "D401"


def test_unknown_verb_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ControlError, match="break, echo, lose_file, never, refuse") as refusal:
        serving(tmp_path, lambda: ask(tmp_path, "explode"))
    assert refusal.value.code == UNKNOWN_VERB


def test_a_file_that_is_there_already_is_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(ControlError, match="copy") as refusal:
        serving(tmp_path, lambda: ask(tmp_path, "lose_file"))
    assert refusal.value.code == "F601"


def test_a_bug_in_a_request_leaves_the_station_listening(tmp_path: Path, expect_log: Callable[[str], None]) -> None:
    expect_log("a request failed")

    def act() -> object:
        with pytest.raises(ControlError, match="ZeroDivisionError"):
            ask(tmp_path, "break")
        return ask(tmp_path, "echo")

    assert serving(tmp_path, act) == {"heard": {}}


def test_nobody_listening_is_told_apart_from_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(NoStationError):
        ask(tmp_path, "echo")


def test_socket_of_a_killed_station_counts_as_nobody(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / "control.sock"))
    with pytest.raises(NoStationError):
        ask(tmp_path, "echo")


def test_next_station_takes_over_the_socket_of_a_killed_one(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / "control.sock"))
    assert serving(tmp_path, lambda: ask(tmp_path, "echo")) == {"heard": {}}


def test_only_the_owner_may_speak(tmp_path: Path) -> None:
    mode = serving(tmp_path, lambda: (tmp_path / "control.sock").stat().st_mode)
    assert stat.S_IMODE(mode) == 0o600


def test_token_file_is_private_and_its_token_is_needed(tmp_path: Path) -> None:
    def knock_without_token() -> dict[str, object]:
        path = tmp_path / "control.json"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        with socket.create_connection(("127.0.0.1", json.loads(path.read_text())["port"]), timeout=5) as line:
            return _send(line, b'{"verb": "echo"}\n')

    assert serving(tmp_path, knock_without_token, loopback=True)["code"] == BAD_REQUEST


@pytest.mark.parametrize("line", [b"\n", b"[]\n", b"{}\n", b'{"verb": 7}\n', b'{"verb": "echo", "args": 3}\n', b"\xff\xfe\n"])
def test_garbage_is_answered_and_hurts_nobody(tmp_path: Path, line: bytes) -> None:
    def send_garbage_then_ask() -> tuple[object, object]:
        with socket.socket(socket.AF_UNIX) as raw:
            raw.settimeout(5)
            raw.connect(str(tmp_path / "control.sock"))
            answer = _send(raw, line)
        return answer["code"], ask(tmp_path, "echo")

    assert serving(tmp_path, send_garbage_then_ask) == (BAD_REQUEST, {"heard": {}})


def test_no_answer_in_time_is_not_called_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(ControlError) as silence:
        serving(tmp_path, lambda: ask(tmp_path, "never", timeout_s=0.05))
    assert silence.value.code == NO_ANSWER


def test_directory_with_a_long_path_works(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    deep.mkdir(parents=True)
    assert serving(deep, lambda: ask(deep, "echo")) == {"heard": {}}


def test_address_is_taken_away_when_the_station_stops(tmp_path: Path) -> None:
    serving(tmp_path, lambda: None)
    assert list(tmp_path.iterdir()) == []


def _send(line: socket.socket, data: bytes) -> dict[str, object]:
    line.sendall(data)
    with line.makefile("rb") as answers:
        answer: dict[str, object] = json.loads(answers.readline())
    return answer
