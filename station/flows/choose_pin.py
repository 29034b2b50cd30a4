"""A person chooses his own PIN at the sign-on, where an administrator has opened it. Pure.

The badge -> a new PIN -> the same again -> it is kept, and he works. Nobody else has known it at any time. Not the same twice: it
is asked anew; leaving it, or the idle time, changes nothing.
"""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station.flows.session import ChoosePin, Gate, SaySignOn, SignOnEffect
from station.flows.unlock import AGAIN, NEW_PIN
from station.values import Person
from station.view.message import Level, Message

ChooseTurn = tuple[Gate, tuple[SignOnEffect, ...]]


def begun(person: Person) -> ChooseTurn:
    """The badge is that of somebody who has no PIN yet."""
    return Gate(candidate=person, step=NEW_PIN), (SaySignOn(Message("choose_own_pin")),)


def typed(gate: Gate, person: Person, event: do.EnterPin) -> ChooseTurn:
    """The first time, or the second."""
    if gate.step == NEW_PIN:
        return replace(gate, step=AGAIN, new_pin=event.pin), ()
    if event.pin != gate.new_pin:
        said = SaySignOn(Message("pins_differ", Level.ACT, error="S504"))
        return replace(gate, step=NEW_PIN, new_pin=""), (said,)
    return replace(gate, is_checking=True, new_pin=""), (ChoosePin(person, event.pin),)


def refused(gate: Gate, verdict: str) -> ChooseTurn:
    """It may not be chosen, or could not be kept."""
    error = "O580" if verdict == "pin_open_over" else "S504"
    said = SaySignOn(Message(verdict, Level.ACT, error=error))
    if not verdict.startswith("pin_") or verdict == "pin_open_over":
        return Gate(), (said,)
    return replace(gate, step=NEW_PIN, is_checking=False), (said,)
