"""One line, kept open: the only importer of pyserial. One daemon thread per port does all blocking work.

The thread opens the port, reads, writes what was queued, and tries again for ever when the line is lost. Bytes are cut into
messages inside the thread by a sans-IO reader (line timing must not depend on a busy window); messages and link changes reach
the event loop by `call_soon_threadsafe`. What is queued on a line that breaks is dropped, never sent on the next one: a command
that left late would move a machine nobody is watching.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import queue
import random
import select
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import serial
from serial.urlhandler import protocol_socket

from hardware.config import PortConfig, SerialSettings
from hardware.errors import LINE_DOWN, PORT_TAKEN

_PORT_ERRORS: tuple[type[Exception], ...] = (serial.SerialException, OSError)
try:  # in_waiting and flush raise termios.error on a lost port, which is neither of the two (reference 4.3)
    import termios

    _PORT_ERRORS += (termios.error,)
except ImportError:  # Windows
    pass
_OPEN_ERRORS: tuple[type[Exception], ...] = (*_PORT_ERRORS, ValueError)  # ValueError: a URL pyserial does not know

READ_MOST = 4096
POLL_S = 0.02  # how soon a queued write leaves on ports whose read cannot be cancelled (sockets)
CLOSE_WAIT_S = 8.0  # a connect attempt in progress ends after 5 s

M = TypeVar("M")
M_co = TypeVar("M_co", covariant=True)


class LineReader(Protocol[M_co]):
    """Cuts bytes into messages, without I/O; called in the port's thread only. Times are monotonic seconds."""

    @property
    def wake_s(self) -> float:
        """The longest time `wake` may be left uncalled."""

    def reset(self) -> None:
        """The line is new: forget the half message of the old one."""

    def feed(self, data: bytes, now_s: float) -> tuple[M_co, ...]: ...

    def wake(self, now_s: float) -> tuple[M_co, ...]:
        """Nothing came for a while."""


@dataclass(frozen=True, slots=True)
class LinkListener(Generic[M]):
    """Who hears of the line; all three are called on the event loop."""

    up: Callable[[], None]
    down: Callable[[str, str], None]
    message: Callable[[M, float], None]


class Link(Protocol):
    """What a driver needs of its line. `SerialLink` is the real one; tests drive a line of their own."""

    def start(self) -> None: ...

    def send(self, data: bytes) -> asyncio.Future[bool]:
        """Queue bytes; the future says whether they left. False at once when the line is down."""

    def reopen(self) -> None:
        """Close and open again: the only cure for a half-open connection."""

    async def close(self) -> None: ...


class _SocketPort(protocol_socket.Serial):
    """pyserial's socket port without three habits that hurt here.

    WORKAROUND for pyserial 3.5: open() throws away what the other side said first (a machine tells late answers then), close()
    sleeps 0.3 s and leaves the socket open when the other side went first, read() takes one byte at a time from us.
    """

    _socket: socket.socket | None

    def reset_input_buffer(self) -> None:
        """Keep what the other side said first."""

    def read(self, size: int = 1) -> bytes:
        link = self._socket
        if link is None:
            raise serial.PortNotOpenError
        ready, _, _ = select.select([link], [], [], self.timeout)
        if not ready:
            return b""
        data: bytes = link.recv(READ_MOST)
        if not data:
            raise serial.SerialException("the other side closed the connection")
        return data

    def close(self) -> None:
        link, self._socket = self._socket, None
        self.is_open = False
        if link is not None:
            link.close()


_Port = serial.Serial | _SocketPort


@dataclass(frozen=True, slots=True)
class _Write:
    data: bytes
    generation: int
    done: asyncio.Future[bool]


