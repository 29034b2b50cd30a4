"""The bad days on the running program, each in a process of its own: the program brings its own QApplication and event loop,
and what it leaves behind at its end (deferred deletes, timers) must meet no second one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LIMIT_S = 150


def cases() -> list[str]:
    """Every test function of the live_*.py files, as pytest names it."""
    return [
        f"{path.relative_to(ROOT)}::{name}"
        for path in sorted(HERE.glob("live_*.py"))
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]


def test_the_bad_days_are_found() -> None:
    assert len(cases()) >= 5


@pytest.mark.parametrize("case", cases())
@pytest.mark.timeout(LIMIT_S + 10)
def test_bad_day(case: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--timeout={LIMIT_S}", case]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=LIMIT_S)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
