"""Trays without an order: called to the bay, worked at directly, told, sent back, or looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CallTrayPage:
    """Open the page that asks for a tray number to call."""


@dataclass(frozen=True, slots=True)
class CallTray:
    tray: int


@dataclass(frozen=True, slots=True)
class SendBack:
    """Send the tray at the bay back into the machine."""

    token: int


@dataclass(frozen=True, slots=True)
class SelectCompartment:
    """Choose a compartment of the tray at the bay (direct work), or of the tray page."""

    token: int
    compartment: str


@dataclass(frozen=True, slots=True)
class ShowQuantities:
    """Show what the book says is on the called tray; a count of it is not blind then."""

    token: int


@dataclass(frozen=True, slots=True)
class DirectPick:
    token: int


@dataclass(frozen=True, slots=True)
class DirectPut:
    token: int


@dataclass(frozen=True, slots=True)
class TellTray:
    """A person says which tray is at the opening; None means none."""

    tray: int | None


@dataclass(frozen=True, slots=True)
class FetchAgain:
    """The touch that is needed before a motion follows one whose end was not known."""

    token: int


@dataclass(frozen=True, slots=True)
class OpenTrayPage:
    """Look at any tray's map, contents and events; moves nothing. None asks for the number first."""

    tray: int | None = None


@dataclass(frozen=True, slots=True)
class OlderEvents:
    """Further events of the tray page."""

    token: int


@dataclass(frozen=True, slots=True)
class Divide:
    """Put a divider into the selected compartment of the tray at the bay."""

    token: int


@dataclass(frozen=True, slots=True)
class MoveDivider:
    """So many steps of the tray's pitch to the right; below zero to the left."""

    token: int
    steps: int


@dataclass(frozen=True, slots=True)
class OtherPart:
    """The other part is the free one, and gets the new label."""

    token: int


@dataclass(frozen=True, slots=True)
class DivideHere:
    """The divider stands where it is shown."""

    token: int


TrayCommand = (
    CallTrayPage
    | CallTray
    | SendBack
    | SelectCompartment
    | ShowQuantities
    | DirectPick
    | DirectPut
    | TellTray
    | FetchAgain
    | OpenTrayPage
    | OlderEvents
    | Divide
    | MoveDivider
    | OtherPart
    | DivideHere
)
