"""Documents and the site_* tables: made whole from their rows, put into them, and kept apart where both sides changed one.

What was changed here goes up first; until then nothing of the site's is put over it. What this bay works with is not changed
under it: `apply` says why it kept its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from db import site
from db.queries import items, orders, trays
from db.queries.people import person as find_person
from db.queries.words import words_text
from db.sync import blocks, bodies, memory
from db.sync.gone import forget, gone
from db.sync.pictures import picture_body
from db.sync.values import Document, DocumentKind

_DIRTY = """
SELECT kind, key, version FROM site_document WHERE is_dirty = 1
ORDER BY CASE kind WHEN 'item' THEN 0 WHEN 'picture' THEN 1 WHEN 'tray' THEN 2 WHEN 'person' THEN 3 ELSE 4 END, key LIMIT ?
"""
_FIND = "SELECT version, is_dirty FROM site_document WHERE kind = ? AND key = ?"
_SETTLE = """
INSERT INTO site_document (kind, key, version, is_dirty, fetch) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET version = excluded.version, is_dirty = excluded.is_dirty, fetch = excluded.fetch
"""
_UNSEEN = """
SELECT kind, key, version FROM site_document WHERE is_dirty = 0 AND version > 0 AND fetch < ? ORDER BY kind, key
"""
_SECRETS = "SELECT coalesce(badge_digest, ''), verifier, pepper_id, offline_days FROM site_credential WHERE person = ?"
_BADGE_OF = "SELECT person FROM site_credential WHERE badge_digest = ? AND person <> ?"
_PERSON = """
INSERT INTO site_person (person, name, role, language, rights) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
    name = excluded.name, role = excluded.role, language = excluded.language, rights = excluded.rights
"""
# Another PIN forgets the wrong tries at the old one.
_CREDENTIAL = """
INSERT INTO site_credential (person, badge_digest, verifier, pepper_id, is_active, offline_days) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
    failures = CASE verifier WHEN excluded.verifier THEN failures ELSE 0 END,
    not_before = CASE verifier WHEN excluded.verifier THEN not_before END,
    is_locked = CASE verifier WHEN excluded.verifier THEN is_locked ELSE 0 END,
    badge_digest = excluded.badge_digest, verifier = excluded.verifier, pepper_id = excluded.pepper_id,
    is_active = excluded.is_active, offline_days = excluded.offline_days
"""

DIRTY = "dirty"


@dataclass(frozen=True, slots=True)
class Reading:
    """How the site is read: `fetch` counts the full answers. `is_anew`: all is read once more, and what it names counts whatever
    its version. `is_new_epoch`: because the site went back to a copy: where the own version is higher, it lost a change and gets
    that again."""

    fetch: int = 0
    is_anew: bool = False
    is_new_epoch: bool = False


BEHIND = Reading()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document here."""

    version: int
    is_dirty: bool


def body_of(connection: Connection, kind: DocumentKind, key: str, pictures: Path | None) -> Mapping[str, Any] | None:
    """The document as it is here; None when it is not."""
    match kind:
        case DocumentKind.ITEM:
            item = items.item(connection, key)
            return None if item is None else bodies.item_body(item)
        case DocumentKind.TRAY:
            machine, _, number = key.rpartition("/")
            tray = trays.tray(connection, machine, int(number))
            return None if tray is None else bodies.tray_body(tray)
        case DocumentKind.ORDER:
            order = orders.order(connection, key)
            return None if order is None else bodies.order_body(order)
        case DocumentKind.PERSON:
            return _person_body(connection, key)
        case DocumentKind.BLOCK:
            return blocks.body(connection, key)
        case DocumentKind.PICTURE:
            return picture_body(pictures, key)


def _person_body(connection: Connection, key: str) -> Mapping[str, Any] | None:
    person = find_person(connection, key)
    secrets = connection.exec_driver_sql(_SECRETS, (key,)).first()
    if person is None or secrets is None:
        return None
    return bodies.person_body(
        bodies.PersonDocument(
            person=person, badge_digest=secrets[0], verifier=secrets[1], pepper_id=secrets[2], offline_days=secrets[3]
        )
    )


def dirty(connection: Connection, pictures: Path | None, limit: int) -> tuple[Document, ...]:
    """Documents that were changed here, whole, each with the version that the change was made on; what others refer to first."""
    rows = connection.exec_driver_sql(_DIRTY, (limit,)).all()
    return tuple(
        Document(
            kind=DocumentKind(kind),
            key=key,
            version=version,
            body=body_of(connection, DocumentKind(kind), key, pictures),
        )
        for kind, key, version in rows
    )


def dirty_count(connection: Connection) -> int:
    """How many wait to go up."""
    return int(connection.exec_driver_sql("SELECT count(*) FROM site_document WHERE is_dirty = 1").scalar_one())


def known(connection: Connection, kind: DocumentKind, key: str) -> Known | None:
    """Version, and whether it was changed here; None: never seen."""
    row = connection.exec_driver_sql(_FIND, (kind.value, key)).first()
    return None if row is None else Known(row[0], bool(row[1]))


def settle(connection: Connection, document: Document, *, fetch: int, is_dirty: bool = False) -> None:
    """The site has this version, and named it now."""
    row = (document.kind.value, document.key, document.version, int(is_dirty), fetch)
    connection.exec_driver_sql(_SETTLE, row)


def settle_many(connection: Connection, taken: Sequence[Document], *, fetch: int) -> None:
    """As `settle` of each."""
    if taken:
        rows = [(each.kind.value, each.key, each.version, 0, fetch) for each in taken]
        connection.exec_driver_sql(_SETTLE, rows)


