"""The simulated devices of the demo: processes of their own that outlive the station.

`DIR/machine/` holds for each device its state and an address file (pid, url, control). A demo that starts on the directory again
attaches to the device that still runs; a device ends by itself LINGER_S after the last client and the last look at it.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

LINGER_S = 60.0
ANSWER_S = 10.0
SAMPLE_BINS = 40  # as many as the sample site has trays
SAMPLE_MAP = "plc-lift"  # of a lift with any PLC


class MachineError(Exception):
    """A simulated device did not start. `code` is M601."""

    code = "M601"

    def __init__(self, message: str) -> None:
        super().__init__(f"{self.code} {message}")
        self.message = message


@dataclass(frozen=True, slots=True)
class Device:
    """A running simulated device. `control` is where people and tests reach its curtain, E-stop and cable."""

    pid: int
    url: str
    control: str


@dataclass(frozen=True, slots=True)
class StartingDevice:
    """A device that was found running (`found`) or was just started and has not said its address yet (`process`)."""

    protocol: str
    directory: Path
    found: Device | None
    process: subprocess.Popen[str] | None

    def ready(self) -> Device:
        """Wait for the device's first line and write it down for the next demo. Raises MachineError when it ended instead."""
        if self.found is not None:
            return self.found
        if self.process is None or self.process.stdout is None:
            raise MachineError(f"the simulated {self.protocol} was not started")
        first = self.process.stdout.readline()
        if not first:
            log = _log_path(self.directory, self.protocol).read_text(encoding="utf-8", errors="replace")
            raise MachineError(f"the simulated {self.protocol} ended at its start: {log.strip()[-400:]}")
        said = json.loads(first)
        device = Device(pid=int(said["pid"]), url=str(said["url"]), control=str(said.get("control") or ""))
        _address_path(self.directory, self.protocol).write_text(json.dumps(asdict(device)), encoding="utf-8")
        return device


def start_device(directory: Path, protocol: str, *, speed: float, seed: int, has_second_place: bool = False) -> StartingDevice:
    """Attach to the device that runs on this directory, or start it; does not wait for it. In a lift with a second place a tray
    can wait behind the one at the bay."""
    folder = directory / "machine"
    folder.mkdir(parents=True, exist_ok=True)
    found = _running(folder, protocol)
    if found is not None:
        return StartingDevice(protocol, folder, found, None)
    with _log_path(folder, protocol).open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [*_command(folder, protocol, speed=speed, seed=seed), *_description(folder, protocol, has_second_place)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,  # a Ctrl+C for the station is none for the machine
        )
    return StartingDevice(protocol, folder, None, process)


def end_device(starting: StartingDevice, device: Device) -> None:
    """End a device that nobody will need again (the demo without a data directory)."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(device.pid, signal.SIGTERM)
    if starting.process is not None:
        starting.process.wait(timeout=10)
        if starting.process.stdout is not None:
            starting.process.stdout.close()


def _command(folder: Path, protocol: str, *, speed: float, seed: int) -> list[str]:
    words = [sys.executable, "-m", "ui", "simulate", "--protocol", protocol, "--listen", "tcp:0", "--control", "tcp:0"]
    state = str(folder / f"{protocol}.state.json")
    return [*words, "--state", state, "--speed", str(speed), "--seed", str(seed), "--linger", str(LINGER_S)]


def _description(folder: Path, protocol: str, has_second_place: bool) -> list[str]:
    """Where the machine is another than the one that is delivered. As that is, a carousel has ten bins; here it has one for each
    tray of the sample site."""
    if protocol == "modbus":
        return ["--map", SAMPLE_MAP]
    if protocol == "carousel2":
        bins = list(range(1, SAMPLE_BINS + 1))
        return _machine_file(folder, {"kind": "carousel", "carousels": {"C1": {"bins": bins, "opening": "SH1-1"}}})
    return _machine_file(folder, {"kind": "lift", "second_place": True}) if has_second_place else []


def _machine_file(folder: Path, machine: Mapping[str, object]) -> list[str]:
    path = folder / f"{machine['kind']}.json"
    path.write_text(json.dumps(machine), encoding="utf-8")
    return ["--machine", str(path)]


def _running(folder: Path, protocol: str) -> Device | None:
    try:
        device = Device(**json.loads(_address_path(folder, protocol).read_text(encoding="utf-8")))
        os.kill(device.pid, 0)
    except (OSError, ValueError, TypeError):
        return None
    return device if _is_simulator(device.pid) and _stays(device) else None


def _stays(device: Device) -> bool:
    """Whether it answers on its control connection, which has it stay LINGER_S more. One that is about to end does not."""
    try:
        with socket.create_connection(("127.0.0.1", int(device.control.removeprefix("tcp:"))), timeout=ANSWER_S) as line:
            line.sendall(b'{"do": "state"}\n')
            return bool(line.recv(1))
    except (OSError, ValueError):
        return False


def _is_simulator(pid: int) -> bool:
    """A process number is used again some day: ask the system whose it is, where it can tell."""
    try:
        return b"simulate" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return not sys.platform.startswith("linux")


def _address_path(folder: Path, protocol: str) -> Path:
    return folder / f"{protocol}.json"


def _log_path(folder: Path, protocol: str) -> Path:
    return folder / f"{protocol}.log"
