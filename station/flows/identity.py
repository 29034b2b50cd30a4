"""What a tracked item still lacks before it is put: its lot, and one serial for each piece, scanned or typed.

AskLot (unless the order names it) -> AskExpiry (of an item that expires, unless the lot's is known) -> AskSerial, once for each
piece -> the booking, in one transaction. Back takes the last serial back, before the first one it leaves the question and
forgets what was said. Nothing is booked before all is known. A site may register any code as a badge, and a badge gets into no
record: what was said waits (`checking`) until it is known to be none. The question stays as it is meanwhile. What the
scanned labels said answers by itself, in the same way. A text that is an item's code, too, is asked about (AskMeaning).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from db.errors import SERIAL_TAKEN
from station import commands as do
from station.flows import proof
from station.flows.turn import CheckCode, CodeChecked, Say, Step, TaskEvent, TaskState, Turn, Working, stay
from station.rules import mixing
from station.rules.shelf_life import asks_expiry, day_of_code
from station.scan import clean
from station.scan_label import Label, code_label, is_item, matches_item
from station.tracking import is_code, piece
from station.view.message import Level, Message

Put = Callable[[TaskState, int, str], Turn]  # books this quantity of a state that lacks nothing, with a reason


@dataclass(frozen=True, slots=True)
class AskLot(Step):
    """The lot of what is put. `quantity` and `reason` are what is booked then."""

    quantity: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AskExpiry(Step):
    """The last good day of the lot, as a number: 20270331, or 270331 as on a GS1 label."""

    quantity: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AskSerial(Step):
    """The serial of the piece with this number, counted from 1."""

    quantity: int
    reason: str = ""
    number: int = 1


@dataclass(frozen=True, slots=True)
class AskMeaning(Step):
    """The text is a lot or a serial, and it is an item's code, too: which is meant? `before` is what was asked."""

    before: AskLot | AskSerial
    text: str
    item: str


def question(state: TaskState, quantity: int, reason: str) -> Step | None:
    """What must be asked before this quantity is booked; None when nothing is lacking."""
    task = state.task
    if not quantity:
        return None
    if task.item.lot_tracked and not (task.key.lot or state.lot):
        return AskLot(quantity, reason)
    lot = task.key.lot or state.lot
    if asks_expiry(task.item) and lot and lot not in state.dated_lots and state.expiry is None:
        return AskExpiry(quantity, reason)
    if task.item.serial_tracked and not task.key.serial and len(state.serials) < pieces(state, quantity):
        return AskSerial(quantity, reason, len(state.serials) + 1)
    return None


def pieces(state: TaskState, quantity: int) -> int:
    """How many serials this quantity has."""
    return quantity // piece(state.task.item)


def advance(state: TaskState, event: TaskEvent, put: Put) -> Turn:
    """Take an answer; the last one leads to the booking by `put`. A booking that fails asks for the last answer again."""
    match state.step, event:
        case AskLot() | AskExpiry(), do.Back():
            return stay(_forgotten(state))
        case AskSerial(number=1), do.Back():
            return stay(_forgotten(state))
        case AskSerial(number=number), do.Back():
            said = Say(Message("serial_taken_back", Level.NOTE, {"serial": state.serials[-1]}))
            back = replace(state, serials=state.serials[:-1], checking="", step=replace(state.step, number=number - 1))
            return stay(back, said)
        case AskExpiry(), do.EnterNumber(number=number) if number >= 0:
            return _dated(state, f"{number:06d}", put)
        case AskExpiry(), do.EnterText(text=text):
            return _dated(state, clean(text), put)
        case AskLot() | AskSerial(), do.EnterText(text=text, is_scanned=True):
            return _scanned(state, text)
        case AskLot() | AskSerial(), do.EnterText(text=text):
            return _said(state, clean(text))
        case AskLot() | AskSerial(), CodeChecked() if awaits(state, event):
            return _checked(replace(state, checking=""), event, put)
        case AskMeaning(before=before), do.Back() | do.Choose(key="item"):
            return stay(state.at(before))
        case AskMeaning(before=before), do.EnterText():  # scanned again at once
            return advance(state.at(before), event, put)
        case AskMeaning(before=before, text=text), do.Choose(key="code"):
            return _given(state.at(before), text, put)
        case _:
            return stay(state)


def awaits(state: TaskState, event: CodeChecked) -> bool:
    """Whether this is the verdict on what was said last."""
    return bool(state.checking) and (event.asked.task, event.asked.text) == (state.task, state.checking)


def taken_meanwhile(state: TaskState, serial: str) -> Turn:
    """A serial came into stock after the task began, and nothing was booked: it is asked again, and so is the last one said."""
    left = tuple(each for each in state.serials if each != serial)
    step = replace(state.step, number=len(left) + 1) if isinstance(state.step, AskSerial) else state.step
    said = Message("serial_meanwhile", Level.ACT, {"serial": serial}, error=SERIAL_TAKEN)
    return stay(replace(state, serials=left, step=step), Say(said))


