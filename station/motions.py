"""What a motion does to the custody of the tray: begun, started, ended in one of its three ways, or answered late. Pure."""

from __future__ import annotations

from dataclasses import replace

from db.records.machine import MotionEnded
from db.records.record import Record
from hardware.errors import MOTION_BAD_REQUEST, MOTION_CANCELLED, MOTION_OPENING_OCCUPIED
from hardware.values import Instruction, MotionResult, Outcome
from station.custody import Custody, Empty, Motion, NotKnown, Verb, Word, present, stayed, word_due


def begin(custody: Custody, verb: Verb, tray: int, mark: str, now_s: float) -> Custody:
    """A command leaves: it takes the next id. The light goes off before a tray moves."""
    command = custody.last_command + 1
    motion = Motion(command, verb, tray, mark, now_s)
    lit = "" if verb is Verb.STORE else custody.lit
    return replace(custody, motion=motion, last_command=command, refused_code="", lit=lit, unlit="", doubted=None)


def started(custody: Custody, command: int, now_s: float) -> Custody:
    """The machine works on our command; what it asked of a person is done."""
    if custody.motion is None or custody.motion.command != command:
        return custody
    motion = _resumed(custody.motion, now_s)
    return replace(custody, motion=replace(motion, is_started=True, is_unheard=False))


def person_asked(custody: Custody, command: int, instruction: Instruction, now_s: float) -> Custody:
    """The machine goes on with our command only after a person has done this. It may have begun already."""
    motion = custody.motion
    if motion is None or motion.command != command:
        return custody
    motion = _resumed(motion, now_s)
    heard = replace(motion, is_started=True, instruction=instruction, asked_s=now_s, is_unheard=False)
    return replace(custody, motion=heard)


def _resumed(motion: Motion, now_s: float) -> Motion:
    """Nothing is asked of a person any more: how long that took is no time of the machine."""
    if motion.instruction is None:
        return motion
    return replace(motion, instruction=None, since_s=motion.since_s + now_s - motion.asked_s, asked_s=0.0)


def unheard(custody: Custody) -> Custody:
    """The line was lost: whether our command goes on is not known before the machine speaks of it again."""
    return custody if custody.motion is None else replace(custody, motion=replace(custody.motion, is_unheard=True))


def ended(custody: Custody, result: MotionResult, how: str = "answer") -> tuple[Custody, tuple[Record, ...]]:
    """Our command in flight ended, in one of the three ways."""
    motion = custody.motion
    if motion is None or motion.command != result.command_id:
        return custody, ()
    after = _after(replace(custody, motion=None), motion, result)
    return after, (_record(after, motion, result, how),)


def _after(custody: Custody, motion: Motion, result: MotionResult) -> Custody:
    match motion.verb, result.outcome:
        case Verb.POINT, Outcome.DONE if _is_another(motion, result):
            return _lost(custody, motion)
        case Verb.POINT, Outcome.DONE:
            return replace(_lighted(custody, motion, result), is_proven=True, word=Word.NONE)
        case _, Outcome.NOT_DONE if _contradicts(custody, motion, result):
            return replace(_lost(custody, motion), refused_code=result.code)
        case _, Outcome.NOT_DONE if _may_have_moved(motion, result):
            return replace(_lost(custody, motion), refused_code=result.code or "refused")
        case Verb.POINT, Outcome.NOT_DONE if not motion.mark and custody.is_proven and result.code != MOTION_CANCELLED:
            return replace(custody, lit="")  # a light that was to go out: it is not asked twice
        case Verb.POINT, Outcome.NOT_DONE if custody.is_proven and result.code != MOTION_CANCELLED:
            return replace(custody, lit="", unlit=motion.mark, refused_code=result.code or "light")
        case Verb.POINT, Outcome.NOT_DONE:  # refused before anything was proven, or cancelled because the machine stood
            return replace(custody, is_proven=False, lit="", needs_touch=True, refused_code=result.code or "refused")
        case _, Outcome.NOT_DONE:
            return replace(custody, needs_touch=True, refused_code=result.code or "refused")
        case _, Outcome.UNKNOWN:
            return _lost(custody, motion)
        case Verb.STORE, _:
            # a touch that a stop meanwhile asks for stays due
            return replace(custody, where=Empty(), lit="", is_proven=True, word=Word.NONE)
        case _:
            return _arrived(custody, motion, result)


