"""Checks badges and PINs against the store, with the failure counter stored before each check."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Set
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import UTC, datetime

from db.errors import Kind, StoreError
from station.flows.sign_on import BadgeFound, CheckPin, ChoosePin, EndLockOut, LockOutEnded, PinChecked, PinChosen
from station.lockout import (
    OFFLINE_DAYS,
    Refused,
    delay_after,
    may_try,
    next_counter,
    next_tries,
    reply_after_s,
    tries_after_right,
)
from station.pin_rule import PIN_LENGTH, pin_problem
from station.ports import Ledger, Library
from station.scan import clean
from station.secret import Pepper, PinCost, SecretError, badge_digest, check_pin, hash_pin
from station.values import PIN_OPEN, Credential, StationTries

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GateKeeper:
    """Answers sign-on's two questions. `pepper` is the site's key, outside the database."""

    ledger: Ledger
    library: Library
    pepper: Pepper
    cost: PinCost = field(default_factory=PinCost)
    offline_days: int = OFFLINE_DAYS
    pin_length: int = PIN_LENGTH
    forbidden_pins: Set[str] = frozenset()
    utc: Callable[[], datetime] = lambda: datetime.now(UTC)

    def find_badge(self, text: str) -> BadgeFound:
        """Whose badge this is. Blocks for a read. Raises StoreError only when it is a bug's."""
        try:
            person = self.library.person_by_badge(badge_digest(self.pepper, clean(text)))
            credential = None if person is None else self.library.credential(person.person)
            if person is None or credential is None or not credential.verifier.startswith(PIN_OPEN):
                return BadgeFound(person)
            if self._may_choose(credential):
                return BadgeFound(person, chooses_pin=True)
            return BadgeFound(None, "pin_open_over")
        except StoreError as error:
            return BadgeFound(None, _unread(error))

    def is_badge(self, text: str) -> bool:
        """Whether the code is anybody's badge, a disabled person's too. Blocks for a read. Raises StoreError."""
        return self.library.person_by_badge(badge_digest(self.pepper, clean(text))) is not None

    async def check_pin(self, effect: CheckPin, readers: Executor, utc: Callable[[], datetime]) -> PinChecked:
        """The verdict on a PIN, after the same time whether it is right or wrong. Raises StoreError only when it is a bug's."""
        loop = asyncio.get_running_loop()
        try:
            credential = await loop.run_in_executor(readers, self.library.credential, effect.person.person)
            tries = await loop.run_in_executor(readers, self.library.station_tries)
        except StoreError as error:
            return PinChecked(_unread(error))
        if credential is None:
            return PinChecked("disabled")
        if credential.pepper_id != self.pepper.pepper_id:
            return PinChecked("pepper_mismatch")  # no PIN would fit: none is counted against the person
        if credential.verifier.startswith(PIN_OPEN):
            return PinChecked("no_pin_yet")
        allowed = may_try(credential, utc(), offline_days=self.offline_days, tries=tries)
        if isinstance(allowed, Refused):
            return PinChecked(allowed.reason, allowed.retry_in_s)
        return await self._try(credential, tries, effect.pin, readers, utc)

    async def end_lock_out(self, effect: EndLockOut, readers: Executor) -> LockOutEnded:
        """Lift a lock-out in the helper's name, with the new PIN if one was typed."""
        person, by = effect.person.person, effect.helper
        problem = pin_problem(effect.pin, length=self.pin_length) if effect.pin else ""
        if problem or effect.pin in self.forbidden_pins:
            return LockOutEnded(f"pin_{problem}" if problem else "pin_is_sample")
        loop = asyncio.get_running_loop()
        verifier = await loop.run_in_executor(readers, self._verifier, effect.pin) if effect.pin else ""
        try:
            await asyncio.wrap_future(
                self.ledger.unlock_person(
                    person, verifier=verifier, pepper_id=self.pepper.pepper_id, operator=by.person, role=str(by.role)
                )
            )
        except StoreError as error:
            logger.warning("the lock-out of %s was not lifted: %s", person, error)
            return LockOutEnded("store_read_only")
        return LockOutEnded("ok")

    async def choose_pin(self, effect: ChoosePin, readers: Executor) -> PinChosen:
        """Keep the PIN that the person has chosen, while it is his to choose."""
        problem = pin_problem(effect.pin, length=self.pin_length)
        if problem or effect.pin in self.forbidden_pins:
            return PinChosen(f"pin_{problem}" if problem else "pin_is_sample")
        loop, person = asyncio.get_running_loop(), effect.person.person
        try:
            credential = await loop.run_in_executor(readers, self.library.credential, person)
            if credential is None or not self._may_choose(credential):
                return PinChosen("pin_open_over")
            verifier = await loop.run_in_executor(readers, self._verifier, effect.pin)
            await asyncio.wrap_future(self.ledger.choose_pin(person, verifier, self.pepper.pepper_id))
        except StoreError as error:
            logger.warning("the PIN that %s has chosen was not kept: %s", person, error)
            return PinChosen("store_read_only")
        return PinChosen("ok")

    def _may_choose(self, credential: Credential) -> bool:
        """Whether the PIN is the person's to choose now; not without a word from the site for too long, as at every sign-on."""
        if not credential.verifier.startswith(PIN_OPEN) or not credential.is_active:
            return False
        is_in_time = self.utc() < datetime.fromisoformat(credential.verifier.removeprefix(PIN_OPEN))
        allowed = may_try(credential, self.utc(), offline_days=self.offline_days)
        return is_in_time and not isinstance(allowed, Refused)

    def _verifier(self, pin: str) -> str:
        return hash_pin(self.pepper, pin, cost=self.cost)

    async def _try(
        self, credential: Credential, tries: StationTries, pin: str, readers: Executor, utc: Callable[[], datetime]
    ) -> PinChecked:
        """Count a failure, look at the PIN, and take the count back when it was right."""
        loop = asyncio.get_running_loop()
        began_s = time.monotonic()
        person = credential.person
        failures, not_before, is_locked = next_counter(credential, utc())
        counted = next_tries(tries, utc())
        try:
            await asyncio.wrap_future(self.ledger.store_station_tries(counted))
            await asyncio.wrap_future(
                self.ledger.store_failures(person, failures=failures, not_before=not_before, is_locked=is_locked)
            )
            is_right = await loop.run_in_executor(readers, check_pin, self.pepper, credential.verifier, pin)
            if is_right:
                await asyncio.wrap_future(self.ledger.store_station_tries(tries_after_right(tries)))
                await asyncio.wrap_future(self.ledger.clear_failures(person))
        except StoreError as error:
            logger.warning("the failure counter was not written, so no PIN counts: %s", error)
            return PinChecked("store_read_only")
        except SecretError as error:
            logger.warning("the PIN of %s was not checked: %s", person, error)
            return PinChecked("store_error")
        took_s = time.monotonic() - began_s
        await asyncio.sleep(reply_after_s(took_s) - took_s)
        if is_right:
            return PinChecked("ok")
        waits_s = (counted.not_before - utc()).total_seconds() if counted.not_before else 0.0
        return PinChecked("locked") if is_locked else PinChecked("wrong_pin", max(delay_after(failures), waits_s))


def _unread(error: StoreError) -> str:
    """The verdict when the store cannot be read."""
    if error.kind is Kind.BUG:
        raise error
    logger.warning("sign-on could not read the store: %s", error)
    return "store_error"
