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


@dataclass(frozen=True, slots=True)
class StationTries:
    """Wrong PINs at this station, whoever's: none is checked before `not_before`."""

    failures: int = 0
    not_before: datetime | None = None
