"""What stops the work, in the message bar: the machine stands, the store takes nothing, the line is lost, or the machine waits
for a person."""

from __future__ import annotations

from hardware.values import Instruction
from station import machine_word
from station.core.state import CalibrationPage, DevicesPage, StationState
from station.core.steering import awaits_touch
from station.custody import asks_for_tray
from station.flows.sign_on import Active
from station.view.message import Level, Message


def stop(state: StationState) -> Message | None:
    """What stops the work; it stays until the machine, or the store, ends it."""
    custody = state.custody
    if custody.safety_code:
        if custody.is_stop_unclear:
            return _unclear(state)
        return Message(_cause(state, custody.safety_code), Level.STOP, {"code": custody.safety_code}, error=custody.safety_code)
    if (stopped := store_stop(state)) is not None:
        return stopped
    if not isinstance(state.session, Active):
        return None
    if not custody.is_linked:
        tray = custody.motion.tray if custody.motion else custody.tray_here
        code = "link_down_moving" if custody.motion else "link_down"
        return Message(code, Level.ACT, {"tray": tray or 0}, error=custody.link_code or "L101")
    return None


def store_stop(state: StationState) -> Message | None:
    """The store takes nothing: that stops the work wherever it is done."""
    if not state.store_code:
        return None
    return Message("store_read_only", Level.STOP, {"code": state.store_code}, error=state.store_code)


def _unclear(state: StationState) -> Message:
    """A stop of which nobody knows whether it still stands: what the machine says, and where the person may go on."""
    custody = state.custody
    is_active, page = isinstance(state.session, Active), state.page
    if is_active and isinstance(page, DevicesPage) and page.hand is None and asks_for_tray(custody):
        return Message("panel_tray_not_known", Level.STOP, error=custody.safety_code)
    if is_active and asks_for_tray(custody):  # no touch goes on before somebody has said which tray is here
        return Message("stop_unclear_which", Level.STOP, {"code": custody.safety_code}, error=custody.safety_code)
    ending = button(state) if is_active else "_locked"
    word = "ready" if machine_word.says_ready(custody) else "unclear"
    return Message(f"stop_{word}{ending}", Level.STOP, {"code": custody.safety_code}, error=custody.safety_code)


def button(state: StationState) -> str:
    """The button whose touch the machine waits for on this screen, as the ending of a sentence's code; "" for none."""
    if not awaits_touch(state) or not isinstance(state.page, CalibrationPage | None):
        return ""
    is_list = state.page is None and state.round is None and state.call is None
    return "_store" if is_list else "_fetch"


def _cause(state: StationState, code: str) -> str:
    return state.rules.stop_causes.get(code, "machine_stopped")


def to_do(state: StationState) -> Message | None:
    """What the machine waits for a person to do at the machine. Until it is done nothing else there goes on."""
    motion = state.custody.motion
    if motion is None or motion.instruction is None or not isinstance(state.session, Active):
        return None
    level = Level.NOTE if motion.instruction is Instruction.OTHER_ACCESS_BUSY else Level.ACT
    return Message(f"do_{motion.instruction.value}", level, {"tray": motion.tray})


def unheard(state: StationState) -> Message | None:
    """The line is back, and nothing was heard yet of the command that was under way when it was lost."""
    motion = state.custody.motion
    if motion is None or not motion.is_unheard or not isinstance(state.session, Active):
        return None
    return Message("line_back", Level.ACT, {"tray": motion.tray})
