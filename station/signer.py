"""Who makes a change at the command line: an administrator's badge and PIN, with the same counters as at the screen.

It blocks (argon2, the writer) and belongs on a thread of its own.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from station.lockout import OFFLINE_DAYS, Refused, may_try, next_counter, next_tries, reply_after_s, tries_after_right
from station.people import STORE_TIMEOUT_S, PeopleError
from station.scan import clean
from station.secret import Pepper, badge_digest, check_pin
from station.values import PIN_OPEN, Credential, Person, Role, StationTries


class SignerStore(Protocol):
    """What this module needs of the store."""

    def person_by_badge(self, badge_digest: str) -> Person | None: ...

    def credential(self, person: str) -> Credential | None: ...

    def station_tries(self) -> StationTries: ...

    def store_station_tries(self, tries: StationTries) -> Future[None]: ...

    def store_failures(self, person: str, *, failures: int, not_before: datetime | None, is_locked: bool) -> Future[None]: ...

    def clear_failures(self, person: str) -> Future[None]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Proves an administrator, or a supervisor."""

    store: SignerStore
    pepper: Pepper
    utc: Callable[[], datetime]
    offline_days: int = OFFLINE_DAYS

    def administrator(self, badge: str, pin: str) -> Person:
        """Whose badge and PIN these are. Raises PeopleError: unknown_badge, no_administrator, pepper_mismatch, or what
        `may_try` says; wrong_pin after the try was counted."""
        return self._proven(badge, pin, Role.ADMINISTRATOR, "no_administrator")

    def supervisor(self, badge: str, pin: str) -> Person:
        """The same of a supervisor; no_supervisor for anybody else."""
        return self._proven(badge, pin, Role.SUPERVISOR, "no_supervisor")

    def _proven(self, badge: str, pin: str, role: Role, refused: str) -> Person:
        person = self.store.person_by_badge(badge_digest(self.pepper, clean(badge)))
        credential = None if person is None else self.store.credential(person.person)
        if person is None or credential is None:
            raise PeopleError("unknown_badge")
        if person.role is not role:
            raise PeopleError(refused, person.person)
        if credential.pepper_id != self.pepper.pepper_id:
            raise PeopleError("pepper_mismatch", person.person)
        if credential.verifier.startswith(PIN_OPEN):
            raise PeopleError("no_pin_yet", person.person)
        tries = self.store.station_tries()
        allowed = may_try(credential, self.utc(), offline_days=self.offline_days, tries=tries)
        if isinstance(allowed, Refused):
            raise PeopleError(allowed.reason, person.person)
        self._try(credential, tries, pin)
        return person

    def _try(self, credential: Credential, tries: StationTries, pin: str) -> None:
        """Count a failure, look at the PIN, and take the count back when it was right; the answer takes the same time."""
        began_s, now = time.monotonic(), self.utc()
        failures, not_before, is_locked = next_counter(credential, now)
        counted = self.store.store_failures(credential.person, failures=failures, not_before=not_before, is_locked=is_locked)
        self.store.store_station_tries(next_tries(tries, now)).result(STORE_TIMEOUT_S)
        counted.result(STORE_TIMEOUT_S)
        is_right = check_pin(self.pepper, credential.verifier, pin)
        if is_right:
            self.store.store_station_tries(tries_after_right(tries)).result(STORE_TIMEOUT_S)
            self.store.clear_failures(credential.person).result(STORE_TIMEOUT_S)
        took_s = time.monotonic() - began_s
        threading.Event().wait(reply_after_s(took_s) - took_s)
        if not is_right:
            raise PeopleError("locked" if is_locked else "wrong_pin", credential.person)
