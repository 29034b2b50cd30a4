"""A second person has to confirm, and nobody is there: blocked, or taken by rule and approved later, or released in an emergency.
Pure; decision 0046.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from db.records.approvals import EMERGENCY, PENDING, EmergencyReleased
from station import commands as do
from station.core import given as commands
from station.core.effects import Effect
from station.core.inputs import Now
from station.core.signature import beneath
from station.core.state import HeldBack, StationState
from station.core.writing import written
from station.flows.pin_again import TWO_PERSON
from station.rules.absent import REASONS
from station.task import Mode, Task
from station.view.message import Level, Message

AbsentTurn = tuple[StationState, tuple[Effect, ...]]
ASKED, EMERGENCY_ASKED = "asked", "emergency"


def task_alone(state: StationState, act: str) -> Task | None:
    """The goods in hand, where only moving them waits for the second person. A count and a receipt wait for him always."""
    current = state.round.current if state.round is not None and state.page is None else None
    if act != TWO_PERSON or current is None or current.task.mode not in (Mode.PICK, Mode.PUT):
        return None
    return current.task


def ways(state: StationState, held: HeldBack) -> tuple[str, ...]:
    """What the rules allow without the second person: pending, emergency, or nothing."""
    task = held.task
    if task is None:
        return ()
    rule = state.rules.absent
    pending = ("pending",) if rule.may_pend(task.item, task.quantity) else ()
    return (*pending, "emergency") if rule.is_emergency else pending


def command(state: StationState, held: HeldBack, given: do.Command, now: Now) -> AbsentTurn | None:
    """None: this is nothing of absence."""
    if held.asking.is_checking or held.asking.person is not None:
        return None
    match held.absent, given:
        case "", do.NobodyHere():
            return _asked(state, held)
        case "asked", do.Choose(key="pending") if "pending" in ways(state, held):
            return _moved(state, held, PENDING, "", now)
        case "asked", do.Choose(key="emergency") if "emergency" in ways(state, held):
            return replace(state, held_back=replace(held, absent=EMERGENCY_ASKED)), ()
        case "emergency", do.Choose(key=reason) if reason in REASONS:
            return _moved(state, held, EMERGENCY, reason, now)
        case (("asked" | "emergency"), do.Back()):
            return replace(state, held_back=replace(held, absent="")), ()
        case (("asked" | "emergency"), do.Choose()):
            return state, ()
        case _:
            return None


def _asked(state: StationState, held: HeldBack) -> AbsentTurn:
    if not ways(state, held):
        return state.said(Message("absent_blocked", Level.ACT, error="O587")), ()
    return replace(state, held_back=replace(held, absent=ASKED)), ()


def _moved(state: StationState, held: HeldBack, word: str, reason: str, now: Now) -> AbsentTurn:
    """The act happens with this word in the second person's place, on the screen on which it was asked for."""
    state = replace(state, held_back=None)
    task, current = held.task, state.round.current if state.round is not None else None
    if beneath(state) != held.screen or task is None or current is None or state.round is None:
        return state.said(Message("pin_too_late", Level.ACT, error="S505")), ()
    released = (_released(state, task, held, reason),) if word == EMERGENCY else ()
    state = replace(state, round=replace(state.round, current=replace(current, second=word)))
    asked: Any = held.command
    after, effects = commands.given(state, replace(asked, token=state.token) if hasattr(asked, "token") else asked, now)
    return after, (*released, *effects)


def _released(state: StationState, task: Task, held: HeldBack, reason: str) -> Effect:
    """Written before the goods are: whoever answers for it hears of it, whatever becomes of the booking."""
    record = EmergencyReleased(
        person=held.asking.by.person,
        reason=reason,
        machine=task.place.machine,
        tray=task.place.tray,
        compartment=task.place.compartment,
        item=task.item.code,
        lot=task.key.lot,
        serial=task.key.serial,
        quantity=task.quantity,
        order=task.order,
        line=task.line,
    )
    return written(state, record)
