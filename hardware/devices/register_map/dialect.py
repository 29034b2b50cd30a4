"""A register map as a dialect of `hardware.lift.polled`: what is asked, what is written, and what the registers say. Pure."""

from __future__ import annotations

from hardware.devices.register_map.places import Cell, Place
from hardware.devices.register_map.reads import read_requests, values_of
from hardware.devices.register_map.register_map import Means, RegisterMap
from hardware.devices.register_map.writes import steps, wire_number
from hardware.errors import (
    LINE_GARBAGE,
    LINE_NO_ANSWER,
    MOTION_BAD_REQUEST,
    MOTION_BUSY,
    MOTION_CANCELLED,
    MOTION_REFUSED,
    DeviceError,
)
from hardware.lift.dialect import Ask, CommandStep, Kind, PolledTiming, Refused, Snapshot
from hardware.modbus.content import Answered, content
from hardware.modbus.replies import ExceptionCode, Refusal
from hardware.modbus.timing import ModbusTiming
from hardware.values import FetchTray, Instruction, LiftRequest, PointTray, StoreTray

REQUEST_MARGIN_S = 0.5  # the layer gives a request up first, and says so
REFUSALS = {
    ExceptionCode.ILLEGAL_FUNCTION: MOTION_BAD_REQUEST,
    ExceptionCode.ILLEGAL_ADDRESS: MOTION_BAD_REQUEST,
    ExceptionCode.ILLEGAL_VALUE: MOTION_BAD_REQUEST,
    ExceptionCode.ACKNOWLEDGE: MOTION_BUSY,
    ExceptionCode.BUSY: MOTION_BUSY,
    ExceptionCode.GATEWAY_NO_ANSWER: LINE_NO_ANSWER,
}
UNSURE = (ExceptionCode.DEVICE_FAILURE, ExceptionCode.GATEWAY_NO_ANSWER)  # the PLC may have begun what was written


class RegisterMapDialect:
    """`Dialect[Answered]` for one opening of one machine."""

    def __init__(self, found: RegisterMap, *, opening: str, modbus: ModbusTiming) -> None:
        self._map = found
        self._opening = found.openings.get(opening)
        self._reads = read_requests(found)
        self.timing = PolledTiming(
            request_s=modbus.longest_s + REQUEST_MARGIN_S,
            is_told_by_layer=True,
            answer_s=found.line.response_s,
            quick_s=found.state.quick_s,
            settle_s=found.state.settle_s,
        )
        self.keeps_tray = found.map.machine == "carousel"

    def status_asks(self, number: int) -> tuple[Ask, ...]:
        return tuple(Ask(content(self._map.map.unit, request), Kind.READ, mark=request) for request in self._reads)

    def steps(self, request: LiftRequest, now: Snapshot) -> tuple[CommandStep, ...]:
        first, last = self._map.map.trays
        if isinstance(request, FetchTray | PointTray) and not first <= request.tray <= last:
            raise DeviceError(MOTION_BAD_REQUEST, f"tray {request.tray}: the map has {first} to {last}")
        if isinstance(request, StoreTray) and now.tray is None:
            return ()
        return steps(self._map, request, tray=request.tray or now.tray or 0)

    def understand(self, message: Answered, ask: Ask) -> Answered | Refused | None:
        if message.unit != self._map.map.unit or message.request != ask.mark:
            return None
        reply = message.reply
        if not isinstance(reply, Refusal) or (ask.kind is Kind.MOVE and reply.known is ExceptionCode.ACKNOWLEDGE):
            return message  # "acknowledge" says that it was taken and takes its time
        code = MOTION_REFUSED if reply.known is None else REFUSALS.get(reply.known, MOTION_REFUSED)
        is_sure = ask.kind is not Kind.MOVE or reply.known not in UNSURE
        return Refused(code, f"exception {reply.code}", is_sure=is_sure)

    def snapshot(self, answers: tuple[Answered, ...]) -> Snapshot | Refused:
        return snapshot_of(self._map, values_of(self._reads, (each.reply for each in answers)), opening=self._opening)

    def echo_of(self, command_id: int) -> int:
        return wire_number(command_id)


def snapshot_of(found: RegisterMap, values: dict[Cell, int], *, opening: int | None) -> Snapshot | Refused:
    """The machine as its registers say; Refused where they hold what the map does not know."""
    state = found.state

    def read(place: Place | None) -> int | None:
        return None if place is None else place.read(values[place.cell])

    meaning: Means | Instruction | None = None
    if (word := read(state.word)) is not None:
        meaning = found.words.meaning(word)
        if meaning is None:
            return Refused(LINE_GARBAGE, f"state {word} is not in the map")
    tray = read(state.tray) or None
    first, last = found.map.trays
    if tray is not None and not first <= tray <= last:
        return Refused(LINE_GARBAGE, f"tray {tray} is not in the map")
    is_here = opening is None or state.opening is None or read(state.opening) == opening
    alarms = [alarm for alarm in found.alarms if read(alarm.at)]
    waits_for = meaning if isinstance(meaning, Instruction) else Instruction.LOOK_AT_PANEL if read(state.operator) else None
    has_given_up = meaning is Means.GAVE_UP or bool(read(state.gave_up))
    is_ready = (
        meaning in (None, Means.READY, Means.ARRIVED, Means.GAVE_UP)
        and read(state.ready) != 0
        and not read(state.manual)
        and not alarms
    )
    return Snapshot(
        is_ready=is_ready,
        is_moving=meaning is Means.MOVING or bool(read(state.moving)),
        tray=tray if is_here else None,
        stop_code=_stop_code(found, [alarm.code for alarm in alarms if alarm.is_safety], is_e_stop=bool(read(state.e_stop))),
        waits_for=waits_for,
        echo=read(state.number),
        not_ready_code="" if is_ready else MOTION_BUSY,
        gave_up_code=MOTION_CANCELLED if has_given_up else "",
    )


def _stop_code(found: RegisterMap, safety: list[str], *, is_e_stop: bool) -> str:
    """The E-stop before all others: it is the one that a person at the machine presses."""
    if is_e_stop:
        return found.state.e_stop_code
    return safety[0] if safety else ""
