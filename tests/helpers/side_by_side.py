"""The tests side by side in several processes (`pytest -n`), and the figures alone.

Most of the suite waits: for a simulated lift, a time-out, a replug. Waiting costs no processor, so several workers share it. A
figure of tests/benchmarks means nothing beside other work: such a test has the computer to itself. All figures go to one worker,
and each holds a lock alone which every other test shares. In a single process nothing of this happens.

Beside other work a test against real time can be late without the program being wrong. Such a test is run once more before it
counts as failed, and the closing line says so ("1 rerun"); decision 0045. A test over values alone never is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FIGURES = "tests/benchmarks/"
TOGETHER = (FIGURES, "tests/e2e/test_tour.py")  # one tour serves all tests of that file
LONG = ("tests/e2e/", "tests/faults/", "tests/contract/")
REAL_TIME = (*LONG, FIGURES, "tests/integration/")
MEETS_REAL_TIME = {"asyncio", "multiprocessing", "socket", "subprocess", "threading"}  # a test whose module imports one of them


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """`-n auto`: one worker more than processors, since the work of most tests is to wait."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """One test at a time to whichever worker is free, in the order below; what is TOGETHER to one worker.

    xdist's own groups rename the tests for it, which pytest 9 does not let it.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Apart(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((each for each in TOGETHER if nodeid.startswith(each)), nodeid)

    config.option.loadscopereorder = False
    return Apart(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long ones first, so that no worker is left with one at the end; the figures last, when the others are through."""
    if not is_worker(config):
        return
    items.sort(key=lambda item: (is_figure(item), not is_long(item)))
    for item in items:
        if is_against_the_clock(item):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Around everything else, so that waiting for the others does not count towards the test's own time limit."""
    if not is_worker(item.config):
        return (yield)
    with held(lock_of(item.config), alone=is_figure(item)):
        return (yield)


def is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def is_figure(item: pytest.Item) -> bool:
    return item.nodeid.startswith(FIGURES)


def is_against_the_clock(item: pytest.Item) -> bool:
    """By its folder, by what its module imports, or since it taps at a window."""
    if item.nodeid.startswith(REAL_TIME) or "qtbot" in getattr(item, "fixturenames", ()):
        return True
    return not MEETS_REAL_TIME.isdisjoint(vars(getattr(item, "module", object)))


def is_long(item: pytest.Item) -> bool:
    return item.nodeid.startswith(LONG) or item.get_closest_marker("slow") is not None


def lock_of(config: pytest.Config) -> Path:
    """The file that all workers of a run have in common: its configuration."""
    if config.inipath is None:
        raise pytest.UsageError("a run in several processes needs its configuration file")
    return config.inipath


@contextmanager
def held(path: Path, *, alone: bool) -> Iterator[None]:
    """The lock on this file, shared or alone. It ends with the process that holds it."""
    import fcntl  # not on Windows, where the suite runs in a single process

    with path.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
