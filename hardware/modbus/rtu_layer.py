"""Modbus RTU on a serial line, inside the port's thread, pure. One request is open; the next one waits. docs/wire/modbus.md.

RTU answers carry no number: an answer that comes too late looks like the next one's. So after a time-out nothing is sent for
`late_s` (or until the late answer was heard), then not before t3.5 of silence, and what came meanwhile is dropped.
"""

from __future__ import annotations

from hardware.config import SerialSettings
from hardware.errors import LINE_GARBAGE
from hardware.line_layer import Step, Trouble
from hardware.modbus.content import BROADCAST, Answered, unanswered
from hardware.modbus.crc import with_crc
from hardware.modbus.replies import Reply, Written
from hardware.modbus.rtu_frame import Found, find_reply
from hardware.modbus.timing import ModbusTiming, silence_s, transmission_s
from hardware.modbus.waiting import Waiting, WaitingLine

NOTHING: Step[Answered] = Step()
MOST_STRAY = 512  # bytes nobody asked for that are kept for one record


class RtuLayer:
    """`LineLayer[Answered]`. `has_echo`: a two-wire line on which we hear our own bytes first."""

    def __init__(self, serial: SerialSettings, timing: ModbusTiming | None = None, *, has_echo: bool = False) -> None:
        self._baud = serial.baud
        self._timing = timing or ModbusTiming()
        self._silence_s = silence_s(serial.baud)
        self._has_echo = has_echo
        self._line = WaitingLine(self._timing.patience_s)
        self._open: Waiting | None = None
        self._late: Waiting | None = None
        self._give_up_s = 0.0
        self._quiet_s = 0.0  # from when on the line has been silent for long enough
        self._listen_s = 0.0  # until when a late answer is waited for
        self._data = bytearray()
        self._noise = bytearray()
        self._echo = b""
        self._has_told = False

    @property
    def due_s(self) -> float | None:
        dues = [self._give_up_s] if self._open else []
        if self._open is None and (self._data or not self._line.is_empty):
            dues.append(self._free_s)
        if self._line.due_s is not None:
            dues.append(self._line.due_s)
        return min(dues, default=None)

    @property
    def _free_s(self) -> float:
        """From when on the next request may leave."""
        return max(self._quiet_s, self._listen_s)

    def opened(self, now_s: float) -> Step[Answered]:
        is_answer_missing = self._open is not None or (self._late is not None and now_s < self._listen_s)
        self._listen_s = now_s + self._timing.late_s if is_answer_missing else now_s
        self._late = self._open or self._late
        self._open = None
        self._quiet_s = now_s + self._silence_s
        self._line.clear()
        self._data.clear()
        self._noise.clear()
        return Step()

    def send(self, data: bytes, now_s: float) -> Step[Answered]:
        self._line.add(data, now_s)
        return self.wake(now_s)

    def feed(self, data: bytes, now_s: float) -> Step[Answered]:
        self._quiet_s = max(self._quiet_s, now_s + self._silence_s)
        self._data += data
        if self._open is None:
            return self._unasked(now_s)
        return self._seek(self._open)

    def wake(self, now_s: float) -> Step[Answered]:
        before = self._give_up(self._open, now_s) if self._open and now_s >= self._give_up_s else NOTHING
        expired = self._line.take_expired(now_s)
        if self._open is not None or now_s < self._free_s:
            return Step(messages=(*before.messages, *expired), frames=before.frames)
        stray = self._take_stray("not asked for")
        write = b"" if self._line.is_empty else self._begin(now_s)
        return Step(write, (*before.messages, *expired, *stray.messages), (*before.frames, *stray.frames))

    # --- a request ---------------------------------------------------------------------------------------------------------

    def _begin(self, now_s: float) -> bytes:
        self._open = self._line.take()
        self._late = None
        frame = with_crc(self._open.data)
        sent_s = now_s + transmission_s(len(frame), self._baud)
        is_broadcast = self._open.unit == BROADCAST
        self._give_up_s = sent_s + (self._timing.turnaround_s if is_broadcast else self._timing.response_s)
        self._quiet_s = sent_s + self._silence_s
        self._echo = frame if self._has_echo else b""
        self._has_told = False
        return frame

    def _seek(self, asked: Waiting, *, is_all: bool = False) -> Step[Answered]:
        """Look for the answer in what has come so far."""
        echo_trouble = self._strip_echo(is_all=is_all)
        if self._echo:
            return Step()
        found = find_reply(bytes(self._data), asked.unit, request=asked.request, is_all=is_all)
        if isinstance(found, Found):
            return self._end(asked, found, troubles=echo_trouble)
        self._noise += self._data[: found.noise]
        del self._data[: found.noise]
        return Step(messages=(*echo_trouble, *self._complain(found.why)))

    def _end(self, asked: Waiting, found: Found, *, troubles: tuple[Trouble, ...]) -> Step[Answered]:
        noise = bytes(self._noise + self._data[: found.start])
        frame = bytes(self._data[found.start : found.end])
        del self._data[: found.end]
        complaint = self._complain("noise before an answer") if noise else ()
        self._noise.clear()
        self._open = None
        answered = self._answered(asked, found.reply)
        rest = self._take_stray("bytes after an answer")
        frames = tuple(each for each in (noise, frame) if each)
        return Step(messages=(*troubles, *complaint, answered, *rest.messages), frames=(*frames, *rest.frames))

    def _give_up(self, asked: Waiting, now_s: float) -> Step[Answered]:
        """The answer did not come; look once more for one that noise had hidden."""
        step = self._seek(asked, is_all=True)
        if self._open is None:
            return step
        frames = (bytes(self._noise),) if self._noise else ()
        self._open = None
        self._data.clear()
        self._noise.clear()
        self._quiet_s = max(self._quiet_s, now_s + self._silence_s)
        if asked.unit == BROADCAST:
            return Step(messages=(*step.messages, self._answered(asked, Written())), frames=frames)
        self._late, self._listen_s = asked, now_s + self._timing.late_s
        lost = unanswered(asked.unit, asked.request, was_sent=True)
        return Step(messages=(*step.messages, lost), frames=frames)

    # --- what nobody asked for -----------------------------------------------------------------------------------------------

    def _unasked(self, now_s: float) -> Step[Answered]:
        """Bytes while nothing is open: perhaps the answer that came too late, then nothing else is waited for."""
        late = self._late
        if late and isinstance(find_reply(bytes(self._data), late.unit, request=late.request, is_all=False), Found):
            self._late, self._listen_s = None, now_s
            return self._take_stray("late answer")
        return self._take_stray("not asked for") if len(self._data) > MOST_STRAY else Step()

    def _take_stray(self, why: str) -> Step[Answered]:
        if not self._data:
            return Step()
        frame = bytes(self._data)
        self._data.clear()
        return Step(messages=(Trouble(LINE_GARBAGE, why),), frames=(frame,))

    def _strip_echo(self, *, is_all: bool) -> tuple[Trouble, ...]:
        """Take our own bytes out of what was heard. Others in their place: somebody else was sending, or there is none."""
        if not self._echo:
            return ()
        size = min(len(self._echo), len(self._data))
        is_other = self._data[:size] != self._echo[:size]
        if not is_other and size < len(self._echo) and not is_all:
            return ()
        if not is_other and size == len(self._echo):
            del self._data[:size]
        self._echo = b""
        return self._complain("another echo than what was sent") if is_other else ()

    def _complain(self, why: str) -> tuple[Trouble, ...]:
        """Said once for one request."""
        if self._has_told or not why:
            return ()
        self._has_told = True
        return (Trouble(LINE_GARBAGE, why),)

    @staticmethod
    def _answered(asked: Waiting, reply: Reply) -> Answered:
        return Answered(asked.unit, asked.request, reply)
