"""The running program from outside: every control of the sign-on screen is named on the accessibility bus, and pressed by it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
SYSTEM_PYTHON = Path("/usr/bin/python3")
WALKER = Path(__file__).parents[1] / "helpers" / "at_spi_walker.py"
PERSON = "Anna Keller"  # of the sample site
# The bus first: Qt looks for it when the application is made.
SESSION = '"$1" --launch-immediately & launcher=$!; "$2" -m ui practice & app=$!; "$3" "$4" "$5" "$6"; kill $app $launcher; wait'


def _missing() -> str:
    """What is not installed here, "" for nothing."""
    programs = [each for each in ("Xvfb", "dbus-run-session") if shutil.which(each) is None]
    files = [str(each) for each in (LAUNCHER, SYSTEM_PYTHON) if not each.exists()]
    if programs or files:
        return ", ".join((*programs, *files))
    asked = "import gi; gi.require_version('Atspi', '2.0')"
    has_bindings = subprocess.run([SYSTEM_PYTHON, "-c", asked], capture_output=True, timeout=30).returncode == 0
    return "" if has_bindings else "gir1.2-atspi-2.0"


MISSING = _missing()


@pytest.fixture
def display() -> Iterator[str]:
    """A screen in memory, of a number that nobody else has."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-ac", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.send_signal(signal.SIGTERM)
    server.wait(10)


@pytest.mark.skipif(
    bool(MISSING), reason=f"not installed: {MISSING} (Debian: xvfb dbus at-spi2-core python3-gi gir1.2-atspi-2.0)"
)
@pytest.mark.timeout(150)
def test_every_control_is_named_and_pressed_from_outside(display: str, tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "WAYLAND", "DBUS", "BAYLIGHT"))}
    own = {
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "NO_AT_BRIDGE": "0",
    }
    told = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", SESSION, "sh", LAUNCHER, sys.executable, SYSTEM_PYTHON, WALKER, PERSON, "9"],
        env={**kept, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=140,
        check=False,
    )
    walked = json.loads(told.stdout.decode().strip().splitlines()[-1])
    assert any(PERSON in name for name in walked["before"])
    assert {str(digit) for digit in range(10)} <= set(walked["after"]), "the keys of the PIN"
    assert all(walked["before"]), "a control without a name"
    assert all(walked["after"]), "a control without a name"