def _forgotten(state: TaskState) -> TaskState:
    return replace(state, step=Working(), lot="", serials=(), checking="", told_lot="", told_serials=(), expiry=None)


def ask(state: TaskState) -> Turn:
    """Ask for what is lacking, or let a scanned label answer. What a label said is taken once: refused, the person is asked."""
    if isinstance(state.step, AskLot) and state.told_lot:
        return _said(replace(state, told_lot=""), state.told_lot)
    if isinstance(state.step, AskSerial) and state.told_serials:
        return _said(replace(state, told_serials=state.told_serials[1:]), state.told_serials[0])
    return stay(state)


def _scanned(state: TaskState, text: str) -> Turn:
    """A scan that may be a whole label: of that, what is asked for counts, and the rest answers what follows."""
    label = code_label(text, state.task.item)
    if state.checking or not label.is_structured:
        return _said(state, clean(text))
    refused = _label_refusal(state, text, label)
    if refused is not None:
        return stay(state, Say(refused))
    serials = (label.serial,) if label.serial else ()
    lot = "" if isinstance(state.step, AskSerial) else label.lot
    return ask(replace(state, told_lot=lot, told_serials=serials, expiry=label.last_day or state.expiry))


def _label_refusal(state: TaskState, text: str, label: Label) -> Message | None:
    """Why a label does not answer what is asked; None when it does."""
    item = {"item": state.task.item.code}
    if not label.is_valid:
        return Message("code_damaged", Level.ACT, error="O370")
    if label.names_item and not is_item(state.task.item, text, label):
        return Message("label_of_other_item", Level.ACT, item, error="O313")
    if differs := proof.difference(state, label):
        return proof.other(state, differs)
    if isinstance(state.step, AskLot):
        return None if label.lot else Message("label_lacks_lot", Level.ACT, item, error="O371")
    return None if label.serial else Message("label_lacks_serial", Level.ACT, item, error="O371")


def _said(state: TaskState, text: str) -> Turn:
    """One text at a time is checked. What can be no code at all needs no check, and its refusal does not repeat it."""
    if state.checking:
        return stay(state)
    if not is_code(text):
        return stay(state, Say(Message("not_a_code", Level.ACT, error="O313")))
    return stay(replace(state, checking=text), CheckCode(state.task, text))


def _dated(state: TaskState, text: str, put: Put) -> Turn:
    """A last good day. What is over already may lie here, too; it is given to no order."""
    day = day_of_code(text)
    if day is None or not isinstance(state.step, AskExpiry):
        return stay(state, Say(Message("not_a_day", Level.ACT, error="O361")))
    quantity, reason = state.step.quantity, state.step.reason
    told = replace(state, expiry=day)
    following = question(told, quantity, reason)
    return stay(told.at(following)) if following is not None else put(told, quantity, reason)


def _checked(state: TaskState, event: CodeChecked, put: Put) -> Turn:
    if event.is_badge:
        return stay(state, Say(Message("badge_not_needed", Level.ACT, {"item": state.task.item.code}, error="O316")))
    if event.means and event.means != state.task.item.code and isinstance(state.step, AskLot | AskSerial):
        return stay(state.at(AskMeaning(state.step, event.asked.text, event.means)))
    return _given(state, event.asked.text, put)


def _given(state: TaskState, text: str, put: Put) -> Turn:
    refused = _refusal(state, text)
    if refused is not None:
        return stay(state, Say(refused))
    match state.step:
        case AskLot(quantity=quantity, reason=reason):
            told = replace(state, lot=text)
        case AskSerial(quantity=quantity, reason=reason):
            told = replace(state, serials=(*state.serials, text))
        case _:
            return stay(state)
    following = question(told, quantity, reason)
    if following is not None:
        return ask(told.at(following))
    after, effects = put(told, quantity, reason)
    return replace(after, lot=state.lot, serials=state.serials), effects


def refused_here(state: TaskState, why: str) -> Message:
    """That the goods do not belong into this compartment, and what to do instead."""
    params: dict[str, str | int] = {"item": state.task.item.code, "compartment": state.task.place.compartment}
    return Message(f"put_{why}_direct" if state.task.is_direct else f"put_{why}", Level.ACT, params, error="O362")


def _refusal(state: TaskState, text: str) -> Message | None:
    """Why the code is no lot, or not the serial of this piece; None when it is."""
    if matches_item(state.task.item, text):
        return Message("item_code_given", Level.ACT, {"item": state.task.item.code}, error="O313")
    if isinstance(state.step, AskLot):
        why = mixing.why_not(state.task.item, replace(state.task.key, lot=text), state.lying)
        is_leaving = state.task.beside is not None and state.task.beside.goes_on
        return refused_here(state, why) if why and not is_leaving else None
    if text in state.serials:
        return Message("serial_twice", Level.ACT, {"serial": text}, error="O314")
    lies = state.known_serials.get(text)
    if lies is None:
        return None
    params: dict[str, str | int] = {"serial": text, "machine": lies.machine, "tray": lies.tray, "compartment": lies.compartment}
    return Message("serial_known", Level.ACT, params, error="O315")
