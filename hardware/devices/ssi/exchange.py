"""The host's side of SSI as one pure thing in the port's thread: acknowledges codes, sends one command at a time, asks whether
anybody is there.

A code counts once however often it is sent: a packet that is marked as sent again and equals the last one only gets its
acknowledgement, which was lost. Unless the first sending came damaged: then the repeat is the first we know of it. A damaged
header is believed to be that of a first sending only before the decoder may repeat the last one.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from hardware.devices.ssi import messages as ssi
from hardware.devices.ssi.framing import RETRANSMIT, Noise, Packet, PacketFramer, encode
from hardware.errors import LINE_GARBAGE
from hardware.line_layer import Step, Trouble

GAP_S = 0.05  # longer than the pauses inside a packet, which USB makes at most 16 ms long
RESPONSE_S = 2.0  # how long either side waits for the other
SENDINGS = 3
REPEAT_FROM_S = 0.75 * RESPONSE_S  # no repeat comes before, by whatever clock the decoder has; unless we ask for one
REPEAT_S = SENDINGS * RESPONSE_S + 2.0  # a decoder has given a packet up by then: the next one is another scan
PARTS_S = 5.0  # a decoder that still has the rest of a code to send sends it within this
WAKE_S = 0.05  # from the wake-up to the command that needs it
PING_S = 2.0
SILENCE_S = 6.0  # three questions without a word: nobody is there
HOLD_S = 1.0  # a command that waits longer than this for its turn is dropped: a beep would be about another scan
MOST_TEXT_BYTES = 4096


@dataclass(frozen=True, slots=True)
class CodeRead:
    """One whole code."""

    symbology: int
    text: bytes = field(repr=False)  # may be a badge


@dataclass(frozen=True, slots=True)
class Alive:
    """The decoder said something."""


@dataclass(frozen=True, slots=True)
class Silent:
    """The decoder has not answered for SILENCE_S."""


SsiMessage = CodeRead | Alive | Silent


@dataclass(slots=True)
class _Open:
    """The one command that waits for its answer."""

    content: bytes
    sent_s: float
    sendings: int = 1


@dataclass(slots=True)
class _Told:
    """What one call wants done, while it is being found out."""

    write: bytearray = field(default_factory=bytearray)
    messages: list[SsiMessage | Trouble] = field(default_factory=list)
    frames: list[bytes] = field(default_factory=list)
    retries: int = 0

    def step(self) -> Step[SsiMessage]:
        return Step(bytes(self.write), tuple(self.messages), tuple(self.frames), self.retries)


class SsiLayer:
    """`hardware.line_layer.LineLayer` of SSI. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._framer = PacketFramer()
        self._reset(0.0)

    def _reset(self, now_s: float) -> None:
        self._framer.reset()
        self._heard_s = self._byte_s = now_s
        self._ask_s = now_s + WAKE_S
        self._last: Packet | None = None
        self._last_s = now_s
        self._repeat_from_s = now_s
        self._missed_first = False
        self._parts: list[Packet] = []
        self._parts_s = now_s
        self._waiting: deque[tuple[bytes, float]] = deque()
        self._open: _Open | None = None
        self._is_told_silent = False

    @property
    def due_s(self) -> float:
        dues = [self._ask_s if self._open is None else self._open.sent_s + RESPONSE_S]
        if self._framer.is_waiting:
            dues.append(self._byte_s + GAP_S)
        if not self._is_told_silent:
            dues.append(self._heard_s + SILENCE_S)
        return min(dues)

    def opened(self, now_s: float) -> Step[SsiMessage]:
        """Wake the decoder; the question follows when it is awake."""
        self._reset(now_s)
        return Step(ssi.WAKE_UP)

    def feed(self, data: bytes, now_s: float) -> Step[SsiMessage]:
        told = _Told()
        if self._framer.is_waiting and now_s >= self._byte_s + GAP_S:
            self._take(self._framer.silence(), now_s, told, is_silent=True)
        self._byte_s = now_s
        self._take(self._framer.feed(data), now_s, told, is_silent=False)
        self._next(now_s, told)
        return told.step()

    def wake(self, now_s: float) -> Step[SsiMessage]:
        told = _Told()
        if self._framer.is_waiting and now_s >= self._byte_s + GAP_S:
            self._take(self._framer.silence(), now_s, told, is_silent=True)
        if self._open is not None and now_s >= self._open.sent_s + RESPONSE_S:
            self._open = None
            told.write += ssi.WAKE_UP
            self._ask_s = now_s + WAKE_S
        if not self._is_told_silent and now_s >= self._heard_s + SILENCE_S:
            self._is_told_silent = True
            told.messages.append(Silent())
        self._next(now_s, told)
        return told.step()

    def send(self, data: bytes, now_s: float) -> Step[SsiMessage]:
        """Opcode and data of one command; it leaves when the one before was answered."""
        told = _Told()
        self._waiting.append((data, now_s + HOLD_S))
        self._next(now_s, told)
        return told.step()

    # --- our commands --------------------------------------------------------------------------------------------------

    def _next(self, now_s: float, told: _Told) -> None:
        """Send what may be sent now: a waiting command first, else the question when it is time."""
        while self._waiting and self._waiting[0][1] < now_s:
            self._waiting.popleft()
        if self._open is not None:
            return
        if self._waiting:
            content = self._waiting.popleft()[0]
        elif now_s >= self._ask_s:
            content = ssi.capabilities_question()
        else:
            return
        self._open = _Open(content, now_s)
        told.write += encode(ssi.command(content))

    def _answered(self, message: ssi.Message, now_s: float, told: _Told) -> None:
        open_, self._open = self._open, None
        if open_ is None or not isinstance(message, ssi.Refused):
            return
        if message.reason == ssi.NakReason.RESEND and open_.sendings < SENDINGS:
            self._open = _Open(open_.content, now_s, open_.sendings + 1)
            told.write += encode(ssi.command(open_.content, status=RETRANSMIT))
            told.retries += 1
        else:
            told.messages.append(Trouble(LINE_GARBAGE, f"opcode {open_.content[0]:02x} refused: {message.reason}"))

    # --- what came -----------------------------------------------------------------------------------------------------

    def _take(self, found: tuple[Packet | Noise, ...], now_s: float, told: _Told, *, is_silent: bool) -> None:
        for each in found:
            if isinstance(each, Noise):
                self._noise(each, now_s, told, asks_again=is_silent and each is found[-1])
            else:
                told.frames.append(encode(each))
                self._heard_s, self._ask_s, self._is_told_silent = now_s, now_s + PING_S, False
                told.messages.append(Alive())
                self._packet(each, now_s, told)

    def _noise(self, noise: Noise, now_s: float, told: _Told, *, asks_again: bool) -> None:
        """Only after silence it is asked for once more: before that the packet may still come by itself."""
        told.frames.append(noise.raw)
        is_no_repeat = self._byte_s < self._repeat_from_s
        self._missed_first = self._missed_first or (noise.is_first_sending and is_no_repeat)
        if not noise.raw.strip(ssi.WAKE_UP):
            return
        told.messages.append(Trouble(LINE_GARBAGE, f"{len(noise.raw)} bytes that are no packet"))
        if asks_again:
            told.write += encode(ssi.nak(ssi.NakReason.RESEND))
            self._repeat_from_s = min(self._repeat_from_s, now_s)

    def _packet(self, packet: Packet, now_s: float, told: _Told) -> None:
        message = ssi.parse(packet)
        match message:
            case ssi.Decoded():
                told.write += encode(ssi.ack())
                if self._is_news(packet, now_s):
                    self._decoded(packet, message, now_s, told)
                else:
                    told.retries += 1
            case ssi.NotKnown(opcode=ssi.Opcode.DECODE_DATA | ssi.Opcode.NAK):
                told.write += encode(ssi.nak(ssi.NakReason.ILLEGAL))
            case ssi.NotKnown():
                told.write += encode(ssi.ack())  # nobody is helped when it is sent twice more
            case _:
                self._answered(message, now_s, told)

    def _is_news(self, packet: Packet, now_s: float) -> bool:
        """Whether this packet is not the last one sent again. It is remembered either way."""
        last, was_missed = self._last, self._missed_first
        is_same = last is not None and (last.data, last.is_continued) == (packet.data, packet.is_continued)
        is_near = now_s - self._last_s <= REPEAT_S
        self._last, self._last_s, self._missed_first = packet, now_s, False
        self._repeat_from_s = now_s + REPEAT_FROM_S
        return not (packet.is_repeat and is_same and is_near) or was_missed

    def _decoded(self, packet: Packet, message: ssi.Decoded, now_s: float, told: _Told) -> None:
        is_late = now_s - self._parts_s > PARTS_S
        if self._parts and (is_late or self._parts[0].data[0] != message.symbology):
            told.messages.append(Trouble(LINE_GARBAGE, "a code whose rest did not come"))
            self._parts.clear()
        self._parts.append(packet)
        self._parts_s = now_s
        text = b"".join(part.data[1:] for part in self._parts)
        if message.is_continued and len(text) <= MOST_TEXT_BYTES:
            return
        self._parts.clear()
        if len(text) > MOST_TEXT_BYTES:
            told.messages.append(Trouble(LINE_GARBAGE, f"a code of more than {MOST_TEXT_BYTES} bytes"))
        elif text:
            told.messages.append(CodeRead(message.symbology, text))
