"""What the site has no more, or has given to another station: it leaves, unless this bay still works with it."""

from __future__ import annotations

from sqlalchemy import Connection

from db import layouts
from db.sync import blocks
from db.sync.values import DocumentKind

_FORGET = "DELETE FROM site_document WHERE kind = ? AND key = ?"
_ORDER_STATE = """
SELECT coalesce((SELECT state FROM now_order WHERE "order" = ?), 'released'), EXISTS (SELECT 1 FROM now_line WHERE "order" = ?)
"""
_IN_USE = """
SELECT EXISTS (SELECT 1 FROM now_stock WHERE item = ?) OR EXISTS (SELECT 1 FROM site_order_line WHERE item = ?)
"""


def forget(connection: Connection, kind: DocumentKind, key: str) -> None:
    """It is no document of the site's any more."""
    connection.exec_driver_sql(_FORGET, (kind.value, key))


def gone(connection: Connection, kind: DocumentKind, key: str) -> str:
    """Take it away. "" when that is done, else why it stays."""
    match kind:
        case DocumentKind.ITEM:
            return _item_gone(connection, key)
        case DocumentKind.TRAY:
            return _tray_gone(connection, key)
        case DocumentKind.ORDER:
            return order_gone(connection, key)
        case DocumentKind.PERSON:
            connection.exec_driver_sql("UPDATE site_credential SET is_active = 0 WHERE person = ?", (key,))
            return ""
        case DocumentKind.BLOCK:
            return blocks.gone(connection, key)
        case DocumentKind.PICTURE:
            return ""


def _item_gone(connection: Connection, key: str) -> str:
    if connection.exec_driver_sql(_IN_USE, (key, key)).scalar_one():
        return "in_use"
    for statement in (
        "DELETE FROM site_pack WHERE item = ?",
        "DELETE FROM site_barcode WHERE item = ?",
        "DELETE FROM site_component WHERE kit = ?",
        "DELETE FROM site_item WHERE code = ?",
    ):
        connection.exec_driver_sql(statement, (key,))
    return ""


def _tray_gone(connection: Connection, key: str) -> str:
    machine, _, number = key.rpartition("/")
    tray = (machine, int(number))
    if connection.exec_driver_sql("SELECT 1 FROM now_stock WHERE machine = ? AND tray = ? LIMIT 1", tray).first() is not None:
        return "has_stock"
    layouts.keep(connection, machine, int(number), None)
    connection.exec_driver_sql("DELETE FROM site_compartment WHERE machine = ? AND tray = ?", tray)
    connection.exec_driver_sql("DELETE FROM site_tray WHERE machine = ? AND number = ?", tray)
    return ""


def order_gone(connection: Connection, key: str) -> str:
    """The order is no more this station's. One that is done stays, for it is what was done here; so does one that was begun."""
    state, has_lines = connection.exec_driver_sql(_ORDER_STATE, (key, key)).one()
    if state in ("closed", "cancelled"):
        return ""
    if state != "released" or has_lines:
        return "begun"
    connection.exec_driver_sql('DELETE FROM site_order_line WHERE "order" = ?', (key,))
    connection.exec_driver_sql('DELETE FROM site_order WHERE "order" = ?', (key,))
    forget(connection, DocumentKind.ORDER, key)
    return ""
