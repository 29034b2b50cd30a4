"""The button that takes the last booking back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UndoTag:
    """`seconds` are left; at 0 a touch counts the compartment instead, on whichever tray that is. `refused` is the code of why it
    cannot be used now."""

    seconds: int
    tray: int
    compartment: str
    refused: str = ""
