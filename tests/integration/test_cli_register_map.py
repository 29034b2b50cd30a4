"""`simulate --map` and `lift --map` against each other: two processes, and the real wire on a serial line and on a network."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.helpers.tours import PROGRAM, baylight, environment, json_of


@contextmanager
def simulated_plc(register_map: str, listen: str) -> Iterator[str]:
    words = ("simulate", "--protocol", "modbus", "--map", register_map, "--listen", listen, "--speed", "200")
    machine = subprocess.Popen([*PROGRAM, *words], stdout=subprocess.PIPE, text=True, env=environment())
    assert machine.stdout is not None
    yield json.loads(machine.stdout.readline())["url"]
    machine.send_signal(signal.SIGTERM)
    machine.stdout.close()
    assert machine.wait(10) == 0


@pytest.mark.parametrize(
    ("register_map", "line"),
    [
        ("own", "tcp"),
        pytest.param(
            "plc-lift", "pty", marks=pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals on Windows")
        ),
    ],
)
def test_a_tray_comes_over_modbus(register_map: str, line: str, tmp_path: Path) -> None:
    listen = "tcp:0" if line == "tcp" else f"pty:{tmp_path / 'plc'}"
    with simulated_plc(register_map, listen) as url:
        words = ("lift", "--protocol", "modbus", "--url", url, "--map", register_map, "--json")
        assert json_of(baylight(*words, "status"))["tray"] is None
        fetched = json_of(baylight(*words, "fetch", 12, "--at-the-machine"))
        assert (fetched["outcome"], fetched["tray"]) == ("done", 12)
        asked_again = json_of(baylight(*words, "status"))
    assert (asked_again["outcome"], asked_again["tray"]) == ("done", 12)


def test_without_a_map_nothing_starts_and_the_maps_that_come_along_are_named() -> None:
    refused = baylight("simulate", "--protocol", "modbus", "--listen", "tcp:0")
    assert refused.returncode != 0
    assert "own, plc-lift" in refused.stderr


def test_a_wrong_map_names_file_key_and_what_is_allowed(tmp_path: Path) -> None:
    file = tmp_path / "hall-3.toml"
    file.write_text('[map]\nname = "hall-3"\ntrays = [1, 4]\nunti = 7\n', encoding="utf-8")
    refused = baylight("lift", "--protocol", "modbus", "--url", "socket://127.0.0.1:1", "--map", file, "status")
    assert refused.returncode != 0
    assert f"{file}: map.unti: unknown_key" in refused.stderr
    assert "nearest: unit" in refused.stderr
