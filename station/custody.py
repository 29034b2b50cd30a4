"""Custody of the tray: what is known of the opening, and the one command that may be in flight.

Pure. A motion whose end nobody saw makes the opening NotKnown, and so does one that was begun and cancelled: the tray may be in
the shaft. No motion follows until a late answer with our id or a person tells, and then only after a touch (`needs_touch`).
A visit is one presentation of a tray: 1 + the highest visit of it known here.

A tray that only a person or the log has named (`is_proven` false), or that nobody watched while the line was lost or the machine
stood, is worked at after the machine has done a point or a fetch of it. To a JMIF lift both are one telegram: such a point may
bring a tray, and waits for a touch too. A lift that `reports_tray` is asked instead (`station.machine_word`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from db.records.machine import MotionEnded, TrayTold
from db.records.record import Record
from hardware.errors import MOTION_BAD_REQUEST, MOTION_CANCELLED, MOTION_OPENING_OCCUPIED
from hardware.values import Instruction, MotionResult, Outcome
from station.values import BayMemory


class Verb(StrEnum):
    FETCH = "fetch"
    STORE = "store"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Empty:
    """No tray is at the opening."""


@dataclass(frozen=True, slots=True)
class Here:
    """This tray stands at the opening."""

    tray: int
    visit: int


@dataclass(frozen=True, slots=True)
class NotKnown:
    """Nobody knows what is at the opening. `verb` and `tray` are what was under way, `command` its id (0: none)."""

    verb: str = ""
    tray: int | None = None
    command: int = 0


Whereabouts = Empty | Here | NotKnown


@dataclass(frozen=True, slots=True)
class Motion:
    """The command in flight. `mark` names what its light is for (compartment and task), "" for none. `instruction` is what the
    machine waits for a person to do, since `asked_s`; `since_s` leaves out the time that people took."""

    command: int
    verb: Verb
    tray: int
    mark: str
    since_s: float
    is_started: bool = False
    instruction: Instruction | None = None
    asked_s: float = 0.0


class Word(StrEnum):
    """Whether a machine that can tell which tray is at its opening is to be asked."""

    NONE = ""  # nothing has happened that it should be asked about
    DUE = "due"  # to be asked as soon as it can be
    ASKED = "asked"  # the question is on its way, or waits for its time
    UNREAD = "unread"  # no answer could be read: a person may tell, and it is asked again with the next touch


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """What the station knows of its opening. `lit` is the mark of what the pointer shows, "" when dark; `unlit` of what it
    refused to show. `doubted` is the motion whose end a person or a status stood in for: its own late answer still counts.
    `question` numbers the questions to the machine, `not_yet` is why the last answer told nothing (machine_moves,
    machine_not_ready)."""

    machine: str
    opening: str
    where: Whereabouts = field(default_factory=NotKnown)
    motion: Motion | None = None
    lit: str = ""
    unlit: str = ""
    doubted: NotKnown | None = None
    is_linked: bool = False
    link_code: str = ""
    safety_code: str = ""
    needs_touch: bool = False
    refused_code: str = ""
    last_command: int = 0
    is_proven: bool = False  # the machine itself has brought or taken a tray since a person, or the log, said what is here
    visits: Mapping[int, int] = field(default_factory=dict)
    reports_tray: bool = False  # the machine's status names the tray at its opening
    word: Word = Word.NONE
    question: int = 0
    not_yet: str = ""

    @property
    def is_checking(self) -> bool:
        """Whether the machine's word is awaited: until then nothing is booked and nothing moves."""
        return self.reports_tray and self.word in (Word.DUE, Word.ASKED)

    @property
    def tray_here(self) -> int | None:
        """The tray that is known to stand at the opening now and is not about to leave it."""
        leaves = self.motion is not None and self.motion.verb is not Verb.POINT
        return self.where.tray if isinstance(self.where, Here) and not leaves else None

    @property
    def visit(self) -> int:
        """The visit of the tray at the opening, 0 when there is none."""
        return self.where.visit if isinstance(self.where, Here) else 0


def remembered(memory: BayMemory, visits: Mapping[int, int], *, reports_tray: bool = False) -> Custody:
    """What the log says after a start. An intent without a result, or with an unknown one, leaves the opening NotKnown."""
    motion = memory.open_motion
    where: Whereabouts
    if motion is not None and (motion.verb != Verb.POINT or not memory.is_known):
        where = NotKnown(motion.verb, motion.tray, motion.command_id)
    elif not memory.is_known:
        where = NotKnown()
    else:
        where = Empty() if memory.tray is None else Here(memory.tray, memory.visit)
    return Custody(
        machine=memory.machine,
        opening=memory.opening,
        where=where,
        needs_touch=True,
        last_command=memory.last_command_id,
        visits=visits,
        reports_tray=reports_tray,
        word=Word.DUE if reports_tray else Word.NONE,
    )


