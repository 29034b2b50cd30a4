"""Goods are blocked while a round is worked: it stops taking of them, and looks for other stock. Pure.

What is on its way to the disk, or half shared out between totes, is finished first: those goods are out of the compartment.
"""

from __future__ import annotations

from dataclasses import replace

from station.flows import pick, tote_share
from station.flows.blocked import BLOCKED, PutBlockedBack, given_up, is_blocked
from station.flows.lines import with_reason
from station.flows.round_after import finish
from station.flows.round_state import Round, RoundTurn
from station.flows.turn import Lacking, Say, TaskState, Working
from station.values import LotHold
from station.view.message import Level, Message

_UNBOOKED = (Working, pick.AskTaken, pick.AskReason, pick.AskWhich, pick.AskLabel, pick.AskOut)


def blocks_read(state: Round, blocks: tuple[LotHold, ...], *, is_coming: bool = False) -> RoundTurn:
    """What is blocked now, here or at another station. The tasks that wait and would take of it look for other stock; so does the
    one in hand where its tray is only coming (`is_coming`), for then nothing can be out of it."""
    if state.blocks == blocks:
        return state, ()
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
    return passed_over(state) if is_coming else (stopped(state), ())


def passed_over(state: Round) -> RoundTurn:
    """The task in hand has only begun: where it would take of what is blocked nobody has anything to put back, and it is left."""
    current = state.current
    if current is None or state.closing or state.is_searching or not isinstance(current.step, Working) or current.scanned:
        return stopped(state), ()
    if not is_blocked(current.task, state.blocks):
        return state, ()
    task, step = current.task, given_up(current.task)
    after, effects = finish(state, current.at(step), step)
    code = "coming_lot_blocked" if task.key.lot else "coming_item_blocked"
    return after, (
        Say(Message(code, Level.ACT, {"item": task.item.code, "lot": task.key.lot}, error="O540"), is_flashed=True),
        *effects,
    )


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