class SerialLink(Generic[M]):
    """The real line. Made and used on the event loop; `start` once, `close` once."""

    def __init__(self, config: PortConfig, reader: LineReader[M], *, listener: LinkListener[M]) -> None:
        self._config = config
        self._reader = reader
        self._listener = listener
        self._writes: queue.SimpleQueue[_Write] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._reopen = threading.Event()
        self._port: _Port | None = None
        self._port_lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended: asyncio.Future[None] | None = None
        self._generation = 0  # of the connection, counted by the thread
        self._up_generation = 0  # as the event loop knows it; 0 while the line is down
        self._told = ""  # the last code reported by the thread

    # --- on the event loop ---------------------------------------------------------------------------------------------

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._ended = self._loop.create_future()
        self._thread = threading.Thread(target=self._run, name=f"line-{self._config.name}", daemon=True)
        self._thread.start()

    def send(self, data: bytes) -> asyncio.Future[bool]:
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        if not self._up_generation:
            done.set_result(False)
            return done
        self._writes.put(_Write(data, self._up_generation, done))
        self._interrupt()
        return done

    def reopen(self) -> None:
        self._reopen.set()
        self._interrupt()

    async def close(self) -> None:
        """End the thread; no event follows. Nothing is left behind."""
        if self._thread is None or self._ended is None:
            return
        self._stop.set()
        self._interrupt()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_WAIT_S):
                await self._ended
        self._thread.join(0.5)
        self._thread = None

    def _interrupt(self) -> None:
        with self._port_lock:
            port = self._port
            if port is not None and hasattr(port, "cancel_read"):
                with contextlib.suppress(*_PORT_ERRORS):
                    port.cancel_read()

    def _now_up(self, generation: int) -> None:
        if not self._stop.is_set():
            self._up_generation = generation
            self._listener.up()

    def _now_down(self, code: str, message: str) -> None:
        self._up_generation = 0
        if not self._stop.is_set():
            self._listener.down(code, message)

    def _heard(self, message: M, at_s: float) -> None:
        if not self._stop.is_set():
            self._listener.message(message, at_s)

    @staticmethod
    def _settle(done: asyncio.Future[bool], has_left: bool) -> None:
        if not done.done():
            done.set_result(has_left)

    # --- in the port's thread ------------------------------------------------------------------------------------------

    def _run(self) -> None:
        delay_s = self._config.first_retry_s
        while not self._stop.is_set():
            if self._connect_and_serve():
                delay_s = self._config.first_retry_s
            self._stop.wait(delay_s * random.uniform(0.75, 1.25))
            delay_s = min(delay_s * 2, self._config.longest_retry_s)
        if self._ended is not None:
            self._post(self._settle_end)

    def _settle_end(self) -> None:
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(None)

    def _connect_and_serve(self) -> bool:
        """Open the port and serve it until it breaks; whether it could be opened at all."""
        try:
            port = self._open()
        except _OPEN_ERRORS as error:
            self._report_down(error)
            return False
        try:
            self._serve(port)
            self._report_down(None)
        except _PORT_ERRORS as error:
            self._report_down(error)
        finally:
            self._shut(port)
        return True

    def _open(self) -> _Port:
        if self._config.url.lower().startswith("socket://"):
            port: _Port = _SocketPort(None, write_timeout=self._config.write_timeout_s)
            port.port = self._config.url
        else:
            port = self._make_port(self._config.serial)
        can_cancel = hasattr(port, "cancel_read")
        port.timeout = self._reader.wake_s if can_cancel else min(POLL_S, self._reader.wake_s)
        port.open()
        return port

    def _make_port(self, settings: SerialSettings) -> serial.Serial:
        """All settings at once: changing them on an open pseudo terminal fails (reference 4.3)."""
        return serial.serial_for_url(
            self._config.url,
            do_not_open=True,
            baudrate=settings.baud,
            bytesize=settings.bits,
            parity=settings.parity,
            stopbits=settings.stop,
            write_timeout=self._config.write_timeout_s,
            exclusive=True,  # without it a second opener steals bytes silently (reference 4.3)
        )

    def _serve(self, port: _Port) -> None:
        self._generation += 1
        self._reopen.clear()
        self._reader.reset()
        with self._port_lock:
            self._port = port
        self._told = ""
        self._post(self._now_up, self._generation)
        while not self._stop.is_set() and not self._reopen.is_set():
            self._write_queued(port)
            data = self._read(port)
            now_s = time.monotonic()
            for message in self._reader.feed(data, now_s) if data else self._reader.wake(now_s):
                self._post(self._heard, message, now_s)

    @staticmethod
    def _read(port: _Port) -> bytes:
        data = port.read(1)
        if not data or isinstance(port, _SocketPort):
            return data
        waiting = min(port.in_waiting, READ_MOST)
        return data + port.read(waiting) if waiting else data

    def _write_queued(self, port: _Port) -> None:
        while True:
            try:
                write = self._writes.get_nowait()
            except queue.Empty:
                return
            has_left = False
            try:
                if write.generation == self._generation:
                    port.write(write.data)
                    has_left = True
            finally:
                self._post(self._settle, write.done, has_left)

    def _shut(self, port: _Port) -> None:
        with self._port_lock:
            self._port = None
        with contextlib.suppress(*_PORT_ERRORS):
            port.close()
        while not self._writes.empty():  # dropped, see the module's first lines
            self._post(self._settle, self._writes.get_nowait().done, False)

    def _report_down(self, error: BaseException | None) -> None:
        code = PORT_TAKEN if error is not None and _is_taken(error) else LINE_DOWN
        if code != self._told:
            self._told = code
            self._post(self._now_down, code, str(error) if error is not None else "")

    def _post(self, function: Callable[..., None], *arguments: object) -> None:
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop was closed under us: the program is ending
                self._loop.call_soon_threadsafe(function, *arguments)


def _is_taken(error: BaseException) -> bool:
    """Whether another program holds the port: flock says EAGAIN, Windows "access is denied"."""
    number = getattr(error, "errno", None)
    if number in (errno.EAGAIN, errno.EBUSY):
        return True
    return os.name == "nt" and "PermissionError(13" in str(error)
