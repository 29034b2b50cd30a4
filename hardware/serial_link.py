"""One line, kept open. One daemon thread per port does all blocking work.

The thread opens the port, reads, writes what was queued, and tries again for ever when the line is lost. A `LineLayer` in the
thread makes messages of bytes and bytes of messages (line timing must not depend on a busy window); messages and link changes
reach the event loop by `call_soon_threadsafe`. What is queued on a line that breaks is dropped, never sent on the next one: a
command that left late would move a machine nobody is watching.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from hardware.config import PortConfig
from hardware.errors import LINE_DOWN, PORT_TAKEN
from hardware.line_layer import LineLayer, Step, Trouble
from hardware.line_meter import LineMeter
from hardware.serial_port import OPEN_ERRORS, PORT_ERRORS, Port, is_taken, open_port
from hardware.values import LineHealth, WireFrame
from hardware.wire_log import ATTACHED_FRAMES, WireLog

CLOSE_WAIT_S = 8.0  # a connect attempt in progress ends after 5 s

M = TypeVar("M")
PortOpener = Callable[[PortConfig], Port]


@dataclass(frozen=True, slots=True)
class LinkListener(Generic[M]):
    """Who hears of the line; all three are called on the event loop."""

    up: Callable[[], None]
    down: Callable[[str, str], None]
    message: Callable[[M | Trouble, float], None]


class Link(Protocol):
    """What a driver needs of its line. `SerialLink` is the real one; tests drive a line of their own."""

    def start(self) -> None: ...

    def send(self, data: bytes) -> asyncio.Future[bool]:
        """Queue one frame's content; the future says whether the layer took it. False at once when the line is down."""

    def reopen(self) -> None:
        """Close and open again: the only cure for a half-open connection."""

    async def close(self) -> None: ...

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        """The last frames on the line, oldest first."""

    def health(self) -> LineHealth:
        """How the line does."""


@dataclass(frozen=True, slots=True)
class _Write:
    data: bytes
    generation: int
    done: asyncio.Future[bool]


