"""Persons and what sign-on needs to know of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from db.envelope import moment, moment_text
from db.queries.words import words_of
from db.rows.people import Credential, Person, Role, StationTries

_PERSON = """
SELECT p.person, p.name, p.role, coalesce(c.is_active, 0), p.language, p.rights
FROM site_person AS p LEFT JOIN site_credential AS c ON c.person = p.person
"""
_CREDENTIAL = """
SELECT c.person, p.role, c.verifier, c.pepper_id, c.failures, c.not_before, c.is_locked, c.is_active, c.offline_days,
    CASE WHEN EXISTS (SELECT 1 FROM site_document WHERE kind = 'person' AND key = c.person AND version > 0) THEN
        (SELECT json_extract(value, '$.last_pull_at') FROM sync_state WHERE key = 'status')
    END
FROM site_credential AS c JOIN site_person AS p ON p.person = c.person WHERE c.person = ?
"""
_LEFT = """
WITH left AS (
    SELECT json_extract(body, '$.data.person') AS person, max(at) AS at FROM event WHERE kind = 'person_disabled' GROUP BY 1
)
SELECT p.person FROM site_person AS p
JOIN site_credential AS c ON c.person = p.person JOIN left ON left.person = p.person
WHERE p.name <> '' AND c.is_active = 0 AND left.at < ? ORDER BY p.person
"""


def person(connection: Connection, person: str) -> Person | None:
    """One person, disabled ones too."""
    row = connection.exec_driver_sql(_PERSON + "WHERE p.person = ?", (person,)).first()
    return None if row is None else _person(row)


def person_by_badge(connection: Connection, badge_digest: str) -> Person | None:
    """The person whose badge has this digest."""
    row = connection.exec_driver_sql(_PERSON + "WHERE c.badge_digest = ?", (badge_digest,)).first()
    return None if row is None else _person(row)


def people(connection: Connection) -> tuple[Person, ...]:
    """Everybody, by name."""
    return tuple(_person(row) for row in connection.exec_driver_sql(_PERSON + "ORDER BY p.name, p.person"))


def left_before(connection: Connection, moment: datetime) -> tuple[str, ...]:
    """Who was disabled before this moment, is so still, and has a name yet."""
    return tuple(row[0] for row in connection.exec_driver_sql(_LEFT, (moment_text(moment),)))


def credential(connection: Connection, person: str) -> Credential | None:
    """What sign-on needs to know of a person."""
    row = connection.exec_driver_sql(_CREDENTIAL, (person,)).first()
    if row is None:
        return None
    return Credential(
        person=row[0],
        role=Role(row[1]),
        verifier=row[2],
        pepper_id=row[3],
        failures=row[4],
        not_before=None if row[5] is None else moment(row[5]),
        is_locked=bool(row[6]),
        is_active=bool(row[7]),
        offline_days=row[8],
        heard_at=None if row[9] is None else moment(row[9]),
    )


def station_tries(connection: Connection) -> StationTries:
    """Wrong PINs at this station."""
    row = connection.exec_driver_sql("SELECT failures, not_before FROM gate_tries").first()
    return StationTries() if row is None else StationTries(row[0], None if row[1] is None else moment(row[1]))


def _person(row: Any) -> Person:
    rights = words_of(row[5])
    return Person(person=row[0], name=row[1], role=Role(row[2]), is_active=bool(row[3]), language=row[4], rights=rights)
