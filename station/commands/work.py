"""The work of started orders: what is done with the line at the compartment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StartOrders:
    """Start the named orders together, in this order."""

    orders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confirm:
    """The line's primary action: what the button says is taken, put or accepted."""

    token: int


@dataclass(frozen=True, slots=True)
class Undo:
    """Take the last booking back; where it cannot be any more, count what it was about."""

    token: int


@dataclass(frozen=True, slots=True)
class NotEnough:
    """Less than asked is there (pick), or less fits (put)."""

    token: int


@dataclass(frozen=True, slots=True)
class Skip:
    token: int


@dataclass(frozen=True, slots=True)
class LabelUnreadable:
    token: int


@dataclass(frozen=True, slots=True)
class TookMore:
    """More than asked has really left the compartment."""

    token: int


@dataclass(frozen=True, slots=True)
class CountHere:
    """Count this compartment while it is at the bay."""

    token: int


@dataclass(frozen=True, slots=True)
class ElsewherePut:
    """Propose another compartment for this put."""

    token: int


@dataclass(frozen=True, slots=True)
class TakeRunnerUp:
    """Put the goods into one of the runners-up instead; counted from 0."""

    token: int
    number: int


@dataclass(frozen=True, slots=True)
class OtherLot:
    """Take another lot than the item's issue rule says; which, and why, is asked next."""

    token: int


@dataclass(frozen=True, slots=True)
class LeaveWork:
    """Stop working the started orders: their open lines stay open, the tray is sent back."""

    token: int


@dataclass(frozen=True, slots=True)
class TeachWeight:
    """Learn what one piece of the lot in hand weighs; how many are on the scale is asked next."""

    token: int


@dataclass(frozen=True, slots=True)
class ToteFull:
    """Nothing more goes into a tote: its order gets another one."""

    token: int


WorkCommand = (
    StartOrders
    | Confirm
    | Undo
    | NotEnough
    | Skip
    | LabelUnreadable
    | TookMore
    | CountHere
    | ElsewherePut
    | TakeRunnerUp
    | OtherLot
    | LeaveWork
    | TeachWeight
    | ToteFull
)
