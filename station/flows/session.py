"""The words of sign-on: the sessions, what can happen to them, what they ask for. The flows are `sign_on` and `unlock`."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.records.record import Record
from station import commands as do
from station.values import Person, Role
from station.view.message import Message

# --- states ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """How far somebody at the closed screen has come. `candidate` has shown a badge; `is_checking` while a secret is checked.

    `locked` is whose lock-out is to be lifted, `helper` who has proven that he may; then `step` is choose, new_pin or again, and
    `new_pin` what was typed first. With a `step` and without `locked` the candidate chooses his own PIN.
    """

    candidate: Person | None = None
    is_checking: bool = False
    retry_at_s: float = 0.0
    locked: Person | None = None
    helper: Person | None = None
    step: str = ""
    new_pin: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOut:
    gate: Gate = field(default_factory=Gate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Active:
    person: Person
    method: str = "badge_pin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """`owner` is still signed on; `since_s` decides whether the badge alone is enough. `is_closed`: he may not work here any
    more, his work waits for somebody else."""

    owner: Person
    since_s: float
    gate: Gate = field(default_factory=Gate)
    is_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Somebody else has signed on at a locked screen with open work."""

    owner: Person
    person: Person


Session = SignedOut | Active | Locked | HandOver

# --- events and effects ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BadgeShown:
    """Any scan at a closed screen."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BadgeFound:
    """Whose badge it is; None when nobody's, or when `fault` (store_error, pin_open_over) keeps him from it. `chooses_pin`: he
    has none yet, and may choose one now."""

    person: Person | None
    fault: str = ""
    chooses_pin: bool = False


@dataclass(frozen=True, slots=True)
class PinChecked:
    """The verdict on a PIN. `verdict` is ok, wrong_pin, too_early, locked, disabled, or what kept us from checking it:
    expired, store_read_only, store_error, pepper_mismatch, no_pin_yet. `retry_in_s` when it may be tried again."""

    verdict: str
    retry_in_s: float = 0.0


@dataclass(frozen=True, slots=True)
class LockOutEnded:
    """What became of lifting a lock-out: `verdict` is ok, store_read_only, or why the new PIN may not be chosen: pin_weak,
    pin_wrong_length, pin_not_digits, pin_is_sample."""

    verdict: str


@dataclass(frozen=True, slots=True)
class PinChosen:
    """What became of the PIN that a person has chosen: `verdict` is ok, store_read_only, pin_open_over, or why it may not be
    chosen, as in LockOutEnded."""

    verdict: str


@dataclass(frozen=True, slots=True)
class PersonRead:
    """Whether this person may still work here."""

    person: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class WentIdle:
    """Nobody touched or scanned for the set time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the flow may know of the rest: time, the open line, the tray at the bay, and the setting for badge-only return."""

    now_s: float
    return_by_badge_s: float
    order: str = ""
    line: str = ""
    tray: int | None = None
    has_open_work: bool = False
    unlockers: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class FindBadge:
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CheckPin:
    person: Person
    pin: str

    def __repr__(self) -> str:
        return f"CheckPin({self.person.person})"  # the PIN never reaches a log


@dataclass(frozen=True, slots=True)
class SaySignOn:
    message: Message


@dataclass(frozen=True, slots=True)
class NoteSignOn:
    """Records of sign-on, with the person they belong to as the operator."""

    records: tuple[Record, ...]
    operator: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class EndLockOut:
    """Lift the lock-out of `person`, by the word of `helper`; with `pin` that is his PIN from now on. The answer is
    LockOutEnded."""

    person: Person
    helper: Person
    pin: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ChoosePin:
    """The PIN that this person has chosen. The answer is PinChosen."""

    person: Person
    pin: str = field(repr=False)


SignOnEvent = do.Command | BadgeShown | BadgeFound | PinChecked | LockOutEnded | PinChosen | PersonRead | WentIdle
SignOnEffect = FindBadge | CheckPin | EndLockOut | ChoosePin | SaySignOn | NoteSignOn
SignOnTurn = tuple[Session, tuple[SignOnEffect, ...]]
