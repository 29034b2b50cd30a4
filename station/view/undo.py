"""The button that takes the last booking back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UndoTag:
    """`seconds` are left; at 0 a touch does something `instead`: count (the compartment, on whichever tray that is), load_pick or
    load_put (the load goes back by a task of its own), or why (it only says why not). `refused` is the code of why it cannot be
    used now."""

    seconds: int
    tray: int
    compartment: str
    refused: str = ""
    instead: str = "count"
