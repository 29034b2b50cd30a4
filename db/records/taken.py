"""Stock that moves without an order and is told more of than its movement.

They are the same kinds of event as those of an order, and say more: on whose account the goods are meanwhile, from where they
come back, that a compartment is to be counted. Those of the bay keep their form; what folds stock reads all alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record
from db.records.stock import Picked, Put


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOut(Picked):
    """Out of the compartment and on an account from the same moment: `hand` until it is put down, `tool` until it is checked in.
    `holder` is a person's id, or "" where the `job` has it. `due_at` (UTC) is when a tool is to be back, "" for no time."""

    account: str  # hand | tool
    holder: str = ""
    job: str = ""
    due_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBack(Put):
    """Into a compartment, and off the account. The goods were taken under `was_lot`, `was_serial` and `was_status`: they may be
    put down under another status, or with the lot that nobody knew then."""

    account: str
    holder: str = ""
    job: str = ""
    was_lot: str = ""
    was_serial: str = ""
    was_status: str = "free"
    condition: str = ""  # of a tool: good | worn | damaged


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Put):
    """What was taken for a line comes back: `of_order` and `of_line` say for which, "" where nobody knows. The line itself stays
    as it ended; what it really used is its picks without its returns."""

    of_order: str = ""
    of_line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompartmentDue(Record):
    """Something else lay in this compartment than the book says: all that the book has there is to be counted when its tray is
    next at the bay. `why`: a code of the screen. `item` and `quantity`: what a person found there, or had of it; "" and 0 where
    nobody said."""

    kind: ClassVar[str] = "compartment_due"
    machine: str
    tray: int
    compartment: str
    why: str
    item: str = ""
    quantity: int = 0
