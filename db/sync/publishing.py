"""What a bay changed goes up whole: the site takes it over, or has another one and that wins."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from db.sync import documents, memory
from db.sync.gone import forget, order_gone
from db.sync.local import Local
from db.sync.site import Site, SiteError, Trouble
from db.sync.values import Document, DocumentKind, Published

log = logging.getLogger(__name__)

AT_ONCE = 50
REFUSED = "refused"


def publish(local: Local, site: Site, now: datetime) -> int:
    """One batch of what waits. Returns how many documents that were; 0: nothing waits. Raises SiteError."""
    waiting = local.read(lambda connection: documents.dirty(connection, local.pictures, AT_ONCE))
    if not waiting:
        return 0
    there = tuple(each for each in waiting if each.body is not None)
    answer = _ask(site, there) if there else Published()
    local.write(lambda connection: _settle(connection, local, waiting, answer, now))
    return len(waiting)


def _ask(site: Site, sent: Sequence[Document]) -> Published:
    """One document that the site cannot take at all does not keep the others."""
    try:
        return site.publish(sent)
    except SiteError as error:
        if error.trouble is not Trouble.DATA:
            raise
        if len(sent) == 1:
            log.error("the site refused %s %s: %s", sent[0].kind.value, sent[0].key, error.code)
            return Published(refused={(sent[0].kind, sent[0].key): error.code})
    half = len(sent) // 2
    one, other = _ask(site, sent[:half]), _ask(site, sent[half:])
    return Published(versions={**one.versions, **other.versions}, refused={**one.refused, **other.refused})


def _settle(connection: Connection, local: Local, sent: Sequence[Document], answer: Published, now: datetime) -> None:
    for each in sent:
        key = (each.kind, each.key)
        if each.body is None:
            _went(connection, each)
        elif key in answer.versions:
            documents.taken_over(connection, each, answer.versions[key], local.pictures)
            memory.put_refusal(connection, each.kind.value, each.key, "", at=now)
        elif key in answer.refused:
            _give_way(connection, each, answer.refused[key], now)


def _went(connection: Connection, document: Document) -> None:
    """It is not here any more, or never was: a picture whose file nobody has brought."""
    forget(connection, document.kind, document.key)


def _give_way(connection: Connection, document: Document, why: str, now: datetime) -> None:
    """The site's version wins; it may have come down already, so everything is fetched once more. An order that another station
    holds leaves, unless it was begun here."""
    forget(connection, document.kind, document.key)
    if document.kind is DocumentKind.ORDER:
        kept = order_gone(connection, document.key)
        if not kept:
            return
    memory.put(connection, "refetch", REFUSED)
    memory.put_refusal(connection, document.kind.value, document.key, why, at=now)
