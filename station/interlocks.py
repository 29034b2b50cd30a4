"""What must hold before something may be done. Pure, read-only; a refusal is the code of its reason, "" means allowed."""

from __future__ import annotations

from station.custody import Custody, Here, NotKnown
from station.flows.walk import Walk
from station.values import Place


def may_work(custody: Custody, tray: int) -> str:
    """Whether work at this tray may be booked: the machine answers, is not stopped, and itself says that the tray is here."""
    if not custody.is_linked:
        return "link_down"
    if custody.safety_code:
        return "machine_stopped"
    if custody.is_checking:
        return "checking"
    if isinstance(custody.where, NotKnown):
        return "tray_not_known"
    if custody.tray_here != tray:
        return "tray_not_here"
    return "" if custody.is_proven else "tray_not_proven"


def may_move(custody: Custody) -> str:
    """Whether any command may go to the machine now. Where nobody knows whether it stands, only a command's answer can tell."""
    if not custody.is_linked:
        return "link_down"
    if custody.safety_code and not custody.is_stop_unclear:
        return "machine_stopped"
    if custody.motion is not None:
        return "motion_in_flight"
    if custody.is_checking:
        return "checking"
    return "tray_not_known" if isinstance(custody.where, NotKnown) else ""


def may_store(custody: Custody) -> str:
    """Whether the tray at the opening may be sent away."""
    return may_move(custody) or ("" if isinstance(custody.where, Here) else "opening_empty")


def may_work_at(walk: Walk, place: Place) -> str:
    """Whether work at this place without a lift may be booked: its label was scanned, by whoever works there and in this stay.
    The machine has no say in it, and is asked for nothing."""
    return "" if walk.there == place else "place_not_scanned"
