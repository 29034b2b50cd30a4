"""What every test is held to: nothing unexpected in the log, nothing left running or open, no network, no real port.

Loaded by tests/conftest.py for all tests; tests/unit/test_guards.py shows each guard failing. A guard reports in the teardown of
the test that left something behind, and names it.
"""

from __future__ import annotations

import asyncio
import gc
import ipaddress
import logging
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator

import pytest

THREAD_GRACE_S = 2.0  # a closing thread may take so long to end; nothing waits when nothing is left
LOOP_GRACE_S = 2.0
DRAWS = ("BAYLIGHT_SOAK", "BAYLIGHT_SEED")  # how many days a test draws, and which
REAL_PORTS = re.compile(r"/dev/(tty[A-Z]|serial/)|^COM\d", re.IGNORECASE)
GUARDED_FILES = re.compile(r"^(socket:|/dev/tty|/dev/pts/|/dev/ptmx)")

ExpectLog = Callable[[str], None]


def pytest_configure(config: pytest.Config) -> None:
    """Force the screenless platform and shut the gate before anything opens a window or a socket."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name in [name for name in os.environ if name.startswith("BAYLIGHT_") and name not in DRAWS]:
        del os.environ[name]  # a developer's settings must not decide what a test sees
    sys.addaudithook(refuse_outside)


def refuse_outside(event: str, args: tuple[object, ...]) -> None:
    """An audit hook: no connection leaves this machine, no real serial port is opened."""
    if event == "socket.connect" and not _is_local(args[1]):
        raise PermissionError(f"tests may not reach the network: {args[1]!r}")
    if event == "open" and isinstance(args[0], str) and REAL_PORTS.search(args[0]):
        raise PermissionError(f"tests may not open a real port: {args[0]}")


def _is_local(address: object) -> bool:
    if not isinstance(address, tuple):
        return True  # a unix socket
    host = str(address[0])
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False  # a name that would have to be looked up


# --- the log -----------------------------------------------------------------------------------------------------------


class LogWatch(logging.Handler):
    """Keeps every record of WARNING and above, and knows which were expected."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expected: list[str] = []
        self.allowed: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def complaints(self) -> list[str]:
        """Unexpected records, and expectations that nothing met."""
        lines = [(record, record.getMessage()) for record in self.records]
        unexpected = [
            f"unexpected {record.levelname} of {record.name}: {text}"
            for record, text in lines
            if not any(re.search(pattern, text) for pattern in (*self.expected, *self.allowed))
        ]
        missing = [
            f"expected in the log and not there: {pattern}"
            for pattern in self.expected
            if not any(re.search(pattern, text) for _, text in lines)
        ]
        return unexpected + missing


@pytest.fixture(autouse=True)
def _log_watch() -> Iterator[LogWatch]:
    watch = LogWatch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    _complain(watch.complaints())


@pytest.fixture
def expect_log(_log_watch: LogWatch) -> ExpectLog:
    """Call it with a regular expression: such records are allowed in this test, and one must come."""
    return _log_watch.expected.append


@pytest.fixture
def allow_log(_log_watch: LogWatch) -> ExpectLog:
    """Call it with a regular expression: such records may come, for tests whose troubles are drawn."""
    return _log_watch.allowed.append


# --- what may not be left ----------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    threads, files, widgets = set(threading.enumerate()), guarded_files(), top_level_widgets()
    children = child_processes()
    yield
    _complain(
        [
            *(f"task left pending: {task!r}" for task in pending_tasks()),
            *(f"thread left running: {thread.name}" for thread in left_threads(threads)),
            *(f"process left running: {child}" for child in sorted(child_processes() - children)),
            *(f"top-level widget left: {text}" for text in left_widgets(widgets)),
            *(f"left open: {target} (descriptor {number})" for number, target in left_files(files)),
        ]
    )


def _complain(complaints: Iterable[str]) -> None:
    text = "\n".join(complaints)
    if text:
        pytest.fail(text, pytrace=False)


