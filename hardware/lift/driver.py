"""`hardware.ports.Lift` for every protocol: joins a line, its layer and an exchange. Lives on the event loop; decides nothing."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from hardware.config import LiftConfig
from hardware.errors import LINE_DOWN, LINE_NO_ANSWER, DeviceError
from hardware.lift.exchange import FlightEnded, LiftExchange, Outs, Reopen, Send, StatusRead
from hardware.line_layer import LineLayer, Trouble
from hardware.listeners import Listeners
from hardware.ports import Unsubscribe
from hardware.serial_link import Link, LinkListener, SerialLink
from hardware.values import (
    FetchTray,
    LateAnswer,
    LiftEvent,
    LiftRequest,
    LiftStatus,
    LineHealth,
    LinkDown,
    LinkUp,
    MotionResult,
    Outcome,
    PointTray,
    SafetyCleared,
    SafetyStopped,
    SafetyUnclear,
    StoreTray,
    WireFrame,
)
from hardware.wire_log import ATTACHED_FRAMES

logger = logging.getLogger(__name__)

CLEAN_UP_S = 8.0  # the longest pulse of a register map, and the answers

M = TypeVar("M")
Clock = Callable[[], float]


class LiftDriver(Generic[M]):
    """One machine's port. `make_link` lets tests give a line of their own."""

    def __init__(
        self,
        config: LiftConfig,
        exchange: LiftExchange[M],
        layer: LineLayer[M],
        *,
        make_link: Callable[[LinkListener[M]], Link] | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        self._config = config
        self._exchange = exchange
        self._clock = clock
        listener: LinkListener[M] = LinkListener(self._port_opened, self._port_lost, self._heard)
        self._link: Link = (
            make_link(listener) if make_link else SerialLink(config.port, layer, listener=listener, is_answered=True)
        )
        self._listeners: Listeners[LiftEvent] = Listeners()
        self._link_event: LinkUp | LinkDown = LinkDown(LINE_DOWN)
        self._waiting: asyncio.Future[MotionResult] | None = None
        self._questions: list[tuple[int, asyncio.Future[LiftStatus]]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._is_open = False
        self._is_clean = asyncio.Event()

    @property
    def reports_tray(self) -> bool:
        return self._exchange.reports_tray

    @property
    def takes_next_tray(self) -> bool:
        return self._exchange.takes_next_tray

    # --- the port's verbs ----------------------------------------------------------------------------------------------

    async def open(self) -> None:
        self._is_open = True
        self._link.start()

    async def close(self) -> None:
        if not self._is_open:
            return
        await self._clean_up()
        self._is_open = False
        if self._timer is not None:
            self._timer.cancel()
        await self._link.close()
        self._carry_out(self._exchange.abandon())
        self._fail_questions(DeviceError(LINE_DOWN, "the port was closed"))

    async def status(self) -> LiftStatus:
        if not self._exchange.is_line_up:
            code = self._link_event.code if isinstance(self._link_event, LinkDown) else LINE_DOWN
            raise DeviceError(code, "the line is down", frames=self.frames())
        answered: asyncio.Future[LiftStatus] = asyncio.get_running_loop().create_future()
        token, outs = self._exchange.ask_status(self._clock())
        self._questions.append((token, answered))
        self._carry_out(outs)
        try:
            async with asyncio.timeout(self._config.timing.status_s):
                return await answered
        except TimeoutError:
            raise DeviceError(LINE_NO_ANSWER, "no answer to a status question", frames=self.frames()) from None
        finally:
            self._questions = [each for each in self._questions if each[1] is not answered]

    async def fetch(self, command: FetchTray) -> MotionResult:
        return await self._move(command)

    async def store(self, command: StoreTray) -> MotionResult:
        return await self._move(command)

    async def point(self, command: PointTray) -> MotionResult:
        return await self._move(command)

    def subscribe(self, listener: Callable[[LiftEvent], None]) -> Unsubscribe:
        return self._listeners.add(listener, self._link_event)

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        return self._link.frames(most)

    def health(self) -> LineHealth:
        return self._link.health()

    async def _move(self, request: LiftRequest) -> MotionResult:
        """Send once, wait for the end. A caller that is cancelled leaves the command in flight: the metal moves on."""
        try:
            outs = self._exchange.begin(request, self._clock())
        except DeviceError as error:
            error.frames = self.frames()
            raise
        waiting: asyncio.Future[MotionResult] = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        self._carry_out(outs)
        return await waiting

    # --- what happens ----------------------------------------------------------------------------------------------------

    async def _clean_up(self) -> None:
        """A start bit that is on would stay on when nobody talks to the machine any more: its taking back is waited for."""
        if not self._can_clean_up:
            return
        self._is_clean.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLEAN_UP_S):
                await self._is_clean.wait()

    @property
    def _can_clean_up(self) -> bool:
        return self._exchange.is_line_up and self._exchange.owes_clean_up

    def _port_opened(self) -> None:
        self._carry_out(self._exchange.opened(self._clock()))

    def _port_lost(self, code: str, message: str) -> None:
        self._carry_out(self._exchange.lost(code, message, self._clock()))

    def _heard(self, message: M | Trouble, at_s: float) -> None:
        if isinstance(message, Trouble):
            logger.info("line=%s %s %s", self._config.name, message.code, message.message)
        self._carry_out(self._exchange.heard(message, at_s))

    def _tick(self) -> None:
        self._carry_out(self._exchange.tick(self._clock()))

    # --- what is asked ---------------------------------------------------------------------------------------------------

    def _carry_out(self, outs: Outs) -> None:
        for out in outs:
            match out:
                case Send(data):
                    self._link.send(data)
                case Reopen():
                    self._link.reopen()
                case StatusRead():
                    self._answer_questions(out)
                case FlightEnded(result):
                    self._end_motion(self._with_frames(result))
                case LateAnswer(result):
                    self._publish(LateAnswer(self._with_frames(result)))
                case _:
                    self._publish(out)
        if not self._can_clean_up:
            self._is_clean.set()
        self._arm()

    def _arm(self) -> None:
        """Set the one timer to what is due first."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        due_s = self._exchange.due_s
        if due_s is not None and self._is_open:
            self._timer = asyncio.get_running_loop().call_later(max(0.0, due_s - self._clock()), self._tick)

    def _answer_questions(self, read: StatusRead) -> None:
        for token, question in self._questions:
            if token <= read.token and not question.done():
                question.set_result(read.status)

    def _fail_questions(self, error: DeviceError) -> None:
        for _, question in self._questions:
            if not question.done():
                question.set_exception(error)

    def _end_motion(self, result: MotionResult) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not waiting.done():
            waiting.set_result(result)
        else:
            self._publish(LateAnswer(result))

    def _with_frames(self, result: MotionResult) -> MotionResult:
        return result if result.outcome is Outcome.DONE else dataclasses.replace(result, frames=self.frames())

    def _publish(self, event: LiftEvent) -> None:
        if isinstance(event, LinkUp | LinkDown):
            self._link_event = event
        if isinstance(event, LinkDown):
            self._fail_questions(DeviceError(event.code, event.message, frames=self.frames()))
        if isinstance(event, SafetyStopped | SafetyUnclear | SafetyCleared):
            logger.info("machine=%s %s", self._config.name, event)
        self._listeners.tell(event)
