"""`hardware.ports.Lift` over JMIF telegrams: joins the line, the exchange and the heartbeat. Lives on the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
import time
from collections.abc import Callable

from hardware.config import LiftConfig
from hardware.devices.jmif.exchange import Exchange, MotionEnded, Notice, Request
from hardware.devices.jmif.framing import Line, LineFramer, Noise
from hardware.devices.jmif.heartbeat import Heartbeat
from hardware.devices.jmif.messages import Answer, NotAnAnswer, Status, Telegram, encode, parse_answer, ping
from hardware.errors import LINE_DOWN, LINE_NO_ANSWER, MACHINE_STOPPED, DeviceError
from hardware.ports import Unsubscribe
from hardware.serial_link import Link, LinkListener, SerialLink
from hardware.values import (
    FetchTray,
    LateAnswer,
    LiftEvent,
    LiftStatus,
    LinkDown,
    LinkUp,
    MotionResult,
    Outcome,
    PointTray,
    SafetyCleared,
    SafetyStopped,
    StoreTray,
    WireFrame,
)
from hardware.wire_log import WireLog

logger = logging.getLogger(__name__)

Clock = Callable[[], float]
LinkMaker = Callable[[LinkListener[Line | Noise]], Link]


class _Reader:
    """The framer as the line's thread wants it; JMIF has no line timing."""

    wake_s = 0.25

    def __init__(self) -> None:
        self._framer = LineFramer()

    def reset(self) -> None:
        self._framer.reset()

    def feed(self, data: bytes, now_s: float) -> tuple[Line | Noise, ...]:
        return self._framer.feed(data)

    def wake(self, now_s: float) -> tuple[Line | Noise, ...]:
        return ()


