"""The faces while nobody may work: sign-on, locked, hand-over."""

from __future__ import annotations

from dataclasses import dataclass

from station.task import Task
from station.values import Item, Role
from station.view.action import Offer
from station.view.ask import Ask
from station.view.wait import Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOnFace:
    """Nobody works here. `step` is badge, pin, new_pin or again (the new PIN once more); `locked` is whose lock-out may be
    lifted. `sample_people` is filled on the sample site only: (name, badge, PIN, role)."""

    step: str
    name: str = ""  # the person whose PIN is asked
    retry_in_s: int = 0
    is_checking: bool = False
    locked: str = ""
    pin_length: int = 6  # digits of a PIN at this site
    sample_people: tuple[tuple[str, str, str, Role], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedFace:
    """The screen is locked with work open; `step` as at sign-on. `tray` is the tray that is still at the bay, `wait` what the
    machine is doing meanwhile. `is_closed`: the owner may not work here any more."""

    step: str
    owner: str
    tray: int | None
    name: str = ""
    wait: Wait | None = None
    by_badge_alone: bool = True
    is_closed: bool = False
    is_checking: bool = False
    locked: str = ""
    retry_in_s: int = 0
    pin_length: int = 6
    sample_people: tuple[tuple[str, str, str, Role], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverFace:
    """Somebody else signed on while work of `owner` is open: an explicit answer is needed."""

    owner: str
    name: str
    order: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockFace:
    """`helper` has proven that he may lift the lock-out of `locked`: unlock, new_pin (only when `may_give_pin`) or sign_on."""

    locked: str
    helper: str
    may_give_pin: bool
    is_checking: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PinAgainFace:
    """The PIN of the person who is signed on, once more, because of this act; of a count that differs from the book, the badge
    and then the PIN of another person. `step` is badge or pin. `task` is what a second person confirms, and `by` who wants to;
    `may_be_absent`: the rules know a way where nobody is there, and `ask` is which."""

    name: str
    act: str
    step: str = "pin"
    item: Item | None = None  # of the count, with what was counted and what the book has
    counted: int = 0
    book: int = 0
    task: Task | None = None
    by: str = ""
    may_be_absent: bool = False
    offers: tuple[Offer, ...] = ()
    ask: Ask | None = None
    retry_in_s: int = 0
    is_checking: bool = False
    pin_length: int = 6
    sample_people: tuple[tuple[str, str, str, Role], ...] = ()
