"""The people of a site: added, listed, disabled, given a new PIN, and forgotten by name.

A person is a random id everywhere in the record; the name lives in one erasable table. These calls block (argon2, the writer)
and belong on a reader thread.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Collection, Set
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from station.pin_rule import PIN_LENGTH, pin_problem
from station.scan import BADGE_PREFIX, RESERVED_PREFIXES, clean
from station.secret import Pepper, PinCost, badge_digest, hash_pin
from station.values import PIN_OPEN, Person, Role

MAX_NAME = 80
PIN_OPEN_H = 24  # so long a person may choose his PIN after it was opened
MOST_OFFLINE_DAYS = 365
RIGHT = re.compile(r"[a-z0-9][a-z0-9_-]{0,30}")
STORE_TIMEOUT_S = 30.0

NewId = Callable[[], str]


class PeopleError(Exception):
    """A change to the people is refused. `code`: name_empty, name_too_long, name_garbage, badge_empty, badge_reserved,
    badge_taken, pin_not_digits, pin_wrong_length, pin_weak, pin_is_sample, right_garbage, unknown_person, already_disabled,
    last_administrator, own_rights, days_out_of_range; of whoever signs the change: not_signed, unknown_badge, no_administrator,
    wrong_pin, too_early, locked, disabled, expired, pepper_mismatch, no_pin_yet."""

    def __init__(self, code: str, person: str = "") -> None:
        super().__init__(f"{code} {person}".strip())
        self.code = code
        self.person = person


class PeopleStore(Protocol):
    """What this module needs of the store. Every write is durable when its future is done."""

    def people(self) -> tuple[Person, ...]:
        """Everybody, the disabled and the nameless too."""

    def person_by_badge(self, badge_digest: str) -> Person | None: ...

    def add_person(
        self,
        person: Person,
        *,
        badge_digest: str,
        verifier: str,
        pepper_id: str,
        operator: str = "",
        is_confirmed: bool = False,
    ) -> Future[None]: ...

    def disable_person(self, person: str, *, operator: str = "", is_confirmed: bool = False) -> Future[None]: ...

    def set_rights(
        self, person: str, rights: Collection[str], *, operator: str = "", is_confirmed: bool = False
    ) -> Future[None]: ...

    def reset_pin(
        self, person: str, verifier: str, pepper_id: str, *, operator: str = "", is_confirmed: bool = False
    ) -> Future[None]:
        """The new verifier; failures are zero and the person is not locked any more."""

    def set_role(self, person: str, role: Role, *, was: Role, operator: str = "", is_confirmed: bool = False) -> Future[None]: ...

    def set_language(self, person: str, language: str, *, operator: str = "", is_confirmed: bool = False) -> Future[None]: ...

    def set_badge(self, person: str, badge_digest: str, *, operator: str = "", is_confirmed: bool = False) -> Future[None]: ...

    def open_pin(
        self, person: str, until: datetime, pepper_id: str, *, operator: str = "", is_confirmed: bool = False
    ) -> Future[None]:
        """The person chooses a PIN before this moment and has none until then; a lock-out ends."""

    def set_offline_days(self, person: str, days: int, *, operator: str = "", is_confirmed: bool = False) -> Future[None]: ...

    def erase_name(self, person: str, *, operator: str = "", is_confirmed: bool = False) -> Future[None]:
        """Name and badge are gone, and the person signs on no more."""


def new_person_id() -> str:
    """`p_` and 16 hex digits of chance: says nothing about the person and is never used again."""
    return "p_" + secrets.token_hex(8)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The people of one store.

    `forbidden_pins` are the sample site's PINs, which everybody can read on its sign-on screen: given for every store that the
    demo did not create, so that none of them opens a real one. `operator` is the person who makes the changes, "" at an
    unsigned command line; `is_confirmed`: the PIN was asked for it (`station.signer`).
    """

    store: PeopleStore
    pepper: Pepper
    forbidden_pins: Set[str] = frozenset()
    pin_length: int = PIN_LENGTH
    pin_cost: PinCost = field(default_factory=PinCost)
    new_id: NewId = new_person_id
    utc: Callable[[], datetime] = lambda: datetime.now(UTC)
    operator: str = ""
    is_confirmed: bool = False

    def add(
        self, name: str, role: Role, *, badge: str, pin: str = "", language: str = "", rights: Collection[str] = ()
    ) -> Person:
        """Add an active person; without a PIN he chooses one himself. Raises PeopleError; then nothing was stored."""
        checked = _checked_rights(rights)
        person = Person(person=self.new_id(), name=_checked_name(name), role=role, language=language, rights=checked)
        digest = badge_digest(self.pepper, _checked_badge(badge))
        if self.store.person_by_badge(digest) is not None:
            raise PeopleError("badge_taken")
        verifier = self._verifier(pin) if pin else PIN_OPEN + self._open_until().isoformat()
        done = self.store.add_person(
            person,
            badge_digest=digest,
            verifier=verifier,
            pepper_id=self.pepper.pepper_id,
            operator=self.operator,
            is_confirmed=self.is_confirmed,
        )
        done.result(STORE_TIMEOUT_S)
        return person

    def disable(self, person: str) -> None:
        """The person signs on no more; the record keeps what was done. The last administrator cannot be disabled."""
        found = self._another(person)
        if not found.is_active:
            raise PeopleError("already_disabled", person)
        self._keep_an_administrator(found)
        done = self.store.disable_person(person, operator=self.operator, is_confirmed=self.is_confirmed)
        done.result(STORE_TIMEOUT_S)

    def set_rights(self, person: str, rights: Collection[str]) -> tuple[str, ...]:
        """These are the person's rights from now on, sorted; none takes all away. Raises PeopleError."""
        self._another(person)
        checked = _checked_rights(rights)
        done = self.store.set_rights(person, checked, operator=self.operator, is_confirmed=self.is_confirmed)
        done.result(STORE_TIMEOUT_S)
        return checked

    def set_role(self, person: str, role: Role) -> None:
        """The person's role from now on. The last administrator stays one. Raises PeopleError."""
        found = self._another(person)
        if role is not Role.ADMINISTRATOR:
            self._keep_an_administrator(found)
        done = self.store.set_role(person, role, was=found.role, operator=self.operator, is_confirmed=self.is_confirmed)
        done.result(STORE_TIMEOUT_S)

    def set_language(self, person: str, language: str) -> None:
        """The language of the screen for this person; "": the station's. Raises PeopleError."""
        self._person(person)
        done = self.store.set_language(person, language, operator=self.operator, is_confirmed=self.is_confirmed)
        done.result(STORE_TIMEOUT_S)

    def set_badge(self, person: str, badge: str) -> None:
        """Another badge for this person. Raises PeopleError."""
        self._another(person)
        digest = badge_digest(self.pepper, _checked_badge(badge))
        if self.store.person_by_badge(digest) is not None:
            raise PeopleError("badge_taken")
        done = self.store.set_badge(person, digest, operator=self.operator, is_confirmed=self.is_confirmed)
        done.result(STORE_TIMEOUT_S)

    def open_pin(self, person: str) -> datetime:
        """The person chooses a new PIN at the next sign-on, until the moment that is returned; a lock-out ends. Raises
        PeopleError."""
        self._another(person)
        until = self._open_until()
        done = self.store.open_pin(person, until, self.pepper.pepper_id, operator=self.operator, is_confirmed=self.is_confirmed)
        done.result(STORE_TIMEOUT_S)
        return until

    def set_offline_days(self, person: str, days: int) -> None:
        """How long the person may sign on without a word from the site, never longer than the settings say. Raises
        PeopleError."""
        self._another(person)
        if not 0 <= days <= MOST_OFFLINE_DAYS:
            raise PeopleError("days_out_of_range", person)
        done = self.store.set_offline_days(person, days, operator=self.operator, is_confirmed=self.is_confirmed)
        done.result(STORE_TIMEOUT_S)

    def reset_pin(self, person: str, pin: str) -> None:
        """A new PIN; it also ends a lock-out."""
        self._person(person)
        verifier, pepper_id = self._verifier(pin), self.pepper.pepper_id
        done = self.store.reset_pin(person, verifier, pepper_id, operator=self.operator, is_confirmed=self.is_confirmed)
        done.result(STORE_TIMEOUT_S)

    def erase_name(self, person: str) -> None:
        """Forget who it was; the person signs on no more. The id stays in the record, and the chain still verifies."""
        self._keep_an_administrator(self._person(person))
        done = self.store.erase_name(person, operator=self.operator, is_confirmed=self.is_confirmed)
        done.result(STORE_TIMEOUT_S)

    def everybody(self) -> tuple[Person, ...]:
        """Everybody: the active first, then by name and id."""
        return tuple(sorted(self.store.people(), key=lambda each: (not each.is_active, each.name.casefold(), each.person)))

    def _open_until(self) -> datetime:
        return self.utc() + timedelta(hours=PIN_OPEN_H)

    def _another(self, person: str) -> Person:
        """The person, who is not the one who makes the change: nobody raises his own rights, or gets himself a badge or a PIN."""
        if self.operator and person == self.operator:
            raise PeopleError("own_rights", person)
        return self._person(person)

    def _verifier(self, pin: str) -> str:
        if problem := pin_problem(pin, length=self.pin_length):
            raise PeopleError(f"pin_{problem}")
        if pin in self.forbidden_pins:
            raise PeopleError("pin_is_sample")
        return hash_pin(self.pepper, pin, cost=self.pin_cost)

    def _person(self, person: str) -> Person:
        found = next((each for each in self.store.people() if each.person == person), None)
        if found is None:
            raise PeopleError("unknown_person", person)
        return found

    def _keep_an_administrator(self, leaver: Person) -> None:
        left = [each for each in self.store.people() if each.person != leaver.person and each.is_active]
        if leaver.role is Role.ADMINISTRATOR and leaver.is_active and Role.ADMINISTRATOR not in {each.role for each in left}:
            raise PeopleError("last_administrator", leaver.person)


def _checked_name(name: str) -> str:
    stripped = name.strip()
    if not stripped:
        raise PeopleError("name_empty")
    if len(stripped) > MAX_NAME:
        raise PeopleError("name_too_long")
    if not stripped.isprintable():
        raise PeopleError("name_garbage")
    return stripped


def _checked_rights(rights: Collection[str]) -> tuple[str, ...]:
    found = {each.strip().lower() for each in rights}
    if not all(RIGHT.fullmatch(each) for each in found):
        raise PeopleError("right_garbage")
    return tuple(sorted(found))


def _checked_badge(badge: str) -> str:
    """Any code may be a badge, except those that already mean something else here."""
    code = clean(badge)
    if not code:
        raise PeopleError("badge_empty")
    if code.startswith(RESERVED_PREFIXES) and not code.startswith(BADGE_PREFIX):
        raise PeopleError("badge_reserved")
    return code
