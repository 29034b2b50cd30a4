"""Plays a recorded session to a driver's pure parts: what was heard is heard again, what they send must be the recorded bytes.

Nothing is waited for: the recording's times are the clock. What a person or a flow asked is not on the line; it is given beside
the recording. A question for the status is not given: where the recording sent what nobody had to send, one is asked. A recording
is played up to the end of its first connection: when a port was lost does not stand in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from hardware.errors import DeviceError
from hardware.lift.exchange import LiftExchange, Outs, Reopen, Send
from hardware.line_layer import LineLayer, Step
from hardware.recording import Recording
from hardware.values import LiftRequest, WireFrame

SLACK_S = 0.05  # a recorded frame left so much later than it was due, at most
CONTEXT = 6  # frames before the one that differs
SHOWN_BYTES = 64
M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Ask:
    """A command that was begun at this time of the recording."""

    at_s: float
    request: LiftRequest


@dataclass(frozen=True, slots=True)
class Difference:
    """The first frame of which other bytes were sent. `offset` is the first byte that differs; `before` are recorded frames."""

    at_s: float
    recorded: bytes
    sent: bytes
    before: tuple[WireFrame, ...]
    reason: str

    @property
    def offset(self) -> int:
        pairs = enumerate(zip(self.recorded, self.sent, strict=False))
        same = min(len(self.recorded), len(self.sent))
        return next((index for index, (one, other) in pairs if one != other), same)

    def __str__(self) -> str:
        """What came before, then both frames with a mark under the first byte that differs."""
        shown = [f"{each.at_s:10.4f} {'>' if each.sent else '<'} {each.data!r}" for each in self.before]
        recorded = f"{self.at_s:10.4f} recorded {self.recorded.hex(' ')}"
        sent = f"{'':10} sent     {self.sent.hex(' ')}".rstrip()
        mark = " " * (20 + 3 * self.offset) + "^^"
        return "\n".join((*shown, recorded, sent, mark, f"byte {self.offset}: {self.reason}"))


def replay(
    recording: Recording, exchange: LiftExchange[M], layer: LineLayer[M], *, asks: Iterable[Ask] = ()
) -> Difference | None:
    """The first difference, None when every byte was sent as recorded."""
    player = _Player(exchange, layer, sorted(asks, key=lambda ask: ask.at_s))
    for index, frame in enumerate(recording.frames):
        reason = player.play(frame)
        if reason is not None:
            before = recording.frames[max(0, index - CONTEXT) : index]
            return Difference(frame.at_s, frame.data, player.take_rest(frame), before, reason)
    rest = player.take_all()
    ends_s = recording.frames[-1].at_s if recording.frames else 0.0
    return Difference(ends_s, b"", rest, recording.frames[-CONTEXT:], "the recording ends before") if rest else None


class _Player(Generic[M]):
    """The exchange and the layer with what they want to send and nobody has compared yet."""

    def __init__(self, exchange: LiftExchange[M], layer: LineLayer[M], asks: list[Ask]) -> None:
        self._exchange = exchange
        self._layer = layer
        self._asks = asks
        self._sent = bytearray()
        self._has_given_up = False
        self._carry_step(layer.opened(0.0), 0.0)
        self._carry(exchange.opened(0.0), 0.0)

    def play(self, frame: WireFrame) -> str | None:
        """Why this frame differs, None when it does not."""
        try:
            if frame.sent:
                self._say(frame)
            else:
                self._hear(frame)
        except DeviceError as error:
            return f"{error.code} {error.message}"
        if self._has_given_up:
            return "the line was given up"
        if not frame.sent:
            return None
        if not self._sent.startswith(frame.data):
            return "other bytes" if self._sent else "nothing was sent"
        del self._sent[: len(frame.data)]
        return None

    def _hear(self, frame: WireFrame) -> None:
        self._pass(frame.at_s - SLACK_S)
        self._begin(frame.at_s)
        self._carry_step(self._layer.feed(frame.data, frame.at_s), frame.at_s)

    def _say(self, frame: WireFrame) -> None:
        """What was due is done at the recorded time: the delays of a busy machine add up over a session."""
        self._begin(frame.at_s)
        if len(self._sent) < len(frame.data):
            self._pass(frame.at_s + SLACK_S, not_before_s=frame.at_s, wanted=len(frame.data))
        if not self._sent:
            self._carry(self._exchange.ask_status(frame.at_s)[1], frame.at_s)

    def take_rest(self, frame: WireFrame) -> bytes:
        """What was sent in the place of this frame."""
        return bytes(self._sent[: max(len(frame.data), SHOWN_BYTES)])

    def take_all(self) -> bytes:
        return bytes(self._sent)

    def _begin(self, until_s: float) -> None:
        while self._asks and self._asks[0].at_s <= until_s:
            ask = self._asks.pop(0)
            try:
                outs = self._exchange.begin(ask.request, ask.at_s)
            except DeviceError:  # the one before may end in this very moment
                self._pass(ask.at_s)
                outs = self._exchange.begin(ask.request, ask.at_s)
            self._carry(outs, ask.at_s)

    def _pass(self, until_s: float, *, not_before_s: float = 0.0, wanted: int | None = None) -> None:
        """Let time pass from one due moment to the next; with `wanted` only until so many bytes are there."""
        while wanted is None or len(self._sent) < wanted:
            line_s, talk_s = self._layer.due_s, self._exchange.due_s
            due_s = min((at for at in (line_s, talk_s) if at is not None), default=until_s + 1)
            if due_s > until_s or self._has_given_up:
                return
            now_s = max(due_s, not_before_s)
            if line_s == due_s:
                self._carry_step(self._layer.wake(now_s), now_s)
            else:
                self._carry(self._exchange.tick(now_s), now_s)

    def _carry(self, outs: Outs, now_s: float) -> None:
        for out in outs:
            if isinstance(out, Send):
                self._carry_step(self._layer.send(out.data, now_s), now_s)
            elif isinstance(out, Reopen):
                self._has_given_up = True

    def _carry_step(self, step: Step[M], now_s: float) -> None:
        self._sent += step.write
        for message in step.messages:
            self._carry(self._exchange.heard(message, now_s), now_s)
