"""A thread for work that may hang: it does what it is asked in turn, and nobody waits for it longer than he wants."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from station.worker import Worker


@pytest.fixture
def share() -> Iterator[threading.Event]:
    """A network share that does not answer before the test is over."""
    answers = threading.Event()
    yield answers
    answers.set()


def test_work_is_done_in_turn_and_its_end_is_waited_for() -> None:
    async def body() -> list[int]:
        worker, done = Worker("w"), []
        for number in range(5):
            worker.submit(done.append, number)
        assert await worker.stop(patience_s=5)
        return done

    assert asyncio.run(body()) == [0, 1, 2, 3, 4]


def test_results_and_errors_come_back() -> None:
    async def body() -> None:
        worker, loop = Worker("w"), asyncio.get_running_loop()
        assert await loop.run_in_executor(worker, lambda: 7) == 7
        with pytest.raises(ZeroDivisionError):
            await loop.run_in_executor(worker, lambda: 1 / 0)
        assert await worker.stop(patience_s=5)

    asyncio.run(body())


def test_work_that_hangs_is_left_behind(share: threading.Event) -> None:
    async def body() -> None:
        worker = Worker("w")
        worker.submit(share.wait)
        waits = worker.submit(lambda: None)
        assert not await worker.stop(patience_s=0.01)
        assert waits.cancelled(), "whoever waits behind it is told"

    asyncio.run(body())


def test_nothing_is_taken_after_the_stop() -> None:
    async def body() -> None:
        worker = Worker("w")
        assert await worker.stop(patience_s=5)
        with pytest.raises(RuntimeError):
            worker.submit(lambda: None)

    asyncio.run(body())


def test_the_end_of_the_program_does_not_wait_for_it(share: threading.Event) -> None:
    worker = Worker("w")
    worker.submit(share.wait)
    (thread,) = [each for each in threading.enumerate() if each.name == "w"]
    assert thread.daemon
    share.set()
    asyncio.run(worker.stop(patience_s=5))
