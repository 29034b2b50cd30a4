"""./dev answers a newcomer: what is missing, how to go on, and with which exit code."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

DEV = Path(__file__).parents[2] / "dev"
NO_DISPLAY = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}


def dev(*words: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([DEV, *words], env=environment, capture_output=True, text=True, timeout=50, check=False)


def sourced(script: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a line of shell with the functions of ./dev, and with stand-ins in front of the system's commands."""
    functions = DEV.read_text().split("# One statement a line:")[0].replace('cd "$(dirname "$0")"', f"cd {DEV.parent}")
    environment = {**os.environ, "PATH": f"{path}:{os.environ['PATH']}" if path else os.environ["PATH"]}
    return subprocess.run(
        ["sh", "-c", f"{functions}\n{script}"], env=environment, capture_output=True, text=True, timeout=50, check=False
    )


@pytest.fixture
def stand_ins(tmp_path: Path) -> Path:
    """A Debian on which we are not root and no package has a t64 name but glib."""
    for name, body in {
        "id": "echo 1000",
        "apt-get": "echo called >&2; exit 9",
        "dpkg-query": "exit 0",
        "apt-cache": 'test "$2" = libglib2.0-0t64',
    }.items():
        file = tmp_path / name
        file.write_text(f"#!/bin/sh\n{body}\n")
        file.chmod(0o755)
    return tmp_path


def test_without_a_display_run_ends_with_two_and_names_both_ways() -> None:
    done = dev("run", environment=NO_DISPLAY)
    assert done.returncode == 2
    assert "./dev run --headless" in done.stderr
    assert "QT_QPA_PLATFORM=vnc ./dev run" in done.stderr


def test_no_word_and_an_unknown_word_are_misuse() -> None:
    assert dev().returncode == 2
    done = dev("dance")
    assert done.returncode == 2
    assert "unknown word: dance" in done.stderr


def test_help_names_every_word() -> None:
    done = dev("--help")
    assert done.returncode == 0
    for word in ("run", "test", "check", "e2e", "bench", "soak", "package", "setup"):
        assert f"\n  {word} " in done.stdout


def test_missing_packages_are_named_exactly_when_not_root(stand_ins: Path) -> None:
    done = sourced("require_packages libglib2.0-0 libegl1", stand_ins)
    assert done.returncode == 1
    assert "  sudo apt-get install libglib2.0-0t64 libegl1\n" in done.stderr
    assert "called" not in done.stderr


def test_nothing_missing_asks_for_nothing(stand_ins: Path) -> None:
    done = sourced("require_packages; echo went on", stand_ins)
    assert (done.returncode, done.stdout) == (0, "went on\n")


def test_a_library_that_is_not_there_is_found_missing() -> None:
    done = sourced('missing_libraries "$(find_python)" "libc.so.6 libc6\nlibnot-there.so.9 libnot-there9"')
    assert done.stdout == "libnot-there9\n"


def test_without_python_everything_is_named_at_once() -> None:
    done = sourced("find_python() { return 1; }\nhas_display() { true; }\nmissing_packages")
    named = done.stdout.split()
    assert named[:2] == ["python3", "python3-venv"]
    assert {"libgl1", "libxcb-cursor0", "libwayland-client0"} <= set(named)


def test_a_python_that_is_too_old_is_passed_over(tmp_path: Path) -> None:
    old = tmp_path / "python3.11"
    old.write_text("#!/bin/sh\nexit 1\n")  # says no to the version question
    old.chmod(0o755)
    done = sourced("find_python", tmp_path)
    assert str(old) not in done.stdout


def test_a_failing_step_of_the_setup_ends_the_script() -> None:
    done = sourced("missing_packages() { :; }\nlock_state() { return 3; }\nsetup\necho went on")
    assert done.returncode != 0
    assert "went on" not in done.stdout


def installed(tmp_path: Path, *, stamp: bool, fails: bool = False) -> tuple[str, bool]:
    """What the set-up ran in a .venv with or without its stamp, and whether the stamp is there after it."""
    for name in ("python", "found"):
        (tmp_path / name).write_text(f'#!/bin/sh\necho {name} "$@"\n[ "$2" != pip ] || exit {int(fails)}\n')
        (tmp_path / name).chmod(0o755)
    if stamp:
        (tmp_path / "stamp").touch()
    done = sourced(f"BIN={tmp_path} STAMP={tmp_path}/stamp PYTHON_FOUND={tmp_path}/found\ninstall_locked")
    return done.stdout, (tmp_path / "stamp").exists()


def test_a_set_up_that_was_interrupted_begins_anew(tmp_path: Path) -> None:
    assert "found -m venv --clear .venv" in installed(tmp_path, stamp=False)[0]


def test_a_set_up_that_fails_leaves_no_stamp_and_a_whole_one_is_renewed_in_place(tmp_path: Path) -> None:
    said, is_stamped = installed(tmp_path, stamp=True, fails=True)
    assert "venv" not in said
    assert not is_stamped
