"""A line between a station and its site database that a test can spoil: stalled, cut, half closed, or with nobody at its end.

It forwards bytes between 127.0.0.1 and one address on a thread of its own. What it does next is asked for by name; each call
returns when it holds, so that no test waits for a time.
"""

from __future__ import annotations

import selectors
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

CHUNK_BYTES = 65536
NO_MORE = -1
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: close with RST


@dataclass(eq=False)
class _Pair:
    """One connection through the proxy; `passed_bytes` counts what came from an end, -1 once nothing more is taken from it."""

    near: socket.socket
    far: socket.socket
    passed_bytes: dict[socket.socket, int] = field(default_factory=dict)

    def other(self, end: socket.socket) -> socket.socket:
        return self.far if end is self.near else self.near


class TcpProxy:
    """Listens on `port`. Use `spoilable_line`, which closes it."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._selector = selectors.DefaultSelector()
        self._wake, self._woken = socket.socketpair()
        self._asked: list[tuple[Callable[[], None], threading.Event]] = []
        self._pairs: set[_Pair] = set()
        self._is_stalled = False
        self._is_refusing = False
        self._cut_after_bytes: int | None = None
        self._is_over = False
        self._bytes_per_s = 0  # 0: as fast as they come
        self._pause = threading.Event()  # never set: waiting for it is the line's own time
        self.cuts = 0
        self._was_cut = threading.Event()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._run, name="tcp-proxy", daemon=True)
        self._thread.start()

    def stall(self) -> None:
        """Take bytes no further: nothing arrives and nothing is closed."""
        self._do(lambda: setattr(self, "_is_stalled", True))

    def cut(self, *, refuse: bool = False) -> None:
        """End every connection with RST, and with `refuse` take no new one."""

        def cut() -> None:
            self._is_refusing = refuse
            for pair in tuple(self._pairs):
                self._end(pair, reset=True)

        self._do(cut)

    def half_close(self) -> None:
        """Tell the stations that no more bytes come; what they send still goes through."""

        def close() -> None:
            for pair in tuple(self._pairs):
                with suppress(OSError):
                    pair.near.shutdown(socket.SHUT_WR)
                pair.passed_bytes[pair.far] = NO_MORE
                self._selector.unregister(pair.far)

        self._do(close)

    def narrow(self, bytes_per_s: int) -> None:
        """Pass the site's answers no faster than this."""
        self._do(lambda: setattr(self, "_bytes_per_s", bytes_per_s))

    def cut_after(self, bytes_from_site: int) -> None:
        """Cut a connection once so many more bytes of the site's answers have passed: an answer is lost on the way."""

        def arm() -> None:
            self._cut_after_bytes = bytes_from_site
            self._was_cut.clear()
            for pair in self._pairs:
                pair.passed_bytes.clear()

        self._do(arm)

    def await_cut(self, timeout_s: float = 30.0) -> None:
        """Wait until the cut that was armed has come. Raises TimeoutError."""
        if not self._was_cut.wait(timeout_s):
            raise TimeoutError("nothing was cut")

    def heal(self) -> None:
        """Forward everything again; what was stalled goes on."""

        def heal() -> None:
            self._is_stalled = self._is_refusing = False
            self._cut_after_bytes = None
            self._bytes_per_s = 0

        self._do(heal)

    def close(self) -> None:
        """End the proxy and all its connections."""

        def end() -> None:
            self._is_over = True

        self._do(end)
        self._thread.join()
        for pair in tuple(self._pairs):
            self._end(pair)
        self._selector.close()
        for each in (self._listener, self._wake, self._woken):
            each.close()

    def _do(self, act: Callable[[], None]) -> None:
        done = threading.Event()
        self._asked.append((act, done))
        self._wake.send(b".")
        done.wait()

    def _run(self) -> None:
        while not self._is_over:
            ready = self._selector.select(timeout=None)
            for key, _ in ready:
                if key.fileobj is self._woken:
                    self._woken.recv(1)
                    act, done = self._asked.pop(0)
                    act()
                    self._listen_or_not()
                    done.set()
                elif key.fileobj is self._listener:
                    self._accept()
                elif not self._is_stalled:
                    self._forward(key.data, key.fileobj)  # type: ignore[arg-type]

    def _listen_or_not(self) -> None:
        """While it is stalled nothing is read: the selector would report it without end."""
        for pair in self._pairs:
            for end in (pair.near, pair.far):
                is_known = end.fileno() in self._selector.get_map()
                if self._is_stalled and is_known:
                    self._selector.unregister(end)
                elif not self._is_stalled and not is_known and pair.passed_bytes.get(end) != NO_MORE:
                    self._selector.register(end, selectors.EVENT_READ, pair)

    def _accept(self) -> None:
        near, _ = self._listener.accept()
        if self._is_refusing:
            near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            near.close()
            return
        try:
            far = socket.create_connection(self._target, timeout=5)
        except OSError:
            near.close()
            return
        far.settimeout(5)
        near.settimeout(5)
        pair = _Pair(near, far)
        self._pairs.add(pair)
        if not self._is_stalled:
            self._selector.register(near, selectors.EVENT_READ, pair)
            self._selector.register(far, selectors.EVENT_READ, pair)

    def _forward(self, pair: _Pair, end: socket.socket) -> None:
        if pair not in self._pairs:
            return
        try:
            data = end.recv(CHUNK_BYTES)
            if data:
                self._pass_on(pair, end, data)
                return
        except OSError:
            data = b""
        self._end(pair)

    def _pass_on(self, pair: _Pair, end: socket.socket, data: bytes) -> None:
        limit = self._cut_after_bytes
        if limit is not None and end is pair.far:
            passed = pair.passed_bytes.get(end, 0)
            if passed + len(data) > limit:
                pair.near.sendall(data[: limit - passed])
                self._cut_after_bytes = None
                self._end(pair, reset=True)
                return
            pair.passed_bytes[end] = passed + len(data)
        if self._bytes_per_s and end is pair.far:
            self._pause.wait(len(data) / self._bytes_per_s)
        pair.other(end).sendall(data)

    def _end(self, pair: _Pair, *, reset: bool = False) -> None:
        self._pairs.discard(pair)
        self.cuts += reset
        if reset:
            self._was_cut.set()
        for end in (pair.near, pair.far):
            if end.fileno() in self._selector.get_map():
                self._selector.unregister(end)
            if reset:
                with suppress(OSError):
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            end.close()


@contextmanager
def spoilable_line(target: tuple[str, int]) -> Iterator[TcpProxy]:
    """A proxy to this address, closed at the end."""
    with closing(TcpProxy(target)) as proxy:
        yield proxy
