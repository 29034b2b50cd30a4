"""What the store writes about people: PINs that were wrong, lock-outs, and who may work here. Part of `db.store.Store`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import Future
from datetime import datetime

from sqlalchemy import Connection

from db import site
from db.envelope import moment_text
from db.errors import BAD_REQUEST, StoreError
from db.library import Library
from db.log import EventLog
from db.records.people import (
    BadgeChanged,
    LanguageChanged,
    NameErased,
    OfflineChanged,
    PersonAdded,
    PersonDisabled,
    PersonUnlocked,
    PinChosen,
    PinConfirmed,
    PinOpened,
    PinReset,
    RightsChanged,
    RoleChanged,
)
from db.records.record import Record
from db.rows.people import PIN_OPEN, Person, Role, StationTries
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

    def set_role(self, person: str, role: Role, *, was: Role, operator: str = "", is_confirmed: bool = False) -> Future[None]:
        """The person's role from now on. D407 when there is no such person."""
        return self._change_person(
            lambda connection: site.set_role(connection, person, role.value),
            RoleChanged(person=person, role=role.value, was=was.value),
            operator=operator,
            is_confirmed=is_confirmed,
        )

    def set_language(self, person: str, language: str, *, operator: str = "", is_confirmed: bool = False) -> Future[None]:
        """The person's language from now on. D407 when there is no such person."""
        return self._change_person(
            lambda connection: site.set_language(connection, person, language),
            LanguageChanged(person=person, language=language),
            operator=operator,
            is_confirmed=is_confirmed,
        )

    def set_badge(self, person: str, badge_digest: str, *, operator: str = "", is_confirmed: bool = False) -> Future[None]:
        """Another badge, of which the store keeps a digest. D407 when somebody has it, or there is no such person."""

        def change(connection: Connection) -> bool:
            if site.is_taken(connection, "", badge_digest=badge_digest):
                raise StoreError(BAD_REQUEST, "this badge is somebody's already")
            return site.set_badge(connection, person, badge_digest)

        return self._change_person(change, BadgeChanged(person=person), operator=operator, is_confirmed=is_confirmed)

    def open_pin(
        self, person: str, until: datetime, pepper_id: str, *, operator: str = "", is_confirmed: bool = False
    ) -> Future[None]:
        """The person has no PIN until he chooses one, before this moment; a lock-out ends. D407 when there is no such person."""
        told = moment_text(until)
        return self._change_person(
            lambda connection: site.reset_pin(connection, person, verifier=PIN_OPEN + told, pepper_id=pepper_id),
            PinOpened(person=person, until=told),
            operator=operator,
            is_confirmed=is_confirmed,
        )

    def choose_pin(self, person: str, verifier: str, pepper_id: str) -> Future[None]:
        """The PIN that the person has chosen himself. D407 when there is no such person."""
        return self._change_person(
            lambda connection: site.reset_pin(connection, person, verifier=verifier, pepper_id=pepper_id),
            PinChosen(person=person),
            operator=person,
            is_confirmed=False,
        )

    def set_offline_days(self, person: str, days: int, *, operator: str = "", is_confirmed: bool = False) -> Future[None]:
        """How long the person may sign on without a word from the site; 0: as the settings say. D407 when there is none."""
        return self._change_person(
            lambda connection: site.set_offline_days(connection, person, days),
            OfflineChanged(person=person, days=days),
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
