"""Items by what a person knows of them: a part of the number, of the name or of another code, or the host's key of a line."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from db.queries.items import items_named
from db.queries.stock import stock_of_items
from db.rows.items import Item
from db.rows.search import FoundItem
from db.rows.stock import Stock

# What is nearest first: the number itself, another code itself, the beginning of either, of the name, then any part. Every word
# must be in the number or the name, or in one other code. The host's keys are asked from their beginning: an index finds those.
_LIKE = """
SELECT code FROM (
    SELECT code, CASE WHEN code = :whole COLLATE NOCASE THEN 0 WHEN code LIKE :begins ESCAPE '!' THEN 2
        WHEN name LIKE :begins ESCAPE '!' THEN 3 ELSE 5 END AS rank
    FROM site_item WHERE {item}
    UNION ALL
    SELECT item, CASE WHEN barcode = :whole COLLATE NOCASE THEN 1 WHEN barcode LIKE :begins ESCAPE '!' THEN 2 ELSE 5 END
    FROM site_barcode WHERE {barcode}
    UNION ALL
    SELECT item, 4 FROM site_order_line WHERE host_key <> '' AND host_key >= :whole AND host_key < :beyond
) AS found WHERE EXISTS (SELECT 1 FROM site_item AS i WHERE i.code = found.code)
GROUP BY code ORDER BY min(rank), code LIMIT :most
"""
_WITH_PICTURE = "SELECT code FROM site_item WHERE picture <> '' ORDER BY name, code LIMIT ? OFFSET ?"
_PICTURES = "SELECT count(*) FROM site_item WHERE picture <> ''"
_COUNTED = """
SELECT DISTINCT l.item FROM site_order_line AS l JOIN site_order AS o ON o."order" = l."order" AND o.kind = 'count'
LEFT JOIN now_order AS no ON no."order" = l."order" LEFT JOIN now_line AS nl ON nl."order" = l."order" AND nl.line = l.line
WHERE l.item IN (SELECT value FROM json_each(?)) AND coalesce(no.state, 'released') IN ('released', 'started', 'held')
    AND coalesce(nl.state, 'open') IN ('open', 'skipped')
"""
_LAST = "\U0010ffff"  # nothing that begins so stands behind it


def search(connection: Connection, text: str, most: int) -> tuple[FoundItem, ...]:
    """The items that this text may mean, the nearest first, at most so many; none for no text."""
    words = text.split()
    if not words:
        return ()
    values: dict[str, object] = {"whole": text.strip(), "begins": f"{_escaped(text.strip())}%", "most": most}
    values["beyond"] = f"{text.strip()}{_LAST}"
    values |= {f"word{place}": f"%{_escaped(word)}%" for place, word in enumerate(words)}
    item = " AND ".join(f"(code LIKE :word{n} ESCAPE '!' OR name LIKE :word{n} ESCAPE '!')" for n in range(len(words)))
    barcode = " AND ".join(f"barcode LIKE :word{n} ESCAPE '!'" for n in range(len(words)))
    rows = connection.exec_driver_sql(_LIKE.format(item=item, barcode=barcode), values)
    return found(connection, rows.scalars().all())


def pictured(connection: Connection, first: int, most: int) -> tuple[FoundItem, ...]:
    """Items that have a picture, by name, from the place `first` on."""
    return found(connection, connection.exec_driver_sql(_WITH_PICTURE, (most, first)).scalars().all())


def pictures(connection: Connection) -> int:
    """How many items have a picture."""
    return int(connection.exec_driver_sql(_PICTURES).scalar_one())


def found(connection: Connection, codes: Sequence[str]) -> tuple[FoundItem, ...]:
    """These items with their stock, in this order; what is no item is left out."""
    items: dict[str, Item] = {each.code: each for each in items_named(connection, codes)}
    stock: dict[str, list[Stock]] = defaultdict(list)
    for each in stock_of_items(connection, items):
        stock[each.key.item].append(each)
    counted = frozenset(connection.exec_driver_sql(_COUNTED, (json.dumps(list(items)),)).scalars())
    return tuple(
        FoundItem(item=items[code], stock=tuple(stock[code]), is_counted=code in counted) for code in codes if code in items
    )


def _escaped(word: str) -> str:
    """The word with what LIKE takes for a sign of its own marked as itself."""
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
