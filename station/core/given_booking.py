"""Whether something that was asked for is not yet on the disk. Pure."""

from __future__ import annotations

from station.core.state import StationState
from station.flows.turn import Booking
from station.flows.undo import Undoing


def is_booking(state: StationState) -> bool:
    """Whether a booking is on its way to the disk."""
    if state.undo is not None and isinstance(state.undo.step, Undoing):
        return True
    current = state.round.current if state.round else None
    is_closing = state.round is not None and bool(state.round.closing) and not state.round.is_closing_refused
    is_binding = state.round is not None and state.round.binding is not None and state.round.binding.is_booking
    is_releasing = state.round is not None and state.round.gap is not None and state.round.gap.is_booking
    return is_closing or is_binding or is_releasing or (current is not None and isinstance(current.step, Booking))
