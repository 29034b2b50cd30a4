"""Pull: the loops, the signals that run in them, and the cards that were seen.

How far the work of a signal is, the record says already: its order was started, its line closed, its goods received. These
records say what no other event can.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopSet(Record):
    """A loop is so from now on. Quantities are scaled integers of the item. `supplier` "": it is served from the machine.
    `trigger_at` -1: only its cards ask. `wip_limit` 0: any number of its signals may be at work. `use_per_day` 0: nobody said.
    So it is with the three that the limit was made from: containers in a thousand hours, and minutes without waiting."""

    kind: ClassVar[str] = "loop_set"
    loop: str
    item: str
    consumer: str
    supplier: str = ""
    goes_back: str = "bin_empty"  # first_piece | bin_empty
    container: int
    cards: int
    lead_time_min: int
    trigger_at: int = -1
    up_to: int = 0
    wip_limit: int = 0
    use_per_day: int = 0
    safety_percent: int = 0
    is_active: bool = True
    bottleneck_per_1000h: int = 0
    raw_time_min: int = 0
    wanted_per_1000h: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRaised(Record):
    """Somebody asks for exactly so much. `need_by` is ISO 8601 (UTC), "" where nobody said. `net` is the net position of a signal
    that a trigger raised, None for any other. `rest_of`: the signal of which less came than was asked."""

    kind: ClassVar[str] = "signal_raised"
    signal: str
    item: str
    quantity: int
    consumer: str
    origin: str  # card | trigger | call | sequence | order
    need_by: str = ""
    loop: str = ""
    card: str = ""
    supplier: str = ""
    rest_of: str = ""
    net: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalMoved(Record):
    """A step of a signal that no other event tells: release (it is the order `order` from now on), hand_over, deliver, send, ship
    or cancel. `proof`: scan (its card) | touch | host | rule (the station did it by itself)."""

    kind: ClassVar[str] = "signal_moved"
    signal: str
    step: str
    order: str = ""
    reason: str = ""
    proof: str = "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSeen(Record):
    """A kanban card was scanned. `outcome`: raised, open (its signal stands already), handed_over, returned (it is back: what it
    had asked for is delivered, and it asks again), surplus (the loop has fewer cards) or idle (its loop is out of use)."""

    kind: ClassVar[str] = "card_seen"
    card: str
    loop: str
    outcome: str
    signal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BufferSet(Record):
    """A person made the buffer of a loop larger or smaller, as it was proposed: from now on the loop is as the `loop_set` beside
    it says. Sizes are scaled integers of the item. `reason`: too_much_red, inside_short, stair_down, gate_red or line_stop.
    `levels`: the staircase that it goes down, the highest first, empty for none; `step` is where it stands on it."""

    kind: ClassVar[str] = "buffer_set"
    loop: str
    item: str
    before: int
    after: int
    reason: str
    levels: tuple[int, ...] = ()
    step: int = 0
