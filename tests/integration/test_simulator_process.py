"""The simulated machine as a program of its own: it says where it is, ends on SIGTERM, and goes on after a kill."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from hardware.sim.options import OptionError, SimulatorOptions
from hardware.sim.server import serve

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
PROGRAM = """
import pathlib, sys
from hardware.sim.options import SimulatorOptions
from hardware.sim.server import serve
sys.exit(serve({}))
"""


@contextmanager
def started(options: SimulatorOptions) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    text = repr(options).replace("PosixPath", "pathlib.Path")
    with subprocess.Popen([sys.executable, "-c", PROGRAM.format(text)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, json.loads(process.stdout.readline())
        finally:
            process.kill()


def connect(url: str) -> socket.socket:
    host, port = url.removeprefix("socket://").split(":")
    return socket.create_connection((host, int(port)), timeout=10)


def ask(control: str, **request: object) -> dict[str, Any]:
    with (
        socket.create_connection(("127.0.0.1", int(control.removeprefix("tcp:"))), timeout=10) as line,
        line.makefile("rw") as file,
    ):
        file.write(json.dumps(request) + "\n")
        file.flush()
        answer: dict[str, Any] = json.loads(file.readline())
        return answer


def test_it_says_where_it_is_and_ends_with_0_on_sigterm() -> None:
    with started(SimulatorOptions(protocol="jmif")) as (process, ready):
        assert (ready["ready"], ready["pid"]) == (True, process.pid)
        with connect(ready["url"]) as line:
            line.sendall(b"61|ping1700000000|SH1-1|0|0||||||||\r\n")
            assert line.recv(100).startswith(b"0|ping1700000000|")
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_it_ends_by_itself_when_nobody_is_left() -> None:
    with started(SimulatorOptions(protocol="jmif", linger_s=0.2)) as (process, _):
        assert process.wait(10) == 0


def test_a_killed_machine_goes_on_and_tells_the_answer_nobody_heard(tmp_path: Path) -> None:
    options = SimulatorOptions(protocol="jmif", speed=20, state_file=tmp_path / "machine.json")
    with started(options) as (process, ready), connect(ready["url"]) as line:
        line.sendall(b"1|5|SH1-1|12|0||||||||\r\n")
        heard = b""
        while b"202|5|" not in heard:
            heard += line.recv(1000)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
    with started(options) as (_, ready):
        with connect(ready["url"]) as line:
            line.sendall(b"61|ping1700000000|SH1-1|0|0||||||||\r\n")
            heard = b""
            while b"203|5|" not in heard:
                heard += line.recv(1000)
        assert ask(ready["control"], do="state")["state"]["openings"]["SH1-1"]["tray"] == 12


def test_the_control_connection_answers_nonsense_and_obeys_sense() -> None:
    with started(SimulatorOptions(protocol="jmif")) as (_, ready):
        assert ask(ready["control"], do="dance")["ok"] is False
        assert ask(ready["control"], do="fault", name="no_such_fault")["ok"] is False
        assert ask(ready["control"], do="e_stop", on=True)["state"]["stop"] == "e_stop"


@pytest.mark.parametrize(
    "options",
    [
        SimulatorOptions(protocol="modbus"),
        SimulatorOptions(protocol="nonsense"),
        SimulatorOptions(protocol="jmif", listen="udp:1"),
        SimulatorOptions(protocol="jmif", speed=0),
        SimulatorOptions(protocol="jmif", faults=("curtian",)),
        SimulatorOptions(protocol="jmif", machine_file=Path("no-such-file.json")),
    ],
)
def test_a_misuse_is_said_before_anything_starts(options: SimulatorOptions) -> None:
    with pytest.raises(OptionError):
        serve(options)
