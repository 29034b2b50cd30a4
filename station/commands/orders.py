"""The order page: an order is looked at, and what is done to it as a whole."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """Open the page of this order; "": of the one that is chosen there."""

    order: str = ""


@dataclass(frozen=True, slots=True)
class ShowOrder:
    """Of the list on the page, look at this one."""

    token: int
    order: str


@dataclass(frozen=True, slots=True)
class HoldOrder:
    token: int


@dataclass(frozen=True, slots=True)
class ResumeOrder:
    token: int


@dataclass(frozen=True, slots=True)
class TakeOverOrder:
    """Who works here goes on with what another person has begun."""

    token: int


@dataclass(frozen=True, slots=True)
class SplitOrder:
    """Lines are to go into an order of their own; said again, those that are chosen by then."""

    token: int


@dataclass(frozen=True, slots=True)
class CancelOrder:
    token: int


@dataclass(frozen=True, slots=True)
class ChooseLine:
    """This line is to go into the other order, or not after all."""

    token: int
    line: str


OrderCommand = OpenOrder | ShowOrder | HoldOrder | ResumeOrder | TakeOverOrder | SplitOrder | CancelOrder | ChooseLine
