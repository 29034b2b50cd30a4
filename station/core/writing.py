"""Records on their way to the log, in the name of the person who works now."""

from __future__ import annotations

from db.records.record import Record
from station.core.effects import Append
from station.core.state import StationState
from station.flows.sign_on import Active, HandOver, Locked


def written(state: StationState, *records: Record, is_awaited: bool = False) -> Append:
    """Write these in one transaction. Behind a locked screen they belong to the person who is still signed on."""
    match state.session:
        case Active(person=person) | HandOver(person=person):
            return Append(records=records, operator=person.person, role=str(person.role), is_awaited=is_awaited)
        case Locked(owner=owner):
            return Append(records=records, operator=owner.person, role=str(owner.role), is_awaited=is_awaited)
        case _:
            return Append(records=records, is_awaited=is_awaited)
