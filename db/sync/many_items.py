"""Items that this store never had, many at once: an empty station reads all of a site within seconds."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection

from db import site
from db.rows.items import Item
from db.sync import bodies, documents
from db.sync.values import Document, DocumentKind

_KNOWN = """
SELECT key FROM site_document WHERE kind = 'item' AND key IN (SELECT value FROM json_each(?))
UNION SELECT code FROM site_item WHERE code IN (SELECT value FROM json_each(?))
UNION SELECT substr(key, 16) FROM sync_state WHERE key >= 'exception/item/' AND key < 'exception/item0'
"""


def put_new(connection: Connection, given: Sequence[Document], *, fetch: int) -> list[Document]:
    """Put those in of which nothing is known here. Returns the others: each of them is a question of its own."""
    keys = json.dumps([each.key for each in given])
    known = set(connection.exec_driver_sql(_KNOWN, (keys, keys)).scalars())
    read = [(each, None if each.key in known else _read(each)) for each in given]
    items = {document.key: item for document, item in read if item is not None}
    refused = set(site.put_items(connection, list(items.values())))
    taken = [document for document, item in read if item is not None and document.key not in refused]
    documents.settle_many(connection, taken, fetch=fetch)
    return [document for document, item in read if item is None or document.key in refused]


def _read(document: Document) -> Item | None:
    """None where it is no item of this name that can be read."""
    if document.kind is not DocumentKind.ITEM or document.body is None:
        return None
    try:
        item = bodies.item_of(document.body)
    except bodies.UNREADABLE:
        return None
    return item if item.code == document.key else None
