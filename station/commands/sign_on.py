"""Signing on and off, locking the screen, and taking open work over."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EnterPin:
    pin: str

    def __repr__(self) -> str:
        return "EnterPin(****)"  # the PIN never reaches a log


@dataclass(frozen=True, slots=True)
class SignOff:
    pass


@dataclass(frozen=True, slots=True)
class LockScreen:
    pass


@dataclass(frozen=True, slots=True)
class CancelSignOn:
    """Back from the PIN to "scan your badge"."""


@dataclass(frozen=True, slots=True)
class AnswerHandOver:
    """Whether the person who just signed on takes the open work over (else it is left for later)."""

    takes_over: bool


SignOnCommand = EnterPin | SignOff | LockScreen | CancelSignOn | AnswerHandOver