def _contradicts(custody: Custody, motion: Motion, result: MotionResult) -> bool:
    """Whether it refuses because what we believe of the opening is not so. A mistyped tray number would else stay for ever."""
    if result.code == MOTION_OPENING_OCCUPIED:
        return motion.verb is not Verb.POINT or not custody.is_proven
    return motion.verb is not Verb.FETCH and result.code == MOTION_BAD_REQUEST and not custody.is_proven


def _may_have_moved(motion: Motion, result: MotionResult) -> bool:
    """A tray that was on its way when the machine gave up (E-stop, retries) may be anywhere. A point moves none that is here."""
    return motion.verb is not Verb.POINT and (motion.is_started or result.code == MOTION_CANCELLED)


def _is_another(motion: Motion, result: MotionResult) -> bool:
    """Whether the machine names another tray than the one we asked for."""
    return result.tray is not None and result.tray != motion.tray


def _lost(custody: Custody, motion: Motion) -> Custody:
    """Nobody knows any more what is at the opening: the machine, where it can, or a person must say."""
    lost = NotKnown(motion.verb, motion.tray, motion.command)
    return word_due(replace(custody, where=lost, lit="", needs_touch=True, doubted=None))


def _arrived(custody: Custody, motion: Motion, result: MotionResult) -> Custody:
    """A fetch is done. Another tray than the one we asked for is not believed: a person must say."""
    if _is_another(motion, result):
        return _lost(custody, motion)
    lighted = _lighted(present(custody, motion.tray), motion, result)
    return replace(lighted, needs_touch=False, is_proven=True, word=Word.NONE)


def _lighted(custody: Custody, motion: Motion, result: MotionResult) -> Custody:
    """A machine without a light has done what was asked and shows nothing: the person finds the place by the map."""
    return replace(custody, lit=motion.mark) if result.is_lit else replace(custody, lit="", unlit=motion.mark)


def _record(custody: Custody, motion: Motion, result: MotionResult, how: str) -> MotionEnded:
    """The record says of the metal what we believe of it, so that a restart believes the same."""
    is_lost = isinstance(custody.where, NotKnown)
    return MotionEnded(
        command=motion.command,
        verb=motion.verb,
        machine=custody.machine,
        opening=custody.opening,
        tray=motion.tray,
        outcome=(Outcome.UNKNOWN if is_lost else result.outcome).value,
        visit=custody.visit if motion.verb is not Verb.STORE else 0,
        code=result.code,
        how=how,
    )


def late(custody: Custody, result: MotionResult) -> tuple[Custody, tuple[Record, ...]]:
    """An answer nobody waits for. It tells where the tray is only when it answers the very command we do not know the end of."""
    where = custody.where if isinstance(custody.where, NotKnown) else custody.doubted
    if where is None or where.command != result.command_id or not where.command or where.tray is None:
        return custody, ()
    motion = Motion(where.command, Verb(where.verb), where.tray, "", 0.0)
    if not isinstance(custody.where, NotKnown):
        return _against_a_word(custody, motion, result)
    known = _late_whereabouts(replace(custody, lit=""), motion, result)
    return replace(known, needs_touch=True), (_record(known, motion, result, "late_answer"),)


def _against_a_word(custody: Custody, motion: Motion, result: MotionResult) -> tuple[Custody, tuple[Record, ...]]:
    """The machine answers after a person has said what is here. It proves the same tray; anything else is asked again, because
    nobody knows which of the two is older."""
    if result.outcome is not Outcome.DONE:
        return custody, ()
    is_same = motion.verb is not Verb.STORE and not _is_another(motion, result) and custody.tray_here == motion.tray
    is_gone = motion.verb is Verb.STORE and isinstance(custody.where, Empty)
    known = replace(custody, doubted=None, is_proven=True) if is_same or is_gone else _lost(custody, motion)
    return known, (_record(known, motion, result, "late_answer"),)


def _late_whereabouts(custody: Custody, motion: Motion, result: MotionResult) -> Custody:
    """Only an answer that says DONE tells where the tray is; a refusal of a motion that may have begun tells nothing."""
    if result.outcome is not Outcome.DONE:
        return custody
    if motion.verb is Verb.STORE:
        return replace(custody, where=Empty())
    if motion.verb is Verb.POINT and not _is_another(motion, result):
        return replace(stayed(custody, motion.tray), is_proven=True)
    return _arrived(custody, motion, result)
