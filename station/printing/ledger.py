"""The store's ledger with the labels that follow by rule, in the same transaction. Nothing is waited for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime

from db.records.printing import LabelDropped, LabelQueued
from db.records.record import Record
from station.ports import Ledger
from station.printing.rules import PrintRules
from station.values import EventRow, Order, StationTries

_NEWS = (LabelQueued, LabelDropped)


class LabellingLedger:
    """`station.ports.Ledger`. `wake` is called, on the writer's thread, when what was written concerns a printer."""

    def __init__(self, ledger: Ledger, rules: PrintRules, wake: Callable[[], None]) -> None:
        self._ledger = ledger
        self._rules = rules
        self._wake = wake

    @property
    def is_read_only(self) -> bool:
        return self._ledger.is_read_only

    def append(
        self, records: Sequence[Record], *, operator: str = "", role: str = "", planned: Sequence[Order] = ()
    ) -> Future[tuple[EventRow, ...]]:
        """As the protocol says; the labels stand behind the records, so that the first row stays the first."""
        labels = self._rules.follow(records)
        done = self._ledger.append((*records, *labels), operator=operator, role=role, planned=planned)
        if labels or any(isinstance(each, _NEWS) for each in records):
            done.add_done_callback(lambda future: self._wake())
        return done

    def store_failures(self, person: str, *, failures: int, not_before: datetime | None, is_locked: bool) -> Future[None]:
        return self._ledger.store_failures(person, failures=failures, not_before=not_before, is_locked=is_locked)

    def clear_failures(self, person: str) -> Future[None]:
        return self._ledger.clear_failures(person)

    def store_station_tries(self, tries: StationTries) -> Future[None]:
        return self._ledger.store_station_tries(tries)

    def unlock_person(
        self, person: str, *, verifier: str = "", pepper_id: str = "", operator: str = "", role: str = ""
    ) -> Future[None]:
        return self._ledger.unlock_person(person, verifier=verifier, pepper_id=pepper_id, operator=operator, role=role)

    def choose_pin(self, person: str, verifier: str, pepper_id: str) -> Future[None]:
        return self._ledger.choose_pin(person, verifier, pepper_id)
