"""What the machine's own status says of the opening, against what is believed of it. Pure; for lifts that report their tray.

A machine that stands and is ready has the last word, also against a person: it names the tray, or none. What became of a motion
whose end nobody saw follows from it:

| motion | at the opening now | its end |
|---|---|---|
| fetch | the tray it was to bring | DONE: that is all a fetch is to reach |
| fetch | none, or another | NOT_DONE: nothing moves any more, so it will not come |
| store | none, or another | DONE: the tray is not here, and nothing that moves has it |
| store | still that tray | NOT_DONE: it stands where it stood |
| point | any | not said: a status tells nothing of a light |

Nothing moves because of a status: what is news to the station waits for a touch.
"""

from __future__ import annotations

from dataclasses import replace

from db.records.machine import MotionEnded, TrayTold
from db.records.record import Record
from hardware.values import LiftStatus, Outcome
from station.custody import Custody, Empty, Here, NotKnown, Verb, Word, present, stayed

MOVES, NOT_READY = "machine_moves", "machine_not_ready"
HOW_MOTION, HOW_TRAY = "status", "machine"

Told = tuple[Custody, tuple[Record, ...]]


def says_ready(custody: Custody) -> bool:
    """Whether its last status said that it is ready, and nothing has happened since."""
    return custody.reports_tray and custody.is_linked and custody.word is Word.NONE


def asked(custody: Custody) -> Custody:
    """The next question leaves; only its answer counts."""
    return replace(custody, word=Word.ASKED, question=custody.question + 1)


def told(custody: Custody, number: int, status: LiftStatus | None) -> Told:
    """The answer to a question. None: it could not be read, which leaves things as they are.

    An answer that another question, a lost line or a stop has overtaken says nothing.
    """
    if custody.word is not Word.ASKED or number != custody.question:
        return custody, ()
    if status is None:
        return replace(custody, word=Word.UNREAD, not_yet=""), ()
    if status.is_moving or status.safety_code or not status.ready:
        # A touch that came before the machine stood still is none: it would be obeyed with nobody at the button.
        return replace(custody, not_yet=MOVES if status.is_moving else NOT_READY, needs_touch=True), ()
    return _taken(replace(custody, word=Word.NONE, not_yet=""), status.tray)


def _taken(custody: Custody, tray: int | None) -> Told:
    """The machine's word is taken."""
    before = custody.where
    known = _known(custody, tray)
    if isinstance(before, NotKnown):
        doubted = before if before.command else None  # a command that a gateway kept back may still be answered, and done
        known = replace(known, doubted=doubted)
    if known.where == before:
        return known, (_tray_told(known),) if isinstance(before, Here) and not custody.is_proven else ()
    end = _end_of(known, before, tray) if isinstance(before, NotKnown) else None
    known = replace(known, lit="", unlit="", needs_touch=True, refused_code="")
    if end is None:
        return known, (_tray_told(known),)
    is_all = _says_all(end, tray)
    return known, (end,) if is_all else (end, _tray_told(known))


def _known(custody: Custody, tray: int | None) -> Custody:
    """The opening as the machine says. A tray that never left keeps its visit."""
    proven = replace(custody, is_proven=True)
    if tray is None:
        return replace(proven, where=Empty())
    match custody.where:
        case Here(tray=before) if before == tray:
            return proven
        case NotKnown(verb=Verb.STORE | Verb.POINT, tray=before) if before == tray:
            return stayed(proven, tray)
        case _:
            return present(proven, tray)


def _end_of(custody: Custody, lost: NotKnown, tray: int | None) -> MotionEnded | None:
    """What became of the motion whose end nobody saw."""
    if not lost.command or lost.tray is None or lost.verb not in (Verb.FETCH, Verb.STORE):
        return None
    is_there = tray == lost.tray
    is_done = is_there if lost.verb == Verb.FETCH else not is_there
    return MotionEnded(
        command=lost.command,
        verb=lost.verb,
        machine=custody.machine,
        opening=custody.opening,
        tray=lost.tray,
        outcome=(Outcome.DONE if is_done else Outcome.NOT_DONE).value,
        visit=custody.visit if is_there and lost.verb == Verb.FETCH else 0,
        how=HOW_MOTION,
    )


def _says_all(end: MotionEnded, tray: int | None) -> bool:
    """Whether a log that holds this end says what is at the opening. NOT_DONE only says "as before", which nobody may know."""
    if end.outcome != Outcome.DONE.value:
        return False
    return tray is None if end.verb == Verb.STORE else tray == end.tray


def _tray_told(custody: Custody) -> TrayTold:
    tray = custody.where.tray if isinstance(custody.where, Here) else None
    return TrayTold(machine=custody.machine, opening=custody.opening, tray=tray, visit=custody.visit, how=HOW_TRAY)
