"""A wait for a descriptor that another thread can end."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from hardware.wake_pipe import WakePipe

FAR_S = 30.0  # a wait this long would be seen


@pytest.fixture
def pipe() -> Iterator[WakePipe]:
    pipe = WakePipe()
    yield pipe
    pipe.close()


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    near, far = socket.socketpair()
    yield near, far
    near.close()
    far.close()


def test_a_byte_ends_the_wait_and_is_there(pipe: WakePipe, ends: tuple[socket.socket, socket.socket]) -> None:
    near, far = ends
    far.send(b"x")
    assert pipe.wait_for(near.fileno(), time.monotonic() + FAR_S)
    assert near.recv(1) == b"x"


def test_an_interrupt_ends_one_wait_and_only_one(pipe: WakePipe, ends: tuple[socket.socket, socket.socket]) -> None:
    begun_s = time.monotonic()
    for _ in range(3):
        pipe.interrupt()
    assert not pipe.wait_for(ends[0].fileno(), None)
    assert time.monotonic() - begun_s < FAR_S
    due_s = time.monotonic() + 0.01
    assert not pipe.wait_for(ends[0].fileno(), due_s)
    assert time.monotonic() >= due_s


def test_an_interrupt_beside_a_byte_loses_neither(pipe: WakePipe, ends: tuple[socket.socket, socket.socket]) -> None:
    near, far = ends
    far.send(b"x")
    pipe.interrupt()
    assert pipe.wait_for(near.fileno(), time.monotonic() + FAR_S)


def test_a_time_that_is_past_waits_for_nothing(pipe: WakePipe, ends: tuple[socket.socket, socket.socket]) -> None:
    assert not pipe.wait_for(ends[0].fileno(), time.monotonic() - 1)


def test_an_interrupt_after_the_end_is_nothing(pipe: WakePipe) -> None:
    pipe.close()
    pipe.interrupt()


def test_any_number_of_interrupts_that_nobody_waited_for_is_taken(
    pipe: WakePipe, ends: tuple[socket.socket, socket.socket]
) -> None:
    for _ in range(100_000):
        pipe.interrupt()
    assert not pipe.wait_for(ends[0].fileno(), None)
