"""What the lift tells, and how our commands to it end: custody, the record of it, and what the person must know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.records.count_due import CountDue
from db.records.machine import LinkEvent, SafetyEvent
from db.records.record import Record
from hardware.errors import MOTION_BIT_LEFT
from hardware.values import (
    Instruction,
    LateAnswer,
    LiftEvent,
    LinkDown,
    LinkUp,
    MotionAccepted,
    MotionStarted,
    OperatorAsked,
    Outcome,
    SafetyCleared,
    SafetyStopped,
    SafetyUnclear,
)
from station import custody as custodies
from station import machine_word, motions
from station.core.effects import Effect, Play, ReadPicture, ReadStatus, Sound
from station.core.inputs import MotionNotWritten, MotionOver, Now, StatusTold
from station.core.state import StationState
from station.core.writing import written
from station.count_due import FOUND
from station.custody import Custody, Empty, Here, NotKnown, Verb, Word, word_due
from station.side_by_side import lift_at, lift_of
from station.view.message import Level, Message

MachineTurn = tuple[StationState, tuple[Effect, ...]]
LIGHT_CURTAIN = "light_curtain"
SENTENCES = {MOTION_BIT_LEFT: "start_bit_left"}  # refusals that a sentence of their own explains
REFUSALS = ("motion_refused", *SENTENCES.values())
STATUS_EVERY_S = 1.0  # while the machine moves or is not ready


def told(state: StationState, event: LiftEvent, now: Now) -> MachineTurn:
    """The machine, or the line to it, says something by itself."""
    custody = state.custody
    match event:
        case LinkUp():
            return _linked(state, True, "")
        case LinkDown(code=code):
            return _linked(state, False, code)
        case MotionAccepted():
            return state, ()
        case MotionStarted(command_id=command):
            return replace(state, custody=motions.started(custody, command, now.mono_s)), ()
        case OperatorAsked(command_id=command, instruction=instruction):
            return _person_asked(state, motions.person_asked(custody, command, instruction, now.mono_s))
        case SafetyStopped(code=code):
            return _stopped(state, code)
        case SafetyUnclear(code=code):
            return _unclear(state, code)
        case SafetyCleared():
            return _cleared(state)
        case LateAnswer(result=result):
            after, records = motions.late(custody, result)
            return _known(state, after, records)


def _person_asked(state: StationState, after: Custody) -> MachineTurn:
    """Who waits for a tray does not look at the screen: the sound says that now something is to be done."""
    before, motion = state.custody.motion, after.motion
    if before is None or motion is None or before.instruction is motion.instruction:
        return replace(state, custody=after), ()
    is_for_us = motion.instruction is not Instruction.OTHER_ACCESS_BUSY
    return replace(state, custody=after), (Play(Sound.WRONG),) if is_for_us and state.person is not None else ()


def over(state: StationState, event: MotionOver, now: Now) -> MachineTurn:
    """The command in flight has ended."""
    motion = state.custody.motion
    how = "timeout" if event.result.outcome is Outcome.UNKNOWN else "answer"
    after, records = motions.ended(state.custody, event.result, how)
    if motion is None or not records:
        return state, ()
    if motion.verb is not Verb.POINT and event.result.outcome is Outcome.DONE and motion.instruction is None:
        times = state.travel_times.learned(motion.verb, motion.tray, now.mono_s - motion.since_s)
        state = replace(state, travel_times=times)
    if after.safety_code:  # its answers have not ended the stop: the next command is a new decision
        after = replace(after, needs_touch=True)
    state, effects = _known(state, after, records)
    if isinstance(after.where, Empty) and motion.verb is Verb.STORE:
        state = replace(state, is_leaving=False)
    return state, effects


def not_written(state: StationState, event: MotionNotWritten) -> MachineTurn:
    """The intent could not be stored, so nothing was sent; the next try needs a touch."""
    motion = state.custody.motion
    if motion is None or motion.command != event.command:
        return state, ()
    custody = replace(state.custody, motion=None, needs_touch=True)
    return replace(state, custody=custody, store_code=event.code), (Play(Sound.STOP),)


def tray_told(state: StationState, tray: int | None, how: str) -> MachineTurn:
    """A person says what is at the opening: a tray that the machine has, or none."""
    if tray is not None and tray not in state.trays:
        return state.said(Message("no_such_tray", Level.ACT, {"tray": tray}, error="O304")), ()
    lift = lift_of(state.rules.lifts, tray) if tray is not None else None
    if lift is not None and lift.opening != state.custody.opening:
        return state.said(Message("tray_of_other_lift", Level.ACT, {"tray": tray or 0, "lift": lift.number}, error="O458")), ()
    after, records = custodies.told(state.custody, tray, "none" if tray is None else how)
    return _known(state, after, records)


def ask(state: StationState) -> MachineTurn:
    """Ask the machine which tray is here, where its word is due and it can be asked. One question at a time; it moves nothing."""
    custody = state.custody
    if not custody.is_checking or custody.word is not Word.DUE or custody.motion is not None:
        return state, ()
    if _stands(custody) or not custody.is_linked or state.is_stopping:
        return state, ()
    return _asked(state, 0.0)


def status_told(state: StationState, event: StatusTold) -> MachineTurn:
    """The machine says which tray is here, or that it cannot say yet: then it is asked again, at a steady pace."""
    before = state.custody
    after, records = machine_word.told(before, event.number, event.status)
    if after.word is Word.ASKED and after is not before and not state.is_stopping:
        return _asked(replace(state, custody=after), STATUS_EVERY_S)
    return _known(state, after, (*records, *_uncalled(before, after)))


def _uncalled(before: Custody, after: Custody) -> tuple[Record, ...]:
    """The machine names another tray than the log knows of, and no motion of ours is without its end: somebody has called it
    without the station, and what he did there nobody saw."""
    if isinstance(before.where, NotKnown) or not isinstance(after.where, Here):
        return ()
    if isinstance(before.where, Here) and before.where.tray == after.where.tray:
        return ()
    return (CountDue(machine=after.machine, tray=after.where.tray, why=FOUND),)


def _asked(state: StationState, wait_s: float) -> MachineTurn:
    custody = machine_word.asked(state.custody)
    return replace(state, custody=custody), (ReadStatus(custody.question, wait_s),)


def touched(state: StationState) -> StationState:
    """A person asked for what needs a motion: the next one may leave. While the machine stands, or its line is down, the touch is
    none: it would be obeyed at somebody's reset, without anybody at the button."""
    custody = state.custody
    if _stands(custody) or not custody.is_linked:
        return replace(state, custody=replace(custody, needs_touch=True))
    return replace(state, custody=custodies.touched(custody))


