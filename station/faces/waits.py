"""What the person waits for, and for how long it usually takes (`station.travel_times`)."""

from __future__ import annotations

from math import ceil

from hardware.values import Instruction
from station import machine_word
from station.core.inputs import Now
from station.core.state import StationState
from station.custody import Custody, Verb
from station.flows.pin_again import Asking
from station.flows.sign_on import Gate
from station.view.message import Message
from station.view.wait import Wait


def machine_wait(state: StationState) -> Wait | None:
    """What the machine is doing that the person waits for; None when nothing."""
    custody = state.custody
    motion = custody.motion
    if not custody.is_linked:
        return Wait("link", None, motion.since_s if motion else 0.0)
    if custody.safety_code and not custody.is_stop_unclear:
        return Wait("machine", motion.tray if motion else None, motion.since_s if motion else 0.0)
    if motion is not None and motion.instruction is not None:
        is_call = motion.instruction is not Instruction.OTHER_ACCESS_BUSY
        return Wait(f"do_{motion.instruction.value}", motion.tray, motion.asked_s, is_call=is_call)
    if motion is not None and motion.is_unheard:
        return Wait("line_back", motion.tray, motion.since_s, state.rules.motion_limits_s.get(motion.verb, 0.0))
    if custody.is_checking and motion is None:
        return _checking(custody)
    if motion is None or (motion.verb is Verb.POINT and custody.is_proven):
        return None
    code = "tray_leaving" if motion.verb is Verb.STORE else "tray_coming"
    return Wait(code, motion.tray, motion.since_s, expected_s(state, motion.verb, motion.tray))


def bar_wait(state: StationState, said: Message) -> Wait | None:
    """What the sentence in the bar waits for, where it is known how long that takes: it then says the seconds to go."""
    wait = machine_wait(state)
    return wait if wait is not None and wait.code == said.code and wait.expected_s > 0 else None


def _checking(custody: Custody) -> Wait:
    """The machine's word is awaited; while it moves or is not ready it has none to give."""
    match custody.not_yet:
        case machine_word.MOVES:
            return Wait("machine_moves")
        case machine_word.NOT_READY:
            return Wait("machine_not_ready")
        case _:
            return Wait("checking")


def expected_s(state: StationState, verb: Verb, tray: int) -> float:
    """Seconds that this tray takes to come or to go back; 0 when nobody knows."""
    return state.travel_times.expected_s(verb, tray)


def given_up_in_s(state: StationState, now: Now) -> int:
    """Whole seconds until a command is given up, of which nothing was heard since its line was lost; 0 when nobody can say."""
    motion = state.custody.motion
    if motion is None:
        return 0
    return max(0, ceil(motion.since_s + state.rules.motion_limits_s.get(motion.verb, 0.0) - now.mono_s))


def retry_in_s(gate: Gate | Asking, now: Now) -> int:
    """Whole seconds until the next PIN is looked at, 0 when it is now."""
    return max(0, ceil(gate.retry_at_s - now.mono_s))
