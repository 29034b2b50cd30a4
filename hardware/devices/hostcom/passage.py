"""A command on its way over HOST-COM, and what an answer says of its end, pure. The reasons are in docs/wire/hostcom.md."""

from __future__ import annotations

from dataclasses import dataclass

from hardware.devices.hostcom.messages import GET_SHELF, STORE_SHELF, EndCode, InfoCode, Macro, Response, StatusCode
from hardware.errors import (
    MACHINE_NOT_READY,
    MOTION_BAD_REQUEST,
    MOTION_BUSY,
    MOTION_CANCELLED,
    MOTION_OPENING_OCCUPIED,
    MOTION_REFUSED,
)
from hardware.lift.verdict import Verdict
from hardware.values import Instruction, LiftRequest, Outcome, StoreTray

PM_SHELF, PM_FLAG = 1, 14

# XS: the telegram was not taken; nothing has moved and nothing will.
REFUSALS = {
    StatusCode.FIRST_CONTACT: MACHINE_NOT_READY,
    StatusCode.BUSY: MOTION_BUSY,
    StatusCode.HEADER_WRONG: MOTION_BAD_REQUEST,
    StatusCode.HOST_WRONG: MOTION_BAD_REQUEST,
    StatusCode.NOT_READY: MACHINE_NOT_READY,
}
# XI: what somebody must do before the machine goes on.
INSTRUCTIONS = {
    InfoCode.WAITS_FOR_RETURN: Instruction.PRESS_RETURN,
    InfoCode.BUSY_ELSEWHERE: Instruction.OTHER_ACCESS_BUSY,
    InfoCode.BLOCKED_ELSEWHERE: Instruction.OTHER_ACCESS_BUSY,
    InfoCode.CLOSE_DOOR: Instruction.CLOSE_DOOR,
    InfoCode.OPEN_DOOR: Instruction.OPEN_DOOR,
    InfoCode.INSERT_TRAY: Instruction.INSERT_TRAY,
    InfoCode.TAKE_TRAY_OUT: Instruction.TAKE_TRAY_OUT,
    InfoCode.USER_INSTRUCTION: Instruction.LOOK_AT_PANEL,
}


@dataclass(slots=True)
class Passage:
    """`number` is the sequence number it left under last, None while it has not left. `is_taken`: E00 was heard.

    `is_doubted`: an answer to it may be lost, or came without the E00 before it; then a status that names the tray it was to
    bring (or none, for a store) ends it. `reached_statuses`: so many said so in a row. `question`: the status that decides, for a
    command that sends nothing of its own.
    """

    request: LiftRequest
    number: int | None = None
    left_at_s: float = 0.0
    is_taken: bool = False
    is_sent_again: bool = False
    is_doubted: bool = False
    reached_statuses: int = 0
    question: int | None = None

    @property
    def waits_to_leave(self) -> bool:
        return self.number is None and self.question is None


def macro_of(request: LiftRequest) -> Macro:
    """Parameters whose meaning is not published are left out. A store names no shelf: it is the one at the access point."""
    if isinstance(request, StoreTray):
        return Macro(STORE_SHELF, ((PM_FLAG, 0),))
    return Macro(GET_SHELF, ((PM_SHELF, request.tray), (PM_FLAG, 1)))


def is_reached(request: LiftRequest, tray: int) -> bool:
    """Whether the access point is as the command wants it; 0 is no tray."""
    return tray == (0 if isinstance(request, StoreTray) else request.tray)


def verdict_of(request: LiftRequest, response: Response) -> Verdict | None:
    """How the command ended by this response, None when it does not say. DONE takes the tray's own number."""
    if response.code is EndCode.ABORTED:
        return Verdict(Outcome.NOT_DONE, MOTION_CANCELLED, "XA ER=99", response.tray)
    if response.code is EndCode.DONE and response.tray is not None:
        return verdict_by_tray(request, response.tray, f"XA ER=00 T={response.tray}")
    return None


def verdict_by_tray(request: LiftRequest, tray: int, message: str) -> Verdict:
    """What the tray at the access point says of a command that has ended. Another one than asked for is for a person to look at:
    the machine has moved, and not as it was told."""
    if is_reached(request, tray):
        return Verdict(Outcome.DONE, "", message, tray)
    return Verdict(Outcome.UNKNOWN, MOTION_OPENING_OCCUPIED if tray else MOTION_REFUSED, message, tray)
