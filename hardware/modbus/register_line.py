"""One Modbus line for devices that are no lifts: give it a request, get its reply. Lives on the event loop.

Several devices (units) may hang on it. What is asked while the line is down is refused at once and never sent later.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from hardware.config import PortConfig
from hardware.errors import LINE_DOWN, DeviceError
from hardware.line_layer import LineLayer, Trouble
from hardware.modbus.content import Answered, Unanswered, content
from hardware.modbus.replies import Reply
from hardware.modbus.requests import Request
from hardware.serial_link import Link, LinkListener, SerialLink
from hardware.values import LineHealth, WireFrame
from hardware.wire_log import ATTACHED_FRAMES


@dataclass(frozen=True, slots=True)
class _Question:
    unit: int
    request: Request
    answered: asyncio.Future[Reply]


class RegisterLine:
    """`link_changed` hears (is up, code) of the port; that it is open proves nothing of the devices behind it."""

    def __init__(
        self,
        port: PortConfig,
        layer: LineLayer[Answered],
        *,
        link_changed: Callable[[bool, str], None] = lambda is_up, code: None,
        make_link: Callable[[LinkListener[Answered]], Link] | None = None,
    ) -> None:
        listener: LinkListener[Answered] = LinkListener(self._up, self._down, self._heard)
        self._link: Link = make_link(listener) if make_link else SerialLink(port, layer, listener=listener, is_answered=True)
        self._link_changed = link_changed
        self._questions: list[_Question] = []

    async def open(self) -> None:
        self._link.start()

    async def close(self) -> None:
        await self._link.close()
        self._fail_all(LINE_DOWN, "the line was closed")

    async def ask(self, unit: int, request: Request) -> Reply:
        """The device's reply, a refusal included. Raises DeviceError (L101 the line is down, L102 no answer), RequestError."""
        data = content(unit, request)
        answered: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        question = _Question(unit, request, answered)
        self._questions.append(question)
        try:
            if not await self._link.send(data) and not answered.done():
                raise DeviceError(LINE_DOWN, "the line is down", frames=self.frames())
            return await answered
        finally:
            self._questions = [each for each in self._questions if each is not question]
            _let_go(answered)

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        return self._link.frames(most)

    def health(self) -> LineHealth:
        return self._link.health()

    def _up(self) -> None:
        self._link_changed(True, "")

    def _down(self, code: str, message: str) -> None:
        self._fail_all(code, message)
        self._link_changed(False, code)

    def _heard(self, message: Answered | Trouble, at_s: float) -> None:
        match message:
            case Answered(unit, request, reply):
                question = self._open_question(unit, request)
                if question is not None:
                    question.answered.set_result(reply)
            case Unanswered(unit=unit, request=request):
                question = self._open_question(unit, request)
                if question is not None:
                    question.answered.set_exception(DeviceError(message.code, message.message, frames=self.frames()))

    def _open_question(self, unit: int, request: Request) -> _Question | None:
        """The layer answers in the order in which it was asked."""
        return next((q for q in self._questions if (q.unit, q.request) == (unit, request) and not q.answered.done()), None)

    def _fail_all(self, code: str, message: str) -> None:
        for question in self._questions:
            if not question.answered.done():
                question.answered.set_exception(DeviceError(code, message, frames=self.frames()))


def _let_go(answered: asyncio.Future[Reply]) -> None:
    """An error in a future that nobody reads goes to the loop's handler, and that ends the program."""
    if not answered.cancel() and not answered.cancelled():
        answered.exception()
