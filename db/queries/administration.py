"""Who may what, who was not let in, and what waits for an approval: read for the page of people."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection

from db.envelope import moment
from db.queries.words import words_of
from db.rows.people import (
    PIN_OPEN,
    Approval,
    Guarded,
    Member,
    PeopleChange,
    Person,
    Refusal,
    RightsReview,
    Role,
)

CHANGES = (
    "person_added",
    "rights_changed",
    "role_changed",
    "language_changed",
    "badge_changed",
    "person_disabled",
    "name_erased",
    "pin_opened",
    "pin_reset",
    "pin_chosen",
    "offline_changed",
    "person_unlocked",
)
REFUSALS = ("sign_on_refused", "pin_refused", "person_unlocked")
MOST_CHANGES = 100

_MEMBERS = """
SELECT p.person, p.name, p.role, p.language, p.rights, c.is_active, c.badge_digest IS NOT NULL,
    CASE WHEN substr(c.verifier, 1, 5) = 'open:' THEN c.verifier WHEN c.verifier = '' THEN '' ELSE 'set' END,
    c.is_locked, c.failures, c.offline_days,
    EXISTS (SELECT 1 FROM site_document AS d WHERE d.kind = 'person' AND d.key = c.person AND d.version > 0)
FROM site_person AS p JOIN site_credential AS c ON c.person = p.person ORDER BY p.name, p.person
"""
_HEARD = "SELECT json_extract(value, '$.last_pull_at') FROM sync_state WHERE key = 'status'"


def _kinds(kinds: tuple[str, ...]) -> str:
    """Word for word as the partial index has them: else it is not used."""
    return ", ".join(f"'{each}'" for each in kinds)


_REFUSED = f"""
SELECT seq, at, kind, operator, body FROM event INDEXED BY ix_event_refused
WHERE kind IN ({_kinds(REFUSALS)}) ORDER BY n DESC LIMIT ?
"""
_REVIEWED = "SELECT n, at, operator, body FROM event WHERE kind = 'rights_reviewed' ORDER BY n DESC LIMIT 1"
_COUNT = f"SELECT count(*) FROM event INDEXED BY ix_event_people WHERE kind IN ({_kinds(CHANGES)}) AND n > ?"
_CHANGED = f"""
SELECT at, kind, operator, body FROM event INDEXED BY ix_event_people
WHERE kind IN ({_kinds(CHANGES)}) AND n > ? ORDER BY n DESC LIMIT ?
"""
_GUARDED = """
SELECT access, 0, count(*) FROM site_item WHERE access <> '' GROUP BY access
UNION ALL SELECT access, 1, count(*) FROM site_tray WHERE access <> '' GROUP BY access
UNION ALL SELECT access, 2, count(*) FROM site_compartment WHERE access <> '' GROUP BY access
"""
_APPROVALS = """
SELECT a.epoch, a.seq, a.why, a.kind, e.operator, a.machine, a.tray, a.compartment, a.item, a.lot, a.serial, a.quantity,
    a."order", a.line, a.reason, a.since
FROM now_approval AS a LEFT JOIN event AS e
    ON e.station = (SELECT station FROM event ORDER BY n LIMIT 1) AND e.epoch = a.epoch AND e.seq = a.seq
ORDER BY a.why <> 'emergency', a.since, a.epoch, a.seq
"""


def members(connection: Connection) -> tuple[Member, ...]:
    """Everybody, by name."""
    heard = connection.exec_driver_sql(_HEARD).scalar()
    return tuple(_member(row, heard) for row in connection.exec_driver_sql(_MEMBERS))


def _member(row: Any, heard: str | None) -> Member:
    person = Person(
        person=row[0], name=row[1], role=Role(row[2]), language=row[3], rights=words_of(row[4]), is_active=bool(row[5])
    )
    is_open = row[7].startswith(PIN_OPEN)
    return Member(
        person=person,
        has_badge=bool(row[6]),
        pin="open" if is_open else row[7] or "none",
        pin_until=moment(row[7].removeprefix(PIN_OPEN)) if is_open else None,
        is_locked=bool(row[8]),
        failures=row[9],
        offline_days=row[10],
        heard_at=moment(heard) if row[11] and heard is not None else None,
    )


def refusals(connection: Connection, limit: int) -> tuple[Refusal, ...]:
    """The newest sign-ons that failed and PINs that were not taken, with the lock-outs that were lifted."""
    return tuple(_refusal(row) for row in connection.exec_driver_sql(_REFUSED, (limit,)))


def _refusal(row: Any) -> Refusal:
    data = json.loads(row[4])["data"]
    is_lifted = row[2] == "person_unlocked"
    return Refusal(
        seq=row[0],
        at=moment(row[1]),
        kind=row[2],
        person=data["person"],
        reason="" if is_lifted else data["reason"],
        act=data.get("act", ""),
        by=row[3] if is_lifted else "",
    )


def guarded(connection: Connection) -> tuple[Guarded, ...]:
    """Every right that something asks for, by name."""
    found: dict[str, list[int]] = {}
    for right, what, count in connection.exec_driver_sql(_GUARDED):
        found.setdefault(right, [0, 0, 0])[what] = count
    return tuple(
        Guarded(right=right, items=items, trays=trays, compartments=cells)
        for right, (items, trays, cells) in sorted(found.items())
    )


def rights_review(connection: Connection) -> RightsReview:
    """When somebody last signed for who may what, and what has changed since."""
    row = connection.exec_driver_sql(_REVIEWED).first()
    since = row[0] if row is not None else 0
    count = connection.exec_driver_sql(_COUNT, (since,)).scalar_one()
    changes = tuple(_change(each) for each in connection.exec_driver_sql(_CHANGED, (since, MOST_CHANGES)))
    if row is None:
        return RightsReview(count=count, changes=changes)
    note = str(json.loads(row[3])["data"]["note"])
    return RightsReview(at=moment(row[1]), by=row[2], note=note, count=count, changes=changes)


def _change(row: Any) -> PeopleChange:
    data = json.loads(row[3])["data"]
    detail = data.get("role") or data.get("language") or " ".join(data.get("rights", ())) or str(data.get("days", ""))
    return PeopleChange(at=moment(row[0]), kind=row[1], person=data["person"], by=row[2], detail=detail)


def approvals(connection: Connection) -> tuple[Approval, ...]:
    """What waits for another person's word, emergencies first, then the oldest."""
    return tuple(_approval(row) for row in connection.exec_driver_sql(_APPROVALS))


def _approval(row: Any) -> Approval:
    names = ("machine", "tray", "compartment", "item", "lot", "serial", "quantity", "order", "line", "reason")
    about = dict(zip(names, row[5:15], strict=True))
    return Approval(epoch=row[0], seq=row[1], why=row[2], kind=row[3], person=row[4] or "", since=moment(row[15]), **about)
