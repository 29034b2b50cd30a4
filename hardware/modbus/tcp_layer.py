"""Modbus TCP inside the port's thread, pure: every frame is numbered, so a late answer is known and dropped. docs/wire/modbus.md.

Header (MBAP): number of the exchange, protocol 0, length of what follows, unit. One request is open; the next one waits.
"""

from __future__ import annotations

import struct
from collections import OrderedDict
from dataclasses import dataclass

from hardware.errors import LINE_GARBAGE
from hardware.line_layer import Step, Trouble
from hardware.modbus.content import BROADCAST, Answered, unanswered
from hardware.modbus.replies import NotAReply, Reply, Written, parse_reply, reply_size
from hardware.modbus.timing import ModbusTiming
from hardware.modbus.waiting import Waiting, WaitingLine

HEADER = struct.Struct(">HHHB")
NOTHING: Step[Answered] = Step()
NUMBERS = 0x1_0000
LATE_KEPT = 32  # requests given up whose answers are still known when they come


@dataclass(frozen=True, slots=True)
class _Frame:
    """A whole answer to the request of this number."""

    number: int
    reply: Reply
    size: int


class TcpLayer:
    """`LineLayer[Answered]`."""

    def __init__(self, timing: ModbusTiming | None = None) -> None:
        self._timing = timing or ModbusTiming()
        self._line = WaitingLine(self._timing.patience_s)
        self._number = 0
        self._open: Waiting | None = None
        self._give_up_s = 0.0
        self._given_up: OrderedDict[int, Waiting] = OrderedDict()
        self._data = bytearray()
        self._noise = bytearray()

    @property
    def due_s(self) -> float | None:
        dues = [self._give_up_s] if self._open else []
        if self._line.due_s is not None:
            dues.append(self._line.due_s)
        return min(dues, default=None)

    def opened(self, now_s: float) -> Step[Answered]:
        """A new connection: nothing of the old one can come any more."""
        self._open = None
        self._given_up.clear()
        self._line.clear()
        self._data.clear()
        self._noise.clear()
        return Step()

    def send(self, data: bytes, now_s: float) -> Step[Answered]:
        self._line.add(data, now_s)
        return self.wake(now_s)

    def feed(self, data: bytes, now_s: float) -> Step[Answered]:
        self._data += data
        step = self._seek()
        return _joined(step, self.wake(now_s))

    def wake(self, now_s: float) -> Step[Answered]:
        step = self._give_up(self._open) if self._open and now_s >= self._give_up_s else NOTHING
        expired: Step[Answered] = Step(messages=self._line.take_expired(now_s))
        write = b"" if self._open is not None or self._line.is_empty else self._begin(now_s)
        return _joined(_joined(step, expired), Step(write))

    def _begin(self, now_s: float) -> bytes:
        self._open = asked = self._line.take()
        self._number = (self._number + 1) % NUMBERS
        self._given_up.pop(self._number, None)
        wait_s = self._timing.turnaround_s if asked.unit == BROADCAST else self._timing.response_s
        self._give_up_s = now_s + wait_s
        return HEADER.pack(self._number, 0, len(asked.data), asked.unit) + asked.data[1:]

    def _give_up(self, asked: Waiting) -> Step[Answered]:
        """The answer did not come; look once more for one that noise had hidden."""
        step = self._seek(is_all=True)
        if self._open is None:
            return step
        self._open = None
        if asked.unit == BROADCAST:
            return _joined(step, Step(messages=(Answered(asked.unit, asked.request, Written()),)))
        self._given_up[self._number] = asked
        while len(self._given_up) > LATE_KEPT:
            self._given_up.popitem(last=False)
        lost = unanswered(asked.unit, asked.request, was_sent=True)
        return _joined(step, Step(messages=(lost,)))

    # --- what comes --------------------------------------------------------------------------------------------------------

    def _seek(self, *, is_all: bool = False) -> Step[Answered]:
        """Take every whole frame out of what has come; what cannot begin one is noise."""
        step = NOTHING
        start = 0
        while start < len(self._data):
            found = self._frame_at(bytes(self._data[start:]))
            if found is None and not is_all:
                break
            if isinstance(found, _Frame):
                step = _joined(step, self._take(found, start))
                start = 0
            else:
                start += 1
        self._noise += self._data[:start]
        del self._data[:start]
        return _joined(step, self._take_noise()) if not self._data else step

    def _take(self, found: _Frame, start: int) -> Step[Answered]:
        self._noise += self._data[:start]
        frame = bytes(self._data[start : start + found.size])
        del self._data[: start + found.size]
        noise = self._take_noise()
        if self._open is None or found.number != self._number:
            self._given_up.pop(found.number, None)
            return _joined(noise, Step(messages=(Trouble(LINE_GARBAGE, "late answer"),), frames=(frame,)))
        asked, self._open = self._open, None
        return _joined(noise, Step(messages=(Answered(asked.unit, asked.request, found.reply),), frames=(frame,)))

    def _take_noise(self) -> Step[Answered]:
        if not self._noise:
            return Step()
        frame = bytes(self._noise)
        self._noise.clear()
        return Step(messages=(Trouble(LINE_GARBAGE, "not an answer to what was asked"),), frames=(frame,))

    def _frame_at(self, data: bytes) -> _Frame | NotAReply | None:
        """The frame that begins with the first byte; None when too little is there to say."""
        if len(data) < HEADER.size:
            return self._could_begin(data)
        number, protocol, length, unit = HEADER.unpack_from(data)
        asked = self._asked(number)
        if asked is None or protocol != 0 or unit != asked.unit:
            return NotAReply("header")
        size = reply_size(asked.request, data[HEADER.size : HEADER.size + length - 1])
        if isinstance(size, NotAReply):
            return size
        if size is not None and size != length - 1:
            return NotAReply("length")
        end = HEADER.size + length - 1
        if size is None or len(data) < end:
            return None if 2 <= length <= 254 else NotAReply("length")
        reply = parse_reply(asked.request, data[HEADER.size : end])
        return reply if isinstance(reply, NotAReply) else _Frame(number, reply, end)

    def _could_begin(self, data: bytes) -> NotAReply | None:
        """Half a header: whether it is that of a request we know."""
        numbers = [*self._given_up, *([self._number] if self._open else [])]
        is_known = any(number.to_bytes(2, "big").startswith(data[:2]) for number in numbers)
        return None if is_known and not any(data[2:4]) else NotAReply("header")

    def _asked(self, number: int) -> Waiting | None:
        return self._open if self._open is not None and number == self._number else self._given_up.get(number)


def _joined(first: Step[Answered], second: Step[Answered]) -> Step[Answered]:
    return Step(
        first.write + second.write,
        (*first.messages, *second.messages),
        (*first.frames, *second.frames),
    )
