"""A round after its last booking was undone, and one in which something is counted first. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from station.flows.round_after import next_task
from station.flows.round_state import Round, RoundTurn
from station.flows.turn import Working
from station.task import Task


def taken_up_again(before: Round, now: Round | None) -> RoundTurn:
    """The round as it stood before the booking, with its task in hand anew. What others said meanwhile of its orders stays."""
    kept = replace(
        before,
        current=None,
        lines_before=None,
        fills=None,
        closing=(),
        is_closing_refused=False,
        is_searching=False,
        joined=None,
        binding=None,
        gap=None,
        offering=None,
        owed=(),
        dropped=before.dropped | (now.dropped if now is not None else frozenset()),
        released=before.released | (now.released if now is not None else frozenset()),
        offered=before.offered | (now.offered if now is not None else frozenset()),
    )
    return next_task(kept)


def is_between(state: Round) -> bool:
    """Whether something else may come first now: no question is open, nothing is looked for or on its way to the disk."""
    is_waiting = state.closing or state.binding is not None or state.gap is not None or state.offering is not None
    if is_waiting or state.is_searching or state.owed:
        return False
    return state.current is None or isinstance(state.current.step, Working)


def counted_first(state: Round, counts: Sequence[Task]) -> RoundTurn:
    """These counts come before the task in hand, which is then asked anew."""
    return next_task(replace(state, queue=(*counts, *state.queue)))
