"""Who may answer for what was done without the station."""

from __future__ import annotations

from station.core.state import StationState


def may_enter_late(state: StationState) -> bool:
    """Whether who works here may mark trays, enter bookings late and let a due count go."""
    return state.person is not None and state.person.role in state.rules.late
