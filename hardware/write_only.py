"""The layer of a device that never answers: what is sent goes out as it is, what comes is only recorded."""

from __future__ import annotations

from hardware.line_layer import Step


class WriteOnly:
    """`hardware.line_layer.LineLayer` without messages."""

    due_s: float | None = None

    def opened(self, now_s: float) -> Step[bytes]:
        return Step()

    def feed(self, data: bytes, now_s: float) -> Step[bytes]:
        return Step(frames=(data,))

    def wake(self, now_s: float) -> Step[bytes]:
        return Step()

    def send(self, data: bytes, now_s: float) -> Step[bytes]:
        return Step(write=data)
