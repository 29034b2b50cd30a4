"""The process that writes the emergency list: a look at it does not wait, and sees that it has ended."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ui.bootstrap.emergency import Child


def child_of(program: str) -> Child:
    """A process that is over, but was not collected yet."""
    child = Child(subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True))
    assert child.process.stderr is not None
    child.process.wait()
    return child


@pytest.mark.parametrize(("program", "said"), [("", ""), ("import sys; sys.exit('no room')", "no room")])
def test_a_look_sees_that_the_list_was_written_or_why_not(program: str, said: str) -> None:
    assert child_of(program).ended() == said


def test_a_look_does_not_wait_for_a_list_on_its_way() -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    child = Child(process)
    assert child.ended() is None
    child.give_up()
    assert process.stdin is not None
    process.stdin.close()
