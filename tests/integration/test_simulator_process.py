"""The simulated machine as a program of its own: it says where it is, ends on SIGTERM, and goes on after a kill."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from hardware.sim.options import OptionError, SimulatorOptions
from hardware.sim.server import Simulator, serve

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
PROGRAM = """
import pathlib, sys
from hardware.sim.options import SimulatorOptions
from hardware.sim.server import Simulator, serve
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


def test_who_is_about_to_come_asks_it_and_it_stays() -> None:
    with started(SimulatorOptions(protocol="jmif", linger_s=1.0)) as (process, ready):
        asked_until_s = time.monotonic() + 2.0
        while time.monotonic() < asked_until_s:
            assert ask(ready["control"], do="state")["ok"]
        assert process.poll() is None
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


def test_what_a_seed_drew_is_printed_so_that_it_can_be_repeated() -> None:
    options = SimulatorOptions(protocol="jmif", faults=("random=0.5", "split_1B"), seed=4)
    with started(options) as (_, ready):
        drawn = ready["faults"]
    assert len(drawn) > 10
    assert drawn[-1] == "split_1B=0@0"
    with started(dataclasses.replace(options, faults=tuple(drawn), seed=99)) as (_, ready):
        assert ready["faults"] == drawn


def test_a_power_cut_drops_the_network_and_it_comes_back() -> None:
    with started(SimulatorOptions(protocol="jmif", speed=1000)) as (_, ready):
        with connect(ready["url"]) as line:
            line.sendall(b"61|ping1|SH1-1|0|0||||||||\r\n")
            assert line.recv(100)
            ask(ready["control"], do="power", on=False)
            assert line.recv(100) == b""
        assert ask(ready["control"], do="state")["state"]["powered"] is False
        ask(ready["control"], do="power", on=True)
        ask(ready["control"], do="replug")  # answered when it is plugged in
        with connect(ready["url"]) as line:
            line.sendall(b"61|ping2|SH1-1|0|0||||||||\r\n")
            assert line.recv(100).startswith(b"0|ping2|")


def test_a_pod_of_carousels_turns_by_a_machine_file(tmp_path: Path) -> None:
    file = tmp_path / "pod.json"
    file.write_text(json.dumps({"kind": "carousel", "carousels": {"L": {"bins": [1, 2, 3, 4], "opening": "C1-1"}}}))
    with started(SimulatorOptions(protocol="jmif", machine_file=file, speed=1000)) as (_, ready), connect(ready["url"]) as line:
        line.sendall(b"1|5|C1-1|3|0||||||||\r\n")
        heard = b""
        while b"203|5|" not in heard:
            heard += line.recv(1000)
        assert ask(ready["control"], do="state")["state"]["openings"]["C1-1"]["tray"] == 3


def test_a_state_file_of_something_else_is_said_and_not_obeyed(tmp_path: Path) -> None:
    file = tmp_path / "machine.json"
    file.write_text('{"machine": {"colour": 900}}')
    with pytest.raises(OptionError, match="another version"):
        serve(SimulatorOptions(protocol="jmif", state_file=file))


def test_a_port_replugged_under_another_name_is_found_by_its_link(tmp_path: Path) -> None:
    link = tmp_path / "serial" / "by-id" / "usb-lift-port0"
    simulator = Simulator(SimulatorOptions(protocol="jmif", listen=f"pty:{link}"))

    def seen() -> tuple[str, str]:
        return link.readlink().name, str(link.resolve())

    def left() -> list[Path]:
        return [path for path in tmp_path.rglob("*") if not path.is_dir()]

    async def scenario() -> None:
        await simulator.open()
        name, terminal = seen()
        await simulator.line.unplug()
        assert left() == []
        await simulator.line.plug(is_other=True)
        other_name, other_terminal = seen()
        assert (name, other_name) == ("ttySIM0", "ttySIM1")
        assert terminal != other_terminal
        await simulator.close()

    asyncio.run(scenario())


@pytest.mark.parametrize(("fault", "device"), [("replug_same=0", "ttySIM0"), ("replug_other_name=0", "ttySIM1")])
def test_a_fault_pulls_the_plug_and_puts_it_back(tmp_path: Path, fault: str, device: str) -> None:
    async def scenario() -> None:
        link = tmp_path / "by-id" / "lift"
        simulator = Simulator(SimulatorOptions(protocol="jmif", listen=f"pty:{link}"))
        await simulator.open()
        await simulator._do_fault({"name": fault})
        await asyncio.gather(*simulator._tasks)
        assert link.readlink() == tmp_path / device
        await simulator.close()

    asyncio.run(scenario())


@pytest.mark.parametrize(
    "options",
    [
        SimulatorOptions(protocol="nonsense"),
        SimulatorOptions(protocol="jmif", map="registers.toml"),
        SimulatorOptions(protocol="jmif", link_layer="nonsense"),
        SimulatorOptions(protocol="jmif", priority="middling"),
        SimulatorOptions(protocol="jmif", serial="fast"),
        SimulatorOptions(protocol="jmif", listen="udp:1"),
        SimulatorOptions(protocol="jmif", speed=0),
        SimulatorOptions(protocol="jmif", faults=("curtian",)),
        SimulatorOptions(protocol="jmif", faults=("scanner_no_suffix",)),
        SimulatorOptions(protocol="scanner", faults=("curtain",)),
        SimulatorOptions(protocol="jmif", faults=("replug_other_name",)),
        SimulatorOptions(protocol="jmif", faults=("random=0",)),
        SimulatorOptions(protocol="jmif", faults=("gui_stall",)),
        SimulatorOptions(protocol="jmif", machine_file=Path("no-such-file.json")),
    ],
)
def test_a_misuse_is_said_before_anything_starts(options: SimulatorOptions) -> None:
    with pytest.raises(OptionError):
        serve(options)