class JmifLift:
    """A Kardex machine behind JMIF. Its ping says nothing about trays, so `reports_tray` is False."""

    reports_tray = False

    def __init__(
        self,
        config: LiftConfig,
        *,
        make_link: LinkMaker | None = None,
        clock: Clock = time.monotonic,
        wall_clock: Clock = time.time,
    ) -> None:
        self._config = config
        self._clock = clock
        self._wall_clock = wall_clock
        self._exchange = Exchange(config)
        self._heartbeat = Heartbeat(config.timing)
        self._wire_log = WireLog(config.name)
        listener = LinkListener(self._port_opened, self._port_lost, self._line_read)
        self._link: Link = make_link(listener) if make_link else SerialLink(config.port, _Reader(), listener=listener)
        self._listeners: list[Callable[[LiftEvent], None]] = []
        self._link_event: LinkUp | LinkDown = LinkDown(LINE_DOWN)
        self._waiting: asyncio.Future[MotionResult] | None = None
        self._questions: dict[str, list[asyncio.Future[LiftStatus]]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._is_open = False
        self._is_reopening = False

    # --- the port's verbs ----------------------------------------------------------------------------------------------

    async def open(self) -> None:
        self._is_open = True
        self._link.start()

    async def close(self) -> None:
        if not self._is_open:
            return
        self._is_open = False
        if self._timer is not None:
            self._timer.cancel()
        await self._link.close()
        self._tell(self._exchange.abandon())
        self._fail_questions(DeviceError(LINE_DOWN, "the port was closed"))

    async def status(self) -> LiftStatus:
        """Ping the machine now. `tray` is never known; `code` is L208 while the machine stands for safety."""
        if not self._exchange.is_line_up:
            code = self._link_event.code if isinstance(self._link_event, LinkDown) else LINE_DOWN
            raise DeviceError(code, "the line is down", frames=self.frames())
        answered: asyncio.Future[LiftStatus] = asyncio.get_running_loop().create_future()
        self._heartbeat.ping_now(self._clock())
        self._questions.setdefault(self._send_ping(), []).append(answered)
        self._arm()
        try:
            async with asyncio.timeout(self._config.timing.status_s):
                return await answered
        except TimeoutError:
            raise DeviceError(LINE_NO_ANSWER, "no answer to a ping", frames=self.frames()) from None

    async def fetch(self, command: FetchTray) -> MotionResult:
        return await self._move(command)

    async def store(self, command: StoreTray) -> MotionResult:
        return await self._move(command)

    async def point(self, command: PointTray) -> MotionResult:
        return await self._move(command)

    def subscribe(self, listener: Callable[[LiftEvent], None]) -> Unsubscribe:
        self._listeners.append(listener)
        listener(self._link_event)

        def unsubscribe() -> None:
            with contextlib.suppress(ValueError):
                self._listeners.remove(listener)

        return unsubscribe

    def frames(self) -> tuple[WireFrame, ...]:
        return self._wire_log.frames()

    # --- commands ------------------------------------------------------------------------------------------------------

    async def _move(self, request: Request) -> MotionResult:
        """Send once, wait for the end. A caller that is cancelled leaves the command in flight: the metal moves on."""
        try:
            telegram = self._begin(request)
        except DeviceError as error:
            error.frames = self.frames()
            raise
        waiting: asyncio.Future[MotionResult] = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        self._send(telegram)
        self._arm()
        return await waiting

    def _begin(self, request: Request) -> Telegram:
        if self._exchange.command_id is None and self._exchange.safety.code:
            raise DeviceError(MACHINE_STOPPED, f"the machine stands for safety: {self._exchange.safety.code}")
        return self._exchange.begin(request, self._clock())

    def _send(self, telegram: Telegram) -> None:
        data = encode(telegram)
        self._wire_log.record(data, sent=True, at_s=self._clock())
        self._link.send(data)

    def _send_ping(self) -> str:
        is_stopped = bool(self._exchange.safety.code)
        token = self._heartbeat.take_ping(self._clock(), self._wall_clock(), is_stopped=is_stopped)
        if token is None:
            return ""
        telegram = ping(token, self._config.opening)
        self._send(telegram)
        return telegram.host_id

    # --- the line's side -----------------------------------------------------------------------------------------------

    def _port_opened(self) -> None:
        """The port is open; LinkUp waits for an answer, because an open port proves nothing."""
        self._is_reopening = False
        self._heartbeat.opened(self._clock())
        self._tick()

    def _port_lost(self, code: str, message: str) -> None:
        self._heartbeat.closed()
        if self._is_reopening:  # our own doing: the silence was reported already
            self._is_reopening = False
        else:
            self._down(code, message)
        self._arm()

    def _line_read(self, line: Line | Noise, at_s: float) -> None:
        self._wire_log.record(line.raw, sent=False, at_s=at_s)
        message = parse_answer(line.data) if isinstance(line, Line) else NotAnAnswer(line.raw)
        if isinstance(message, NotAnAnswer):
            self._heartbeat.noise()
            logger.info("line=%s noise of %d bytes", self._config.name, len(message.raw))
            return
        self._answered(message)

    def _answered(self, answer: Answer) -> None:
        now_s = self._clock()
        self._heartbeat.heard(now_s)
        if not self._exchange.is_line_up:
            self._exchange.is_line_up = True
            self._link_event = LinkUp()
            self._publish(self._link_event)
        if answer.is_ping:
            self._tell(self._exchange.ping_answered(answer, now_s))
            self._answer_questions(answer)
        else:
            was_stopped = self._exchange.safety.code
            self._tell(self._exchange.receive(answer, now_s))
            if was_stopped:
                self._heartbeat.ping_now(now_s)
        self._arm()

    def _answer_questions(self, answer: Answer) -> None:
        is_good = answer.status is Status.SUCCESS and not self._exchange.safety.code
        code = MACHINE_STOPPED if self._exchange.safety.code else ""
        status = LiftStatus(ready=is_good, safety_code=self._exchange.safety.code, code=code)
        for question in self._questions.pop(answer.host_id, []):
            if not question.done():
                question.set_result(status)

    def _fail_questions(self, error: DeviceError) -> None:
        for question in [question for asked in self._questions.values() for question in asked]:
            if not question.done():
                question.set_exception(error)
        self._questions.clear()

    def _down(self, code: str, message: str) -> None:
        self._exchange.line_lost(self._clock())
        self._fail_questions(DeviceError(code, message, frames=self.frames()))
        if self._link_event != LinkDown(code, message):
            self._link_event = LinkDown(code, message)
            self._publish(self._link_event)

    # --- time ----------------------------------------------------------------------------------------------------------

    def _arm(self) -> None:
        """Set the one timer to what is due first."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        due_s = min((at for at in (self._exchange.due_s, self._heartbeat.due_s) if at is not None), default=None)
        if due_s is not None and self._is_open:
            self._timer = asyncio.get_running_loop().call_later(max(0.0, due_s - self._clock()), self._tick)

    def _tick(self) -> None:
        now_s = self._clock()
        self._tell(self._exchange.tick(now_s))
        silence = self._heartbeat.take_silence(now_s)
        if silence is not None:
            self._down(silence, "no answer")
            self._is_reopening = True
            self._link.reopen()
        self._send_ping()
        self._arm()

    # --- telling -------------------------------------------------------------------------------------------------------

    def _tell(self, notices: tuple[Notice, ...]) -> None:
        for notice in notices:
            if isinstance(notice, MotionEnded):
                self._end_motion(self._with_frames(notice.result))
            elif isinstance(notice, LateAnswer):
                self._publish(LateAnswer(self._with_frames(notice.result)))
            else:
                if isinstance(notice, SafetyStopped | SafetyCleared):
                    logger.info("machine=%s %s", self._config.name, notice)
                self._publish(notice)

    def _end_motion(self, result: MotionResult) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not waiting.done():
            waiting.set_result(result)
        else:
            self._publish(LateAnswer(result))

    def _with_frames(self, result: MotionResult) -> MotionResult:
        return result if result.outcome is Outcome.DONE else dataclasses.replace(result, frames=self.frames())

    def _publish(self, event: LiftEvent) -> None:
        for listener in tuple(self._listeners):
            listener(event)
