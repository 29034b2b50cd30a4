"""3964R as a `hardware.line_layer.LineLayer` around another one: what the inner layer writes is carried as blocks."""

from __future__ import annotations

from typing import Generic, TypeVar

from hardware.config import LiftConfig
from hardware.line_layer import LineLayer, Step, Trouble
from hardware.link_3964r.procedure import Procedure
from hardware.link_3964r.settings import LinkSettings, link_of
from hardware.link_3964r.turn import Turn

M = TypeVar("M")


def carried(layer: LineLayer[M], config: LiftConfig, *, text_end: bytes = b"") -> LineLayer[M]:
    """The layer as this lift's line wants it: itself on a bare line, else around it what carries it. Raises ConfigError."""
    return Layer3964R(layer, settings=link_of(config), text_end=text_end) if config.link_layer else layer


class Layer3964R(Generic[M]):
    """One `send` is one block. Whatever ends a text on a bare line stays in the block; a received text that lacks `text_end` gets
    it, so that the end of a block is the end of a text for the inner layer too.

    A block whose acknowledgement was lost comes twice. Nothing here can tell it from a new one: the ids in the texts do.
    """

    def __init__(self, inner: LineLayer[M], *, settings: LinkSettings, text_end: bytes = b"") -> None:
        self._inner = inner
        self._procedure = Procedure(settings)
        self._text_end = text_end

    @property
    def due_s(self) -> float | None:
        dues = (self._procedure.due_s, self._inner.due_s)
        return min((due_s for due_s in dues if due_s is not None), default=None)

    def opened(self, now_s: float) -> Step[M]:
        turn = self._procedure.ready(now_s)
        return self._step(turn, [self._inner.opened(now_s)], now_s)

    def feed(self, data: bytes, now_s: float) -> Step[M]:
        return self._step(self._procedure.feed(data, now_s), [], now_s)

    def wake(self, now_s: float) -> Step[M]:
        return self._step(self._procedure.wake(now_s), [self._inner.wake(now_s)], now_s)

    def send(self, data: bytes, now_s: float) -> Step[M]:
        return self._step(Turn(), [self._inner.send(data, now_s)], now_s)

    def _step(self, turn: Turn, inner: list[Step[M]], now_s: float) -> Step[M]:
        """The line's turn and what the inner layer made of it. The inner layer's frames are left out: the blocks are kept."""
        steps: list[Step[M]] = [
            Step(messages=(heard,)) if isinstance(heard, Trouble) else self._inner.feed(self._text_of(heard), now_s)
            for heard in turn.heard
        ]
        steps += inner
        sent = [self._procedure.send(step.write, now_s) for step in steps if step.write]
        dropped = [heard for each in sent for heard in each.heard if isinstance(heard, Trouble)]
        return Step(
            write=bytes(turn.write) + b"".join(bytes(each.write) for each in sent),
            messages=(*(message for step in steps for message in step.messages), *dropped),
            frames=tuple(turn.frames),
            retries=turn.retries + sum(step.retries for step in steps),
        )

    def _text_of(self, content: bytes) -> bytes:
        return content if content.endswith(self._text_end) else content + self._text_end
