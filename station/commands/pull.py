"""The pull board: what is asked for, and by whom."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenPull:
    """Open the pull board over the work list."""


@dataclass(frozen=True, slots=True)
class ShowSignal:
    """Go on with this signal: start its work, or say what has become of it."""

    token: int
    signal: str


PullCommand = OpenPull | ShowSignal
