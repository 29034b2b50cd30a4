"""Custody of the tray: what is known of the opening, and the one command that may be in flight.

Pure. A motion whose end nobody saw makes the opening NotKnown, and so does one that was begun and cancelled: the tray may be in
the shaft. No motion follows until a late answer with our id or a person tells, and then only after a touch (`needs_touch`).
A visit is one presentation of a tray: 1 + the highest visit of it known here. What a motion does to it: `station.motions`.

A tray that only a person or the log has named (`is_proven` false), or that nobody watched while the line was lost or the machine
stood, is worked at after the machine has done a point or a fetch of it. To a JMIF lift both are one telegram: such a point may
bring a tray, and waits for a touch too. A lift that `reports_tray` is asked instead (`station.machine_word`).

| of `Custody` | means | and so |
|---|---|---|
| `where` NotKnown | nobody knows what is at the opening | nothing moves, nothing is booked |
| `is_proven` | the machine itself named what is here, watched since | not so: no booking before a point, a fetch or its word |
| `needs_touch` | something a person has to look at ended, or was not watched | no command, not even to go dark, before a touch |
| `word` DUE, ASKED | the machine is to say which tray is here, or is being asked | nothing moves, nothing is booked |
| `word` UNREAD | its answer could not be read | a person may tell; the next touch asks again |
| `not_yet` | why its last answer told nothing: it moves, or is not ready | forbids nothing: it is the wait that is shown |
| `lit` | the mark that the pointer shows | no second point for this mark |
| `unlit` | the mark that was done without a light, or whose light was refused | no second point for it: the map shows it |
| `refused_code` | why the last command was refused or given up | forbids nothing: `needs_touch` beside it does |
| `doubted` | the command for whose end a person or a status spoke | forbids nothing: its late answer is held against it |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from db.records.machine import TrayTold
from db.records.record import Record
from hardware.errors import MOTION_BAD_REQUEST, MOTION_OPENING_OCCUPIED
from hardware.values import Instruction
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
    machine waits for a person to do, since `asked_s`; `since_s` leaves out the time that people took. `is_unheard`: the line was
    lost since it left, and the machine has said nothing of it since."""

    command: int
    verb: Verb
    tray: int
    mark: str
    since_s: float
    is_started: bool = False
    instruction: Instruction | None = None
    asked_s: float = 0.0
    is_unheard: bool = False


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
    `safety_code` is the stop that is shown. `is_stop_unclear`: nobody knows whether it still stands, and a touch may begin the
    command whose answers will tell. `question` numbers the questions to the machine, `not_yet` is why the last answer told
    nothing (machine_moves, machine_not_ready)."""

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
    is_stop_unclear: bool = False
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


def stayed(custody: Custody, tray: int) -> Custody:
    """The tray never left: its visit goes on."""
    return replace(custody, where=Here(tray, max(1, custody.visits.get(tray, 0))))


def present(custody: Custody, tray: int) -> Custody:
    """The tray has come: a new visit of it begins."""
    visit = custody.visits.get(tray, 0) + 1
    return replace(custody, where=Here(tray, visit), visits={**custody.visits, tray: visit})


def visits_known(custody: Custody, visits: Mapping[int, int]) -> Custody:
    """Other bays' visits count too: the next one here has a higher number (Lamport). A tray at this opening keeps its visit."""
    highest = {tray: max(visit, custody.visits.get(tray, 0)) for tray, visit in visits.items()}
    return replace(custody, visits={**custody.visits, **highest})


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
