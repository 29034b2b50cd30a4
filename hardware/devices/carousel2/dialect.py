"""How a two-byte carousel is asked: its status twice, and a position to turn to. Pure.

A bin is always in front of the access: a fetch turns, a store has nothing to do, and there is no light.
"""

from __future__ import annotations

from hardware.config import Carousel2Options
from hardware.devices.carousel2.messages import (
    MODE,
    MOST_BINS,
    MOVING,
    NOT_READY,
    POSITION_ERROR,
    Answer,
    encode_move,
    encode_status,
)
from hardware.errors import LINE_GARBAGE, MACHINE_NOT_READY, MOTION_BAD_REQUEST, MOTION_CANCELLED, DeviceError
from hardware.lift.dialect import Ask, CommandStep, Kind, PolledTiming, Refused, Snapshot
from hardware.values import FetchTray, LiftRequest


class Carousel2Dialect:
    """`hardware.lift.dialect.Dialect` of the two-byte protocol. Answers have no number: the one that comes is taken."""

    keeps_tray = True

    def __init__(self, options: Carousel2Options | None = None) -> None:
        self._is_set_in_manual = (options or Carousel2Options()).bit2 == "manual"
        self.timing = PolledTiming(quiet_s=0.2)

    def status_asks(self, number: int) -> tuple[Ask, ...]:
        return (Ask(encode_status()), Ask(encode_status()))

    def steps(self, request: LiftRequest, now: Snapshot) -> tuple[CommandStep, ...]:
        if not isinstance(request, FetchTray) or now.tray == request.tray:
            return ()
        if not 1 <= request.tray <= MOST_BINS:
            raise DeviceError(MOTION_BAD_REQUEST, f"a bin is 1 to {MOST_BINS}")
        return (Ask(encode_move(request.tray), Kind.MOVE),)

    def understand(self, message: Answer, ask: Ask) -> Answer:
        return message

    def snapshot(self, answers: tuple[Answer, ...]) -> Snapshot | Refused:
        """Two answers that agree. While it turns the position may differ; anything else that differs was a wrong byte."""
        first, second = answers
        if first.has(MOVING) and second.has(MOVING) and first.status == second.status:
            return Snapshot(is_ready=False, is_moving=True, stop_code=first.stop_code)
        if first != second:
            return Refused(LINE_GARBAGE, "two statuses differ")
        is_lost = first.has(POSITION_ERROR)
        is_ready = not (first.has(NOT_READY) or self._is_manual(first) or is_lost or first.stop_code)
        return Snapshot(
            is_ready=is_ready,
            is_moving=False,
            tray=None if is_lost else first.bin,
            stop_code=first.stop_code,
            not_ready_code="" if is_ready else MACHINE_NOT_READY,
            gave_up_code=MOTION_CANCELLED if is_lost else "",
        )

    def _is_manual(self, answer: Answer) -> bool:
        """Whether its key stands in manual: no command turns it then."""
        return answer.has(MODE) is self._is_set_in_manual

    def echo_of(self, command_id: int) -> int:
        return command_id
