"""Waiting in `select` for a descriptor in such a way that any other thread can end the wait, to well under a millisecond."""

from __future__ import annotations

import contextlib
import select
import socket
import time

DRAIN_MOST = 4096


class WakePipe:
    """For one thread that waits. A pair of sockets and no pipe, because `select` takes nothing else on Windows."""

    def __init__(self) -> None:
        self._wake, self._waker = socket.socketpair()
        self._wake.setblocking(False)
        self._waker.setblocking(False)

    def wait_for(self, descriptor: int, until_s: float | None) -> bool:
        """Whether the descriptor can be read (an error counts). Returns at this monotonic second, or False after an `interrupt`;
        None waits for ever. Raises OSError for a descriptor that is no more."""
        wait_s = None if until_s is None else max(0.0, until_s - time.monotonic())
        wake = self._wake.fileno()
        ready, _, _ = select.select([descriptor, wake], [], [], wait_s)
        if wake in ready:
            with contextlib.suppress(BlockingIOError):
                self._wake.recv(DRAIN_MOST)
        return descriptor in ready

    def interrupt(self) -> None:
        """Let a wait return, or the next one if nobody waits. From any thread."""
        with contextlib.suppress(OSError):  # full: it wakes anyhow; closed: nobody waits any more
            self._waker.send(b"x")

    def close(self) -> None:
        self._wake.close()
        self._waker.close()
