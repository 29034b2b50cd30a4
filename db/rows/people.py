"""People, their roles, and what sign-on needs to know of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    MAINTENANCE = "maintenance"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`person` is random and the only thing the record knows; the name can be erased (then it is empty). `rights` are names that
    items, trays and compartments ask for, and `depart_from_rule`; sorted."""

    person: str
    name: str
    role: Role
    is_active: bool = True
    language: str = ""
    rights: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """What sign-on needs to know of a person. Verifier and badge digest are useless without the pepper."""

    person: str
    role: Role
    verifier: str
    pepper_id: str
    failures: int
    not_before: datetime | None  # no PIN is checked before this moment
    is_locked: bool  # after ten failures: a supervisor or administrator must reset it
    is_active: bool
    heard_at: datetime | None = None  # of a person whom the site database keeps: when this station last heard from it
    offline_days: int = 0  # so long after that he may still sign on; 0: as the settings say


@dataclass(frozen=True, slots=True)
class StationTries:
    """Wrong PINs at this station, whoever's: none is checked before `not_before`."""

    failures: int = 0
    not_before: datetime | None = None


PIN_OPEN = "open:"  # before the moment until which a person may choose a PIN, in the place of what proves one


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person with what an administrator may know of his sign-on: nothing of it opens anything. `pin`: set, open (to be chosen
    before `pin_until`), or none."""

    person: Person
    has_badge: bool
    pin: str
    pin_until: datetime | None
    is_locked: bool
    failures: int
    heard_at: datetime | None
    offline_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A sign-on that failed, a PIN that was not taken, or a lock-out that was lifted by `by`. `person` is "" where the badge is
    not known."""

    seq: int
    at: datetime
    kind: str
    person: str
    reason: str
    act: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """A right, and how much asks for it."""

    right: str
    items: int = 0
    trays: int = 0
    compartments: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleChange:
    """Something that happened about a person; `by` is "" where nobody signed it."""

    at: datetime
    kind: str
    person: str
    by: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsReview:
    """The last review of who may what (None: there was none), and what has changed since, the newest first. `count` is how many
    changes that are; the newest of them are in `changes`."""

    at: datetime | None = None
    by: str = ""
    note: str = ""
    count: int = 0
    changes: tuple[PeopleChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What one person did where two are asked for, and nobody has answered yet. `why`: pending | emergency."""

    epoch: str
    seq: int
    why: str
    kind: str
    person: str
    machine: str
    tray: int
    compartment: str
    item: str
    lot: str
    serial: str
    quantity: int
    order: str
    line: str
    reason: str
    since: datetime
