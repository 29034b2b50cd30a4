"""A demo that starts again attaches to the device that still runs, and to no other."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ui.demo.machine import end_device, start_device


@pytest.mark.timeout(60)
def test_a_device_that_still_runs_is_attached_to(tmp_path: Path) -> None:
    first = start_device(tmp_path, "cd5220", speed=100, seed=1)
    device = first.ready()
    again = start_device(tmp_path, "cd5220", speed=100, seed=1)
    assert again.found == device
    end_device(first, device)


@pytest.mark.timeout(60)
def test_a_device_that_is_about_to_end_is_not_attached_to(tmp_path: Path) -> None:
    """It no longer listens while its process is still there."""
    ending = subprocess.Popen([sys.executable, "-c", "input()", "simulate"], stdin=subprocess.PIPE)
    folder = tmp_path / "machine"
    folder.mkdir()
    address = {"pid": ending.pid, "url": "tcp://127.0.0.1:1", "control": "tcp:1"}
    (folder / "cd5220.json").write_text(json.dumps(address), encoding="utf-8")
    begun = start_device(tmp_path, "cd5220", speed=100, seed=1)
    ending.communicate(b"\n")
    assert begun.found is None
    end_device(begun, begun.ready())
