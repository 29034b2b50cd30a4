"""A pick, a count or a receipt has left a net position: what falls to a loop's trigger asks for more. Pure.

What was asked for counts at once, so a count, a return or a second crossing asks for nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from station.jit.position import Position, Rule, quantity_to_ask
from station.jit.signal import Origin
from station.pull.facts import Facts
from station.pull.raising import of_loop, raised
from station.values import Pulled, PullLoop, PullPosition


def watched(loops: Iterable[PullLoop]) -> tuple[PullLoop, ...]:
    """The loops that a stock triggers."""
    return tuple(each for each in loops if each.is_active and each.trigger_at is not None)


def as_position(found: PullPosition) -> Position:
    """The position as the formula takes it."""
    return Position(on_hand=found.on_hand, on_order=found.on_order, on_the_way=found.on_the_way, committed=found.committed)


def rule_of(loop: PullLoop) -> Rule:
    """At its trigger or below, up to its top, in whole containers."""
    return Rule(at=loop.trigger_at or 0, up_to=loop.up_to, lot=loop.container)


def asked_by_stock(facts: Facts, at: datetime) -> Pulled:
    """The signals of all loops whose net position is at their trigger or below."""
    loops = watched(facts.loops())
    found = facts.positions([each.item for each in loops]) if loops else {}
    done = Pulled()
    for loop in loops:
        position = as_position(found.get(loop.item, PullPosition()))
        quantity = quantity_to_ask(position, rule_of(loop))
        if quantity:
            done += raised(facts, of_loop(loop, quantity, Origin.TRIGGER, at, net=position.net))[1]
    return done
