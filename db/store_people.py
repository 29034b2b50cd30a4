"""What the store writes about people: PINs that were wrong, lock-outs, and who may work here. Part of `db.store.Store`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import Future
from datetime import datetime

from sqlalchemy import Connection

from db import site
from db.errors import BAD_REQUEST, StoreError
from db.library import Library
from db.log import EventLog
from db.records.people import (
    NameErased,
    PersonAdded,
    PersonDisabled,
    PersonUnlocked,
    PinConfirmed,
    PinReset,
    RightsChanged,
)
from db.records.record import Record
from db.rows.people import Person, StationTries
from db.writer import Writer


class PeopleStore(Library):
    """A library that takes people as well; whoever opens it gives it its log and its writer."""

    _log: EventLog
    _writer: Writer

    def store_failures(self, person: str, *, failures: int, not_before: datetime | None, is_locked: bool) -> Future[None]:
        """Store the failure counter of a person's PIN, before the PIN is checked."""

        def work(connection: Connection) -> None:
            site.set_failures(connection, person, failures=failures, not_before=not_before, is_locked=is_locked)

        return self._writer.submit(work)

    def clear_failures(self, person: str) -> Future[None]:
        """The PIN was right: the counter is zero again."""
        return self.store_failures(person, failures=0, not_before=None, is_locked=False)

    def store_station_tries(self, tries: StationTries) -> Future[None]:
        """Store the wrong PINs at this station, before a PIN is checked."""
        return self._writer.submit(lambda connection: site.set_station_tries(connection, tries))

    def unlock_person(
        self, person: str, *, verifier: str = "", pepper_id: str = "", operator: str = "", role: str = ""
    ) -> Future[None]:
        """Lift a lock-out; with a verifier it is the person's PIN from now on. D407 when there is no such person."""

        def work(connection: Connection) -> None:
            records: list[Record] = [PersonUnlocked(person=person)]
            if verifier:
                records.append(PinReset(person=person))
                site.reset_pin(connection, person, verifier=verifier, pepper_id=pepper_id)
            if not site.set_failures(connection, person, failures=0, not_before=None, is_locked=False):
                raise StoreError(BAD_REQUEST, "there is no such person")
            self._log.append(connection, records, operator=operator, role=role)

        return self._writer.submit(work)

    def add_person(
        self,
        person: Person,
        *,
        badge_digest: str,
        verifier: str,
        pepper_id: str,
        operator: str = "",
        is_confirmed: bool = False,
    ) -> Future[None]:
        """A new person; `is_confirmed`: the operator's PIN was asked for it. Fails with D407 when the badge or the person is
        there already."""

        def work(connection: Connection) -> None:
            if site.is_taken(connection, person.person, badge_digest=badge_digest):
                raise StoreError(BAD_REQUEST, "this badge or person is there already")
            site.put_person(connection, person, badge_digest=badge_digest, verifier=verifier, pepper_id=pepper_id)
            added = PersonAdded(person=person.person, role=person.role.value)
            self._log.append(connection, _told(added, operator, is_confirmed=is_confirmed), operator=operator)

        return self._writer.submit(work)

    def set_rights(self, person: str, rights: Collection[str], *, operator: str = "", is_confirmed: bool = False) -> Future[None]:
        """The person's rights from now on. D407 when there is none."""
        return self._change_person(
            lambda connection: site.set_rights(connection, person, rights),
            RightsChanged(person=person, rights=tuple(sorted(set(rights)))),
            operator=operator,
            is_confirmed=is_confirmed,
        )

    def disable_person(self, person: str, *, operator: str = "", is_confirmed: bool = False) -> Future[None]:
        """The person can sign on no more. D407 when there is none."""
        return self._change_person(
            lambda connection: site.disable_person(connection, person),
            PersonDisabled(person=person),
            operator=operator,
            is_confirmed=is_confirmed,
        )

    def reset_pin(
        self, person: str, verifier: str, pepper_id: str, *, operator: str = "", is_confirmed: bool = False
    ) -> Future[None]:
        """A new PIN; the counter of failures starts again. D407 when there is no such person."""
        return self._change_person(
            lambda connection: site.reset_pin(connection, person, verifier=verifier, pepper_id=pepper_id),
            PinReset(person=person),
            operator=operator,
            is_confirmed=is_confirmed,
        )

    def erase_name(self, person: str, *, operator: str = "", is_confirmed: bool = False) -> Future[None]:
        """Forget name and badge; the record keeps the random id and still verifies. D407 when there is no such person."""
        return self._change_person(
            lambda connection: site.erase_name(connection, person),
            NameErased(person=person),
            operator=operator,
            is_confirmed=is_confirmed,
        )

    def _change_person(
        self, change: Callable[[Connection], bool], record: Record, *, operator: str, is_confirmed: bool
    ) -> Future[None]:
        def work(connection: Connection) -> None:
            if not change(connection):
                raise StoreError(BAD_REQUEST, "there is no such person")
            self._log.append(connection, _told(record, operator, is_confirmed=is_confirmed), operator=operator)

        return self._writer.submit(work)


def _told(record: Record, operator: str, *, is_confirmed: bool) -> tuple[Record, ...]:
    """The record of an act, and that its operator's PIN was asked for it."""
    return (record, PinConfirmed(person=operator, act=record.kind)) if is_confirmed else (record,)
