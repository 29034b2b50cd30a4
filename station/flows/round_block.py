"""Goods are blocked while a round is worked: it stops taking of them, and looks for other stock. Pure.

What is on its way to the disk, or half shared out between totes, is finished first: those goods are out of the compartment.
"""

from __future__ import annotations

from dataclasses import replace

from station.flows import pick, tote_share
from station.flows.blocked import BLOCKED, PutBlockedBack, is_blocked
from station.flows.lines import with_reason
from station.flows.round_state import Round
from station.flows.turn import Lacking, TaskState, Working
from station.values import LotHold

_UNBOOKED = (Working, pick.AskTaken, pick.AskReason, pick.AskWhich, pick.AskLabel, pick.AskOut)


def blocks_read(state: Round, blocks: tuple[LotHold, ...]) -> Round:
    """What is blocked now, here or at another station. The tasks that wait and would take of it look for other stock."""
    if state.blocks == blocks:
        return state
    state = replace(state, blocks=blocks)
    waiting = tote_share.scattered(state.queue[1:])
    gone = tuple(each for each in waiting if is_blocked(each, blocks))
    if gone and not state.is_searching:
        lines = state.lines
        for each in gone:
            lines = with_reason(lines, each, BLOCKED)
        kept = tuple(each for each in waiting if each not in gone)
        owed = tuple(Lacking(each, each.quantity) for each in gone)
        state = replace(state, queue=(*state.queue[:1], *kept), owed=(*state.owed, *owed), lines=lines)
    return stopped(state)


def stopped(state: Round) -> Round:
    """The task in hand stops where it would take of what is blocked and nothing of it is booked yet."""
    current = state.current
    if current is None or state.closing or state.is_searching:
        return state
    if not is_blocked(current.task, state.blocks) or not _may_stop(current):
        return state
    return replace(state, current=current.at(PutBlockedBack()))


def _may_stop(current: TaskState) -> bool:
    if current.task.shares:
        return isinstance(current.step, Working)
    return isinstance(current.step, _UNBOOKED)
