"""Who may work, and who works: sign-on, locked screens, hand-over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded(Record):
    kind: ClassVar[str] = "person_added"
    person: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsChanged(Record):
    """The person's rights from now on, sorted."""

    kind: ClassVar[str] = "rights_changed"
    person: str
    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRefused(Record):
    """The person wanted a tray and has not the right for it, or for what lies on it. `what` asks for the `right`: tray,
    compartment or item."""

    kind: ClassVar[str] = "access_refused"
    person: str
    machine: str
    tray: int
    right: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDisabled(Record):
    kind: ClassVar[str] = "person_disabled"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinReset(Record):
    kind: ClassVar[str] = "pin_reset"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameErased(Record):
    kind: ClassVar[str] = "name_erased"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOn(Record):
    kind: ClassVar[str] = "signed_on"
    person: str
    role: str
    method: str  # badge_pin | badge


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOnRefused(Record):
    """`person` is empty when the badge is not known."""

    kind: ClassVar[str] = "sign_on_refused"
    person: str
    # unknown_badge | wrong_pin | too_early | locked | disabled | expired | store_read_only | store_error | pepper_mismatch
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonUnlocked(Record):
    """A supervisor lifted the lock-out at the bay; who he is, the event's operator says."""

    kind: ClassVar[str] = "person_unlocked"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinConfirmed(Record):
    """The person proved by the PIN, once more, that this act is his: he who is signed on, or another one who approves it (then he
    is not the event's operator). Of the same transaction as the act."""

    kind: ClassVar[str] = "pin_confirmed"
    person: str
    # two_person | label_unreadable | lot_release |
    # tray_in_service | bay_in_service | count_variance | stock_correction | late_booking | tray_to_count |
    # count_recount | count_passed_over, or the kind of the event about a person
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinRefused(Record):
    """The PIN that was asked once more was not right, or not looked at. `reason` as at sign-on."""

    kind: ClassVar[str] = "pin_refused"
    person: str
    act: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOff(Record):
    kind: ClassVar[str] = "signed_off"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unattended(Record):
    """The screen locked with somebody signed on; the tray stays where it is."""

    kind: ClassVar[str] = "unattended"
    person: str
    tray: int | None
    why: str  # idle | asked | disabled | locked_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Record):
    kind: ClassVar[str] = "returned"
    person: str
    method: str  # badge | badge_pin


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Record):
    """Another person takes the open work over, by an explicit answer."""

    kind: ClassVar[str] = "handed_over"
    from_person: str
    to_person: str
    order: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChanged(Record):
    kind: ClassVar[str] = "role_changed"
    person: str
    role: str
    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageChanged(Record):
    kind: ClassVar[str] = "language_changed"
    person: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeChanged(Record):
    """The person has another badge; the old one opens nothing any more. Which badge, no event says."""

    kind: ClassVar[str] = "badge_changed"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinOpened(Record):
    """The person has no PIN until he chooses one at the next sign-on, before `until` (ISO 8601, UTC)."""

    kind: ClassVar[str] = "pin_opened"
    person: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinChosen(Record):
    """The person has chosen his PIN."""

    kind: ClassVar[str] = "pin_chosen"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineChanged(Record):
    """So many days after the last word from the site database the person may still sign on; 0: as the settings say."""

    kind: ClassVar[str] = "offline_changed"
    person: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsReviewed(Record):
    """Somebody has looked at who may what, and signs for it. `people` are those who may sign on, `changes` the events about
    people since the review before; `digest` is the SHA-256 of the table as it was shown."""

    kind: ClassVar[str] = "rights_reviewed"
    people: int
    changes: int
    digest: str
    note: str