def taken_over(connection: Connection, sent: Document, version: int, pictures: Path | None) -> None:
    """The site took over what was sent. What was changed here meanwhile stays to be sent, on the new version."""
    is_same = body_of(connection, sent.kind, sent.key, pictures) == sent.body
    settle(connection, replace(sent, version=version), fetch=memory.fetch_number(connection), is_dirty=not is_same)


def apply(connection: Connection, document: Document, *, pictures: Path | None, reading: Reading = BEHIND) -> str:
    """Put a document of the site's in the place of the own one. "" when that is done or nothing was to do; DIRTY when it must
    wait; else why this bay keeps what it has, though the version counts as seen."""
    here = known(connection, document.kind, document.key)
    if here is not None and here.is_dirty:
        if document.body is None or body_of(connection, document.kind, document.key, pictures) != document.body:
            return DIRTY
        settle(connection, document, fetch=reading.fetch)  # a picture that came with its item, or the same said on both sides
        return ""
    if here is not None and reading.is_new_epoch and _was_lost(connection, document, here, pictures):
        settle(connection, document, fetch=reading.fetch, is_dirty=True)
        return ""
    if here is not None and here.version > document.version and not reading.is_anew:
        return ""
    is_news = here is None or here.version < document.version or reading.is_anew
    why = _put(connection, document, pictures) if is_news else ""
    if document.body is None:
        forget(connection, document.kind, document.key)
    else:
        settle(connection, document, fetch=reading.fetch)
    return why


def _was_lost(connection: Connection, document: Document, here: Known, pictures: Path | None) -> bool:
    """Whether the site went back behind what is here. Going back gave every row one version more than its backup had. What was
    kept out here differs for another reason."""
    if document.body is None or here.version < document.version:
        return False
    if memory.is_kept_out(connection, document.kind, document.key):
        return False
    own = body_of(connection, document.kind, document.key, pictures)
    return own is not None and own != document.body


def unseen(connection: Connection, fetch: int) -> tuple[Document, ...]:
    """Documents that the site has not named since this full answer."""
    rows = connection.exec_driver_sql(_UNSEEN, (fetch,))
    return tuple(Document(kind=DocumentKind(kind), key=key, version=version, body=None) for kind, key, version in rows)


def lost(connection: Connection, document: Document, *, is_new_epoch: bool, pictures: Path | None) -> str:
    """The site does not name it any more: if it went back to a copy it gets it again, else it is gone there and goes here."""
    if is_new_epoch:
        settle(connection, replace(document, version=0), fetch=0, is_dirty=True)
        return ""
    why = _put(connection, document, pictures)
    forget(connection, document.kind, document.key)
    return why


def again(connection: Connection, document: Document, *, pictures: Path | None) -> str:
    """Try once more what was kept out. Nothing is to do where it was changed here, or a newer version has come."""
    here = known(connection, document.kind, document.key)
    if here is not None and (here.is_dirty or here.version > document.version):
        return ""
    why = _put(connection, document, pictures)
    if not why and document.body is not None:
        settle(connection, document, fetch=memory.fetch_number(connection))
    return why


def _put(connection: Connection, document: Document, pictures: Path | None) -> str:
    if document.body is None:
        return gone(connection, document.kind, document.key)
    if body_of(connection, document.kind, document.key, pictures) == document.body:
        return ""
    try:
        return _PUT[document.kind](connection, document.body)
    except bodies.UNREADABLE:
        return "unreadable"


def _put_item(connection: Connection, body: bodies.Body) -> str:
    return "measure_fixed" if site.put_items(connection, [bodies.item_of(body)]) else ""


def _put_tray(connection: Connection, body: bodies.Body) -> str:
    return "has_stock" if site.put_trays(connection, [bodies.tray_of(body)]) else ""


def _put_order(connection: Connection, body: bodies.Body) -> str:
    return "begun" if site.put_orders(connection, [bodies.order_of(body)]) else ""


def _put_person(connection: Connection, body: bodies.Body) -> str:
    document = bodies.person_of(body)
    person, badge = document.person, document.badge_digest or None
    if badge is not None and connection.exec_driver_sql(_BADGE_OF, (badge, person.person)).first() is not None:
        return "badge_taken"
    told = (person.person, person.name, person.role.value, person.language, words_text(person.rights))
    connection.exec_driver_sql(_PERSON, told)
    row = (person.person, badge, document.verifier, document.pepper_id, int(person.is_active), document.offline_days)
    connection.exec_driver_sql(_CREDENTIAL, row)
    return ""


def _put_nothing(connection: Connection, body: bodies.Body) -> str:
    """Pictures are files, written before this transaction."""
    return ""


_PUT: Mapping[DocumentKind, Callable[[Connection, bodies.Body], str]] = {
    DocumentKind.ITEM: _put_item,
    DocumentKind.TRAY: _put_tray,
    DocumentKind.ORDER: _put_order,
    DocumentKind.PERSON: _put_person,
    DocumentKind.BLOCK: blocks.put,
    DocumentKind.PICTURE: _put_nothing,
}


def foreign_peppers(connection: Connection, own: Collection[str]) -> frozenset[str]:
    """Peppers of active people that this station has not: it cannot check their PINs."""
    rows = connection.exec_driver_sql("SELECT DISTINCT pepper_id FROM site_credential WHERE is_active = 1 AND verifier <> ''")
    return frozenset(rows.scalars()) - frozenset(own)