def pending_tasks() -> list[asyncio.Task[object]]:
    """Tasks of any loop of this process that are not done. asyncio keeps them in a weak set, renamed in Python 3.12."""
    registry = getattr(asyncio.tasks, "_scheduled_tasks", None) or getattr(asyncio.tasks, "_all_tasks", ())
    return [task for task in list(registry) if not task.done()]


def left_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    """Threads since `before` that do not end by themselves within the grace."""
    deadline_s = time.monotonic() + THREAD_GRACE_S
    left = [thread for thread in threading.enumerate() if thread not in before and not _is_foreign(thread)]
    for thread in left:
        thread.join(max(deadline_s - time.monotonic(), 0))
    return [thread for thread in left if thread.is_alive()]


def _is_foreign(thread: threading.Thread) -> bool:
    return thread.name.startswith("Dummy-")  # a thread of Qt's own that once called into Python


def child_processes() -> set[str]:
    """Ids of the living children of this process, where the system tells them."""
    found: set[str] = set()
    for task in _listed("/proc/self/task"):
        try:
            with open(f"/proc/self/task/{task}/children") as children:
                found.update(children.read().split())
        except OSError:
            continue  # the thread has just ended
    return found


def guarded_files() -> set[tuple[int, str]]:
    """Open sockets and terminals of this process as (descriptor, target); empty where /proc is not there."""
    found: set[tuple[int, str]] = set()
    for number in _listed("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{number}")
        except OSError:
            continue  # the descriptor of this very listing
        if GUARDED_FILES.match(target):
            found.add((int(number), target))
    return found


def _listed(folder: str) -> list[str]:
    """Names in a folder of /proc; none where the system has none. No Path: this runs some six times a test."""
    try:
        return os.listdir(folder)
    except FileNotFoundError:
        return []


def left_files(before: set[tuple[int, str]]) -> list[tuple[int, str]]:
    if guarded_files() - before:
        gc.collect()  # an unclosed one that only the collector frees is a ResourceWarning, which is an error, too
    return sorted(guarded_files() - before)


def top_level_widgets() -> dict[int, str]:
    """Windows of this process by address. Asks nothing of Qt where no test has imported it."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return {}
    from shiboken6 import getCppPointer, isValid

    return {
        getCppPointer(widget)[0]: f"{type(widget).__name__} {widget.objectName()!r}"
        for widget in widgets.QApplication.topLevelWidgets()
        if isValid(widget) and widget.parent() is None
    }


def left_widgets(before: dict[int, str]) -> list[str]:
    if not set(top_level_widgets()) - set(before):
        return []
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what deleteLater() promised
    if set(top_level_widgets()) - set(before):
        gc.collect()  # seconds in a process that has run thousands of tests: only where something is left
    return [text for address, text in top_level_widgets().items() if address not in before]


# --- Qt and asyncio in one thread --------------------------------------------------------------------------------------


@pytest.fixture
def qloop(qapp: object) -> Iterator[asyncio.AbstractEventLoop]:
    """An asyncio loop on Qt's own, already running: write plain tests and wait with qtbot.waitSignal or waitUntil.

    At the end its tasks are cancelled and, if there were any, reported.
    """
    from qasync import QEventLoop

    loop = QEventLoop(qapp, already_running=True)
    yield loop
    left = [task for task in asyncio.all_tasks(loop) if not task.done()]
    names = [repr(task) for task in left]
    _cancel(left, qapp)
    asyncio.events._set_running_loop(None)
    # qasync ends a loop with stop(), which would also stop Qt loops of later tests; this is what stop() does to the loop alone.
    loop._QEventLoop__is_running = False
    loop.close()
    _complain(f"task left pending: {name}" for name in names)


def _cancel(tasks: list[asyncio.Task[object]], qapp: object) -> None:
    for task in tasks:
        task.cancel()
    deadline_s = time.monotonic() + LOOP_GRACE_S
    while not all(task.done() for task in tasks) and time.monotonic() < deadline_s:
        qapp.processEvents()  # type: ignore[attr-defined]