def _known(state: StationState, after: Custody, records: Sequence[Record]) -> MachineTurn:
    """The whereabouts have changed: write it down, and read the picture of a tray that has come."""
    before = state.custody
    state = replace(state, custody=after)
    effects: list[Effect] = [written(state, *records)] if records else []
    if isinstance(after.where, Here) and after.where != before.where:
        effects.append(ReadPicture(after.where.tray))
    if after.refused_code and after.refused_code != before.refused_code:
        effects.append(Play(Sound.WRONG))
        if not after.unlit and not isinstance(after.where, NotKnown):  # these have standing sentences of their own
            said = SENTENCES.get(after.refused_code, "motion_refused")
            refused = Message(said, Level.ACT, {"fault": after.refused_code}, error=after.refused_code)
            state = state.said(refused)
    return state, tuple(effects)


def _linked(state: StationState, is_linked: bool, code: str) -> MachineTurn:
    custody = state.custody
    if custody.is_linked == is_linked and custody.link_code == code:
        return state, ()
    record = LinkEvent(device=_device(state), is_up=is_linked, code=code)
    # What somebody does at the machine's own panel is not told; an end that was heard while the line was down is older than that.
    seen = custodies.unproven(custody if is_linked else motions.unheard(custody))
    state = replace(state, custody=replace(seen, is_linked=is_linked, link_code=code))
    return state, (written(state, record),)


def _stopped(state: StationState, code: str) -> MachineTurn:
    if state.custody.safety_code == code and not state.custody.is_stop_unclear:
        return state, ()
    record = SafetyEvent(machine=state.custody.machine, code=code, is_stopped=True, opening=_opening(state))
    seen = _unwatched(state, code)
    state = replace(state, custody=replace(seen, safety_code=code, is_stop_unclear=False, needs_touch=True))
    return state, (written(state, record), Play(Sound.STOP))


def _unclear(state: StationState, code: str) -> MachineTurn:
    """A command told the stop and is over. It stays shown, and the opening unproven, until the answers to the next command, which
    a person begins who has looked at the machine."""
    seen = custodies.unproven(state.custody)
    return replace(state, custody=replace(seen, safety_code=code, is_stop_unclear=True, needs_touch=True)), ()


def _stands(custody: Custody) -> bool:
    return bool(custody.safety_code) and not custody.is_stop_unclear


def _cleared(state: StationState) -> MachineTurn:
    code = state.custody.safety_code
    if not code:
        return state, ()
    record = SafetyEvent(machine=state.custody.machine, code=code, is_stopped=False, opening=_opening(state))
    seen = _unwatched(state, code)  # once more: a motion may have ended while it stood, and the panel been used after that
    state = replace(state, custody=replace(seen, safety_code="", is_stop_unclear=False))
    if state.bar is not None and state.bar.code in REFUSALS:  # what was refused before the reset is no news after it
        state = replace(state, bar=None)
    return state, (written(state, record),)


def _opening(state: StationState) -> str:
    """Which lift it was, where there are several."""
    return state.custody.opening if state.rules.lifts else ""


def _device(state: StationState) -> str:
    lift = lift_at(state.rules.lifts, state.custody.opening)
    return "machine" if lift is None or lift.is_home else lift.opening


def _unwatched(state: StationState, code: str) -> Custody:
    """What is known of an opening whose machine stands for this. A hand in the curtain moves no tray; whoever resets may."""
    is_curtain = state.rules.stop_causes.get(code) == LIGHT_CURTAIN
    return word_due(state.custody) if is_curtain else custodies.unproven(state.custody)