def word_due(custody: Custody) -> Custody:
    """Something has happened after which the machine is to say which tray is here; an answer that is on its way is too old."""
    return replace(custody, word=Word.DUE, not_yet="") if custody.reports_tray else custody


def asks_for_tray(custody: Custody) -> bool:
    """Whether a person is to say which tray is here: nobody knows, and no machine is about to tell."""
    return isinstance(custody.where, NotKnown) and custody.is_linked and not custody.is_checking


def why_not_known(custody: Custody) -> str:
    """Why nobody knows what is at the opening, as a code: the machine contradicts what was said, it gave up a motion, the answer
    to a motion was lost, or nothing was ever known."""
    where = custody.where
    if not isinstance(where, NotKnown) or not where.tray:
        return "never_known"
    if custody.refused_code in (MOTION_OPENING_OCCUPIED, MOTION_BAD_REQUEST):
        return "contradicted"
    return "given_up" if custody.refused_code else "answer_lost"


def begin(custody: Custody, verb: Verb, tray: int, mark: str, now_s: float) -> Custody:
    """A command leaves: it takes the next id. The light goes off before a tray moves."""
    command = custody.last_command + 1
    motion = Motion(command, verb, tray, mark, now_s)
    lit = "" if verb is Verb.STORE else custody.lit
    return replace(custody, motion=motion, last_command=command, refused_code="", lit=lit, unlit="", doubted=None)


def unproven(custody: Custody) -> Custody:
    """Nobody watched the opening for a while: the machine itself must name the tray again, and nothing moves without a touch.
    What is under way has its own end, which proves the tray when the machine says DONE."""
    is_here = isinstance(custody.where, Here)
    seen = replace(custody, is_proven=custody.is_proven and not is_here, lit="", unlit="", needs_touch=True)
    return word_due(seen)


def touched(custody: Custody) -> Custody:
    """A person asked for what needs a motion, or a light: the next command may leave; a machine whose status could not be read is
    asked again before."""
    free = replace(custody, needs_touch=False, refused_code="", unlit="")
    return word_due(free) if custody.word is Word.UNREAD else free


def started(custody: Custody, command: int, now_s: float) -> Custody:
    """The machine works on our command; what it asked of a person is done."""
    if custody.motion is None or custody.motion.command != command:
        return custody
    motion = _resumed(custody.motion, now_s)
    return replace(custody, motion=replace(motion, is_started=True))


def person_asked(custody: Custody, command: int, instruction: Instruction, now_s: float) -> Custody:
    """The machine goes on with our command only after a person has done this. It may have begun already."""
    motion = custody.motion
    if motion is None or motion.command != command:
        return custody
    motion = _resumed(motion, now_s)
    return replace(custody, motion=replace(motion, is_started=True, instruction=instruction, asked_s=now_s))


def _resumed(motion: Motion, now_s: float) -> Motion:
    """Nothing is asked of a person any more: how long that took is no time of the machine."""
    if motion.instruction is None:
        return motion
    return replace(motion, instruction=None, since_s=motion.since_s + now_s - motion.asked_s, asked_s=0.0)


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


def stayed(custody: Custody, tray: int) -> Custody:
    """The tray never left: its visit goes on."""
    return replace(custody, where=Here(tray, max(1, custody.visits.get(tray, 0))))


def present(custody: Custody, tray: int) -> Custody:
    """The tray has come: a new visit of it begins."""
    visit = custody.visits.get(tray, 0) + 1
    return replace(custody, where=Here(tray, visit), visits={**custody.visits, tray: visit})


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


def told(custody: Custody, tray: int | None, how: str) -> tuple[Custody, tuple[Record, ...]]:
    """A person says which tray is at the opening. A tray that never left keeps its visit."""
    if not isinstance(custody.where, NotKnown):
        return custody, ()
    never_left = custody.where.verb in (Verb.STORE, Verb.POINT) and tray == custody.where.tray
    known = replace(custody, lit="", needs_touch=True, is_proven=False, doubted=custody.where if custody.where.command else None)
    if tray is None:
        known = replace(known, where=Empty())
    elif never_left:
        known = stayed(known, tray)
    else:
        known = present(known, tray)
    record = TrayTold(machine=custody.machine, opening=custody.opening, tray=tray, visit=known.visit, how=how)
    return known, (record,)