class SerialLink(Generic[M]):
    """The real line. Made and used on the event loop; `start` once, `close` once."""

    def __init__(
        self,
        config: PortConfig,
        layer: LineLayer[M],
        *,
        listener: LinkListener[M],
        hides_text: bool = False,
        is_answered: bool = False,
        opener: PortOpener = open_port,
    ) -> None:
        """`is_answered`: whether the device answers what is sent; else only the layer knows of a lost answer."""
        self._config = config
        self._layer = layer
        self._listener = listener
        self._opener = opener
        self._log = WireLog(config.name, hides_text=hides_text)
        self._meter = LineMeter(config.name, config.url, is_answered=is_answered)
        self._writes: queue.SimpleQueue[_Write] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._reopen = threading.Event()
        self._port: Port | None = None
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
        self._meter.given_up()
        self._reopen.set()
        self._interrupt()

    async def close(self) -> None:
        """End the thread; no event follows. Nothing is left behind; what has not left is lost, though a port hangs."""
        if self._thread is None or self._ended is None:
            return
        self._up_generation = 0
        self._stop.set()
        self._interrupt()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_WAIT_S):
                await self._ended
        self._thread.join(0.5)
        self._thread = None
        self._let_go_unsent()

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        return self._log.frames(most)

    def health(self) -> LineHealth:
        return self._meter.health(time.monotonic())

    def _interrupt(self) -> None:
        with self._port_lock:
            if self._port is not None:
                self._port.interrupt()

    def _now_up(self, generation: int) -> None:
        if not self._stop.is_set():
            self._up_generation = generation
            self._listener.up()

    def _now_down(self, code: str, message: str) -> None:
        """What was sent after the thread had cleared up and before this was known would wait until somebody plugs it in."""
        self._up_generation = 0
        self._let_go_unsent()
        if not self._stop.is_set():
            self._listener.down(code, message)

    def _heard(self, message: M | Trouble, at_s: float) -> None:
        if not self._stop.is_set():
            self._listener.message(message, at_s)

    def _let_go_unsent(self) -> None:
        for write in self._unsent():
            self._settle(write.done, False)

    @staticmethod
    def _settle(done: asyncio.Future[bool], has_left: bool) -> None:
        if not done.done():
            done.set_result(has_left)

    # --- in the port's thread ------------------------------------------------------------------------------------------

    def _run(self) -> None:
        """A fault that nobody foresaw ends the line, and is a matter for the loop's handler: a dead thread says nothing."""
        try:
            self._keep_open()
        except Exception as error:
            self._post(self._crashed, error)
            raise
        if self._ended is not None:
            self._post(self._settle_end)

    def _crashed(self, error: Exception) -> None:
        """Who shows the line, or waits for what he sent, hears of it like of any other loss, but for the fault's own words."""
        self._settle_end()
        if self._loop is not None:
            self._loop.call_exception_handler({"message": f"the line {self._config.name} failed", "exception": error})
        self._now_down(LINE_DOWN, type(error).__name__)

    def _keep_open(self) -> None:
        delay_s = self._config.first_retry_s
        while not self._stop.is_set():
            if self._connect_and_serve():
                delay_s = self._config.first_retry_s
            self._stop.wait(delay_s * random.uniform(0.75, 1.25))
            delay_s = min(delay_s * 2, self._config.longest_retry_s)

    def _settle_end(self) -> None:
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(None)

    def _connect_and_serve(self) -> bool:
        """Open the port and serve it until it breaks; whether it could be opened at all."""
        try:
            port = self._opener(self._config)
        except OPEN_ERRORS as error:
            self._report_down(error)
            return False
        try:
            self._serve(port)
            self._report_down(None)
        except PORT_ERRORS as error:
            self._report_down(error)
        finally:
            self._shut(port)
        return True

    def _serve(self, port: Port) -> None:
        self._generation += 1
        self._reopen.clear()
        with self._port_lock:
            self._port = port
        self._told = ""
        now_s = time.monotonic()
        self._meter.opened(port.name, now_s)
        self._post(self._now_up, self._generation)
        self._carry_out(port, self._layer.opened(now_s), now_s)
        while not self._stop.is_set() and not self._reopen.is_set():
            self._write_queued(port)
            data = port.read(self._layer.due_s)
            now_s = time.monotonic()
            if data:
                self._carry_out(port, self._layer.feed(data, now_s), now_s)
            due_s = self._layer.due_s
            if due_s is not None and due_s <= now_s:
                self._carry_out(port, self._layer.wake(now_s), now_s)

    def _carry_out(self, port: Port, step: Step[M], now_s: float) -> None:
        """What was heard came before what is said to it."""
        for frame in step.frames:
            self._log.record(frame, sent=False, at_s=now_s)
        if step.frames:
            self._meter.heard(len(step.frames), now_s)
        errors = sum(isinstance(message, Trouble) for message in step.messages)
        if errors or step.retries:
            self._meter.counted(errors=errors, retries=step.retries)
        try:
            self._write(port, step.write)
        finally:  # what was heard was heard, also when the line breaks at the answer to it
            for message in step.messages:
                self._post(self._heard, message, now_s)

    def _write(self, port: Port, data: bytes) -> None:
        if data:
            port.write(data)
            left_s = time.monotonic()
            self._meter.sent(left_s)
            self._log.record(data, sent=True, at_s=left_s)

    def _write_queued(self, port: Port) -> None:
        while True:
            try:
                write = self._writes.get_nowait()
            except queue.Empty:
                return
            is_taken_over = False
            try:
                if write.generation == self._generation:
                    now_s = time.monotonic()
                    self._meter.asked(now_s)
                    self._carry_out(port, self._layer.send(write.data, now_s), now_s)
                    is_taken_over = True
            finally:
                self._post(self._settle, write.done, is_taken_over)

    def _shut(self, port: Port) -> None:
        with self._port_lock:
            self._port = None
        self._meter.lost(time.monotonic())
        port.close()
        for write in self._unsent():  # dropped, see the module's first lines
            self._post(self._settle, write.done, False)

    def _unsent(self) -> Iterator[_Write]:
        with contextlib.suppress(queue.Empty):
            while True:
                yield self._writes.get_nowait()

    def _report_down(self, error: BaseException | None) -> None:
        code = PORT_TAKEN if error is not None and is_taken(error) else LINE_DOWN
        if code != self._told:
            self._told = code
            self._post(self._now_down, code, str(error) if error is not None else "")

    def _post(self, function: Callable[..., None], *arguments: object) -> None:
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop was closed under us: the program is ending
                self._loop.call_soon_threadsafe(function, *arguments)
