"""Checks badges and PINs against the store, with the failure counter stored before each check."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime

from db.errors import Kind, StoreError
from station.flows.sign_on import BadgeFound, CheckPin, PinChecked
from station.lockout import Refused, delay_after, may_try, next_counter, reply_after_s
from station.ports import Ledger, Library
from station.scan import clean
from station.secret import Pepper, PinCost, SecretError, badge_digest, check_pin
from station.values import Credential

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GateKeeper:
    """Answers sign-on's two questions. `pepper` is the site's key, outside the database."""

    ledger: Ledger
    library: Library
    pepper: Pepper
    cost: PinCost = field(default_factory=PinCost)

    def find_badge(self, text: str) -> BadgeFound:
        """Whose badge this is. Blocks for a read. Raises StoreError only when it is a bug's."""
        try:
            return BadgeFound(self.library.person_by_badge(badge_digest(self.pepper, clean(text))))
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
        except StoreError as error:
            return PinChecked(_unread(error))
        if credential is None:
            return PinChecked("disabled")
        if credential.pepper_id != self.pepper.pepper_id:
            return PinChecked("pepper_mismatch")  # no PIN would fit: none is counted against the person
        allowed = may_try(credential, utc())
        if isinstance(allowed, Refused):
            return PinChecked(allowed.reason, allowed.retry_in_s)
        return await self._try(credential, effect.pin, readers, utc)

    async def _try(self, credential: Credential, pin: str, readers: Executor, utc: Callable[[], datetime]) -> PinChecked:
        """Count a failure, look at the PIN, and take the count back when it was right."""
        loop = asyncio.get_running_loop()
        began_s = time.monotonic()
        person = credential.person
        failures, not_before, is_locked = next_counter(credential, utc())
        try:
            await asyncio.wrap_future(
                self.ledger.store_failures(person, failures=failures, not_before=not_before, is_locked=is_locked)
            )
            is_right = await loop.run_in_executor(readers, check_pin, self.pepper, credential.verifier, pin)
            if is_right:
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
        return PinChecked("locked") if is_locked else PinChecked("wrong_pin", delay_after(failures))


def _unread(error: StoreError) -> str:
    """The verdict when the store cannot be read."""
    if error.kind is Kind.BUG:
        raise error
    logger.warning("sign-on could not read the store: %s", error)
    return "store_error"
