"""Chores run by themselves, fail without harm, and have a last turn."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable

import pytest

from station.chores import HANGS_S, Chore, Chores


def run_until(reached: threading.Event, chores: Chores) -> None:
    async def body() -> None:
        chores.start()
        assert await asyncio.to_thread(reached.wait, 5)
        await chores.stop()

    asyncio.run(body())


def test_a_chore_has_turn_after_turn() -> None:
    turns: list[int] = []
    third = threading.Event()

    def turn() -> None:
        turns.append(1)
        if len(turns) == 3:
            third.set()

    run_until(third, Chores([Chore("results", 0.001, turn)]))
    assert len(turns) >= 3


def test_a_failing_chore_is_said_once_and_tried_again(
    caplog: pytest.LogCaptureFixture, expect_log: Callable[[str], None]
) -> None:
    expect_log("results: no room; it will be tried again")
    tries: list[int] = []
    fifth = threading.Event()

    def fail_twice() -> None:
        tries.append(1)
        if len(tries) == 5:
            fifth.set()
        if len(tries) < 3:
            raise OSError("no room")

    with caplog.at_level(logging.INFO, "station.chores"):
        run_until(fifth, Chores([Chore("results", 0.001, fail_twice)]))
    said = [record.getMessage() for record in caplog.records if record.name == "station.chores"]
    assert said == ["results: no room; it will be tried again", "results works again"]


def test_a_chore_that_hangs_does_not_hold_up_the_end(expect_log: Callable[[str], None]) -> None:
    """Its files are on a share that does not answer; whatever waits for it would wait for ever."""
    expect_log("results: did not end within 0.01 s and is left behind")
    begun, answers = threading.Event(), threading.Event()

    def hang() -> None:
        begun.set()
        answers.wait()

    try:
        run_until(begun, Chores([Chore("results", 0.001, hang, ends_with=True)], patience_s=0.01))
    finally:
        answers.set()


def test_the_loop_goes_on_while_the_last_turns_are_waited_for() -> None:
    begun, goes_on = threading.Event(), threading.Event()

    def last_turn() -> None:
        begun.set()
        assert goes_on.wait(5), "the loop stood still"

    async def body() -> None:
        chores = Chores([Chore("results", 3600.0, last_turn, ends_with=True)])
        chores.start()
        stopping = asyncio.ensure_future(chores.stop())
        await asyncio.to_thread(begun.wait, 5)
        goes_on.set()
        await stopping

    asyncio.run(body())
    assert goes_on.is_set()


def test_only_a_chore_that_ends_with_it_has_a_last_turn() -> None:
    done: list[str] = []
    chores = Chores(
        [
            Chore("results", 3600.0, lambda: done.append("results"), ends_with=True),
            Chore("backup", 3600.0, lambda: done.append("backup")),
        ]
    )
    now = threading.Event()
    now.set()
    run_until(now, chores)
    assert done == ["results"]


def test_a_chore_apart_that_hangs_holds_up_no_other_and_its_turns_do_not_pile_up(expect_log: Callable[[str], None]) -> None:
    expect_log("backup: did not end within 0.01 s and is left behind")
    answers, begun, third = threading.Event(), threading.Event(), threading.Event()
    turns: list[int] = []
    hung: list[int] = []
    waiting: list[int] = []

    def hang() -> None:
        hung.append(1)
        begun.set()
        answers.wait()

    def turn() -> None:
        turns.append(1)
        if backup := chores._threads.get("chore backup"):  # none any more while the chores are being stopped
            waiting.append(backup._queue.qsize())
        if begun.is_set() and len(turns) >= 30:
            third.set()

    chores = Chores([Chore("backup", 0.001, hang, is_apart=True), Chore("results", 0.001, turn)], patience_s=0.01)
    try:
        run_until(third, chores)
    finally:
        answers.set()
    assert len(hung) == 1
    assert max(waiting) <= 1


def test_what_is_under_way_apart_is_ended_at_the_stop() -> None:
    begun, ended = threading.Event(), threading.Event()

    def check() -> None:
        begun.set()
        assert ended.wait(5)

    run_until(begun, Chores([Chore("full check", 0.001, check, is_apart=True, stop=ended.set)]))
    assert ended.is_set()


@pytest.mark.parametrize("error", [OSError("no room"), ZeroDivisionError("our fault")])
def test_whoever_looks_is_told_that_a_chore_fails_until_it_works(error: Exception, expect_log: Callable[[str], None]) -> None:
    expect_log("results")
    tries: list[int] = []
    told: list[tuple[str, str]] = []
    fourth = threading.Event()

    def fail_twice() -> None:
        tries.append(1)
        if len(tries) == 4:
            fourth.set()
        if len(tries) < 3:
            raise error

    run_until(
        fourth, Chores([Chore("results", 0.001, fail_twice, code="D425")], tell=lambda name, code: told.append((name, code)))
    )
    assert told[:3] == [("results", "D425"), ("results", "D425"), ("results", "")]


def test_a_chore_that_hangs_for_half_an_hour_is_told_too(expect_log: Callable[[str], None]) -> None:
    expect_log("results: did not end within 0.01 s and is left behind")
    answers, told = threading.Event(), threading.Event()
    moments = iter((0.0,))
    codes: list[tuple[str, str]] = []

    def tell(name: str, code: str) -> None:
        codes.append((name, code))
        told.set()

    chore = Chore("results", 0.001, answers.wait, code="D425")
    chores = Chores([chore], patience_s=0.01, tell=tell, monotonic=lambda: next(moments, HANGS_S + 1))
    try:
        run_until(told, chores)
    finally:
        answers.set()
    assert codes[0] == ("results", "D425")


def test_a_chore_that_changes_the_site_says_so_on_the_loop_when_it_did() -> None:
    told: list[int] = []
    changed = threading.Event()
    results = iter(["", "", "something"])

    def say() -> None:
        told.append(threading.get_ident())
        changed.set()

    chores = Chores([Chore("folder", 0.001, lambda: next(results, ""), changes_site=True)], changed=say)
    run_until(changed, chores)
    assert told == [threading.get_ident()]


def test_a_chore_may_be_said_to_hang_sooner() -> None:
    now_s = [0.0]
    answers, begun, said = threading.Event(), threading.Event(), threading.Event()
    codes: list[tuple[str, str]] = []

    def tell(name: str, code: str) -> None:
        codes.append((name, code))
        said.set()

    def hang() -> None:
        begun.set()
        now_s[0] = 200.0
        answers.wait(10)

    chore = Chore("folder erp", 0.001, hang, is_apart=True, code="O550", hangs_s=180.0)
    chores = Chores([chore], tell=tell, patience_s=5, monotonic=lambda: now_s[0])

    async def body() -> None:
        chores.start()
        assert await asyncio.to_thread(said.wait, 5)
        answers.set()
        await chores.stop()

    asyncio.run(body())
    assert codes[0] == ("folder erp", "O550")
