"""Each guard of tests/helpers/guards.py is seen to fail: one bad test for each, run in a pytest of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

BAD_TESTS = """
import asyncio
import logging
import socket
import subprocess
import sys
import threading
import warnings

import pytest

pytestmark = pytest.mark.slow


def test_unexpected_warning():
    logging.getLogger("hardware.jmif").warning("lost the line")


def test_expected_warning(expect_log):
    expect_log("lost the line")
    logging.getLogger("hardware.jmif").warning("lost the line")


def test_expectation_not_met(expect_log):
    expect_log("lost the line")


def test_python_warning():
    warnings.warn("old", DeprecationWarning)


keep = []


def test_left_thread():
    threading.Thread(target=threading.Event().wait, name="forgotten", daemon=True).start()


def test_left_socket():
    keep.append(socket.socket())


def test_left_process():
    keep.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))


def test_left_widget(qapp):
    from PySide6.QtWidgets import QLabel

    keep.append(QLabel("left"))


def test_closed_widget(qtbot):
    from PySide6.QtWidgets import QLabel

    label = QLabel("closed")
    qtbot.addWidget(label)
    label.show()


def test_outside_connection():
    with socket.socket() as line:
        line.connect(("192.0.2.1", 80))


def test_local_connection():
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname()) as line:
            accepted, _ = server.accept()
            accepted.close()


def test_real_port():
    open("/dev/ttyS0")


def test_qt_warning(qapp):
    from PySide6.QtCore import qWarning

    qWarning("a widget complains")


def test_offscreen(qapp):
    assert qapp.platformName() == "offscreen"


def test_task_left_in_qloop(qloop):
    qloop.create_task(asyncio.sleep(60), name="sleeper")


def test_qloop_runs_tasks(qloop, qtbot):
    task = qloop.create_task(asyncio.sleep(0.01, "slept"))
    qtbot.waitUntil(task.done)
    assert task.result() == "slept"


def test_pending_task():  # the last one: the task stays pending for all that follow
    async def wait():
        await asyncio.Event().wait()

    loop = asyncio.new_event_loop()
    keep.append((loop, loop.create_task(wait())))
    loop.run_until_complete(asyncio.sleep(0))
"""

GOOD = {"test_expected_warning", "test_closed_widget", "test_local_connection", "test_offscreen", "test_qloop_runs_tasks"}
BAD = {
    "test_unexpected_warning": "unexpected WARNING of hardware.jmif: lost the line",
    "test_expectation_not_met": "expected in the log and not there: lost the line",
    "test_python_warning": "DeprecationWarning: old",
    "test_left_thread": "thread left running: forgotten",
    "test_left_socket": "left open: socket:",
    "test_left_process": "process left running:",
    "test_left_widget": "top-level widget left: QLabel",
    "test_outside_connection": "tests may not reach the network",
    "test_real_port": "tests may not open a real port: /dev/ttyS0",
    "test_qt_warning": "a widget complains",
    "test_task_left_in_qloop": "task left pending: <Task pending name='sleeper'",
    "test_pending_task": "task left pending: <Task pending",
}


PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report of the bad tests, under this project's own settings and guards."""
    file = tmp_path_factory.mktemp("guarded") / "test_bad.py"
    file.write_text(BAD_TESTS)
    command = (
        sys.executable,
        "-m",
        "pytest",
        "-c",
        str(PROJECT / "pyproject.toml"),
        "-p",
        "tests.helpers.guards",
        "-rA",
        str(file),
    )
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=50, check=False)
    return done.stdout


@pytest.mark.parametrize(("name", "sentence"), BAD.items())
def test_guard_fails_the_bad_test_and_says_why(outcome: str, name: str, sentence: str) -> None:
    assert sentence in section(outcome, name)


@pytest.mark.parametrize("name", sorted(GOOD))
def test_guards_let_the_good_test_pass(outcome: str, name: str) -> None:
    assert re.search(rf"^PASSED .*::{name}$", outcome, re.MULTILINE)
    assert not re.search(rf"^(FAILED|ERROR) .*::{name}\b", outcome, re.MULTILINE)


def section(outcome: str, name: str) -> str:
    """What the report says about one test: everything under its own heading, up to the next one."""
    found = re.findall(
        rf"^_+ (?:ERROR at teardown of )?{name} _+$(.*?)(?=^_{{3,}} |^={{3,}} )", outcome, re.MULTILINE | re.DOTALL
    )
    return "\n".join(found)
