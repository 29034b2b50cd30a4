"""now_tray_past: what lay on a tray after every 128th of its movements: no question about its past adds up more than those.

What it holds is a function of this log up to that event: what the site's book brings later is not of that moment.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from db.projections.event import Handler, Happened
from db.projections.retold import KIND, is_own, original

EVERY = 128
MOVES = ("picked", "put", "corrected", "counted", "stock_loaded")
_COUNT = """
INSERT INTO now_tray_moves (machine, tray, moves) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET moves = moves + 1 RETURNING moves
"""
_N = "SELECT n FROM event WHERE station = (SELECT station FROM event ORDER BY n DESC LIMIT 1) AND epoch = ? AND seq = ?"
_KEEP = "INSERT OR REPLACE INTO now_tray_past (machine, tray, n, stock) VALUES (?, ?, ?, ?)"
_BEFORE = "SELECT n, stock FROM now_tray_past WHERE machine = ? AND tray = ? AND n <= ? ORDER BY n DESC LIMIT 1"
_MOVED = f"""
SELECT n, kind, at, body FROM event INDEXED BY ix_event_tray
WHERE machine = ? AND tray = ? AND n > ? AND n <= ? AND kind IN ({", ".join(f"'{kind}'" for kind in MOVES)}) ORDER BY n
"""
_RETOLD = f"SELECT n, kind, at, body, epoch, seq FROM event WHERE kind = '{KIND}' AND n > ? AND n <= ? ORDER BY n"

Key = tuple[str, str, str, str, str, str]  # compartment, item, lot, serial, owner, status
Held = tuple[int, int]  # quantity, and the event that left it so
Stock = dict[Key, Held]


def stock_at(connection: Connection, machine: str, tray: int, n: int) -> Stock:
    """What this log adds up to on a tray after event `n`."""
    after, stock = _snapshot(connection, machine, tray, n)
    moved = [
        (row[0], row[1], json.loads(row[3])["data"]) for row in connection.exec_driver_sql(_MOVED, (machine, tray, after, n))
    ]
    told = _told_again(connection, machine, tray, after, n)
    for at_n, kind, data in sorted((*moved, *told), key=lambda each: each[0]) if told else moved:
        _step(stock, at_n, kind, data)
    return stock


def _snapshot(connection: Connection, machine: str, tray: int, n: int) -> tuple[int, Stock]:
    row = connection.exec_driver_sql(_BEFORE, (machine, tray, n)).first()
    if row is None:
        return 0, {}
    return row[0], {(each[0], each[1], each[2], each[3], each[4], each[5]): (each[6], each[7]) for each in json.loads(row[1])}


def _told_again(connection: Connection, machine: str, tray: int, after: int, n: int) -> list[tuple[int, str, Mapping[str, Any]]]:
    """What only the site had still counts from where it was told again."""
    found = []
    for row in connection.exec_driver_sql(_RETOLD, (after, n)):
        event = Happened(row[1], row[2], json.loads(row[3])["data"], row[4], row[5])
        told = original(event)
        if told.kind in MOVES and (told.data["machine"], told.data["tray"]) == (machine, tray) and not is_own(connection, event):
            found.append((row[0], told.kind, told.data))
    return found


def _step(stock: Stock, n: int, kind: str, data: Mapping[str, Any]) -> None:
    """One movement: what `db.projections.stock` does to its row."""
    key = (data["compartment"], data["item"], data["lot"], data["serial"], data["owner"], data["status"])
    if kind in ("counted", "stock_loaded"):
        quantity = data["counted"]
    else:
        delta = data["delta"] if kind == "corrected" else data["quantity"] * (-1 if kind == "picked" else 1)
        quantity = stock.get(key, (0, 0))[0] + delta
    if quantity:
        stock[key] = (quantity, n)
    else:
        stock.pop(key, None)


def stock_text(stock: Stock) -> str:
    """As the table holds it: the same stock is the same text."""
    return json.dumps([[*key, *held] for key, held in sorted(stock.items())], ensure_ascii=False, separators=(",", ":"))


def _moved(connection: Connection, event: Happened) -> None:
    machine, tray = event.data["machine"], event.data["tray"]
    moves = connection.exec_driver_sql(_COUNT, (machine, tray)).scalar_one()
    if moves % EVERY == 0:
        n = connection.exec_driver_sql(_N, (event.epoch, event.seq)).scalar_one_or_none()
        if n is None:  # of no event of this record, as a folded store has it: its past is told where the event is
            return
        connection.exec_driver_sql(_KEEP, (machine, tray, n, stock_text(stock_at(connection, machine, tray, n))))


HANDLERS: dict[str, Handler] = dict.fromkeys(MOVES, _moved)
