"""Tells people what they have to know, by the table of the settings. A chore on a thread of its own.

Each try is an event with its fate. What cannot be told is tried again; the bay works on meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from datetime import datetime, timedelta
from typing import Final, Protocol

from db.records.record import Record
from db.records.review import Told
from station.desk.reading import tellings_of
from station.telling.happenings import HappeningStore, happenings
from station.telling.plan import Due, Happening, Rule, due
from station.telling.senders import Sender, TellingError, Words
from station.values import EventFact, EventRow, SyncStatus

logger = logging.getLogger(__name__)

KINDS: Final = ("told", "telling_answered")
STRETCH: Final = timedelta(days=2)
STORE_TIMEOUT_S: Final = 30.0


class TellerStore(HappeningStore, Protocol):
    """What is asked of the store, and how the fate of a telling is written."""

    def append(self, records: Sequence[Record], *, operator: str = "", role: str = "") -> Future[tuple[EventRow, ...]]: ...


class Teller:
    """`turn` is called on its thread; `shown` may be read on any."""

    def __init__(
        self,
        store: TellerStore,
        rules: Sequence[Rule],
        senders: Mapping[str, Sender],
        *,
        say: Callable[[Happening], Words],
        sync: Callable[[], SyncStatus | None],
        outbox_s: float,
        utc: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._rules = tuple(rules)
        self._senders = senders
        self._say = say
        self._sync = sync
        self._outbox_s = outbox_s
        self._utc = utc
        self._shown: tuple[str, ...] = ()
        self._is_stopped = False

    @property
    def shown(self) -> tuple[str, ...]:
        """The topics that stand on the screen now, since nobody has answered them."""
        return self._shown

    def stop(self) -> None:
        """Nobody else is told in this turn."""
        self._is_stopped = True

    def turn(self) -> None:
        """Look what holds, and tell who is due. Raises StoreError."""
        if not self._rules:
            return
        now = self._utc()
        facts = self._store.facts(kinds=KINDS, first=now - STRETCH, until=now + timedelta(minutes=1))
        holds = happenings(self._store, self._sync(), now, outbox_s=self._outbox_s)
        answered = _answered(facts)
        told = tellings_of(facts)
        for each in due(holds, self._rules, told, answered, now):
            if self._is_stopped:
                return
            self._tell(each)
        on_screen = {topic for rule in self._rules if rule.way == "screen" for topic in rule.topics}
        open_now = {each.topic for each in holds if each.about not in answered and self._is_due(each, now)}
        self._shown = tuple(sorted(open_now & on_screen))

    def _is_due(self, happening: Happening, now: datetime) -> bool:
        screens = (rule for rule in self._rules if rule.way == "screen" and happening.topic in rule.topics)
        return any(now - happening.since >= rule.after for rule in screens)

    def _tell(self, each: Due) -> None:
        code = ""
        try:
            sender = self._senders.get(each.rule.way)
            if sender is not None:  # the screen shows it by itself
                sender(each, self._say(each.happening), self._utc())
        except TellingError as error:
            logger.warning("nobody was told of %s by %s: %s", each.happening.topic, each.rule.way, error)
            code = error.code
        said = Told(
            topic=each.happening.topic,
            about=each.happening.about,
            way=each.rule.way,
            to=each.rule.to,
            outcome="failed" if code else "sent",
            attempt=each.attempt,
            code=code,
        )
        self._store.append((said,)).result(STORE_TIMEOUT_S)


def _answered(facts: Sequence[EventFact]) -> frozenset[str]:
    return frozenset(fact.data["about"] for fact in facts if fact.kind == "telling_answered")
