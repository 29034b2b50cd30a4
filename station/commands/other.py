"""Work that no order asks for: moved, returned, scrapped, damaged, found, lent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenOther:
    """Open the page of other work over the work list."""


@dataclass(frozen=True, slots=True)
class PutDownHand:
    """Say where what is in hand goes."""

    token: int


@dataclass(frozen=True, slots=True)
class ShowTools:
    """Check a tool out or in, or look who has which."""

    token: int


OtherCommand = OpenOther | PutDownHand | ShowTools
